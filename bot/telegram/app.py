"""Which update goes where: the application of python-telegram-bot with every handler.

    application, house = build(settings, log)
    await house.post.delivery.run()

How an update gets to its handler is in `knock.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    TypeHandler,
    filters,
)
from telegram.request import BaseRequest

from bot.delivery import Delivery, PatientRequest
from bot.log import Log, Person
from bot.log.mail import Due
from bot.settings import Settings
from bot.telegram import (
    answers,
    beside,
    buttons,
    care,
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
from bot.telegram.knock import apologising, by_name, housed, knocking, silent, tapping
from bot.telegram.post import Post
from bot.telegram.visit import Handler
from dialogs.practice import Ear

App = Application[Any, Any, Any, Any, Any, Any]

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
    "undo": takeback.undo_tap,
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
    application.add_error_handler(apologising(house))
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
        return knocking(house, handler, **how)

    commands = {
        **{c: knock(h, consent=False) for c, h in WITHOUT_CONSENT.items()},
        **{c: knock(h) for c, h in COMMANDS.items()},
        **{c: knock(h, owners=True) for c, h in OWNERS.items()},
    }
    return [
        ChatMemberHandler(housed(house, rest.membership), ChatMemberHandler.MY_CHAT_MEMBER),
        CallbackQueryHandler(tapping(house, TAPS, TAPS_WITHOUT_CONSENT)),
        MessageHandler(filters.UpdateType.CHANNEL_POSTS, silent),
        MessageHandler(~private & filters.UpdateType.MESSAGE, housed(house, rest.in_a_group)),
        MessageHandler(~private, silent),
        CommandHandler(tuple(commands), by_name(commands), written),
        MessageHandler(filters.COMMAND & written, knock(menu.unknown)),
        MessageHandler(filters.FORWARDED & written, knock(care.first(rest.forwarded))),
        MessageHandler(filters.Text([buttons.HINT_KEY]) & written, knock(oncall.hint)),
        MessageHandler(filters.Text([buttons.HANG_UP_KEY]) & written, knock(oncall.hang_up)),
        MessageHandler(filters.TEXT & written, knock(oncall.text)),
        MessageHandler(filters.Document.ALL & written, knock(care.first(answers.document))),
        MessageHandler(filters.StatusUpdate.ALL & written, silent),
        MessageHandler(written, knock(care.first(rest.not_text))),
        MessageHandler(edited & ~filters.COMMAND, knock(takeback.edited)),
        TypeHandler(Update, silent),
    ]
