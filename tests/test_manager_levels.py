"""How far an answer goes: what trust buys, and what an answer leaves behind."""

from __future__ import annotations

import pytest

from dialogs.manager import CANDID, HINT, SPECIFIC, STOCK, affordable, level_of, level_of_answer, note_answer
from dialogs.moves import Move
from tests.mid_call import a_call

FRIEND, NARROW, ASKING_ON = {Move.ACCEPT: 1}, {Move.ASK_SPECIFIC: 1}, {Move.PROBE: 1}


# -- what trust buys -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trust", "uses", "hidden", "level"),
    [
        # A mute house gives the formula only to somebody it is at ease with; others give it for nothing.
        (2.49, {}, {"start": 0}, 0), (2.5, {}, {"start": 0, "price": 9, "told_at": 4}, HINT), (1.0, {}, {"start": 1}, STOCK),
        # A broad dimension costs a middling trust, or the price where a dimension is all there is to tell.
        (1.99, {}, {}, STOCK), (2.0, {}, {"price": 2.25}, HINT),
        (2.9, {}, {"told_at": 2, "price": 3.0}, STOCK), (3.0, {}, {"told_at": 2, "price": 3.0}, SPECIFIC),
        # The reason costs its price.
        (2.24, {}, {"price": 2.25}, HINT), (2.25, {}, {"price": 2.25}, SPECIFIC),
        # One that is only told as advice shows itself half a point before.
        (2.9, NARROW, {"price": 3.5, "told_at": 4}, HINT), (3.0, NARROW, {"price": 3.5, "told_at": 4}, SPECIFIC),
        (3.49, NARROW, {"price": 3.5, "told_at": 4}, SPECIFIC), (3.5, NARROW, {"price": 3.5, "told_at": 4}, CANDID),
        # One that must be asked for is not told to who never named an area or asked on.
        (4.0, {}, {"needs_narrow": True}, HINT), (2.0, NARROW, {"needs_narrow": True}, SPECIFIC),
        (2.0, ASKING_ON, {"needs_narrow": True}, SPECIFIC),
        # Advice costs half a point more than the reason, and is for those who ask.
        (2.49, NARROW, {"price": 2.0}, SPECIFIC), (2.5, NARROW, {"price": 2.0}, CANDID), (2.5, ASKING_ON, {"price": 2.0}, CANDID),
        (4.0, {}, {"price": 2.0}, SPECIFIC),
        # A house that owes its reasons gives them whatever the trust.
        (1.0, {}, {"start": 3}, SPECIFIC),
    ],
)  # fmt: skip
def test_trust_buys_a_level_at_the_price_of_the_reason(
    trust: float, uses: dict[Move, int], hidden: dict[str, object], level: int
) -> None:
    assert affordable(a_call(trust, uses, **hidden)) == level


@pytest.mark.parametrize(
    ("trust", "uses", "moves", "hidden", "level"),
    [
        # The first answer is the house's formula; one level more only for a question that was prepared, and trusted.
        (4.0, NARROW, [Move.ASK_SPECIFIC], {"start": 1}, 1), (2.5, FRIEND, [], {"start": 1}, 2),
        (4.0, {Move.REASSURE: 1}, [], {"start": 1}, 2), (2.49, FRIEND, [], {"start": 1}, 1),
        (2.0, FRIEND, [], {"start": 0}, 0),
        # Kind words beside it cost a level, but never the formula.
        (4.0, FRIEND, [Move.VENT], {"start": 1}, 1), (4.0, FRIEND, [Move.PLEAD], {"start": 1}, 1), (4.0, {}, [Move.VENT], {"start": 1}, 1),
        # Policy and the kind of reason have the last word.
        (4.0, FRIEND, [], {"start": 3, "cap": 2}, 2), (4.0, FRIEND, [], {"start": 3, "ceiling": 1}, 1),
    ],
)  # fmt: skip
def test_the_first_answer(
    trust: float, uses: dict[Move, int], moves: list[Move], hidden: dict[str, object], level: int
) -> None:
    assert level_of_answer(a_call(trust, uses, moves, **hidden)) == level


