"""Debriefs read as the person who held the call: terse, rambling, swearing, over-polite, Welsh, German, and one who asks everything twice."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from dialogs.hearing.heard import Heard
from dialogs.moves import Move
from dialogs.practice import Practice
from dialogs.review import parts, review
from dialogs.review.better import Drafting
from dialogs.review.cues import CUES
from dialogs.review.quoting import asks_for_a_moment, farewell, sentence_of, sentences
from dialogs.review.spelling import capitals, mended
from dialogs.review.story import Story
from dialogs.review.voice import listen
from tests.debriefed import EAR, SCENARIOS
from tests.short_calls import BYE as BYE_HEARD
from tests.short_calls import HELLO, ONWARD, READY, check, debriefed, spoken, text

RUTH = "Hello, this is Ruth Okafor, I interviewed for the role last week. Is this a good moment?"
SETTLED = "I accept the decision, no hard feelings. Could you tell me one thing I should work on?"
BYE = "Thank you for your time, goodbye."


def test_the_same_question_again_does_not_ask_on() -> None:
    twice = (
        "Chef, it's Romy from the trial. Was it my knife work?",
        "Was it my knife work?",
        "OK chef. Thanks chef. Bye.",
    )
    found = check(spoken("bistro", *twice, seed=2), "onward")
    assert (found.yes, found.note) == (False, "This was the same question again.")
    other = check(spoken("bistro", *twice[:2], "Was I too slow then?", twice[2], seed=2), "onward")
    assert other.yes
    assert [q.words for q in other.quotes] == ["Was I too slow then?"]


@pytest.mark.parametrize("goodbye", ["Ta ta now.", "Auf Wiederhören.", "Ta-ra then!", "Thank u byeee x", "Laters"])
def test_a_goodbye_for_any_reader_is_not_said_to_be_missing(goodbye: str) -> None:
    assert farewell(goodbye)


def test_a_goodbye_that_was_not_heard_can_be_put_right() -> None:
    debrief = spoken("werk", RUTH, SETTLED, "Thank you for your candour. Auf Wiederhören.", seed=6)
    found = check(debrief, "parting")
    assert [q.words for q in found.quotes] == ["Auf Wiederhören."]
    assert (found.yes, found.note) == (False, "I did not hear this as a goodbye. If it was one, say so.")
    assert Move.CLOSE in [c.missed for c in debrief.corrections]


def test_ta_ta_is_a_goodbye_and_no_thanks() -> None:
    thanks = CUES[Move.THANK]
    assert thanks.search("Ta, that helps.")
    assert thanks.search("ta for that")
    assert not thanks.search("Ta ta now.")
    assert not thanks.search("ta-ta!")


def test_of_half_a_minute_the_clause_that_asks_is_quoted_and_not_the_one_that_says_that_a_question_comes() -> None:
    said = (
        "Well it's me, Gareth, I drove the eighteen tonner round the block for you, and I was saying to my wife that you don't ask you don't get, "
        "and what I wanted to know is, was it the driving, or was it my hours, because I told your lad on the gate I could do anything."
    )
    assert sentence_of(Move.ASK_SPECIFIC, said) == "or was it my hours"


def test_the_job_is_called_by_the_scenario_where_the_candidates_phrase_names_none() -> None:
    said = "I am calling regarding the esteemed position of Senior Support Manager."
    assert listen([said], SCENARIOS["orchard"]).job == "the senior support manager role"
    assert listen(["I interviewed for the support job."], SCENARIOS["orchard"]).job == "the support job"


def test_of_words_that_swear_only_those_are_left_out_of_a_better_line() -> None:
    lines = (
        "yeah hi its mick, the engineer, u turned me down tuesday", "what was it realy",
        "huh. thats actualy fair. cheers for not bullshitting me", "laters",
    )  # fmt: skip
    change = spoken("quarry", *lines, seed=9).change
    assert change is not None
    assert change.turn == 3
    assert change.better.startswith("Huh. That's actually fair.")
    assert "bullshit" not in change.better


def test_a_formula_is_not_said_to_have_begun_to_tell_something() -> None:
    change = spoken(
        "clinic", "Priya Nair. I came about the reception job.", "why not me", "ok", "which bit", "bye", seed=7
    ).change
    assert change is not None
    assert (change.fault, change.turn) == ("left early", 3)
    assert "You asked on, only not here" in change.why or "at another point" in change.why


def test_a_goodbye_in_a_call_that_was_left_is_not_said_to_open_more() -> None:
    for seed in range(1, 9):
        took = "I see, that's fair, thank you."
        change = spoken("museum", RUTH, SETTLED, "Thank you. Was it the interview?", took, seed=seed).change
        assert change is not None
        assert change.fault == "left open"
        assert "?" not in change.better
        assert "open" not in change.gain


def test_a_call_that_waits_has_not_ended_without_anger() -> None:
    debrief = spoken("castellan", RUTH, "That is wrong. I had more experience than anyone you saw.", seed=8)
    assert debrief.outcome == "abandoned"
    assert check(debrief, "cost").note == "The call was left before it came to an end."
    assert debrief.card.key == "dared, and left"


def test_who_was_put_through_is_not_told_how_to_be_put_through() -> None:
    angry = ("Imogen, hi, Charlotte Ashdown. I'll be honest, I'm pretty annoyed.", "greet,introduce,accuse")
    debrief = debriefed(angry, READY, ONWARD, BYE_HEARD, scenario=SCENARIOS["ledger"])
    assert debrief.stage == "manager"
    assert debrief.change is None or debrief.change.turn > 1
    assert "comes to the phone" not in text(debrief)


def test_who_feels_with_the_manager_has_taken_the_answer() -> None:
    practice = Practice(SCENARIOS["foundry"], 8, ear=EAR.hear)
    turns = [practice.begin()]
    for said in (
        "Hello Verity, it's Owen Price here. Have you got a moment?", "I just want to say no hard feelings.",
        "Would you mind telling me whether it was about me, or whether something changed on your side?",
        "I'm sorry, that must have been hard for you.",
    ):  # fmt: skip
        turns.append(practice.hear(said))
    story = Story(practice.scenario, 8, turns)
    drafting = Drafting(story, turns[-1], story.rng("test"))
    drafting.keep().further()
    draft = drafting.done()
    assert draft is not None
    _, *rest = sentences(draft.words)
    assert draft.words.startswith("I'm sorry, that must have been hard for you. ")
    assert len(rest) == 1
    assert "example" not in rest[0]  # she has said that it was nothing about the caller


def test_what_was_settled_in_ones_own_words_is_quoted_by_them() -> None:
    for words in (
        "I don't want to change anything.",
        "No fuss from me.",
        "I would never dream of questioning your wise decision.",
    ):
        found = check(
            spoken("lantern", RUTH, f"I know you are busy. {words} Could you tell me one thing to work on?", BYE),
            "settled",
        )
        assert found.yes, words
        assert [q.words for q in found.quotes] == [words]


def test_before_a_decision_the_small_question_is_when_to_ring_again() -> None:
    lines = ("Good morning, this is Philip Garside, I had the interview on Monday. Could you tell me whether you have decided?",
             "Am I in the top three at least?", "Ok sorry. When may I ring again?", BYE)  # fmt: skip
    found = check(spoken("registry", *lines, seed=3), "narrow")
    assert [q.words for q in found.quotes] == ["When may I ring again?"]


def test_a_plan_that_goes_back_to_ones_own_wrong_guess_is_about_something_else() -> None:
    lines = ("hi Jan its tasha from last weeks interview for band 5 x is now ok",
             "i totaly get its decided im not gona argue. was it my medicine calculation?",
             "yeh i knew it. i went to bits on the decimals. which bit of it tho?",
             "ok ill do the calc pack every nite n get our sister to check me", "aw thank u Jan ur a star. bye x")  # fmt: skip
    change = spoken("ward", *lines, seed=11).change
    assert change is not None
    assert (change.fault, change.turn) == ("plan beside", 4)
    assert "calc" not in change.better


def test_what_any_reader_takes_for_thanks_or_a_moment_or_a_question_is_not_said_to_be_missing() -> None:
    lines = ("HELLO ITS BRENDA FROM THE RECEPTION INTERVIEW CAN YOU TALK", "I KNOW ITS A NO AND THATS FINE WAS IT MY TYPING",
             "RIGHT ILL GET MY DAUGHTER TO READ IT NEXT TIME. TA LOVE BYE")  # fmt: skip
    debrief = spoken("clinic", *lines, seed=19)
    assert check(debrief, "name").yes
    for key in ("time", "parting"):
        found = check(debrief, key)
        assert found.yes or (found.quotes and "I did not hear this as" in found.note), found
    needful = spoken(
        "schoolhouse",
        RUTH,
        "I am respecting your decision only. Kindly do the needful and tell me my one mistake.",
        BYE,
    )
    asked = check(needful, "narrow") if needful.asked else check(needful, "asked")
    assert asked.quotes


def test_a_move_that_was_not_heard_is_named_in_the_way_to_put_it_right() -> None:
    which, see = ("Which part was it?", "probe"), ("I see, that's fair.", "accept")
    debrief = debriefed(HELLO, READY, which, see, ("Right. Ta love bye", "close"))
    found = check(debrief, "parting")
    assert (found.yes, found.note) == (False, "I did not hear this as thanks. If it was, say so.")
    assert Move.THANK in [c.missed for c in debrief.corrections]


def test_a_sneer_is_not_praised_for_opening_the_talk_again() -> None:
    pushed = ("This is Reginald Fox. A person half my age was preferred, and that is plainly wrong.", "introduce,argue")
    sneer = ("I see. A certificate. A certificate can be had in a weekend, madam.", "accept")
    worked = debriefed(pushed, sneer, ("Good day.", "close")).worked
    assert worked is None or "weekend" not in worked.quote.words
    sorry = ("I see. I am sorry, I was short with you.", "accept")
    mended = debriefed(pushed, sorry, ("Good day.", "close")).worked
    assert mended is not None
    assert "sorry" in mended.quote.words


def test_the_number_on_a_machine_ends_with_one_stop_and_the_wish_stays() -> None:
    change = spoken(
        "northlight",
        "Hi Joss, um, its Kay Oduya, I was in on Thursday for the junior thing. Could you call me back and tell me one thing to work on? 07700 900123. Thanks, bye.",
        seed=4,
    ).change
    assert change is not None
    assert ".." not in change.better
    assert "Could you call me back and tell me one thing to work on?" in change.better
    assert "My number is 07700 900123." in change.better


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("RIGHT ILL GET MY DAUGHTER TO READ IT", "Right I'll get my daughter to read it."),
        ("ill definitely ask next time", "I'll definitely ask next time."),
        ("my mum is ill and i was tired", "My mum is ill and I was tired."),
    ],
)
def test_ill_is_written_as_it_was_meant(typed: str, meant: str) -> None:
    assert mended(typed) == meant


def test_what_pried_is_no_small_question() -> None:
    pried = ("Hmm. How much did they want, exactly?", "ask_specific,pry")
    debrief = debriefed(HELLO, ("Why was it?", "ask_open"), pried, BYE_HEARD)
    assert not check(debrief, "calm").yes
    for key in ("narrow", "onward"):
        assert not [q for q in check(debrief, key).quotes if check(debrief, key).yes and "How much" in q.words]


def test_who_says_after_arguing_that_it_is_no_argument_has_settled_nothing() -> None:
    argued = ("I disagree with that mark. I gave a full answer.", "argue")
    fact = ("I'm not arguing, I'm stating a fact.", "reassure")
    found = check(debriefed(HELLO, ("Which criterion was I lowest on?", "ask_specific"), argued, fact), "settled")
    assert not found.yes
    assert not found.quotes
    sorry = ("Sorry, I'm not arguing about the decision.", "reassure")
    found = check(debriefed(HELLO, ("Which criterion was I lowest on?", "ask_specific"), argued, sorry), "settled")
    assert found.note == "You said it, but after you had asked."


def test_what_was_said_in_another_language_is_not_said_to_be_missing_and_that_is_told_once() -> None:
    lines = ("Luc Marchand, from the trial. You have a minute?", "I want to know one thing that was not good.", "D'accord. Merci chef. Bonne soirée.")  # fmt: skip
    debrief = spoken("bistro", *lines, seed=9)
    assert "in another language" in check(debrief, "parting").note
    assert text(debrief).count("Turn 3 was in another language, so I can't tell what was in it.") == 1


def test_a_mark_of_quotation_that_stands_alone_is_left_out_of_a_quote() -> None:
    written = '"I accept your decision and I am grateful. What is the one thing I should improve?" That is it.'
    found = check(spoken("harbour", RUTH, written, BYE), "settled")
    assert [q.words for q in found.quotes] == ["I accept your decision and I am grateful."]


def test_the_word_on_a_question_that_must_not_be_asked_comes_after_how_it_went() -> None:
    told = "They asked me in the interview if I was planning to have children. I don't think that was right."
    first = parts(spoken("ward", RUTH, told, "Was there anything I could do better?", BYE, seed=3))[0].text
    assert first.index("The aim was") < first.index("outside the game")
    assert first.splitlines()[-1].startswith("A word about the question")


def test_no_card_speaks_of_a_why_that_nobody_said() -> None:
    for seed in range(1, 13):
        card = spoken("harbour", RUTH, "Could you tell me what I could do better?", BYE, seed=seed).card
        assert card.key == "unready"
        assert "“why”" not in card.when


def test_a_hint_at_what_nobody_can_work_on_is_no_place_to_start() -> None:
    lines = ("Roland, it's Trish from the final round. You got a sec?", "I'm totally fine with it, no hard feelings. What did the other person have that I didn't?",
             "Was it that somebody inside wanted it?", "Thank you. I'll ask about that up front from now on.", "If a spot opens can I get in touch?", "You're the best, bye!")  # fmt: skip
    for seed in range(20, 32):
        change = spoken("orchard", *lines, seed=seed).change
        assert change is None or "place to start" not in change.better


def test_who_takes_a_moment_has_not_asked_for_one() -> None:
    assert not asks_for_a_moment("sorry, give me a second.")
    assert not asks_for_a_moment("hang on a minute")
    assert asks_for_a_moment("Have you got a second?")
    assert asks_for_a_moment("is this an ok moment")
    assert asks_for_a_moment("can you talk")


def test_the_moment_is_not_asked_for_twice_and_a_shouted_name_is_written_as_one() -> None:
    assert capitals("BRENDA") == "Brenda"
    assert capitals("AJ") == "AJ"
    lines = (
        "PHILIPPA HI ITS BRENDA FROM THE RECEPTION INTERVIEW CAN YOU TALK",
        "I KNOW ITS A NO AND THATS FINE WAS IT MY TYPING",
        "OK THANKS BYE",
    )
    for seed in range(1, 6):
        change = spoken("clinic", *lines, seed=seed).change
        assert change is None or "BRENDA" not in change.better
        assert change is None or not ("can you talk" in change.better and "good time" in change.better)


def test_the_card_for_a_question_that_was_not_heard_is_about_asking_once_more() -> None:
    needful = "I am respecting your decision only, no issues. Kindly do the needful and tell me my one mistake."
    said = debriefed(HELLO, (needful, "accept"), ("Understood. Thank you, good day.", "thank,close"))
    assert said.card.key == "unheard"


def test_words_that_anybody_takes_for_blame_are_no_yes_whatever_was_heard() -> None:
    practice = Practice(SCENARIOS["harbour"], 1)
    turns = [practice.begin(), practice.take(Heard.of("introduce"), RUTH)]
    turns.append(practice.take(replace(Heard.of("vent"), wary=True), "Well, that is just great, is it not."))
    burns = "I just wanted to say you're all liars and I hope your company burns."
    turns.append(practice.take(replace(Heard.of("vent"), wary=True), burns))
    debrief = review(practice.scenario, 1, turns, ear=EAR.hear)
    found = check(debrief, "calm")
    assert (found.yes, found.note) == (
        False,
        "Whatever was heard in this, anybody takes it for an argument or for blame.",
    )
    assert debrief.change is not None
    assert "in two ways" not in debrief.change.why
    assert debrief.card.key == "push"


def test_a_remark_that_was_taken_for_understanding_is_not_praised_as_friendly() -> None:
    remark = ("I see. So you won't say no.", "acknowledge")
    worked = debriefed(("hello", "greet"), ("Is it because I am fifty-eight?", "ask_specific"), remark).worked
    assert worked is None or "won't say" not in worked.quote.words


@pytest.mark.parametrize(
    "words", ["Fine. I accept the decision.", "OK, sure. No hard feelings.", "Right. I respect that decision."]
)
def test_the_decision_is_taken_in_the_sentence_that_says_so(words: str) -> None:
    assert sentence_of(Move.ACCEPT, words) == words.split(". ", 1)[1]


def test_a_name_that_was_heard_elsewhere_is_asked_about_and_not_the_greeting_beside_it() -> None:
    where, who = ("yo is this the chem teacher place", "introduce"), ("its jaden i did the trial lesson lol", "other")
    found = check(debriefed(where, who, ("why tho", "ask_open")), "name")
    assert [q.words for q in found.quotes] == ["its jaden i did the trial lesson lol"]
    assert found.note == "I did not hear this as your name. If it was, say so."


def test_a_name_with_a_title_is_one_and_to_stay_in_contact_is_about_later_on() -> None:
    assert listen(["Verity, Dr Lars Holm. Before anything else, a question."], SCENARIOS["foundry"]).name == "Lars Holm"
    assert CUES[Move.DOOR].search("May I stay in contact?")


def test_what_asked_about_later_on_is_no_question_about_the_reason_that_was_missed() -> None:
    both = ("I shall ask in future whether a post is signed off. May I stay in contact?", "commit,door")
    debrief = debriefed(HELLO, ("Why didn't I get it?", "ask_open"), both, BYE_HEARD)
    assert not check(debrief, "onward").quotes
    assert sentence_of(Move.DOOR, both[0]) == "May I stay in contact?"


def test_the_moment_is_asked_for_before_anything_else_and_reception_is_asked_for_nothing_but_the_manager() -> None:
    later = ("May I apply again?", "door")
    for name, scenario in SCENARIOS.items():
        change = debriefed(later, scenario=scenario).change
        if change is None or "apply again" not in change.better:
            continue
        assert scenario.opening != "reception", name
        asked = [s for s in sentences(change.better) if s.endswith("?")]
        assert asks_for_a_moment(asked[0]) or len(asked) == 1, change.better


def test_the_name_comes_after_the_greeting_and_before_what_it_is_about() -> None:
    change = debriefed(("hello its about the interview", "greet,introduce"), ("Right, bye.", "close")).change
    assert change is not None
    assert "My name is …." not in change.better
    assert not re.search(r"name is …\W+Hello", change.better)


def test_a_machine_is_not_asked_whether_it_is_a_bad_time() -> None:
    asked = ("sorry, is it a bad time", "permission")
    change = debriefed(asked, scenario=SCENARIOS["northlight"]).change
    assert change is not None
    assert "bad time" not in change.better
