"""The rules of the call one by one: what is said where, and at which border a condition holds.

`at` is one step from a given place; the rules are those of docs/rules.md, grouped as a manager would tell them.
"""

from __future__ import annotations

from typing import Any

import pytest

from dialogs.call import (
    DIAL,
    FEEL,
    HANG_UP,
    LIVE,
    PUZZLE,
    SIGNALS,
    SILENCE,
    TIME_UP,
    WARY,
    WORN_OUT,
    Call,
    Feel,
    Hidden,
    Opening,
    Outcome,
    Phase,
    feel,
    outcome,
    spend,
    step,
)
from dialogs.moves import MOVES, Move

VOICEMAIL, RECEPTION, PICKUP, OPENING = Phase.VOICEMAIL, Phase.RECEPTION, Phase.PICKUP, Phase.OPENING
ANSWERING, GUARDED, CLOSING, ENDED = Phase.ANSWERING, Phase.GUARDED, Phase.CLOSING, Phase.ENDED
AT_EASE = (OPENING, ANSWERING)
BEFORE_THE_END = (PICKUP, OPENING, ANSWERING, GUARDED)
KNOWN = (OPENING, ANSWERING, GUARDED)
ASKING = ("ask_open", "ask_specific", "probe")
KIND = ("thank", "interest", "reassure", "acknowledge", "accept", "answer", "commit")


def placed(phase: Phase, hidden: dict[str, Any], state: dict[str, Any]) -> Call:
    """A call that stands here, in this state."""
    call = Call.of(Hidden(**hidden))
    call.phase = phase
    for name, value in state.items():
        assert hasattr(call, name), name
        if name == "made":
            value = tuple(move for move, times in value.items() for _ in range(times))
        setattr(call, name, value)
    return call


def at(phase: Phase, trigger: str, hidden: dict[str, Any] | None = None, **state: Any) -> tuple[str, Phase]:
    """What is played, and where the call stands then."""
    call = placed(phase, hidden or {}, state)
    scene = step(call, trigger).scene
    return scene, call.phase


# -- who picks up ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opening", "scene", "phase"),
    [
        (Opening.VOICEMAIL, "voicemail", VOICEMAIL), (Opening.RECEPTION, "reception", RECEPTION), (Opening.MANAGER, "pickup", PICKUP),
        (Opening.BAD_MOMENT, "pickup", PICKUP), (Opening.EMAIL_HR, "pickup", PICKUP), (Opening.TOO_EARLY, "pickup", PICKUP),
    ],
)  # fmt: skip
def test_who_picks_up_and_what_is_heard_first(opening: Opening, scene: str, phase: Phase) -> None:
    assert at(Phase.RINGING, DIAL, {"opening": opening}) == (scene, phase)


def test_ringing_off_after_a_message_is_how_a_message_ends() -> None:
    assert at(VOICEMAIL, HANG_UP, turn=2) == ("voicemail_end", ENDED)
    assert at(VOICEMAIL, HANG_UP, turn=1) == ("hung_up", ENDED)


@pytest.mark.parametrize("phase", [Phase.RINGING, *LIVE])
def test_ringing_off_ends_it_wherever_it_stands(phase: Phase) -> None:
    assert at(phase, HANG_UP) == ("hung_up", ENDED)


def test_a_machine_takes_a_message_in_several_short_lines() -> None:
    for trigger in (*MOVES, SILENCE, PUZZLE, WARY):
        if trigger != "close":
            for turn in (1, 2, 5):
                assert at(VOICEMAIL, trigger, turn=turn) == ("voicemail_more", VOICEMAIL)
            assert at(VOICEMAIL, trigger, turn=6) == ("voicemail_end", ENDED)
    for trigger in ("close", TIME_UP, WORN_OUT):
        assert at(VOICEMAIL, trigger, turn=1) == ("voicemail_end", ENDED)


# -- reception ---------------------------------------------------------------------------------------------------------


def test_reception_puts_through_whoever_says_who_they_are_however_long_it_took() -> None:
    assert at(RECEPTION, "introduce") == at(RECEPTION, "introduce", turn=9) == ("put_through", OPENING)


def test_reception_puts_no_quarrel_through() -> None:
    for trigger in ("threaten", "accuse", TIME_UP, WORN_OUT):
        assert at(RECEPTION, trigger) == ("reception_refuses", ENDED)


def test_reception_answers_nothing_and_asks_for_the_name_three_times() -> None:
    matters = (*ASKING, "door", "pry", "argue", "plead")
    talk = ("greet", "permission", *KIND, "other", SILENCE, PUZZLE, WARY)
    for turn in (1, 3):
        for trigger in (*matters, "vent"):
            assert at(RECEPTION, trigger, turn=turn) == ("reception_cannot", RECEPTION)
        for trigger in talk:
            assert at(RECEPTION, trigger, turn=turn) == ("reception_asks", RECEPTION)
    for trigger in (*matters, *talk):
        assert at(RECEPTION, trigger, turn=4) == ("reception_refuses", ENDED)
    assert at(RECEPTION, "vent", turn=4) == ("reception_cannot", RECEPTION)


