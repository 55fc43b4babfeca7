"""What is written and is no command: said to whoever is on the line, or else answered as words outside a call."""

from __future__ import annotations

from bot.out_of_role import answer_to_emoji, bare_command
from bot.telegram.handlers import ongoing_call, outside_call, pause, phone, undo
from bot.telegram.messages import Message
from bot.telegram.visit import Visit


async def text(visit: Visit) -> None:
    """Words that are no command: said to whoever is on the line."""
    session = await phone.in_call(visit)
    if session is None:
        await outside_call.text(visit)
        return
    if visit.house.waits(visit.person, session):
        await pause.meanwhile(visit, session, visit.text)
        return
    if nobody_sees := answer_to_emoji(visit.text):
        await visit.say(Message(nobody_sees))
        return
    match bare_command(visit.text):
        case "hint":
            await ongoing_call.hint(visit)
            return
        case "undo":
            await undo.undo(visit)
            return
        case "menu":
            await visit.say(phone.on_the_line(visit, session))
            return
    await ongoing_call.say(visit, session)
