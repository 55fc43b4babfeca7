"""One serve for one log: who holds the lock, who is turned away, and when it is free again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.delivery import OnlyOne
from bot.log.faults import Busy


def test_who_holds_the_lock_stands_in_a_file_beside_the_log_that_nobody_else_reads(tmp_path: Path) -> None:
    log = tmp_path / "not" / "yet" / "log.db"
    with OnlyOne(log) as held:
        assert isinstance(held, OnlyOne)
        assert [p.name for p in log.parent.iterdir()] == ["log.db.lock"]
        lock = log.with_name("log.db.lock")
        assert lock.read_text() == f"{os.getpid()}\n"
        assert [p.stat().st_mode & 0o777 for p in (lock, log.parent)] == [0o600, 0o700]
    assert lock.exists()  # taking it away would let two copies lock two files


def test_a_second_copy_is_turned_away_and_leaves_the_note_of_the_first(tmp_path: Path) -> None:
    log = tmp_path / "log.db"
    with OnlyOne(log):
        open_files = len(os.listdir("/dev/fd"))
        for _ in range(2):
            with pytest.raises(Busy, match=r"^Another copy of runner-up serve is running on log\.db\.$"), OnlyOne(log):
                pass
        assert len(os.listdir("/dev/fd")) == open_files
        assert log.with_name("log.db.lock").read_text() == f"{os.getpid()}\n"
        with OnlyOne(tmp_path / "other.db"):  # another log is another matter
            pass


def test_the_lock_is_free_again_however_it_ended(tmp_path: Path) -> None:
    log = tmp_path / "log.db"
    lock = log.with_name("log.db.lock")
    lock.write_text("4000000000 was here before, and longer\n")
    for _ in range(2):
        with pytest.raises(RuntimeError, match="a mistake"), OnlyOne(log):
            raise RuntimeError("a mistake")
        assert lock.read_text() == f"{os.getpid()}\n"


def test_a_file_where_the_folder_should_be_is_told_when_the_lock_is_opened(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("in the way")
    with pytest.raises(NotADirectoryError), OnlyOne(tmp_path / "folder" / "log.db"):
        pass
