"""A call and its log in one: what terminal, Telegram, tests and benchmarks stand on.

    session = Session.start(log, me, scenario, seed=1)     # log may be None: nothing is kept
    session.first.says                                     # ("Dana Whitfield speaking.",)
    turn = session.hear("Hello, this is Sam Ortiz.")       # on disk when it returns
    session = Session.resume(log, me, session.id)          # the same call, folded from the log

The call in memory always equals the fold of the log: when a turn cannot be kept, the call is built anew from what was kept
before anything else is said. A session is one person's and takes one turn after another.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from dialogs.hearing.heard import Aside, Heard
from dialogs.practice import Ear, Ended, Practice, Turn
from dialogs.scenario import Scenario

if TYPE_CHECKING:
    from bot.log import Log, Saved
    from bot.log.keeping import Payload

Says = Callable[[Turn], "Iterable[Payload]"]
"""What of a turn is to be sent: goes into the outbox in the turn's own commit."""


A_BREATH = 400  # letters; what is longer is heard in a thread, however quick the ear


def _nothing(turn: Turn) -> Iterable[Payload]:
    return ()


def default_ear() -> Ear:
    """The hearing of this process, loaded at the first words."""
    from dialogs.hearing import hear

    return hear


class Session:
    """One call in progress. `id` is its public id in the log, empty without a log; `first` the pick-up, until something is said
    (None when resumed)."""

    __slots__ = ("_ear", "_instead_of", "_log", "_person", "_practice", "first", "id", "scenario")

    def __init__(
        self, log: Log | None, person: int, practice: Practice, session: str, *, ear: Ear | None, first: Turn | None
    ) -> None:
        self._log = log
        self._person = person
        self._practice: Practice | None = practice
        self._ear = ear
        self._instead_of: tuple[str, int] | None = None  # (call, turn) that the next turn takes the place of
        self.id = session
        self.first = first
        self.scenario = practice.scenario

    # -- starting ------------------------------------------------------------------------------------

    @classmethod
    def start(
        cls,
        log: Log | None,
        person: int,
        scenario: Scenario,
        seed: int = 1,
        *,
        ear: Ear | None = None,
        hearing: str = "",
        private: bool = False,
    ) -> Session:
        """Dial: the pick-up is `first`. Raises CannotSave when it cannot be kept."""
        practice = Practice(scenario, seed, ear=ear)
        turn = practice.begin()
        kept = ""
        if log:
            kept = log.begin(person, scenario, seed, turn, hearing=hearing, private=private, here=True).result()
        return cls(log, person, practice, kept, ear=ear, first=turn)

    @classmethod
    async def start_async(
        cls,
        log: Log | None,
        person: int,
        scenario: Scenario,
        seed: int = 1,
        *,
        ear: Ear | None = None,
        hearing: str = "",
        private: bool = False,
        says: Says = _nothing,
        update_ids: Sequence[int] = (),
    ) -> Session:
        """`start` in a coroutine; `says` and `update_ids` go into the same commit."""
        practice = Practice(scenario, seed, ear=ear)
        turn = practice.begin()
        kept = ""
        if log:
            kept = await log.begin(
                person, scenario, seed, turn, hearing=hearing, private=private, says=says(turn), update_ids=update_ids
            )
        return cls(log, person, practice, kept, ear=ear, first=turn)

    @classmethod
    def resume(cls, log: Log, person: int, session: str, *, ear: Ear | None = None) -> Session:
        """A logged call as it stands. Raises NotYours, OtherRules."""
        return cls(log, person, log.rebuild(person, session, ear=ear), session, ear=ear, first=None)

    @classmethod
    def instead(cls, log: Log, person: int, session: str, n: int, *, ear: Ear | None = None) -> Session:
        """A logged call as it stood before turn n, for other words in its place.

        Nothing has changed in the log until they are said: then the take-back and the new turn are one commit, under the id this
        session has. Raises NotYours, OtherRules.
        """
        from bot.log.people import random_id

        made = cls(log, person, log.rebuild(person, session, before=n, ear=ear), random_id(), ear=ear, first=None)
        made._instead_of = (session, n)
        return made

    @classmethod
    async def branch_async(
        cls,
        log: Log,
        person: int,
        session: str,
        n: int,
        *,
        taken_back: bool = False,
        ear: Ear | None = None,
        says: Iterable[Payload] = (),
        update_ids: Sequence[int] = (),
    ) -> Session:
        """A logged call as it stood before turn n, as a branch of its own; what opens it (`says`) is in the same commit.

        Raises NotYours, OtherRules; then nothing has changed.
        """
        practice = await asyncio.to_thread(log.rebuild, person, session, before=n, ear=ear)
        branch = await log.branch(person, session, n, taken_back=taken_back, says=says, update_ids=update_ids)
        return cls(log, person, practice, branch, ear=ear, first=None)

    # -- a turn --------------------------------------------------------------------------------------

    def hear(self, text: str) -> Turn:
        """Say these words; the turn is kept when this returns. Raises Ended after the end, CannotSave when it is not kept."""
        return self._take(self._hear(text, self.practice), text)

    def hang_up(self) -> Turn:
        """Ring off without a goodbye."""
        return self._take(Heard(aside=Aside.HANG_UP), "")

    async def hear_async(self, text: str, *, says: Says = _nothing, update_ids: Sequence[int] = ()) -> Turn:
        """`hear` in a coroutine: hearing that takes its time runs in a thread, and the commit is awaited."""
        practice = self.practice
        if practice.ended:
            raise Ended("the call is over; start a new one")
        if self._is_quick(text):
            heard = self._hear(text, practice)
        else:
            heard = await asyncio.to_thread(self._hear, text, practice)
        return await self._take_async(heard, text, says, update_ids)

    async def hang_up_async(self, *, says: Says = _nothing, update_ids: Sequence[int] = ()) -> Turn:
        """`hang_up` in a coroutine."""
        return await self._take_async(Heard(aside=Aside.HANG_UP), "", says, update_ids)

    def take_back(self, n: int | None = None) -> Session:
        """The call as it stood before turn n (the last, when not said). The turn stays in the log, on its own branch."""
        last = self.practice.turns if n is None else n
        if self._log is None:
            raise LookupError("a call without a log keeps no turns to go back to")
        branch = self._log.branch(self._person, self.id, last, taken_back=True).result()
        return Session.resume(self._log, self._person, branch, ear=self._ear)

    # -- how it stands -------------------------------------------------------------------------------

    @property
    def practice(self) -> Practice:
        """The call itself; built from the log again when the last turn could not be kept."""
        if self._practice is None:
            if self._log is None:
                raise RuntimeError("a call without a log cannot be built anew")
            session, before = self._instead_of or (self.id, None)
            self._practice = self._log.rebuild(self._person, session, before=before, ear=self._ear)
        return self._practice

    @property
    def ended(self) -> bool:
        """Whether the call is over: nothing more can be said in it."""
        return self.practice.ended

    # -- inside --------------------------------------------------------------------------------------

    def _is_quick(self, text: str) -> bool:
        # An ear in Python alone holds up the other threads wherever it runs: a thread is for the one that computes, or loads.
        quick: Callable[[], bool] | None = getattr(self._ear, "quick", None)
        return quick is not None and len(text) <= A_BREATH and quick()

    def _hear(self, text: str, practice: Practice) -> Heard:
        self._ear = self._ear or default_ear()
        return self._ear(text, practice.cue)

    def _take(self, heard: Heard, text: str) -> Turn:
        turn = self.practice.take(heard, text)
        self.first = None  # a call that goes on keeps nothing of its past; that is in the log
        if self._log is not None:
            try:
                self._kept(self._log, turn, here=True).result()
            except BaseException:
                self._practice = None
                raise
            self._instead_of = None
        return turn

    async def _take_async(self, heard: Heard, text: str, says: Says, update_ids: Sequence[int]) -> Turn:
        turn = self.practice.take(heard, text)
        self.first = None  # a call that goes on keeps nothing of its past; that is in the log
        if self._log is not None:
            try:
                await self._kept(self._log, turn, says(turn), update_ids)
            except BaseException:
                self._practice = None
                raise
            self._instead_of = None
        return turn

    def _kept(
        self, log: Log, turn: Turn, says: Iterable[Payload] = (), update_ids: Sequence[int] = (), *, here: bool = False
    ) -> Saved[None]:
        if self._instead_of is None:
            return log.keep(self._person, self.id, turn, says=says, update_ids=update_ids, here=here)
        first = self._instead_of[0]
        return log.retake(self._person, first, turn, new=self.id, says=says, update_ids=update_ids, here=here)
