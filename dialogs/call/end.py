"""How a call ended."""

from __future__ import annotations

from enum import StrEnum

from dialogs.call.state import Call
from dialogs.call.table import Phase


class Outcome(StrEnum):
    """How a call ended."""

    WARM = "warm"
    NEUTRAL = "neutral"
    COLD = "cold"
    CUT_OFF = "cut_off"
    VOICEMAIL = "voicemail"
    ABANDONED = "abandoned"


WARM_TRUST = 3.0


def outcome(call: Call) -> Outcome:
    """How the call ended, or would if it were left now (then: abandoned)."""
    if call.phase is not Phase.ENDED:
        return Outcome.ABANDONED
    if call.parting == "voicemail_end":
        return Outcome.VOICEMAIL
    if call.parting == "cut_off":
        return Outcome.CUT_OFF
    if call.parting == "hung_up":
        return Outcome.ABANDONED
    if call.parting in ("close_cold", "reception_refuses") or call.strained:
        return Outcome.COLD
    return Outcome.WARM if call.trust >= WARM_TRUST and call.asks and not call.shut else Outcome.NEUTRAL
