"""Taking back: an edited message, /undo, and another try from any moment of a past call.

What is taken back, what comes in its place and what is said about it are one commit: no end of the process falls between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.log import AlreadyHeard, NotYours, OtherRules
from bot.session import Session
from bot.telegram.buttons import call_keys, rows
from bot.telegram.handlers import care, menu, ongoing_call, pause, phone
from bot.telegram.house import LastWords
from bot.telegram.messages import Ink, Message
from bot.telegram.visit import Visit
from bot.text import clean
from dialogs.practice import Turn

SAME_ANSWER = "(Your words are changed; the answer stays as it was.)"
OTHER_RULES = "That call was held with an earlier version of this program; it can be read, not changed."


async def undo(visit: Visit) -> None:
    """Take the last words back; of a call that has just ended, too."""
    session = await phone.in_call(visit)
    found = session.id if session else await ongoing_call.latest(visit)
    turns = await visit.thread(visit.house.log.turns, visit.id, found) if found else []
    if len(turns) < 2:
        await visit.say(Message("Nothing has been said yet, so there is nothing to take back."))
        return
    ink = Ink().plain("Taken back: the call goes on without it. You are at the moment before:\n\n")
    try:
        await _go_back(visit, found, turns, len(turns) - 1, ink, taken_back=True)
    except OtherRules:
        await visit.say(Message(OTHER_RULES))


async def undo_tap(visit: Visit) -> None:
    """The same by a button under what was written after a call: only while that call is the last one."""
    if await phone.in_call(visit) is None and visit.word() == await ongoing_call.latest(visit):
        await visit.nod()
        await undo(visit)
    else:
        await visit.nod("That button is from another time.")


async def again(visit: Visit) -> None:
    """ "Try again from here": the same manager, seed and mood, from this turn of a past call."""
    await visit.nod()
    n = visit.number(1, -1)
    session = await phone.in_call(visit)
    if session is not None:
        await visit.say(phone.on_the_line(visit, session))
        return
    try:
        turns = await visit.thread(visit.house.log.turns, visit.id, visit.word())
        ink = Ink().plain("The same call, from here. ")
        if 0 < n < len(turns) and turns[n].said:
            ink.italic("You had said: ").plain(f"“{turns[n].said[:600]}”")
        await _go_back(visit, visit.word(), turns, n, ink.plain("\n\n"), taken_back=False)
    except NotYours:
        await visit.say(Message("That call isn't here any more.", buttons=rows(menu.back())))
    except OtherRules:
        await visit.say(Message(OTHER_RULES, buttons=rows(menu.back())))


async def _go_back(visit: Visit, call: str, turns: list[Turn], n: int, ink: Ink, *, taken_back: bool) -> None:
    """Stand in this call as before turn n, and read what was said last. Raises NotYours, OtherRules."""
    house = visit.house
    if not 0 < n <= len(turns):
        raise NotYours(f"There is no turn {n} in call {call}.")
    scenario = await visit.thread(house.log.scenario, visit.id, call)
    opening = phone.read_aloud(phone.last_spoken(turns[:n]), scenario, ink).message(keys=call_keys(scenario.first_name))
    session = await Session.branch_async(
        house.log,
        visit.id,
        call,
        n,
        taken_back=taken_back,
        ear=house.ear,
        says=visit.payloads([opening]),
        update_ids=visit.update_ids,
    )
    house.last_words.drop(visit.id)
    house.begun(visit.id, session)
    if session.practice.paused:  # going back to a moment after distress is the way back too
        await house.goes_on(visit.person, session)
        await visit.look_again()
    await visit.send()


async def edited(visit: Visit) -> None:
    """One's own message was edited. The last words of a call are taken back and answered anew, in place."""
    house, message = visit.house, visit.message
    session = await phone.in_call(visit)
    if session is not None and house.waits(visit.person, session):
        await pause.meanwhile(visit, session, visit.text)
        return
    last = house.last_words.get(visit.id) or await visit.thread(_last_from_log, visit)
    if message is None or last is None or message.message_id != last.message_id or not visit.text:
        if await care.told(visit):
            return
        if house.first_time("old edit", visit.user.id, every=60.0):
            await visit.say(
                Message(
                    "I saw that edit, but it changes nothing: only your last words in a call can still be taken back. "
                    "“Try again from here”, after the call, goes back further."
                )
            )
        return
    there = await visit.thread(house.log.turn_messages, visit.id, last.session, last.n)
    try:
        was = (await visit.thread(house.log.turns, visit.id, last.session))[last.n]
        new = await visit.thread(Session.instead, house.log, visit.id, last.session, last.n, ear=house.ear)
        turn = await new.hear_async(
            clean(visit.text),
            says=lambda turn: _in_place(visit, there, [*ongoing_call.answer(visit, new, turn), *_unmoved(was, turn)]),
            update_ids=visit.update_ids,
        )
    except AlreadyHeard:
        house.lost_track(visit.id)
        await visit.send()
        return
    except (NotYours, OtherRules):
        await visit.say(Message("That call can't be changed any more."))
        return
    house.last_words.put(visit.id, LastWords(message.message_id, new.id, turn.n))
    await ongoing_call.after(visit, new, turn)


def _unmoved(was: Turn, now: Turn) -> list[Message]:
    """A word under an answer that is the same as before: nothing else in the chat would show that the edit was taken."""
    if now.ended or [line.text for line in now.lines] != [line.text for line in was.lines]:
        return []
    return [Ink().italic(SAME_ANSWER).message()]


def _in_place(visit: Visit, there: list[int], new: list[Message]) -> Iterable[Mapping[str, Any]]:
    """The new answer put where the old one stands: messages edited, those too many deleted, those too few sent."""
    post = visit.house.post
    edits = [post.edit_payload(number, m) if m.keys is None else None for number, m in zip(there, new, strict=False)]
    edits += [None] * (max(len(there), len(new)) - len(edits))
    gone = [post.delete_payload(number) for number, edit in zip(there, edits, strict=False) if edit is None]
    return [*gone, *(edit or post.payload(m) for m, edit in zip(new, edits, strict=False))]


def _last_from_log(visit: Visit) -> LastWords | None:
    """After a restart: the message that lies right before the last answer, if it is plainly the last words."""
    log, message = visit.house.log, visit.message
    latest = log.calls(visit.id, limit=1, kind="practice")  # the words may have ended the call
    call = log.unfinished(visit.id) or (latest[0] if latest else None)
    if call is None or message is None or call.turns < 1:
        return None
    answers = log.turn_messages(visit.id, call.session, call.turns)
    before, told = log.turn_messages(visit.id, call.session, call.turns - 1), call
    while not before and told.parent:  # what came before was sent in the call that this one branched from
        told = log.call(visit.id, told.parent)
        before = log.turn_messages(visit.id, told.session, call.turns - 1)
    if not answers or not before or not max(before) < message.message_id < min(answers):
        return None
    return LastWords(message.message_id, call.session, call.turns)
