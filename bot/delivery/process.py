"""The process of `serve` as its parts see it: what runs in the background, and why and with which exit code it ends."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from typing import Any

from bot.log import CannotSave
from bot.log.faults import EX_IOERR, Damaged, as_cannot_save

logger = logging.getLogger("runner-up.delivery")


class Process:
    """Whoever cannot go on says so here; `stopping` is set from then on. The first reason is the one that counts."""

    def __init__(self) -> None:
        self.stopping = asyncio.Event()
        self.code = 0
        self._tasks: set[asyncio.Task[None]] = set()

    def stop(self, code: int, message: str) -> None:
        """End with this exit code; the message is for the host."""
        if not self.stopping.is_set():
            logger.critical("%s", message)
            self.code = code
            self.stopping.set()

    def log_lost(self, error: CannotSave) -> None:
        """End because the log can be written no more in this process."""
        code = Damaged.code if error.reason == "damaged" else EX_IOERR
        self.stop(code, f"The log is lost to this process: {error}. Stopping; what was not saved stays with Telegram.")

    def look_at(self, error: Exception) -> None:
        """Whoever meets a damaged log ends the process, also when what they did could have waited: no later write will fare better."""
        fault = as_cannot_save(error) if isinstance(error, sqlite3.Error) else error
        if isinstance(fault, CannotSave) and fault.reason == "damaged":
            self.log_lost(fault)

    def in_background(self, work: Any) -> None:
        """Run an awaitable that nobody waits for; it is cancelled at the end."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def cancel_background(self) -> None:
        """Cancel what runs in the background, and wait until it has gone."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
