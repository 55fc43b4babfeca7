"""Trust, patience and minutes: what each move brings and costs, and how open and how long that makes a call."""

from __future__ import annotations

from typing import Any

import pytest

from dialogs.call import (
    FEEL,
    SIGNALS,
    Call,
    Feel,
    Hidden,
    Opening,
    Outcome,
    Phase,
    feel,
    outcome,
    spend,
)
from dialogs.moves import COSTLY, MOVES, Move
from tests.places import (
    CLOSING,
    ENDED,
    OPENING,
    placed,
)

# -- trust, patience, minutes ------------------------------------------------------------------------------------------


def felt(*moves: Move, sure: bool = True, **state: Any) -> tuple[float, float, float]:
    """What these moves did to trust, patience and minutes, from the middle of each scale."""
    call = placed(OPENING, {}, {"trust": 2.5, "patience": 2.0, "minutes": 5.0} | state)
    call.sure = frozenset(moves) & COSTLY if sure else frozenset()
    for move in moves:
        feel(call, move)
    return call.trust - 2.5, call.patience - 2.0, call.minutes - 5.0


def test_small_courtesies_bring_a_quarter_and_grace_a_half() -> None:
    quarter = {Move.THANK, Move.INTEREST, Move.COMMIT, Move.ASK_SPECIFIC, Move.PROBE, Move.ANSWER}
    for move in quarter:
        assert felt(move) == (0.25, 0, 0)
    for move in (Move.ACCEPT, Move.REASSURE):
        assert felt(move) == (0.5, 0.5, 0)
    assert felt(Move.ACKNOWLEDGE) == (0.25, 0.5, 0)
    assert felt(Move.PERMISSION) == (0.25, 0.5, 1)


def test_displeasure_costs_more_the_nearer_it_comes_to_a_threat() -> None:
    for move in (Move.VENT, Move.PLEAD, Move.PRY):
        assert felt(move) == (-0.25, -0.5, 0)
    assert felt(Move.ARGUE) == (-0.5, -1, 0)
    assert felt(Move.ACCUSE) == (-1, -1.5, 0)
    assert felt(Move.THREATEN) == (-1.5, -3, 0)
    assert felt(Move.OTHER) == (0, -0.5, 0)


def test_a_threat_that_may_not_have_been_one_costs_half_and_the_rest_costs_what_it_costs() -> None:
    assert felt(Move.THREATEN, sure=False) == (-0.75, -1.5, 0)
    assert felt(Move.ACCUSE, sure=False) == felt(Move.ACCUSE)


def test_an_open_question_a_greeting_and_a_name_cost_nothing_and_are_counted() -> None:
    for move in (Move.GREET, Move.INTRODUCE, Move.ASK_OPEN, Move.DOOR, Move.CLOSE):
        assert felt(move, move) == (0, 0, 0)
    call = Call()
    for move in (Move.GREET, Move.THANK, Move.THANK):
        feel(call, move)
    assert (call.count(Move.THANK), call.count(Move.THANK, Move.GREET, Move.ARGUE), call.count()) == (2, 3, 0)


def test_what_is_welcome_brings_half_the_second_time_and_then_nothing_and_what_costs_costs_every_time() -> None:
    assert felt(Move.PERMISSION, Move.PERMISSION) == (0.375, 0.75, 1.5)
    assert felt(*[Move.PERMISSION] * 5) == (0.375, 0.75, 1.5)
    assert felt(*[Move.VENT] * 3) == (-0.75, -1.5, 0)


def test_trust_stays_between_one_and_four_and_patience_grows_to_four_at_most() -> None:
    assert felt(Move.THREATEN, trust=1.25)[0] == 1.0 - 2.5
    assert felt(Move.ACCEPT, trust=3.75)[0] == 4.0 - 2.5
    assert felt(Move.ACCEPT, patience=3.75)[1] == 4.0 - 2.0
    assert felt(Move.THREATEN, patience=1.0)[1] == -2.0 - 2.0  # and may be spent below nothing


def test_what_a_move_does_is_told_as_a_feeling_and_a_move_without_one_is_none() -> None:
    assert Feel() == Feel(trust=0, patience=0, minutes=0)
    assert {Move.GREET, Move.INTRODUCE, Move.ASK_OPEN, Move.DOOR, Move.CLOSE} == set(MOVES) - set(FEEL)


@pytest.mark.parametrize(("words", "minutes"), [(0, 0.35), (15, 0.45), (150, 1.35)])
def test_the_clock_runs_a_third_of_a_minute_a_turn_and_with_the_words(words: int, minutes: float) -> None:
    call = Call()
    spend(call, words)
    assert call.minutes == pytest.approx(5.0 - minutes)


# -- before and after --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hidden", "most"),
    [
        ({"cap": 3, "ceiling": 4}, 3), ({"cap": 4, "ceiling": 2}, 2), ({"cap": 4, "ceiling": 4}, 4),
        ({"cap": 4, "ceiling": 4, "opening": Opening.VOICEMAIL}, 0), ({"cap": 4, "ceiling": 4, "opening": Opening.TOO_EARLY}, 1),
        ({"cap": 0, "ceiling": 4, "opening": Opening.TOO_EARLY}, 0),
    ],
)  # fmt: skip
def test_how_open_anybody_can_make_her(hidden: dict[str, Any], most: int) -> None:
    assert Hidden(**hidden).reachable == most


def test_a_call_begins_in_the_mood_that_was_drawn() -> None:
    call = Call.of(Hidden(trust=1.5, patience=0.5, minutes=9.0))
    assert (call.trust, call.patience, call.minutes, call.phase) == (1.5, 0.5, 9.0, Phase.RINGING)


@pytest.mark.parametrize(
    ("state", "how"),
    [
        ({"phase": CLOSING, "parting": "goodbye"}, Outcome.ABANDONED), ({"parting": "hung_up", "trust": 4.0}, Outcome.ABANDONED),
        ({"parting": "voicemail_end"}, Outcome.VOICEMAIL), ({"parting": "cut_off"}, Outcome.CUT_OFF),
        ({"parting": "close_cold"}, Outcome.COLD), ({"parting": "reception_refuses"}, Outcome.COLD),
        ({"made": {Move.ARGUE: 1}}, Outcome.COLD), ({"made": {Move.ACCUSE: 1}}, Outcome.COLD), ({"made": {Move.ARGUE: 1}, "mended": True}, Outcome.WARM),
        ({"made": {Move.THREATEN: 1}}, Outcome.COLD), ({"made": {Move.ARGUE: 1, Move.ACCUSE: 1}, "mended": True}, Outcome.COLD),
        ({}, Outcome.WARM), ({"trust": 2.99}, Outcome.NEUTRAL), ({"asks": 0}, Outcome.NEUTRAL), ({"shut": True}, Outcome.NEUTRAL),
        ({"parting": "reception_bye", "asks": 0}, Outcome.NEUTRAL),
    ],
)  # fmt: skip
def test_how_a_call_ended(state: dict[str, Any], how: Outcome) -> None:
    assert outcome(placed(ENDED, {}, {"parting": "goodbye", "trust": 3.0, "asks": 1} | state)) is how


def test_signals_are_no_moves() -> None:
    assert not set(SIGNALS) & set(map(str, MOVES))
