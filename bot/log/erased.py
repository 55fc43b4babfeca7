"""What has been erased is remembered beside the log, so that a backup which is put back in its place brings nobody back.

A line is a random id and nothing else: who or what it stood for is told by no file any more, unless an older backup is opened, and then it is
erased again. Lines are only ever added. Who brings a call of theirs in again out of an export takes it back: then a line says so, with the random
id of the person. In anybody else's hands the call stays erased, and so an export made up by a stranger takes back nothing of another's.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from bot.log.people import LONGEST_ID, is_id
from dialogs.patterns import lazy

MOST = 10_000  # ids that are remembered, the latest; far more than backups of a week can hold
LONGEST = len("back  ") + 2 * LONGEST_ID + 1  # bytes of a line
_LINE = lazy(r"(person|call) ([a-z0-9]{1,64})|(back) ([a-z0-9]{1,64}) ([a-z0-9]{1,64})")


@dataclass(frozen=True, slots=True)
class Gone:
    """What must not come back: people and calls by their random ids; and which calls are back, each with the person who took it back."""

    people: frozenset[str]
    calls: frozenset[str]
    back: frozenset[tuple[str, str]]


def remember(file: Path, kind: str, *public_ids: str) -> None:
    """Write down that this `person` or `call` has been erased, or that a call is `back` with its person; it is on the disk when this returns.

    An id that is none of ours is left out: it came in with an export before such were refused, and might read as another line.
    """
    if not all(map(is_id, public_ids)):
        return
    fd = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    try:
        os.write(fd, f"{kind} {' '.join(public_ids)}\n".encode())
        os.fsync(fd)
    finally:
        os.close(fd)


def remembered(file: Path) -> Gone:
    """What is written there. What is no line of ours is passed over."""
    people, calls, back = set[str](), set[str](), set[tuple[str, str]]()
    for line in _lines(file)[-MOST:]:
        match _LINE.fullmatch(line):
            case None:
                continue
            case found if found[1] == "person":
                people.add(found[2])
            case found if found[1] == "call":
                calls.add(found[2])
                back = {each for each in back if each[0] != found[2]}
            case found:
                back.add((found[4], found[5]))
    return Gone(frozenset(people), frozenset(calls), frozenset(back))


def _lines(file: Path) -> list[str]:
    try:
        with file.open("rb") as kept:
            kept.seek(max(0, kept.seek(0, os.SEEK_END) - MOST * LONGEST))
            return kept.read().decode("ascii", "replace").splitlines()
    except OSError:
        return []
