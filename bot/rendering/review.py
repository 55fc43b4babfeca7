"""The debrief of a logged call, for the terminal, for a page and for machines."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bot.log import Log
from bot.log.calls import LoggedCall
from bot.prog_name import as_typed
from bot.rendering.text import head, local
from bot.terminal.debrief import ASK_ENVELOPE, how_to_correct
from bot.width import WIDTH, folded
from dialogs.plain_words import heard_as
from dialogs.review import Debrief
from dialogs.review import review as debriefed

if TYPE_CHECKING:
    from dialogs.postmortem import Postmortem


def of_practice(log: Log, person: int, call: LoggedCall) -> Debrief:
    """The debrief of a call with a scenario."""
    turns = log.turns(person, call.session)
    return debriefed(log.scenario(person, call.session), call.seed, turns, meant=log.corrections(person, call.session))


def of_real(log: Log, person: int, call: LoggedCall) -> Postmortem:
    """What can be read from a call with a real person."""
    from bot.postmortem import reading

    return reading(log, person, call)


def read(log: Log, person: int, call: LoggedCall) -> Debrief | Postmortem:
    """What is made of this call, of whichever kind it is."""
    return of_practice(log, person, call) if call.version else of_real(log, person, call)


def told_by(made: Debrief | Postmortem, *, envelope: bool = False) -> list[tuple[str, str]]:
    """Titles and texts of it; after distress the envelope only where it is asked for."""
    if isinstance(made, Debrief):
        from bot.rendering.html import debrief_parts

        return debrief_parts(made, opened=envelope)
    return made.parts()


def titled(log: Log, person: int, call: LoggedCall) -> list[tuple[str, str]]:
    """Titles and texts of what is said about this call."""
    return told_by(read(log, person, call))


def as_text(
    log: Log, person: int, call: LoggedCall, *, why: bool, envelope: bool = False, width: int = WIDTH
) -> Iterator[str]:
    """The review, a line at a time."""
    width = min(width, WIDTH)
    yield from head(call, at=local(call.started_at))
    made = read(log, person, call)
    for title, text in told_by(made, envelope=envelope):
        yield ""
        yield title
        for line in text.splitlines():
            yield folded(f"  {line}".rstrip(), width)
    if why:
        yield ""
        yield "Turn by turn"
        yield from _why(log, person, call, width)
    if isinstance(made, Debrief):
        if made.distressed and not envelope:
            yield ""
            yield as_typed(ASK_ENVELOPE.format(session=call.session))
        if how := how_to_correct(made, call.session):
            yield ""
            yield from map(as_typed, how)
        return
    ways = [
        ("To say how open an answer was", made.asks_how_open, " --level 0-4"),
        ("To say what you meant", bool(made.doubted), ""),
    ]
    for way, wanted, option in ways:
        if wanted:
            yield ""
            yield as_typed(f"{way}: runner-up sessions meant {call.session} TURN{option}")


def _why(log: Log, person: int, call: LoggedCall, width: int) -> Iterator[str]:
    turns = log.turns(person, call.session)
    if not call.version:
        for turn in turns[1:]:
            told = "; ".join(heard_as(m, turn.heard.scores.get(m, 1.0)) for m in turn.moves)
            line = f"Turn {turn.n}: heard {told or 'nothing'}"
            yield from textwrap.wrap(line, width, initial_indent="  ", subsequent_indent="    ")
        return
    from dialogs.explain import explain_call

    scenario = log.scenario(person, call.session)
    for turn, explained in zip(turns[1:], explain_call(turns, scenario), strict=False):
        yield f"  Turn {turn.n}"
        for line in explained:
            yield from textwrap.wrap(line, width, initial_indent="    ", subsequent_indent="      ")


def for_machines(log: Log, person: int, call: LoggedCall, *, envelope: bool = False) -> dict[str, Any]:
    """The review as plain values."""
    made = read(log, person, call)
    parts = [{"title": title, "text": text} for title, text in told_by(made, envelope=envelope)]
    row: dict[str, Any] = {"session": call.session, "kind": call.kind, "parts": parts}
    if isinstance(made, Debrief):
        told = made.as_json()
        if made.distressed and not envelope:
            del told["envelope"]
        return row | {"debrief": told}
    lines = [
        {"n": x.n, "text": x.text, "level": x.level, "sure": x.sure, "chances": list(x.reading.chances)}
        for x in made.lines
        if x.answers
    ]
    return row | {
        "lines": lines,
        "sure": round(made.sure, 4),
        "next": list(made.next_time),
        "ask": list(made.questions),
    }
