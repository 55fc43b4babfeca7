"""The rules of the call one by one: what is said where, and at which border a condition holds.

`at` is one step from a given place; the rules are those of docs/rules.md, grouped as a manager would tell them. The question has a file of
its own, and so have trust, patience and minutes.
"""

from __future__ import annotations

from typing import Any

import pytest

from bot.library import find
from dialogs.call import (
    DIAL,
    HANG_UP,
    LIVE,
    MATTERS,
    PUZZLE,
    SILENCE,
    TIME_UP,
    WARY,
    WORN_OUT,
    Opening,
    Phase,
    step,
)
from dialogs.hearing.heard import Aside, Heard
from dialogs.hearing.matters import Matter
from dialogs.moves import MOVES, Move
from dialogs.practice import Practice
from tests.places import (
    ANSWERING,
    ASKING,
    AT_EASE,
    BEFORE_THE_END,
    CLOSING,
    ENDED,
    GUARDED,
    KIND,
    KNOWN,
    OPENING,
    PICKUP,
    RECEPTION,
    VOICEMAIL,
    at,
    placed,
)

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


@pytest.mark.parametrize("phase", LIVE)
def test_ringing_off_ends_it_wherever_it_stands(phase: Phase) -> None:
    assert at(phase, HANG_UP) == ("hung_up", ENDED)


def test_a_machine_takes_a_message_in_several_short_lines() -> None:
    for trigger in (*MOVES, SILENCE, PUZZLE, WARY, *MATTERS):
        if trigger != "close":
            for turn in (1, 2, 5):
                assert at(VOICEMAIL, trigger, turn=turn) == ("voicemail_more", VOICEMAIL)
            assert at(VOICEMAIL, trigger, turn=6) == ("voicemail_end", ENDED)
    assert at(VOICEMAIL, "close", turn=1) == ("voicemail_end", ENDED)


# -- reception ---------------------------------------------------------------------------------------------------------


def test_reception_puts_through_whoever_says_who_they_are_however_long_it_took() -> None:
    assert at(RECEPTION, "introduce") == at(RECEPTION, "introduce", turn=9) == ("put_through", OPENING)


def test_reception_puts_no_quarrel_through() -> None:
    for trigger in ("threaten", "accuse"):
        assert at(RECEPTION, trigger) == ("reception_refuses", ENDED)


def test_reception_answers_nothing_and_asks_for_the_name_three_times() -> None:
    matters = (*ASKING, "door", "pry", "argue", "plead", "vent")
    talk = ("greet", "permission", *KIND, "other", SILENCE, PUZZLE, WARY, *MATTERS)
    for turn in (1, 3):
        for trigger in matters:
            assert at(RECEPTION, trigger, turn=turn) == ("reception_cannot", RECEPTION)
        for trigger in talk:
            assert at(RECEPTION, trigger, turn=turn) == ("reception_asks", RECEPTION)
    for trigger in (*matters, *talk):
        assert at(RECEPTION, trigger, turn=4) == ("reception_refuses", ENDED)


def test_a_goodbye_ends_it_at_reception_unless_something_is_asked_in_the_same_breath() -> None:
    assert at(RECEPTION, "close") == ("reception_bye", ENDED)
    asked = frozenset({Move.CLOSE, Move.ASK_OPEN})
    assert at(RECEPTION, "close", moves=asked) == ("reception_cannot", RECEPTION)


# -- a name that comes late ----------------------------------------------------------------------------------------------


def test_a_question_put_before_the_name_is_come_back_to_unless_another_comes_with_it() -> None:
    assert at(PICKUP, "introduce", made={Move.ASK_OPEN: 1}) == ("back_to_it", OPENING)
    assert at(PICKUP, "introduce", made={Move.PERMISSION: 1, Move.DOOR: 1}) == ("knows_you", OPENING)
    both = frozenset({Move.INTRODUCE, Move.ASK_SPECIFIC})
    assert at(PICKUP, "introduce", made={Move.ASK_OPEN: 1, Move.ASK_SPECIFIC: 1}, moves=both) == ("knows_you", OPENING)


