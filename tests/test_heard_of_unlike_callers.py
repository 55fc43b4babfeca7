"""Callers with little English, few words or a slip of the tongue: what they ask and tell is heard as what it is."""

from __future__ import annotations

import pytest

from dialogs.explain import explain
from dialogs.hearing.ear import Ear
from dialogs.hearing.heard import Cue
from dialogs.hearing.matters import Matter
from dialogs.moves import ASKS, Move
from dialogs.practice import Practice
from tests.debriefed import EAR, SCENARIOS

UNKNOWN = Cue("Ward 7, this is Jan. Who's calling?", asked=True, nameless=True)
TOLD = Cue("It was more on the company's side.", gave_reason=True)


@pytest.fixture(scope="module", params=["light", "full"])
def ear(request: pytest.FixtureRequest) -> Ear:
    return Ear(request.param)


@pytest.mark.parametrize("said", ["hiya", "yo", "hallo"])
def test_a_hello_is_nobodys_name(ear: Ear, said: str) -> None:
    assert Move.INTRODUCE not in ear.hear(said, UNKNOWN).moves
    assert Move.INTRODUCE in ear.hear("Hallo, Dai Rees", UNKNOWN).moves


@pytest.mark.parametrize("said", ["you can speak slow please", "could you speak up", "please talk a bit slower"])
def test_who_cannot_follow_is_told_it_again(ear: Ear, said: str) -> None:
    assert ear.hear(said, TOLD).matter is Matter.REPEAT


@pytest.mark.parametrize("said", ["To whom do I address the appeal?", "to whom should i write about that"])
def test_to_whom_one_writes_is_asked_in_good_english_too(ear: Ear, said: str) -> None:
    heard = ear.hear(said, TOLD)
    assert heard.matter is Matter.WRITTEN
    assert not heard.wary


@pytest.mark.parametrize("said", ["ok writing that down", "right, noting this down"])
def test_who_writes_it_down_needs_a_moment(ear: Ear, said: str) -> None:
    heard = ear.hear(said, TOLD)
    assert heard.matter is Matter.MOMENT
    assert not heard.wary


@pytest.mark.parametrize(
    "said", ["sorry for my english", "Please excuse my English, it is not so good.", "Sorry about my accent."]
)
def test_who_apologises_for_how_they_speak_is_given_time_and_guesses_nothing(ear: Ear, said: str) -> None:
    for cue in (TOLD, UNKNOWN, Cue("Hello! Go on.")):
        heard = ear.hear(said, cue)
        assert heard.matter is Matter.MOMENT
        assert not ASKS & set(heard.moves)
        assert Move.VENT not in heard.moves


@pytest.mark.parametrize(
    "said", ["That was a joke. I'm nervous.", "I've never made a call like this", "I'm really scared to ask"]
)
def test_nerves_are_given_time_and_cost_nothing(ear: Ear, said: str) -> None:
    for cue in (TOLD, Cue("Yes. Go on, ask.")):
        assert (ear.hear(said, cue).matter, ear.hear(said, cue).moves) == (Matter.MOMENT, (Move.OTHER,))


@pytest.mark.parametrize(
    "said",
    [
        "I'm not nervous, I just want to know why",
        "I was nervous in the interview. Was it that?",
        "I'm shaking with anger, you liars",
    ],
)
def test_nerves_that_are_not_those_of_this_call_are_heard_as_before(ear: Ear, said: str) -> None:
    assert ear.hear(said, TOLD).matter is not Matter.MOMENT


def test_why_does_not_tell_who_apologises_for_their_english_that_they_are_writing() -> None:
    scenario = SCENARIOS["clinic"]
    practice = Practice(scenario, 1, ear=EAR.hear)
    turns = [practice.begin(), practice.hear("hello, i am calling about the job. my name is Ana")]
    turns.append(practice.hear("sorry for my english"))
    told = " ".join(explain(turns[-1], turns, scenario)).casefold()
    assert "find words" in told
    assert "write something down" not in told


@pytest.mark.parametrize(
    "said",
    [
        "I'm sorry if my english was the problem",
        "sorry, my english, was it that?",
        "Excuse my bad English, why i not get job?",
    ],
)
def test_what_is_asked_beside_such_an_apology_is_still_asked(ear: Ear, said: str) -> None:
    assert ASKS & set(ear.hear(said, TOLD).moves)


def test_how_many_years_one_needs_is_ones_own_matter_and_how_many_came_is_not(ear: Ear) -> None:
    assert Move.PRY not in ear.hear("experience, how many year i need?", TOLD).moves
    assert ASKS & set(ear.hear("experience, how many year i need?", TOLD).moves)
    assert Move.PRY in ear.hear("how many people did you interview", TOLD).moves


@pytest.mark.parametrize(
    "said", ["where i can get this experience?", "where could I learn that?", "how can i become better"]
)
def test_where_to_learn_it_asks_for_advice(ear: Ear, said: str) -> None:
    assert ear.hear(said, TOLD).advice


@pytest.mark.parametrize("said", ["my letter", "oh. my spelling", "ah the interview answers"])
def test_a_thing_and_no_more_is_a_guess_at_it(ear: Ear, said: str) -> None:
    heard = ear.hear(said, TOLD)
    assert Move.ASK_SPECIFIC in heard.moves
    assert heard.guess
    assert not ear.hear("the weather", TOLD).guess


@pytest.mark.parametrize("said", ["Would you be willing to be a reference?", "fair enough. you'd have me again like?"])
def test_a_referral_and_another_time_are_about_later_on(ear: Ear, said: str) -> None:
    heard = ear.hear(said, TOLD)
    assert Move.DOOR in heard.moves
    assert not ASKS & set(heard.moves)
    assert Move.ASK_SPECIFIC in ear.hear("was it my references?", TOLD).moves
