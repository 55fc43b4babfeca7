"""An imported transcript becomes calls in the log, marked as imported and never mixed with practised ones."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.log import Log
from bot.log.export import BadExport
from bot.log.people import random_id
from bot.log.store import stamp
from bot.transcripts.native import FORMAT, MINE, to_restore
from bot.transcripts.roles import manager_of, speaker_of, with_you
from bot.transcripts.shape import check_beside, check_on_call, check_scenario
from bot.transcripts.talk import BadTranscript, Conversation, Imported, Saying
from dialogs.call import Outcome, Phase
from dialogs.disclosure import read_line
from dialogs.hearing.heard import Aside, Cue, Heard
from dialogs.moves import ASKS, Move
from dialogs.practice import Ear
from dialogs.scenes import Speaker

_OUT_OF_SHAPE = (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError)
ASKING = "asking"  # the setting with what somebody was asked last (bot/telegram/handlers/asking.py)
SURE_ENOUGH = 0.6
LETTERS = frozenset({"mail"})
"""Forms of transcripts in which the employer answers an application, so that the reason need not be asked for first."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What an import brought: the new calls' ids, and how many were here already."""

    sessions: tuple[str, ...]
    already: int = 0


def keep(
    log: Log,
    person: int,
    imported: Imported,
    *,
    you: str | None = None,
    mine: bool = False,
    hearing: str = "",
    ear: Ear | None = None,
) -> Kept:
    """Keep what was read as new calls of this person. Raises WhichIsYou when it must be asked, BadTranscript.

    `mine`: a native export counts as this person's own practice again, and brings the rest of what was theirs along.
    """
    if imported.format == "native":
        return _take_in(log, person, imported, mine=mine)
    if ear is None:
        from bot.hearing import Ears

        hearing, ear = Ears("light")()
    now = log.clock()
    told = [with_you(talk, you) for talk in imported.conversations]
    sessions = [as_session(talk, imported.format, ear, hearing, now) for talk in told]
    return Kept(tuple(log.restore(person, {"format": FORMAT, "sessions": sessions})))


# -- our own exports ------------------------------------------------------------------------------------


def _take_in(log: Log, person: int, imported: Imported, *, mine: bool) -> Kept:
    check_calls(imported.lines[1:])
    head, *calls = imported.lines
    if mine:
        try:
            check_beside(head)
        except _OUT_OF_SHAPE as error:
            raise BadTranscript(f"line 1: this is not whole ({type(error).__name__}: {error}).") from None
    there = {c.session for c in log.calls(person, taken_back=True)}
    new = [c for c in calls if not (c["session"] in there and _same(log, person, c))]
    try:
        kept = log.restore(person, to_restore([_news(log, person, head) if mine else head, *new], mine=mine))
    except BadExport as error:
        raise BadTranscript(str(error)) from None
    if mine and isinstance(head.get("settings"), dict):
        _settings(log, person, head["settings"])
    return Kept(tuple(kept), len(calls) - len(new))


def _news(log: Log, person: int, head: dict[str, Any]) -> dict[str, Any]:
    """What is beside calls and not here yet; a scenario of the same name that is here stays."""
    here = log.export(person)
    own = {thing["name"] for thing in here["own_scenarios"]}
    news = dict(head)
    for name in MINE:
        if name != "settings" and isinstance(head.get(name), list):
            news[name] = [thing for thing in head[name] if thing not in here[name]]
    if "own_scenarios" in news:
        news["own_scenarios"] = [
            x for x in news["own_scenarios"] if not isinstance(x, dict) or x.get("name") not in own
        ]
    return news


def _same(log: Log, person: int, call: dict[str, Any]) -> bool:
    from bot.transcripts.native import _as_it_was

    return _as_it_was(log.export_call(person, call["session"])) == call


def _settings(log: Log, person: int, settings: dict[str, Any]) -> None:
    text = json.dumps({name: value for name, value in settings.items() if name != ASKING})  # that was asked there
    log.write(lambda db: db.execute("UPDATE people SET settings = ? WHERE id = ?", [text, person])).result()


def check_calls(calls: Iterable[dict[str, Any]]) -> None:
    """Raise BadTranscript for a call that could not be read, reviewed or replayed once it is in the log."""
    from bot.log.scenarios_seen import scenario_from_facts
    from bot.log.turns import turn_from_row

    for number, call in enumerate(calls, 2):
        try:
            turns = [_as_row(t) for t in call["turns_held"]]
            if [t[0] for t in turns] != list(range(len(turns))) or call["turns"] != len(turns) - 1:
                raise ValueError("turns are missing")
            for row in turns:
                turn_from_row(row)
            Phase(call["phase"])
            if call["outcome"] is not None:
                Outcome(call["outcome"])
            for at in (call["started_at"], call["last_at"], *(t["at"] for t in call["turns_held"])):
                datetime.fromisoformat(at)
            facts = (call.get("scenario_as_called") or {}).get("facts")
            if facts is not None:
                check_scenario(scenario_from_facts(json.dumps(facts)))
            check_on_call(call)
        except _OUT_OF_SHAPE as error:
            raise BadTranscript(f"line {number}: this call is not whole ({type(error).__name__}: {error}).") from None


_ROW = (
    "n said heard phase_before phase level trust_before patience_before minutes_before trust patience minutes rows why "
    "answered ended outcome"
).split()


def _as_row(turn: dict[str, Any]) -> list[Any]:
    row = [json.dumps(turn[c]) if c in ("heard", "rows", "why", "answered") else turn[c] for c in _ROW]
    if not isinstance(turn["said"], str) or not (turn["level"] is None or turn["level"] in range(5)):
        raise ValueError("a turn is out of shape")
    return row


