"""The bot as a process: opened, greeted, set up, served, closed."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Thread
from typing import Any

from telegram.error import TelegramError

from bot.delivery import OnlyOne
from bot.delivery.delivery import CLOSE_SECONDS
from bot.delivery.wire import call
from bot.hearing import ear
from bot.log import Log, open_log
from bot.settings import Settings
from bot.telegram.app import App, build
from bot.telegram.handlers import menu, owner
from bot.telegram.house import House

logger = logging.getLogger("runner-up")

SHORT = "Rehearse phoning the hiring manager after a rejection, with a manager who answers in character."
LONG = (
    "You came second, and you'd like to know why. Here you can rehearse that phone call: you write what you would say, an "
    "invented hiring manager answers, evasive at first and more open the better you ask, and afterwards you see what worked. "
    "What you practise is kept on the computer of whoever runs this bot; you are asked first."
)
NEW_LOG = "A new log begins: {}. On a disk that is thrown away at a deploy every call goes with it: docs/hosting.md."


SWITCH_SECONDS = 0.0005  # until one thread makes way for another; a commit takes it several times, and five milliseconds are its default


def serve(settings: Settings) -> int:
    """Serve until stopped; the process's exit code. Raises LogFault when the log cannot be used."""
    sys.setswitchinterval(SWITCH_SECONDS)
    with OnlyOne(settings.db):
        begins = not settings.db.exists()
        log = open_log(settings)
        if begins:
            print(NEW_LOG.format(settings.db), flush=True)
        try:
            return asyncio.run(_serve(settings, log))
        finally:
            _close(log)


def _close(log: Log) -> None:
    """Close the log, and wait no longer than a supervisor does: what is not folded into the file by then is in the write-ahead log."""
    closing = Thread(target=log.close, name="closing", daemon=True)
    closing.start()
    closing.join(CLOSE_SECONDS)


class _Hands(ThreadPoolExecutor):
    """Threads for what waits or takes long: the log is read in them, pictures are drawn, the hearing is loaded. At the end
    nobody waits for them: what counts is in the log, and goes through its own thread."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        super().shutdown(wait=False, cancel_futures=True)


async def _serve(settings: Settings, log: Log) -> int:
    asyncio.get_running_loop().set_default_executor(_Hands(thread_name_prefix="hand"))
    application, house = build(settings, log, ear=ear(settings.hearing))
    delivery = house.post.delivery
    if delivery is None:
        raise RuntimeError("the house was built without delivery")
    tasks: set[asyncio.Task[None]] = set()

    def started() -> None:
        house.name = application.bot.username
        _greet(settings, log, house)
        for work in (_introduce(application), asyncio.to_thread(_settle_in, house)):
            task = asyncio.get_running_loop().create_task(_quietly(work))
            tasks.add(task)

    return await delivery.run(started)


def _settle_in(house: House) -> None:
    """Be ready for the first words. What is there by then stays: else the collector would walk through it again and again, and hold
    up every chat for 15 to 50 ms each time. Nor does it walk through it now, when answers are under way: it would find nothing."""
    _warm(house)
    gc.freeze()


def _warm(house: House) -> None:
    """Load the hearing and the managers before the first words come."""
    from dialogs import hearing

    hearing.ready()
    for scenario in house.managers().values():
        _ = scenario.version  # lines and version are worked out at the first asking


async def _quietly(work: Any) -> None:
    try:
        await work
    except TelegramError as error:
        logger.warning("the command menu could not be set (%s)", type(error).__name__)


def _greet(settings: Settings, log: Log, house: House) -> None:
    """What the host reads at the start: the address, and how to become the owner while there is none."""
    how = "webhook" if settings.webhook_url else "long polling"
    print(f"Runner-Up answers as https://t.me/{house.name} ({how}, hearing {settings.hearing}).", flush=True)
    if settings.admins or log.has_owner():
        return
    code = log.invite(None, role="owner").result()
    print(
        f"Nobody owns this bot yet. Open this link to own it, and keep it to yourself:\n  {owner.link(house.name, f'in_{code}')}",
        flush=True,
    )
    sys.stdout.flush()


async def _introduce(application: App) -> None:
    """Commands and descriptions, set only where they differ."""
    bot = application.bot
    wanted = [{"command": name, "description": about[:256]} for name, about in menu.COMMANDS]
    if await call(bot, "getMyCommands", {}) != wanted:
        await call(bot, "setMyCommands", {"commands": wanted})
    for what, text in (("ShortDescription", SHORT[:120]), ("Description", LONG[:512])):
        key = {"ShortDescription": "short_description", "Description": "description"}[what]
        now: Mapping[str, Any] = await call(bot, f"getMy{what}", {})
        if now.get(key, "") != text:
            await call(bot, f"setMy{what}", {key: text})
