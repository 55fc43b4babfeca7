"""Lines to Telegram: HTTP/1.1 over kept connections, and no more of HTTP than a Bot API server speaks.

    lines = Lines(64)
    status, payload = await lines.request("POST", url, body, "application/json", seconds=20.0)

It costs a fifth of what a general client takes for a send, and a third of the bot's start-up and memory (docs/benchmarks.md). What
goes wrong is told by where it went wrong: `NoLine`, nothing has left; `LineCut`, the request may have arrived.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from collections import deque
from typing import cast
from urllib.parse import quote, urlsplit

CONNECT_SECONDS = 10.0
KEPT_SECONDS = 15.0  # a line that the server is about to drop would turn a send into a "maybe": idle ones go first
LARGEST = 64 * 1024 * 1024  # bytes of an answer; a Bot API server hands out files of 20 MB
LONGEST_HEAD = 64 * 1024


class NoLine(Exception):
    """No connection came about; nothing was sent."""


class LineCut(Exception):
    """The connection broke, fell silent or spoke nonsense after the request had begun to leave."""


class Lines:
    """Connections to servers: at most so many requests at a time, each on a line of its own."""

    def __init__(self, most: int) -> None:
        self._turns = asyncio.Semaphore(most)
        self._idle: dict[tuple[str, str, int], deque[_Line]] = {}
        self._tls: ssl.SSLContext | None = None
        self._family = socket.AF_UNSPEC
        self._closed = False

    async def request(self, method: str, url: str, body: bytes | None, kind: str, seconds: float) -> tuple[int, bytes]:
        """One request and its answer. `seconds`: how long the server may be silent. Raises NoLine or LineCut."""
        parts = urlsplit(url)
        host, secure = parts.hostname or "", parts.scheme == "https"
        place = (parts.scheme, host, parts.port or (443 if secure else 80))
        target = quote(f"{parts.path or '/'}?{parts.query}".removesuffix("?"), safe="/%:@!$&'()*+,;=~-._?")
        head = f"{method} {target} HTTP/1.1\r\nHost: {parts.netloc.rpartition('@')[2]}\r\nAccept: */*\r\n"
        if body is not None:
            head += f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        async with self._turns:
            line = self._kept(place) or await self._connect(place, secure)
            try:
                status, payload = await line.ask(head.encode("latin-1") + b"\r\n" + (body or b""), seconds)
            except BaseException:
                line.close()
                raise
            if line.reusable and not self._closed:
                line.idle_since = time.monotonic()
                self._idle.setdefault(place, deque()).append(line)
            else:
                line.close()
            return status, payload

    async def close(self) -> None:
        """Hang up all idle lines, and those in use when they are done."""
        self._closed = True
        for lines in self._idle.values():
            for line in lines:
                line.close()
        self._idle.clear()
        await asyncio.sleep(0)  # the loop closes the sockets in its next round

    def _kept(self, place: tuple[str, str, int]) -> _Line | None:
        lines, now = self._idle.get(place), time.monotonic()
        while lines and (lines[0].lost or now - lines[0].idle_since > KEPT_SECONDS):
            lines.popleft().close()
        while lines:
            line = lines.pop()  # the one used last: the others may grow old
            if not line.lost:
                return line
        return None

    async def _connect(self, place: tuple[str, str, int], secure: bool) -> _Line:
        loop = asyncio.get_running_loop()
        if secure and self._tls is None:
            self._tls = ssl.create_default_context()
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                _, made = await loop.create_connection(
                    lambda: _Line(loop),
                    place[1],
                    place[2],
                    ssl=self._tls if secure else None,
                    family=self._family,
                )
        except TimeoutError:
            # An address that leads nowhere (IPv6 at many hosts) must not stand in the way of the others for ever.
            self._family = socket.AF_INET if self._family == socket.AF_UNSPEC else socket.AF_UNSPEC
            raise NoLine("TimeoutError") from None
        except (OSError, UnicodeError) as error:
            raise NoLine(type(error).__name__) from None
        return made


class _Line(asyncio.Protocol):
    """One connection; one request at a time."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._came = bytearray()
        self._head: _Head | None = None
        self._heard_at = 0.0
        self._patience: asyncio.TimerHandle
        self.idle_since = 0.0
        self.lost = False
        self.reusable = False

    async def ask(self, request: bytes, seconds: float) -> tuple[int, bytes]:
        """Send, and wait for the whole answer."""
        if self.lost or self._transport is None:
            raise LineCut("lost before it was used")
        self._came.clear()
        self._head, self.reusable = None, False
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
            self._fail(LineCut("no answer in time"))

    def _fail(self, error: Exception) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)

    # -- what asyncio tells ----------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = True
        if self._head is not None and self._head.to_the_end and exc is None:
            self._done(bytes(self._came))
        self._fail(LineCut("cut off"))

    def data_received(self, data: bytes) -> None:
        if self._answer is None or self._answer.done():
            self.close()  # something that nobody asked for
            return
        self._heard_at = self._loop.time()
        self._came += data
        try:
            self._read()
        except (ValueError, IndexError):
            self._fail(LineCut("not HTTP"))  # and not what it was: that may be somebody's words

    def _read(self) -> None:
        while self._head is None:
            end = self._came.find(b"\r\n\r\n")
            if end < 0:
                if len(self._came) > LONGEST_HEAD:
                    raise ValueError("its head does not end")
                return
            head = _Head(bytes(self._came[:end]))
            del self._came[: end + 4]
            if head.status >= 200:  # what comes before is only "go on"
                self._head = head
        head = self._head
        if len(self._came) > LARGEST or (head.length or 0) > LARGEST:
            raise ValueError("too large")
        if head.chunked:
            whole = head.unchunk(self._came)
            if whole is not None:
                self._done(whole)
        elif head.length is not None and len(self._came) >= head.length:
            if len(self._came) > head.length:
                head.stays = False  # more than an answer
            self._done(bytes(self._came[: head.length]))

    def _done(self, payload: bytes) -> None:
        head = self._head
        if head is not None and self._answer is not None and not self._answer.done():
            self.reusable = head.stays and not self.lost and not head.to_the_end
            self._answer.set_result((head.status, payload))


