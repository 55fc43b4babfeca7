"""What is said goes out in order, is marked when it has arrived, and is not repeated blindly.

A message is committed with the turn it belongs to, sent, and marked as sent before the next one of that chat goes out; so after
a crash at most one message of a chat is in doubt, and that one is sent again once and marked.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

from telegram import Bot
from telegram.error import (
    BadRequest,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.delivery.chats import Rounds
from bot.delivery.wire import NotDelivered, call
from bot.log import CannotSave, Log, Saved
from bot.log.mail import Unsent

logger = logging.getLogger(__name__)

TYPING_LASTS = 4.5  # seconds that Telegram shows the typing sign
NOT_TAKEN = (
    "Telegram did not take what I wanted to say here, so something is missing. What you said is kept; /start goes on."
)
UNSURE = "My last line may not have reached you."
OWN_UPS = 3  # times that this is said at most: its own way may be as broken, and it is better heard twice than not
ALREADY_SO = ("message is not modified", "message to delete not found")
MARKS, BUTTONS = ("entities", "parse_mode"), ("reply_markup",)

Pause = Callable[[int, float], Awaitable[None]]


def say(
    text: str,
    *,
    pause: float = 0.0,
    buttons: Sequence[Sequence[Mapping[str, Any]]] | None = None,
    parse_mode: str | None = None,
    **params: Any,
) -> dict[str, Any]:
    """A message for the outbox: it is sent after a pause (seconds, with the typing sign) that a hurry cuts short.

    `buttons` are rows of {"text": …, "callback_data": …}; `params` go to sendMessage as they are. Words of users go without
    `parse_mode`.
    """
    wanted: dict[str, Any] = {"text": text, **params}
    if buttons is not None:
        wanted["reply_markup"] = {"inline_keyboard": [[dict(b) for b in row] for row in buttons]}
    if parse_mode is not None:
        wanted["parse_mode"] = parse_mode
    return {"method": "sendMessage", "params": wanted} | ({"pause": pause} if pause else {})


def edit(message_id: int, text: str, **params: Any) -> dict[str, Any]:
    """A change of a message that stands in the chat already; editing twice does no harm."""
    return {"method": "editMessageText", "params": {"message_id": message_id, "text": text, **params}}


def unless_gone_on(message: Mapping[str, Any]) -> dict[str, Any]:
    """This message, but only for somebody who is still waiting when nothing else is left to send, and only once."""
    return {**message, "unless_gone_on": True}


def _ways(payload: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A message as it is; should Telegram refuse it, the same words without their marks, without their buttons, without either."""
    params: Mapping[str, Any] = payload["params"]
    yield params
    if payload["method"] == "sendMessage":
        marks, buttons = (any(name in params for name in kind) for kind in (MARKS, BUTTONS))
        simpler = [
            *([MARKS] if marks else []),
            *([BUTTONS] if buttons else []),
            *([MARKS + BUTTONS] if marks and buttons else []),
        ]
        for less in simpler:
            yield {name: value for name, value in params.items() if name not in less}


def _is_so_already(error: BadRequest) -> bool:
    """Whether Telegram refuses because what was wanted is so: a request that was repeated, mostly."""
    return any(words in str(error).lower() for words in ALREADY_SO)


@dataclass(slots=True)
class Failure:
    """Why a chat's messages wait: `again` says whether to try later, `fatal` that the bot cannot go on."""

    again: bool = False
    fatal: TelegramError | None = None


