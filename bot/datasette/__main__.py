"""`python -m bot.datasette`: the log in a browser on this machine, until stopped."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bot.datasette import command
from bot.settings import settings


def main() -> int:
    """Start Datasette; gives its exit code."""
    if importlib.util.find_spec("datasette") is None:
        print("Datasette is not installed. Try: pip install 'runner-up[datasette]'", file=sys.stderr)
        return 1
    log = settings().db
    if not log.is_file():
        print(f"There is no log at {log}.", file=sys.stderr)
        return 1
    if settings().key_file is not None:
        print("The log is encrypted, and Datasette cannot open it; use: runner-up sessions export", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        port = int(os.environ.get("PORT", "8001")) if os.environ.get("PORT", "8001").isdigit() else 8001
        start = [sys.executable, "-m", *command(log, Path(folder), port)]
        return subprocess.call(start)  # noqa: S603 - our own words


if __name__ == "__main__":
    sys.exit(main())
