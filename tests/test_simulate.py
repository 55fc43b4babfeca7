"""Simulated candidates: a better caller opens more, everything that can be said is said, and no promise is broken.

The short form. The long one, 10,000 calls and every promise: runner-up scenarios simulate --soak --calls 530
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.call import TABLE
from dialogs.candidates import ACTS, STYLES, Remembering, as_heard, hold
from dialogs.candidates.talk import Said
from dialogs.hearing.ear import Ear
from dialogs.scenario import Scenario, library, read_scenario
from dialogs.scenario.reach import rows
from dialogs.scenes import Line, Speaker
from dialogs.simulate import Tally, alike, broken, order_faults, tallied
from dialogs.transcript import read_play
from tests.managers import manager

LIBRARY = {name: read_scenario(path) for name, path in library().items()}
OPENINGS = ("manager", "reception", "voicemail", "bad moment", "email hr", "too early")


@pytest.fixture(scope="module")
def ear() -> Remembering:
    return Remembering(Ear("light").hear)


@pytest.fixture(scope="module")
def tallies() -> dict[str, Tally]:
    """Every scenario, the rules alone: 390 calls each."""
    return {name: tallied(scenario, 390, ear=None) for name, scenario in LIBRARY.items()}


def test_a_candidate_of_the_same_style_and_seed_holds_the_same_call(ear: Remembering) -> None:
    for style in STYLES:
        one, two = (hold(LIBRARY["harbour"], 5, style, ear) for _ in range(2))
        assert [t.says for t in one.turns] == [t.says for t in two.turns]


def test_candidates_speak_sentences(ear: Remembering) -> None:
    said = {t.said for style in STYLES for seed in range(4) for t in hold(LIBRARY["ward"], seed, style, ear).turns}
    assert len(said) > 120
    assert not any("{" in text for text in said)
    assert not said & set(ACTS)


def test_acts_count_as_their_moves_without_an_ear() -> None:
    heard = as_heard(Said("I accept it. Was it my age?", ("accept", "ask_years")))
    assert [str(m) for m in heard.moves] == ["accept", "ask_specific"]
    assert heard.areas == ("years",)


@pytest.mark.parametrize("name", LIBRARY)
def test_the_model_caller_opens_more_than_the_terse_and_the_terse_more_than_the_hostile(
    name: str, ear: Remembering
) -> None:
    tally = tallied(LIBRARY[name], 36, ear=ear, styles=("model", "terse", "hostile"))
    assert order_faults(tally, LIBRARY[name]) == []


def test_two_calls_in_a_row_share_less_than_a_quarter_of_their_lines(tallies: dict[str, Tally]) -> None:
    assert {name: t.repetition() for name, t in tallies.items() if t.repetition() >= 0.25} == {}


def test_what_is_said_can_be_said(tallies: dict[str, Tally]) -> None:
    assert {name: t.surprises(LIBRARY[name]) for name, t in tallies.items() if t.surprises(LIBRARY[name])} == {}


def test_every_phase_is_reached_and_nearly_every_line_is_said(tallies: dict[str, Tally]) -> None:
    for name, tally in tallies.items():
        lines, _, phases = tally.coverage(LIBRARY[name])
        assert phases == 1.0, name
        assert lines > 0.88, (name, tally.missing_lines(LIBRARY[name]))


def test_every_row_of_the_table_is_taken_by_somebody(tallies: dict[str, Tally]) -> None:
    never = [row for n, row in enumerate(TABLE) if not any(n in t.rows for t in tallies.values())]
    assert [(row.triggers, row.phases, row.name) for row in never] == []


def test_a_row_that_can_be_taken_is_known_for_every_opening() -> None:
    known = {
        row
        for opening in OPENINGS
        for row in rows(manager(opening=opening, reason="answers", cap=4, second=True).hidden)
    }
    assert set(TABLE) - known == set()


def test_no_promise_is_broken_by_random_and_hostile_candidates(ear: Remembering) -> None:
    for name, scenario in LIBRARY.items():
        tally = tallied(scenario, 24, ear=ear, seed=900, styles=("random", "hostile", "strange"), soak=True)
        assert tally.broken == [], name


def test_a_broken_promise_is_named_and_kept_as_a_play(ear: Remembering) -> None:
    good = hold(LIBRARY["harbour"], 3, "model", ear)
    assert broken(good) == []
    capped = replace(good, scenario=_under_cap_1(good.scenario))
    assert "the cap is never passed" in broken(capped)
    line = Line(Speaker.MANAGER, "We hired Michael, at your age it is hard.", "specific")
    told = replace(good, turns=(*good.turns[:-1], good.turns[-1]._replace(lines=(line,))))
    told = replace(told, scenario=_with_line(told.scenario, line))
    promises = broken(told)
    assert "no manager names a protected trait ('at your age')" in promises
    assert "no manager names another person ('Michael')" in promises
    from dialogs.simulate import failing_play

    assert read_play(failing_play(told, promises[0])).scenario == "harbour"


def _under_cap_1(scenario: Scenario) -> Scenario:
    return replace(scenario, cap=1)


def _with_line(scenario: Scenario, line: Line) -> Scenario:
    return replace(scenario, own_lines={**scenario.own_lines, line.heading: (line.text,)})


def test_calls_are_alike_by_the_lines_they_share(ear: Remembering) -> None:
    call = hold(LIBRARY["harbour"], 1, "model", ear).turns
    assert alike(call, call) == 1.0
    assert alike(call, hold(LIBRARY["werk"], 1, "model", ear).turns) == 0.0


def test_tallies_add_up() -> None:
    whole = tallied(LIBRARY["harbour"], 39, ear=None)
    halves = tallied(LIBRARY["harbour"], 39, ear=None) + tallied(LIBRARY["harbour"], 39, ear=None, seed=50)
    assert halves.total == 2 * whole.total
    assert set(whole.lines) <= set(halves.lines)
