"""What a reminder says, in the chat and in the terminal, and the reminders that the terminal shows by itself.

Nobody can write to a terminal: what was asked for there is shown once, at the next command that has to do with calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.local_time import day_of, zone_of
from bot.log import Log
from bot.log.timers import Due

CALL_DAY, SECOND_CHOICE = "call_day", "second_choice"
LATE = timedelta(hours=20)
WORDS = {
    CALL_DAY: "Today is the day for your call. Your card is ready.",
    SECOND_CHOICE: "Two weeks have passed. First choices drop out about now: a short, friendly message costs nothing.",
}
_IN_THE_TERMINAL = {CALL_DAY: "See the card: runner-up real show", SECOND_CHOICE: "Rehearse it: runner-up call"}


def words(due: Due, now: datetime, settings: Mapping[str, Any]) -> str:
    """What was asked for; one that comes late says which day it was for."""
    text = str(due.about.get("text") or WORDS.get(due.kind, "You asked me to remind you."))
    if now - datetime.fromisoformat(due.due_at) < LATE:
        return text
    return f"This was for {day_of(due.due_at, zone_of(settings))}, and it comes late: {text}"


def due_here(log: Log, person: int) -> list[str]:
    """What is due for the person at this terminal; each is given once."""
    now = log.clock()
    waiting = [Due(r["id"], person, r["kind"], r["due_at"], r["about"]) for r in log.reminders(person)]
    due = [d for d in waiting if datetime.fromisoformat(d.due_at) <= now]
    return [
        " ".join([words(d, now, {}), _IN_THE_TERMINAL.get(d.kind, "")]).strip() for d in due if log.fire(d, []).result()
    ]
