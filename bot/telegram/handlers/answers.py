"""Words that answer a question somebody was asked, and files they sent."""

from __future__ import annotations

from typing import Any

from bot.telegram.handlers import menu, own_call, past_calls, real_call
from bot.telegram.handlers.outside_call import ask
from bot.telegram.visit import Visit


async def take(visit: Visit, asked: dict[str, Any]) -> None:
    """What was written in answer to `asked`."""
    match asked.get("what"):
        case "search":
            await ask(visit, None)
            await past_calls.find(visit, visit.text[:200])
        case "own":
            await own_call.answered(visit, asked, visit.text)
        case "real":
            await real_call.told(visit, asked, visit.text)
        case _:
            await ask(visit, None)
            await menu.menu(visit)


async def document(visit: Visit) -> None:
    """A file: a transcript to be brought in."""
    from bot.telegram.handlers import importing

    await importing.document(visit)


async def which(visit: Visit) -> None:
    """Which of the speakers in a file is oneself."""
    from bot.telegram.handlers import importing

    await importing.which(visit)
