"""Whoever waits for a line that may not have arrived is told so: after some silence, behind everything else, and only while they wait.

The bot is the echo bot of tests/echo_serve.py in this very process; what the real `serve` says, and its button, are in tests/test_unsure.py.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.delivery import delivery, say, wire
from bot.delivery.outbox import UNSURE
from tests.running import Running, host_reads, known, soon
from tests.wire import Wire


@pytest.fixture(autouse=True)
def soon_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little silence, and no long waits in between."""
    monkeypatch.setattr(delivery, "SILENCE_SECONDS", 0.1)
    monkeypatch.setattr(delivery, "AGAIN_SECONDS", 0.1)
    monkeypatch.setattr(wire, "TRIES", 1)
    monkeypatch.setattr(wire, "FIRST_PAUSE", 0.01)


async def unsure_of(telegram: Wire, bot: Running, user: int = 1, text: str = "hello") -> None:
    """Let the answer to this user be cut off on its way."""
    before = bot.log.counts()["uncertain"]
    telegram.fail("sendMessage", "cut_before", chat=user)
    telegram.say(user, text)
    await soon(lambda: bot.log.counts()["uncertain"] == before + 1)


def waits(bot: Running) -> int:
    """How many messages wait in the outbox."""
    return int(bot.log.counts()["unsent"])


async def test_whoever_waits_is_told_once_and_of_a_later_line_again(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db) as bot:
        await unsure_of(telegram, bot)
        await soon(lambda: telegram.texts(1) == [UNSURE])
        assert [s.method for s in telegram.sent] == ["sendChatAction", "sendMessage"], "first a sign is tried"
        assert telegram.to(1, "sendChatAction")[0].params["action"] == "typing"
        await soon(lambda: waits(bot) == 0)
        await unsure_of(telegram, bot, text="why")
        await soon(lambda: telegram.texts(1) == [UNSURE, UNSURE])
        await soon(lambda: waits(bot) == 0)


async def test_each_is_told_in_a_chat_of_their_own_and_in_the_words_that_were_given(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db, unsure=say("hm?")) as bot:
        for user in (1, 2):
            await unsure_of(telegram, bot, user)
        await soon(lambda: telegram.texts(1) == telegram.texts(2) == ["hm?"])
        assert telegram.texts(3) == []


async def test_it_is_said_only_after_some_silence(telegram: Wire, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "SILENCE_SECONDS", 1000.0)
    async with Running(telegram, db) as bot:
        later: list[float] = []
        loop = asyncio.get_running_loop()
        real = loop.call_later

        def call_later(seconds: float, *given: object) -> asyncio.TimerHandle:
            later.append(seconds)
            return real(seconds, *given)  # type: ignore[arg-type]

        monkeypatch.setattr(loop, "call_later", call_later)
        await unsure_of(telegram, bot)
        await bot.delivery.chats.idle()
        await bot.delivery.send(known(bot.log))
        assert later.count(1000.0) == 1, "asked for once, however often the chat is looked at"
        assert (telegram.texts(1), waits(bot)) == ([], 1)


async def test_two_lines_that_may_be_missing_are_one_word(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db) as bot:
        telegram.fail("sendMessage", "cut_before", times=2)
        telegram.say(1, "hello")
        telegram.say(1, "why")
        await soon(lambda: bot.log.counts()["uncertain"] == 2)
        await soon(lambda: telegram.texts(1) == [UNSURE])
        await soon(lambda: waits(bot) == 0)
        await bot.delivery.chats.idle()
        assert telegram.texts(1) == [UNSURE]


async def test_who_has_gone_on_is_not_told_and_the_word_is_let_go(
    telegram: Wire, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "SILENCE_SECONDS", 1000.0)
    async with Running(telegram, db) as bot:
        await unsure_of(telegram, bot)
        telegram.say(1, "why")
        await soon(lambda: telegram.texts(1) == ["re why"])
        bot.delivery._own_up_in_order(known(bot.log).id)
        await soon(lambda: waits(bot) == 0)
        assert telegram.texts(1) == ["re why"]
        assert telegram.to(1, "sendChatAction") == [], "not even a sign"


async def test_who_goes_on_while_the_sign_is_under_way_is_not_told(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db) as bot:
        telegram.fail("sendChatAction", "slow", seconds=1.0)
        await unsure_of(telegram, bot)
        await soon(lambda: telegram.requests.count("sendChatAction") == 1)
        telegram.say(1, "why")
        await soon(lambda: telegram.texts(1) == ["re why"])
        await soon(lambda: waits(bot) == 0)
        assert telegram.texts(1) == ["re why"]


