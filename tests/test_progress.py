"""How the calls have gone, by skill and by level."""

from __future__ import annotations

import json

from dialogs.progress import held, progress, sparkline
from tests.managers import manager
from tests.short_calls import BYE, HELLO, ONWARD, READY
from tests.short_calls import held as call_of


def test_progress_counts_skills_and_levels() -> None:
    poor = held(*call_of(HELLO, ("Why wasn't it me?", "ask_open"), ("Bye.", "close")), session="a")
    good = held(*call_of(HELLO, READY, ONWARD, BYE), session="b")
    found = progress([poor, poor, good, good])
    assert found.shares == (1 / 3, 1 / 3, 1, 1)
    skills = {s.name: s for s in found.skills}
    assert skills["groundwork"].trend == 1
    assert skills["opening"].share == 1
    assert "67 % of what could be opened, and all of it in 2 of 4 calls" in found.text
    assert "33 % of what could be opened\n" in progress([poor]).text
    assert "all that could be opened" in progress([good]).text
    assert progress([]).text.startswith("No calls yet")
    assert json.loads(json.dumps(found.as_json()))["calls"][3]["share"] == 1


def test_a_machine_and_a_front_desk_do_not_count_against_openness() -> None:
    scenario, seed, turns = call_of(("Hi, it's Sam.", "greet,introduce"), scenario=manager(opening="voicemail"))
    assert held(scenario, seed, turns).share is None
    scenario, seed, turns = call_of(("Why?", "ask_open"), scenario=manager(opening="reception"))
    assert held(scenario, seed, turns).share is None


def test_a_sparkline_has_a_bar_for_every_call() -> None:
    assert sparkline([0, 0.5, 1]) == "▁▅█"
    assert sparkline([]) == ""
