"""A serve as small as can be: a real call behind the real delivery, for the process tests of delivery itself.

The settings come from the environment, as for `runner-up serve`. Hearing is by keyword, so that nothing is loaded.
"""

from __future__ import annotations

import asyncio
import os
import sys

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

from bot.delivery import Delivery, OnlyOne, PatientRequest, say
from bot.log import Log, LogFault, Person, open_log
from bot.redact import set_up_logging
from bot.session import Session
from bot.settings import BadSetting, Settings
from dialogs.hearing.heard import Cue, Heard
from dialogs.moves import Move
from dialogs.practice import Turn
from dialogs.scenario import library, read_scenario

WORDS = {"hello": Move.GREET, "sam": Move.INTRODUCE, "thanks": Move.THANK, "why": Move.ASK_OPEN, "bye": Move.CLOSE}


def ear(text: str, cue: Cue) -> Heard:
    moves = tuple(dict.fromkeys(WORDS[w] for w in text.casefold().split() if w in WORDS))
    return Heard(moves=moves or (Move.OTHER,), words=len(text.split()))


class Chat:
    """Whoever writes is in a call at once; the answer to a turn names the words it answers, so that tests can match them."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.scenario = read_scenario(library()["harbour"])
        self.sessions: dict[int, Session] = {}
        self.delivery: Delivery

    async def person(self, telegram_id: int) -> Person:
        person = self.log.by_telegram(telegram_id)
        if person is None:
            person = await self.log.meet(telegram_id)
        if not person.agreed:
            await self.log.agree(person.id, "1")
        return person

    async def said(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        assert update.effective_user is not None
        text, ids = update.message.text or "", [update.update_id]
        person = await self.person(update.effective_user.id)
        if text == "/start":
            await self.log.post(person.id, [say("welcome")], update_ids=ids)
            await self.delivery.send(person)
            return
        if text == "/boom":
            raise RuntimeError("boom")
        session = await self.session(person)
        pause = float(os.environ.get("ECHO_PAUSE", "0"))

        def says(turn: Turn) -> list[dict[str, object]]:
            return [say(f"re {text}", pause=pause)]

        turn = await session.hear_async(text, says=says, update_ids=ids)
        if turn.ended:
            self.sessions.pop(person.id, None)
        await self.delivery.send(person)

    async def session(self, person: Person) -> Session:
        if person.id not in self.sessions:
            call = self.log.unfinished(person.id)
            if call is not None:
                self.sessions[person.id] = Session.resume(self.log, person.id, call.session, ear=ear)
            else:
                self.sessions[person.id] = await Session.start_async(self.log, person.id, self.scenario, 1, ear=ear)
        return self.sessions[person.id]


async def serve(settings: Settings, log: Log) -> int:
    application = (
        ApplicationBuilder()
        .token(settings.token)
        .base_url(settings.base_url)
        .base_file_url(settings.base_file_url)
        .request(PatientRequest())
        .get_updates_request(PatientRequest())
        .updater(None)
        .build()
    )
    chat = Chat(log)
    chat.delivery = Delivery(log, application, settings, probe_seconds=float(os.environ.get("ECHO_PROBE", "30")))
    application.add_handler(MessageHandler(filters.TEXT, chat.said))
    return await chat.delivery.run(lambda: print("serving", flush=True))


def main() -> int:
    try:
        settings = Settings.read(os.environ)
        set_up_logging(settings.log_level, settings.token)
        with OnlyOne(settings.db):
            log = open_log(settings)
            try:
                return asyncio.run(serve(settings, log))
            finally:
                log.close()
    except (LogFault, BadSetting) as error:
        print(f"Error: {error}", file=sys.stderr)
        return getattr(error, "code", 1)


if __name__ == "__main__":
    sys.exit(main())
