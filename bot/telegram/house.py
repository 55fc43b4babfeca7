"""What all handlers share: the log, the hearing, the post, and the calls that are going on.

A call in progress is one small object, dropped at its end; after a restart it is built from the log when its person says the next
thing. Nothing here is the truth: the log is.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot import library
from bot.ladder import whom_next
from bot.log import Log, OtherRules, Person
from bot.log.people import random_id
from bot.pause import gone_on, waits
from bot.session import Session
from bot.settings import Settings
from bot.telegram.post import Post
from dialogs.practice import Ear
from dialogs.review import Debrief
from dialogs.scenario import BadScenario, Scenario, parse_scenario

K = TypeVar("K")
V = TypeVar("V")

MOST_CALLS = 2000  # calls in memory; those that rested longest are built from the log again when they go on
AFTERCARE = 3 * 3600.0  # seconds after distress in which words outside a call are not met with the menu
REMEMBERED = 30.0  # seconds for which a person's row is taken as read


class Shelf(Generic[K, V]):
    """A dictionary that keeps the things used last, and no more than so many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._things: dict[K, V] = {}  # the one used longest ago first; half as large as an OrderedDict

    def get(self, key: K) -> V | None:
        """The thing under this key, which now counts as used last; None when it is not (or no longer) there."""
        thing = self._things.pop(key, None)
        if thing is not None:
            self._things[key] = thing
        return thing

    def put(self, key: K, thing: V) -> None:
        """Put a thing there, as the one used last; the one used longest ago goes when the shelf is full."""
        self._things.pop(key, None)
        self._things[key] = thing
        while len(self._things) > self._most:
            del self._things[next(iter(self._things))]

    def drop(self, key: K) -> None:
        """Take a thing away, if it is there."""
        self._things.pop(key, None)

    def drop_all(self, of: Callable[[K], bool]) -> None:
        """Take everything away whose key is one of these."""
        for key in list(self._things):  # as it is now: other threads put things there
            if of(key):
                self.drop(key)

    def __len__(self) -> int:
        return len(self._things)


@dataclass(frozen=True, slots=True)
class LastWords:
    """The last thing a person said in a call: the message it was, and the turn it became."""

    message_id: int
    session: str
    n: int


