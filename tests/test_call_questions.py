"""The question and the door: what is answered, what is withheld, and how often one may ask."""

from __future__ import annotations

from typing import Any

import pytest

from dialogs.call import (
    Hidden,
    Opening,
)
from dialogs.moves import Move
from dialogs.scenario.reach import rows
from tests.places import (
    ANSWERING,
    ASKING,
    AT_EASE,
    CLOSING,
    ENDED,
    GUARDED,
    OPENING,
    PICKUP,
    at,
    placed,
)

# -- the question ------------------------------------------------------------------------------------------------------


def test_a_question_is_answered_and_the_first_one_moves_the_call() -> None:
    for move in ASKING:
        assert at(OPENING, move) == at(ANSWERING, move) == ("answer", ANSWERING)


def test_while_the_process_is_open_nothing_is_told_and_no_door_is_promised() -> None:
    early = {"opening": Opening.TOO_EARLY}
    for phase in AT_EASE:
        for move in ASKING:
            assert at(phase, move, early) == ("not_closed", ANSWERING)
        assert at(phase, "door", early) == ("door_open_process", phase)
    assert at(CLOSING, "door", early | {"second_choice": True}, made={Move.INTRODUCE: 1}) == (
        "door_open_process",
        ENDED,
    )


def test_nobody_is_told_it_is_a_no_while_the_process_is_open() -> None:
    early = {"opening": Opening.TOO_EARLY}
    for phase, scene, after in (
        (PICKUP, "who_is_this", PICKUP),
        (OPENING, "not_closed", ANSWERING),
        (ANSWERING, "not_closed", ANSWERING),
        (GUARDED, "stonewall", GUARDED),
    ):
        assert at(phase, "outcome", early) == (scene, after)
        assert at(phase, "outcome") == ("it_is_a_no", phase)
    assert not [row for row in rows(Hidden(opening=Opening.TOO_EARLY)) if row.scene == "it_is_a_no"]


def test_a_house_that_sends_applicants_to_hr_says_so_once_and_answers_who_gave_it_a_reason() -> None:
    house = {"opening": Opening.EMAIL_HR}
    for phase in AT_EASE:
        for move in ASKING:
            assert at(phase, move, house) == ("email_hr", phase)
    for move in ASKING:
        for kind in (Move.ACKNOWLEDGE, Move.REASSURE, Move.ACCEPT, Move.PERMISSION):
            assert at(OPENING, move, house, deflected=True, made={kind: 1}) == ("answer", ANSWERING)
        for nothing in ({}, {Move.THANK: 1}):
            assert at(OPENING, move, house, deflected=True, made=nothing) == ("email_hr_again", CLOSING)
        assert at(ANSWERING, move, house, deflected=True) == ("answer", ANSWERING)  # once she has answered, she has


CLOSE_TO_IT: dict[str, Any] = {"area": "answers", "start": 1, "price": 3.0}


@pytest.mark.parametrize(
    ("hidden", "state", "avoids"),
    [
        ({}, {}, True), ({}, {"avoided": 1}, True), ({}, {"given": 2}, True), ({}, {"trust": 2.99}, True), ({"price": 3.5}, {"trust": 3.0}, True),
        ({}, {"avoided": 2}, False), ({}, {"given": 3}, False), ({}, {"trust": 3.0}, False), ({"price": 2.99}, {"trust": 1.0}, False),
        ({"start": 2}, {}, False), ({}, {"areas": frozenset({"salary"})}, False), ({}, {"areas": frozenset()}, False),
    ],
)  # fmt: skip
def test_the_withheld_thing_named_too_early_is_avoided_twice_at_most(
    hidden: dict[str, Any], state: dict[str, Any], avoids: bool
) -> None:
    state = {"areas": frozenset({"answers"}), "trust": 2.0, "moves": frozenset({Move.ASK_SPECIFIC})} | state
    for phase in AT_EASE:
        for move in ASKING:
            assert at(phase, move, CLOSE_TO_IT | hidden, **state) == ("avoid" if avoids else "answer", ANSWERING)


def test_the_same_question_again_is_answered_shorter_and_a_third_time_no_more() -> None:
    for move, ask in ((Move.ASK_SPECIFIC, "specific"), (Move.PROBE, "probe"), (Move.ASK_OPEN, "open")):
        same: dict[str, Any] = {"asks": 1, "last_ask": ask, "moves": frozenset({move})}
        assert at(ANSWERING, move, **same) == ("again", ANSWERING)
        assert at(ANSWERING, move, **same, stale_asks=1) == ("no_more", CLOSING)
    for other in ({"asks": 0}, {"last_ask": "probe"}, {"softened_since": True}):
        assert at(ANSWERING, "ask_open", **(same | other)) == ("answer", ANSWERING)
        assert at(ANSWERING, "ask_open", **(same | other), stale_asks=1) == ("answer", ANSWERING)


