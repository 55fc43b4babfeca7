"""Calls and their turns: begun, kept turn by turn, rebuilt, branched, listed.

A turn is one transaction of at most four statements, and is on disk before its answer is shown. `person` comes first in every
method and stands in every query: what belongs to somebody else is not there.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from bot.log.faults import AlreadyHeard, NotYours, OutOfStep
from bot.log.people import People, random_id
from bot.log.writer import Saved
from bot.text import clean
from dialogs.call import Hidden, Opening, Outcome, Phase
from dialogs.hearing.heard import Heard
from dialogs.manager import Line
from dialogs.practice import ENGINE, Ear, Mood, Practice, Turn
from dialogs.scenario import Scenario
from dialogs.scenes import Speaker

Payload = Mapping[str, Any]
"""One message to be sent, as the outbox keeps it (bot/delivery/outbox.py)."""


@dataclass(frozen=True, slots=True)
class LoggedCall:
    """One session as it stands in the log. `session` is its public id; levels are 0-4; times are UTC, ISO 8601."""

    session: str
    scenario: str
    version: str
    title: str
    manager: str
    seed: int
    engine: str
    hearing: str
    kind: str
    started_at: str
    last_at: str
    ended_at: str | None
    turns: int
    phase: str
    outcome: str | None
    highest_level: int
    reachable_level: int
    taken_back: bool
    kept: bool
    note: str
    parent: str | None
    parent_turn: int | None
    extra: Mapping[str, Any]
    edited: bool  # it goes on a call whose last words were taken back, and is no other try

    @property
    def ended(self) -> bool:
        return self.ended_at is not None


_CALL = """s.public_id, s.scenario, s.version, s.title, s.manager, s.seed, s.engine, s.hearing, s.kind, s.started_at,
    s.last_at, s.ended_at, s.turns, s.phase, s.outcome, s.highest_level, s.reachable_level, s.taken_back, s.kept, s.note,
    (SELECT o.public_id FROM sessions o WHERE o.id = s.parent_id), s.parent_turn, s.extra,
    ifnull((SELECT o.taken_back FROM sessions o WHERE o.id = s.parent_id), 0)"""

_TURN = """n, said, heard, phase_before, phase, level, trust_before, patience_before, minutes_before, trust, patience,
    minutes, rows, why, answered, ended, outcome"""


class OtherRules(RuntimeError):
    """The call was held under other rules of this program: it can be read, but not gone on with."""


def _call(row: Sequence[Any]) -> LoggedCall:
    kept = list(row)
    kept[17], kept[18], kept[22], kept[23] = bool(kept[17]), bool(kept[18]), json.loads(kept[22]), bool(kept[23])
    return LoggedCall(*kept)


def turn_from_row(row: Sequence[Any]) -> Turn:
    """The turn as it was, from the columns of `_TURN`."""
    return Turn(
        n=row[0],
        said=row[1],
        heard=Heard.from_json(json.loads(row[2])),
        phase_before=Phase(row[3]),
        phase=Phase(row[4]),
        level=row[5],
        lines=tuple(Line(Speaker(a["speaker"]), a["text"], a["heading"]) for a in json.loads(row[14])),
        rows=tuple(json.loads(row[12])),
        why=tuple(json.loads(row[13])),
        mood_before=Mood(*row[6:9]),
        mood=Mood(*row[9:12]),
        ended=bool(row[15]),
        outcome=Outcome(row[16]) if row[16] else None,
    )


@lru_cache(maxsize=2048)
def _texts(texts: tuple[str, ...]) -> str:
    # Rows and reasons are the table's, and few: a turn's JSON is for the most part these, over and over.
    return json.dumps(texts)


@lru_cache(maxsize=512)
def _voice(speaker: Speaker, heading: str) -> str:
    """The beginning of an answered line, as JSON: all but its text, which may be somebody's own."""
    return json.dumps({"speaker": str(speaker), "heading": heading})[:-1]


