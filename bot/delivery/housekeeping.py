"""Keeping house: what the log wants once an hour and once a day, in a thread that no chat and no ending waits for."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from threading import Thread

from bot.log import ClockDoubted, Log
from bot.log.faults import CannotSave, Damaged, LogFault
from bot.log.store import stamp, unstamp
from bot.log.upkeep import CLOCK_LEAP, INDEX_FAULT

logger = logging.getLogger("runner-up.delivery")

HOUSE_SECONDS = 3600.0
A_DAY = timedelta(days=1)


async def aside(work: Callable[[], None], stop: Callable[[], None]) -> None:
    """Long work in a thread that the end of the process does not wait for."""
    loop, done = asyncio.get_running_loop(), asyncio.Event()
    errors: list[Exception] = []

    def run() -> None:
        try:
            work()
        except Exception as error:
            errors.append(error)
        with suppress(RuntimeError):  # the loop may be closed by now
            loop.call_soon_threadsafe(done.set)

    Thread(target=run, name="housekeeping", daemon=True).start()
    try:
        await done.wait()
    except asyncio.CancelledError:
        stop()
        raise
    if errors:
        raise errors[0]


def keep_house(log: Log, days: int, *, telegrams: datetime | None = None) -> None:
    """What is due: the hourly note, and once a day tidying, purge, backup and check. Raises LogFault.

    A clock far ahead of the last note is not believed, unless Telegram dated a message of today (`telegrams`: its latest) likewise: then nobody was
    here for long. Under a doubted clock nothing is too old.
    """
    facts, now = log.facts(), log.clock()
    doubted = "heartbeat" in facts and now - unstamp(facts["heartbeat"]) > CLOCK_LEAP
    if doubted and telegrams is not None and abs(now - telegrams) < A_DAY:
        doubted = False
        log.note("heartbeat", stamp(now)).result()
    if facts.get("erasing_unfinished"):
        log.finish_erasing()
    if "last_backup" not in facts or not timedelta(0) <= now - unstamp(facts["last_backup"]) < A_DAY:
        if not doubted:
            log.tidy_mail().result()
        try:
            log.purge(days)
        except ClockDoubted as doubt:
            logger.error("%s", doubt)
        _back_up(log)
        faults = log.check()
        if INDEX_FAULT in faults:
            log.rebuild_index()
        if set(faults) - {INDEX_FAULT}:
            raise Damaged(f"The log is not sound ({faults[0]}); see: runner-up db check")
    if not doubted:
        log.note("heartbeat", stamp(now)).result()


def _back_up(log: Log) -> None:
    try:
        log.backup()
    except LogFault as fault:  # in an hour it is tried again; what else is due does not wait for that
        if isinstance(fault, CannotSave) and fault.lasting:
            raise
        logger.error("%s", fault)
