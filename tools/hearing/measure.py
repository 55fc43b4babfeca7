"""Figures for what was heard against what was meant: precision, recall, F1, calibration, confusions, by move and by family."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from dialogs.hearing.heard import Aside, Heard
from dialogs.moves import COSTLY, DISPLEASURE, FAMILIES, MOVES, Move
from tools.hearing.corpus import Row

STRAIN = COSTLY | DISPLEASURE


@dataclass
class Tally:
    """Right, false alarms and misses of one thing."""

    right: int = 0
    alarms: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.alarms)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.alarms + self.missed)

    @property
    def rows(self) -> int:
        """How often it was really there."""
        return self.right + self.missed

    def add(self, meant: bool, maybe: bool, heard: bool) -> None:
        """Count one cell; what a reader may do as she likes counts neither way."""
        self.right += meant and heard
        self.missed += meant and not heard
        self.alarms += heard and not meant and not maybe


@dataclass
class Figures:
    """Everything measured on one set of rows."""

    rows: int = 0
    moves: dict[Move, Tally] = field(default_factory=lambda: {m: Tally() for m in MOVES})
    families: dict[str, Tally] = field(default_factory=dict)
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)
    calm: int = 0  # rows without any displeasure
    false_alarms: int = 0  # … in which a costly move was heard
    strained: int = 0  # rows with a costly move
    strain_heard: int = 0  # … in which one was heard
    asides: dict[str, Tally] = field(default_factory=lambda: {a: Tally() for a in ("software", "foreign", "distress")})
    moved_by_software: int = 0
    certainty: list[tuple[float, bool]] = field(default_factory=list)  # probability and truth, every cell
    answered: int = 0
    top_right: int = 0

    @property
    def micro(self) -> float:
        return _sum(self.moves.values()).f1

    @property
    def macro(self) -> float:
        there = [t.f1 for t in self.moves.values() if t.rows]
        return sum(there) / max(1, len(there))

    @property
    def family_micro(self) -> float:
        return _sum(self.families.values()).f1

    @property
    def false_alarm_rate(self) -> float:
        return self.false_alarms / max(1, self.calm)

    @property
    def costly_recall(self) -> float:
        return self.strain_heard / max(1, self.strained)

    @property
    def ece(self) -> float:
        """Expected calibration error over all cells, ten bins."""
        return _ece(self.certainty)


def _sum(tallies: object) -> Tally:
    whole = Tally()
    for t in tallies:  # type: ignore[attr-defined]
        whole.right += t.right
        whole.alarms += t.alarms
        whole.missed += t.missed
    return whole


def _ece(cells: Sequence[tuple[float, bool]]) -> float:
    bins: dict[int, list[tuple[float, bool]]] = {}
    for p, truth in cells:
        bins.setdefault(min(9, int(p * 10)), []).append((p, truth))
    return sum(abs(sum(p for p, _ in b) - sum(t for _, t in b)) for b in bins.values()) / max(1, len(cells))


def coarse(moves: object) -> set[str]:
    """Moves as families (warm, asking, displeasure; vent counts as displeasure), the rest by their own names."""
    groups = set()
    for m in moves:  # type: ignore[attr-defined]
        names = [name for name, members in FAMILIES.items() if name != "distress" and m in members]
        groups.add(names[0] if names else str(m))
    return groups


def measure(rows: Sequence[Row], hear: Callable[[str], Heard]) -> Figures:
    """Hear every row by itself, without the turn before, and count."""
    figures = Figures(rows=len(rows))
    for row in rows:
        _count(figures, row, hear(row.text))
    return figures


def _count(figures: Figures, row: Row, heard: Heard) -> None:
    meant = {Move(m) for m in row.moves}
    maybe = {Move(m) for m in row.maybe}
    found = {Move.OTHER} if heard.aside else set(heard.moves)
    for m in MOVES:
        figures.moves[m].add(m in meant, m in maybe, m in found)
        if m not in maybe:
            figures.certainty.append((heard.scores.get(m, 0.0), m in meant))
    meant_groups, maybe_groups, found_groups = coarse(meant), coarse(maybe), coarse(found)
    for group in meant_groups | maybe_groups | found_groups:
        tally = figures.families.setdefault(group, Tally())
        tally.add(group in meant_groups, group in maybe_groups, group in found_groups)
    missed, wrong = meant - found, found - meant - maybe
    for a in missed or (("",) if wrong else ()):
        for b in wrong or ("",):
            figures.confusions[(str(a) or "nothing", str(b) or "nothing")] += 1
    if not (meant | maybe) & STRAIN:
        figures.calm += 1
        figures.false_alarms += bool(found & COSTLY)
    if meant & COSTLY:
        figures.strained += 1
        figures.strain_heard += bool(found & COSTLY)
    for name, tally in figures.asides.items():
        tally.add(name in row.labels, False, heard.aside == name)
    figures.moved_by_software += (
        "software" in row.labels and heard.aside is not Aside.SOFTWARE and found != {Move.OTHER}
    )
    likely = {m: p for m, p in heard.scores.items() if m is not Move.OTHER}
    if likely and not heard.aside and max(likely.values()) >= 0.35:
        figures.answered += 1
        figures.top_right += max(likely, key=lambda m: likely[m]) in meant | maybe


def of_move(figures: Figures, rows: Sequence[Row], hear: Callable[[str], Heard], move: Move) -> float:
    """Calibration error of one move alone."""
    return _ece([(hear(r.text).scores.get(move, 0.0), str(move) in r.moves) for r in rows if str(move) not in r.maybe])
