"""Calls that are kept, for the tests of what is done with them afterwards."""

from __future__ import annotations

from collections.abc import Callable

from click.testing import Result

from bot.log import Log
from bot.session import Session
from dialogs.hearing.heard import Cue, Heard
from dialogs.moves import MOVES
from tests.managers import manager

Run = Callable[..., Result]


def ear(text: str, cue: Cue) -> Heard:
    """Moves by their names, so that a call can be steered."""
    named = [m for m in MOVES if f"<{m}>" in text]
    return Heard.of(*(named or ["other"]))


def a_call(log: Log, *lines: str, seed: int = 1) -> str:
    session = Session.start(log, log.local().id, manager(), seed, ear=ear, hearing="1 light")
    for line in lines:
        if not session.ended:
            session.hear(line)
    return session.id


GOOD = (
    "Sam here <greet> <introduce>",
    "I'm fine with it <accept>, why? <ask_open>",
    "Which part? <ask_specific>",
    "Bye <close>",
)

REAL = """\
Sam: Hello, this is Sam Ortiz. I interviewed for the post last week.
Dana: Oh hi Sam. What can I do for you?
Sam: I'm fine with the decision. Could I ask what made the difference?
Dana: It was a strong field, and another candidate was a better match.
Sam: Was it more my experience, or something in the interview?
Dana: You didn't have the driving licence, and the other finalist did.
Sam: That is unfair and you know it. I will talk to my lawyer.
Dana: I can't comment on that. Goodbye.
"""

NASTY = "<script>alert(1)</script>&\"'\u202eabc http://x.example/ <img src=x onerror=1> <greet>"
