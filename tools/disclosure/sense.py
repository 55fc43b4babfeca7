"""The second half of the disclosure reader: a score per label from what the sentence encoder makes of the pieces of a line.

Beside the mean of all pieces stand a few looks over the line, each with weights of its own for the pieces (attention pooling), since a
reason is often one clause amid courtesies. Taught by Adam with its gradients written out, so that numpy is enough.
"""

from __future__ import annotations

import math
from collections import Counter
from functools import lru_cache

import numpy as np

from dialogs.hearing import weights
from dialogs.hearing.ear import FULL_FILE
from dialogs.hearing.encoder import Encoder
from dialogs.hearing.text import clean
from tools.disclosure.lines import Line
from tools.disclosure.ngrams import LABELS

MIX = (0.6, 0.6)
"""How much of the n-grams' score and of the encoder's goes into the reading; chosen by leaving hands out."""
LOOKS, HOLDS = 6, 48  # looks over a line, and how many numbers each brings back
ROUNDS, BATCH, RATE, DECAY, DROP = 12, 32, 1e-3, 0.05, 0.3
SEED = 1


@lru_cache(maxsize=1)
def encoder() -> Encoder:
    """The encoder of the full hearing as it lies in the project."""
    return Encoder(weights.read(FULL_FILE))


@lru_cache(maxsize=20_000)
def pieces(text: str) -> np.ndarray:
    """What the encoder makes of the pieces of these words, in half precision: there are many."""
    return encoder().sense(clean(text)).astype(np.float16)


