"""Break the code in small ways and count what no test notices: `make mutants`.

    python -m tools.mutants                    # all; fails when a part is below 80 %
    python -m tools.mutants manager            # a part: table, manager, delivery
    python -m tools.mutants webhook            # one file of the delivery

The table of the call is data and properties, which tools/mutants_table.py breaks; everything else is broken by mutmut, a file at a time, in a
copy under build/mutants, so that the tree stays as it is. Two runs side by side need two files: each copy belongs to one.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tools import mutants_table

ROOT = Path(__file__).resolve().parents[1]
GOAL = 80.0
COPIED = ("bot", "dialogs", "tests", "tools", "benchmarks", "docs", "stubs")
BESIDE = ("README.md", "Makefile", "requirements.txt")
AT_ONCE = 3  # most of what the tests of the delivery do is wait


@dataclass(frozen=True)
class Target:
    """A file, and the tests that must notice what is broken in it."""

    file: str
    tests: tuple[str, ...]


FILES = {
    "manager": Target("dialogs/manager.py", ("test_manager_rules", "test_manager")),
    "chats": Target("bot/delivery/chats.py", ("test_chats",)),
    "outbox": Target("bot/delivery/outbox.py", ("test_outbox",)),
    "poll": Target("bot/delivery/poll.py", ("test_poll",)),
    "webhook": Target("bot/delivery/webhook.py", ("test_webhook",)),
    "office": Target("bot/delivery/office.py", ("test_delivery", "test_office", "test_webhook")),
    "housekeeping": Target("bot/delivery/housekeeping.py", ("test_office", "test_log_upkeep", "test_log_erasing")),
    "lines": Target("bot/delivery/lines.py", ("test_lines",)),
    "wire": Target("bot/delivery/wire.py", ("test_wire", "test_lines")),
}
PARTS = {"manager": ("manager",), "delivery": tuple(name for name in FILES if name != "manager")}


def settings(target: Target) -> str:
    """mutmut's part of pyproject.toml."""
    package = target.file.partition("/")[0]
    return "\n[tool.mutmut]\n" + "".join(
        f"{name} = {json.dumps(value)}\n"
        for name, value in {
            "source_paths": [package],
            "only_mutate": [target.file],
            "also_copy": [name for name in (*COPIED, *BESIDE) if name not in (package, "tests")],
            "pytest_add_cli_args": ["-p", "no:cacheprovider"],
            "pytest_add_cli_args_test_selection": [f"tests/{test}.py" for test in target.tests],
            "timeout_multiplier": 5.0,  # tests wait for processes and clocks; a mutant that hangs is told by this
            "timeout_constant": 5.0,
        }.items()
    )


def broken(name: str) -> tuple[int, int]:
    """Break one file; gives how many mutants were noticed, and how many there were."""
    target, folder, began = FILES[name], ROOT / "build" / "mutants" / name, time.monotonic()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for each in COPIED:
        shutil.copytree(ROOT / each, folder / each, ignore=shutil.ignore_patterns("__pycache__"))
    for each in BESIDE:
        shutil.copy(ROOT / each, folder)
    (folder / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text("utf-8") + settings(target))
    mutmut = str(Path(sys.executable).with_name("mutmut"))
    with (folder / "out.txt").open("w") as out:  # it repaints its line without end
        run = [mutmut, "run", "--max-children", str(AT_ONCE)]
        subprocess.run(run, cwd=folder, stdout=out, stderr=out, check=False)  # noqa: S603
    said = (folder / "out.txt").read_text("utf-8", "replace")
    last = re.findall(r"🎉 (\d+) 🫥 (\d+)  ⏰ (\d+)  🤔 (\d+)  🙁 (\d+)", said)
    if not last:
        print(said[-2000:], file=sys.stderr)
        return 0, 1
    killed, untested, timed_out, _, survived = map(int, last[-1])
    noticed, all_ = killed + timed_out, killed + timed_out + survived + untested
    print(
        f"{name}: {noticed} of {all_} noticed ({100 * noticed / all_:.1f} %; {timed_out} by their time), {survived} survived, "
        f"{untested} without a test, in {time.monotonic() - began:.0f} s",
        flush=True,
    )
    left = subprocess.run([mutmut, "results"], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    for line in left.stdout.splitlines():
        if "survived" in line or "no tests" in line:
            print(f"    {line.strip()}")
    return noticed, all_


def part(name: str) -> float:
    """Break a part of the program; gives how many of a hundred mutants were noticed."""
    if name == "table":
        return mutants_table.score()
    counted = [broken(file) for file in PARTS[name]]
    noticed, all_ = (sum(counts) for counts in zip(*counted, strict=True))
    print(f"{name}: {noticed} of {all_} noticed ({100 * noticed / all_:.1f} %)", flush=True)
    return 100 * noticed / all_


def main(names: list[str]) -> int:
    """Print the scores; 1 when one is below the goal."""
    if len(names) == 1 and names[0] in FILES:
        noticed, all_ = broken(names[0])
        return int(100 * noticed < GOAL * all_)
    return int(min([part(name) for name in names or ("table", *PARTS)]) < GOAL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
