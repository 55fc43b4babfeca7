"""The follow-up call: what moves it, and how it stands.

`table` is the page to read first: phases, triggers, and for each the rows that say what happens. The other files hold what the table speaks of:
`hidden` what is settled before the call, `state` the call so far and the conditions a row may ask, `mood` what words do to trust, patience and
minutes, `steps` how a row is found and taken, `end` how it all ended. Nothing here prints, sends or stores.
"""

from __future__ import annotations

from dialogs.call.end import WARM_TRUST, Outcome, outcome
from dialogs.call.hidden import Hidden, Opening
from dialogs.call.mood import (
    FEEL,
    HIGHEST_TRUST,
    HURT,
    LOWEST_TRUST,
    MINUTES_A_TURN,
    RAMBLING_WORDS,
    SHARE_BY_USE,
    UNSURE,
    WORDS_A_MINUTE,
    Feel,
    feel,
    share_of_cost,
    spend,
)
from dialogs.call.state import PUSHES, Call
from dialogs.call.steps import MACHINE, RULES, Refused, step
from dialogs.call.table import (
    ANSWERING,
    CLOSING,
    DIAL,
    ENDED,
    GUARDED,
    HANG_UP,
    LIVE,
    MATTERS,
    OPENING,
    PICKUP,
    PUZZLE,
    RECEPTION,
    SIGNALS,
    SILENCE,
    TABLE,
    TIME_UP,
    TRIGGERS,
    UNCLEAR,
    VOICEMAIL,
    WARY,
    WORN_OUT,
    Phase,
    Row,
)

__all__ = [
    "ANSWERING", "CLOSING", "DIAL", "ENDED", "FEEL", "GUARDED", "HANG_UP", "HIGHEST_TRUST", "HURT", "LIVE", "LOWEST_TRUST", "MACHINE",
    "MATTERS", "MINUTES_A_TURN", "OPENING", "PICKUP", "PUSHES", "PUZZLE", "RAMBLING_WORDS", "RECEPTION", "RULES", "SHARE_BY_USE", "SIGNALS",
    "SILENCE", "TABLE", "TIME_UP", "TRIGGERS", "UNCLEAR", "UNSURE", "VOICEMAIL", "WARM_TRUST", "WARY", "WORDS_A_MINUTE", "WORN_OUT", "Call", "Feel",
    "Hidden", "Opening", "Outcome", "Phase", "Refused", "Row", "feel", "outcome", "share_of_cost", "spend", "step",
]  # fmt: skip