class Outbox:
    """Sends what is on disk and not sent. One at a time in a chat; chats do not wait for each other."""

    def __init__(
        self,
        log: Log,
        bot: Bot,
        *,
        pace: float,
        pause: Pause,
        rounds: Rounds | None = None,
        unsure: Mapping[str, Any] | None = None,
        later: Callable[[int], None] = lambda person: None,
    ) -> None:
        """`unsure` is what a person is told when a line of a turn may not have arrived; `later` is asked to call `own_up` for them
        when there has been some silence."""
        self._unsure = unless_gone_on(unsure) if unsure is not None else None
        self._later = later
        self._log = log
        self._bot = bot
        self._pace = pace
        self._pause = pause
        self._rounds = rounds or Rounds()
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._own_ups: dict[
            int, int
        ] = {}  # how often it was said that a line may be missing, where that may be missing itself
        self._unmarked: dict[int, tuple[int, str, int | None]] = {}  # sent, but not yet marked so on disk

    async def flush(self, person: int, chat: int, *, pauses: bool = True) -> Failure | None:
        """Send everything that waits for this person, also what is put there meanwhile. None when all is out."""
        async with self._locks.setdefault(person, asyncio.Lock()):
            await self._rounds.step()
            while rows := [r for r in self._waiting(person) if not r.unless_gone_on]:
                for row in rows:
                    failure = await self._send(row, chat, pauses)
                    if failure is not None:
                        return failure
            if self._waiting(person):
                self._later(person)
        return None

    async def own_up(self, person: int, chat: int) -> Failure | None:
        """Tell whoever still waits that a line may not have reached them. It overtakes nothing, and nobody who has gone on is told.

        Whether anything gets through is first tried with a sign, which may be repeated as often as it takes; the words are sent until they are
        known to have arrived, three times at most.
        """
        async with self._locks.setdefault(person, asyncio.Lock()):
            waiting = self._waiting(person)
            if any(not row.unless_gone_on for row in waiting):
                return None  # what sends those comes back to this
            for row in waiting:
                if await self._log.let_go_if_gone_on(person, row.id):
                    continue
                try:
                    await call(self._bot, "sendChatAction", {"chat_id": chat, "action": "typing"})
                except Forbidden:
                    await self._log.nobody_there(person)
                    return Failure()
                except (InvalidToken, EndPointNotFound) as error:
                    return Failure(fatal=error)
                except TelegramError:
                    return Failure(again=True)
                if await self._log.let_go_if_gone_on(person, row.id):  # the sign may have taken long
                    continue
                failure = await self._send(row, chat, pauses=False)
                if failure is not None:
                    return failure
        return None

    def _waiting(self, person: int) -> list[Unsent]:
        return [r for r in self._log.unsent(person) if r.id not in self._unmarked]

    async def mark_again(self) -> None:
        """Mark what was sent while nothing could be saved. Raises CannotSave."""
        for row, (person, state, message_id) in list(self._unmarked.items()):
            await self._mark(person, row, state, message_id)

    async def _send(self, row: Unsent, chat: int, pauses: bool) -> Failure | None:
        payload = row.payload
        if pauses and not row.resent:
            await self._typing(chat, float(payload.get("pause", 0)) * self._pace)
        refused = False
        for params in _ways(payload):
            try:
                result = await call(self._bot, payload["method"], {"chat_id": chat, **params})
            except Forbidden:
                await self._log.nobody_there(row.person)
                return Failure()
            except (InvalidToken, EndPointNotFound) as error:
                return Failure(fatal=error)
            except BadRequest as error:
                if _is_so_already(error):
                    # An edit that changes nothing stands as it should: its message is remembered, so that the next one finds it.
                    result = params if payload["method"].startswith("edit") else None
                    break
                if not refused:
                    logger.error("Telegram refuses a %s of %d bytes: %s", payload["method"], len(str(payload)), error)
                refused = True
                continue
            except (NotDelivered, RetryAfter):
                return Failure(again=True)
            except TelegramError as error:
                if row.unless_gone_on and self._own_ups.get(row.id, 1) < OWN_UPS:
                    self._own_ups[row.id] = self._own_ups.get(row.id, 1) + 1
                    return Failure(again=True)
                logger.warning("a message may not have arrived (%s); it is not repeated", type(error).__name__)
                await self._mark(row.person, row.id, "uncertain", None)
                return None
            break
        else:
            await self._mark(row.person, row.id, "failed", None)
            if payload["method"] == "sendMessage":
                await self._tell_of_the_gap(chat)
            return None
        message_id = result.get("message_id") if isinstance(result, dict) else None
        await self._mark(row.person, row.id, "sent", message_id)
        return None

    async def _tell_of_the_gap(self, chat: int) -> None:
        try:
            await call(self._bot, "sendMessage", {"chat_id": chat, "text": NOT_TAKEN})
        except TelegramError as error:
            logger.warning("nor does it take a word about that (%s)", type(error).__name__)

    async def _mark(self, person: int, row: int, state: str, message_id: int | None) -> None:
        self._unmarked[row] = (person, state, message_id)
        self._own_ups.pop(row, None)
        marked: Saved[None]
        if state == "sent":
            marked = self._log.sent(person, row, message_id)
        elif state == "uncertain":
            marked = self._log.uncertain(person, row, own_up=self._unsure)
        else:
            marked = self._log.failed(person, row)
        try:
            await marked
        except CannotSave:
            return  # it stays among the unmarked, and is not sent again in this life
        self._unmarked.pop(row, None)
        if state == "uncertain":
            self._later(person)

    async def _typing(self, chat: int, seconds: float) -> None:
        if seconds <= 0:
            return
        try:
            await call(self._bot, "sendChatAction", {"chat_id": chat, "action": "typing"})
        except TelegramError:
            return  # only a sign
        await self._pause(chat, min(seconds, TYPING_LASTS))
