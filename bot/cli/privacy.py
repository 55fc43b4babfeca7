"""`runner-up privacy`: what is kept here, where, for how long, and who can read it."""

from __future__ import annotations

import click

from bot.prog_name import as_typed
from bot.width import WIDTH, columns, folded, show


@click.command()
def privacy() -> None:
    """Say what is kept here, where, for how long, and who can read it.

    \b
    runner-up privacy
    """
    from bot.privacy import of_terminal
    from bot.settings import settings

    show("What is kept, and who can read it")
    for head, text in of_terminal(settings()):
        click.echo(f"\n{head}\n{folded('  ' + as_typed(text), min(WIDTH, columns() or WIDTH))}")
    show(as_typed("\nThe chat says this of itself with /privacy."))
