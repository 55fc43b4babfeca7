"""Asking Telegram for updates: what goes wrong is outlived or ends the process, and the loop is never alive and deaf."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest

from bot.delivery.poll import EX_DEAF, EX_OTHER_COPY, EX_TOKEN, Poller, Stop
from tests.polled import NOTHING, PATIENCE, ByHand, Taken, ended, poller_of
from tests.raw_server import asked, server
from tests.running import soon
from tests.wire import Wire


@pytest.mark.parametrize("status", ["401", "404"])
async def test_a_token_that_telegram_does_not_know_ends_the_process_at_once(telegram: Wire, status: str) -> None:
    telegram.fail("getUpdates", status)
    with pytest.raises(Stop) as stop:
        await asyncio.wait_for(poller_of(telegram).run(), PATIENCE)
    assert stop.value.code == EX_TOKEN
    assert str(stop.value) == ("Telegram does not know this token; set TELEGRAM_BOT_TOKEN to the one from BotFather.")


async def test_a_second_copy_is_waited_for_and_then_the_process_ends(telegram: Wire) -> None:
    telegram.fail("getUpdates", "409", times=100)
    with pytest.raises(Stop) as stop:
        await asyncio.wait_for(poller_of(telegram, other_copy_after=0.4).run(), PATIENCE)
    assert stop.value.code == EX_OTHER_COPY
    assert str(stop.value) == "Another copy is running with this token; stop it, or use another token."


async def test_a_telegram_that_never_answers_ends_the_process(telegram: Wire) -> None:
    telegram.fail("getUpdates", "hang", times=100)
    with pytest.raises(Stop) as stop:
        await asyncio.wait_for(poller_of(telegram, hangs_after=0.2, deaf_after=0.5).run(), PATIENCE)
    assert stop.value.code == EX_DEAF
    assert str(stop.value) == (
        "Telegram has not answered for most of a minute; stopping, so that a restart can mend it."
    )


async def test_polling_outlives_502_cuts_and_hangs(telegram: Wire) -> None:
    for kind in ("502", "cut_before", "hang", "cut_after"):
        telegram.fail("getUpdates", kind)
    got: list[Any] = []

    class Into(Taken):
        def receive(self, raw: Any) -> None:
            got.append(raw["update_id"])

    poller = Poller(f"{telegram.url}/bot{telegram.token}", Into(), hangs_after=0.3)
    task = asyncio.create_task(poller.run())
    telegram.say(1, "hello")
    async with ended(task):
        await soon(lambda: got)
        await soon(lambda: telegram.unconfirmed() == 0)


async def test_a_server_that_is_not_there_is_waited_for(telegram: Wire) -> None:
    poller = Poller("http://127.0.0.1:9/bot1:x", Taken(), deaf_after=0.1)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(poller.run(), 1)


async def test_a_server_that_is_not_there_is_asked_ever_more_seldom_up_to_every_quarter_of_a_minute_and_the_host_reads_why(
    by_hand: ByHand, caplog: pytest.LogCaptureFixture
) -> None:
    task = asyncio.create_task(Poller("http://127.0.0.1:9/bot1:x", Taken(), deaf_after=5.0).run())
    async with ended(task):
        await soon(lambda: len(by_hand.slept) > 7 or task.done())
    assert by_hand.slept[:8] == [0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 15.0, 15.0]
    assert {r.getMessage() for r in caplog.records if r.name == "bot.delivery.poll"} == {
        "Telegram cannot be reached: no connection (ConnectionRefusedError)"
    }


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port


async def test_after_an_answer_a_lost_server_is_asked_again_soon(by_hand: ByHand) -> None:
    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asked(reader)
        writer.write(b"HTTP/1.1 200 X\r\nContent-Length: 26\r\nConnection: close\r\n\r\n" + NOTHING.encode())
        await writer.drain()
        answered.set()

    answered = asyncio.Event()
    heard: list[int] = []
    port = _free_port()
    poller = Poller(f"http://127.0.0.1:{port}/bot1:x", Taken(), heard=lambda: heard.append(len(by_hand.slept)))
    async with ended(asyncio.create_task(poller.run())):
        await soon(lambda: len(by_hand.slept) > 3)
        async with server(once, port=port):
            await asyncio.wait_for(answered.wait(), PATIENCE)  # and then there is none again
        await soon(lambda: heard and len(by_hand.slept) > heard[-1] + 1)
    assert by_hand.slept[heard[0] - 1] > 2.0
    assert by_hand.slept[heard[-1] : heard[-1] + 2] == [0.5, 1.0]


async def test_a_server_that_comes_back_and_breaks_off_has_not_been_deaf_all_the_while(by_hand: ByHand) -> None:
    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asked(reader)
        slept.append(len(by_hand.slept))
        await asyncio.Event().wait() if len(slept) > 1 else None  # the second is left to wait: no more time goes by

    slept: list[int] = []
    port = _free_port()
    polling = asyncio.create_task(Poller(f"http://127.0.0.1:{port}/bot1:x", Taken(), deaf_after=20.0).run())
    async with ended(polling):
        await soon(lambda: by_hand.now > 20)
        async with server(once, port=port):
            await soon(lambda: len(slept) > 1 or polling.done())
            assert not polling.done()
