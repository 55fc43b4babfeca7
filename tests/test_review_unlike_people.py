"""Debriefs of calls by very unlike people: whose words are quoted for what, and what is called half said."""

from __future__ import annotations

import pytest

from dialogs.moves import Move
from dialogs.review.evidence import Who, says_who
from dialogs.review.quoting import grudging, sentence_of
from dialogs.review.worked import KIND
from tests.managers import manager
from tests.short_calls import BYE, HELLO, check, debriefed


@pytest.mark.parametrize(
    "said",
    [
        "Thanks a million.",
        "Thanks a lot!",
        "Well, thank you for not fobbing me off.",
        "Thanks for not laughing at me.",
        "Thank you so much for not hanging up.",
    ],
)
def test_plain_thanks_take_nothing_back(said: str) -> None:
    assert not grudging(said)


@pytest.mark.parametrize(
    "said",
    [
        "Thanks for not hiring me.",
        "thanks so much for not even calling",
        "Thank you for not bothering to answer.",
        "Thanks for nothing.",
        "thanks for wasting my time",
    ],
)
def test_thanks_for_a_slight_take_themselves_back(said: str) -> None:
    assert grudging(said)


@pytest.mark.parametrize(
    "said", ["Fine, it's Rosa. Why them?", "Okay, this is Bilal, and I'd like to know why.", "It's Nkechi."]
)
def test_a_first_name_after_it_is_tells_who_is_calling(said: str) -> None:
    assert says_who(said, "", others="Dana Whitfield Harbour Mutual") is Who.NAME


@pytest.mark.parametrize("said", ["Fine, it's Dana.", "Well, it's Monday.", "Okay, it's Ridiculous."])
def test_a_word_after_it_is_may_be_nobodys_name(said: str) -> None:
    assert says_who(said, "", others="Dana Whitfield Harbour Mutual") is not Who.NAME


THREE = (
    "I know you must have had loads of people, but I wondered, first, which criteria I fell short on, and second, whether the "
    "written exercise counted against me, and also is there a reserve list?"
)


def test_of_several_questions_the_one_about_later_on_is_not_quoted_for_the_reason() -> None:
    assert "criteria" in sentence_of(Move.ASK_SPECIFIC, THREE)
    assert sentence_of(Move.ASK_OPEN, "What went wrong? Will there be other jobs?") == "What went wrong?"
    assert sentence_of(Move.ASK_OPEN, "Is there any advice for the future?") == "Is there any advice for the future?"


@pytest.mark.parametrize(
    ("said", "guess"),
    [
        ("Is it the nights, then? Would you take me if I did weekends as well?", "Is it the nights, then?"),
        ("Was it my letter? What should I put in it?", "Was it my letter?"),
        ("Right. Was it because I was late? Could you say?", "Was it because I was late?"),
    ],
)
def test_of_several_questions_the_guess_is_quoted_for_the_narrow_one(said: str, guess: str) -> None:
    assert sentence_of(Move.ASK_SPECIFIC, said) == guess


def test_a_line_that_asks_is_not_praised_for_asking_nothing() -> None:
    first = ("so what let me down", "ask_open")
    kind = "I understand it was hard, was it other things as well?"
    bye = ("bye", "close")
    told = {}
    for moves in ("acknowledge", "acknowledge,ask_open"):
        found = [
            debriefed(first, first, first, (kind, moves), bye, scenario=manager(house="burned", cap=0), seed=n).worked
            for n in range(6)
        ]
        told[moves] = {w.why for w in found if w and w.quote.words == kind}
    assert told == {"acknowledge": set(KIND), "acknowledge,ask_open": {KIND[0]}}


@pytest.mark.parametrize("sorry", ["I'm sorry to be a pain.", "Sorry, you don't need all that.", "Oh, sorry, sorry."])
def test_pardon_for_the_call_does_not_take_the_decision_as_settled(sorry: str) -> None:
    asked = ("What could I do better?", "ask_open")
    assert not check(debriefed(HELLO, (sorry, "reassure"), asked, BYE), "settled").yes


@pytest.mark.parametrize("sorry", ["Sorry, that was rude of me.", "I apologise."])
def test_pardon_for_a_push_or_a_tone_does(sorry: str) -> None:
    asked = ("What could I do better?", "ask_open")
    assert check(debriefed(HELLO, (sorry, "reassure"), asked, BYE), "settled").yes
    pushed = ("You were unfair.", "argue")
    assert check(debriefed(HELLO, pushed, ("I'm sorry.", "reassure"), asked, BYE), "settled").yes
