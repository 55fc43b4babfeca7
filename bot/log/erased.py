"""What has been erased is remembered beside the log, so that a backup which is put back in its place brings nobody back.

A line is a random id and nothing else: who or what it stood for is told by no file any more, unless an older backup is opened, and then it is
erased again.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from dialogs.patterns import lazy

MOST = 10_000  # ids that are remembered, the latest; far more than backups of a week can hold
_LINE = lazy(r"(person|call) ([a-z0-9]{1,64})")


def remember(file: Path, kind: str, public_id: str) -> None:
    """Write down that this `person` or `call` has been erased; it is on the disk when this returns."""
    fd = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    try:
        os.write(fd, f"{kind} {public_id}\n".encode())
        os.fsync(fd)
    finally:
        os.close(fd)


def remembered(file: Path) -> dict[str, list[str]]:
    """The ids that must not come back, by kind. What is no line of ours is passed over."""
    found: dict[str, list[str]] = {"person": [], "call": []}
    for line in _lines(file)[-MOST:]:
        if match := _LINE.fullmatch(line):
            found[match[1]].append(match[2])
    return found


def let_back(file: Path, calls: Collection[str]) -> None:
    """These calls are brought in again by the person whose they are, who kept an export of them; and the list does not grow for ever."""
    lines = _lines(file)
    kept = [line for line in lines if line.removeprefix("call ") not in calls][-MOST:]
    if kept == lines:
        return
    fresh = file.with_name(file.name + ".new")
    with suppress(FileNotFoundError):
        fresh.unlink()
    fd = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(fd, "w", encoding="ascii", errors="replace") as out:
        out.writelines(f"{line}\n" for line in kept)
        out.flush()
        os.fsync(fd)
    fresh.replace(file)


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text("ascii", "replace").splitlines()
    except OSError:
        return []
