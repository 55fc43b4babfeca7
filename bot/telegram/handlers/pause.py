"""Distress: the call waits, and nothing more reaches the manager until its person takes the way back.

That a call waits is read off the log (its last words were of somebody in distress), so it outlives a restart; that its person
has gone on stands in their settings. What is written meanwhile is answered, and becomes no turn.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.session import Session, default_ear
from bot.telegram.buttons import NO_KEYS
from bot.telegram.handlers import menu, phone
from bot.telegram.messages import Message
from bot.telegram.visit import Visit
from dialogs.care import CARE, MEANWHILE, ONCE_MORE
from dialogs.hearing.heard import Aside, Cue


def care(session: Session) -> list[Message]:
    """What is said when the call pauses: the human line, where to find help, and the way back. The keys of the call go."""
    human, help_ = CARE[:2]
    return [Message(human, keys=NO_KEYS), Message(help_), phone.still(session)]


async def meanwhile(visit: Visit, session: Session, words: str, also: Sequence[int] = ()) -> None:
    """Answer what is written while the call waits: it reaches nobody and is not kept."""
    if await in_distress(visit, words):
        message = Message(ONCE_MORE, buttons=phone.ways(session))
    else:
        text = MEANWHILE[visit.house.count("meanwhile", visit.user.id) % len(MEANWHILE)]
        message = Message(text.format(name=session.scenario.first_name), buttons=phone.ways(session))
    await visit.say(message, also=also)


async def in_distress(visit: Visit, words: str) -> bool:
    """Whether these words speak of harming oneself, or of despair beyond the job."""
    hear = visit.house.ear or default_ear()
    heard = await visit.thread(hear, words, Cue())
    if heard.aside is not Aside.DISTRESS:
        return False
    visit.house.in_distress(visit.user.id)
    return True


async def go_on(visit: Visit) -> None:
    """The way back: the call goes on where it stood."""
    await visit.nod()
    await visit.strip()
    session = await phone.in_call(visit)
    if session is None or (visit.tapped and visit.word() != session.id):
        await menu.menu(visit)
        return
    await visit.house.goes_on(visit.person, session)
    await visit.look_again()
    await phone.read_back(visit, session)


async def leave(visit: Visit) -> None:
    """Leave a call without a debrief; it is kept as it stands."""
    await visit.nod()
    await visit.strip()
    session = await phone.in_call(visit)
    if session is None or (visit.tapped and visit.word() != session.id):
        return
    house = visit.house
    if not house.waits(visit.person, session):
        await visit.say(phone.on_the_line(visit, session))
        return
    goodbye = Message(
        "The call is over, and nothing about it needs looking at today. Take care of yourself. I'm here whenever you like.",
        keys=NO_KEYS,
    )
    await house.log.end(visit.id, session.id, says=visit.payloads([goodbye]), update_ids=visit.update_ids)
    house.hung_up(visit.id)
    house.last_words.drop(visit.id)
    await visit.send()
