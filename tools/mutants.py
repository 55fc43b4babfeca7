"""Break the code in small ways and count what no test notices: `make mutants` (mutmut).

    python -m tools.mutants                    # every target
    python -m tools.mutants manager            # one
    python -m tools.mutants delivery 'bot.delivery.outbox*'    # some of one

Each target is broken in a copy under build/mutants, so that the tree stays as it is. mutmut passes over decorated functions
and what stands outside functions; so of dialogs/call.py, a table and properties, only the functions are broken.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GOAL = 80.0

# Target → the package, its files, and the tests that must notice (quick ones: each mutant runs them).
TARGETS = {
    "manager": ("dialogs", ["dialogs/manager.py"], ["test_manager_rules.py", "test_manager.py"]),
    "table": ("dialogs", ["dialogs/call.py"], ["test_call_table.py", "test_manager.py", "test_manager_rules.py"]),
    "delivery": ("bot", ["bot/delivery/*.py"], ["test_delivery.py"]),
}
COPIED = ("bot", "dialogs", "tests", "tools", "benchmarks", "docs", "stubs")


def settings(package: str, files: list[str], tests: list[str]) -> str:
    """mutmut's part of pyproject.toml."""
    copied = [name for name in (*COPIED, "README.md", "Makefile", "requirements.txt") if name not in (package, "tests")]
    return "\n[tool.mutmut]\n" + "".join(
        f"{name} = {json.dumps(value)}\n"
        for name, value in {
            "source_paths": [package],
            "only_mutate": files,
            "also_copy": copied,
            "pytest_add_cli_args": ["-p", "no:cacheprovider"],
            "pytest_add_cli_args_test_selection": [f"tests/{test}" for test in tests],
            "timeout_multiplier": 5.0,  # tests wait for processes and clocks; a mutant that hangs is told by this
            "timeout_constant": 5.0,
        }.items()
    )


def score(name: str, only: list[str]) -> float:
    """Break one target; gives how many of a hundred were noticed."""
    package, files, tests = TARGETS[name]
    folder = ROOT / "build" / "mutants" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for each in COPIED:
        shutil.copytree(ROOT / each, folder / each, ignore=shutil.ignore_patterns("__pycache__"))
    for each in ("README.md", "Makefile", "requirements.txt"):
        shutil.copy(ROOT / each, folder)
    (folder / "pyproject.toml").write_text(
        (ROOT / "pyproject.toml").read_text("utf-8") + settings(package, files, tests)
    )
    mutmut = str(Path(sys.executable).with_name("mutmut"))
    with (folder / "out.txt").open("w") as out:  # it repaints its line without end
        subprocess.run([mutmut, "run", *only], cwd=folder, stdout=out, stderr=out, check=False)  # noqa: S603
    said = (folder / "out.txt").read_text("utf-8", "replace")
    last = re.findall(r"🎉 (\d+) 🫥 (\d+)  ⏰ (\d+)  🤔 (\d+)  🙁 (\d+)", said)
    if not last:
        print(said[-2000:], file=sys.stderr)
        return 0.0
    killed, untested, timed_out, _, survived = map(int, last[-1])
    noticed, all_ = killed + timed_out, killed + timed_out + survived + untested
    print(
        f"{name}: {noticed} of {all_} noticed ({100 * noticed / all_:.1f} %), {survived} survived, {untested} without a test"
    )
    left = subprocess.run([mutmut, "results"], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    print(*(line.strip() for line in left.stdout.splitlines() if "survived" in line or "no tests" in line), sep="\n")
    return 100 * noticed / all_


def main() -> int:
    """Print the scores; 1 when one is below the goal."""
    names = [sys.argv[1]] if len(sys.argv) > 1 else list(TARGETS)
    return int(any([score(name, sys.argv[2:]) < GOAL for name in names]))  # noqa: C419 - all of them are run


if __name__ == "__main__":
    sys.exit(main())
