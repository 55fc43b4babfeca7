"""A transcript somebody sends as a file, brought in as a call of theirs to read and review."""

from __future__ import annotations

from bot.telegram.say import Message
from bot.telegram.visit import Visit


async def document(visit: Visit) -> None:
    """A file."""
    await visit.say(Message("I can't take files in yet. `runner-up sessions import` does, on the host's computer."))


async def which(visit: Visit) -> None:
    """Which of the speakers is oneself."""
    await visit.nod()
