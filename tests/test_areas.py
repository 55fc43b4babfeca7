"""Claims about areas: what a question is about, by the words that name it."""

from __future__ import annotations

import pytest

from dialogs.hearing.areas import AREAS, areas_asked, areas_in, near
from dialogs.hearing.asked import guessed_areas


@pytest.mark.parametrize(
    ("said", "area"),
    [
        ("Was it that I hadn't finished my certification?", "certificate"),
        ("Were my shoes the problem?", "presentation"),
        ("did the panel think I rambled", "answers"),
        ("is it because I left my last employer in a hurry", "exit_story"),
        ("Did somebody already have it in-house?", "internal"),
        ("should I have put more figures in", "numbers"),
        ("was I overqualified?", "overqualified"),
        ("did one of my references say something", "references"),
        ("was the commute too far", "location"),
        ("Was my salary expectation off?", "pay"),
        ("was it something at lunch", "manners"),
        ("did you need more years in retail", "years"),
    ],
)
def test_an_area_is_named_by_its_words(said: str, area: str):
    assert area in areas_asked(said)


def test_an_area_outside_the_question_is_not_asked_about():
    assert areas_asked("I wore my good shoes. Was it my typing test?") == ("skills",)
    assert areas_in("I was later suited to start") == ()
    assert set(areas_in("CV, budget, shoes")) <= set(AREAS)


def test_a_figure_that_was_named_is_pay_and_a_no_to_numbers_is_not_said_about_it():
    assert "pay" in areas_asked("Would a lower figure have changed the outcome?")
    assert near("pay", ["numbers"])


def test_a_figure_of_speech_names_no_area():
    assert areas_asked("what would you do in my shoes") == ()
    assert areas_asked("Sorry, my phone died. I just wanted to ask how I did") == ()
    assert areas_asked("Was it my phone?") == ("manners",)


def test_a_guess_goes_on_after_because():
    assert guessed_areas("is it because I told you I had a problem with my boss") == ("exit_story",)
    assert guessed_areas("Was it that I didn't ask the kids anything?") == ("interest",)
    assert guessed_areas("I left because of my boss. Which answer was it?") == ()
