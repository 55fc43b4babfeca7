"""The full ear's second half: a small sentence encoder (MiniLM-L6, fine-tuned), its forward pass in numpy alone.

Weights are 8 bits with a scale per row and stay so: matrices are widened block by block while they are multiplied, rows of the word
table when they are looked up. A long message is read in windows, all at once, and each label takes its best one, so cost is bounded. The work
runs on whatever thread calls it; numpy lets others run meanwhile.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

# One utterance is too small a sum to share: on two busy cores the threads of numpy's BLAS wait for each other, and a
# sentence costs eight times as much. BLAS reads this when it is loaded, so it stands before numpy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray

from dialogs.hearing.matrix import Floats, Matrix, scratch
from dialogs.hearing.weights import Weights
from dialogs.hearing.wordpiece import START, STOP, WordPiece

WIDE, HEADS, LAYERS = 384, 12, 6
SENSED = (2, 3, 4)  # the layers that still say what is said: the last ones only know what a candidate does with it
WINDOW, WINDOWS = 64, 4  # pieces read at once, and how many windows of a long message


@dataclass(frozen=True, slots=True)
class _Norm:
    """What brings each piece back to one size."""

    weight: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class _Layer:
    """Every piece looks at every other (qkv, out), then each is worked on by itself (up, down)."""

    qkv: Matrix
    out: Matrix
    norm1: _Norm
    up: Matrix
    down: Matrix
    norm2: _Norm


class Encoder:
    """Text in, one score (a logit) per label out."""

    def __init__(self, weights: Weights) -> None:
        self._w = weights
        self.labels: tuple[str, ...] = tuple(weights.about["labels"])
        self.sensed: tuple[int, ...] = SENSED
        self.cut = WordPiece(bytes(weights.bytes_of("pieces")).decode("utf-8").split("\n"))
        self._table = weights.rows_of("table")  # half of the file, and few of its rows are ever looked up
        self._table_scale = self._raw("table.scale", "<f4")
        self._place = self._raw("place", "<f4")  # the kind of segment is added already
        self._norm = self._pair("norm")
        self._layers = [self._layer(f"layer{i}.") for i in range(LAYERS)]
        self._head = self._matrix("head")
        # What is taught on top of `sense` fits this encoder and no other; it is known by its last matrix.
        self.fingerprint = sha256(bytes(self._w.bytes_of(f"layer{LAYERS - 1}.down"))).hexdigest()[:16]
        del self._w

    def _raw(self, name: str, dtype: str) -> NDArray[Any]:
        """A copy, so that the file's own bytes can go when all is read."""
        shape = self._w.about["arrays"][name]["shape"]
        return np.frombuffer(self._w.bytes_of(name), dtype=dtype).reshape(shape).copy()

    def _matrix(self, name: str) -> Matrix:
        return Matrix(self._raw(name, "i1"), self._raw(f"{name}.scale", "<f4"), self._raw(f"{name}.bias", "<f4"))

    def _pair(self, name: str) -> _Norm:
        return _Norm(self._raw(f"{name}.weight", "<f4"), self._raw(f"{name}.bias", "<f4"))

    def _layer(self, at: str) -> _Layer:
        qkv, out, up, down = (self._matrix(at + name) for name in ("qkv", "out", "up", "down"))
        # What one piece seeks in another is scaled by the width of a head: once here, and not in every sentence.
        qkv.scale[:WIDE] *= np.float32((WIDE // HEADS) ** -0.5)
        qkv.bias[:WIDE] *= np.float32((WIDE // HEADS) ** -0.5)
        return _Layer(qkv, out, self._pair(at + "norm1"), up, down, self._pair(at + "norm2"))

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
        best = self._head(self._inside(self.windows(text)), scratch()).max(axis=0)
        return {label: float(z) for label, z in zip(self.labels, best, strict=True)}

    def sense(self, text: str) -> Floats:
        """What each piece of a clean text is about: where the layers `sensed` put it, side by side; a row a piece."""
        states = self._states(self.windows(text), max(self.sensed))
        return np.concatenate([states[i] for i in self.sensed], axis=1)

    def _inside(self, windows: list[list[int]]) -> Floats:
        """For each window the mean of what the last layer makes of its pieces."""
        mean: Floats = self._states(windows, LAYERS)[LAYERS].reshape(len(windows), -1, WIDE).mean(axis=1)
        return mean

    def _states(self, windows: list[list[int]], depth: int) -> list[Floats]:
        """The pieces of all windows, which are of one length, as words and after each of the first `depth` layers."""
        count, n = len(windows), len(windows[0])
        pieces = [piece for window in windows for piece in window]
        x = np.frombuffer(self._table(pieces), "i1").reshape(-1, WIDE).astype(np.float32)
        x *= self._table_scale[pieces][:, None]
        x.reshape(count, n, WIDE)[:] += self._place[:n]
        _normed(x, self._norm)
        states = [x]
        room = scratch()
        for layer in self._layers[:depth]:
            states.append(_through(states[-1], layer, count, room))
        return states


def _normed(x: Floats, norm: _Norm) -> Floats:
    """Every row brought to mean 0 and size 1, then weighed; in place."""
    x -= np.add.reduce(x, axis=1, keepdims=True) * np.float32(1 / WIDE)
    size = np.einsum("ij,ij->i", x, x)
    size *= np.float32(1 / WIDE)
    size += np.float32(1e-12)
    x /= np.sqrt(size)[:, None]
    x *= norm.weight
    x += norm.bias
    return x


def _through(x: Floats, layer: _Layer, count: int, room: Floats) -> Floats:
    """The pieces of `count` windows through one layer."""
    found = layer.out(_looked(layer.qkv(x, room), count), room)
    found += x
    x = _normed(found, layer.norm1)
    found = layer.down(_gelu(layer.up(x, room)), room)
    found += x
    return _normed(found, layer.norm2)


def _looked(qkv: Floats, count: int) -> Floats:
    """What each piece takes from those of its window: `qkv` is what it seeks, what it offers and what it holds."""
    n = len(qkv) // count
    q, k, v = qkv.reshape(count, n, 3, HEADS, WIDE // HEADS).transpose(2, 0, 3, 1, 4)
    seen = q @ k.swapaxes(2, 3)
    seen -= np.maximum.reduce(seen, axis=3, keepdims=True)
    np.exp(seen, out=seen)
    mixed: Floats = seen @ v
    mixed /= np.add.reduce(seen, axis=3, keepdims=True)
    taken: Floats = mixed.transpose(0, 2, 1, 3).reshape(-1, WIDE)
    return taken


# GELU is x times the normal distribution's share below x. For x > 0 that is x less x · share(-x), for x < 0 it is x · share(x); and
# the logarithm of share(-|x|) is so smooth that a polynomial of the fifth degree gives the product to 5e-7: fifteen passes
# over the numbers, of which one is dear. Fitted for the least greatest error on 0 to 6; beyond, both go to nothing.
_SHARE = tuple(
    np.float32(c) for c in (-0.000328072821, 0.00491063847, -0.0359239953, -0.318842476, -0.797665346, -0.69317326)
)


def _gelu(x: Floats) -> Floats:
    """GELU, in place."""
    z = np.abs(x)
    share = z * _SHARE[0]
    for c in _SHARE[1:-1]:
        share += c
        share *= z
    share += _SHARE[-1]
    np.exp(share, out=share)
    share *= z
    np.maximum(x, np.float32(0), out=x)
    x -= share
    return x
