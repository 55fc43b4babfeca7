"""The calls of the log as progress counts them, for the terminal and the chat alike."""

from __future__ import annotations

from bot.log import Log, NotYours
from bot.log.calls import LoggedCall
from dialogs.progress import HeldCall, held

MOST = 200
"""Calls that are looked at; the latest."""


def held_calls(log: Log, person: int, *, scenario: str | None = None, limit: int = MOST) -> list[HeldCall]:
    """This person's practice calls that have ended, oldest first. A call in which nothing was said does not count."""
    found = log.calls(person, limit=limit, scenario=scenario, kind="practice", ended=True)
    return [kept for call in reversed(found) if (kept := held_call(log, person, call)) is not None]


def held_call(log: Log, person: int, call: LoggedCall) -> HeldCall | None:
    """One logged call as progress counts it; None when nothing was said in it, somebody was in distress in it, or its manager is
    not kept."""
    if call.turns == 0 or not call.version:
        return None
    try:
        scenario = log.scenario(person, call.session)
    except NotYours:
        return None
    turns = log.turns(person, call.session)
    if not any(turn.said.strip() for turn in turns):
        return None
    return held(
        scenario,
        call.seed,
        turns,
        session=call.session,
        when=call.started_at,
        meant=log.corrections(person, call.session),
    )
