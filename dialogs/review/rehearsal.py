"""A call gone through again in the head: what was heard, folded without a voice, with other words put in.

The debrief claims things like "with this line she would have told you more". Each claim is tried here first: the same manager, the
same rules, other moves in one place. What is shown in the end is held again in full, its words heard by an ear (`proof`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass

from dialogs import call as rules
from dialogs.call import Call, Outcome
from dialogs.hearing.areas import areas_in
from dialogs.hearing.heard import Heard
from dialogs.moves import ASKS, COSTLY, Move, in_speaking_order
from dialogs.practice import Ear, Practice, Turn
from dialogs.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Replay:
    """How a rehearsed call came out: the level of each turn's answer, and where it stood at the end."""

    levels: tuple[int | None, ...]
    call: Call

    @property
    def highest(self) -> int:
        return max((level for level in self.levels if level is not None), default=0)

    @property
    def outcome(self) -> Outcome:
        return rules.outcome(self.call)


class Rehearsal(Practice):
    """One call at one moment, cheap to copy: `fork` before trying something."""

    __slots__ = ("levels",)

    def __init__(self, scenario: Scenario, seed: int = 1) -> None:
        super().__init__(scenario, seed)
        self.levels: list[int | None] = []
        self.begin()

    def fork(self) -> Rehearsal:
        """The same moment, to go on from in another way."""
        twin = object.__new__(Rehearsal)
        for name in Practice.__slots__:
            setattr(twin, name, getattr(self, name))
        twin.call, twin.levels = copy(self.call), list(self.levels)
        return twin

    def replay(self) -> Replay:
        return Replay(tuple(self.levels), self.call)

    def take(self, heard: Heard, said: str = "") -> Turn:
        turn = super().take(heard, said)
        self.levels.append(turn.level)
        return turn

    def take_all(self, heard: Iterable[Heard]) -> Rehearsal:
        """Go on with these, as far as the call lasts, and without a voice: what comes back is decided, and said by nobody."""
        for each in heard:
            if self.ended:
                break
            before = self.call.phase
            level = self._fold(each)
            if not self.paused:
                self._said += tuple(self._spoken(each, before, level))  # what was said decides what is asked back
            self.levels.append(level)
        return self


@dataclass(frozen=True, slots=True)
class Key:
    """A line that might have been said: in place of turn `turn` (`instead`) or just before it. `moves` are what it does."""

    turn: int
    words: str
    moves: tuple[Move, ...]
    instead: bool = False

    @property
    def heard(self) -> Heard:
        """How these words are taken when they are understood as meant."""
        return heard_as(self.moves, self.words)


class Past:
    """A call that was held, with a bookmark before every turn, so that any of them can be held otherwise."""

    def __init__(self, scenario: Scenario, heard: Sequence[Heard], seed: int = 1) -> None:
        self.heard = tuple(heard)
        self._before: list[Rehearsal] = []
        now = Rehearsal(scenario, seed)
        for each in self.heard:
            self._before.append(now.fork())
            if not now.ended:
                now.take(each)
        self.last = now
        self.replay = now.replay()
        self._meant: dict[tuple[tuple[Move, ...], str], Heard] = {}

    def before(self, n: int) -> Rehearsal:
        """The call as it stood before turn `n` (1 is the first); after the last turn for the number beyond it."""
        return (self._before[n - 1] if n <= len(self._before) else self.last).fork()

    def call_before(self, n: int) -> Call:
        """The same to look at, not to go on with."""
        return self._before[n - 1].call if n <= len(self._before) else self.last.call

    def with_keys(self, keys: Sequence[Key], *, fresh: bool = False) -> Replay:
        """The call with these lines in it, understood as meant; `fresh`: these lines and nothing else."""
        now, course = self._begun(keys, fresh)
        return now.take_all(self._as_meant(said) if isinstance(said, Key) else said for said in course).replay()

    def proof(self, keys: Sequence[Key], ear: Ear, *, fresh: bool = False, enough: int = 9) -> Proof | None:
        """The call held again with these lines spoken in it: what was heard stays as it was, the new words are heard by the ear.

        None as soon as a line is not understood as words to the manager that push nobody, or asks something and is not heard to,
        or has nobody to hear it. A `fresh` call stops where the level `enough` is reached: the lines left are none of its keys.
        """
        now, course = self._begun(keys, fresh)
        understood: list[Heard] = []
        for said in course:
            if now.ended:
                break
            if isinstance(said, Key):
                heard = ear(said.words, now.cue)
                if not _as_intended(said, heard):
                    return None
                understood.append(heard)
                now.take(heard, said.words)
                if fresh and now.highest >= enough:
                    return Proof(now.highest, tuple(understood), now.outcome)
            elif len(understood) < len(keys):
                now.take(said)
            else:  # nobody listens any more
                now.take_all((said,))
        return Proof(now.highest, tuple(understood), now.outcome) if len(understood) == len(keys) else None

    def _begun(self, keys: Sequence[Key], fresh: bool) -> tuple[Rehearsal, Iterable[Key | Heard]]:
        """The moment of the first of these lines, and what is said from there on."""
        first = min((k.turn for k in keys), default=1)
        return self.before(1 if fresh else first), keys if fresh else self._course(first, keys)

    def _course(self, first: int, keys: Sequence[Key]) -> Iterator[Key | Heard]:
        """Turn by turn the lines put before it, then what stands in its place, or it."""
        for n in range(first, max([len(self.heard), *(k.turn for k in keys)]) + 1):
            here = [k for k in keys if k.turn == n]
            yield from (k for k in here if not k.instead)
            yield from [k for k in here if k.instead] or self.heard[n - 1 : n]

    def _as_meant(self, key: Key) -> Heard:
        """These words understood as meant; the same line is tried in several places."""
        if (key.moves, key.words) not in self._meant:
            self._meant[key.moves, key.words] = key.heard
        return self._meant[key.moves, key.words]


@dataclass(frozen=True, slots=True)
class Proof:
    """The same call held again in full, the keys spoken and heard by an ear."""

    highest: int
    heard: tuple[Heard, ...]  # how each key was understood, in their order
    outcome: Outcome


def _as_intended(key: Key, heard: Heard) -> bool:
    """Whether a line was understood as words to the manager that push nobody, and as a question where it asks one."""
    pushes = heard.wary or heard.aside or set(heard.moves) & (COSTLY | {Move.PRY})
    return not pushes and (not set(key.moves) & ASKS or bool(set(heard.moves) & ASKS))


def heard_as(moves: Iterable[Move], words: str) -> Heard:
    """These words, heard as exactly these moves; areas and length are taken from the words."""
    known = in_speaking_order(frozenset(moves)) or (Move.OTHER,)
    areas = areas_in(words) if ASKS & set(known) else ()
    return Heard(
        moves=known,
        scores=dict.fromkeys(known, 1.0),
        sure=frozenset(known),
        areas=areas,
        words=len(words.split()),
    )
