"""Between Telegram and the chat: nothing lost, nothing doubled, each chat in order, whatever breaks.

Each test names what it shows. The bot is the echo bot of tests/echo_serve.py: a real call behind the real delivery.
"""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.delivery import TOO_QUICK, say
from bot.log import Log
from bot.log.faults import FILE_GONE, GOES_ON, ONE_MOMENT, PAUSED
from bot.log.mail import MOST_TRIES
from tests.running import Running, message, soon
from tests.wire import Wire


def patience(seconds: float) -> float:
    """A limit for an idle machine, longer on one that has other work to do."""
    return seconds * max(1.0, 2 * os.getloadavg()[0] / (os.cpu_count() or 1))


async def test_a_message_is_answered_and_both_are_on_disk(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db) as bot:
        telegram.say(1, "hello")
        await soon(lambda: telegram.texts(1) == ["re hello"])
        assert bot.turns(1) == ["hello"]
        await soon(lambda: bot.log.unsent(bot.log.by_telegram(1).id) == [])  # type: ignore[union-attr]
    assert bot.code == 0


async def test_an_update_that_comes_twice_is_answered_once(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db) as bot:
        number = telegram.say(1, "hello")
        await soon(lambda: telegram.texts(1))
        telegram.repeat(number, message=message(1))
        telegram.say(1, "why")
        await soon(lambda: len(telegram.texts(1)) > 1)
        assert telegram.texts(1) == ["re hello", "re why"]
        assert bot.turns(1) == ["hello", "why"]


async def test_an_update_of_an_earlier_life_is_not_answered_again(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db):
        number = telegram.say(1, "hello")
        await soon(lambda: telegram.texts(1))
    async with Running(telegram, db) as bot:
        telegram.repeat(number, message=message(1))
        await soon(lambda: telegram.unconfirmed() == 0)
        assert telegram.texts(1) == ["re hello"]
        assert bot.turns(1) == ["hello"]