class House:
    """One running bot."""

    def __init__(
        self,
        log: Log,
        post: Post,
        settings: Settings,
        *,
        ear: Ear | None = None,
        name: str = "",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.log = log
        self.post = post
        self.settings = settings
        self.ear = ear
        self.name = name
        self.clock = clock
        self.started = time.monotonic()
        self.last_words: Shelf[int, LastWords] = Shelf(MOST_CALLS)
        self.told: Shelf[tuple[str, int], float] = Shelf(5000)
        self.debriefs: Shelf[tuple[int, str], Debrief] = Shelf(64)
        self.counts: Shelf[tuple[str, int], int] = Shelf(5000)
        self.erased_at: Shelf[int, int] = Shelf(
            5000
        )  # the number of the message by which somebody erased everything of theirs
        self.away: set[int] = set()
        self.unlooked: Shelf[int, str] = Shelf(MOST_CALLS)  # the call that has ended and was not looked at, by person
        self._calls: Shelf[int, Session] = Shelf(MOST_CALLS)
        self._at_rest: Shelf[int, bool] = Shelf(MOST_CALLS)
        self._people: Shelf[int, tuple[float, Person]] = Shelf(MOST_CALLS)

    # -- people --------------------------------------------------------------------------------------

    async def person(self, telegram_id: int) -> Person | None:
        """Who this is, if they are known."""
        known = self._people.get(telegram_id)
        if known is not None and self.clock() - known[0] < REMEMBERED:
            return known[1]
        return await self.look_again(telegram_id)

    async def look_again(self, telegram_id: int) -> Person | None:
        """The same, from the log: after a change."""
        person = await asyncio.to_thread(self.log.by_telegram, telegram_id)
        if person is None:
            self._people.drop(telegram_id)
        else:
            self._people.put(telegram_id, (self.clock(), person))
        return person

    def forget(self, person: Person) -> None:
        """Nothing of this person stays in memory."""
        self._calls.drop(person.id)
        self._at_rest.drop(person.id)
        self.last_words.drop(person.id)
        self.away.discard(person.id)
        self.unlooked.drop(person.id)
        self.debriefs.drop_all(lambda key: key[0] == person.id)
        if person.telegram_id is not None:
            self._people.drop(person.telegram_id)

    def may_come_in(self, person: Person | None, telegram_id: int) -> bool:
        """Whether this person may use the bot, or would be let in when they knock."""
        return person is not None or self.settings.access == "open" or telegram_id in self.settings.admins

    def is_owner(self, person: Person | None, telegram_id: int) -> bool:
        """Whether the owner's commands are for this person."""
        return telegram_id in self.settings.admins or (person is not None and person.role == "owner")

    def pace(self, person: Person) -> float:
        """How lifelike the pauses are for this person; the outbox multiplies the host's own pace."""
        return {"none": 0.0, "brisk": 0.5}.get(str(person.settings.get("pace")), 1.0)

    def first_time(self, what: str, telegram_id: int, every: float = 3600.0) -> bool:
        """Whether this has not been said to them for so long (seconds)."""
        last, now = self.told.get((what, telegram_id)), self.clock()
        if last is not None and now - last < every:
            return False
        self.told.put((what, telegram_id), now)
        return True

    def lately(self, what: str, telegram_id: int, seconds: float) -> bool:
        """Whether this was said to them, or by them, within so many seconds."""
        at = self.told.get((what, telegram_id))
        return at is not None and self.clock() - at < seconds

    def said_now(self, what: str, telegram_id: int) -> None:
        """This has just been said to them, or by them."""
        self.told.put((what, telegram_id), self.clock())

    def review_changed(self, person: Person, session: str) -> None:
        """Something about this call was put right: its debrief is made anew."""
        self.debriefs.drop((person.id, session))

    # -- calls ---------------------------------------------------------------------------------------

    async def call_of(self, person: Person) -> Session | None:
        """The call this person is in, built from the log if need be. Raises OtherRules for one of an earlier program."""
        session = self._calls.get(person.id)
        if session is not None or self._at_rest.get(person.id):
            return session
        session = await asyncio.to_thread(self._unfinished, person)
        if session is None:
            self._at_rest.put(person.id, True)
        else:
            self.begun(person.id, session)
        return session

    def _unfinished(self, person: Person) -> Session | None:
        call = self.log.unfinished(person.id)
        if call is None:
            return None
        try:
            return Session.resume(self.log, person.id, call.session, ear=self.ear)
        except OtherRules:
            self.log.end(person.id, call.session).result()
            raise

    def begun(self, person: int, session: Session) -> None:
        """This person is in this call now."""
        self.unlooked.drop(person)
        self._at_rest.drop(person)
        self._calls.put(person, session)

    def hung_up(self, person: int) -> None:
        """This person is in no call any more."""
        self._calls.drop(person)
        self._at_rest.put(person, True)

    def lost_track(self, person: int) -> None:
        """Memory and log may differ: the log is asked next time."""
        self._calls.drop(person)
        self._at_rest.drop(person)

    # -- distress ------------------------------------------------------------------------------------

    def waits(self, person: Person, session: Session) -> bool:
        """Whether this call waits after distress: its person has not gone on with it yet."""
        return waits(session, person.settings)

    async def goes_on(self, person: Person, session: Session) -> None:
        """This person has taken the way back into the call."""
        self.practises_again(person.telegram_id or 0)
        await self.log.change_settings(person.id, **gone_on(session))

    def in_distress(self, telegram_id: int) -> None:
        """This person wrote of despair just now."""
        self.said_now("distress", telegram_id)

    def practises_again(self, telegram_id: int) -> None:
        """This person has gone back to practising of their own accord."""
        self.told.drop(("distress", telegram_id))

    def lately_in_distress(self, telegram_id: int) -> bool:
        """Whether this person wrote of despair within the last hours."""
        return self.lately("distress", telegram_id, AFTERCARE)

    def count(self, what: str, telegram_id: int) -> int:
        """How often this has been said to them before."""
        times = self.counts.get((what, telegram_id)) or 0
        self.counts.put((what, telegram_id), times + 1)
        return times

    @property
    def calls_going_on(self) -> int:
        """How many calls are in memory: those in which somebody said something lately."""
        return len(self._calls)

    # -- managers ------------------------------------------------------------------------------------

    def managers(self) -> dict[str, Scenario]:
        """Every manager that can be called, the ladder first, in its order."""
        return library.managers()

    def own(self, person: Person) -> dict[str, Scenario]:
        """The scenarios that are this person's alone."""
        made: dict[str, Scenario] = {}
        for name, source in self.log.own_scenarios(person.id).items():
            try:
                made[name] = parse_scenario(source, name=name)
            except BadScenario:
                continue
        return made

    def next_manager(self, person: Person) -> Scenario | None:
        """The manager at this person's level, when they name nobody."""
        managers = self.managers()
        return managers.get(whom_next(self.log, person.id, managers) or "")

    def new_id(self) -> str:
        """A random id for something of a person's."""
        return random_id()
