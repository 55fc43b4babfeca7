"""Looking after the log: a purge cannot be fooled, a backup is whole, what does not fit is found, and the commands tell it."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli.db import db as db_command
from bot.cli.doctor import doctor
from bot.log import ClockDoubted, Log, LogFault
from bot.log.backup import BadBackup, verify
from bot.log.doors import Doors
from bot.settings import settings as read_settings
from tests.logged import someone
from tests.traces import CANARY, Clock, call_of, everything, residue

# -- purge -------------------------------------------------------------------------------------------------------


def test_calls_go_when_their_time_is_over_but_not_those_to_be_kept(path: Path, clock: Clock) -> None:
    with Log.open(path, clock=clock) as log:
        me, other = log.local().id, someone(log, 2)
        old, kept = call_of(log, me, CANARY), call_of(log, me, "keep")
        longer = call_of(log, other, "longer")
        log.set_kept(me, kept).result()
        log.change_settings(other, retention_days=400).result()
        clock.now += timedelta(days=89)
        fresh = call_of(log, me, "fresh")
        assert log.purge(90).calls == 0
        clock.now += timedelta(days=2)
        assert log.purge(90, trial=True).calls == 1
        assert len(log.calls(me)) == 3
        assert log.purge(90).calls == 1
        assert {c.session for c in log.calls(me)} == {kept, fresh}
        assert old not in {c.session for c in log.calls(me)}
        assert [c.session for c in log.calls(other)] == [longer]
        assert residue(path) == 0
        assert log.check() == []


def test_a_clock_ten_years_ahead_purges_nothing(path: Path, clock: Clock) -> None:
    with Log.open(path, clock=clock) as log:
        me = log.local().id
        for _ in range(30):
            call_of(log, me)
        clock.now += timedelta(days=3650)
        with pytest.raises(ClockDoubted, match="clock"):
            log.purge(90)
        call_of(log, me)  # held under the wrong clock
        with pytest.raises(ClockDoubted, match="30 of 31"):
            log.purge(90)
        assert len(log.calls(me)) == 31
        assert log.purge(90, force=True).calls == 30


def test_a_serve_that_was_here_yesterday_doubts_a_clock_far_ahead_even_with_calls_in_it(
    path: Path, clock: Clock
) -> None:
    from bot.delivery.housekeeping import keep_house

    with Log.open(path, clock=clock) as log:
        me = log.local().id
        call_of(log, me)
        keep_house(log, 90)
        clock.now += timedelta(days=365)
        call_of(log, me)
        keep_house(log, 90)
        assert len(log.calls(me)) == 2
        clock.now -= timedelta(days=364)
        keep_house(log, 90)
        assert log.facts()["heartbeat"].startswith("2026-06-02")


# -- backup --------------------------------------------------------------------------------------------------------


def test_a_backup_made_while_turns_are_kept_is_whole_and_holds_all_that_was_acknowledged(path: Path) -> None:
    with Log.open(path, durability="normal") as log:
        me = log.local().id
        stop, kept = threading.Event(), [0]

        def talk() -> None:
            while not stop.is_set():
                call_of(log, me, "one", "two")
                kept[0] += 1

        talking = threading.Thread(target=talk)
        talking.start()
        try:
            while kept[0] < 3:
                pass
            before = kept[0]
            made = log.backup()
        finally:
            stop.set()
            talking.join()
        assert made.calls >= before
        with Log.open(made.path) as copy:
            assert copy.check() == []
            assert len(copy.calls(me)) == made.calls


def test_a_backup_does_not_overwrite_and_a_bad_one_is_told_from_a_good(path: Path, tmp_path: Path) -> None:
    with Log.open(path) as log:
        call_of(log, log.local().id)
        target = tmp_path / "copy.db"
        assert log.backup(target).calls == 1
        with pytest.raises(LogFault, match="exists"):
            log.backup(target)
        with pytest.raises(LogFault):
            log.backup(tmp_path / "nowhere" / "copy.db")
    found = verify(target, Doors())
    assert (found.calls, found.turns) == (1, 0)  # only the pick-up so far, which is nobody's turn
    with target.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(8192))
    with pytest.raises(BadBackup):
        verify(target, Doors())
    target.write_text("no database")
    with pytest.raises(BadBackup):
        verify(target, Doors())
    assert not list(tmp_path.glob(".*new*"))


# -- check -------------------------------------------------------------------------------------------------------


def test_a_gap_and_an_index_that_does_not_fit_are_found_and_the_index_is_mended(path: Path) -> None:
    with Log.open(path) as log:
        me = log.local().id
        session = call_of(log, me, "one", "two")
        log.search(me, "one")
        log.write(lambda d: d.execute("UPDATE turns_search_content SET c0 = 'other' WHERE c0 <> ''")).result()
        assert any("search index" in fault for fault in log.check())
        log.rebuild_index()
        assert log.check() == []
        log.write(lambda d: d.execute("DELETE FROM turns WHERE n = 1")).result()
        assert log.check() == [f"call {session} has a gap in its turns"]


def test_words_that_are_kept_as_nonsense_are_found_by_the_daily_check_and_hold_up_no_start(path: Path) -> None:
    with Log.open(path) as log:
        session = call_of(log, log.local().id, "one")
    with sqlite3.connect(path) as rotten:
        rotten.execute("PRAGMA ignore_check_constraints = ON")
        rotten.execute("UPDATE turns SET heard = '{' WHERE n = 1")
    rotten.close()
    with Log.open(path) as log:
        assert log.check() == [f"call {session} has a turn that cannot be read"]
        with pytest.raises(sqlite3.IntegrityError):  # and nothing of that kind is written by ourselves
            log.write(lambda d: d.execute("UPDATE turns SET rows = '{' WHERE n = 1")).result()


# -- the commands ----------------------------------------------------------------------------------------------------


@pytest.fixture
def host(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RUNNER_UP_DB", str(path))
    read_settings.cache_clear()
    return path


def run(*args: str, code: int = 0) -> str:
    result = CliRunner().invoke(db_command, list(args))
    assert result.exit_code == code, result.output
    return result.output


def test_a_host_sees_how_the_log_stands_and_no_content(host: Path) -> None:
    with Log.open(host) as log:
        everything(log, someone(log, 1), CANARY)
    for args in ((), ("status", "--json")):
        shown = run(*args)
        assert "3.40.1" in shown or "sqlite" in shown
        assert CANARY not in shown
    assert json.loads(run("status", "--json"))["calls"] == 1
    shown = CliRunner().invoke(doctor).output
    assert CANARY not in shown
    assert "sound" in shown


def test_calls_that_were_held_and_other_tries_of_them_are_counted_apart(host: Path) -> None:
    with Log.open(host) as log:
        me = log.local().id
        session = call_of(log, me)
        call_of(log, me)
        log.branch(me, session, 1).result()
        log.branch(me, session, 1, taken_back=True).result()
    assert "3 calls" not in (shown := CliRunner().invoke(doctor).output)
    facts = json.loads(run("status", "--json"))
    assert (facts["calls"], facts["taken_back"]) == (2, 1)
    assert facts["other_tries"] == 0  # both go on from a call that was taken back
    with Log.open(host) as log:
        log.branch(log.local().id, call_of(log, log.local().id), 1).result()
    shown = CliRunner().invoke(doctor).output
    assert "3 calls and 1 other try, 1 person" in shown, shown


def test_the_commands_back_up_check_and_purge(host: Path, tmp_path: Path) -> None:
    with Log.open(host, clock=lambda: datetime.now(UTC) - timedelta(days=100)) as log:
        call_of(log, log.local().id)
    with Log.open(host, clock=lambda: datetime.now(UTC) - timedelta(days=20)) as log:
        call_of(log, log.local().id)
    assert "verified" in run("backup")
    assert json.loads(run("backup", str(tmp_path / "x.db"), "--json"))["calls"] == 2
    assert run("check") == "All is well.\n"
    assert json.loads(run("check", str(tmp_path / "x.db"), "--json")) == {"faults": []}
    assert "1 of 2 calls" in run("purge", "--dry-run")
    assert "1 of 2 calls" in run("purge", "--yes")
    assert "0 of 1 calls" in run("purge", "--yes")
    assert "version" in run("migrate")
    (tmp_path / "bad.db").write_text("x" * 5000)
    assert "damaged" in run("check", str(tmp_path / "bad.db"), code=65)


def test_a_refusal_is_one_sentence_with_its_exit_code(host: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUNNER_UP_DB", str(host.parent / "nowhere" / "log.db"))
    read_settings.cache_clear()
    shown = run(code=78)
    assert shown.startswith("Error: ")
    assert shown.count("\n") == 1
    monkeypatch.setenv("RUNNER_UP_PACE", "fast")
    read_settings.cache_clear()
    assert run(code=1) == "Error: RUNNER_UP_PACE is 'fast'; it wants a number from 0 to 10\n"
    result = CliRunner().invoke(doctor, ["--json"])
    assert result.exit_code == 1
    assert "RUNNER_UP_PACE" in result.output
    read_settings.cache_clear()
