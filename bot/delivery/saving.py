"""When nothing can be saved: chats are told and wait, a write is tried every so often, and then everybody goes on."""

from __future__ import annotations

import asyncio
import logging

from telegram import Bot

from bot.delivery.notices import tell
from bot.delivery.outbox import Outbox
from bot.delivery.process import Process
from bot.log import CannotSave, Log
from bot.log.faults import FILE_GONE, GOES_ON, PAUSED, REPAIR

logger = logging.getLogger("runner-up.delivery")

PROBE_SECONDS = 30.0
PROBE_BYTES = 65_536


class Saving:
    """Whether the log can be written (`can_save`), and who waits for it."""

    def __init__(self, log: Log, bot: Bot, outbox: Outbox, process: Process, probe_seconds: float) -> None:
        self._log, self._bot, self._outbox, self._process = log, bot, outbox, process
        self._probe_seconds = probe_seconds
        self._paused_chats: set[int] = set()
        self.can_save = asyncio.Event()
        self.can_save.set()

    async def wait(self, chat: int, error: CannotSave) -> None:
        """Tell this chat that calls are paused, and wait until the log can be written; for a lasting fault, until the end."""
        if error.lasting:
            await tell(self._bot, chat, {"damaged": REPAIR, "moved": FILE_GONE}.get(error.reason, PAUSED))
            self._process.log_lost(error)
            await asyncio.sleep(3600)  # nothing more in this chat; the end is coming
        self._paused_chats.add(chat)
        await tell(self._bot, chat, PAUSED)
        if self.can_save.is_set():
            self.can_save.clear()
            logger.error("nothing can be saved: %s; calls are paused", error)
            self._process.in_background(self._probe())
        await self.can_save.wait()

    async def _probe(self) -> None:
        while not self.can_save.is_set():
            await asyncio.sleep(self._probe_seconds)
            try:
                await self._log.note("probe", "x" * PROBE_BYTES)  # room for a few turns, not for one word
                await self._log.note("probe", "")
                await self._outbox.mark_again()
            except CannotSave as error:
                if error.lasting:
                    self._process.log_lost(error)
                    return
                continue
            logger.warning("the log can be written again; calls go on")
            chats, self._paused_chats = self._paused_chats, set()
            await asyncio.gather(*(tell(self._bot, chat, GOES_ON) for chat in chats))
            self.can_save.set()
