"""Delivery when something goes wrong: what becomes of a chat when something goes wrong, coming in, being answered, and going out.

The bot is the echo bot of tests/echo_serve.py on the loopback server; what the whole of it promises is in tests/test_delivery.py.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram import Update

from bot.delivery import TOO_QUICK, delivery, say, wire
from bot.delivery.connections import ConnectionPool
from bot.delivery.notices import tell
from bot.log import AlreadyHeard, CannotSave, Log
from bot.log.faults import GOES_ON, PAUSED
from tests.running import Running, full, hears, host_reads, known, message, roomy, soon
from tests.wire import Wire

# -- coming in ---------------------------------------------------------------------------------------------------------


async def test_an_update_is_known_again_when_its_number_is_remembered_by_the_log_alone(
    telegram: Wire, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.inbox.KNOWN", 1)
    async with Running(telegram, db) as bot:
        first = telegram.say(1, "hello")
        for text in ("why", "bye"):
            telegram.say(2, text)
        await soon(lambda: len(telegram.texts(1)) == 1 and len(telegram.texts(2)) == 2)
        assert list(bot.delivery.inbox._known) == [first + 2]  # the newest
        telegram.repeat(first, message=message(1))
        telegram.say(1, "why")
        await soon(lambda: len(telegram.texts(1)) == 2)
        assert bot.turns(1) == ["hello", "why"]


async def test_the_latest_date_that_telegram_gave_a_message_is_known(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db) as bot:
        assert bot.delivery.inbox.latest is None
        now = int(time.time())
        for date in (now - 20, now - 5, now - 10):
            telegram.say(1, "hello", date=date)
        telegram.update()
        await soon(lambda: telegram.unconfirmed() == 0)
        assert bot.delivery.inbox.latest == datetime.fromtimestamp(now - 5, UTC)


@pytest.mark.parametrize("number", [True, -1, 2**62, "5", None, 5.0])
async def test_what_has_no_proper_number_is_not_taken(telegram: Wire, db: Path, number: object) -> None:
    async with Running(telegram, db) as bot:
        assert bot.delivery.receive({"update_id": number, "message": message(1)}) is None
        assert bot.delivery.receive("nonsense") is None
        await bot.delivery.chats.idle()
    assert telegram.texts(1) == []


async def test_what_belongs_to_no_chat_holds_up_nobody(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db) as bot:
        telegram.update()  # of a kind that is not known yet
        telegram.update(callback_query={"id": "1", "from": telegram.user(1), "chat_instance": "1", "data": "x"})
        telegram.say(1, "hello")
        await soon(lambda: telegram.texts(1) == ["re hello"])
        await soon(lambda: bot.log.counts()["unhandled"] == 0)
        assert bot.log.counts()["unreadable"] == 0


@pytest.mark.parametrize(
    ("content", "chat"),
    [
        ({"message": message(7)}, 7),
        ({"callback_query": {"id": "1", "from": {"id": 8, "is_bot": False, "first_name": "U"}, "chat_instance": "1", "data": "x"}}, 8),
        ({}, 0),
    ],
    ids=["a message", "a tap on what is gone", "a kind that is not known yet"],
)  # fmt: skip
def test_what_has_no_chat_comes_in_its_writers_order(content: dict[str, Any], chat: int) -> None:
    update = Update.de_json({"update_id": 1} | content, None)
    assert delivery._chat(update) == chat


@pytest.mark.parametrize(
    ("sql", "lost"), [("PRAGMA schema_version", CannotSave), ("no SQL", sqlite3.OperationalError)]
)  # fmt: skip
async def test_damage_that_shows_when_an_update_is_looked_up_ends_the_process_and_leaves_it_with_telegram(
    telegram: Wire, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sql: str, lost: type[Exception]
) -> None:
    junk = tmp_path / "junk.db"
    junk.write_bytes(b"not a database, but a text that is long enough to be looked at as one" * 20)

    def look(number: int) -> bool:
        with closing(sqlite3.connect(junk if lost is CannotSave else ":memory:")) as broken:
            return bool(broken.execute(sql).fetchall())

    async with Running(telegram, db) as bot:
        monkeypatch.setattr(bot.log, "seen", look)
        raw = {"update_id": 0, "message": message(1)}
        if lost is CannotSave:
            saved = bot.delivery.receive(raw)
            assert saved is not None
            with pytest.raises(CannotSave, match="the log is damaged"):
                await saved
            assert await bot.ended() == 65
        else:  # a mistake of ours
            with pytest.raises(lost):
                bot.delivery.receive(raw)


async def test_a_day_holds_so_many_messages_of_a_chat_and_the_next_day_as_many_again(
    telegram: Wire, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.inbox.MOST_A_DAY", 2)
    days = [0]
    log = Log.open(db, clock=lambda: datetime.now(UTC) + timedelta(days=days[0]))
    async with Running(telegram, db, log=log) as bot:
        for text in ("hello", "why", "bye"):
            telegram.say(1, text)
            await soon(lambda: telegram.unconfirmed() == 0)
            await bot.delivery.chats.idle()
        telegram.say(2, "hello")
        await soon(lambda: telegram.texts(2) == ["re hello"])
        assert bot.turns(1) == ["hello", "why"]
        await soon(lambda: bot.log.counts()["refused"] == 1)
        days[0] = 1
        telegram.say(1, "bye", date=time.time() + 86400)
        await soon(lambda: bot.turns(1) == ["hello", "why", "bye"])


async def test_the_notice_that_it_is_too_much_comes_again_after_the_chat_was_quiet(telegram: Wire, db: Path) -> None:
    telegram.round_trip = 0.05
    async with Running(telegram, db) as bot:
        for flood in (1, 2):
            for number in range(40):
                telegram.say(1, f"why {number}")
            await soon(lambda: telegram.unconfirmed() == 0)
            await bot.delivery.chats.idle()
            await soon(lambda n=flood: telegram.texts(1).count(TOO_QUICK) == n)  # type: ignore[misc]
    notices = [s.params["reply_parameters"] for s in telegram.to(1) if s.text == TOO_QUICK]
    assert all(n["allow_sending_without_reply"] for n in notices), "it comes also when that message is gone"
    assert all(isinstance(n["message_id"], int) for n in notices)


# -- handlers that fail ------------------------------------------------------------------------------------------------


async def test_a_handler_with_a_mistake_in_it_is_not_run_again_and_the_chat_goes_on(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db) as bot:
        telegram.say(1, "/boom")
        telegram.say(1, "hello")
        await soon(lambda: telegram.texts(1) == ["re hello"])
        await soon(lambda: bot.log.counts()["unhandled"] == 0)
    async with Running(telegram, db) as bot:
        await bot.delivery.chats.idle()
        assert telegram.texts(1) == ["re hello"]


async def test_what_was_kept_although_the_commit_seemed_to_fail_is_sent(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db) as bot:
        tries = 0

        async def kept() -> None:
            nonlocal tries
            tries += 1
            await bot.log.post(known(bot.log).id, [say("kept")])
            raise AlreadyHeard

        hears(bot, "kept", kept)
        telegram.say(1, "/kept")
        await soon(lambda: telegram.texts(1) == ["kept"])
        await soon(lambda: bot.log.counts()["unhandled"] == 0)
        assert tries == 1


async def test_an_answer_sent_past_the_outbox_to_who_blocked_the_bot_ends_their_call(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db) as bot:
        telegram.say(1, "hello")
        await soon(lambda: telegram.texts(1))

        async def direct() -> None:
            await bot.delivery.application.bot.send_message(1, "direct")

        hears(bot, "direct", direct)
        telegram.blocked.add(1)
        telegram.say(1, "/direct")
        await soon(lambda: bot.log.person(known(bot.log).id).blocked_at)
        assert bot.log.calls(known(bot.log).id)[0].outcome == "abandoned"
        assert not bot.delivery.process.stopping.is_set()


@pytest.mark.parametrize("way", ["outbox", "direct", "polling"])
async def test_a_token_that_is_taken_back_while_it_runs_ends_the_process(
    telegram: Wire, db: Path, way: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with Running(telegram, db) as bot:

        async def direct() -> None:
            await bot.delivery.application.bot.send_message(1, "direct")

        hears(bot, "direct", direct)
        telegram.fail("getUpdates" if way == "polling" else "sendMessage", "401", times=99)
        telegram.say(1, "/direct" if way == "direct" else "hello")
        assert await bot.ended() == 78
    told = "Telegram does not know this token any more."
    if way == "polling":  # which may as well be a start with a wrong one
        told = "Telegram does not know this token; set TELEGRAM_BOT_TOKEN to the one from BotFather."
    told += " Or TELEGRAM_BASE_URL, which is set here, leads to the wrong place."
    assert f"CRITICAL {told}" in host_reads(caplog)
    assert telegram.token not in caplog.text


async def test_work_in_a_chats_order_waits_its_turn_and_its_mistakes_end_nothing(
    telegram: Wire, db: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with Running(telegram, db) as bot:
        done: list[str] = []

        async def fails() -> None:
            done.append("fails")
            raise RuntimeError("a mistake")

        async def works() -> None:
            done.append("works")

        for job in (works, fails, works):
            bot.delivery.do(1, job)
        await bot.delivery.chats.idle()
        assert done == ["works", "fails", "works"]
        telegram.say(1, "hello")
        await soon(lambda: telegram.texts(1) == ["re hello"])
    assert host_reads(caplog) == ["ERROR something went wrong in a chat"]


async def test_work_of_our_own_is_done_however_much_waits_in_its_chat(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db) as bot:
        done: list[int] = []

        async def works() -> None:
            done.append(len(done))

        for _ in range(delivery.MOST_WAITING + 5):
            bot.delivery.do(1, works)
        await bot.delivery.chats.idle()
        assert len(done) == delivery.MOST_WAITING + 5


async def test_work_that_cannot_be_saved_is_done_when_it_can(
    telegram: Wire, db: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with Running(telegram, db, probe_seconds=0.2) as bot:
        done: list[str] = []

        async def keeps() -> None:
            await bot.log.note("mine", "x" * 500_000)
            done.append("kept")

        full(bot.log)
        bot.delivery.do(1, keeps)
        bot.delivery.do(1, keeps)
        await soon(lambda: telegram.texts(1) == [PAUSED])
        await asyncio.sleep(0.5)  # some probes, none of which finds room
        assert (done, telegram.texts(1)) == ([], [PAUSED])
        roomy(bot.log)
        await soon(lambda: done == ["kept", "kept"])
        assert telegram.texts(1) == [PAUSED, GOES_ON]
        assert bot.log.facts()["probe"] == ""  # what was tried takes no room
    paused, goes_on = host_reads(caplog)
    assert paused.startswith("ERROR nothing can be saved: ")
    assert paused.endswith("; calls are paused")
    assert goes_on == "WARNING the log can be written again; calls go on"


# -- going out ---------------------------------------------------------------------------------------------------------


async def test_what_could_not_go_out_is_tried_again_later_and_nothing_overtakes_it(
    telegram: Wire, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "AGAIN_SECONDS", 0.3)
    monkeypatch.setattr(wire, "TRIES", 1)
    async with Running(telegram, db) as bot:
        telegram.fail("sendMessage", "502", times=3)
        telegram.say(1, "hello")
        telegram.say(1, "why")
        await soon(lambda: telegram.texts(1) == ["re hello", "re why"])
        await soon(lambda: bot.log.counts()["unsent"] == 0)


@pytest.mark.parametrize(("pace", "signs"), [("0", 0), ("0.01", 1)])
async def test_pauses_are_as_long_as_the_host_wants_them(telegram: Wire, db: Path, pace: str, signs: int) -> None:
    async with Running(telegram, db, env={"RUNNER_UP_PACE": pace}) as bot:
        await bot.log.post(known(bot.log).id, [say("hello", pause=1)])
        await bot.delivery.send(known(bot.log))
    assert telegram.texts(1) == ["hello"]
    assert len(telegram.to(1, "sendChatAction")) == signs


async def test_messages_for_who_has_no_chat_hold_up_no_start(telegram: Wire, db: Path) -> None:
    with Log.open(db) as log:
        log.post(log.local().id, [say("for the terminal")]).result()
        log.post(known(log).id, [say("for the chat")]).result()
    async with Running(telegram, db):
        await soon(lambda: telegram.texts(1) == ["for the chat"])
    assert [s.text for s in telegram.sent if s.method == "sendMessage"] == ["for the chat"]


async def test_a_word_that_does_not_arrive_is_no_error_of_the_call(
    telegram: Wire, db: Path, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.round_trip = 0.02
    async with Running(telegram, db) as bot:
        for number in range(30):
            telegram.say(1, f"why {number}")
        telegram.fail("sendMessage", "400", times=1)
        await soon(lambda: telegram.unconfirmed() == 0)
        await tell(bot.delivery.application.bot, 1, "x" * 5000)
        await bot.delivery.chats.idle()
    assert "WARNING a word to a chat did not arrive (BadRequest)" in host_reads(caplog)


# -- after an outage ---------------------------------------------------------------------------------------------------


async def test_an_update_that_nobody_can_read_is_told_to_the_host_by_its_number(
    telegram: Wire, db: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with Running(telegram, db) as bot:
        number = telegram.update(message={"date": "never"})
        await soon(lambda: telegram.unconfirmed() == 0)
        assert bot.log.seen(number)
        assert bot.log.counts()["unreadable"] == 1
    assert host_reads(caplog) == [f"WARNING update {number} cannot be read; it is left out"]


async def test_an_update_of_an_earlier_life_that_nobody_can_read_now_is_left_out(telegram: Wire, db: Path) -> None:
    with Log.open(db) as log:
        person = known(log)
        log.received(500, person.id, json.dumps({"update_id": 500, "message": {"date": "never"}})).result()
        log.received(501, person.id, json.dumps({"update_id": 501, "message": message(1)})).result()
    async with Running(telegram, db) as bot:
        await soon(lambda: telegram.texts(1) == ["re hello"])
        await soon(lambda: bot.log.counts()["unhandled"] == 0)
        assert bot.log.counts()["unreadable"] == 1


async def test_who_has_agreed_to_nothing_is_answered_however_late_since_nothing_could_be_held(
    telegram: Wire, db: Path
) -> None:
    telegram.say(9, "hello", date=time.time() - 3600)
    async with Running(telegram, db):
        await soon(lambda: telegram.texts(9) == ["re hello"])


@pytest.mark.parametrize(("minutes", "said"), [(9, "re hello"), (11, delivery.AWAY)])
async def test_ten_minutes_are_an_outage(telegram: Wire, db: Path, minutes: int, said: str) -> None:
    telegram.say(1, "hello", date=time.time() - 60 * minutes)
    async with Running(telegram, db):
        await soon(lambda: telegram.texts(1) == [said])


async def test_a_clock_of_ours_that_runs_an_hour_ahead_makes_no_message_old(telegram: Wire, db: Path) -> None:
    telegram.clock_off = -3600.0
    telegram.say(1, "hello", date=time.time() - 3600)
    async with Running(telegram, db):
        await soon(lambda: telegram.texts(1) == ["re hello"])


async def test_an_outage_is_one_also_by_a_clock_of_ours_that_is_an_hour_behind(telegram: Wire, db: Path) -> None:
    telegram.clock_off = 3600.0
    telegram.say(1, "hello", date=time.time() + 3600 - 11 * 60)
    async with Running(telegram, db):
        await soon(lambda: telegram.texts(1) == [delivery.AWAY])


@pytest.mark.parametrize(
    "date", ["", "yesterday", "Sun, 99 Nov 2026 10:00:00 GMT", "Sun, 29 Nov 99999 10:00:00 GMT", "\xff"]
)
async def test_a_server_that_tells_no_date_changes_nothing_in_the_clock(date: str) -> None:
    pool = ConnectionPool(1)
    pool._compare(date.encode("latin-1"))
    assert pool.ahead == timedelta()


async def test_the_question_whether_to_carry_on_is_put_again_only_after_it_was_answered(
    telegram: Wire, db: Path
) -> None:
    async with Running(telegram, db) as bot:

        async def late(text: str, held: int) -> None:
            telegram.say(1, text, date=time.time() - 3600)
            await soon(lambda: len(bot.delivery.held(known(bot.log))) == held)
            await bot.delivery.chats.idle()

        await late("hello", 1)
        await late("why", 2)
        assert telegram.texts(1) == [delivery.AWAY]
        bot.delivery.carried_on(known(bot.log))
        await late("bye", 3)
        assert telegram.texts(1) == [delivery.AWAY] * 2
