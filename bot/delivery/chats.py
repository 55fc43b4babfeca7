"""One chat after another inside a chat, all chats side by side.

What one chat waits for holds up nobody else; what one chat floods is refused beyond a cap. A chat without work costs nothing.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")

MOST_WAITING = 20


@dataclass(slots=True)
class _Chat(Generic[T]):
    waiting: deque[T] = field(default_factory=deque)
    task: asyncio.Task[None] | None = None
    told: bool = False  # that it is too much at once
    news: asyncio.Event = field(default_factory=asyncio.Event)


class Rounds:
    """At most so many chats go a step further in one round of the event loop: the others do in the next ones, and sockets and
    timers get their turn between. Fifty chats that are woken by one commit would else hold up everything for as long as fifty
    steps take."""

    def __init__(self, most: int = 3) -> None:
        self._most = self._left = most
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._counting = False

    async def step(self) -> None:
        """Wait for room in a round."""
        loop = asyncio.get_running_loop()
        if not self._counting:
            self._counting = True
            loop.call_soon(self._next, loop)
        if self._left > 0 and not self._waiting:
            self._left -= 1
            return
        room = loop.create_future()
        self._waiting.append(room)
        await room

    def _next(self, loop: asyncio.AbstractEventLoop) -> None:
        self._left = self._most
        while self._left > 0 and self._waiting:
            room = self._waiting.popleft()
            if not room.done():
                room.set_result(None)
                self._left -= 1
        self._counting = self._left < self._most
        if self._counting:
            loop.call_soon(self._next, loop)


class Chats(Generic[T]):
    """Ordered work by chat. `work` does one thing of a chat; it must not raise."""

    def __init__(self, work: Callable[[int, T], Awaitable[None]], *, most: int = MOST_WAITING) -> None:
        self._work = work
        self._most = most
        self._chats: dict[int, _Chat[T]] = {}
        self._closing = False
        self.rounds = Rounds()

    def add(self, chat: int, thing: T, *, always: bool = False) -> bool:
        """Put something at the end of a chat's queue. False when too much waits there already (unless `always`).

        Who was told so is taken in again when the queue is empty: what is left out has no gaps, and can be named by its first.
        """
        mine = self._chats.setdefault(chat, _Chat())
        if (mine.told or len(mine.waiting) >= self._most) and not always:
            return False
        mine.waiting.append(thing)
        mine.news.set()
        if mine.task is None and not self._closing:
            mine.task = asyncio.create_task(self._run(chat, mine), name=f"chat-{len(self._chats)}")
        return True

    def tell_once(self, chat: int) -> bool:
        """Whether this chat has still to be told that it is too quick; True once until its queue is empty."""
        mine = self._chats.get(chat)
        if mine is None or mine.told:
            return False
        mine.told = True
        return True

    async def pause(self, chat: int, seconds: float) -> None:
        """Wait, but no longer when something new comes in this chat, or all is closing."""
        mine = self._chats.get(chat)
        if mine is None or self._closing or mine.waiting:
            return
        mine.news.clear()
        try:
            async with asyncio.timeout(seconds):
                await mine.news.wait()
        except TimeoutError:
            return

    @property
    def waiting(self) -> int:
        """How much waits in all chats together."""
        return sum(len(c.waiting) for c in self._chats.values())

    async def idle(self) -> None:
        """Wait until nothing is left to do."""
        while tasks := [c.task for c in self._chats.values() if c.task is not None]:
            await asyncio.wait(tasks)

    async def close(self, seconds: float) -> None:
        """Finish what is being done, begin nothing new; what is not done in this time is broken off."""
        self._closing = True
        for chat in self._chats.values():
            chat.news.set()
        tasks = [c.task for c in self._chats.values() if c.task is not None]
        if not tasks:
            return
        _, late = await asyncio.wait(tasks, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _run(self, chat: int, mine: _Chat[T]) -> None:
        try:
            while mine.waiting and not self._closing:
                await self.rounds.step()
                await self._work(chat, mine.waiting.popleft())
        finally:
            mine.task = None
            if not mine.waiting:
                self._chats.pop(chat, None)
