"""What is wrong with the file: refused in a sentence at the start, survived or told while running (docs/log.md)."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.log import Log, LogFault
from bot.log import schema as log_schema
from bot.log.doors import Doors
from bot.log.faults import Damaged, Foreign, Gone, Newer, NoFolder, ReadOnly
from bot.log.store import beside
from bot.session import Session
from dialogs.scenario import library, read_scenario
from tests.busy import becomes, in_time
from tests.forking import Zygote
from tests.turns_child import ear


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A log in which a call was held."""
    path = tmp_path / "log.db"
    with Log.open(path) as log:
        session = Session.start(log, log.local().id, read_scenario(library()["harbour"]), 1, ear=ear)
        for n in range(3):
            session.hear(f"{n} words")
    return path


def refusal(path: Path) -> LogFault:
    with pytest.raises(LogFault) as caught:
        Log.open(path)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value).replace(str(path), "log.db")) < 220
    return caught.value


# -- refused at the start ------------------------------------------------------------------------------------------


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    fault = refusal(tmp_path / "nowhere" / "log.db")
    assert isinstance(fault, NoFolder)
    assert fault.code == 78
    assert str(tmp_path / "nowhere") in str(fault)


def test_a_folder_is_no_log(tmp_path: Path) -> None:
    assert isinstance(refusal(tmp_path), NoFolder)


def test_a_text_file_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    path.write_text("these are my notes\n" * 200)
    fault = refusal(path)
    assert isinstance(fault, Damaged)
    assert fault.code == 65
    assert path.read_text().startswith("these are my notes")


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE mine (x)")
        db.commit()
    before = path.read_bytes()
    assert isinstance(refusal(path), Foreign)
    assert path.read_bytes() == before


def test_a_log_of_a_newer_program_is_left_alone(made: Path) -> None:
    with closing(sqlite3.connect(made)) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('runner-up', 'm999_later', '')"
        )
        db.commit()
    assert isinstance(refusal(made), Newer)
    with closing(sqlite3.connect(made)) as db:
        db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm999_later'")
        db.execute(f"PRAGMA user_version = {log_schema.VERSION + 1}")
        db.commit()
    assert isinstance(refusal(made), Newer)


@pytest.mark.parametrize("what", ["missing", "empty"])
def test_a_log_that_was_here_and_is_gone_is_not_silently_begun_anew(made: Path, what: str) -> None:
    made.unlink()
    if what == "empty":
        made.touch()
    fault = refusal(made)
    assert isinstance(fault, Gone)
    assert fault.code == 66
    assert "1 calls" in str(fault)
    with Log.open(made, init=True) as log:
        assert log.calls(log.local().id) == []


