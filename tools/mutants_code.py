"""Break one file of code in small ways with mutmut, and count what its tests do not notice.

Part of `make mutants`. It happens in a copy under build/mutants, so that the tree stays as it is; two runs side by side need two files. What was
counted is kept beside the copy: a run that was broken off goes on where it was. What was noticed stays noticed until the file changes; what lived
is tried again when a test has changed, and what took too long in any case: that may have been a busy machine.
"""

from __future__ import annotations

import ast
import difflib
import hashlib
import json
import math
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

from mutmut.mutation.file_mutation import mutate_file_contents
from mutmut.stats import status_by_exit_code

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build" / "mutants"
COPIED = ("bot", "dialogs", "tests", "tools", "benchmarks", "docs", "stubs")
BESIDE = ("README.md", "Makefile", "requirements.txt")
AT_ONCE = 3  # most of what the tests of the delivery do is wait
SEED = 1  # of a sample: the same mutants each time
NOTICED = ("killed", "timeout", "segfault")

# What differs in nothing that anybody could notice: the change → the reason.
EQUIVALENT = {
    "OnlyOne.__enter: os.ftruncate(self._fd, 0) → os.ftruncate(self._fd, 1)": "what is written over it is longer",
}


@dataclass(frozen=True)
class Target:
    """A file, and the tests that must notice what is broken in it."""

    file: str
    tests: tuple[str, ...]


@dataclass(frozen=True)
class Count:
    """How many mutants there are, how many of them were tried, and how many of those were noticed."""

    noticed: int
    tried: int
    all: int

    @property
    def score(self) -> float:
        """How many of a hundred were noticed."""
        return 100 * self.noticed / self.tried if self.tried else 0.0

    def __str__(self) -> str:
        said = f"{self.noticed} of {self.tried} noticed ({self.score:.1f} %"
        if self.tried == self.all:
            return said + ")"
        low, high = interval(self.noticed, self.tried)
        return f"{said}; a sample of {self.all}, 95 % sure between {100 * low:.1f} and {100 * high:.1f} %)"


def interval(noticed: int, tried: int) -> tuple[float, float]:
    """Where the share of all of them lies, by Wilson, when this share of a sample was noticed."""
    if not tried:
        return 0.0, 1.0
    z, share = 1.96, noticed / tried
    middle, under = share + z * z / (2 * tried), 1 + z * z / tried
    off = z * math.sqrt(share * (1 - share) / tried + z * z / (4 * tried * tried))
    return (middle - off) / under, (middle + off) / under


def count(name: str, target: Target, sample: int | None) -> Count:
    """Break the file in every way, or in `sample` ways drawn by lot; prints what lived."""
    began, folder, now = time.monotonic(), FOLDER / name, _fingerprints(target)
    known = _known(folder, target, now)
    _copy(folder, target)
    with chdir(folder):  # mutmut reads its settings where it stands
        mutated = mutate_file_contents(target.file, (ROOT / target.file).read_text("utf-8"))
    changes = _changes(mutated.code, mutated.mutant_names)
    left_out = [mutant for mutant, change in changes.items() if change in EQUIVALENT]
    wanted = [mutant for mutant in changes if mutant not in left_out]
    if sample is not None and sample < len(wanted):
        wanted = random.Random(f"{SEED} {name}").sample(sorted(wanted), sample)
    prefix = target.file.removesuffix(".py").replace("/", ".")
    (folder / "known.json").write_text(json.dumps(now | {"known": known}))
    if untried := [f"{prefix}.{mutant}" for mutant in wanted if mutant not in known]:
        _run(folder, untried)
    known |= _counted(folder, target)
    (folder / "known.json").write_text(json.dumps(now | {"known": known}))
    tried = [mutant for mutant in wanted if mutant in known]
    lived = [mutant for mutant in tried if known[mutant] not in NOTICED]
    slow = sum(known[mutant] == "timeout" for mutant in tried)
    result = Count(len(tried) - len(lived), len(tried), len(changes) - len(left_out))
    print(
        f"{name}: {result}; {slow} by their time, {len(left_out)} left out, in {time.monotonic() - began:.0f} s",
        flush=True,
    )
    for mutant in lived:
        print(f"    {known[mutant]}: {changes[mutant]}", flush=True)
    return result


def _run(folder: Path, mutants: list[str]) -> None:
    run = [str(Path(sys.executable).with_name("mutmut")), "run", "--max-children", str(AT_ONCE), *mutants]
    with (folder / "out.txt").open("w") as out:  # it repaints its line without end
        done = subprocess.run(run, cwd=folder, stdout=out, stderr=out, check=False)  # noqa: S603
    if done.returncode:
        print((folder / "out.txt").read_text("utf-8", "replace")[-3000:], file=sys.stderr)


def _settings(target: Target) -> str:
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
            "timeout_multiplier": 10.0,  # tests wait for processes and clocks; a mutant that hangs is told by this
            "timeout_constant": 10.0,
        }.items()
    )


def _copy(folder: Path, target: Target) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for each in COPIED:
        shutil.copytree(ROOT / each, folder / each, ignore=shutil.ignore_patterns("__pycache__"))
    for each in BESIDE:
        shutil.copy(ROOT / each, folder)
    (folder / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text("utf-8") + _settings(target))


# -- what is known of earlier runs -----------------------------------------------------------------------------------


def _fingerprints(target: Target) -> dict[str, str]:
    tests = sorted((ROOT / "tests").rglob("*.py"))
    return {"file": _digest([ROOT / target.file]), "tests": _digest(tests)}


def _digest(files: Iterable[Path]) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _known(folder: Path, target: Target, now: dict[str, str]) -> dict[str, str]:
    """What an earlier run found that still holds."""
    try:
        kept = json.loads((folder / "known.json").read_text())
    except FileNotFoundError:
        return {}
    if kept["file"] != now["file"]:
        return {}
    known: dict[str, str] = kept["known"] | _counted(folder, target)
    return {
        m: was for m, was in known.items() if was == "killed" or (was != "timeout" and kept["tests"] == now["tests"])
    }


def _counted(folder: Path, target: Target) -> dict[str, str]:
    """What mutmut has written down in this copy."""
    try:
        codes = json.loads((folder / "mutants" / f"{target.file}.meta").read_text("utf-8"))["exit_code_by_key"]
    except FileNotFoundError:
        return {}
    return {
        mutant.rpartition(".")[2]: status_by_exit_code[code]
        for mutant, code in codes.items()
        if code not in (None, 2)  # not tried; broken off
    }


# -- what a mutant is ------------------------------------------------------------------------------------------------


def _changes(code: str, mutants: Iterable[str]) -> dict[str, str]:
    """Each mutant by name, as a person would say what was changed in it."""
    lines = code.splitlines()
    found = {
        node.name: lines[node.lineno : node.end_lineno]  # without the name, which differs
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and "__mutmut_" in node.name
    }
    return {mutant: _change(mutant, found) for mutant in mutants}


def _change(mutant: str, found: dict[str, list[str]]) -> str:
    original, function = found[re.sub(r"\d+$", "orig", mutant)], mutant.rpartition("__mutmut_")[0]
    lines = list(difflib.unified_diff(original, found[mutant], n=0, lineterm=""))[3:]
    was, now = (" ".join(line[1:].strip() for line in lines if line[0] == sign) for sign in "-+")
    return f"{function.removeprefix('x').strip('ǁ_').replace('ǁ', '.')}: {was} → {now}"
