"""Which lines and branches of the log, the delivery and the import the tests reach: `make coverage`.

    python -m tools.covered [PYTEST ARGUMENTS]

What runs in processes of its own is counted too, as far as they end by themselves: killed ones take their counts along, and the
parser's child has an empty environment on purpose.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("bot/log", "bot/delivery", "bot/transcripts")
LINES, BRANCHES = 95.0, 90.0
TESTS = (
    "answer", "backups", "chats", "chat_*", "connection*", "delivery*", "exports", "files*", "found_as_named", "hosting", "housekeeping",
    "kept_as_plays", "kill", "lock", "log*", "notices", "outbox", "owning_up", "own_call", "page", "poll*", "progress_commands", "proxied",
    "real_*", "replay", "sessions", "settings", "terminal*", "transcript*", "two_people", "unreadable", "unsure", "watchdog", "webhook", "wire",
)  # fmt: skip
"""Which tests count, by name: those that reach the three parts."""
SETTINGS = """\
[run]
branch = True
source = {parts}
parallel = True
patch = subprocess
  _exit
data_file = {folder}/data
[report]
exclude_also =
    if TYPE_CHECKING:
    \\.\\.\\.$
"""


def files() -> list[str]:
    """The files of those tests. Raises SystemExit when a name finds none: tests that are called otherwise now would count for nothing."""
    found = {name: sorted(ROOT.glob(f"tests/test_{name}.py")) for name in TESTS}
    if gone := [name for name, there in found.items() if not there]:
        raise SystemExit(f"tools/covered.py names tests that are not there: {', '.join(gone)}")
    return sorted({str(file.relative_to(ROOT)) for there in found.values() for file in there})


def main() -> int:
    """Run, add up, print; 1 below the goal or when a test failed."""
    folder = ROOT / "build" / "coverage"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("data*"):
        old.unlink()
    rc = folder / "settings"
    rc.write_text(SETTINGS.format(parts=",".join(PARTS), folder=folder))
    coverage = [sys.executable, "-m", "coverage"]
    wanted = sys.argv[1:] or files()
    env = os.environ | {"COVERAGE_RCFILE": str(rc)}
    run = [
        *coverage,
        "run",
        f"--rcfile={rc}",
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-o",
        "timeout=400",
        *wanted,
    ]
    failed = subprocess.run(run, cwd=ROOT, env=env, check=False).returncode  # noqa: S603
    for step in (
        ["combine", "-q"],
        ["report", "--skip-covered", "--show-missing"],
        ["json", "-q", "-o", str(folder / "all.json")],
    ):
        subprocess.run([*coverage, step[0], f"--rcfile={rc}", *step[1:]], cwd=ROOT, check=True)  # noqa: S603
    totals = json.loads((folder / "all.json").read_text("utf-8"))["totals"]
    lines = 100 * totals["covered_lines"] / totals["num_statements"]
    branches = 100 * totals["covered_branches"] / totals["num_branches"]
    print(f"lines {lines:.1f} % (goal {LINES:.0f}), branches {branches:.1f} % (goal {BRANCHES:.0f})")
    return 1 if failed or lines < LINES or branches < BRANCHES else 0


if __name__ == "__main__":
    sys.exit(main())
