"""The real call: a card for it, a reminder when one was asked for, what came of it, and what is to be done."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from textwrap import shorten
from typing import Any

from bot.local_time import day_of, nine_on
from bot.log import NOT_MADE, Person, RealCall
from bot.log.timers import Due
from bot.progress import held_calls
from bot.reminders import CALL_DAY, SECOND_CHOICE
from bot.reminders import words as words_of_reminder
from bot.telegram.buttons import Button, key, rows, tap
from bot.telegram.handlers import asking, menu, time_zone
from bot.telegram.house import House
from bot.telegram.messages import Ink, Message
from bot.telegram.visit import Visit
from dialogs.card import (
    DOOR_CAME,
    SECOND_CHOICE_DAYS,
    WHAT_CAME,
    Facts,
    PlanCard,
    against_practice,
    happened,
    kinds,
    reminders,
)
from dialogs.card import plan as card_for
from dialogs.levels import numbered
from dialogs.likely_kinds import likely_kinds
from dialogs.scenario import Scenario

WHEN = (("Today", 0), ("Tomorrow", 1), ("In three days", 3), ("In a week", 7))
TOO_LATE = 17  # o'clock: from then on "today" is not offered
SHORTLY = timedelta(minutes=30)  # "today" reminds after this when nine o'clock is over
NO_KIND = 99  # a reason that is none of the known ones
SHOWN = 6  # things to do in one message


async def plan(visit: Visit) -> None:
    """/plan: where the real call stands."""
    real = await _waiting(visit)
    todo = await visit.thread(visit.house.log.todo, visit.id)
    ink = Ink().bold("The real call")
    if real is None:
        ink.plain(
            "\nWhen will you make it? If you like, I write to you at nine that morning; I never write first otherwise."
        )
        ink.plain("\n\nYour clock shows ").bold(time_zone.shown(visit)).plain(".")
        buttons = [*_days(visit), tap("Just a card, no reminder", "real", "due", "none"),
                   tap("My clock shows another time", "clock")]  # fmt: skip
    else:
        day = f" for {day_of(real.due_at, visit.zone)}" if real.due_at else ""
        ink.plain(f"\nPlanned{day}. {await _to_come(visit)}When you have made it, tell me here.")
        buttons = [tap("Yes, I made it", "real", "came", real.id), tap("Show the card", "real", "card", real.id),
                   tap("Not any more", "real", "off", real.id)]  # fmt: skip
    if todo:
        ink.plain("\n\n").bold("To do before the next one")
        for thing in todo[:SHOWN]:
            ink.plain(f"\n– {thing['text'][:200]}")
        buttons += [tap(shorten(f"☐ {t['text']}", 48, placeholder=" …"), "todo", t["id"]) for t in todo[:SHOWN]]
    message = ink.message(rows(*buttons, menu.back()))
    await (visit.redraw(message) if visit.tapped else visit.say(message))


async def _to_come(visit: Visit) -> str:
    """When the reminder of the day comes, if one was asked for."""
    for asked in await visit.thread(visit.house.log.reminders, visit.id):
        if asked["kind"] == CALL_DAY:
            at = datetime.fromisoformat(asked["due_at"]).astimezone(visit.zone)
            return f"I'll write to you that day at {at:%H:%M} by your clock. "
    return ""


def _days(visit: Visit) -> list[Button]:
    """The days to choose from, with their names: offices are closed at weekends and in the evening."""
    there = visit.house.log.clock().astimezone(visit.zone)
    return [
        tap(f"{label} ({there + timedelta(days=days):%a}), remind me", "real", "due", days)
        for label, days in WHEN
        if days or there.hour < TOO_LATE
    ]


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
            await visit.house.log.happened(visit.id, visit.word(1), level=None, answers=NOT_MADE)
            await _over(visit)
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
            await _in_two_weeks(visit)
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
            day = _day(visit, min(visit.number(1), 60))
            due, soonest = nine_on(day, visit.zone), log.clock() + SHORTLY
            reminder, _ = reminders(max(due, soonest), facts)
            about = {"text": reminder.text} | ({"day": day.isoformat()} if due > soonest else {})
            await log.plan(visit.id, asdict(facts), due_at=reminder.when)
            await log.remind(visit.id, reminder.kind, reminder.when, about)
        else:
            await log.plan(visit.id, asdict(facts))
        await visit.say(card(facts))
    await plan(visit)


def _day(visit: Visit, days: int) -> date:
    """The day that is so many days from now where this person is."""
    return (visit.house.log.clock().astimezone(visit.zone) + timedelta(days=days)).date()


async def _over(visit: Visit) -> None:
    """The call has been made, or will not be: nobody is reminded of it any more."""
    for asked in await visit.thread(visit.house.log.reminders, visit.id):
        if asked["kind"] == CALL_DAY:
            await visit.house.log.forget_reminder(visit.id, asked["id"])


async def _in_two_weeks(visit: Visit) -> None:
    """A word in two weeks, once."""
    log, day = visit.house.log, _day(visit, SECOND_CHOICE_DAYS)
    asked = [r for r in await visit.thread(log.reminders, visit.id) if r["kind"] == SECOND_CHOICE]
    if not asked:  # one word is enough
        await log.remind(visit.id, SECOND_CHOICE, nine_on(day, visit.zone), {"day": day.isoformat()})
    due = asked[0]["due_at"] if asked else nine_on(day, visit.zone).isoformat()
    await visit.redraw(
        Message(
            f"I'll write on {day_of(due, visit.zone)}, at nine in the morning by your clock, in case the first choice has "
            "dropped out.",
            buttons=rows(tap("My list", "real", "plan"), menu.back(), wide=2),
        )
    )


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
    choices = [
        tap(words if level is None else numbered(level, words), "real", "level", visit.word(1), i)
        for i, (words, level) in enumerate(WHAT_CAME)
    ]
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
            .plain("\nTap it, or write it in your own words.")
            .message((*rows(*reasons), (tap("Something else", "real", "kind", real, at, NO_KIND),)))
        )
        await asking.ask(visit, {"what": "reason", "real": real, "at": at})
    else:
        message = _asks_door(real, at, NO_KIND)
    await visit.redraw(message)


async def _kind(visit: Visit) -> None:
    await visit.redraw(_asks_door(visit.word(1), visit.number(2), visit.number(3)))


async def reason_told(visit: Visit, asked: dict[str, Any], text: str) -> None:
    """The reason in the person's own words: taken for one that is known where that is clear, and kept as it was said."""
    real, at = str(asked.get("real", "")), int(asked.get("at", 0))
    found = await visit.thread(likely_kinds, " ".join(text.split()))
    known = [kind for kind, _ in kinds()]
    kind = known.index(found.likeliest[0]) if found.clear else NO_KIND
    taken = f"I take that as: {kinds()[kind][1]}. " if found.clear else "Kept in your words. "
    await asking.ask(visit, asked | {"told": text[:4000]})
    await visit.say(_asks_door(real, at, kind, Ink().plain(taken)))