class _Head:
    """The head of an answer: its status, and how long what follows is."""

    def __init__(self, raw: bytes) -> None:
        first, *lines = raw.decode("latin-1").split("\r\n")
        version, code, *_ = first.split(" ", 2)
        if not version.startswith("HTTP/1.") or len(code) != 3:
            raise ValueError("no status")
        self.status = int(code)
        self.length: int | None = None
        self.chunked = False
        self.stays = version != "HTTP/1.0"
        for line in lines:
            name, colon, value = line.partition(":")
            name, value = name.lower(), value.strip()
            if not colon:
                raise ValueError("a line of its head is none")
            if name == "content-length":
                if not value.isdecimal() or self.length not in (None, int(value)):
                    raise ValueError("its length is none")
                self.length = int(value)
            elif name == "transfer-encoding":
                if value.lower() != "chunked":
                    raise ValueError("an encoding that was not asked for")
                self.chunked = True
            elif name == "connection":
                self.stays = "close" not in value.lower() and (self.stays or "keep-alive" in value.lower())
        if self.status in (204, 304):
            self.length, self.chunked = 0, False
        self._parts: list[bytes] = []
        self._size = 0

    @property
    def to_the_end(self) -> bool:
        """The answer ends with the connection."""
        return self.length is None and not self.chunked

    def unchunk(self, came: bytearray) -> bytes | None:
        """Take the chunks that are there off `came`; the whole answer when its last one has come."""
        while (end := came.find(b"\r\n")) >= 0:
            size = int(bytes(came[:end]).partition(b";")[0], 16)
            if not 0 <= size <= LARGEST:
                raise ValueError("too large")
            if size == 0:
                if came[end : end + 4] == b"\r\n\r\n":
                    self.stays = self.stays and len(came) == end + 4
                    return b"".join(self._parts)
                if (last := came.find(b"\r\n\r\n", end)) >= 0:  # trailers, which say nothing here
                    self.stays = self.stays and len(came) == last + 4
                    return b"".join(self._parts)
                return None
            if len(came) < end + 2 + size + 2:
                return None
            self._parts.append(bytes(came[end + 2 : end + 2 + size]))
            self._size += size
            if self._size > LARGEST:
                raise ValueError("too large")
            del came[: end + size + 4]
        return None
