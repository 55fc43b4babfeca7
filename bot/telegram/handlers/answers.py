"""Words that answer a question somebody was asked: to whom each goes."""

from __future__ import annotations

from typing import Any

from bot.telegram.handlers import asking, menu, own_call, past_calls, real_call
from bot.telegram.visit import Visit


async def take(visit: Visit, asked: dict[str, Any]) -> None:
    """What was written in answer to `asked`."""
    match asked.get("what"):
        case "search":
            await asking.ask(visit, None)
            await past_calls.find(visit, visit.text[:200])
        case "own":
            await own_call.answered(visit, asked, visit.text)
        case "reason":
            await real_call.reason_told(visit, asked, visit.text)
        case "real":
            await real_call.told(visit, asked, visit.text)
        case _:
            await asking.ask(visit, None)
            await menu.menu(visit)
