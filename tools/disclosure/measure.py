"""How good the disclosure reader is: each hand read by weights that were taught without it, and whether its sureness holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from dialogs import hearing
from dialogs.disclosure import read_line
from tools.disclosure.lines import SPOKEN, Line
from tools.disclosure.ngrams import Model
from tools.disclosure.sense import MIX, Sense
from tools.disclosure.teaching import for_grams, for_sense

FOLDS = 6
TELLING = 25  # lines from which a hand says something of its own
SURE = (0.0, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95, 1.01)  # bins of sureness, to see whether it holds
TEMPERS = np.arange(0.5, 2.51, 0.05)
ASKED = (0.5, 0.55, 0.6, 0.65, 0.7)  # borders that could be drawn between telling and asking


def chances(z: np.ndarray, temper: float = 1.0) -> np.ndarray:
    """The chance of each level by each row of logits, as dialogs.disclosure reckons it."""
    p = 1 / (1 + np.exp(-z[:, :4]))
    p = np.minimum.accumulate(p, axis=1)
    ones, zeros = np.ones((len(z), 1)), np.zeros((len(z), 1))
    return tempered(np.asarray(np.hstack([ones, p]) - np.hstack([p, zeros])), temper)


def tempered(p: np.ndarray, temper: float) -> np.ndarray:
    """Chances drawn out or evened out; which is the largest stays as it was."""
    drawn = p ** (1 / temper)
    return np.asarray(drawn / drawn.sum(1, keepdims=True))


def levels(z: np.ndarray) -> list[int]:
    """The most likely level by each row of logits."""
    return [int(k) for k in chances(z).argmax(1)]


def score(true: Sequence[int] | np.ndarray, found: Sequence[int] | np.ndarray) -> str:
    """Exact, within one, and of how many."""
    exact, near = shares(true, found)
    return f"{len(true)} lines: exact {exact:.1%}, within one {near:.1%}"


def shares(true: Sequence[int] | np.ndarray, found: Sequence[int] | np.ndarray) -> tuple[float, float]:
    """Which share is exact, and which within one."""
    off = np.abs(np.array(true) - np.array(found))
    return float((off == 0).mean()), float((off <= 1).mean())


def surprise(true: Sequence[int] | np.ndarray, p: np.ndarray) -> float:
    """How much the true levels surprise one who goes by these chances (the mean of the negative logarithm)."""
    return float(-np.log(np.maximum(p[np.arange(len(true)), list(true)], 1e-6)).mean())


def temper_of(true: Sequence[int] | np.ndarray, p: np.ndarray) -> float:
    """The temper with which these chances surprise least."""
    return float(min(TEMPERS, key=lambda t: surprise(true, tempered(p, float(t)))))


def reliability(true: Sequence[int] | np.ndarray, p: np.ndarray) -> str:
    """How often the reading is right where it says it is so sure: what it says, what is so, and the share of the lines."""
    sure, right = p.max(1), p.argmax(1) == np.array(true)
    bins = ((a <= sure) & (sure < b) for a, b in pairwise(SURE))
    return ", ".join(f"{sure[m].mean():.0%} and {right[m].mean():.0%} ({m.mean():.0%})" for m in bins if m.any())


def asking(true: Sequence[int] | np.ndarray, p: np.ndarray) -> str:
    """What each border between telling and asking would bring: how many are asked, and how often what is told and asked is right."""
    sure, right = p.max(1), p.argmax(1) == np.array(true)
    told = [
        f"below {b:.0%}: asks {(sure < b).mean():.0%}, of which {right[sure < b].mean():.0%} right; told {right[sure >= b].mean():.1%} right"
        for b in ASKED
        if (sure < b).any() and (sure >= b).any()
    ]
    return "; ".join(told)


def folds(lines: list[Line]) -> list[frozenset[str]]:
    """The hands in some parts of about one size, each of which is left out once; no hand is divided."""
    sizes = Counter(x.hand for x in lines)
    parts: list[list[str]] = [[] for _ in range(FOLDS)]
    for hand in sorted(sizes, key=lambda h: (-sizes[h], h)):
        min(parts, key=lambda p: sum(sizes[h] for h in p)).append(hand)
    return [frozenset(p) for p in parts]


def kinds(lines: list[Line]) -> list[frozenset[str]]:
    """All that is spoken, and all that is written: a kind that was not taught at all is left out as a whole."""
    hands = {x.hand for x in lines}
    spoken = frozenset(h for h in hands if h in SPOKEN or h.startswith("library"))
    return [spoken, hands - spoken]


def left_out(lines: list[Line], parts: Sequence[frozenset[str]]) -> None:
    """Each part read by a model that was taught without it: by n-grams alone, and with the encoder. Printed hand by hand."""
    read: list[Line] = []
    grams, sense = [], []
    for hands in parts:
        held = [x for x in lines if x.hand in hands and x.level is not None]
        rest = [x for x in lines if x.hand not in hands]
        texts = [x.text for x in held]
        read += held
        grams.append(Model(for_grams(rest)).scores(texts))
        sense.append(Sense(for_sense(rest)).scores(texts))
        both = MIX[0] * grams[-1] + MIX[1] * sense[-1]
        true = [x.level or 0 for x in held]
        print(
            f"{len(hands)} hands: light {score(true, levels(grams[-1]))}; full {score(true, levels(both))}",
            flush=True,
        )
    figures(read, np.vstack(grams), np.vstack(sense))


def figures(read: list[Line], grams: np.ndarray, sense: np.ndarray) -> None:
    """What the two halves made of some lines: a table of the hands, and how sure it may be."""
    full = MIX[0] * grams + MIX[1] * sense
    print("\n| hand | lines | light | full |\n|---|---|---|---|")
    for hand in sorted({x.hand for x in read}):
        at = [i for i, x in enumerate(read) if x.hand == hand]
        true = [read[i].level or 0 for i in at]
        cells = [shares(true, levels(z[at])) for z in (grams, full)]
        print(f"| {hand} | {len(at)} | " + " | ".join(f"{a:.1%}, {b:.1%}" for a, b in cells) + " |")
    true = np.array([x.level or 0 for x in read])
    p, light = chances(full), chances(grams)
    hard = hardest(read, p.argmax(1) == true)
    agree = light.argmax(1) == chances(sense).argmax(1)
    found = {"light": temper_of(true[hard], light[hard])}
    better = np.empty_like(p)
    for name, at in (("agree", agree), ("differ", ~agree)):
        found[name] = temper_of(true[at & hard], p[at & hard])
        better[at] = tempered(p[at], found[name])
        print(f"\nhalves {name} ({at.mean():.0%}): {score(true[at], p[at].argmax(1))}", end="")
    for name, before, after in (("light", light, tempered(light, found["light"])), ("full", p, better)):
        told(name, true, before)
        told(f"{name}, tempered", true, after)
        told(f"{name}, the hardest hands", true[hard], before[hard])
        told(f"{name}, the hardest hands, tempered", true[hard], after[hard])
    print("\ntempers " + ", ".join(f"{name} {t:.2f}" for name, t in found.items()))


def hardest(read: list[Line], right: np.ndarray) -> np.ndarray:
    """Which lines are of the hands read worst, a quarter of those that are large enough to tell.

    Sureness is fitted on them: a call from outside is further from the hands taught here than these are from each other.
    """
    hands = np.array([x.hand for x in read])
    shares_right = {
        h: float(right[hands == h].mean()) for h, n in Counter(x.hand for x in read).items() if n >= TELLING
    }
    worst = sorted(shares_right, key=lambda h: (shares_right[h], h))[: max(1, len(shares_right) // 4)]
    return np.isin(hands, worst)


def as_written(lines: list[Line]) -> None:
    """The written weights on lines that were not taught, in the light and in the full hearing."""
    kept = [x for x in lines if x.level is not None]
    true = [x.level or 0 for x in kept]
    for weight in ("light", "full"):
        hearing.use(weight)
        told(weight, true, np.array([read_line(x.text).chances for x in kept]))


def told(name: str, true: Sequence[int] | np.ndarray, p: np.ndarray) -> None:
    """The figures of some lines: how many are read right, what it says of its sureness and what is so, and whom it would ask."""
    print(f"\n{name}: {score(true, p.argmax(1))}; surprise {surprise(true, p):.3f}")
    print(f"  says and is: {reliability(true, p)}")
    print(f"  {asking(true, p)}", flush=True)
