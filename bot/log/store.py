"""The file of the log: how it is opened, what is refused, who writes and who reads.

One connection writes, in the writer's thread or that of who waits; reads go through a read-only connection and never wait for a write.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from bot.log import encrypted, schema
from bot.log.backup import backup_name, folder_for_backups, latest_backup, make_backup
from bot.log.doors import Doors
from bot.log.faults import CannotSave, Damaged, Foreign, Gone, LogFault, Newer, NoFolder, ReadOnly
from bot.log.saved import Saved, T
from bot.log.writer import Job, Writer

Clock = Callable[[], datetime]

INDEX_STEP = 200  # turns fed to the search index in one idle commit


def utc_now() -> datetime:
    """The machine's clock, in UTC."""
    return datetime.now(UTC)


def stamp(at: datetime) -> str:
    """A time as it stands in the log: UTC, ISO 8601, milliseconds."""
    utc = at if at.tzinfo is UTC else at.astimezone(UTC)
    return utc.isoformat(timespec="milliseconds")[: -len("+00:00")] + "Z"


def unstamp(text: str) -> datetime:
    """The time that `stamp` wrote."""
    return datetime.fromisoformat(text)


def beside(path: Path, ending: str) -> Path:
    """A file next to the log: `-wal`, `-shm`, `.lock`, `.marker`, `.spare`, `.erased`."""
    return path.with_name(path.name + ending)


