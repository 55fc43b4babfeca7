"""Where a call may stand, and one step from there: `at` is what the rules of the call are tested with."""

from __future__ import annotations

from typing import Any

from dialogs.call import (
    Call,
    Hidden,
    Phase,
    step,
)

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
