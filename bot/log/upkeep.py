"""Looking after the log: erase, purge, back up, check, and one screen that says whether all is well.

None of it shows anybody's words.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.log import erased, schema
from bot.log.backup import Backup, backups, make_backup, prune
from bot.log.calls import Calls
from bot.log.faults import CannotSave, LogFault, NotYours
from bot.log.meta import Meta
from bot.log.scenarios_seen import forget_scenarios
from bot.log.spare import keep_spare, with_spare
from bot.log.store import Store, beside, feed_search, size_of, stamp, unstamp

CLOCK_LEAP = timedelta(days=30)
INDEX_FAULT = "the search index does not fit the turns; runner-up db check --rebuild-index mends it"
A_LOT = 10  # calls: fewer may all go at once
IN_MEMORY = (
    32 * 1024 * 1024
)  # bytes: a log up to this size is written anew in memory, a larger one through a temporary file


class ClockDoubted(LogFault):
    """A purge was asked for at a time that does not look right, or would take away too much at once."""

    code = 1


@dataclass(frozen=True, slots=True)
class Erased:
    """What erasing did. `clean`: no byte is left in the file, its index or the write-ahead log; else a reader held it up
    or the disk was full, and `finish_erasing` has to be called again. Backups that still hold it are gone in seven days."""

    calls: int
    turns: int
    clean: bool


@dataclass(frozen=True, slots=True)
class Purged:
    """How many calls were (or, as a trial, would be) taken away, of how many, and before which time."""

    calls: int
    of: int
    before: str


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Erasing, purging, backups, checks."""

    store: Store
    calls: Calls
    meta: Meta

    def erase(self, person: int) -> Erased:
        """Take everything of this person away for good: rows, search index, write-ahead log."""
        now = self.store.now()
        known = self.store.row("SELECT public_id FROM people WHERE id = ?", [person])

        def job(db: sqlite3.Connection) -> tuple[int, int]:
            calls, turns = db.execute(
                """SELECT count(DISTINCT s.id), count(t.id) FROM sessions s LEFT JOIN turns t ON t.session_id = s.id
                   WHERE s.person_id = ?""",
                [person],
            ).fetchone()
            # Calls go before the scenarios they point to.
            db.execute("DELETE FROM sessions WHERE person_id = ?", [person])
            db.execute("DELETE FROM people WHERE id = ?", [person])
            db.execute(_LEFTOVER_SCENARIOS)
            _still_to_finish(db, now)
            return calls, turns

        calls, turns = with_spare(self.store.path, lambda: self.store.write(job).result())
        if known is not None:
            self._remember_erased("person", known[0])
        forget_scenarios()
        return Erased(calls, turns, self.finish_erasing())

    def delete(self, person: int, session: str) -> Erased:
        """Take one call away for good. Branches made from it stay, as calls of their own. Raises NotYours."""
        found, now = self.calls.call(person, session).session, self.store.now()

        def job(db: sqlite3.Connection) -> int:
            (turns,) = db.execute(
                "SELECT count(*) FROM turns t JOIN sessions s ON s.id = t.session_id WHERE s.public_id = ? AND s.person_id = ? AND t.n > 0",
                [found, person],
            ).fetchone()
            gone = db.execute("DELETE FROM sessions WHERE public_id = ? AND person_id = ?", [found, person])
            if gone.rowcount != 1:
                raise NotYours(f"No session {session[:40]}. See: runner-up sessions")
            db.execute(_LEFTOVER_SCENARIOS)
            _still_to_finish(db, now)
            return int(turns)

        turns = with_spare(self.store.path, lambda: self.store.write(job).result())
        self._remember_erased("call", found)
        forget_scenarios()
        return Erased(1, turns, self.finish_erasing())

    def _remember_erased(self, kind: str, public_id: str) -> None:
        with suppress(OSError):  # on a full disk: what was asked for is done, and no backup was made of it lately
            erased.remember(beside(self.store.path, ".erased"), kind, public_id)

    def erase_again(self) -> None:
        """At the start: erase what was erased before and is there nevertheless, because this is a backup from before that. All at once: each
        time by itself the file would be written anew, and nobody is answered meanwhile."""
        gone = erased.remembered(beside(self.store.path, ".erased"))
        found = self.store.rows(
            "SELECT id FROM people WHERE public_id IN (SELECT value FROM json_each(?))",
            [json.dumps(sorted(gone.people))],
        )
        people = [person for (person,) in found]
        named = self.store.rows(
            """SELECT s.id, s.public_id, p.public_id FROM sessions s JOIN people p ON p.id = s.person_id
               WHERE s.public_id IN (SELECT value FROM json_each(?))""",
            [json.dumps(sorted(gone.calls))],
        )
        calls = [call for call, public_id, theirs in named if (public_id, theirs) not in gone.back]
        if not people and not calls:
            return
        now = self.store.now()

        def job(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM sessions WHERE id IN (SELECT value FROM json_each(?))", [json.dumps(calls)])
            db.execute("DELETE FROM sessions WHERE person_id IN (SELECT value FROM json_each(?))", [json.dumps(people)])
            db.execute("DELETE FROM people WHERE id IN (SELECT value FROM json_each(?))", [json.dumps(people)])
            db.execute(_LEFTOVER_SCENARIOS)
            _still_to_finish(db, now)

        with_spare(self.store.path, lambda: self.store.write(job).result())
        forget_scenarios()
        self.finish_erasing()

    def finish_erasing(self) -> bool:
        """Squeeze what was deleted out of the search index, the pages of the file and the write-ahead log; False while a reader holds it up,
        or while there is no room to write the file anew.

        SQLite overwrites what is deleted (secure_delete), but not the copy that stays behind where a row was moved when its page
        was filled or split before. Only writing every page anew leaves none.
        """

        def optimize(db: sqlite3.Connection) -> None:
            db.execute("INSERT INTO turns_search (turns_search) VALUES ('optimize')")

        def rewrite(db: sqlite3.Connection) -> None:
            small = self.store.path.stat().st_size <= IN_MEMORY
            db.execute(
                f"PRAGMA temp_store = {'MEMORY' if small else 'DEFAULT'}"
            )  # of a small file nothing leaves the process
            db.execute("VACUUM")

        def checkpoint(db: sqlite3.Connection) -> bool:
            busy, _, _ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy

        with suppress(CannotSave):  # what was deleted leaves the write-ahead log first: on a full disk that makes room
            self.store.writer.alone(checkpoint).result()
        with_spare(self.store.path, lambda: self.store.write(optimize).result())
        rewritten = False
        with suppress(CannotSave):  # on a full disk the next hour tries again; what is deleted is overwritten meanwhile
            with_spare(self.store.path, lambda: self.store.writer.alone(rewrite).result())
            rewritten = True
        with self.store.reading:  # no read of ours is under way
            clean = with_spare(self.store.path, lambda: self.store.writer.alone(checkpoint).result()) and rewritten
        self.meta.note("erasing_unfinished", "" if clean else self.store.now()).result()
        return clean

    def purge(self, days: int, *, force: bool = False, trial: bool = False) -> Purged:
        """Take away calls older than this many days (or as a person has chosen), but not those marked to be kept.

        Raises ClockDoubted when the clock stands more than 30 days after anything in the log, or when more than half of all
        calls (and more than a few) would go at once; `force` overrides.
        """
        now = self.store.clock()
        before = stamp(now - timedelta(days=days))
        calls, old, newest = self._ages(now, days)
        if not force:
            self._doubt_clock(now, calls, old, newest)
        if not trial:

            def job(db: sqlite3.Connection) -> None:
                db.execute(f"DELETE FROM sessions WHERE id IN ({_OLD})", _old_values(now, days))  # noqa: S608
                db.execute(_LEFTOVER_SCENARIOS)
                db.execute("DELETE FROM drills WHERE at < ?", [before])
                db.execute("DELETE FROM todo WHERE done_at < ?", [before])
                db.execute("DELETE FROM timers WHERE fired_at < ?", [before])
                db.execute("DELETE FROM real_calls WHERE happened_at < ?", [before])
                db.execute(
                    "DELETE FROM outbox WHERE state <> 'waiting' AND session_id IS NULL AND made_at < ?", [before]
                )
                _still_to_finish(db, stamp(now))

            with_spare(self.store.path, lambda: self.store.write(job).result())
            self.finish_erasing()
            self.meta.note("last_purge", stamp(now)).result()
            if force:  # a host has said that the clock is right
                self.meta.note("heartbeat", stamp(now)).result()
        return Purged(old, calls, before)

    def _ages(self, now: datetime, days: int) -> tuple[int, int, str | None]:
        row = self.store.row(
            f"""SELECT (SELECT count(*) FROM sessions), (SELECT count(*) FROM ({_OLD})),
                ifnull((SELECT value FROM meta WHERE key = 'heartbeat'), (SELECT max(last_at) FROM sessions))""",  # noqa: S608
            _old_values(now, days),
        )
        return (row[0], row[1], row[2]) if row else (0, 0, None)

    def _doubt_clock(self, now: datetime, calls: int, old: int, newest: str | None) -> None:
        if newest is not None and _leapt(now, newest):
            raise ClockDoubted(
                f"The clock says {now:%Y-%m-%d}, but the log was last in use on {newest[:10]}. Nothing was purged. "
                "If the clock is right: runner-up db purge --force"
            )
        if old > A_LOT and old * 2 > calls:
            raise ClockDoubted(
                f"That would take away {old} of {calls} calls at once. Nothing was purged. "
                "If that is meant: runner-up db purge --force"
            )

    def backup(self, target: Path | None = None) -> Backup:
        """A verified copy. Without a target it goes into the folder of backups, where old ones are then removed."""
        now = self.store.clock()
        made = with_spare(self.store.path, lambda: make_backup(self.store.path, self.store.doors, now, target))
        if target is None:
            beat = self.meta.facts().get("heartbeat")
            prune(self.store.path, now, made.path, clock_doubted=beat is not None and _leapt(now, beat))
        self.meta.note("last_backup", stamp(now)).result()
        return made

    def check(self) -> list[str]:
        """What is wrong with the file, in words; nothing when all is well."""
        faults = [str(text) for (text,) in self.store.rows("PRAGMA integrity_check(20)") if text != "ok"]
        faults += [f"a row of {row[0]} points to nothing" for row in self.store.rows("PRAGMA foreign_key_check")]
        gaps = self.store.rows(
            """SELECT s.public_id FROM sessions s LEFT JOIN turns t ON t.session_id = s.id
               GROUP BY s.id HAVING count(t.id) <> s.turns + 1 OR max(t.n) <> s.turns LIMIT 20"""
        )
        faults += [f"call {row[0]} has a gap in its turns" for row in gaps]
        spoiled = self.store.rows(  # a read-only connection knows no CHECK, so that the integrity check passes over it
            """SELECT DISTINCT s.public_id FROM turns t JOIN sessions s ON s.id = t.session_id
               WHERE NOT (json_valid(heard) AND json_valid(rows) AND json_valid(why) AND json_valid(answered)) LIMIT 20"""
        )
        faults += [f"call {row[0]} has a turn that cannot be read" for row in spoiled]

        def index(db: sqlite3.Connection) -> None:
            while feed_search(db):
                pass
            db.execute("INSERT INTO turns_search (turns_search) VALUES ('integrity-check')")

        try:
            self.store.write(index).result()
        except (sqlite3.DatabaseError, CannotSave):
            faults.append(INDEX_FAULT)
        return faults

    def rebuild_index(self) -> None:
        """Make the search index anew from the turns."""

        def job(db: sqlite3.Connection) -> None:
            # Deleting rows would look up what is not there; the table itself is made again.
            (made,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'turns_search'").fetchone()
            db.execute("DROP TABLE turns_search")
            db.execute(made)
            db.execute("UPDATE meta SET value = '0' WHERE key = 'searchable_to'")
            while feed_search(db):
                pass

        self.store.write(job).result()

    def status(self) -> dict[str, Any]:
        """What a host should know: versions, sizes, times, counts. No content."""
        facts = self.meta.facts()
        usage = shutil.disk_usage(self.store.path.parent)
        kept = backups(self.store.path)
        beat = beside(self.store.path, ".heartbeat")
        with suppress(OSError):
            facts["served"] = beat.read_text("ascii").split()[0]
        return {
            "log": str(self.store.path),
            "bytes": self.store.path.stat().st_size,
            "wal_bytes": size_of(beside(self.store.path, "-wal")),
            "disk_free_bytes": usage.free,
            "sqlite": self.store.row("SELECT sqlite_version()")[0],  # type: ignore[index]
            "schema": schema.VERSION,
            "durability": self.store.doors.durability,
            "encrypted": self.store.doors.key is not None,
            **self.counts(),
            "backups": len(kept),
            "last_backup": facts.get("last_backup"),
            "last_purge": facts.get("last_purge"),
            "last_served": facts.get("served") or facts.get("stopped"),
            "erasing_unfinished": facts.get("erasing_unfinished") or None,
        }

    def keep_spare(self) -> None:
        """Set some room aside, so that erasing and backing up still work on a full disk."""
        keep_spare(self.store.path)

    def counts(self) -> dict[str, int]:
        """What the owner may know of everybody: how many, never what."""
        row = self.store.row(
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


def _leapt(now: datetime, last: str) -> bool:
    """Whether the clock stands so long after the log was last in use that one may doubt it."""
    return now > unstamp(last) + CLOCK_LEAP


_OLD = """SELECT s.id FROM sessions s JOIN people p ON p.id = s.person_id
    WHERE s.kept = 0 AND julianday(s.last_at) < julianday(?) - ifnull(json_extract(p.settings, '$.retention_days'), ?)"""

_LEFTOVER_SCENARIOS = """DELETE FROM scenarios_seen WHERE NOT EXISTS
    (SELECT 1 FROM sessions s WHERE s.scenario_id = scenarios_seen.id)"""


def _still_to_finish(db: sqlite3.Connection, now: str) -> None:
    """In the commit that deletes: whatever ends the program before the files are clean, the next one cleans them."""
    db.execute(
        """INSERT INTO meta (key, value) VALUES ('erasing_unfinished', ?)
           ON CONFLICT (key) DO UPDATE SET value = excluded.value""",
        [now],
    )


def _old_values(now: datetime, days: int) -> list[Any]:
    return [stamp(now), days]
