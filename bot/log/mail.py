"""The post: what Telegram sent and is not yet answered, and what is said and not yet sent.

Only `bot/delivery` reads this. Raw updates are kept of people who agreed, and blanked when handled; of others the bare number.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.log.keeping import mark_done
from bot.log.saved import Saved
from bot.log.store import Store, stamp

MOST_TRIES = 20  # lives of the program that may end while one update is being handled, before it is held back


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update that is on disk and not handled. `raw` is its JSON."""

    update_id: int
    person: int | None
    raw: str
    got_at: str


@dataclass(frozen=True, slots=True)
class Unsent:
    """A message that is on disk and not sent. `payload` is what bot/delivery/outbox.py made."""

    id: int
    person: int
    payload: Mapping[str, Any]
    resent: bool

    @property
    def unless_gone_on(self) -> bool:
        """Whether it is only for somebody who still waits."""
        return bool(self.payload.get("unless_gone_on"))


@dataclass(frozen=True, slots=True)
class Inbox:
    """Updates from when they come until nothing more is to be done about them."""

    store: Store

    def received(self, update_id: int, telegram_id: int | None, raw: str) -> Saved[None]:
        """An update has come from this Telegram id. Of who has not agreed, when it is written down, only the number is kept."""
        values = [update_id, raw, self.store.now(), telegram_id]

        def job(db: sqlite3.Connection) -> None:
            # Who has agreed is looked up here: a read of its own would have to wait for this very thread.
            db.execute(
                """INSERT INTO inbox (update_id, person_id, raw, state, got_at)
                   SELECT ?, p.id, CASE WHEN p.id IS NULL THEN '' ELSE ? END, 'waiting', ?
                   FROM (SELECT 1) LEFT JOIN people p ON p.telegram_id = ? AND p.agreed_at IS NOT NULL WHERE true
                   ON CONFLICT DO NOTHING""",
                values,
            )

        return self.store.write(job, single=True)

    def highest_seen(self) -> int:
        """The highest number of an update that has come; 0 when there was none."""
        row = self.store.row("SELECT ifnull(max(update_id), 0) FROM inbox")
        return int(row[0]) if row else 0

    def seen(self, update_id: int) -> bool:
        """Whether this update has come before."""
        return self.store.row("SELECT 1 FROM inbox WHERE update_id = ?", [update_id]) is not None

    def settled(self, update_id: int) -> bool:
        """Whether what came with this update is kept: it counts, whatever went wrong afterwards."""
        return self.store.row("SELECT 1 FROM inbox WHERE update_id = ? AND state = 'done'", [update_id]) is not None

    def handled(self, update_ids: Sequence[int], state: str = "done") -> Saved[None]:
        """These updates need nothing more: `done`, `refused` (too many at once) or `skipped` (could not be read)."""
        now = self.store.now()

        def job(db: sqlite3.Connection) -> None:
            if update_ids:
                mark_done(db, update_ids, now, state)

        return self.store.write(job, lazy=True, single=True)

    def skipped(self, update_id: int) -> Saved[None]:
        """An update that could not be read: its number is kept, and counted."""
        now = self.store.now()

        def job(db: sqlite3.Connection) -> None:
            db.execute(
                "INSERT INTO inbox (update_id, state, got_at) VALUES (?, 'skipped', ?) ON CONFLICT DO NOTHING",
                [update_id, now],
            )

        return self.store.write(job)

    def held_back(self, update_id: int) -> Saved[None]:
        """An update that came while nobody was here waits until its writer wants to go on."""

        def job(db: sqlite3.Connection) -> None:
            db.execute("UPDATE inbox SET state = 'held' WHERE update_id = ? AND state = 'waiting'", [update_id])

        return self.store.write(job)

    def held_updates(self, person: int) -> list[Waiting]:
        """What this person sent while nobody was here, oldest first."""
        return self._inbox("person_id = ? AND state = 'held'", [person])

    def begin_again(self) -> Saved[tuple[list[Waiting], list[int]]]:
        """At the start: every update that an earlier life left unhandled, oldest first, and whose were held back.

        One over which many lives have ended is held back until its writer wants to go on, so that it cannot bring the program
        down for ever (`trying` counts). Updates of people who had not agreed were not kept and count as done.
        """

        def job(db: sqlite3.Connection) -> tuple[list[Waiting], list[int]]:
            db.execute("UPDATE inbox SET state = 'done' WHERE state = 'waiting' AND raw = ''")
            held = db.execute(
                "UPDATE inbox SET state = 'held', tries = 0 WHERE state = 'waiting' AND tries >= ? RETURNING person_id",
                [MOST_TRIES],
            ).fetchall()
            rows = db.execute(
                "SELECT update_id, person_id, raw, got_at FROM inbox WHERE state = 'waiting' ORDER BY update_id"
            )
            return [Waiting(*row) for row in rows.fetchall()], sorted({person for (person,) in held})

        return self.store.write(job)

    def trying(self, update_id: int) -> Saved[None]:
        """An update of an earlier life is about to be handled; if that is the end of this life too, it has been counted."""

        def job(db: sqlite3.Connection) -> None:
            db.execute("UPDATE inbox SET tries = tries + 1 WHERE update_id = ? AND state = 'waiting'", [update_id])

        return self.store.write(job, lazy=True, single=True)

    def _inbox(self, where: str, values: Sequence[Any]) -> list[Waiting]:
        rows = self.store.rows(
            f"SELECT update_id, person_id, raw, got_at FROM inbox WHERE {where} ORDER BY update_id",  # noqa: S608
            values,
        )
        return [Waiting(*row) for row in rows]

    def tidy_mail(self, *, days: int = 2) -> Saved[None]:
        """Forget numbers of handled updates after this many days (Telegram repeats none after one), and words held too long."""
        before = stamp(self.store.clock() - timedelta(days=days))

        def job(db: sqlite3.Connection) -> None:
            db.execute("UPDATE inbox SET raw = '', state = 'done' WHERE state = 'held' AND got_at < ?", [before])
            db.execute("DELETE FROM inbox WHERE state <> 'waiting' AND got_at < ?", [before])
            db.execute("DELETE FROM invitations WHERE expires_at < ?", [before])

        return self.store.write(job)


