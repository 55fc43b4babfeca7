"""How likelihoods become moves: what counts as heard, what as suspected, and what stands in for what nobody can tell apart."""

from __future__ import annotations

import pytest

from dialogs.hearing.judgement import Judge, Verdict
from dialogs.moves import MOVES, Move

JUDGE = Judge(slope={}, shift={}, threshold=dict.fromkeys(MOVES, 0.45), gate=0.88, alone=0.75, beyond=0.92)


def judged(strain: float, **likely: float) -> Verdict:
    """The verdict on words with these likelihoods, every other move being next to impossible."""
    return JUDGE.decide({m: likely.get(str(m), 0.01) for m in MOVES}, strain, guard=False, cue=None)


@pytest.mark.parametrize("move", [Move.ARGUE, Move.ACCUSE, Move.PLEAD])
def test_displeasure_needs_less_certainty_where_nothing_kind_was_said_beside_it(move: Move) -> None:
    assert judged(0.8, **{move: 0.8}).moves == (move,)
    assert set(judged(0.8, **{move: 0.8}, ask_open=0.9).moves) == {Move.ASK_OPEN, move}
    assert judged(0.8, **{move: 0.6}).moves == (Move.VENT,)
    assert judged(0.99, **{move: 0.6}).moves == (move,)
    beside_thanks = judged(0.8, **{move: 0.8}, thank=0.9)
    assert beside_thanks.moves == (Move.THANK,)
    assert beside_thanks.wary


def test_a_threat_needs_full_certainty_whatever_stands_beside_it() -> None:
    doubted = judged(0.8, threaten=0.8)
    assert doubted.moves == (Move.VENT,)
    assert doubted.wary
    assert judged(0.92, threaten=0.9).moves == (Move.THREATEN,)


def test_strain_of_no_clear_kind_is_plain_feeling_when_nothing_else_was_said() -> None:
    of_no_kind = judged(0.9, argue=0.4, accuse=0.4)
    assert of_no_kind.moves == (Move.VENT,)
    assert judged(0.9, argue=0.4, accuse=0.4, ask_open=0.9).moves == (Move.ASK_OPEN,)
    assert judged(0.3, argue=0.3).moves == (Move.OTHER,)


def test_a_costly_move_beyond_doubt_passes_beside_anything() -> None:
    assert judged(0.5, accuse=0.95, thank=0.9).moves == (Move.THANK, Move.ACCUSE)


def test_the_likelier_something_kind_is_the_more_strain_it_takes() -> None:
    a_little_kind, kinder = {"accuse": 0.8, "thank": 0.1}, {"accuse": 0.8, "thank": 0.3}
    assert judged(0.9, **a_little_kind).moves == (Move.ACCUSE,)
    assert Move.ACCUSE not in judged(0.9, **kinder).moves  # though no thanks were heard
    assert judged(0.9, **kinder).wary
    assert Move.ACCUSE in judged(0.99, **kinder).moves


@pytest.mark.parametrize(
    ("first", "second"), [(Move.ASK_OPEN, Move.ASK_SPECIFIC), (Move.ACCEPT, Move.REASSURE), (Move.DOOR, Move.PROBE)]
)
def test_a_family_that_is_likely_is_heard_by_its_likeliest_though_none_is_enough(first: Move, second: Move) -> None:
    doubted = judged(0.05, **{first: 0.3, second: 0.25, "greet": 0.9})
    assert set(doubted.moves) == {Move.GREET, first}
    assert judged(0.05, **{first: 0.24, second: 0.23, "greet": 0.9}).moves == (
        Move.GREET,
    )  # one of them says too little itself
