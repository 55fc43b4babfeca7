"""Long polling with the acknowledgement held back until what was fetched is on disk.

Telegram forgets an update when it is asked for a later one. So the next question names the first update that is not yet saved,
and while nothing can be saved Telegram keeps everything. Each update is read alone: one that nobody can read holds up no other.
The loop is never alive and deaf: it gets answers, or it ends with an exit code.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable
from typing import Any, Protocol

from bot.delivery import answer
from bot.delivery.wire import MaybeSent, NotDelivered, PatientRequest, retry_after
from bot.log import CannotSave, Saved

logger = logging.getLogger(__name__)

EX_TOKEN = 78
TOKEN_UNKNOWN = "Telegram does not know this token; set TELEGRAM_BOT_TOKEN to the one from BotFather."  # noqa: S105 - a sentence
EX_OTHER_COPY = 69
EX_DEAF = 75

POLL_SECONDS = 10  # how long Telegram waits with its answer when there is nothing
HANGS_AFTER = POLL_SECONDS + 5.0
DEAF_AFTER = 40.0  # seconds without an answer from a server that can be reached; seen at the next hang, so within 60
OTHER_COPY_AFTER = 30.0  # seconds of conflict: a host's overlapping restart is over by then
NOT_SAVED_PAUSE = 2.0
NO_ANSWER_PAUSE = 1.0  # after what is no answer of Telegram's
MOST_IN_MEMORY = 1000  # updates of all chats that wait; beyond, Telegram keeps them

ALLOWED = ("message", "edited_message", "channel_post", "callback_query", "my_chat_member")


class Stop(Exception):
    """The process cannot go on; `code` is its exit code, the message one line for the host."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class Receiver(Protocol):
    """Who takes updates: gives what to wait for before Telegram may forget one."""

    def receive(self, raw: Any) -> Saved[None] | None: ...


class Poller:
    """Fetches updates until it is cancelled, or raises Stop."""

    def __init__(
        self,
        base_url: str,
        receiver: Receiver,
        *,
        waiting: Callable[[], int] = lambda: 0,
        heard: Callable[[], None] = lambda: None,
        deaf_after: float = DEAF_AFTER,
        hangs_after: float = HANGS_AFTER,
        other_copy_after: float = OTHER_COPY_AFTER,
    ) -> None:
        self._url = f"{base_url}/getUpdates"
        self._receiver = receiver
        self._waiting = waiting
        self._heard = heard
        self._request = PatientRequest()
        self._deaf_after, self._hangs_after, self._other_copy_after = deaf_after, hangs_after, other_copy_after
        self._offset = 0
        self._unsaved: dict[int, Any] = {}  # what could not be saved, by update_id
        self._saving: dict[int, tuple[Any, Saved[None]]] = {}
        self._answered_at = time.monotonic()
        self._conflicts: tuple[float, float] | None = None  # the first and the last of this run of them

    async def run(self) -> None:
        """Ask, hand over, ask again."""
        await self._request.initialize()
        pause = 0.5
        try:
            while True:
                await self._settle()
                while self._waiting() > MOST_IN_MEMORY:  # noqa: ASYNC110 - many queues, no one event
                    await asyncio.sleep(0.05)
                try:
                    updates = await self._ask()
                except NotDelivered as error:
                    # Telegram cannot be reached at all: that is no deafness of ours, and a restart would not help.
                    logger.warning("Telegram cannot be reached: %s", error)
                    self._answered_at = time.monotonic()
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, 15.0)
                    continue
                pause = 0.5
                for at, raw in enumerate(updates, 1):
                    self._hand_over(raw)
                    if at % 2 == 0:
                        await asyncio.sleep(0)  # a flood is let in between what other chats are doing
        finally:
            await self._request.shutdown()

    async def confirm(self, seconds: float = 1.0) -> None:
        """At the end: tell Telegram what is on disk, so that it is not sent again."""
        await self._settle()
        try:
            await self._request.initialize()
            async with asyncio.timeout(seconds):
                await self._request.once(self._with(timeout=0, limit=1), "GET", None, seconds)
        except (TimeoutError, NotDelivered, MaybeSent):
            return  # it will be sent again, and known again
        finally:
            await self._request.shutdown()

    def _hand_over(self, raw: Any) -> None:
        number = raw.get("update_id") if isinstance(raw, dict) else None
        if not isinstance(number, int) or number in self._unsaved:
            return
        saved = self._receiver.receive(raw)
        if saved is not None:
            self._saving[number] = (raw, saved)
        self._offset = max(self._offset, number + 1)

    async def _settle(self) -> None:
        """Wait until what was fetched is on disk; what cannot be saved stays with Telegram."""
        for number, (raw, saved) in list(self._saving.items()):
            try:
                await saved
            except CannotSave:
                self._unsaved[number] = raw
            del self._saving[number]
        if not self._unsaved:
            return
        await asyncio.sleep(NOT_SAVED_PAUSE)
        for number, raw in sorted(self._unsaved.items()):
            again = self._receiver.receive(raw)
            try:
                if again is not None:
                    await again
            except CannotSave:
                return
            del self._unsaved[number]

    def _with(self, *, timeout: int, limit: int = 100) -> str:
        offset = min(self._unsaved, default=self._offset)
        allowed = json.dumps(ALLOWED, separators=(",", ":"))
        return f"{self._url}?offset={offset}&timeout={timeout}&limit={limit}&allowed_updates={allowed}"

    async def _ask(self) -> list[Any]:
        timeout = 0 if self._unsaved else POLL_SECONDS
        try:
            code, payload = await self._request.once(self._with(timeout=timeout), "GET", None, self._hangs_after)
        except MaybeSent:
            if time.monotonic() - self._answered_at > self._deaf_after:
                raise Stop(
                    EX_DEAF, "Telegram has not answered for most of a minute; stopping, so that a restart can mend it."
                ) from None
            await asyncio.sleep(0.2)
            return []
        if code == 200 and isinstance(updates := answer.read(payload).get("result"), list):
            self._answered_at = time.monotonic()
            self._heard()
            return updates
        await self._wrong(code, payload)
        return []

    async def _wrong(self, code: int, payload: bytes) -> None:
        now = time.monotonic()
        if code in (401, 404) and answer.is_refusal(payload):
            raise Stop(EX_TOKEN, TOKEN_UNKNOWN)
        if code == 409:
            # Answers in between prove nothing: two copies take turns in being heard.
            if self._conflicts is None or now - self._conflicts[1] > self._other_copy_after:
                self._conflicts = (now, now)
                logger.warning("another copy of this bot is asking Telegram too; waiting for it to end")
            self._conflicts = (self._conflicts[0], now)
            if now - self._conflicts[0] > self._other_copy_after:
                raise Stop(EX_OTHER_COPY, "Another copy is running with this token; stop it, or use another token.")
            self._answered_at = now
            await asyncio.sleep(min(3.0, self._other_copy_after / 4))
            return
        if now - self._answered_at > self._deaf_after and code < 500:
            what = f"answers {code}" if code != 200 else "gives no answer that can be read"
            raise Stop(EX_DEAF, f"Telegram {what} to getUpdates; stopping, so that a restart can mend it.")
        if code == 200:
            logger.warning("an answer to getUpdates of %d bytes cannot be read", len(payload))
        else:
            logger.warning("Telegram answers %d to getUpdates", code)
        await asyncio.sleep(retry_after(payload) if code == 429 else NO_ANSWER_PAUSE)
