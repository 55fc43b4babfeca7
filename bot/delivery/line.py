"""Connections to the webhook that ask for nothing: they are not waited for long, and not many of them are held.

The web server itself waits for the head of a request as long as somebody likes to send it, a byte at a time. Behind a proxy that is the proxy's
affair; but whoever reaches the port could hold every file the process may open, and with them the log and the way to Telegram.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import cast

HEAD_SECONDS = 10.0  # for the whole head of a request, and between two requests
MOST = 200  # connections without a request that are held; beyond, the one that has waited longest goes


class Line:
    """Makes the protocols of a server: `serve` answers each connection, and the line looks after it while it asks for nothing."""

    def __init__(self, serve: Callable[[], asyncio.Protocol]) -> None:
        self._serve = serve
        self._waiting: dict[asyncio.Transport, float] = {}  # since when; the longest first
        self._sweeping: asyncio.TimerHandle | None = None

    def __call__(self) -> asyncio.Protocol:
        return _Arriving(self)

    def arrived(self, transport: asyncio.Transport) -> None:
        """Somebody has connected."""
        answering = self._serve()
        transport.set_protocol(answering)
        answering.connection_made(transport)
        self.waits(transport)

    def waits(self, transport: asyncio.Transport) -> None:
        """This connection is without a request, from now on."""
        loop = asyncio.get_running_loop()
        self._waiting.pop(transport, None)
        self._waiting[transport] = loop.time()
        while len(self._waiting) > MOST:
            longest = next(iter(self._waiting))
            del self._waiting[longest]
            longest.abort()
        if self._sweeping is None:
            self._sweeping = loop.call_later(HEAD_SECONDS / 4, self._sweep)

    def asks(self, transport: asyncio.Transport) -> None:
        """The head of a request has come on this connection."""
        self._waiting.pop(transport, None)

    def close(self) -> None:
        """Look after nobody any more."""
        if self._sweeping is not None:
            self._sweeping.cancel()

    def _sweep(self) -> None:
        loop = asyncio.get_running_loop()
        for transport, since in list(self._waiting.items()):
            if transport.is_closing() or loop.time() - since >= HEAD_SECONDS:
                del self._waiting[transport]
                transport.abort()
        self._sweeping = loop.call_later(HEAD_SECONDS / 4, self._sweep) if self._waiting else None


class _Arriving(asyncio.Protocol):
    def __init__(self, line: Line) -> None:
        self._line = line

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._line.arrived(cast("asyncio.Transport", transport))  # of a TCP connection it is one
