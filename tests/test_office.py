"""The post office itself: what becomes of a chat, a timer, the host's signs and the process when something goes wrong.

The bot is the echo bot of tests/echo_serve.py on the loopback server; what the whole of it promises is in tests/test_delivery.py.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram import Update
from telegram.ext import ApplicationHandlerStop, CommandHandler, ContextTypes

from bot.delivery import TOO_QUICK, housekeeping, office, say, wire
from bot.log import AlreadyHeard, CannotSave, Log, Person, Saved
from bot.log.faults import GOES_ON, PAUSED, REPAIR
from bot.log.store import beside, unstamp
from tests.running import Running, message, soon
from tests.wire import Wire


def known(log: Log, user: int = 1) -> Person:
    person = log.by_telegram(user)
    assert person is not None
    return person


def full(log: Log) -> None:
    """Let the disk be full for whatever is longer than a word."""
    pages = log.row("PRAGMA page_count")
    assert pages is not None
    log.writer.alone(lambda d: d.execute(f"PRAGMA max_page_count = {pages[0]}").fetchall()).result()


def roomy(log: Log) -> None:
    log.writer.alone(lambda d: d.execute("PRAGMA max_page_count = 1000000").fetchall()).result()


def host_reads(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The lines of the delivery itself, as a host reads them."""
    return [f"{r.levelname} {r.getMessage()}" for r in caplog.records if r.name == "runner-up.delivery"]


# -- coming in ---------------------------------------------------------------------------------------------------------


async def test_an_update_is_known_again_when_its_number_is_remembered_by_the_log_alone(
    telegram: Wire, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "KNOWN", 1)
    async with Running(telegram, db) as bot:
        first = telegram.say(1, "hello")
        for text in ("why", "bye"):
            telegram.say(2, text)
        await soon(lambda: len(telegram.texts(1)) == 1 and len(telegram.texts(2)) == 2)
        assert list(bot.delivery._known) == [first + 2]  # the newest
        telegram.repeat(first, message=message(1))
        telegram.say(1, "why")
        await soon(lambda: len(telegram.texts(1)) == 2)
        assert bot.turns(1) == ["hello", "why"]


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
    assert office._chat(update) == chat


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
    monkeypatch.setattr(office, "MOST_A_DAY", 2)
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


def hears(bot: Running, word: str, work: Callable[[], Awaitable[object]]) -> None:
    """Let the bot do this at a command, and nothing else."""

    async def handler(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await work()
        raise ApplicationHandlerStop

    bot.delivery.application.add_handler(CommandHandler(word, handler), group=-1)


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
        assert not bot.delivery._stopping.is_set()


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

        for _ in range(office.MOST_WAITING + 5):
            bot.delivery.do(1, works)
        await bot.delivery.chats.idle()
        assert len(done) == office.MOST_WAITING + 5


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
    monkeypatch.setattr(office, "AGAIN_SECONDS", 0.3)
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
        await bot.delivery._tell(1, "x" * 5000)
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


@pytest.mark.parametrize(("minutes", "said"), [(9, "re hello"), (11, office.AWAY)])
async def test_ten_minutes_are_an_outage(telegram: Wire, db: Path, minutes: int, said: str) -> None:
    telegram.say(1, "hello", date=time.time() - 60 * minutes)
    async with Running(telegram, db):
        await soon(lambda: telegram.texts(1) == [said])


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
        assert telegram.texts(1) == [office.AWAY]
        bot.delivery.carried_on(known(bot.log))
        await late("bye", 3)
        assert telegram.texts(1) == [office.AWAY] * 2


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
        assert await bot.ended() == 65


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


def remind(log: Log, kind: str, minutes: float = -1, user: int = 1) -> None:
    log.remind(known(log, user).id, kind, datetime.now(UTC) + timedelta(minutes=minutes), {}).result()


async def test_a_timer_that_goes_wrong_holds_up_no_other_for_long(
    telegram: Wire, db: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(office, "TIMER_SECONDS", 0.05)
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


async def test_a_timer_waits_while_nothing_can_be_saved(
    telegram: Wire, db: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(office, "TIMER_SECONDS", 0.05)
    async with Running(telegram, db, on_timer=lambda person, due: [say(due.kind)]) as bot:
        moved = db.with_name("moved.db")
        remind(bot.log, "soon", minutes=0.01)
        os.rename(db, moved)
        await soon(lambda: "WARNING a timer waits: nothing can be saved" in host_reads(caplog))
        assert telegram.texts(1) == []
        moved.rename(db)
        await soon(lambda: telegram.texts(1) == ["soon"])


def damage() -> Exception:
    error = sqlite3.DatabaseError("database disk image is malformed")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


@pytest.mark.parametrize("error", [damage(), CannotSave("damaged", "the log is damaged")], ids=["read", "written"])
async def test_a_timer_that_meets_a_damaged_log_ends_the_process(
    telegram: Wire, db: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def due() -> list[Any]:
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
    monkeypatch.setattr(office, "HEARTBEAT_SECONDS", 0.05)
    path = beside(db, ".heartbeat")

    async def beats() -> bool:
        await asyncio.sleep(0.12)  # what was under way is done
        before = path.stat().st_mtime_ns
        await asyncio.sleep(0.25)
        return path.stat().st_mtime_ns > before

    async with Running(telegram, db) as bot:
        await soon(path.exists)
        at, pid = path.read_text().split()
        assert (unstamp(at) <= datetime.now(UTC), int(pid)) == (True, os.getpid())
        assert await beats()
        bot.delivery._can_save.clear()
        assert not await beats()
        bot.delivery._can_save.set()
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
        line = "ERROR housekeeping went wrong; it is tried again in an hour"
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
    line = "CRITICAL Telegram does not know this token; set TELEGRAM_BOT_TOKEN to the one from BotFather."
    assert host_reads(caplog) == [line]
    assert telegram.token not in caplog.text


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
    monkeypatch.setattr(office, "CLOSE_SECONDS", 10.0)  # a slow disk is not what this is about
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
    monkeypatch.setattr(office, "CLOSE_SECONDS", 0.1)
    async with Running(telegram, db) as bot:
        never: Saved[None] = Saved()
        monkeypatch.setattr(bot.log, "note", lambda key, value: never)
        bot.delivery._stopping.set()
        assert await bot.ended() == 0


async def test_the_first_reason_to_end_is_the_one_that_is_told(
    telegram: Wire, db: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with Running(telegram, db) as bot:
        bot.delivery._stop(74, "the first")
        bot.delivery._stop(65, "the second")
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
