"""A call in the middle, as the manager sees it."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.call import Call, Hidden, Phase
from dialogs.moves import Move


def a_call(
    trust: float = 2.5, uses: dict[Move, int] | None = None, moves: Sequence[Move] = (), **hidden: object
) -> Call:
    """A call in which the question has just been put."""
    call = Call.of(Hidden(**({"cap": 4, "ceiling": 4} | hidden)))  # type: ignore[arg-type]
    call.phase, call.trust, call.moves = Phase.ANSWERING, trust, frozenset(moves)
    call.made = tuple(move for move, times in (uses or {}).items() for _ in range(times))
    return call
