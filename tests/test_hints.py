"""Hints: what a good caller might try next, from what has been said and nothing hidden."""

from __future__ import annotations

import pytest

from dialogs.hearing.heard import Heard
from dialogs.hints import IDEAS, hint
from dialogs.moves import Move
from dialogs.practice import Practice
from tests.debriefed import EAR, SCENARIOS
from tests.managers import manager
from tests.short_calls import HARBOUR, HELLO, READY


def test_following_every_hint_ends_a_call_well() -> None:
    practice = Practice(HARBOUR, 3)
    practice.begin()
    used = []
    while not practice.ended and practice.turns < 20:
        advice = hint(practice, ["Hello, I'm Sam Ortiz."])
        used.append(advice.key)
        practice.take(Heard.of(*advice.moves, words=len(advice.words.split())), advice.words)
    assert practice.ended
    assert practice.highest == practice.reachable
    assert used[0] == "who"
    assert practice.outcome == "warm"


def test_the_idea_does_not_give_the_words_away() -> None:
    practice = Practice(HARBOUR, 1)
    practice.begin()
    advice = hint(practice, ["Hi, this is Sam Ortiz"])
    assert advice.words not in advice.idea
    assert "Sam Ortiz" in advice.words
    assert "Sam Ortiz" not in advice.idea


@pytest.mark.parametrize(
    ("moves", "key"),
    [
        ([], "who"),
        (["introduce"], "settle"),
        (["introduce", "accept"], "ask"),
        (["introduce", "ask_open"], "take and narrow"),
        (["introduce", "accept", "ask_specific", "answer"], "lean"),
        (["introduce", "argue"], "mend"),
        (["introduce", "argue", "reassure", "argue"], "over"),
    ],
)
def test_a_hint_fits_the_moment(moves: list[str], key: str) -> None:
    practice = Practice(HARBOUR, 1)
    practice.begin()
    for move in moves:
        practice.take(Heard.of(move))
    if practice.call.question_open:
        assert hint(practice).key == "her question"
    else:
        assert hint(practice).key == key


@pytest.mark.parametrize(
    ("opening", "key"),
    [("voicemail", "voicemail"), ("reception", "reception"), ("bad moment", "who"), ("manager", "who")],
)
def test_a_hint_knows_who_is_on_the_line(opening: str, key: str) -> None:
    practice = Practice(manager(opening=opening), 1)
    practice.begin()
    assert hint(practice).key == key


def test_hints_never_look_at_the_hidden_reason() -> None:
    told = []
    for reason in ("certificate", "years", "qualification"):
        practice = Practice(manager(reason=reason), 1)
        practice.begin()
        seen = []
        for moves in (["introduce"], ["accept", "ask_specific"], ["answer"], ["accept", "probe"]):
            practice.take(Heard.of(*moves))
            seen.append(hint(practice))
        told.append(seen)
    assert told[0] == told[1] == told[2]


@pytest.mark.parametrize("scenario", ["harbour", "quarry"])
def test_the_words_for_the_managers_own_question_suit_whatever_was_asked(scenario: str) -> None:
    for seed in range(1, 9):
        practice = Practice(SCENARIOS[scenario], seed, ear=EAR.hear)
        practice.begin()
        for said in (HELLO[0], READY[0]):
            practice.hear(said)
        if not practice.call.question_open:
            continue
        words = hint(practice).words
        assert not set(words.casefold().split()) & {
            "went",
            "enjoyed",
            "expected,",
        }  # “What would you change?” is not asked how it went
        assert Move.ANSWER in practice.hear(words).moves


def test_every_moment_has_ideas() -> None:
    assert all(ideas and all(idea.endswith((".", "?")) for idea in ideas) for ideas in IDEAS.values())
