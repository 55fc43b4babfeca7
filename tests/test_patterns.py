"""No pattern runs away: however it is fed, a search comes to its end, for one that does not would hold up everybody who is in a call."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import dialogs
from dialogs.hearing import Cue, Ear
from dialogs.patterns import Lazy
from tests.hostile import hostile, no_more_than, runs_away

ROOT = Path(__file__).resolve().parent.parent
GENEROUS = 3.0  # seconds of the processor's time: a sound pattern takes some thousandths, one that runs away minutes
TOLD = Cue("It came down to experience.", gave_reason=True)


def modules() -> Iterator[ModuleType]:
    """Every module of the call."""
    for found in pkgutil.walk_packages(dialogs.__path__, "dialogs."):
        yield import_module(found.name)


def patterns_in(value: Any) -> Iterator[re.Pattern[str]]:
    """The patterns that a value of a module holds, compiled or to be compiled."""
    if isinstance(value, Lazy):
        yield value.made
    elif isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, dict):
        yield from patterns_in(tuple(value.values()))
    elif isinstance(value, tuple | list | frozenset | set):
        for each in value:
            yield from patterns_in(each)


def patterns_within(module: ModuleType) -> Iterator[re.Pattern[str]]:
    """The patterns written out where they are used, in the functions of a module."""
    for call in ast.walk(ast.parse(inspect.getsource(module))):
        by_re = isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value)
        if by_re == "re" and isinstance(call.args[0], ast.Constant):
            yield re.compile(call.args[0].value)


def all_patterns() -> dict[re.Pattern[str], str]:
    """The patterns of the call, each with the module it stands in."""
    found: dict[re.Pattern[str], str] = {}
    for module in modules():
        held = [*patterns_in(tuple(vars(module).values())), *patterns_within(module)]
        if module.__name__ == "dialogs.hearing.rules":
            held += patterns_in(module.sure())
        for pattern in held:
            found.setdefault(pattern, module.__name__)
    return found


def test_no_pattern_of_the_call_runs_away() -> None:
    tried = all_patterns()
    assert len(tried) > 300
    assert {f"{where}: {p.pattern[:60]}": said for p, where in tried.items() if (said := runs_away(p, GENEROUS))} == {}


def compiled_at_import(source: str) -> list[str]:
    """The patterns that a file compiles when it is imported, needed or not."""
    top = [
        each
        for each in ast.parse(source).body
        if not isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    ]
    calls = (call for each in top for call in ast.walk(each) if isinstance(call, ast.Call))
    return [ast.unparse(call) for call in calls if ast.unparse(call.func) == "re.compile"]


def test_a_start_compiles_no_pattern() -> None:
    files = [file for folder in ("dialogs", "bot") for file in (ROOT / folder).rglob("*.py")]
    assert len(files) > 200
    assert {file.name: found for file in files if (found := compiled_at_import(file.read_text()))} == {}


@pytest.mark.parametrize(
    "unsound", [r"rejected me(?: for (?:[\w'-]+ ?){1,4})?(?=[,.!?;:]|$)", r"^(?:o+ ?)+$", r"(?:\w+,? ?){1,9}!"]
)
def test_a_pattern_that_would_run_away_is_found(unsound: str) -> None:
    assert runs_away(re.compile(unsound), 0.3)


def test_what_is_tried_leads_into_each_repetition() -> None:
    tried = list(hostile(r"gone (?:to|for) (?:[\w'-]+ ?){1,4}(?=,)"))
    assert any(said.startswith("gone to abab") for said in tried)


@pytest.mark.parametrize("weight", ["light", "full"])
def test_a_long_word_after_a_no_is_heard_like_any_other(weight: Any) -> None:
    ear = Ear(weight)
    ear.ready()
    with no_more_than(3 * GENEROUS):
        heard = ear.hear("you rejected me for " + "ab" * 400 + "# shame on you", TOLD)
    assert "accuse" in heard.moves
