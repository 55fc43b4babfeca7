"""Slips of typing are not handed back to the candidate in a line to say aloud, and no word is made another."""

from __future__ import annotations

import pytest

from dialogs.hearing import Ear, full_fits, weights
from dialogs.hearing.ear import FULL_FILE, Weight
from dialogs.review.spelling import mended
from dialogs.slips import meant_word, without_slips, words_of
from tests.short_calls import spoken


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hi its jonno i interviewd for the anlyst thing", "Hi it's Jonno, I interviewed for the analyst thing."),
        ("il get it sorted nxt week, i thort so befor", "I'll get it sorted next week, I thought so before."),
        ("was it my presentaton or the spredsheet", "Was it my presentation or the spreadsheet?"),
        ("Any sugestion how i can imrpove my comunication?", "Any suggestion how I can improve my communication?"),
        ("the desicion is fine, thnaks", "The decision is fine, thanks."),
        ("Is Mr Analst there?", "Is Mr Analst there?"),  # a name stays as it is
    ],
)
def test_a_word_that_is_missed_by_a_letter_is_written_as_it_was_meant(typed: str, meant: str) -> None:
    assert mended(typed, "jonno") == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("give me a exmple or any detials, thats all", "give me a example or any details, thats all"),
        ("could u explian the reazon, an exampl would help", "could u explain the reason, an example would help"),
        ("can you be more spesific and elaborete", "can you be more specific and elaborate"),
        ("I should of prepared, I shouldn't of come late", "I should have prepared, I shouldn't have come late"),
    ],
)
def test_what_a_question_is_put_with_is_read_as_it_was_meant(typed: str, meant: str) -> None:
    assert without_slips(typed) == meant


@pytest.mark.parametrize(
    "said", ["an exam", "my exams", "XML and SQL", "a person", "I resonate with that", "I could of course wait",
             "he manages it", "my strength", "the license", "her interests", "nothin to add", "somebody called Analst"],
)  # fmt: skip
def test_words_that_are_spelt_as_meant_stay_as_they_are(said: str) -> None:
    assert without_slips(said) == said


@pytest.mark.parametrize("weight", ["light", "full"] if full_fits() else ["light"])
def test_hearing_reads_a_word_as_it_was_meant(weight: Weight) -> None:
    ear = Ear(weight)
    assert ear.hear("any fedback for me? i am very intrested in a seprate vacansy") == ear.hear(
        "any feedback for me? i am very interested in a separate vacancy"
    )


def test_the_words_of_the_job_are_known_in_its_call() -> None:
    words = words_of("Senior process metallurgist", "Stannard Castings")
    assert (
        without_slips("i came about the metalurgist post at Stanard", words)
        == "i came about the metallurgist post at Stanard"
    )
    assert without_slips("the metalurgist post", frozenset()) == "the metalurgist post"


def test_no_word_of_english_becomes_another() -> None:
    pieces = bytes(weights.read(FULL_FILE).bytes_of("pieces")).decode("utf-8").split("\n")
    words = [p for p in pieces if p.isalpha() and p.isascii()]
    assert len(words) > 20_000
    assert [w for w in words if meant_word(w, frozenset()) != w] == []


def test_a_better_line_has_no_slip_of_the_candidates() -> None:
    change = spoken("quarry", "yo its Dee from the site enginer interveiw lol", "no hard feelings tho. what let me down", "was it my cscs card",
                    "haha fair. il get it sorted nxt week", "ta bye", seed=3).change  # fmt: skip
    assert change is not None
    assert not {"il", "nxt", "enginer", "interveiw", "tho"} & set(
        change.better.casefold().replace(".", " ").replace(",", " ").split()
    )
