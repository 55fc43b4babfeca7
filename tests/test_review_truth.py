"""Statements of the debrief that a reader found untrue, each as the kind of case it was."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.terminal.debrief import how_to_correct
from dialogs.hearing.heard import Aside, Heard
from dialogs.moves import Move
from dialogs.practice import Practice
from dialogs.review import parts, review
from dialogs.review.better import Drafting
from dialogs.review.cases import cases
from dialogs.review.correction import IF_IT_WAS, IF_YOU_MEANT, corrections
from dialogs.review.evidence import Who, says_who
from dialogs.review.story import Stage, Story
from dialogs.review.telling.told import WHY
from dialogs.review.voice import listen
from dialogs.scenario import library, read_scenario
from tests.managers import manager
from tests.short_calls import BYE, HARBOUR, HELLO, ONWARD, READY, check, debriefed, held, text

NAME = ("Hello, it's Sam Ortiz, I interviewed for the analyst role.", "greet,introduce")
EARLY = manager(opening="too early")


# -- what was asked ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("heard", ["probe", "ask_specific", "permission"])
def test_asking_for_the_moment_late_is_neither_asking_on_nor_unsaid(heard: str) -> None:
    debrief = debriefed(
        NAME, ("The decision is fine. What was it?", "accept,ask_open"), ("Is this a good moment?", heard), BYE
    )
    assert not check(debrief, "onward").yes
    assert not check(debrief, "narrow").yes
    if heard == "permission":
        time = check(debrief, "time")
        assert not time.yes
        assert "after your question" in time.note
        assert time.quotes[0].words == "Is this a good moment?"


def test_asking_who_is_there_is_no_small_question() -> None:
    debrief = debriefed(("Hello, is that Dana Whitfield?", "greet,ask_specific"), NAME, BYE)
    assert not check(debrief, "narrow").yes
    assert debrief.change is None or "is that Dana" not in debrief.change.better


@pytest.mark.parametrize("seed", range(4))
def test_the_better_line_for_the_same_question_is_another_one(seed: int) -> None:
    again = ("Was it my skills?", "ask_specific:qualification")
    debrief = debriefed(HELLO, again, again, again, BYE, scenario=manager(house="german", cap=2), seed=seed)
    assert debrief.change is not None
    assert debrief.change.fault != "again" or again[0] not in debrief.change.better


def test_a_name_is_quoted_by_the_sentence_that_gives_it() -> None:
    said = "Hello, I'm so sorry to bother you. I'm so sorry, this is Jonas Lind."
    assert "Jonas Lind" in check(debriefed((said, "greet,introduce"), READY, BYE), "name").quotes[0].words


def test_a_question_about_others_is_no_asking_for_leave() -> None:
    debrief = debriefed(NAME, ("May I ask who got the job?", "permission,pry"), READY, BYE)
    assert not check(debrief, "time").yes


@pytest.mark.parametrize(
    "words", ["Is there one thing I could improve?", "If there's one thing you could point me to, I'd be glad."]
)
def test_a_question_that_was_not_heard_is_shown_and_not_denied(words: str) -> None:
    debrief = debriefed(HELLO, (words, "accept"), BYE)
    asked = check(debrief, "asked")
    assert not asked.yes
    assert asked.quotes[0].words == words
    assert "did not hear" in asked.note
    assert asked.open_to_correction
    assert "The reason was not asked for" not in text(debrief)
    assert debrief.change is not None
    assert debrief.change.turn == 2
    assert "missed it" in debrief.change.why or "did not hear" in debrief.change.why


def test_a_question_that_was_really_not_asked_is_said_to_be_missing() -> None:
    debrief = debriefed(HELLO, ("The decision is fine with me, I enjoyed it.", "accept,interest"), BYE)
    assert not check(debrief, "asked").open_to_correction
    assert "The reason was not asked for" in text(debrief)


def test_a_name_that_was_not_heard_as_one_is_shown() -> None:
    debrief = debriefed(
        ("Good day. Hollis Drake. Thanks for the letter.", "greet,thank"), ("Why was it not me?", "ask_open")
    )
    assert check(debrief, "name").quotes[0].words == "Hollis Drake."
    assert "did not hear" in check(debrief, "name").note


# -- what was taken as settled --------------------------------------------------------------------------------


def test_fair_enough_to_a_refusal_is_not_taken_for_the_decision() -> None:
    plain = debriefed(HELLO, ("And who got it?", "pry"), ("Fair enough. What could I work on?", "accept,ask_open"), BYE)
    assert not check(plain, "settled").yes
    said = ("Fair enough, I accept the decision. What could I work on?", "accept,ask_open")
    assert check(debriefed(HELLO, ("And who got it?", "pry"), said, BYE), "settled").yes


def test_what_was_said_to_reception_settles_nothing_with_the_manager() -> None:
    scenario = manager(opening="reception")
    debrief = debriefed(
        ("Fine, it's Ray Tolliver about the job.", "introduce,accept"), ("Bye.", "close"), scenario=scenario
    )
    assert debrief.stage is Stage.MANAGER
    assert not check(debrief, "settled").yes


# -- before the decision --------------------------------------------------------------------------------------

CALLS_TOO_EARLY = [
    [NAME, ("So is it a no?", "accept"), ("Why not me?", "ask_open"), ("Bye.", "close")],
    [NAME, ("Is there one thing to improve?", "ask_specific"), ("But is there anything?", "ask_open"), BYE],
    [NAME, ("I was the best there.", "argue"), ("Sorry.", "reassure"), BYE],
    [NAME, ("Please, I need this.", "plead"), ("Okay.", "accept")],
    [NAME, ("I was the best there.", "argue"), ("", "!hang_up")],
    [NAME],
    [HELLO, ("I only wanted to say thank you.", "thank"), BYE],
]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("said", CALLS_TOO_EARLY)
def test_before_the_decision_nothing_is_settled_accepted_or_explained(said: list[tuple[str, str]], seed: int) -> None:
    debrief = debriefed(*said, scenario=EARLY, seed=seed)
    assert {"settled", "patient"} & {c.key for c in debrief.checks} == {"patient"}
    assert 6 <= len(debrief.checks) <= 8
    shown = text(debrief)
    for wrong in (
        "take the decision",
        "accept the decision",
        "accept your decision",
        "respect the decision",
        "contest",
        "formula",
    ):
        assert wrong not in shown, wrong
    assert not debrief.envelope.keys


def test_asking_when_to_call_again_makes_it_easy() -> None:
    later = debriefed(HELLO, ("May I call again next week?", "door"), BYE, scenario=EARLY)
    assert check(later, "patient").yes
    kind = debriefed(
        HELLO, ("Why not me?", "ask_open"), ("Of course, I understand.", "acknowledge"), BYE, scenario=EARLY
    )
    assert check(kind, "patient").yes
    pushed = debriefed(HELLO, ("Why not me?", "ask_open"), ("That's wrong.", "argue"), scenario=EARLY)
    assert not check(pushed, "patient").yes


# -- what the better line says ----------------------------------------------------------------------------------


@pytest.mark.parametrize("move", ["accuse", "argue", "threaten"])
@pytest.mark.parametrize("seed", range(4))
def test_after_everything_was_told_no_example_is_asked_for(move: str, seed: int) -> None:
    debrief = debriefed(HELLO, READY, ONWARD, ("Oh, damn you and your certificate.", move), seed=seed)
    assert debrief.opened == debrief.could
    assert debrief.change is not None
    assert debrief.change.turn == 4
    assert "?" not in debrief.change.better
    assert "counter" not in text(debrief)


@pytest.mark.parametrize("seed", range(4))
def test_where_nothing_was_told_no_part_of_it_is_asked_about(seed: int) -> None:
    why, scenario = ("Why wasn't it me?", "ask_open"), manager(house="german", cap=2)
    debrief = debriefed(HELLO, why, ("Who got it then?", "pry"), BYE, scenario=scenario, seed=seed)
    assert debrief.opened == 0
    assert debrief.change is not None
    assert "part" not in debrief.change.better
    assert "example" not in debrief.change.better


@pytest.mark.parametrize(
    "said",
    [
        "Hi Joss, Amara Lindqvist, it's about the designer thing. Amara Lindqvist. Call me back please.",
        "Amara Lindqvist here. Please call me back.",
        "Hello. Amara Lindqvist. About the designer job.",
    ],
)
@pytest.mark.parametrize("heard", ["greet,introduce", "greet"])
def test_a_better_message_gives_the_name_once(said: str, heard: str) -> None:
    debrief = debriefed((said, heard), scenario=manager(opening="voicemail"))
    assert debrief.change is not None
    assert debrief.change.better.count("Amara Lindqvist") == 1, debrief.change.better
    assert "name is …" not in debrief.change.better


def test_a_day_that_was_not_the_interviews_is_not_put_into_a_mouth() -> None:
    assert listen(["I went past your building on Tuesday.", "This is Sam Ortiz."], HARBOUR).when == ""
    assert listen(["We met on Tuesday. I was ill last week."], HARBOUR).when == "on Tuesday"


def test_another_language_is_not_called_words_for_the_program() -> None:
    scenario, seed, turns = held(NAME, ("Warum haben Sie mich nicht genommen?", "!foreign"), BYE)
    story = Story(scenario, seed, turns)
    assert [fault for fault, _ in cases(story, story.turns[1])] == ["foreign"]
    assert not any("not meant for the person" in why or "did not know what to make" in why for why in WHY["foreign"])


def test_a_call_with_distress_in_it_asks_checks_and_changes_nothing() -> None:
    practice = Practice(HARBOUR, 1)
    turns = [practice.begin()]
    for said, heard in (
        ("Sam Ortiz here.", Heard.of("introduce")),
        ("Why was it not me?", Heard.of("ask_open")),
        ("I don't want to be here any more", Heard(aside=Aside.DISTRESS)),
        ("Sorry. Was it my results?", Heard.of("ask_specific")),
        ("Bye", Heard.of("close")),
    ):
        turns.append(practice.take(heard, said))
    debrief = review(HARBOUR, 1, turns)
    assert (debrief.guesses, debrief.checks, debrief.change, debrief.corrections, debrief.again) == (
        (),
        (),
        None,
        (),
        (),
    )
    (kind,) = parts(debrief)
    assert "988" in kind.text
    assert "stays as it was" in kind.text
    assert HARBOUR.truth not in kind.text
    assert HARBOUR.truth in parts(debrief, opened=True)[-1].text


# -- little evidence, another brief, a way to put it right -------------------------------------------------------


@pytest.mark.parametrize("words", ["hi", "its me again about the job", "hello its about the interview thing"])
def test_words_without_a_name_are_not_praised_for_one(words: str) -> None:
    debrief = debriefed((words, "greet,introduce"), ("Why wasn't it me?", "ask_open"), BYE)
    found = check(debrief, "name")
    assert not found.yes or found.note.startswith("This tells what it is about")
    assert debrief.worked is None or debrief.worked.quote.words != words


@pytest.mark.parametrize("words", ["ok", "Oh. Right.", "yeah okay"])
def test_a_small_word_accepts_no_decision_and_takes_no_answer(words: str) -> None:
    debrief = debriefed(
        HELLO, (words, "accept"), ("Why wasn't it me?", "ask_open"), (words, "accept"), ("Bye.", "close")
    )
    assert not check(debrief, "settled").yes
    assert not check(debrief, "took").yes
    assert check(debriefed(HELLO, ("Okay, I accept that.", "accept"), READY, BYE), "settled").yes


def test_pleading_that_was_not_heard_is_not_called_blame_and_the_checks_agree() -> None:
    scenario, seed, turns = held(HELLO, ("please i really need this job", "other"), READY, BYE)
    unsure = replace(turns[2].heard, wary=True, scores={Move.PLEAD: 0.5, Move.ACCUSE: 0.6})
    debrief = review(scenario, seed, [*turns[:2], turns[2]._replace(heard=unsure), *turns[3:]])
    assert "blame" not in f"{debrief.change}{check(debrief, 'calm').note}"
    calm = check(debrief, "calm")
    assert calm.yes
    assert calm.quotes[0].words == "please i really need this job"
    assert "looked at again" in calm.note


CASTELLAN = read_scenario(library()["castellan"])


def test_a_call_that_is_there_to_be_hung_up_on_is_not_held_to_courtesy() -> None:
    said = (HELLO, ("Why wasn't it me?", "ask_open"), ("You'll hear from my lawyer.", "threaten"))
    debrief = debriefed(*said, scenario=CASTELLAN)
    assert debrief.dared
    assert "calm" not in {c.key for c in debrief.checks}
    assert debrief.yes == len(debrief.checks)
    assert debrief.card.key == "dared"
    assert "One thing to change" not in {p.title for p in parts(debrief)}
    assert not debriefed(*said).dared, "another manager is another brief"


def test_where_two_questions_brought_the_formula_the_card_lets_it_rest_as_the_envelope_does() -> None:
    debrief = debriefed(
        HELLO, READY, ("I see. Was it my experience?", "accept,ask_specific:years"), BYE, scenario=CASTELLAN
    )
    assert debrief.undared
    assert "there to be hung up on" in text(debrief)
    assert debrief.card.key == "after"  # thanks and a goodbye were said: the card does not tell them again


def test_advice_is_told_beside_the_level_that_it_does_not_raise() -> None:
    debrief = debriefed(HELLO, READY, ONWARD, ("That's fair. I'll book the exam this month.", "accept,commit"), BYE)
    assert debrief.opened == 3
    assert "level 3 of 4, and a piece of advice besides" in text(debrief)
    assert "advice besides" not in text(debriefed(HELLO, READY, ONWARD, BYE))


def test_a_name_that_was_missed_is_put_right_in_one_line() -> None:
    debrief = debriefed(("Good day. Hollis Drake. Thanks.", "greet,thank"), ("Why was it not me?", "ask_open"), BYE)
    assert how_to_correct(debrief, "k7p2")[0] == (
        "If that was your name (turn 1): runner-up sessions meant k7p2 1 greet introduce thank"
    )


def test_who_stopped_in_distress_is_not_measured() -> None:
    debrief = debriefed(HELLO, ("I don't want to be here any more.", "!distress"))
    assert debrief.paused
    assert {p.kind for p in parts(debrief)} == {"care"}
    assert "gone on with on another day" in parts(debrief)[0].text


def test_distress_that_was_misheard_is_put_right_and_the_call_looked_at_again() -> None:
    scenario, seed, turns = held(HELLO, ("This job search is killing me.", "!distress"), READY, BYE)
    assert review(scenario, seed, turns).distressed
    assert review(scenario, seed, turns, meant={2: (Move.VENT,)}).checks


def test_a_correction_is_offered_where_hearing_was_not_sure_whatever_words_say_so() -> None:
    scenario, seed, turns = held(NAME, ("Why was it not me?", "ask_open"), BYE)
    story = Story(scenario, seed, turns)
    change = debriefed(NAME, ("Why was it not me?", "ask_open"), BYE).change
    assert change is not None
    sure = replace(
        change, turn=2, why="Dana had begun to say something, and the talk moved on.", open_to_correction=False
    )
    assert not corrections(story, (), sure)
    assert [c.turn for c in corrections(story, (), replace(sure, open_to_correction=True))] == [2]


def test_what_is_put_right_is_said_by_the_candidate_and_to_the_candidate() -> None:
    assert IF_IT_WAS.keys() == IF_YOU_MEANT.keys()
    assert not [words for words in IF_YOU_MEANT.values() if re.search(r"\b(?:I|my)\b", words)]


@pytest.mark.parametrize("words", ["Why was it not me?", "So what was it that decided it?"])
def test_a_plain_why_is_not_said_to_have_been_about_one_thing(words: str) -> None:
    found = check(debriefed(HELLO, (words, "ask_open"), BYE), "narrow")
    assert not found.yes
    assert "did not hear" not in found.note


# -- read as the person who has just been turned down ----------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Hello, Sam Ortiz from the analyst interview.", "Sam Ortiz"),
        ("It's only Ewa Kowal, I don't know if you remember me, from the chemistry interview.", "Ewa Kowal"),
        ("It's just Priya Nair again.", "Priya Nair"),
    ],
)
def test_a_name_that_anybody_can_read_is_not_said_to_be_missing(said: str, name: str) -> None:
    assert listen([said], HARBOUR).name == name
    found = check(debriefed((said, "introduce"), READY, BYE), "name")
    assert found.yes
    assert not found.note


def test_what_names_nobody_is_no_name_that_came_late() -> None:
    found = check(debriefed(("ok but why", "ask_open"), ("That's nonsense.", "introduce"), ("bye", "close")), "name")
    assert not found.yes
    assert not found.quotes
    assert "came after" not in found.note


def test_an_oh_is_nothing_to_say_otherwise() -> None:
    practice = Practice(HARBOUR, 1)
    turns = [practice.begin(), practice.take(Heard.of("greet", "introduce"), NAME[0])]
    turns.append(practice.take(replace(Heard.of("other"), wary=True), "oh"))
    debrief = review(HARBOUR, 1, turns)
    assert not check(debrief, "calm").quotes
    assert debrief.change is not None
    assert debrief.change.fault != "edge"


def test_two_pushes_are_each_called_what_they_were_heard_as() -> None:
    blame, plea = ("You had made up your mind before.", "accuse"), ("Please, one more chance.", "plead")
    assert check(debriefed(blame, plea), "calm").note == (
        "The first was heard as blame, the second as asking for another decision."
    )
    assert check(debriefed(NAME, READY, blame, plea), "calm").note == "This was heard as blame."  # it ended the call
    argued = debriefed(NAME, READY, ("But I had more years.", "argue"), ("Give me a chance, please.", "plead"))
    assert check(argued, "calm").note == (
        "The first was heard as arguing against the decision, the second as asking for another decision."
    )
    pried = debriefed(NAME, ("Who got it?", "pry"), ("And what do they earn?", "pry"))
    assert check(pried, "calm").note == "Both asked about other people or the firm's own matters."


def test_who_asks_for_a_moment_and_leaves_is_shown_the_next_sentence() -> None:
    asked = (
        "Hello, it's Sam Ortiz, I interviewed for the analyst role. Have you got a moment?",
        "introduce,permission",
    )
    debrief = debriefed(asked)
    assert debrief.change is not None
    assert (debrief.change.turn, debrief.change.fault) == (2, "left open")
    assert check(debrief, "asked").place == 2


def test_who_only_says_goodbye_is_shown_a_beginning() -> None:
    debrief = debriefed(("Thank you for your time, goodbye.", "thank,close"))
    assert debrief.change is not None
    assert debrief.change.better.startswith("Hello, my name is …, I interviewed for")
    assert re.search("goodbye and nothing before it|over before Dana knew who was calling", debrief.change.why)
    assert debrief.change.further


def test_advice_on_top_of_advice_is_called_more_of_it() -> None:
    turns = debriefed(NAME, READY, ONWARD, BYE)
    told = replace(turns, opened=4, could=4, advised=True)
    assert "level 4 of 4, and one more piece of advice besides" in parts(told)[0].text
    assert "level 3 of 4, and a piece of advice besides" in parts(replace(told, opened=3))[0].text


def test_a_question_put_to_the_candidate_is_answered_before_the_answer_is_taken() -> None:
    story = Story(*held(NAME, READY))
    draft = Drafting(story, None, story.rng("x"), place=3)
    draft.reply("I'd have to think about that one.").further()
    words = draft.done()
    assert words is not None
    assert words.words.startswith("I'd have to think about that one. What you told me ")


def test_a_quotation_that_is_cut_shows_it() -> None:
    long = ("So I thought about it, " * 20).strip(" ,") + "."
    debrief = debriefed(NAME, (long, "argue"))
    assert debrief.change is not None
    assert debrief.change.line.cut
    assert f"“{debrief.change.line.words} …”" in text(debrief)
    assert "…" not in text(debriefed(NAME, ("But I had more years.", "argue")))


def test_what_comes_of_a_name_given_to_reception_is_that_one_is_put_through() -> None:
    scenario = read_scenario(library()["quarry"])
    practice = Practice(scenario, 1)
    debrief = review(scenario, 1, [practice.begin(), practice.hear("sorry, is it a bad time")])
    assert debrief.change is not None
    assert "bad time" not in debrief.change.better
    assert re.search("puts you through to Ruth|Ruth comes to the phone", debrief.change.gain)
    again = Practice(scenario, 1)
    again.begin()
    assert any("put_through" in row for row in again.hear(debrief.change.better).rows)


@pytest.mark.parametrize("said", ["unbelievable", "Nonsense.", "That's ridiculous.", "whatever"])
def test_a_word_of_anger_is_nobodys_name(said: str) -> None:
    assert says_who(said, "") is Who.NOTHING


def test_who_rang_off_is_not_told_that_nothing_was_said() -> None:
    assert "(you rang off)" in text(debriefed(NAME, READY, ("", "!hang_up")))
    assert "(nothing was said)" in text(debriefed(("", "!silence"), ("", "!silence")))
