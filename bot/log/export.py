"""Everything of a person as one JSON value, and back: exporting what was restored gives the same bytes.

No Telegram id and nothing of anybody else is in it. What comes from outside is read strictly: a value that does not fit is
refused in a sentence, and nothing is kept.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from bot.log import erased
from bot.log.calls import Calls
from bot.log.people import People, is_id, random_id
from bot.log.store import Store, beside

FORMAT = "runner-up/1"

_SESSION = (
    "scenario", "version", "title", "manager", "seed", "engine", "hearing", "kind", "parent_turn", "taken_back", "kept",
    "started_at", "last_at", "ended_at", "turns", "phase", "outcome", "highest_level", "reachable_level", "note", "extra",
)  # fmt: skip
_TURNS = (
    "n", "said", "heard", "phase_before", "phase", "level", "trust_before", "patience_before", "minutes_before", "trust",
    "patience", "minutes", "rows", "why", "answered", "ended", "outcome", "at",
)  # fmt: skip
_ON_CALL = {
    "help_used": ("n", "kind", "at"),
    "corrections": ("n", "moves", "at"),
    "debrief_guesses": ("question", "guess", "right", "at"),
}
_OF_PERSON = {
    "own_scenarios": ("name", "source", "made_at"),
    "drills": ("line", "guess", "level", "sure", "at"),
    "real_calls": ("public_id", "plan", "due_at", "happened_at", "level", "told", "answers", "made_at"),
    "todo": ("public_id", "text", "made_at", "done_at"),
    "timers": ("kind", "due_at", "about", "fired_at", "made_at"),
}
_JSON = {"heard", "rows", "why", "answered", "moves", "plan", "answers", "about", "extra", "facts", "settings"}


class BadExport(ValueError):
    """A file that is no export of this program; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class Export:
    """A person's data, out and in."""

    store: Store
    people: People
    calls: Calls

    def export(self, person: int) -> dict[str, Any]:
        """Everything that is kept of this person."""
        me = self.people.person(person)
        out: dict[str, Any] = {
            "format": FORMAT,
            "person": {"since": me.created_at, "agreed_at": me.agreed_at, "settings": dict(me.settings)},
        }
        for table, columns in _OF_PERSON.items():
            out[table] = self._objects(table, columns, "person_id = ?", person)
        out["sessions"] = [self._session(person, row) for row in self._session_rows(person)]
        return out

    def export_call(self, person: int, session: str) -> dict[str, Any]:
        """One call, in the shape it has in `export`. Raises NotYours."""
        found = self.calls.call(person, session).session
        return next(self._session(person, row) for row in self._session_rows(person) if row["public_id"] == found)

    def restore(self, person: int, data: Any) -> list[str]:
        """Take an export in again, as this person's; gives the calls' ids. All or nothing. Raises BadExport.

        A call whose id is taken or is none of ours gets another one. One that was erased here is back, in this person's hands.
        """
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise BadExport(f"This is no export of runner-up ({FORMAT}).")

        def job(db: sqlite3.Connection) -> list[str]:
            for table, columns in _OF_PERSON.items():
                for thing in _list(data, table):
                    _insert(db, table, columns, thing, {"person_id": person})
            return _restore_sessions(db, person, _list(data, "sessions"))

        back: list[str] = []
        try:
            back = self._take_back(person, data)
            done = self.store.write(job).result()
            back = []
        except (sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError, OverflowError) as error:
            raise BadExport(f"This export does not hold together: {error}") from None
        except (KeyError, TypeError, AttributeError, UnicodeEncodeError) as error:
            raise BadExport(
                f"This export lacks something, or has it in the wrong shape ({type(error).__name__})."
            ) from None
        finally:
            with suppress(OSError):
                for call in back:  # nothing came in: what was erased stays erased
                    erased.remember(beside(self.store.path, ".erased"), "call", call)
        return done

    def _take_back(self, person: int, data: Mapping[str, Any]) -> list[str]:
        """Of the calls that are to come in, note which were erased before, so that the next start erases them no more; gives those."""
        file = beside(self.store.path, ".erased")
        named = {
            thing["session"] for thing in _list(data, "sessions") if isinstance(thing, dict) and "session" in thing
        }
        again = sorted(call for call in erased.remembered(file).calls if call in named)
        # One that is here comes in under another id; of it nothing is noted, or a failed import would take it from whoever has it back.
        is_here = "SELECT 1 FROM sessions WHERE public_id = ?"
        again = [call for call in again if self.store.row(is_here, [call]) is None]
        if again:
            theirs = self.people.person(person).public_id
            with suppress(OSError):
                for call in again:
                    erased.remember(file, "back", call, theirs)
        return again

    def _session_rows(self, person: int) -> list[sqlite3.Row]:
        return self.store.rows(
            f"""SELECT s.id, s.public_id, o.public_id AS parent, c.source, c.facts, c.person_id IS NOT NULL AS private,
                {", ".join("s." + c for c in _SESSION)}
                FROM sessions s LEFT JOIN sessions o ON o.id = s.parent_id LEFT JOIN scenarios_seen c ON c.id = s.scenario_id
                WHERE s.person_id = ? ORDER BY s.id""",  # noqa: S608
            [person],
        )

    def _session(self, person: int, row: sqlite3.Row) -> dict[str, Any]:
        out = {"session": row["public_id"], "parent": row["parent"]} | {c: _out(c, row[c]) for c in _SESSION}
        if row["facts"] is not None:
            out["scenario_as_called"] = {
                "private": bool(row["private"]), "source": row["source"], "facts": json.loads(row["facts"])
            }  # fmt: skip
        out["turns_held"] = self._objects("turns", _TURNS, "session_id = ?", row["id"], "n")
        for table, columns in _ON_CALL.items():
            out[table] = self._objects(table, columns, "session_id = ?", row["id"])
        return out

    def _objects(self, table: str, columns: Iterable[str], where: str, value: int, order: str = "rowid") -> list[Any]:
        names = list(columns)
        rows = self.store.rows(f"SELECT {', '.join(names)} FROM {table} WHERE {where} ORDER BY {order}", [value])  # noqa: S608
        return [{name: _out(name, row[name]) for name in names} for row in rows]


