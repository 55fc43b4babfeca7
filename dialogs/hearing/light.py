"""The light ear: word and letter n-grams, scored without any library.

Every n-gram is known by the CRC-32 of its bytes: a sorted table finds its row by bisection, and a row is one weight of 8 bits per
label. All labels are added at once: a row, each weight widened to 32 bits, is read as one large whole number, multiplied
by the n-gram's share and summed. The arithmetic is whole numbers from the share on, so every machine gets the same sum.
"""

from __future__ import annotations

import itertools
import math
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any
from zlib import crc32

from dialogs.hearing.text import tokens
from dialogs.hearing.weights import Weights

SHARES = 4095  # an n-gram's share of its text, in whole numbers
MOST_LETTERS = 2000  # of a plain text that are cut into n-grams


def grams(plain_text: str) -> tuple[dict[str, int], dict[str, int]]:
    """How often each word 1-2-gram and each letter 2-5-gram (inside words) comes up; the first MOST_LETTERS letters count."""
    text = plain_text[:MOST_LETTERS]
    said = tokens(text)
    word_counts: dict[str, int] = {}
    for gram in (*(f"w {a}" for a in said), *(f"w {a} {b}" for a, b in itertools.pairwise(said))):
        word_counts[gram] = word_counts.get(gram, 0) + 1
    letter_counts: dict[str, int] = {}
    for word in text.split():
        spaced = f" {word[:40]} "
        long = len(spaced)
        for n in (2, 3, 4, 5):
            for i in range(max(1, long - n + 1)):
                gram = spaced[i : i + n]
                letter_counts[gram] = letter_counts.get(gram, 0) + 1
            if long <= n:
                break
    return word_counts, letter_counts


def _little(kind: str, data: bytes) -> array[int]:
    numbers = array(kind, data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


class Light:
    """N-grams in, one score (a logit) per label out."""

    def __init__(self, weights: Weights) -> None:
        about: dict[str, Any] = weights.about
        self.labels: tuple[str, ...] = tuple(about["labels"])
        self._keys = _little("I", bytes(weights.bytes_of("keys")))
        self._idf = _little("H", bytes(weights.bytes_of("idf")))
        packed = bytes(weights.bytes_of("rows"))
        count = len(self.labels)
        if array("I").itemsize != 4 or len(packed) != len(self._keys) * count:
            raise ValueError("the rows of n-gram weights do not fit their table")
        wide = bytearray(4 * len(packed))
        wide[0::4] = packed  # each weight + 128, widened to 32 bits
        self._rows, self._width = bytes(wide), 4 * count
        self._scale: list[float] = about["scale"]
        self._bias: list[float] = about["bias"]

    def known(self, plain_text: str) -> Iterator[tuple[str, int, int]]:
        """The n-grams of this text that are in the table: the n-gram, its row, its share."""
        for counts in grams(plain_text):
            found = []
            square = 0.0
            for gram, count in counts.items():
                key = crc32(gram.encode("utf-8", "replace"))
                at = bisect_left(self._keys, key)
                if at < len(self._keys) and self._keys[at] == key:
                    value = math.sqrt(count) * self._idf[at]
                    square += value * value
                    found.append((gram, at, value))
            norm = math.sqrt(square)
            for gram, at, value in found:
                yield gram, at, round(value / norm * SHARES)

    def scores(self, plain_text: str) -> list[float]:
        """A logit per label."""
        total, shares, width, rows = 0, 0, self._width, self._rows
        for _, at, share in self.known(plain_text):
            total += share * int.from_bytes(rows[at * width : (at + 1) * width], "little")
            shares += share
        sums = _little("I", total.to_bytes(width, "little"))
        return [
            bias + scale * (held - 128 * shares) / SHARES
            for held, scale, bias in zip(sums, self._scale, self._bias, strict=True)
        ]

    def spoke(self, plain_text: str, label: str) -> list[tuple[str, float]]:
        """What each n-gram added to one label's score, the strongest first."""
        k = self.labels.index(label)
        parts = [
            (gram, self._scale[k] * (self._rows[at * self._width + 4 * k] - 128) * share / SHARES)
            for gram, at, share in self.known(plain_text)
        ]
        return sorted(parts, key=lambda p: (-abs(p[1]), p[0]))
