"""Keeping house: what the log wants once an hour and once a day, in a thread that no chat and no ending waits for."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from threading import Thread

from bot.log import ClockDoubted, Log
from bot.log.faults import Damaged
from bot.log.store import stamp, unstamp
from bot.log.upkeep import CLOCK_LEAP, INDEX_FAULT

logger = logging.getLogger("runner-up.delivery")

HOUSE_SECONDS = 3600.0


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


def keep_house(log: Log, days: int) -> None:
    """What is due: the hourly note, and once a day tidying, purge, backup and check. Raises LogFault."""
    facts, now = log.facts(), log.clock()
    clock_doubted = "heartbeat" in facts and now - unstamp(facts["heartbeat"]) > CLOCK_LEAP
    if facts.get("erasing_unfinished"):
        log.finish_erasing()
    if "last_backup" not in facts or not timedelta(0) <= now - unstamp(facts["last_backup"]) < timedelta(days=1):
        log.tidy_mail().result()
        try:
            log.purge(days)
        except ClockDoubted as doubt:
            logger.error("%s", doubt)
        log.backup()
        faults = log.check()
        if INDEX_FAULT in faults:
            log.rebuild_index()
        if set(faults) - {INDEX_FAULT}:
            raise Damaged(f"The log is not sound ({faults[0]}); see: runner-up db check")
    if not clock_doubted:
        log.note("heartbeat", stamp(now)).result()
