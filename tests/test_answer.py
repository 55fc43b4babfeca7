"""Whether an answer is the Bot API's and can be read; and what a request makes of one that cannot."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from telegram import InputFile
from telegram.error import BadRequest
from telegram.ext import ExtBot

from bot.delivery import MaybeSent, NotDelivered, PatientRequest, wire
from bot.delivery.answer import is_refusal, is_whole
from bot.delivery.wire import call
from tests.wire import Wire
from tests.wire.faults import IN_BETWEEN, UNREADABLE

ME = {"id": 1, "first_name": "R", "username": "r"}
MESSAGE = {"message_id": 7, "date": 1, "chat": {"id": 1, "type": "private"}}


def done(result: Any) -> bytes:
    return json.dumps({"ok": True, "result": result}).encode()


@pytest.mark.parametrize(
    ("method", "whole", "not_it"),
    [
        ("sendMessage", MESSAGE, [True, None, {}, {"message_id": "7"}, [MESSAGE], "yes"]),
        ("sendDocument", MESSAGE, [True, None]),
        ("sendPhoto", MESSAGE, [True, None]),
        ("getFile", {"file_id": "a", "file_path": "b"}, [{"file_id": "a"}, True, None]),
        ("getMe", ME, [*({n: v for n, v in ME.items() if n != without} for without in ME), True, None, []]),
        ("getMyCommands", [], [{}, None, True]),
        ("getMyDescription", {"description": ""}, [[], None, "x"]),
    ],
)
def test_an_answer_gives_what_its_method_is_asked_for(method: str, whole: Any, not_it: list[Any]) -> None:
    assert is_whole(method, done(whole))
    assert [result for result in not_it if is_whole(method, done(result))] == []


@pytest.mark.parametrize("method", ["sendChatAction", "answerCallbackQuery", "editMessageText", "setMyCommands"])
def test_of_a_sign_or_a_change_only_that_it_is_done_is_wanted(method: str) -> None:
    assert all(is_whole(method, done(result)) for result in (True, MESSAGE, {}, None))
    assert not is_whole(method, b'{"ok": true}')
    assert not is_whole(method, b'{"ok": false, "result": true}')


@pytest.mark.parametrize("shape", UNREADABLE)
def test_what_nobody_can_read_is_no_message_and_no_refusal(shape: str) -> None:
    assert not is_whole("sendMessage", UNREADABLE[shape])
    assert is_refusal(UNREADABLE[shape]) == (shape == "not_ok")


def test_a_byte_that_is_no_letter_does_not_spoil_an_answer() -> None:
    assert is_whole("sendMessage", done(MESSAGE | {"text": "?"}).replace(b"?", b"\xff"))
    assert is_refusal(b'{"ok":false,"description":"\xff"}')


def test_a_page_is_no_refusal_of_telegrams() -> None:
    assert is_refusal(b'{"ok":false,"error_code":401,"description":"Unauthorized"}')
    assert not is_refusal(IN_BETWEEN.encode())
    assert not is_refusal(b'{"error": "no route"}')


# -- on a real line ------------------------------------------------------------------------------------


@asynccontextmanager
async def bot_of(telegram: Wire, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ExtBot[None]]:
    monkeypatch.setattr(wire, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(wire, "LONGEST_PAUSE", 0.02)
    request = PatientRequest()
    try:
        yield ExtBot(
            telegram.token, base_url=f"{telegram.url}/bot", base_file_url=f"{telegram.url}/file/bot", request=request
        )
    finally:
        await request.shutdown()


@pytest.mark.parametrize("shape", UNREADABLE)
async def test_a_message_is_left_in_doubt_and_a_question_is_asked_again(
    telegram: Wire, monkeypatch: pytest.MonkeyPatch, shape: str
) -> None:
    async with bot_of(telegram, monkeypatch) as bot:
        for method, file in (("sendMessage", {}), ("sendDocument", {"document": InputFile(b"x", filename="x")})):
            telegram.fail(method, shape)
            with pytest.raises(MaybeSent):
                await call(bot, method, {"chat_id": 1, "text": "hello"}, **file)
            assert telegram.requests.count(method) == 1
        telegram.fail("getMyDescription", shape, times=2)
        assert await call(bot, "getMyDescription", {}) == {"description": ""}
        assert telegram.requests.count("getMyDescription") == 3


@pytest.mark.parametrize(("method", "tries"), [("answerCallbackQuery", 3), ("sendChatAction", 3), ("deleteMessage", 8)])
async def test_nobody_waits_long_for_a_sign(
    telegram: Wire, monkeypatch: pytest.MonkeyPatch, method: str, tries: int
) -> None:
    async with bot_of(telegram, monkeypatch) as bot:
        for fault, error in (("cut_before", MaybeSent), ("502", NotDelivered), ("between_403", NotDelivered)):
            telegram.requests.clear()
            telegram.fail(method, fault, times=10_000)
            with pytest.raises(error):
                await call(bot, method, {"chat_id": 1})
            assert telegram.requests.count(method) == tries
            telegram.heal()


async def test_a_page_that_refuses_the_request_itself_is_a_refusal_without_a_word_of_it(
    telegram: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with bot_of(telegram, monkeypatch) as bot:
        telegram.fail("sendMessage", "between_400")
        with pytest.raises(BadRequest) as refused:
            await call(bot, "sendMessage", {"chat_id": 1, "text": "hello"})
        assert "Somebody" not in str(refused.value)
        assert telegram.requests.count("sendMessage") == 1
