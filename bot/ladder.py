"""Where somebody stands on the ladder of calls: what to call next, and what for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from bot.log import Log, LoggedCall
from dialogs.ladder import TRIES, Result, following, rung_of


def next_rung(log: Log, person: int) -> str | None:
    """The manager to call next, by how this person's calls so far went; None when the ladder has been climbed."""
    results: dict[str, list[Result]] = defaultdict(list)
    for call in _tries(log, person):
        results[call.scenario].append((call.outcome or "", call.highest_level))
    return following(results)


def _tries(log: Log, person: int) -> list[LoggedCall]:
    """The calls that count on the ladder. One in which somebody was in distress is no try: it counts only if it came to its goal."""
    apart = log.distressed(person)
    return [
        call
        for call in log.calls(person, kind="practice", ended=True)
        if call.session not in apart
        or ((rung := rung_of(call.scenario)) is not None and rung.reached(call.outcome or "", call.highest_level))
    ]


def whom_next(log: Log, person: int, names: Iterable[str]) -> str | None:
    """Of these managers the one to call when nobody was named: the next rung, and above the ladder whoever was called least."""
    known, following = list(names), next_rung(log, person)
    if following in known:
        return following
    held = log.held(person)
    return min(known, key=lambda name: held.get(name, 0), default=None)


def why_next(log: Log, person: int, name: str) -> str:
    """Why `whom_next` gave this manager: where one stands on the ladder, and the tries so far."""
    following, rung = next_rung(log, person), rung_of(name)
    if following is None:
        return "You have climbed the whole ladder, so this is whoever you have called least."
    if rung is None or name != following:
        return ""  # the next rung cannot be called here: its file has faults
    tries = sum(c.scenario == name for c in _tries(log, person))
    if tries == 0:
        first = rung.number == 1
        return f"Rung {rung.number} of the ladder, the {'easiest' if first else 'next one for you'}."
    return (
        f"Rung {rung.number} of the ladder once more: its goal was not reached yet. "
        f"This is try {tries + 1}; after {TRIES} the ladder goes on, whatever came of them."
    )


def goal_of(name: str) -> str:
    """What a call with this manager is for; empty for one who is not on the ladder."""
    rung = rung_of(name)
    return f"What this call is for: {rung.goal}" if rung else ""
