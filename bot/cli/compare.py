"""`runner-up sessions compare`: two ways of holding the same call, side by side."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from bot.cli.moving import person_option
from bot.cli.opened import Mine, opened
from bot.log.calls import LoggedCall
from bot.prog_name import tell
from bot.rendering.text import local, try_of
from bot.width import show
from dialogs.called import called
from dialogs.endings import UNFINISHED, ended

if TYPE_CHECKING:
    from dialogs.compare import Side


@click.command("compare")
@click.argument("session", required=False, metavar="[ID]")
@click.argument("other", required=False, metavar="[ID]")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@person_option
def compare_(session: str | None, other: str | None, as_json: bool, person: str | None) -> None:
    """Lay two tries side by side, turn by turn: without an ID, your latest second try and the call it was made from.

    \b
    runner-up sessions compare              the latest second try, beside the first
    runner-up sessions compare k7p2         that call, beside the one it was made from (or its own latest second try)
    runner-up sessions compare k7p2 m3xa    these two
    """
    from dialogs.compare import compare

    with opened(person) as mine:
        earlier, later = _named(mine, session, other) if session and other else _pair(mine, session)
        found = compare(mine.log.turns(mine.person, earlier.session), mine.log.turns(mine.person, later.session))
    if as_json:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False))
        return
    show(f"First:   {_about(earlier)}\nSecond:  {_about(later)}")
    if earlier.manager != later.manager:
        tell(
            f"These are two people, {earlier.manager} and {later.manager}: what differs may lie in them, not in what you said."
        )
    show(f"\n{found.lead}")
    for row in found.rows:
        if row.same:
            show(f"\nTurn {row.n}, the same in both: {row.a.said if row.a else ''}")
            continue
        show(f"\nTurn {row.n}. {row.what}")
        for name, side, call, over in (
            ("First", row.a, earlier, found.over[0]),
            ("Second", row.b, later, found.over[1]),
        ):
            _show(name, side, call.manager, over=over)


def _named(mine: Mine, session: str, other: str) -> tuple[LoggedCall, LoggedCall]:
    """The two calls that were named: a second try comes second, whichever way round; otherwise as they were named."""
    one, two = mine.call(session), mine.call(other)
    return (two, one) if one.parent == two.session else (one, two)


def _pair(mine: Mine, session: str | None) -> tuple[LoggedCall, LoggedCall]:
    """The call that is meant and the one it belongs beside; without a name, the latest pair there is."""
    kept = {call.session: call for call in mine.log.calls(mine.person)}
    all_of_them = {call.session: call for call in mine.log.calls(mine.person, taken_back=True)}
    made_from = {name: _origin(name, kept, all_of_them) for name in kept}
    if session is None:
        call = next((c for c in kept.values() if made_from[c.session]), None)
        if call is None:
            raise click.ClickException(
                "There is no second try yet. Make one after a call (Another try?), or name two calls: "
                "runner-up sessions compare ID ID"
            )
    else:
        call = mine.call(session)
    if origin := _origin(call.session, kept, all_of_them):
        return origin, call
    if (branch := next((c for c in kept.values() if made_from[c.session] == call), None)) is not None:
        return call, branch
    raise click.ClickException(
        f"There is no second try of {call.session}. Name the call to lay it beside: "
        f"runner-up sessions compare {call.session} ID"
    )


def _origin(session: str, kept: Mapping[str, LoggedCall], known: Mapping[str, LoggedCall]) -> LoggedCall | None:
    """The call that this one is another try of: the nearest that was not taken back, else the one it was made from."""
    line = []
    while (parent := known[session].parent) and parent in known:
        line.append(known[parent])
        session = parent
    return next((call for call in line if call.session in kept), line[0] if line else None)


def _about(call: LoggedCall) -> str:
    how = UNFINISHED
    if call.ended:  # of a letter that was not answered no outcome is noted
        how = "taken back" if call.taken_back else ended(call.outcome) if call.outcome else "outcome not noted"
    again = f", {try_of(call)}" if call.parent else ""
    return f"{call.session}, {call.manager}, {local(call.started_at)}, {how}{again}"


def _show(name: str, side: Side | None, manager: str, *, over: bool) -> None:
    label = f"  {name}:"
    if side is None:
        show(f"{label:10} ({'the call was over' if over else 'the call goes no further yet'})")
        return
    show(f"{label:10} You: {side.said or side.unspoken}")
    first = called(manager, "Them")
    for line in side.says:
        show(f"{'':10} {first}: {line}")
