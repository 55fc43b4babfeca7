"""The decode drill: how open was that line really? Five short ones at a time."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.telegram.buttons import rows, tap
from bot.telegram.handlers import menu
from bot.telegram.messages import Ink, Message
from bot.telegram.visit import Visit
from dialogs.levels import numbered

if TYPE_CHECKING:
    from dialogs.decode import Item

LINES = 5
LONGEST_SEED = 10**6


async def begin(visit: Visit) -> None:
    """/decode: the first line."""
    seed = secrets.randbelow(LONGEST_SEED)
    await visit.say(_asks(seed, 0, _drawn(seed)[0]))


def _drawn(seed: int) -> Sequence[Item]:
    from dialogs.decode import drill  # few ask for it, so it is loaded by the first who does

    return drill(seed, LINES)


def _asks(seed: int, at: int, item: Item) -> Message:
    ink = Ink().plain(f"{at + 1}/{LINES}  ").bold(item.setting).plain("\n")
    if item.asked:
        ink.bold("You:").plain(f" {item.asked}\n")
    ink.bold("Answer:").plain(f" {item.said}\n\n{item.question}")
    return ink.message(
        rows(*(tap(numbered(i, words)[:60], "dec", seed, at, i) for i, words in enumerate(item.choices)))
    )


async def guessed(visit: Visit) -> None:
    """A guess was tapped: what it was, and the next line."""
    seed, at, guess = visit.number(0), visit.number(1, -1), visit.number(2, -1)
    items = _drawn(seed)
    if not 0 <= at < len(items) or not 0 <= guess < len(items[at].choices):
        await visit.nod("That button is from another time.")
        return
    await visit.nod()
    item = items[at]
    await visit.house.log.drilled(visit.id, item.key, guess, item.level)
    judged = item.judge(guess)
    ink = Ink().plain(f"{at + 1}/{LINES}  ").italic(f"“{item.said}”").plain("\n").bold(judged.text)
    if item.truth:
        ink.plain(f"\nWhat was behind it: {item.truth}.")
    await visit.redraw(ink.message())
    if at + 1 < len(items):
        await visit.say(_asks(seed, at + 1, items[at + 1]))
        return
    ink = Ink().plain("That was the last of five. Hearing what a line really says is half of the call.")
    await visit.say(ink.message(rows(tap("Five more", "decode"), menu.back(), wide=2)))