@pytest.mark.parametrize(
    ("moves", "areas", "ask"),
    [
        ({Move.ASK_OPEN}, (), "open"), ({Move.PROBE}, (), "probe"), ({Move.PROBE, Move.ASK_OPEN}, (), "probe"),
        ({Move.ASK_SPECIFIC, Move.PROBE}, ("b", "a"), "specific a b"), ({Move.ASK_SPECIFIC}, (), "specific"),
    ],
)  # fmt: skip
def test_questions_are_told_apart_by_how_narrow_they_are_and_what_they_name(
    moves: set[Move], areas: tuple[str, ...], ask: str
) -> None:
    assert placed(ANSWERING, {}, {"moves": frozenset(moves), "areas": frozenset(areas)}).ask == ask


def test_asking_what_to_do_better_is_another_question_than_asking_why() -> None:
    told: dict[str, Any] = {"wants_advice": True, "moves": frozenset({Move.ASK_OPEN})}
    for given in (None, 1, 2, 3, 4):
        assert placed(ANSWERING, {}, told | {"given": given}).ask == "advice"
        assert placed(ANSWERING, {}, told | {"given": given, "wants_advice": False}).ask == "open"


NEW: list[tuple[dict[str, Any], bool]] = [
    ({}, False), ({"softened_since": True}, True), ({"moves": frozenset({Move.ASK_OPEN, Move.COMMIT})}, True),
    # A word that points elsewhere, and one more of the same.
    ({"topic": "panel test", "last_topic": "test"}, True), ({"topic": "test", "last_topic": "panel test"}, False),
    # Asking on from an answer that told more; an answer that told no more is not asked on from.
    ({"moves": frozenset({Move.PROBE}), "last_ask": "probe", "told_more": True}, True),
    ({"moves": frozenset({Move.PROBE}), "last_ask": "probe"}, False), ({"told_more": True}, False),
]  # fmt: skip


@pytest.mark.parametrize(("state", "new"), NEW)
def test_what_makes_the_same_question_a_new_one(state: dict[str, Any], new: bool) -> None:
    asked: dict[str, Any] = {"asks": 1, "last_ask": "open", "moves": frozenset({Move.ASK_OPEN})}
    assert placed(ANSWERING, {}, asked | state).asked_the_same is not new


@pytest.mark.parametrize(
    ("hidden", "state", "on_the_way"),
    [
        ({}, {"given": 2}, True), ({}, {"given": None}, True), ({}, {"given": 3}, False), ({}, {"given": 2, "guess": False}, False),
        ({}, {"given": 2, "areas": frozenset({"years"})}, False), ({"cap": 4, "ceiling": 4}, {"given": 3}, False),
        ({"cap": 2}, {"given": 2}, False), ({"cap": 2}, {"given": 1}, True), ({"cap": 1}, {"given": 0}, True), ({"cap": 1}, {"given": 1}, False), ({"cap": 0}, {"given": 0}, False),
    ],
)  # fmt: skip
def test_who_guesses_at_the_reason_again_has_not_had_it_all_while_it_can_be_told_and_is_not(
    hidden: dict[str, Any], state: dict[str, Any], on_the_way: bool
) -> None:
    asked: dict[str, Any] = {
        "asks": 1, "last_ask": "specific answers", "moves": frozenset({Move.ASK_SPECIFIC}), "areas": frozenset({"answers"}), "guess": True,
    }  # fmt: skip
    state = asked | state
    state["last_ask"] = " ".join(("specific", *state["areas"]))
    assert placed(ANSWERING, {"area": "answers"} | hidden, state).asked_the_same is not on_the_way


def test_after_two_open_answers_she_steps_back_once() -> None:
    for move in ASKING:
        assert at(ANSWERING, move, candid_run=1) == ("answer", ANSWERING)
        assert at(ANSWERING, move, candid_run=2) == ("pull_back", ANSWERING)
        assert at(ANSWERING, move, candid_run=3, pulled_back=True) == ("answer", ANSWERING)
        assert at(ANSWERING, move, candid_run=2, wants_advice=True) == ("answer", ANSWERING)


# -- the door ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("second", "made", "real"),
    [
        (True, {Move.INTRODUCE: 1}, True), (True, {Move.INTRODUCE: 1, Move.VENT: 3}, True), (True, {}, False), (False, {Move.INTRODUCE: 1}, False),
        (True, {Move.INTRODUCE: 1, Move.ARGUE: 1}, False), (True, {Move.INTRODUCE: 1, Move.ACCUSE: 1}, False),
        (True, {Move.INTRODUCE: 1, Move.THREATEN: 1}, False),
    ],
)  # fmt: skip
def test_a_real_door_is_for_the_second_choice_who_said_their_name_and_never_pushed(
    second: bool, made: dict[Move, int], real: bool
) -> None:
    hidden, scene = {"second_choice": second}, "door_real" if real else "door_courtesy"
    for phase in AT_EASE:
        assert at(phase, "door", hidden, made=made) == (scene, phase)
    assert at(CLOSING, "door", hidden, made=made) == (scene, ENDED)
    assert at(GUARDED, "door", hidden, made=made) == ("door_courtesy", GUARDED)
