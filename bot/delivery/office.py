"""The post office: updates come in, each chat is served in order, answers go out, and nothing is lost on the way.

    delivery = Delivery(log, application, settings())
    …handlers take the text, ask the session, `await delivery.send(person)`…
    code = await delivery.run()                # until SIGTERM; the exit code of the process

docs/delivery.md says what happens when something breaks.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import sqlite3
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.error import BadRequest, EndPointNotFound, Forbidden, InvalidToken, NetworkError, TelegramError
from telegram.ext import Application, ApplicationHandlerStop, CallbackContext

from bot.delivery import housekeeping
from bot.delivery.chats import MOST_WAITING, Chats
from bot.delivery.outbox import Failure, Outbox, say
from bot.delivery.poll import ALLOWED, EX_DEAF, EX_TOKEN, Poller, Stop
from bot.delivery.watchdog import sign_of_life
from bot.delivery.wire import call
from bot.log import AlreadyHeard, CannotSave, Log, Person, Saved
from bot.log.faults import EX_IOERR, GOES_ON, ONE_MOMENT, PAUSED, REPAIR, Damaged, as_cannot_save
from bot.log.mail import Due
from bot.log.store import beside
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
PROBE_SECONDS = 30.0
PROBE_BYTES = 65_536
MOMENT_SECONDS = 2.0
DRAIN_SECONDS = 2.0  # at SIGTERM, for what is being answered
CLOSE_SECONDS = 1.0  # and then for the log
TIMER_SECONDS = 5.0
HEARTBEAT_SECONDS = 10.0
AGAIN_SECONDS = 30.0  # until messages that could not go out are tried again
A_DAY = 24 * 3600.0
MOST_A_DAY = 3000  # updates of one chat that are taken in a day
KNOWN = 20_000  # update numbers of this life that are remembered without asking the log

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
    made with `say`.
    """

    def __init__(
        self,
        log: Log,
        application: Application[Any, Any, Any, Any, Any, Any],
        settings: Settings,
        *,
        on_away: OnAway = _say_away,
        on_timer: OnTimer = _say_nothing,
        probe_seconds: float = PROBE_SECONDS,
    ) -> None:
        self.log = log
        self.application = application
        self.settings = settings
        self.chats: Chats[Update | Job] = Chats(self._work, most=MOST_WAITING)
        self.outbox = Outbox(log, application.bot, pace=settings.pace, pause=self.chats.pause, rounds=self.chats.rounds)
        self._on_away, self._on_timer = on_away, on_timer
        self._probe_seconds = probe_seconds
        self._known: OrderedDict[int, None] = OrderedDict()
        self._highest = log.highest_seen()  # what is above has not come before: most of what comes
        self._errors: dict[int, BaseException] = {}
        self._to_mark: list[int] = []  # handled in this round of the loop
        self._again: set[int] = set()  # updates that an earlier life left unhandled
        self._told_away: set[int] = set()
        self._paused_chats: set[int] = set()
        self._can_save = asyncio.Event()
        self._can_save.set()
        self._stopping = asyncio.Event()
        self._code = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._today: tuple[int, dict[int, int]] = (0, {})
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
        found = (self._parse(json.loads(w.raw)) for w in self.log.held_updates(person.id) if w.raw)
        return [update for update in found if update is not None]

    async def done(self, update_ids: Iterable[int]) -> None:
        """These updates need nothing more."""
        await self.log.handled(list(update_ids))

    def do(self, chat: int, job: Job) -> None:
        """Do something in this chat's order: after what waits there."""
        self.chats.add(chat, job, always=True)

    def _send_in_order(self, person: Person) -> None:
        if person.telegram_id is not None:
            self.do(person.telegram_id, lambda: self.send(person))

    # -- coming in -------------------------------------------------------------------------------------

    def receive(self, raw: Any) -> Saved[None] | None:
        """Take one update as Telegram sent it. What it gives is done when Telegram may forget the update."""
        try:
            return self._receive(raw)
        except sqlite3.Error as error:
            fault = as_cannot_save(error)
            if fault is None:
                raise
            if fault.lasting:
                self._lost(fault)
            unread: Saved[None] = Saved()
            unread.settle(None, fault)
            return unread

    def _receive(self, raw: Any) -> Saved[None] | None:
        number = raw.get("update_id") if isinstance(raw, dict) else None
        if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < 2**62:
            return None
        update = self._parse(raw)
        if update is None:
            logger.warning("update %d cannot be read; it is left out", number)
            return self.log.skipped(number)
        user = update.effective_user
        # Looked up before it is written: the writer may be done before this line is, and then the log knows it from us.
        known = number in self._known or (number <= self._highest and self.log.seen(number))
        self._highest = max(self._highest, number)
        saved = self.log.received(number, None if user is None else user.id, json.dumps(raw))
        if known:
            return saved
        self._remember(number)
        self._queue(update)
        return saved

    def _queue(self, update: Update) -> None:
        chat = _chat(update)
        if not self._within_limits(chat) or not self.chats.add(chat, update):
            self._in_background(self._ignoring(self.log.handled([update.update_id], "refused")))
            if self.chats.tell_once(chat):
                self._in_background(self._tell(chat, TOO_QUICK, about=update))

    def _within_limits(self, chat: int) -> bool:
        today = int(self.log.clock().timestamp() // A_DAY)
        if self._today[0] != today:
            self._today = (today, {})
        count = self._today[1].get(chat, 0) + 1
        self._today[1][chat] = count
        return count <= MOST_A_DAY

    def _remember(self, number: int) -> None:
        self._known[number] = None
        if len(self._known) > KNOWN:
            self._known.popitem(last=False)

    def _parse(self, raw: Any) -> Update | None:
        try:
            return Update.de_json(raw, self.application.bot)
        except Exception:
            return None

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
                await self._wait_until_saving(chat, error)

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
            await self._wait_until_saving(chat, error)
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
        self._in_background(self._ignoring(self.log.handled(numbers)))

    async def _with_a_word(self, chat: int, work: Awaitable[None]) -> None:
        """Do it; when it hangs on the log for two seconds, say so."""

        def look() -> None:
            since = self.log.writer.waiting_since
            if since is not None and time.monotonic() - since > MOMENT_SECONDS * 0.9:
                self._in_background(self._tell(chat, ONE_MOMENT))

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
            self._stop(EX_TOKEN, "Telegram does not know this token any more.")
            raise ApplicationHandlerStop

    # -- after an outage ---------------------------------------------------------------------------------

    def _is_stale(self, update: Update) -> bool:
        message = update.message
        return message is not None and self.log.clock() - message.date > STALE_AFTER

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

    # -- nothing can be saved ----------------------------------------------------------------------------

    async def _wait_until_saving(self, chat: int, error: CannotSave) -> None:
        if error.lasting:
            await self._tell(chat, REPAIR if error.reason == "damaged" else PAUSED)
            self._lost(error)
            await asyncio.sleep(3600)  # nothing more in this chat; the end is coming
        self._paused_chats.add(chat)
        await self._tell(chat, PAUSED)
        if self._can_save.is_set():
            self._can_save.clear()
            logger.error("nothing can be saved: %s; calls are paused", error)
            self._in_background(self._probe())
        await self._can_save.wait()

    async def _probe(self) -> None:
        while not self._can_save.is_set():
            await asyncio.sleep(self._probe_seconds)
            try:
                await self.log.note("probe", "x" * PROBE_BYTES)  # room for a few turns, not for one word
                await self.log.note("probe", "")
                await self.outbox.mark_again()
            except CannotSave as error:
                if error.lasting:
                    self._lost(error)
                    return
                continue
            logger.warning("the log can be written again; calls go on")
            chats, self._paused_chats = self._paused_chats, set()
            await asyncio.gather(*(self._tell(chat, GOES_ON) for chat in chats))
            self._can_save.set()

    # -- life --------------------------------------------------------------------------------------------

    async def begin(self) -> None:
        """Take up what an earlier life left: unsent answers first, then unhandled updates, each chat in order."""
        for number in await self.log.unsent_people():
            self._send_in_order(self.log.person(number))
        again, stumbled = await self.log.begin_again()
        for number in stumbled:
            await self._ask_to_carry_on(self.log.person(number))
        for waiting in again:
            update = self._parse(json.loads(waiting.raw))
            self._remember(waiting.update_id)
            if update is None:
                await self.log.handled([waiting.update_id], "skipped")
            else:
                self._again.add(update.update_id)
                self.chats.add(_chat(update), update, always=True)

    async def run(self, started: Callable[[], None] = lambda: None) -> int:
        """Serve until SIGTERM or SIGINT; gives the exit code. `application` is initialized and shut down here."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stopping.set)
        poller: Poller | None = None
        webhook: Webhook | None = None
        try:
            await self._unless_stopped(self.application.initialize())
            if self._stopping.is_set():
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
                self._in_background(self._polling(poller))
            for upkeep in (self._timers(), self._beat(), self._housekeeping()):
                self._in_background(upkeep)
            started()
            await self._stopping.wait()
        except TOKEN_REFUSED:
            self._stop(EX_TOKEN, "Telegram does not know this token; set TELEGRAM_BOT_TOKEN to the one from BotFather.")
        except NetworkError as error:  # at the start: once it polls, the poller waits and asks again
            kind = type(error).__name__
            self._stop(
                EX_DEAF,
                f"Telegram cannot be reached ({kind}). Is this machine online, and TELEGRAM_BASE_URL right? Stopping; try again, or let a supervisor do so.",
            )
        finally:
            await self._end(poller, webhook)
        return self._code

    async def _end(self, poller: Poller | None, webhook: Webhook | None) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
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
        task, stop = asyncio.create_task(work), asyncio.create_task(self._stopping.wait())
        await asyncio.wait({task, stop}, return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        if task.done():
            await task
        else:
            task.cancel()

    def _stop(self, code: int, message: str) -> None:
        if not self._stopping.is_set():
            logger.critical("%s", message)
            self._code = code
            self._stopping.set()

    def _lost(self, error: CannotSave) -> None:
        code = Damaged.code if error.reason == "damaged" else EX_IOERR
        self._stop(code, f"The log is lost to this process: {error}. Stopping; what was not saved stays with Telegram.")

    def _look_at(self, error: Exception) -> None:
        """Whoever meets a damaged log ends the process, also when what they did could have waited: no later write will fare better."""
        fault = as_cannot_save(error) if isinstance(error, sqlite3.Error) else error
        if isinstance(fault, CannotSave) and fault.reason == "damaged":
            self._lost(fault)

    async def _polling(self, poller: Poller) -> None:
        try:
            await poller.run()
        except Stop as stop:
            self._stop(stop.code, str(stop))
        except Exception:  # a mistake of ours: rather at an end than alive and deaf
            logger.exception("polling went wrong")
            self._stop(EX_SOFTWARE, "Nothing is heard from Telegram any more. Stopping; a supervisor starts it again.")

    async def _open_webhook(self) -> Webhook:
        from bot.delivery.webhook import Webhook  # a web server, which polling needs not

        webhook = Webhook(
            self.settings.webhook_url,
            self.settings.webhook_secret,
            self.settings.port,
            self,
            well=self._can_save.is_set,
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

    async def _timers(self) -> None:
        while True:
            try:
                for due in self.log.due():
                    person = self.log.person(due.person)
                    if await self.log.fire(due, self._on_timer(person, due)):
                        self._send_in_order(person)
            except CannotSave as error:
                logger.warning("a timer waits: nothing can be saved")
                self._look_at(error)
            except Exception as error:
                logger.exception("a timer went wrong")
                self._look_at(error)
            await asyncio.sleep(TIMER_SECONDS)

    async def _beat(self) -> None:
        """A file that supervisors can look at: it is touched while Telegram answers and the log can be written."""
        path = beside(self.log.path, ".heartbeat")
        while True:
            sign_of_life()
            polling = not self.settings.webhook_url
            if self._can_save.is_set() and (not polling or time.monotonic() - self.heard_at < 60):
                with suppress(OSError):
                    path.write_text(f"{self.log.now()} {os.getpid()}\n", "ascii")
            await asyncio.sleep(HEARTBEAT_SECONDS)

    async def _housekeeping(self) -> None:
        """Once an hour note that all is well; once a day purge, back up and check."""
        self.log.keep_spare()
        while True:
            try:
                await housekeeping.aside(
                    lambda: housekeeping.keep_house(self.log, self.settings.retention_days), self.log.interrupt
                )
            except Damaged as error:
                self._stop(error.code, str(error))
            except Exception as error:
                logger.exception("housekeeping went wrong; it is tried again in an hour")
                self._look_at(error)
            await asyncio.sleep(housekeeping.HOUSE_SECONDS)

    def _heard(self) -> None:
        self.heard_at = time.monotonic()

    # -- small things --------------------------------------------------------------------------------------

    def _not_sent(self, person: Person, failure: Failure) -> None:
        if failure.fatal is not None:
            self._stop(EX_TOKEN, "Telegram does not know this token any more.")
        elif failure.again:
            asyncio.get_running_loop().call_later(AGAIN_SECONDS, self._send_in_order, person)

    async def _tell(self, chat: int, text: str, *, about: Update | None = None) -> None:
        """A word that is kept nowhere; `about`: it answers the message of this update."""
        params: dict[str, Any] = {"chat_id": chat, "text": text}
        if about is not None and about.message is not None:
            params["reply_parameters"] = {"message_id": about.message.message_id, "allow_sending_without_reply": True}
        try:
            await call(self.application.bot, "sendMessage", params)
        except TelegramError as error:
            logger.warning("a word to a chat did not arrive (%s)", type(error).__name__)

    async def _ignoring(self, saved: Saved[None]) -> None:
        try:
            await saved
        except CannotSave as error:
            logger.warning("an update could not be marked; it may be handled again after a restart")
            self._look_at(error)

    def _in_background(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _chat(update: Update) -> int:
    if update.effective_chat is not None:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user is not None else 0


__all__ = ["AWAY", "TOO_QUICK", "Delivery"]
