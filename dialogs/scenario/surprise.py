"""Surprise me: a manager by lot, with a mood, minutes, a policy cap and a rank of the day.

    draw(17).name            # "ward-surprise-17"
    draw(17) == drawn_as("ward-surprise-17")

The scenario is drawn first, then the day from the scenario's name and the seed alone, so a drawn manager comes back from her
name whatever else has joined the library. What is drawn is part of the Scenario, and so of its version and of the log.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from random import Random

from dialogs.call import Opening
from dialogs.patterns import lazy
from dialogs.scenario.file import read_scenario
from dialogs.scenario.folders import library
from dialogs.scenario.scenario import Scenario
from dialogs.scenes import LEVELS

# How often policy allows which level at most. Most private employers say nothing or a formula (some seven in ten rejected
# candidates got no reason at all, one in twenty got answers to questions). A third of the library goes no further than a hint on
# any day, so the rest is drawn openly: tuned by `scenarios simulate --drawn` to two thirds of calls in average play at level 0-2.
CAPS: dict[int, float] = {0: 0.02, 1: 0.03, 2: 0.05, 3: 0.48, 4: 0.42}
WARMTH: dict[float, float] = {-0.5: 0.08, -0.25: 0.18, 0.0: 0.34, 0.25: 0.24, 0.5: 0.16}
MINUTES: dict[float, float] = {2.5: 0.15, 4.0: 0.3, 5.0: 0.3, 6.0: 0.15, 8.0: 0.1}
PATIENCE: dict[float, float] = {-0.5: 0.25, 0.0: 0.5, 0.5: 0.25}
SECOND_CHOICE = (
    0.35  # of managers whose story leaves the rank open; half of all first choices drop out or are followed by one
)
PICKS_UP = 0.5  # of the days of a manager whose machine answers otherwise
OWES_ANSWERS = ("panel", "agency")
"""Houses that owe or sell feedback: no day takes that away."""

_NAME = lazy(r"(?P<base>[^/\\]{1,80})-surprise-(?P<seed>\d{1,10})")
_RANK = lazy(
    r"\b(?:second choice|first choice|runner-up|came second|came third|second place|third)\b", flags=re.IGNORECASE
)


def draw(seed: int, names: Iterable[str] | None = None, *, extra: Path | None = None) -> Scenario:
    """The manager of this seed, from these scenarios (all when not said); `extra` is a folder of one's own.

    Neighbouring seeds draw different scenarios. Raises ValueError when there is none to draw from, BadScenario for a broken file.
    """
    known = library(extra)
    among = sorted(known if names is None else set(names) & set(known))
    if not among:
        raise ValueError("there is no scenario to draw from")
    # Two rounds make a lap: in the first everybody is called once, in the second those who can say more than a formula.
    rounds = [among, [name for name in among if not _tight(known[name])] or among]
    lap, at = divmod(seed, sum(map(len, rounds)))
    return the_day(_read(known[_order(rounds, lap)[at]]), seed)


def _order(rounds: list[list[str]], lap: int) -> list[str]:
    """The managers of one lap, shuffled round by round, nobody twice running."""
    order: list[str] = []
    last = "" if lap == 0 else _shuffled(rounds, 2 * lap - 1)[-1]
    for n in (2 * lap, 2 * lap + 1):
        part = _shuffled(rounds, n)
        if len(part) > 2 and part[0] == last:
            part[0], part[1] = part[1], part[0]
        order += part
        last = order[-1]
    return order


def _shuffled(rounds: list[list[str]], n: int) -> list[str]:
    part = list(rounds[n % 2])
    Random(f"surprise:{n}").shuffle(part)
    return part


_TIGHT = lazy(r"^(?:cap: *[01]|opening: *(?:voicemail|too early)) *$", flags=re.MULTILINE)


@lru_cache(maxsize=128)
def _tight(path: Path) -> bool:
    """Whether nothing beyond a formula can be had in this file, whatever is drawn; seen without reading all of it."""
    with path.open(encoding="utf-8", errors="replace") as file:
        return _TIGHT.search(file.read(4000)) is not None


def drawn_as(name: str, *, extra: Path | None = None) -> Scenario | None:
    """The drawn manager of this name, or None when it is no such name, or its scenario is gone."""
    parts = _NAME.fullmatch(name)
    path = library(extra).get(parts["base"]) if parts else None
    return the_day(_read(path), int(parts["seed"])) if parts and path else None


def the_day(scenario: Scenario, seed: int) -> Scenario:
    """The same manager on the day of this seed: mood, minutes, patience, cap and rank drawn anew, the reason as it was."""
    lot = Random(f"day:{scenario.name}:{seed}")
    warmth, minutes = _pick(lot, WARMTH), _pick(lot, MINUTES)
    patience = min(4.0, max(1.0, scenario.patience + _pick(lot, PATIENCE)))
    cap, second = int(_pick(lot, CAPS)), lot.random() < SECOND_CHOICE
    at_her_desk = lot.random() < PICKS_UP and may_pick_up(scenario)
    return replace(
        scenario,
        name=f"{scenario.name}-surprise-{seed}",
        opening=Opening.MANAGER if at_her_desk else scenario.opening,
        warmth=warmth,
        minutes=minutes,
        patience=patience,
        cap=_cap(scenario, cap),
        second_choice=scenario.second_choice if _tells_the_rank(scenario) else second,
    )


def may_pick_up(scenario: Scenario) -> bool:
    """Whether a manager whose machine answers has lines for picking up herself, on another day."""
    return scenario.opening is Opening.VOICEMAIL and "pickup" in scenario.own_lines


def _cap(scenario: Scenario, wanted: int) -> int:
    """The drawn cap, held where her lines end, and where her house owes an answer not under the scenario's own."""
    if scenario.house in OWES_ANSWERS:
        wanted = max(wanted, min(scenario.cap, 3))
    return min(wanted, _highest_written(scenario))


def _highest_written(scenario: Scenario) -> int:
    """The highest level (0-4) up to which every level has a line."""
    written = [bool(scenario.lines.get(heading)) for heading in LEVELS]
    return [*written, False].index(False) - 1


def _tells_the_rank(scenario: Scenario) -> bool:
    """Whether its story says which choice the candidate was; then that is no longer drawn."""
    told = " ".join((scenario.truth, scenario.thought, scenario.about, scenario.unlocks, scenario.teaches))
    return scenario.second_choice or _RANK.search(told) is not None


def _pick(lot: Random, weights: Mapping[float, float] | Mapping[int, float]) -> float:
    return lot.choices(list(weights), list(weights.values()))[0]


@lru_cache(maxsize=128)
def _read_stamped(path: Path, stamp: int) -> Scenario:
    return read_scenario(path)


def _read(path: Path) -> Scenario:
    return _read_stamped(path, path.stat().st_mtime_ns)
