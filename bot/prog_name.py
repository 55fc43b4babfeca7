"""The command as whoever sits here can type it: `runner-up` where that is enough, else the way to it, such as `.venv/bin/runner-up`.

After `make run` the program lies in `.venv/bin` and on no path, so a message that names a command names it with the way it was called.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from functools import cache
from pathlib import Path

from bot.commands import COMMANDS
from bot.width import show

NAME = "runner-up"
AS_MODULE = "python -m bot"


def prog_name(typed: str | None = None, here: Path | None = None) -> str:
    """What is to be typed in place of `runner-up`, as short as it can be in this folder."""
    path = Path(os.path.abspath(sys.argv[0] if typed is None else typed))
    if path == Path(__file__).with_name("__main__.py"):
        return AS_MODULE
    if path.name != NAME or not path.exists():
        return NAME  # started in another way, as by a test
    found = shutil.which(NAME)
    if found is not None and os.path.samefile(found, path):
        return NAME
    folder = Path.cwd() if here is None else here
    return shlex.quote(str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path))


def as_typed(text: str) -> str:
    """A message of the program's own, with the commands in it as they can be typed here."""
    if NAME not in text or (name := prog_name()) == NAME:
        return text
    return _commands().sub(lambda _: name, text)


@cache
def _commands() -> re.Pattern[str]:
    """The program's name where one of its commands follows; somebody may have been a runner-up otherwise."""
    return re.compile(rf"(?<![\w./-]){NAME}(?= (?:--help|{'|'.join(COMMANDS)})\b)")


def tell(text: str) -> None:
    """A message beside the data: on stderr, its commands as they can be typed, folded to the terminal."""
    show(as_typed(text), err=True)
