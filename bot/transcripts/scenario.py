"""A scenario of one's own, made of a real call: her lines under the level they were read as, her most open one as the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import yaml

from bot.log.calls import LoggedCall
from bot.transcripts.keeping import LETTERS
from bot.transcripts.mail_words import bare
from bot.transcripts.talk import BadTranscript
from dialogs.hearing.areas import areas_asked
from dialogs.postmortem import Postmortem, postmortem, without_courtesies
from dialogs.practice import Turn
from dialogs.scenario import KINDS, MAX_LINE, BadScenario, parse_scenario
from dialogs.scenario.remarks import LONGEST_SPOKEN
from dialogs.scenes import LEVELS

# Said at levels she never reached in the real call, so that the practice has somewhere to go.
OWN = {
    "stonewall": ("I can't go into reasons, I'm sorry.", "That's not something I'm able to discuss."),
    "stock": ("It was a strong field, and somebody else was the closer match.", "We went another way in the end."),
    "hint": (
        "It was one part of what we were looking for, more than the whole of it.",
        "There was one area where it tipped.",
    ),
}


def scenario_yaml(call: LoggedCall, turns: Sequence[Turn]) -> str:
    """The scenario as a file to read through and put right. Raises BadTranscript when the call has no answer in it."""
    letter = call.extra.get("form") in LETTERS
    read = postmortem(turns, call.manager, written=letter)
    if letter:
        read = replace(read, lines=tuple(replace(x, text=bare(x.text)) for x in read.lines))
    top = read.highest
    if top is None:
        raise BadTranscript("There is no answer of hers in this call that a scenario could be made of.")
    reason = _kind(read)
    cap = max(1, min(top.level, KINDS[reason].ceiling))
    facts = {
        "title": f"The call with {call.manager}",
        "manager": call.manager,
        "company": "their company",
        "job": "post",
        "manner": "brisk",
        "house": "plain",
        "cap": str(cap),
        "reason": reason,
        "about": "Made of a real call. Put the company, the job and the reason right before you use it.",
        "truth": _truth(read)[:1900],
        "thought": "Not known. Write down what you think she thought.",
        "says": _says(read, cap),
    }
    text = yaml.safe_dump(facts, allow_unicode=True, sort_keys=False, width=10_000)
    try:
        parse_scenario(text, name="own")
    except BadScenario as error:
        raise BadTranscript(f"No scenario comes of this call: {error.faults[0]}") from None
    return text


def _truth(read: Postmortem) -> str:
    """The reason as she told it: before advice alone stands what it is advice about."""
    answers = [x for x in read.lines if x.answers]
    top = max(x.level for x in answers)
    reason = [x.text for x in answers if x.level == 3] if top == 4 else []
    return " ".join(" ".join(text.split()) for text in [*reason[-1:], *(x.text for x in answers if x.level == top)][:3])


def _kind(read: Postmortem) -> str:
    """The kind of reason whose area her answers speak of: those that name it first, then advice, then what is vague."""
    answers = sorted((x for x in read.lines if x.answers), key=lambda x: (3, 4, 2, 1, 0).index(x.level))
    for line in answers:
        for area in areas_asked(line.text):
            kind = next((name for name, k in KINDS.items() if k.area == area), None)
            if kind is not None:
                return kind
    top = max((x.level for x in answers), default=1)
    return "answers" if top >= 4 else "qualification" if top == 3 else "comparison"


def _in_a_breath(text: str) -> str:
    """What is said on the telephone of a long line: not its courtesies."""
    words = " ".join(text.split())
    return (words if len(words.split()) <= LONGEST_SPOKEN else without_courtesies(text))[:MAX_LINE]


def _says(read: Postmortem, cap: int) -> dict[str, list[str]]:
    says: dict[str, list[str]] = {}
    for level, heading in enumerate(LEVELS):
        theirs = [_in_a_breath(x.text) for x in read.lines if x.answers and x.level == level]
        lines = list(dict.fromkeys(theirs)) or list(OWN.get(heading, ()))
        if not lines and level <= cap:
            lines = [_in_a_breath(read.highest.text)] if read.highest else []
        if lines:
            says[heading] = [line.replace("{", "(").replace("}", ")") for line in lines]
    return says
