"""Room set aside beside the log, so that erasing and backing up still work on a full disk: both need more before they need less."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from bot.log.faults import CannotSave
from bot.log.store import beside, size_of

T = TypeVar("T")

SPARE = 8 * 1024 * 1024  # bytes


def keep_spare(path: Path) -> None:
    """Set the room aside beside the log at this path, unless it is; a disk that has none to spare is left as it is."""
    spare = beside(path, ".spare")
    if size_of(spare) == SPARE:
        return
    with suppress(OSError):
        fd = os.open(spare, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.posix_fallocate(fd, 0, SPARE)
        except OSError:
            spare.unlink()
        finally:
            os.close(fd)


def with_spare(path: Path, work: Callable[[], T]) -> T:
    """Do it; when the disk is full, give the spare room away and do it again. Raises CannotSave when that was not enough."""
    try:
        return work()
    except CannotSave as error:
        spare = beside(path, ".spare")
        if error.reason != "full" or not spare.exists():
            raise
        spare.unlink()
        return work()
