"""The debrief at a keyboard: what is typed is taken by its own number, and what is none is asked for once more."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.terminal.debrief import ask_again, ask_guess
from dialogs.review import Again, Guess
from dialogs.review.guess import level_guess

REASON = Guess("reason", "And what decided it?", ("pay", "years", "a test", "chemistry"), 2)
OFFERS = (Again(3, "Try again from turn 3"), Again(0, "The same call from the start"))


def typing(*words: str) -> tuple[list[str], Callable[[str], str | None], Callable[[str], None]]:
    """What is shown, and somebody who types these words one after another and then leaves."""
    shown: list[str] = []
    left = iter(words)
    return shown, lambda prompt: next(left, None), shown.append


@pytest.mark.parametrize("level", range(5))
def test_a_level_is_guessed_by_its_own_number(level: int) -> None:
    guess = level_guess("Dana", 2)
    shown, ask, say = typing(str(level))
    assert ask_guess(guess, say, ask) == guess.choices[level]
    assert f"  {level}  {guess.choices[level]}" in shown
    assert shown[-1] == ("Yes, that is it." if level == 2 else "Not quite: it was level 2, a hint at the direction.")


def test_a_guess_that_heard_the_advice_beside_one_reason_is_not_told_wrong() -> None:
    guess = level_guess("Dana", 3, advised=True)
    shown, ask, say = typing("4")
    assert ask_guess(guess, say, ask) == guess.choices[4]
    assert shown[-1].startswith("It counts: you heard one concrete reason, and advice besides.")
    assert [guess.answered(level) for level in range(5)] == [False, False, False, True, True]
    assert not level_guess("Dana", 3).answered(4)
    assert not level_guess("Dana", 2, advised=True).answered(3)


def test_reasons_have_no_numbers_of_their_own_and_begin_at_one() -> None:
    shown, ask, say = typing("3")
    assert ask_guess(REASON, say, ask) == "a test"
    assert "  1  pay" in shown


@pytest.mark.parametrize("nonsense", ["5", "x", "-1", "two", "99999", "²", "1.5"])
def test_what_is_no_choice_is_asked_for_once_more_with_what_is(nonsense: str) -> None:
    shown, ask, say = typing(nonsense, "4")
    assert ask_guess(REASON, say, ask) == "chemistry"
    (told,) = [line for line in shown if "none of these" in line]
    assert "from 1 to 4" in told
    assert "Enter" in told


def test_after_the_second_time_the_guess_is_left_in_words() -> None:
    shown, ask, say = typing("x", "y", "3")
    assert ask_guess(REASON, say, ask) is None
    assert shown[-1] == "Let's leave the guess, then."


def test_enter_passes_at_once() -> None:
    shown, ask, say = typing("", "3")
    assert ask_guess(REASON, say, ask) is None
    assert not any("none of these" in line for line in shown)


def test_another_try_is_asked_for_once_more_too() -> None:
    _, ask, say = typing("7", "2")
    assert ask_again(OFFERS, say, ask) is OFFERS[1]
