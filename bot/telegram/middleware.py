"""How an update gets to its handler: whose visit it is, whether they are admitted, and what is said when the handler fails.

`for_message`, `for_tap`, `for_update` and `for_error` make of our handlers what python-telegram-bot calls. Before a handler runs, its
person is admitted or not (`admission`), and led through consent; where they were going is kept.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from telegram import Update
from telegram.error import NetworkError, RetryAfter
from telegram.ext import CallbackContext

from bot.log import AlreadyHeard, CannotSave
from bot.telegram import buttons
from bot.telegram.double_tap import Taps
from bot.telegram.handlers import admission, care, dial, menu, other_updates
from bot.telegram.house import House
from bot.telegram.messages import Message
from bot.telegram.visit import Handler, Visit

logger = logging.getLogger("runner-up.chat")

Context = CallbackContext[Any, Any, Any, Any]

WENT_WRONG = (
    "Something went wrong on my side. What you said before is kept. Please try that once more; /start shows the menu."
)

WENT_WRONG_BUT_KEPT = "Something went wrong on my side. What you said or chose just now is kept and counts, so don't repeat it; /start shows the menu."


async def silent(update: Update, context: Context) -> None:
    """An update that has no answer: a pinned message, a post in a channel."""


def for_update(house: House, work: Callable[[House, Update], Awaitable[None]]) -> Any:
    """For what comes from no single person: it is given the house and the update."""

    async def handle(update: Update, context: Context) -> None:
        await work(house, update)

    return handle


def for_message(house: House, handler: Handler, *, consent: bool = True, owners: bool = False) -> Any:
    """A message or an edit: its sender's visit, with their words, goes to the handler once they are through the door."""

    async def handle(update: Update, context: Context) -> None:
        visit = await _visit(house, update)
        if visit is None:
            return
        visit.text = (visit.message.text or "") if visit.message is not None else ""
        visit.words = tuple(context.args or ()) if context.args is not None else ()
        work = handler
        if owners and not house.is_owner(visit.known, visit.user.id):
            work = menu.unknown
        await _if_admitted(visit, work, consent=consent)

    return handle


def by_name(commands: Mapping[str, Any]) -> Any:
    """What a command does, found by its name: one handler for all, because each that is asked costs every message something."""

    async def handle(update: Update, context: Context) -> None:
        message = update.message
        if message is None or message.text is None:
            return
        name = message.text[1 : message.entities[0].length].partition("@")[0].lower()
        await commands[name](update, context)

    return handle


def for_tap(house: House, taps: Mapping[str, Handler], before_consent: Mapping[str, Handler]) -> Any:
    """What a tap does: `before_consent` is for anybody, `taps` for those who agreed. Every tap is nodded to, a double one answered once."""
    just_now = Taps(house.clock)

    async def answer(visit: Visit) -> None:
        await _tap(visit, taps, before_consent)

    async def handle(update: Update, context: Context) -> None:
        visit = await _visit(house, update)
        if visit is None:
            return
        try:
            await just_now.once(visit, answer)
        finally:
            await visit.nod()

    return handle


async def _tap(visit: Visit, taps: Mapping[str, Handler], before_consent: Mapping[str, Handler]) -> None:
    query = visit.tapped
    said = buttons.read(query.data if query is not None else None)
    chat = visit.update.effective_chat
    if said is None or (chat is not None and chat.type != "private"):
        await other_updates.stale_tap(visit)
        return
    verb, visit.words = said
    if verb in before_consent:
        await _if_admitted(visit, before_consent[verb], consent=False)
    elif verb in taps:
        await _if_admitted(visit, taps[verb], consent=True)
    else:
        await other_updates.stale_tap(visit)


async def _visit(house: House, update: Update) -> Visit | None:
    user = update.effective_user
    if user is None or user.is_bot:
        return None
    known = await house.person(user.id)
    if known is not None and known.blocked_at is not None:  # they blocked the bot and write again
        await house.log.block(known.id, False)
        known = await house.look_again(user.id)
    return Visit(house, update, user, known)


async def _if_admitted(visit: Visit, handler: Handler, *, consent: bool) -> None:
    stranger = visit.known is None or not visit.known.agreed
    if stranger and await care.at_the_door(visit):
        return
    if consent and stranger:
        if await admission.let_in(visit):
            onward = visit.word() if handler is dial.call_command else None
            await admission.ask_consent(visit, onward)
        return
    await handler(visit)


def for_error(house: House) -> Any:
    """A mistake of ours: the host gets the trace without anybody's words, the user one plain sentence, and whether to do it again."""

    async def apologise(update: object, context: Context) -> None:
        error = context.error
        if error is None or isinstance(error, (CannotSave, AlreadyHeard)) or not isinstance(update, Update):
            return
        if isinstance(error, (NetworkError, RetryAfter)):
            logger.warning("Telegram could not be reached while answering (%s)", type(error).__name__)
        else:
            trace = (type(error), error, error.__traceback__)
            logger.error("update %d was not answered", update.update_id, exc_info=trace)
        asked = update.message or update.edited_message or update.callback_query
        if not asked or update.effective_chat is None or update.effective_chat.type != "private":
            return
        try:
            await _say_what_became_of_it(house, update)
        except Exception:
            logger.warning("the apology did not arrive either")

    return apologise


async def _say_what_became_of_it(house: House, update: Update) -> None:
    visit = await _visit(house, update)
    if visit is None:
        return
    kept = await visit.thread(house.log.settled, update.update_id)
    if kept and visit.known is not None:
        await visit.send()  # what was to be said about it, before anything else
    await visit.say(Message(WENT_WRONG_BUT_KEPT if kept else WENT_WRONG))
