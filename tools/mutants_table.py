"""Break the table of the call in one small way at a time, and count what the quick tests do not notice.

Part of `make mutants`; mutmut passes over data and properties, which is all that dialogs/call.py is made of. Each mutant is one process,
forked from one that has loaded everything but the call; so the tree is never touched and a thousand of them take some minutes.
"""

from __future__ import annotations

import ast
import os
import signal
import sys
import time
from collections.abc import Container, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
MODULE, FILE = "dialogs.call", ROOT / "dialogs" / "call.py"
TESTS = ("test_call_table.py", "test_call_rules.py", "test_manager_rules.py", "test_manager.py")
AFTER_THE_TABLE = "\ndef _build("  # what is done to the rows is done before the machine is made of them
# No plugins and no rewritten assertions: these tests need neither, and a run takes a fifth of the time.
PLAINLY = ("-x", "-q", "-c", os.devnull, f"--rootdir={ROOT}", "--assert=plain", "-p", "no:cacheprovider")
LONGEST = 60  # seconds; a mutant that hangs is noticed

# What differs in nothing that anybody could notice: name → the reason.
EQUIVALENT: dict[str, str] = {}


@dataclass(frozen=True)
class Mutant:
    """One change: how it is called, and the source it makes."""

    name: str
    source: str


# -- rows and feelings: lines of code put behind the table ---------------------------------------------------------


def rows(source: str) -> Iterator[Mutant]:
    """Each row dropped; its target, condition and scene changed; each of its triggers and phases taken out."""
    from dialogs.call import FEEL, TABLE, Phase

    before, mark, after = source.partition(AFTER_THE_TABLE)
    order = list(Phase)

    def with_line(name: str, line: str) -> Mutant:
        return Mutant(name, f"{before}\nfrom dataclasses import replace as _but\n{line}\n{mark}{after}")

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


def code(source: str) -> Iterator[Mutant]:
    """Each comparison, connective, sum, number and `not` in a condition or function changed; each part of an and/or left out."""
    tree = ast.parse(source)
    functions = [
        n
        for n in ast.walk(tree)
        if isinstance(n, ast.FunctionDef) and n.name not in ("_build", "_rules", "_row", "__post_init__")
    ]
    for function in functions:
        for node in ast.walk(function):
            for number, what in enumerate(_changes(node)):
                changed = deepcopy(tree)
                there = next(n for a, n in zip(ast.walk(tree), ast.walk(changed), strict=True) if a is node)
                list(_changes(there, do=number))
                line = getattr(node, "lineno", function.lineno) - function.lineno
                yield Mutant(f"{function.name}+{line}: {what}", ast.unparse(ast.fix_missing_locations(changed)))
    for node in tree.body:  # the numbers that have a name
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and (value := node.value) is not None:
            name = ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)
            for at, part in enumerate(p for p in ast.walk(value) if _is_number(p) and not name.startswith("FEEL")):
                changed = deepcopy(tree)
                there = next(n for a, n in zip(ast.walk(tree), ast.walk(changed), strict=True) if a is part)
                there.value += 1
                yield Mutant(f"{name}[{at}]: one more", ast.unparse(changed))


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


class _Instead(MetaPathFinder, Loader):
    """Gives the call from this source, and every other module as it is."""

    def __init__(self, source: str) -> None:
        self._source = source

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        return spec_from_loader(name, self, origin=str(FILE)) if name == MODULE else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._source, str(FILE), "exec"), module.__dict__)  # noqa: S102 - our own source, changed in one place


def _fork(mutant: Mutant, tests: Sequence[str]) -> int:
    """Run the tests on it in a process of its own."""
    child = os.fork()
    if child:
        return child
    signal.alarm(LONGEST)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    code = 1
    try:
        import pytest

        sys.meta_path.insert(0, _Instead(mutant.source))
        code = int(pytest.main([*PLAINLY, *(f"tests/{t}" for t in tests)]))
    finally:
        os._exit(min(code, 255))


def survivors(mutants: Sequence[Mutant], tests: Sequence[str], at_once: int) -> list[Mutant]:
    """Those that every test let pass."""
    import pytest  # noqa: F401 - loaded once, here, for all
    import transitions  # noqa: F401
    import yaml  # noqa: F401

    for name in [n for n in sys.modules if n.split(".")[0] in ("dialogs", "bot", "tests")]:
        del sys.modules[name]  # they hold the call as it is
    waiting, running, left = list(reversed(mutants)), dict[int, Mutant](), list[Mutant]()
    while waiting or running:
        while waiting and len(running) < at_once:
            mutant = waiting.pop()
            running[_fork(mutant, tests)] = mutant
        child, status = os.wait()
        mutant = running.pop(child)
        if status == 0:
            left.append(mutant)
            print(f"    {mutant.name}", flush=True)
    return left


def score(only: Container[str] | None = None) -> float:
    """Break everything once (or only what is named so); gives how many of a hundred were noticed, those that differ in nothing left out."""
    os.chdir(ROOT)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    source = FILE.read_text("utf-8")
    mutants = [m for m in (*rows(source), *code(source)) if m.name not in EQUIVALENT and (only is None or m.name in only)]
    began = time.monotonic()
    print("table, not noticed:", flush=True)
    untouched = Mutant("(nothing was changed: this one must pass)", source)
    left = survivors([untouched, *mutants], TESTS, os.cpu_count() or 1)
    if untouched not in left:
        print("the tests fail on the table as it is", file=sys.stderr)
        return 0.0
    noticed = len(mutants) + 1 - len(left)
    share = 100 * noticed / max(len(mutants), 1)
    print(
        f"table: {noticed} of {len(mutants)} noticed ({share:.1f} %), {len(EQUIVALENT)} left out as equivalent, "
        f"in {time.monotonic() - began:.0f} s"
    )
    return share


if __name__ == "__main__":
    # With a file: only the mutants it names, one a line, such as those that were left the last time.
    score({line.strip() for line in Path(sys.argv[1]).read_text("utf-8").splitlines()} if sys.argv[1:] else None)
