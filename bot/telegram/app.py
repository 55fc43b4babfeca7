"""Which update goes where: the application of python-telegram-bot with every handler, and the door before each.

    application, house = build(settings, log)
    await house.post.delivery.run()

A handler takes a `Visit`. Before it runs, whoever knocks is let in or not, and led through consent; where they were going is kept.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from telegram import Update
from telegram.error import NetworkError, RetryAfter
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    TypeHandler,
    filters,
)
from telegram.request import BaseRequest

from bot.delivery import Delivery, PatientRequest
from bot.log import AlreadyHeard, CannotSave, Log, Person
from bot.log.mail import Due
from bot.settings import Settings
from bot.telegram import (
    answers,
    beside,
    buttons,
    clock,
    debrief,
    dial,
    door,
    drill,
    menu,
    mine,
    model,
    oncall,
    outside,
    own,
    owner,
    past,
    pause,
    reading,
    real,
    rest,
    takeback,
    why,
)
from bot.telegram.house import House
from bot.telegram.post import Post
from bot.telegram.say import Message
from bot.telegram.visit import Visit
from dialogs.practice import Ear

logger = logging.getLogger("runner-up.chat")

Handler = Callable[[Visit], Awaitable[None]]
Context = CallbackContext[Any, Any, Any, Any]
App = Application[Any, Any, Any, Any, Any, Any]

WENT_WRONG = (
    "Something went wrong on my side. What you said before is kept. Please try that once more; /start shows the menu."
)

COMMANDS: Mapping[str, Handler] = {
    "call": dial.call_command,
    "managers": menu.managers,
    "own": own.begin,
    "hint": oncall.hint,
    "undo": takeback.undo,
    "hangup": oncall.hang_up,
    "why": why.why,
    "calls": past.calls,
    "search": past.search,
    "progress": past.progress,
    "decode": drill.begin,
    "model": model.read,
    "plan": real.plan,
    "settings": mine.settings,
    "export": mine.export,
    "delete": mine.delete,
    "cancel": outside.cancel,
    "help": menu.help_,
    # what people also try
    "menu": menu.menu,
    "new": dial.call_command,
    "stop": oncall.hang_up,
    "hang": oncall.hang_up,
    "bye": oncall.hang_up,
    "history": past.calls,
    "back": takeback.undo,
    "continue": pause.go_on,
    "resume": pause.go_on,
}
"""What each command of those who agreed does. `menu.COMMANDS` lists them for the menu and /help."""

WITHOUT_CONSENT: Mapping[str, Handler] = {"start": door.start, "privacy": mine.privacy}
OWNERS: Mapping[str, Handler] = {"invite": owner.invite, "status": owner.status}

TAPS: Mapping[str, Handler] = {
    "call": dial.call_tap,
    "surprise": dial.surprise,
    "mine": dial.own_tap,
    "managers": mine.nodded(menu.managers),
    "own": mine.nodded(own.begin),
    "o": own.tapped,
    "calls": mine.nodded(past.calls),
    "show": past.show,
    "keep": past.keep,
    "beside": beside.beside,
    "help": mine.nodded(menu.help_),
    "menu": mine.nodded(menu.menu),
    "where": oncall.where,
    "hangup": oncall.hang_up,
    "words": oncall.words,
    "go_on": pause.go_on,
    "leave": pause.leave,
    "guess": debrief.guess,
    "debrief": debrief.open_,
    "meant": why.meant,
    "level": reading.level,
    "again": takeback.again,
    "anew": dial.anew,
    "picture": past.picture,
    "set": mine.set_,
    "clock": clock.tapped,
    "export": mine.nodded(mine.export),
    "delete": mine.nodded(mine.delete),
    "erase": mine.erase,
    "real": real.tapped,
    "todo": real.done,
    "me": answers.which,
    "away": rest.away,
    "decode": mine.nodded(drill.begin),
    "dec": drill.guessed,
}
TAPS_WITHOUT_CONSENT: Mapping[str, Handler] = {"agree": door.agreed, "privacy": mine.nodded(mine.privacy)}


def build(
    settings: Settings,
    log: Log,
    *,
    ear: Ear | None = None,
    request: BaseRequest | None = None,
    name: str = "",
) -> tuple[App, House]:
    """The application and the house it serves."""
    application = (
        ApplicationBuilder()
        .token(settings.token)
        .base_url(settings.base_url)
        .base_file_url(settings.base_file_url)
        .request(request or PatientRequest())
        .get_updates_request(PatientRequest())  # never used, but the default one costs a start-up
        .updater(None)
        .build()
    )
    house = House(log, Post(application.bot), settings, ear=ear, name=name)
    house.post.delivery = Delivery(
        log, application, settings, on_away=lambda p: _away(house, p), on_timer=lambda p, due: _timer(house, p, due)
    )
    application.add_error_handler(_apologise)
    for handler in handlers(house):
        application.add_handler(handler)
    return application, house


def _away(house: House, person: Person) -> Iterable[Mapping[str, Any]]:
    house.away.add(person.id)
    return [house.post.payload(rest.away_message())]


def _timer(house: House, person: Person, due: Due) -> Iterable[Mapping[str, Any]]:
    return [house.post.payload(m) for m in real.reminder(house, person, due)]


def handlers(house: House) -> list[Any]:
    """Every handler, in the order in which they are asked."""
    private = filters.ChatType.PRIVATE
    written = filters.UpdateType.MESSAGE & private
    edited = filters.UpdateType.EDITED_MESSAGE & private

    def knock(handler: Handler, **how: bool) -> Any:
        return _knocking(house, handler, **how)

    return [
        ChatMemberHandler(_housed(house, rest.membership), ChatMemberHandler.MY_CHAT_MEMBER),
        CallbackQueryHandler(_tapping(house)),
        MessageHandler(filters.UpdateType.CHANNEL_POSTS, _silent),
        MessageHandler(~private & filters.UpdateType.MESSAGE, _housed(house, rest.in_a_group)),
        MessageHandler(~private, _silent),
        *(CommandHandler(c, knock(h, consent=False), written) for c, h in WITHOUT_CONSENT.items()),
        *(CommandHandler(c, knock(h), written) for c, h in COMMANDS.items()),
        *(CommandHandler(c, knock(h, owners=True), written) for c, h in OWNERS.items()),
        MessageHandler(filters.COMMAND & written, knock(menu.unknown)),
        MessageHandler(filters.FORWARDED & written, knock(rest.forwarded)),
        MessageHandler(filters.Text([buttons.HINT_KEY]) & written, knock(oncall.hint)),
        MessageHandler(filters.Text([buttons.HANG_UP_KEY]) & written, knock(oncall.hang_up)),
        MessageHandler(filters.TEXT & written, knock(oncall.text)),
        MessageHandler(filters.Document.ALL & written, knock(answers.document)),
        MessageHandler(filters.StatusUpdate.ALL & written, _silent),
        MessageHandler(written, knock(rest.not_text)),
        MessageHandler(edited & ~filters.COMMAND, knock(takeback.edited)),
        TypeHandler(Update, _silent),
    ]


async def _silent(update: Update, context: Context) -> None:
    """An update that has no answer: a pinned message, a post in a channel."""


def _housed(house: House, work: Callable[[House, Update], Awaitable[None]]) -> Any:
    async def handle(update: Update, context: Context) -> None:
        await work(house, update)

    return handle


def _knocking(house: House, handler: Handler, *, consent: bool = True, owners: bool = False) -> Any:
    async def handle(update: Update, context: Context) -> None:
        visit = await _visit(house, update)
        if visit is None:
            return
        visit.text = (visit.message.text or "") if visit.message is not None else ""
        visit.words = tuple(context.args or ()) if context.args is not None else ()
        work = handler
        if owners and not house.is_owner(visit.known, visit.user.id):
            work = menu.unknown
        await _through_the_door(visit, work, consent=consent)

    return handle


def _tapping(house: House) -> Any:
    async def handle(update: Update, context: Context) -> None:
        visit = await _visit(house, update)
        if visit is None:
            return
        try:
            await _tap(visit)
        finally:
            await visit.nod()

    return handle


async def _tap(visit: Visit) -> None:
    query = visit.tapped
    said = buttons.read(query.data if query is not None else None)
    chat = visit.update.effective_chat
    if said is None or (chat is not None and chat.type != "private"):
        await rest.stale_tap(visit)
        return
    verb, visit.words = said
    if verb in TAPS_WITHOUT_CONSENT:
        await _through_the_door(visit, TAPS_WITHOUT_CONSENT[verb], consent=False)
    elif verb in TAPS:
        await _through_the_door(visit, TAPS[verb], consent=True)
    else:
        await rest.stale_tap(visit)


async def _visit(house: House, update: Update) -> Visit | None:
    user = update.effective_user
    if user is None or user.is_bot:
        return None
    known = await house.person(user.id)
    if known is not None and known.blocked_at is not None:  # they blocked the bot and write again
        await house.log.block(known.id, False)
        known = await house.look_again(user.id)
    return Visit(house, update, user, known)


async def _through_the_door(visit: Visit, handler: Handler, *, consent: bool) -> None:
    if consent and (visit.known is None or not visit.known.agreed):
        if await door.let_in(visit):
            onward = visit.word() if handler is dial.call_command else None
            await door.ask_consent(visit, onward)
        return
    await handler(visit)


async def _apologise(update: object, context: Context) -> None:
    """A mistake of ours: the host gets the trace without anybody's words, the user one plain sentence."""
    error = context.error
    if error is None or isinstance(error, (CannotSave, AlreadyHeard, RetryAfter)):
        return
    if isinstance(error, NetworkError):
        logger.warning("Telegram could not be reached while answering (%s)", type(error).__name__)
        return
    number = update.update_id if isinstance(update, Update) else 0
    logger.error("update %d was not answered", number, exc_info=(type(error), error, error.__traceback__))
    asked = isinstance(update, Update) and (update.message or update.edited_message or update.callback_query)
    house_chat = update.effective_chat if isinstance(update, Update) and asked else None
    if house_chat is not None and house_chat.type == "private":
        try:
            await Post(context.bot).at_once(house_chat.id, Message(WENT_WRONG))
        except Exception:
            logger.warning("the apology did not arrive either")
