"""A call in the chat: dialling, what is said and answered, hints, ringing off, taking back.

Every answer is committed with the words it answers before it is sent; the pauses of a lifelike pace come after that, in the
outbox, and hold up nobody else.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from bot.hearing import hearing_name
from bot.library import own_folder
from bot.log import AlreadyHeard, NotYours, OtherRules, OutOfStep
from bot.session import Session
from bot.telegram import debrief, menu
from bot.telegram.buttons import NO_KEYS, call_keys, copy, key, rows, tap
from bot.telegram.house import LastWords
from bot.telegram.say import Ink, Message, spoken
from bot.telegram.visit import Visit
from bot.text import clean
from dialogs.draw import draw
from dialogs.hints import hint as advise
from dialogs.practice import Turn
from dialogs.scenario import Scenario
from dialogs.scenes import Speaker

Payloads = list[Mapping[str, Any]]


# -- dialling -----------------------------------------------------------------------------------------


async def call(visit: Visit, name: str) -> None:
    """Call this manager, or the next one when no name is given."""
    session = await menu.in_call(visit)
    if session is not None:
        if not (visit.tapped and session.practice.turns == 0):  # a double tap has begun this very call
            await visit.say(menu.still_on_the_line(session))
        return
    if name.lower() == "surprise":
        await surprise(visit)
        return
    if not name:
        scenario = await visit.thread(visit.house.next_manager, visit.person)
        if scenario is None:
            await visit.say(
                Message("There is nobody to call yet. Whoever runs this bot can add managers; /own makes one for you.")
            )
            return
        await dial(visit, scenario)
        return
    known = await visit.thread(visit.house.managers)
    found = by_key(known, name.lower()) or by_key(known, name)
    if found is not None:
        await dial(visit, found)
    elif own := by_key(await visit.thread(visit.house.own, visit.person), name):
        await dial(visit, own, private=True)
    else:
        close = get_close_matches(name.lower(), known, n=1)
        hint = f" Did you mean /call {close[0]}?" if close else ""
        await visit.say(Message(f"There is no manager called “{name[:40]}”.{hint} /managers lists them all."))


def by_key(scenarios: Mapping[str, Scenario], name: str) -> Scenario | None:
    """The scenario a button or a link named."""
    return next((s for n, s in scenarios.items() if n == name or key(n) == name), None)


async def call_command(visit: Visit) -> None:
    """/call and /call harbour."""
    await call(visit, visit.word())


async def surprise(visit: Visit) -> None:
    """A manager by lot, on a day of their own."""
    await visit.nod()
    if await menu.in_call(visit) is not None:
        await call(visit, "")
        return
    seed = secrets.randbelow(10**6)
    await dial(visit, await visit.thread(lambda: draw(seed, visit.house.managers(), extra=own_folder())))


async def call_tap(visit: Visit) -> None:
    """A button that calls somebody."""
    await visit.nod()
    await call(visit, visit.word())


async def own_tap(visit: Visit) -> None:
    """A button that calls somebody of one's own."""
    await visit.nod()
    if await menu.in_call(visit) is not None:
        await call(visit, visit.word())
        return
    own = by_key(await visit.thread(visit.house.own, visit.person), visit.word())
    if own is None:
        await visit.say(Message("That manager of yours is gone. /own makes another.", buttons=rows(menu.back())))
    else:
        await dial(visit, own, private=True)


async def dial(visit: Visit, scenario: Scenario, *, seed: int | None = None, private: bool = False) -> None:
    """Dial: who is called, and how the phone is picked up."""
    house = visit.house
    if seed is None:
        seed = await visit.thread(house.log.next_seed, visit.id, scenario.name)
    first_call = not await visit.thread(house.log.calls, visit.id, limit=1)
    session = await Session.start_async(
        house.log,
        visit.id,
        scenario,
        seed,
        ear=house.ear,
        hearing=hearing_name(),
        private=private,
        says=lambda turn: _payloads(visit, [head(scenario, first_call=first_call), *_spoken(visit, scenario, turn)]),
        update_ids=visit.update_ids,
    )
    house.last_words.drop(visit.id)
    house.begun(visit.id, session)
    await visit.send()


def head(scenario: Scenario, *, first_call: bool = False) -> Message:
    """Whom one is calling, and about what."""
    ink = Ink().plain("📞 ").bold(scenario.manager).plain(f", {scenario.company}.")
    ink.plain(f" You interviewed for the {scenario.job} job, and it went to somebody else.")
    if scenario.about:
        ink.plain(f" {scenario.about}")
    if first_call:
        ink.plain(
            "\n\nWrite what you would say, as you would say it; take all the time you like. Edit your last message to take it "
            "back."
        )
    return ink.plain("\n\n").italic("It rings.").message(keys=call_keys(scenario.first_name))


# -- a turn -------------------------------------------------------------------------------------------


