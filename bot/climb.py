"""Where somebody stands on the ladder of calls: what to call next, and what for."""

from __future__ import annotations

from collections import defaultdict

from bot.log import Log
from dialogs.ladder import Result, following, rung_of


def next_rung(log: Log, person: int) -> str | None:
    """The manager to call next, by how this person's calls so far went; None when the ladder has been climbed."""
    results: dict[str, list[Result]] = defaultdict(list)
    for call in log.calls(person, kind="practice", ended=True):
        results[call.scenario].append((call.outcome or "", call.highest_level))
    return following(results)


def goal_of(name: str) -> str:
    """What a call with this manager is for; empty for one who is not on the ladder."""
    rung = rung_of(name)
    return f"Call {rung.number} of 9. {rung.goal}" if rung else ""
