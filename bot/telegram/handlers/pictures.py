"""Pictures of one call and of progress, drawn in a thread; each comes with what it shows in words."""

from __future__ import annotations

from bot.log import NotYours
from bot.progress import held_calls
from bot.rendering.picture import NoPictures, describe_call, progress_picture, rapport
from bot.telegram.buttons import rows, tap
from bot.telegram.handlers import menu
from bot.telegram.messages import Ink
from bot.telegram.visit import Visit
from dialogs.progress import Progress, legend, progress, sparkline


async def of_call(visit: Visit) -> None:
    """How open she was, turn by turn."""
    try:
        png, words = await visit.thread(_of_call, visit, visit.word())
    except NotYours:
        await visit.nod("That call isn't here any more.")
        return
    await visit.nod()
    if png is None:
        await visit.say(Ink().plain(words).message(rows(tap("Read it", "show", visit.word(), 0), menu.back(), wide=2)))
    else:
        await visit.send_picture(png, words)


def _of_call(visit: Visit, session: str) -> tuple[bytes | None, str]:
    log = visit.house.log
    call = log.call(visit.id, session)
    turns, scenario = log.turns(visit.id, call.session), log.scenario(visit.id, call.session)
    could = call.reachable_level if call.ended else None  # while the call goes on that stays hidden
    spoken = [t for t in turns if t.n > 0]
    words = f"{sparkline([(t.mood.trust - 1) / 3 for t in spoken])}\n{describe_call(scenario, spoken, could)}".strip()
    try:
        return rapport(scenario, turns, could=could).png, words
    except NoPictures:
        return None, words


async def of_progress(visit: Visit) -> None:
    """How the calls have gone, as text and as a picture."""
    made, png = await visit.thread(_of_progress, visit)
    if not made.calls:
        await visit.say(Ink().plain(made.text).message(menu.buttons()))
        return
    ink = Ink().bold("How your calls have gone").plain("\n").code(made.text).plain(f"\n\n{legend(made)}")
    await visit.say(ink.message(rows(tap("Past calls", "calls", 0), menu.back(), wide=2)))
    if png is not None:
        await visit.send_picture(png)


def _of_progress(visit: Visit) -> tuple[Progress, bytes | None]:
    made = progress(held_calls(visit.house.log, visit.id))
    if not made.calls:
        return made, None
    try:
        return made, progress_picture(made).png
    except NoPictures:
        return made, None
