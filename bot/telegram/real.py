"""The real call: planned, reminded of when asked for, and told afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from bot.log import Person, RealCall
from bot.log.mail import Due
from bot.telegram import menu, outside
from bot.telegram.buttons import rows, tap
from bot.telegram.say import Ink, Message
from bot.telegram.visit import Visit
from dialogs.review.telling.told import LEVEL_WORDS

WHEN = (("Today", 0), ("Tomorrow", 1), ("In three days", 3), ("In a week", 7))
LATER = timedelta(days=14)


async def plan(visit: Visit) -> None:
    """/plan: where the real call stands."""
    real = await _open(visit)
    todo = await visit.thread(visit.house.log.todo, visit.id)
    ink = Ink().bold("The real call")
    if real is None:
        ink.plain("\nWhen will you make it? I write to you that day if you like, and only then.")
        buttons = [
            *(tap(f"{label}, remind me", "real", "due", days) for label, days in WHEN),
            tap("No reminder", "real", "due", "none"),
        ]
    else:
        ink.plain(f"\nPlanned{' for ' + real.due_at[:10] if real.due_at else ''}. Have you made it?")
        buttons = [tap("Yes, it happened", "real", "told", real.id), tap("Not any more", "real", "off", real.id)]
    if todo:
        ink.plain("\n\n").bold("To do before the next one")
        for thing in todo[:8]:
            ink.plain(f"\n– {thing['text'][:200]}")
        buttons += [tap(f"✓ {t['text']}"[:40], "todo", t["id"]) for t in todo[:8]]
    message = ink.message(rows(*buttons, menu.back()))
    await (visit.redraw(message) if visit.tapped else visit.say(message))


async def _open(visit: Visit) -> RealCall | None:
    calls = await visit.thread(visit.house.log.real_calls, visit.id)
    waiting = [c for c in calls if c.happened_at is None]
    return waiting[-1] if waiting else None


async def tapped(visit: Visit) -> None:
    """A button around the real call."""
    await visit.nod()
    log = visit.house.log
    match visit.word():
        case "due":
            if await _open(visit) is None:
                await _plan(visit)
            await plan(visit)
        case "off":
            await log.happened(visit.id, visit.word(1), level=None, told="", answers={"made": "no"})
            await plan(visit)
        case "told":
            ink = Ink().bold("How far did they open?")
            await visit.redraw(
                ink.message(
                    rows(
                        *(
                            tap(w[0].upper() + w[1:], "real", "level", visit.word(1), i)
                            for i, w in enumerate(LEVEL_WORDS)
                        )
                    )
                )
            )
        case "level":
            await _level(visit)
        case "later":
            await log.remind(visit.id, "later", log.clock() + LATER)
            await visit.redraw(Message("I'll ask in two weeks whether the first choice stayed."))
        case _:
            await plan(visit)


async def _plan(visit: Visit) -> None:
    log = visit.house.log
    days = visit.word(1)
    if not days.isdigit():
        await log.plan(visit.id, {})
        return
    due = log.clock() + timedelta(days=min(visit.number(1), 60), minutes=30 if days == "0" else 0)
    await log.plan(visit.id, {}, due_at=due)
    await log.remind(visit.id, "real", due)


async def _level(visit: Visit) -> None:
    real, level = visit.word(1), min(visit.number(2), 4)
    await visit.house.log.happened(visit.id, real, level=level)
    await outside.ask(visit, {"what": "real", "real": real, "level": level})
    await visit.redraw(
        Ink()
        .plain(f"Noted: {LEVEL_WORDS[level]}. ")
        .bold("What did they say?")
        .plain(" Write it as you remember it, and what you will do about it; it becomes your list. Or leave it.")
        .message(rows(tap("Ask me again in two weeks", "real", "later"), menu.back()))
    )


async def told(visit: Visit, asked: dict[str, Any], text: str) -> None:
    """What was said in the real call, in the person's own words."""
    await outside.ask(visit, None)
    level = asked.get("level")
    await visit.house.log.happened(
        visit.id, str(asked.get("real", "")), level=level if isinstance(level, int) else None, told=text[:4000]
    )
    await visit.house.log.add_todo(visit.id, text[:200])
    ink = Ink().plain(
        "Kept, and on your list under /plan until it is done. A call like that takes something; well made."
    )
    await visit.say(
        ink.message(rows(tap("Ask me in two weeks if the first choice stayed", "real", "later"), menu.back()))
    )


async def done(visit: Visit) -> None:
    """A thing to do is done."""
    await visit.nod("Done.")
    await visit.house.log.todo_done(visit.id, visit.word())
    await plan(visit)


def reminder(person: Person, due: Due) -> Iterable[Message]:
    """What a timer says."""
    if due.kind == "later":
        ink = Ink().plain(
            "Two weeks have passed. First choices do drop out; a short, kind word to the manager costs nothing now."
        )
        return [ink.message(rows(tap("Rehearse it", "call"), tap("Past calls", "calls", 0), wide=2))]
    ink = Ink().plain(
        "Today is the day of your real call, you asked me to say so. One rehearsal first? Afterwards tell me how it went: /plan."
    )
    return [ink.message(rows(tap("📞 Rehearse", "call"), tap("It happened", "real", "plan"), wide=2))]
