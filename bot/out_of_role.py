"""Words that are meant for the program and not for whoever is on the line, in every shell.

A bare "help" or "quit" never reaches the manager; what else was said past her is heard by her, and she is puzzled: somebody at a
loss is told what is going on, and not left alone with a manager who is.
"""

from __future__ import annotations

from unicodedata import category

from dialogs.hearing.heard import Aside
from dialogs.hearing.matters import Matter

BARE = (
    dict.fromkeys(("help", "hint", "help me"), "hint")
    | dict.fromkeys(("stop", "quit", "exit", "cancel", "menu", "start", "hang up", "hangup", "end", "end call"), "menu")
    | {"undo": "undo"}
)
"""Words that nobody says by themselves to a manager, and what they ask for: with or without the stroke."""

CRYING = "😢😭🥲🥺😿😞😔😟🙁☹😣😖😩😫😓😥💔"

_OUT_OF_ROLE: dict[Aside | Matter, str] = {
    Aside.FOREIGN: "(I follow English only, and so does whoever is on the line. Short and simple sentences are fine.)",
    Aside.SOFTWARE: "(I'm a practice program, and {name} is invented. Write as if you were on the phone; /hint gives an idea, "
    "/hangup rings off.)",
    Matter.RECORDED: "(Nobody listens in here, and {name} is invented. {kept})",
    Matter.REALLY: "(On this practice line only: I'm a program, and {name} and the firm are invented.)",
    Matter.PROTECTED: "(Outside the game: questions about children, family plans, age, faith or health are off limits in most places. Whoever was "
    "really asked one may say so, and can ask an equality body or an advice line what to do. That is no threat.)",
}


def bare_command(text: str) -> str:
    """What a bare word asks of the program: hint, menu or undo; empty for what is said to the manager."""
    return BARE.get(text.strip(" .!?/").casefold(), "")


def answer_to_emoji(text: str) -> str:
    """What is answered to pictures without a word: on the phone nobody sees them, so they are not said. Empty for what is said."""
    if any(c.isalnum() for c in text) or not any(category(c) == "So" for c in text):
        return ""
    if any(c in CRYING for c in text):
        return "On the phone nobody sees that, only I do. If this is hard just now, take your time: the call waits for you."
    return "On the phone nobody sees that. Write what you would say."


def out_of_role(about: Aside | Matter, name: str, kept: str) -> str:
    """What is added, outside the role, to a puzzled answer or an honest one; empty when nothing needs it. `kept` is a sentence: what becomes of
    the words in this shell."""
    return _OUT_OF_ROLE.get(about, "").format(name=name, kept=kept)
