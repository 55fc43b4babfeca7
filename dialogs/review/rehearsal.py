"""A call gone through again in the head: what was heard, folded without a voice, with other words put in.

The debrief claims things like "with this line she would have told you more". Each claim is tried here first: the same manager, the
same rules, other moves in one place. What is shown in the end is held again in full, its words heard by an ear (`proof`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass

from dialogs import call as rules
from dialogs.call import Call, Outcome
from dialogs.hearing.areas import areas_in
from dialogs.hearing.heard import Heard
from dialogs.manager import Script
from dialogs.moves import ASKS, COSTLY, Move, in_speaking_order
from dialogs.practice import Ear, Practice
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


class _NoVoice(Script):
    """A script that says nothing: for calls of which only the course matters."""

    __slots__ = ()

    def has(self, heading: str) -> bool:
        return False

    def echo(self, family: str) -> str:
        return ""


class Rehearsal(Practice):
    """One call at one moment, without a voice and cheap to copy: `fork` before trying something."""

    __slots__ = ("levels",)

    def __init__(self, scenario: Scenario) -> None:
        super().__init__(scenario, 1)
        self._script = _NoVoice({}, 1)
        self.levels: list[int | None] = []
        self.begin()

    def fork(self) -> Rehearsal:
        """The same moment, to go on from in another way."""
        twin = copy(self)
        twin.call = copy(self.call)
        twin.levels = list(self.levels)
        return twin

    def replay(self) -> Replay:
        return Replay(tuple(self.levels), self.call)

    def take_all(self, heard: Iterable[Heard]) -> Rehearsal:
        """Go on with these, as far as the call lasts."""
        for each in heard:
            if self.ended:
                break
            self.levels.append(self.take(each).level)
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

    def __init__(self, scenario: Scenario, heard: Sequence[Heard]) -> None:
        self.heard = tuple(heard)
        self._before: list[Rehearsal] = []
        now = Rehearsal(scenario)
        for each in self.heard:
            self._before.append(now.fork())
            now.take_all((each,))
        self.last = now
        self.replay = now.replay()
        self._meant: dict[tuple[tuple[Move, ...], str], Heard] = {}

    def before(self, n: int) -> Rehearsal:
        """The call as it stood before turn `n` (1 is the first); after the last turn for the number beyond it."""
        return (self._before[n - 1] if n <= len(self._before) else self.last).fork()

    def call_before(self, n: int) -> Call:
        """The same to look at, not to go on with."""
        return self._before[n - 1].call if n <= len(self._before) else self.last.call

    def instead(self, n: int, heard: Heard) -> Replay:
        """The call with this in place of turn `n`, the later turns as they were."""
        return self.before(n).take_all((heard, *self.heard[n:])).replay()

    def with_keys(self, keys: Sequence[Key], *, fresh: bool = False) -> Replay:
        """The call with these lines in it; `fresh`: these lines and nothing else."""
        if fresh:
            return self.before(1).take_all(map(self._as_meant, keys)).replay()
        first = min((k.turn for k in keys), default=1)
        now = self.before(first)
        for n in range(first, max([len(self.heard), *(k.turn for k in keys)]) + 1):
            now.take_all(self._said_at(n, keys))
        return now.replay()

    def _said_at(self, n: int, keys: Sequence[Key]) -> list[Heard]:
        """What is said at turn `n` once the keys are in: lines put before it, then it or what stands in its place."""
        added = [self._as_meant(k) for k in keys if k.turn == n and not k.instead]
        swapped = [self._as_meant(k) for k in keys if k.turn == n and k.instead]
        return [*added, *(swapped or self.heard[n - 1 : n])]

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

    @property
    def clear(self) -> bool:
        """Whether every key was understood as words to the manager that push nobody."""
        return not any(h.wary or h.aside or set(h.moves) & (COSTLY | {Move.PRY}) for h in self.heard)

    def kept_asks(self, keys: Sequence[Key]) -> bool:
        """Whether all keys were said, and each that asks something was heard to ask."""
        return len(self.heard) == len(keys) and all(
            not set(k.moves) & ASKS or set(h.moves) & ASKS for k, h in zip(keys, self.heard, strict=True)
        )


def proof(
    scenario: Scenario, seed: int, heard: Sequence[Heard], keys: Sequence[Key], ear: Ear, *, fresh: bool = False
) -> Proof:
    """Hold the call again with these lines said in it: what was heard stays as it was, the new words are heard by the ear."""
    practice = Practice(scenario, seed)
    practice.begin()
    understood: list[Heard] = []

    def say(key: Key) -> None:
        if not practice.ended:
            understood.append(ear(key.words, practice.cue))
            practice.take(understood[-1], key.words)

    if fresh:
        for key in keys:
            say(key)
        return Proof(practice.highest, tuple(understood), practice.outcome)
    for n in range(1, max([len(heard) + 1, *(k.turn for k in keys)]) + 1):
        for key in (k for k in keys if k.turn == n and not k.instead):
            say(key)
        swapped = [k for k in keys if k.turn == n and k.instead]
        for key in swapped:
            say(key)
        if not swapped and n <= len(heard) and not practice.ended:
            practice.take(heard[n - 1])
    return Proof(practice.highest, tuple(understood), practice.outcome)


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
