"""Nothing that can be heard is met with no line: in every scenario, in every phase, whatever is said beside what."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dialogs.call import LIVE, Phase
from dialogs.hearing.heard import Aside, Heard
from dialogs.hearing.matters import Matter
from dialogs.moves import Move
from dialogs.practice import Practice
from dialogs.scenario import Scenario, library, read_scenario
from dialogs.scenario.reach import phases

NAME = Heard.of("introduce")
WAYS: tuple[tuple[Heard, ...], ...] = (
    (),
    (Heard.of("ask_open"),),
    (Heard.of("ask_open"), Heard.of("ask_open")),
    (NAME,),
    (NAME, Heard.of("accept"), Heard.of("ask_open")),
    (NAME, Heard.of("accept", "thank"), Heard.of("ask_open"), Heard.of("ask_specific"), Heard.of("probe")),
    (NAME, Heard.of("argue")),
    (NAME, Heard.of("argue"), Heard.of("ask_open"), Heard.of("ask_open"), Heard.of("ask_open")),
    (NAME, *[Heard(aside=Aside.SILENCE)] * 5),
)
"""What was heard before: one after another, as far as the call lasts."""


def utterances() -> Iterator[Heard]:
    """Every single move, every matter, and every pair of the two; nothing at all, and what is not meant for her."""
    for aside in (Aside.SILENCE, Aside.SOFTWARE, Aside.FOREIGN, Aside.DISTRESS):
        yield Heard(aside=aside)
    for matter in Matter:
        for move in Move:
            yield Heard((move,), matter=matter, words=5)
        yield Heard((Move.OTHER,), matter=matter, wary=True, words=5)


UTTERANCES = tuple(utterances())


def after(scenario: Scenario, way: tuple[Heard, ...]) -> Practice | None:
    """The call when this was heard; None when it is over by then."""
    practice = Practice(scenario, 1)
    practice.begin()
    for heard in way:
        if practice.ended:
            return None
        practice.take(heard)
    return None if practice.ended else practice


@pytest.mark.parametrize("name", library())
def test_no_turn_in_any_live_phase_of_any_scenario_comes_back_without_a_line(name: str) -> None:
    scenario, seen = read_scenario(library()[name]), set[Phase]()
    for way in WAYS:
        practice = after(scenario, way)
        if practice is None:
            continue
        seen.add(practice.call.phase)
        for heard in UTTERANCES:
            turn = Practice.rebuild(scenario, 1, way).take(heard)
            assert all(turn.says), (way, heard, turn.rows)
            assert turn.lines, (way, heard, turn.rows)
    assert seen == set(phases(scenario.hidden)) & set(LIVE)
