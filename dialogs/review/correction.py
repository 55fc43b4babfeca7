"""What may have been misheard, turn by turn, and what it was then: so that one can say it in a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.moves import Move, in_speaking_order
from dialogs.review.change import Change
from dialogs.review.check import MEANT_BY, Check
from dialogs.review.story import Story

IF_IT_WAS: dict[Move, str] = {
    Move.INTRODUCE: "that was my name",
    Move.ACCEPT: "I accepted the decision",
    Move.ASK_OPEN: "that was my question",
    Move.ASK_SPECIFIC: "I asked about one thing",
    Move.CLOSE: "that was my goodbye",
    Move.PERMISSION: "I asked for a moment",
    Move.THANK: "I said thanks",
}
"""What the candidate says by putting it right."""

IF_YOU_MEANT: dict[Move, str] = {
    Move.INTRODUCE: "that was your name",
    Move.ACCEPT: "you accepted the decision",
    Move.ASK_OPEN: "that was your question",
    Move.ASK_SPECIFIC: "you asked about one thing",
    Move.CLOSE: "that was your goodbye",
    Move.PERMISSION: "you asked for a moment",
    Move.THANK: "you said thanks",
}
"""The same, said to the candidate."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A turn that may have been misheard. `missed` is the move that may have been in it (None: anything), `moves` all of the turn's with it."""

    turn: int
    missed: Move | None = None
    moves: tuple[Move, ...] = ()


def corrections(story: Story, found: Sequence[Check], change: Change | None) -> tuple[Correction, ...]:
    """Every turn of which the debrief says that it may be taken wrongly, once."""
    heard = {t.n: set(t.moves) - {Move.OTHER} for t in story.turns}
    open_to: dict[int, Correction] = {}
    for check in found:
        if check.open_to_correction and check.quotes:
            turn, missed = check.quotes[0].turn, MEANT_BY.get(check.note)
            if missed in heard[turn]:
                missed = None  # it was heard, only not believed: saying it again tells nothing new
            if turn not in open_to or (missed and not open_to[turn].missed):
                moves = in_speaking_order(heard[turn] | {missed}) if missed else ()
                open_to[turn] = Correction(turn, missed, moves)
    if change is not None and change.line.words and change.open_to_correction:
        open_to.setdefault(change.turn, Correction(change.turn))
    return tuple(open_to[n] for n in sorted(open_to))