class Store:
    """The open file, which every part of the log shares. `write` queues a job for the writer; `rows` and `row` read what is committed."""

    def __init__(self, path: Path, doors: Doors, clock: Clock) -> None:
        self.path = path
        self._name = str(path)
        self.clock = clock
        self.doors = doors
        self._inode: tuple[int, int] | None = None
        self.reading = threading.RLock()  # held while something is read
        self.writer = Writer(self._connect, guard=self._still_the_same_file, idle=feed_search)
        self._reader = doors.reading(path)
        self._reader.row_factory = encrypted.rows_of(self._reader)

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        durability: str = "full",
        key: str | None = None,
        clock: Clock = utc_now,
        init: bool = False,
    ) -> Self:
        """Open the log at this path, making it at the first run. Raises a LogFault that says in a sentence what is wrong."""
        path = Path(path)
        refuse_bad_place(path, init=init)
        log = cls(path, Doors(durability, key), clock)
        log.remember()
        return log

    def close(self) -> None:
        """Finish what is queued, and close the file."""
        with suppress(sqlite3.Error, OSError):
            self.remember()
        with self.reading:
            self._reader.close()
        self.writer.close()  # last, so that the write-ahead log is checkpointed and goes

    def interrupt(self) -> None:
        """Break off long work in another thread, because the process is to end."""
        with suppress(sqlite3.Error):
            self._reader.interrupt()
            self.writer.interrupt()

    def write(self, job: Job[T], *, lazy: bool = False, single: bool = False, here: bool = False) -> Saved[T]:
        """Queue a job for the one writer; done when it is on disk. `lazy`: it may be lost if the power fails; `single`: it is one
        statement; `here`: the caller waits for it, and in a thread of its own."""
        return self.writer.write(job, lazy=lazy, single=single, here=here)

    def execute(self, sql: str, *values: object) -> Saved[None]:
        """Queue one statement whose answer nobody wants."""

        def job(db: sqlite3.Connection) -> None:
            db.execute(sql, values)

        return self.write(job)

    def mark(self, job: Job[T]) -> Saved[T]:
        """Note in one statement what has been done outside: at once where that takes no waiting, else with the next commit."""
        return self.writer.mark(job)

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """Everything a query finds."""
        with self.reading:
            return self._reader.execute(sql, values).fetchall()

    def row(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Row | None:
        """The first row a query finds."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def now(self) -> str:
        """The clock, as it stands in the log."""
        return stamp(self.clock())

    def remember(self) -> None:
        """Leave a mark beside the file, so that a log that vanishes is missed and not silently begun anew."""
        found = self.row("SELECT count(*) FROM sessions")
        text = json.dumps({"sessions": found[0] if found else 0, "at": self.now()})
        marker = beside(self.path, ".marker")
        fresh = beside(self.path, ".marker.new")
        fd = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(fd, "w") as file:
            file.write(text)
        fresh.replace(marker)

    # -- in the writer's thread ----------------------------------------------------------------------

    def _connect(self) -> sqlite3.Connection:
        with as_refusal(self.path):
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
            if self.doors.key is not None or looks_like_ours(self.path):
                make_private(self.path)  # before SQLite gives `-wal` and `-shm` the same mode
            db = self.doors.writing(self.path)
            try:
                refuse_bad_file(db, self.path)
                self.doors.make_durable(db)
                self._back_up_before_upgrade(db)
                schema.migrate(db)
                db.execute("BEGIN IMMEDIATE")  # the right to write is shown now, not at the first turn
                db.execute("COMMIT")
            except BaseException:
                db.close()
                raise
        status = self.path.stat()
        self._inode = (status.st_dev, status.st_ino)
        return db

    def _back_up_before_upgrade(self, db: sqlite3.Connection) -> None:
        before = schema.applied(db)
        if not before or before == schema.known():
            return
        folder, ending = folder_for_backups(self.path), f"before-upgrade-from-{len(before)}.db"
        now = self.clock()
        # An upgrade that fails is tried at each restart; one copy a day is enough.
        if not list(folder.glob(f"{now:%Y%m%d}-*-{ending}")):
            make_backup(self.path, self.doors, now, folder / f"{backup_name(now)}-{ending}")

    def _still_the_same_file(self) -> None:
        # In WAL mode writes to an unlinked or replaced file succeed into nothing, so it is looked at before each commit.
        try:
            status = os.stat(self._name)
        except OSError:
            raise CannotSave("moved", f"{self.path} is gone") from None
        if (status.st_dev, status.st_ino) != self._inode:
            raise CannotSave("moved", f"{self.path} has been replaced by another file")


def size_of(path: Path) -> int:
    """Bytes of a file; 0 when it is not there."""
    return path.stat().st_size if path.exists() else 0


def make_private(path: Path) -> None:
    """Make the file readable by its owner alone; `-wal` and `-shm` take over its mode."""
    if path.stat().st_mode & 0o077:
        with suppress(PermissionError):
            path.chmod(0o600)


def looks_like_ours(path: Path) -> bool:
    """Whether the file's header bears this program's mark; SQLite need not be asked, and nothing is touched."""
    with path.open("rb") as file:
        header = file.read(72)
    return header[:15] == b"SQLite format 3" and header[68:72] == schema.APPLICATION_ID.to_bytes(4, "big")


def refuse_bad_place(path: Path, *, init: bool = False) -> None:
    """Raise a LogFault when the log cannot be at this place, or was there and is gone."""
    folder = path.absolute().parent
    if path.is_dir():
        raise NoFolder(f"{path} is a folder; RUNNER_UP_DB names a file.")
    if not folder.is_dir():
        raise NoFolder(f"The folder {folder} does not exist; make it, or set RUNNER_UP_DB to another place.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ReadOnly(f"{_whose(folder)}: this folder may not be written; the log needs that.")
    there = path.exists() and path.stat().st_size > 0
    if there and not os.access(path, os.R_OK | os.W_OK):
        raise ReadOnly(f"{_whose(path)}: this file may not be written; give it to the user who runs runner-up.")
    marker = beside(path, ".marker")
    if not there and marker.exists() and not init:
        with suppress(ValueError, OSError, TypeError, KeyError):
            kept = json.loads(marker.read_text("utf-8"))
            count = f" with {int(kept['sessions'])} calls"
            raise Gone(_gone(path, count))
        raise Gone(_gone(path, ""))


def _gone(path: Path, count: str) -> str:
    what = "is empty" if path.exists() else "is missing"
    return f"{path} {what}; a log{count} was here. Restore a backup, or begin anew with: runner-up db migrate --init"


def _whose(path: Path) -> str:
    status = path.stat()
    return f"{path} (owner {status.st_uid}, mode {status.st_mode & 0o777:o})"


def refuse_bad_file(db: sqlite3.Connection, path: Path) -> None:
    """Raise a LogFault for a file of another program, of a later version, or with pages that cannot be read."""
    (objects,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    (application,) = db.execute("PRAGMA application_id").fetchone()
    if objects and application != schema.APPLICATION_ID:
        raise Foreign(f"{path} is a database of another program; set RUNNER_UP_DB to another file.")
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version > schema.VERSION or set(schema.applied(db)) - set(schema.known()):
        raise Newer(f"{path} was written by a newer runner-up; install that version again. Nothing was changed.")
    # What is wrong with a page, a type or a key is looked for; whether each JSON is still JSON takes twice as long again and
    # is looked at once a day (Upkeep.check).
    db.execute("PRAGMA ignore_check_constraints = ON")
    found = [text for (text,) in db.execute("PRAGMA quick_check(3)")]
    db.execute("PRAGMA ignore_check_constraints = OFF")
    if found != ["ok"]:
        raise Damaged(_damaged(path))
    if db.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise Damaged(_damaged(path))


def _damaged(path: Path) -> str:
    last = latest_backup(path)
    back = f"put {last} in its place" if last else "put a backup in its place"
    return f"{path} is no database that can be read, or is damaged; {back}. Keep this file, with -wal and -shm, under another name."


class as_refusal:  # noqa: N801 - reads as a word where it is used
    """Turn what SQLite says while opening into a LogFault in one sentence."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, PermissionError):
            raise ReadOnly(f"{self._path} may not be written by this user.") from None
        if isinstance(error, FileNotFoundError):
            raise NoFolder(f"{self._path} cannot be made; is its folder there?") from None
        if isinstance(error, OSError):
            raise LogFault(f"{self._path} cannot be used: {error.strerror}.") from None
        code = getattr(error, "sqlite_errorcode", None)
        if code is None:
            return
        match code & 0xFF:
            case sqlite3.SQLITE_NOTADB:
                raise Damaged(
                    f"{_damaged(self._path)} (Or it is encrypted with another key: RUNNER_UP_DB_KEY_FILE.)"
                ) from None
            case sqlite3.SQLITE_CORRUPT:
                raise Damaged(_damaged(self._path)) from None
            case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
                raise ReadOnly(f"{_whose(self._path)}: the log may not be written there.") from None
            case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
                raise CannotSave(
                    "locked", f"{self._path} is held by another program; try again when that has ended."
                ) from None
            case sqlite3.SQLITE_FULL:
                raise CannotSave("full", f"The disk of {self._path} is full; make room and start again.") from None
            case _:
                raise LogFault(f"{self._path} cannot be used: {error}.") from None


def feed_search(db: sqlite3.Connection) -> bool:
    """Put the next turns into the search index; says whether there may be more."""
    (upto,) = db.execute("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'searchable_to'").fetchone()
    rows = db.execute(
        """SELECT t.id, t.said, (SELECT group_concat(json_extract(value, '$.text'), ' ') FROM json_each(t.answered))
           FROM turns t WHERE t.id > ? ORDER BY t.id LIMIT ?""",
        [upto, INDEX_STEP],
    ).fetchall()
    if not rows:
        return False
    db.executemany("INSERT INTO turns_search (rowid, said, answered) VALUES (?, ?, ?)", rows)
    db.execute("UPDATE meta SET value = ? WHERE key = 'searchable_to'", [str(rows[-1][0])])
    return len(rows) == INDEX_STEP