@dataclass(frozen=True, slots=True)
class Outbox:
    """Messages from when they are decided on until Telegram has them, or will not have them."""

    store: Store

    def post(self, person: int, says: Iterable[Mapping[str, Any]], *, update_ids: Sequence[int] = ()) -> Saved[None]:
        """Put messages that belong to no turn into the outbox, and mark the updates they answer."""
        now = self.store.now()
        values = [(person, json.dumps(payload), now) for payload in says]

        def job(db: sqlite3.Connection) -> None:
            db.executemany(
                "INSERT INTO outbox (person_id, payload, state, made_at) VALUES (?, ?, 'waiting', ?)", values
            )
            if update_ids:
                mark_done(db, update_ids, now)

        return self.store.write(job)

    def unsent(self, person: int) -> list[Unsent]:
        """What is to be sent to this person, in order."""
        rows = self.store.rows(
            """SELECT id, person_id, payload, resent FROM outbox
               WHERE person_id = ? AND state = 'waiting' ORDER BY id""",
            [person],
        )
        return [Unsent(r[0], r[1], json.loads(r[2]), bool(r[3])) for r in rows]

    def sent(self, person: int, row: int, message_id: int | None) -> Saved[None]:
        """A message has arrived at Telegram; its words stand in the turn, so they are blanked here."""
        return self._outbox(person, row, "sent", message_id)

    def uncertain(self, person: int, row: int, own_up: Mapping[str, Any] | None = None) -> Saved[None]:
        """A message may have arrived or not: it is not repeated. Was it a line of a turn, `own_up` is put into the outbox in the
        same commit, in place of an earlier one that still waits there."""
        payload = json.dumps(own_up) if own_up is not None else None
        now = self.store.now()

        def job(db: sqlite3.Connection) -> None:
            line = db.execute(
                """SELECT o.payload FROM outbox o JOIN people p ON p.id = o.person_id WHERE o.id = ? AND p.id = ?
                   AND o.state = 'waiting' AND o.n IS NOT NULL AND p.agreed_at IS NOT NULL AND p.blocked_at IS NULL""",
                [row, person],
            ).fetchone()
            db.execute(
                """UPDATE outbox SET state = 'uncertain', sent_at = ?, payload = ''
                   WHERE id = ? AND person_id = ? AND state = 'waiting'""",
                [now, row, person],
            )
            if payload is None or line is None or json.loads(line[0])["method"] != "sendMessage":
                return
            waiting = db.execute(
                "SELECT id, payload FROM outbox WHERE person_id = ? AND state = 'waiting'", [person]
            ).fetchall()
            earlier = [(number,) for number, words in waiting if json.loads(words).get("unless_gone_on")]
            db.executemany("DELETE FROM outbox WHERE id = ?", earlier)
            db.execute(
                "INSERT INTO outbox (person_id, payload, state, made_at) VALUES (?, ?, 'waiting', ?)",
                [person, payload, now],
            )

        return self.store.write(job)

    def let_go_if_gone_on(self, person: int, row: int) -> Saved[bool]:
        """Take a message out of the outbox whose person has been heard from since it was put there; whether they have."""

        def job(db: sqlite3.Connection) -> bool:
            gone = db.execute(
                """DELETE FROM outbox WHERE id = ? AND person_id = ? AND state = 'waiting' AND (
                     EXISTS (SELECT 1 FROM inbox i WHERE i.person_id = outbox.person_id AND i.got_at > outbox.made_at)
                     OR EXISTS (SELECT 1 FROM outbox o WHERE o.person_id = outbox.person_id AND o.id > outbox.id
                                AND o.n IS NOT NULL))""",
                [row, person],
            )
            return gone.rowcount > 0

        return self.store.write(job)

    def failed(self, person: int, row: int) -> Saved[None]:
        """A message that Telegram will not take."""
        return self._outbox(person, row, "failed", None)

    def _outbox(self, person: int, row: int, state: str, message_id: int | None) -> Saved[None]:
        values = [state, message_id, self.store.now(), row, person]

        def job(db: sqlite3.Connection) -> None:
            db.execute(
                """UPDATE outbox SET state = ?, message_id = ?, sent_at = ?, payload = ''
                   WHERE id = ? AND person_id = ? AND state = 'waiting'""",
                values,
            )

        return self.store.mark(job)

    def nobody_there(self, person: int) -> Saved[None]:
        """The person blocked the bot: nothing more is sent, and the call they were in is over."""
        now = self.store.now()

        def job(db: sqlite3.Connection) -> None:
            db.execute("UPDATE people SET blocked_at = ? WHERE id = ?", [now, person])
            db.execute(
                "UPDATE outbox SET state = 'failed', payload = '' WHERE person_id = ? AND state = 'waiting'", [person]
            )
            db.execute(
                """UPDATE sessions SET ended_at = ?, outcome = 'abandoned'
                   WHERE person_id = ? AND ended_at IS NULL AND kind = 'practice'""",
                [now, person],
            )

        return self.store.write(job)

    def unsent_people(self) -> Saved[list[int]]:
        """At the start: whom an earlier life left messages for.

        The first of each may have gone out just before the end: it is sent again, once, and marked so. A chat sends one
        message after another, so that no second can be in doubt.
        """

        def job(db: sqlite3.Connection) -> list[int]:
            rows = db.execute(
                """UPDATE outbox SET resent = 1 WHERE id IN
                   (SELECT min(id) FROM outbox WHERE state = 'waiting' GROUP BY person_id) RETURNING person_id"""
            ).fetchall()
            return [person for (person,) in rows]

        return self.store.write(job)

    def turn_messages(self, person: int, session: str, n: int) -> list[int]:
        """The messages in which turn n was answered, in order: to be edited when it is taken back."""
        rows = self.store.rows(
            """SELECT o.message_id FROM outbox o JOIN sessions s ON s.id = o.session_id
               WHERE o.person_id = ? AND s.public_id = ? AND o.n = ? AND o.message_id IS NOT NULL ORDER BY o.id""",
            [person, session, n],
        )
        return [row[0] for row in rows]
