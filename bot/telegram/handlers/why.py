"""/why: how the last words were heard, what they did, and how to put a wrong hearing right."""

from __future__ import annotations

from textwrap import shorten

from bot.log import NotYours
from bot.telegram.buttons import rows, tap
from bot.telegram.handlers import phone
from bot.telegram.handlers.ongoing_call import latest
from bot.telegram.messages import Ink, Message
from bot.telegram.visit import Visit
from dialogs.moves import Move, in_speaking_order
from dialogs.plain_words import DID
from dialogs.practice import Turn


async def why(visit: Visit) -> None:
    """How the last words were heard, and what they did."""
    from dialogs.explain import explain  # loaded by the first who asks

    session = await phone.in_call(visit)
    found = session.id if session else await latest(visit)
    turns = await visit.thread(visit.house.log.turns, visit.id, found) if found else []
    if len(turns) < 2:
        await visit.say(Message("Nothing has been said yet."))
        return
    ink = Ink().bold("Your last words:").plain(" ").italic(turns[-1].said[:300] or "(nothing)").plain("\n")
    for line in explain(turns[-1], turns):
        ink.plain(f"\n{line}")
    await visit.say(ink.message(rows(tap("That is not what I meant", "meant", found, turns[-1].n))))


async def meant(visit: Visit) -> None:
    """What was meant instead: asked, or tapped."""
    session, n, word = visit.word(), visit.number(1), visit.word(2)
    if not word:
        try:
            turns = await visit.thread(visit.house.log.turns, visit.id, session)
        except NotYours:
            turns = []
        if not 0 < n < len(turns):
            await visit.nod("That call isn't here any more.")
            return
        await visit.nod()
        ink = Ink().bold("What were you doing with those words?").plain("\n").italic(f"“{turns[n].said[:300]}”")
        ink.plain("\nThe review will count it so; the call itself stays as it was.")
        choices = rows(
            *(
                tap(shorten(words[:1].upper() + words[1:], 40, placeholder=" …"), "meant", session, n, str(m))
                for m, words in DID.items()
            ),
            wide=2,
        )
        await visit.say(ink.message(choices))
        return
    beside = visit.word(3) == "too"  # beside what was heard, or in its place
    if word not in set(Move) or n < 1:
        await visit.nod("That button is from another time.")
        return
    over = False
    try:
        turns = await visit.thread(visit.house.log.turns, visit.id, session)
        if n < len(turns):
            over = (await visit.thread(visit.house.log.call, visit.id, session)).ended
            await visit.house.log.correct(visit.id, session, n, _meant(turns[n], Move(word), beside=beside))
            visit.house.review_changed(visit.person, session)
    except NotYours:
        await visit.nod("That call isn't here any more.")
        return
    await visit.nod("Noted.")
    ink = Ink().plain("Noted: ").italic(DID[Move(word)]).plain(". The review counts it so.")
    await visit.redraw(ink.message(rows(tap("See the review anew", "debrief", session) if over else None)))


def _meant(turn: Turn, move: Move, *, beside: bool) -> list[Move]:
    """What was meant: this move alone, or with what was heard in the turn."""
    return [*in_speaking_order({*turn.moves, move} - {Move.OTHER})] if beside else [move]
