"""The webhook: a small web server behind a proxy that knows the secret before it reads a body.

It answers 200 when the update is on disk, so that Telegram repeats what is not. /health is for supervisors.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from bot.delivery.line import Line
from bot.delivery.poll import Receiver
from bot.log import CannotSave

LARGEST = 1_000_000  # bytes of one update; Telegram's own are far smaller
SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header


class Webhook:
    """Takes updates at the path of `url`, on `port`."""

    def __init__(
        self, url: str, secret: str, port: int, receiver: Receiver, *, well: Callable[[], bool] = lambda: True
    ) -> None:
        if not secret:
            raise ValueError("a webhook without a secret takes updates from anybody")
        self._path = urlsplit(url).path or "/"
        self._secret = secret.encode()
        self._port = port
        self._receiver = receiver
        self._well = well
        self._runner: web.AppRunner | None = None
        self._line = Line(self._answering)
        self._listening: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen. Raises OSError when the port is taken."""
        app = web.Application(client_max_size=LARGEST, middlewares=[self._in_line])
        app.router.add_post(self._path, self._take)
        app.router.add_get("/health", self._health)
        # Telegram compresses nothing, and a small body that unfolds into a large one is not to be unfolded.
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5, auto_decompress=False)
        await self._runner.setup()
        loop = asyncio.get_running_loop()
        self._listening = await loop.create_server(self._line, "0.0.0.0", self._port)  # noqa: S104 - a container's proxy is outside it

    async def stop(self) -> None:
        """Listen no more."""
        if self._listening is not None:
            self._listening.close()
        self._line.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def _answering(self) -> asyncio.Protocol:
        server = None if self._runner is None else self._runner.server
        if server is None:
            raise RuntimeError("the webhook has not been started")
        return server()

    @web.middleware
    async def _in_line(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        if isinstance(request.transport, asyncio.Transport):
            self._line.asks(request.transport)
        try:
            return await handler(request)
        finally:
            if isinstance(request.transport, asyncio.Transport):
                self._line.waits(request.transport)

    async def _take(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return _close(403)
        if request.content_type != "application/json":
            return _close(415)
        if (request.content_length or 0) > LARGEST:
            return _close(413)
        try:
            raw = json.loads(await request.read())
        except (ValueError, RecursionError):
            return web.Response(status=400)
        saved = self._receiver.receive(raw)
        try:
            if saved is not None:
                await saved
        except CannotSave:
            return web.Response(status=503)
        return web.Response()

    async def _health(self, request: web.Request) -> web.Response:
        return web.Response(text="ok\n") if self._well() else web.Response(status=503, text="not well\n")


def _close(status: int) -> web.Response:
    # The body has not been read, and will not be.
    response = web.Response(status=status)
    response.force_close()
    return response
