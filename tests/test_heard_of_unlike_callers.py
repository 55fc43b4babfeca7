"""Callers with little English, few words or a slip of the tongue: what they ask and tell is heard as what it is."""

from __future__ import annotations

import pytest

from dialogs.hearing.ear import Ear
from dialogs.hearing.heard import Cue
from dialogs.hearing.matters import Matter
from dialogs.moves import ASKS, Move

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


@pytest.mark.parametrize("said", ["ok writing that down", "right, noting this down"])
def test_who_writes_it_down_needs_a_moment(ear: Ear, said: str) -> None:
    heard = ear.hear(said, TOLD)
    assert heard.matter is Matter.MOMENT
    assert not heard.wary


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
