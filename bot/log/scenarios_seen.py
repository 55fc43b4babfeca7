"""Scenarios as they were when their calls were held: whatever becomes of the files, a call replays with its own."""

from __future__ import annotations

import json
from dataclasses import fields
from functools import lru_cache
from typing import Any

from dialogs.call import Hidden, Opening
from dialogs.scenario import Scenario


def scenario_facts(scenario: Scenario) -> str:
    """Everything a call needs of its scenario, its manner's lines included, so that it replays when files have changed."""
    return _facts(scenario, scenario.version)


@lru_cache(maxsize=32)
def _facts(scenario: Scenario, version: str) -> str:
    kept = {f.name: getattr(scenario, f.name) for f in fields(scenario) if f.name not in ("source", "own_lines")}
    hidden = {f.name: getattr(scenario.hidden, f.name) for f in fields(scenario.hidden)}
    own = {h: list(lines) for h, lines in scenario.own_lines.items()}
    lines = {h: list(texts) for h, texts in scenario.lines.items()}
    return json.dumps(kept | {"own_lines": own, "lines": lines, "hidden": hidden, "version": scenario.version})


def scenario_from_facts(facts: str, source: str = "") -> Scenario:
    """The scenario as it was when the call was held."""
    kept: dict[str, Any] = json.loads(facts)
    lines = {h: tuple(texts) for h, texts in kept.pop("lines").items()}
    hidden: dict[str, Any] = kept.pop("hidden")
    version: str = kept.pop("version")
    known = {f.name for f in fields(Scenario)}
    kept["own_lines"] = {h: tuple(texts) for h, texts in kept["own_lines"].items()}
    kept["opening"] = Opening(kept["opening"])
    hidden["opening"] = Opening(hidden["opening"])
    scenario = Scenario(**{name: value for name, value in kept.items() if name in known}, source=source)
    # What was worked out then is kept, not worked out anew: manners, prices and house styles may have changed since.
    scenario.__dict__.update(lines=lines, hidden=Hidden(**hidden), version=version)
    return scenario


@lru_cache(maxsize=64)
def scenario_seen(scenario_id: int, path: str, facts: str, source: str) -> Scenario:
    """The scenario of this row in the log of this path, made once while it is in use."""
    return scenario_from_facts(facts, source)


def forget_scenarios() -> None:
    """Keep nothing of erased people's scenarios in memory."""
    scenario_seen.cache_clear()
    _facts.cache_clear()
