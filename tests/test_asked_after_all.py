"""What is asked although it does not look like it, and thanks that take leave: heard as what it is, and answered."""

from __future__ import annotations

import pytest

from dialogs.call import Phase
from dialogs.hearing.ear import Ear
from dialogs.hearing.heard import Cue, Heard
from dialogs.hearing.matters import Matter
from dialogs.moves import ASKS, Move
from dialogs.practice import Practice, Turn
from tests.managers import manager
from tests.places import ANSWERING, ENDED, GUARDED, OPENING, at

UNKNOWN = Cue("Ward 7, this is Jan. Who's calling?", asked=True, nameless=True)
KNOWN = Cue("What can I do for you?", asked=True)
TOLD = Cue("It was more on the company's side.", gave_reason=True)
THANKS, ASK = Heard((Move.THANK,)), Heard((Move.ASK_OPEN,))


@pytest.fixture(scope="module", params=["light", "full"])
def ear(request: pytest.FixtureRequest) -> Ear:
    return Ear(request.param)


def held(*heard: Heard, **draw: str) -> list[Turn]:
    practice = Practice(manager(**draw), 1)
    practice.begin()
    return [practice.take(each) for each in (Heard((Move.INTRODUCE,)), *heard)]


def headings(turn: Turn) -> list[str]:
    return [line.heading for line in turn.lines]


# -- what would have tipped it -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "is there something that would of changed your mind",
        "Is there anything that would have changed your mind?",
        "would anything have made a difference",
        "what would have tipped it",
    ],
)
def test_what_would_have_tipped_it_leans_on_the_answer_and_is_an_honest_question_before_one(
    ear: Ear, said: str
) -> None:
    asked = ear.hear(said, TOLD)
    assert Move.PROBE in asked.moves
    assert (asked.guess, asked.areas, asked.echo) == (False, (), None)
    assert {Move.ASK_OPEN, Move.ASK_SPECIFIC} & set(ear.hear(said, KNOWN).moves)


def test_a_change_on_their_side_is_still_a_guess(ear: Ear) -> None:
    assert ear.hear("did something change on your side?", TOLD).guess


@pytest.mark.parametrize("said", ["How's that?", "how's that then", "hows that", "oh, how so?", "In what way?"])
def test_hows_that_asks_on_after_an_answer_and_before_one_has_not_caught_the_words(ear: Ear, said: str) -> None:
    assert ear.hear(said, TOLD).moves == (Move.PROBE,)


def test_before_an_answer_hows_that_is_said_by_who_did_not_hear(ear: Ear) -> None:
    assert ear.hear("How's that?", KNOWN).matter is Matter.REPEAT


# -- one's own marks, and a guess ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "Which one of the criteria did I score lowest on?",
        "where did i score worst",
        "what did I score lowest in",
        "And on which question did I lose the most points?",
        "what was my weakest area",
    ],
)
def test_where_one_scored_lowest_is_nobody_elses_matter(ear: Ear, said: str) -> None:
    heard = ear.hear(said, TOLD)
    assert ASKS & set(heard.moves)
    assert Move.PRY not in heard.moves


@pytest.mark.parametrize(
    "said", ["what was it chef", "what was it, chef?", "what was it boss", "so what was it, mate?"]
)
def test_by_whom_one_is_addressed_changes_nothing_in_what_is_asked(ear: Ear, said: str) -> None:
    assert ASKS & set(ear.hear(said, TOLD).moves)
    for cue in (KNOWN, TOLD):
        plainly = ear.hear(said.replace("chef", "").replace("boss", "").replace("mate", "").replace(", ?", "?"), cue)
        assert ear.hear(said, cue).moves == plainly.moves


def test_a_chef_who_is_spoken_of_stays_in_the_words(ear: Ear) -> None:
    assert ear.evidence("I was a sous chef.").plain.endswith("chef.")
    assert "chef" in ear.evidence("Was it my old chef?").plain


