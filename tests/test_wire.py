"""Requests with patience: what surely did not arrive is sent again, what may have arrived only if twice does no harm."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace

import pytest
from telegram.error import TelegramError
from telegram.ext import ExtBot
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.delivery import MaybeSent, NotDelivered, PatientRequest, answer, wire
from bot.delivery.wire import call, retry_after
from tests.wire import Wire
from tests.wire.faults import UNREADABLE


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "FIRST_PAUSE", 0.02)
    monkeypatch.setattr(wire, "LONGEST_PAUSE", 0.05)


@asynccontextmanager
async def patient(telegram: Wire, *, patient: bool = True) -> AsyncIterator[PatientRequest]:
    request = PatientRequest(patient=patient)
    await request.initialize()
    try:
        yield request
    finally:
        await request.shutdown()


async def ask(
    request: PatientRequest, telegram: Wire, name: str, method: str = "POST", **more: float
) -> tuple[int, bytes]:
    params = {"chat_id": 1, "text": "hello", "message_id": 1}
    data = RequestData([RequestParameter(n, v, None) for n, v in params.items()])
    url = f"{telegram.url}/bot{telegram.token}/{name}"
    return await asyncio.wait_for(request.do_request(url, method, data if method == "POST" else None, **more), 8)


@pytest.mark.parametrize("fault", ["500", "502", "504"])
async def test_what_a_server_that_is_down_did_not_take_is_sent_again(telegram: Wire, fault: str) -> None:
    async with patient(telegram) as request:
        telegram.fail("sendMessage", fault, times=3)
        code, payload = await ask(request, telegram, "sendMessage")
        assert (code, json.loads(payload)["ok"], request.retried) == (200, True, 3)
    assert telegram.texts(1) == ["hello"]


async def test_after_enough_tries_it_is_given_up_with_pauses_that_grow_to_a_limit(
    telegram: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "LONGEST_PAUSE", 0.1)
    began = time.monotonic()
    async with patient(telegram) as request:
        telegram.fail("sendMessage", "502", times=99)
        with pytest.raises(NotDelivered, match="answers 502"):
            await ask(request, telegram, "sendMessage")
    assert telegram.requests.count("sendMessage") == wire.TRIES == 8
    assert request.retried == 7
    assert 0.54 < time.monotonic() - began < 4  # 0.02 + 0.04 + 0.08 + 4 × 0.1


@pytest.mark.parametrize("status", ["500", "502"])
async def test_a_page_with_a_fault_of_the_servers_counts_as_the_servers_own(telegram: Wire, status: str) -> None:
    async with patient(telegram) as request:
        telegram.fail("sendMessage", f"between_{status}", times=99)
        with pytest.raises(NotDelivered, match=f"^Telegram answers {status}$"):
            await ask(request, telegram, "sendMessage")
    assert telegram.requests.count("sendMessage") == wire.TRIES


async def test_a_page_of_refusal_from_somebody_on_the_way_is_as_if_there_were_no_connection(telegram: Wire) -> None:
    async with patient(telegram) as request:
        telegram.fail("sendMessage", "between_403", times=99)
        with pytest.raises(NotDelivered, match=r"^somebody on the way answers 403$"):
            await ask(request, telegram, "sendMessage")
        telegram.heal()
        telegram.fail("sendMessage", "between_400", times=99)
        assert await ask(request, telegram, "sendMessage") == (400, answer.REFUSED), "that is about the request itself"
    assert telegram.requests.count("sendMessage") == wire.TRIES + 1


async def test_a_429_that_does_not_say_how_long_is_waited_for_a_second(
    telegram: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(wire, "asyncio", SimpleNamespace(sleep=sleep))
    async with patient(telegram) as request:
        telegram.fail("sendMessage", "between_429", times=1)
        assert (await ask(request, telegram, "sendMessage"))[0] == 200
        assert slept == [1.0]
        telegram.fail("sendMessage", "429", seconds=wire.LONGEST_WAIT, times=1)
        assert (await ask(request, telegram, "sendMessage"))[0] == 200
        assert slept == [1.0, wire.LONGEST_WAIT]
        telegram.requests.clear()
        telegram.fail("sendMessage", "429", seconds=3, times=99)
        assert (await ask(request, telegram, "sendMessage"))[0] == 429
        assert telegram.requests.count("sendMessage") == wire.TRIES
    async with patient(telegram, patient=False) as request:
        telegram.fail("getMe", "between_429", times=1)
        assert (await ask(request, telegram, "getMe"))[0] == 429


@pytest.mark.parametrize("kind", ["no_json", "page", "not_ok", "cut_json"])
async def test_an_answer_that_cannot_be_read_is_told_by_its_length_alone(telegram: Wire, kind: str) -> None:
    async with patient(telegram) as request:
        telegram.fail("sendMessage", kind)
        with pytest.raises(MaybeSent, match=f"^Timed out$|^an answer of {len(UNREADABLE[kind])} bytes cannot be read$"):
            await ask(request, telegram, "sendMessage")
    assert telegram.texts(1) == ["hello"]


@pytest.mark.parametrize("name", ["answerCallbackQuery", "sendChatAction"])
async def test_what_is_only_a_sign_is_tried_three_times(telegram: Wire, name: str) -> None:
    async with patient(telegram) as request:
        telegram.fail(name, "502", times=99)
        with pytest.raises(NotDelivered):
            await ask(request, telegram, name)
    assert telegram.requests.count(name) == wire.SIGN_TRIES == 3
    async with patient(telegram, patient=False) as request:
        telegram.requests.clear()
        with pytest.raises(NotDelivered):
            await ask(request, telegram, name)
    assert telegram.requests.count(name) == 1


async def test_each_time_the_pause_is_twice_as_long_whatever_the_reason(
    telegram: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(wire, "asyncio", SimpleNamespace(sleep=sleep))
    monkeypatch.setattr(wire, "FIRST_PAUSE", 0.2)
    monkeypatch.setattr(wire, "LONGEST_PAUSE", 20.0)
    grows = [0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8]
    async with patient(telegram) as request:
        for fault in ("502", "cut_before", "between_404"):
            telegram.fail("getMe", fault, times=99)
            with pytest.raises((NotDelivered, MaybeSent)):
                await ask(request, telegram, "getMe")
            assert slept == grows
            slept.clear()
            telegram.heal()
    request = PatientRequest()
    with pytest.raises(NotDelivered):
        await request.do_request("http://127.0.0.1:9/botT/sendMessage", "POST", RequestData([]))
    assert slept == grows


async def test_what_is_fetched_is_no_answer_of_a_method_and_is_given_as_it_is(telegram: Wire) -> None:
    telegram.files["abc"] = b"neither JSON nor ok"
    async with patient(telegram) as request:
        url = f"{telegram.url}/file/bot{telegram.token}/abc"
        assert await request.do_request(url, "GET") == (200, b"neither JSON nor ok")
        telegram.fail("file", "between_404")
        assert (await request.do_request(url, "GET"))[0] == 404


async def test_a_server_that_cannot_be_reached_is_tried_as_often() -> None:
    request = PatientRequest()
    with pytest.raises(NotDelivered, match=r"^no connection \(ConnectionRefusedError\)$"):
        await request.do_request("http://127.0.0.1:9/botT/sendMessage", "POST", RequestData([]))
    assert request.retried == wire.TRIES - 1
    await request.shutdown()


@pytest.mark.parametrize(
    ("name", "method", "again"),
    [
        ("getMe", "GET", True), ("getMe", "POST", True), ("editMessageText", "POST", True), ("setMyCommands", "POST", True),
        ("deleteMessage", "POST", True), ("answerCallbackQuery", "POST", True), ("sendChatAction", "POST", True),
        ("sendMessage", "POST", False), ("sendDocument", "POST", False), ("forwardMessage", "POST", False),
    ],
)  # fmt: skip
async def test_what_may_have_arrived_is_sent_again_only_if_twice_does_no_harm(
    telegram: Wire, name: str, method: str, again: bool
) -> None:
    telegram.texts_now[1, 1] = {"text": "before"}
    async with patient(telegram) as request:
        telegram.fail(name, "cut_before", times=2)
        if again:
            await ask(request, telegram, name, method)
            assert request.retried == 2
        else:
            with pytest.raises(MaybeSent):
                await ask(request, telegram, name, method)
            assert request.retried == 0
    assert telegram.requests.count(name) == (3 if again else 1)


async def test_what_is_cut_off_again_and_again_is_given_up(telegram: Wire) -> None:
    async with patient(telegram) as request:
        telegram.fail("getMe", "cut_before", times=99)
        with pytest.raises(MaybeSent):
            await ask(request, telegram, "getMe")
    assert telegram.requests.count("getMe") == wire.TRIES


async def test_a_429_is_waited_for_as_long_as_it_says_and_given_back_when_that_is_too_long(telegram: Wire) -> None:
    async with patient(telegram) as request:
        telegram.fail("sendMessage", "429", seconds=1)
        began = time.monotonic()
        assert (await ask(request, telegram, "sendMessage"))[0] == 200
        assert time.monotonic() - began > 1
        telegram.fail("sendMessage", "429", seconds=wire.LONGEST_WAIT + 1)
        assert (await ask(request, telegram, "sendMessage"))[0] == 429
        assert telegram.requests.count("sendMessage") == 3


@pytest.mark.parametrize("fault", ["502", "429", "cut_before"])
async def test_who_has_no_patience_tries_once(telegram: Wire, fault: str) -> None:
    async with patient(telegram, patient=False) as request:
        telegram.fail("getMe", fault, times=9)
        if fault == "429":
            assert (await ask(request, telegram, "getMe"))[0] == 429
        else:
            with pytest.raises((NotDelivered, MaybeSent)):
                await ask(request, telegram, "getMe")
    assert telegram.requests.count("getMe") == 1


@pytest.mark.parametrize(("status", "given"), [("400", 400), ("403", 403), ("401", 401)])
async def test_what_was_worked_on_is_given_back_as_it_is(telegram: Wire, status: str, given: int) -> None:
    async with patient(telegram) as request:
        telegram.fail("sendMessage", status, times=9)
        assert (await ask(request, telegram, "sendMessage"))[0] == given
    assert telegram.requests.count("sendMessage") == 1


async def test_a_server_that_is_silent_for_longer_than_it_may_is_told_from_one_that_is_slow(
    telegram: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with patient(telegram) as request:
        telegram.fail("sendMessage", "slow", seconds=0.3)
        assert (await ask(request, telegram, "sendMessage", read_timeout=5.0))[0] == 200
        telegram.fail("sendMessage", "slow", seconds=5)
        with pytest.raises(MaybeSent):
            await ask(request, telegram, "sendMessage", read_timeout=0.2)
        monkeypatch.setattr(wire, "ANSWER_SECONDS", 0.2)
        assert request.read_timeout == 0.2
        for nothing_said in ({}, {"read_timeout": None}):
            telegram.fail("sendMessage", "slow", seconds=5)
            with pytest.raises(MaybeSent):
                await ask(request, telegram, "sendMessage", **nothing_said)  # type: ignore[arg-type]


async def test_a_request_that_was_shut_down_can_begin_again(telegram: Wire) -> None:
    async with patient(telegram) as request:
        for _ in range(2):
            assert (await ask(request, telegram, "getMe"))[0] == 200
            await request.shutdown()
            await request.shutdown()
        await request.initialize()
        await request.initialize()
        assert (await ask(request, telegram, "getMe"))[0] == 200


async def test_what_stands_in_the_outbox_is_called_as_it_is_and_gives_what_telegram_says(telegram: Wire) -> None:
    async with patient(telegram) as request:
        bot = ExtBot(telegram.token, base_url=f"{telegram.url}/bot", request=request)
        buttons = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
        said = await call(bot, "sendMessage", {"chat_id": 1, "text": "hello", "reply_markup": buttons})
    (sent,) = telegram.to(1)
    assert (said["message_id"], sent.params["reply_markup"]) == (sent.message_id, buttons)


@pytest.mark.parametrize(
    ("payload", "seconds"),
    [(b'{"parameters": {"retry_after": 7}}', 7.0), (b"{}", 1.0), (b"nonsense", 1.0), (b"[]", 1.0), (b'{"parameters": null}', 1.0),
     (b'{"parameters": {"retry_after": "x"}}', 1.0)],
)  # fmt: skip
def test_how_long_a_429_asks_to_wait(payload: bytes, seconds: float) -> None:
    assert retry_after(payload) == seconds


async def test_files_travel_both_ways(telegram: Wire) -> None:
    async with patient(telegram) as request:
        bot = ExtBot(
            telegram.token, base_url=f"{telegram.url}/bot", base_file_url=f"{telegram.url}/file/bot", request=request
        )
        await bot.send_document(1, b"content of mine", filename="call.html", caption="yours")
        (sent,) = telegram.to(1, "sendDocument")
        assert sent.files == {"document": b"content of mine"} or list(sent.files.values()) == [b"content of mine"]
        telegram.files["abc"] = b"an upload"
        file = await bot.get_file("abc")
        assert bytes(await file.download_as_bytearray()) == b"an upload"


async def test_an_answer_that_is_no_json_is_an_error_without_a_quotation() -> None:
    with pytest.raises(TelegramError, match=r"^[Aa]n answer of 18 bytes is not JSON$"):
        PatientRequest.parse_json_payload(b"canary of somebody")
    for payload in (b"[" * 100_000, b"\xff"):
        with pytest.raises(TelegramError):
            PatientRequest.parse_json_payload(payload)
    assert PatientRequest.parse_json_payload(b'{"text": "Gr\xc3\xbc\xc3\x9fe \xff"}') == {"text": "Grüße \ufffd"}
