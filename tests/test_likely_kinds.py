"""A reason in one's own words, and which kind it is near to."""

from __future__ import annotations

import pytest

from dialogs.likely_kinds import LikelyKinds, likely_kinds

OWN_WORDS = (
    ("I couldn't start before June", "practical"), ("they need someone on site five days and I live two hours away", "practical"),
    ("I can't work weekends", "practical"), ("one of their own people got it", "internal"),
    ("it went to a colleague who was already there", "internal"), ("they promoted somebody from the team", "internal"),
    ("they ran out of money for the role", "budget"), ("hiring was stopped after the interviews", "budget"),
    ("the job doesn't exist any more", "budget"), ("I asked for too much money", "pay"), ("my salary expectations", "pay"),
    ("they couldn't afford me", "pay"), ("the other guy had done it for longer", "years"), ("I'm too new to this", "years"),
    ("not enough years in the trade", "years"), ("I don't have the truck licence", "certificate"),
    ("they wanted somebody with the AWS exam", "certificate"), ("missing my forklift ticket", "certificate"),
    ("my Excel isn't good enough", "qualification"), ("I couldn't do the coding task", "qualification"), ("my German is too weak", "qualification"),
    ("somebody was simply a bit better", "comparison"), ("the other finalist was stronger overall", "comparison"),
    ("they thought I'd get bored and leave", "overqualified"), ("I'm too senior for it", "overqualified"),
    ("I messed up the question about conflict", "answers"), ("I rambled when they asked about the team", "answers"),
    ("I froze on one question", "answers"), ("I gave no numbers", "unquantified"), ("too vague, no examples", "unquantified"),
    ("I couldn't say how much I saved them", "unquantified"), ("how I explained getting fired", "exit story"),
    ("I talked badly about my old boss", "exit story"), ("the gap in my CV and why I left", "exit story"),
    ("I hadn't read up on the company", "unprepared"), ("I didn't know what they make", "unprepared"),
    ("I hadn't looked at their website", "unprepared"), ("I seemed bored", "interest"), ("they thought I wasn't that keen", "interest"),
    ("I asked no questions", "interest"), ("my old manager said something bad about me", "references"),
    ("the reference from my last job", "references"), ("a typo in my cover letter", "application"),
    ("I put the wrong company name in the letter", "application"), ("spelling mistakes in my CV", "application"),
    ("I came ten minutes late", "presentation"), ("I wore trainers", "presentation"), ("my clothes weren't smart enough", "presentation"),
    ("I had spinach in my teeth", "faux pas"), ("my phone rang in the middle of it", "faux pas"), ("I told a joke that fell flat", "faux pas"),
    ("we just didn't click", "dislike"), ("they didn't like me", "dislike"), ("I wouldn't fit in with the team", "dislike"),
)  # fmt: skip
"""How people may say it: written before the reader was, and none of it is told to it. How sure it has to be was chosen with these in sight."""


def test_a_reason_in_ones_own_words_is_among_the_nearest_and_what_is_clear_is_right() -> None:
    found = [(likely_kinds(words), kind) for words, kind in OWN_WORDS]
    assert sum(kind in near.likeliest for near, kind in found) >= 0.9 * len(found)
    clear = [(near.likeliest[0], kind) for near, kind in found if near.clear]
    assert len(clear) >= 0.5 * len(found)
    assert sum(a == b for a, b in clear) >= 0.95 * len(clear)
    assert likely_kinds("asdf") == likely_kinds("") == LikelyKinds((), False)


FEARS = (
    ("that i talk too much", "answers"), ("she said i talked to much in the interveiw", "answers"), ("i talk to much", "answers"),
    ("my answers were too long", "answers"), ("i rambel on", "answers"), ("i was too nervous", "answers"),
    ("i had no expereince", "years"), ("not enough experience", "years"), ("salery", "pay"), ("i knew nothing about them", "unprepared"),
    ("i was late", "presentation"), ("no drivers license", "certificate"), ("i swore once", "faux pas"), ("bad chemistry", "dislike"),
    ("my refrence was bad", "references"), ("i got fired from the last job", "exit story"), ("an internal candidat got it", "internal"),
    ("what i wore", "presentation"), ("the references", "references"), ("the job was cut", "budget"), ("i live to far away", "practical"), ("i cant work nights", "practical"), ("overqualifed", "overqualified"),
)  # fmt: skip

UNCERTAIN = (
    "my age",
    "my accent",
    "everything",
    "i dont know",
    "the weather was bad",
    "too much of everything",
    "one of a kind",
)


@pytest.mark.parametrize(("words", "kind"), FEARS)
def test_a_fear_told_with_its_slips_of_typing_is_taken_for_what_it_is(words: str, kind: str) -> None:
    found = likely_kinds(words)
    assert (found.likeliest[0], found.clear) == (kind, True)


@pytest.mark.parametrize("words", UNCERTAIN)
def test_words_that_are_near_to_no_reason_are_never_taken_for_one(words: str) -> None:
    assert not likely_kinds(words).clear
