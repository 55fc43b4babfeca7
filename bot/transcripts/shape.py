"""Whether what comes in from a file has the shape of what this program writes: each value of its kind, each time a time, each name one that is known.

The log itself refuses a text where a number belongs; what stands inside a JSON column it cannot see, and a single value that no reader expects
would hold up every page that has it on it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from dialogs.call import Hidden
from dialogs.kinds import KINDS
from dialogs.moves import Move
from dialogs.scenario import Scenario
from dialogs.scenario.tree import unseen

MOST_TIMERS = 50
MOST_DAYS = 36_500
_KINDS: Mapping[str, tuple[type, ...]] = {"str": (str,), "int": (int,), "float": (int, float), "bool": (bool,)}
_MOODS = ("trust_before", "patience_before", "minutes_before", "trust", "patience", "minutes")
_TIMES = ("at", "made_at", "due_at", "happened_at", "done_at", "fired_at")


def check_beside(head: Mapping[str, Any]) -> None:
    """What a person has beside calls. Raises ValueError or TypeError for what is not in shape."""
    for table, check in _BESIDE.items():
        for thing in head.get(table) or ():
            _check_times(thing)
            check(thing)
    if len(head.get("timers") or ()) > MOST_TIMERS:
        raise ValueError(f"there are more than {MOST_TIMERS} reminders")
    settings = head.get("settings") or {}
    days = settings.get("retention_days", 1)
    _check(
        _flat(settings) and isinstance(days, int) and not isinstance(days, bool) and 0 < days <= MOST_DAYS,
        "the settings",
    )


def check_on_call(call: Mapping[str, Any]) -> None:
    """A call's own id, what hangs on it, and what was answered in it. Raises ValueError or TypeError for what is not in shape."""
    _check(isinstance(call["session"], str) and isinstance(call["parent"], str | None), "its id")
    for table in ("help_used", "corrections", "debrief_guesses"):
        for thing in call.get(table) or ():
            _check_times(thing)
    for thing in call.get("corrections") or ():
        for move in thing["moves"]:
            Move(move)
    for turn in call["turns_held"]:
        for line in turn["answered"]:
            _check(isinstance(line["text"], str) and isinstance(line["heading"], str), "an answer")
            _check(not unseen(line["text"]), "an answer")
        _check(not unseen(turn["said"]), "what was said")
        _check(all(isinstance(each, str) for each in (*turn["rows"], *turn["why"])), "what fired")
        moods = [turn[name] for name in _MOODS]
        known = [isinstance(value, int | float) for value in moods]
        _check(all(known) or moods == [None] * len(moods), "how the call stood")
    for name in ("scenario", "title", "manager"):
        _check(not unseen(str(call[name])), name)
    _check(isinstance(call.get("extra", {}), dict), "extra")
    _check(not call["version"] or bool(call.get("scenario_as_called")), "the scenario")


def check_scenario(scenario: Scenario) -> None:
    """A scenario that was made of facts of elsewhere. Raises ValueError or KeyError."""
    for thing, of in ((scenario, Scenario), (scenario.hidden, Hidden)):
        for each in fields(of):
            kinds = _KINDS.get(str(each.type))
            _check(kinds is None or isinstance(getattr(thing, each.name), kinds), f"the scenario's {each.name}")
            _check(kinds != (str,) or not unseen(getattr(thing, each.name)), f"the scenario's {each.name}")
    _check(scenario.reason in KINDS, "the scenario's reason")
    _check(bool(scenario.manager.split()), "the scenario's manager")
    for lines in (*scenario.lines.values(), *scenario.own_lines.values()):
        _check(bool(lines) and all(isinstance(line, str) and not unseen(line) for line in lines), "a scenario's line")


def _check_times(thing: Mapping[str, Any]) -> None:
    for name in _TIMES:
        at = thing.get(name)
        _check(at is None or datetime.fromisoformat(at).tzinfo is not None, name)


def _timer(timer: Mapping[str, Any]) -> None:
    about = timer["about"]
    _check(isinstance(about, dict) and all(isinstance(v, str) for v in about.values()), "a reminder")


def _real_call(real: Mapping[str, Any]) -> None:
    _check(isinstance(real["plan"], dict) and isinstance(real["answers"] or {}, dict), "a planned call")
    plan, answers = dict(real["plan"]), dict(real["answers"] or {})
    card = plan.pop("card", None)
    _check(card is None or isinstance(card, dict), "a card")
    _check(_flat(plan) and _flat(answers), "a planned call")


def _flat(values: Mapping[str, Any]) -> bool:
    """Whether there is nothing but plain values in it."""
    return all(value is None or isinstance(value, str | int | float) for value in values.values())


def _check(true: bool, what: str) -> None:
    if not true:
        raise ValueError(f"{what} is out of shape")


def _as_columns(thing: Mapping[str, Any]) -> None:
    """The log's own columns are all there is to it."""


_BESIDE: Mapping[str, Callable[[Mapping[str, Any]], None]] = {
    "own_scenarios": _as_columns, "drills": _as_columns, "todo": _as_columns, "real_calls": _real_call, "timers": _timer,
}  # fmt: skip
