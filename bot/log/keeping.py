"""A call is kept as it goes on: begun, turn by turn, ended, branched, and with each what is to be sent.

A turn is one transaction of at most four statements, and is on disk before its answer is shown. `person` comes first in every
method and stands in every statement.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.log.faults import AlreadyHeard, NotYours, OutOfStep
from bot.log.people import random_id
from bot.log.saved import Saved
from bot.log.scenarios_seen import scenario_facts
from bot.log.store import Store
from bot.log.turns import TURN_COLUMNS, turn_values
from dialogs.practice import ENGINE, Turn
from dialogs.scenario import Scenario

Payload = Mapping[str, Any]
"""One message to be sent, as the outbox keeps it (bot/delivery/outbox.py)."""

_INSERT_SESSION = """INSERT INTO sessions (public_id, person_id, scenario_id, scenario, version, title, manager, seed, engine,
        hearing, kind, started_at, last_at, phase, reachable_level)
    SELECT ?, ?, id, name, version, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM scenarios_seen
    WHERE version = ? AND name = ? AND ifnull(person_id, 0) = ?"""

# How a call stands after a turn; `_stands` gives the values.
_STANDS = """turns = ?, phase = ?, last_at = ?, highest_level = max(highest_level, ?),
    ended_at = CASE WHEN ? THEN ? END, outcome = ?"""

_STEP, _LAST_STEP = (
    f"""UPDATE sessions SET turns = ?, phase = ?, last_at = ?, highest_level = max(highest_level, ?){end}
        WHERE public_id = ? AND person_id = ? AND turns = ? AND ended_at IS NULL AND kind <> 'imported'"""  # noqa: S608
    # Naming ended_at rewrites its index, so it is named when the call ends and not before.
    for end in ("", ", ended_at = ?, outcome = ?")
)

# The call's row is looked up by its public id: that costs a third of a RETURNING in the step before.
_ROW_OF = "(SELECT id FROM sessions WHERE public_id = ?)"
_INSERT_TURN = f"INSERT INTO turns ({TURN_COLUMNS}, at, update_id, session_id) VALUES ({'?, ' * 19}{_ROW_OF})"  # noqa: S608


def _stands(turn: Turn, now: str) -> list[Any]:
    outcome = str(turn.outcome) if turn.outcome else None
    return [turn.n, str(turn.phase), now, turn.level or 0, turn.ended, now, outcome]


@dataclass(frozen=True, slots=True)
class Keeping:
    """Sessions and turns, written."""

    store: Store

    def begin(
        self,
        person: int,
        scenario: Scenario,
        seed: int,
        turn: Turn,
        *,
        hearing: str = "",
        kind: str = "practice",
        private: bool = False,
        says: Iterable[Payload] = (),
        update_ids: Sequence[int] = (),
        session: str | None = None,
        here: bool = False,
    ) -> Saved[str]:
        """Keep a new call with its pick-up (turn 0), and what is to be sent; gives its public id.

        `private`: the scenario is this person's own. `says` goes into the outbox and `update_ids` are marked as handled in the
        same commit. `here`: whoever asks waits for it in a thread of its own.
        """
        session = session or random_id()
        now = self.store.now()
        owner = person if private else None
        facts, payloads = scenario_facts(scenario), list(map(json.dumps, says))
        values = [
            session, person, scenario.title, scenario.manager, seed, ENGINE, hearing, kind, now, now,
            str(turn.phase), scenario.hidden.reachable, scenario.version, scenario.name, owner or 0,
        ]  # fmt: skip
        kept = turn_values(turn)

        def job(db: sqlite3.Connection) -> str:
            if not db.execute(_INSERT_SESSION, values).rowcount:  # the first call with this version of this scenario
                db.execute(
                    "INSERT INTO scenarios_seen (person_id, name, version, source, facts) VALUES (?, ?, ?, ?, ?)",
                    [owner, scenario.name, scenario.version, scenario.source, facts],
                )
                db.execute(_INSERT_SESSION, values)
            db.execute(_INSERT_TURN, [*kept, now, None, session])
            _after_turn(db, person, session, turn.n, payloads, update_ids, now)
            return session

        return self.store.write(job, here=here)

    def keep(
        self,
        person: int,
        session: str,
        turn: Turn,
        *,
        says: Iterable[Payload] = (),
        update_ids: Sequence[int] = (),
        here: bool = False,
    ) -> Saved[None]:
        """Keep one turn: what was said, heard, fired and answered, and what is to be sent.

        Raises OutOfStep when the log does not stand one turn before, AlreadyHeard when this update has been answered.
        Keeping the very same turn again does nothing. `here` as in `begin`.
        """
        now = self.store.now()
        values = [*turn_values(turn), now, update_ids[0] if update_ids else None, session]
        payloads = list(map(json.dumps, says))
        step, moved = _STEP, [turn.n, str(turn.phase), now, turn.level or 0]
        if turn.ended:
            step, moved = _LAST_STEP, [*moved, now, str(turn.outcome) if turn.outcome else None]
        moved += [session, person, turn.n - 1]

        def job(db: sqlite3.Connection) -> None:
            if not db.execute(step, moved).rowcount:
                _explain_refusal(db, person, session, values)
                return  # this very turn stands there already
            try:
                db.execute(_INSERT_TURN, values)
            except sqlite3.IntegrityError as error:
                raise AlreadyHeard("this update has been answered before") from error
            _after_turn(db, person, session, turn.n, payloads, update_ids, now)

        return self.store.write(job, here=here)

    def end(
        self,
        person: int,
        session: str,
        *,
        outcome: str = "abandoned",
        says: Iterable[Payload] = (),
        update_ids: Sequence[int] = (),
    ) -> Saved[None]:
        """Close a call that was left without a goodbye, and what is said about that; one that has ended stays as it is."""
        now = self.store.now()
        payloads = list(map(json.dumps, says))

        def job(db: sqlite3.Connection) -> None:
            db.execute(
                """UPDATE sessions SET ended_at = ?, outcome = ? WHERE public_id = ? AND person_id = ?
                   AND ended_at IS NULL""",
                [now, outcome, session, person],
            )
            _after_turn(db, person, None, None, payloads, update_ids, now)

        return self.store.write(job)

    def branch(
        self,
        person: int,
        session: str,
        n: int,
        *,
        taken_back: bool = False,
        says: Iterable[Payload] = (),
        update_ids: Sequence[int] = (),
    ) -> Saved[str]:
        """A new call that stands where this one stood before turn n; the original is not altered.

        `taken_back`: the original was left for the branch (an edited message, /undo); otherwise it is another try. What
        opens the branch is to be sent (`says`) in the same commit. Raises NotYours.
        """
        now, new = self.store.now(), random_id()
        payloads = list(map(json.dumps, says))

        def job(db: sqlite3.Connection) -> str:
            _branch(db, person, session, n, new, now, taken_back=taken_back)
            _after_turn(db, person, new, n - 1, payloads, update_ids, now)
            return new

        return self.store.write(job)

    def retake(
        self,
        person: int,
        session: str,
        turn: Turn,
        *,
        new: str,
        says: Iterable[Payload] = (),
        update_ids: Sequence[int] = (),
        here: bool = False,
    ) -> Saved[None]:
        """Other words in place of a turn that was taken back: the branch, its public id `new`, and the new turn in one commit.

        Raises NotYours, and AlreadyHeard when this update has been answered; then nothing has changed.
        """
        now = self.store.now()
        values = [*turn_values(turn), now, update_ids[0] if update_ids else None, new]
        payloads = list(map(json.dumps, says))

        def job(db: sqlite3.Connection) -> None:
            row_id = _branch(db, person, session, turn.n, new, now, taken_back=True)
            try:
                db.execute(_INSERT_TURN, values)
            except sqlite3.IntegrityError as error:
                raise AlreadyHeard("this update has been answered before") from error
            db.execute(f"UPDATE sessions SET {_STANDS} WHERE id = ?", [*_stands(turn, now), row_id])  # noqa: S608
            _after_turn(db, person, new, turn.n, payloads, update_ids, now)

        return self.store.write(job, here=here)


def _branch(db: sqlite3.Connection, person: int, session: str, n: int, new: str, now: str, *, taken_back: bool) -> int:
    """A new session that stands where this one stood before turn n; gives its row."""
    found = db.execute(
        """INSERT INTO sessions (public_id, person_id, scenario_id, scenario, version, title, manager, seed, engine,
               hearing, kind, parent_id, parent_turn, started_at, last_at, turns, phase, highest_level,
               reachable_level)
           SELECT ?, person_id, scenario_id, scenario, version, title, manager, seed, engine, hearing, kind, id, ?,
               ?, ?, ? - 1, (SELECT phase FROM turns t WHERE t.session_id = s.id AND t.n = ? - 1),
               (SELECT ifnull(max(level), 0) FROM turns t WHERE t.session_id = s.id AND t.n < ?), reachable_level
           FROM sessions s WHERE public_id = ? AND person_id = ? AND ? BETWEEN 1 AND turns + 1
           AND kind <> 'imported' RETURNING id, parent_id""",
        [new, n, now, now, n, n, n, session, person, n],
    ).fetchall()
    if not found:
        raise NotYours(f"There is no turn {n} in call {session}.")
    row_id, parent_id = found[0]
    db.execute(
        f"""INSERT INTO turns ({TURN_COLUMNS}, at, session_id) SELECT {TURN_COLUMNS}, at, ? FROM turns
            WHERE session_id = ? AND n < ? ORDER BY n""",  # noqa: S608
        [row_id, parent_id, n],
    )
    if taken_back:
        db.execute("UPDATE sessions SET taken_back = 1 WHERE id = ?", [parent_id])
    return int(row_id)


def _after_turn(
    db: sqlite3.Connection,
    person: int,
    session: str | None,
    n: int | None,
    payloads: Sequence[str],
    update_ids: Sequence[int],
    now: str,
) -> None:
    if payloads:
        values = [v for p in payloads for v in (person, session, n, p, now)]
        rows = ", ".join([f"(?, {_ROW_OF}, ?, ?, 'waiting', ?)"] * len(payloads))
        db.execute(f"INSERT INTO outbox (person_id, session_id, n, payload, state, made_at) VALUES {rows}", values)  # noqa: S608
    if update_ids:
        mark_done(db, update_ids, now)


def mark_done(db: sqlite3.Connection, update_ids: Sequence[int], now: str, state: str = "done") -> None:
    """Mark updates as handled, also one whose own row could not be saved before: it must not come to life later."""
    marks = ", ".join(["(?, ?, ?)"] * len(update_ids))
    db.execute(
        f"""INSERT INTO inbox (update_id, state, got_at) VALUES {marks}
            ON CONFLICT (update_id) DO UPDATE SET state = excluded.state, raw = ''
            WHERE state IN ('waiting', 'held')""",  # noqa: S608
        [value for update_id in update_ids for value in (update_id, state, now)],
    )


def _explain_refusal(db: sqlite3.Connection, person: int, session: str, values: Sequence[Any]) -> None:
    """Return when this very turn is kept already; else raise what is the matter."""
    row = db.execute("SELECT id FROM sessions WHERE public_id = ? AND person_id = ?", [session, person]).fetchone()
    if row is None:
        raise NotYours(f"No session {session[:40]}.")
    same = db.execute(
        "SELECT 1 FROM turns WHERE session_id = ? AND n = ? AND said = ? AND heard = ? AND answered = ? AND update_id IS ?",
        [row[0], values[0], values[1], values[2], values[14], values[18]],
    ).fetchone()
    if same:
        return
    if values[18] is not None and db.execute("SELECT 1 FROM turns WHERE update_id = ?", [values[18]]).fetchone():
        raise AlreadyHeard("this update has been answered before")
    raise OutOfStep(f"turn {values[0]} does not follow on what is kept of session {session}")
