"""Break the table of the call in one small way at a time, and count what the quick tests do not notice.

Part of `make mutants`; mutmut passes over data and properties, which is all that dialogs/call is made of. The tests are collected once; each
mutant is a fork of that process, which breaks the loaded table and runs them until one fails. The tree is never touched.
"""

from __future__ import annotations
import __future__ as future

import ast
import os
import re
import resource
import sys
import time
from collections.abc import Callable, Container, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from importlib import import_module
from inspect import unwrap
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = tuple(ROOT / "dialogs" / "call" / f"{name}.py" for name in ("table", "hidden", "state", "mood", "steps", "end"))
TESTS = (
    "test_call_table.py",
    "test_call_rules.py",
    "test_call_questions.py",
    "test_call_mood.py",
    "test_call_hurt.py",
    "test_manager_levels.py",
    "test_manager_lines.py",
    "test_manager.py",
)
# No plugins and no rewritten assertions: these tests need neither.
PLAINLY = ("-c", os.devnull, f"--rootdir={ROOT}", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:terminal")
LONGEST = 60  # seconds of the processor, so that nothing is noticed because the machine is busy; a mutant that hangs is

# What differs in nothing that anybody could notice: what it is, wherever it stands → the reason.
EQUIVALENT = {
    "feel: Gt in effect.trust > 0": "a trust of nothing is nothing, whatever share of it",
    "feel: Gt in effect.patience > 0": "and so is a patience of nothing",
    "reachable: 4, one more": "no kind of reason has a ceiling above 4",
    "told: without 0 in self.given or 0": "False counts as 0",
    "told: 0, one more": "nothing and the lowest levels are all below 2",
}

Names = dict[str, Any]


@dataclass(frozen=True)
class Mutant:
    """One change: how it is called, and what does it to the loaded modules."""

    name: str
    do: Callable[[], None]

    @property
    def kind(self) -> str:
        """Its name without the place in the function, which moves with every line before it."""
        return re.sub(r"\+-?\d+\.\d+(?=: )", "", self.name)


def names_of(page: Path) -> Names:
    """What the loaded module of this file calls by a name."""
    return vars(import_module(f"dialogs.call.{page.stem}"))


# -- rows and feelings: lines of code run behind the table ----------------------------------------------------------


def rows() -> Iterator[Mutant]:
    """Each row dropped; its target, condition and scene changed; each of its triggers and phases taken out."""
    from dialogs.call import FEEL, TABLE, Phase, steps

    order = list(Phase)

    def with_line(name: str, line: str) -> Mutant:
        def do() -> None:
            names: Names = {name: value for page in PAGES for name, value in names_of(page).items()}
            exec(f"from dataclasses import replace as _but\n{line}", names)  # noqa: S102 - lines of this page
            everywhere("TABLE", names["TABLE"])
            everywhere("RULES", steps._rules(steps._build(names["TABLE"])))

        return Mutant(name, do)

    for at, row in enumerate(TABLE):
        place = f"row {at + 1}, {row.name or 'silent'}"

        def but(change: str, at: int = at) -> str:
            return f"TABLE = (*TABLE[:{at}], _but(TABLE[{at}], {change}), *TABLE[{at + 1}:])"

        yield with_line(f"{place}: gone", f"TABLE = (*TABLE[:{at}], *TABLE[{at + 1}:])")
        for to in {None, order[(order.index(row.to) + 1) % len(order)] if row.to else Phase.CLOSING} - {row.to}:
            yield with_line(f"{place}: to {to}", but(f"to={f'Phase({to.value!r})' if to else None}"))
        yield with_line(f"{place}: another scene", but(f"scene={'kind' if row.scene != 'kind' else 'cool'!r}"))
        if row.when:
            yield with_line(f"{place}: always", but("when=''"))
            negated = f"Call._not = property(lambda self: not self.{row.when})"
            other_way = but("when='_not'")
            yield with_line(f"{place}: unless", f"{negated}\n{other_way}")
        for kind, values in (("triggers", row.triggers), ("phases", row.phases)):
            for value in values if len(values) > 1 else ():
                kept = f"tuple(x for x in TABLE[{at}].{kind} if x != {str(value)!r})"
                yield with_line(f"{place}: without {value!s}", but(f"{kind}={kept}"))
    for move, effect in FEEL.items():
        yield with_line(f"feel {move}: nothing", f"del FEEL[Move({move.value!r})]")
        for what in ("trust", "patience", "minutes"):
            if getattr(effect, what):
                changed = f"_but(FEEL[Move({move.value!r})], {what}={getattr(effect, what) / 2})"
                yield with_line(f"feel {move}: half the {what}", f"FEEL[Move({move.value!r})] = {changed}")


# -- conditions and functions: changes of the syntax tree -----------------------------------------------------------

SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot,
    ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add,
    ast.Mult: ast.Div, ast.Div: ast.Mult,
}  # fmt: skip


