"""Who writes the log, and when: in one's own thread where nobody else writes, else in the writer's, many jobs in one commit."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from bot.log import CannotSave, Log
from bot.log.writer import AT_ONCE, FOLD_AFTER
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
    for n in range(1, FOLD_AFTER + 1):
        note(log, f"marked-{n}")
    last_ones = [f"marked-{n}".encode() for n in (FOLD_AFTER - 1, FOLD_AFTER)]  # the last may come while it is folded
    assert becomes(lambda: any(word in log.path.read_bytes() for word in last_ones))


def test_the_index_is_fed_also_when_every_job_is_done_by_who_waits(log: Log) -> None:
    session = Session.start(log, log.local().id, HARBOUR, 1, ear=lambda text, cue: Heard.of(Move.GREET))
    assert becomes(lambda: log.facts()["searchable_to"] == "1")
    assert becomes(lambda: log.writer._asleep and not log.writer._restless)
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
