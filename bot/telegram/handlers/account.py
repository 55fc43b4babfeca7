"""What is one's own to decide: settings, privacy, a copy of everything, and its end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.local_time import day_of
from bot.privacy import days
from bot.telegram.buttons import NO_KEYS, Button, rows, tap
from bot.telegram.handlers import menu, time_zone
from bot.telegram.handlers import privacy as texts
from bot.telegram.handlers.export import files
from bot.telegram.messages import Ink, Message
from bot.telegram.visit import Handler, Visit


def nodded(handler: Handler) -> Handler:
    """The handler of a command, for a button: the tap is answered first."""

    async def tapped(visit: Visit) -> None:
        await visit.nod()
        await handler(visit)

    return tapped


async def privacy(visit: Visit) -> None:
    """/privacy, for everybody."""
    agreed = visit.known is not None and visit.known.agreed
    may = visit.house.may_come_in(visit.known, visit.user.id)
    await visit.say(texts.page(visit.house.settings, agreed=agreed, invited=may))


# -- settings -----------------------------------------------------------------------------------------

CHOICES: Mapping[str, tuple[str, Mapping[str, tuple[str, Any]]]] = {
    "pace": (
        "Pauses before an answer",
        {"lifelike": ("lifelike", None), "brisk": ("short pauses", "brisk"), "none": ("no pauses", "none")},
    ),
    "hints": (
        "Hints",
        {"idea": ("an idea first", None), "words": ("words at once", "words"), "off": ("no hints", "off")},
    ),
    "retention_days": (
        "Calls are kept for",
        {"30": ("30 days", 30), "host": ("as the host set it", None), "365": ("a year", 365)},
    ),
}
"""Setting → what it is called, and its choices: button word → (label, what is kept; None for the usual)."""


async def settings(visit: Visit) -> None:
    """/settings."""
    page = await _page(visit)
    await (visit.redraw(page) if visit.tapped else visit.say(page))


async def _page(visit: Visit) -> Message:
    ink = Ink().bold("Settings")
    buttons: list[tuple[Button, ...]] = []
    for name, (title, choices) in CHOICES.items():
        now = visit.person.settings.get(name)
        label = next((label for label, value in choices.values() if value == now), str(now))
        if name == "retention_days" and now is None:
            label = days(visit.house.settings.retention_days)
        ink.plain(f"\n\n{title}: ").bold(label)
        buttons.append(
            tuple(
                tap(("• " if value == now else "") + label, "set", name, word)
                for word, (label, value) in choices.items()
            )
        )
    ink.plain("\n\nYour clock shows: ").bold(time_zone.shown(visit))
    buttons.append((tap("Set my clock", "clock"),))
    reminders = await visit.thread(visit.house.log.reminders, visit.id)
    ink.plain("\n\nReminders: ").bold(str(len(reminders)) if reminders else "none")
    for timer in reminders[:5]:
        ink.plain(f"\n{day_of(timer['due_at'], visit.zone)}: {_about(timer['kind'])}")
        buttons.append((tap(f"Forget the one of {day_of(timer['due_at'], visit.zone)}", "set", "forget", timer["id"]),))
    ink.plain("\n\nI only write first when you asked for a reminder.")
    return ink.message((*buttons, (menu.back(),)))


def _about(kind: str) -> str:
    return {"call_day": "your real call", "second_choice": "whether the first choice stayed"}.get(
        kind, "a word from me"
    )


async def set_(visit: Visit) -> None:
    """A choice was tapped."""
    name, word = visit.word(), visit.word(1)
    if name == "forget":
        await visit.house.log.forget_reminder(visit.id, visit.number(1))
        await visit.nod("Forgotten.")
    elif name == "show":
        await visit.nod()
    elif name in CHOICES and word in CHOICES[name][1]:
        await visit.house.log.change_settings(visit.id, **{name: CHOICES[name][1][word][1]})
        await visit.look_again()
        await visit.nod("Set.")
    else:
        await visit.nod("That button is from another time.")
        return
    await visit.redraw(await _page(visit))


# -- a copy, and the end ------------------------------------------------------------------------------


async def export(visit: Visit) -> None:
    """/export: everything of this person, as JSON and as a page to read, at once."""
    await visit.house.post.typing(visit.chat_id, "upload_document")
    await visit.send_files(await visit.thread(files, visit.house.log, visit.id))


async def delete(visit: Visit) -> None:
    """/delete: ask first."""
    by_invitation = visit.house.settings.access != "open"
    and_place = ", settings and your place on the guest list" if by_invitation else " and settings"
    ink = (
        Ink()
        .bold("Delete everything?")
        .plain(
            f"\nYour calls, guesses, plans{and_place} go for good; backups follow within 7 days. "
            "This cannot be undone. If you'd like a copy first, take it now."
        )
    )
    await visit.say(
        ink.message(
            rows(
                tap("Yes, delete everything", "erase", "all"),
                tap("Send me a copy first", "export"),
                tap("No, keep it", "menu"),
            )
        )
    )


async def erase(visit: Visit) -> None:
    """Delete it all, for good."""
    if visit.word() != "all":
        await visit.nod("That button is from another time.")
        return
    await visit.nod()
    await visit.strip()
    person = visit.person
    owned = visit.house.is_owner(person, visit.user.id)
    await visit.thread(visit.house.log.erase, person.id)
    visit.house.forget(person)
    visit.house.erased_at.put(visit.user.id, visit.tapped_message or 0)
    visit.known = None
    invited = visit.house.settings.access != "open" and visit.user.id not in visit.house.settings.admins
    if owned and invited and not visit.house.settings.admins and not await visit.thread(visit.house.log.has_owner):
        anew = "You owned this bot, and nobody does now: the next start of runner-up serve prints a link that makes whoever opens it the owner."
    elif invited:
        anew = "Should you want to begin anew, ask for a new invitation."
    else:
        anew = "/start begins anew, should you want to."
    await visit.say(Message(f"Everything of yours is gone; backups of it will be within 7 days. {anew}", keys=NO_KEYS))
