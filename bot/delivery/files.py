"""Files that people send: asked for, fetched, and when that fails, why.

What the server of files answers is about that file alone. Whether the token is good is for the Bot API to say.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import quote

from telegram import Bot
from telegram._utils.files import is_local_file
from telegram.error import BadRequest, NetworkError, RetryAfter

from bot.delivery.wire import call

SECONDS = 60.0  # for a file with all tries: its sender is waiting


class FileGone(Exception):
    """Telegram does not hand this file out, or not any more."""


class FileNotFetched(Exception):
    """A file did not come, however often it was asked for."""


async def fetch(bot: Bot, file_id: str, largest: int) -> bytes | None:
    """A file that somebody sent; None when it is larger than that. Raises FileGone, FileNotFetched."""
    try:
        async with asyncio.timeout(SECONDS):
            file = await call(bot, "getFile", {"file_id": file_id})
            size = file.get("file_size")
            if isinstance(size, int) and size > largest:
                return None
            content = await _download(bot, file["file_path"])
    except BadRequest as error:
        if "too big" in str(error):
            return None
        raise FileGone(str(error)) from None
    except (TimeoutError, NetworkError, RetryAfter) as error:
        raise FileNotFetched(type(error).__name__) from None
    if isinstance(size, int) and len(content) < size:
        raise FileNotFetched("cut off")  # where no length was said, nobody else notices
    return content if len(content) <= largest else None


async def _download(bot: Bot, path: str) -> bytes:
    if is_local_file(path):  # from a Bot API server of one's own, on this machine
        try:
            return await asyncio.to_thread(Path(path).read_bytes)
        except OSError as error:
            raise FileGone(type(error).__name__) from None
    code, content = await bot.request.do_request(f"{bot.base_file_url}/{quote(path)}", "GET")
    if code == 200:
        return content
    if code == 429:
        raise FileNotFetched("429")
    raise FileGone(str(code))
