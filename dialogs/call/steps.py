"""One step of a call: the row of the table that answers a trigger, found and taken."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

from transitions import Machine

from dialogs.call.state import Call
from dialogs.call.table import TABLE, Phase, Row


def _build(table: tuple[Row, ...]) -> Machine:
    # One plain machine without a model serves every call: nothing registered, nothing to leak (docs/benchmarks.md).
    machine = Machine(
        model=None,
        states=list(Phase),
        initial=Phase.RINGING,
        auto_transitions=False,
        model_attribute="phase",
    )
    for row in table:
        for trigger, phase in product(row.triggers, row.phases):
            machine.add_transition(str(trigger), phase, row.to, conditions=row.when or None, after=row.take)
    return machine


MACHINE = _build(TABLE)

Holds = Callable[[Call], bool]


def _rules(machine: Any) -> dict[tuple[str, Phase], tuple[tuple[Holds | None, Row], ...]]:
    """What the machine would try, as a dictionary: (trigger, phase) → each condition with its row, in order.

    A step by this dictionary costs a thirtieth of one by the machine, and is the same step (tests/test_step_by_dictionary.py).
    """
    rules: dict[tuple[str, Phase], tuple[tuple[Holds | None, Row], ...]] = {}
    for trigger, event in machine.events.items():
        for phase, transitions in event.transitions.items():
            rules[trigger, Phase[phase]] = tuple(
                (getattr(Call, t.conditions[0].func).fget if t.conditions else None, t.after[0].__self__)
                for t in transitions
            )
    return rules


RULES = _rules(MACHINE)


class Refused(RuntimeError):
    """A trigger had no row: the table is not whole. Tests prove that this cannot happen in a live phase."""


def step(call: Call, trigger: str) -> Row:
    """Take one trigger in this call and return the row that answered it.

    Raises Refused for a trigger that has no row where the call stands (anything after the end, a second dial).
    """
    rules = RULES.get((trigger, call.phase))
    if rules is None:
        raise Refused(f"no rule for '{trigger}' in phase {call.phase}; see TABLE in dialogs/call/table.py")
    for holds, row in rules:
        if holds is None or holds(call):
            return _taken(call, row)
    raise Refused(f"every rule for '{trigger}' in phase {call.phase} has a condition that failed")


def _taken(call: Call, row: Row) -> Row:
    row.take(call)
    if row.to is not None and row.to is not call.phase:
        call.phase = row.to
        call.phase_began = call.turn
        call.shut |= row.to is Phase.CLOSING and row.scene != "out_of_time"
        if row.to is Phase.ENDED:
            call.parting = row.scene
    return row
