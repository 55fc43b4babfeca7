"""What a simulated candidate can do with words, and what it knows of the call it is in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random

from dialogs.call import Phase
from dialogs.hearing.areas import AREAS
from dialogs.moves import Move
from dialogs.practice import Turn

Act = str

ACTS: dict[Act, Move | None] = {
    "greet": Move.GREET,
    "intro": Move.INTRODUCE,
    "matter": Move.INTRODUCE,
    "permission": Move.PERMISSION,
    "thank": Move.THANK,
    "interest": Move.INTEREST,
    "ask_open": Move.ASK_OPEN,
    "ask_points": Move.ASK_SPECIFIC,
    "probe": Move.PROBE,
    "reassure": Move.REASSURE,
    "sorry": Move.REASSURE,
    "acknowledge": Move.ACKNOWLEDGE,
    "accept": Move.ACCEPT,
    "accept_answer": Move.ACCEPT,
    "commit": Move.COMMIT,
    "door": Move.DOOR,
    "answer": Move.ANSWER,
    "tell": Move.ANSWER,
    "close": Move.CLOSE,
    "argue": Move.ARGUE,
    "accuse": Move.ACCUSE,
    "insult": Move.ACCUSE,
    "threaten": Move.THREATEN,
    "hint_at_threat": Move.THREATEN,
    "plead": Move.PLEAD,
    "vent": Move.VENT,
    "pry": Move.PRY,
    "pry_pay": Move.PRY,
    "message": Move.OTHER,
    "unclear": Move.OTHER,
    "edgy": Move.OTHER,
    "long": Move.ANSWER,
    "right": Move.OTHER,
    "protected": Move.VENT,
    "written": Move.ASK_OPEN,
    "recorded": Move.OTHER,
    "really": Move.OTHER,
    "courting": Move.OTHER,
    "trait": Move.OTHER,
    "outcome": Move.OTHER,
    "figures": Move.ASK_SPECIFIC,
    "who": Move.OTHER,
    "well": Move.OTHER,
    "moment": Move.OTHER,
    "repeat": Move.OTHER,
    "more": Move.OTHER,
    "told": Move.OTHER,
    "nod": Move.ACCEPT,
    "software": None,
    "foreign": None,
    "silence": None,
    "distress": None,
    "hang_up": None,
} | {f"ask_{area}": Move.ASK_SPECIFIC for area in AREAS}
"""Act → the move it is meant as; None for what is no move."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a simulated candidate says, and the acts it means by it."""

    text: str
    acts: tuple[Act, ...]


@dataclass
class Talk:
    """The call as the caller sees it: who is on the line, what came back last, what they have done themselves."""

    lot: Random
    phase: Phase = Phase.PICKUP
    headings: tuple[str, ...] = ()
    level: int | None = None
    best: int = 0
    turns: int = 0
    done: Counter[Act] = field(default_factory=Counter)
    areas: list[str] = field(default_factory=list)
    asked: bool = False
    mood: int = 0  # for ways that differ from call to call
    known: bool = False
    drawn: int = 0  # which of the rare ways this caller takes; round and round, so that each has its turn
    guess: Act = "ask_open"  # the area that somebody would guess who knows what happened

    def listen(self, turn: Turn) -> None:
        """Take in what has just come back."""
        self.phase = turn.phase
        self.headings = tuple(line.heading for line in turn.lines)
        self.level = turn.level
        self.best = max(self.best, turn.level or 0)
        self.asked = "asks_you" in self.headings
        self.turns += 1

    def note(self, acts: list[Act]) -> None:
        """Remember what was done."""
        self.done.update(acts)

    def heard(self, *headings: str) -> bool:
        """Whether one of these was just said."""
        return any(h in self.headings for h in headings)

    def chance(self, share: float) -> bool:
        """By lot, this often."""
        return self.lot.random() < share

    def one(self, *acts: Act) -> Act:
        """One of these by lot."""
        return self.lot.choice(acts)

    @property
    def asks(self) -> int:
        """How often a reason has been asked for."""
        return sum(n for act, n in self.done.items() if act.startswith("ask_") or act == "probe")

    def area(self) -> Act:
        """A question about an area that was not asked about before."""
        left = [a for a in AREAS if a not in self.areas] or list(AREAS)
        self.areas.append(self.lot.choice(left))
        return f"ask_{self.areas[-1]}"

    def guessed(self) -> Act:
        """A question about the area one suspects, half the time the right one."""
        return self.guess if self.chance(0.5) else self.area()