def test_a_name_that_comes_after_a_guess_is_news_and_the_second_time_it_is_none() -> None:
    assert at(OPENING, "introduce", made={Move.INTRODUCE: 1}) == ("knows_you", OPENING)
    assert at(ANSWERING, "introduce", made={Move.INTRODUCE: 1}) == ("recalls_you", ANSWERING)
    for phase in AT_EASE:
        assert at(phase, "introduce", made={Move.INTRODUCE: 2}) == ("known_already", phase)


def test_who_is_guessed_gets_an_answer_to_what_was_said() -> None:
    practice = Practice(find("harbour"), 1)
    practice.begin()
    for moves in (("greet",), ("other",), ("ask_open",)):
        turn = practice.take(Heard.of(*moves))
    assert [line.heading for line in turn.lines] == ["guesses_you", "stock"]
    assert turn.level == 1


# -- a yes, a no, an okay ------------------------------------------------------------------------------------------------


def test_a_nod_makes_room_for_the_question_or_for_more_and_lets_her_own_go() -> None:
    assert at(OPENING, "nod") == ("go_ahead", OPENING)
    assert at(ANSWERING, "nod") == ("anything_else", ANSWERING)
    assert at(ANSWERING, "nod", question_open=True) == ("let_drop", ANSWERING)
    assert at(OPENING, "nod", question_open=True) == ("go_ahead", OPENING)  # she asks nothing before an answer
    for phase in AT_EASE:
        assert at(phase, "more") == ("go_ahead", phase)
        assert at(phase, "told") == ("go_on", phase)
        assert at(phase, "told", unclear=3) == ("help_along", phase)
    assert at(GUARDED, "told") == ("cool", GUARDED)


def test_who_says_nothing_but_okay_is_helped_along_at_the_third_and_let_go_at_the_fifth() -> None:
    assert [at(OPENING, "nod", nods=n) for n in range(1, 8)] == [
        ("go_ahead", OPENING),
        ("go_ahead", OPENING),
        ("help_along", OPENING),
        ("go_ahead", OPENING),
        *[("worn_out", CLOSING)] * 3,
    ]


@pytest.mark.parametrize("phase", [OPENING, ANSWERING, GUARDED])
def test_who_has_asked_and_then_says_nothing_but_okay_is_let_go_at_the_third(phase: Phase) -> None:
    assert at(phase, "nod", nods=2, asks=1)[0] != "worn_out"
    assert at(phase, "nod", nods=3, asks=1) == at(phase, "nod", nods=4, asks=1) == ("worn_out", CLOSING)


def test_nobody_in_tears_is_asked_how_they_would_do_it_again() -> None:
    asked = []
    for before in (("thank",), ("vent",)):
        practice = Practice(find("ward"), 1)
        practice.begin()
        for moves in (("introduce",), before, ("accept",), ("ask_open",)):
            turn = practice.take(Heard.of(*moves))
        asked.append("asks_you" in [line.heading for line in turn.lines])
    assert asked == [True, False]


# -- pushing -----------------------------------------------------------------------------------------------------------


def test_a_threat_ends_it_when_it_is_unmistakable_or_not_the_first_push() -> None:
    for phase in (*BEFORE_THE_END, CLOSING):
        assert at(phase, "threaten", sure=frozenset({Move.THREATEN})) == ("cut_off", ENDED)
        assert at(phase, "threaten", made={Move.THREATEN: 2}) == ("cut_off", ENDED)
        assert at(phase, "threaten", made={Move.THREATEN: 1, Move.ACCUSE: 1}) == ("cut_off", ENDED)
    for phase in (PICKUP, *AT_EASE):
        assert at(phase, "threaten") == ("hr", GUARDED)
        assert at(phase, "threaten", made={Move.THREATEN: 1}) == ("hr", GUARDED)
    for phase in (GUARDED, CLOSING):
        assert at(phase, "threaten") == ("cut_off", ENDED)


def test_blame_ends_it_when_it_is_unmistakable_or_not_the_first_push() -> None:
    for phase in (PICKUP, *AT_EASE):
        assert at(phase, "accuse") == ("hr", GUARDED)
        assert at(phase, "accuse", made={Move.ACCUSE: 1}) == ("hr", GUARDED)
        assert at(phase, "accuse", made={Move.ACCUSE: 2}) == ("cut_off", ENDED)
        said = {Move.THANK: 1, Move.ACCUSE: 1}
        assert at(phase, "accuse", made=said, sure=frozenset({Move.ACCUSE})) == ("cut_off", ENDED)
    for phase in (GUARDED, CLOSING):
        assert at(phase, "accuse") == ("cut_off", ENDED)


