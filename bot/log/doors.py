"""How the file of the log is opened: plain SQLite or encrypted, to write or only to read."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.log import encrypted

BUSY_MS = 2000  # how long one try waits for another program's lock
AGAIN_SECONDS = 0.01  # until what SQLite refuses without waiting is asked again
CHECKPOINT_PAGES = 4000  # of the write-ahead log (16 MB), at which a commit checkpoints it although somebody waits; the writer does it before


@dataclass(frozen=True, slots=True)
class Doors:
    """How connections are made: plain SQLite, or an encrypted one with its key."""

    durability: str = "full"
    key: str | None = None

    def writing(self, path: Path) -> sqlite3.Connection:
        """A connection that may write; `make_durable` it once it is known to be a log of ours."""
        return self._connect(path, read_only=False)

    def make_durable(self, db: sqlite3.Connection) -> None:
        """Write-ahead log, a sync at each commit, foreign keys, and zeros over what is deleted."""
        _turn_to_wal(db)
        db.execute(f"PRAGMA synchronous = {'FULL' if self.durability == 'full' else 'NORMAL'}")
        db.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}").fetchone()
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA secure_delete = ON").fetchone()

    def reading(self, path: Path) -> sqlite3.Connection:
        """A connection that can only read, and never waits for who writes."""
        return self._connect(path, read_only=True)

    def _connect(self, path: Path, *, read_only: bool) -> sqlite3.Connection:
        uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
        how: dict[str, Any] = {
            "uri": True, "timeout": BUSY_MS / 1000, "isolation_level": None, "check_same_thread": False
        }  # fmt: skip
        if self.key is not None:
            return encrypted.connect(uri, self.key, **how)
        db: sqlite3.Connection = sqlite3.connect(uri, **how)
        return db


def _turn_to_wal(db: sqlite3.Connection) -> None:
    """Begin the write-ahead log, beside whoever else begins it.

    SQLite does not wait here for another program that does the same at this moment, as it does for any lock: it refuses at once. So it is
    asked again for as long as one waits for a lock.
    """
    until = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL").fetchone()
            return
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(AGAIN_SECONDS)