async def test_while_no_sign_gets_through_the_words_wait(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db) as bot:
        telegram.fail("sendChatAction", "cut_before", times=10_000)
        await unsure_of(telegram, bot)
        await soon(lambda: telegram.requests.count("sendChatAction") > 3)
        assert (telegram.texts(1), waits(bot)) == ([], 1)
        telegram.heal()
        await soon(lambda: telegram.texts(1) == [UNSURE])
        await soon(lambda: waits(bot) == 0)


async def test_words_that_surely_did_not_go_out_are_said_later(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db) as bot:
        await unsure_of(telegram, bot)
        telegram.fail("sendMessage", "502", times=2)
        await soon(lambda: telegram.texts(1) == [UNSURE])
        assert telegram.requests.count("sendMessage") == 4


@pytest.mark.parametrize(("cuts", "said"), [(1, 1), (2, 1), (3, 0), (9, 0)])
async def test_words_about_a_line_that_are_cut_off_themselves_are_said_again_but_not_for_ever(
    telegram: Wire, db: Path, cuts: int, said: int
) -> None:
    async with Running(telegram, db) as bot:
        await unsure_of(telegram, bot)
        telegram.fail("sendMessage", "cut_before", times=cuts)
        await soon(lambda: waits(bot) == 0)
        assert telegram.texts(1) == [UNSURE] * said
        assert telegram.requests.count("sendMessage") == 1 + min(cuts + said, 3)
        assert bot.log.counts()["uncertain"] == 2 - said


async def test_words_about_a_line_that_were_cut_off_are_not_said_again_to_who_goes_on(
    telegram: Wire, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "AGAIN_SECONDS", 1000.0)
    async with Running(telegram, db) as bot:
        await unsure_of(telegram, bot)
        telegram.fail("sendMessage", "cut_before")
        await soon(lambda: telegram.requests.count("sendMessage") == 2)
        telegram.say(1, "why")
        await soon(lambda: telegram.texts(1) == ["re why"])
        await soon(lambda: waits(bot) == 0)
        assert telegram.texts(1) == ["re why"]


async def test_nothing_that_waits_is_overtaken(telegram: Wire, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "SILENCE_SECONDS", 1000.0)
    async with Running(telegram, db) as bot:
        await unsure_of(telegram, bot)
        person = known(bot.log)
        await bot.log.post(person.id, [say("before it")])
        assert await bot.delivery.outbox.own_up(person.id, 1) is None
        assert (telegram.texts(1), telegram.requests.count("sendChatAction"), waits(bot)) == ([], 0, 2)
        monkeypatch.setattr(delivery, "SILENCE_SECONDS", 0.1)
        bot.delivery._own_up_in_order(person.id)
        await bot.delivery.send(person)
        await soon(lambda: telegram.texts(1) == ["before it", UNSURE])


async def test_who_has_blocked_the_bot_is_not_told_and_the_others_are(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db) as bot:
        telegram.fail("sendChatAction", "403", chat=1)
        await unsure_of(telegram, bot)
        await soon(lambda: bot.log.person(known(bot.log).id).blocked_at)
        await unsure_of(telegram, bot, 2)
        await soon(lambda: telegram.texts(2) == [UNSURE])
        assert telegram.texts(1) == []
        assert telegram.requests.count("sendChatAction") == 2, "it is not tried again"


@pytest.mark.parametrize("status", ["401", "404"])
async def test_a_token_that_is_refused_at_the_sign_ends_the_process_and_the_next_life_says_it(
    telegram: Wire, db: Path, status: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with Running(telegram, db) as bot:
        telegram.fail("sendChatAction", status)
        await unsure_of(telegram, bot)
        assert await bot.ended() == 78
    assert any(line.startswith("CRITICAL Telegram does not know this token") for line in host_reads(caplog))
    async with Running(telegram, db):
        await soon(lambda: telegram.texts(1) == [UNSURE])


async def test_who_has_been_erased_meanwhile_is_not_told_and_nothing_goes_wrong(
    telegram: Wire, db: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(delivery, "SILENCE_SECONDS", 1000.0)
    async with Running(telegram, db) as bot:
        await unsure_of(telegram, bot)
        number = known(bot.log).id
        await asyncio.to_thread(bot.log.erase, number)
        bot.delivery._own_up_in_order(number)
        await bot.delivery.chats.idle()
    assert telegram.texts(1) == []
    assert not [line for line in host_reads(caplog) if line.startswith("ERROR")]


async def test_who_has_no_chat_is_not_told(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db) as bot:
        bot.delivery._own_up_in_order(bot.log.local().id)
        await bot.delivery.chats.idle()
        telegram.say(3, "hello")
        await soon(lambda: telegram.texts(3) == ["re hello"])
    assert telegram.requests.count("sendChatAction") == 0
