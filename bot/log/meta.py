"""Small facts of the log, by name: its heartbeat, the last backup and purge, which groups have heard their one line."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from bot.log.saved import Saved
from bot.log.store import Store

GROUP = "group "
"""What a group's number stands after, among the names."""


@dataclass(frozen=True, slots=True)
class Meta:
    """Names and values that belong to no person."""

    store: Store

    def note(self, key: str, value: str) -> Saved[None]:
        """Write a small fact of the log down: `heartbeat`, `last_backup` …"""

        def job(db: sqlite3.Connection) -> None:
            db.execute(
                "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                [key, value],
            )

        return self.store.write(job)

    def facts(self) -> dict[str, str]:
        """All small facts of the log."""
        return {row[0]: row[1] for row in self.store.rows("SELECT key, value FROM meta ORDER BY key")}

    def told_group(self, chat: int) -> Saved[bool]:
        """Note that a group has heard the one line that groups hear; True the first time. Its number is all that is kept."""
        values = [f"{GROUP}{chat}", self.store.now()]

        def job(db: sqlite3.Connection) -> bool:
            return db.execute("INSERT INTO meta VALUES (?, ?) ON CONFLICT DO NOTHING", values).rowcount == 1

        return self.store.write(job)

    def forget_group(self, chat: int) -> Saved[None]:
        """The bot was taken out of a group."""

        def job(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM meta WHERE key = ?", [f"{GROUP}{chat}"])

        return self.store.write(job)
