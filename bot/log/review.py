"""What hangs on a call and comes after it: search, hints used, corrections, guesses, notes, the decode drill.

`person` comes first in every method and stands in every query.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.log.faults import NotYours
from bot.log.saved import Saved
from bot.log.store import Store, feed_search
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


_SAID_HERE = """(s.parent_id IS NULL OR NOT EXISTS (
    SELECT 1 FROM sessions o JOIN turns first ON first.session_id = o.id AND first.n = t.n
    WHERE o.person_id = s.person_id AND o.taken_back = 0 AND first.id < t.id AND first.at = t.at AND first.said = t.said))"""
"""A branch begins with copies of the turns before it: a copy says when it was said, and it was said there first."""


def _sought(word: str) -> str:
    """A word as the index is asked for it: whole, or with a star behind it all that begins so."""
    bare = word.rstrip("*")
    return '"' + bare.replace('"', '""') + '"' + ("*" if bare != word else "")


@dataclass(frozen=True, slots=True)
class Review:
    """What is looked for in calls and noted about them."""

    store: Store

    def search(self, person: int, words: str, *, limit: int = 20, session: str | None = None) -> list[Found]:
        """Turns in which these words were said or answered, newest first. `certif*` stands for every word that begins so; words that
        cannot be searched for find nothing.

        A turn that another try begins with is found in the call it was said in, and what was taken back is not found, unless one
        `session` is asked for.
        """
        query = " ".join(_sought(w) for w in words.replace("\0", " ").split() if w.strip('"*'))
        if not query:
            return []
        while self.store.write(feed_search).result():
            pass
        only = "AND s.public_id = ?" if session else f"AND s.taken_back = 0 AND {_SAID_HERE}"
        try:
            rows = self.store.rows(
                f"""SELECT s.public_id, t.n, f.said, f.answered, snippet(turns_search, -1, '[', ']', ' … ', 16), t.at
                    FROM turns_search f JOIN turns t ON t.id = f.rowid JOIN sessions s ON s.id = t.session_id
                    WHERE turns_search MATCH ? AND s.person_id = ? {only} ORDER BY f.rowid DESC LIMIT ?""",  # noqa: S608
                [query, person, *([session] if session else []), limit],
            )
        except sqlite3.OperationalError:
            return []
        return [Found(r[0], r[1], r[2], r[3] or "", r[4], r[5]) for r in rows]

    def help(self, person: int, session: str, n: int, kind: str) -> Saved[None]:
        """A hint (`hint`) or the words themselves (`words`) were looked at after turn n."""
        return self._on_call(
            person,
            session,
            "INSERT INTO help_used (session_id, n, kind, at) VALUES (?, ?, ?, ?)",
            n,
            kind,
            self.store.now(),
        )

    def helps(self, person: int, session: str) -> list[tuple[int, str]]:
        """Which help was used: (after turn, hint or words), in order."""
        return [
            (n, kind)
            for n, kind in self.store.rows(
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
            self.store.now(),
        )

    def corrections(self, person: int, session: str) -> dict[int, tuple[Move, ...]]:
        """What was meant instead, by turn."""
        rows = self.store.rows(
            """SELECT n, moves FROM corrections c JOIN sessions s ON s.id = c.session_id
               WHERE s.public_id = ? AND s.person_id = ? ORDER BY n""",
            [session, person],
        )
        return {n: tuple(Move(m) for m in json.loads(moves)) for n, moves in rows}

    def corrected_rows(self, person: int) -> list[dict[str, Any]]:
        """This person's corrections as labelled rows; none without their consent to that."""
        rows = self.store.rows(
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
            self.store.now(),
        )

    def guesses(self, person: int, session: str) -> dict[str, str]:
        """The guesses of a debrief, by question."""
        rows = self.store.rows(
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

        return self.store.write(job)

    def _on_call(self, person: int, session: str, sql: str, *values: object) -> Saved[None]:
        def job(db: sqlite3.Connection) -> None:
            row = db.execute(
                "SELECT id FROM sessions WHERE public_id = ? AND person_id = ?", [session, person]
            ).fetchone()
            if row is None:
                raise NotYours(f"No session {session[:40]}. See: runner-up sessions")
            db.execute(sql, [row[0], *values])

        return self.store.write(job)

    def drilled(self, person: int, line: str, guess: int, level: int, *, sure: float | None = None) -> Saved[None]:
        """A line was guessed to be of one level and was of another (or the same)."""
        return self.store.execute(
            "INSERT INTO drills (person_id, line, guess, level, sure, at) VALUES (?, ?, ?, ?, ?, ?)",
            person, line, guess, level, sure, self.store.now(),
        )  # fmt: skip

    def drills(self, person: int) -> list[dict[str, Any]]:
        """All guesses of the drill, oldest first."""
        rows = self.store.rows(
            "SELECT line, guess, level, sure, at FROM drills WHERE person_id = ? ORDER BY id", [person]
        )
        return [dict(row) for row in rows]
