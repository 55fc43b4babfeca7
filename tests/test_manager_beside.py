"""What is left out beside what: of several scenes of one turn those that another makes superfluous are not spoken."""

from __future__ import annotations

import pytest

from dialogs.call import TABLE, Call, Hidden, Phase, Row
from dialogs.hearing.heard import Heard
from dialogs.manager import SETTLES, headings, stands_alone
from dialogs.moves import Move
from dialogs.review.rehearsal import Rehearsal
from dialogs.scenario import library, read_scenario


def a_row(scene: str, *, moving: bool | None = None) -> Row:
    """A row of the table that plays the scene; one that moves the call to another phase, one that does not, or any."""
    return next(row for row in TABLE if row.scene == scene and (moving is None or (row.to is not None) == moving))


def spoken(*rows: Row, echo: Move | None = None, phase: Phase = Phase.ANSWERING) -> list[str]:
    call = Call.of(Hidden(cap=4, ceiling=4))
    call.phase = phase
    return headings(call, rows, Heard(echo=echo), 1, before=phase)


def test_her_last_words_are_not_repeated_to_who_moves_the_call_on_in_the_same_breath() -> None:
    assert spoken(a_row("repeats"), a_row("warmed", moving=False)) == ["repeats"]
    assert spoken(a_row("repeats"), a_row("knows_you", moving=True)) == ["knows_you"]


@pytest.mark.parametrize("asks", ["who_is_this", "hello"])
def test_nor_are_they_where_she_has_to_ask_who_it_is(asks: str) -> None:
    assert spoken(a_row("repeats"), a_row(asks)) == [asks]


@pytest.mark.parametrize("refused", ["never_a_reason", "not_to_be_asked"])
def test_who_is_told_where_reasons_stop_is_not_sent_to_personnel_as_well(refused: str) -> None:
    assert "hr" in spoken(a_row("hr"), a_row("stonewall"))
    assert spoken(a_row("hr"), a_row(refused)) == [refused]


def test_what_may_have_been_a_push_is_met_warily_and_not_comforted() -> None:
    assert "kind" not in spoken(a_row("kind"), a_row("wary"), echo=Move.VENT)
    assert "kind" in spoken(a_row("kind"), a_row("wary"), echo=Move.ARGUE)
    assert "kind" in spoken(a_row("kind"), a_row("answer"), echo=Move.VENT)


@pytest.mark.parametrize("move", sorted(SETTLES))
def test_what_may_have_been_meant_kindly_is_heard_and_nobody_is_thanked_for_it(move: Move) -> None:
    assert spoken(a_row("warmed"), echo=move) == ["go_on"]
    assert spoken(a_row("warmed")) == ["warmed"]
    assert "go_on" not in spoken(a_row("warmed"), a_row("answer"), echo=move)


def test_who_comes_back_to_the_matter_at_hand_is_first_recalled() -> None:
    assert spoken(a_row("back_to_it")) == ["recalls_you", "back_to_it"]


@pytest.mark.parametrize(
    ("heading", "alone"),
    [("back_to_it", True), ("who_is_this", True), ("kind", False), ("hr", False), ("nowhere", False)],
)
def test_a_reaction_is_no_last_word_and_what_is_said_by_itself_is(heading: str, alone: bool) -> None:
    assert stands_alone(heading) is alone


def test_a_call_that_is_tried_out_takes_its_lines_in_the_same_order_and_leaves_those_of_the_other_alone() -> None:
    one = Rehearsal(read_scenario(library()["harbour"]), 3)
    twin, other = one.fork(), one.fork()
    expected = [other.take(Heard.of("greet")).says for _ in range(2)]
    assert [twin.take(Heard.of("greet")).says for _ in range(2)] == expected
    assert [one.take(Heard.of("greet")).says for _ in range(2)] == expected


def test_of_two_reactions_the_graver_is_spoken_in_whatever_order_they_were_found() -> None:
    for first, second in (("hr", "no_reconsider"), ("no_reconsider", "hr")):
        assert spoken(a_row(first), a_row(second), a_row("stonewall"))[0] == "hr"


@pytest.mark.parametrize("instead", ["pull_back", "again"])
def test_a_guess_gets_its_no_also_where_nothing_more_is_told(instead: str) -> None:
    def asked(told: int) -> list[str]:
        call = Call.of(Hidden(cap=4, ceiling=4, area="salary"))
        call.phase, call.given = Phase.ANSWERING, told
        return headings(call, (a_row(instead),), Heard(guess=True, areas=("presentation",)), 1, before=Phase.ANSWERING)

    assert asked(2) == ["not_that", instead]
    assert asked(1) == [instead]


def test_nobody_is_comforted_and_shut_out_in_one_breath() -> None:
    for shut in ("hr", "guard"):
        assert "kind" not in spoken(a_row("kind"), a_row(shut), a_row("stonewall"))
        assert spoken(a_row("kind"), a_row(shut)) == [shut]
