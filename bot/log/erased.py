"""What has been erased is remembered beside the log, so that a backup which is put back in its place brings nobody back.

A line is a random id and nothing else: who or what it stood for is told by no file any more, unless an older backup is opened, and then it is
erased again. Lines are only ever added: what brings a call back on purpose gives it an id of its own (export.py), and so nobody else's line goes.
"""

from __future__ import annotations

import os
from pathlib import Path

from bot.log.people import LONGEST_ID, is_id
from dialogs.patterns import lazy

MOST = 10_000  # ids that are remembered, the latest; far more than backups of a week can hold
LONGEST = len("person ") + LONGEST_ID + 1  # bytes of a line
_LINE = lazy(r"(person|call) ([a-z0-9]{1,64})")


def remember(file: Path, kind: str, public_id: str) -> None:
    """Write down that this `person` or `call` has been erased; it is on the disk when this returns.

    An id that is none of ours is left out: it came in with an export before such were refused, and might read as another line.
    """
    if not is_id(public_id):
        return
    fd = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    try:
        os.write(fd, f"{kind} {public_id}\n".encode())
        os.fsync(fd)
    finally:
        os.close(fd)


def remembered(file: Path) -> dict[str, set[str]]:
    """The ids that must not come back, by kind. What is no line of ours is passed over."""
    found: dict[str, set[str]] = {"person": set(), "call": set()}
    for line in _lines(file)[-MOST:]:
        if match := _LINE.fullmatch(line):
            found[match[1]].add(match[2])
    return found


def _lines(file: Path) -> list[str]:
    try:
        with file.open("rb") as kept:
            kept.seek(max(0, kept.seek(0, os.SEEK_END) - MOST * LONGEST))
            return kept.read().decode("ascii", "replace").splitlines()
    except OSError:
        return []
