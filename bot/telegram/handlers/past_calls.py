"""Past calls: the list, a call read back page by page, search."""

from __future__ import annotations

from datetime import timezone

from bot.local_time import day_of
from bot.log import LoggedCall, NotYours
from bot.telegram.buttons import Rows, rows, tap
from bot.telegram.handlers import asking, menu
from bot.telegram.messages import Ink, Message, units
from bot.telegram.visit import Visit
from dialogs.call import Outcome, Phase
from dialogs.called import called
from dialogs.endings import ended
from dialogs.levels import LEVEL_SHORT
from dialogs.practice import Turn
from dialogs.scenes import Speaker

A_PAGE = 6  # calls in a page of the list
A_SHEET = 1800  # UTF-16 units of a call in one message
FOUND = 6  # results of a search


async def calls(visit: Visit) -> None:
    """The list, newest first."""
    number = visit.number()
    found = await visit.thread(visit.house.log.calls, visit.id, limit=200)
    pages = max(1, -(-len(found) // A_PAGE))
    number = min(number, pages - 1)
    ink = Ink().bold("Your calls").plain(f" ({len(found)})" if found else "")
    if not found:
        ink.plain("\n\nNone yet. The first one is the hardest to dial, and it takes five minutes.")
    there = found[number * A_PAGE : (number + 1) * A_PAGE]
    for at, call in enumerate(there, number * A_PAGE + 1):
        ink.plain(f"\n\n{at}. ").bold(_title(call)).plain(f"\n{_line(call, visit.zone)}")
        if call.note:
            ink.plain("\n").italic(call.note)
    buttons = rows(
        *(tap(str(at), "show", c.session, 0) for at, c in enumerate(there, number * A_PAGE + 1)), wide=A_PAGE
    )
    message = ink.message((*buttons, *menu.turning("calls", number, pages), (menu.back(),)))
    await (visit.redraw(message) if visit.tapped else visit.say(message))


def _title(call: LoggedCall) -> str:
    return call.title or f"A call with {call.manager}"


def _line(call: LoggedCall, zone: timezone | None) -> str:
    parts = [day_of(call.started_at, zone), call.manager]
    if call.taken_back:
        parts.append("taken back")
    elif call.ended and call.outcome == Outcome.ABANDONED and call.phase != Phase.ENDED:
        parts.append("stopped before its end")  # nobody rang off: its person was gone, or left it for that day
    else:
        parts.append(("" if call.outcome is None else ended(call.outcome)) if call.ended else "goes on")
    if call.kind == "imported":
        parts.append("imported")
    elif call.ended and call.highest_level:  # level 0 says nothing of a call, least of all of one rung off
        most = call.highest_level >= call.reachable_level
        level = f"level {call.highest_level}, {LEVEL_SHORT[call.highest_level]}"
        parts.append(f"{level}{'' if most else f' (at most level {call.reachable_level})'}")
    parts += ["another try"] if call.parent and not call.edited else []
    parts += ["kept"] if call.kept else []
    return ", ".join(p for p in parts if p)


async def show(visit: Visit) -> None:
    """A call read back, a sheet at a time."""
    try:
        call = await visit.thread(visit.house.log.call, visit.id, visit.word())
        turns = await visit.thread(visit.house.log.turns, visit.id, call.session)
    except NotYours:
        await visit.nod("That call isn't here any more.")
        return
    await visit.nod()
    sheets = read_back(call, turns, visit.zone)
    number = min(visit.number(1), len(sheets) - 1)
    await visit.redraw(sheets[number].message(_around(call, number, len(sheets))))


def _around(call: LoggedCall, number: int, pages: int) -> Rows:
    review = (
        tap("Review", "debrief", call.session) if call.ended and (call.kind == "practice" or not call.version) else None
    )
    return (
        *menu.turning("show", number, pages, call.session),
        *rows(
            review,
            tap("Don't keep" if call.kept else "Keep", "keep", call.session),
            tap("Picture", "picture", call.session) if call.kind == "practice" else None,
            tap("Same manager, new call", "anew", call.session) if call.kind == "practice" else None,
            tap("Beside the first try", "beside", call.session) if call.parent else None,
            tap("All calls", "calls", 0),
            wide=2,
        ),
    )


def read_back(call: LoggedCall, turns: list[Turn], zone: timezone | None = None) -> list[Ink]:
    """The call as it was said, in sheets that fit a message."""
    sheets: list[Ink] = []
    ink = Ink().bold(_title(call)).plain(f"\n{_line(call, zone)}\n")
    first = called(call.manager)
    for turn in turns:
        part = _turn(turn, first)
        if ink.size + part.size > A_SHEET and sheets != [ink] and ink.size > 200:
            sheets.append(ink)
            ink = Ink()
        ink.plain("\n").put(part)
    return [*sheets, ink]


def _turn(turn: Turn, first: str) -> Ink:
    voices = {
        Speaker.MANAGER: first,
        Speaker.RECEPTION: "Reception",
        Speaker.MACHINE: "Voicemail",
        Speaker.COACH: "Runner-Up",
    }
    ink = Ink()
    if turn.n:
        said = turn.said if units(turn.said) <= A_SHEET - 400 else turn.said[: A_SHEET - 400] + " …"
        ink.bold("You:").plain(f" {said}\n" if said else " (rang off)\n" if turn.ended else " (nothing)\n")
        if turn.level is not None:
            ink.italic(f"    level {turn.level}, {LEVEL_SHORT[turn.level]}").plain("\n")
    for line in turn.lines:
        ink.bold(f"{voices[line.speaker]}:").plain(f" {line.text}\n")
    return ink


async def keep(visit: Visit) -> None:
    """Keep a call beyond its time, or no longer."""
    try:
        call = await visit.thread(visit.house.log.call, visit.id, visit.word())
        await visit.house.log.set_kept(visit.id, call.session, not call.kept)
    except NotYours:
        await visit.nod("That call isn't here any more.")
        return
    await visit.nod("It will go when its time is up." if call.kept else "Kept until you say otherwise.")
    visit.words = (call.session, "0")
    await show(visit)


async def search(visit: Visit) -> None:
    """/search certificate: where these words were said."""
    words = " ".join(visit.words)
    if not words:
        await asking.ask(visit, {"what": "search"})
        await visit.say(Message("Which words? Write them, and I look through your calls. /cancel leaves it."))
        return
    await find(visit, words)


async def find(visit: Visit, words: str) -> None:
    """What a search found."""
    found = await visit.thread(visit.house.log.search, visit.id, words, limit=FOUND)
    ink = Ink().bold("Found").plain(f" “{words[:60]}”")
    if not found:
        await visit.say(
            Ink()
            .plain(
                f"“{words[:60]}” was not said in your calls. Whole words are sought; with a star behind it, as in certif*, all that begin so."
            )
            .message(rows(tap("All calls", "calls", 0)))
        )
        return
    for at, hit in enumerate(found, 1):
        ink.plain(f"\n\n{at}. {day_of(hit.at, visit.zone)}: ").italic(
            hit.snippet.replace("[", "").replace("]", "")[:300]
        )
    await visit.say(
        ink.message(rows(*(tap(str(at), "show", hit.session, 0) for at, hit in enumerate(found, 1)), wide=FOUND))
    )
