"""Whether somebody is on the phone, and what is said to who is: that a call is on, that it waits, where it stood.

Handlers ask this first, so nothing in here knows another handler.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.delivery.outbox import UNSURE
from bot.log import OtherRules
from bot.session import Session
from bot.telegram.buttons import NO_KEYS, Button, Rows, call_keys, rows, tap
from bot.telegram.messages import Ink, Message
from bot.telegram.visit import Visit
from dialogs.care import WAITS
from dialogs.practice import Turn
from dialogs.scenario import Scenario
from dialogs.scenes import Speaker
from dialogs.transcript import speaker_name


async def in_call(visit: Visit) -> Session | None:
    """The call this person is in; one of an earlier program is closed, and said to be."""
    try:
        return await visit.house.call_of(visit.person)
    except OtherRules:
        await visit.say(
            Message(
                "The call you were in was held with an earlier version of this program, so it can't go on. It is kept under "
                "/calls to read and review.",
                keys=NO_KEYS,
            )
        )
        return None


def on_the_line(visit: Visit, session: Session) -> Message:
    """There is a call already; one that waits after distress is not pushed on anybody."""
    if visit.house.waits(visit.person, session):
        return still(session)
    first = session.scenario.first_name
    ink = (
        Ink()
        .plain("You are on the phone with ")
        .bold(session.scenario.manager)
        .plain(f". Just write what you would say to {first}; /hint helps, /hangup rings off. ")
        .plain("Or leave it for now: the call waits, and goes on when you write again.")
    )
    return ink.message(rows(_read_back(), tap("📵 Hang up", "hangup", session.id), wide=2))


def unsure() -> Message:
    """For whoever waits for a line that may not have arrived."""
    return Message(UNSURE, buttons=rows(_read_back()))


def _read_back() -> Button:
    return tap("Read back where we were", "where")


def read_aloud(turn: Turn, scenario: Scenario, ink: Ink) -> Ink:
    """What was said last on the other end, with who said it."""
    for line in turn.lines:
        ink.bold(f"{speaker_name(line.speaker, scenario)}:").plain(f" {line.text}\n")
    return ink


def still(session: Session) -> Message:
    """The call waits; the way back, and the way out."""
    return Message(WAITS.format(name=session.scenario.first_name), buttons=ways(session))


def ways(session: Session) -> Rows:
    """On with a call that waits, or out of it."""
    return rows(tap("Go on with the call", "go_on", session.id), tap("Leave it for today", "leave", session.id))


async def read_back(visit: Visit, session: Session) -> None:
    """Read the last words of the call again."""
    turns = await visit.thread(visit.house.log.turns, visit.id, session.id)
    last = last_spoken(turns)
    ink = Ink()
    if last.said:
        ink.bold("You:").plain(f" {last.said[:800]}\n")
    read_aloud(last, session.scenario, ink).plain("\nIt is your turn.")
    await visit.say(ink.message(keys=call_keys(session.scenario.first_name)))


def last_spoken(turns: Sequence[Turn]) -> Turn:
    """The last turn that was answered in the role."""
    return next((t for t in reversed(turns) if not (t.lines and t.lines[0].speaker is Speaker.COACH)), turns[0])
