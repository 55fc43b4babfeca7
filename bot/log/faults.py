"""What can be wrong with the log, in the host's words and in the user's.

A fault at the start is refused with an exit code after sysexits.h; a fault while running pauses calls, because nothing goes
on unlogged.
"""

from __future__ import annotations

import sqlite3

PAUSED = (
    "I can't save what we say right now, so I've paused the call. Everything up to your last message is safe. "
    "I'll tell you when we can go on."
)
FILE_GONE = (
    "I can't save what we say any more: the file that calls are kept in was moved, replaced or deleted while I was running. So I've "
    "stopped. Whether your earlier calls are still there I can't tell from here; whoever runs me can."
)
ONE_MOMENT = "One moment …"
GOES_ON = "I can save again. We can go on where we stopped."
REPAIR = (
    "I'm down for repair: the file that calls are kept in is damaged. Whether all of your earlier calls can still be read I can't tell from "
    "here; whoever runs me can."
)

EX_DATAERR = 65  # a damaged, foreign or newer file
EX_NOINPUT = 66  # a file that was there and is gone
EX_UNAVAILABLE = 69  # another copy holds it
EX_IOERR = 74  # the disk
EX_CONFIG = 78  # rights or folders


class LogFault(RuntimeError):
    """The log cannot be used. The message is one sentence for the host, with the next step."""

    code = EX_IOERR


class NoFolder(LogFault):
    """The folder of the log is missing, or may not be written."""

    code = EX_CONFIG


class ReadOnly(LogFault):
    """The file or its folder may not be written."""

    code = EX_CONFIG


class Gone(LogFault):
    """A log was here once, and now there is none, or an empty file."""

    code = EX_NOINPUT


class Damaged(LogFault):
    """Not a database, cut off, or with a page that cannot be read."""

    code = EX_DATAERR


class Foreign(LogFault):
    """A database of another program."""

    code = EX_DATAERR


class Newer(LogFault):
    """Written by a later version of this program."""

    code = EX_DATAERR


class Busy(LogFault):
    """Another copy is running on this log."""

    code = EX_UNAVAILABLE


class CannotSave(LogFault):
    """A write failed and was taken back; it may be tried again. `reason` is a word for the status screen."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason

    @property
    def lasting(self) -> bool:
        """Whether only a restart can mend it: the file under the program is another one, or broken."""
        return self.reason in ("moved", "damaged", "closed")


class NotYours(LookupError):
    """There is no such thing, or it is somebody else's: the two are not told apart."""


class OutOfStep(RuntimeError):
    """The call in memory is not the call in the log; rebuild it."""


class AlreadyHeard(RuntimeError):
    """This update has been answered before."""


_REASONS = {
    sqlite3.SQLITE_FULL: ("full", "the disk is full"),
    sqlite3.SQLITE_IOERR: ("io", "the disk reports an error"),
    sqlite3.SQLITE_READONLY: ("read-only", "the log may not be written"),
    sqlite3.SQLITE_BUSY: ("locked", "another program holds the log"),
    sqlite3.SQLITE_LOCKED: ("locked", "another program holds the log"),
    sqlite3.SQLITE_CORRUPT: ("damaged", "the log is damaged"),
    sqlite3.SQLITE_NOTADB: ("damaged", "the log is damaged"),
    sqlite3.SQLITE_CANTOPEN: ("io", "the log cannot be opened"),
    sqlite3.SQLITE_PROTOCOL: ("locked", "another program holds the log"),
    sqlite3.SQLITE_INTERRUPT: ("interrupted", "the work was broken off"),
    sqlite3.SQLITE_NOMEM: ("memory", "there is no memory left"),
}


def as_cannot_save(error: sqlite3.Error) -> CannotSave | None:
    """The storage fault behind an error of SQLite, or None when the statement itself was at fault."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None or (known := _REASONS.get(code & 0xFF)) is None:
        return None
    reason, words = known
    return CannotSave(reason, f"{words} ({getattr(error, 'sqlite_errorname', 'SQLite')})")
