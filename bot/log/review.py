"""What hangs on a call and comes after it: search, hints used, corrections, guesses, drills, the real call, things to do.

`person` comes first in every method and stands in every query.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.log.faults import NotYours
from bot.log.keeping import Keeping
from bot.log.people import random_id
from bot.log.saved import Saved
from bot.log.store import feed_search, stamp
from dialogs.moves import Move


@dataclass(frozen=True, slots=True)
class Found:
    """One turn that a search found. `snippet` marks the words with [ and ]."""

    session: str
    n: int
    said: str
    answered: str
    snippet: str
    at: str


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


_SAID_HERE = """(s.parent_id IS NULL OR NOT EXISTS (
    SELECT 1 FROM sessions o JOIN turns first ON first.session_id = o.id AND first.n = t.n
    WHERE o.person_id = s.person_id AND o.taken_back = 0 AND first.id < t.id AND first.at = t.at AND first.said = t.said))"""
"""A branch begins with copies of the turns before it: a copy says when it was said, and it was said there first."""


def _sought(word: str) -> str:
    """A word as the index is asked for it: whole, or with a star behind it all that begins so."""
    bare = word.rstrip("*")
    return '"' + bare.replace('"', '""') + '"' + ("*" if bare != word else "")


class Review(Keeping):
    """Everything around a call that is kept with it."""

    # -- search --------------------------------------------------------------------------------------

    def search(self, person: int, words: str, *, limit: int = 20, session: str | None = None) -> list[Found]:
        """Turns in which these words were said or answered, newest first. `certif*` stands for every word that begins so; words that
        cannot be searched for find nothing.

        A turn that another try begins with is found in the call it was said in, and what was taken back is not found, unless one
        `session` is asked for.
        """
        query = " ".join(_sought(w) for w in words.replace("\0", " ").split() if w.strip('"*'))
        if not query:
            return []
        while self.write(feed_search).result():
            pass
        only = "AND s.public_id = ?" if session else f"AND s.taken_back = 0 AND {_SAID_HERE}"
        try:
            rows = self.rows(
                f"""SELECT s.public_id, t.n, f.said, f.answered, snippet(turns_search, -1, '[', ']', ' … ', 16), t.at
                    FROM turns_search f JOIN turns t ON t.id = f.rowid JOIN sessions s ON s.id = t.session_id
                    WHERE turns_search MATCH ? AND s.person_id = ? {only} ORDER BY f.rowid DESC LIMIT ?""",  # noqa: S608
                [query, person, *([session] if session else []), limit],
            )
        except sqlite3.OperationalError:
            return []
        return [Found(r[0], r[1], r[2], r[3] or "", r[4], r[5]) for r in rows]

    # -- on a call -----------------------------------------------------------------------------------

    def help(self, person: int, session: str, n: int, kind: str) -> Saved[None]:
        """A hint (`hint`) or the words themselves (`words`) were looked at after turn n."""
        return self._on_call(
            person, session, "INSERT INTO help_used (session_id, n, kind, at) VALUES (?, ?, ?, ?)", n, kind, self.now()
        )

    def helps(self, person: int, session: str) -> list[tuple[int, str]]:
        """Which help was used: (after turn, hint or words), in order."""
        return [
            (n, kind)
            for n, kind in self.rows(
                """SELECT h.n, h.kind FROM help_used h JOIN sessions s ON s.id = h.session_id
                   WHERE s.public_id = ? AND s.person_id = ? ORDER BY h.id""",
                [session, person],
            )
        ]

    def correct(self, person: int, session: str, n: int, moves: Iterable[Move]) -> Saved[None]:
        """ "That is not what I meant": these moves were. Counts in the review, never in the call itself."""
        meant = json.dumps([str(m) for m in moves])
        return self._on_call(
            person,
            session,
            """INSERT INTO corrections (session_id, n, moves, at) VALUES (?, ?, ?, ?)
               ON CONFLICT (session_id, n) DO UPDATE SET moves = excluded.moves, at = excluded.at""",
            n,
            meant,
            self.now(),
        )

    def corrections(self, person: int, session: str) -> dict[int, tuple[Move, ...]]:
        """What was meant instead, by turn."""
        rows = self.rows(
            """SELECT n, moves FROM corrections c JOIN sessions s ON s.id = c.session_id
               WHERE s.public_id = ? AND s.person_id = ? ORDER BY n""",
            [session, person],
        )
        return {n: tuple(Move(m) for m in json.loads(moves)) for n, moves in rows}

    def corrected_rows(self, person: int) -> list[dict[str, Any]]:
        """This person's corrections as labelled rows; none without their consent to that."""
        rows = self.rows(
            """SELECT t.said, c.moves FROM corrections c JOIN sessions s ON s.id = c.session_id
               JOIN people p ON p.id = s.person_id JOIN turns t ON t.session_id = s.id AND t.n = c.n
               WHERE s.person_id = ? AND p.rows_consent_at IS NOT NULL ORDER BY c.rowid""",
            [person],
        )
        return [{"text": said, "moves": json.loads(moves)} for said, moves in rows]

    def guess(self, person: int, session: str, question: str, guess: str, *, right: bool | None = None) -> Saved[None]:
        """What the candidate guessed in the debrief (say, how open she was), and whether that was right."""
        return self._on_call(
            person,
            session,
            """INSERT INTO debrief_guesses (session_id, question, guess, right, at) VALUES (?, ?, ?, ?, ?)
               ON CONFLICT (session_id, question) DO UPDATE SET guess = excluded.guess, right = excluded.right""",
            question,
            guess,
            None if right is None else int(right),
            self.now(),
        )

    def guesses(self, person: int, session: str) -> dict[str, str]:
        """The guesses of a debrief, by question."""
        rows = self.rows(
            """SELECT question, guess FROM debrief_guesses g JOIN sessions s ON s.id = g.session_id
               WHERE s.public_id = ? AND s.person_id = ? ORDER BY g.rowid""",
            [session, person],
        )
        return {row[0]: row[1] for row in rows}

    def rename(self, person: int, session: str, note: str) -> Saved[None]:
        """Put a note of one's own on a call."""
        return self._of_call(person, session, "note", note[:500])

    def set_kept(self, person: int, session: str, kept: bool = True) -> Saved[None]:
        """Keep a call beyond the retention time, or no longer."""
        return self._of_call(person, session, "kept", int(kept))

    def _of_call(self, person: int, session: str, column: str, value: str | int) -> Saved[None]:
        def job(db: sqlite3.Connection) -> None:
            done = db.execute(
                f"UPDATE sessions SET {column} = ? WHERE public_id = ? AND person_id = ?",  # noqa: S608 - our own names
                [value, session, person],
            )
            if done.rowcount != 1:
                raise NotYours(f"No session {session[:40]}. See: runner-up sessions")

        return self.write(job)

    def _on_call(self, person: int, session: str, sql: str, *values: object) -> Saved[None]:
        def job(db: sqlite3.Connection) -> None:
            row = db.execute(
                "SELECT id FROM sessions WHERE public_id = ? AND person_id = ?", [session, person]
            ).fetchone()
            if row is None:
                raise NotYours(f"No session {session[:40]}. See: runner-up sessions")
            db.execute(sql, [row[0], *values])

        return self.write(job)

    # -- the decode drill ----------------------------------------------------------------------------

    def drilled(self, person: int, line: str, guess: int, level: int, *, sure: float | None = None) -> Saved[None]:
        """A line was guessed to be of one level and was of another (or the same)."""
        return self._insert(
            "INSERT INTO drills (person_id, line, guess, level, sure, at) VALUES (?, ?, ?, ?, ?, ?)",
            person, line, guess, level, sure, self.now(),
        )  # fmt: skip

    def drills(self, person: int) -> list[dict[str, Any]]:
        """All guesses of the drill, oldest first."""
        rows = self.rows("SELECT line, guess, level, sure, at FROM drills WHERE person_id = ? ORDER BY id", [person])
        return [dict(row) for row in rows]

    # -- scenarios of one's own ----------------------------------------------------------------------

    def own_scenario(self, person: int, name: str, source: str) -> Saved[None]:
        """Keep a scenario that is this person's alone; the same name replaces it."""
        return self._insert(
            """INSERT INTO own_scenarios (person_id, name, source, made_at) VALUES (?, ?, ?, ?)
               ON CONFLICT (person_id, name) DO UPDATE SET source = excluded.source""",
            person, name, source, self.now(),
        )  # fmt: skip

    def own_scenarios(self, person: int) -> dict[str, str]:
        """This person's own scenarios: name → source."""
        rows = self.rows("SELECT name, source FROM own_scenarios WHERE person_id = ? ORDER BY rowid", [person])
        return {row[0]: row[1] for row in rows}

    def drop_own_scenario(self, person: int, name: str) -> Saved[None]:
        """Remove one; calls held with it stay."""
        return self._insert("DELETE FROM own_scenarios WHERE person_id = ? AND name = ?", person, name)

    # -- the real call, and what is to be done -------------------------------------------------------

    def plan(self, person: int, plan: Mapping[str, Any], *, due_at: datetime | None = None) -> Saved[str]:
        """Plan a real call; gives its id."""
        new = random_id()
        values = [person, new, json.dumps(plan), stamp(due_at) if due_at else None, self.now()]

        def job(db: sqlite3.Connection) -> str:
            db.execute(
                "INSERT INTO real_calls (person_id, public_id, plan, due_at, made_at) VALUES (?, ?, ?, ?, ?)", values
            )
            return new

        return self.write(job)

    def happened(
        self, person: int, real: str, *, level: int | None, told: str = "", answers: Mapping[str, Any] | None = None
    ) -> Saved[None]:
        """What came of a real call: how far the manager opened (0-4), in whose words, and the taps."""
        return self._insert(
            """UPDATE real_calls SET happened_at = ?, level = ?, told = ?, answers = ?
               WHERE person_id = ? AND public_id = ?""",
            self.now(), level, told, json.dumps(answers or {}), person, real,
        )  # fmt: skip

    def real_calls(self, person: int) -> list[RealCall]:
        """The real calls planned and held, oldest first."""
        rows = self.rows(
            """SELECT public_id, plan, due_at, happened_at, level, told, answers, made_at FROM real_calls
               WHERE person_id = ? ORDER BY id""",
            [person],
        )
        return [RealCall(r[0], json.loads(r[1]), r[2], r[3], r[4], r[5], json.loads(r[6]), r[7]) for r in rows]

    def add_todo(self, person: int, text: str) -> Saved[str]:
        """Something to do before the next call; gives its id."""
        new = random_id()
        values = [person, new, text[:1000], self.now()]

        def job(db: sqlite3.Connection) -> str:
            db.execute("INSERT INTO todo (person_id, public_id, text, made_at) VALUES (?, ?, ?, ?)", values)
            return new

        return self.write(job)

    def todo_done(self, person: int, todo: str, done: bool = True) -> Saved[None]:
        """Tick it off, or not."""
        return self._insert(
            "UPDATE todo SET done_at = ? WHERE person_id = ? AND public_id = ?",
            self.now() if done else None,
            person,
            todo,
        )

    def todo(self, person: int, *, done: bool | None = False) -> list[dict[str, Any]]:
        """What is still to be done (`done=None`: everything): id, text, made_at, done_at."""
        rows = self.rows(
            """SELECT public_id AS id, text, made_at, done_at FROM todo
               WHERE person_id = ? AND (? IS NULL OR (done_at IS NOT NULL) = ?) ORDER BY todo.id""",
            [person, done, done],
        )
        return [dict(row) for row in rows]

    # -- timers --------------------------------------------------------------------------------------

    def remind(self, person: int, kind: str, due_at: datetime, about: Mapping[str, Any] | None = None) -> Saved[int]:
        """Ask for one word at this time; it is fired once, also after a restart. Gives the timer's number."""
        values = [person, kind, stamp(due_at), json.dumps(about or {}), self.now()]

        def job(db: sqlite3.Connection) -> int:
            made = db.execute(
                "INSERT INTO timers (person_id, kind, due_at, about, made_at) VALUES (?, ?, ?, ?, ?)", values
            )
            return int(made.lastrowid or 0)

        return self.write(job)

    def reminders(self, person: int) -> list[dict[str, Any]]:
        """Timers that have not fired yet, the next first."""
        rows = self.rows(
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

        return self.write(job)

    def forget_reminder(self, person: int, timer: int) -> Saved[None]:
        """Call one off."""
        return self._insert("DELETE FROM timers WHERE person_id = ? AND id = ?", person, timer)

    def _insert(self, sql: str, *values: object) -> Saved[None]:
        def job(db: sqlite3.Connection) -> None:
            db.execute(sql, values)

        return self.write(job)
