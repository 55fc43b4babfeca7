"""Which update goes where: the application of python-telegram-bot with every handler.

    application, house = build(settings, log)
    await house.post.delivery.run()

How an update gets to its handler is in `middleware.py`.
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
from bot.log.timers import Due
from bot.settings import Settings
from bot.telegram import buttons
from bot.telegram.handlers import (
    account,
    admission,
    care,
    compare,
    debrief,
    dial,
    drill,
    importing,
    menu,
    model_calls,
    ongoing_call,
    other_updates,
    outside_call,
    own_call,
    owner,
    past_calls,
    pause,
    phone,
    pictures,
    postmortem,
    real_call,
    time_zone,
    undo,
    why,
    written,
)
from bot.telegram.house import House
from bot.telegram.middleware import by_name, for_error, for_message, for_tap, for_update, silent
from bot.telegram.post import Post
from bot.telegram.visit import Handler
from dialogs.practice import Ear

App = Application[Any, Any, Any, Any, Any, Any]

COMMANDS: Mapping[str, Handler] = {
    "call": dial.call_command,
    "managers": menu.managers,
    "own": own_call.begin,
    "hint": ongoing_call.hint,
    "undo": undo.undo,
    "hangup": ongoing_call.hang_up,
    "why": why.why,
    "calls": past_calls.calls,
    "search": past_calls.search,
    "progress": pictures.of_progress,
    "decode": drill.begin,
    "model": model_calls.read,
    "plan": real_call.plan,
    "settings": account.settings,
    "export": account.export,
    "delete": account.delete,
    "cancel": outside_call.cancel,
    "help": menu.help_,
    # what people also try
    "menu": menu.menu,
    "new": dial.call_command,
    "leave": outside_call.cancel,
    "stop": ongoing_call.hang_up,
    "hang": ongoing_call.hang_up,
    "bye": ongoing_call.hang_up,
    "history": past_calls.calls,
    "back": undo.undo,
    "continue": pause.go_on,
    "resume": pause.go_on,
}
"""What each command of those who agreed does. `menu.COMMANDS` lists them for the menu and /help."""

WITHOUT_CONSENT: Mapping[str, Handler] = {"start": admission.start, "privacy": account.privacy}
OWNERS: Mapping[str, Handler] = {"invite": owner.invite, "status": owner.status}

TAPS: Mapping[str, Handler] = {
    "call": dial.call_tap,
    "surprise": dial.surprise,
    "mine": dial.own_tap,
    "managers": account.nodded(menu.managers),
    "own": account.nodded(own_call.begin),
    "o": own_call.tapped,
    "calls": account.nodded(past_calls.calls),
    "show": past_calls.show,
    "keep": past_calls.keep,
    "beside": compare.beside,
    "help": account.nodded(menu.help_),
    "menu": account.nodded(menu.menu),
    "where": ongoing_call.where,
    "hangup": ongoing_call.hang_up,
    "words": ongoing_call.words,
    "go_on": pause.go_on,
    "leave": pause.leave,
    "guess": debrief.guess,
    "debrief": debrief.open_,
    "meant": why.meant,
    "level": postmortem.level,
    "again": undo.again,
    "undo": undo.undo_tap,
    "anew": dial.anew,
    "picture": pictures.of_call,
    "set": account.set_,
    "clock": time_zone.tapped,
    "export": account.nodded(account.export),
    "delete": account.nodded(account.delete),
    "erase": account.erase,
    "real": real_call.tapped,
    "todo": real_call.done,
    "me": importing.which,
    "away": other_updates.away,
    "decode": account.nodded(drill.begin),
    "dec": drill.guessed,
}
TAPS_WITHOUT_CONSENT: Mapping[str, Handler] = {"agree": admission.agreed, "privacy": account.nodded(account.privacy)}


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
        log,
        application,
        settings,
        on_away=lambda p: _away(house, p),
        on_timer=lambda p, due: _timer(house, p, due),
        unsure=house.post.payload(phone.unsure()),
    )
    application.add_error_handler(for_error(house))
    for handler in handlers(house):
        application.add_handler(handler)
    return application, house


def _away(house: House, person: Person) -> Iterable[Mapping[str, Any]]:
    house.away.add(person.id)
    return [house.post.payload(other_updates.away_message())]


def _timer(house: House, person: Person, due: Due) -> Iterable[Mapping[str, Any]]:
    return [house.post.payload(m) for m in real_call.reminder(house, person, due)]


def handlers(house: House) -> list[Any]:
    """Every handler, in the order in which they are asked."""
    private = filters.ChatType.PRIVATE
    in_private = filters.UpdateType.MESSAGE & private
    edited = filters.UpdateType.EDITED_MESSAGE & private

    def message(handler: Handler, **how: bool) -> Any:
        return for_message(house, handler, **how)

    commands = {
        **{c: message(h, consent=False) for c, h in WITHOUT_CONSENT.items()},
        **{c: message(h) for c, h in COMMANDS.items()},
        **{c: message(h, owners=True) for c, h in OWNERS.items()},
    }
    return [
        ChatMemberHandler(for_update(house, other_updates.membership), ChatMemberHandler.MY_CHAT_MEMBER),
        CallbackQueryHandler(for_tap(house, TAPS, TAPS_WITHOUT_CONSENT)),
        MessageHandler(filters.UpdateType.CHANNEL_POSTS, silent),
        MessageHandler(~private & filters.UpdateType.MESSAGE, for_update(house, other_updates.in_a_group)),
        MessageHandler(~private, silent),
        CommandHandler(tuple(commands), by_name(commands), in_private),
        MessageHandler(filters.COMMAND & in_private, message(menu.unknown)),
        MessageHandler(filters.FORWARDED & in_private, message(care.first(other_updates.forwarded))),
        MessageHandler(filters.Text([buttons.HINT_KEY]) & in_private, message(ongoing_call.hint)),
        MessageHandler(filters.Text([buttons.HANG_UP_KEY]) & in_private, message(ongoing_call.hang_up)),
        MessageHandler(filters.TEXT & in_private, message(written.text)),
        MessageHandler(filters.Document.ALL & in_private, message(care.first(importing.document))),
        MessageHandler(filters.StatusUpdate.ALL & in_private, silent),
        MessageHandler(in_private, message(care.first(other_updates.not_text))),
        MessageHandler(edited & ~filters.COMMAND, message(undo.edited)),
        TypeHandler(Update, silent),
    ]
