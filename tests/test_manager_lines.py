"""Which lines make a turn, and in which words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dialogs.call import TABLE, Call, Opening, Phase, Row
from dialogs.hearing.areas import NEAR
from dialogs.hearing.heard import Heard
from dialogs.manager import echo, headings, in_turn, next_line
from dialogs.moves import Move
from dialogs.practice import Practice
from dialogs.scenario import library, read_scenario
from dialogs.scenes import ECHOES, NOTHING_NEW, Line, Speaker
from tests.mid_call import a_call


def rows(*scenes: str) -> tuple[Row, ...]:
    by_scene = {row.scene: row for row in TABLE}
    return tuple(by_scene[scene] for scene in scenes)


def spoken(
    *scenes: str,
    call: Call | None = None,
    level: int | None = None,
    before: Phase = Phase.OPENING,
    areas: Sequence[str] = (),
    guess: bool = False,
) -> list[str]:
    call = call or a_call()
    return headings(call, rows(*scenes), Heard(areas=tuple(areas), guess=guess), level, before=before)


def over(parting: str = "goodbye", trust: float = 2.5, **more: object) -> Call:
    call = a_call(trust)
    call.phase, call.parting, call.asks = Phase.ENDED, parting, 1
    for name, value in more.items():
        setattr(call, name, value)
    return call


# -- which lines make a turn ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scenes", "said"),
    [
        ((), []), (("hung_up",), []), (("put_through",), ["put_through", "announced"]),
        (("put_through", "answer"), ["put_through", "announced"]),
        # What ends a call in anger stands alone.
        (("kind", "cut_off"), ["cut_off"]), (("kind", "close_cold"), ["close_cold"]), (("knows_you", "cut_off"), ["cut_off"]),
        # A reaction, the main thing; of several reactions the weightiest.
        (("kind", "hr", "stonewall"), ["hr", "stonewall"]), (("by_the_book", "answer"), ["by_the_book", "stock"]),
        (("by_the_book", "who_is_this"), ["by_the_book", "who_is_this"]),
        (("kind", "answer"), ["kind", "stock"]), (("kind", "mended", "answer"), ["mended", "stock"]),
        (("guesses_you", "answer"), ["guesses_you", "stock"]), (("answer", "door_courtesy"), ["stock", "door_courtesy"]),
        (("kind", "answer", "door_real"), ["kind", "stock", "door_real"]),
        (("knows_you", "answer"), ["recalls_you", "stock"]), (("hello", "hello"), ["hello"]),
        # Small courtesies beside a question are not worth a line of their own.
        (("hello_again", "answer"), ["stock"]), (("thanked", "answer"), ["stock"]), (("go_on", "warmed"), ["warmed"]),
    ],
)  # fmt: skip
def test_a_turn_is_a_reaction_the_main_thing_and_an_addition(scenes: tuple[str, ...], said: list[str]) -> None:
    assert spoken(*scenes, level=1) == said


@pytest.mark.parametrize("level", range(5))
def test_an_answer_is_said_under_its_level_and_silence_under_the_lowest(level: int) -> None:
    assert spoken("answer", level=level) == [["stonewall", "stock", "hint", "specific", "candid"][level]]
    assert spoken("answer", level=None) == ["stonewall"]


@pytest.mark.parametrize(
    ("areas", "level", "first"),
    [
        (["interview"], 3, "yes_that"), (["interview"], 4, "yes_that"), (["interview"], 2, None), (["salary"], 2, "not_that"),
        (["salary"], 3, "not_that"), (["salary"], 1, None), ([], 3, None),
    ],
)  # fmt: skip
def test_a_guess_is_confirmed_when_the_reason_is_told_and_denied_as_soon_as_anything_is(
    areas: list[str], level: int, first: str | None
) -> None:
    call = a_call(moves=[Move.ASK_SPECIFIC], area="interview")
    said = spoken("answer", call=call, level=level, areas=areas, guess=bool(areas))
    assert (said[0] if len(said) > 1 else None) == first
    assert len(spoken("answer", call=call, level=level, areas=areas)) == 1  # named, and not put forward as a guess


def test_a_guess_at_the_interview_is_neither_right_nor_wrong_where_the_reason_showed_itself_there() -> None:
    for area in ("numbers", "exit_story", "interest", "presentation", "manners"):
        assert spoken("answer", call=a_call(area=area), level=2, areas=["answers"], guess=True) == ["near_it", "hint"]
        assert spoken("answer", call=a_call(area=area), level=2, areas=["salary"], guess=True) == ["not_that", "hint"]
    assert spoken("answer", call=a_call(area="salary"), level=2, areas=["answers"], guess=True) == ["not_that", "hint"]


def test_a_guess_close_beside_the_reason_is_called_neither_right_nor_wrong() -> None:
    for one, other in map(sorted, NEAR):
        for area, named in ((one, other), (other, one)):
            assert spoken("answer", call=a_call(area=area), level=2, areas=[named], guess=True) == ["near_it", "hint"]


def test_who_asks_what_to_do_better_when_all_is_told_hears_that_and_no_reason_again() -> None:
    def asked(given: int, told_more: bool = False, wants_advice: bool = True, **hidden: object) -> Call:
        call = a_call(area="salary", **hidden)
        call.given, call.told_more, call.wants_advice = given, told_more, wants_advice
        return call

    for given in (3, 4):
        assert spoken("answer", call=asked(given), level=3) == ["instead"]
    assert spoken("answer", call=asked(2, cap=2), level=2) == ["no_advice"]
    assert spoken("answer", call=asked(0, cap=0), level=0) == ["no_advice"]
    assert spoken("answer", call=asked(3, told_more=True), level=3) == ["specific"]
    assert spoken("answer", call=asked(3, wants_advice=False), level=3) == ["specific"]
    assert spoken("answer", call=asked(2), level=2) == ["hint"]
    assert spoken("answer", call=asked(3), level=3, areas=["salary"], guess=True) == [
        "instead"
    ]  # no yes to what is told


def test_who_pleads_for_the_first_time_gets_a_kind_word_before_the_no() -> None:
    pleaded = a_call(uses={Move.PLEAD: 1})
    assert spoken("no_reconsider", call=pleaded) == ["kind", "no_reconsider"]
    assert spoken("no_reconsider", call=a_call(uses={Move.PLEAD: 2})) == ["no_reconsider"]
    assert spoken("pry_no", call=pleaded) == ["pry_no"]
    pleaded.phase = Phase.GUARDED
    assert spoken("no_reconsider", call=pleaded) == ["no_reconsider"]


def test_a_plan_is_taken_up_beside_an_answer_and_before_advice_and_beside_nothing_else() -> None:
    plan = a_call(moves=[Move.COMMIT])
    assert spoken("commit_noted", "answer", call=plan, level=1) == ["commit_noted", "stock"]
    assert spoken("commit_noted", "answer", call=plan, level=0) == ["stonewall"]
    assert spoken("advice", call=plan) == ["commit_noted", "advice"]
    assert spoken("advice", call=a_call(moves=[Move.ACCEPT])) == ["advice"]
    assert spoken("commit_noted", "goodbye", call=plan) == ["close_neutral"]


def test_a_weight_taken_off_her_is_answered_beside_a_question_the_first_time() -> None:
    for moves in ([Move.ACCEPT], [Move.ACCEPT, Move.REASSURE]):
        first = a_call(uses=dict.fromkeys(moves, 1), moves=moves)
        assert spoken("warmed", "answer", call=first, level=1) == ["warmed", "stock"]
        assert spoken("warmed", "answer", call=first, level=0) == ["stonewall"]
        assert spoken("warmed", "answer", call=a_call(uses=dict.fromkeys(moves, 2), moves=moves), level=1) == ["stock"]


def test_who_asks_for_two_minutes_at_once_is_first_recalled() -> None:
    assert spoken("two_minutes", before=Phase.PICKUP) == ["recalls_you", "two_minutes"]
    assert spoken("two_minutes", before=Phase.OPENING) == ["two_minutes"]
    assert spoken("warmed", before=Phase.PICKUP) == ["warmed"]


@pytest.mark.parametrize("main", ["out_of_time", "worn_out"])
@pytest.mark.parametrize("kept", ["advice", "door_real", "door_open_process", "door_courtesy"])
def test_what_was_earned_in_the_last_turn_is_said_before_the_goodbye(main: str, kept: str) -> None:
    assert spoken(kept, main) == [kept, main]
    assert spoken("kind", kept, main) == ["kind", kept, main]


def test_advice_that_was_earned_is_said_before_ones_own_goodbye() -> None:
    assert spoken("advice", "goodbye") == ["advice", "close_neutral"]


@pytest.mark.parametrize("told", ["stonewall", "again", "avoid", "pull_back", "not_closed", "email_hr"])
def test_a_question_of_the_last_turn_is_answered_whatever_the_answer(told: str) -> None:
    for end in ("out_of_time", "worn_out"):
        assert spoken(told, end, level=1) == [told, end]


def test_who_asks_once_too_often_and_says_goodbye_in_one_breath_hears_both() -> None:
    assert spoken("no_more", "goodbye", level=0) == ["no_more", "close_neutral"]


def test_an_answer_goes_before_everything_else_that_was_earned() -> None:
    assert spoken("door_courtesy", "advice", "answer", "out_of_time", level=2) == ["hint", "out_of_time"]
    assert spoken("warmed", "answer", "out_of_time", level=2)[-2:] == ["hint", "out_of_time"]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (over(trust=3.0), "close_warm"), (over(trust=2.99), "close_neutral"), (over(trust=4.0, asks=0), "close_neutral"),
        (over(trust=4.0, shut=True), "close_neutral"), (over(trust=4.0, made=(Move.ARGUE,)), "close_cold"),
        (over(trust=4.0, made=(Move.ARGUE,), mended=True), "close_warm"),
    ],
)  # fmt: skip
def test_a_goodbye_is_as_warm_as_the_call_was(call: Call, said: str) -> None:
    assert spoken("goodbye", call=call) == [said]


def test_a_door_at_the_end_is_followed_by_a_goodbye_and_one_in_between_is_not() -> None:
    for door in ("door_real", "door_open_process", "door_courtesy"):
        assert spoken(door, call=over(trust=3.5)) == [door, "close_warm"]
        assert spoken(door) == [door]


def test_a_bad_moment_is_heard_in_the_pickup() -> None:
    assert spoken("pickup", call=a_call(opening=Opening.BAD_MOMENT)) == ["bad_moment"]
    assert spoken("pickup", call=a_call()) == ["pickup"]
    assert spoken("hello", call=a_call(opening=Opening.BAD_MOMENT)) == ["hello"]


# -- words ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("move", "family"),
    [(None, ""), (Move.DOOR, "door"), (Move.ASK_OPEN, "asking"), (Move.PROBE, ""), (Move.PERMISSION, ""), (Move.ASK_SPECIFIC, ""), (Move.ARGUE, "displeasure"),
     (Move.ACCUSE, "displeasure"), (Move.THANK, ""), (Move.ACCEPT, ""), (Move.VENT, ""), (Move.OTHER, "")],
)  # fmt: skip
def test_a_doubtful_reading_is_repeated_unless_it_was_kind_or_about_one_thing(move: Move | None, family: str) -> None:
    assert echo(Heard(echo=move)) == family


def lines_of(heading: str, count: int) -> list[Line]:
    return [Line(Speaker.MANAGER, f"L{n}", heading) for n in range(count)]


@pytest.mark.parametrize("count", [1, 2, 3, 5])
@pytest.mark.parametrize("seed", [0, 1, 7])
def test_every_line_of_a_heading_is_said_once_before_any_is_said_again(count: int, seed: int) -> None:
    lines = lines_of("a", count)
    first, again = [[next_line(lines, seed, said + n) for n in range(count)] for said in (0, count)]
    assert sorted(first, key=lambda line: line.text) == lines
    assert again == first


def test_neighbouring_seeds_begin_two_lines_further_on_the_same_shuffle() -> None:
    lines = lines_of("a", 7)
    order, later = [[next_line(lines, seed, n) for n in range(7)] for seed in (0, 1)]
    assert later == order[2:] + order[:2]


def test_each_heading_and_each_round_of_seeds_has_a_shuffle_of_its_own() -> None:
    def order(heading: str, seed: int) -> list[str]:
        return [next_line(lines_of(heading, 7), seed, n).text for n in range(7)]

    assert len({tuple(order(heading, 0)) for heading in "abc"}) == 3
    assert len({tuple(order("a", 7 * n)) for n in range(3)}) == 3


@pytest.mark.parametrize("texts", [NOTHING_NEW, *ECHOES.values()])
def test_what_all_managers_say_alike_goes_round_its_words_from_where_the_seed_stands(texts: Sequence[str]) -> None:
    for seed in (0, 1, len(texts) + 2):
        said = [in_turn(texts, seed, n) for n in range(len(texts) + 1)]
        assert said == [texts[(seed + n) % len(texts)] for n in range(len(texts) + 1)]


def test_what_is_said_under_one_heading_moves_no_other() -> None:
    plain, other = (Practice(read_scenario(library()["harbour"]), 5) for _ in range(2))
    plain.begin()
    other.begin()
    other.take(Heard.of("greet"))
    assert plain.take(Heard.of("introduce")).says == other.take(Heard.of("introduce")).says
