"""Who practises here. The terminal's user is the one local person; everyone else comes from Telegram."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

from bot.log.faults import NotYours
from bot.log.saved import Saved
from bot.log.store import Store, stamp

GROUP = "group "
"""What a group's number stands after, among the small facts of the log."""
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is misread


def random_id(length: int = 8) -> str:
    """A short random id that says nothing about anyone."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


@dataclass(frozen=True, slots=True)
class Person:
    """One row of `people`. `id` goes first into every other method; `public_id` is what may be shown."""

    id: int
    public_id: str
    telegram_id: int | None
    role: str
    created_at: str
    agreed_at: str | None
    agreed_to: str | None
    blocked_at: str | None
    rows_consent_at: str | None
    settings: Mapping[str, Any]

    @property
    def agreed(self) -> bool:
        """Whether this person's words may be kept."""
        return self.agreed_at is not None


_FIELDS = tuple(f.name for f in fields(Person))
_COLUMNS = ", ".join(_FIELDS)


def _person(row: Any) -> Person:
    kept = dict(zip(_FIELDS, row, strict=True))
    return Person(**kept | {"settings": json.loads(kept["settings"])})


class People(Store):
    """People and invitations."""

    def local(self) -> Person:
        """The person at this machine's terminal; made when first asked for. What the terminal keeps stays on this machine."""
        row = self.row(f"SELECT {_COLUMNS} FROM people WHERE telegram_id IS NULL")  # noqa: S608
        if row is not None:
            return _person(row)
        now = self.now()

        def make(db: sqlite3.Connection) -> Any:
            db.execute(
                """INSERT INTO people (public_id, role, created_at, agreed_at, agreed_to)
                   VALUES (?, 'owner', ?, ?, 'terminal') ON CONFLICT DO NOTHING""",
                [random_id(), now, now],
            )
            return db.execute(f"SELECT {_COLUMNS} FROM people WHERE telegram_id IS NULL").fetchone()  # noqa: S608

        return _person(self.write(make).result())

    def by_telegram(self, telegram_id: int) -> Person | None:
        """The person behind a Telegram id, if they are known here."""
        row = self.row(f"SELECT {_COLUMNS} FROM people WHERE telegram_id = ?", [telegram_id])  # noqa: S608
        return None if row is None else _person(row)

    def person(self, person: int) -> Person:
        """A person's own row. Raises NotYours when there is none."""
        row = self.row(f"SELECT {_COLUMNS} FROM people WHERE id = ?", [person])  # noqa: S608
        if row is None:
            raise NotYours("There is no such person.")
        return _person(row)

    def meet(self, telegram_id: int, role: str = "guest") -> Saved[Person]:
        """Let somebody in: keeps the id and nothing else. Somebody already known stays who they are (an owner stays owner)."""
        now = self.now()

        def job(db: sqlite3.Connection) -> Person:
            row = db.execute(
                f"""INSERT INTO people (public_id, telegram_id, role, created_at) VALUES (?, ?, ?, ?)
                    ON CONFLICT (telegram_id) DO UPDATE
                    SET role = CASE WHEN excluded.role = 'owner' THEN 'owner' ELSE role END RETURNING {_COLUMNS}""",  # noqa: S608
                [random_id(), telegram_id, role, now],
            ).fetchall()[0]
            return _person(row)

        return self.write(job)

    def agree(self, person: int, version: str) -> Saved[None]:
        """This person agreed to have their calls kept, having read this version of the privacy text."""
        return self._change(person, agreed_at=self.now(), agreed_to=version)

    def block(self, person: int, blocked: bool = True) -> Saved[None]:
        """This person blocked the bot, or came back."""
        return self._change(person, blocked_at=self.now() if blocked else None)

    def allow_rows(self, person: int, allowed: bool) -> Saved[None]:
        """Whether this person's corrections may be exported as labelled rows."""
        return self._change(person, rows_consent_at=self.now() if allowed else None)

    def change_settings(self, person: int, **changes: Any) -> Saved[None]:
        """Set some of a person's settings; None removes one."""

        def job(db: sqlite3.Connection) -> None:
            db.execute(
                "UPDATE people SET settings = json_patch(settings, ?) WHERE id = ?", [json.dumps(changes), person]
            )

        return self.write(job)

    def _change(self, person: int, **columns: str | None) -> Saved[None]:
        sets = ", ".join(f"{name} = ?" for name in columns)  # names are our own

        def job(db: sqlite3.Connection) -> None:
            db.execute(f"UPDATE people SET {sets} WHERE id = ?", [*columns.values(), person])  # noqa: S608

        return self.write(job)

    # -- groups --------------------------------------------------------------------------------------

    def told_group(self, chat: int) -> Saved[bool]:
        """Note that a group has heard the one line that groups hear; True the first time. Its number is all that is kept."""
        values = [f"{GROUP}{chat}", self.now()]

        def job(db: sqlite3.Connection) -> bool:
            return db.execute("INSERT INTO meta VALUES (?, ?) ON CONFLICT DO NOTHING", values).rowcount == 1

        return self.write(job)

    def forget_group(self, chat: int) -> Saved[None]:
        """The bot was taken out of a group."""

        def job(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM meta WHERE key = ?", [f"{GROUP}{chat}"])

        return self.write(job)

    # -- invitations ---------------------------------------------------------------------------------

    def has_owner(self) -> bool:
        """Whether somebody in Telegram owns this bot."""
        return self.row("SELECT 1 FROM people WHERE role = 'owner' AND telegram_id IS NOT NULL") is not None

    def invite(self, person: int | None, *, role: str = "guest", days: int = 7, uses: int = 1) -> Saved[str]:
        """An invitation by this person (None: by the host, at the first start); the code goes into a link."""
        now = self.clock()
        code = secrets.token_urlsafe(16)
        values = [code, role, person, stamp(now), stamp(now + timedelta(days=days)), uses]

        def job(db: sqlite3.Connection) -> str:
            db.execute("INSERT INTO invitations VALUES (?, ?, ?, ?, ?, ?)", values)
            return code

        return self.write(job)

    def redeem(self, code: str, telegram_id: int) -> Saved[Person | None]:
        """Come in by an invitation. None when the code is unknown, used up or too old. An owner's code works once for all."""
        now = self.now()

        def job(db: sqlite3.Connection) -> Person | None:
            used = db.execute(
                """UPDATE invitations SET uses_left = uses_left - 1
                   WHERE code = ? AND uses_left > 0 AND (expires_at IS NULL OR expires_at > ?) RETURNING role""",
                [code, now],
            ).fetchall()
            if not used:
                return None
            row = db.execute(
                f"""INSERT INTO people (public_id, telegram_id, role, created_at) VALUES (?, ?, ?, ?)
                    ON CONFLICT (telegram_id) DO UPDATE
                    SET role = CASE WHEN excluded.role = 'owner' THEN 'owner' ELSE role END RETURNING {_COLUMNS}""",  # noqa: S608
                [random_id(), telegram_id, used[0][0], now],
            ).fetchall()[0]
            if used[0][0] == "owner":
                db.execute("DELETE FROM invitations WHERE role = 'owner'")
            return _person(row)

        return self.write(job)

    def counts(self) -> dict[str, int]:
        """What the owner may know of everybody: how many, never what."""
        row = self.row(
            """SELECT (SELECT count(*) FROM people) AS people,
                      (SELECT count(*) FROM sessions WHERE parent_id IS NULL) AS calls,
                      (SELECT count(*) FROM sessions s JOIN sessions o ON o.id = s.parent_id WHERE o.taken_back = 0) AS other_tries,
                      (SELECT count(*) FROM sessions WHERE taken_back = 1) AS taken_back,
                      (SELECT count(*) FROM sessions WHERE ended_at IS NULL AND taken_back = 0) AS unfinished,
                      (SELECT count(*) FROM turns WHERE n > 0) AS turns,
                      (SELECT count(*) FROM inbox WHERE state IN ('waiting', 'held')) AS unhandled,
                      (SELECT count(*) FROM inbox WHERE state = 'skipped') AS unreadable,
                      (SELECT count(*) FROM inbox WHERE state = 'refused') AS refused,
                      (SELECT count(*) FROM outbox WHERE state = 'waiting') AS unsent,
                      (SELECT count(*) FROM outbox WHERE state = 'uncertain') AS uncertain,
                      (SELECT count(*) FROM outbox WHERE resent = 1) AS resent,
                      (SELECT count(*) FROM timers WHERE fired_at IS NULL) AS timers"""
        )
        return dict(row) if row else {}
