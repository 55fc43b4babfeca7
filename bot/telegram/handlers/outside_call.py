"""What is written outside a call: an answer to a question that was put, a word in need, or nothing to go on."""

from __future__ import annotations

import json
from typing import Any

from bot.telegram.buttons import NO_KEYS
from bot.telegram.handlers import care, menu
from bot.telegram.messages import Ink, Message
from bot.telegram.visit import Visit

A_BURST = 3.0
"""Seconds: what is written so soon after other words outside a call has its answer above it."""
LEFT = {
    "own": "Your own call is left unmade, and nothing of it is kept.",
    "search": "Nothing was searched for.",
    "real": "All right. What you tapped is kept, without further words.",
}
"""What became of what was asked, when it is left."""
NOBODY_ON_THE_PHONE = (
    "You are not on the phone just now, so only I have read that, and I don't keep it. I can practise the call with you, or "
    "read a mail or a call you had: send it as a text file. /help tells how it goes."
)
"""To whoever writes where no call is on; often it is somebody who has just been turned down, and looks for a way to begin."""
ASKING = "asking"
"""The setting that holds what a person was asked and has not answered in words."""


async def text(visit: Visit) -> None:
    """Words outside a call."""
    if await care.told(visit):
        return
    asked = question(visit)
    if asked is not None:
        from bot.telegram.handlers import answers

        await answers.take(visit, asked)
        return
    if await care.afterwards(visit):
        return
    from bot.telegram.handlers import debrief

    if await debrief.guess_typed(visit):
        return
    burst = visit.house.lately("outside", visit.user.id, A_BURST)
    visit.house.said_now("outside", visit.user.id)
    if burst:
        return
    waits = await debrief.still_open(visit)
    if waits is not None:
        await visit.say(waits)
        return
    await visit.say(Ink().plain(NOBODY_ON_THE_PHONE).message(menu.buttons()))


def question(visit: Visit) -> dict[str, Any] | None:
    """What this person was asked, if something."""
    kept = visit.person.settings.get(ASKING)
    if not isinstance(kept, str):
        return None
    asked: dict[str, Any] = json.loads(kept)
    return asked


async def ask(visit: Visit, asked: dict[str, Any] | None) -> None:
    """Put a question whose answer will be the next words; None: no question any more."""
    await visit.house.log.change_settings(visit.id, **{ASKING: json.dumps(asked) if asked is not None else None})
    await visit.look_again()


async def cancel(visit: Visit) -> None:
    """/cancel: leave whatever is going on."""
    session = await menu.in_call(visit)
    if session is not None:
        await visit.say(menu.on_the_line(visit, session))
        return
    asked = question(visit)
    if asked is not None:
        await ask(visit, None)
        await visit.say(Message(LEFT.get(str(asked.get("what")), "All right, that question is dropped."), keys=NO_KEYS))
    else:
        await visit.say(Message("There is nothing to cancel.", keys=NO_KEYS))
    await menu.menu(visit)
