"""Pictures of one call and of progress, drawn in a thread, each with its text."""

from __future__ import annotations

from bot.log import NotYours
from bot.telegram import menu
from bot.telegram.buttons import rows, tap
from bot.telegram.say import Ink
from bot.telegram.visit import Visit
from dialogs.practice import Turn

BARS = "▁▂▃▄▅▆▇█"


def sparkline(values: list[float], low: float, high: float) -> str:
    """Numbers as a row of bars."""
    span = (high - low) or 1.0
    return "".join(BARS[min(7, max(0, round((v - low) / span * 7)))] for v in values)


async def of_call(visit: Visit) -> None:
    """How open she was, turn by turn."""
    try:
        call = await visit.thread(visit.house.log.call, visit.id, visit.word())
        turns = await visit.thread(visit.house.log.turns, visit.id, call.session)
    except NotYours:
        await visit.nod("That call isn't here any more.")
        return
    await visit.nod()
    text = f"How open {call.manager.split()[0]} was, turn by turn:\n{sparkline(_trust(turns), 1, 4)}"
    await visit.say(Ink().plain(text).message(rows(tap("Read it", "show", call.session, 0), menu.back(), wide=2)))


def _trust(turns: list[Turn]) -> list[float]:
    return [t.mood.trust for t in turns if t.mood.trust is not None]


async def of_progress(visit: Visit) -> None:
    """How the calls have gone."""
    calls = await visit.thread(visit.house.log.calls, visit.id, kind="practice", ended=True)
    if not calls:
        await visit.say(Ink().plain("There is nothing to show before the first call.").message(menu.buttons()))
        return
    levels = [float(c.highest_level) for c in reversed(calls)]
    ink = (
        Ink()
        .bold("How far your calls opened")
        .plain(f", the oldest first:\n{sparkline(levels, 0, 4)}\n{len(calls)} calls")
    )
    await visit.say(ink.message(rows(tap("Past calls", "calls", 0), menu.back(), wide=2)))
