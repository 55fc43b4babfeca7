"""Calls as they stand in the log: found, listed, read turn by turn, rebuilt. They are kept by keeping.py.

`person` comes first in every method and stands in every query: what belongs to somebody else is not there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.log.faults import NotYours
from bot.log.scenarios_seen import scenario_seen
from bot.log.store import Store
from bot.log.turns import TURN_COLUMNS, turn_from_row
from dialogs.hearing.heard import Heard
from dialogs.practice import ENGINE, Ear, Practice, Turn
from dialogs.scenario import Scenario


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
        """Whether it is over; one that is not may be gone on with."""
        return self.ended_at is not None


_CALL = """s.public_id, s.scenario, s.version, s.title, s.manager, s.seed, s.engine, s.hearing, s.kind, s.started_at,
    s.last_at, s.ended_at, s.turns, s.phase, s.outcome, s.highest_level, s.reachable_level, s.taken_back, s.kept, s.note,
    (SELECT o.public_id FROM sessions o WHERE o.id = s.parent_id), s.parent_turn, s.extra,
    ifnull((SELECT o.taken_back FROM sessions o WHERE o.id = s.parent_id), 0)"""


class OtherRules(RuntimeError):
    """The call was held under other rules of this program: it can be read, but not gone on with."""


def _call(row: Sequence[Any]) -> LoggedCall:
    kept = list(row)
    kept[17], kept[18], kept[22], kept[23] = bool(kept[17]), bool(kept[18]), json.loads(kept[22]), bool(kept[23])
    return LoggedCall(*kept)


@dataclass(frozen=True, slots=True)
class Calls:
    """Sessions and turns, read."""

    store: Store

    def call(self, person: int, session: str) -> LoggedCall:
        """One call by its public id, or an unmistakable beginning of it. Raises NotYours."""
        found = self.store.rows(
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
        rows = self.store.rows(
            f"SELECT {_CALL} FROM sessions s WHERE {where} ORDER BY s.id DESC LIMIT ?",  # noqa: S608
            [*values, -1 if limit is None else limit],
        )
        return [_call(row) for row in rows]

    def unfinished(self, person: int) -> LoggedCall | None:
        """The call this person is in the middle of: the latest practice that has not ended."""
        rows = self.store.rows(
            f"""SELECT {_CALL} FROM sessions s WHERE s.person_id = ? AND s.ended_at IS NULL AND s.taken_back = 0
                AND s.kind = 'practice' ORDER BY s.id DESC LIMIT 1""",  # noqa: S608
            [person],
        )
        return _call(rows[0]) if rows else None

    def held(self, person: int) -> dict[str, int]:
        """Which scenarios this person has called: name → how many calls, branches not counted."""
        rows = self.store.rows(
            """SELECT scenario, count(*) FROM sessions WHERE person_id = ? AND parent_id IS NULL AND kind = 'practice'
               GROUP BY scenario ORDER BY min(id)""",
            [person],
        )
        return {row[0]: row[1] for row in rows}

    def distressed(self, person: int) -> set[str]:
        """The calls of this person in which somebody was in distress and has not said since that it was meant otherwise."""
        rows = self.store.rows(
            """SELECT DISTINCT s.public_id FROM sessions s JOIN turns t ON t.session_id = s.id
               WHERE s.person_id = ? AND t.heard LIKE '%"distress"%' AND json_extract(t.heard, '$.aside') = 'distress'
                 AND NOT EXISTS (SELECT 1 FROM corrections c WHERE c.session_id = s.id AND c.n = t.n)""",
            [person],
        )
        return {row[0] for row in rows}

    def next_seed(self, person: int, scenario: str) -> int:
        """A seed this person has not had with this scenario, so that two calls in a row do not sound alike."""
        row = self.store.row(
            "SELECT ifnull(max(seed), 0) + 1 FROM sessions WHERE person_id = ? AND scenario = ? AND kind = 'practice'",
            [person, scenario],
        )
        return int(row[0]) % 10**9 if row else 1

    def turns(self, person: int, session: str) -> list[Turn]:
        """Every turn of a call as it was, the pick-up first."""
        rows = self.store.rows(
            f"""SELECT {TURN_COLUMNS} FROM turns WHERE session_id =
                (SELECT id FROM sessions WHERE public_id = ? AND person_id = ?) ORDER BY n""",  # noqa: S608
            [session, person],
        )
        if not rows:
            raise NotYours(f"No session {session[:40]}. See: runner-up sessions")
        return [turn_from_row(row) for row in rows]

    def times(self, person: int, session: str) -> list[str]:
        """When each turn was kept, the pick-up first: for showing, never for ordering."""
        rows = self.store.rows(
            """SELECT t.at FROM turns t JOIN sessions s ON s.id = t.session_id
               WHERE s.public_id = ? AND s.person_id = ? ORDER BY n""",
            [session, person],
        )
        return [at for (at,) in rows]

    def scenario(self, person: int, session: str) -> Scenario:
        """The scenario of a call as it was then, whatever has become of its file. Raises NotYours."""
        row = self.store.row(
            """SELECT c.id, c.facts, c.source FROM sessions s JOIN scenarios_seen c ON c.id = s.scenario_id
               WHERE s.public_id = ? AND s.person_id = ?""",
            [session, person],
        )
        if row is None:
            raise NotYours(f"No scenario is kept for session {session[:40]}.")
        return scenario_seen(row[0], str(self.store.path), row[1], row[2])

    def branches(self, person: int, session: str) -> list[LoggedCall]:
        """The tries that were made from this call, oldest first."""
        rows = self.store.rows(
            f"""SELECT {_CALL} FROM sessions s JOIN sessions o ON o.id = s.parent_id
                WHERE o.public_id = ? AND o.person_id = ? AND s.person_id = ? ORDER BY s.id""",  # noqa: S608
            [session, person, person],
        )
        return [_call(row) for row in rows]

    def rebuild(self, person: int, session: str, *, before: int | None = None, ear: Ear | None = None) -> Practice:
        """The call as it stands in the log, or stood before a turn: a fold of what was heard. Raises NotYours, OtherRules."""
        call = self.call(person, session)
        if call.engine != ENGINE or call.kind == "imported":
            raise OtherRules("This call was held under other rules. It can be read and reviewed, but not gone on with.")
        heard = self.store.rows(
            """SELECT heard FROM turns t JOIN sessions s ON s.id = t.session_id
               WHERE s.public_id = ? AND s.person_id = ? AND n > 0 AND n < ? ORDER BY n""",
            [session, person, call.turns + 1 if before is None else before],
        )
        told = (Heard.from_json(json.loads(kept)) for (kept,) in heard)
        return Practice.rebuild(self.scenario(person, session), call.seed, told, ear=ear)
