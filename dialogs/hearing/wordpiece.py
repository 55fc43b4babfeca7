"""Words cut into the pieces the encoder knows: BERT's uncased WordPiece, in plain Python.

Longest match first, from a vocabulary of 30,522 pieces; a word that cannot be cut is one unknown piece.
"""

from __future__ import annotations

import unicodedata

from dialogs.patterns import lazy

UNKNOWN, START, STOP = 100, 101, 102
LONGEST_WORD = 100
_SPLIT = lazy(r"\w+|[^\w\s]")


def _bare(text: str) -> str:
    """Lower case without accents, as the vocabulary is."""
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(c) != "Mn")


class WordPiece:
    """Cuts text into the numbers of its pieces, START and STOP around them."""

    def __init__(self, pieces: list[str]) -> None:
        self.number = {piece: n for n, piece in enumerate(pieces)}

    def __call__(self, text: str, most: int) -> list[int]:
        """At most `most` numbers; of a longer text the beginning and, for a third, the end are kept."""
        found: list[int] = []
        for word in _SPLIT.findall(_bare(text).replace("_", " _ ")):
            found += self._cut(word)
            if len(found) > 4 * most and len(found) > 2048:
                break
        room = most - 2
        if len(found) > room:
            tail = room // 3
            found = found[: room - tail] + found[-tail:]
        return [START, *found, STOP]

    def _cut(self, word: str) -> list[int]:
        if len(word) > LONGEST_WORD:
            return [UNKNOWN]
        cut: list[int] = []
        start = 0
        while start < len(word):
            end = len(word)
            while end > start:
                number = self.number.get(("##" if start else "") + word[start:end])
                if number is not None:
                    cut.append(number)
                    break
                end -= 1
            else:
                return [UNKNOWN]
            start = end
        return cut