def code() -> Iterator[Mutant]:
    """Each comparison, connective, sum, number and `not` in a condition or function changed; each part of an and/or left out."""
    for page in PAGES:
        yield from _code_of(page)


def _code_of(page: Path) -> Iterator[Mutant]:
    tree = ast.parse(page.read_text("utf-8"))
    left_alone = ("_build", "_rules", "_row", "__post_init__")  # they make the table, and are not the rules
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name not in left_alone]
    for function in functions:
        function.decorator_list.clear()  # how much is remembered is no rule
        for at, node in enumerate(ast.walk(function)):
            for number, what in enumerate(_changes(node)):
                line, column = (
                    getattr(node, "lineno", function.lineno) - function.lineno,
                    getattr(node, "col_offset", 0),
                )
                yield Mutant(f"{function.name}+{line}.{column}: {what}", _in_function(page, function, at, number))
    for assigned in tree.body:  # the numbers that have a name
        if isinstance(assigned, ast.Assign) and isinstance(assigned.targets[0], (ast.Name, ast.Tuple)):
            for at, part in enumerate(ast.walk(assigned.value)):
                if _is_number(part):
                    yield Mutant(f"{ast.unparse(assigned)}: one more at {at}", _in_number(page, assigned, at))


def _in_function(page: Path, function: ast.FunctionDef, at: int, number: int) -> Callable[[], None]:
    def do() -> None:
        names = names_of(page)
        changed = deepcopy(function)
        list(_changes(list(ast.walk(changed))[at], do=number))
        made: Names = {}
        module = ast.fix_missing_locations(ast.Module([changed], []))
        exec(compile(module, str(page), "exec", flags=future.annotations.compiler_flag), dict(names), made)  # noqa: S102
        found = names.get(function.name) or _within(names, function.name)
        if isinstance(found, property):
            found = found.fget
        elif isinstance(found, classmethod):
            found = found.__func__
        unwrap(found).__code__ = made[function.name].__code__

    return do


def _within(names: Names, function: str) -> Any:
    """A property or method of this name, of the class on this page that has one."""
    return next(vars(each)[function] for each in names.values() if isinstance(each, type) and function in vars(each))


def _in_number(page: Path, assigned: ast.Assign, at: int) -> Callable[[], None]:
    def do() -> None:
        changed = deepcopy(assigned)
        list(ast.walk(changed.value))[at].value += 1  # type: ignore[attr-defined]
        made: Names = {}
        module = ast.fix_missing_locations(ast.Module([changed], []))
        exec(compile(module, str(page), "exec"), dict(names_of(page)), made)  # noqa: S102
        for name, value in made.items():
            everywhere(name, value)

    return do


def everywhere(name: str, value: object) -> None:
    """Whoever has imported this by its name has the new one too."""
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").split(".")[0] in ("dialogs", "tests") and name in vars(module):
            setattr(module, name, value)


