"""Erased is gone to the last byte: from the file, the index, the write-ahead log, and within seven days from the backups."""

from __future__ import annotations

import os
import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.log import Log, NotYours
from bot.log.backup import backups
from bot.log.spare import with_spare
from bot.log.store import beside
from bot.log.upkeep import Upkeep
from tests.logged import someone
from tests.traces import CANARY, Clock, call_of, everything, residue


def test_after_erasing_no_byte_is_left_in_the_file_the_index_or_the_write_ahead_log(path: Path) -> None:
    with Log.open(path) as log:
        a, b = someone(log, 1), someone(log, 2)
        everything(log, a, CANARY)
        everything(log, b, "another")
        before = log.export(b)
        assert residue(path) > 50
        done = log.erase(a)
        assert (done.calls, done.turns, done.clean) == (1, 9, True)
        assert residue(path) == 0
        assert log.export(b) == before
        assert log.by_telegram(1) is None
        assert log.check() == []
        assert len(log.search(b, "another")) > 3


def test_no_scenario_that_nobody_has_called_stays_whoever_it_belonged_to(path: Path) -> None:
    with Log.open(path) as log:
        a, b = someone(log, 1), someone(log, 2)
        call = call_of(log, a, "hello")
        call_of(log, a, "hello", private=True)
        assert len(log.rows("SELECT 1 FROM scenarios_seen")) == 2
        log.delete(a, call)
        assert len(log.rows("SELECT 1 FROM scenarios_seen")) == 1
        call_of(log, a, "hello")
        log.erase(a)
        assert log.rows("SELECT 1 FROM scenarios_seen") == []
        call_of(log, b, "hello")
        log.erase(someone(log, 1))
        assert len(log.rows("SELECT 1 FROM scenarios_seen")) == 1


def test_a_long_history_leaves_no_word_in_the_depths_of_the_search_index(path: Path) -> None:
    """Fed in many small steps the index keeps words of deleted rows, until it is squeezed."""
    with Log.open(path, durability="normal") as log:
        a, b = someone(log, 1), someone(log, 2)
        for n in range(40):
            for person in (a, b):
                call_of(log, person, *[f"{CANARY if person == a else 'other'} a{n}b{k}{CANARY[:6]}" for k in range(4)])
                log.search(person, "talk")
        assert log.erase(a).clean
        assert residue(path) == 0
        assert len(log.search(b, "other")) > 3


@pytest.mark.parametrize("seed", [5, 6])
def test_no_copy_stays_behind_where_rows_were_moved_before_they_were_erased(path: Path, seed: int) -> None:
    """SQLite overwrites a row where it stands, and not where it stood before its page was split."""
    draw = random.Random(seed)
    with Log.open(path, durability="normal") as log:
        people = [someone(log, n) for n in range(1, 25)]
        for _ in range(200):
            k = draw.randrange(24)
            name = (CANARY if k % 3 == 0 else "other") + "x" * draw.choice((5, 60, 300, 900))
            log.change_settings(people[k], name=name).result()
        assert all(log.erase(gone).clean for gone in people[::3])
        assert residue(path) == 0
        assert log.check() == []


def test_what_was_deleted_is_cleaned_up_by_the_next_life_when_this_one_ends_in_between(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.delivery.housekeeping import keep_house

    with Log.open(path) as log:
        a = someone(log, 1)
        everything(log, a, CANARY)
        monkeypatch.setattr(Upkeep, "finish_erasing", lambda self: False)  # the end comes after the commit
        log.erase(a)
        monkeypatch.undo()
        assert residue(path) > 0
        assert log.status()["erasing_unfinished"]
        keep_house(log, 90)
        assert residue(path) == 0
        assert log.status()["erasing_unfinished"] is None


def test_nothing_of_an_erased_person_is_left_beside_the_log_either(path: Path) -> None:
    """Exports, pictures and pages are sent and not kept; a play is kept only where the person who runs the server says."""
    with Log.open(path) as log:
        a = someone(log, 1)
        session = everything(log, a, CANARY)
        from bot.telegram.handlers.export import files

        assert any(CANARY.encode() in content for _, content, _ in files(log, a))
        keep_heartbeat = beside(path, ".heartbeat")
        keep_heartbeat.write_text(f"{log.now()} 1\n")
        log.backup()
        assert log.call(a, session).note == CANARY
        log.erase(a)
    left = {p.name: p.read_bytes().count(CANARY.encode()) for p in path.parent.rglob("*") if p.is_file()}
    assert {name for name, count in left.items() if count} == {backups(path)[0].name}


def test_after_deleting_one_call_no_byte_of_it_is_left_and_the_others_stay(path: Path) -> None:
    with Log.open(path) as log:
        me = log.local().id
        stays = call_of(log, me, "something else")
        goes = call_of(log, me, *[f"{CANARY} {n}" for n in range(5)])
        branch = log.branch(me, goes, 1).result()
        log.search(me, CANARY)
        assert log.delete(me, goes).clean
        assert residue(path) == 0
        assert {c.session for c in log.calls(me)} == {stays, branch}
        assert log.call(me, branch).parent is None
        with pytest.raises(NotYours):
            log.delete(me, goes)


def test_a_reader_that_holds_the_log_open_is_noticed_and_erasing_is_finished_later(path: Path) -> None:
    with Log.open(path) as log:
        a = someone(log, 1)
        everything(log, a, CANARY)
        log.writer.alone(lambda d: d.execute("PRAGMA busy_timeout = 50").fetchall()).result()
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM turns").fetchone()
            assert not log.erase(a).clean
            assert log.status()["erasing_unfinished"]
            reader.execute("COMMIT")
        assert log.finish_erasing()
        assert residue(path) == 0
        assert log.status()["erasing_unfinished"] is None


def test_an_erased_person_is_gone_from_the_backups_within_seven_days(path: Path, clock: Clock) -> None:
    with Log.open(path, clock=clock) as log:
        a = someone(log, 1)
        everything(log, a, CANARY)
        log.backup()
        log.erase(a)
        for _ in range(8):
            clock.now += timedelta(days=1)
            made = log.backup().path
            os.utime(made, (clock.now.timestamp(), clock.now.timestamp()))
            first = backups(path)[0]
            if first.name.startswith("20260601"):
                os.utime(first, (datetime(2026, 6, 1, 12, tzinfo=UTC).timestamp(),) * 2)
        assert all(CANARY.encode() not in p.read_bytes() for p in backups(path))
        assert len(backups(path)) == 7


def test_erasing_works_on_a_full_disk_with_the_room_set_aside(path: Path) -> None:
    with Log.open(path) as log:
        a = someone(log, 1)
        everything(log, a, CANARY)
        log.keep_spare()
        spare = beside(path, ".spare")
        assert spare.stat().st_size == 8 * 1024 * 1024
        tried: list[int] = []

        def work() -> str:
            tried.append(1)
            if spare.exists():
                log.writer.alone(_full).result()
            return "done"

        def _full(db: sqlite3.Connection) -> None:
            (count,) = db.execute("PRAGMA page_count").fetchone()
            db.execute(f"PRAGMA max_page_count = {count}").fetchall()
            try:
                db.execute("INSERT INTO meta VALUES ('big', ?)", ["x" * 100_000])
            finally:
                db.execute("PRAGMA max_page_count = 1000000").fetchall()

        assert with_spare(log.path, work) == "done"
        assert len(tried) == 2
        assert not spare.exists()