def _asks_door(real: str, at: int, kind: int, ink: Ink | None = None) -> Message:
    choices = [tap(words, "real", "door", real, at, kind, i) for i, words in enumerate(DOOR_CAME)]
    return (ink or Ink()).bold("And about later on?").message(rows(*choices))


async def _door(visit: Visit) -> None:
    """All taps are made: file it, and ask for the words, which may be left out."""
    real, at, kind_at, door = visit.word(1), visit.number(2), visit.number(3), visit.number(4)
    level = WHAT_CAME[min(at, len(WHAT_CAME) - 1)][1]
    kind = kinds()[kind_at][0] if kind_at < len(kinds()) else ""
    log = visit.house.log
    asked = asking.question(visit) or {}
    told = str(asked.get("told", "")) if asked.get("real") == real else ""
    # A second tap, or one on another day, takes away no words that were kept before.
    told = told or next((r.told for r in await visit.thread(log.real_calls, visit.id) if r.id == real), "")
    await log.happened(visit.id, real, level=level, told=told, answers={"reason": kind, "door": door})
    await _over(visit)
    after = happened(level, kind=kind, told=told, door=door)
    known = {row["text"] for row in await visit.thread(log.todo, visit.id)}
    for text in after.todo:
        if text not in known:
            await log.add_todo(visit.id, text)
    compared = against_practice(level, await visit.thread(held_calls, log, visit.id))
    await asking.ask(
        visit, {"what": "real", "real": real, "level": level, "answers": json.dumps({"reason": kind, "door": door})}
    )
    ink = Ink().plain(after.text).plain(f"\n{compared}" if compared else "")
    for text in after.todo:
        ink.plain(f"\n– {text}")
    more = "You can still write down what was said in full" if told else "If you like, write down what was said"
    ink.plain(f"\n\n{more}, as you remember it. Or leave it at that.")
    await visit.redraw(
        ink.message(rows(tap("Write to me in two weeks", "real", "later"), tap("My list", "real", "plan"), menu.back()))
    )


async def told(visit: Visit, asked: dict[str, Any], text: str) -> None:
    """What was said in the real call, in the person's own words."""
    await asking.ask(visit, None)
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


def reminder(house: House, person: Person, due: Due) -> Iterable[Message]:
    """What a timer says: what was asked for, once."""
    text = words_of_reminder(due, house.log.clock(), person.settings)
    if due.kind == SECOND_CHOICE:
        return [Ink().plain(text).message(rows(tap("Rehearse it", "call"), menu.back(), wide=2))]
    return [
        Ink()
        .plain(text)
        .message(rows(tap("Show the card", "real", "plan"), tap("📞 Rehearse once more", "call"), wide=2))
    ]
