"""Hurt as it is said: which words are hard and which are not, how a caller in tears is met, and what takes blame back."""

from __future__ import annotations

import pytest

from bot.library import find
from dialogs.call import Phase
from dialogs.hearing.ear import Ear
from dialogs.hearing.heard import Cue, Heard
from dialogs.hearing.matters import Matter
from dialogs.hearing.rules import in_hard_words
from dialogs.moves import Move
from dialogs.practice import Practice, Turn
from tests.managers import headings
from tests.places import ANSWERING

BLAME, NAMED = Heard((Move.ACCUSE,)), Heard((Move.INTRODUCE,))


def said(scenario: str, seed: int, ear: Ear, *words: str) -> list[Turn]:
    practice = Practice(find(scenario), seed, ear=ear.hear)
    practice.begin()
    return [practice.hear(each) for each in words]


@pytest.mark.parametrize(
    "words",
    [
        "you discriminated against me", "that's illegal you know", "this is plain ageism", "your process is corrupt", "you're all liars",
        "you must be stupid", "that's racism",
    ],
)  # fmt: skip
def test_an_insult_and_an_unlawful_act_are_hard_words(words: str) -> None:
    assert in_hard_words(words)


@pytest.mark.parametrize(
    "words",
    [
        "you never even gave me a chance",
        "that was so unfair",
        "you people rejected me again",
        "you wasted my time",
        "you lot are all the same",
    ],
)
def test_blame_without_them_is_not(words: str) -> None:
    assert not in_hard_words(words)


def test_in_tears_one_is_met_by_a_person_and_the_call_goes_on(ear: Ear) -> None:
    turns = said(
        "museum", 1, ear, "this is jane. you people rejected me again. i cried all morning",
        "dont give me that. why wasnt it me", "ok. thanks for your time, bye",
    )  # fmt: skip
    assert headings(turns[0])[-1] == "kind"
    assert "hr" not in headings(turns[0])
    assert turns[1].phase is ANSWERING
    assert headings(turns[2]) == ["close_neutral"]


def after_an_insult(ear: Ear) -> Practice:
    practice = Practice(find("ward"), 3, ear=ear.hear)
    practice.begin()
    for heard in (NAMED, Heard((Move.ACCUSE,), hard=True)):
        practice.take(heard)
    return practice


@pytest.mark.parametrize(
    "words", ["I didn't mean that, I'm sorry", "I'm so sorry. I was upset.", "ok, i'm sorry about that"]
)
def test_blame_is_taken_back_by_a_sorry_beside_other_words(ear: Ear, words: str) -> None:
    assert headings(after_an_insult(ear).hear(words))[-1] == "mended"


@pytest.mark.parametrize(
    "words", ["Sorry, what was that?", "Sorry, I still think it was wrong.", "I'm sorry but you lied."]
)
def test_a_sorry_that_takes_nothing_back_mends_nothing(ear: Ear, words: str) -> None:
    assert after_an_insult(ear).hear(words).phase in (Phase.GUARDED, Phase.ENDED)


@pytest.mark.parametrize(
    "words", ["Sorry. That wasn't fair.", "sorry, that was not fair of me", "Sorry I was short with you at the start."]
)
def test_after_a_push_what_was_not_fair_is_ones_own_word(ear: Ear, words: str) -> None:
    practice = Practice(find("ward"), 3, ear=ear.hear)
    practice.begin()
    for heard in (NAMED, BLAME):
        practice.take(heard)
    turn = practice.hear(words)
    assert turn.moves == (Move.REASSURE,)
    assert headings(turn) == ["warmed"]
    assert Move.REASSURE not in ear.hear("That wasn't fair.", practice.cue).moves


@pytest.mark.parametrize("words", ["I intend to appeal.", "I consider it unfair and I'd like to appeal."])
def test_an_appeal_is_a_right_and_no_threat(ear: Ear, words: str) -> None:
    heard = ear.hear(words, Cue("You put your name down with us.", gave_reason=True))
    assert heard.matter is Matter.RIGHT
    assert Move.THREATEN not in heard.moves
    assert Move.THREATEN in ear.hear(f"{words} You'll hear from my lawyer.", Cue("Yes?")).moves
