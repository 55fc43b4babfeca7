"""Short blame, and a name that hearing never met: neither is taken for its opposite."""

from __future__ import annotations

import pytest

from bot.library import find
from dialogs.hearing.ear import Ear
from dialogs.hearing.names import given_name
from dialogs.moves import COSTLY, Move
from dialogs.practice import Practice

SETTLED = {Move.ACCEPT, Move.REASSURE, Move.THANK}


@pytest.mark.parametrize(
    "said",
    [
        "That's unfair.",
        "Why didn't you take me? That's unfair.",
        "this is so unfair",
        "thats not fair",
        "not fair at all",
    ],
)
def test_unfair_is_not_heard_as_fair(ear: Ear, said: str) -> None:
    heard = ear.hear(said)
    assert not SETTLED & set(heard.moves)
    assert heard.wary or set(heard.moves) & {Move.ACCUSE, Move.VENT}


@pytest.mark.parametrize("said", ["That's fair.", "I'm not saying it's unfair.", "it's not unfair, I get it"])
def test_fair_and_not_unfair_are_taken_well(ear: Ear, said: str) -> None:
    heard = ear.hear(said)
    assert SETTLED & set(heard.moves)
    assert not COSTLY & set(heard.moves)


def test_a_name_may_run_on_without_a_sign() -> None:
    line = "Bramble Court Dental, hello, Philippa speaking."
    for said, rest in (
        ("its jaden i did the trial lesson lol", "i did the trial lesson lol"),
        ("this is oluwaseun from thursday", "from thursday"),
    ):
        given = given_name(said, line)
        assert given is not None
        assert (given.plainly, given.rest) == (True, rest)
    assert given_name("its sad i did not get it", line, lambda word: 0.5) is None
    assert given_name("im gutted i did not get it", line) is None


@pytest.mark.parametrize("said", ["its jaden i did the trial lesson lol", "hey its jaden i did the trial lesson"])
def test_who_gives_a_name_nobody_met_is_not_taken_to_blame(ear: Ear, said: str) -> None:
    practice = Practice(find("clinic"), 2, ear=ear.hear)
    practice.begin()
    heard = practice.hear(said).heard
    assert Move.INTRODUCE in heard.moves
    assert not COSTLY & set(heard.moves)
    assert not heard.wary


def test_blame_behind_a_name_is_blame_still(ear: Ear) -> None:
    practice = Practice(find("clinic"), 2, ear=ear.hear)
    practice.begin()
    turn = practice.hear("its jaden i know you are liars and you lied to me")
    assert Move.ACCUSE in turn.heard.moves or turn.heard.wary
