"""The echo bot of tests/echo_serve.py in the test's own event loop, against the loopback server."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest
from telegram import Update
from telegram.ext import (
    ApplicationBuilder,
    ApplicationHandlerStop,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.delivery import Delivery, PatientRequest, delivery
from bot.log import Log, Person
from bot.settings import Settings
from tests.echo_serve import Chat
from tests.wire import Wire


async def soon(true: Callable[[], object], seconds: float = 30.0) -> None:
    """Wait in a coroutine until something is true; no longer than it takes, which on a busy machine may be long."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise AssertionError(f"did not come true in {seconds} s")
        await asyncio.sleep(0.01)


def agreed(log: Log, *users: int) -> None:
    """Let these users in, and let them have agreed."""
    for user in users:
        log.agree(log.meet(user).result().id, "1").result()


def message(user: int, text: str = "hello", at: float | None = None) -> dict[str, Any]:
    """A message as Telegram sends it."""
    return {"message_id": 5, "date": int(at or time.time()), "text": text, "from": {"id": user, "is_bot": False, "first_name": "U"},
            "chat": {"id": user, "type": "private", "first_name": "U"}}  # fmt: skip


def known(log: Log, user: int = 1) -> Person:
    """Who this user is in the log."""
    person = log.by_telegram(user)
    assert person is not None
    return person


def full(log: Log) -> None:
    """Let the disk be full for whatever is longer than a word."""
    pages = log.row("PRAGMA page_count")
    assert pages is not None
    log.writer.alone(lambda d: d.execute(f"PRAGMA max_page_count = {pages[0]}").fetchall()).result()


def roomy(log: Log) -> None:
    """Let there be room again."""
    log.writer.alone(lambda d: d.execute("PRAGMA max_page_count = 1000000").fetchall()).result()


def host_reads(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The lines of the delivery itself, as a host reads them."""
    return [f"{r.levelname} {r.getMessage()}" for r in caplog.records if r.name == "runner-up.delivery"]


def damage() -> Exception:
    """What SQLite says of a file that is damaged."""
    error = sqlite3.DatabaseError("database disk image is malformed")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


class Running:
    """`async with Running(wire, db) as bot`; `bot.code` is the exit code afterwards."""

    def __init__(
        self,
        wire: Wire,
        db: Path,
        *,
        log: Log | None = None,
        env: dict[str, str] | None = None,
        moment: float = 60.0,
        **more: Any,
    ) -> None:
        """`moment`: how long a save may take until "One moment …" is said; a test's machine may be slow and says nothing of it."""
        self.moment = moment
        self.wire = wire
        self.log = log or Log.open(db)
        names = {"TELEGRAM_BOT_TOKEN": wire.token, "TELEGRAM_BASE_URL": wire.url, "RUNNER_UP_DB": str(db)}
        self.settings = Settings.read(names | (env or {}))
        self.more = more
        self.code: int | None = None

    async def __aenter__(self) -> Self:
        application = (
            ApplicationBuilder()
            .token(self.settings.token)
            .base_url(self.settings.base_url)
            .base_file_url(self.settings.base_file_url)
            .request(PatientRequest())
            .get_updates_request(PatientRequest())
            .updater(None)
            .build()
        )
        self.chat = Chat(self.log)
        self.delivery = self.chat.delivery = Delivery(self.log, application, self.settings, **self.more)
        application.add_handler(MessageHandler(filters.TEXT, self.chat.said))
        self._moment_was, delivery.MOMENT_SECONDS = delivery.MOMENT_SECONDS, self.moment
        started = asyncio.Event()
        self._task = asyncio.create_task(self.delivery.run(started.set))
        waiting = asyncio.create_task(started.wait())
        await asyncio.wait({self._task, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        return self

    async def ended(self, seconds: float = 30.0) -> int:
        """Wait until it ends by itself; gives the exit code."""
        self.code = await asyncio.wait_for(asyncio.shield(self._task), seconds)
        return self.code

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        delivery.MOMENT_SECONDS = self._moment_was
        self.delivery.process.stopping.set()
        self.code = await self._task
        self.log.close()

    def turns(self, user: int) -> list[str]:
        """What this user has said, as it is on disk."""
        with sqlite3.connect(f"file:{self.settings.db}?mode=ro", uri=True) as db:
            rows = db.execute(
                """SELECT t.said FROM turns t JOIN sessions s ON s.id = t.session_id JOIN people p ON p.id = s.person_id
                   WHERE p.telegram_id = ? AND t.n > 0 ORDER BY t.id""",
                [user],
            ).fetchall()
        db.close()
        return [text for (text,) in rows]


def hears(bot: Running, word: str, work: Callable[[], Awaitable[object]]) -> None:
    """Let the bot do this at a command, and nothing else."""

    async def handler(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await work()
        raise ApplicationHandlerStop

    bot.delivery.application.add_handler(CommandHandler(word, handler), group=-1)


def remind(log: Log, kind: str, minutes: float = -1, user: int = 1) -> None:
    """Let something be due to this user at that time from now."""
    log.remind(known(log, user).id, kind, datetime.now(UTC) + timedelta(minutes=minutes), {}).result()
