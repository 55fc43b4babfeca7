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
    from bot.terminal.call import TerminalCall
    from bot.terminal.screen import Screen
    from dialogs.practice import Turn

GOODBYE = "The call is over, and nothing about it needs looking at today. Take care of yourself."
RING_OFF = ("/hangup", "/hang", "/hang up", "/bye", "/end")


def still(call: TerminalCall, screen: Screen) -> None:
    """The call waits; the way back, and the way out."""
    name = call.practice.scenario.first_name
    screen.message(f"({name} doesn't hear what you type now. /continue goes on with the call, /leave stops for today.)")


def answer(call: TerminalCall, screen: Screen, said: str) -> None:
    """Answer what is typed meanwhile."""
    name = call.practice.scenario.first_name
    if call.listen(said, Cue()).aside is Aside.DISTRESS:
        screen.aside(ONCE_MORE)
    else:
        screen.aside(MEANWHILE[call.meanwhile % len(MEANWHILE)].format(name=name))
        call.meanwhile += 1
    still(call, screen)


def take_back_up(call: TerminalCall, screen: Screen) -> None:
    """The way back: the call goes on where it stood."""
    call.go_on()
    screen.message("(the call goes on)")
    screen.turn(last_in_role(call))


def last_in_role(call: TerminalCall) -> Turn:
    """The last turn in which somebody on the line spoke: what was said about despair is not said again on the way back."""
    return next(
        (t for t in reversed(call.turns) if not (t.lines and t.lines[0].speaker is Speaker.COACH)), call.turns[0]
    )


def ring_off(call: TerminalCall, screen: Screen) -> None:
    """Leave the call for good, without a debrief."""
    if call.log is not None:
        call.log.end(call.person, call.id).result()
    click.echo()
    screen.message(GOODBYE)
