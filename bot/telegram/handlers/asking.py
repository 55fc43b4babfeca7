"""A question that somebody was asked and that their next words answer. It stands in their settings, so it outlives a restart."""

from __future__ import annotations

import json
from typing import Any

from bot.telegram.visit import Visit

LEFT = {
    "own": "Your own call is left unmade, and nothing of it is kept.",
    "search": "Nothing was searched for.",
    "reason": "All right. The buttons stay where they are, for when you like.",
    "real": "All right. What you tapped is kept, without further words.",
}
"""What became of what was asked, when it is left."""
ASKING = "asking"
"""The setting that holds what a person was asked and has not answered in words."""


def question(visit: Visit) -> dict[str, Any] | None:
    """What this person was asked, if something."""
    kept = visit.person.settings.get(ASKING)
    if not isinstance(kept, str):
        return None
    asked: dict[str, Any] = json.loads(kept)
    return asked


async def ask(visit: Visit, asked: dict[str, Any] | None) -> None:
    """Put a question whose answer will be the next words; None: no question any more."""
    await visit.house.log.change_settings(visit.id, **{ASKING: json.dumps(asked) if asked is not None else None})
    await visit.look_again()
