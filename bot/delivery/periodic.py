"""What goes round beside the chats for as long as the bot serves: timers, the heartbeat, keeping house."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bot.delivery import housekeeping
from bot.delivery.watchdog import sign_of_life
from bot.log import CannotSave
from bot.log.faults import Damaged
from bot.log.store import beside

if TYPE_CHECKING:
    from bot.delivery.delivery import Delivery
    from bot.log.timers import Due

logger = logging.getLogger("runner-up.delivery")

TIMER_SECONDS = 5.0
HEARTBEAT_SECONDS = 10.0


async def timers(delivery: Delivery) -> None:
    """Say what was asked for at a time, when the time has come. One that goes wrong holds up no other: it is tried again when they are done."""
    wrong: set[int] = set()
    while True:
        try:
            found = delivery.log.due(but_not=wrong)
            if not found:
                wrong.clear()
            for due in found:
                await _fire(delivery, due, wrong)
        except CannotSave as error:
            logger.warning("a timer waits: nothing can be saved")
            delivery.process.look_at(error)
        except Exception as error:
            logger.exception("timers cannot be looked for")
            delivery.process.look_at(error)
        await asyncio.sleep(TIMER_SECONDS)


async def _fire(delivery: Delivery, due: Due, wrong: set[int]) -> None:
    try:
        person = delivery.log.person(due.person)
        if await delivery.log.fire(due, delivery.on_timer(person, due)):
            delivery.send_in_order(person)
    except CannotSave:
        raise
    except Exception as error:
        wrong.add(due.id)
        logger.exception("a timer went wrong")
        delivery.process.look_at(error)


async def heartbeat(delivery: Delivery) -> None:
    """A file that supervisors can look at: it is touched while Telegram answers and the log can be written."""
    path = beside(delivery.log.path, ".heartbeat")
    while True:
        sign_of_life()
        polling = not delivery.settings.webhook_url
        if delivery.saving.can_save.is_set() and (not polling or time.monotonic() - delivery.heard_at < 60):
            with suppress(OSError):
                _beat(path, f"{delivery.log.now()} {os.getpid()}\n")
        await asyncio.sleep(HEARTBEAT_SECONDS)


def _beat(path: Path, words: str) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        os.fchmod(file.fileno(), 0o600)  # an earlier version's may be open to others
        file.write(words)


async def keep_house(delivery: Delivery) -> None:
    """Once an hour note that all is well; once a day purge, back up and check."""
    delivery.log.keep_spare()
    while True:
        try:
            await housekeeping.aside(
                lambda: housekeeping.keep_house(
                    delivery.log, delivery.settings.retention_days, telegrams=delivery.inbox.latest
                ),
                delivery.log.interrupt,
            )
        except Damaged as error:
            delivery.process.stop(error.code, str(error))
        except Exception as error:
            logger.exception("housekeeping went wrong; it is tried again in an hour")
            delivery.process.look_at(error)
        await asyncio.sleep(housekeeping.HOUSE_SECONDS)
