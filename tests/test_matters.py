"""Matters at the edge of a call: what only looks like a push or like grace, and what stays one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.beside import out_of_role
from bot.library import find
from dialogs.call import Phase
from dialogs.hearing.ear import Ear
from dialogs.hearing.heard import Aside, Cue, Heard
from dialogs.hearing.judgement import Verdict, within
from dialogs.hearing.matters import Matter
from dialogs.moves import COSTLY, FAMILIES, Move
from dialogs.practice import Practice
from dialogs.review import parts, review
from dialogs.scenes import SAID_BY_ALL

KNOWN = Cue("What can I do for you?", asked=True)
TOLD = Cue("It came down to experience.", gave_reason=True)


@pytest.fixture(scope="module", params=["light", "full"])
def ear(request: pytest.FixtureRequest) -> Ear:
    return Ear(request.param)


@pytest.mark.parametrize(
    ("said", "matter"),
    [
        ("I talked to my lawyer about the way I was asked whether I plan to have children.", Matter.PROTECTED),
        ("One of the panel asked if I was planning a family. Was that the reason?", Matter.PROTECTED),
        ("They asked me about my religion.", Matter.PROTECTED),
        ("My union rep told me I can ask for feedback.", Matter.RIGHT),
        ("I've made a freedom of information request about the scoring, and my union rep is helping me.", Matter.RIGHT),
        ("I have a right to know how it was scored, I think.", Matter.RIGHT),
        ("My solicitor suggested that I ring and ask for the reason.", Matter.RIGHT),
        ("You did not mention the written feedback. Whom do I ask for it?", Matter.WRITTEN),
        ("Could I get the feedback in writing?", Matter.WRITTEN),
        ("Is this call being recorded?", Matter.RECORDED),
        ("Is this really Lantern Studio?", Matter.REALLY),
        ("Is that really you, Bea?", Matter.REALLY),
        ("Are you free on Friday?", Matter.COURTING),
        ("You have a lovely voice.", Matter.COURTING),
        ("ok", Matter.NOD),
        ("Fine.", Matter.NOD),
    ],
)
def test_what_touches_a_matter_is_no_threat_and_no_plea(ear: Ear, said: str, matter: Matter) -> None:
    heard = ear.hear(said, TOLD)
    assert heard.matter is matter
    assert not set(heard.moves) & COSTLY
    assert Heard.from_json(heard.as_json()).matter is matter


@pytest.mark.parametrize(
    "said",
    [
        "You'll hear from my lawyer.",
        "My lawyer will contact you.",
        "I talked to my lawyer and I'll see you in court.",
        "My union will take this to the tribunal.",
        "I'll make a freedom of information request and then I'm going to the press.",
        "I was asked if I have children, and my lawyer is going to sue you for it.",
    ],
)
def test_an_announced_step_stays_a_threat_whatever_is_named_beside_it(ear: Ear, said: str) -> None:
    assert Move.THREATEN in ear.hear(said, KNOWN).moves


@pytest.mark.parametrize(
    "said",
    [
        "My attorney says I have a case",
        "Expect a letter from my solicitor.",
        "I'm talking to a solicitor this afternoon",
        "tell me or i call the union",
    ],
)
def test_what_stands_on_the_door_step_of_the_law_is_still_a_threat(said: str) -> None:
    heard = Ear("full").hear(said, KNOWN)
    assert Move.THREATEN in heard.moves
    assert heard.matter is Matter.NONE


def test_a_lawyer_held_up_in_silence_is_a_hint_and_gets_one_guarded_answer() -> None:
    practice = Practice(find("harbour"), 1, ear=Ear("full").hear)
    practice.begin()
    practice.hear("Hello, this is Sam Ortiz. I interviewed for the analyst role.")
    assert practice.hear("My lawyer bills by the hour and she's BORED.").ended is False
    assert practice.hear("My union rep has the emails, all thirty-one of them.").ended


def test_words_of_the_trade_are_no_matter(ear: Ear) -> None:
    for said in (
        "I interviewed for the solicitor post.",
        "You asked me how I would handle a difficult child in class.",
        "You asked about health and safety, was it that answer?",
        "I understand you can't say more because of the rules.",
        "Is this really final?",
        "I'm calling about a job I didn't get, who do I talk to?",
        "Are you free to talk on Friday?",
    ):
        assert ear.hear(said, KNOWN).matter is Matter.NONE, said


def test_a_bare_okay_is_no_grace_and_what_follows_it_is_heard_for_itself(ear: Ear) -> None:
    for said in ("ok", "Okay.", "fine", "Alright", "Okay. Why did I not get it?"):
        assert Move.ACCEPT not in ear.hear(said, TOLD).moves, said
    for said in ("Okay, I accept that.", "Fine, that's fair enough, I respect the decision."):
        assert Move.ACCEPT in ear.hear(said, TOLD).moves, said


def test_a_question_about_oneself_is_no_prying(ear: Ear) -> None:
    for said in ("What did they say about me?", "Was I second?", "Did I come close?", "How close was I?"):
        moves = set(ear.hear(said, KNOWN).moves)
        assert moves & FAMILIES["asking"], said
        assert Move.PRY not in moves, said
    for said in ("What did the other candidate say?", "What did my referee say about me?", "Who came second?"):
        assert Move.PRY in ear.hear(said, KNOWN).moves, said


def test_an_insult_without_a_swear_word_brings_care_and_never_thanks(ear: Ear) -> None:
    for said in (
        "You German bureaucrats are all the same, you couldn't test a light bulb.",
        "you must be really bad at your job",
        "I guess you like mediocre people",
        "The exercise was, frankly, trivial. I have a doctorate.",
    ):
        heard = ear.hear(said, KNOWN)
        assert heard.wary or set(heard.moves) & COSTLY, said
        assert not set(heard.moves) & FAMILIES["warm"], said
    assert Move.ACCUSE in ear.hear("...like always, nazi.", KNOWN).moves


def held(*lines: str) -> Practice:
    practice = Practice(find("harbour"), 1, ear=Ear("light").hear)
    practice.begin()
    for said in ("Hello, this is Sam Ortiz. I interviewed for the analyst role.", *lines):
        practice.hear(said)
    return practice


def test_a_matter_is_answered_in_the_call_costs_nothing_and_leaves_it_where_it_was() -> None:
    for said, heading in (
        ("I have made a freedom of information request about the scoring.", "by_the_book"),
        ("They asked me about my religion.", "not_to_be_asked"),
        ("Is this call being recorded?", "not_recorded"),
    ):
        practice = held()
        before = (practice.call.trust, practice.call.patience)
        turn = practice.hear(said)
        assert turn.lines[0].text in SAID_BY_ALL[heading]
        assert (practice.call.trust, practice.call.patience) == before
        assert turn.phase is Phase.OPENING


def test_who_asks_before_giving_a_name_is_answered_and_asked_for_it() -> None:
    practice = Practice(find("lantern"), 1, ear=Ear("light").hear)
    practice.begin()
    assert [line.heading for line in practice.hear("Is this call being recorded?").lines] == [
        "not_recorded",
        "who_is_this",
    ]
    assert [line.heading for line in practice.hear("ok").lines] == ["who_is_this"]


def test_words_that_may_be_an_insult_are_answered_with_care_alone() -> None:
    turn = held().hear("I guess you like mediocre people")
    assert [line.heading for line in turn.lines] == ["wary"]


def test_the_first_plea_gets_a_kind_word_before_the_no() -> None:
    practice = held()
    plea = "I have two small children. Please give me another chance."
    assert [line.heading for line in practice.hear(plea).lines] == ["kind", "no_reconsider"]
    assert [line.heading for line in practice.hear("Please, I beg you, another chance.").lines] == ["no_reconsider"]


def test_the_debrief_has_a_kind_word_about_a_question_nobody_may_ask_and_speaks_of_no_threat() -> None:
    ear, told = Ear("light"), []
    for said in (
        "My lawyer says I should tell you that I was asked if I want children.",
        "I think of my future a lot.",
    ):
        practice = Practice(find("harbour"), 1, ear=ear.hear)
        turns = [
            practice.begin(),
            practice.hear("Hello, this is Sam Ortiz."),
            practice.hear(said),
            practice.hear("Goodbye."),
        ]
        told.append("\n".join(part.text for part in parts(review(find("harbour"), 1, turns))))
    assert "may not ask about children" in told[0]
    assert "may not ask about children" not in told[1]
    assert "a threat" not in told[0]


def test_who_is_furious_and_announces_nothing_is_not_told_of_a_threat(ear: Ear) -> None:
    for said in (
        "I'm furious. Six hours in your studio, a free concept for your client, and then a form mail.",
        "I am so angry with you. I gave you two days of my life for nothing.",
    ):
        assert Move.THREATEN not in ear.hear(said, Cue("Bea here.", nameless=True)).moves


@pytest.mark.parametrize(("likely", "stands_for"), [(Move.ACCUSE, Move.ACCUSE), (Move.VENT, Move.VENT)])
def test_what_only_seemed_a_threat_is_blame_or_a_feeling_unless_a_step_is_announced(
    likely: Move, stands_for: Move
) -> None:
    scores = dict.fromkeys(Move, 0.0) | {Move.THREATEN: 0.85, likely: 0.6}
    seemed = Verdict((Move.THREATEN,), scores, frozenset(), wary=False, echo=None)
    assert within(seemed, frozenset(), slight=False, step=False).moves == (stands_for,)
    assert within(seemed, frozenset(), slight=False, step=True) == seemed
    meant = replace(seemed, sure=frozenset({Move.THREATEN}))
    assert within(meant, frozenset(), slight=False, step=False) == meant


def test_a_question_about_the_program_gets_the_honest_aside() -> None:
    assert Ear("light").hear("Are you a real person?").aside is Aside.SOFTWARE
    for about in (Aside.SOFTWARE, Matter.RECORDED, Matter.REALLY):
        assert "Bea" in out_of_role(about, "Bea", "")
    assert "Nothing is kept." in out_of_role(Matter.RECORDED, "Bea", "Nothing is kept.")
    assert out_of_role(Matter.NOD, "Bea", "") == out_of_role(Aside.NONE, "Bea", "") == ""


@pytest.mark.parametrize(
    "said",
    [
        "Are you really telling me that after five hours of interviews?", "Are you really refusing to give me a reason?",
        "Hello? Is anyone there?", "Thank you so much, will you keep me on record?",
    ],
)  # fmt: skip
def test_a_rebuttal_a_hello_and_a_wish_are_no_question_of_safety(ear: Ear, said: str) -> None:
    assert ear.hear(said, KNOWN).matter is Matter.NONE


@pytest.mark.parametrize("said", ["Okay.", "fine"])
def test_an_okay_is_a_nod_to_a_line_and_by_itself_acceptance(said: str) -> None:
    by_itself = Ear("full").hear(said)
    assert by_itself.moves == (Move.ACCEPT,)
    assert by_itself.matter is Matter.NONE
    assert Ear("full").hear(said, TOLD).matter is Matter.NOD
