"""Teach the disclosure reader and say how good it is on hands it has not seen.

python -m tools.disclosure.train             write dialogs/disclosure.bin
python -m tools.disclosure.train --measure   every hand left out once, then the figures; nothing is written
python -m tools.disclosure.train --without retold --without texts,chats   these alone: one hand, then two together
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np

from dialogs.disclosure import WEIGHTS, marked
from dialogs.hearing import weights
from dialogs.hearing.light import grams
from tools.disclosure.lines import SPOKEN, Line, framed, mixed, of_library, written
from tools.disclosure.sense import LABELS, MIX, Sense, encoder

STRENGTH = 4.0
ROUNDS = 150
SEED = 1
FOLDS = 4
LARGE = 200  # lines from which a hand is left out alone
SURE = (0.0, 0.45, 0.55, 0.7, 0.85, 1.01)  # bins of sureness, to see whether it holds


class Sparse:
    """A matrix of which little is not zero: row, column and value of each entry."""

    def __init__(self, rows: np.ndarray, at: np.ndarray, values: np.ndarray, height: int, width: int) -> None:
        self.rows, self.at, self.values, self.height, self.width = rows, at, values, height, width

    def times(self, m: np.ndarray) -> np.ndarray:
        """This matrix times m."""
        columns = [np.bincount(self.rows, self.values * m[self.at, k], self.height) for k in range(m.shape[1])]
        return np.stack(columns, axis=1)

    def turned_times(self, m: np.ndarray) -> np.ndarray:
        """This matrix, turned, times m."""
        columns = [np.bincount(self.at, self.values * m[self.rows, k], self.width) for k in range(m.shape[1])]
        return np.stack(columns, axis=1)


class Model:
    """N-grams with their idf and a weight per label."""

    def __init__(self, lines: list[Line]) -> None:
        texts = [marked(x.text) for x in lines]
        df: Counter[str] = Counter()
        for text in texts:
            for counts in grams(text):
                df.update(counts.keys())
        self.names = sorted(g for g, n in df.items() if n >= (2 if g.startswith("w ") else 4))
        self.number = {g: i for i, g in enumerate(self.names)}
        self.idf = np.array([np.log((1 + len(texts)) / (1 + df[g])) + 1 for g in self.names], dtype=np.float32)
        self.rows, self.bias = self._fit(self.block(texts), lines)

    def block(self, texts: list[str]) -> Sparse:
        """Texts as rows: square root of the count times idf, words and letters each of length one."""
        rows, at, values = [], [], []
        for i, text in enumerate(texts):
            for counts in grams(text):
                found = [
                    (self.number[g], c**0.5 * self.idf[self.number[g]]) for g, c in counts.items() if g in self.number
                ]
                norm = sum(v * v for _, v in found) ** 0.5
                for k, v in found:
                    rows.append(i)
                    at.append(k)
                    values.append(v / norm)
        return Sparse(np.array(rows), np.array(at), np.array(values), len(texts), len(self.names))

    def _fit(self, x: Sparse, lines: list[Line]) -> tuple[np.ndarray, np.ndarray]:
        y = np.zeros((len(lines), len(LABELS)), dtype=np.float32)
        cost = np.ones_like(y)
        sizes = Counter(x.level for x in lines)
        for i, line in enumerate(lines):
            y[i, -1] = line.level is not None
            if line.level is None:
                cost[i, :4] = 0
            else:
                y[i, : line.level] = 1
                cost[i, :4] = len(lines) / (6 * sizes[line.level])
        w = np.zeros((x.width, len(LABELS)))
        b = np.zeros(len(LABELS))
        # Nesterov's accelerated descent with a fixed step: the same weights on every run.
        step, before, at_b = 1.2 / len(lines), w.copy(), b.copy()
        for turn in range(ROUNDS):
            pull = turn / (turn + 3)
            v, vb = w + pull * (w - before), b + pull * (b - at_b)
            p = 1 / (1 + np.exp(-(x.times(v) + vb)))
            error = (p - y) * cost * STRENGTH
            before, at_b = w, b
            w = v - step * (x.turned_times(error) + v)
            b = vb - step * error.sum(0)
        return w, b

    def scores(self, texts: list[str]) -> np.ndarray:
        """A logit per label of each text."""
        return self.block([marked(t) for t in texts]).times(self.rows) + self.bias


def chances(z: np.ndarray) -> np.ndarray:
    """The chance of each level by each row of logits, as dialogs.disclosure reckons it."""
    p = 1 / (1 + np.exp(-z[:, :4]))
    p = np.minimum.accumulate(p, axis=1)
    ones, zeros = np.ones((len(z), 1)), np.zeros((len(z), 1))
    return np.asarray(np.hstack([ones, p]) - np.hstack([p, zeros]))


def levels(z: np.ndarray) -> list[int]:
    """The most likely level by each row of logits."""
    return [int(k) for k in chances(z).argmax(1)]


def teaching(lines: list[Line]) -> list[Line]:
    """The lines, and what is made of them."""
    return lines + mixed(lines, 600, SEED) + framed(110, SEED)


def export(model: Model, sense: Sense, path: Path) -> str:
    """Write the table with 8 bits a weight, and what fits the encoder; gives the sha256."""
    order = sorted(range(len(model.names)), key=lambda i: crc32(model.names[i].encode()))
    keys = np.array([crc32(model.names[i].encode()) for i in order], dtype="<u4")
    keep = np.concatenate([[True], keys[1:] != keys[:-1]])
    rows = model.rows[order][keep]
    scale = np.maximum(np.abs(rows).max(0), 1e-6) / 127
    packed = (np.rint(rows / scale).astype(np.int16) + 128).astype(np.uint8)
    idf = np.rint(model.idf[order][keep] * 1000).astype("<u2")
    about = {
        "labels": list(LABELS),
        "scale": [float(f"{s:.7g}") for s in scale],
        "bias": [float(f"{b:.6f}") for b in model.bias],
        "sense": {
            "encoder": encoder().fingerprint,
            "layers": list(encoder().sensed),
            "mix": list(MIX),
            "held": [float(f"{b:.6f}") for b in sense.held],
            "bias": [float(f"{b:.6f}") for b in sense.bias],
        },
    }
    arrays = {
        "keys": ("<u4", [int(keep.sum())], keys[keep].tobytes()),
        "idf": ("<u2", [int(keep.sum())], idf.tobytes()),
        "rows": ("u1", list(packed.shape), packed.tobytes()),
        **{f"sense.{name}": ("<f2", list(m.shape), m.astype("<f2").tobytes()) for name, m in sense.matrices.items()},
    }
    return weights.write(path, about, arrays, squeeze=True)


def score(true: list[int], found: list[int]) -> str:
    """Exact, within one, and where it goes wrong."""
    n = len(true)
    exact = sum(a == b for a, b in zip(true, found, strict=True)) / n
    near = sum(abs(a - b) <= 1 for a, b in zip(true, found, strict=True)) / n
    return f"{n} lines: exact {exact:.1%}, within one {near:.1%}"


def reliability(true: list[int], z: np.ndarray) -> str:
    """How often the reading is right where it says it is so sure: a bin, its share of the lines, what it says and what is so."""
    p = chances(z)
    sure, right = p.max(1), p.argmax(1) == np.array(true)
    bins = ((a <= sure) & (sure < b) for a, b in pairwise(SURE))
    return "; ".join(
        f"{m.mean():.0%} of lines say {sure[m].mean():.0%}: {right[m].mean():.0%}" for m in bins if m.any()
    )


def parts(lines: list[Line]) -> tuple[list[frozenset[str]], list[frozenset[str]]]:
    """Two ways to leave hands out. A hand of many lines alone, small ones together; and all that is spoken, then all that is written."""
    sizes = Counter(x.hand for x in lines)
    large = sorted(h for h, n in sizes.items() if n >= LARGE)
    small = sorted(h for h in sizes if h not in large)
    spoken = frozenset(h for h in sizes if h in SPOKEN or h.startswith("library"))
    hands = [frozenset([h]) for h in large] + [frozenset(small[i::FOLDS]) for i in range(FOLDS)]
    return hands, [spoken, frozenset(sizes) - spoken]


def measure(lines: list[Line], ways: Sequence[list[frozenset[str]]]) -> None:
    """Hands read by a model that was taught without them: by n-grams alone, and with the encoder."""
    for part in ways:
        true: list[int] = []
        light, full = [], []
        for hands in part:
            held = [x for x in lines if x.hand in hands and x.level is not None]
            rest = [x for x in lines if x.hand not in hands]
            texts, right = [x.text for x in held], [x.level or 0 for x in held]
            by_grams, by_sense = Model(teaching(rest)).scores(texts), Sense(rest).scores(texts)
            both = MIX[0] * by_grams + MIX[1] * by_sense
            name = ", ".join(sorted(hands))
            told = f"light {score(right, levels(by_grams))}; full {score(right, levels(both))}"
            print(f"{name[:50]:50} {told}", flush=True)
            true, light, full = true + right, [*light, by_grams], [*full, both]
        for name, z in (("light", np.vstack(light)), ("full", np.vstack(full))):
            print(f"all, {name}: {score(true, levels(z))}; {reliability(true, z)}", flush=True)


def main() -> None:
    """Teach, or measure."""
    ask = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ask.add_argument("--measure", action="store_true")
    ask.add_argument("--without", action="append", default=[], metavar="HAND[,HAND…]", help="measure on these alone")
    ask.add_argument("--rows", type=Path, help="JSON Lines with text and level: measure the written weights on them")
    given = ask.parse_args()
    if given.rows:
        from dialogs import hearing
        from dialogs.disclosure import read_line

        rows = [json.loads(line) for line in given.rows.read_text(encoding="utf-8").splitlines() if line.strip()]
        for weight in ("light", "full"):
            hearing.use(weight)
            print(weight, score([int(r["level"]) for r in rows], [read_line(r["text"]).level for r in rows]))
        return
    lines = written() + of_library()
    print(f"{len(lines)} lines: {sorted(Counter(str(x.level) for x in lines).items())}")
    if given.measure or given.without:
        measure(lines, [[frozenset(hands.split(",")) for hands in given.without]] if given.without else parts(lines))
        return
    print(export(Model(teaching(lines)), Sense(lines), WEIGHTS), WEIGHTS)


if __name__ == "__main__":
    main()
