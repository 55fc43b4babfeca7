"""A first push that comes from hurt: heard out as a person would hear it, and the call goes on; what is hard, or comes again, is what it was."""

from __future__ import annotations

from typing import Any

import pytest

from bot.library import find
from dialogs.call import FEEL, HURT, Outcome, Phase
from dialogs.hearing.ear import Ear
from dialogs.hearing.heard import Cue, Heard
from dialogs.hearing.matters import Matter
from dialogs.hearing.rules import in_hard_words
from dialogs.moves import Move
from dialogs.practice import Practice, Turn
from tests.managers import headings, manager
from tests.places import ANSWERING, CLOSING, ENDED, GUARDED, OPENING, PICKUP, RECEPTION, at

BLAME, REBUTTAL = Heard((Move.ACCUSE,)), Heard((Move.ARGUE,))
IN_TEARS = Heard((Move.VENT, Move.ACCUSE))
NAMED = Heard((Move.INTRODUCE,))


def held(*heard: Heard, **draw: Any) -> list[Turn]:
    practice = Practice(manager(**draw), 1)
    practice.begin()
    return [practice.take(each) for each in heard]


def said(scenario: str, seed: int, ear: Ear, *words: str) -> list[Turn]:
    practice = Practice(find(scenario), seed, ear=ear.hear)
    practice.begin()
    return [practice.hear(each) for each in words]


# -- the rules -------------------------------------------------------------------------------------------------


def test_the_first_push_out_of_hurt_changes_no_phase() -> None:
    for push in ("accuse", "argue"):
        assert at(OPENING, push, hurt=True) == ("heard_out", OPENING)
        assert at(ANSWERING, push, hurt=True) == ("heard_out", ANSWERING)
        assert at(PICKUP, push, hurt=True) == ("who_is_this", PICKUP)
        assert at(CLOSING, push, hurt=True) == ("goodbye", ENDED)
    assert at(RECEPTION, "accuse", hurt=True) == ("reception_cannot", RECEPTION)
    assert at(RECEPTION, "accuse", hurt=True, turn=4) == ("reception_refuses", ENDED)
    assert at(GUARDED, "accuse", hurt=True) == ("cut_off", ENDED)  # it takes a first push to come there


def test_blame_is_hurt_until_it_is_hard_or_comes_again() -> None:
    assert held(NAMED, BLAME)[-1].phase is OPENING
    assert held(NAMED, IN_TEARS)[-1].phase is OPENING
    assert held(NAMED, Heard((Move.ACCUSE,), hard=True))[-1].phase is GUARDED
    assert held(NAMED, Heard((Move.ACCUSE,), matter=Matter.TRAIT))[-1].phase is GUARDED
    assert held(NAMED, Heard((Move.ACCUSE, Move.THREATEN)))[-1].phase is GUARDED
    turns = held(NAMED, BLAME, BLAME, BLAME, patience=4)
    assert [t.phase for t in turns[1:]] == [OPENING, GUARDED, ENDED]
    assert turns[-1].outcome is Outcome.CUT_OFF


def test_a_rebuttal_is_hurt_only_beside_a_feeling() -> None:
    assert held(NAMED, REBUTTAL)[-1].phase is GUARDED
    assert held(NAMED, Heard((Move.ARGUE, Move.ACCUSE)))[-1].phase is GUARDED
    assert held(NAMED, Heard((Move.ARGUE, Move.VENT)))[-1].phase is OPENING
    turns = held(NAMED, Heard((Move.ARGUE, Move.VENT)), REBUTTAL, REBUTTAL, patience=4)
    assert [t.phase for t in turns[1:]] == [OPENING, GUARDED, ENDED]


def test_a_rebuttal_with_blame_in_no_hard_words_shuts_her_and_is_no_matter_for_hr() -> None:
    both = frozenset({Move.ARGUE, Move.ACCUSE})
    assert at(OPENING, "accuse", moves=both, made={Move.ACCUSE: 1}) == ("guard", GUARDED)
    assert at(OPENING, "accuse", moves=both, made={Move.ACCUSE: 1}, hard=True) == ("hr", GUARDED)
    assert at(ANSWERING, "accuse", moves=both, made={Move.ACCUSE: 2}) == ("cut_off", ENDED)
    assert headings(held(NAMED, Heard((Move.ARGUE, Move.ACCUSE)))[-1]) == ["guard"]


def test_after_any_other_push_blame_is_heard_out_no_more() -> None:
    for first in (REBUTTAL, Heard((Move.ACCUSE,), hard=True), Heard((Move.THREATEN,))):
        assert held(NAMED, first, BLAME, patience=4)[-1].ended


def test_hurt_costs_half_and_is_made_good_by_grace() -> None:
    before, after, mended = (t.mood for t in held(NAMED, BLAME, Heard((Move.REASSURE,))))
    assert after.trust - before.trust == FEEL[Move.ACCUSE].trust * HURT
    assert after.patience - before.patience == FEEL[Move.ACCUSE].patience * HURT
    assert mended.trust == before.trust
    second = held(NAMED, BLAME, BLAME)[-1]
    assert second.mood.trust - second.mood_before.trust == FEEL[Move.ACCUSE].trust
    hard = held(NAMED, Heard((Move.ACCUSE,), hard=True))[-1]
    assert hard.mood.trust - hard.mood_before.trust == FEEL[Move.ACCUSE].trust


def test_a_question_beside_it_is_answered_with_less() -> None:
    graced = (NAMED, Heard((Move.ACCEPT,)))
    assert held(*graced, Heard((Move.ASK_OPEN,)), warmth=0.5)[-1].level == 2
    turn = held(*graced, Heard((Move.ACCUSE, Move.ASK_OPEN)), warmth=0.5)[-1]
    assert (headings(turn), turn.level) == (["heard_out", "stock"], 1)


def test_one_line_meets_it_and_nobody_is_comforted_and_sent_away_in_one_breath() -> None:
    museum = Practice(find("museum"), 1)
    museum.begin()
    assert headings(museum.take(Heard((Move.INTRODUCE, Move.VENT, Move.ACCUSE)))) == ["kind"]
    museum = Practice(find("museum"), 1)
    museum.begin()
    assert headings(museum.take(Heard((Move.INTRODUCE, Move.VENT, Move.ACCUSE), hard=True))) == ["hr"]
    unnamed = held(IN_TEARS)[-1]
    assert headings(unnamed)[0] == "upset_first"
    assert unnamed.phase is PICKUP


def test_who_takes_leave_civilly_gets_a_civil_goodbye_whatever_there_was_before() -> None:
    hard = Heard((Move.ACCUSE,), hard=True)
    for leave in (Heard((Move.CLOSE,)), Heard((Move.THANK, Move.CLOSE))):
        turn = held(NAMED, hard, leave)[-1]
        assert (headings(turn), turn.outcome) == (["close_neutral"], Outcome.COLD)
        turn = held(NAMED, BLAME, leave)[-1]
        assert (headings(turn), turn.outcome) == (["close_neutral"], Outcome.NEUTRAL)
    pushes = held(NAMED, REBUTTAL, Heard((Move.CLOSE, Move.ARGUE)))[-1]
    assert headings(pushes) == ["close_cold"]


# -- in words --------------------------------------------------------------------------------------------------


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
