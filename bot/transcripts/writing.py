"""Calls written out: JSON Lines without loss, pages to read, tables, plays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bot.log import Log
from bot.transcripts.native import write
from bot.transcripts.sheets import csv_text

STILL_OPEN = ("This call is still open", "Its debrief, with the reason, is written when the call is over.")
CSV = ("call", "n", "speaker", "text", "moves", "phase", "level", "at", "scenario", "outcome")


def exported(log: Log, person: int, sessions: Sequence[str], shape: str) -> str:
    """These calls (all, and everything else of this person, when none is named) as jsonl, html, csv or play."""
    match shape:
        case "jsonl":
            return "".join(f"{line}\n" for line in native_lines(log, person, sessions))
        case "html":
            return html_page(log, person, sessions)
        case "csv":
            return csv_text(table_rows(log, person, sessions), CSV)
    return "\n".join(_plays(log, person, sessions))


def native_lines(log: Log, person: int, sessions: Sequence[str] = ()) -> Iterator[str]:
    """The lossless form; without named calls, with everything beside calls too."""
    if not sessions:
        return write(log.export(person))
    chosen = set(sessions)
    calls = [log.export_call(person, s) for s in sessions]
    for call in calls:
        if call["parent"] not in chosen:
            call["parent"] = None
    return write({"sessions": calls})


def _named(log: Log, person: int, sessions: Sequence[str]) -> list[str]:
    return list(sessions) or [c.session for c in reversed(log.calls(person, taken_back=True))]


def html_page(log: Log, person: int, sessions: Sequence[str] = ()) -> str:
    """Calls to read, each with its debrief."""
    from bot.rendering.html import PageCall, page
    from bot.rendering.review import titled

    shown = []
    for session in _named(log, person, sessions):
        call = log.call(person, session)
        parts = []
        if call.turns:  # an open call's envelope stays sealed until the call is over
            parts = [STILL_OPEN] if call.version and not call.ended else titled(log, person, call)
        shown.append(PageCall(call, log.turns(person, session), log.times(person, session), parts))
    return page(shown, "" if shown else "No calls")


def table_rows(log: Log, person: int, sessions: Sequence[str] = ()) -> Iterator[dict[str, Any]]:
    """A row for everything that somebody said."""
    from bot.rendering.text import voice

    for session in _named(log, person, sessions):
        call = log.call(person, session)
        times = log.times(person, session)
        for turn in log.turns(person, session):
            about = {"call": session, "n": turn.n, "phase": str(turn.phase), "at": times[turn.n]}
            about |= {"scenario": call.scenario, "outcome": call.outcome or "unfinished"}
            if turn.n:
                yield about | {"speaker": "You", "text": turn.said, "moves": ", ".join(turn.moves), "level": ""}
            level = "" if turn.level is None else turn.level
            for line in turn.lines:
                yield about | {"speaker": voice(line, call), "text": line.text, "moves": "", "level": level}


def _plays(log: Log, person: int, sessions: Sequence[str]) -> Iterator[str]:
    from dialogs.transcript import write_play

    for session in _named(log, person, sessions):
        call = log.call(person, session)
        if call.version:
            yield write_play(log.scenario(person, session), call.seed, log.turns(person, session), claim=call.note)
