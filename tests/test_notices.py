"""A word that is kept nowhere: it goes to its chat once, answers the message it is about, and ends nothing when it does not arrive."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator

import pytest
from telegram import Update
from telegram.ext import ExtBot

from bot.delivery import PatientRequest
from bot.delivery.notices import tell
from tests.running import message
from tests.wire import Wire

CHAT = 1


@pytest.fixture
async def bot(telegram: Wire) -> AsyncIterator[ExtBot[None]]:
    """A bot on the loopback server."""
    request = PatientRequest()
    yield ExtBot(telegram.token, base_url=f"{telegram.url}/bot", request=request)
    await request.shutdown()


async def test_a_word_goes_to_its_chat_as_it_is(telegram: Wire, bot: ExtBot[None]) -> None:
    await tell(bot, CHAT, "one <moment>")
    assert [(s.method, s.chat, s.text) for s in telegram.sent] == [("sendMessage", CHAT, "one <moment>")]
    assert "reply_parameters" not in telegram.sent[0].params


async def test_a_word_about_a_message_answers_it_and_comes_also_when_that_message_is_gone(
    telegram: Wire, bot: ExtBot[None]
) -> None:
    about = Update.de_json({"update_id": 1, "message": message(CHAT)}, None)
    await tell(bot, CHAT, "too quick", about=about)
    assert telegram.sent[0].params["reply_parameters"] == {"message_id": 5, "allow_sending_without_reply": True}


async def test_a_word_about_an_update_without_a_message_answers_none(telegram: Wire, bot: ExtBot[None]) -> None:
    await tell(bot, CHAT, "too quick", about=Update(1))
    assert telegram.texts(CHAT) == ["too quick"]
    assert "reply_parameters" not in telegram.sent[0].params


async def test_a_word_that_does_not_arrive_is_a_line_for_the_host_that_quotes_nothing(
    telegram: Wire, bot: ExtBot[None], caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fail("sendMessage", "cut_after")
    await tell(bot, CHAT, "one moment")
    said = [(r.name, r.levelno, r.getMessage()) for r in caplog.records if "did not arrive" in r.getMessage()]
    assert said == [("runner-up.delivery", logging.WARNING, "a word to a chat did not arrive (MaybeSent)")]
    assert telegram.texts(CHAT) == ["one moment"], "it may have come, so it is not repeated"
