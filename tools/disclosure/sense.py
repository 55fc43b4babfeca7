"""The second half of the disclosure reader: a score per label from where the sentence encoder puts a line."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

import numpy as np

from dialogs.disclosure import ANSWER, STEPS
from dialogs.hearing import weights
from dialogs.hearing.ear import FULL_FILE
from dialogs.hearing.encoder import Encoder
from dialogs.hearing.text import clean
from tools.disclosure.lines import Line

LABELS = (*STEPS, ANSWER)
MIX = (0.6, 0.6)
"""How much of the n-grams' score and of the encoder's goes into the reading; chosen by leaving hands out."""
HOLD = 0.1  # how strongly weights are held small
ROUNDS = 400


@lru_cache(maxsize=1)
def encoder() -> Encoder:
    """The encoder of the full hearing as it lies in the project."""
    return Encoder(weights.read(FULL_FILE))


@lru_cache(maxsize=20_000)
def point(text: str) -> np.ndarray:
    """Where the encoder puts these words."""
    return encoder().sense(clean(text))


class Sense:
    """A weight per dimension and label, taught on lines as they are: made-up mixtures teach the n-grams alone."""

    def __init__(self, lines: list[Line]) -> None:
        points = np.stack([point(x.text) for x in lines]).astype(np.float32)
        middle, spread = points.mean(0), (points.std(0) + 1e-6) * points.shape[1] ** 0.5
        w, b = self._fit((points - middle) / spread, lines)
        self.matrix = w / spread[:, None]
        self.bias = b - middle @ self.matrix

    def _fit(self, x: np.ndarray, lines: list[Line]) -> tuple[np.ndarray, np.ndarray]:
        n, sizes = len(lines), Counter(line.level for line in lines)
        y = np.array(
            [[*((line.level or 0) >= k for k in (1, 2, 3, 4)), line.level is not None] for line in lines], np.float32
        )
        cost = np.ones_like(y)
        cost[:, :4] = [[0.0 if line.level is None else n / (6 * sizes[line.level])] for line in lines]
        w, b = np.zeros((x.shape[1], len(LABELS)), np.float32), np.zeros(len(LABELS), np.float32)
        before, at_b = w.copy(), b.copy()
        for turn in range(ROUNDS):  # Nesterov's descent with a fixed step, as in train.py
            pull = turn / (turn + 3)
            v, vb = w + pull * (w - before), b + pull * (b - at_b)
            error = (1 / (1 + np.exp(-(x @ v + vb))) - y) * cost / n
            before, at_b = w, b
            w, b = v - 4 * (x.T @ error + HOLD / n * v), vb - error.sum(0)
        return w, b

    def scores(self, texts: list[str]) -> np.ndarray:
        """A logit per label of each text."""
        return np.stack([point(t) for t in texts]) @ self.matrix + self.bias
