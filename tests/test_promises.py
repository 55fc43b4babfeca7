"""docs/promises.md names a test for every promise, threat and fault, and each of them is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "promises.md").read_text("utf-8")
ROWS = [
    line
    for line in PAGE.split("## Longer forms")[0].splitlines()
    if line.startswith("| ") and not line.startswith(("| promise |", "| threat |", "| fault |"))
]
WITHOUT = {"a model that talks": "no model is part", "bit rot inside a text": "not found"}


@cache
def defined(file: str) -> frozenset[str]:
    """What a file of tests defines."""
    tree = ast.parse((ROOT / "tests" / file).read_text("utf-8"))
    return frozenset(n.name for n in tree.body if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip()[:40])
def test_each_row_names_tests_that_are_there(row: str) -> None:
    subject, shown = (part.strip() for part in row.strip("|").split("|"))
    if subject in WITHOUT:
        assert shown.startswith(WITHOUT[subject])
        return
    named = re.findall(r"`(\w+\.py)::(\w+)`", shown)
    assert named, f"nothing shows: {subject}"
    for file, name in named:
        assert name in defined(file), f"{file}::{name} is not there"


def test_every_promise_of_the_readme_has_its_row() -> None:
    readme = (ROOT / "README.md").read_text("utf-8").split("## What it promises")[1].split("\n## ")[0]
    promised = re.findall(r"^(\d+)\. ", readme, re.MULTILINE)
    assert len(promised) > 10
    part = PAGE.split("## Promises")[1].split("## Threats")[0]
    assert re.findall(r"^\| (\d+) ", part, re.MULTILINE) == promised


def test_every_longer_form_is_a_target_of_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"^\| `make ([a-z-]+)`", PAGE, re.MULTILINE)) <= targets


def test_every_requirement_that_runs_is_pinned_by_hash() -> None:
    pins = re.split(r"\n(?=[a-z])", (ROOT / "requirements.txt").read_text("utf-8"))
    packages = [pin for pin in pins if re.match(r"[a-z]", pin)]
    assert len(packages) > 10
    for pin in packages:
        assert re.match(r"[\w.\-\[\]]+==", pin), pin[:60]
        assert "--hash=sha256:" in pin, pin[:60]
    assert "--require-hashes -r requirements.txt" in (ROOT / "Makefile").read_text("utf-8")