def test_what_ends_the_call_is_called_a_second_push_only_where_there_was_a_first() -> None:
    for push in ("threaten", "accuse"):
        for sure in (frozenset(), frozenset({Move(push)})):
            assert step(placed(GUARDED, {}, {"sure": sure}), push).why == "a second push ends the call"
            assert step(placed(CLOSING, {}, {"sure": sure}), push).why == "a push at the goodbye"


def test_blame_as_the_very_first_word_gets_the_guarded_line_and_a_threat_still_ends_the_call() -> None:
    first: dict[str, Any] = {"made": {Move.ACCUSE: 1}, "moves": frozenset({Move.ACCUSE})}
    assert at(PICKUP, "accuse", sure=frozenset({Move.ACCUSE}), **first) == ("hr", GUARDED)
    breath = frozenset({Move.INTRODUCE, Move.ACCUSE})  # by the time it is taken, she knows the name
    named = {"made": {Move.INTRODUCE: 1, Move.ACCUSE: 1}, "moves": breath, "sure": breath}
    assert at(OPENING, "accuse", **named) == ("hr", GUARDED)
    assert at(GUARDED, "accuse", made={Move.ACCUSE: 2}) == ("cut_off", ENDED)
    assert at(PICKUP, "threaten", sure=frozenset({Move.THREATEN}), **first) == ("cut_off", ENDED)


def test_a_rebuttal_shuts_her_and_a_second_push_ends_the_call() -> None:
    for phase in (PICKUP, *AT_EASE):
        assert at(phase, "argue", made={Move.ARGUE: 1}) == ("guard", GUARDED)
    for phase in AT_EASE:  # nobody is back at the pick-up after a first push
        for first in ({Move.ARGUE: 2}, {Move.ARGUE: 1, Move.ACCUSE: 1}, {Move.ARGUE: 1, Move.THREATEN: 1}):
            assert at(phase, "argue", made=first) == ("close_cold", ENDED)
    for phase in (GUARDED, CLOSING):
        assert at(phase, "argue") == ("close_cold", ENDED)


# -- minutes and patience ----------------------------------------------------------------------------------------------


def test_when_her_minutes_or_her_patience_are_spent_she_is_ending_it() -> None:
    for phase in BEFORE_THE_END:
        assert at(phase, TIME_UP) == ("out_of_time", CLOSING)
        assert at(phase, WORN_OUT) == ("worn_out", CLOSING)


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
    assert at(ANSWERING, "answer", question_open=True) == ("answered", ANSWERING)


@pytest.mark.parametrize(
    ("given", "made", "advised", "earned"),
    [
        (2, {Move.ACCEPT: 1, Move.COMMIT: 1}, False, True), (4, {Move.ACCEPT: 1, Move.COMMIT: 1}, False, True),
        (1, {Move.ACCEPT: 1, Move.COMMIT: 1}, False, False), (None, {Move.ACCEPT: 1, Move.COMMIT: 1}, False, False),
        (3, {Move.ACCEPT: 1}, False, False), (3, {Move.COMMIT: 1}, False, False),
        (3, {Move.ACCEPT: 1, Move.COMMIT: 1}, True, False),
    ],
)  # fmt: skip
def test_one_more_piece_of_advice_is_for_who_took_the_answer_well_and_said_what_comes_next(
    given: int | None, made: dict[Move, int], advised: bool, earned: bool
) -> None:
    state: dict[str, Any] = {"given": given, "made": made, "advised": advised}
    for move, otherwise in (("accept", "warmed"), ("commit", "commit_noted")):
        assert at(ANSWERING, move, **state) == ("advice" if earned else otherwise, ANSWERING)
        assert at(OPENING, move, **state) == (otherwise, OPENING)


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
        assert at(GUARDED, move, stale_asks=1) == ("stonewall", GUARDED)
        assert at(GUARDED, move, stale_asks=2) == ("no_more", CLOSING)
        assert at(GUARDED, move, turn=9) == ("stonewall", GUARDED)  # however late the first of them comes


