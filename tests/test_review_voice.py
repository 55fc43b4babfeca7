"""A better line in the candidate's own voice, and what the debrief says where hearing was not sure."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

import pytest

from dialogs.call import Outcome
from dialogs.hearing.heard import Heard
from dialogs.moves import Move
from dialogs.practice import Practice, Turn
from dialogs.review import Debrief, parts, review
from dialogs.review.better import Drafting
from dialogs.review.evidence import Who, says_who
from dialogs.review.page import check_texts
from dialogs.review.quoting import sentence_of, shaped_as_question
from dialogs.review.sound import swears
from dialogs.review.spelling import Spelling, mended
from dialogs.review.story import Story
from dialogs.review.voice import listen
from dialogs.scenario import Scenario
from tests.managers import manager
from tests.short_calls import BYE, HARBOUR, HELLO, ONWARD, READY, check, debriefed, held

LINE = "I'm not contesting it. Could you tell me what you'd improve?"


# -- spelling --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "line"),
    [
        (["Hello, it's Sam.", "I don't mind. What was it?"], LINE),
        (["hi its dan", "why didnt u pick me"], LINE),
        (["Good afternoon. I am Ada. I would like to know what was missing, if it is possible."],
         "I am not contesting it. Could you tell me what you would improve?"),
    ],
)  # fmt: skip
def test_words_have_the_candidates_forms_and_nobodys_slips(texts: list[str], line: str) -> None:
    assert Spelling.of(texts).write(LINE) == line


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("I apologise, I was on the rota that fortnight.", "Have you got two minutes?"),
        ("Awesome, I apologize, I put it on my resume.", "Do you have two minutes?"),
    ],
)
def test_two_shores_have_two_spellings(said: str, line: str) -> None:
    assert Spelling.of([said]).write("Have you got two minutes?") == line


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("its me, i dont mind", "It's me, I don't mind."),
        ("thx for ur time, realy helpful", "Thanks for your time, really helpful."),
        ("hi its dan doyle", "Hi it's Dan Doyle."),
        ("WHY DID YOU NOT CALL", "Why did you not call?"),
        ("so was it my experiance", "So was it my experience?"),
        ("somthing about my knowlege of the langauge", "Something about my knowledge of the language."),
        ("My visa is fine, its expiry is in May.", "My visa is fine, its expiry is in May."),
        ("R. Sands, about the I.T. job.", "R. Sands, about the I.T. job."),
        ("what about its good sides", "What about its good sides?"),
        ("its good to hear that", "It's good to hear that."),
        ("I like the firm and its London office.", "I like the firm and its London office."),
        ("hi its Ana", "Hi it's Ana."),
        ("I did improv at school.", "I did improv at school."),
        ("DO YOU USE SQL AT IBM", "Do you use SQL at IBM?"),
        ("MY CV WAS FINE", "My CV was fine."),
    ],
)
def test_own_sentences_are_kept_without_slips_of_typing(typed: str, meant: str) -> None:
    assert mended(typed, "dan doyle") == meant


@pytest.mark.parametrize("words", ["so why didnt u pick me", "is there anything else u can say", "any feedback for me"])
def test_a_question_is_known_by_its_shape(words: str) -> None:
    assert shaped_as_question(words)


# -- voice ----------------------------------------------------------------------------------------------


def test_a_name_stands_in_words_and_not_inside_them() -> None:
    sam = listen(["Hello, this is Sam."], HARBOUR)
    assert sam.name == "Sam"
    assert not sam.named_in("It is the same thing.")
    assert sam.named_in("sam here")
    assert sam.named_in("I'm Sam's brother, no, Sam.")
    debrief = debriefed(("Is it the same thing as last time?", "ask_open"), ("Hello, this is Sam.", "greet,introduce"))
    assert all("same thing" not in q.words for q in check(debrief, "name").quotes)
    said = ("I interviewed for the analyst role.", "greet,introduce")
    assert check(debriefed(said, ("It's Ed here.", "introduce")), "name").quotes[0].turn == 2, (
        "there is no Ed in “interviewed”"
    )


@pytest.mark.parametrize(
    "words", ["Hi Nico its Dee, i was the one for shift lead", "hey im Dee", "it's me, Dee, again"]
)
def test_a_name_is_known_where_the_apostrophe_before_it_is_missing(words: str) -> None:
    assert listen([words], HARBOUR).called == "Dee"
    assert listen(["I like the firm and its London office."], HARBOUR).called == ""


@pytest.mark.parametrize("words", ["It's Ed here, from the interview.", "its ed here", "It’s Ed here."])
def test_a_name_is_taken_without_the_words_before_it(words: str) -> None:
    assert listen([words], HARBOUR).called == "Ed"


@pytest.mark.parametrize(
    "words",
    ["Understood. I interviewed for the analyst role.", "Wonderful. It is about the analyst role.", "Apologies, the analyst role.",
     "Hi, Monday, the analyst role.", "Fair enough. It is about my interview.", "fair enough, i interviewed last week",
     "quick question, i applied for the analyst role"],
)  # fmt: skip
def test_what_opens_a_sentence_is_nobodys_name(words: str) -> None:
    assert says_who(words, "") is Who.MATTER


@pytest.mark.parametrize(
    "words",
    [
        "Hi, Priya, about the analyst role.",
        "Priya Shah, about my interview.",
        "Mark. Analyst job.",
        "priya shah",
        "priya shah, i interviewed last week",
        "sam de vries, about my interview",
    ],
)
def test_a_name_between_two_stops_is_one(words: str) -> None:
    assert says_who(words, "") is Who.NAME


def changed(*said: tuple[str, str], scenario: Scenario = HARBOUR) -> str:
    debrief = debriefed(*said, scenario=scenario)
    assert debrief.change is not None
    return debrief.change.better


def test_few_words_stay_few() -> None:
    better = changed(("Ray here. Analyst job.", "introduce"), ("Why not me?", "ask_open"), ("OK. Bye.", "close"))
    assert len(better.split()) <= 14, better


def test_a_formal_caller_never_says_okay() -> None:
    said = ["Good afternoon. My name is Ada Obi, and I was interviewed last week. It is about the analyst role."]
    assert listen(said, HARBOUR).formal
    for seed in range(12):
        debrief = debriefed(
            (said[0], "greet,introduce"),
            ("I would like to know why I was not chosen.", "ask_open"),
            ("That is not correct, I am qualified.", "argue"),
            seed=seed,
        )
        assert debrief.change is not None
        assert not debrief.change.better.startswith(("Okay", "All right")), debrief.change.better


def test_who_has_given_a_name_is_not_made_to_give_it_twice() -> None:
    better = changed(
        ("Sorry, it's Kev Dunn. Analyst job. What was it then?", "introduce,ask_open"), ("Right. Bye.", "close")
    )
    assert better.count("Kev Dunn") == 1, better


def test_a_feeling_beside_thanks_may_stay() -> None:
    words = "That hurts a bit but thank you for saying it."
    better = changed(HELLO, READY, (words, "thank,vent"), BYE)
    assert better.startswith(words)


def test_an_unheard_question_is_not_put_beside_a_new_one() -> None:
    scenario, seed, turns = held(HELLO, READY, ("oh ok. is there anything else u can say", "accept"))
    story = Story(scenario, seed, turns)
    drafting = Drafting(story, story.turns[-1], Random(1))
    draft = drafting.keep().ask_on().done()
    assert draft is not None
    assert draft.words.startswith("Oh ok.")
    assert "anything else" not in draft.words


def test_nobody_asks_on_after_their_own_goodbye() -> None:
    better = changed(HELLO, READY, ("Right you are. Thank you kindly. Cheerio.", "thank,accept,close"))
    assert "Cheerio" not in better[:-8], better


def test_leave_to_ask_is_quoted_by_its_question() -> None:
    said = "Good afternoon. My name is Ada Obi. Would this suit you?"
    assert sentence_of(Move.PERMISSION, said) == "Would this suit you?"


def test_no_plan_is_put_into_a_mouth_that_has_nothing_to_mend() -> None:
    said = (HELLO, READY, ONWARD, ("I see. If a similar job comes up, may I call?", "accept,door"), BYE)
    assert "deepen" in {faults(*said, reason="certificate")}
    assert "deepen" not in {faults(*said, reason="budget")}


def faults(*said: tuple[str, str], reason: str) -> str:
    debrief = debriefed(*said, scenario=manager(reason=reason))
    return debrief.change.fault if debrief.change else ""


# -- what was not said, and what may have been misheard --------------------------------------------------------


def test_nothing_said_after_the_answer_is_not_held_against_anyone() -> None:
    keys = {c.key for c in debriefed(HELLO, READY).checks}
    assert "took" not in keys
    assert "took" not in {c.key for c in debriefed(HELLO, READY, ("", "!hang_up")).checks}
    assert "took" in {c.key for c in debriefed(HELLO, READY, ("Bye.", "close")).checks}


def doubted(*said: tuple[str, str], unsure: int, meant: dict[int, tuple[Move, ...]] | None = None) -> Debrief:
    """The debrief of a call in which turn `unsure` was heard with little confidence."""
    practice = Practice(HARBOUR, 1)
    turns: list[Turn] = [practice.begin()]
    for n, (words, moves) in enumerate(said, 1):
        heard = Heard.of(*moves.split(","), words=len(words.split()))
        if n == unsure:
            heard = replace(heard, scores=dict.fromkeys(heard.moves, 0.4), sure=frozenset())
        turns.append(practice.take(heard, words))
        if practice.ended:
            break
    return review(HARBOUR, 1, turns, meant=meant or {})


MISHEARD = ("And at the shop I did all the orders as well.", "argue")


def test_a_check_that_stands_on_doubtful_hearing_says_so() -> None:
    debrief = doubted(HELLO, READY, MISHEARD, BYE, unsure=3)
    calm = check(debrief, "calm")
    assert calm.doubt == "an argument"
    assert "I took this as an argument, but I was not sure" in "\n".join(check_texts(debrief.checks))
    assert not any(c.doubt for c in doubted(HELLO, READY, MISHEARD, BYE, unsure=0).checks)


def test_the_one_thing_to_change_is_not_built_on_doubtful_hearing() -> None:
    said = (HELLO, ("Why wasn't it me?", "ask_open"), MISHEARD, BYE)
    sure, unsure = doubted(*said, unsure=0).change, doubted(*said, unsure=3).change
    assert sure is not None
    assert (sure.turn, sure.fault) == (3, "argue")
    assert unsure is not None
    assert unsure.turn != 3


def test_where_all_is_doubtful_the_change_says_so() -> None:
    only = doubted(MISHEARD, unsure=1).change
    assert only is not None
    assert "heard this turn wrongly" in only.why or only.turn != 1


def test_words_that_plainly_push_are_not_doubted() -> None:
    debrief = doubted(HELLO, READY, ("That's nonsense and you are liars.", "accuse"), BYE, unsure=3)
    assert check(debrief, "calm").doubt == ""


def test_a_turn_that_was_put_right_is_beyond_doubt() -> None:
    debrief = doubted(HELLO, READY, MISHEARD, BYE, unsure=3, meant={3: (Move.ANSWER,)})
    assert check(debrief, "calm").yes
    assert not any(c.doubt for c in debrief.checks)


def test_acceptance_that_was_not_heard_is_shown_and_not_denied() -> None:
    debrief = debriefed(HELLO, ("I accept the outcome. Why was it not me?", "ask_open"), BYE)
    settled = check(debrief, "settled")
    assert not settled.yes
    assert settled.quotes[0].words == "I accept the outcome."
    assert "did not hear" in settled.note


def test_fair_enough_after_the_answer_is_not_called_late() -> None:
    settled = check(debriefed(HELLO, ("Why wasn't it me?", "ask_open"), ("Gotcha.", "accept"), BYE), "settled")
    assert not settled.quotes
    assert settled.place == 2


# -- the page ------------------------------------------------------------------------------------------------


def test_no_place_is_described_twice() -> None:
    text = "\n".join(check_texts(debriefed(HELLO, ("I just wanted to say thanks.", "thank"), ("Bye.", "close")).checks))
    places = re.findall(r"Turn (\d+) had room for it, after", text)
    assert len(places) == len(set(places))
    assert "had room for it, too." in text


def test_a_long_sentence_is_quoted_once() -> None:
    words = "I have done exactly this work for ten years in two countries and so I do not agree with your decision"
    text = "\n".join(check_texts(debriefed(HELLO, READY, (words, "argue"), BYE).checks))
    assert text.count(words) == 1
    assert "as above" in text


def test_where_nothing_needs_mending_the_title_says_so() -> None:
    titles = {p.kind: p.title for p in parts(debriefed(HELLO, READY, ONWARD, ("Will do.", "accept,commit"), BYE))}
    assert titles["change"] == "One step further"
    titles = {p.kind: p.title for p in parts(debriefed(HELLO, ("Why wasn't it me?", "ask_open"), BYE))}
    assert titles["change"] == "One thing to change"


def test_a_message_with_everything_in_it_wants_nothing() -> None:
    words = "Hello, Sam Ortiz here about the analyst job. One piece of advice would help. 555 0134 22. Thank you, bye."
    scenario = manager(opening="voicemail")
    assert debriefed((words, "greet,introduce,ask_specific,thank,close"), scenario=scenario).change is None
    assert debriefed(("Hi, call me back.", "greet"), scenario=scenario).change is not None


def test_a_call_that_would_not_have_ended_in_anger_is_told_as_that() -> None:
    debrief = debriefed(HELLO, READY, ("That's wrong.", "argue"), ("No, it's wrong.", "argue"), scenario=manager(cap=1))
    assert debrief.outcome in (Outcome.COLD, Outcome.CUT_OFF)
    assert debrief.change is not None
    assert "anger" in debrief.change.gain or "stays on the line" in debrief.change.gain


def test_two_pushes_in_one_breath_are_not_called_the_second() -> None:
    debrief = debriefed(HELLO, READY, ("That's wrong, and you're unfair.", "argue,accuse"))
    assert debrief.change is not None
    assert "second push" not in debrief.change.why


def test_nobody_is_blamed_for_the_formula_that_everybody_gets() -> None:
    for cap, blamed in ((1, False), (3, True)):
        debrief = debriefed(
            HELLO, ("Why wasn't it me?", "ask_open"), ("I see. Bye.", "accept,close"), scenario=manager(cap=cap)
        )
        assert debrief.change is not None
        assert debrief.change.fault == "unready"
        assert ("all the same" in debrief.change.why or "same either way" in debrief.change.why) is not blamed


def test_a_card_only_quotes_what_another_manager_might_say() -> None:
    for seed in range(10):
        card = debriefed(HELLO, READY, BYE, seed=seed).card
        assert "“" not in card.when or any(
            w in card.when for w in ("but", "please", "why", "HR", "fit", "qualif", "direction", "candidate")
        )


def test_no_better_line_swears() -> None:
    for said in ("It was a shit week and I'm fucking sad.", "oh crap. Would you keep me in mind?", "Fuck."):
        change = debriefed(HELLO, (said, "vent"), ("Why was it not me?", "ask_open"), ("Bye.", "close")).change
        assert change is None or not swears(change.better)
    assert swears("Oh Crap. That's fair.")
    assert not swears("The assessment passed the class test at Scunthorpe.")
