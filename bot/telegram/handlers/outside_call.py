"""What is written outside a call: an answer to a question that was put, a word in need, or nothing to go on."""

from __future__ import annotations

from bot.telegram.buttons import NO_KEYS
from bot.telegram.handlers import answers, asking, care, debrief, menu, phone
from bot.telegram.messages import Ink, Message
from bot.telegram.visit import Visit

A_BURST = 3.0
"""Seconds: what is written so soon after other words outside a call has its answer above it."""
NOBODY_ON_THE_PHONE = (
    "You are not on the phone just now, so only I have read that, and I don't keep it. I can practise the call with you, or "
    "read a mail or a call you had: send it as a text file. /help tells how it goes."
)
"""To whoever writes where no call is on; often it is somebody who has just been turned down, and looks for a way to begin."""


async def text(visit: Visit) -> None:
    """Words outside a call."""
    if await care.told(visit):
        return
    asked = asking.question(visit)
    if asked is not None:
        await answers.take(visit, asked)
        return
    if await care.afterwards(visit):
        return
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


async def cancel(visit: Visit) -> None:
    """/cancel: leave what was asked; who is in a call is shown the ways out of it."""
    session = await phone.in_call(visit)
    if session is not None:
        await visit.say(phone.on_the_line(visit, session))
        return
    asked = asking.question(visit)
    if asked is not None:
        await asking.ask(visit, None)
        await visit.say(
            Message(asking.LEFT.get(str(asked.get("what")), "All right, that question is dropped."), keys=NO_KEYS)
        )
    else:
        await visit.say(Message("There is nothing to cancel.", keys=NO_KEYS))
    await menu.menu(visit)
