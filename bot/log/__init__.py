"""The log: every call, turn by turn, in one SQLite file (docs/log.md).

    from bot.log import Log
    with Log.open("runner-up.db") as log:
        me = log.local().id
        session = log.begin(me, scenario, seed, practice.begin()).result()
        log.keep(me, session, practice.hear("Hello, this is Sam.")).result()   # or: await log.keep(…)
        log.rebuild(me, session)                                               # the same call, from the log

What writes gives a `Saved`: `.result()` waits for the disk in a thread, `await` in a coroutine. What reads a person's data
takes the person first. No telegram import anywhere in here.
"""

from __future__ import annotations

from bot.log.calls import LoggedCall, OtherRules
from bot.log.encrypted import read_key
from bot.log.export import BadExport, Export
from bot.log.faults import AlreadyHeard, CannotSave, LogFault, NotYours, OutOfStep
from bot.log.people import Person
from bot.log.review import NOT_MADE, Found, RealCall
from bot.log.saved import Saved
from bot.log.store import Clock, utc_now
from bot.log.upkeep import ClockDoubted, Erased, Purged
from bot.settings import Settings, is_default_db


class Log(Export):
    """The open log: people, calls, review, and its upkeep in one."""


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
