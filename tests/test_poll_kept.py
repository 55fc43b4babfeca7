"""Asking Telegram for updates: nothing is acknowledged before it is on disk, and a flood waits its turn."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from bot.delivery import poll
from bot.delivery.poll import ALLOWED, Poller
from bot.log import Log, Saved
from tests.polled import NOTHING, ByHand, Kept, Taken, answering, poller_of, polling
from tests.raw_server import saying, server
from tests.running import soon
from tests.wire import Wire


async def test_what_cannot_be_saved_stays_with_telegram_and_comes_again_once(
    telegram: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(poll, "NOT_SAVED_PAUSE", 0.05)
    disk = Kept()
    async with polling(telegram, disk):
        first = telegram.say(1, "hello")
        await soon(lambda: disk.taken == [first])
        disk.room = False
        second, third = telegram.say(1, "why"), telegram.say(1, "bye")
        await soon(lambda: {second, third} <= set(disk.offered))
        polls = telegram.polls
        await soon(lambda: telegram.polls > polls + 2)  # it goes on asking while it cannot save
        assert telegram.unconfirmed() == 2
        disk.room = True
        await soon(lambda: telegram.unconfirmed() == 0)
        assert disk.taken == [first, second, third]


async def test_what_is_saved_behind_something_that_is_not_is_not_lost_either(
    telegram: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(poll, "NOT_SAVED_PAUSE", 0.05)

    class Picky(Kept):
        def receive(self, raw: Any) -> Saved[None]:
            self.room = raw["update_id"] != first or self.room_for_first
            return super().receive(raw)

        room_for_first = False

    disk = Picky()
    first, second = telegram.say(1, "hello"), telegram.say(2, "hello")
    async with polling(telegram, disk):
        await soon(lambda: second in disk.taken)
        await asyncio.sleep(0.2)
        assert telegram.unconfirmed() == 2  # Telegram knows but one number: all before it is forgotten
        disk.room_for_first = True
        await soon(lambda: telegram.unconfirmed() == 0)
    assert set(disk.taken) == {first, second}


async def test_at_the_end_telegram_is_told_what_is_on_disk(telegram: Wire, tmp_path: Path) -> None:
    with Log.open(tmp_path / "log.db") as log:

        class Into:
            def receive(self, raw: Any) -> Saved[None]:
                return log.received(raw["update_id"], None, "")

        telegram.say(1, "hello")
        telegram.fail("getUpdates", "hang", times=50)
        poller = Poller(f"{telegram.url}/bot{telegram.token}", Into())
        poller._hand_over({"update_id": 1000})
        telegram.heal()
        await poller.confirm()
        assert log.seen(1000)
    assert telegram.unconfirmed() == 0


@pytest.mark.parametrize("kind", ["hang", "502", "cut_before"])
async def test_an_end_without_an_answer_does_not_hold_up_the_end(telegram: Wire, kind: str) -> None:
    telegram.fail("getUpdates", kind, times=9)
    await asyncio.wait_for(poller_of(telegram).confirm(0.2), 3)
    gone = Poller("http://127.0.0.1:9/bot1:x", Taken())
    await asyncio.wait_for(gone.confirm(0.2), 3)


async def test_nothing_more_is_fetched_while_too_much_waits(telegram: Wire) -> None:
    disk, waiting = Kept(), [poll.MOST_IN_MEMORY + 1]
    telegram.say(1, "hello")
    async with polling(telegram, disk, waiting=lambda: waiting[0]):
        await asyncio.sleep(0.3)
        assert telegram.polls == 0
        waiting[0] = poll.MOST_IN_MEMORY
        await soon(lambda: disk.taken)


async def test_the_word_at_the_end_names_what_comes_next_and_waits_for_nothing() -> None:
    requests, talk = answering(NOTHING)
    async with server(talk) as url:
        poller = Poller(f"{url}/botT", Kept())
        poller._hand_over({"update_id": 41})
        await poller.confirm()
    wanted = json.dumps(ALLOWED, separators=(",", ":"))
    (said,) = requests
    assert unquote(said) == f"GET /botT/getUpdates?offset=42&timeout=0&limit=1&allowed_updates={wanted} HTTP/1.1"


async def test_nor_does_one_that_never_comes_to_its_end() -> None:
    endless = saying(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", *[b"."] * 5000)
    async with server(endless) as url:
        await asyncio.wait_for(Poller(f"{url}/botT", Taken()).confirm(0.2), 8)


async def test_a_look_at_what_waits_is_taken_every_twentieth_of_a_second(by_hand: ByHand, telegram: Wire) -> None:
    left = [3]

    def waiting() -> int:
        left[0] -= 1
        return poll.MOST_IN_MEMORY + (left[0] > 0)

    async with polling(telegram, Kept(), waiting=waiting):
        await soon(lambda: telegram.polls)
    assert by_hand.slept == [0.05, 0.05]


async def test_a_flood_is_let_in_two_at_a_time_and_others_get_their_turn_between(by_hand: ByHand) -> None:
    loop, now, came = asyncio.get_running_loop(), 0, list[int]()

    def tick() -> None:
        nonlocal now
        now += 1
        if len(came) < 5:
            loop.call_soon(tick)

    class Into(Taken):
        def receive(self, raw: Any) -> None:
            came.append(now)

    flood = json.dumps({"result": [{"update_id": n} for n in range(5)]})
    _, talk = answering(flood, NOTHING)
    async with server(talk) as url:
        task = asyncio.create_task(Poller(f"{url}/botT", Into()).run())
        tick()
        await soon(lambda: len(came) == 5)
        task.cancel()
    first, second, third = came[0], came[2], came[4]
    assert came == [first, first, second, second, third]
    assert first < second < third
    assert by_hand.slept == [], "no longer than a turn"
