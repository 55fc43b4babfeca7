"""A first push that comes from hurt: heard out as a person would hear it, and the call goes on; what is hard, or comes again, is what it was."""

from __future__ import annotations

from typing import Any

from bot.library import find
from dialogs.call import FEEL, HURT, Outcome, feel
from dialogs.hearing.heard import Heard
from dialogs.hearing.matters import Matter
from dialogs.moves import Move
from dialogs.practice import Practice, Turn
from tests.managers import headings, manager
from tests.places import ANSWERING, CLOSING, ENDED, GUARDED, OPENING, PICKUP, RECEPTION, at, placed

BLAME, REBUTTAL = Heard((Move.ACCUSE,)), Heard((Move.ARGUE,))
IN_TEARS = Heard((Move.VENT, Move.ACCUSE))
NAMED = Heard((Move.INTRODUCE,))


def held(*heard: Heard, **draw: Any) -> list[Turn]:
    practice = Practice(manager(**draw), 1)
    practice.begin()
    return [practice.take(each) for each in heard]


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


def test_a_rebuttal_that_was_heard_out_excuses_no_second_blame() -> None:
    upset, made_good = Heard((Move.ARGUE, Move.VENT)), Heard((Move.REASSURE,))
    turns = held(NAMED, upset, BLAME, made_good, BLAME, patience=4)
    assert [t.phase for t in turns[1:]] == [OPENING, GUARDED, OPENING, ENDED]
    again = held(NAMED, upset, BLAME, made_good, Heard((Move.ARGUE, Move.ACCUSE)), patience=4)
    assert again[-1].outcome is Outcome.CUT_OFF
    assert [t.phase for t in held(NAMED, BLAME, BLAME, made_good, BLAME, patience=4)][1:] == [
        OPENING, GUARDED, OPENING, ENDED
    ]  # fmt: skip


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


def test_thanks_and_no_more_take_leave_the_second_time_after_an_answer() -> None:
    for phase in (ANSWERING, GUARDED):
        assert at(phase, "thank", thanks=2, asks=1) == ("goodbye", ENDED)
        assert at(phase, "thank", thanks=3, asks=2) == ("goodbye", ENDED)
        assert at(phase, "thank", thanks=1, asks=1)[1] is phase
        assert at(phase, "thank", thanks=2, asks=0)[1] is phase


def test_goodbye_and_a_question_before_a_name_was_given_wait_for_the_name() -> None:
    goodbye = Move.CLOSE
    for moves in ({goodbye, Move.DOOR}, {goodbye, Move.PROBE}):
        assert at(RECEPTION, "close", moves=frozenset(moves)) == ("reception_cannot", RECEPTION)
        assert at(PICKUP, "close", moves=frozenset(moves)) == ("who_is_this", PICKUP)
    assert at(RECEPTION, "close", moves=frozenset({goodbye})) == ("reception_bye", ENDED)
    assert at(PICKUP, "close", moves=frozenset({goodbye})) == ("goodbye", ENDED)
    assert not placed(PICKUP, {}, {"moves": frozenset({Move.DOOR})}).also_asks


def test_blame_with_a_rebuttal_shuts_her_wherever_it_is_the_first_that_counts() -> None:
    both = frozenset({Move.ARGUE, Move.ACCUSE})
    for phase in (PICKUP, ANSWERING):
        assert at(phase, "accuse", moves=both, made={Move.ACCUSE: 1}) == ("guard", GUARDED)
        assert at(phase, "accuse", moves=both, made={Move.ACCUSE: 2}, spared=True) == ("guard", GUARDED)
        assert at(phase, "accuse", moves=both, made={Move.ACCUSE: 2})[0] != "guard"
        assert at(phase, "accuse", moves=both, made={Move.ACCUSE: 3}, spared=True)[0] != "guard"


def test_hurt_is_a_first_push_that_threatens_nothing_and_was_not_spared_before() -> None:
    def hurt(*moves: Move, **state: Any) -> bool:
        call = placed(ANSWERING, {}, {"moves": frozenset(moves)} | state)
        call.notes_hurt(hard=False)
        return call.hurt

    assert hurt(Move.ACCUSE)
    assert hurt(Move.ARGUE, Move.VENT)
    assert not hurt(Move.VENT)
    assert not hurt(Move.THREATEN)
    assert not hurt(Move.THREATEN, Move.VENT)
    assert not hurt(Move.ACCUSE, spared=True)
    assert not hurt(Move.ACCUSE, made={Move.ARGUE: 1})


def test_only_a_push_costs_less_out_of_hurt() -> None:
    for move in (Move.VENT, Move.PLEAD, Move.PRY):
        calm, upset = placed(ANSWERING, {}, {}), placed(ANSWERING, {}, {"hurt": True})
        for call in (calm, upset):
            feel(call, move)
        assert (upset.trust, upset.patience) == (calm.trust, calm.patience)
