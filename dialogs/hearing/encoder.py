"""The full ear's second half: a small sentence encoder (MiniLM-L6, fine-tuned), its forward pass in numpy alone.

Weights are 8 bits with a scale per row; matrices are widened to 32-bit floats once, at load, and rows of the word table
when they are looked up. A long message is read in windows and each label takes its best one, so cost is bounded. The work runs on
whatever thread calls it; numpy lets others run meanwhile.
"""

from __future__ import annotations

import os
from hashlib import sha256
from typing import Any

# One utterance is too small a sum to share: on two busy cores the threads of numpy's BLAS wait for each other, and a
# sentence costs eight times as much. BLAS reads this when it is loaded, so it stands before numpy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray

from dialogs.hearing.weights import Weights
from dialogs.hearing.wordpiece import START, STOP, WordPiece

Floats = NDArray[np.float32]

WIDE, HEADS, LAYERS = 384, 12, 6
WINDOW, WINDOWS = 64, 4  # pieces read at once, and how many windows of a long message


class Encoder:
    """Text in, one score (a logit) per label out."""

    def __init__(self, weights: Weights) -> None:
        self._w = weights
        self.labels: tuple[str, ...] = tuple(weights.about["labels"])
        self.cut = WordPiece(bytes(weights.bytes_of("pieces")).decode("utf-8").split("\n"))
        self._table = weights.rows_of("table")  # half of the file, and few of its rows are ever looked up
        self._table_scale = self._raw("table.scale", "<f4")
        self._place = self._raw("place", "<f4")  # the kind of segment is added already
        self._norm = self._pair("norm")
        self._layers = [self._layer(i) for i in range(LAYERS)]
        self._head = self._matrix("head"), self._raw("head.bias", "<f4")
        # What is taught on top of `sense` fits this encoder and no other; it is known by its last matrix.
        self.fingerprint = sha256(bytes(self._w.bytes_of(f"layer{LAYERS - 1}.down"))).hexdigest()[:16]
        del self._w

    def _raw(self, name: str, dtype: str) -> NDArray[Any]:
        """A copy, so that the file's own bytes can go when all is read."""
        shape = self._w.about["arrays"][name]["shape"]
        return np.frombuffer(self._w.bytes_of(name), dtype=dtype).reshape(shape).copy()

    def _matrix(self, name: str) -> Floats:
        """A matrix turned for multiplying from the left: inputs by outputs, laid out anew (read across its rows it costs a sixth more)."""
        wide = self._raw(name, "i1").astype(np.float32)
        wide *= self._raw(f"{name}.scale", "<f4")[:, None]
        return np.ascontiguousarray(wide.T)

    def _pair(self, name: str) -> tuple[Floats, Floats]:
        return self._raw(f"{name}.weight", "<f4"), self._raw(f"{name}.bias", "<f4")

    def _layer(self, i: int) -> dict[str, Any]:
        at = f"layer{i}."
        held: dict[str, Any] = {n: self._pair(at + n) for n in ("norm1", "norm2")}
        for name in ("qkv", "out", "up", "down"):
            held[name] = self._matrix(at + name), self._raw(f"{at}{name}.bias", "<f4")
        return held

    def windows(self, text: str) -> list[list[int]]:
        """The pieces of a clean text in windows: one for nearly every message, at most WINDOWS, of which the last is the end."""
        pieces = self.cut(text, 8 * WINDOW)[1:-1]
        room = WINDOW - 2
        if len(pieces) <= room:
            return [[START, *pieces, STOP]]
        count = min(WINDOWS, -(-len(pieces) // room))
        starts = [i * room for i in range(count - 1)] + [len(pieces) - room]
        return [[START, *pieces[s : s + room], STOP] for s in starts]

    def scores(self, text: str) -> dict[str, float]:
        """A logit per label; of several windows each label takes its best."""
        found = [self._read(w) for w in self.windows(text)]
        best = found[0] if len(found) == 1 else np.max(found, axis=0)
        return {label: float(z) for label, z in zip(self.labels, best, strict=True)}

    def sense(self, text: str) -> Floats:
        """What a clean text is about, as a point in WIDE dimensions; of several windows their middle."""
        middle: Floats = np.mean([self._inside(w) for w in self.windows(text)], axis=0)
        return middle

    def _read(self, pieces: list[int]) -> Floats:
        matrix, bias = self._head
        scores: Floats = self._inside(pieces) @ matrix + bias
        return scores

    def _inside(self, pieces: list[int]) -> Floats:
        """The mean of what the last layer makes of each piece."""
        n = len(pieces)
        x = np.frombuffer(self._table(pieces), "i1").reshape(n, WIDE).astype(np.float32)
        x *= self._table_scale[pieces][:, None]
        x += self._place[:n]
        x = _normed(x, self._norm)
        for layer in self._layers:
            x = _through(x, layer)
        mean: Floats = x.mean(axis=0)
        return mean


def _normed(x: Floats, pair: tuple[Floats, Floats]) -> Floats:
    x = x - x.mean(axis=1, keepdims=True)
    x /= np.sqrt((x * x).mean(axis=1, keepdims=True) + np.float32(1e-12))
    out: Floats = x * pair[0] + pair[1]
    return out


def _through(x: Floats, layer: dict[str, Any]) -> Floats:
    n = len(x)
    matrix, bias = layer["qkv"]
    q, k, v = (x @ matrix + bias).reshape(n, 3, HEADS, WIDE // HEADS).transpose(1, 2, 0, 3)
    seen = q @ k.transpose(0, 2, 1)
    seen *= np.float32((WIDE // HEADS) ** -0.5)
    seen -= seen.max(axis=2, keepdims=True)
    np.exp(seen, out=seen)
    seen /= seen.sum(axis=2, keepdims=True)
    mixed = (seen @ v).transpose(1, 0, 2).reshape(n, WIDE)
    matrix, bias = layer["out"]
    x = _normed(x + mixed @ matrix + bias, layer["norm1"])
    matrix, bias = layer["up"]
    inner = _gelu(x @ matrix + bias)
    matrix, bias = layer["down"]
    return _normed(x + inner @ matrix + bias, layer["norm2"])


def _gelu(x: Floats) -> Floats:
    """GELU by the five-term approximation of erf (Abramowitz and Stegun 7.1.26): within 1.5e-7. Works in place where it can."""
    z = np.abs(x)
    z *= np.float32(0.7071067811865476)
    t = z * np.float32(0.3275911)
    t += np.float32(1)
    np.reciprocal(t, out=t)
    tail = t * np.float32(1.061405429)
    for c in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        tail += np.float32(c)
        tail *= t
    z *= z
    np.negative(z, out=z)
    np.exp(z, out=z)
    tail *= z
    np.subtract(np.float32(1), tail, out=tail)  # erf of |x|/sqrt 2
    np.copysign(tail, x, out=tail)
    tail += np.float32(1)
    tail *= x
    tail *= np.float32(0.5)
    return tail
