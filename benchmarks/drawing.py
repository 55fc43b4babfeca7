"""The picture of a call: import and first drawing, beside matplotlib's (P18)."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from benchmarks.clock import Spread, ratio
from benchmarks.rows import Effort, Row, skipped
from benchmarks.start import cpu

OURS = """
from benchmarks.core import our_call, harbour
from dialogs.practice import Practice
from benchmarks.twelve import SAID, ear
s = harbour(); p = Practice(s, 1, ear=ear); turns = [p.begin()] + [p.hear(w) for w in SAID]
import bot.hearing
began = time.process_time()
from bot.rendering.picture import rapport
rapport(s, turns)
"""
THEIRS = """
from io import BytesIO
from matplotlib.figure import Figure
figure = Figure(figsize=(9.6, 5.4), dpi=100)
axes = figure.subplots()
axes.bar(range(12), [0, 0, 0, 1, 1, 2, 2, 3, 3, 3, 3, 3])
axes.plot(range(12), [2.5, 2.5, 2.75, 2.75, 3, 3, 3.25, 3.5, 3.5, 3.75, 4, 4], marker="o")
for i in range(12):
    axes.annotate("asked on", (i, 1), rotation=90)
figure.savefig(BytesIO(), format="png")
"""


def p18(effort: Effort) -> Iterator[Row]:
    """In fresh processes, in turn."""
    if find_spec("PIL") is None:
        yield skipped("P18", "Pillow is not installed")
        return
    have = find_spec("matplotlib") is not None
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(effort.size(3, 9)):
        ours.append(cpu(OURS))
        if have:
            theirs.append(cpu(THEIRS))
    mine = Spread.of([t * 1000 for t in ours])
    yield Row("P18", "the picture of a call: import and first drawing, CPU", mine.median, "ms", mine)
    if not have:
        yield skipped("P18", "matplotlib is not installed (make bench-peers)")
        return
    r = ratio(ours, theirs)
    yield Row("P18", "… / matplotlib's", r.median, "x", r, judged=True)
