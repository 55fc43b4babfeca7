"""Backups: whole copies made while calls go on (VACUUM INTO), each verified before it counts, seven kept for seven days.

Copying the file itself loses what is still in the write-ahead log; this does not. What somebody erased is gone from the backups
when the last one that held it is, after seven days.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.log import schema
from bot.log.doors import Doors
from bot.log.faults import EX_DATAERR, CannotSave, LogFault, as_cannot_save
from dialogs.patterns import lazy

KEEP = 7
KEEP_FOR = timedelta(days=7)
A_DAY = timedelta(days=1)
_OURS = lazy(r"(\d{8}-\d{6})-\d{3}(-before-upgrade-from-\d+)?\.db")
_HALF_MADE = lazy(r"\..+\.db\.(\d+)\.new(-wal|-shm|-journal)?")


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
    """The backups of this log, oldest first. What else lies in their folder is somebody else's, and left alone."""
    try:
        found = [Path(entry.path) for entry in os.scandir(backup_folder(path)) if entry.is_file(follow_symlinks=False)]
    except OSError:
        return []
    return sorted(file for file in found if _made_at(file) is not None)


def _made_at(file: Path) -> datetime | None:
    """When a backup was made, as its name says: the file's own time changes with every copying to and fro."""
    if (named := _OURS.fullmatch(file.name)) is None:
        return None
    try:
        return datetime.strptime(named[1], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def latest_backup(path: Path) -> Path | None:
    """The newest backup of this log, if there is one."""
    found = backups(path)
    return found[-1] if found else None


def make_backup(path: Path, doors: Doors, now: datetime, target: Path | None = None) -> Backup:
    """A verified copy of the log at `target`, or in its folder of backups, where old ones then go.

    Raises LogFault when it cannot be made; nothing half-made stays.
    """
    if target is None:
        target = folder_for_backups(path) / f"{backup_name(now)}.db"
    if os.path.lexists(target):
        raise LogFault(f"{target} exists; name another file, or move that one away.")
    _clear_half_made(target.parent)
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


def folder_for_backups(path: Path) -> Path:
    """The folder of backups, made when it is not there, and closed to others. Raises LogFault when there can be none."""
    folder = backup_folder(path)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise LogFault(f"no backup was made: {folder}: {error.strerror}.") from None
    with suppress(OSError):  # somebody else's folder, or a disk without modes
        if folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
    return folder


def _clear_half_made(folder: Path) -> None:
    """Remove what was left by a process that was ended in the middle of a backup; another that runs is at work on its own.
    In a container one process after another has the same number."""
    with suppress(OSError):
        for entry in list(os.scandir(folder)):
            half = _HALF_MADE.fullmatch(entry.name)
            if half is not None and (int(half[1]) == os.getpid() or not is_running(int(half[1]))):
                with suppress(OSError):
                    os.unlink(entry.path)


def is_running(process: int) -> bool:
    """Whether there is a process of this number."""
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


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


def prune(path: Path, now: datetime, newest: Path, *, clock_doubted: bool = False) -> None:
    """Remove backups beyond the seventh or the seventh day. The one that was just made stays, whatever the clock says.

    By a clock that is doubted none is too old. One from the future was made under a wrong clock, then or now: no age takes it away, but it counts as
    older than all others, so that seven more backups do.
    """
    dated = [(made, file) for file in backups(path) if file != newest and (made := _made_at(file)) is not None]
    future = [each for each in dated if each[0] > now + A_DAY]
    past = [each for each in dated if each not in future]
    for number, (made, old) in enumerate([*sorted(past, reverse=True), *sorted(future, reverse=True)], 1):
        if number >= KEEP or (now - made > KEEP_FOR and not clock_doubted):
            with suppress(OSError):  # one that cannot be removed keeps no other
                old.unlink()