def test_a_goodbye_ends_it_at_reception_unless_something_is_asked_in_the_same_breath() -> None:
    assert at(RECEPTION, "close") == ("reception_bye", ENDED)
    asked = frozenset({Move.CLOSE, Move.ASK_OPEN})
    assert at(RECEPTION, "close", moves=asked) == ("reception_cannot", RECEPTION)


# -- pushing -----------------------------------------------------------------------------------------------------------


def test_a_threat_ends_it_wherever_it_stands() -> None:
    for phase in (*BEFORE_THE_END, CLOSING):
        assert at(phase, "threaten") == ("cut_off", ENDED)


def test_blame_ends_it_when_it_is_unmistakable_or_not_the_first_push() -> None:
    for phase in (PICKUP, *AT_EASE):
        assert at(phase, "accuse") == ("hr", GUARDED)
        assert at(phase, "accuse", made={Move.ACCUSE: 1}) == ("hr", GUARDED)
        assert at(phase, "accuse", made={Move.ACCUSE: 2}) == ("cut_off", ENDED)
        assert at(phase, "accuse", sure=frozenset({Move.ACCUSE})) == ("cut_off", ENDED)
    for phase in (GUARDED, CLOSING):
        assert at(phase, "accuse") == ("cut_off", ENDED)
        sure = placed(phase, {}, {"sure": frozenset({Move.ACCUSE})})
        assert [step(placed(phase, {}, {}), "accuse").why, step(sure, "accuse").why] == [
            "a second push ends the call",
            "blame ends the call",
        ]


def test_a_rebuttal_shuts_her_and_a_second_push_ends_the_call() -> None:
    for phase in (PICKUP, *AT_EASE):
        assert at(phase, "argue", made={Move.ARGUE: 1}) == ("guard", GUARDED)
        assert at(phase, "argue", made={Move.ARGUE: 2}) == ("close_cold", ENDED)
        assert at(phase, "argue", made={Move.ARGUE: 1, Move.ACCUSE: 1}) == ("close_cold", ENDED)
    for phase in (GUARDED, CLOSING):
        assert at(phase, "argue") == ("close_cold", ENDED)


# -- minutes and patience ----------------------------------------------------------------------------------------------


def test_when_her_minutes_or_her_patience_are_spent_she_is_ending_it_and_then_it_is_over() -> None:
    for phase in BEFORE_THE_END:
        assert at(phase, TIME_UP) == ("out_of_time", CLOSING)
        assert at(phase, WORN_OUT) == ("worn_out", CLOSING)
    assert at(CLOSING, TIME_UP) == at(CLOSING, WORN_OUT) == ("goodbye", ENDED)


# -- who is this? ------------------------------------------------------------------------------------------------------


def test_whoever_has_not_said_who_they_are_is_asked_and_the_third_time_guessed() -> None:
    assert at(PICKUP, "introduce") == at(PICKUP, "introduce", unnamed=5) == ("knows_you", OPENING)
    for unnamed in (0, 1):
        for trigger in (*ASKING, *KIND, "permission", "door", "pry", "vent", "plead", "other"):
            assert at(PICKUP, trigger, unnamed=unnamed) == ("who_is_this", PICKUP)
        assert at(PICKUP, "greet", unnamed=unnamed) == ("hello", PICKUP)
        assert at(PICKUP, SILENCE, unnamed=unnamed) == ("silence", PICKUP)
    for trigger in (*ASKING, *KIND, "permission", "door", "pry", "vent", "plead", "other", "greet", SILENCE):
        assert at(PICKUP, trigger, unnamed=2) == ("guesses_you", OPENING)


def test_a_goodbye_of_a_stranger_ends_it_unless_something_is_asked_in_the_same_breath() -> None:
    assert at(PICKUP, "close") == ("goodbye", ENDED)
    assert at(PICKUP, "close", moves=frozenset({Move.CLOSE, Move.DOOR})) == ("who_is_this", PICKUP)


# -- in the middle of it -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("move", "scene"),
    [
        ("greet", "hello_again"), ("introduce", "known_already"), ("permission", "two_minutes"), ("thank", "thanked"),
        ("interest", "interest_noted"), ("accept", "warmed"), ("reassure", "warmed"), ("acknowledge", "warmed"),
        ("commit", "commit_noted"), ("answer", "go_on"), ("vent", "kind"), ("plead", "no_reconsider"), ("pry", "pry_no"),
    ],
)  # fmt: skip
def test_what_is_said_beside_the_question_is_met_in_kind_and_the_call_stays_where_it_is(move: str, scene: str) -> None:
    for phase in AT_EASE:
        assert at(phase, move) == (scene, phase)


