"""`runner-up privacy`: what is kept here, where, for how long, and who can read it."""

from __future__ import annotations

import textwrap

import click

from bot.prog_name import as_typed
from bot.rendering.text import WIDTH


@click.command()
def privacy() -> None:
    """Say what is kept here, where, for how long, and who can read it.

    \b
    runner-up privacy
    """
    from bot.privacy import of_terminal
    from bot.settings import settings

    click.echo("What is kept, and who can read it")
    for head, text in of_terminal(settings()):
        click.echo(f"\n{head}")
        # A path and a command stay whole, so that they can be copied.
        wrapped = textwrap.wrap(
            as_typed(text),
            WIDTH,
            initial_indent="  ",
            subsequent_indent="  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        click.echo("\n".join(wrapped))
    click.echo(as_typed("\nThe chat says this of itself with /privacy."))