class Sense:
    """Looks, what they bring back and what it says of the labels; taught on lines as they are: made-up mixtures teach the n-grams alone."""

    def __init__(self, lines: list[Line], seed: int = SEED) -> None:
        rng = np.random.default_rng(seed)
        means = np.stack([pieces(x.text).astype(np.float32).mean(0) for x in lines])
        middle, spread = means.mean(0), means.std(0) * 3 + 1e-6
        wide = means.shape[1]
        taught = {
            "look": np.zeros((wide, LOOKS), np.float32),
            "hold": (rng.standard_normal((wide, HOLDS)) * wide**-0.5).astype(np.float32),
            "mean": np.zeros((wide, len(LABELS)), np.float32),
            "out": (rng.standard_normal((LOOKS * HOLDS, len(LABELS))) * (3 * LOOKS * HOLDS) ** -0.5).astype(np.float32),
            "held": np.zeros(HOLDS, np.float32),
            "bias": np.zeros(len(LABELS), np.float32),
        }
        self._teach(taught, lines, (middle, spread), rng)
        # The pieces are brought to one size here once, and not in every line: what is the same for all of them does not change a look.
        self.matrices = {name: taught[name] / spread[:, None] for name in ("look", "hold", "mean")} | {
            "out": taught["out"]
        }
        self.held = taught["held"] - middle @ self.matrices["hold"]
        self.bias = taught["bias"] - middle @ self.matrices["mean"]

    def _teach(
        self,
        taught: dict[str, np.ndarray],
        lines: list[Line],
        size: tuple[np.ndarray, np.ndarray],
        rng: np.random.Generator,
    ) -> None:
        y, cost = _wanted(lines)
        lengths = np.array([len(pieces(x.text)) for x in lines])
        first = {name: np.zeros_like(m) for name, m in taught.items()}
        second = {name: np.zeros_like(m) for name, m in taught.items()}
        steps, step = ROUNDS * -(-len(lines) // BATCH), 0
        for _ in range(ROUNDS):
            order = np.argsort(
                lengths + rng.normal(0, 3, len(lines)), kind="stable"
            )  # lines of about one length together
            batches = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
            for k in rng.permutation(len(batches)):
                at = batches[k]
                step += 1
                slopes = _slopes(taught, *_side_by_side([lines[i].text for i in at], size), y[at], cost[at], rng)
                rate = RATE * _pace(step / steps)
                for name, slope in slopes.items():
                    first[name] += 0.1 * (slope - first[name])
                    second[name] += 0.001 * (slope * slope - second[name])
                    one, two = first[name] / (1 - 0.9**step), second[name] / (1 - 0.999**step)
                    taught[name] *= 1 - rate * DECAY
                    taught[name] -= (rate * one / (np.sqrt(two) + 1e-8)).astype(np.float32)

    def scores(self, texts: list[str]) -> np.ndarray:
        """A logit per label of each text, as dialogs.disclosure reckons it."""
        return np.stack([self._score(pieces(t).astype(np.float32)) for t in texts])

    def _score(self, x: np.ndarray) -> np.ndarray:
        weigh = x @ self.matrices["look"]
        weigh = np.exp(weigh - weigh.max(0))
        weigh /= weigh.sum(0)
        seen = np.tanh(weigh.T @ (x @ self.matrices["hold"]) + self.held)
        return np.asarray(x.mean(0) @ self.matrices["mean"] + seen.ravel() @ self.matrices["out"] + self.bias)


def _wanted(lines: list[Line]) -> tuple[np.ndarray, np.ndarray]:
    """What each label should be of each line, and what it costs to miss it: levels count alike, however many lines they have."""
    sizes = Counter(line.level for line in lines)
    y = np.array(
        [[*((line.level or 0) >= k for k in (1, 2, 3, 4)), line.level is not None] for line in lines], np.float32
    )
    cost = np.ones_like(y)
    cost[:, :4] = [[0.0 if line.level is None else len(lines) / (6 * sizes[line.level])] for line in lines]
    return y, cost


def _side_by_side(texts: list[str], size: tuple[np.ndarray, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The pieces of some texts, filled up with nothing to one length, and how many each has."""
    found = [pieces(t) for t in texts]
    x = np.zeros((len(found), max(map(len, found)), found[0].shape[1]), np.float32)
    for row, p in zip(x, found, strict=True):
        row[: len(p)] = (p.astype(np.float32) - size[0]) / size[1]
    return x, np.array([len(p) for p in found])


def _slopes(
    w: dict[str, np.ndarray],
    x: np.ndarray,
    counts: np.ndarray,
    y: np.ndarray,
    cost: np.ndarray,
    rng: np.random.Generator,
) -> dict[str, np.ndarray]:
    """How the cost of these lines changes with each weight. Of what is looked at a part is left out at random, so that none is relied on."""
    count, length, wide = x.shape
    weigh = x @ w["look"]
    weigh[np.arange(length)[None] >= counts[:, None]] = -1e4
    weigh = np.exp(weigh - weigh.max(1, keepdims=True))
    weigh /= weigh.sum(1, keepdims=True)
    part = x * ((rng.random(x.shape, np.float32) >= DROP) / np.float32(1 - DROP))
    held = part @ w["hold"] + w["held"]
    seen = np.tanh(weigh.swapaxes(1, 2) @ held).reshape(count, -1)
    keep = ((rng.random(seen.shape, np.float32) >= DROP) / np.float32(1 - DROP)).astype(np.float32)
    mean = x.sum(1) / counts[:, None].astype(np.float32)
    z = mean @ w["mean"] + (seen * keep) @ w["out"] + w["bias"]
    error = ((1 / (1 + np.exp(-z)) - y) * cost / y.size).astype(np.float32)
    back = ((error @ w["out"].T) * keep * (1 - seen * seen)).reshape(count, LOOKS, HOLDS)
    of_held = weigh @ back
    of_weigh = held @ back.swapaxes(1, 2)
    of_weigh = weigh * (of_weigh - (of_weigh * weigh).sum(1, keepdims=True))
    return {
        "look": x.reshape(-1, wide).T @ of_weigh.reshape(-1, LOOKS),
        "hold": part.reshape(-1, wide).T @ of_held.reshape(-1, HOLDS),
        "held": of_held.sum((0, 1)),
        "mean": mean.T @ error,
        "out": (seen * keep).T @ error,
        "bias": error.sum(0),
    }


def _pace(done: float) -> float:
    """How large a step is by how much is done: up over the first three tenths, then down to nothing."""
    return (1 - math.cos(math.pi * done / 0.3)) / 2 if done < 0.3 else (1 + math.cos(math.pi * (done - 0.3) / 0.7)) / 2
