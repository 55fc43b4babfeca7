"""What a better line asks about is what was said to have counted, never what was said not to have been it."""

from __future__ import annotations

import pytest

from dialogs.review.better import only_exclaims
from dialogs.review.standing import held
from tests.short_calls import spoken

HELLO = "Hello, this is Sam Ortiz, about the interview last week. Is this a good moment?"


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        ("Your interview was fine. Something changed on our side.", "changed"),
        ("That wasn’t it. Your interview was fine. Something has changed on our side.", "changed"),
        ("It wasn't the interview. It was something on the requirements side.", "requirements"),
        ("It was a single criterion. It wasn't your experience.", ""),
        ("Nothing to do with your experience, it was your answers.", "answers"),
        ("The interview was fine, but your examples were thin.", "examples"),
        ("Nothing wrong with your skills.", ""),
        ("Your experience wasn't the problem.", ""),
        ("It's a scheduling thing, pal. Nothing you did in the interview.", ""),
        ("I wouldn't look for it in anything you did in the interview.", ""),
        ("On experience you were level. It was the formal side of things.", ""),
        ("You could've had a perfect interview and it'd have gone the same way, I think.", ""),
        ("Your background is impressive, and we chose a different candidate for the position.", ""),
        # What only says that something was too little rules nothing out.
        ("On experience you weren't level.", "experience"),
        ("Your experience wasn't quite enough.", "experience"),
        ("You weren't the closest match.", "match"),
        ("The interview was where it was lost.", "interview"),
        ("It changed what we look for in the interview.", "interview"),
    ],
)
def test_a_question_leans_on_what_counted_and_not_on_what_was_ruled_out(answer: str, word: str) -> None:
    assert held(answer) == word


@pytest.mark.parametrize(
    "formula",
    [
        "You weren't the one we took on. I know that's not much of an answer.",
        "We thought about it properly, and the answer at the end was no.",
        "You made a very good impression, and they chose somebody else.",
    ],
)
def test_a_formula_says_nothing_of_what_the_candidate_did(formula: str) -> None:
    assert held(formula, formula=True) == ""


def test_no_better_line_asks_which_answer_it_was_after_a_formula() -> None:
    better = [
        found.change.better
        for seed in range(1, 13)
        if (found := spoken("foundry", HELLO, "Why was it not me?", "ok", seed=seed)).change is not None
    ]
    assert better
    assert not [line for line in better if "answer" in line]


def test_no_better_line_asks_about_what_was_just_ruled_out() -> None:
    better = []
    for seed in range(1, 13):
        change = spoken("foundry", HELLO, "I accept the decision. Was it my interview?", "foundry", seed=seed).change
        assert change is not None
        better.append(change.better)
    assert not [line for line in better if "interview" in line]
    assert any("changed" in line for line in better)


@pytest.mark.parametrize("cry", ["Oh no.", "oh no!", "Oh. Wow.", "Ugh,"])
def test_an_answer_is_taken_without_the_cry_that_met_it(cry: str) -> None:
    assert only_exclaims(cry)


@pytest.mark.parametrize("said", ["Oh no, that was me.", "Well done.", "No hard feelings.", "My fault."])
def test_a_sentence_that_says_something_is_no_cry(said: str) -> None:
    assert not only_exclaims(said)


@pytest.mark.parametrize("guess", ["Was it my interview?", "was it my clothes?", "did i lose it on my sql?"])
def test_a_guess_that_was_denied_is_not_said_to_have_opened_anybody(guess: str) -> None:
    found = spoken("foundry", HELLO, f"I accept the decision. {guess}", "thanks bye").worked
    assert found is not None
    assert "guess" in found.why
    assert "This line did that" not in found.why


def test_a_question_that_guessed_nothing_wrong_is_praised_for_what_it_opened() -> None:
    asked = "I accept the decision. Could you tell me one thing I should work on?"
    found = spoken("foundry", HELLO, asked, "thanks bye").worked
    assert found is not None
    assert "guess" not in found.why
