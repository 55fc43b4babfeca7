"""Keeping house: what the log wants once an hour and once a day, by a real log and a clock that is set by hand."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery.housekeeping import aside, keep_house
from bot.log import Log
from bot.log.backup import backups
from bot.log.faults import Damaged
from bot.log.upkeep import CLOCK_LEAP, INDEX_FAULT
from tests.logged import someone
from tests.traces import Clock, call_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def log(tmp_path: Path, clock: Clock) -> Iterator[Log]:
    with Log.open(tmp_path / "log.db", clock=clock) as log:
        yield log


# -- beside the chats --------------------------------------------------------------------------------------------------


def never() -> None:
    raise AssertionError("nobody was to be stopped")


async def test_long_work_holds_up_nobody_and_is_waited_for() -> None:
    go_on, threads = threading.Event(), list[threading.Thread]()

    def work() -> None:
        threads.append(threading.current_thread())
        assert go_on.wait(10)

    working = asyncio.create_task(aside(work, never))
    for _ in range(5):
        await asyncio.sleep(0.01)  # meanwhile others get on
    assert not working.done()
    (thread,) = threads
    assert (thread.name, thread.daemon) == ("housekeeping", True)  # the end of the process does not wait for it
    go_on.set()
    await asyncio.wait_for(working, 5)


async def test_a_mistake_in_the_work_is_told_to_who_waits_for_it() -> None:
    def fails() -> None:
        raise KeyError("a mistake")

    with pytest.raises(KeyError, match="a mistake"):
        await asyncio.wait_for(aside(fails, never), 5)


def test_an_end_in_between_stops_the_work_is_not_held_up_by_it_and_hears_nothing_of_it_later() -> None:
    go_on, stopped, threads = threading.Event(), list[bool](), list[threading.Thread]()

    def work() -> None:
        threads.append(threading.current_thread())
        assert go_on.wait(10)

    async def cut_short() -> None:
        working = asyncio.create_task(aside(work, lambda: stopped.append(True)))
        await asyncio.sleep(0.05)
        working.cancel()
        with pytest.raises(asyncio.CancelledError):
            await working

    began = time.monotonic()
    asyncio.run(cut_short())
    assert (stopped, time.monotonic() - began < 5) == ([True], True)
    go_on.set()  # the loop is closed by now
    threads[0].join(5)
    assert not threads[0].is_alive()


# -- what is due -------------------------------------------------------------------------------------------------------


def test_once_a_day_there_is_a_backup_and_once_an_hour_a_note_that_all_is_well(log: Log, clock: Clock) -> None:
    begun = clock.now
    for passed, kept in ((timedelta(0), 1), (HOUR, 1), (DAY - timedelta(seconds=1), 1), (DAY, 2), (DAY + HOUR, 2)):
        clock.now = begun + passed
        keep_house(log, 90)
        assert (len(backups(log.path)), log.facts()["heartbeat"]) == (kept, log.now())
    assert log.facts()["last_purge"] == log.facts()["last_backup"]


def test_a_backup_of_tomorrow_is_none(log: Log, clock: Clock) -> None:
    keep_house(log, 90)
    clock.now -= HOUR  # the clock was wrong then, or is now
    keep_house(log, 90)
    assert len(backups(log.path)) == 2


def test_what_is_older_than_the_host_keeps_it_goes_and_so_do_numbers_of_handled_updates(log: Log, clock: Clock) -> None:
    person = someone(log, 1)
    call_of(log, person, "hello")
    log.received(500, 1, "{}").result()
    log.handled([500]).result()
    for _ in range(4):  # each time far enough for a round, and no leap
        clock.now += timedelta(days=5)
        keep_house(log, 21)
        assert len(log.calls(person)) == 1
        assert not log.seen(500)
    clock.now += timedelta(days=5)
    keep_house(log, 21)
    assert log.calls(person) == []


def test_a_clock_that_leapt_is_told_to_the_host_purges_nothing_and_is_not_taken_for_the_time(
    log: Log, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    person = someone(log, 1)
    call_of(log, person, "hello")
    keep_house(log, 90)
    before = log.facts()["heartbeat"]
    clock.now += CLOCK_LEAP + timedelta(seconds=1)
    keep_house(log, 5)
    assert len(log.calls(person)) == 1
    assert log.facts()["heartbeat"] == before
    assert len(backups(log.path)) == 2
    (told,) = [r for r in caplog.records if r.levelno == logging.ERROR]
    assert told.getMessage().startswith(
        "The clock says 2026-07-01, but the log was last in use on 2026-06-01. Nothing was purged."
    )
    clock.now -= timedelta(seconds=1)
    keep_house(log, 5)  # just within what may have happened
    assert log.facts()["heartbeat"] == log.now()


def test_a_clock_that_leapt_forgets_no_update_no_held_words_and_no_invitation(log: Log, clock: Clock) -> None:
    person = someone(log, 1)
    keep_house(log, 90)
    code = log.invite(None, days=7).result()
    log.received(500, 1, '{"words": 1}').result()
    log.received(501, 1, "{}").result()
    log.held_back(500).result()
    log.handled([501]).result()
    clock.now += timedelta(days=3650)
    keep_house(log, 90)
    clock.now -= timedelta(days=3650)
    assert [held.raw for held in log.held_updates(person)] == ['{"words": 1}']
    assert log.seen(501)
    assert log.redeem(code, 2).result() is not None


@pytest.mark.parametrize(("off", "believed"), [(0, True), (23, True), (-23, True), (25, False), (-25, False)])
def test_after_a_long_pause_the_clock_is_believed_when_telegram_dates_a_message_of_today_likewise(
    log: Log, clock: Clock, off: int, believed: bool
) -> None:
    person = someone(log, 1)
    call_of(log, person, "hello")
    keep_house(log, 90)
    clock.now += timedelta(days=100)
    keep_house(log, 90, telegrams=clock.now + timedelta(hours=off))
    assert (log.calls(person) == []) is believed
    assert (log.facts()["heartbeat"] == log.now()) is believed


def test_what_was_left_unfinished_of_an_erasing_is_finished(log: Log) -> None:
    keep_house(log, 90)
    log.note("erasing_unfinished", log.now()).result()
    keep_house(log, 90)
    assert not log.facts()["erasing_unfinished"]


def test_a_log_that_is_not_sound_is_told_with_what_was_found(log: Log, clock: Clock) -> None:
    call = call_of(log, someone(log, 1), "hello")
    keep_house(log, 90)
    log.write(lambda d: d.execute("UPDATE turns SET n = 7 WHERE n = 1")).result()
    keep_house(log, 90)  # it is looked at once a day
    clock.now += DAY
    told = rf"^The log is not sound \(call {call} has a gap in its turns\); see: runner-up db check$"
    with pytest.raises(Damaged, match=told):
        keep_house(log, 90)


def test_a_search_index_that_does_not_fit_is_made_anew(log: Log) -> None:
    person = someone(log, 1)
    call_of(log, person, "marmalade")
    assert log.check() == []  # which feeds the index
    spoil = "UPDATE turns_search_content SET c0 = 'other' WHERE c0 <> ''"
    log.write(lambda d: d.execute(spoil)).result()
    assert INDEX_FAULT in log.check()
    keep_house(log, 90)
    assert log.check() == []
    assert log.search(person, "marmalade")
