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

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is misread
LONGEST_ID = 64


def random_id(length: int = 8) -> str:
    """A short random id that says nothing about anyone."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def is_id(text: str) -> bool:
    """Whether this may be such an id, of whatever length and letters they have had: nothing but small letters and figures."""
    return 0 < len(text) <= LONGEST_ID and text.isascii() and text.isalnum() and text == text.lower()


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


@dataclass(frozen=True, slots=True)
class People:
    """Who practises here, and how somebody comes in."""

    store: Store

    def local(self) -> Person:
        """The person at this machine's terminal; made when first asked for. What the terminal keeps stays on this machine."""
        row = self.store.row(f"SELECT {_COLUMNS} FROM people WHERE telegram_id IS NULL")  # noqa: S608
        if row is not None:
            return _person(row)
        now = self.store.now()

        def make(db: sqlite3.Connection) -> Any:
            db.execute(
                """INSERT INTO people (public_id, role, created_at, agreed_at, agreed_to)
                   VALUES (?, 'owner', ?, ?, 'terminal') ON CONFLICT DO NOTHING""",
                [random_id(), now, now],
            )
            return db.execute(f"SELECT {_COLUMNS} FROM people WHERE telegram_id IS NULL").fetchone()  # noqa: S608

        return _person(self.store.write(make).result())

    def by_telegram(self, telegram_id: int) -> Person | None:
        """The person behind a Telegram id, if they are known here."""
        row = self.store.row(f"SELECT {_COLUMNS} FROM people WHERE telegram_id = ?", [telegram_id])  # noqa: S608
        return None if row is None else _person(row)

    def person(self, person: int) -> Person:
        """A person's own row. Raises NotYours when there is none."""
        row = self.store.row(f"SELECT {_COLUMNS} FROM people WHERE id = ?", [person])  # noqa: S608
        if row is None:
            raise NotYours("There is no such person.")
        return _person(row)

    def meet(self, telegram_id: int, role: str = "guest") -> Saved[Person]:
        """Let somebody in: keeps the id and nothing else. Somebody already known stays who they are (an owner stays owner)."""
        now = self.store.now()

        def job(db: sqlite3.Connection) -> Person:
            row = db.execute(
                f"""INSERT INTO people (public_id, telegram_id, role, created_at) VALUES (?, ?, ?, ?)
                    ON CONFLICT (telegram_id) DO UPDATE
                    SET role = CASE WHEN excluded.role = 'owner' THEN 'owner' ELSE role END RETURNING {_COLUMNS}""",  # noqa: S608
                [random_id(), telegram_id, role, now],
            ).fetchall()[0]
            return _person(row)

        return self.store.write(job)

    def agree(self, person: int, version: str) -> Saved[None]:
        """This person agreed to have their calls kept, having read this version of the privacy text."""
        return self._change(person, agreed_at=self.store.now(), agreed_to=version)

    def block(self, person: int, blocked: bool = True) -> Saved[None]:
        """This person blocked the bot, or came back."""
        return self._change(person, blocked_at=self.store.now() if blocked else None)

    def allow_rows(self, person: int, allowed: bool) -> Saved[None]:
        """Whether this person's corrections may be exported as labelled rows."""
        return self._change(person, rows_consent_at=self.store.now() if allowed else None)

    def change_settings(self, person: int, **changes: Any) -> Saved[None]:
        """Set some of a person's settings; None removes one."""

        def job(db: sqlite3.Connection) -> None:
            db.execute(
                "UPDATE people SET settings = json_patch(settings, ?) WHERE id = ?", [json.dumps(changes), person]
            )

        return self.store.write(job)

    def _change(self, person: int, **columns: str | None) -> Saved[None]:
        sets = ", ".join(f"{name} = ?" for name in columns)  # names are our own

        def job(db: sqlite3.Connection) -> None:
            db.execute(f"UPDATE people SET {sets} WHERE id = ?", [*columns.values(), person])  # noqa: S608

        return self.store.write(job)

    def has_owner(self) -> bool:
        """Whether somebody in Telegram owns this bot."""
        return self.store.row("SELECT 1 FROM people WHERE role = 'owner' AND telegram_id IS NOT NULL") is not None

    def invite(self, person: int | None, *, role: str = "guest", days: int = 7, uses: int = 1) -> Saved[str]:
        """An invitation by this person (None: by the host, at the first start); the code goes into a link."""
        now = self.store.clock()
        code = secrets.token_urlsafe(16)
        values = [code, role, person, stamp(now), stamp(now + timedelta(days=days)), uses]

        def job(db: sqlite3.Connection) -> str:
            db.execute("INSERT INTO invitations VALUES (?, ?, ?, ?, ?, ?)", values)
            return code

        return self.store.write(job)

    def redeem(self, code: str, telegram_id: int) -> Saved[Person | None]:
        """Come in by an invitation. None when the code is unknown, used up or too old. An owner's code works once for all; who is in already, and
        tries the link, takes it from nobody."""
        now = self.store.now()

        def job(db: sqlite3.Connection) -> Person | None:
            in_already = db.execute(
                """SELECT 1 FROM people WHERE telegram_id = ? AND (role = 'owner' OR EXISTS (SELECT 1 FROM invitations
                   WHERE code = ? AND role = 'guest' AND uses_left > 0 AND (expires_at IS NULL OR expires_at > ?)))""",
                [telegram_id, code, now],
            ).fetchone()
            used = [("guest",)]
            if in_already is None:
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

        return self.store.write(job)