def test_a_guess_gets_a_word_also_where_it_is_near_or_where_nothing_more_is_told() -> None:
    near, wrong, right = (
        Heard((Move.ASK_SPECIFIC,), areas=(area,), guess=True, topic=(area,))
        for area in ("skills", "manners", "certificate")
    )
    graced = Heard((Move.ACCEPT, Move.ASK_OPEN))
    assert headings(held(graced, near)[-1])[0] == "not_quite"
    assert headings(held(graced, wrong)[-1])[0] == "not_that"
    turns = held(graced, right, Heard((Move.PROBE,)), wrong, minutes="30")
    assert headings(turns[-1]) == ["not_that", "pull_back"]
    assert headings(held(near)[-1]) == ["stock"]  # where nothing is told, a no would be telling


# -- who is there, and what is only named --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said", ["is this policy?", "Is this experience?", "is this urgent?", "Is this company policy?"]
)
def test_what_no_person_or_house_is_called_asks_for_nobody(ear: Ear, said: str) -> None:
    assert ear.hear(said, UNKNOWN).matter is not Matter.WHO


@pytest.mark.parametrize("said", ["is this tesco?", "Is that Dana?", "is that the clinic?", "is this harbour mutual?"])
def test_a_house_and_a_name_are_asked_for_in_any_letters(ear: Ear, said: str) -> None:
    assert ear.hear(said, UNKNOWN).matter is Matter.WHO


@pytest.mark.parametrize(
    "said", ["At my age the role is about stability.", "at my age a part like this is rare", "My accent fits the part."]
)
def test_a_role_or_a_part_beside_a_trait_asks_nothing_about_it(ear: Ear, said: str) -> None:
    assert ear.hear(said, TOLD).matter is not Matter.TRAIT


@pytest.mark.parametrize(
    "said", ["did my age play a part", "my age had a role in it?", "my accent was a big part of it, wasn't it"]
)
def test_whether_it_played_a_part_is_asked_about(ear: Ear, said: str) -> None:
    assert ear.hear(said, TOLD).matter is Matter.TRAIT


# -- thanks at the end ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["Ta. Cheers.", "cheers then", "Lovely. Ta. Thank you.", "ok thanks anyway"])
def test_twofold_thanks_take_leave_once_there_was_an_answer(ear: Ear, said: str) -> None:
    assert {Move.THANK, Move.CLOSE} <= set(ear.hear(said, TOLD).moves)
    assert Move.CLOSE not in ear.hear("Thanks. That helps me a lot.", TOLD).moves


@pytest.mark.parametrize("said", ["Thanks chef.", "thank you", "ok cheers", "That's great, thanks a lot."])
def test_thanks_to_was_that_all_take_leave(ear: Ear, said: str) -> None:
    offered = Cue("Was there something else?", asked=True, gave_reason=True)
    assert Move.CLOSE in ear.hear(said, offered).moves


def test_thanks_alone_are_asked_whether_that_was_all_and_the_second_time_they_take_leave() -> None:
    turns = held(ASK, THANKS, THANKS, warmth="-0.5")
    assert headings(turns[2]) == ["thanked", "anything_else"]
    assert turns[3].ended
    assert at(ANSWERING, "thank", thanks=2, asks=1) == at(GUARDED, "thank", thanks=2, asks=1) == ("goodbye", ENDED)
    assert at(ANSWERING, "thank", thanks=1, asks=1) == ("thanked", ANSWERING)
    assert at(OPENING, "thank", thanks=2) == ("thanked", OPENING)


def test_thanks_with_anything_beside_them_or_between_them_take_no_leave() -> None:
    beside = Heard((Move.THANK, Move.ACCEPT))
    assert held(ASK, beside, beside)[-1].phase is Phase.ANSWERING
    assert held(ASK, THANKS, ASK, THANKS)[-1].phase is Phase.ANSWERING
