"""How requests to Telegram travel: our own connections behind python-telegram-bot's own seam, and what is done when they go wrong.

A request that surely did not arrive (no connection, a 5xx before it was worked on, a 429, a page from somebody on the way) is sent
again, and only its own chat waits. One that may have arrived (cut off or timed out after it left, or answered with what cannot be
read) is sent again only if doing it twice does no harm; a message is not: `MaybeSent` is raised, and whoever sent it marks it so.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import uuid4

from telegram import Bot, InputFile
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter  # the only way to post what is JSON already

from bot.delivery import answer
from bot.delivery.connections import ConnectionCut, ConnectionPool, NotConnected

if TYPE_CHECKING:
    from bot.delivery.proxied import Proxied

logger = logging.getLogger(__name__)

ANSWER_SECONDS = 20.0
TRIES = 8  # of a request that surely did not arrive; with the pauses below about half a minute
SIGN_TRIES = 3  # of what is only a sign: what it stands before must not wait for it
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 20.0
LONGEST_WAIT = 300  # seconds that a 429 may ask for before the request is given up
TWICE_IS_HARMLESS = ("get", "set", "delete", "edit", "answer", "sendChatAction", "log", "close")
SIGNS = ("answer", "sendChatAction")


class NotDelivered(NetworkError):
    """The request surely did not arrive, and was tried often enough."""


class MaybeSent(TimedOut):
    """The request may have arrived: the connection broke, or nothing came back in time, or nothing that can be read."""


class PatientRequest(BaseRequest):
    """Requests that are tried again. Proxies are taken from the environment, and NO_PROXY is honoured."""

    def __init__(self, *, connections: int = 64, patient: bool = True) -> None:
        self._connections = connections
        self._tries = TRIES if patient else 1
        self._direct: ConnectionPool | None = None
        self._proxied: Proxied | None = None
        self._by_proxy: dict[str, bool] = {}
        self.retried = 0

    @property
    def read_timeout(self) -> float | None:
        return ANSWER_SECONDS

    @property
    def clock_ahead(self) -> timedelta:
        """By how much this machine's clock runs before Telegram's; nothing where that is not known (by a proxy, before the first answer)."""
        return self._direct.ahead if self._direct is not None else timedelta()

    async def initialize(self) -> None:
        """Be ready; again, if it was shut down."""
        if self._direct is None:
            self._direct = ConnectionPool(self._connections)

    async def shutdown(self) -> None:
        """Hang up."""
        direct, self._direct = self._direct, None
        proxied, self._proxied = self._proxied, None
        if direct is not None:
            await direct.close()
        if proxied is not None:
            await proxied.close()

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
        tries = min(self._tries, SIGN_TRIES) if name.startswith(SIGNS) else self._tries
        for left in range(tries - 1, -1, -1):
            try:
                code, payload = await self.once(url, method, request_data, seconds)
                if method == "POST":  # every method of the Bot API; what is fetched by GET is a file
                    payload = _checked(name, code, payload)
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
        body, kind = _body(data)
        try:
            return await self._way(url).request(method, url, body, kind, seconds)
        except NotConnected as error:
            raise NotDelivered(f"no connection ({error})") from None
        except ConnectionCut as error:
            raise MaybeSent(f"no answer ({error})") from None

    def _way(self, url: str) -> ConnectionPool | Proxied:
        host = urlsplit(url).hostname or ""
        if host not in self._by_proxy:
            self._by_proxy[host] = _goes_by_proxy(url, host)
        if self._by_proxy[host]:
            from bot.delivery.proxied import Proxied

            self._proxied = self._proxied or Proxied(self._connections)
            return self._proxied
        self._direct = self._direct or ConnectionPool(self._connections)
        return self._direct

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as JSON; what cannot be read is not written into the logs."""
        try:
            parsed: dict[str, Any] = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            raise TelegramError(f"an answer of {len(payload)} bytes is not JSON") from None
        return parsed


async def call(bot: Bot, method: str, params: dict[str, Any], **files: InputFile) -> Any:
    """Call a method of the Bot API with parameters as they stand in the outbox; gives the result as JSON."""
    given = [RequestParameter(name, value, None) for name, value in params.items()]
    given += [RequestParameter(name, None, [file]) for name, file in files.items()]
    return await bot.request.post(f"{bot.base_url}/{method}", RequestData(given))


def _checked(name: str, code: int, payload: bytes) -> bytes:
    """An answer to a method of the Bot API, when it is one. Raises MaybeSent, NotDelivered."""
    if 200 <= code < 300:
        if not answer.is_whole(name, payload):
            raise MaybeSent(f"an answer of {len(payload)} bytes cannot be read")
    elif code < 500 and code != 429 and not answer.is_refusal(payload):
        if code not in answer.ABOUT_THE_REQUEST:
            raise NotDelivered(f"somebody on the way answers {code}")
        return answer.REFUSED
    return payload


def retry_after(payload: bytes) -> float:
    """How many seconds a 429 asks to wait."""
    try:
        return float(json.loads(payload)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return 1.0


def _goes_by_proxy(url: str, host: str) -> bool:
    named = any(n.lower().endswith("_proxy") and n.lower() != "no_proxy" and v for n, v in os.environ.items())
    if not named and sys.platform not in ("darwin", "win32"):  # there the system may name one
        return False
    from urllib.request import getproxies, proxy_bypass

    proxies = getproxies()
    return (urlsplit(url).scheme in proxies or "all" in proxies) and not proxy_bypass(host)


def _body(data: RequestData | None) -> tuple[bytes | None, str]:
    """What is sent, and its content type."""
    if data is None:
        return None, ""
    if not data.contains_files:
        return json.dumps(data.parameters).encode(), "application/json"
    edge = uuid4().hex
    parts = [_part(edge, f'name="{_quoted(n)}"', value.encode(), "") for n, value in data.json_parameters.items()]
    for name, (filename, content, kind) in (data.multipart_data or {}).items():
        held = content if isinstance(content, bytes) else content.read()
        parts.append(_part(edge, f'name="{_quoted(name)}"; filename="{_quoted(filename)}"', held, kind))
    return b"".join([*parts, f"--{edge}--\r\n".encode()]), f"multipart/form-data; boundary={edge}"


def _part(edge: str, about: str, content: bytes, kind: str) -> bytes:
    typed = f"Content-Type: {kind}\r\n" if kind else ""
    return f"--{edge}\r\nContent-Disposition: form-data; {about}\r\n{typed}\r\n".encode() + content + b"\r\n"


def _quoted(name: str) -> str:
    return name.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")
