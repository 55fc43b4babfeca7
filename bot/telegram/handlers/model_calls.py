"""Two short model calls to read: the same manager on the same day, a bad call and a good one."""

from __future__ import annotations

from bot.telegram.messages import Ink
from bot.telegram.visit import Visit
from dialogs.ladder import model_calls


async def read(visit: Visit) -> None:
    """/model: both calls, with what to notice."""
    for shown in model_calls():
        ink = Ink().bold(shown.claim).plain("\n")
        for moment in shown.moments:
            if moment.said:
                ink.plain("\n").bold("You:").plain(f" {moment.said}\n")
            for name, words in moment.says:
                ink.bold(f"{name}:").plain(f" {words}\n")
            if moment.note:
                ink.italic(moment.note).plain("\n")
        await visit.say(ink.message())
