"""The life of the post office: what becomes of timers, of the host's signs and of the process when something goes wrong.

The bot is the echo bot of tests/echo_serve.py on the loopback server; what the whole of it promises is in tests/test_delivery.py.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from telegram import Update

from bot.delivery import delivery, housekeeping, say, wire
from bot.log import CannotSave, Log, Person, Saved
from bot.log.faults import FILE_GONE, PAUSED, REPAIR
from bot.log.store import beside, unstamp
from bot.settings import Settings
from tests.running import Running, damage, full, hears, host_reads, known, remind, soon
from tests.wire import Wire
from tests.wire.known import TOKEN

# -- nothing can be saved ----------------------------------------------------------------------------------------------


async def test_a_log_that_is_damaged_under_the_bot_ends_the_process_and_telegram_keeps_what_was_not_saved(
    telegram: Wire, db: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with Running(telegram, db) as bot:
        telegram.say(1, "hello")
        await soon(lambda: telegram.texts(1))
        await soon(lambda: "heartbeat" in bot.log.facts())  # the day's own look at the log is over
        bot.log.writer.alone(lambda d: d.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()).result()
        size = (await asyncio.to_thread(db.stat)).st_size
        with db.open("r+b") as file:
            file.seek(4096)
            file.write(os.urandom(size - 4096))
        bot.log.writer.alone(lambda d: d.execute("PRAGMA shrink_memory").fetchall()).result()
        telegram.say(1, "why")
        assert await bot.ended() == 65
    # Whether a turn or housekeeping meets the damage first is chance; SQLite's own word comes with one of them.
    critical = [line.replace(" (SQLITE_CORRUPT)", "") for line in host_reads(caplog) if line.startswith("CRITICAL")]
    assert critical == [
        "CRITICAL The log is lost to this process: the log is damaged. Stopping; what was not saved stays with Telegram."
    ]
    assert telegram.unconfirmed() == 1


async def test_a_mistake_in_taking_updates_ends_the_process_instead_of_leaving_it_deaf(
    telegram: Wire, db: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with Running(telegram, db) as bot:

        def mistaken(update: Update) -> None:
            raise RuntimeError("a mistake")

        monkeypatch.setattr(bot.delivery, "_queue", mistaken)
        telegram.say(1, "hello")
        assert await bot.ended() == 70
    assert host_reads(caplog) == [
        "ERROR polling went wrong",
        "CRITICAL Nothing is heard from Telegram any more. Stopping; a supervisor starts it again.",
    ]


async def test_damage_that_shows_when_a_turn_is_written_is_told_as_such(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db) as bot:

        async def finds_damage() -> None:
            raise CannotSave("damaged", "the log is damaged")

        bot.delivery.do(1, finds_damage)
        await soon(lambda: telegram.texts(1) == [REPAIR])
        assert "are kept;" not in REPAIR, "nobody knows that"
        assert not REPAIR.endswith("are kept.")
        assert await bot.ended() == 65


async def test_nobody_is_told_that_their_calls_are_safe_when_their_file_has_gone(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db) as bot:
        telegram.say(1, "hello")
        await soon(lambda: telegram.texts(1))
        await asyncio.to_thread(db.unlink)
        telegram.say(1, "are you there?")
        await soon(lambda: FILE_GONE in telegram.texts(1))
        assert await bot.ended() == 74
    assert not [t for t in telegram.texts(1) if "is safe" in t or "calls are kept;" in t]


async def test_a_log_that_is_lost_while_the_call_pauses_ends_the_process(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db, probe_seconds=0.2) as bot:
        telegram.say(1, "hello")
        await soon(lambda: telegram.texts(1))
        full(bot.log)
        telegram.say(1, "why " + "x" * 4000)
        await soon(lambda: PAUSED in telegram.texts(1))
        await asyncio.to_thread(db.rename, db.with_name("moved.db"))
        assert await bot.ended() == 74


async def test_a_mark_that_cannot_be_saved_is_a_line_for_the_host_and_no_more(
    telegram: Wire, db: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with Running(telegram, db) as bot:
        moved = db.with_name("moved.db")

        async def away() -> None:
            await asyncio.to_thread(db.rename, moved)

        hears(bot, "away", away)
        telegram.say(1, "/away")
        line = "WARNING an update could not be marked; it may be handled again after a restart"
        await soon(lambda: line in host_reads(caplog))
        moved.rename(db)
        telegram.say(2, "hello")
        await soon(lambda: telegram.texts(2) == ["re hello"])


async def test_what_is_handled_in_one_round_of_the_loop_is_marked_in_one_statement(telegram: Wire, db: Path) -> None:
    async with Running(telegram, db) as bot:
        seen: list[str] = []
        bot.log.writer._db.set_trace_callback(seen.append)
        for number in (5, 6, 7):
            bot.delivery._handled(number)
        await soon(lambda: all(bot.log.settled(number) for number in (5, 6, 7)))
        assert sum("INTO inbox" in statement for statement in seen) == 1
        bot.delivery._handled(8)  # and the next round begins anew
        await soon(lambda: bot.log.settled(8))


# -- timers ------------------------------------------------------------------------------------------------------------


async def test_a_timer_that_goes_wrong_holds_up_no_other_for_long(
    telegram: Wire, db: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.delivery.periodic.TIMER_SECONDS", 0.05)
    broken = True

    def on_timer(person: Person, due: Any) -> list[dict[str, Any]]:
        if broken and due.kind == "bad":
            raise RuntimeError("a mistake")
        return [say(due.kind)]

    with Log.open(db) as log:
        remind(log, "bad")
    async with Running(telegram, db, on_timer=on_timer) as bot:
        remind(bot.log, "later", minutes=0.005)
        remind(bot.log, "never", minutes=60)
        await soon(lambda: "ERROR a timer went wrong" in host_reads(caplog))
        broken = False
        await soon(lambda: telegram.texts(1) == ["bad", "later"])
        await asyncio.sleep(0.2)
        assert telegram.texts(1) == ["bad", "later"]


async def test_timers_that_go_wrong_keep_none_of_anybody_else_waiting_however_many_they_are(
    telegram: Wire, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.periodic.TIMER_SECONDS", 0.02)

    def on_timer(person: Person, due: Any) -> list[dict[str, Any]]:
        if person.telegram_id == 1:
            raise RuntimeError("a mistake")
        return [say(due.kind)]

    with Log.open(db) as log:
        for _ in range(110):  # more than are looked at at once
            remind(log, "bad", minutes=-5, user=1)
        remind(log, "good", minutes=-1, user=2)
    async with Running(telegram, db, on_timer=on_timer):
        await soon(lambda: telegram.texts(2) == ["good"])


async def test_a_timer_waits_while_nothing_can_be_saved(
    telegram: Wire, db: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.delivery.periodic.TIMER_SECONDS", 0.05)
    async with Running(telegram, db, on_timer=lambda person, due: [say(due.kind)]) as bot:
        moved = db.with_name("moved.db")
        remind(bot.log, "soon", minutes=0.01)
        os.rename(db, moved)
        await soon(lambda: "WARNING a timer waits: nothing can be saved" in host_reads(caplog))
        assert telegram.texts(1) == []
        moved.rename(db)
        await soon(lambda: telegram.texts(1) == ["soon"])


@pytest.mark.parametrize("error", [damage(), CannotSave("damaged", "the log is damaged")], ids=["read", "written"])
async def test_a_timer_that_meets_a_damaged_log_ends_the_process(
    telegram: Wire, db: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def due(but_not: object) -> list[Any]:
        raise error

    with Log.open(db) as log:
        monkeypatch.setattr(log, "due", due)
        async with Running(telegram, db, log=log) as bot:
            assert await bot.ended() == 65


async def test_keeping_house_that_meets_a_damaged_log_ends_the_process(
    telegram: Wire, db: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def aside(*given: Any) -> None:
        raise damage()

    monkeypatch.setattr(housekeeping, "aside", aside)
    async with Running(telegram, db) as bot:
        assert await bot.ended() == 65
    assert host_reads(caplog)[0] == "ERROR housekeeping went wrong; it is tried again in an hour"


async def test_a_timer_that_has_nothing_to_say_says_nothing_and_is_over(telegram: Wire, db: Path) -> None:
    with Log.open(db) as log:
        remind(log, "call")
    async with Running(telegram, db) as bot:
        await soon(lambda: bot.log.due() == [])
    assert telegram.texts(1) == []


# -- the host's signs --------------------------------------------------------------------------------------------------


async def test_the_heartbeat_is_fresh_while_all_is_well_and_stops_while_nothing_can_be_saved_or_heard(
    telegram: Wire, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.periodic.HEARTBEAT_SECONDS", 0.05)
    path = beside(db, ".heartbeat")
    rounds: list[None] = []
    monkeypatch.setattr("bot.delivery.periodic.sign_of_life", lambda: rounds.append(None))

    async def beats() -> bool:
        """Whether the next two times it may touch the file it does."""
        before, gone_round = path.stat().st_mtime_ns, len(rounds)
        await soon(lambda: len(rounds) >= gone_round + 2)
        return path.stat().st_mtime_ns > before

    async with Running(telegram, db) as bot:
        await soon(path.exists)
        at, pid = path.read_text().split()
        assert path.stat().st_mode & 0o777 == 0o600
        assert (unstamp(at) <= datetime.now(UTC), int(pid)) == (True, os.getpid())
        assert await beats()
        bot.delivery.saving.can_save.clear()
        assert not await beats()
        bot.delivery.saving.can_save.set()
        bot.delivery.heard_at -= 61
        assert not await beats()
        telegram.say(1, "hello")  # Telegram answers
        await soon(lambda: telegram.texts(1))
        assert await beats()


async def test_what_keeping_house_finds_broken_ends_the_process_and_other_mistakes_do_not(
    telegram: Wire, db: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(housekeeping, "HOUSE_SECONDS", 0.05)
    async with Running(telegram, db) as bot:
        await soon(lambda: "last_backup" in bot.log.facts())
        folder = db.with_name(db.name + ".backups")
        moved = folder.with_name("elsewhere")
        await bot.log.note("last_backup", "2020-01-01T00:00:00.000Z")
        folder.rename(moved)
        folder.write_text("in the way")
        await bot.log.note("last_backup", "2020-01-01T00:00:00.000Z")
        line = f"ERROR no backup was made: {folder}: File exists."
        await soon(lambda: line in host_reads(caplog))
        folder.unlink()
        moved.rename(folder)
        await soon(lambda: not bot.log.facts()["last_backup"].startswith("2020"))
        telegram.say(1, "hello")
        await soon(lambda: telegram.texts(1) == ["re hello"])
        bot.log.write(lambda d: d.execute("UPDATE turns SET n = 7 WHERE n = 1")).result()  # a gap
        await bot.log.note("last_backup", "2020-01-01T00:00:00.000Z")
        assert await bot.ended() == 65
    assert "The log is not sound" in caplog.text


# -- beginning and ending ----------------------------------------------------------------------------------------------


async def test_a_webhook_of_an_earlier_life_does_not_stand_in_the_way_of_polling(telegram: Wire, db: Path) -> None:
    telegram.webhook = "https://bot.example/earlier"
    async with Running(telegram, db):
        telegram.say(1, "hello")
        await soon(lambda: telegram.texts(1) == ["re hello"])
    assert telegram.webhook == ""


@pytest.mark.parametrize("fault", ["401", "404"])
async def test_a_token_that_is_wrong_at_the_start_ends_the_process_in_a_sentence(
    telegram: Wire, db: Path, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fail("*", fault, times=99)
    async with Running(telegram, db) as bot:
        assert await bot.ended() == 78
    line = (
        "CRITICAL Telegram does not know this token; set TELEGRAM_BOT_TOKEN to the one from BotFather. "
        "Or TELEGRAM_BASE_URL, which is set here, leads to the wrong place."
    )
    assert host_reads(caplog) == [line]
    assert telegram.token not in caplog.text


def test_an_address_that_nobody_set_is_not_named_as_the_fault() -> None:
    names = {"TELEGRAM_BOT_TOKEN": TOKEN}
    settings = [Settings.read(names | more) for more in ({}, {"TELEGRAM_BASE_URL": "http://127.0.0.1:9"})]
    told = [delivery.or_address("No.", each) for each in settings]
    assert told == ["No.", "No. Or TELEGRAM_BASE_URL, which is set here, leads to the wrong place."]


async def test_a_telegram_that_cannot_be_reached_at_the_start_is_a_matter_for_the_supervisor(
    telegram: Wire, db: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(wire, "TRIES", 2)
    async with Running(telegram, db, env={"TELEGRAM_BASE_URL": "http://127.0.0.1:9"}) as bot:
        assert await bot.ended() == 75
    line = "CRITICAL Telegram cannot be reached (NotDelivered). Is this machine online, and TELEGRAM_BASE_URL right? Stopping; try again, or let a supervisor do so."
    assert host_reads(caplog) == [line]


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
async def test_sigterm_or_ctrl_c_ends_it_and_tells_telegram_and_the_log(
    telegram: Wire, db: Path, monkeypatch: pytest.MonkeyPatch, sign: signal.Signals
) -> None:
    monkeypatch.setattr(delivery, "CLOSE_SECONDS", 10.0)  # a slow disk is not what this is about
    async with Running(telegram, db) as bot:
        telegram.say(1, "hello")
        await soon(lambda: telegram.texts(1))
        os.kill(os.getpid(), sign)
        assert await bot.ended() == 0
        assert unstamp(bot.log.facts()["stopped"]) <= datetime.now(UTC)
    assert telegram.unconfirmed() == 0


async def test_a_log_that_takes_nothing_more_does_not_hold_up_the_end(
    telegram: Wire, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "CLOSE_SECONDS", 0.1)
    async with Running(telegram, db) as bot:
        never: Saved[None] = Saved()
        monkeypatch.setattr(bot.log, "note", lambda key, value: never)
        bot.delivery.process.stopping.set()
        assert await bot.ended() == 0


async def test_the_first_reason_to_end_is_the_one_that_is_told(
    telegram: Wire, db: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with Running(telegram, db) as bot:
        bot.delivery.process.stop(74, "the first")
        bot.delivery.process.stop(65, "the second")
        assert await bot.ended() == 74
    assert [r.message for r in caplog.records if r.levelno == logging.CRITICAL] == ["the first"]


async def test_what_is_being_answered_at_the_end_is_finished_and_the_rest_comes_with_the_next_life(
    telegram: Wire, db: Path
) -> None:
    async with Running(telegram, db) as bot:
        began = asyncio.Event()

        async def slow() -> None:
            began.set()
            await asyncio.sleep(0.3)
            await bot.log.post(known(bot.log).id, [say("slow")])
            await bot.delivery.send(known(bot.log))

        hears(bot, "slow", slow)
        telegram.say(1, "/slow")
        await asyncio.wait_for(began.wait(), 8)
        telegram.say(1, "hello")
        await soon(lambda: bot.delivery.chats.waiting == 1)
    assert telegram.texts(1) == ["slow"]
    async with Running(telegram, db) as bot:
        await soon(lambda: telegram.texts(1) == ["slow", "re hello"])
