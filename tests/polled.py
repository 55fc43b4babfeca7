"""A poller with a receiver, a server and a clock, for the tests of asking Telegram for updates."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from bot.delivery.poll import Poller, Stop
from bot.log import CannotSave, Saved
from tests.raw_server import asked
from tests.wire import Wire

PATIENCE = 50.0  # seconds, for a machine that has other work


class Taken:
    """A receiver that keeps nothing."""

    def receive(self, raw: Any) -> None:
        return None


def poller_of(telegram: Wire, **limits: float) -> Poller:
    """A poller of this Telegram that keeps nothing."""
    return Poller(f"{telegram.url}/bot{telegram.token}", Taken(), **limits)  # type: ignore[arg-type]


class ByHand:
    """A clock that only sleeping moves on: what the machine is busy with costs no time. The fixture `by_hand` lets the poller live by it."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        if seconds:
            self.slept.append(seconds)
        await asyncio.sleep(0)

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)


class Kept:
    """A receiver with a disk that may be full: what it takes is saved when there is room."""

    def __init__(self) -> None:
        self.room = True
        self.taken: list[int] = []
        self.offered: list[int] = []

    def receive(self, raw: Any) -> Saved[None]:
        saved: Saved[None] = Saved()
        self.offered.append(raw["update_id"])
        if self.room:
            self.taken.append(raw["update_id"])
            saved.settle(None, None)
        else:
            saved.settle(None, CannotSave("full", "the disk is full"))
        return saved


@asynccontextmanager
async def ended(polling: asyncio.Task[None]) -> AsyncIterator[None]:
    """End this polling at the end, whatever came of it."""
    try:
        yield
    finally:
        polling.cancel()
        with contextlib.suppress(asyncio.CancelledError, Stop):
            await polling


@asynccontextmanager
async def polling(telegram: Wire, receiver: Any, **more: Any) -> AsyncIterator[Poller]:
    """A poller that asks this Telegram until the block ends."""
    poller = Poller(f"{telegram.url}/bot{telegram.token}", receiver, **more)
    async with ended(asyncio.create_task(poller.run())):
        yield poller


def answering(*bodies: str) -> tuple[list[str], Callable[..., Any]]:
    """A server that answers getUpdates with these bodies ("500 {…}" with that status), the last one again and again."""
    requests: list[str] = []
    left = list(bodies)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            requests.append((await asked(reader))[0])
            body = left.pop(0) if len(left) > 1 else left[0]
            status, _, rest = body.partition(" ") if body[:3].isdigit() else ("200", "", body)
            await asyncio.sleep(0.01)
            head = f"HTTP/1.1 {status} X\r\nContent-Length: {len(rest.encode())}\r\n\r\n"
            writer.write((head + rest).encode())
            await writer.drain()

    return requests, talk


NOTHING = '{"ok": true, "result": []}'
