"""The server itself: aiohttp in a thread of its own, driven from the test's thread."""

from __future__ import annotations

import asyncio
import contextlib
import email.utils
import json
import threading
import time
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.wire.faults import UNREADABLE, Faults, InBetween
from tests.wire.limits import Refused
from tests.wire.methods import Methods
from tests.wire.users import Users


class Wire(Users, Methods, Faults):
    """The server. Methods for the test may be called from any thread."""

    # -- life ------------------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._run, name="wire", daemon=True)
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    @property
    def url(self) -> str:
        """For TELEGRAM_BASE_URL."""
        return f"http://127.0.0.1:{self.port}"

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        self._news = asyncio.Event()
        app = web.Application(client_max_size=60_000_000)
        app.on_response_prepare.append(self._date)
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        app.router.add_get("/file/bot{token}/{path:.*}", self._file)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.port: int = runner.addresses[0][1]
        self._session = aiohttp.ClientSession()
        self._ready.set()
        await self._stop.wait()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._session.close()
        await runner.cleanup()

    async def _date(self, request: web.Request, response: web.StreamResponse) -> None:
        response.headers["Date"] = email.utils.formatdate(time.time() + self.clock_off, usegmt=True)

    # -- requests ------------------------------------------------------------------------------------------

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        self.requests.append(method)
        try:
            params, files = await self._params(request)
        except (ValueError, aiohttp.ClientError, ConnectionError):
            return web.json_response(
                {"ok": False, "error_code": 400, "description": "Bad Request: cut off"}, status=400
            )
        if request.match_info["token"] != self.token:
            return web.json_response({"ok": False, "error_code": 401, "description": "Unauthorized"}, status=401)
        if self.round_trip and method != "getUpdates":
            await asyncio.sleep(self.round_trip)
        fault = self._take_fault(method, params)
        if method == "getUpdates":
            self.polled.append((time.monotonic(), fault.kind if fault is not None else ""))
        try:
            if fault is not None:
                await self._before(fault, request)
            if fault is not None and method == "getUpdates" and fault.kind in UNREADABLE:
                return web.Response(
                    body=UNREADABLE[fault.kind], content_type="application/json"
                )  # and hands out nothing
            result = await self._do(method, params, files)
        except ConnectionResetError:
            return web.Response()  # nobody reads it: the connection is gone
        except InBetween as page:
            return page.answer()
        except Refused as refused:
            return web.json_response(refused.body, status=refused.code)
        if fault is not None and fault.kind in UNREADABLE:
            return web.Response(body=UNREADABLE[fault.kind], content_type="application/json")
        if fault is not None and fault.kind == "cut_after":
            with contextlib.suppress(ConnectionResetError):
                self._cut(request)
        return web.json_response({"ok": True, "result": result})

    async def _params(self, request: web.Request) -> tuple[dict[str, Any], dict[str, bytes]]:
        params: dict[str, Any] = dict(request.query)
        files: dict[str, bytes] = {}
        if request.content_type == "application/json":
            text = await request.text()
            params |= json.loads(text) if text else {}
        elif request.method == "POST":
            for name, value in (await request.post()).items():
                if isinstance(value, web.FileField):
                    files[name] = value.file.read()
                else:
                    params[name] = value
        for name, value in params.items():
            if isinstance(value, str) and name not in ("text", "caption", "data"):
                with contextlib.suppress(ValueError):
                    params[name] = json.loads(value)
        return params, files

    async def _file(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["path"].rsplit("/", 1)[-1]
        self.requests.append("file")
        fault = self._take_fault("file", {})
        try:
            if fault is not None and fault.kind in ("half", "short"):
                return await self._part_of(request, self.files[name], tell_length=fault.kind == "half")
            if fault is not None:
                await self._before(fault, request)
        except ConnectionResetError:
            return web.Response()
        except InBetween as page:
            return page.answer()
        except Refused as refused:
            return web.json_response(refused.body, status=refused.code)
        if request.match_info["token"] != self.token or name not in self.files:
            return web.Response(status=404)
        return web.Response(body=self.files[name])

    async def _part_of(self, request: web.Request, content: bytes, *, tell_length: bool) -> web.StreamResponse:
        answer = web.StreamResponse()
        if tell_length:
            answer.content_length = len(content)
        else:
            answer.force_close()
        await answer.prepare(request)
        await answer.write(content[: len(content) // 2])
        if tell_length:
            self._cut(request)
        return answer