def test_a_log_that_is_cut_off_is_refused(made: Path) -> None:
    with made.open("r+b") as file:
        file.truncate(made.stat().st_size // 2)
    assert isinstance(refusal(made), Damaged)


def test_a_page_that_cannot_be_read_is_found_at_the_start_and_the_last_backup_is_named(made: Path) -> None:
    with Log.open(made) as log:
        copy = log.backup().path
    with closing(sqlite3.connect(made)) as db:
        ((root,),) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'turns'").fetchall()
        ((size,),) = db.execute("PRAGMA page_size").fetchall()
    with made.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(os.urandom(size))
    fault = refusal(made)
    assert isinstance(fault, Damaged)
    assert str(copy) in str(fault)


def test_a_log_that_may_not_be_written_is_named_with_owner_and_mode(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.geteuid() == 0:  # root may write anything, so the system's answer is played
        monkeypatch.setattr(os, "access", lambda path, mode: not (mode & os.W_OK and Path(path) == made))
    made.chmod(0o400)
    fault = refusal(made)
    assert isinstance(fault, ReadOnly)
    assert fault.code == 78
    assert "mode 400" in str(fault)


def test_a_folder_that_may_not_be_written_is_refused(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: not (mode & os.W_OK and Path(path) == made.parent))
    assert isinstance(refusal(made), ReadOnly)


def test_a_log_that_another_program_holds_is_not_waited_for_for_ever(made: Path) -> None:
    with closing(sqlite3.connect(made, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        fault = refusal(made)
        assert "another program" in str(fault)
        assert in_time(time.monotonic() - began, 10)


# -- rights, upgrades ------------------------------------------------------------------------------------------------


def test_only_its_owner_can_read_the_log_its_helpers_and_its_backups(made: Path) -> None:
    made.chmod(0o644)
    with Log.open(made) as log:
        log.note("a", "b").result()
        log.keep_spare()
        log.backup()
        found = [p for p in made.parent.rglob("*") if p.is_file()]
        assert len(found) >= 5
        assert {oct(p.stat().st_mode & 0o777) for p in found} == {"0o600"}
        assert made.parent.joinpath("log.db.backups").stat().st_mode & 0o777 == 0o700


def test_an_upgrade_backs_up_first_and_is_all_or_nothing(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def m900_later(db: Database) -> None:
        db.conn.execute("CREATE TABLE later (x INTEGER) STRICT")

    def m901_breaks(db: Database) -> None:
        db.conn.execute("CREATE TABLE half (x INTEGER) STRICT")
        raise RuntimeError("half-way")

    more = log_schema.STEPS | {"m900_later": m900_later}
    monkeypatch.setattr(log_schema, "STEPS", more | {"m901_breaks": m901_breaks})
    with pytest.raises(RuntimeError):
        Log.open(made)
    with closing(sqlite3.connect(made)) as db:
        assert db.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('later', 'half')").fetchone() == (0,)
    monkeypatch.setattr(log_schema, "STEPS", more)
    with Log.open(made) as log:
        assert log.row("SELECT count(*) FROM later") is not None
        assert len(log.calls(log.local().id)) == 1
    copies = list(beside(made, ".backups").glob("*before-upgrade*"))
    assert copies


def test_all_who_turn_to_the_write_ahead_log_at_the_same_moment_get_there(tmp_path: Path) -> None:
    # SQLite refuses at once here instead of waiting; of sixty such moments some meet.
    def turn(path: Path) -> str:
        with closing(Doors().writing(path)) as db:
            together.wait()
            try:
                Doors().make_durable(db)
            except sqlite3.OperationalError as error:
                return str(error)
            (mode,) = db.execute("PRAGMA journal_mode").fetchone()
            return str(mode)

    together = threading.Barrier(8)
    with ThreadPoolExecutor(8) as pool:
        for n in range(60):
            assert list(pool.map(turn, [tmp_path / f"{n}.db"] * 8)) == ["wal"] * 8


def test_two_starters_of_a_new_log_do_not_get_in_each_others_way(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    both = [
        subprocess.Popen([sys.executable, "-m", "tests.turns_child", str(path), "5"], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    outputs = [p.communicate(timeout=30)[0] for p in both]
    assert [p.returncode for p in both] == [0, 0], outputs
    with Log.open(path) as log:
        assert len(log.calls(log.local().id)) == 2
        assert log.check() == []


# -- kill -9 and injected faults of a bare writer ---------------------------------------------------------------------


def _kept(output: str) -> set[int]:
    return {int(line.split()[1]) for line in output.splitlines() if line.startswith("kept")}


def _on_disk(path: Path) -> set[int]:
    with Log.open(path) as log:
        assert log.check() == []
        me = log.local().id
        return {int(t.said.split()[0]) for c in log.calls(me) for t in log.turns(me, c.session)[1:]}


def test_25_kills_of_the_writer_lose_no_acknowledged_turn_and_leave_none_in_half(tmp_path: Path) -> None:
    rng = random.Random(3)
    path, said = tmp_path / "log.db", tmp_path / "acknowledged.txt"
    with Zygote(
        "sqlite_utils,tests.turns_child:main", {}, tmp_path / "stderr.txt", str(path), "100000", str(said)
    ) as zygote:
        for _ in range(25):
            before = said.stat().st_size if said.exists() else 0
            pid = zygote.start()
            if rng.random() < 0.8:  # the others are killed while they start, or soon after
                becomes(lambda before=before: said.exists() and said.read_text()[before:].count("kept") > 0)
            time.sleep(rng.uniform(0.01, 0.2))
            zygote.end(pid)
    acknowledged = _kept(said.read_text())
    assert len(acknowledged) > 25
    on_disk = _on_disk(path)
    assert acknowledged <= on_disk
    assert len(on_disk - acknowledged) <= 25  # at most one a kill was kept without anyone hearing of it


STRACE = shutil.which("strace")


@pytest.mark.skipif(
    STRACE is None, reason="strace is not installed: faults are not injected into single writes and syncs"
)
@pytest.mark.parametrize(
    ("call", "error", "when"),
    [
        ("pwrite64", "ENOSPC", "30"), ("pwrite64", "EIO", "33"), ("pwrite64", "ENOSPC", "36+"), ("pwrite64", "EIO", "40+"),
        ("fdatasync", "EIO", "7"), ("fdatasync", "EIO", "8"), ("fdatasync", "EIO", "9+"), ("fdatasync", "EIO", "1"),
        ("pwrite64", "EIO", "1"),
    ],
)  # fmt: skip
def test_a_write_or_sync_that_fails_loses_nothing_acknowledged_and_the_person_is_told(
    tmp_path: Path, call: str, error: str, when: str
) -> None:
    path = tmp_path / "log.db"
    traced = subprocess.run(
        [str(STRACE), "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-P", str(path), "-P", f"{path}-wal",
         "-e", f"inject={call}:error={error}:when={when}", sys.executable, "-m", "tests.turns_child", str(path), "12"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    if "Operation not permitted" in traced.stderr:
        pytest.skip("this system does not allow tracing")
    lines = traced.stdout.splitlines()
    assert "disagree" not in traced.stdout
    told = [line for line in lines if line.startswith(("told", "refused to start"))]
    assert len(_kept(traced.stdout)) == 12 or told, traced.stderr
    assert "Traceback" not in traced.stderr
    if path.exists() and path.stat().st_size:
        assert _kept(traced.stdout) <= _on_disk(path)
