"""Asking Telegram for updates: nothing is acknowledged before it is on disk, and the loop is never alive and deaf."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from bot.delivery import poll
from bot.delivery.poll import ALLOWED, EX_DEAF, EX_OTHER_COPY, EX_TOKEN, Poller, Stop
from bot.log import CannotSave, Log, Saved
from tests.raw_server import asked, saying, server
from tests.running import soon
from tests.wire import Wire

PATIENCE = 50.0  # seconds, for a machine that has other work


class Taken:
    """A receiver that keeps nothing."""

    def receive(self, raw: Any) -> None:
        return None


def _poller(telegram: Wire, **limits: float) -> Poller:
    return Poller(f"{telegram.url}/bot{telegram.token}", Taken(), **limits)  # type: ignore[arg-type]


class ByHand:
    """A clock that only sleeping moves on: what the machine is busy with costs no time."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        if seconds:
            self.slept.append(seconds)
        await asyncio.sleep(0)

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> ByHand:
    """The poller lives by such a clock."""
    clock = ByHand()
    monkeypatch.setattr(poll, "time", clock)
    monkeypatch.setattr(poll, "asyncio", clock)
    return clock


@pytest.mark.parametrize("status", ["401", "404"])
async def test_a_token_that_telegram_does_not_know_ends_the_process_at_once(telegram: Wire, status: str) -> None:
    telegram.fail("getUpdates", status)
    with pytest.raises(Stop) as stop:
        await asyncio.wait_for(_poller(telegram).run(), PATIENCE)
    assert stop.value.code == EX_TOKEN
    assert str(stop.value) == ("Telegram does not know this token; set TELEGRAM_BOT_TOKEN to the one from BotFather.")


async def test_a_second_copy_is_waited_for_and_then_the_process_ends(telegram: Wire) -> None:
    telegram.fail("getUpdates", "409", times=100)
    with pytest.raises(Stop) as stop:
        await asyncio.wait_for(_poller(telegram, other_copy_after=0.4).run(), PATIENCE)
    assert stop.value.code == EX_OTHER_COPY
    assert str(stop.value) == "Another copy is running with this token; stop it, or use another token."


async def test_a_telegram_that_never_answers_ends_the_process(telegram: Wire) -> None:
    telegram.fail("getUpdates", "hang", times=100)
    with pytest.raises(Stop) as stop:
        await asyncio.wait_for(_poller(telegram, hangs_after=0.2, deaf_after=0.5).run(), PATIENCE)
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


# -- what Telegram may forget ------------------------------------------------------------------------------------------


class Kept:
    """A receiver with a disk that may be full: what it takes is saved when there is room."""

    def __init__(self) -> None:
        self.room = True
        self.taken: list[int] = []
        self.offered: list[int] = []

    def receive(self, raw: Any) -> Saved[None]:
        saved: Saved[None] = Saved()
        self.offered.append(raw["update_id"])
        if self.room:
            self.taken.append(raw["update_id"])
            saved.settle(None, None)
        else:
            saved.settle(None, CannotSave("full", "the disk is full"))
        return saved


@asynccontextmanager
async def ended(polling: asyncio.Task[None]) -> AsyncIterator[None]:
    """End this polling at the end, whatever came of it."""
    try:
        yield
    finally:
        polling.cancel()
        with contextlib.suppress(asyncio.CancelledError, Stop):
            await polling


@asynccontextmanager
async def polling(telegram: Wire, receiver: Any, **more: Any) -> AsyncIterator[Poller]:
    poller = Poller(f"{telegram.url}/bot{telegram.token}", receiver, **more)
    async with ended(asyncio.create_task(poller.run())):
        yield poller


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
    await asyncio.wait_for(_poller(telegram).confirm(0.2), 3)
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


# -- answers that are none ---------------------------------------------------------------------------------------------


def answering(*bodies: str) -> tuple[list[str], Callable[..., Any]]:
    """A server that answers getUpdates with these bodies ("500 {…}" with that status), the last one again and again."""
    requests: list[str] = []
    left = list(bodies)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            requests.append((await asked(reader))[0])
            body = left.pop(0) if len(left) > 1 else left[0]
            status, _, rest = body.partition(" ") if body[:3].isdigit() else ("200", "", body)
            await asyncio.sleep(0.01)
            head = f"HTTP/1.1 {status} X\r\nContent-Length: {len(rest.encode())}\r\n\r\n"
            writer.write((head + rest).encode())
            await writer.drain()

    return requests, talk


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the host reads of the poller."""
    return [r.getMessage() for r in caplog.records if r.name == poll.__name__]


GOOD = '{"ok": true, "result": [{"update_id": 7}]}'
NOTHING = '{"ok": true, "result": []}'


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
