"""The first half of the disclosure reader: n-grams of words and letters, and a weight per label for each.

Taught by accelerated descent on the logistic cost, so that numpy is enough and every run gives the same weights.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from dialogs.disclosure import ANSWER, STEPS, marked
from dialogs.hearing.light import grams
from tools.disclosure.lines import Line

LABELS = (*STEPS, ANSWER)
STRENGTH = 4.0
ROUNDS = 150


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
