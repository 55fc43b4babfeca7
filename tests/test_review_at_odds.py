"""No two lines of a debrief say the opposite of the same thing: calls a stranger held, heard from their words."""

from __future__ import annotations

from dialogs.practice import Practice
from dialogs.review import Debrief, parts, review
from tests.debriefed import EAR, SCENARIOS
from tests.test_review import BYE, HELLO, READY, check, debriefed


def spoken(scenario: str, *lines: str, seed: int = 1) -> Debrief:
    """The debrief of this call, every line heard."""
    practice = Practice(SCENARIOS[scenario], seed, ear=EAR.hear)
    turns = [practice.begin()]
    for line in lines:
        if not practice.ended:
            turns.append(practice.hear(line))
    return review(SCENARIOS[scenario], seed, turns, ear=EAR.hear)


def text(debrief: Debrief) -> str:
    return "\n".join(part.text for part in parts(debrief))


# -- the aim and the checks --------------------------------------------------------------------------------

WHY = ("Why didn't I get it?", "ask_open")
FAIR = ("I accept the decision.", "accept")
WHICH = ("Which of the requirements was it?", "probe")


def test_the_aim_is_not_reached_whole_where_a_check_says_that_a_part_of_it_was_left_out() -> None:
    debrief = debriefed(HELLO, WHY, FAIR, WHICH, WHICH, WHICH, BYE)
    assert debrief.opened == 3
    assert not check(debrief, "settled").yes
    assert not debrief.reached
    assert "You reached it" not in text(debrief)
    assert "You heard what decided it. What is still to try: accepting the decision first." in text(debrief)


def test_the_aim_is_reached_where_every_part_of_it_is_a_yes() -> None:
    debrief = debriefed(HELLO, READY, WHICH, BYE)
    assert check(debrief, "settled").yes
    assert debrief.reached
    assert "You reached it." in text(debrief)


# -- which answer was taken --------------------------------------------------------------------------------

FAIR_THEN = ("Ok, that's fair. Thanks, I'll work on it.", "accept,thank,commit")


def test_what_shows_that_the_answer_was_taken_was_said_after_the_answer_that_told_most() -> None:
    took = check(debriefed(HELLO, WHY, FAIR, WHICH, WHICH, FAIR_THEN, BYE), "took")
    assert took.yes
    assert [q.turn for q in took.quotes] == [6]
    assert not took.note


def test_kind_words_that_came_before_the_reason_are_said_to_have_taken_an_earlier_answer() -> None:
    took = check(debriefed(HELLO, WHY, FAIR, WHICH, WHICH, ("Bye.", "close")), "took")
    assert took.yes
    assert [q.turn for q in took.quotes] == [3]
    assert took.note.startswith("This took an earlier answer.")
