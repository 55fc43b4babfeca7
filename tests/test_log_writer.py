"""Who writes the log, and when: in one's own thread where nobody else writes, else in the writer's, many jobs in one commit."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from bot.log import CannotSave, Log
from bot.log.saved import AT_ONCE
from bot.log.writer import CHECKPOINT_AFTER
from bot.session import Session
from dialogs.hearing.heard import Heard
from dialogs.moves import Move
from dialogs.scenario import library, read_scenario
from tests.busy import becomes

HARBOUR = read_scenario(library()["harbour"])


def thread(db: sqlite3.Connection) -> int:
    return threading.get_ident()


def note(log: Log, word: str) -> None:
    log.write(lambda db: db.execute("INSERT OR REPLACE INTO meta VALUES ('word', ?)", [word]), here=True).result()


def test_who_waits_in_a_thread_writes_there(log: Log) -> None:
    assert log.write(thread, here=True).result() == threading.get_ident()
    assert log.write(thread, here=True).done()


def test_what_came_before_is_written_before(log: Log) -> None:
    gate, order = threading.Event(), list[str]()

    def first(db: sqlite3.Connection) -> None:
        gate.wait(5)
        order.append("first")

    log.write(first)
    log.write(lambda db: order.append("second"))
    third = log.write(lambda db: order.append("third"), here=True)
    assert not third.done()
    gate.set()
    third.result()
    assert order == ["first", "second", "third"]


def test_a_mistake_of_a_job_is_its_own_also_in_the_thread_of_who_waits(log: Log) -> None:
    def bad(db: sqlite3.Connection) -> None:
        db.execute("INSERT INTO meta VALUES ('half', 'v')")
        raise ValueError("mine")

    assert isinstance(log.write(bad, here=True).exception(), ValueError)
    note(log, "after")
    assert log.facts()["word"] == "after"
    assert "half" not in log.facts()


def test_after_the_end_nothing_is_written_by_whoever_waits(tmp_path: Path) -> None:
    log = Log.open(tmp_path / "log.db")
    log.close()
    assert isinstance(log.write(thread, here=True).exception(), CannotSave)


async def test_what_is_written_in_one_round_of_a_loop_shares_a_commit(log: Log) -> None:
    await log.note("before", "all")
    assert becomes(lambda: log.writer._asleep)
    before = log.writer.commits

    async def noted(n: int) -> None:
        saved = log.note(f"n{n}", "v")
        time.sleep(0.001)  # noqa: ASYNC251 - the round takes its time, and the writer could begin
        await saved

    await asyncio.gather(*[noted(n) for n in range(50)])
    assert log.writer.commits - before == 1
    assert sum(key.startswith("n") for key in log.facts()) == 50


# -- marks: what has been done outside ---------------------------------------------------------------------------------


async def test_a_mark_is_made_at_once_also_in_a_loop(log: Log) -> None:
    assert becomes(lambda: log.writer._asleep)
    marked = log.mark(thread)
    assert marked.done(), "nothing lies between what was done and its mark"
    assert marked.result() == threading.get_ident()


def test_a_mark_waits_for_nobody_who_is_writing_and_goes_into_the_next_commit(log: Log) -> None:
    began, gate, order = threading.Event(), threading.Event(), list[str]()

    def first(db: sqlite3.Connection) -> None:
        began.set()
        gate.wait(5)
        order.append("first")

    log.write(first)
    assert began.wait(30)
    marked = log.mark(lambda db: order.append("mark"))
    turn = log.write(lambda db: order.append("turn"))
    assert not marked.done()
    before = log.writer.commits
    gate.set()
    turn.result()
    assert order == ["first", "mark", "turn"]
    assert log.writer.commits - before <= 2, "the mark rides with the turn"


async def test_a_mark_goes_before_what_waits_to_be_written(log: Log) -> None:
    order = list[str]()
    assert becomes(lambda: log.writer._asleep)
    turn = log.write(lambda db: order.append("turn"))  # the writer is woken when this round of the loop is over
    marked = log.mark(lambda db: order.append("mark"))
    assert (order, marked.done(), turn.done()) == (["mark"], True, False)
    await turn
    assert order == ["mark", "turn"]


def test_a_mark_does_not_stand_still_before_another_programs_lock_and_is_made_when_that_is_gone(log: Log) -> None:
    other = sqlite3.connect(log.path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    went_on = threading.Event()

    def lets_go() -> None:
        went_on.wait(1.5)  # whoever waits for a lock has it then
        other.execute("ROLLBACK")

    letting_go = threading.Thread(target=lets_go)
    letting_go.start()
    assert becomes(lambda: log.writer._asleep)
    marked = log.mark(lambda db: db.execute("INSERT INTO meta VALUES ('mark', 'made')"))
    assert not marked.done()
    went_on.set()
    letting_go.join()
    marked.result()
    assert log.facts()["mark"] == "made"
    other.close()


def test_after_a_mark_a_turn_waits_for_another_programs_lock_as_before(log: Log) -> None:
    def patience(db: sqlite3.Connection) -> int:
        return int(db.execute("PRAGMA busy_timeout").fetchone()[0])

    before = log.writer.alone(patience).result()
    assert before > 0
    assert becomes(lambda: log.writer._asleep)
    marked = log.mark(patience)
    assert (marked.done(), marked.result()) == (True, before)
    assert log.writer.alone(patience).result() == before


def test_a_mark_alone_is_not_synced_and_a_turn_after_it_is(log: Log) -> None:
    def synced(db: sqlite3.Connection) -> int:
        return int(db.execute("PRAGMA synchronous").fetchone()[0])

    assert log.write(synced).result() == 2
    assert becomes(lambda: log.writer._asleep)
    assert log.mark(synced).result() == 1
    assert log.write(synced).result() == 2


def test_a_mark_that_fails_takes_itself_back_and_says_so(log: Log) -> None:
    assert becomes(lambda: log.writer._asleep)
    failed = log.mark(lambda db: db.execute("INSERT INTO meta VALUES ('key', NULL)"))
    assert isinstance(failed.exception(), sqlite3.IntegrityError)
    assert log.mark(lambda db: db.in_transaction).result()
    note(log, "after")
    assert log.facts()["word"] == "after"


def test_a_log_that_was_taken_away_takes_no_mark(log: Log) -> None:
    assert becomes(lambda: log.writer._asleep)
    log.path.rename(log.path.with_name("moved.db"))
    fault = log.mark(lambda db: db.execute("INSERT INTO meta VALUES ('mark', 'made')")).exception()
    assert isinstance(fault, CannotSave)
    assert fault.reason == "moved"
    log.path.with_name("moved.db").rename(log.path)
    assert "mark" not in log.facts()


def test_a_mark_after_the_end_is_refused(tmp_path: Path) -> None:
    log = Log.open(tmp_path / "log.db")
    log.close()
    assert isinstance(log.mark(thread).exception(), CannotSave)


# -- together ----------------------------------------------------------------------------------------------------------


async def test_who_waited_for_one_commit_go_on_a_few_in_each_round_of_the_loop(log: Log) -> None:
    await log.note("before", "all")
    assert becomes(lambda: log.writer._asleep)
    loop, now, went = asyncio.get_running_loop(), 0, list[int]()

    def tick() -> None:
        nonlocal now
        now += 1
        if len(went) < 10:
            loop.call_soon(tick)

    async def noted(n: int) -> None:
        await log.note(f"n{n}", "v")
        went.append(now)

    tick()
    await asyncio.gather(*[noted(n) for n in range(10)])
    assert [went.count(n) for n in range(went[0], went[0] + 3)] == [AT_ONCE, AT_ONCE, 10 - 2 * AT_ONCE]


def test_the_write_ahead_log_comes_into_the_file_also_when_every_job_is_done_by_who_waits(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.log.writer.IDLE_AFTER", 60.0)  # not because the writer happens to wake
    note(log, "marked-0")
    assert becomes(lambda: log.writer._asleep)
    for n in range(1, CHECKPOINT_AFTER + 1):
        note(log, f"marked-{n}")
    last_ones = [
        f"marked-{n}".encode() for n in (CHECKPOINT_AFTER - 1, CHECKPOINT_AFTER)
    ]  # the last may come while it is folded
    assert becomes(lambda: any(word in log.path.read_bytes() for word in last_ones))


def test_the_index_is_fed_also_when_every_job_is_done_by_who_waits(log: Log) -> None:
    session = Session.start(log, log.local().id, HARBOUR, 1, ear=lambda text, cue: Heard.of(Move.GREET))
    assert becomes(lambda: log.facts()["searchable_to"] == "1")
    assert becomes(lambda: log.writer._asleep and not log.writer._idle_work)
    session.hear("Hello.")
    assert becomes(lambda: log.facts()["searchable_to"] == "2")


def test_an_area_that_is_named_like_a_move_is_no_move(log: Log) -> None:
    """Sets are shared between calls, and a set of an area equals one of a move of the same name."""
    asks = Heard(moves=(Move.ASK_SPECIFIC,), areas=("interest",), words=5)
    keen = Heard(moves=(Move.INTEREST,), words=5)
    heard = {"asks": asks, "keen": keen}
    session = Session.start(None, 1, HARBOUR, 1, ear=lambda text, cue: heard[text])
    for text in ("asks", "keen", "asks"):
        session.hear(text)
        call = session.practice.call
        assert {type(move) for move in call.moves} == {Move}
        assert {type(area) for area in call.areas} <= {str}
