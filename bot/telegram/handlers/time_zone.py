"""Which time it is for somebody: asked by buttons that show the time, so that nobody needs to know their offset."""

from __future__ import annotations

import re

from bot.local_time import IN_BETWEEN, OFFSET, WHOLE_HOURS, nine_on, now_there, zone_of
from bot.telegram.buttons import rows, tap
from bot.telegram.handlers import menu
from bot.telegram.messages import Ink, Message
from bot.telegram.visit import Visit

OTHER_MINUTES = "other"


def shown(visit: Visit) -> str:
    """What this person's clock shows, and whether that is known or guessed."""
    settings = visit.person.settings
    there = now_there(visit.house.log.clock(), zone_of(settings))
    return there if OFFSET in settings else f"{there} (a guess)"


async def tapped(visit: Visit) -> None:
    """The page of times, or a time on it."""
    word = visit.word()
    if not re.fullmatch(r"-?\d{1,3}", word):
        await visit.nod()
        await visit.redraw(_page(visit, IN_BETWEEN if word == OTHER_MINUTES else WHOLE_HOURS))
        return
    if int(word) not in (*WHOLE_HOURS, *IN_BETWEEN):
        await visit.nod("That button is from another time.")
        return
    zone = zone_of({OFFSET: int(word)})
    await visit.house.log.set_clock(visit.id, {OFFSET: int(word)}, lambda day: nine_on(day, zone))
    await visit.look_again()
    await visit.nod("Set.")
    ink = Ink().plain("Your clock shows ").bold(shown(visit)).plain(". Reminders come at nine in the morning by it.")
    ink.plain(" When the clocks change for summer or winter, set it again.")
    await visit.redraw(
        ink.message(rows(tap("The real call", "real", "plan"), tap("Settings", "set", "show"), menu.back(), wide=2))
    )


def _page(visit: Visit, offsets: tuple[int, ...]) -> Message:
    now = visit.house.log.clock()
    ink = Ink().bold("What time is it for you?").plain("\nTap what your clock shows, or is nearest to it.")
    times = rows(*(tap(now_there(now, zone_of({OFFSET: o})), "clock", o) for o in offsets), wide=3)
    whole = offsets == WHOLE_HOURS
    turn = tap("My minutes are different", "clock", OTHER_MINUTES) if whole else tap("Back to whole hours", "clock")
    return ink.message((*times, (turn,)))
