"""A step is looked up in a dictionary made from the machine; it is the step the machine itself would take."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.call import DIAL, MACHINE, RULES, TABLE, TRIGGERS, Call, Hidden, Opening, Phase, step
from dialogs.moves import MOVES, Move
from tests.lengths import runs

MOMENTS = st.fixed_dictionaries(
    {
        "phase": st.sampled_from([p for p in Phase if p is not Phase.ENDED]),
        "trust": st.floats(1, 4),
        "turn": st.integers(0, 12),
        "phase_began": st.integers(0, 6),
        "made": st.lists(st.sampled_from(MOVES), max_size=10).map(tuple),
        "given": st.none() | st.integers(0, 4),
        "asks": st.integers(0, 3),
        "stale_asks": st.integers(0, 2),
        "softened_since": st.booleans(),
        "candid_run": st.integers(0, 3),
        "unclear": st.integers(0, 6),
        "unnamed": st.integers(0, 3),
        "pulled_back": st.booleans(),
        "mended": st.booleans(),
        "advised": st.booleans(),
        "deflected": st.booleans(),
        "question_open": st.booleans(),
        "avoided": st.integers(0, 2),
        "last_ask": st.sampled_from(["", "open", "probe", "specific years"]),
        "moves": st.frozensets(st.sampled_from(MOVES), max_size=4),
        "sure": st.frozensets(st.sampled_from([Move.ACCUSE, Move.ARGUE]), max_size=2),
        "areas": st.frozensets(st.sampled_from(["years", "certificate"]), max_size=2),
    }
)
HIDDEN = st.builds(
    Hidden,
    opening=st.sampled_from(list(Opening)),
    price=st.sampled_from([1.5, 2.0, 3.0, 4.0]),
    area=st.sampled_from(["", "years"]),
    cap=st.integers(0, 4),
    start=st.integers(0, 3),
    second_choice=st.booleans(),
)


@settings(max_examples=runs(short=400, long=3000), deadline=None)
@given(HIDDEN, MOMENTS, st.sampled_from((DIAL, *TRIGGERS)))
def test_a_step_by_the_dictionary_is_the_step_the_machine_takes(
    hidden: Hidden, moment: dict[str, Any], trigger: str
) -> None:
    ours = Call(hidden=hidden, **deepcopy(moment))
    theirs = Call(hidden=hidden, **deepcopy(moment))
    if (str(trigger), ours.phase) not in RULES:
        assert ours.phase.name not in MACHINE.events[str(trigger)].transitions
        return
    MACHINE.events[str(trigger)].trigger(theirs, theirs)
    step(ours, trigger)
    assert (ours.phase, ours.taken) == (Phase(theirs.phase), theirs.taken)


def test_the_dictionary_holds_every_transition_of_the_machine_and_no_other() -> None:
    held = {(t, p): [row for _, row in rows] for (t, p), rows in RULES.items()}
    wanted: dict[tuple[str, Phase], list[object]] = {}
    for row in TABLE:
        for trigger in row.triggers:
            for phase in row.phases:
                wanted.setdefault((str(trigger), phase), []).append(row)
    assert held == wanted
    assert sum(map(len, held.values())) == len(MACHINE.get_transitions())
