"""The calls that were left in the terminal and wait there: which of them goes on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from difflib import get_close_matches

import click

from bot.local_time import day_of
from bot.log import Log, LoggedCall
from bot.prog_name import tell
from bot.terminal.outside import LEAVING, despair_answered, leaves
from bot.width import show
from dialogs.practice import ENGINE

MOST = 9
"""So many are listed; older ones go by their name or id."""

ASKED = "Which one? Its number, ID or name: "


def call_to_resume(log: Log, person: int, name: str, *, ask: bool) -> LoggedCall:
    """The call to go on with: the one of this name, number or id, or the only one. Of several the person chooses, or, where
    nobody can be asked, it is the latest. Raises click.ClickException when there is none."""
    waiting = _waiting(log, person)
    found = _meant(waiting, name) if name else waiting
    if not found:
        raise click.ClickException(_nobody(waiting, name))
    if len(found) == 1:
        return found[0]
    if not ask:
        tell(
            f"{len(found)} calls wait; the latest goes on, with {_who(found[0])}. Another: runner-up call --resume NAME"
        )
        return found[0]
    return _chosen(log, person, found)


def _waiting(log: Log, person: int) -> list[LoggedCall]:
    """What was left, the latest first. Raises click.ClickException when nothing of it can be gone on with."""
    left = log.calls(person, kind="practice", ended=False)
    waiting = [call for call in left if call.engine == ENGINE]
    if left and not waiting:
        raise click.ClickException(
            f"What you left was held under older rules of this program: it can be read, but not gone on with. See: "
            f"runner-up sessions show {left[0].session}. Begin anew: runner-up call {left[0].scenario}"
        )
    if not left:
        raise click.ClickException("There is no call to go on with. Start one: runner-up call")
    return waiting


def _meant(waiting: Sequence[LoggedCall], name: str) -> list[LoggedCall]:
    """Which of these calls somebody means by a name, of the scenario or the manager, by an id, or by a place in the list."""
    said = name.strip().casefold()
    for call in waiting:
        if call.session == said:
            return [call]
    if said.isdecimal() and 1 <= int(said) <= len(waiting):
        return [waiting[int(said) - 1]]
    return [call for call in waiting if said in _names(call)]


def _names(call: LoggedCall) -> set[str]:
    manager = call.manager.casefold()
    return {call.scenario.casefold(), manager, *manager.split()}


def _nobody(waiting: Sequence[LoggedCall], name: str) -> str:
    known = sorted({call.scenario for call in waiting})
    close = get_close_matches(name.casefold(), known, n=1)
    hint = f"Did you mean '{close[0]}'? " if close else ""
    return f"No call with '{name[:40]}' waits. {hint}What waits: {', '.join(known)}. A new one: runner-up call NAME"


def _chosen(log: Log, person: int, found: list[LoggedCall]) -> LoggedCall:
    """Ask which of these calls goes on, until it is clear."""
    while len(found) > 1:
        _list(log, person, found)
        while True:
            answer = _answer()
            if not answer:  # a stray Enter chooses nobody: in the call the next one would be silence
                tell(
                    f"Nobody is on the phone yet: type a number from 1 to {len(found)}. Ctrl-C leaves them all waiting."
                )
                continue
            if chosen := _meant(found, answer):
                break
            if despair_answered(answer):
                continue
            tell(
                f"No call has begun yet, so nobody hears that. Type a number from 1 to {len(found)} first."
                if len(answer.split()) > 2
                else f"None of these is '{answer[:40]}'."
            )
        # The same manager twice, and no number: those are asked about once more, and then the later is meant.
        found = chosen if len(chosen) < len(found) else chosen[:1]
    return found[0]


def _answer() -> str:
    """What is typed; leaving here leaves every call as it was. Raises click.exceptions.Exit then."""
    try:
        answer = input(ASKED).strip()
    except (EOFError, KeyboardInterrupt):
        click.echo()
        answer = LEAVING[0]
    except UnicodeDecodeError:
        answer = "?"
    if leaves(answer):
        tell("They all wait as they were.")
        raise click.exceptions.Exit(0)
    return answer


def _list(log: Log, person: int, found: Sequence[LoggedCall]) -> None:
    show(f"{len(found)} calls wait, the latest first:")
    for n, call in enumerate(found[:MOST], 1):
        show(f"  {n}  {call.session}  {_who(call)}, {_how_far(log, person, call)}")
    if len(found) > MOST:
        tell(f"     and {len(found) - MOST} more: runner-up sessions list --outcome unfinished")


def _who(call: LoggedCall) -> str:
    return f"{call.manager} ({call.scenario})"


def _how_far(log: Log, person: int, call: LoggedCall) -> str:
    """How far it had come, and with which words."""
    at = f"left on {day_of(call.last_at)} at {datetime.fromisoformat(call.last_at).astimezone():%H:%M}"
    said = next((t.said for t in reversed(log.turns(person, call.session)) if t.said.strip()), "")
    if not said:
        return f"nothing said yet, {at}"
    words = " ".join(said.split())
    return f"{at} after you said: “{words if len(words) <= 50 else words[:49].rstrip() + '…'}”"
