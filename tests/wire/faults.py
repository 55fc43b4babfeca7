"""What may go wrong on the way, on demand: refusals, broken connections, silence, and answers that nobody can read."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.wire.known import Known
from tests.wire.limits import Refused

UNREADABLE = {
    "no_json": b"It works!", "cut_json": b'{"ok":true,"result":{"message_id":', "empty": b"", "null": b'{"ok":true,"result":null}',
    "page": b"<!doctype html><title>Welcome to the hotel</title>", "other_kind": b'{"ok":true,"result":"yes"}',
    "list": b"[]", "not_ok": b'{"ok":false}', "deep": b"[" * 100_000,
}  # fmt: skip
"""Answers with 200 that nobody can read. The work has been done."""
IN_BETWEEN = "<!doctype html><title>Somebody in between</title>"


@dataclass(slots=True)
class Fault:
    method: str
    kind: str
    times: int
    chat: int | None
    seconds: float


class InBetween(Exception):
    """Not Telegram answers, but somebody on the way: a proxy, a firewall, a hotel."""

    def answer(self) -> web.Response:
        return web.Response(status=self.args[0], text=IN_BETWEEN, content_type="text/html")


class Faults(Known):
    """The faults that are waiting for their requests."""

    def fail(self, method: str, kind: str, *, times: int = 1, chat: int | None = None, seconds: float = 1.0) -> None:
        """Let the next requests go wrong: a status ("502", "401", "429" with `seconds` to wait …), "cut_before" and
        "cut_after" (the connection breaks before or after the work is done), "hang" (no answer), "slow" (by `seconds`), one of
        UNREADABLE (done, and answered so), "400_" and what Telegram says,
        "between_404" and the like (a page from somebody on the way, and nothing done).
        `method` may be "file": the download of one; it knows "half" (cut off in the middle) and "short" (and no length said)."""
        with self._lock:
            self._faults.append(Fault(method, kind, times, chat, seconds))

    def heal(self) -> None:
        """No more faults."""
        with self._lock:
            self._faults.clear()

    def _take_fault(self, method: str, params: dict[str, Any]) -> Fault | None:
        with self._lock:
            for fault in self._faults:
                if fault.method in (method, "*") and fault.chat in (None, params.get("chat_id")):
                    fault.times -= 1
                    if fault.times <= 0:
                        self._faults.remove(fault)
                    return fault
        return None

    async def _before(self, fault: Fault, request: web.Request) -> None:
        match fault.kind:
            case "cut_before":
                self._cut(request)
            case "hang":
                await asyncio.sleep(3600)
            case "slow":
                await asyncio.sleep(fault.seconds)
            case kind if kind == "cut_after" or kind in UNREADABLE:
                return
            case kind if kind.startswith("between_"):
                raise InBetween(int(kind.removeprefix("between_")))
            case "429":
                after = int(fault.seconds) or 1
                raise Refused(429, f"Too Many Requests: retry after {after}", retry_after=after)
            case "403":
                raise Refused(403, "Forbidden: bot was blocked by the user")
            case kind if kind.startswith("400_"):
                raise Refused(400, f"Bad Request: {kind.removeprefix('400_')}")
            case _:
                raise Refused(int(fault.kind), {"401": "Unauthorized", "404": "Not Found", "502": "Bad Gateway",
                              "409": "Conflict: terminated by other getUpdates request"}.get(fault.kind, "Error"))  # fmt: skip

    @staticmethod
    def _cut(request: web.Request) -> None:
        if request.transport is not None:
            request.transport.abort()
        raise ConnectionResetError