async def text(visit: Visit) -> None:
    """Words that are no command: said to whoever is on the line."""
    session = await menu.in_call(visit)
    if session is None:
        from bot.telegram import outside

        await outside.text(visit)
        return
    try:
        turn = await _hear(visit, session)
    except AlreadyHeard:
        return
    except OutOfStep:  # memory was behind the log: a take-back in the terminal, say
        visit.house.lost_track(visit.id)
        session = await menu.in_call(visit)
        if session is None:
            await visit.say(Message("That call is over.", keys=NO_KEYS))
            return
        turn = await _hear(visit, session)
    if visit.message is not None:
        visit.house.last_words.put(visit.id, LastWords(visit.message.message_id, session.id, turn.n))
    await _after(visit, session, turn)


async def _hear(visit: Visit, session: Session, words: str = "", also: Sequence[int] = ()) -> Turn:
    return await session.hear_async(
        clean(words or visit.text),
        says=lambda turn: _payloads(visit, answer(visit, session, turn)),
        update_ids=(*also, *visit.update_ids),
    )


async def say_at_once(visit: Visit, words: str, update_ids: Sequence[int]) -> None:
    """Say what was written while nobody was here, in one turn."""
    session = await menu.in_call(visit)
    if session is not None:
        turn = await _hear(visit, session, words, update_ids)
        await _after(visit, session, turn)


async def _after(visit: Visit, session: Session, turn: Turn) -> None:
    if turn.ended:
        visit.house.hung_up(visit.id)
    else:
        visit.house.begun(visit.id, session)
    await visit.send()


def _payloads(visit: Visit, messages: Iterable[Message]) -> Payloads:
    return [visit.house.post.payload(m) for m in messages]


def _spoken(visit: Visit, scenario: Scenario, turn: Turn) -> list[Message]:
    return spoken(turn.lines, scenario, visit.house.pace(visit.person))


def answer(visit: Visit, session: Session, turn: Turn) -> list[Message]:
    """What is sent after a turn: what she says, and after the last of it the way into the debrief."""
    said = _spoken(visit, session.scenario, turn)
    if turn.lines and turn.lines[0].speaker is Speaker.COACH:
        said[-1] = Message(
            said[-1].text,
            buttons=rows(
                tap("Go on with the call", "go_on", session.id), tap("Leave it for today", "leave", session.id)
            ),
        )
    return debrief.closed(said, session, turn) if turn.ended else said


async def hang_up(visit: Visit) -> None:
    """Ring off: by the key, the command or a button."""
    session = await menu.in_call(visit)
    if session is None or (visit.tapped and visit.word() not in ("", session.id)):
        await visit.nod("That call is over.")
        if not visit.tapped:
            await visit.say(Message("You are not on the phone.", keys=NO_KEYS))
            await menu.menu(visit)
        return
    await visit.nod()
    turn = await session.hang_up_async(
        says=lambda turn: _payloads(visit, debrief.closed([], session, turn)), update_ids=visit.update_ids
    )
    await _after(visit, session, turn)


async def where(visit: Visit) -> None:
    """Read the last words of the call again."""
    await visit.nod()
    session = await menu.in_call(visit)
    if session is None:
        await menu.menu(visit)
        return
    turns = await visit.thread(visit.house.log.turns, visit.id, session.id)
    await visit.say(_where(turns, session.scenario))


def _where(turns: Sequence[Turn], scenario: Scenario) -> Message:
    last = turns[-1]
    ink = Ink()
    if last.said:
        ink.bold("You:").plain(f" {last.said[:800]}\n")
    for line in last.lines:
        ink.bold(f"{scenario.first_name}:").plain(f" {line.text}\n")
    return ink.plain("\nIt is your turn.").message(keys=call_keys(scenario.first_name))


# -- distress: the call waits -------------------------------------------------------------------------


async def go_on(visit: Visit) -> None:
    """Back to the call after it was paused."""
    await visit.nod()
    await visit.strip()
    await where(visit)


async def leave(visit: Visit) -> None:
    """Leave a call without a debrief; it is kept as it stands."""
    await visit.nod()
    await visit.strip()
    session = await menu.in_call(visit)
    if session is None or session.id != visit.word():
        return
    await visit.house.log.end(visit.id, session.id)
    visit.house.hung_up(visit.id)
    visit.house.last_words.drop(visit.id)
    await visit.say(
        Message(
            "The call is over, and nothing about it needs looking at today. Take care of yourself. I'm here whenever.",
            keys=NO_KEYS,
        )
    )


# -- hints --------------------------------------------------------------------------------------------


async def hint(visit: Visit) -> None:
    """What a good caller might try next; the words for it on a second tap."""
    session = await menu.in_call(visit)
    if session is None:
        await visit.say(Message("Hints are for calls, and you are not on the phone.", keys=NO_KEYS))
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
    session = await menu.in_call(visit)
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


# -- taking back --------------------------------------------------------------------------------------


