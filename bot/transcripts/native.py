"""This project's own form: JSON Lines, the first line `{"format": "runner-up/1", …}`, then one call a line. Lossless.

The first line carries what is a person's beside calls (things to do, real calls, drills, scenarios of their own); each further
line a call as `Log.export_call` gives it: with its scenario as it was, every turn, and what hangs on it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.transcripts.jsons import loads
from bot.transcripts.talk import BadTranscript, Imported

FORMAT = "runner-up/1"
MINE = ("settings", "own_scenarios", "drills", "real_calls", "todo", "timers")
WAS = "was"  # in a call's `extra`: of what kind it was where it came from


def write(export: Mapping[str, Any]) -> Iterator[str]:
    """The lines of an export (the shape of `Log.export`), without line ends."""
    head = {"format": FORMAT}
    person = export.get("person")
    settings = person.get("settings") if isinstance(person, dict) else None
    parts = {"settings": settings} | {name: export.get(name) for name in MINE if name != "settings"}
    yield _line(head | {name: value for name, value in parts.items() if value})
    for session in export.get("sessions", ()):
        yield _line(_as_it_was(session))


def _as_it_was(session: Mapping[str, Any]) -> dict[str, Any]:
    out = dict(session)
    extra = dict(out.get("extra") or {})
    if WAS in extra:
        out["kind"] = extra.pop(WAS)
    out["extra"] = extra
    if out.get("scenario_as_called"):
        out["scenario_as_called"] = {k: v for k, v in out["scenario_as_called"].items() if k != "private"}
    return out


def _line(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Imported:
    """The lines of an export, as JSON values; what is in them is checked when they are kept.

    An export written as one JSON value (the shape of `Log.export`, as the chat sends it) is read as well.
    """
    lines = _whole(text)
    for number, line in enumerate(() if lines else text.split("\n"), 1):
        if not line.strip():
            continue
        value = loads(line, f"line {number}: ")
        if not isinstance(value, dict):
            raise BadTranscript(f"line {number}: every line of an export is one JSON object.")
        lines.append(value)
    if not lines or lines[0].get("format") != FORMAT:
        found = str(lines[0].get("format"))[:40] if lines else "nothing"
        raise BadTranscript(f"This export says it is '{found}'; this program reads '{FORMAT}'.")
    for number, session in enumerate(lines[1:], 2):
        if not isinstance(session.get("turns_held"), list) or not isinstance(session.get("session"), str):
            raise BadTranscript(
                f"line {number}: this is no call; each line after the first is one call with its turns."
            )
    return Imported("native", lines=tuple(lines))


def _whole(text: str) -> list[dict[str, Any]]:
    first = text.lstrip().split("\n", 1)[0].rstrip()
    if first.endswith("}") and '"sessions":' not in first:
        return []
    value = loads(text)
    if not isinstance(value, dict) or not isinstance(value.get("sessions"), list):
        return []
    if not all(isinstance(s, dict) for s in value["sessions"]):
        raise BadTranscript("This export is out of shape: its sessions are no objects.")
    return [json.loads(line) for line in write(value)]


def to_restore(lines: Iterable[Mapping[str, Any]], *, mine: bool) -> dict[str, Any]:
    """The shape `Log.restore` takes. Not `mine`: only the calls, marked as imported."""
    head, *calls = list(lines)
    sessions = []
    for call in calls:
        session = dict(call)
        if not mine and session.get("kind") != "imported":
            extra = session.get("extra")
            session["extra"] = (dict(extra) if isinstance(extra, dict) else {}) | {WAS: session.get("kind")}
            session["kind"] = "imported"
        kept = session.get("scenario_as_called")
        if isinstance(kept, dict):
            session["scenario_as_called"] = kept | {"private": True}
        sessions.append(session)
    parts = {name: head.get(name, []) for name in MINE if mine and name != "settings"}
    return {"format": FORMAT, "sessions": sessions} | parts
