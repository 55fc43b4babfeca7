"""What comes in: each update is read, known again when it comes twice, and on disk before Telegram may forget it."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from typing import Any

from telegram import Bot, Update

from bot.delivery.process import Process
from bot.log import Log, Saved
from bot.log.faults import as_cannot_save

logger = logging.getLogger("runner-up.delivery")

A_DAY = 24 * 3600.0
MOST_A_DAY = 3000  # updates of one chat that are taken in a day
KNOWN = 20_000  # update numbers of this life that are remembered without asking the log


class Inbox:
    """Updates as they come from polling or the webhook. `take` is given each new one once it is on its way to the disk."""

    def __init__(self, log: Log, bot: Bot, process: Process, take: Callable[[Update], None]) -> None:
        self._log, self._bot, self._process, self._take = log, bot, process, take
        self._known: OrderedDict[int, None] = OrderedDict()
        self._highest = log.highest_seen()  # what is above has not come before: most of what comes
        self.latest: datetime | None = None  # what Telegram's clock said when the latest message was written
        self._today: tuple[int, dict[int, int]] = (0, {})

    def receive(self, raw: Any) -> Saved[None] | None:
        """Take one update as Telegram sent it. What it gives is done when Telegram may forget the update."""
        try:
            return self._receive(raw)
        except sqlite3.Error as error:
            fault = as_cannot_save(error)
            if fault is None:
                raise
            if fault.lasting:
                self._process.log_lost(fault)
            unread: Saved[None] = Saved()
            unread.settle(None, fault)
            return unread

    def _receive(self, raw: Any) -> Saved[None] | None:
        number = raw.get("update_id") if isinstance(raw, dict) else None
        if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < 2**62:
            return None
        update = self.parse(raw)
        if update is None:
            logger.warning("update %d cannot be read; it is left out", number)
            return self._log.skipped(number)
        if update.message is not None:
            self.latest = max(update.message.date, self.latest or update.message.date)
        user = update.effective_user
        # Looked up before it is written: the writer may be done before this line is, and then the log knows it from us.
        known = number in self._known or (number <= self._highest and self._log.seen(number))
        self._highest = max(self._highest, number)
        keeper = None if user is None or _of_a_group(update) else user.id
        saved = self._log.received(number, keeper, json.dumps(raw))
        if known:
            return saved
        self.remember(number)
        self._take(update)
        return saved

    def within_limits(self, chat: int) -> bool:
        """Count one more update of this chat; False when it sent more than MOST_A_DAY today."""
        today = int(self._log.clock().timestamp() // A_DAY)
        if self._today[0] != today:
            self._today = (today, {})
        count = self._today[1].get(chat, 0) + 1
        self._today[1][chat] = count
        return count <= MOST_A_DAY

    def remember(self, number: int) -> None:
        """Know this update when it comes again, without asking the log."""
        self._known[number] = None
        if len(self._known) > KNOWN:
            self._known.popitem(last=False)

    def parse(self, raw: Any) -> Update | None:
        """The update as an object; None for what python-telegram-bot cannot read."""
        try:
            return Update.de_json(raw, self._bot)
        except Exception:
            return None


def _of_a_group(update: Update) -> bool:
    """Whether this was said where others read it too: nothing is practised there, so of such words only the number is kept."""
    chat, message = update.effective_chat, update.message
    if chat is None or chat.type == "private" or update.my_chat_member is not None:
        return False
    return message is None or message.migrate_to_chat_id is None
