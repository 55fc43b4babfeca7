"""The promise of something written: kept when it is on disk, for whoever waits in a thread or in a loop."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Generator, Iterable, Sequence
from typing import Any, Generic, TypeVar

T = TypeVar("T")

_TELLING = threading.Lock()  # held for the moment in which a job's answer and who waits for it meet


class Saved(Generic[T]):
    """What a job answered, once it is on disk: `.result()` waits for it in a thread, `await` in a coroutine.

    Lighter than a Future of the library: there is one for each thing written, and a commit wakes all that wait in a loop with one
    call into it. Who is cancelled while waiting takes nothing back of what is queued.
    """

    __slots__ = ("_done", "_error", "_value", "_waiting", "help")

    def __init__(self) -> None:
        self._done = False
        self._value: T | None = None
        self._error: Exception | None = None
        self._waiting: list[threading.Event | _Waiter] | None = None
        self.help: Callable[[], None] | None = None

    def done(self) -> bool:
        """Whether it is on disk, or surely not."""
        return self._done

    def exception(self) -> Exception | None:
        """Wait, and give what went wrong, if anything did."""
        self._wait(None)
        return self._error

    def result(self, timeout: float | None = None) -> T:
        """Wait for the disk. Whoever waits in a thread does the writing itself if nobody is at it: that saves two changes
        of thread, which on a busy machine cost more than the disk."""
        if not self._done:
            self._wait(timeout)
        return self._answer()

    def __await__(self) -> Generator[Any, None, T]:
        if not self._done:
            loop = asyncio.get_running_loop()
            woken = loop.create_future()
            if self._wakes((loop, woken)):
                yield from woken
        return self._answer()

    def _answer(self) -> T:
        if self._error is not None:
            try:
                raise self._error
            finally:
                self = None  # type: ignore[assignment]
        return self._value  # type: ignore[return-value]

    def _wait(self, timeout: float | None) -> None:
        if timeout is None and self.help is not None and not self._done:
            self.help()
        if not self._done:
            come = threading.Event()
            if self._wakes(come) and not come.wait(timeout):
                raise TimeoutError

    def _wakes(self, waiter: threading.Event | _Waiter) -> bool:
        with _TELLING:
            if self._done:
                return False
            if self._waiting is None:
                self._waiting = []
            self._waiting.append(waiter)
            return True

    def settle(self, value: Any, error: Exception | None) -> Sequence[threading.Event | _Waiter]:
        """The answer is there; gives who waits for it."""
        with _TELLING:
            self._value, self._error, self._done = value, error, True
            waiting, self._waiting = self._waiting, None
        return waiting or ()


_Waiter = tuple[asyncio.AbstractEventLoop, "asyncio.Future[None]"]


AT_ONCE = 4  # who wait for a commit go on a few in each round of the loop: sockets and timers get their turn between


def _wake(waiters: list[asyncio.Future[None]]) -> None:
    for waiter in waiters[:AT_ONCE]:
        if not waiter.done():
            waiter.set_result(None)
    if len(waiters) > AT_ONCE:
        asyncio.get_running_loop().call_soon(_wake, waiters[AT_ONCE:])


def resolve(settled: Iterable[tuple[Saved[Any], Any, Exception | None]]) -> None:
    """Tell everybody who waits for these what came of them; those in a loop all in one call into it."""
    in_loops: dict[asyncio.AbstractEventLoop, list[asyncio.Future[None]]] = {}
    for saved, value, error in settled:
        for waiter in saved.settle(value, error):
            if isinstance(waiter, threading.Event):
                waiter.set()
            else:
                in_loops.setdefault(waiter[0], []).append(waiter[1])
    for loop, waiters in in_loops.items():
        with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(_wake, waiters)
