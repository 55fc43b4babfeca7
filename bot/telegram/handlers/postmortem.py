"""A real call that was brought in, read in the chat: how far she opened and where, what to ask next time, and how to put a reading right."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

from bot.log import LoggedCall, NotYours
from bot.postmortem import her_lines, reading, tell_level
from bot.telegram.buttons import Button, rows, tap
from bot.telegram.messages import Ink, Message
from bot.telegram.visit import Visit
from dialogs.levels import LEVEL_SHORT, numbered

if TYPE_CHECKING:
    from dialogs.postmortem import HerLine, Postmortem

LONG = ("Line by line",)  # parts that are folded away: they open at a tap
DOUBTS = 6  # buttons under the doubts; the others are reached by the list
MOST = 40  # answers in the list


async def show(visit: Visit, call: LoggedCall) -> None:
    """Everything that can be read from this call; what is doubtful is asked, with a button for each answer to that."""
    read = await visit.thread(reading, visit.house.log, visit.id, call)
    messages = [_read(read, call.session)]
    if read.questions:
        messages.append(_doubts(read, call.session))
    await visit.say(*messages)


def _read(read: Postmortem, session: str) -> Message:
    ink = Ink().plain("You made the call, whatever came of it. Here is how it reads to me.")
    for title, text in read.parts()[:-1] if read.questions else read.parts():
        ink.plain("\n\n").bold(title).plain("\n")
        if title in LONG:
            ink.folded(Ink().plain(text))
        else:
            ink.plain(text)
    answers = any(x.answers for x in read.lines)
    return ink.message(
        rows(
            tap("Put right how open an answer was", "level", session) if answers else None,
            tap("Read the call", "show", session, 0),
            tap("Plan the next one", "real", "plan"),
            tap("Menu", "menu"),
        )
    )


def _doubts(read: Postmortem, session: str) -> Message:
    ink = Ink().bold("Where I am not sure").plain("\nYou were there, so you decide; what you say counts.\n")
    for question in read.questions:
        ink.plain(f"\n{question}")
    levels = dict.fromkeys(x.n for x in read.lines if x.doubtful)
    buttons = [tap(f"Turn {n}: how open it was", "level", session, n) for n in levels]
    buttons += [tap(f"Turn {n}: what I meant", "meant", session, n) for n in read.doubted]
    return ink.message(rows(*buttons[:DOUBTS]))


async def level(visit: Visit) -> None:
    """How open an answer really was: which answer, then how open; kept for the reading, the call stays as it was."""
    session, n, chosen = visit.word(), visit.number(1), visit.word(2)
    try:
        call = await visit.thread(visit.house.log.call, visit.id, session)
        turns = await visit.thread(visit.house.log.turns, visit.id, session)
    except NotYours:
        await visit.nod("That call isn't here any more.")
        return
    if call.version or n >= len(turns) or (n and not her_lines(turns[n])) or chosen not in ("", *"01234"):
        await visit.nod("That button is from another time.")
        return
    await visit.nod()
    if not n:
        read = await visit.thread(reading, visit.house.log, visit.id, call)
        await visit.say(_which(read, session))
    elif not chosen:
        await visit.say(_how_open(" ".join(turns[n].lines[i].text for i in her_lines(turns[n])), session, n))
    else:
        for kept in tell_level(visit.house.log, visit.id, session, turns[n], int(chosen)):
            await kept
        visit.house.review_changed(visit.person, session)
        ink = (
            Ink()
            .plain(f"Noted for turn {n}: ")
            .italic(f"level {chosen}, {LEVEL_SHORT[int(chosen)]}")
            .plain(". The reading goes by it.")
        )
        await visit.redraw(ink.message(rows(tap("Read it anew", "debrief", session))))


def _which(read: Postmortem, session: str) -> Message:
    answers = {x.n: x for x in read.lines if x.answers}
    return (
        Ink()
        .bold("Which answer?")
        .message(rows(*(_answer(x, session) for x in list(answers.values())[:MOST]), tap("Menu", "menu")))
    )


def _answer(line: HerLine, session: str) -> Button:
    return tap(shorten(f"Turn {line.n}: {line.text}", 60, placeholder=" …"), "level", session, line.n)


def _how_open(words: str, session: str, n: int) -> Message:
    ink = Ink().bold("How open was that?").plain("\n").italic(f"“{words[:600]}”")
    return ink.message(rows(*(tap(numbered(k), "level", session, n, k) for k in range(len(LEVEL_SHORT)))))
