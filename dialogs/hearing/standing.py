"""How the matter stands: the question a caller has while the decision is open, “have you picked someone?”, “when will I hear?”

In a closed process the same words are small talk about the past, or somebody else's business; so it is asked only where the decision is known to
be open (`Cue.undecided`). Whether it is closed is a question to the manager; when it will be is a question about the door.
"""

from __future__ import annotations

from dialogs.moves import Move
from dialogs.patterns import lazy

_ASKS = lazy(
    r"\?|\b(?:have|has|did|do|is|are|was|were|am|will|would|can|could) (?:you|u|it|that|the|they|there|i|we|someone|somebody|anyone)\b"
    r"|\b(?:when|how long|how soon|what date|which day|date|wen|whether|if|by when|wondering|tell me|like to know|want to know)\b"
)
_CLOSED = lazy(
    r"\b(?:decid\w*|decision|pick(?:ed)?|chose|chosen|choose|select\w*|made up your minds?|made your minds?|settled|final|finali[sz]ed|closed"
    r"|still open|still looking|still considering|still in (?:it|the running)|in the running|in with a (?:chance|shout)|gone to (?:someone|somebody)|filled|appointed|offered"
    r"|signed|where (?:it|things|i) stands?|where am i|how (?:it|things) stands?|the outcome|any news|heard (?:back|anything)|am i (?:in|out)|(?:do|did) (?:you|u) (?:already |even )?know(?: yet)? who|(?:do|did) (?:you|u) know (?:yet|already|anything|now)|(?:got|get|getting) (?:it|the job))\b"
)
_WHEN = lazy(
    r"\b(?:when|wen|how long|how soon|what date|which day|by when|date|timeline|timescale|time scale|time frame|timeframe|next steps?)\b.*"
    r"\b(?:know|hear|decid\w*|decision|told|tell|ring|call|news|closed?|final\w*|take|wait\w*|be|happens?|next|outcome|finish\w*|expect)\b"
    r"|\b(?:need|have|got|must) to (?:answer|decide|know|reply|say yes|give (?:them )?an answer)\b.{0,30}\b(?:by|before|until|tomorrow|today|this week)\b|\banother offer\b"
    r"|^(?:(?:but|and|so|ok(?:ay)?|well|right|then|oh),? ){0,2}(?:when|wen|how long|how soon) (?:will|do|does|are|is|would|u|you)\b"
    r"|^(?:but |and |so )?(?:when|how long|how soon)\W*$|\bwhen (?:does|do|will|is) (?:it|this|that|the \w+) (?:close|closed|over|done|final)\b|\b(?:what happens (?:now|next|then)|next steps?|hear (?:back )?(?:from you|by|soon))\b"
)


def asked(plain: str) -> Move | None:
    """What these words ask about an open decision: `ask_open` whether it is made, `door` when it will be, None when they do not ask."""
    if _WHEN.search(plain):
        return Move.DOOR
    return Move.ASK_OPEN if _ASKS.search(plain) and _CLOSED.search(plain) else None
