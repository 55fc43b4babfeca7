"""Where somebody stands on the ladder of calls: what to call next, and what for."""

from __future__ import annotations

from collections import defaultdict

from bot.log import Log
from dialogs.ladder import TRIES, Result, following, rung_of


def next_rung(log: Log, person: int) -> str | None:
    """The manager to call next, by how this person's calls so far went; None when the ladder has been climbed."""
    results: dict[str, list[Result]] = defaultdict(list)
    for call in log.calls(person, kind="practice", ended=True):
        results[call.scenario].append((call.outcome or "", call.highest_level))
    return following(results)


def why_next(log: Log, person: int, name: str) -> str:
    """Why this manager is called when nobody was named: where they stand on the ladder, and the tries so far."""
    rung = rung_of(name)
    if rung is None:
        return "You have climbed the whole ladder, so this is somebody by lot."
    tries = sum(c.scenario == name for c in log.calls(person, kind="practice", ended=True))
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
