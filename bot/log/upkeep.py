"""Looking after the log: erase, purge, back up, check, and one screen that says whether all is well.

None of it shows anybody's words.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self, TypeVar

from bot.log import erased, schema
from bot.log.backup import Backup, backups, make_backup, prune
from bot.log.faults import CannotSave, LogFault, NotYours
from bot.log.mail import Mail
from bot.log.scenarios_seen import forget_scenarios
from bot.log.store import SPARE, beside, feed_search, stamp, unstamp

T = TypeVar("T")

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


class Upkeep(Mail):
    """Erasing, purging, backups, checks."""

    @classmethod
    def open(cls, path: Path | str, **how: Any) -> Self:
        """Open the log at this path, making it at the first run. Raises a LogFault that says in a sentence what is wrong.

        Should it be a backup that holds somebody or a call that has been erased since, they are erased before anything else.
        """
        log = super().open(path, **how)
        try:
            log._erase_again()
        except BaseException:
            log.close()
            raise
        return log

    # -- erasing -------------------------------------------------------------------------------------

    def erase(self, person: int) -> Erased:
        """Take everything of this person away for good: rows, search index, write-ahead log."""
        now, known = self.now(), self.row("SELECT public_id FROM people WHERE id = ?", [person])

        def job(db: sqlite3.Connection) -> tuple[int, int]:
            calls, turns = db.execute(
                """SELECT count(DISTINCT s.id), count(t.id) FROM sessions s LEFT JOIN turns t ON t.session_id = s.id
                   WHERE s.person_id = ?""",
                [person],
            ).fetchone()
            # Calls go before the scenarios they point to.
            db.execute("DELETE FROM sessions WHERE person_id = ?", [person])
            db.execute("DELETE FROM people WHERE id = ?", [person])
            _still_to_finish(db, now)
            return calls, turns

        calls, turns = self._with_spare(lambda: self.write(job).result())
        if known is not None:
            self._remember_erased("person", known[0])
        forget_scenarios()
        return Erased(calls, turns, self.finish_erasing())

    def delete(self, person: int, session: str) -> Erased:
        """Take one call away for good. Branches made from it stay, as calls of their own. Raises NotYours."""
        found, now = self.call(person, session).session, self.now()

        def job(db: sqlite3.Connection) -> int:
            (turns,) = db.execute(
                "SELECT count(*) FROM turns t JOIN sessions s ON s.id = t.session_id WHERE s.public_id = ? AND s.person_id = ? AND t.n > 0",
                [found, person],
            ).fetchone()
            gone = db.execute("DELETE FROM sessions WHERE public_id = ? AND person_id = ?", [found, person])
            if gone.rowcount != 1:
                raise NotYours(f"No session {session[:40]}. See: runner-up sessions")
            db.execute(_LEFTOVER_SCENARIOS + " AND person_id = ?", [person])
            _still_to_finish(db, now)
            return int(turns)

        turns = self._with_spare(lambda: self.write(job).result())
        self._remember_erased("call", found)
        forget_scenarios()
        return Erased(1, turns, self.finish_erasing())

    def _remember_erased(self, kind: str, public_id: str) -> None:
        with suppress(OSError):  # on a full disk: what was asked for is done, and no backup was made of it lately
            erased.remember(beside(self.path, ".erased"), kind, public_id)

    def let_back(self, calls: Iterable[str]) -> None:
        """These calls come in again out of an export that their person has kept: they are erased no more."""
        with suppress(OSError):
            erased.let_back(beside(self.path, ".erased"), set(calls))

    def _erase_again(self) -> None:
        """Erase what was erased before and is there nevertheless: this is a backup from before."""
        gone = erased.remembered(beside(self.path, ".erased"))
        people = [(r[0], r[1]) for r in self.rows("SELECT id, public_id FROM people")] if gone["person"] else []
        calls = [(r[0], r[1]) for r in self.rows("SELECT person_id, public_id FROM sessions")] if gone["call"] else []
        for person, public in people:
            if public in gone["person"]:
                self.erase(person)
        for person, public in calls:
            if public in gone["call"]:
                with suppress(NotYours):  # gone with its person a moment ago
                    self.delete(person, public)

    def finish_erasing(self) -> bool:
        """Squeeze what was deleted out of the search index, the pages of the file and the write-ahead log; False while a reader holds it up,
        or while there is no room to write the file anew.

        SQLite overwrites what is deleted (secure_delete), but not the copy that stays behind where a row was moved when its page
        was filled or split before. Only writing every page anew leaves none.
        """

        def optimize(db: sqlite3.Connection) -> None:
            db.execute("INSERT INTO turns_search (turns_search) VALUES ('optimize')")

        def rewrite(db: sqlite3.Connection) -> None:
            small = self.path.stat().st_size <= IN_MEMORY
            db.execute(
                f"PRAGMA temp_store = {'MEMORY' if small else 'DEFAULT'}"
            )  # of a small file nothing leaves the process
            db.execute("VACUUM")

        def checkpoint(db: sqlite3.Connection) -> bool:
            busy, _, _ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy

        with suppress(CannotSave):  # what was deleted leaves the write-ahead log first: on a full disk that makes room
            self.writer.alone(checkpoint).result()
        self._with_spare(lambda: self.write(optimize).result())
        rewritten = False
        with suppress(CannotSave):  # on a full disk the next hour tries again; what is deleted is overwritten meanwhile
            self._with_spare(lambda: self.writer.alone(rewrite).result())
            rewritten = True
        with self._lock:  # no read of ours is under way
            clean = self._with_spare(lambda: self.writer.alone(checkpoint).result()) and rewritten
        self.note("erasing_unfinished", "" if clean else self.now()).result()
        return clean

    # -- purge ---------------------------------------------------------------------------------------

    def purge(self, days: int, *, force: bool = False, trial: bool = False) -> Purged:
        """Take away calls older than this many days (or as a person has chosen), but not those marked to be kept.

        Raises ClockDoubted when the clock stands more than 30 days after anything in the log, or when more than half of all
        calls (and more than a few) would go at once; `force` overrides.
        """
        now = self.clock()
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

            self._with_spare(lambda: self.write(job).result())
            self.finish_erasing()
            self.note("last_purge", stamp(now)).result()
            if force:  # a host has said that the clock is right
                self.note("heartbeat", stamp(now)).result()
        return Purged(old, calls, before)

    def _ages(self, now: datetime, days: int) -> tuple[int, int, str | None]:
        row = self.row(
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

    # -- backup --------------------------------------------------------------------------------------

    def backup(self, target: Path | None = None) -> Backup:
        """A verified copy. Without a target it goes into the folder of backups, where old ones are then removed."""
        now = self.clock()
        made = self._with_spare(lambda: make_backup(self.path, self._doors, now, target))
        if target is None:
            beat = self.facts().get("heartbeat")
            prune(self.path, now, made.path, clock_doubted=beat is not None and _leapt(now, beat))
        self.note("last_backup", stamp(now)).result()
        return made

    # -- checks --------------------------------------------------------------------------------------

    def check(self) -> list[str]:
        """What is wrong with the file, in words; nothing when all is well."""
        faults = [str(text) for (text,) in self.rows("PRAGMA integrity_check(20)") if text != "ok"]
        faults += [f"a row of {row[0]} points to nothing" for row in self.rows("PRAGMA foreign_key_check")]
        gaps = self.rows(
            """SELECT s.public_id FROM sessions s LEFT JOIN turns t ON t.session_id = s.id
               GROUP BY s.id HAVING count(t.id) <> s.turns + 1 OR max(t.n) <> s.turns LIMIT 20"""
        )
        faults += [f"call {row[0]} has a gap in its turns" for row in gaps]
        spoiled = self.rows(  # a read-only connection knows no CHECK, so that the integrity check passes over it
            """SELECT DISTINCT s.public_id FROM turns t JOIN sessions s ON s.id = t.session_id
               WHERE NOT (json_valid(heard) AND json_valid(rows) AND json_valid(why) AND json_valid(answered)) LIMIT 20"""
        )
        faults += [f"call {row[0]} has a turn that cannot be read" for row in spoiled]

        def index(db: sqlite3.Connection) -> None:
            while feed_search(db):
                pass
            db.execute("INSERT INTO turns_search (turns_search) VALUES ('integrity-check')")

        try:
            self.write(index).result()
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

        self.write(job).result()

    def status(self) -> dict[str, Any]:
        """What a host should know: versions, sizes, times, counts. No content."""
        facts = self.facts()
        usage = shutil.disk_usage(self.path.parent)
        kept = backups(self.path)
        beat = beside(self.path, ".heartbeat")
        with suppress(OSError):
            facts["served"] = beat.read_text("ascii").split()[0]
        return {
            "log": str(self.path),
            "bytes": self.path.stat().st_size,
            "wal_bytes": _size(beside(self.path, "-wal")),
            "disk_free_bytes": usage.free,
            "sqlite": self.row("SELECT sqlite_version()")[0],  # type: ignore[index]
            "schema": schema.VERSION,
            "durability": self._doors.durability,
            "encrypted": self._doors.key is not None,
            **self.counts(),
            "backups": len(kept),
            "last_backup": facts.get("last_backup"),
            "last_purge": facts.get("last_purge"),
            "last_served": facts.get("served") or facts.get("stopped"),
            "erasing_unfinished": facts.get("erasing_unfinished") or None,
        }

    # -- a full disk -----------------------------------------------------------------------------------

    def keep_spare(self) -> None:
        """Set some room aside, so that erasing and backing up still work on a full disk."""
        spare = beside(self.path, ".spare")
        if _size(spare) == SPARE:
            return
        with suppress(OSError):
            fd = os.open(spare, os.O_WRONLY | os.O_CREAT, 0o600)
            try:
                os.posix_fallocate(fd, 0, SPARE)
            except OSError:
                spare.unlink()
            finally:
                os.close(fd)

    def _with_spare(self, work: Callable[[], T]) -> T:
        """Do it; when the disk is full, give the spare room away and do it again."""
        try:
            return work()
        except CannotSave as error:
            spare = beside(self.path, ".spare")
            if error.reason != "full" or not spare.exists():
                raise
            spare.unlink()
            return work()


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


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
