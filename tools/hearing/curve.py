"""The learning curve by hand: what another hand's rows are worth. `python -m tools.hearing.curve` (the light ear alone; some minutes)."""

from __future__ import annotations

import random

import numpy as np

from tools.hearing import linear
from tools.hearing.calibrate import N, micro
from tools.hearing.corpus import EXAMINATION, TEACHING, read, targets

STEPS = (1, 2, 4, 8, 16, 32, 64, 100)


def curve(seed: int = 1) -> list[tuple[int, int, float]]:
    """Hands, rows and micro-F1 on the examination set (one threshold, best for each point), hands added in a drawn order."""
    rows, examined = read(TEACHING), read(EXAMINATION)
    y, w = (np.array(t)[:, :N] for t in targets(examined))
    hands = sorted({r.hand for r in rows})
    random.Random(seed).shuffle(hands)
    points = []
    for count in STEPS:
        chosen = [r for r in rows if r.hand in hands[:count]]
        model = linear.fit(chosen, linear.Recipe(steps=30))
        p = 1 / (1 + np.exp(-model.scores([r.text for r in examined])[:, :N]))
        best = max(micro(p >= t, y, w) for t in np.arange(0.1, 0.7, 0.05))
        points.append((min(count, len(hands)), len(chosen), best))
    return points


def main() -> None:
    """Print the curve as a table."""
    print("| hands | rows | micro-F1 |\n|---|---|---|")
    for hands, rows, f in curve():
        print(f"| {hands} | {rows:,} | {f:.3f} |", flush=True)


if __name__ == "__main__":
    main()
