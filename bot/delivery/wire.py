"""How requests to Telegram travel: aiohttp behind python-telegram-bot's own seam, and what is done when they go wrong.

A request that surely did not arrive (no connection, a 5xx before it was worked on, a 429) is sent again, and only its own chat
waits. One that may have arrived (cut off or timed out after it left) is sent again only if doing it twice does no harm; a
message is not: `MaybeSent` is raised, and whoever sent it marks it so.
"""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any
from urllib.request import getproxies

import aiohttp
from telegram import Bot
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter  # the only way to post what is JSON already

logger = logging.getLogger(__name__)

CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 20.0
TRIES = 8  # of a request that surely did not arrive; with the pauses below a little over a minute
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 20.0
LONGEST_WAIT = 300  # seconds that a 429 may ask for before the request is given up
TWICE_IS_HARMLESS = ("get", "set", "delete", "edit", "answer", "sendChatAction", "log", "close")


class NotDelivered(NetworkError):
    """The request surely did not arrive, and was tried often enough."""


class MaybeSent(TimedOut):
    """The request may have arrived: the connection broke, or nothing came back in time."""


class AiohttpRequest(BaseRequest):
    """Requests over one aiohttp session. Proxies are taken from the environment, and NO_PROXY is honoured."""

    def __init__(self, *, connections: int = 64, patient: bool = True) -> None:
        self._connections = connections
        self._tries = TRIES if patient else 1
        self._session: aiohttp.ClientSession | None = None
        self.retried = 0

    @property
    def read_timeout(self) -> float | None:
        return ANSWER_SECONDS

    async def initialize(self) -> None:
        """Open the session; again, if it was closed."""
        if self._session is None or self._session.closed:
            # A connection that Telegram is about to drop would turn a send into a "maybe": idle ones go first.
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=15)
            self._session = aiohttp.ClientSession(connector=connector, trust_env=bool(getproxies()))

    async def shutdown(self) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One request of python-telegram-bot, with patience."""
        seconds = ANSWER_SECONDS if isinstance(read_timeout, DefaultValue) or read_timeout is None else read_timeout
        name = url.rsplit("/", 1)[-1]
        harmless = method == "GET" or name.startswith(TWICE_IS_HARMLESS)
        pause = FIRST_PAUSE
        for left in range(self._tries - 1, -1, -1):
            try:
                code, payload = await self.once(url, method, request_data, seconds)
            except MaybeSent:
                if not harmless or not left:
                    raise
                wait = pause
            except NotDelivered:
                if not left:
                    raise
                wait = pause
            else:
                if code == 429 and self._tries > 1:
                    wait = retry_after(payload)
                    if wait > LONGEST_WAIT:
                        return code, payload
                elif code >= 500:
                    if not left:
                        raise NotDelivered(f"Telegram answers {code}")
                    wait = pause
                else:
                    return code, payload
            self.retried += 1
            await asyncio.sleep(wait)
            pause = min(pause * 2, LONGEST_PAUSE)
        return code, payload

    async def once(self, url: str, method: str, data: RequestData | None, seconds: float) -> tuple[int, bytes]:
        """One attempt. Raises NotDelivered or MaybeSent."""
        if self._session is None:
            await self.initialize()
        session = self._session
        if session is None:
            raise RuntimeError("the request is closed")
        timeout = aiohttp.ClientTimeout(
            total=seconds + CONNECT_SECONDS, sock_connect=CONNECT_SECONDS, sock_read=seconds
        )
        try:
            async with session.request(method, url, timeout=timeout, **_body(data)) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotDelivered(f"no connection ({type(error).__name__})") from None
        except (aiohttp.ClientError, TimeoutError, ConnectionError) as error:
            raise MaybeSent(f"no answer ({type(error).__name__})") from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as JSON; what cannot be read is not written into the logs."""
        try:
            parsed: dict[str, Any] = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            raise TelegramError(f"an answer of {len(payload)} bytes is not JSON") from None
        return parsed


async def call(bot: Bot, method: str, params: dict[str, Any]) -> Any:
    """Call a method of the Bot API with parameters as they stand in the outbox; gives the result as JSON."""
    data = RequestData([RequestParameter(name, value, None) for name, value in params.items()])
    return await bot.request.post(f"{bot.base_url}/{method}", data)


def retry_after(payload: bytes) -> float:
    """How many seconds a 429 asks to wait."""
    try:
        return float(json.loads(payload)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return 1.0


def _body(data: RequestData | None) -> dict[str, Any]:
    if data is None:
        return {}
    if not data.contains_files:
        return {"json": data.parameters}
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return {"data": form}
