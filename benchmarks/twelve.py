"""The call that every engine holds here: twelve turns, fifteen keyword patterns, fourteen states, forty-five transitions.

The peers get TABLE, which is a call of about the size of ours written the way their manuals write one; Runner-Up plays its own
scenario. All of them understand with `keyword`, so that hearing does not blur the comparison.
"""

from __future__ import annotations

import re
from typing import ClassVar

from dialogs.hearing.heard import Cue, Heard
from dialogs.moves import Move

SAID: tuple[str, ...] = (
    "Hello there, have I reached the right desk?",
    "This is Sam Ortiz, I interviewed last week.",
    "Do you have a minute, is this a good time?",
    "Thank you for seeing me, I enjoyed the day.",
    "Could you tell me why it went to somebody else?",
    "I understand that there were many of us.",
    "Was it the certificate you were looking for?",
    "For example, which part would have changed it?",
    "Fair enough, that makes sense to me.",
    "I will book the exam for January.",
    "Could we stay in touch if somebody drops out?",
    "Goodbye, and all the best with the new colleague.",
)

PATTERNS: dict[str, str] = {
    "greet": r"\bhello\b|\bgood (?:morning|afternoon)\b",
    "introduce": r"\bthis is sam\b|\bmy name is\b|\bi interviewed\b",
    "permission": r"\bgood time\b|\bhave a minute\b",
    "thank": r"\bthank(?:s| you)\b|\bgrateful\b",
    "interest": r"\bstill interested\b|\bkeen\b|\bstrong fit\b",
    "ask_open": r"\bwhy\b|\bfeedback\b|\bwhat made\b",
    "ask_specific": r"\bcertificate\b|\bexperience\b|\bqualification\b",
    "probe": r"\bfor example\b|\bwhich part\b|\btell me more\b",
    "reassure": r"\bnot contesting\b|\bno obligation\b|\banything helps\b",
    "acknowledge": r"\bi understand\b|\bi know you\b",
    "accept": r"\bfair enough\b|\bmakes sense\b",
    "commit": r"\bi will\b|\bi'm going to\b",
    "door": r"\bin touch\b|\banother role\b|\bdrops out\b",
    "close": r"\bgoodbye\b|\ball the best\b",
    "argue": r"\bwrong\b|\bdisagree\b|\bmistake\b",
}
_COMPILED = [(name, re.compile(pattern, re.IGNORECASE).search) for name, pattern in PATTERNS.items()]
_HEARD = {name: Heard.of(Move(name)) for name in (*PATTERNS, "other")}


def keyword(text: str) -> str:
    """The first pattern that is found in these words."""
    for name, found in _COMPILED:
        if found(text):
            return name
    return "other"


def ear(text: str, cue: Cue) -> Heard:
    """Runner-Up's hearing for the comparison: the same patterns."""
    return _HEARD[keyword(text)]


ear.quick = lambda: True  # type: ignore[attr-defined]  # as light hearing, it needs no thread


# from, move, to, trust wanted, trust won
TABLE: tuple[tuple[str, str, str, float, float], ...] = tuple(
    (a, move, b, float(wanted), float(won))
    for a, move, b, wanted, won in (
        row.split()
        for row in """
pickup greet pickup 0 0
pickup introduce opening 0 0.25
pickup ask_open pickup 0 0
pickup close ended 0 0
pickup argue guarded 0 -0.5
opening permission settled 0 0.25
opening thank settled 0 0.25
opening ask_open stock 0 0
opening argue guarded 0 -0.5
opening close ended 0 0
settled thank warmed 0 0.25
settled acknowledge warmed 0 0.25
settled ask_open stock 0 0
settled ask_specific stock 0 0.25
settled argue guarded 0 -0.5
settled close ended 0 0
warmed ask_open stock 0 0
warmed ask_specific hint 2.5 0.25
warmed close ended 0 0
warmed argue guarded 0 -0.5
stock acknowledge softened 0 0.25
stock reassure softened 0 0.5
stock ask_open stock 0 0
stock ask_specific hint 2.5 0.25
stock argue guarded 0 -0.5
softened ask_specific hint 2.5 0.25
softened probe hint 2.5 0.25
softened ask_open stock 0 0
softened close ended 0 0
hint probe specific 2.5 0.25
hint accept accepted 0 0.5
hint argue guarded 0 -0.5
specific accept accepted 0 0.5
specific probe candid 3.5 0.25
specific argue guarded 0 -0.5
candid accept accepted 0 0.5
candid close ended 0 0
accepted commit planned 0 0.25
accepted door parting 0 0
accepted close ended 0 0
planned door parting 0 0
planned close ended 0 0
parting close ended 0 0
guarded reassure softened 0 0.5
guarded close ended 0 0
""".strip().splitlines()
    )
)
STATES: tuple[str, ...] = tuple(dict.fromkeys(s for row in TABLE for s in (row[0], row[2])))
REPLIES: dict[str, str] = {s: f"She says what belongs to {s}." for s in STATES}


class ByDict:
    """The limit: the same call as a dict of transitions, with nothing around it."""

    table: ClassVar[dict[tuple[str, str], tuple[str, float, float]]] = {(a, m): (b, w, g) for a, m, b, w, g in TABLE}

    __slots__ = ("state", "trust")

    def __init__(self) -> None:
        self.state = "pickup"
        self.trust = 2.5

    def hear(self, text: str) -> str:
        """Words in, words out."""
        self.step(keyword(text))
        return REPLIES[self.state]

    def step(self, move: str) -> None:
        """One transition."""
        found = self.table.get((self.state, move))
        if found is not None and self.trust >= found[1]:
            self.state = found[0]
            self.trust += found[2]
