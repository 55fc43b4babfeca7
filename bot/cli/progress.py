"""`runner-up progress`: how the calls have gone, by skill and by level."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.opened import opened
from bot.prog_name import as_typed
from bot.width import show

if TYPE_CHECKING:
    from dialogs.progress import Progress


@click.command()
@click.option("--scenario", help="Only calls with this manager.")
@click.option("-n", "count", type=click.IntRange(1, 200), default=200, show_default=True, help="The latest calls only.")
@click.option("--picture", type=click.Path(dir_okay=False, path_type=Path), help="Also draw it into this PNG file.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@click.option("--person", metavar="ID", help="Somebody else's calls (for the host).")
def progress(scenario: str | None, count: int, picture: Path | None, as_json: bool, person: str | None) -> None:
    """Show how your calls have gone: a bar a call, a line a skill.

    \b
    runner-up progress
    runner-up progress --picture progress.png
    """
    from bot.progress import held_calls
    from dialogs.progress import legend
    from dialogs.progress import progress as taken_together

    with opened(person, remind=True) as mine:
        shown = taken_together(held_calls(mine.log, mine.person, scenario=scenario, limit=count))
    if picture is not None:
        _draw(shown, picture)
    if as_json:
        click.echo(json.dumps(shown.as_json(), ensure_ascii=False))
        return
    show(
        shown.text
        if shown.calls or scenario is None
        else as_typed(f"No calls with {scenario} yet. Start one: runner-up call {scenario}")
    )
    if explained := legend(shown):
        show(f"\n{explained}")


def _draw(shown: Progress, picture: Path) -> None:
    import os

    from bot.rendering.picture import NoPictures, progress_picture

    if not shown.calls:
        raise click.ClickException("There is no call to draw yet. Start one: runner-up call")
    try:
        png = progress_picture(shown).png
        with open(os.open(picture, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:  # nobody else's to see
            file.write(png)
    except NoPictures as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{picture} cannot be written: {error.strerror}.") from None
    click.echo(f"Drawn into {picture}.", err=True)
