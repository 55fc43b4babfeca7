"""Whether serve is well, for supervisors: `python -m bot.health` exits 0 or 1 and says why in a line.

It looks at the heartbeat beside the log, which serve renews while Telegram answers and the log can be written. Nothing is
imported that takes time, so it may be asked every few seconds.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

FRESH = timedelta(seconds=60)


def state(log: Path, now: datetime) -> tuple[bool, str]:
    """Whether the serve of this log is well, and a sentence."""
    beat = log.with_name(log.name + ".heartbeat")
    try:
        at, pid = beat.read_text("ascii").split()
        age = now - datetime.fromisoformat(at)
        os.kill(int(pid), 0)
    except FileNotFoundError:
        return False, "serve has not run here"
    except ProcessLookupError:
        return False, "serve does not run"
    except PermissionError:
        pass  # it runs, as another user
    except (OSError, ValueError):
        return False, f"{beat} cannot be read"
    if abs(age) > FRESH:
        return False, f"serve was last well {int(age.total_seconds())} s ago"
    return True, f"serve is well, as of {max(0, int(age.total_seconds()))} s ago"


def main() -> int:
    """The exit code."""
    from bot.settings import BadSetting, settings

    try:
        well, words = state(settings().db, datetime.now(UTC))
    except BadSetting as error:
        well, words = False, str(error)
    print(words, file=sys.stdout if well else sys.stderr)
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
