"""The ladder: nine calls, each with one thing to learn, and two model calls to read before the first."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.ladder import whom_next, why_next
from bot.library import managers
from bot.log import Log
from bot.session import Session
from dialogs.ladder import GOALS, TRIES, following, model_calls, rungs
from dialogs.scenario import Scenario
from dialogs.transcript import read_play
from tests.logged import ear
from tools.docs import SAMPLE
from tools.model_calls import MODEL_CALLS, held_again

NAMES = ["harbour", "ward", "castellan", "corner", "lantern", "council", "ledger", "werk", "ironworks"]


def test_nine_calls_lead_from_easy_to_hard() -> None:
    assert [rung.name for rung in rungs()] == NAMES
    assert [rung.number for rung in rungs()] == list(range(1, 10)) == list(GOALS)
    assert all(rung.teaches and rung.goal for rung in rungs())


def test_the_third_call_is_to_be_hung_up_on() -> None:
    third = rungs()[2]
    assert "hung up on" in third.goal
    assert third.reached("cut_off", 0)
    assert not third.reached("warm", 1)


def test_a_rung_is_left_when_its_goal_is_reached_or_after_three_tries() -> None:
    assert following({}) == "harbour"
    assert following({"harbour": [("warm", 1)]}) == "harbour"
    assert following({"harbour": [("warm", 1), ("warm", 3)]}) == "ward"
    assert following({"harbour": [("cold", 0)] * TRIES}) == "ward"
    assert following({name: [("cold", 0)] * TRIES for name in NAMES}) is None


def test_above_the_ladder_comes_whoever_was_called_least_and_it_is_said_so(log: Log) -> None:
    me, known = log.local().id, managers()
    for name in NAMES:
        assert whom_next(log, me, known) == name
        assert why_next(log, me, name).startswith(f"Rung {NAMES.index(name) + 1} of the ladder, the ")
        for _ in range(TRIES):
            call_with(log, known[name])
    beside = [name for name in known if name not in NAMES]
    for name in beside:
        assert whom_next(log, me, known) == name
        assert "climbed the whole ladder" in why_next(log, me, name)
        for _ in range(TRIES + (name == beside[0])):
            call_with(log, known[name])
    assert whom_next(log, me, known) == NAMES[0]
    assert "climbed the whole ladder" in why_next(log, me, NAMES[0]), "also where it is somebody of the ladder"


def test_where_the_next_rung_cannot_be_called_nobody_is_told_that_the_ladder_is_climbed(log: Log) -> None:
    me = log.local().id
    assert whom_next(log, me, NAMES[1:]) == NAMES[1]
    assert why_next(log, me, NAMES[1]) == ""
    assert whom_next(log, me, []) is None


def call_with(log: Log, manager: Scenario) -> None:
    Session.start(log, log.local().id, manager, 1, ear=ear).hang_up()


def test_the_model_calls_are_with_the_same_manager_and_differ_in_what_they_open() -> None:
    bad, good = model_calls()
    assert bad.scenario == good.scenario == "clinic"
    assert bad.moments[0].says == good.moments[0].says
    told = " ".join(text for moment in good.moments for _, text in moment.says)
    kept = " ".join(text for moment in bad.moments for _, text in moment.says)
    assert "Willow Lane" in told
    assert "Willow Lane" not in kept


def test_the_model_calls_and_the_readme_give_no_manager_of_the_ladder_away() -> None:
    on_the_ladder = {rung.name for rung in rungs()}
    assert not {call.scenario for call in model_calls()} & on_the_ladder
    assert read_play(SAMPLE.read_text(encoding="utf-8")).scenario not in on_the_ladder


def test_every_turn_of_a_model_call_has_a_remark() -> None:
    for call in model_calls():
        assert all(moment.note for moment in call.moments if moment.said)


@pytest.mark.parametrize("path", sorted(MODEL_CALLS.glob("*.txt")), ids=lambda p: p.stem)
def test_a_model_call_is_what_the_manager_says_today(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert held_again(text) == text
    assert read_play(text).lines
