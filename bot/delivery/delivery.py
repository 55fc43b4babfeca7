"""Delivery: updates come in, each chat is served in order, answers go out, and nothing is lost on the way.

    delivery = Delivery(log, application, settings())
    …handlers take the text, ask the session, `await delivery.send(person)`…
    code = await delivery.run()                # until SIGTERM; the exit code of the process

Its parts: `inbox` takes what comes in, `chats` keep the order, `outbox` sends, `saving` waits while nothing can be written, `periodic`
is what goes round beside the chats, `process` is how all of it ends. docs/delivery.md says what happens when something breaks.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.error import BadRequest, EndPointNotFound, Forbidden, InvalidToken, NetworkError
from telegram.ext import Application, ApplicationHandlerStop, CallbackContext

from bot.delivery.chats import MOST_WAITING, Chats
from bot.delivery.inbox import Inbox
from bot.delivery.notices import tell
from bot.delivery.outbox import UNSURE, Failure, Outbox, say
from bot.delivery.periodic import heartbeat, keep_house, timers
from bot.delivery.poll import ALLOWED, EX_DEAF, EX_TOKEN, TOKEN_UNKNOWN, Poller, Stop
from bot.delivery.process import Process
from bot.delivery.saving import PROBE_SECONDS, Saving
from bot.delivery.wire import PatientRequest
from bot.log import AlreadyHeard, CannotSave, Log, NotYours, Person, Saved
from bot.log.faults import ONE_MOMENT
from bot.log.timers import Due
from bot.settings import BadSetting, Settings

if TYPE_CHECKING:
    from bot.delivery.webhook import Webhook

logger = logging.getLogger("runner-up.delivery")

TOO_QUICK = (
    "That was quicker than I can answer, so I've left out this message and what came after it. Wait for my answer, then "
    "send it again."
)  # an answer to the first that was left out
AWAY = "I was away. Carry on?"

EX_SOFTWARE = 70

STALE_AFTER = timedelta(minutes=10)
MOMENT_SECONDS = 2.0
DRAIN_SECONDS = 2.0  # at SIGTERM, for what is being answered
CLOSE_SECONDS = 1.0  # and then for the log
AGAIN_SECONDS = 30.0  # until messages that could not go out are tried again
SILENCE_SECONDS = 5.0  # after a line that may not have arrived, before that is said

TOKEN_REFUSED = (InvalidToken, EndPointNotFound)

Job = Callable[[], Awaitable[None]]
OnAway = Callable[[Person], Iterable[Mapping[str, Any]]]
OnTimer = Callable[[Person, Due], Iterable[Mapping[str, Any]]]


def _say_away(person: Person) -> Iterable[Mapping[str, Any]]:
    return [say(AWAY)]


def _say_nothing(person: Person, due: Due) -> Iterable[Mapping[str, Any]]:
    return []


class Delivery:
    """Between Telegram and the handlers of `application` (made with `.updater(None)`).

    `on_away` says what a person is told who wrote while nobody was here; `on_timer` what a timer says. Both give messages
    made with `say`; `unsure` is one, for who waits for a line that may not have arrived.
    """

    def __init__(
        self,
        log: Log,
        application: Application[Any, Any, Any, Any, Any, Any],
        settings: Settings,
        *,
        on_away: OnAway = _say_away,
        on_timer: OnTimer = _say_nothing,
        unsure: Mapping[str, Any] | None = None,
        probe_seconds: float = PROBE_SECONDS,
    ) -> None:
        self.log = log
        self.application = application
        self.settings = settings
        self.chats: Chats[Update | Job] = Chats(self._work, most=MOST_WAITING)
        self.process = Process()
        self.inbox = Inbox(log, application.bot, self.process, lambda update: self._queue(update))
        self.outbox = Outbox(
            log,
            application.bot,
            pace=settings.pace,
            pause=self.chats.pause,
            rounds=self.chats.rounds,
            unsure=say(UNSURE) if unsure is None else unsure,
            later=self._own_up_later,
        )
        self._to_own_up: set[int] = set()  # people in whose chats it is about to be said that a line may be missing
        self.saving = Saving(log, application.bot, self.outbox, self.process, probe_seconds)
        self._on_away, self.on_timer = on_away, on_timer
        self._errors: dict[int, BaseException] = {}
        self._to_mark: list[int] = []  # handled in this round of the loop
        self._again: set[int] = set()  # updates that an earlier life left unhandled
        self._told_away: set[int] = set()
        self.heard_at = time.monotonic()
        application.add_error_handler(self._note_error)

    # -- for handlers ----------------------------------------------------------------------------------

    async def send(self, person: Person) -> None:
        """Send what waits in the outbox for this person. Call it after the turn has been kept."""
        if person.telegram_id is None:
            return
        failure = await self.outbox.flush(person.id, person.telegram_id)
        if failure is not None:
            self._not_sent(person, failure)

    def held(self, person: Person) -> list[Update]:
        """What this person wrote while nobody was here, oldest first. Mark them with `done` when they have been dealt with,
        or pass their numbers as `update_ids` to the turn in which they are said."""
        found = (self.inbox.parse(json.loads(w.raw)) for w in self.log.held_updates(person.id) if w.raw)
        return [update for update in found if update is not None]

    async def done(self, update_ids: Iterable[int]) -> None:
        """These updates need nothing more."""
        await self.log.handled(list(update_ids))

    def do(self, chat: int, job: Job) -> None:
        """Do something in this chat's order: after what waits there."""
        self.chats.add(chat, job, always=True)

    def send_in_order(self, person: Person) -> None:
        """Send what waits for this person, after what waits in their chat."""
        if person.telegram_id is not None:
            self.do(person.telegram_id, lambda: self.send(person))

    # -- coming in -------------------------------------------------------------------------------------

    def receive(self, raw: Any) -> Saved[None] | None:
        """Take one update as Telegram sent it. What it gives is done when Telegram may forget the update."""
        return self.inbox.receive(raw)

    def _queue(self, update: Update) -> None:
        chat = _chat(update)
        if not self.inbox.within_limits(chat) or not self.chats.add(chat, update):
            self.process.in_background(self._ignoring(self.log.handled([update.update_id], "refused")))
            if chat > 0 and self.chats.tell_once(chat):  # a group, whose number is below 0, has heard its one line
                self.process.in_background(tell(self.application.bot, chat, TOO_QUICK, about=update))

    def _who(self, update: Update) -> Person | None:
        user = update.effective_user
        return None if user is None else self.log.by_telegram(user.id)

    # -- a chat's work -----------------------------------------------------------------------------------

    async def _work(self, chat: int, thing: Update | Job) -> None:
        try:
            if isinstance(thing, Update):
                await self._answer(chat, thing)
            else:
                await self._do(chat, thing)
        except asyncio.CancelledError:
            raise
        except Exception:
            logger.exception("something went wrong in a chat")

    async def _do(self, chat: int, job: Job) -> None:
        while True:
            try:
                return await job()
            except CannotSave as error:
                await self.saving.wait(chat, error)

    async def _answer(self, chat: int, update: Update) -> None:
        if self._is_stale(update) and await self._hold(chat, update):
            return
        if update.update_id in self._again:
            self._again.discard(update.update_id)
            await self._ignoring(self.log.trying(update.update_id))  # on disk before it can do harm
        while True:
            self._errors.pop(update.update_id, None)
            await self._with_a_word(chat, self.application.process_update(update))
            error = self._errors.pop(update.update_id, None)
            if not isinstance(error, CannotSave):
                break
            await self.saving.wait(chat, error)
        if isinstance(error, TOKEN_REFUSED):
            return  # the process ends; the next one, with a good token, answers it
        if isinstance(error, AlreadyHeard) and (person := self._who(update)) is not None:
            await self.send(person)  # the turn was kept although its commit seemed to fail
        self._handled(update.update_id)

    def _handled(self, number: int) -> None:
        """This update needs nothing more. Those of one round of the loop are marked together."""
        if not self._to_mark:
            asyncio.get_running_loop().call_soon(self._mark_handled)
        self._to_mark.append(number)

    def _mark_handled(self) -> None:
        numbers, self._to_mark = self._to_mark, []
        self.process.in_background(self._ignoring(self.log.handled(numbers)))

    async def _with_a_word(self, chat: int, work: Awaitable[None]) -> None:
        """Do it; when it hangs on the log for two seconds, say so."""

        def look() -> None:
            since = self.log.writer.waiting_since
            if since is not None and time.monotonic() - since > MOMENT_SECONDS * 0.9:
                self.process.in_background(tell(self.application.bot, chat, ONE_MOMENT))

        looking = asyncio.get_running_loop().call_later(MOMENT_SECONDS, look)
        try:
            await work
        finally:
            looking.cancel()

    async def _note_error(self, update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
        error = context.error
        if not isinstance(update, Update) or error is None:
            return
        self._errors[update.update_id] = error
        if isinstance(error, (CannotSave, AlreadyHeard)):
            raise ApplicationHandlerStop
        if isinstance(error, Forbidden):
            if (person := self._who(update)) is not None:
                await self.log.nobody_there(person.id)
            raise ApplicationHandlerStop
        if isinstance(error, TOKEN_REFUSED):
            self.process.stop(EX_TOKEN, or_address("Telegram does not know this token any more.", self.settings))
            raise ApplicationHandlerStop

    # -- after an outage ---------------------------------------------------------------------------------

    def _is_stale(self, update: Update) -> bool:
        """Whether a message was sent long ago. Its date is Telegram's: a clock of ours that goes wrong must not make all messages old."""
        message, request = update.message, self.application.bot.request
        ahead = request.clock_ahead if isinstance(request, PatientRequest) else timedelta()
        return message is not None and self.log.clock() - ahead - message.date > STALE_AFTER

    async def _hold(self, chat: int, update: Update) -> bool:
        """Keep a message that came long ago, and ask once whether to carry on. False for who has not agreed to anything."""
        person = self._who(update)
        if person is None or not person.agreed:
            return False
        await self.log.held_back(update.update_id)
        await self._ask_to_carry_on(person)
        return True

    async def _ask_to_carry_on(self, person: Person) -> None:
        if person.id not in self._told_away:
            self._told_away.add(person.id)
            await self.log.post(person.id, self._on_away(person))
            await self.send(person)

    def carried_on(self, person: Person) -> None:
        """The question whether to carry on has been answered; after another outage it is put again."""
        self._told_away.discard(person.id)

    # -- life --------------------------------------------------------------------------------------------

    async def begin(self) -> None:
        """Take up what an earlier life left: unsent answers first, then unhandled updates, each chat in order."""
        for number in await self.log.unsent_people():
            self.send_in_order(self.log.person(number))
        again, stumbled = await self.log.begin_again()
        for number in stumbled:
            await self._ask_to_carry_on(self.log.person(number))
        for waiting in again:
            update = self.inbox.parse(json.loads(waiting.raw))
            self.inbox.remember(waiting.update_id)
            if update is None:
                await self.log.handled([waiting.update_id], "skipped")
            else:
                self._again.add(update.update_id)
                self.chats.add(_chat(update), update, always=True)

    async def run(self, started: Callable[[], None] = lambda: None) -> int:
        """Serve until SIGTERM or SIGINT; gives the exit code. `application` is initialized and shut down here."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.process.stopping.set)
        poller: Poller | None = None
        webhook: Webhook | None = None
        try:
            await self._unless_stopped(self.application.initialize())
            if self.process.stopping.is_set():
                return 0
            await self.application.start()
            await self.begin()
            if self.settings.webhook_url:
                webhook = await self._open_webhook()
            else:
                await self.application.bot.delete_webhook()
                poller = Poller(
                    self.application.bot.base_url, self, waiting=lambda: self.chats.waiting, heard=self._heard
                )
                self.process.in_background(self._polling(poller))
            for work in (timers, heartbeat, keep_house):
                self.process.in_background(work(self))
            started()
            await self.process.stopping.wait()
        except TOKEN_REFUSED:
            self.process.stop(EX_TOKEN, or_address(TOKEN_UNKNOWN, self.settings))
        except NetworkError as error:  # at the start: once it polls, the poller waits and asks again
            kind = type(error).__name__
            self.process.stop(
                EX_DEAF,
                f"Telegram cannot be reached ({kind}). Is this machine online, and TELEGRAM_BASE_URL right? Stopping; try again, or let a supervisor do so.",
            )
        finally:
            await self._end(poller, webhook)
        return self.process.code

    async def _end(self, poller: Poller | None, webhook: Webhook | None) -> None:
        await self.process.cancel_background()
        if webhook is not None:
            await webhook.stop()
        await self.chats.close(DRAIN_SECONDS)
        with suppress(TimeoutError, CannotSave):
            async with asyncio.timeout(CLOSE_SECONDS):
                await self.log.note("stopped", self.log.now())
                if poller is not None:
                    await poller.confirm(CLOSE_SECONDS)
        with suppress(Exception):
            if self.application.running:
                await self.application.stop()
            await self.application.shutdown()
        for request in self.application.bot._request:  # also when starting was broken off half-way
            with suppress(Exception):
                await request.shutdown()

    async def _unless_stopped(self, work: Coroutine[Any, Any, None]) -> None:
        """Telegram may be slow to answer at the start; SIGTERM does not wait for it."""
        task, stop = asyncio.create_task(work), asyncio.create_task(self.process.stopping.wait())
        await asyncio.wait({task, stop}, return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        if task.done():
            await task
        else:
            task.cancel()

    async def _polling(self, poller: Poller) -> None:
        try:
            await poller.run()
        except Stop as stop:
            self.process.stop(stop.code, or_address(str(stop), self.settings) if stop.code == EX_TOKEN else str(stop))
        except Exception:  # a mistake of ours: rather at an end than alive and deaf
            logger.exception("polling went wrong")
            self.process.stop(
                EX_SOFTWARE, "Nothing is heard from Telegram any more. Stopping; a supervisor starts it again."
            )

    async def _open_webhook(self) -> Webhook:
        from bot.delivery.webhook import Webhook  # a web server, which polling needs not

        webhook = Webhook(
            self.settings.webhook_url,
            self.settings.webhook_secret,
            self.settings.port,
            self,
            well=self.saving.can_save.is_set,
        )
        try:
            await webhook.start()
        except OSError as error:
            await webhook.stop()
            why = os.strerror(error.errno) if error.errno else type(error).__name__
            raise BadSetting(f"PORT is {self.settings.port}, and nothing can listen there ({why})") from None
        try:
            await self.application.bot.set_webhook(
                self.settings.webhook_url,
                secret_token=self.settings.webhook_secret,
                allowed_updates=ALLOWED,
            )
        except BadRequest as error:  # a NetworkError by its class; here it is a word about the address
            await webhook.stop()
            raise BadSetting(f"Telegram refuses WEBHOOK_URL ({' '.join(str(error).split())[:120]})") from None
        return webhook

    def _heard(self) -> None:
        self.heard_at = time.monotonic()

    # -- lines that may not have arrived --------------------------------------------------------------------

    def _own_up_later(self, number: int) -> None:
        if number not in self._to_own_up:
            self._to_own_up.add(number)
            asyncio.get_running_loop().call_later(SILENCE_SECONDS, self._own_up_in_order, number)

    def _own_up_in_order(self, number: int) -> None:
        self._to_own_up.discard(number)
        try:
            person = self.log.person(number)
        except NotYours:
            return  # erased meanwhile, and what waited for them too
        if (chat := person.telegram_id) is not None:
            self.do(chat, lambda: self._own_up(person, chat))

    async def _own_up(self, person: Person, chat: int) -> None:
        failure = await self.outbox.own_up(person.id, chat)
        if failure is not None:
            self._not_sent(person, failure)

    # -- small things --------------------------------------------------------------------------------------

    def _not_sent(self, person: Person, failure: Failure) -> None:
        if failure.fatal is not None:
            self.process.stop(EX_TOKEN, or_address("Telegram does not know this token any more.", self.settings))
        elif failure.again:
            asyncio.get_running_loop().call_later(AGAIN_SECONDS, self.send_in_order, person)

    async def _ignoring(self, saved: Saved[None]) -> None:
        try:
            await saved
        except CannotSave as error:
            logger.warning("an update could not be marked; it may be handled again after a restart")
            self.process.look_at(error)


def or_address(message: str, settings: Settings) -> str:
    """This message about the token; a wrong path at another server is answered as a wrong token is."""
    if settings.base_url == Settings().base_url:
        return message
    return f"{message} Or TELEGRAM_BASE_URL, which is set here, leads to the wrong place."


def _chat(update: Update) -> int:
    if update.effective_chat is not None:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user is not None else 0


__all__ = ["AWAY", "TOO_QUICK", "Delivery"]
