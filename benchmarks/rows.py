"""The rows of the table: a figure, what it is measured against, and the goals it has to meet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from benchmarks.clock import Spread


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be reached: at most these values (at least, where `more`)."""

    about: str
    must: float
    good: float
    moonshot: float
    more: bool = False

    def reached(self, value: float) -> str:
        """The best column that this value reaches."""
        for name in ("moonshot", "good", "must"):
            bar = getattr(self, name)
            if value >= bar if self.more else value <= bar:
                return name
        return "missed"


GOALS: dict[str, Goal] = {
    "P1": Goal("text to answer in memory / chatsky", 1 / 5, 1 / 15, 1 / 40),
    "P2": Goal("one step of the table / a dict", 45, 40, 3),
    "P3": Goal("fsyncs a turn that was answered", 2, 1.1, 1.0),
    "P4": Goal("durable turn / fdatasync, p50", 3, 1.6, 1.3),
    "P5": Goal("durable turns a second, 64 chats / 1", 2, 8, 20, more=True),
    "P6": Goal("CPU a turn through serve / PTB's default", 2, 1.0, 0.25),
    "P7": Goal("turns a second at 50 ms, 50 chats / PTB's default", 3, 12, 25, more=True),
    "P8": Goal("answers out of order, lost or doubled", 0, 0, 0),
    "P9": Goal("loop lag p99 at 50 ms / PTB's default", 5, 2.5, 1.3),
    "P10": Goal("keeping a turn at 1M logged turns / at 1k", 2, 1.25, 1.1),
    "P11": Goal("transcript, last calls, progress at 1M / at 1k", 5, 2.5, 2),
    "P12": Goal("memory of a live call, KB", 16, 2, 1),
    "P13": Goal("a new call among 100k live / among 1k", 3, 1.5, 1.2),
    "P14": Goal("objects left of 100k calls", 0, 0, 0),
    "P15": Goal("restart with 10k unfinished calls, to the first answer, ms", 1000, 100, 10),
    "P16": Goal("imports of serve / of its libraries", 1.5, 1.15, 1.05),
    "P17": Goal("memory of an idle serve / of an idle PTB bot", 2, 1.3, 1.15),
    "P18": Goal("picture: import and first drawing / matplotlib's", 1, 0.2, 0.15),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a number P…, what was measured, its value, and how sure."""

    number: str
    about: str
    value: float | None
    unit: str = "x"
    spread: Spread | None = None
    note: str = ""
    judged: bool = False  # whether the goal of this number is held against it

    @property
    def reached(self) -> str:
        """The best goal reached; nothing when none is held against this row."""
        goal = GOALS.get(self.number)
        if goal is None or not self.judged or self.value is None:
            return ""
        return goal.reached(self.value)


def skipped(number: str, why: str) -> Row:
    """A row that could not be measured here."""
    return Row(number, GOALS[number].about, None, "", note=f"skipped: {why}")


@dataclass(frozen=True, slots=True)
class Effort:
    """How much time may be spent: rounds of a comparison, and a factor for everything that is counted in turns."""

    quick: bool

    @property
    def rounds(self) -> int:
        return 7 if self.quick else 15

    def size(self, quick: int, full: int) -> int:
        """How many of something."""
        return quick if self.quick else full


Bench = Callable[[Effort], Iterable[Row]]


@dataclass(slots=True)
class Report:
    """All rows of a run, with where and when it was made."""

    about: dict[str, Any]
    rows: list[Row] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return {"about": self.about, "rows": [asdict(r) | {"reached": r.reached} for r in self.rows]}

    def lines(self) -> Iterator[str]:
        """For the terminal."""
        for row in self.rows:
            yield line(row)


def line(row: Row) -> str:
    """A row as text of fixed width."""
    spread = f"({shown(row.spread.low)}-{shown(row.spread.high)})" if row.spread else ""
    value = "-" if row.value is None else f"{shown(row.value)} {row.unit}".rstrip()
    return f"{row.number:<5}{row.about:<62}{value:>14} {spread:<17}{row.reached:<9}{row.note}".rstrip()


def shown(value: float) -> str:
    """Three figures, no more."""
    if value == 0:
        return "0"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    if abs(value) >= 100:
        return f"{value:.0f}"
    if abs(value) >= 10:
        return f"{value:.1f}"
    return f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.4f}"
