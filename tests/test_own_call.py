"""My own call: a scenario from a few answers, checked like any other."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.hearing.heard import Heard
from dialogs.practice import Practice
from dialogs.scenario import KINDS, parse_scenario
from dialogs.scenario.own_call import facts, make, questions, told
from dialogs.scenes import LEVELS


def test_nothing_answered_is_still_a_call() -> None:
    practice = Practice(make({}, 1), 1)
    assert practice.begin().says
    assert practice.take(Heard.of("introduce", "accept", "ask_open")).says


def test_the_answers_are_in_the_call() -> None:
    scenario = make({"company": "Harbour Mutual", "job": "nurse", "manager": "Dr Dana Whitfield", "guarded": "correct"})
    assert (scenario.company, scenario.job, scenario.first_name) == ("Harbour Mutual", "nurse", "Dana")
    assert scenario.manner == "formal"
    assert scenario.name == "own-harbour-mutual"


def test_the_same_answers_and_seed_make_the_same_scenario() -> None:
    answers = {"company": "Tern", "reason": "years"}
    assert make(answers, 5).source == make(answers, 5).source


def test_its_source_is_a_file_like_any_other() -> None:
    for seed in range(40):
        made = make({"company": "Björn & Söner: {x}", "job": "TODO", "manager": '"Ann" O\'Dea'}, seed)
        again = parse_scenario(made.source, name=made.name)
        assert again.version == made.version
        assert again == made


def test_what_one_fears_mostly_decided_it_and_never_stands_where_it_is_read_before() -> None:
    made = [make({"reason": "certificate"}, seed) for seed in range(60)]
    assert 0.6 < sum(s.reason == "certificate" for s in made) / 60 < 0.95
    assert all("certificate" not in f"{s.about} {s.teaches} {s.title}" for s in made)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_reason_has_lines_up_to_its_ceiling(kind: str) -> None:
    lines = told(kind).lines
    for heading in LEVELS[2 : KINDS[kind].ceiling + 1]:
        assert 4 <= len(lines[heading]) <= 6, heading
    assert all(LEVELS.index(heading) <= KINDS[kind].ceiling for heading in lines)


def test_every_choice_of_every_question_makes_a_scenario() -> None:
    for question in questions():
        for n, choice in enumerate(question.choices, 1):
            assert question.read(str(n)) == question.read(choice.label.upper()) == choice.value
            assert make({question.key: choice.label}, n).lines


def test_an_answer_that_is_not_offered_names_the_way_out() -> None:
    with pytest.raises(ValueError, match="'fate' is not offered for 'reason'; choose one of: years"):
        make({"reason": "fate"})
    with pytest.raises(ValueError, match="there is no question 'salary'"):
        make({"salary": "1"})


@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=200), st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_any_words_at_all_may_be_answered(company: str, job: str, manager: str, seed: int) -> None:
    scenario = make({"company": company, "job": job, "manager": manager}, seed)
    assert Practice(scenario, seed).begin().says


def test_the_card_holds_nothing_invented() -> None:
    shown = dict(facts(make({"company": "Harbour Mutual", "house": "panel", "manager": "Dana", "job": "clerk"})))
    assert shown == {
        "Call": "Dana",
        "At": "Harbour Mutual",
        "About": "the clerk post",
        "Expect": "a public panel that owes feedback by criterion",
    }
