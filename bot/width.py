"""How wide a terminal is, and text folded to it, down to that of a phone. What goes into a file, a pipe or a program is never folded.

show(text)                   # on stdout; a table's lines may be as wide as the terminal: show(line, prose=False)
folded("/hint      what a good caller might try next", 30)
"""

from __future__ import annotations

import os
import sys
import textwrap

import click

from dialogs.patterns import lazy

WIDTH = 88
"""Characters of a line that is easily read; longer ones are folded in a wider terminal, too."""
NARROWEST = 24
_COLUMNS = lazy(r"[^\s].*?\s{2,}(?=\S)")  # a word or a few, then the gap before the next column
_COMMAND = lazy(r"(?<=: )(?:python -m bot|[\w./~-]*runner-up)(?: \S{1,200}){1,12}$")
_GLUE = "\0"
BULLETS = ("✓ ", "· ", "- ", "• ")


def columns(*, err: bool = False) -> int | None:
    """How many characters fit into a line of the terminal; None where nobody sees it, or it does not say."""
    stream = sys.stderr if err else sys.stdout
    try:
        wide = os.get_terminal_size(stream.fileno()).columns if stream.isatty() else 0
    except (OSError, ValueError, AttributeError):
        return None
    return max(NARROWEST, wide) if wide else None


def folded(text: str, width: int) -> str:
    """Each line of the text within this width. What follows stands under the beginning of its words; a command at the end of a
    line, and a path, stay whole, so that they can be copied."""
    return "\n".join(_line(line, width) if len(line) > width else line for line in text.split("\n"))


def show(text: str = "", *, err: bool = False, prose: bool = True) -> None:
    """Print the text, folded where a terminal shows it."""
    wide = columns(err=err)
    if wide is not None:
        text = folded(text, min(wide, WIDTH) if prose else wide)
    click.echo(text, err=err)


def _line(line: str, width: int) -> str:
    bare = line.lstrip(" ")
    margin = len(line) - len(bare)
    hanging = margin + (2 if bare.startswith(BULLETS) else 0)
    column = _COLUMNS.match(bare)
    if column is not None and margin + column.end() <= width // 2:
        hanging = margin + column.end()
    if (command := _COMMAND.search(bare)) is not None and hanging + len(command[0]) <= width:
        bare = bare[: command.start()] + command[0].replace(" ", _GLUE)
    longest = max(map(len, bare.split(" ")))  # a word that would not fit under the others stands further left
    lines = textwrap.wrap(
        bare,
        width,
        initial_indent=" " * margin,
        subsequent_indent=" " * max(0, min(hanging, width // 2, width - longest)),
        break_long_words=False,
        break_on_hyphens=False,
        replace_whitespace=False,
    )
    return "\n".join(lines).replace(_GLUE, " ")
