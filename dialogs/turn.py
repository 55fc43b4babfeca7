"""One exchange of a call, as everybody sees it: what was said, heard and answered, and how the manager's mood stood before and after."""

from __future__ import annotations

from typing import NamedTuple

from dialogs.call import Outcome, Phase
from dialogs.hearing.heard import Aside, Heard
from dialogs.moves import Move
from dialogs.scenes import Line


class Mood(NamedTuple):
    """How open, patient and pressed the manager is: trust 1-4, patience 0-4, minutes left."""

    trust: float
    patience: float
    minutes: float


class Turn(NamedTuple):
    """One exchange: what was said, how it was heard, and what came back.

    `n` counts from 1; the pick-up is turn 0. `level` is the disclosure level (0-4) of this turn's answer, None when nothing
    was asked. `rows` are the rules that fired, in order; `why` says the same in words.
    """

    n: int
    said: str
    heard: Heard
    phase_before: Phase
    phase: Phase
    level: int | None
    lines: tuple[Line, ...]
    rows: tuple[str, ...]
    why: tuple[str, ...]
    mood_before: Mood
    mood: Mood
    ended: bool
    outcome: Outcome | None = None

    @property
    def says(self) -> tuple[str, ...]:
        """The words that came back, one text a line."""
        return tuple(line.text for line in self.lines)

    @property
    def moves(self) -> tuple[Move, ...]:
        """The moves heard; none in the pick-up and when the candidate hangs up."""
        return () if self.n == 0 or self.heard.aside is Aside.HANG_UP else self.heard.moves
