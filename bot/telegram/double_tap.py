"""A double tap: the same button of the same message, by the same person, within a breath of its answer. It is answered once.

Phones send it when a thumb bounces or an answer is slow; what it would do a second time (a message, a call, a deletion) nobody
asked for.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from bot.telegram.visit import Handler, Visit

DOUBLE_TAP = 2.0  # seconds after the answer to the first
MOST = 5000  # messages whose last tap is remembered


@dataclass(slots=True)
class Tap:
    """The last tap under a message: what the button carried, in which update, and when it was answered."""

    carried: str
    update: int
    at: float


class Taps:
    """The last taps. In memory only: an update that comes twice across a restart is known by its number."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._taps: OrderedDict[tuple[int, int | None], Tap] = OrderedDict()  # by who, and under which message

    async def once(self, visit: Visit, answer: Handler) -> None:
        """Answer this tap, unless it is the second of a double one. A tap whose answer failed counts for none."""
        where = (visit.user.id, visit.tapped_message)
        carries = (visit.tapped.data if visit.tapped is not None else None) or ""
        number, first = visit.update.update_id, self._taps.pop(where, None)
        same = first is not None and first.carried == carries and first.update != number
        if first is not None and same and self._clock() - first.at < DOUBLE_TAP:
            self._taps[where] = first
            return
        await answer(visit)
        self._taps[where] = Tap(carries, number, self._clock())
        while len(self._taps) > MOST:
            self._taps.popitem(last=False)
