"""Saving: jobs that wait together share a commit, and what cannot be saved has not happened."""

from __future__ import annotations

import copy
import sqlite3
import threading
from pathlib import Path

import pytest

from bot.log import CannotSave, Log, Saved
from dialogs.call import TABLE
from tests.logged import call_of

# -- group commit ----------------------------------------------------------------------------------------------


def test_jobs_that_wait_together_share_a_commit_and_a_bad_one_takes_back_itself_alone(log: Log) -> None:
    gate = threading.Event()
    first = log.write(lambda db: gate.wait(5))
    before = log.writer.commits
    insert = "INSERT INTO meta (key, value) VALUES (?, ?)"
    jobs: list[Saved[object]] = [log.write(lambda db, i=i: db.execute(insert, [f"k{i}", "v"]) and i) for i in range(20)]  # type: ignore[misc]

    def bad(db: sqlite3.Connection) -> None:
        db.execute(insert, ["half", "v"])
        raise ValueError("mine")

    wrong = log.write(bad)
    twice = log.write(lambda db: db.execute(insert, ["k3", "v"]))
    single = log.write(lambda db: db.execute(f"{insert}, ('half', 'v')", ["k4", "v"]), single=True)
    after = log.write(lambda db: db.execute(insert, ["k20", "v"]), single=True)
    gate.set()
    for each in (first, *jobs, wrong, twice, single, after):
        each.exception()
    assert [job.result() for job in jobs] == list(range(20))
    assert isinstance(wrong.exception(), ValueError)
    assert isinstance(twice.exception(), sqlite3.IntegrityError)
    assert isinstance(single.exception(), sqlite3.IntegrityError)
    assert log.writer.commits - before <= 2
    assert {k for k in log.facts() if k.startswith("k")} == {f"k{i}" for i in range(21)}
    assert "half" not in log.facts()


async def test_a_save_can_be_awaited_and_one_nobody_waits_for_is_saved_too(log: Log) -> None:
    log.note("nobody", "waits")
    await log.note("somebody", "waits")
    assert {"nobody", "somebody"} <= set(log.facts())


def test_a_turn_takes_at_most_five_statements_and_one_commit(log: Log) -> None:
    session = call_of(log, "greet introduce")
    seen: list[str] = []
    log.writer.alone(lambda db: db.set_trace_callback(seen.append)).result()
    me = log.local().id
    practice = session.practice
    commits = log.writer.commits
    log.keep(me, session.id, practice.hear("ask_open"), says=[{"a": 1}, {"b": 2}], update_ids=[5]).result()
    log.writer.alone(lambda db: db.set_trace_callback(None)).result()
    assert log.writer.commits - commits == 1
    work = [s for s in seen if not s.startswith(("BEGIN", "COMMIT", "--"))]
    assert len(work) == 4, work


def test_the_connection_that_writes_is_durable_and_strict(log: Log) -> None:
    asked = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
    found = log.writer.alone(lambda db: [db.execute(f"PRAGMA {p}").fetchone()[0] for p in asked]).result()
    assert found == ["wal", 2, 1, 1]
    tables = log.rows("SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'")
    loose = {r[0] for r in tables if not r[1]}
    assert {n for n in loose if not n.startswith(("sqlite_", "_sqlite", "turns_search"))} == set()
    with pytest.raises(sqlite3.OperationalError):
        log.rows("DELETE FROM people")


def test_a_mark_alone_is_not_synced_but_a_turn_always_is(log: Log) -> None:
    def now(db: sqlite3.Connection) -> int:
        return int(db.execute("PRAGMA synchronous").fetchone()[0])

    assert log.write(now).result() == 2
    assert log.write(now, lazy=True).result() == 1
    assert log.write(now).result() == 2


# -- when it cannot be saved -------------------------------------------------------------------------------------


def test_a_turn_that_cannot_be_kept_has_not_happened(log: Log) -> None:
    session = call_of(log, "greet introduce")
    before = copy.deepcopy(session.practice.call, {id(row): row for row in TABLE})  # there is one of each row
    count = log.row("PRAGMA page_count")
    assert count is not None
    log.writer.alone(lambda db: db.execute(f"PRAGMA max_page_count = {count[0]}").fetchall()).result()
    with pytest.raises(CannotSave) as caught:
        session.hear("ask_open " + "x" * 9000)
    assert caught.value.reason == "full"
    assert session.practice.turns == 1
    assert session.practice.call == before
    log.writer.alone(lambda db: db.execute("PRAGMA max_page_count = 100000").fetchall()).result()
    assert session.hear("ask_open").n == 2
    assert log.check() == []


def test_a_log_that_is_taken_away_or_replaced_takes_no_more_turns(log: Log) -> None:
    session = call_of(log, "greet introduce")
    log.path.rename(log.path.with_name("moved.db"))
    for _ in range(2):
        with pytest.raises(CannotSave) as caught:
            session.hear("ask_open")
        assert caught.value.lasting
        log.path.write_bytes(b"")
    log.path.unlink()
    log.path.with_name("moved.db").rename(log.path)
    assert session.hear("ask_open").n == 2


def test_a_locked_log_is_waited_for_and_then_given_up(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    session = call_of(log, "greet introduce")
    log.writer.alone(lambda db: db.execute("PRAGMA busy_timeout = 50").fetchall()).result()
    other = sqlite3.connect(log.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(CannotSave, match="another program"):
        session.hear("ask_open")
    threading.Timer(0.08, lambda: None).start()
    other.execute("ROLLBACK")
    other.close()
    assert session.hear("ask_open").n == 2


def test_a_closed_log_takes_nothing(tmp_path: Path) -> None:
    log = Log.open(tmp_path / "log.db")
    log.close()
    with pytest.raises(CannotSave):
        log.note("a", "b").result()
