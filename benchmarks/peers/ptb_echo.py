"""The reference of the chat: python-telegram-bot as its manual starts one, that keeps each message in SQLite and answers it."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from benchmarks.lag import watch


def main() -> None:
    db = sqlite3.connect(sys.argv[1], isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, chat INTEGER, text TEXT)")

    async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message is not None:
            db.execute("INSERT INTO said (chat, text) VALUES (?, ?)", [update.message.chat_id, update.message.text])
            await update.message.reply_text(f"re {update.message.text}")

    watching: list[asyncio.Task[None]] = []

    async def started(application: Application) -> None:  # type: ignore[type-arg]
        watching.append(watch(os.environ["BENCH_LAG"]))

    async def stopped(application: Application) -> None:  # type: ignore[type-arg]
        watching[0].cancel()

    url = os.environ["TELEGRAM_BASE_URL"]
    application = (
        Application.builder()
        .token(os.environ["TELEGRAM_BOT_TOKEN"])
        .base_url(f"{url}/bot")
        .post_init(started)
        .post_stop(stopped)
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main()
