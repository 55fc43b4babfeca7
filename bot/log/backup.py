"""Backups: whole copies made while calls go on (VACUUM INTO), each verified before it counts, seven kept for seven days.

Copying the file itself loses what is still in the write-ahead log; this does not. What somebody erased is gone from the backups
when the last one that held it is, after seven days.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.log import schema
from bot.log.doors import Doors
from bot.log.faults import EX_DATAERR, CannotSave, LogFault, as_cannot_save

KEEP = 7
KEEP_FOR = timedelta(days=7)


class BadBackup(LogFault):
    """A copy that is not what it should be."""

    code = EX_DATAERR


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified copy: where it is, its size in bytes, and how many calls and turns it holds."""

    path: Path
    size: int
    calls: int
    turns: int


def backup_folder(path: Path) -> Path:
    """Where the backups of this log lie: a folder beside it."""
    return path.with_name(path.name + ".backups")


def backup_name(now: datetime) -> str:
    """The beginning of a backup's name: by name is by time."""
    return f"{now:%Y%m%d-%H%M%S}-{now.microsecond // 1000:03}"


def backups(path: Path) -> list[Path]:
    """The backups of this log, oldest first."""
    return sorted(backup_folder(path).glob("*.db"))


def latest_backup(path: Path) -> Path | None:
    """The newest backup of this log, if there is one."""
    found = backups(path)
    return found[-1] if found else None


def make_backup(path: Path, doors: Doors, now: datetime, target: Path | None = None) -> Backup:
    """A verified copy of the log at `target`, or in its folder of backups, where old ones then go.

    Raises LogFault when it cannot be made; nothing half-made stays.
    """
    if target is None:
        folder = backup_folder(path)
        folder.mkdir(mode=0o700, exist_ok=True)
        target = folder / f"{backup_name(now)}.db"
    if target.exists():
        raise LogFault(f"{target} exists; name another file, or move that one away.")
    for left in target.parent.glob(".*.db.*.new*"):  # by a process that was ended in the middle of it
        with suppress(OSError):
            left.unlink()
    fresh = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        _copy(path, doors, fresh)
        made = verify(fresh, doors)
        fresh.rename(target)
    except sqlite3.Error as error:
        raise as_cannot_save(error) or BadBackup(f"no backup was made: {error}") from None
    except OSError as error:
        raise LogFault(f"no backup was made: {error.strerror}.") from None
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                fresh.with_name(fresh.name + ending).unlink()
    return Backup(target, target.stat().st_size, made.calls, made.turns)


def _copy(path: Path, doors: Doors, fresh: Path) -> None:
    os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))  # an empty file is taken; it keeps its mode
    with closing(doors.reading(path)) as db:
        db.execute("VACUUM INTO ?", [str(fresh)])
    fd = os.open(fresh, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def verify(path: Path, doors: Doors) -> Backup:
    """What a backup holds. Raises BadBackup when it is damaged, or no log of this program."""
    try:
        with closing(doors.reading(path)) as db:
            check = db.execute("PRAGMA integrity_check(1)").fetchone()
            (application,) = db.execute("PRAGMA application_id").fetchone()
            if check != ("ok",) or application != schema.APPLICATION_ID:
                raise BadBackup(f"{path} is damaged, or no log of runner-up.")
            calls, turns = db.execute(
                "SELECT (SELECT count(*) FROM sessions), (SELECT count(*) FROM turns WHERE n > 0)"
            ).fetchone()
    except sqlite3.DatabaseError as error:
        if isinstance(as_cannot_save(error), CannotSave) and "damaged" not in str(as_cannot_save(error)):
            raise
        raise BadBackup(f"{path} is damaged, or no log of runner-up.") from None
    return Backup(path, path.stat().st_size, calls, turns)


def prune(path: Path, now: datetime, *, removed: Callable[[Path], None] = lambda path: None) -> None:
    """Remove backups beyond the seventh or the seventh day; the newest always stays."""
    found = backups(path)
    for number, old in enumerate(reversed(found)):
        made = datetime.fromtimestamp(old.stat().st_mtime, tz=now.tzinfo)
        if number and (number >= KEEP or now - made > KEEP_FOR):
            old.unlink()
            removed(old)
