"""Connections to Telegram: HTTP/1.1, kept open between requests. h11 speaks it; here are the sockets, who waits for whom, and how long.

    pool = ConnectionPool(64)
    status, payload = await pool.request("POST", url, body, "application/json", seconds=20.0)

What goes wrong is told by where it went wrong: `NotConnected`, nothing has left; `ConnectionCut`, the request may have arrived. A send
takes a third of what a general client takes for it, and the bot starts without one (docs/benchmarks.md).
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from collections import deque
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import cast
from urllib.parse import quote, urlsplit

import h11

CONNECT_SECONDS = 10.0
KEPT_SECONDS = (
    15.0  # a connection that the server is about to drop would turn a send into a "maybe": idle ones go first
)
LARGEST = 64 * 1024 * 1024  # bytes of an answer; a Bot API server hands out files of 20 MB
LONGEST_HEAD = 64 * 1024
COMPARED_AFTER = 60.0  # seconds until our clock is held against the server's again: clocks drift slowly


class NotConnected(Exception):
    """No connection came about; nothing was sent."""


class ConnectionCut(Exception):
    """The connection broke, fell silent or spoke nonsense after the request had begun to leave."""


Place = tuple[str, str, int]
"""Where a connection leads to: scheme, host, port."""


@lru_cache(maxsize=256)
def _addressed(method: str, url: str, kind: str, length: int) -> tuple[Place, h11.Request]:
    """Where a request goes and how it begins; `length` of its body, -1 for none. Few differ, and each is checked letter by letter."""
    parts = urlsplit(url)
    place = (parts.scheme, parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))
    target = quote(f"{parts.path or '/'}?{parts.query}".removesuffix("?"), safe="/%:@!$&'()*+,;=~-._?")
    headers = [(b"Host", parts.netloc.rpartition("@")[2].encode("latin-1")), (b"Accept", b"*/*")]
    if length >= 0:
        headers += [(b"Content-Type", kind.encode()), (b"Content-Length", b"%d" % length)]
    return place, h11.Request(method=method.encode(), target=target.encode(), headers=headers)


class ConnectionPool:
    """Connections to servers: at most `most` requests at a time, each on one of its own."""

    def __init__(self, most: int) -> None:
        self._turns = asyncio.Semaphore(most)
        self._idle: dict[Place, deque[_Connection]] = {}
        self._tls: ssl.SSLContext | None = None
        self._family = socket.AF_UNSPEC
        self._closed = False
        self.ahead = timedelta()
        """By how much our clock runs before the server's, as far as the server tells; behind it, this is negative."""
        self._compare_at = 0.0

    async def request(self, method: str, url: str, body: bytes | None, kind: str, seconds: float) -> tuple[int, bytes]:
        """One request and its answer. `seconds`: how long the server may be silent. Raises NotConnected or ConnectionCut."""
        place, head = _addressed(method, url, kind, -1 if body is None else len(body))
        async with self._turns:
            connection = self._kept(place) or await self._connect(place)
            try:
                status, payload = await connection.ask(head, body, seconds)
            except BaseException:
                connection.close()
                raise
            self._compare(connection.date)
            if connection.reusable and not self._closed:
                connection.idle_since = time.monotonic()
                self._idle.setdefault(place, deque()).append(connection)
            else:
                connection.close()
            return status, payload

    async def close(self) -> None:
        """Hang up all idle connections, and those in use when they are done."""
        self._closed = True
        for idle in self._idle.values():
            for connection in idle:
                connection.close()
        self._idle.clear()
        await asyncio.sleep(0)  # the loop closes the sockets in its next round

    def _compare(self, date: bytes) -> None:
        """Hold our clock against the one that wrote this date (RFC 9110, 6.6.1), now and then. What is no date tells nothing."""
        if not date or time.monotonic() < self._compare_at:
            return
        with suppress(ValueError, OverflowError):
            theirs = parsedate_to_datetime(date.decode("latin-1"))
            self.ahead = datetime.now(UTC) - (theirs if theirs.tzinfo else theirs.replace(tzinfo=UTC))
            self._compare_at = time.monotonic() + COMPARED_AFTER

    def _kept(self, place: Place) -> _Connection | None:
        idle, now = self._idle.get(place), time.monotonic()
        while idle and (idle[0].lost or now - idle[0].idle_since > KEPT_SECONDS):
            idle.popleft().close()
        while idle:
            connection = idle.pop()  # the one used last: the others may grow old
            if not connection.lost:
                return connection
        return None

    async def _connect(self, place: Place) -> _Connection:
        loop, secure = asyncio.get_running_loop(), place[0] == "https"
        if secure and self._tls is None:
            self._tls = ssl.create_default_context()
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                _, made = await loop.create_connection(
                    lambda: _Connection(loop),
                    place[1],
                    place[2],
                    ssl=self._tls if secure else None,
                    family=self._family,
                )
        except TimeoutError:
            # An address that leads nowhere (IPv6 at many hosts) must not stand in the way of the others for ever.
            self._family = socket.AF_INET if self._family == socket.AF_UNSPEC else socket.AF_UNSPEC
            raise NotConnected("TimeoutError") from None
        except (OSError, UnicodeError) as error:
            raise NotConnected(type(error).__name__) from None
        return made