def test_an_answer_to_her_own_question_is_taken_as_one() -> None:
    for phase in AT_EASE:
        assert at(phase, "answer", question_open=True) == ("answered", phase)


@pytest.mark.parametrize(
    ("given", "cap", "made", "advised", "earned"),
    [
        (2, 3, {Move.ACCEPT: 1, Move.COMMIT: 1}, False, True), (4, 2, {Move.ACCEPT: 1, Move.COMMIT: 1}, False, True),
        (1, 3, {Move.ACCEPT: 1, Move.COMMIT: 1}, False, False), (None, 3, {Move.ACCEPT: 1, Move.COMMIT: 1}, False, False),
        (3, 1, {Move.ACCEPT: 1, Move.COMMIT: 1}, False, False), (3, 3, {Move.ACCEPT: 1}, False, False),
        (3, 3, {Move.COMMIT: 1}, False, False), (3, 3, {Move.ACCEPT: 1, Move.COMMIT: 1}, True, False),
    ],
)  # fmt: skip
def test_one_more_piece_of_advice_is_for_who_took_the_answer_well_and_said_what_comes_next(
    given: int | None, cap: int, made: dict[Move, int], advised: bool, earned: bool
) -> None:
    state: dict[str, Any] = {"given": given, "made": made, "advised": advised}
    for move, otherwise in (("accept", "warmed"), ("commit", "commit_noted")):
        assert at(ANSWERING, move, {"cap": cap}, **state) == ("advice" if earned else otherwise, ANSWERING)
        assert at(OPENING, move, {"cap": cap}, **state) == (otherwise, OPENING)


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


def test_a_house_that_sends_applicants_to_hr_says_so_once_and_answers_who_gave_it_a_reason() -> None:
    house = {"opening": Opening.EMAIL_HR}
    for phase in AT_EASE:
        for move in ASKING:
            assert at(phase, move, house) == ("email_hr", phase)
            assert at(phase, move, house, deflected=True) == ("email_hr_again", CLOSING)
            assert at(phase, move, house, deflected=True, asks=1, last_ask="x") == ("answer", ANSWERING)
            for kind in (Move.ACKNOWLEDGE, Move.REASSURE, Move.ACCEPT, Move.PERMISSION):
                assert at(phase, move, house, deflected=True, made={kind: 1}) == ("answer", ANSWERING)
            assert at(phase, move, house, deflected=True, made={Move.THANK: 1}) == ("email_hr_again", CLOSING)


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
        ({Move.ASK_SPECIFIC, Move.PROBE}, ("b", "a"), "specific a b"), ({Move.ASK_SPECIFIC}, (), "specific "),
    ],
)  # fmt: skip
def test_questions_are_told_apart_by_how_narrow_they_are_and_what_they_name(
    moves: set[Move], areas: tuple[str, ...], ask: str
) -> None:
    assert placed(ANSWERING, {}, {"moves": frozenset(moves), "areas": frozenset(areas)}).ask == ask


def test_a_question_that_names_nothing_is_the_same_whatever_spaces_it_was_kept_with() -> None:
    call = placed(ANSWERING, {}, {"moves": frozenset({Move.ASK_SPECIFIC}), "asks": 1, "last_ask": "specific"})
    assert call.asked_the_same


def test_after_two_open_answers_she_steps_back_once() -> None:
    for move in ASKING:
        assert at(ANSWERING, move, candid_run=1) == ("answer", ANSWERING)
        assert at(ANSWERING, move, candid_run=2) == ("pull_back", ANSWERING)
        assert at(ANSWERING, move, candid_run=3, pulled_back=True) == ("answer", ANSWERING)


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


# -- the shutters are down ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("move", ["reassure", "accept"])
def test_an_honest_apology_mends_once_and_leads_back_to_where_the_call_stood(move: str) -> None:
    assert at(GUARDED, move) == ("mended", OPENING)
    assert at(GUARDED, move, asks=1) == ("mended", ANSWERING)
    assert at(GUARDED, move, mended=True) == at(GUARDED, move, mended=True, asks=1) == ("cool", GUARDED)
    for push in (Move.ARGUE, Move.ACCUSE, Move.THREATEN):
        assert at(GUARDED, move, moves=frozenset({push})) == ("cool", GUARDED)


def test_behind_the_shutters_only_the_legal_line_is_left_and_asking_on_ends_it() -> None:
    for move in ASKING:
        assert at(GUARDED, move, turn=2) == ("stonewall", GUARDED)
        assert at(GUARDED, move, turn=3) == ("no_more", CLOSING)


