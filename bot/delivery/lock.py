"""One `serve` for one log: a lock that the system itself lets go when the process ends, however it ends."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from typing import Self

from bot.log.faults import Busy
from bot.log.store import beside


class OnlyOne:
    """Hold the lock beside this log. Raises Busy when another copy holds it; terminal calls need no lock."""

    _fd: int

    def __init__(self, log: Path) -> None:
        self._path = beside(log, ".lock")

    def __enter__(self) -> Self:
        with suppress(OSError):  # on a new machine there is no folder yet; what stands in the way is told by opening it
            self._path.parent.mkdir(mode=0o700, parents=True)
        self._fd = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._fd)
            raise Busy(
                f"Another copy of runner-up serve is running on {self._path.name.removesuffix('.lock')}."
            ) from None
        os.ftruncate(self._fd, 0)
        os.write(self._fd, f"{os.getpid()}\n".encode())
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._fd)  # the file stays: taking it away would let two copies lock two files