class _Connection(asyncio.Protocol):
    """One connection; one request at a time."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=LONGEST_HEAD)
        self._status, self._payload = 0, bytearray()
        self.date = b""  # when the last answer left, by its server's clock
        self._heard_at = 0.0
        self._patience: asyncio.TimerHandle
        self.idle_since = 0.0
        self.lost = False

    @property
    def reusable(self) -> bool:
        """Both sides are done, neither wants to hang up, and nothing came that was not asked for."""
        return not self.lost and self._http.our_state is h11.IDLE

    async def ask(self, head: h11.Request, body: bytes | None, seconds: float) -> tuple[int, bytes]:
        """Send, and wait for the whole answer."""
        if self.lost or self._transport is None:
            raise ConnectionCut("lost before it was used")
        request = self._http.send(head)
        if body is not None:
            request += self._http.send(h11.Data(data=body))
        request += self._http.send(h11.EndOfMessage())
        self._payload.clear()
        answer: asyncio.Future[tuple[int, bytes]] = self._loop.create_future()
        self._answer = answer
        self._transport.write(request)
        began = self._heard_at = self._loop.time()
        self._patience = self._loop.call_later(seconds, self._look, began, seconds)
        try:
            return await answer
        finally:
            self._patience.cancel()
            self._answer = None

    def close(self) -> None:
        """Hang up."""
        self.lost = True
        if self._transport is not None:
            self._transport.abort()

    def _look(self, began: float, seconds: float) -> None:
        """Silent for too long, or not done after too long."""
        if self._answer is None or self._answer.done():
            return
        now = self._loop.time()
        left = min(self._heard_at + seconds, began + seconds + CONNECT_SECONDS) - now
        if left > 0:
            self._patience = self._loop.call_later(left, self._look, began, seconds)
        else:
            self._fail(ConnectionCut("no answer in time"))

    def _fail(self, error: Exception) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)

    # -- what asyncio tells ----------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = True
        if self._answer is not None and exc is None:
            with suppress(h11.RemoteProtocolError):
                self._read(b"")  # an answer without a length is whole now
        self._fail(ConnectionCut("cut off"))

    def data_received(self, data: bytes) -> None:
        if self._answer is None or self._answer.done():
            self.close()  # something that nobody asked for
            return
        self._heard_at = self._loop.time()
        try:
            self._read(data)
        except h11.RemoteProtocolError:
            self._fail(ConnectionCut("not HTTP"))  # and not what it was: that may be somebody's words

    def _read(self, data: bytes) -> None:
        self._http.receive_data(data)
        while (event := self._http.next_event()) not in (h11.NEED_DATA, h11.PAUSED):
            if isinstance(event, h11.Response):  # what comes before is only "go on"
                self._status = event.status_code
                self.date = next((value for name, value in event.headers if name == b"date"), b"")
            elif isinstance(event, h11.Data):
                self._payload += event.data
                if len(self._payload) > LARGEST:
                    self._fail(ConnectionCut("too large"))
                    return
            elif isinstance(event, h11.EndOfMessage):
                self._done()
                return

    def _done(self) -> None:
        if self._http.our_state is self._http.their_state is h11.DONE and self._http.trailing_data == (b"", False):
            self._http.start_next_cycle()
        if self._answer is not None and not self._answer.done():
            self._answer.set_result((self._status, bytes(self._payload)))
