"""Surprise me: a manager by lot, who comes back from her seed, her name and the log."""

from __future__ import annotations

from itertools import pairwise

from bot.library import find
from bot.log.scenarios_seen import scenario_facts, scenario_from_facts
from dialogs.candidates import AVERAGE_PLAY, hold
from dialogs.practice import Practice
from dialogs.scenario import library, read_scenario
from dialogs.scenario.surprise import CAPS, draw, drawn_as, the_day
from dialogs.scenes import LEVELS
from tests.managers import manager


def test_the_same_seed_draws_the_same_manager() -> None:
    assert draw(17) == draw(17)
    assert draw(17).version == draw(17).version


def test_neighbouring_seeds_draw_different_managers() -> None:
    managers = [draw(seed).manager for seed in range(200)]
    assert all(a != b for a, b in pairwise(managers))


def test_every_manager_of_the_library_is_drawn() -> None:
    drawn = {draw(seed).name.rpartition("-surprise-")[0] for seed in range(len(library()))}
    assert drawn == set(library())


def test_a_drawn_manager_comes_back_from_her_name_and_from_the_log() -> None:
    for seed in range(30):
        drawn = draw(seed)
        assert drawn_as(drawn.name) == drawn == find(drawn.name)
        kept = scenario_from_facts(scenario_facts(drawn), drawn.source)
        assert kept == drawn
        assert kept.version == drawn.version
        assert Practice(kept, 3).begin().says == Practice(drawn, 3).begin().says


def test_a_drawn_day_changes_the_version_and_never_the_reason() -> None:
    plain = read_scenario(library()["harbour"])
    days = [the_day(plain, seed) for seed in range(50)]
    assert len({day.version for day in days}) > 20
    assert {(day.reason, day.truth) for day in days} == {(plain.reason, plain.truth)}


def test_every_level_a_drawn_manager_can_reach_has_a_line() -> None:
    for path in library().values():
        scenario = read_scenario(path)
        for seed in range(30):
            day = the_day(scenario, seed)
            assert all(day.lines.get(heading) for heading in LEVELS[: day.hidden.reachable + 1])


def test_a_panel_owes_its_answer_on_any_day() -> None:
    panel = manager(house="panel", cap=3)
    assert {the_day(panel, seed).cap for seed in range(200)} <= {3, 4}


def test_about_two_thirds_of_calls_to_drawn_managers_end_at_level_0_to_2_in_average_play() -> None:
    play = [hold(draw(seed), seed, AVERAGE_PLAY[seed % len(AVERAGE_PLAY)]) for seed in range(1, 601)]
    low = sum(held.highest <= 2 for held in play) / len(play)
    assert 0.60 < low < 0.73


def test_every_cap_is_drawn_somewhere() -> None:
    open_house = manager(cap=4, reason="answers")
    assert {the_day(open_house, seed).cap for seed in range(300)} == set(CAPS)


def test_a_name_that_only_looks_drawn_is_no_manager() -> None:
    assert drawn_as("nobody-surprise-3") is None
    assert drawn_as("../harbour-surprise-3") is None
    assert drawn_as("harbour-surprise-") is None