def _restore_sessions(db: sqlite3.Connection, person: int, sessions: list[Any]) -> list[str]:
    ids: dict[str, tuple[int, str]] = {}
    for thing in sessions:
        scenario = thing.get("scenario_as_called")
        scenario_id = None if scenario is None else _restore_scenario(db, person, thing, scenario)
        taken = db.execute("SELECT 1 FROM sessions WHERE public_id = ?", [thing["session"]]).fetchone()
        public = str(thing["session"])
        if taken or not is_id(public):
            public = random_id()
        parent = ids.get(thing["parent"] or "", (None, ""))[0]
        more = {"public_id": public, "person_id": person, "scenario_id": scenario_id, "parent_id": parent}
        row_id = _insert(db, "sessions", _SESSION, thing, more)
        ids[thing["session"]] = (row_id, public)
        for turn in _list(thing, "turns_held"):
            _insert(db, "turns", _TURNS, turn, {"session_id": row_id})
        for table, columns in _ON_CALL.items():
            for each in _list(thing, table):
                _insert(db, table, columns, each, {"session_id": row_id})
    return [public for _, public in ids.values()]


def _restore_scenario(db: sqlite3.Connection, person: int, session: Mapping[str, Any], kept: Mapping[str, Any]) -> int:
    owner = person if kept["private"] else None
    facts = json.dumps(kept["facts"])
    key = [session["version"], session["scenario"], owner or 0, kept["source"], facts]
    same = "SELECT id FROM scenarios_seen WHERE version = ? AND name = ? AND ifnull(person_id, 0) = ?"
    row = db.execute(same + " AND source = ? AND facts = ?", key).fetchone()
    if row is not None:
        return int(row[0])
    # What comes from outside never stands in for a scenario of the library: it is this person's own.
    mine = [session["version"], session["scenario"], person]
    row = db.execute(same, mine).fetchone()
    if row is not None:
        return int(row[0])
    made = db.execute(
        "INSERT INTO scenarios_seen (version, name, person_id, source, facts) VALUES (?, ?, ?, ?, ?)",
        [*mine, kept["source"], facts],
    )
    return int(made.lastrowid or 0)


def _insert(
    db: sqlite3.Connection, table: str, columns: Iterable[str], thing: Mapping[str, Any], more: Mapping[str, Any]
) -> int:
    values = dict(more) | {name: _in(name, thing[name]) for name in columns}
    if "public_id" in columns:
        taken = db.execute(f"SELECT 1 FROM {table} WHERE public_id = ?", [values["public_id"]]).fetchone()  # noqa: S608
        values["public_id"] = random_id() if taken else values["public_id"]
    marks = ", ".join("?" * len(values))
    made = db.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", list(values.values()))  # noqa: S608
    return int(made.lastrowid or 0)


def _list(thing: Mapping[str, Any], name: str) -> list[Any]:
    found = thing.get(name, [])
    if not isinstance(found, list):
        raise TypeError(name)
    return found


def _out(name: str, value: Any) -> Any:
    return json.loads(value) if name in _JSON and value is not None else value


def _in(name: str, value: Any) -> Any:
    if name in _JSON:
        return json.dumps(value)
    if isinstance(value, bool) or not isinstance(value, (str, int, float, type(None))):
        raise TypeError(name)
    return value