def turn_values(turn: Turn) -> list[Any]:
    """The columns of `_TURN` for this turn."""
    before, after = turn.mood_before, turn.mood
    answered = [f'{_voice(x.speaker, x.heading)}, "text": {json.dumps(x.text)}}}' for x in turn.lines]
    return [
        turn.n,
        clean(turn.said),
        json.dumps(turn.heard.as_json()),
        str(turn.phase_before),
        str(turn.phase),
        turn.level,
        before.trust,
        before.patience,
        before.minutes,
        after.trust,
        after.patience,
        after.minutes,
        _texts(turn.rows),
        _texts(turn.why),
        f"[{', '.join(answered)}]",
        int(turn.ended),
        str(turn.outcome) if turn.outcome else None,
    ]


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
_INSERT_TURN = f"INSERT INTO turns ({_TURN}, at, update_id, session_id) VALUES ({'?, ' * 19}{_ROW_OF})"  # noqa: S608


def _stands(turn: Turn, now: str) -> list[Any]:
    outcome = str(turn.outcome) if turn.outcome else None
    return [turn.n, str(turn.phase), now, turn.level or 0, turn.ended, now, outcome]


def forget_scenarios() -> None:
    """Keep nothing of erased people's scenarios in memory."""
    _facts_of.cache_clear()
    _facts.cache_clear()


# -- scenarios as they were -----------------------------------------------------------------------------


def scenario_facts(scenario: Scenario) -> str:
    """Everything a call needs of its scenario, its manner's lines included, so that it replays when files have changed."""
    return _facts(scenario, scenario.version)


@lru_cache(maxsize=32)
def _facts(scenario: Scenario, version: str) -> str:
    kept = {f.name: getattr(scenario, f.name) for f in fields(scenario) if f.name not in ("source", "own_lines")}
    hidden = {f.name: getattr(scenario.hidden, f.name) for f in fields(scenario.hidden)}
    own = {h: list(lines) for h, lines in scenario.own_lines.items()}
    lines = {h: list(texts) for h, texts in scenario.lines.items()}
    return json.dumps(kept | {"own_lines": own, "lines": lines, "hidden": hidden, "version": scenario.version})


def scenario_from_facts(facts: str, source: str = "") -> Scenario:
    """The scenario as it was when the call was held."""
    kept: dict[str, Any] = json.loads(facts)
    lines = {h: tuple(texts) for h, texts in kept.pop("lines").items()}
    hidden: dict[str, Any] = kept.pop("hidden")
    version: str = kept.pop("version")
    known = {f.name for f in fields(Scenario)}
    kept["own_lines"] = {h: tuple(texts) for h, texts in kept["own_lines"].items()}
    kept["opening"] = Opening(kept["opening"])
    hidden["opening"] = Opening(hidden["opening"])
    scenario = Scenario(**{name: value for name, value in kept.items() if name in known}, source=source)
    # What was worked out then is kept, not worked out anew: manners, prices and house styles may have changed since.
    scenario.__dict__.update(lines=lines, hidden=Hidden(**hidden), version=version)
    return scenario


@lru_cache(maxsize=64)
def _facts_of(scenario_id: int, path: str, facts: str, source: str) -> Scenario:
    return scenario_from_facts(facts, source)


