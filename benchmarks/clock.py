"""Two things timed in turn, and their ratio: what else the machine does hits both alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Spread:
    """A median with its quartiles."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """The spread of these values."""
        ordered = sorted(values)
        if len(ordered) < 3:
            return cls(statistics.median(ordered), ordered[0], ordered[-1])
        low, middle, high = statistics.quantiles(ordered, n=4, method="inclusive")
        return cls(middle, low, high)


def seconds(work: Work, times: int, clock: Callable[[], float] = time.process_time) -> float:
    """CPU seconds of doing it once, over so many times."""
    began = clock()
    for _ in range(times):
        work()
    return (clock() - began) / times


def enough(work: Work, wanted: float) -> int:
    """How often to do it so that it takes about so many CPU seconds."""
    times = 1
    while (took := seconds(work, times) * times) < wanted / 4 and times < 1_000_000:
        times *= 4
    return max(1, int(times * wanted / max(took, 1e-9)))


def beside(works: Mapping[str, Work], *, rounds: int = 7, batch: float = 0.05) -> dict[str, list[float]]:
    """CPU seconds of each, a round after the other, A B A B: the same position in each list is the same round."""
    for work in works.values():
        work()
    often = {name: enough(work, batch) for name, work in works.items()}
    taken: dict[str, list[float]] = {name: [] for name in works}
    gc.collect()
    for turn in range(rounds):
        names = list(works) if turn % 2 == 0 else list(works)[::-1]
        for name in names:
            taken[name].append(seconds(works[name], often[name]))
    return taken


def ratio(over: Sequence[float], under: Sequence[float]) -> Spread:
    """The ratio round by round."""
    return Spread.of([a / b for a, b in zip(over, under, strict=True)])
