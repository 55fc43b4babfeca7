"""The table is whole: every trigger is answered wherever the candidate can be heard, and every call can end."""

from __future__ import annotations

from collections import deque
from itertools import product

import pytest

from dialogs.call import (
    DIAL,
    LIVE,
    MATTERS,
    RULES,
    TABLE,
    TIME_UP,
    TRIGGERS,
    WORN_OUT,
    Call,
    Hidden,
    Opening,
    Phase,
    Refused,
    feel,
    step,
)
from dialogs.call.table import ON_THE_LINE
from dialogs.moves import MOVES, SPEAKING_ORDER, Move
from dialogs.scenes import HEADINGS, SAID_BY_ALL, SCENES, SILENT


def rows_for(trigger: str, phase: Phase) -> list[object]:
    return [r for r in TABLE if trigger in r.triggers and phase in r.phases]


@pytest.mark.parametrize("phase", LIVE)
def test_every_trigger_has_a_row_without_condition_in_every_live_phase_the_clock_where_it_runs(phase: Phase) -> None:
    for trigger in TRIGGERS:
        if trigger in (TIME_UP, WORN_OUT) and phase not in ON_THE_LINE:
            assert (trigger, phase) not in RULES
            continue
        rows = [r for r in TABLE if trigger in r.triggers and phase in r.phases]
        assert rows, f"{trigger} in {phase} is not answered"
        assert not rows[-1].when, f"{trigger} in {phase} may find no row"


def test_no_row_is_hidden_behind_an_earlier_one() -> None:
    for phase, trigger in product(Phase, (DIAL, *TRIGGERS)):
        rows = [r for r in TABLE if trigger in r.triggers and phase in r.phases]
        unconditional = [r for r in rows if not r.when]
        assert unconditional in ([], rows[-1:]), f"{trigger} in {phase}: a row stands behind one that always holds"
        conditions = [r.when for r in rows if r.when]
        assert len(conditions) == len(set(conditions)), f"{trigger} in {phase}: the same condition twice"


def test_every_condition_is_a_property_of_the_call() -> None:
    for row in TABLE:
        if row.when:
            assert isinstance(getattr(Call, row.when), property), row
            assert getattr(Call(), row.when) in (True, False)


def test_every_row_plays_a_scene_that_exists_and_says_why() -> None:
    for row in TABLE:
        assert row.scene == "" or row.scene == "answer" or row.scene in SCENES, row
        assert row.why, row


def test_every_heading_is_played_by_some_row_or_by_the_manager() -> None:
    played = {r.scene for r in TABLE}
    by_manager = {
        "stonewall", "stock", "hint", "specific", "candid", "yes_that", "not_that", "recalls_you", "announced", "bad_moment",
        "minute_left", "ramble", "asks_you", "close_warm", "close_neutral", "instead", "no_advice",
    }  # fmt: skip
    assert set(HEADINGS) - played - by_manager == set()
    assert played - set(SCENES) - {"answer", ""} == set()
    assert set(SILENT) - set(SCENES) == {""}


@pytest.mark.parametrize("phase", ON_THE_LINE)
def test_every_matter_is_answered_in_words_that_every_manager_has_and_moves_nothing(phase: Phase) -> None:
    for matter in MATTERS:
        call = Call(phase=phase)
        scene = step(call, matter).scene
        assert call.phase is phase
        assert scene in SAID_BY_ALL or scene in ("go_on", "cool", "repeats")  # told something, or asked to say it again


def test_all_phases_are_reachable_and_every_live_phase_can_end() -> None:
    ways: dict[Phase, set[Phase]] = {p: set() for p in Phase}
    for row in TABLE:
        for phase in row.phases:
            ways[phase].add(row.to or phase)

    def reached(start: Phase) -> set[Phase]:
        seen, todo = {start}, deque([start])
        while todo:
            for target in ways[todo.popleft()] - seen:
                seen.add(target)
                todo.append(target)
        return seen

    assert reached(Phase.RINGING) == set(Phase)
    assert all(Phase.ENDED in reached(phase) for phase in LIVE)


def test_every_move_has_its_place_in_the_speaking_order() -> None:
    assert sorted(SPEAKING_ORDER) == sorted(MOVES)


def test_a_stranger_who_asks_is_first_asked_for_a_name() -> None:
    call = Call(phase=Phase.PICKUP)
    assert step(call, Move.ASK_OPEN).scene == "who_is_this"
    assert call.phase is Phase.PICKUP


def test_nothing_can_be_said_after_the_end() -> None:
    call = Call(phase=Phase.ENDED)
    with pytest.raises(Refused, match="no rule for 'thank' in phase ended"):
        step(call, Move.THANK)


def test_a_call_is_not_dialled_twice() -> None:
    call = Call()
    step(call, DIAL)
    with pytest.raises(Refused):
        step(call, DIAL)


@pytest.mark.parametrize(
    ("opening", "phase"),
    [
        (Opening.MANAGER, Phase.PICKUP),
        (Opening.RECEPTION, Phase.RECEPTION),
        (Opening.VOICEMAIL, Phase.VOICEMAIL),
        (Opening.BAD_MOMENT, Phase.PICKUP),
    ],
)
def test_who_picks_up_is_drawn_with_the_scenario(opening: Opening, phase: Phase) -> None:
    call = Call.of(Hidden(opening=opening))
    step(call, DIAL)
    assert call.phase is phase


def test_politeness_cannot_be_farmed() -> None:
    call = Call()
    for _ in range(10):
        feel(call, Move.THANK)
    assert call.trust == pytest.approx(2.5 + 0.25 + 0.125)


def test_what_costs_trust_costs_it_every_time_down_to_the_floor() -> None:
    call = Call()
    seen = []
    for _ in range(4):
        feel(call, Move.ARGUE)
        seen.append(call.trust)
    assert seen == [2.0, 1.5, 1.0, 1.0]


def test_steps_leave_nothing_behind_in_the_machine() -> None:
    from dialogs.call import MACHINE

    for _ in range(50):
        call = Call()
        step(call, DIAL)
    assert MACHINE.models == []
