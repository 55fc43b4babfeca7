"""Somebody's own sentences in one turn, each with what it does: what a better line may keep of it.

for piece in pieces(turn, sentences, voice): piece.words, piece.does, piece.mended
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from dialogs.moves import Move
from dialogs.practice import Turn
from dialogs.review.cues import CUES
from dialogs.review.quoting import ASKING, asks, grudging, shaped_as_question, wants_to_know
from dialogs.review.spelling import mended
from dialogs.review.voice import Voice, stands_in


class Piece:
    """One sentence, exactly as it was said; `does` are the moves heard in the turn that this sentence of it makes."""

    def __init__(self, words: str, does: frozenset[Move], voice: Voice) -> None:
        self.words = words
        self.does = does
        self._voice = voice

    @cached_property
    def mended(self) -> str:
        """The sentence without its slips of typing."""
        return mended(self.words, self._voice.name, self._voice.words)

    @cached_property
    def grudging(self) -> bool:
        """Whether it takes itself back, or plainly pushes."""
        return grudging(self.words)

    @cached_property
    def asks(self) -> bool:
        """Whether any reader takes it for a question."""
        return shaped_as_question(self.words) or wants_to_know(self.words)


def pieces(turn: Turn, sentences: Sequence[str], voice: Voice) -> list[Piece]:
    """The sentences of a turn with what they do."""
    heard = set(turn.moves)
    marked = [m for m in heard if m not in ASKING and m in CUES and m is not Move.ANSWER]
    asking = heard & set(ASKING)
    first_name = voice.name.partition(" ")[0]
    only = heard - {Move.OTHER}
    found = []
    for sentence in sentences:
        does: set[Move] = {m for m in marked if CUES[m].search(sentence)}
        if asking and asks(sentence):
            does |= asking
        if Move.INTRODUCE in heard and stands_in(first_name, sentence, as_written=True):
            does.add(Move.INTRODUCE)
        if len(only) == 1 and len(sentences) == 1:
            does |= only
        found.append(Piece(sentence, frozenset(does), voice))
    return found
