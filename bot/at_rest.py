"""The terminal while a call waits after distress: what is typed is answered, reaches nobody and is kept nowhere.

Only /continue leads back into the call. A script on standard input was written beforehand: each of its lines is a turn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dialogs.care import MEANWHILE, ONCE_MORE
from dialogs.hearing.heard import Aside, Cue
from dialogs.scenes import Speaker

if TYPE_CHECKING:
    from bot.held import Held
    from bot.screen import Screen
    from dialogs.practice import Turn

GOODBYE = "The call is over, and nothing about it needs looking at today. Take care of yourself."
RING_OFF = ("/hangup", "/hang", "/hang up", "/bye", "/end")


def still(held: Held, screen: Screen) -> None:
    """The call waits; the way back, and the way out."""
    name = held.practice.scenario.first_name
    screen.message(f"({name} doesn't hear what you type now. /continue goes on with the call, /leave stops for today.)")


def answer(held: Held, screen: Screen, said: str) -> None:
    """Answer what is typed meanwhile."""
    name = held.practice.scenario.first_name
    if held.listen(said, Cue()).aside is Aside.DISTRESS:
        screen.aside(ONCE_MORE)
    else:
        screen.aside(MEANWHILE[held.meanwhile % len(MEANWHILE)].format(name=name))
        held.meanwhile += 1
    still(held, screen)


def take_back_up(held: Held, screen: Screen) -> None:
    """The way back: the call goes on where it stood."""
    held.go_on()
    screen.message("(the call goes on)")
    screen.turn(last_in_role(held))


def last_in_role(held: Held) -> Turn:
    """The last turn in which somebody on the line spoke: what was said about despair is not said again on the way back."""
    return next(
        (t for t in reversed(held.turns) if not (t.lines and t.lines[0].speaker is Speaker.COACH)), held.turns[0]
    )


def ring_off(held: Held, screen: Screen) -> None:
    """Leave the call for good, without a debrief."""
    if held.log is not None:
        held.log.end(held.person, held.id).result()
    click.echo()
    screen.message(GOODBYE)
