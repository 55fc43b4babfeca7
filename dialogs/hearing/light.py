"""The light ear: word and letter n-grams, scored without any library.

Every n-gram is known by the CRC-32 of its bytes: a sorted table finds its row by bisection, and a row is one weight of 8 bits per
label. All labels are added at once: a row, each weight widened to 32 bits, is read as one large whole number, multiplied
by the n-gram's share and summed. The arithmetic is whole numbers from the share on, so every machine gets the same sum.
"""

from __future__ import annotations

import math
import sys
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, pairwise
from typing import Any
from zlib import crc32

from dialogs.hearing.text import tokens
from dialogs.hearing.weights import Weights

SHARES = 4095  # an n-gram's share of its text, in whole numbers
MOST_LETTERS = 2000  # of a plain text that are cut into n-grams


def _letters(word: str) -> list[str]:
    """The 2-5-grams of one word with a space on either side; of a word no longer than n, itself once."""
    spaced = f" {word[:40]} "
    long = len(spaced)
    found = []
    for n in (2, 3, 4, 5):
        found += [spaced[i : i + n] for i in range(max(1, long - n + 1))]
        if long <= n:
            break
    return found


def grams(plain_text: str) -> tuple[dict[str, int], dict[str, int]]:
    """How often each word 1-2-gram and each letter 2-5-gram (inside words) comes up; the first MOST_LETTERS letters count."""
    text = plain_text[:MOST_LETTERS]
    said = tokens(text)
    word_counts: dict[str, int] = {}
    for gram in (*(f"w {a}" for a in said), *(f"w {a} {b}" for a, b in pairwise(said))):
        word_counts[gram] = word_counts.get(gram, 0) + 1
    letter_counts: dict[str, int] = {}
    for word in text.split():
        for gram in _letters(word):
            letter_counts[gram] = letter_counts.get(gram, 0) + 1
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
        self._rows = bytes(weights.bytes_of("rows"))  # each weight + 128
        count = len(self.labels)
        self._commonest, self._rarest = min(self._idf), max(self._idf)
        if array("I").itemsize != 4 or len(self._rows) != len(self._keys) * count:
            raise ValueError("the rows of n-gram weights do not fit their table")
        self._count = count
        self._scale: list[float] = about["scale"]
        self._bias: list[float] = about["bias"]
        # People say the same words again and again: where a word's n-grams stand is remembered, up to a bound. Held as plain
        # numbers side by side: as Python's own they would take as much memory again as the whole table.
        self._inside = lru_cache(2048)(self._rows_in)
        self._whole = lru_cache(2048)(lambda gram: self._row(f"w {gram}"))

    def _rows_of(self, grams: Iterable[str]) -> array[int]:
        """Where these n-grams stand in the table, those that do."""
        keys, end, found = self._keys, len(self._keys), array("I")
        for gram in grams:
            key = crc32(gram.encode("utf-8", "replace"))
            at = bisect_left(keys, key)
            if at < end and keys[at] == key:
                found.append(at)
        return found

    def _row(self, gram: str) -> int:
        """Where this n-gram stands in the table; -1 when it does not."""
        return next(iter(self._rows_of((gram,))), -1)

    def common(self, word: str) -> float:
        """How common a plain word is in what was taught: 0 for one that is not in the table, 1 for the commonest."""
        at = self._whole(word)
        return 0.0 if at < 0 else (self._rarest - self._idf[at]) / (self._rarest - self._commonest)

    def _rows_in(self, word: str) -> array[int]:
        return self._rows_of(_letters(word))

    def _shares(self, counts: dict[int, int]) -> list[tuple[int, int]]:
        """Rows with their share of the text, in whole numbers; together of length one."""
        idf = self._idf
        found = [(at, math.sqrt(n) * idf[at] if n > 1 else idf[at]) for at, n in counts.items()]
        norm = math.sqrt(sum([v * v for _, v in found])) / SHARES
        return [(at, round(v / norm)) for at, v in found]

    def known(self, plain_text: str) -> list[tuple[int, int]]:
        """The rows of the n-grams of this text that are in the table, each with its share."""
        text = plain_text[:MOST_LETTERS]
        said = tokens(text)
        by_word: dict[int, int] = {}
        for gram in (*said, *(f"{a} {b}" for a, b in pairwise(said))):
            if (at := self._whole(gram)) >= 0:
                by_word[at] = by_word.get(at, 0) + 1
        by_letter = Counter(chain.from_iterable(map(self._inside, text.split())))
        return self._shares(by_word) + self._shares(by_letter)

    def scores(self, plain_text: str) -> list[float]:
        """A logit per label."""
        total, shares, count, rows, number = 0, 0, self._count, self._rows, int.from_bytes
        wide = bytearray(4 * count)
        for at, share in self.known(plain_text):
            start = at * count
            wide[0::4] = rows[start : start + count]  # widened here: the whole table would take four times the memory
            total += share * number(wide, "little")
            shares += share
        sums = _little("I", total.to_bytes(4 * count, "little"))
        return [
            bias + scale * (held - 128 * shares) / SHARES
            for held, scale, bias in zip(sums, self._scale, self._bias, strict=True)
        ]

    def spoke(self, plain_text: str, label: str) -> list[tuple[str, float]]:
        """What each n-gram added to one label's score, the strongest first."""
        k = self.labels.index(label)
        names: dict[int, str] = {}
        for counts in grams(plain_text):
            names.update({at: gram for gram in counts if (at := self._row(gram)) >= 0})
        parts = [
            (names[at], self._scale[k] * (self._rows[at * self._count + k] - 128) * share / SHARES)
            for at, share in self.known(plain_text)
        ]
        return sorted(parts, key=lambda p: (-abs(p[1]), p[0]))
