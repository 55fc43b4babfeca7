"""The real call: a card for it, a reminder when one was asked for, what came of it, and what is to be done."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from bot.log import Person, RealCall
from bot.log.mail import Due
from bot.progress import held_calls
from bot.telegram import menu, outside
from bot.telegram.buttons import key, rows, tap
from bot.telegram.say import Ink, Message, day_of
from bot.telegram.visit import Visit
from dialogs.card import DOOR_CAME, WHAT_CAME, Facts, PlanCard, against_practice, happened, kinds, reminders
from dialogs.card import plan as card_for
from dialogs.scenario import Scenario

WHEN = (("Today", 0), ("Tomorrow", 1), ("In three days", 3), ("In a week", 7))
SHORTLY = timedelta(minutes=30)  # "today" reminds after this
SHOWN = 6  # things to do in one message


async def plan(visit: Visit) -> None:
    """/plan: where the real call stands."""
    real = await _waiting(visit)
    todo = await visit.thread(visit.house.log.todo, visit.id)
    ink = Ink().bold("The real call")
    if real is None:
        ink.plain("\nWhen will you make it? I write to you that day if you like; I never write first otherwise.")
        buttons = [*(tap(f"{label}, remind me", "real", "due", days) for label, days in WHEN),
                   tap("Just a card, no reminder", "real", "due", "none")]  # fmt: skip
    else:
        ink.plain(
            f"\nPlanned{' for ' + day_of(real.due_at) if real.due_at else ''}. When you have made it, tell me here."
        )
        buttons = [tap("Yes, I made it", "real", "came", real.id), tap("Show the card", "real", "card", real.id),
                   tap("Not any more", "real", "off", real.id)]  # fmt: skip
    if todo:
        ink.plain("\n\n").bold("To do before the next one")
        for thing in todo[:SHOWN]:
            ink.plain(f"\n– {thing['text'][:200]}")
        buttons += [tap(f"✓ {t['text']}"[:48], "todo", t["id"]) for t in todo[:SHOWN]]
    message = ink.message(rows(*buttons, menu.back()))
    await (visit.redraw(message) if visit.tapped else visit.say(message))


async def _waiting(visit: Visit) -> RealCall | None:
    calls = await visit.thread(visit.house.log.real_calls, visit.id)
    return next((c for c in reversed(calls) if c.happened_at is None), None)


async def tapped(visit: Visit) -> None:
    """A button around the real call."""
    await visit.nod()
    match visit.word():
        case "due":
            await _planned(visit)
        case "card":
            calls = {c.id: c for c in await visit.thread(visit.house.log.real_calls, visit.id)}
            if (real := calls.get(visit.word(1))) is not None:
                await visit.say(card(_facts(real)))
        case "off":
            await visit.house.log.happened(visit.id, visit.word(1), level=None, answers={"made": "no"})
            await plan(visit)
        case "came":
            await _came(visit)
        case "level":
            await _level(visit)
        case "kind":
            await _kind(visit)
        case "door":
            await _door(visit)
        case "later":
            await visit.house.log.remind(visit.id, "second_choice", visit.house.log.clock() + timedelta(days=14))
            await visit.redraw(Message("I'll write in two weeks, in case the first choice has dropped out."))
        case _:
            await plan(visit)


# -- planning -----------------------------------------------------------------------------------------


async def _planned(visit: Visit) -> None:
    """A day was chosen: keep the plan, with what is known from one's own call, and the reminder."""
    log, word = visit.house.log, visit.word(1)
    if await _waiting(visit) is None:
        mine = list((await visit.thread(visit.house.own, visit.person)).values())
        facts = Facts.of(mine[-1]) if mine else Facts()
        if word.isdigit():
            due = log.clock() + max(timedelta(days=min(visit.number(1), 60)), SHORTLY)
            await log.plan(visit.id, asdict(facts), due_at=due)
            day, _ = reminders(due, facts)
            await log.remind(visit.id, day.kind, due, {"text": day.text})
        else:
            facts_only = asdict(facts)
            await log.plan(visit.id, facts_only)
        await visit.say(card(facts))
    await plan(visit)


def _facts(real: RealCall) -> Facts:
    known = {k: v for k, v in real.plan.items() if k in Facts.__dataclass_fields__}
    return Facts(**known)


