"""What a debrief says of a guess, a plan and one more question goes by what the manager had said."""

from __future__ import annotations

from tests.short_calls import check, spoken

RUTH = "Hello, this is Ruth Okafor, I interviewed for the role last week. Is this a good moment?"
SETTLED = "I accept the decision, no hard feelings. Could you tell me why I didn't get it?"
BYE = "Thank you for your time, goodbye."
TESS = ("schoolhouse", RUTH, "I fully accept the decision. What's one thing I could do better next time?", "Was it that I didn't seem keen enough?")  # fmt: skip
TOLD = (RUTH, "I accept the decision, no hard feelings. Could you tell me one thing I should work on?", "That's fair. Was it the certification?")  # fmt: skip


def test_a_plan_for_something_else_than_the_reason_is_not_well_held_and_does_not_stay() -> None:
    debrief = spoken(*TESS, "I see, thank you. I'll wear a proper suit and polish my shoes next time.", BYE, seed=1)
    assert debrief.opened == 3
    assert debrief.change is not None
    assert debrief.change.fault == "plan beside"
    assert "suit" not in debrief.change.better
    assert "I see, thank you." in debrief.change.better
    assert debrief.card.key == "told"


def test_a_plan_for_something_else_alone_does_not_take_the_answer() -> None:
    found = check(spoken(*TESS, "I'll wear a proper suit and polish my shoes next time.", "Goodbye.", seed=1), "took")
    assert not found.yes
    assert found.note == "This plan is about something else than what Tess had told you."


def test_a_plan_for_the_reason_stays_and_takes_it() -> None:
    for plan in (
        "I'll prepare three questions about the school next time.",
        "I'll talk to the pupils more next time, suit or no suit.",
        "I'll show that I'm keen.",
        "Next time I'll do better.",
    ):
        debrief = spoken(*TESS, plan, BYE, seed=1)
        assert check(debrief, "took").yes
        assert debrief.change is not None
        assert debrief.change.fault != "plan beside", plan


def test_a_plan_made_before_anything_was_told_is_no_more_than_a_plan() -> None:
    found = check(spoken("museum", RUTH, "Why did I not get it?", "I'll get a new suit, then.", seed=2), "took")
    assert found.note == "Everard had not said what it was, so nobody knows yet whether this plan meets it."


def test_a_plan_for_that_is_one_for_what_was_told_and_so_is_one_that_names_it_beside() -> None:
    for plan in ("I will prepare that properly next time.", "No questions at all, right. I'll never wear a tie again."):
        debrief = spoken(*TESS, plan, BYE, seed=1)
        assert debrief.change is not None
        assert debrief.change.fault != "plan beside", plan


def test_a_guess_that_passes_by_a_hint_does_not_ask_on_from_it() -> None:
    debrief = spoken("harbour", RUTH, SETTLED, "Was it my clothes?", BYE, seed=3)
    assert debrief.opened >= 2
    found = check(debrief, "onward")
    assert (found.yes, found.note) == (False, "This guess went past the hint that Dana had just given.")
    small = check(debrief, "narrow")
    assert small.yes
    assert small.note == "Dana said no to this guess. What counts is that it asked about one thing."
    assert debrief.change is not None
    assert debrief.change.fault == "past the hint"
    assert "clothes" not in debrief.change.better
    assert debrief.worked is not None
    assert debrief.worked.quote.words != "Was it my clothes?"


def test_a_guess_near_the_reason_asks_on_from_a_hint() -> None:
    for guess in ("Was it the certification?", "Was it one of my skills?", "Which line was it?"):
        assert check(spoken("harbour", RUTH, SETTLED, guess, BYE, seed=3), "onward").yes, guess


def test_a_guess_that_got_neither_a_yes_nor_a_no_is_not_said_to_have_opened_anything() -> None:
    debrief = spoken("harbour", RUTH, "I accept the decision. Was it one of my skills?", BYE, seed=3)
    note = check(debrief, "narrow").note
    assert note == "Dana said neither yes nor no to this guess. What counts is that it asked about one thing."
    assert debrief.worked is not None
    assert "skills" in debrief.worked.quote.words
    assert "neither" in debrief.worked.why


def test_one_question_more_after_all_was_told_is_free_and_the_next_ones_are_to_be_left() -> None:
    once = spoken("harbour", *TOLD, "I see, that makes sense. Could you give me an example?", BYE, seed=3)
    assert once.change is not None
    assert once.change.fault != "all told"
    asked = ("Okay. And which part of it counted most?", "And what would have made the difference?", "And was there anything else?")  # fmt: skip
    often = spoken("harbour", *TOLD, "I see, that makes sense. Could you give me an example?", *asked, seed=3)
    change = often.change
    assert change is not None
    assert (change.fault, change.turn) == ("all told", 5)
    assert "short close" in change.why
    assert "?" not in change.better
    assert often.card.key == "all told"


def test_a_third_question_where_nobody_is_told_more_than_the_formula_is_to_be_left() -> None:
    asked = ("Was it my experience?", "Was it the interview, then?", "Which part of it was it?", BYE)
    change = spoken("museum", RUTH, SETTLED, *asked).change
    assert change is not None
    assert (change.fault, change.turn) == ("all told", 4)
    assert "in this call" in change.why.lower()


def test_a_broad_question_that_brought_the_reason_is_not_held_against_what_is_praised() -> None:
    lines = ("Bea hi! Noor from Tuesday. Got a mo?", "I'm at peace with the decision, no hard feelings.", "Was it something at the lunch?", "Oh god. Okay. I can take it. What did I do?")  # fmt: skip
    for seed in range(44, 56):
        debrief = spoken("lantern", *lines, "You're a star. Bye Bea!", seed=seed)
        found = check(debrief, "onward")
        if debrief.worked and debrief.worked.quote in found.quotes and not found.yes:
            assert "all the same" in found.note


def test_somebody_from_a_day_has_said_their_name() -> None:
    debrief = spoken("lantern", "Bea hi! Noor from Tuesday. Got a mo?", SETTLED, BYE, seed=50)
    assert "no name" not in check(debrief, "name").note


def test_how_close_one_was_is_no_guess_at_a_reason() -> None:
    lines = ("Hi Wendell, Bex Hart, registrar interview Tuesday.", "Oh. Was I close then?", BYE)
    assert "guess" not in "".join(c.note for c in spoken("registry", *lines, seed=20).checks)