def _is_number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def _changes(node: ast.AST, do: int | None = None) -> Iterator[str]:
    """What can be done to this node, in words; the one numbered `do` is done."""
    count = -1

    def this() -> bool:
        nonlocal count
        count += 1
        return count == do

    if isinstance(node, ast.Compare):
        for at, op in enumerate(node.ops):
            yield f"{type(op).__name__} in {ast.unparse(node)}"
            if this():
                node.ops[at] = SWAPPED[type(op)]()
    elif isinstance(node, ast.BoolOp):
        said = ast.unparse(node)
        yield f"{type(node.op).__name__} in {said}"
        if this():
            node.op = SWAPPED[type(node.op)]()
        for at in range(len(node.values)):
            yield f"without {ast.unparse(node.values[at])} in {said}"
            if this():
                node.values[at] = ast.Constant(isinstance(node.op, ast.And))
    elif isinstance(node, (ast.BinOp, ast.AugAssign)) and type(node.op) in SWAPPED:
        yield f"{type(node.op).__name__} in {ast.unparse(node)}"
        if this():
            node.op = SWAPPED[type(node.op)]()
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield f"dropped: {ast.unparse(node)}"
        if this():
            node.op = ast.UAdd()
            node.operand = ast.Call(ast.Name("bool", ast.Load()), [node.operand], [])
    elif _is_number(node):
        yield f"{ast.unparse(node)}, one more"
        if this():
            node.value += 1  # type: ignore[attr-defined]


# -- running ---------------------------------------------------------------------------------------------------------


class _Trial:
    """Instead of running the collected tests once: once for each mutant, in a fork, until one fails."""

    def __init__(self, mutants: Sequence[Mutant], at_once: int) -> None:
        self._mutants, self._at_once = mutants, at_once
        self.left: list[Mutant] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        waiting, running = list(reversed(self._mutants)), dict[int, Mutant]()
        while waiting or running:
            while waiting and len(running) < self._at_once:
                mutant = waiting.pop()
                child = os.fork()
                if not child:
                    os._exit(self._passes(mutant, session))
                running[child] = mutant
            child, status = os.wait()
            mutant = running.pop(child)
            if status == 0:
                self.left.append(mutant)
                print(f"    {mutant.name}", flush=True)
        return True

    @staticmethod
    def _passes(mutant: Mutant, session: pytest.Session) -> int:
        from _pytest.runner import runtestprotocol

        resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST + 1))
        try:
            mutant.do()
        except Exception as error:
            print(f"{mutant.name} cannot be made: {error!r}", file=sys.stderr, flush=True)
            return 0
        try:
            for at, item in enumerate(session.items):
                following = session.items[at + 1] if at + 1 < len(session.items) else None
                if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
                    return 1
        except BaseException:
            return 2
        return 0


def score(only: Container[str] | None = None) -> float:
    """Break everything once (or only what is named so); gives how many of a hundred were noticed, those that differ in nothing left out."""
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    untouched = Mutant("(nothing was changed: this one must pass)", lambda: None)
    mutants = [m for m in (*rows(), *code()) if m.kind not in EQUIVALENT and (only is None or m.name in only)]
    began = time.monotonic()
    print("table, not noticed:", flush=True)
    trial = _Trial([untouched, *mutants], os.cpu_count() or 1)
    pytest.main([*PLAINLY, *(f"tests/{t}" for t in TESTS)], plugins=[trial])
    if untouched not in trial.left:
        print("the tests fail on the table as it is", file=sys.stderr)
        return 0.0
    noticed = len(mutants) + 1 - len(trial.left)
    share = 100 * noticed / max(len(mutants), 1)
    print(
        f"table: {noticed} of {len(mutants)} noticed ({share:.1f} %), {len(EQUIVALENT)} left out as equivalent, "
        f"in {time.monotonic() - began:.0f} s"
    )
    return share


if __name__ == "__main__":
    # With a file: only the mutants it names, one a line, such as those that were left the last time.
    score({line.strip() for line in Path(sys.argv[1]).read_text("utf-8").splitlines()} if sys.argv[1:] else None)
