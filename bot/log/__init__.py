"""The log: every call, turn by turn, in one SQLite file (docs/log.md).

    from bot.log import Log
    with Log.open("runner-up.db") as log:
        me = log.local().id
        session = log.begin(me, scenario, seed, practice.begin()).result()
        log.keep(me, session, practice.hear("Hello, this is Sam.")).result()   # or: await log.keep(…)
        log.rebuild(me, session)                                               # the same call, from the log

What writes gives a `Saved`: `.result()` waits for the disk in a thread, `await` in a coroutine. What reads a person's data
takes the person first. No telegram import anywhere in here.

`Log` is made of parts, a file and a subject each, over one `Store`: the open file with who writes it and who reads it. A part
knows the store and, where it needs one, another part; none knows the log. The log offers what its parts do under one roof and
flat, `log.begin` and not `log.calls.begin`, for two reasons. A thousand places ask it for one thing each, and which part
answers is not their affair: parts can be divided anew without touching them. And one name then means one thing of the whole log
(tests/test_log_parts.py). The names are bound once, when the log is opened, so that a turn pays nothing for the roof.
"""

from __future__ import annotations

from pathlib import Path

from bot.log.calls import Calls, LoggedCall, OtherRules
from bot.log.encrypted import read_key
from bot.log.export import BadExport, Export
from bot.log.faults import AlreadyHeard, CannotSave, LogFault, NotYours, OutOfStep
from bot.log.keeping import Keeping
from bot.log.mail import Inbox, Outbox
from bot.log.meta import Meta
from bot.log.own_scenarios import OwnScenarios
from bot.log.people import People, Person
from bot.log.real_calls import NOT_MADE, RealCall, RealCalls
from bot.log.review import Found, Review
from bot.log.saved import Saved
from bot.log.store import Clock, Store, utc_now
from bot.log.timers import Timers
from bot.log.upkeep import ClockDoubted, Erased, Purged, Upkeep
from bot.log.writer import Writer
from bot.settings import Settings, is_default_db