def card(facts: Facts, scenario: Scenario | None = None) -> Message:
    """What to hold in the hand: opening, the ask, three follow-ups, what to say to a stock line, closing."""
    made: PlanCard = card_for(facts)
    ink = Ink().bold("The card to hold in your hand").plain(f"\n{made.head}" if made.head else "")
    parts = [("Opening", made.opening), ("The ask", made.ask), ("To ask on", "\n".join(made.follow_ups)),
             *((f"If {when}", then) for when, then in made.ifs), ("Closing", made.closing)]  # fmt: skip
    for head, words in parts:
        ink.plain("\n\n").bold(head).plain("\n").italic(words)
    if scenario is None:
        return ink.message()
    return ink.message(
        rows(
            tap(f"📞 Rehearse with {scenario.manager}"[:60], "mine", key(scenario.name)),
            tap("The real call", "real", "plan"),
            menu.back(),
        )
    )


# -- what came of it ----------------------------------------------------------------------------------


async def _came(visit: Visit) -> None:
    choices = [tap(words, "real", "level", visit.word(1), i) for i, (words, _) in enumerate(WHAT_CAME)]
    await visit.redraw(Ink().bold("What came of it?").message(rows(*choices)))


async def _level(visit: Visit) -> None:
    real, at = visit.word(1), visit.number(2)
    level = WHAT_CAME[min(at, len(WHAT_CAME) - 1)][1]
    if level is not None and level >= 2:
        reasons = [
            tap(words[:1].upper() + words[1:60], "real", "kind", real, at, i) for i, (_, words) in enumerate(kinds())
        ]
        message = (
            Ink()
            .bold("What was it?")
            .message((*rows(*reasons), (tap("Something else", "real", "kind", real, at, 99),)))
        )
    else:
        message = _asks_door(real, at, 99)
    await visit.redraw(message)


async def _kind(visit: Visit) -> None:
    await visit.redraw(_asks_door(visit.word(1), visit.number(2), visit.number(3)))


def _asks_door(real: str, at: int, kind: int) -> Message:
    choices = [tap(words, "real", "door", real, at, kind, i) for i, words in enumerate(DOOR_CAME)]
    return Ink().bold("And about later on?").message(rows(*choices))


async def _door(visit: Visit) -> None:
    """All taps are made: file it, and ask for the words, which may be left out."""
    real, at, kind_at, door = visit.word(1), visit.number(2), visit.number(3), visit.number(4)
    level = WHAT_CAME[min(at, len(WHAT_CAME) - 1)][1]
    kind = kinds()[kind_at][0] if kind_at < len(kinds()) else ""
    log = visit.house.log
    await log.happened(visit.id, real, level=level, answers={"reason": kind, "door": door})
    after = happened(level, kind=kind, door=door)
    known = {row["text"] for row in await visit.thread(log.todo, visit.id)}
    for text in after.todo:
        if text not in known:
            await log.add_todo(visit.id, text)
    compared = against_practice(level, await visit.thread(held_calls, log, visit.id))
    await outside.ask(
        visit, {"what": "real", "real": real, "level": level, "answers": json.dumps({"reason": kind, "door": door})}
    )
    ink = Ink().plain(after.text).plain(f"\n{compared}" if compared else "")
    for text in after.todo:
        ink.plain(f"\n– {text}")
    ink.plain("\n\nIf you like, write down what was said, as you remember it. Or leave it at that.")
    await visit.redraw(
        ink.message(rows(tap("Write to me in two weeks", "real", "later"), tap("My list", "real", "plan"), menu.back()))
    )


async def told(visit: Visit, asked: dict[str, Any], text: str) -> None:
    """What was said in the real call, in the person's own words."""
    await outside.ask(visit, None)
    level = asked.get("level")
    await visit.house.log.happened(
        visit.id,
        str(asked.get("real", "")),
        level=level if isinstance(level, int) else None,
        told=text[:4000],
        answers=json.loads(asked.get("answers", "{}")),
    )
    await visit.say(
        Ink()
        .plain("Kept. Your list is under /plan until it is done.")
        .message(rows(tap("My list", "real", "plan"), menu.back(), wide=2))
    )


async def done(visit: Visit) -> None:
    """A thing to do is done."""
    await visit.nod("Done.")
    await visit.house.log.todo_done(visit.id, visit.word())
    await plan(visit)


def reminder(person: Person, due: Due) -> Iterable[Message]:
    """What a timer says: what was asked for, once."""
    text = str(due.about.get("text", ""))
    if due.kind == "second_choice":
        text = (
            text or "Two weeks have passed. First choices drop out about now: a short, friendly message costs nothing."
        )
        return [Ink().plain(text).message(rows(tap("Rehearse it", "call"), menu.back(), wide=2))]
    text = text or "Today is the day for your call. Your card is ready."
    return [
        Ink()
        .plain(text)
        .message(rows(tap("Show the card", "real", "plan"), tap("📞 Rehearse once more", "call"), wide=2))
    ]
