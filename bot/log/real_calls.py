"""The real call that all this is for: planned, and told of afterwards; and what is to be done before the next."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.log.people import random_id
from bot.log.saved import Saved
from bot.log.store import Store, stamp


@dataclass(frozen=True, slots=True)
class RealCall:
    """The real call: what was planned, when, and what came of it (level 0-4 of what was told, None before)."""

    id: str
    plan: Mapping[str, Any]
    due_at: str | None
    happened_at: str | None
    level: int | None
    told: str
    answers: Mapping[str, Any]
    made_at: str


NOT_MADE = {"made": "no"}
"""The answers of a planned call that will not be made."""


@dataclass(frozen=True, slots=True)
class RealCalls:
    """Real calls, and things to do."""

    store: Store

    def plan(self, person: int, plan: Mapping[str, Any], *, due_at: datetime | None = None) -> Saved[str]:
        """Plan a real call; gives its id."""
        new = random_id()
        values = [person, new, json.dumps(plan), stamp(due_at) if due_at else None, self.store.now()]

        def job(db: sqlite3.Connection) -> str:
            db.execute(
                "INSERT INTO real_calls (person_id, public_id, plan, due_at, made_at) VALUES (?, ?, ?, ?, ?)", values
            )
            return new

        return self.store.write(job)

    def happened(
        self, person: int, real: str, *, level: int | None, told: str = "", answers: Mapping[str, Any] | None = None
    ) -> Saved[None]:
        """What came of a real call: how far the manager opened (0-4), in whose words, and the taps."""
        return self.store.execute(
            """UPDATE real_calls SET happened_at = ?, level = ?, told = ?, answers = ?
               WHERE person_id = ? AND public_id = ?""",
            self.store.now(), level, told, json.dumps(answers or {}), person, real,
        )  # fmt: skip

    def real_calls(self, person: int) -> list[RealCall]:
        """The real calls planned and held, oldest first."""
        rows = self.store.rows(
            """SELECT public_id, plan, due_at, happened_at, level, told, answers, made_at FROM real_calls
               WHERE person_id = ? ORDER BY id""",
            [person],
        )
        return [RealCall(r[0], json.loads(r[1]), r[2], r[3], r[4], r[5], json.loads(r[6]), r[7]) for r in rows]

    def add_todo(self, person: int, text: str) -> Saved[str]:
        """Something to do before the next call; gives its id."""
        new = random_id()
        values = [person, new, text[:1000], self.store.now()]

        def job(db: sqlite3.Connection) -> str:
            db.execute("INSERT INTO todo (person_id, public_id, text, made_at) VALUES (?, ?, ?, ?)", values)
            return new

        return self.store.write(job)

    def todo_done(self, person: int, todo: str, done: bool = True) -> Saved[None]:
        """Tick it off, or not."""
        return self.store.execute(
            "UPDATE todo SET done_at = ? WHERE person_id = ? AND public_id = ?",
            self.store.now() if done else None,
            person,
            todo,
        )

    def todo(self, person: int, *, done: bool | None = False) -> list[dict[str, Any]]:
        """What is still to be done (`done=None`: everything): id, text, made_at, done_at."""
        rows = self.store.rows(
            """SELECT public_id AS id, text, made_at, done_at FROM todo
               WHERE person_id = ? AND (? IS NULL OR (done_at IS NOT NULL) = ?) ORDER BY todo.id""",
            [person, done, done],
        )
        return [dict(row) for row in rows]
