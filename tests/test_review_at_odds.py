"""No two lines of a debrief say the opposite of the same thing: calls a stranger held, heard from their words."""

from __future__ import annotations

import pytest

from dialogs.moves import Move
from dialogs.review import parts
from dialogs.review.better import Drafting
from dialogs.review.dared import COULD_BE_DARED
from dialogs.review.evidence import small_name
from dialogs.review.quoting import drops_it
from dialogs.review.story import Story
from dialogs.review.telling.opened import HOUSE_RULE
from tests.debriefed import SCENARIOS
from tests.short_calls import BYE, HELLO, READY, check, debriefed, held, spoken, text

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


@pytest.mark.parametrize(
    "wish", ["I hope it's all right that I ring.", "I hope that it's okay, my ringing you.", "Tell me if it's fine."]
)
def test_a_wish_that_the_call_be_fine_does_not_take_the_decision_as_settled(wish: str) -> None:
    heard = debriefed((f"Hello, this is Sam Lee. {wish}", "greet,introduce,accept"), READY, WHICH, BYE)
    assert [q.turn for q in check(heard, "settled").quotes] == [2]
    assert not check(debriefed((f"Hello, this is Sam Lee. {wish}", "greet,introduce,accept"), WHY, BYE), "settled").yes
    said = ("Hello, this is Sam Lee. It's all right that it was not me.", "greet,introduce,accept")
    assert check(debriefed(said, WHY, BYE), "settled").yes


def test_before_a_decision_the_question_for_the_moment_is_not_the_small_question() -> None:
    moment = ("Hello, this is Sam Lee. Am I catching you at a bad time?", "greet,introduce,door")
    later = ("May I ring again next week?", "door")
    small = check(debriefed(moment, later, BYE, scenario=SCENARIOS["registry"]), "narrow")
    assert small.yes
    assert [q.words for q in small.quotes] == [later[0]]


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


# -- names typed small -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scenario", "words"),
    [
        (
            "northlight",
            "um this is sam lee about the junior designer job. please call me back on 0161 496 0000. thanks bye",
        ),
        ("castellan", "hi yes its sam lee about the team lead job"),
        ("harbour", "hey. sam lee for the analyst job"),
    ],
)
def test_a_name_typed_small_is_found_where_hearing_took_it_for_one(scenario: str, words: str) -> None:
    debrief = spoken(scenario, words, "Thanks, bye.")
    named = check(debrief, "name")
    assert named.yes
    assert not named.note
    assert "no name" not in text(debrief)


def test_a_name_typed_small_in_answer_to_who_is_calling_is_one_or_is_asked_about() -> None:
    said = "sam lee, customer support team lead"
    heard = debriefed(("hi", "greet"), (said, "introduce"), READY, BYE, scenario=SCENARIOS["castellan"])
    assert check(heard, "name").yes
    assert [q.words for q in check(heard, "name").quotes] == [said]
    missed = debriefed(("hi", "greet"), (said, "answer"), READY, BYE, scenario=SCENARIOS["castellan"])
    assert check(missed, "name").note == "I did not hear this as your name. If it was, say so."


@pytest.mark.parametrize(
    "words", ["its about the interview", "marketing manager, the interview last week", "this is about the analyst job"]
)
def test_what_is_only_about_the_job_is_no_name_and_a_yes_never_says_that_none_was_found(words: str) -> None:
    at_the_manager = check(debriefed((words, "introduce"), READY, BYE), "name")
    assert at_the_manager.yes
    assert "no name" not in at_the_manager.note
    on_the_machine = check(debriefed((words, "introduce"), BYE, scenario=SCENARIOS["northlight"]), "name")
    assert not on_the_machine.yes
    assert on_the_machine.note == "I found no name in this. If there was one, say so."


@pytest.mark.parametrize(
    "said",
    [
        "no idea, sorry",
        "im so angry",
        "i was rejected last week",
        "fair enough, i interviewed",
        "x" * 4000,
        "ab" * 400,
        " hi" * 900,
    ],
)
def test_no_mood_and_no_post_is_taken_for_a_name(said: str) -> None:
    assert small_name(said, "Dana Whitfield") == ""


# -- a call that is there to be hung up on -------------------------------------------------------------------

CALLING = "Hello, this is Sam Lee. I interviewed for the customer support team lead job."
POLITE = (
    CALLING,
    "Is this a good moment?",
    "Could you tell me why it was not me?",
    "I accept that. Thank you, goodbye.",
)


def test_a_call_to_be_hung_up_on_that_was_held_politely_says_what_could_be_dared_and_mends_no_politeness() -> None:
    debrief = spoken("castellan", *POLITE)
    assert debrief.undared
    assert debrief.change is None
    assert [c.key for c in debrief.checks] == ["name", "said", "stayed", "question"]
    assert not check(debrief, "said").yes
    shown = text(debrief)
    assert "There was nothing to lose here" in shown
    assert all(line in shown for line in COULD_BE_DARED)
    assert "something small" not in shown
    assert "Something to dare" in [part.title for part in parts(debrief)]


