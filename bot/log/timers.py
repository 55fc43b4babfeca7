"""Words that somebody asked for at a time: kept, moved with their clock, and fired once, also after a restart."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.log.saved import Saved
from bot.log.store import Store, stamp


@dataclass(frozen=True, slots=True)
class Due:
    """A timer whose time has come."""

    id: int
    person: int
    kind: str
    due_at: str
    about: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Timers:
    """Reminders by person, and those whose time has come."""

    store: Store

    def remind(self, person: int, kind: str, due_at: datetime, about: Mapping[str, Any] | None = None) -> Saved[int]:
        """Ask for one word at this time; it is fired once, also after a restart. Gives the timer's number."""
        values = [person, kind, stamp(due_at), json.dumps(about or {}), self.store.now()]

        def job(db: sqlite3.Connection) -> int:
            made = db.execute(
                "INSERT INTO timers (person_id, kind, due_at, about, made_at) VALUES (?, ?, ?, ?, ?)", values
            )
            return int(made.lastrowid or 0)

        return self.store.write(job)

    def reminders(self, person: int) -> list[dict[str, Any]]:
        """Timers that have not fired yet, the next first."""
        rows = self.store.rows(
            "SELECT id, kind, due_at, about FROM timers WHERE person_id = ? AND fired_at IS NULL ORDER BY due_at",
            [person],
        )
        return [dict(row) | {"about": json.loads(row["about"])} for row in rows]

    def set_clock(self, person: int, setting: Mapping[str, Any], due_on: Callable[[date], datetime]) -> Saved[None]:
        """Set this person's clock, and move what was asked for on a day (`day` in `about`) to its hour by that clock."""

        def job(db: sqlite3.Connection) -> None:
            db.execute(
                "UPDATE people SET settings = json_patch(settings, ?) WHERE id = ?", [json.dumps(setting), person]
            )
            rows = db.execute(
                """SELECT id, due_at, json_extract(about, '$.day') FROM timers
                   WHERE person_id = ? AND fired_at IS NULL AND json_extract(about, '$.day') IS NOT NULL""",
                [person],
            ).fetchall()
            for timer, was, day in rows:
                due = stamp(due_on(date.fromisoformat(day)))
                db.execute("UPDATE timers SET due_at = ? WHERE id = ?", [due, timer])
                db.execute(
                    "UPDATE real_calls SET due_at = ? WHERE person_id = ? AND due_at = ? AND happened_at IS NULL",
                    [due, person, was],
                )

        return self.store.write(job)

    def forget_reminder(self, person: int, timer: int) -> Saved[None]:
        """Call one off."""
        return self.store.execute("DELETE FROM timers WHERE person_id = ? AND id = ?", person, timer)

    def due(self, but_not: Collection[int] = ()) -> list[Due]:
        """Timers of people in Telegram whose time has come, the oldest first. The terminal looks for its own (bot/reminders.py)."""
        rows = self.store.rows(
            """SELECT id, person_id, kind, due_at, about FROM timers
               WHERE fired_at IS NULL AND due_at <= ? AND id NOT IN (SELECT value FROM json_each(?))
               AND person_id IN (SELECT id FROM people WHERE telegram_id IS NOT NULL) ORDER BY due_at LIMIT 100""",
            [self.store.now(), json.dumps(list(but_not))],
        )
        return [Due(r[0], r[1], r[2], r[3], json.loads(r[4])) for r in rows]

    def fire(self, timer: Due, says: Iterable[Mapping[str, Any]]) -> Saved[bool]:
        """Fire a timer and post what it says, in one commit; False when it has fired before."""
        now = self.store.now()
        values = [(timer.person, json.dumps(payload), now) for payload in says]

        def job(db: sqlite3.Connection) -> bool:
            fired = db.execute("UPDATE timers SET fired_at = ? WHERE id = ? AND fired_at IS NULL", [now, timer.id])
            if fired.rowcount != 1:
                return False
            db.executemany(
                "INSERT INTO outbox (person_id, payload, state, made_at) VALUES (?, ?, 'waiting', ?)", values
            )
            return True

        return self.store.write(job)
