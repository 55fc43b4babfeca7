"""A call in the chat: what is said and answered, hints, ringing off.

Every answer is committed with the words it answers before it is sent; the pauses of a lifelike pace come after that, in the
outbox, and hold up nobody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from bot.log import AlreadyHeard, OtherRules, OutOfStep
from bot.out_of_role import out_of_role
from bot.session import Session
from bot.telegram.buttons import NO_KEYS, copy, rows, tap
from bot.telegram.handlers import debrief, menu, pause, phone
from bot.telegram.house import LastWords
from bot.telegram.messages import Ink, Message, spoken
from bot.telegram.visit import Visit
from bot.text import clean
from dialogs.hints import hint as advise
from dialogs.practice import Turn
from dialogs.scenes import Speaker


async def say(visit: Visit, session: Session) -> None:
    """Say what was written to whoever is on the line."""
    try:
        turn = await _hear(visit, session)
    except AlreadyHeard:  # kept although its commit seemed to fail: the answer may still be lying in the outbox
        visit.house.lost_track(visit.id)
        await visit.send()
        return
    except OutOfStep:  # memory was behind the log: a take-back in the terminal, say
        visit.house.lost_track(visit.id)
        found = await phone.in_call(visit)
        if found is None:
            await visit.say(Message("That call is over.", keys=NO_KEYS))
            return
        session, turn = found, await _hear(visit, found)
    if visit.message is not None:
        visit.house.last_words.put(visit.id, LastWords(visit.message.message_id, session.id, turn.n))
    await after(visit, session, turn)


async def _hear(visit: Visit, session: Session, words: str = "", also: Sequence[int] = ()) -> Turn:
    return await session.hear_async(
        clean(words or visit.text),
        says=lambda turn: visit.payloads(answer(visit, session, turn)),
        update_ids=(*also, *visit.update_ids),
    )


async def say_at_once(visit: Visit, words: str, update_ids: Sequence[int]) -> None:
    """Say what was written while nobody was here, in one turn."""
    session = await phone.in_call(visit)
    if session is not None and visit.house.waits(visit.person, session):
        await pause.meanwhile(visit, session, words, update_ids)
    elif session is not None:
        turn = await _hear(visit, session, words, update_ids)
        await after(visit, session, turn)


KEPT = "What you write is kept as /privacy tells, so that you get your debrief."


async def after(visit: Visit, session: Session, turn: Turn) -> None:
    """A turn has been kept: remember the call or drop it, and send the answer."""
    if turn.ended:
        visit.house.hung_up(visit.id)
        if turn.n > 1 or turn.said:  # else there is nothing to look at
            visit.house.unlooked.put(visit.id, session.id)
    else:
        visit.house.begun(visit.id, session)
    await visit.send()


def answer(visit: Visit, session: Session, turn: Turn) -> list[Message]:
    """What is sent after a turn: what she says, and after the last of it the way into the debrief."""
    if turn.lines and turn.lines[0].speaker is Speaker.COACH:
        visit.house.in_distress(visit.user.id)
        return pause.care(session)
    said = spoken(turn.lines, session.scenario, visit.house.pace(visit.person))
    about = turn.heard.aside or turn.heard.matter
    beside = out_of_role(about, session.scenario.first_name, KEPT)
    if beside and visit.house.first_time(str(about), visit.user.id):
        said.append(Ink().italic(beside).message())
    return debrief.closed(said, session, turn) if turn.ended else said


async def hang_up(visit: Visit) -> None:
    """Ring off: by the key, the command or a button."""
    session = await phone.in_call(visit)
    of_another = session is not None and visit.tapped and visit.word() not in ("", session.id)
    if session is not None and of_another and not await visit.thread(_goes_on_as, visit, session):
        await visit.nod("That button is of another call. The one that is on has its own, and /hangup.")
        return
    if session is None:
        await visit.nod("That call is over.")
        if not visit.tapped:
            await visit.say(Message("You are not on the phone.", keys=NO_KEYS))
            await menu.menu(visit)
        return
    if visit.house.waits(visit.person, session):
        visit.words = (session.id,)
        await pause.leave(visit)
        return
    await visit.nod()
    turn = await session.hang_up_async(
        says=lambda turn: visit.payloads(debrief.closed([], session, turn)), update_ids=visit.update_ids
    )
    await after(visit, session, turn)


def _goes_on_as(visit: Visit, session: Session) -> bool:
    """Whether the call of the button tapped is the one that is on, under the id it had before words were taken back."""
    log, wanted, at = visit.house.log, visit.word(), session.id
    while at != wanted:
        call = log.call(visit.id, at)
        if not call.parent or not call.edited:
            return False
        at = call.parent
    return True


async def where(visit: Visit) -> None:
    """Read the last words of the call again."""
    await visit.nod()
    session = await phone.in_call(visit)
    if session is None:
        ended = await visit.thread(_how_it_ended, visit)
        await (visit.say(*ended) if ended else menu.menu(visit))
    elif visit.house.waits(visit.person, session):
        await visit.say(phone.still(session))
    else:
        await phone.read_back(visit, session)


def _how_it_ended(visit: Visit) -> list[Message]:
    """The last words of the latest call and what came after them, once more: they may be what was lost on the way. Empty when nothing ended it."""
    log = visit.house.log
    for call in log.calls(visit.id, limit=1, kind="practice", ended=True):
        last = log.turns(visit.id, call.session)[-1]
        if last.ended:
            with suppress(OtherRules):
                return answer(visit, Session.resume(log, visit.id, call.session, ear=visit.house.ear), last)
    return []


# -- hints --------------------------------------------------------------------------------------------


async def hint(visit: Visit) -> None:
    """What a good caller might try next; the words for it on a second tap."""
    session = await phone.in_call(visit)
    if session is None:
        await visit.say(Message("Hints are for calls, and you are not on the phone.", keys=NO_KEYS))
        return
    if visit.house.waits(visit.person, session):
        await visit.say(phone.still(session))
        return
    manner = visit.person.settings.get("hints", "idea")
    if manner == "off":
        await visit.say(Message("You asked for no hints. /settings turns them on again."))
        return
    n = session.practice.turns
    await visit.house.log.help(visit.id, session.id, n, "words" if manner == "words" else "hint")
    advice = await visit.thread(_advice, visit, session)
    if manner == "words":
        await visit.say(_with_words(*advice))
        return
    await visit.say(Ink().plain(f"💡 {advice[0]}").message(rows(tap("Show me words for it", "words", session.id, n))))


def _advice(visit: Visit, session: Session) -> tuple[str, str]:
    said = [turn.said for turn in visit.house.log.turns(visit.id, session.id)]
    advice = advise(session.practice, said)
    return advice.idea, advice.words


def _with_words(idea: str, words: str) -> Message:
    return Ink().plain(f"💡 {idea}\n\n").quote(words).message(rows(copy("Copy these words", words)))


async def words(visit: Visit) -> None:
    """The words of a hint."""
    session = await phone.in_call(visit)
    if session is None or session.id != visit.word() or session.practice.turns != visit.number(1, -1):
        await visit.nod("That hint was for an earlier moment. /hint gives a new one.")
        await visit.strip()
        return
    await visit.nod()
    await visit.house.log.help(visit.id, session.id, session.practice.turns, "words")
    await visit.redraw(_with_words(*await visit.thread(_advice, visit, session)))


async def latest(visit: Visit) -> str:
    """The last call this person held, or nothing."""
    calls = await visit.thread(visit.house.log.calls, visit.id, limit=1, kind="practice")
    return calls[0].session if calls else ""
