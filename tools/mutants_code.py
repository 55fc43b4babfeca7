"""Break one file of code in small ways, as mutmut does, and count what its tests do not notice.

Part of `make mutants`. It happens in a copy under build/mutants, so that the tree stays as it is; two runs side by side need two files. What was
counted is kept beside the copy, which is made anew each time: a run that was broken off goes on where it was. What was noticed stays noticed until the file changes; what lived
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
from typing import Any

from mutmut.mutation.file_mutation import mutate_file_contents

from tools.mutants_trial import TOO_LONG

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build" / "mutants"
NEEDED = ("bot", "dialogs", "tests", "benchmarks", "docs", "README.md", "Makefile", "requirements.txt", "stubs")
AT_ONCE = 3  # most of what the tests of the delivery do is wait
SEED = 1  # of a sample: the same mutants each time
NOTICED = ("noticed", TOO_LONG)

# What differs in nothing that anybody could notice: the change → the reason.
EQUIVALENT = {
    "OnlyOne.__enter: os.ftruncate(self._fd, 0) → os.ftruncate(self._fd, 1)": "what is written over it is longer",
    'Webhook._take: given = request.headers.get(SECRET, "").encode("utf-8", "surrogateescape") → given = request.headers.get(SECRET, '
    '"").encode("UTF-8", "surrogateescape")': "it is the same alphabet",
    'read: said = json.loads(payload.decode("utf-8", "replace")) → said = json.loads(payload.decode("UTF-8", "replace"))': "it is "
    "the same alphabet",
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
    began, kept, now = time.monotonic(), Kept(FOLDER / name), _fingerprints(target)
    folder = FOLDER / name / "copy"
    known = kept.known(now)
    _copy(folder, target)
    kept.begin(now, known)
    with chdir(folder):  # mutmut reads its settings where it stands
        mutated = mutate_file_contents(target.file, (ROOT / target.file).read_text("utf-8"))
    (folder / target.file).write_text(mutated.code, "utf-8")
    changes = _changes(mutated.code, mutated.mutant_names)
    left_out = [mutant for mutant, change in changes.items() if change in EQUIVALENT]
    wanted = [mutant for mutant in changes if mutant not in left_out]
    if sample is not None and sample < len(wanted):
        wanted = random.Random(f"{SEED} {name}").sample(sorted(wanted), sample)
    if untried := [mutant for mutant in wanted if mutant not in known]:
        _try(folder, kept, target, untried)
    known = kept.known(now, all_of_it=True)
    tried = [mutant for mutant in wanted if mutant in known]
    lived = [mutant for mutant in tried if known[mutant] not in NOTICED]
    slow = sum(known[mutant] == TOO_LONG for mutant in tried)
    result = Count(len(tried) - len(lived), len(tried), len(changes) - len(left_out))
    print(
        f"{name}: {result}; {slow} by their time, {len(left_out)} left out, in {time.monotonic() - began:.0f} s",
        flush=True,
    )
    for mutant in lived:
        print(f"    {known[mutant]}: {changes[mutant]}", flush=True)
    return result


def _try(folder: Path, kept: Kept, target: Target, mutants: list[str]) -> None:
    told = {
        "module": target.file.removesuffix(".py").replace("/", "."),
        "mutants": mutants,
        "tests": [f"tests/{test}.py" for test in target.tests],
        "found": str(kept.found),
        "at_once": AT_ONCE,
    }
    (folder / "trial.json").write_text(json.dumps(told))
    run = [sys.executable, "-m", "tools.mutants_trial", "trial.json"]
    with (folder / "out.txt").open("w") as out:
        subprocess.run(run, cwd=folder, stdout=out, stderr=out, check=False)  # noqa: S603
    said = (folder / "out.txt").read_text("utf-8", "replace")
    if "fails on the code as it is" in said:
        raise SystemExit(said[-3000:])  # nothing can be counted by tests that fail anyway


def _copy(folder: Path, target: Target) -> None:
    """What the tests need: the broken package and the tests in a copy, everything else by a link."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    copied = (target.file.partition("/")[0], "tests", "tools")
    for each in (*NEEDED, *copied):
        if each in copied:
            shutil.copytree(
                ROOT / each, folder / each, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            (folder / each).symlink_to(ROOT / each)
    switch = f'\n[tool.mutmut]\nsource_paths = ["{copied[0]}"]\n'
    (folder / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text("utf-8") + switch)


# -- what is known of earlier runs -----------------------------------------------------------------------------------


def _fingerprints(target: Target) -> dict[str, str]:
    tests = sorted((ROOT / "tests").rglob("*.py"))
    return {"file": _digest([ROOT / target.file]), "tests": _digest(tests)}


def _digest(files: Iterable[Path]) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


class Kept:
    """What was found of one file of code: `known.json` of the runs before, `found.txt` of the last one, a line a mutant."""

    def __init__(self, folder: Path) -> None:
        self._file, self.found = folder / "known.json", folder / "found.txt"

    def known(self, now: dict[str, str], *, all_of_it: bool = False) -> dict[str, str]:
        """What was found and still holds."""
        kept = self._read()
        if kept is None or kept["file"] != now["file"]:
            return {}
        known: dict[str, str] = kept["known"]
        same = kept["tests"] == now["tests"]
        return {
            mutant: was for mutant, was in known.items() if all_of_it or was == "noticed" or (same and was != TOO_LONG)
        }

    def begin(self, now: dict[str, str], known: dict[str, str]) -> None:
        """A new run, with what holds of the last. Wherever this is broken off, nothing is lost, and nothing old is taken for new: what was found
        last is first written down as what it was, of the code and the tests of then."""
        if (kept := self._read()) is not None:
            self._write(kept)
        self.found.unlink(missing_ok=True)
        self._write(now | {"known": known})

    def _read(self) -> dict[str, Any] | None:
        try:
            kept: dict[str, Any] = json.loads(self._file.read_text("utf-8"))
        except FileNotFoundError:
            return None
        found = self.found.read_text("utf-8") if self.found.exists() else ""
        return kept | {"known": kept["known"] | dict(line.split("\t") for line in found.splitlines())}

    def _write(self, kept: dict[str, Any]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_suffix(".new")
        fresh.write_text(json.dumps(kept))
        fresh.replace(self._file)


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