# -- conversations of elsewhere -------------------------------------------------------------------------


def as_session(talk: Conversation, form: str, ear: Ear, hearing: str, now: datetime) -> dict[str, Any]:
    """A conversation in the shape of an exported call: moves heard in your words, levels read from hers."""
    start, times = _times(talk.sayings, now)
    turns = _turns(talk, ear, times, asked=form in LETTERS)
    levels = [t["level"] for t in turns if t["level"] is not None]
    manager = manager_of(talk)
    return {
        "session": random_id(),
        "parent": None,
        "scenario": "",
        "version": "",
        "title": talk.title,
        "manager": manager,
        "seed": 0,
        "engine": "",
        "hearing": hearing,
        "kind": "imported",
        "parent_turn": None,
        "taken_back": 0,
        "kept": 0,
        "started_at": start,
        "last_at": stamp(now),
        "ended_at": stamp(now),
        "turns": len(turns) - 1,
        "phase": str(Phase.ENDED),
        "outcome": turns[-1]["outcome"],
        "highest_level": max(levels, default=0),
        "reachable_level": 4,
        "note": "",
        "extra": {"form": form, "you": talk.you, "others": list(talk.others)},
        "turns_held": turns,
    }


def _times(sayings: Sequence[Saying], now: datetime) -> tuple[str, list[str]]:
    known: datetime | None = None
    out = []
    for s in sayings:
        at = _time(s.at) if s.at else None
        if at is None and s.offset is not None:
            at = (now if known is None else known) + timedelta(seconds=s.offset) if s.offset < 10**6 else None
            out.append(stamp(at) if at else stamp(now))
            continue
        out.append(stamp(at or now))
    return out[0] if out else stamp(now), out


def _time(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.astimezone()) if 1990 < at.year < 2200 else None
    except (ValueError, OverflowError):
        return None


def _turns(talk: Conversation, ear: Ear, times: Sequence[str], *, asked: bool) -> list[dict[str, Any]]:
    exchanges = _exchanges(talk, times)
    out: list[dict[str, Any]] = []
    phase, line = Phase.PICKUP, ""
    made: set[Move] = set()
    unanswered_letter = asked and len(exchanges) == 1  # nobody has left anything without a goodbye
    for n, (said, answered, at) in enumerate(exchanges):
        before = phase
        heard = ear(said, Cue(line, line.endswith("?"), asked)) if n else Heard()
        moves = frozenset(heard.moves) if n else frozenset()
        made |= moves
        asks = bool(moves & ASKS)
        asked |= asks
        her = [a["text"] for a in answered if a["speaker"] == Speaker.MANAGER]
        level = _level(her, asks=asks or (asked and n == 0), asked=asked)
        last = n == len(exchanges) - 1
        phase = _phase(phase, moves, level, last=last)
        line = her[-1].strip() if her else line
        out.append(
            {
                "n": n,
                "said": said,
                "heard": heard.as_json(),
                "phase_before": str(before),
                "phase": str(phase),
                "level": level,
                **dict.fromkeys(
                    ("trust_before", "patience_before", "minutes_before", "trust", "patience", "minutes"), None
                ),
                "rows": [],
                "why": [],
                "answered": answered,
                "ended": int(last),
                "outcome": str(_outcome(made, heard, out, level)) if last and not unanswered_letter else None,
                "at": at,
            }
        )
    return out


def _exchanges(talk: Conversation, times: Sequence[str]) -> list[tuple[str, list[dict[str, Any]], str]]:
    manager = manager_of(talk)
    out: list[tuple[str, list[dict[str, Any]], str]] = [("", [], times[0])]
    theirs = True  # whether the last words were the other side's
    for s, at in zip(talk.sayings, times, strict=True):
        if s.who != talk.you:
            heading = s.who if s.who != manager else ""
            out[-1][1].append({"speaker": str(speaker_of(s.who)), "heading": heading, "text": s.text})
            theirs = True
        elif theirs or len(out) == 1:
            out.append((s.text, [], at))
            theirs = False
        else:
            said, answered, began = out[-1]
            out[-1] = (f"{said}\n{s.text}", answered, began)
    return out


def _level(her: Sequence[str], *, asks: bool, asked: bool) -> int | None:
    """The level of this turn's answer: hers at its most open. What she says unasked counts when it is plainly a reason."""
    if not her or not asked:
        return None
    readings = [read_line(text) for text in her]
    if asks:
        return max(r.level for r in readings)
    open_ones = [r.level for r in readings if r.level >= 2 and r.sure >= SURE_ENOUGH]
    return max(open_ones, default=None)


def _phase(phase: Phase, moves: frozenset[Move], level: int | None, *, last: bool) -> Phase:
    if last:
        return Phase.ENDED
    if moves & {Move.ARGUE, Move.ACCUSE, Move.THREATEN}:
        return Phase.GUARDED
    if level is not None or moves & ASKS:
        return Phase.ANSWERING
    if Move.CLOSE in moves:
        return Phase.CLOSING
    return Phase.OPENING if phase is Phase.PICKUP and moves else phase


def _outcome(made: set[Move], heard: Heard, turns: Sequence[dict[str, Any]], level: int | None) -> Outcome:
    if len(turns) == 0 or heard.aside is Aside.HANG_UP:
        return Outcome.ABANDONED
    if made & {Move.THREATEN, Move.ACCUSE} or Move.ARGUE in made:
        return Outcome.COLD
    told = max([level or 0, *(t["level"] or 0 for t in turns)])
    return Outcome.WARM if told >= 2 and made & {Move.ACCEPT, Move.THANK} else Outcome.NEUTRAL