async def test_telegram_may_not_forget_an_update_before_it_is_on_disk(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db) as bot:
        await soon(lambda: telegram.polls)
        other = sqlite3.connect(db, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        telegram.say(1, "hello")
        await asyncio.sleep(0.5)
        assert telegram.unconfirmed() == 1
        other.execute("COMMIT")
        other.close()
        await soon(lambda: telegram.unconfirmed() == 0)
        await soon(lambda: bot.turns(1) == ["hello"])


async def test_a_call_goes_on_where_it_stood_after_a_restart(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db):
        telegram.say(1, "hello sam")
        await soon(lambda: telegram.texts(1))
    async with Running(telegram, db) as bot:
        telegram.say(1, "why")
        await soon(lambda: len(telegram.texts(1)) == 2)
        (call,) = bot.log.calls(bot.log.by_telegram(1).id)  # type: ignore[union-attr]
        assert call.turns == 2


async def test_an_update_nobody_can_read_holds_up_no_other_and_is_not_quoted(
    telegram: Wire, db: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    async with Running(telegram, db) as bot:
        began = time.monotonic()
        telegram.update(message={"text": "canary-of-mine", "date": "never"})
        telegram.say(1, "hello")
        await soon(lambda: telegram.texts(1))
        assert time.monotonic() - began < patience(1)
        await soon(lambda: telegram.unconfirmed() == 0)
        assert bot.log.counts()["unreadable"] == 1
        assert "canary-of-mine" not in caplog.text


async def test_only_numbers_are_kept_of_who_has_not_agreed(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db) as bot:
        telegram.update(message={"message_id": 9, "date": int(time.time()), "from": telegram.user(77), "dice": {"emoji": "x", "value": 1},
                             "chat": {"id": 77, "type": "private", "first_name": "Canary"}})  # fmt: skip
        await soon(lambda: telegram.unconfirmed() == 0)
        await soon(lambda: bot.log.row("SELECT 1 FROM inbox"))
        assert tuple(bot.log.row("SELECT person_id, raw FROM inbox") or ()) == (None, "")
        assert bot.log.by_telegram(77) is None


async def test_a_flood_in_one_chat_delays_no_other_and_is_refused_with_one_notice(telegram: Wire, db: Path) -> None:
    telegram.round_trip = 0.02
    async with Running(telegram, db) as bot:
        for number in range(300):
            telegram.say(1, f"why {number}", message_id=100_000 + number)
        began = time.monotonic()
        telegram.say(2, "hello")
        await soon(lambda: telegram.texts(2))
        assert len(telegram.texts(1)) < 60  # the other one has not waited for the three hundred
        assert time.monotonic() - began < patience(0.5)
        await soon(lambda: telegram.unconfirmed() == 0 and not bot.delivery.chats.waiting)
        await bot.delivery.chats.idle()
        said = bot.turns(1)
        assert said == sorted(said, key=lambda text: int(text.split()[1]))
        assert telegram.texts(1).count(TOO_QUICK) == 1
        (told,) = [s for s in telegram.to(1) if s.text == TOO_QUICK]
        left_out = next(n for n in range(300) if f"why {n}" not in said)
        assert told.params["reply_parameters"]["message_id"] == 100_000 + left_out
        counts = bot.log.counts()
        assert counts["refused"] + len(said) == 300


async def test_a_429_holds_up_its_own_chat_only_and_loses_nothing(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db):
        telegram.fail("sendMessage", "429", chat=1, seconds=1)
        telegram.say(1, "hello")
        await asyncio.sleep(0.05)
        began = time.monotonic()
        telegram.say(2, "hello")
        await soon(lambda: telegram.texts(2))
        assert time.monotonic() - began < patience(0.5)
        await soon(lambda: telegram.texts(1) == ["re hello"])


async def test_a_send_that_surely_did_not_arrive_is_sent_again(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db):
        telegram.fail("sendMessage", "502", times=3)
        telegram.say(1, "hello")
        await soon(lambda: telegram.texts(1) == ["re hello"])


async def test_a_send_that_may_have_arrived_is_not_repeated_but_marked(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db) as bot:
        telegram.fail("sendMessage", "cut_after")
        telegram.say(1, "hello")
        await soon(lambda: bot.log.counts()["uncertain"] == 1)
        telegram.say(1, "why")
        await soon(lambda: len(telegram.texts(1)) == 2)
        assert telegram.texts(1) == ["re hello", "re why"]


async def test_a_person_who_blocked_the_bot_is_left_in_peace_and_their_call_is_over(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db) as bot:
        telegram.say(1, "hello")
        await soon(lambda: telegram.texts(1))
        telegram.blocked.add(1)
        telegram.say(1, "why")
        person = bot.log.by_telegram(1)
        assert person is not None
        await soon(lambda: bot.log.person(person.id).blocked_at)
        assert bot.log.calls(person.id)[0].outcome == "abandoned"
        assert bot.log.unsent(person.id) == []


async def test_answers_left_by_an_earlier_life_are_sent_once_and_the_first_is_marked(telegram: Wire, db: Path) -> None:
    with Log.open(db) as log:
        person = log.by_telegram(1)
        assert person is not None
        log.post(person.id, [say("one"), say("two")]).result()
    async with Running(telegram, db) as bot:
        await soon(lambda: len(telegram.texts(1)) == 2)
        assert telegram.texts(1) == ["one", "two"]
        await soon(lambda: bot.log.counts()["unsent"] == 0)
        assert [tuple(r) for r in bot.log.rows("SELECT resent FROM outbox ORDER BY id")] == [(1,), (0,)]
    async with Running(telegram, db):
        await asyncio.sleep(0.1)
        assert len(telegram.texts(1)) == 2


async def test_after_an_outage_there_is_one_line_instead_of_a_burst(telegram: Wire, db: Path) -> None:
    hours_ago = time.time() - 3 * 3600
    for text in ("hello", "why", "bye"):
        telegram.say(1, text, date=hours_ago)
    async with Running(telegram, db) as bot:
        await soon(lambda: telegram.unconfirmed() == 0)
        await bot.delivery.chats.idle()
        person = bot.log.by_telegram(1)
        assert person is not None
        await soon(lambda: len(bot.delivery.held(person)) == 3)  # confirmed is on disk; held comes a moment later
        assert telegram.texts(1) == ["I was away. Carry on?"]
        assert bot.turns(1) == []
        held = bot.delivery.held(person)
        assert [u.message.text for u in held if u.message] == ["hello", "why", "bye"]
        await bot.delivery.done(u.update_id for u in held)
        assert bot.delivery.held(person) == []


async def test_an_update_over_which_many_lives_ended_is_held_back_and_its_writer_asked(
    telegram: Wire, db: Path
) -> None:
    with Log.open(db) as log:
        person = log.by_telegram(1)
        assert person is not None
        log.received(500, 1, json.dumps({"update_id": 500, "message": message(1)})).result()
        for _ in range(MOST_TRIES):
            assert len(log.begin_again().result()[0]) == 1
            log.trying(500).result()
    async with Running(telegram, db) as bot:
        await soon(lambda: telegram.texts(1) == ["I was away. Carry on?"])
        assert [u.update_id for u in bot.delivery.held(person)] == [500]


async def test_a_timer_fires_once_also_after_a_restart(telegram: Wire, db: Path) -> None:
    with Log.open(db) as log:
        person = log.by_telegram(1)
        assert person is not None
        log.remind(person.id, "call", datetime.now(UTC) - timedelta(minutes=1), {"who": "Dana"}).result()
    remind: dict[str, Any] = {"on_timer": lambda person, due: [say(f"{due.kind} {due.about['who']}")]}
    async with Running(telegram, db, **remind):
        await soon(lambda: telegram.texts(1) == ["call Dana"])
    async with Running(telegram, db, **remind):
        await asyncio.sleep(0.1)
        assert telegram.texts(1) == ["call Dana"]


# -- nothing can be saved ------------------------------------------------------------------------------------


async def test_when_nothing_can_be_saved_the_call_pauses_says_so_and_goes_on(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db, probe_seconds=0.3) as bot:
        telegram.say(1, "hello")
        await soon(lambda: telegram.texts(1))
        full = bot.log.row("PRAGMA page_count")
        assert full is not None
        bot.log.writer.alone(lambda d: d.execute(f"PRAGMA max_page_count = {full[0]}").fetchall()).result()
        telegram.say(1, "why " + "x" * 4000)
        telegram.say(2, "why " + "y" * 4000)
        await soon(lambda: PAUSED in telegram.texts(1) and PAUSED in telegram.texts(2))
        assert telegram.unconfirmed() >= 1
        assert bot.turns(1) == ["hello"]
        bot.log.writer.alone(lambda d: d.execute("PRAGMA max_page_count = 1000000").fetchall()).result()
        await soon(lambda: len(bot.turns(1)) == 2 and len(bot.turns(2)) == 1)
        await soon(lambda: telegram.texts(1)[-1].startswith("re why"))
        assert [t for t in telegram.texts(1) if not t.startswith("re ")] == [PAUSED, GOES_ON]
        await soon(lambda: telegram.unconfirmed() == 0)
    with Log.open(db) as log:
        assert log.counts()["unhandled"] == 0


async def test_a_log_that_is_taken_away_pauses_the_call_and_ends_the_process(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db) as bot:
        telegram.say(1, "hello")
        await soon(lambda: telegram.texts(1))
        await asyncio.to_thread(db.rename, db.with_name("moved.db"))
        telegram.say(1, "why")
        await soon(lambda: FILE_GONE in telegram.texts(1))
        assert await bot.ended() == 74
    assert telegram.unconfirmed() == 1


async def test_a_lock_of_two_seconds_earns_a_word_and_nothing_is_lost(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db, moment=2.0) as bot:
        telegram.say(1, "hello")
        await soon(lambda: telegram.texts(1))
        other = sqlite3.connect(db, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        telegram.say(1, "why")
        await soon(lambda: ONE_MOMENT in telegram.texts(1))
        other.execute("COMMIT")
        other.close()
        await soon(lambda: telegram.texts(1)[-1] == "re why")
        assert bot.turns(1) == ["hello", "why"]


async def test_the_event_loop_does_not_wait_for_a_locked_log(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db):
        other = sqlite3.connect(db, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        for user in (1, 2, 3):
            telegram.say(user, "hello")
        lags = []
        for _ in range(120):
            began = time.monotonic()
            await asyncio.sleep(0.01)
            lags.append(time.monotonic() - began - 0.01)
        other.execute("COMMIT")
        other.close()
        assert sorted(lags)[int(len(lags) * 0.95)] < patience(0.1)
        await soon(lambda: all(telegram.texts(user) for user in (1, 2, 3)))


# -- the start --------------------------------------------------------------------------------------------------------


async def test_a_start_while_telegram_is_slow_is_ended_by_sigterm_at_once(telegram: Wire, db: Path) -> None:
    telegram.fail("getMe", "hang", times=9)
    bot = Running(telegram, db)
    starting = asyncio.create_task(bot.__aenter__())
    await asyncio.sleep(0.2)
    bot.delivery.process.stopping.set()
    await asyncio.wait_for(starting, 2)
    await bot.__aexit__(None, None, None)
    assert bot.code == 0