@pytest.mark.parametrize(
    ("given", "moves", "softened", "trust", "level"),
    [
        (1, [Move.ASK_OPEN], False, 4.0, 1), (1, [Move.ASK_SPECIFIC], False, 4.0, 2), (1, [Move.PROBE], False, 4.0, 2),
        (1, [Move.ASK_OPEN], True, 4.0, 2), (3, [Move.PROBE, Move.VENT], False, 4.0, 3), (2, [Move.PROBE, Move.PLEAD], False, 4.0, 2),
        (1, [Move.PROBE], True, 4.0, 2), (2, [Move.PROBE], False, 4.0, 3),
        (3, [Move.PROBE], False, 4.0, 4), (4, [Move.PROBE], False, 4.0, 4), (3, [Move.PROBE], False, 1.5, 1),
        (0, [Move.PROBE], False, 4.0, 1), (0, [Move.ASK_OPEN], False, 4.0, 0),
    ],
)  # fmt: skip
def test_a_later_answer_rises_by_one_for_a_narrower_question_or_a_kind_word_and_never_beyond_trust(
    given: int, moves: list[Move], softened: bool, trust: float, level: int
) -> None:
    call = a_call(trust, NARROW, moves, price=2.0)
    call.given, call.softened_since = given, softened
    assert level_of_answer(call) == level


def test_only_what_answers_the_question_has_a_level() -> None:
    call = a_call(4.0, FRIEND, cap=3)
    assert level_of(call, "answer") == level_of_answer(call) == 2
    assert level_of(call, "pull_back") == level_of(call, "not_closed") == 1
    assert [level_of(call, s) for s in ("stonewall", "avoid", "no_more", "email_hr", "email_hr_again")] == [0] * 5
    assert [level_of(call, s) for s in ("warmed", "goodbye", "door_real", "hr")] == [None] * 4
    assert level_of(call, "again") == 0
    call.last_level = 4
    assert level_of(call, "again") == 3
    assert level_of(a_call(cap=0), "pull_back") == level_of(a_call(cap=0), "not_closed") == 0


# -- what an answer leaves behind ----------------------------------------------------------------------------------


def test_an_answer_is_remembered_with_its_question_and_closes_what_was_softened() -> None:
    call = a_call(moves=[Move.ASK_SPECIFIC])
    call.areas, call.softened_since = frozenset({"interview"}), True
    note_answer(call, "answer", 2)
    assert (call.last_ask, call.last_level, call.given, call.asks, call.softened_since) == (
        "specific interview",
        2,
        2,
        1,
        False,
    )
    note_answer(call, "answer", 1)
    assert (call.last_level, call.given, call.asks) == (1, 2, 2)
    note_answer(call, "answer", 3)
    assert call.given == 3


def test_two_open_answers_in_a_row_are_a_run_and_anything_else_breaks_it() -> None:
    call = a_call()
    for scene, level, run in (("answer", 3, 1), ("answer", 4, 2), ("answer", 2, 0), ("answer", 3, 1), ("again", 3, 0)):
        note_answer(call, scene, level)
        assert call.candid_run == run


def test_the_same_question_is_counted_until_another_comes() -> None:
    call = a_call()
    for scene, stale in (
        ("again", 1),
        ("no_more", 2),
        ("again", 3),
        ("answer", 0),
        ("stonewall", 1),
        ("stonewall", 2),
        ("avoid", 0),
    ):
        note_answer(call, scene, 1)
        assert call.stale_asks == stale


def test_an_answer_told_more_when_it_went_further_than_any_before() -> None:
    call = a_call()
    for scene, level, more in (
        ("stonewall", 0, False), ("answer", 1, True), ("answer", 1, False), ("answer", 2, True), ("answer", 1, False), ("again", 1, False),
        ("answer", 3, True), ("pull_back", 1, False), ("avoid", 4, False),
    ):  # fmt: skip
        note_answer(call, scene, level)
        assert call.told_more is more
    first = a_call()
    note_answer(first, "pull_back", 1)
    assert not first.told_more


def test_a_question_that_was_sent_to_hr_is_still_open() -> None:
    call = a_call()
    note_answer(call, "email_hr", 0)
    assert (call.deflected, call.asks, call.given) == (True, 0, None)
    note_answer(call, "avoid", 0)
    note_answer(call, "avoid", 0)
    note_answer(call, "pull_back", 1)
    note_answer(call, "answer", 1)
    assert (call.avoided, call.pulled_back, call.asks, call.given) == (2, True, 4, 1)
    fresh = a_call()
    note_answer(fresh, "answer", 1)
    assert (fresh.avoided, fresh.pulled_back, fresh.deflected) == (0, False, False)
