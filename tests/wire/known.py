"""What the server knows and keeps, and what tests ask it."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import aiohttp

if TYPE_CHECKING:
    from tests.wire.faults import Fault

TOKEN = "123456789:AAE" + "x7Q" * 10 + "zz"
BOT = {"id": 123456789, "is_bot": True, "first_name": "Runner-Up", "username": "runner_up_bot", "can_join_groups": True,
       "can_read_all_group_messages": False, "supports_inline_queries": False}  # fmt: skip


@dataclass(slots=True)
class Sent:
    """One request that was accepted: what the bot did."""

    method: str
    chat: int | None
    params: dict[str, Any]
    message_id: int | None
    at: float
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return str(self.params.get("text", ""))


class Known:
    """Updates until they are confirmed, messages as they stand, who blocked the bot, and every request."""

    _loop: asyncio.AbstractEventLoop
    _session: aiohttp.ClientSession

    def __init__(self, *, round_trip: float = 0.0, token: str = TOKEN) -> None:
        self.token = token
        self.round_trip = round_trip
        self.clock_off = (
            0.0  # seconds that the clock of this server is before (or, negative, behind) that of the machine
        )
        self.sent: list[Sent] = []
        self.requests: list[str] = []
        self.blocked: set[int] = set()
        self.asked_who: list[float] = []  # when a bot asked who it is, which it does first of all
        self.polls = 0
        self.polled: list[tuple[float, str]] = []  # when getUpdates was asked for, and what went wrong with it
        self.queries: dict[str, bool] = {}
        self.files: dict[str, bytes] = {}
        self.commands: list[Any] = []
        self.texts_now: dict[tuple[int, int], dict[str, Any]] = {}
        self.webhook = ""
        self.webhook_secret = ""
        self.webhook_allowed: list[str] = []
        self.webhook_tries = 0
        self.confirmed = 0
        self._next_update = 1000
        self._next_message = 1
        self._pending: list[dict[str, Any]] = []
        self._faults: list[Fault] = []
        self._poll: asyncio.Future[None] | None = None
        self._news: asyncio.Event
        self._hooks: dict[str, asyncio.Queue[dict[str, Any]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._ready = threading.Event()
        self._lock = threading.RLock()
        self._descriptions: dict[str, str] = defaultdict(str)

    def to(self, chat: int, method: str = "sendMessage") -> list[Sent]:
        """What was sent to this chat."""
        return [s for s in list(self.sent) if s.chat == chat and s.method == method]

    def texts(self, chat: int) -> list[str]:
        """The texts that this chat has got, in order."""
        return [s.text for s in self.to(chat)]

    def unconfirmed(self) -> int:
        """Updates that Telegram still keeps."""
        with self._lock:
            return len(self._pending)

    def until(self, true: Callable[[], object], seconds: float = 30.0) -> None:
        """Wait until something is true. Raises AssertionError when it does not come true in time."""
        end = time.monotonic() + seconds
        while not true():
            if time.monotonic() > end:
                raise AssertionError(f"did not come true in {seconds} s; sent so far: {self.sent[-5:]}")
            time.sleep(0.01)

    def _message_id(self) -> int:
        with self._lock:
            self._next_message += 1
            return self._next_message