def test_behind_the_shutters_everything_else_is_heard_coolly() -> None:
    for move in ("greet", "introduce", "permission", "thank", "interest", "acknowledge", "commit", "answer"):
        assert at(GUARDED, move) == ("cool", GUARDED)
    assert at(GUARDED, "vent") == ("kind", GUARDED)
    assert at(GUARDED, "plead") == ("no_reconsider", GUARDED)
    assert at(GUARDED, "pry") == ("pry_no", GUARDED)


# -- goodbye -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("also", [Move.ASK_OPEN, Move.ASK_SPECIFIC, Move.PROBE, Move.DOOR])
def test_of_goodbye_and_a_question_in_one_breath_the_question_wins(also: Move) -> None:
    for phase in KNOWN:
        assert at(phase, "close") == ("goodbye", ENDED)
        assert at(phase, "close", moves=frozenset({Move.CLOSE, also})) == ("", phase)
        assert at(phase, "close", moves=frozenset({Move.CLOSE, Move.THANK})) == ("goodbye", ENDED)
        assert not placed(phase, {}, {"moves": frozenset({also})}).also_asks


def test_when_she_is_ending_it_one_sentence_fits_and_then_it_is_over() -> None:
    for trigger in (
        *ASKING,
        *KIND,
        "greet",
        "introduce",
        "permission",
        "vent",
        "plead",
        "pry",
        "close",
        "other",
        SILENCE,
        PUZZLE,
        WARY,
    ):
        assert at(CLOSING, trigger) == ("goodbye", ENDED)


# -- not understood ----------------------------------------------------------------------------------------------------


def test_what_is_not_understood_is_asked_again_helped_along_and_at_last_given_up() -> None:
    for phase in KNOWN:
        for trigger, scene in (("other", "say_again"), (SILENCE, "silence")):
            for unclear in (0, 2, 4):
                assert at(phase, trigger, unclear=unclear) == (scene, phase)
            assert at(phase, trigger, unclear=3) == ("help_along", phase)
            assert at(phase, trigger, unclear=5) == at(phase, trigger, unclear=9) == ("bad_line", CLOSING)
        assert at(phase, PUZZLE, unclear=5) == ("bad_line", CLOSING)


def test_what_addresses_the_software_puzzles_her_and_what_may_have_been_a_push_makes_her_careful() -> None:
    for phase in BEFORE_THE_END:
        assert at(phase, PUZZLE) == ("puzzled", phase)
        assert at(phase, WARY) == ("wary", phase)


# -- what a step leaves behind -----------------------------------------------------------------------------------------


def test_a_phase_begins_with_the_turn_that_led_to_it_and_staying_begins_none() -> None:
    call = placed(OPENING, {}, {"turn": 4})
    step(call, "thank")
    assert call.phase_began == 0
    step(call, "ask_open")
    assert call.phase_began == 4
    call.turn = 6
    step(call, "ask_open")
    assert (call.phase, call.phase_began) == (ANSWERING, 4)
    early = placed(ANSWERING, {"opening": Opening.TOO_EARLY}, {"turn": 6, "phase_began": 4})
    step(early, "ask_open")  # a row that leads to where the call stands already
    assert early.phase_began == 4
    assert [row.scene for row in call.taken] == ["thanked", "answer", "answer"]


def test_that_she_brought_it_to_an_end_is_remembered_unless_only_her_time_was_up() -> None:
    for trigger, shut in ((TIME_UP, False), (WORN_OUT, True)):
        call = placed(ANSWERING, {}, {})
        step(call, trigger)
        assert (call.shut, call.parting) == (shut, "")
        step(call, "thank")
        assert (call.shut, call.parting) == (shut, "goodbye")
    step(call := placed(ANSWERING, {}, {}), "close")
    assert not call.shut


# -- trust, patience, minutes ------------------------------------------------------------------------------------------


def felt(*moves: Move, **state: Any) -> tuple[float, float, float]:
    """What these moves did to trust, patience and minutes, from the middle of each scale."""
    call = placed(OPENING, {}, {"trust": 2.5, "patience": 2.0, "minutes": 5.0} | state)
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
        ({}, Outcome.WARM), ({"trust": 2.99}, Outcome.NEUTRAL), ({"asks": 0}, Outcome.NEUTRAL), ({"shut": True}, Outcome.NEUTRAL),
        ({"parting": "reception_bye", "asks": 0}, Outcome.NEUTRAL),
    ],
)  # fmt: skip
def test_how_a_call_ended(state: dict[str, Any], how: Outcome) -> None:
    assert outcome(placed(ENDED, {}, {"parting": "goodbye", "trust": 3.0, "asks": 1} | state)) is how


def test_signals_are_no_moves() -> None:
    assert not set(SIGNALS) & set(map(str, MOVES))
