"""A better line in the making: the candidate's own sentences stay, and what cost them goes. The pieces that are added are in better.py."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Self, TypeVar

from dialogs.hearing.heard import Heard
from dialogs.moves import ASKS, WARM, Move, in_speaking_order
from dialogs.patterns import lazy
from dialogs.practice import Turn
from dialogs.review.cues import CUES
from dialogs.review.quoting import (
    ASKING,
    PUSHES,
    asks,
    asks_for_a_moment,
    asks_nothing_yet,
    drops_it,
    farewell,
    grudging,
    shaped_as_question,
)
from dialogs.review.rehearsal import heard_as
from dialogs.review.spelling import mended
from dialogs.review.story import Story
from dialogs.review.swearing import swears
from dialogs.review.voice import Voice

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Draft:
    """Words to say instead, and the moves they make."""

    words: str
    moves: tuple[Move, ...]

    @property
    def heard(self) -> Heard:
        """How these words are taken when they are understood as meant."""
        return heard_as(self.moves, self.words)

    def moves_any(self, moves: Collection[Move]) -> bool:
        """Whether the words make one of these moves."""
        return bool(set(self.moves) & set(moves))


def _bare(said: str) -> str:
    return " ".join(WORD.findall(said.casefold().replace("’", "'")))


class Line:
    """One line in the making: own sentences first, pieces after them, in the order in which people speak."""

    def __init__(
        self, story: Story, turn: Turn | None, rng: Random, *, own: bool = True, plain: bool = False, place: int = 0
    ) -> None:
        self.voice: Voice = story.voice.plain if plain else story.voice
        self.story = story
        self.turn = turn
        self.place = turn.n if turn else place  # before or instead of which turn; 0: in no call that was held
        self.rng = rng
        self.own = own
        self.plain = plain  # other words have failed: nothing but what is surely understood
        self.parts: list[str] = []
        self.tail: list[str] = []  # the candidate's own goodbye, said last
        self.moves: set[Move] = set()

    def pick(self, options: Sequence[T], short: Sequence[T] = ()) -> T:
        """One of these, as it suits the voice: the `short` ones for somebody of few words, nothing easy for a formal one."""
        if self.voice.terse and short:
            options = short
        if self.voice.formal:
            options = [o for o in options if not _EASY.match(o[0] if isinstance(o, tuple) else str(o))] or options
        if before := " | ".join([*map(_bare, self.parts), *filter(None, [self._earlier])]):
            said = f" {before} "
            options = [
                o for o in options if not self._stands_in(said, o[0] if isinstance(o, tuple) else str(o))
            ] or options
        return options[self.rng.randrange(len(options))]

    def add(self, words: str, *moves: Move) -> Self:
        said = self.voice.speak(words)
        if said not in self.parts:
            self.parts.append(said)
        self.moves |= set(moves)
        return self

    def _stands_in(self, said: str, words: str) -> bool:
        """Whether four words of a piece, or all of a shorter one, were said before, here or earlier in the call."""
        piece = WORD.findall(self.voice.speak(words).casefold())
        if len(piece) < 5:
            return bool(piece) and f" {' '.join(piece)} " in said
        return any(
            f" {a} {b} {c} {d} " in said for a, b, c, d in zip(piece, piece[1:], piece[2:], piece[3:], strict=False)
        )

    @cached_property
    def _earlier(self) -> str:
        """What the candidate said earlier in the call, as bare words."""
        return " | ".join(_bare(t.said) for t in self.story.turns if t.n < self.place)

    def keep(self, *, question: bool = False, close: bool = False, moment: bool = True) -> Self:
        """The candidate's own sentences that did no harm; the question and the goodbye only when wanted, and where the `moment` is asked
        for in another way, that is left out.
        """
        if self.turn is None or not self.own:
            return self
        made = set(self.turn.moves)
        pushed = made & {*PUSHES, Move.OTHER}
        pushed |= set(PUSHES) if self.turn.heard.wary else set()
        # A feeling is no fault; it only goes where it stood in the way of the question.
        pushed |= {Move.VENT} & made if made & ASKS else set()
        # Where something is only added, as at the end of a call, what was said stays, as far as one breath goes.
        long = len(self.turn.said.split()) > (A_BREATH if close else A_LOT)
        pieces = self.story.pieces(self.turn)
        for piece in pieces:
            sentence, does = piece.words, piece.does
            if len(sentence) > 300 or swears(sentence) or drops_it(sentence):
                continue
            if long and (not does or len(sentence.split()) > 20):
                continue  # of a long turn stays only what does something, and is short
            if piece.grudging or (pushed and (not does - pushed or does & pushed or _pushes(sentence, pushed))):
                continue
            if not question and (does & set(ASKING) or (piece.asks and not does & _QUESTIONS_THAT_STAY)):
                continue
            if (self._asked_on or not moment) and asks_for_a_moment(sentence):
                continue  # in the middle of the talk the moment is no longer the question
            if self._known and does and does <= {Move.INTRODUCE, Move.GREET}:
                continue  # who is calling has been said
            if Move.CLOSE in does or farewell(sentence):
                if close:
                    self.tail.append(piece.mended)
                    self.moves |= does | {Move.CLOSE}
                continue
            if len(" ".join(self.parts).split()) + len(sentence.split()) > (
                20 if long else A_BREATH if close else A_LOT
            ):
                continue
            if piece.mended.rstrip(".!?… ") in " ".join(self.parts):
                continue  # said before in the same breath
            self.parts.append(piece.mended)
            self.moves |= does
        if self.voice.named_in(" ".join(self.parts)) and (Move.INTRODUCE in made or self._tells_the_job):
            self.moves.add(Move.INTRODUCE)
        if self.parts and not pushed:
            # What was heard in this turn, but is in none of its marked sentences, is in one of those that were kept.
            self.moves |= (made & WARM) - {m for piece in pieces for m in piece.does}
        return self

    def only_told(self) -> Self:
        """The line without what it asks: whoever hears it cannot answer that."""
        self.parts = [part for part in self.parts if not part.endswith("?")]
        self.moves -= {*ASKS, Move.DOOR, Move.PERMISSION}
        return self

    def not_to(self, name: str) -> Self:
        """The line without this name called out at its head: it is somebody else who hears it."""
        if self.parts and name:
            self.parts[0] = capitalised(re.sub(rf"^{re.escape(name)}[,!. ]+", "", self.parts[0], flags=re.IGNORECASE))
        return self

    def without(self, sentence: str) -> Self:
        """The line without this sentence of the candidate's, and without the plan that was in it."""
        gone = mended(sentence, self.voice.name, self.voice.words)
        self.parts = [part for part in self.parts if part != gone]
        self.moves.discard(Move.COMMIT)
        return self

    def own_question(self) -> str:
        """The candidate's own narrow question in this turn, if it may stay as it is."""
        if self.turn is None or not self.own or not set(self.turn.moves) & {Move.ASK_SPECIFIC, Move.PROBE}:
            return ""
        asking = [
            s
            for s in self.story.sentences(self.turn)
            if asks(s) and not asks_nothing_yet(s) and not _pushes(s, set(PUSHES) & set(self.turn.moves))
        ]
        if not asking or grudging(asking[-1]):
            return ""
        words = mended(asking[-1], self.voice.name, self.voice.words)
        return f"{words[:-1]}?" if words.endswith(".") and shaped_as_question(asking[-1]) else words

    def add_own(self, sentence: str, move: Move) -> Self:
        """A sentence of the candidate's, as it stands."""
        if sentence not in self.parts:
            self.parts.append(sentence)
        self.moves.add(move)
        return self

    @property
    def _known(self) -> bool:
        return self.turn is not None and any(t.n < self.turn.n for t, _ in self.story.made(Move.INTRODUCE))

    @property
    def _asked_on(self) -> bool:
        return self.turn is not None and any(t.level is not None and t.n < self.turn.n for t in self.story.turns)

    def done(self) -> Draft | None:
        """The line as it stands, or nothing when nothing was put together."""
        words = _joined([*self.parts, *self.tail])
        if not words:
            return None
        kept = self.moves - {*PUSHES, Move.VENT, Move.OTHER, Move.ANSWER}
        if len(kept & ASKS) > 1:
            kept -= {Move.ASK_OPEN}
        return Draft(words, in_speaking_order(kept))

    @property
    def _tells_the_job(self) -> bool:
        return any(_ABOUT_THE_JOB.search(part) for part in self.parts)


