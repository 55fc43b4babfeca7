"""Backups with bad luck and bad neighbours: what lies in their folder, clocks that jump, what was left half-made, and what a restored one brings back."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery.housekeeping import keep_house
from bot.log import BadExport, Log, LogFault
from bot.log.backup import backup_folder, backup_name, backups, latest_backup
from bot.log.store import beside
from bot.log.upkeep import Upkeep
from tests.logged import someone
from tests.traces import CANARY, Clock, call_of, everything, residue

DAY = timedelta(days=1)


@pytest.fixture
def log(tmp_path: Path, clock: Clock) -> Iterator[Log]:
    with Log.open(tmp_path / "log.db", clock=clock) as log:
        yield log


def days_of_backups(log: Log, clock: Clock, days: int) -> None:
    for _ in range(days):
        clock.now += DAY
        log.backup()


# -- rotation --------------------------------------------------------------------------------------------------------


def test_seven_backups_of_seven_days_are_kept_and_the_newest_always(log: Log, clock: Clock) -> None:
    days_of_backups(log, clock, 9)
    assert [file.name[:8] for file in backups(log.path)] == [f"202606{day:02}" for day in range(4, 11)]
    clock.now += 8 * DAY
    newest = log.backup().path
    assert backups(log.path) == [newest]


def test_what_else_lies_in_the_folder_is_left_alone_and_is_taken_for_no_backup(log: Log, clock: Clock) -> None:
    log.backup()
    folder = backup_folder(log.path)
    outside = folder.parent / "20260101-000000-000.db"
    outside.write_text("elsewhere")
    mine = [
        folder / name
        for name in ("zz-precious.db", "20260101.db", "notes.txt", "20261399-000000-000.db", ".a.db.1.news")
    ]
    for file in mine:
        file.write_text("mine")
        os.utime(file, (0, 0))
    (folder / "20260102-000000-000.db").symlink_to(outside)
    (folder / "20260103-000000-000.db").symlink_to(folder / "nowhere")
    (folder / "20260104-000000-000.db").mkdir()
    days_of_backups(log, clock, 9)
    assert len(backups(log.path)) == 7
    assert latest_backup(log.path) == backups(log.path)[-1]
    assert all(file.read_text() == "mine" for file in mine)
    assert outside.read_text() == "elsewhere"
    assert (folder / "20260104-000000-000.db").is_dir()
    assert log.status()["backups"] == 7


def test_a_backup_that_was_copied_to_and_fro_is_as_old_as_its_name_says(log: Log, clock: Clock) -> None:
    first = log.backup().path
    days_of_backups(log, clock, 6)
    os.utime(first, (clock.now.timestamp(),) * 2)
    days_of_backups(log, clock, 2)
    assert not first.exists()
    for file in backups(log.path):
        os.utime(file, (0, 0))
    clock.now += timedelta(hours=1)
    log.backup()
    assert len(backups(log.path)) == 7


def test_a_clock_that_leaps_ahead_takes_no_backup_away_and_back_again_leaves_none_for_ever(
    log: Log, clock: Clock
) -> None:
    someone(log, 1)
    for _ in range(5):
        clock.now += DAY
        keep_house(log, 90)
    good = backups(log.path)
    clock.now += 3650 * DAY
    keep_house(log, 90)
    assert backups(log.path)[:-1] == good
    wrong = backups(log.path)[-1]
    assert wrong.name.startswith("2036")
    clock.now -= 3650 * DAY
    days_of_backups(log, clock, 7)
    assert not wrong.exists(), "what was erased is in no backup after seven days"
    assert len(backups(log.path)) == 7


def test_a_clock_that_falls_back_a_year_takes_no_backup_away_until_there_are_seven_others(
    log: Log, clock: Clock
) -> None:
    days_of_backups(log, clock, 7)
    good = backups(log.path)
    clock.now -= 365 * DAY
    for day in range(1, 7):
        clock.now += DAY
        log.backup()
        assert len(set(backups(log.path)) & set(good)) == 7 - day
    clock.now += DAY
    log.backup()
    assert not set(backups(log.path)) & set(good)


def test_after_a_long_pause_a_host_who_says_that_the_clock_is_right_is_believed_from_then_on(
    log: Log, clock: Clock
) -> None:
    person = someone(log, 1)
    call_of(log, person, "hello")
    keep_house(log, 90)
    clock.now += 100 * DAY
    keep_house(log, 90)
    assert len(log.calls(person)) == 1
    log.purge(90, force=True)
    assert log.calls(person) == []
    clock.now += DAY
    keep_house(log, 90)
    assert log.facts()["heartbeat"] == log.now()


# -- places ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("there", ["a file", "a link to nowhere", "a link to itself"])
def test_a_folder_that_cannot_be_one_is_a_sentence_and_nothing_is_lost(log: Log, there: str) -> None:
    folder = backup_folder(log.path)
    if there == "a file":
        folder.write_text("mine")
    else:
        folder.symlink_to(folder if "itself" in there else folder.with_name("nowhere"))
    with pytest.raises(LogFault, match="no backup was made"):
        log.backup()
    assert log.check() == []
    assert log.status()["backups"] == 0


def test_others_are_shut_out_of_a_folder_that_stood_open(log: Log) -> None:
    folder = backup_folder(log.path)
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    made = log.backup().path
    assert (folder.stat().st_mode & 0o777, made.stat().st_mode & 0o777) == (0o700, 0o600)


def test_a_backup_is_written_through_no_link(log: Log, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    target = tmp_path / "copy.db"
    target.symlink_to(victim)
    with pytest.raises(LogFault, match="exists"):
        log.backup(target)
    assert not victim.exists()


# -- half made ---------------------------------------------------------------------------------------------------------


def test_what_was_left_half_made_goes_and_what_another_is_at_work_on_stays(log: Log) -> None:
    folder = backup_folder(log.path)
    folder.mkdir()
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    name = f".{backup_name(log.clock())}.db"
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as running:
        left = [
            folder / f"{name}.{pid}.new{end}" for pid in (ended.pid, os.getpid(), 2**40) for end in ("", "-journal")
        ]
        at_work = folder / f"{name}.{running.pid}.new"
        for file in (*left, at_work):
            file.write_bytes(b"half")
        log.backup()
        assert not [file.name for file in left if file.exists()]
        assert at_work.exists()
        running.communicate(b"\n")
    assert len(backups(log.path)) == 1


# -- keeping house when none can be made -------------------------------------------------------------------------------


def test_a_backup_that_cannot_be_made_keeps_neither_the_purge_nor_the_check_nor_the_sign_of_the_hour(
    log: Log, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    person = someone(log, 1)
    call_of(log, person, "hello")
    backup_folder(log.path).write_text("in the way")
    for _ in range(100):
        clock.now += DAY
        keep_house(log, 90)
        assert log.facts()["heartbeat"] == log.now()
    assert log.calls(person) == []
    assert "last_backup" not in log.facts()
    assert {r.getMessage() for r in caplog.records if r.levelname == "ERROR"} == {
        f"no backup was made: {backup_folder(log.path)}: File exists."
    }


# -- put back ----------------------------------------------------------------------------------------------------------


def put_back(path: Path, copy: Path) -> None:
    """As docs/hosting.md says: the log away with its -wal and -shm, the copy in its place."""
    for ending in ("", "-wal", "-shm"):
        beside(path, ending).unlink(missing_ok=True)
    shutil.copy(copy, path)


def test_who_was_erased_does_not_come_back_with_a_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log.db"
    with Log.open(path) as log:
        gone, stays = someone(log, 1), someone(log, 2)
        everything(log, gone, CANARY)
        kept = everything(log, stays, "another")
        deleted = [call_of(log, stays, f"this one not, nor {n}") for n in range(3)]
        copy = log.backup().path
        log.erase(gone)
        for call in deleted:
            log.delete(stays, call)
    put_back(path, copy)
    assert residue(path) > 0
    written_anew: list[bool] = []
    finish = Upkeep.finish_erasing
    monkeypatch.setattr(Upkeep, "finish_erasing", lambda self: written_anew.append(done := finish(self)) or done)
    with Log.open(path) as log:
        assert written_anew == [True], "the file is written anew once, however many were erased"
        assert log.by_telegram(1) is None
        assert residue(path) == 0
        assert [call.session for call in log.calls(stays)] == [kept]
        assert log.check() == []
    remembered = beside(path, ".erased")
    assert remembered.stat().st_mode & 0o777 == 0o600
    assert "1" not in remembered.read_text().split()
    assert len(remembered.read_text().splitlines()) == 4, "of each a random id"
    with Log.open(path):
        assert written_anew == [True], "there is nobody left to erase"


def test_who_comes_again_after_they_were_erased_stays_and_so_does_a_call_that_they_bring_back(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with Log.open(path) as log:
        gone = someone(log, 1)
        call = call_of(log, gone, "hello")
        theirs = log.export(gone)
        log.erase(gone)
        again = someone(log, 1)
        log.restore(again, theirs)
        other = call_of(log, again, "hello")
        log.delete(again, other)
        log.delete(again, call)
        (back,) = log.restore(again, theirs)
        assert back == call, "what comes in again is the same, byte for byte"
        assert log.export(again)["sessions"][0]["turns_held"] == theirs["sessions"][0]["turns_held"]
    with Log.open(path) as log:
        assert [c.session for c in log.calls(again)] == [back]
        assert {f"call {call}", f"call {other}"} <= set(beside(path, ".erased").read_text().splitlines())
        log.delete(again, back)
        copy = log.backup().path
        log.restore(again, theirs)
        kept = log.backup().path
        log.delete(again, back)
    for backup in (copy, kept):
        put_back(path, backup)
        with Log.open(path) as log:
            assert log.calls(again) == [], "erased after it was back, it is gone for good"


def test_a_call_that_was_erased_stays_so_though_somebody_brings_an_export_of_it(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with Log.open(path) as log:
        writer, other = someone(log, 1), someone(log, 2)
        call = call_of(log, writer, "my own words")
        theirs = log.export(writer)
        copy = log.backup().path
        log.delete(writer, call)
        with pytest.raises(BadExport):
            log.restore(writer, theirs | {"sessions": [{"session": call}]})
        log.restore(other, theirs)
    put_back(path, copy)
    with Log.open(path) as log:
        assert log.calls(writer) == []


def test_an_import_that_fails_takes_no_call_from_who_brought_it_back(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with Log.open(path) as log:
        writer, other = someone(log, 1), someone(log, 2)
        call = call_of(log, writer, "my own words")
        theirs = log.export(writer)
        log.delete(writer, call)
        assert log.restore(writer, theirs) == [call]
        with pytest.raises(BadExport):
            log.restore(other, theirs | {"sessions": [{"session": call}]})
    with Log.open(path) as log:
        assert [c.session for c in log.calls(writer)] == [call]


def test_an_export_that_somebody_wrote_by_hand_erases_nobody_elses_call(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with Log.open(path) as log:
        writer, other = someone(log, 1), someone(log, 2)
        mine = call_of(log, writer, "my own words")
        call_of(log, other, "hello")
        theirs = log.export(other)
        log.erase(other)
        other = someone(log, 2)
        theirs["sessions"][0]["session"] = f"x\ncall {mine}"
        (forged,) = log.restore(other, theirs)
        log.delete(other, forged)
    with Log.open(path) as log:
        assert [call.session for call in log.calls(writer)] == [mine]
    assert beside(path, ".erased").read_text().splitlines()[1:] == [f"call {forged}"]


@pytest.mark.parametrize("spoilt", [b"\xff\xfe\x00", b"person\ncall \nperson ../../x\n", b"call " + b"a" * 100_000])
def test_a_list_of_the_erased_that_was_spoilt_erases_nobody_and_holds_up_no_start(
    tmp_path: Path, spoilt: bytes
) -> None:
    path = tmp_path / "log.db"
    with Log.open(path) as log:
        person = someone(log, 1)
        call_of(log, person, "hello")
    beside(path, ".erased").write_bytes(spoilt)
    with Log.open(path) as log:
        assert len(log.calls(person)) == 1
