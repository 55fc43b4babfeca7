"""The drill: how open was that line?"""

from __future__ import annotations

from collections import Counter

import pytest

from dialogs.decode import NOTHING_TO_READ, drill, from_call, tally
from dialogs.decode_lines import SAMPLES
from dialogs.forbidden import other_candidate, protected_trait
from dialogs.scenario import HOUSES, KINDS
from tests.short_calls import BYE, HELLO, ONWARD, READY
from tests.short_calls import held as call_of


def test_the_lines_to_decode_span_levels_houses_and_reasons() -> None:
    assert len(SAMPLES) >= 40
    assert set(Counter(s.level for s in SAMPLES)) == {0, 1, 2, 3, 4}
    assert min(Counter(s.level for s in SAMPLES).values()) >= 7
    assert {s.house for s in SAMPLES} == set(HOUSES)
    assert len({s.kind for s in SAMPLES}) >= 15
    assert len({s.key for s in SAMPLES}) == len({s.said for s in SAMPLES}) == len(SAMPLES)
    for sample in SAMPLES:
        assert sample.level <= max(KINDS[sample.kind].ceiling, 1), sample.key
        assert not protected_trait(sample.said), sample.key
        assert not other_candidate(sample.said), sample.key


def test_a_drill_has_every_level_before_one_comes_twice() -> None:
    for seed in range(5):
        assert sorted(item.level for item in drill(seed, 5)) == [0, 1, 2, 3, 4]
    done = [s.key for s in SAMPLES if s.level != 2]
    assert all(item.key not in done for item in drill(1, 5, done=done) if item.level == 2)


def test_a_formula_betrays_no_reason() -> None:
    for item in drill(2, 20):
        assert len(set(item.reasons)) == len(item.reasons) == 4
        right = item.reasons[item.reason_right]
        assert (right == NOTHING_TO_READ) is (item.level <= 1)


def test_the_answers_of_a_call_can_be_decoded() -> None:
    scenario, _, turns = call_of(HELLO, READY, ONWARD, BYE)
    items = from_call(scenario, turns)
    assert [item.level for item in items] == [2, 3]
    assert items[0].asked == READY[0]
    assert items[0].judge(2, 0.9).right
    assert items[0].judge(3).points == 0.5


def test_being_sure_and_wrong_is_told() -> None:
    over = tally([{"guess": 3, "level": 1, "sure": 0.9}] * 6)
    assert over.brier == pytest.approx(0.81)
    assert over.lean == 2
    assert "more openness than there is" in over.text
    good = tally([{"guess": 1, "level": 1, "sure": 0.8}] * 4 + [{"guess": 2, "level": 1, "sure": 0.8}])
    assert good.right == 0.8
    assert "well judged" in good.text
    assert tally([]).count == 0


@pytest.mark.parametrize("guesses", [[(0, 4)], [(0, 4)] * 3, [(1, 0), (0, 4), (2, 0)], [(4, 0)] * 6])
def test_nothing_right_yet_is_told_kindly_with_what_to_look_at(guesses: list[tuple[int, int]]) -> None:
    text = tally([{"guess": guess, "level": level} for guess, level in guesses]).text
    assert "0%" not in text
    assert "0 at" not in text
    assert "at the exact level yet" in text
    assert "look" in text.lower() or "Ask of the next line" in text


def test_what_was_right_is_counted() -> None:
    assert tally([{"guess": 1, "level": 1}]).text == "One line decoded: at the right level."
    assert tally([{"guess": 1, "level": 1}] * 2).text == "2 lines decoded: all at the right level."
    some = [{"guess": 1, "level": 1}, {"guess": 2, "level": 1}, {"guess": 4, "level": 1}]
    assert tally(some).text == "3 lines decoded: 1 at the right level, 1 just one level off."
