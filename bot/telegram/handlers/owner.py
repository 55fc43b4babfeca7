"""The owner's commands. To anybody else they do not exist."""

from __future__ import annotations

import time

from bot import __version__
from bot.telegram.buttons import Button, rows
from bot.telegram.messages import Ink
from bot.telegram.visit import Visit

GUESTS_LINK_DAYS = 7


def link(name: str, payload: str) -> str:
    """A link that opens this bot with something after /start."""
    return f"https://t.me/{name}?start={payload}"


async def invite(visit: Visit) -> None:
    """/invite: a link that lets one person in (/invite 5: five people)."""
    people = min(max(visit.number(default=1), 1), 100)
    code = await visit.house.log.invite(visit.id, days=GUESTS_LINK_DAYS, uses=people)
    url = link(visit.house.name, f"in_{code}")
    who = "one person" if people == 1 else f"{people} people"
    ink = Ink().plain(f"This link lets {who} in, for {GUESTS_LINK_DAYS} days:\n\n").code(url)
    ink.plain(
        "\n\nYou can read what they practise, and they are told so before the first call. /invite 5 makes one for five people."
    )
    copied = Button("Copy the link", copy=url) if len(url) <= 256 else None
    await visit.say(ink.message(rows(copied)))


async def status(visit: Visit) -> None:
    """/status: counts, never content."""
    house = visit.house
    counts = await visit.thread(house.log.counts)
    facts = await visit.thread(house.log.facts)
    ink = Ink().bold("How this bot is doing").plain(f"\nrunner-up {__version__}, hearing {house.settings.hearing}")
    for name, count in counts.items():
        ink.plain(f"\n{name.replace('_', ' ')}: {count}")
    ink.plain(f"\ncalls in memory: {house.calls_going_on}")
    hours = (time.monotonic() - house.started) / 3600
    ink.plain(f"\nup for {hours:.1f} h")
    for key in ("last_backup", "last_purge"):
        if key in facts:
            ink.plain(f"\n{key.replace('_', ' ')}: {facts[key]}")
    await visit.say(ink.message())
