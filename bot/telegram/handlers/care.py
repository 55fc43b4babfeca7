"""Distress where no call is on: at the door, before consent, outside a call, under a picture. Whoever writes of despair is told
where help is; that needs no invitation and no consent, and nothing of it is kept.

In a call `pause.py` does it.
"""

from __future__ import annotations

from bot.telegram.messages import Message
from bot.telegram.visit import Handler, Visit
from dialogs.care import A_PERSON, AFTERWARDS, ONCE_MORE, OUTSIDE
from dialogs.hearing.asides import despair
from dialogs.hearing.text import plain

A_BREATH = 10.0
"""Seconds: what is written so soon after an answer has the answer before it. It keeps a flood from being answered without limit."""


async def told(visit: Visit, words: str = "") -> bool:
    """Whether these words, or what was written, speak of despair; then they have been answered."""
    message = visit.message
    words = words or (message and (message.text or message.caption)) or ""
    if not despair(plain(words)):
        return False
    house, who = visit.house, visit.user.id
    again = house.lately_in_distress(who)
    house.in_distress(who)
    if not house.lately("care", who, A_BREATH):
        await visit.say(*(Message(line) for line in ((ONCE_MORE,) if again else OUTSIDE)))
        house.said_now("care", who)
    return True


async def afterwards(visit: Visit) -> bool:
    """Whether this person wrote of despair a little while ago; then other words have been answered gently."""
    house, who = visit.house, visit.user.id
    if not house.lately_in_distress(who):
        return False
    if not house.lately("aftercare", who, A_BREATH):
        await visit.say(Message(AFTERWARDS if house.may_come_in(visit.known, who) else A_PERSON))
        house.said_now("aftercare", who)
    return True


async def at_the_door(visit: Visit) -> bool:
    """The same for somebody who has not agreed to anything: whether their words have been answered so."""
    if await told(visit):
        return True
    return bool(visit.text) and not visit.text.startswith("/") and await afterwards(visit)


def first(handler: Handler) -> Handler:
    """The handler of something that is not said to a manager: despair in its words is answered before it."""

    async def handle(visit: Visit) -> None:
        if not await told(visit):
            await handler(visit)

    return handle
