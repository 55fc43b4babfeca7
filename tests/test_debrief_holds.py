"""Whatever a debrief says is true of the call: checked here from the turns alone, without the debrief's own reading of them.

Every play in tests/calls, calls of simulated candidates, and calls put together by lot from lines that are bare, rude, pleading, misspelt or half
understood: 100 of each in the suite. More of them, and with other seeds:

    RUNNER_UP_CALLS=500 pytest tests/test_debrief_holds.py
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from dialogs.practice import Practice, Turn
from dialogs.review import review
from dialogs.scenario import Scenario
from tests.calls_as_typed import TYPED
from tests.debriefed import EAR, PLAYS, SCENARIOS, held, put_together, simulated
from tests.debriefed_facts import (
    little_is_not_taken_for_much,
    no_two_statements_exclude_each_other,
    one_check_does_not_contradict_another,
    the_aim_is_told,
    the_card_tells_what_was_not_done,
    the_checks_agree_with_the_moves,
    the_levels_are_those_of_the_log,
    the_quotes_are_verbatim,
    the_quotes_carry_what_they_show,
    the_sentences_are_whole,
    the_words_are_about_words,
    what_is_doubted_was_heard_with_doubt,
    what_was_asked_is_not_said_to_be_missing,
    who_was_known_at_once_was_known_at_once,
)
from tests.debriefed_words import (
    nothing_is_asked_for_that_was_given,
    nothing_is_settled_before_it_is_decided,
    the_better_line_fits_its_place,
    the_better_line_is_short_and_says_nothing_twice,
    the_better_line_is_spelled_right,
    the_better_line_keeps_what_was_good,
    the_better_line_opens_as_far_as_it_says,
    the_envelope_opens_as_far_as_it_says,
    the_last_word_speaks_of_what_was_told,
    what_is_praised_stays,
)


@pytest.mark.parametrize("path", PLAYS, ids=lambda p: p.stem)
def test_the_debrief_of_a_play_is_true(path: Path) -> None:
    check(*held(path))


@pytest.mark.parametrize(("manager", "lines"), TYPED)
def test_the_debrief_of_a_call_as_people_type_is_true(manager: str, lines: tuple[str, ...]) -> None:
    practice = Practice(SCENARIOS[manager], 1, ear=EAR.hear)
    turns = [practice.begin()]
    for line in lines:
        if not practice.ended:
            turns.append(practice.hear(line))
    check(SCENARIOS[manager], 1, turns)


def test_the_debriefs_of_simulated_calls_are_true() -> None:
    for scenario, seed, turns in simulated():
        check(scenario, seed, turns)


def test_the_debriefs_of_calls_put_together_by_lot_are_true() -> None:
    for scenario, seed, turns in put_together():
        check(scenario, seed, turns)


def check(scenario: Scenario, seed: int, turns: Sequence[Turn]) -> None:
    debrief = review(scenario, seed, turns, ear=EAR.hear)
    said = {t.n: t.said for t in turns}
    the_quotes_are_verbatim(debrief, said)
    the_levels_are_those_of_the_log(debrief, scenario, turns)
    the_checks_agree_with_the_moves(debrief, scenario, turns)
    if debrief.distressed:  # nothing more is said of it
        return
    what_is_doubted_was_heard_with_doubt(debrief, turns)
    one_check_does_not_contradict_another(debrief, turns)
    no_two_statements_exclude_each_other(debrief)
    little_is_not_taken_for_much(debrief, turns)
    the_better_line_is_spelled_right(debrief, turns)
    what_was_asked_is_not_said_to_be_missing(debrief, turns)
    nothing_is_settled_before_it_is_decided(debrief, scenario)
    the_better_line_fits_its_place(debrief, turns)
    the_sentences_are_whole(debrief)
    the_better_line_opens_as_far_as_it_says(debrief, scenario, seed, turns)
    the_envelope_opens_as_far_as_it_says(debrief, scenario, seed, turns)
    the_words_are_about_words(debrief, scenario)
    the_better_line_is_short_and_says_nothing_twice(debrief, turns)
    the_better_line_keeps_what_was_good(debrief, turns)
    the_last_word_speaks_of_what_was_told(debrief, turns)
    nothing_is_asked_for_that_was_given(debrief, turns)
    what_is_praised_stays(debrief)
    the_quotes_carry_what_they_show(debrief)
    who_was_known_at_once_was_known_at_once(debrief, turns)
    the_card_tells_what_was_not_done(debrief, scenario, turns)
    the_aim_is_told(debrief, scenario, turns)
    assert json.loads(json.dumps(debrief.as_json()))["opened"] == debrief.opened
    assert review(scenario, seed, turns, ear=EAR.hear) == debrief
