"""Where the log is, opened: the host's choice, or a file in the user's own data folder, which is made when it is missing."""

from __future__ import annotations

from bot.log import Log
from bot.settings import default_db, settings


def open_log() -> Log:
    """The log of this user or host. Raises LogFault in one sentence when it cannot be used."""
    path = settings().db
    if path == default_db():
        # Nobody chose this folder, so nobody can be expected to make it; one that was named and is missing is a mistake.
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Log.open(path)