class Log:
    """The open log: what its parts offer, by subject. Each method is told of where it stands, in the part."""

    def __init__(self, store: Store) -> None:
        self.store = store
        # One's own SQL, for tests and for what has no name yet.
        self.write = store.write
        self.mark = store.mark
        self.rows = store.rows
        self.row = store.row
        self.now = store.now

        people = People(store)
        self.local = people.local
        self.by_telegram = people.by_telegram
        self.person = people.person
        self.meet = people.meet
        self.agree = people.agree
        self.block = people.block
        self.allow_rows = people.allow_rows
        self.change_settings = people.change_settings
        self.has_owner = people.has_owner
        self.invite = people.invite
        self.redeem = people.redeem

        calls = Calls(store)
        self.call = calls.call
        self.calls = calls.calls
        self.unfinished = calls.unfinished
        self.held = calls.held
        self.distressed = calls.distressed
        self.next_seed = calls.next_seed
        self.turns = calls.turns
        self.times = calls.times
        self.scenario = calls.scenario
        self.branches = calls.branches
        self.rebuild = calls.rebuild

        keeping = Keeping(store)
        self.begin = keeping.begin
        self.keep = keeping.keep
        self.end = keeping.end
        self.branch = keeping.branch
        self.retake = keeping.retake

        review = Review(store)
        self.search = review.search
        self.help = review.help
        self.helps = review.helps
        self.correct = review.correct
        self.corrections = review.corrections
        self.corrected_rows = review.corrected_rows
        self.guess = review.guess
        self.guesses = review.guesses
        self.rename = review.rename
        self.set_kept = review.set_kept
        self.drilled = review.drilled
        self.drills = review.drills

        own = OwnScenarios(store)
        self.own_scenario = own.own_scenario
        self.own_scenarios = own.own_scenarios
        self.drop_own_scenario = own.drop_own_scenario

        real = RealCalls(store)
        self.plan = real.plan
        self.happened = real.happened
        self.real_calls = real.real_calls
        self.add_todo = real.add_todo
        self.todo_done = real.todo_done
        self.todo = real.todo

        timers = Timers(store)
        self.remind = timers.remind
        self.reminders = timers.reminders
        self.set_clock = timers.set_clock
        self.forget_reminder = timers.forget_reminder
        self.due = timers.due
        self.fire = timers.fire

        inbox = Inbox(store)
        self.received = inbox.received
        self.highest_seen = inbox.highest_seen
        self.seen = inbox.seen
        self.settled = inbox.settled
        self.handled = inbox.handled
        self.skipped = inbox.skipped
        self.held_back = inbox.held_back
        self.held_updates = inbox.held_updates
        self.begin_again = inbox.begin_again
        self.trying = inbox.trying
        self.tidy_mail = inbox.tidy_mail

        outbox = Outbox(store)
        self.post = outbox.post
        self.unsent = outbox.unsent
        self.sent = outbox.sent
        self.uncertain = outbox.uncertain
        self.let_go_if_gone_on = outbox.let_go_if_gone_on
        self.failed = outbox.failed
        self.nobody_there = outbox.nobody_there
        self.unsent_people = outbox.unsent_people
        self.turn_messages = outbox.turn_messages

        meta = Meta(store)
        self.note = meta.note
        self.facts = meta.facts
        self.told_group = meta.told_group
        self.forget_group = meta.forget_group

        upkeep = Upkeep(store, calls, meta)
        self.erase = upkeep.erase
        self.delete = upkeep.delete
        self.erase_again = upkeep.erase_again
        self.finish_erasing = upkeep.finish_erasing
        self.purge = upkeep.purge
        self.backup = upkeep.backup
        self.check = upkeep.check
        self.rebuild_index = upkeep.rebuild_index
        self.status = upkeep.status
        self.counts = upkeep.counts
        self.keep_spare = upkeep.keep_spare

        export = Export(store, people, calls)
        self.export = export.export
        self.export_call = export.export_call
        self.restore = export.restore

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        durability: str = "full",
        key: str | None = None,
        clock: Clock = utc_now,
        init: bool = False,
    ) -> Log:
        """Open the log at this path, making it at the first run. Raises a LogFault that says in a sentence what is wrong.

        Should it be a backup with somebody or a call in it that was erased since, they are erased before anything else.
        """
        log = cls(Store.open(path, durability=durability, key=key, clock=clock, init=init))
        try:
            log.erase_again()
        except BaseException:
            log.close()
            raise
        return log

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self.store.path

    @property
    def clock(self) -> Clock:
        """What tells the time wherever the log writes one down."""
        return self.store.clock

    @property
    def writer(self) -> Writer:
        """Who writes the file: its commits, its fault, since when somebody waits."""
        return self.store.writer

    def interrupt(self) -> None:
        """Break off long work in another thread, because the process is to end."""
        self.store.interrupt()

    def close(self) -> None:
        """Finish what is queued, and close the file."""
        self.store.close()

    def __enter__(self) -> Log:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_log(settings: Settings, *, clock: Clock = utc_now, init: bool = False) -> Log:
    """The log that the settings name, with its key and durability. The user's data folder is made when it is used first."""
    if is_default_db(settings.db):
        settings.db.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = read_key(settings.key_file) if settings.key_file else None
    return Log.open(settings.db, durability=settings.durability, key=key, clock=clock, init=init)


__all__ = [
    "NOT_MADE",
    "AlreadyHeard",
    "BadExport",
    "CannotSave",
    "ClockDoubted",
    "Erased",
    "Found",
    "Log",
    "LogFault",
    "LoggedCall",
    "NotYours",
    "OtherRules",
    "OutOfStep",
    "Person",
    "Purged",
    "RealCall",
    "Saved",
    "open_log",
    "utc_now",
]