async def undo(visit: Visit) -> None:
    """Take the last words back; of a call that has just ended, too."""
    session = await menu.in_call(visit)
    found = session.id if session else await latest(visit)
    turns = await visit.thread(visit.house.log.turns, visit.id, found) if found else []
    if len(turns) < 2:
        await visit.say(Message("Nothing has been said yet, so there is nothing to take back."))
        return
    try:
        again = await _reopen(visit, found, len(turns) - 1)
    except OtherRules:
        await visit.say(
            Message("That call was held with an earlier version of this program; it can be read, not changed.")
        )
        return
    ink = Ink().plain("Taken back. Both versions stay in /calls. You are at the moment before:\n\n")
    for line in turns[-2].lines:
        ink.bold(f"{again.scenario.first_name}:").plain(f" {line.text}\n")
    await visit.say(ink.message(keys=call_keys(again.scenario.first_name)))


async def _reopen(visit: Visit, session: str, n: int, *, taken_back: bool = True) -> Session:
    """The call as it stood before turn n, as the call this person is in."""
    house = visit.house
    branch = await house.log.branch(visit.id, session, n, taken_back=taken_back)
    again = await visit.thread(Session.resume, house.log, visit.id, branch, ear=house.ear)
    house.last_words.drop(visit.id)
    house.begun(visit.id, again)
    return again


async def edited(visit: Visit) -> None:
    """One's own message was edited. The last words of a call are taken back and answered anew, in place."""
    message = visit.message
    last = visit.house.last_words.get(visit.id) or await visit.thread(_last_from_log, visit)
    if message is None or last is None or message.message_id != last.message_id or not visit.text:
        if visit.house.first_time("old edit", visit.user.id, every=60.0):
            await visit.say(
                Message(
                    "I saw that edit, but it changes nothing: only your last words in a call can still be taken back. "
                    "“Try again from here”, after the call, goes back further."
                )
            )
        return
    log = visit.house.log
    there = await visit.thread(log.turn_messages, visit.id, last.session, last.n)
    try:
        again = await _reopen(visit, last.session, last.n)
    except (NotYours, OtherRules):
        await visit.say(Message("That call can't be changed any more."))
        return
    post = visit.house.post

    def says(turn: Turn) -> Payloads:
        new = answer(visit, again, turn)
        in_place = [
            post.edit_payload(number, m) if m.keys is None else None for number, m in zip(there, new, strict=False)
        ]
        made: Payloads = []
        for at, m in enumerate(new):
            placed = in_place[at] if at < len(in_place) else None
            made.append(placed if placed is not None else post.payload(m))
        gone = [number for at, number in enumerate(there) if at >= len(in_place) or in_place[at] is None]
        return [*(post.delete_payload(number) for number in gone), *made]

    turn = await again.hear_async(clean(visit.text), says=says, update_ids=visit.update_ids)
    visit.house.last_words.put(visit.id, LastWords(message.message_id, again.id, turn.n))
    await _after(visit, again, turn)


def _last_from_log(visit: Visit) -> LastWords | None:
    """After a restart: the message that lies right before the last answer, if it is plainly the last words."""
    log, message = visit.house.log, visit.message
    call = log.unfinished(visit.id)
    if call is None or message is None or call.turns < 1:
        return None
    answers = log.turn_messages(visit.id, call.session, call.turns)
    before = log.turn_messages(visit.id, call.session, call.turns - 1)
    if not answers or not before or not max(before) < message.message_id < min(answers):
        return None
    return LastWords(message.message_id, call.session, call.turns)


async def again(visit: Visit) -> None:
    """ "Try again from here": the same manager, seed and mood, from this turn of a past call."""
    await visit.nod()
    n = visit.number(1, -1)
    session = await menu.in_call(visit)
    if session is not None:
        if session.practice.turns != n - 1:
            await visit.say(menu.still_on_the_line(session))
        return
    try:
        turns = await visit.thread(visit.house.log.turns, visit.id, visit.word())
        again = await _reopen(visit, visit.word(), n, taken_back=False)
    except NotYours:
        await visit.say(Message("That call isn't here any more.", buttons=rows(menu.back())))
        return
    except OtherRules:
        await visit.say(
            Message("That call was held with an earlier version of this program; it can be read, not gone on with.")
        )
        return
    ink = (
        Ink()
        .plain("The same call, from here. ")
        .italic("You had said: ")
        .plain(f"“{turns[n].said[:600]}”\n\n" if turns[n].said else "\n\n")
    )
    for line in turns[n - 1].lines:
        ink.bold(f"{again.scenario.first_name}:").plain(f" {line.text}\n")
    await visit.say(ink.message(keys=call_keys(again.scenario.first_name)))


async def anew(visit: Visit) -> None:
    """ "Same manager, new call": with another mood of the day and other words for it."""
    await visit.nod()
    session = await menu.in_call(visit)
    if session is not None:
        if session.practice.turns:
            await visit.say(menu.still_on_the_line(session))
        return
    log = visit.house.log
    try:
        call = await visit.thread(log.call, visit.id, visit.word())
        scenario = await visit.thread(log.scenario, visit.id, call.session)
    except NotYours:
        await visit.say(Message("That call isn't here any more.", buttons=rows(menu.back())))
        return
    own = await visit.thread(log.own_scenarios, visit.id)
    fresh = by_key(await visit.thread(visit.house.managers), call.scenario)
    await dial(visit, fresh or scenario, private=call.scenario in own)