def test_behind_the_shutters_everything_else_is_heard_coolly() -> None:
    for move in ("greet", "introduce", "permission", "thank", "interest", "acknowledge", "commit", "answer"):
        assert at(GUARDED, move) == ("cool", GUARDED)
    assert at(GUARDED, "vent") == ("kind", GUARDED)
    assert at(GUARDED, "plead") == ("no_reconsider", GUARDED)
    assert at(GUARDED, "pry") == ("pry_no", GUARDED)


# -- goodbye -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("also", [Move.ASK_OPEN, Move.ASK_SPECIFIC, Move.PROBE])
def test_of_goodbye_and_a_question_in_one_breath_the_question_wins(also: Move) -> None:
    for phase in KNOWN:
        assert at(phase, "close") == ("goodbye", ENDED)
        assert at(phase, "close", moves=frozenset({Move.CLOSE, also})) == ("", phase)
        assert at(phase, "close", moves=frozenset({Move.CLOSE, Move.THANK})) == ("goodbye", ENDED)
        assert not placed(phase, {}, {"moves": frozenset({also})}).also_asks_why


def test_a_word_about_later_on_in_the_breath_of_the_goodbye_is_answered_with_the_goodbye() -> None:
    both = frozenset({Move.CLOSE, Move.DOOR})
    for phase in KNOWN:
        assert at(phase, "close", moves=both) == ("goodbye", ENDED)
    practice = Practice(find("harbour"), 1)
    practice.begin()
    practice.take(Heard.of("introduce", "ask_open"))
    turn = practice.take(Heard.of("door", "close"))
    assert [line.heading for line in turn.lines] == ["door_courtesy", "close_neutral"]
    assert turn.ended


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
        *MATTERS,
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
        assert at(phase, PUZZLE, unclear=9) == ("puzzled", phase)  # words for the software end no call


def test_a_line_on_which_nobody_speaks_is_given_up_at_the_fifth_silence() -> None:
    assert at(PICKUP, SILENCE, unclear=4) == ("silence", PICKUP)
    assert at(PICKUP, SILENCE, unclear=5) == ("bad_line", CLOSING)
    practice = Practice(find("harbour"), 1)
    practice.begin()
    while not practice.ended:
        turn = practice.take(Heard(aside=Aside.SILENCE))
    assert (practice.turns, turn.lines[-1].heading) == (6, "close_neutral")
    assert practice.call.minutes > 1


def test_who_asks_again_and_again_what_was_said_at_the_pickup_is_guessed_at() -> None:
    practice = Practice(find("harbour"), 1)
    practice.begin()
    said = [practice.take(Heard(matter=Matter.REPEAT)).lines[0].heading for _ in range(3)]
    assert said == ["repeats", "repeats", "guesses_you"]


def test_what_addresses_the_software_puzzles_her_and_what_may_have_been_a_push_makes_her_careful() -> None:
    for phase in BEFORE_THE_END:
        assert at(phase, PUZZLE) == ("puzzled", phase)
        assert at(phase, WARY) == ("wary", phase)


@pytest.mark.parametrize(
    ("matter", "scene"),
    [
        (Matter.RIGHT, "by_the_book"), (Matter.PROTECTED, "not_to_be_asked"), (Matter.WRITTEN, "in_writing"), (Matter.RECORDED, "not_recorded"),
        (Matter.REALLY, "really_me"), (Matter.COURTING, "to_the_point"),
    ],
)  # fmt: skip
def test_what_touches_the_edge_of_the_call_is_answered_in_role_and_the_call_stays_where_it_is(
    matter: Matter, scene: str
) -> None:
    for phase in BEFORE_THE_END:
        waits = matter is Matter.NOD and phase is OPENING  # nothing has been asked yet
        assert at(phase, matter) == ("go_ahead" if waits else scene, phase)


def test_an_okay_and_no_more_is_asked_whether_there_is_anything_else() -> None:
    for phase in (PICKUP, ANSWERING, GUARDED):
        assert at(phase, Matter.NOD) == ("anything_else", phase)


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
