"""How a call ended, in words that are read alone or after “the call”: “was cut off by the manager”."""

from __future__ import annotations

from dialogs.call import Outcome

ENDED: dict[Outcome, str] = {
    Outcome.WARM: "ended warmly",
    Outcome.NEUTRAL: "ended politely",
    Outcome.COLD: "ended coldly",
    Outcome.CUT_OFF: "was cut off by the manager",
    Outcome.VOICEMAIL: "ended on the machine",
    Outcome.ABANDONED: "was left without a goodbye",
}

UNFINISHED = "not finished"


def ended(outcome: str | None) -> str:
    """An outcome as the log keeps it, for a list or a head: “ended warmly”, “cut off by the manager”."""
    return UNFINISHED if not outcome else ENDED[Outcome(outcome)].removeprefix("was ")