class Calls(People):
    """Sessions and turns."""

    # -- a call goes on ------------------------------------------------------------------------------

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
        now = self.now()
        owner = person if private else None
        facts, payloads = scenario_facts(scenario), [json.dumps(p) for p in says]
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

        return self.write(job, here=here)

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
        now = self.now()
        values = [*turn_values(turn), now, update_ids[0] if update_ids else None, session]
        payloads = [json.dumps(p) for p in says]
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

        return self.write(job, here=here)

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
        now = self.now()
        payloads = [json.dumps(p) for p in says]

        def job(db: sqlite3.Connection) -> None:
            db.execute(
                """UPDATE sessions SET ended_at = ?, outcome = ? WHERE public_id = ? AND person_id = ?
                   AND ended_at IS NULL""",
                [now, outcome, session, person],
            )
            _after_turn(db, person, None, None, payloads, update_ids, now)

        return self.write(job)

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
        now, new = self.now(), random_id()
        payloads = [json.dumps(p) for p in says]

        def job(db: sqlite3.Connection) -> str:
            _branch(db, person, session, n, new, now, taken_back=taken_back)
            _after_turn(db, person, new, n - 1, payloads, update_ids, now)
            return new

        return self.write(job)

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
        now = self.now()
        values = [*turn_values(turn), now, update_ids[0] if update_ids else None, new]
        payloads = [json.dumps(p) for p in says]

        def job(db: sqlite3.Connection) -> None:
            row_id = _branch(db, person, session, turn.n, new, now, taken_back=True)
            try:
                db.execute(_INSERT_TURN, values)
            except sqlite3.IntegrityError as error:
                raise AlreadyHeard("this update has been answered before") from error
            db.execute(f"UPDATE sessions SET {_STANDS} WHERE id = ?", [*_stands(turn, now), row_id])  # noqa: S608
            _after_turn(db, person, new, turn.n, payloads, update_ids, now)

        return self.write(job, here=here)

    def rebuild(self, person: int, session: str, *, before: int | None = None, ear: Ear | None = None) -> Practice:
        """The call as it stands in the log, or stood before a turn: a fold of what was heard. Raises NotYours, OtherRules."""
        call = self.call(person, session)
        if call.engine != ENGINE or call.kind == "imported":
            raise OtherRules("This call was held under other rules. It can be read and reviewed, but not gone on with.")
        heard = self.rows(
            """SELECT heard FROM turns t JOIN sessions s ON s.id = t.session_id
               WHERE s.public_id = ? AND s.person_id = ? AND n > 0 AND n < ? ORDER BY n""",
            [session, person, call.turns + 1 if before is None else before],
        )
        told = (Heard.from_json(json.loads(kept)) for (kept,) in heard)
        return Practice.rebuild(self.scenario(person, session), call.seed, told, ear=ear)

    # -- reading -------------------------------------------------------------------------------------

    def call(self, person: int, session: str) -> LoggedCall:
        """One call by its public id, or an unmistakable beginning of it. Raises NotYours."""
        found = self.rows(
            f"""SELECT {_CALL} FROM sessions s WHERE s.person_id = ? AND substr(s.public_id, 1, length(?)) = ?
                ORDER BY length(s.public_id) LIMIT 2""",  # noqa: S608
            [person, session, session],
        )
        exact = [row for row in found if row[0] == session]
        if not session or len(exact or found) != 1:
            raise NotYours(f"No session {session[:40]}. See: runner-up sessions")
        return _call((exact or found)[0])

    def calls(
        self,
        person: int,
        *,
        limit: int | None = None,
        scenario: str | None = None,
        outcome: str | None = None,
        level: int | None = None,
        since: str | None = None,
        until: str | None = None,
        kind: str | None = None,
        ended: bool | None = None,
        taken_back: bool = False,
    ) -> list[LoggedCall]:
        """This person's calls, newest first. `level`: the highest reached; `taken_back`: also those left for a branch."""
        wanted: list[tuple[str, Any]] = [("s.person_id = ?", person)]
        wanted += [("s.scenario = ?", scenario)] if scenario is not None else []
        wanted += [("s.outcome = ?", outcome)] if outcome is not None else []
        wanted += [("s.highest_level = ?", level)] if level is not None else []
        wanted += [("s.started_at >= ?", since)] if since is not None else []
        wanted += [("s.started_at < ?", until)] if until is not None else []
        wanted += [("s.kind = ?", kind)] if kind is not None else []
        wanted += [("(s.ended_at IS NOT NULL) = ?", int(ended))] if ended is not None else []
        wanted += [] if taken_back else [("s.taken_back = ?", 0)]
        where = " AND ".join(sql for sql, _ in wanted)  # our own words; what is asked for goes in as values
        values = [value for _, value in wanted]
        rows = self.rows(
            f"SELECT {_CALL} FROM sessions s WHERE {where} ORDER BY s.id DESC LIMIT ?",  # noqa: S608
            [*values, -1 if limit is None else limit],
        )
        return [_call(row) for row in rows]

    def unfinished(self, person: int) -> LoggedCall | None:
        """The call this person is in the middle of: the latest practice that has not ended."""
        rows = self.rows(
            f"""SELECT {_CALL} FROM sessions s WHERE s.person_id = ? AND s.ended_at IS NULL AND s.taken_back = 0
                AND s.kind = 'practice' ORDER BY s.id DESC LIMIT 1""",  # noqa: S608
            [person],
        )
        return _call(rows[0]) if rows else None

    def held(self, person: int) -> dict[str, int]:
        """Which scenarios this person has called: name → how many calls, branches not counted."""
        rows = self.rows(
            """SELECT scenario, count(*) FROM sessions WHERE person_id = ? AND parent_id IS NULL AND kind = 'practice'
               GROUP BY scenario ORDER BY min(id)""",
            [person],
        )
        return {row[0]: row[1] for row in rows}

    def next_seed(self, person: int, scenario: str) -> int:
        """A seed this person has not had with this scenario, so that two calls in a row do not sound alike."""
        row = self.row(
            "SELECT ifnull(max(seed), 0) + 1 FROM sessions WHERE person_id = ? AND scenario = ? AND kind = 'practice'",
            [person, scenario],
        )
        return int(row[0]) % 10**9 if row else 1

    def turns(self, person: int, session: str) -> list[Turn]:
        """Every turn of a call as it was, the pick-up first."""
        rows = self.rows(
            f"""SELECT {_TURN} FROM turns WHERE session_id =
                (SELECT id FROM sessions WHERE public_id = ? AND person_id = ?) ORDER BY n""",  # noqa: S608
            [session, person],
        )
        if not rows:
            raise NotYours(f"No session {session[:40]}. See: runner-up sessions")
        return [turn_from_row(row) for row in rows]

    def times(self, person: int, session: str) -> list[str]:
        """When each turn was kept, the pick-up first: for showing, never for ordering."""
        rows = self.rows(
            """SELECT t.at FROM turns t JOIN sessions s ON s.id = t.session_id
               WHERE s.public_id = ? AND s.person_id = ? ORDER BY n""",
            [session, person],
        )
        return [at for (at,) in rows]

    def scenario(self, person: int, session: str) -> Scenario:
        """The scenario of a call as it was then, whatever has become of its file. Raises NotYours."""
        row = self.row(
            """SELECT c.id, c.facts, c.source FROM sessions s JOIN scenarios_seen c ON c.id = s.scenario_id
               WHERE s.public_id = ? AND s.person_id = ?""",
            [session, person],
        )
        if row is None:
            raise NotYours(f"No scenario is kept for session {session[:40]}.")
        return _facts_of(row[0], str(self.path), row[1], row[2])

    def branches(self, person: int, session: str) -> list[LoggedCall]:
        """The tries that were made from this call, oldest first."""
        rows = self.rows(
            f"""SELECT {_CALL} FROM sessions s JOIN sessions o ON o.id = s.parent_id
                WHERE o.public_id = ? AND o.person_id = ? AND s.person_id = ? ORDER BY s.id""",  # noqa: S608
            [session, person, person],
        )
        return [_call(row) for row in rows]


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
        f"""INSERT INTO turns ({_TURN}, at, session_id) SELECT {_TURN}, at, ? FROM turns
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
