"""Slips of typing are not handed back to the candidate in a line to say aloud, and no word is made another."""

from __future__ import annotations

import pytest

from dialogs.hearing import weights
from dialogs.hearing.ear import FULL_FILE
from dialogs.review.slips import meant_word, without_slips, words_of
from dialogs.review.spelling import mended
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
