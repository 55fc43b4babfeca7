"""Floors under what hearing reaches on the examination set, with some slack; docs/hearing.md has the figures themselves."""

from __future__ import annotations

import random
from functools import cache

import pytest

from dialogs.hearing import Ear, full_fits
from dialogs.hearing.ear import Weight
from tools.hearing.corpus import EXAMINATION, Row, read
from tools.hearing.measure import Figures, measure

WEIGHTS: tuple[Weight, ...] = ("light", "full") if full_fits() else ("light",)
FLOOR = {"light": 0.60, "full": 0.78}
MOVED_BY_SOFTWARE = {"light": 2, "full": 0}  # of some two dozen rows
each_weight = pytest.mark.parametrize("weight", WEIGHTS)


@cache
def sample() -> list[Row]:
    return random.Random(3).sample(read(EXAMINATION), 300)


@cache
def figures(weight: Weight) -> Figures:
    return measure(sample(), Ear(weight).hear)


@each_weight
def test_moves_are_heard_as_examined(weight: Weight):
    assert figures(weight).micro >= FLOOR[weight]


@each_weight
def test_a_calm_candidate_is_hardly_ever_taken_for_a_hostile_one(weight: Weight):
    assert figures(weight).false_alarm_rate <= 0.02


@each_weight
def test_probabilities_mean_what_they_say(weight: Weight):
    assert figures(weight).ece <= 0.03


@each_weight
def test_nothing_in_the_examination_that_addresses_the_software_moves_a_call(weight: Weight):
    rows = [r for r in read(EXAMINATION) if "software" in r.labels]
    assert measure(rows, Ear(weight).hear).moved_by_software <= MOVED_BY_SOFTWARE[weight]


@each_weight
def test_both_weights_score_the_same_labels(weight: Weight):
    light, other = Ear("light").evidence("hello there"), Ear(weight).evidence("hello there")
    assert light.total.keys() == other.total.keys()
    assert not other.encoder or other.encoder.keys() == other.light.keys()