def capitalised(words: str) -> str:
    """With a capital at the beginning."""
    return words[:1].upper() + words[1:]


A_LOT = 25  # words of a turn, or of what is kept of it
A_BREATH = 32  # words that may stay where nothing has to go


_ABOUT_THE_JOB = lazy(
    r"\b(?:interview\w*|applied|application)\b",
    r"\b\w{4,} (?:job|role|position|post)\b",
    r"\b(?:about|for) (?:the|a|that|your|this) (?:\w+ ){0,3}(?:job|role|position|post|vacancy)\b",
    flags=re.IGNORECASE,
)


WORD = lazy(r"[\w'’]+")


_QUESTIONS_THAT_STAY = {Move.PERMISSION, Move.DOOR, Move.GREET, Move.INTRODUCE, Move.CLOSE}


_EASY = lazy(r"(?:Okay|OK|All right|No hard feelings)\b")


def _joined(parts: list[str]) -> str:
    """The pieces one after another, each ended before the next begins."""
    ended = [p if p[-1:] in ".!?…)" or not p[-1:].isalnum() else f"{p}." for p in parts[:-1]]
    return " ".join([*ended, *parts[-1:]]).strip()


def _pushes(sentence: str, pushed: set[Move]) -> bool:
    return any(m in CUES and CUES[m].search(sentence) for m in pushed)