@pytest.mark.parametrize("line", COULD_BE_DARED)
@pytest.mark.parametrize("seed", range(3))
def test_what_could_be_dared_is_heard_as_that(line: str, seed: int) -> None:
    debrief = spoken("castellan", *POLITE[:3], line, "Goodbye.", seed=seed)
    assert debrief.dared
    assert check(debrief, "said").yes
    assert check(debrief, "plain").yes


def test_all_that_could_be_dared_gets_one_hung_up_on() -> None:
    debrief = spoken("castellan", *POLITE[:3], *COULD_BE_DARED)
    assert check(debrief, "cost").yes
    assert "That was the whole aim" in text(debrief)


# -- what is the thing to change, and what another try would be ---------------------------------------------


def test_an_empty_line_is_only_the_thing_to_change_where_there_is_nothing_else() -> None:
    empty = ("", "!silence")
    for calls in ((HELLO, empty, WHY, BYE), (empty, HELLO, READY, WHICH, BYE), (HELLO, READY, empty, BYE)):
        for seed in range(3):
            change = debriefed(*calls, seed=seed).change
            assert change is None or change.fault != "nothing said"
    only = debriefed(empty, empty).change
    assert only is not None
    assert only.fault == "nothing said"


def test_the_same_call_and_a_new_one_are_told_apart() -> None:
    same, new = (offer.label for offer in debriefed(HELLO, READY, BYE).again[-2:])
    assert same == "The same call from the start: the same words get the same answers"
    assert new == "Same manager, new call: the answers come in other words"


# -- better lines ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_a_better_line_with_a_name_in_it_says_not_also_that_it_is_me(seed: int) -> None:
    called = ("It's me. The one you rejected on monday. Why?", "introduce,ask_open")
    named = ("Sam Lee.", "introduce")
    change = debriefed(called, named, WHY, BYE, scenario=SCENARIOS["corner"], seed=seed).change
    assert change is not None
    assert "It's me" not in change.better
    assert "The one you" not in change.better
    story = Story(*held(called, named, scenario=SCENARIOS["corner"], seed=seed))
    drafting = Drafting(story, None, story.rng("test"))
    drafting.parts = ["It's me.", "The one you rejected on monday.", "I respect the decision."]
    assert drafting.who().parts == [
        "Hello, this is Sam Lee. I interviewed for the shift lead role.",
        "I respect the decision.",
    ]


@pytest.mark.parametrize("scenario", ["corner", "lantern", "ward", "harbour"])
@pytest.mark.parametrize("seed", range(4))
def test_what_comes_next_asks_for_nothing_that_the_better_line_asked_for(scenario: str, seed: int) -> None:
    debrief = debriefed(HELLO, WHY, ("Ok.", "other"), BYE, scenario=SCENARIOS[scenario], seed=seed)
    ahead = debrief.change.better if debrief.change else ""
    assert f"{ahead} {debrief.envelope.unlock}".count("one thing") <= 1


def test_a_house_rule_is_told_as_what_people_are_told() -> None:
    assert not any("ends at" in line for line in HOUSE_RULE)


def test_a_better_line_does_not_ask_on_beside_words_that_want_to_hear_no_more() -> None:
    better = []
    for seed in range(1, 9):
        found = spoken(
            "harbour",
            "Hi, Mia here, I applied for the analyst job.",
            "No hard feelings about it. Was there anything I could have done better?",
            "Actually you know what, I don't want to know. Forget it. Sorry to bother you.",
            seed=seed,
        )
        if found.change is not None and found.change.turn == 3:
            better.append(found.change.better)
    assert better
    assert not [line for line in better if "want to know" in line or "Forget it" in line]


@pytest.mark.parametrize(
    ("said", "drops"),
    [
        ("I don't want to know.", True),
        ("oh, never mind", True),
        ("I don't need to know why, but is there any advice you could give me?", False),
        ("I never mind an early start.", False),
    ],
)
def test_who_wants_to_hear_no_more_is_told_from_who_still_asks(said: str, drops: bool) -> None:
    assert drops_it(said) is drops


@pytest.mark.parametrize("no", ["You didn't pick me for quarry engineer.", "You turned me down for the job."])
def test_a_better_line_that_says_who_is_calling_does_not_say_the_no_as_well(no: str) -> None:
    story = Story(*held((f"Morning. {no} Any advice?", "greet,ask_open"), BYE))
    drafting = Drafting(story, None, story.rng("test"))
    drafting.parts, drafting.moves = ["Morning.", no], {Move.GREET}
    assert drafting.who().parts == ["Morning.", "My name is …, I interviewed for the data analyst role."]


def test_asking_when_to_ring_again_asks_for_no_moment_now() -> None:
    later = "When would be a good time to ring again?"
    debrief = spoken(
        "registry", "Good day, my name is Ingrid Solberg. Has there been any decision?", "I see.", later, "Goodbye."
    )
    time = check(debrief, "time")
    assert not time.yes
    assert later not in [quote.words for quote in time.quotes]


@pytest.mark.parametrize("said", ["ok fine. sorry. i'm just tired of this", "Sorry! I'm tired."])
def test_a_better_line_apologises_once(said: str) -> None:
    story = Story(*held(("Hello, this is Sam.", "introduce"), (said, "vent,reassure"), BYE))
    drafting = Drafting(story, story.spoken[1], story.rng("test")).keep().sorry()
    assert " ".join(drafting.parts).casefold().count("sorry") == 1
