"""`runner-up hear`: which moves a sentence makes, and what spoke for each."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import click

from bot.text import clean, stdin_lines


@click.command()
@click.argument("text", required=False)
@click.option("--after", metavar="LINE", default="", help="The manager's last line, which probe and answer lean on.")
@click.option("--why", is_flag=True, help="Also show what spoke for each move.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def hear(text: str | None, after: str, why: bool, as_json: bool) -> None:
    """Show which moves are heard in TEXT, or in each line of standard input.

    \b
    runner-up hear "No worries, thanks for telling me."
    """
    from bot.hearing import cue_from_line, ear, explain

    listen = ear()
    cue = cue_from_line(after)
    for said in _utterances(text):
        heard = listen(said, cue)
        if as_json:
            scores = {str(m): round(p, 4) for m, p in heard.scores.items()}
            row = {"text": said, "moves": [str(m) for m in heard.moves], "scores": scores}
            row |= {"aside": str(heard.aside)} if heard.aside else {}
            row |= {"areas": list(heard.areas)} if heard.areas else {}
            row |= {"why": explain(said, cue)} if why else {}
            click.echo(json.dumps(row, ensure_ascii=False))
            continue
        click.echo(", ".join(heard.moves) + (f"  ({heard.aside})" if heard.aside else ""))
        if why:
            for line in explain(said, cue):
                click.echo(f"  {line}")


def _utterances(text: str | None) -> Iterator[str]:
    if text is not None:
        yield clean(text)
        return
    if sys.stdin.isatty():
        click.echo("Type a sentence, Enter; end with Ctrl-D.", err=True)
    for line in stdin_lines():
        yield clean(line)
