"""`runner-up sessions compare`: two ways of holding the same call, side by side."""

from __future__ import annotations

import json

import click

from bot.cli.moving import person_option
from bot.cli.opened import opened
from dialogs.compare import Side, compare


@click.command("compare")
@click.argument("session")
@click.argument("other", required=False)
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@person_option
def compare_(session: str, other: str | None, as_json: bool, person: str | None) -> None:
    """Lay SESSION beside OTHER, turn by turn; without OTHER, beside the call it branched from."""
    with opened(person) as mine:
        later = mine.call(session)
        first = other or later.parent
        if first is None:
            raise click.ClickException(
                f"{later.session} is no second try of another call; name both: runner-up sessions compare A B"
            )
        earlier = mine.call(first)
        found = compare(mine.log.turns(mine.person, earlier.session), mine.log.turns(mine.person, later.session))
    if as_json:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False))
        return
    click.echo(f"A {earlier.session}   B {later.session}\n{found.lead}")
    for row in found.rows:
        if row.same:
            click.echo(f"\n{row.n}  the same in both: {row.a.said if row.a else ''}")
            continue
        click.echo(f"\n{row.n}  {row.what}")
        for name, side in (("A", row.a), ("B", row.b)):
            _show(name, side)


def _show(name: str, side: Side | None) -> None:
    if side is None:
        click.echo(f"   {name}  (the call was over)")
        return
    click.echo(f"   {name}  You: {side.said or '(says nothing)'}  [{', '.join(side.heard)}]")
    for line in side.says:
        click.echo(f"      {line}")
