"""What is loaded before the first word: serve, and the commands that need no Telegram (P16)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.clock import Spread, ratio
from benchmarks.rows import Effort, Row

SETS = {
    "libraries": "import telegram.ext, transitions, sqlite_utils",
    "serve": "import bot.telegram.running",
    "call": "import bot.cli.call, bot.terminal.dial, bot.log",
    "replay": "import bot.cli.replay, bot.replay, bot.log",
    "sessions": "import bot.cli.sessions, bot.log",
}


def cpu(code: str) -> float:
    """CPU seconds that a fresh interpreter spends on this, start-up not counted."""
    whole = f"import time; began = time.process_time()\n{code}\nprint(time.process_time() - began)"
    # As on a host: what was imported before has its bytecode, ours as well as the libraries'.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run([sys.executable, "-c", whole], check=True, capture_output=True, text=True, env=env)
    return float(done.stdout.split()[-1])


def p16(effort: Effort) -> Iterator[Row]:
    """Imports, each set in turn in fresh processes."""
    taken: dict[str, list[float]] = {name: [] for name in SETS}
    for code in SETS.values():
        cpu(code)
    for _ in range(effort.size(5, 15)):
        for name, code in SETS.items():
            taken[name].append(cpu(code))
    libraries = Spread.of(taken["libraries"])
    yield Row("P16", "import telegram.ext, transitions, sqlite_utils, CPU", libraries.median * 1000, "ms")
    for name in ("serve", "call", "replay", "sessions"):
        r = ratio(taken[name], taken["libraries"])
        yield Row("P16", f"imports of {name} / of those", r.median, "x", r,
                  "" if name == "serve" else "wanted: 0.5, no Telegram", judged=name == "serve")  # fmt: skip
