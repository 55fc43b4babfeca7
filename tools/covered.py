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
    "log", "log_saving", "log_people", "log_any_call", "log_writer", "log_faults", "log_upgrade", "log_upkeep", "log_erasing",
    "log_encrypted", "log_export", "real_faults", "two_people", "delivery", "office", "chats", "outbox", "poll", "webhook", "wire", "lines",
    "kill", "transcripts", "sessions", "exports", "real_calls", "kept_as_plays", "page", "hosting", "replay", "settings", "terminal",
    "progress_commands", "own_call", "chat_door", "chat_rest", "chat_call", "chat_after", "chat_past", "chat_own", "chat_serve", "chat_cut",
    "chat_faults", "chat_pause", "chat_reading",
    "answer", "files", "files_fail", "housekeeping", "lock", "proxied", "office_life", "unreadable", "transcripts_mail", "found_as_named",
    "chat_clock", "chat_distress", "chat_limits", "chat_taps", "terminal_privacy", "terminal_scripts",
)  # fmt: skip
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


def main() -> int:
    """Run, add up, print; 1 below the goal or when a test failed."""
    folder = ROOT / "build" / "coverage"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("data*"):
        old.unlink()
    rc = folder / "settings"
    rc.write_text(SETTINGS.format(parts=",".join(PARTS), folder=folder))
    coverage = [sys.executable, "-m", "coverage"]
    wanted = sys.argv[1:] or [f"tests/test_{name}.py" for name in TESTS]
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
