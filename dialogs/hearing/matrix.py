"""A matrix that stays in 8 bits: widened a block of columns at a time, where the processor works on it.

A short sentence does little with each weight, so most of its time would go into fetching them from memory, and in 32 bits there are
four times as many bytes to fetch. A block of BLOCK weights is widened into a scratch that the cache holds, multiplied there, and
the next takes its place; the scale of a column is applied to what comes out. A block is also small enough for BLAS to
multiply it where it lies, without first copying it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

BLOCK = 128 * 384
"""How many weights are widened at once: 192 kilobytes of floats, which the second cache of a small server's core holds."""


def scratch() -> Floats:
    """Room for one block; whoever multiplies brings its own, so that threads may multiply at the same time."""
    return np.empty(BLOCK, np.float32)


class Matrix:
    """Inputs by outputs, with a scale and a bias for each output."""

    def __init__(self, weights: NDArray[np.int8], scale: NDArray[Any], bias: NDArray[Any]) -> None:
        outputs, inputs = weights.shape  # as the file has them
        wide = min(outputs, BLOCK // inputs)
        self._blocks = [
            (slice(at, at + wide), np.ascontiguousarray(weights[at : at + wide].T)) for at in range(0, outputs, wide)
        ]
        self._outputs = outputs
        self.scale, self.bias = scale.astype(np.float32), bias.astype(np.float32)

    def __call__(self, x: Floats, room: Floats) -> Floats:
        """`x`, a row for each piece, through this matrix."""
        out = np.empty((len(x), self._outputs), np.float32)
        for columns, narrow in self._blocks:
            block = room[: narrow.size].reshape(narrow.shape)
            np.copyto(block, narrow)
            np.matmul(x, block, out=out[:, columns])
        out *= self.scale
        out += self.bias
        return out
