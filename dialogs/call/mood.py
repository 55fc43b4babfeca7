"""What words do to the manager: trust, patience, and the minutes she has.

FEEL says what the first use of a move does; `feel` lets one work on a call, and `spend` lets the clock run.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import inf
from typing import TYPE_CHECKING

from dialogs.moves import Move

if TYPE_CHECKING:
    from dialogs.call.state import Call


@dataclass(frozen=True, slots=True)
class Feel:
    """What the first use of a move does: to trust (scale 1-4), patience (0-4) and the manager's minutes."""

    trust: float = 0.0
    patience: float = 0.0
    minutes: float = 0.0


# Trust moves by a quarter or a half (the-real-call rules, docs/rules.md). A repeated move brings half, then nothing,
# so politeness cannot be farmed; what costs trust costs it every time.
FEEL: dict[Move, Feel] = {
    Move.PERMISSION: Feel(trust=0.25, patience=0.5, minutes=1.0),
    Move.THANK: Feel(trust=0.25),
    Move.INTEREST: Feel(trust=0.25),
    Move.REASSURE: Feel(trust=0.5, patience=0.5),
    Move.ACKNOWLEDGE: Feel(trust=0.25, patience=0.5),
    Move.ACCEPT: Feel(trust=0.5, patience=0.5),
    Move.COMMIT: Feel(trust=0.25),
    Move.ASK_SPECIFIC: Feel(trust=0.25),
    Move.PROBE: Feel(trust=0.25),
    Move.ANSWER: Feel(trust=0.25),
    Move.VENT: Feel(trust=-0.25, patience=-0.5),
    Move.PLEAD: Feel(trust=-0.25, patience=-0.5),
    Move.PRY: Feel(trust=-0.25, patience=-0.5),
    Move.ARGUE: Feel(trust=-0.5, patience=-1.0),
    Move.ACCUSE: Feel(trust=-1.0, patience=-1.5),
    Move.THREATEN: Feel(trust=-1.5, patience=-3.0),
    Move.OTHER: Feel(patience=-0.5),
}
UNSURE = (
    0.5  # of a threat's cost, while it may not have been one: the first may be a misunderstanding, and is not the end
)
HURT = 0.5  # of the cost of a push that comes from hurt: the feeling beside it has its own
SHARE_BY_USE = (1.0, 0.5, 0.0)  # of a welcome move's worth, at its first, second and later uses
LOWEST_TRUST, HIGHEST_TRUST = 1.0, 4.0
MOST_PATIENCE = 4.0

MINUTES_A_TURN = 0.35  # a sentence each way
WORDS_A_MINUTE = 150  # unhurried speech
RAMBLING_WORDS = 70  # half a minute without a breath


@lru_cache(maxsize=1024)
def _moved(at: float, by: float, lowest: float, highest: float) -> float:
    # Trust and patience move by quarters: one number for all calls that stand there, not one each.
    return min(highest, max(lowest, at + by))


def feel(call: Call, move: Move) -> None:
    """Let one heard move work on trust, patience and minutes, and count it."""
    used = call.made.count(move)
    call.made += (move,)
    effect = FEEL.get(move)
    if effect is None:
        return
    share = SHARE_BY_USE[min(used, 2)]
    if effect.trust:
        gain = effect.trust * (share if effect.trust > 0 else share_of_cost(call, move))
        call.trust = _moved(call.trust, gain, LOWEST_TRUST, HIGHEST_TRUST)
    if effect.patience:
        gain = effect.patience * (share if effect.patience > 0 else share_of_cost(call, move))
        call.patience = _moved(call.patience, gain, -inf, MOST_PATIENCE)
    call.minutes += effect.minutes * share


def share_of_cost(call: Call, move: Move) -> float:
    """How much of what this move costs is held against somebody in this turn."""
    if move is Move.THREATEN and move not in call.sure:
        return UNSURE
    return HURT if move in (Move.ACCUSE, Move.ARGUE) and call.hurt else 1.0


def spend(call: Call, words: int) -> None:
    """Let the clock of the call run for one turn in which the candidate said this many words."""
    call.minutes -= MINUTES_A_TURN + words / WORDS_A_MINUTE
