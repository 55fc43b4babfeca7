"""The real calls one knows of: found by their ids, named in words, and what is still to be said about them."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from datetime import datetime
from difflib import get_close_matches
from typing import Any

import click

from bot.cli.opened import Mine
from bot.log import RealCall
from bot.prog_name import tell
from bot.reminders import CALL_DAY


def called(plan: Mapping[str, Any]) -> str:
    """Which call this is, in words: “your call to Harbour Mutual about the data analyst job”."""
    to = f" to {plan['company']}" if plan.get("company") else ""
    about = f" about the {plan['job']} job" if plan.get("job") else ""
    return f"your call{to}{about}"


def found(mine: Mine, real_id: str | None) -> RealCall:
    """The real call of that id, or the latest."""
    calls = mine.log.real_calls(mine.person)
    if not calls:
        raise click.ClickException("No real call is planned. Plan one: runner-up real plan")
    if real_id is None:
        return calls[-1]
    known = [c for c in calls if c.id.startswith(real_id)]
    if len(known) != 1:
        raise click.ClickException(f"There is no real call '{real_id[:40]}'. See: runner-up real")
    return known[0]


def waiting(mine: Mine) -> RealCall | None:
    """The planned call that has not been made, the latest if there are several."""
    return next((c for c in reversed(mine.log.real_calls(mine.person)) if c.happened_at is None), None)


def reminders_of(mine: Mine, call: RealCall, *, only_the_day: bool = False) -> list[dict[str, Any]]:
    """What would still be said about this call; what was asked for before calls were named in it is about all of them."""
    asked = [r for r in mine.log.reminders(mine.person) if r["about"].get("real", call.id) == call.id]
    return [r for r in asked if r["kind"] == CALL_DAY or not only_the_day]


def told_of_reminder(when: datetime, what: str, call: str) -> str:
    """What was asked to be said: what, when, where, and how to stop it."""
    at = when.astimezone()
    return (
        f"Reminder set: from {at:%A} {at.day} {at:%B %Y}, {at:%H:%M} on, the first call, progress or real command here says once: “{what}” "
        f"Nothing is sent anywhere. To stop it: runner-up real cancel {call}"
    )


def kind_of(words: str) -> str:
    """The kind of reason that was meant, in the word for it or in one's own, which is told then. Raises click.ClickException with the
    likeliest when it may be several.
    """
    from dialogs.card import kinds
    from dialogs.likely_kinds import likely_kinds, nearest

    known = dict(kinds())
    said = " ".join(words.split())
    if not said or said.casefold() in known:
        return said.casefold()
    if close := get_close_matches(said.casefold(), known, n=1, cutoff=SLIP):
        raise click.ClickException(f"I don't know the reason '{said[:40]}'; did you mean '{close[0]}'?")
    found = likely_kinds(said)
    if found.clear:
        kind = found.likeliest[0]
        tell(f"I take “{said[:60]}” as: {known[kind]} ({kind}).")
        return kind
    what = textwrap.shorten(said, 60, placeholder=" …") if " " in said else said[:40]
    if len(found.likeliest) > 1:
        raise click.ClickException(_to_choose(f"'{what}' may be several things.", found.likeliest, known))
    why = "I'm not sure" if found.likeliest else "I can't tell"
    raise click.ClickException(_to_choose(f"{why} which reason '{what}' is.", nearest(said), known))


def _to_choose(why: str, first: tuple[str, ...], known: Mapping[str, str]) -> str:
    """The reasons to choose from in plain words, each behind the word to type; the nearest first."""
    rest = [kind for kind in known if kind not in first]
    width = max(map(len, known)) + 2
    near, far = ("\n".join(f"  {kind:{width}}{known[kind]}" for kind in kinds) for kinds in (first, rest))
    return f"{why} The nearest, with the word to type:\n{near}\nThe others:\n{far}"


SLIP = 0.8  # how near a word has to come to one of the drawers to be a slip of it
