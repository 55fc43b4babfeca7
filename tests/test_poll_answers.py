"""Asking Telegram for updates: answers that are none."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import unquote

import pytest

from bot.delivery import poll
from bot.delivery.poll import ALLOWED, EX_DEAF, EX_OTHER_COPY, Poller, Stop
from tests.polled import NOTHING, PATIENCE, ByHand, Kept, answering, ended, polling
from tests.raw_server import server
from tests.running import soon
from tests.wire import Wire


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the host reads of the poller."""
    return [r.getMessage() for r in caplog.records if r.name == poll.__name__]


GOOD = '{"ok": true, "result": [{"update_id": 7}]}'


@asynccontextmanager
async def asking(*bodies: str, **more: Any) -> AsyncIterator[tuple[Kept, list[str], asyncio.Task[None]]]:
    """A poller against a server that answers so."""
    requests, talk = answering(*bodies)
    disk = Kept()
    async with server(talk) as url:
        task = asyncio.create_task(Poller(f"{url}/botT", disk, **more).run())
        async with ended(task):
            yield disk, requests, task


@pytest.mark.parametrize(
    "body",
    ["canary-of-somebody", "[]", "{}", '{"result": 5}', '{"result": {"update_id": 7}}', "\x00", "[" * 50_000, '{"result": null}'],
)  # fmt: skip
async def test_an_answer_nobody_can_read_is_left_out_without_a_word_of_it(
    body: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with asking(body, GOOD, NOTHING) as (disk, _, _):
        await soon(lambda: disk.taken == [7])
    size = len(body.encode())
    assert lines(caplog) == [f"an answer to getUpdates of {size} bytes cannot be read"]


@pytest.mark.parametrize(
    "update",
    ["5", "null", "[]", "{}", '{"update_id": "7"}', '{"update_id": null}', '{"message": {"text": "canary-of-somebody"}}'],
)  # fmt: skip
async def test_what_has_no_number_is_left_out_and_holds_up_nothing(
    update: str, caplog: pytest.LogCaptureFixture
) -> None:
    two = f'{{"result": [{update}, {{"update_id": 7}}]}}'
    async with asking(two, NOTHING) as (disk, requests, _):
        await soon(lambda: len(requests) > 2)
        assert disk.offered == [7]
        assert "offset=8&" in requests[-1]
    assert "canary" not in caplog.text


async def test_telegram_is_asked_for_what_comes_after_the_last_and_only_for_kinds_that_are_handled() -> None:
    async with asking('{"result": [{"update_id": 9}, {"update_id": 4}]}', NOTHING) as (disk, requests, _):
        await soon(lambda: len(requests) > 2)
    wanted = json.dumps(ALLOWED, separators=(",", ":"))
    first = f"GET /botT/getUpdates?offset=0&timeout=10&limit=100&allowed_updates={wanted} HTTP/1.1"
    assert unquote(requests[0]) == first
    assert "offset=10&timeout=10" in requests[1]
    assert disk.taken == [9, 4]


async def test_other_errors_are_told_by_number_and_asked_over(
    by_hand: ByHand, caplog: pytest.LogCaptureFixture
) -> None:
    async with asking("500 canary", "400 canary", GOOD, NOTHING) as (disk, _, _):
        await soon(lambda: disk.taken == [7])
    assert lines(caplog) == ["Telegram answers 500 to getUpdates", "Telegram answers 400 to getUpdates"]
    assert by_hand.slept == [poll.NO_ANSWER_PAUSE] * 2


async def test_a_line_that_is_cut_is_asked_over_a_moment_later(by_hand: ByHand, telegram: Wire) -> None:
    telegram.fail("getUpdates", "cut_before", times=2)
    disk = Kept()
    async with polling(telegram, disk):
        telegram.say(1, "hello")
        await soon(lambda: disk.taken)
    assert by_hand.slept == [0.2, 0.2]


async def test_errors_for_most_of_a_minute_end_the_process_but_not_a_server_that_is_down(by_hand: ByHand) -> None:
    async with asking("400 {}", deaf_after=0.5) as (_, _, task):
        with pytest.raises(Stop) as stop:
            await asyncio.wait_for(task, PATIENCE)
    assert stop.value.code == EX_DEAF
    assert str(stop.value) == "Telegram answers 400 to getUpdates; stopping, so that a restart can mend it."
    async with asking("[]", deaf_after=0.5) as (_, _, task):
        with pytest.raises(Stop) as stop:
            await asyncio.wait_for(task, PATIENCE)
    assert stop.value.code == EX_DEAF
    assert str(stop.value) == (
        "Telegram gives no answer that can be read to getUpdates; stopping, so that a restart can mend it."
    )
    async with asking("502 {}", deaf_after=0.1) as (_, requests, task):
        await soon(lambda: len(requests) > 2)
        assert not task.done()


async def test_a_429_is_waited_for_as_long_as_it_says(by_hand: ByHand) -> None:
    limited = '429 {"parameters": {"retry_after": 6}}'
    async with asking(limited, GOOD, NOTHING) as (disk, _, _):
        await soon(lambda: disk.taken == [7])
    assert by_hand.slept == [6]


async def test_conflicts_far_apart_are_two_restarts_and_answers_in_between_prove_nothing(
    caplog: pytest.LogCaptureFixture, by_hand: ByHand
) -> None:
    caplog.set_level(logging.WARNING)
    async with asking("409 {}", "409 {}", NOTHING, other_copy_after=0.4) as (_, requests, task):
        await soon(lambda: len(requests) > 3)
        by_hand.now += 0.6
        await soon(lambda: len(requests) > 5)
        assert not task.done()
    assert by_hand.slept == [0.1, 0.1]
    taking_turns = ["409 {}", NOTHING] * 40
    async with asking(*taking_turns, other_copy_after=0.4) as (_, _, task):
        with pytest.raises(Stop) as stop:
            await asyncio.wait_for(task, PATIENCE)
    assert stop.value.code == EX_OTHER_COPY
    once = "another copy of this bot is asking Telegram too; waiting for it to end"
    assert lines(caplog) == [once, once]  # each time once


async def test_another_copy_is_given_half_a_minute_and_asked_after_every_three_seconds(by_hand: ByHand) -> None:
    async with asking("409 {}") as (_, _, task):
        with pytest.raises(Stop):
            await asyncio.wait_for(task, PATIENCE)
    assert by_hand.slept == [3.0] * 11


async def test_a_conflict_is_no_deafness(by_hand: ByHand) -> None:
    conflicts = ["409 {}"] * 4  # 0.2 seconds apart
    async with asking(*conflicts, "400 {}", NOTHING, deaf_after=0.6, other_copy_after=0.9) as (_, requests, task):
        await soon(lambda: len(requests) > 5)
        assert not task.done()


async def test_the_host_is_told_that_telegram_was_heard() -> None:
    heard: list[float] = []
    async with asking("500 {}", NOTHING, heard=lambda: heard.append(1)) as (_, requests, _):
        await soon(lambda: requests)
        assert heard == []
        await soon(lambda: heard)
