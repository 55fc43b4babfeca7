"""Which module knows which: the tree says it (CONTRIBUTING.md), and an import inside a function does not get round it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILES = [path for folder in ("bot", "dialogs") for path in sorted((ROOT / folder).rglob("*.py"))]


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name_of(path): path for path in FILES}


def imported(node: ast.AST) -> Iterator[str]:
    """The modules of the program that are imported below this node, late ones too; what only a type checker reads is left out."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        if isinstance(child, ast.ImportFrom):
            for alias in child.names:
                whole = f"{child.module}.{alias.name}"
                yield from [whole if whole in MODULES else str(child.module)]
        elif isinstance(child, ast.Import):
            yield from [alias.name for alias in child.names]
        yield from imported(child)


KNOWS = {
    name: set(imported(ast.parse(path.read_text("utf-8")))) & set(MODULES) - {name} for name, path in MODULES.items()
}


def test_no_two_modules_import_each_other_by_whatever_way_round() -> None:
    try:
        TopologicalSorter(KNOWS).prepare()
    except CycleError as circle:
        raise AssertionError(" → ".join(reversed(circle.args[1]))) from None


def test_the_call_knows_nothing_of_the_shell_and_only_the_command_line_knows_itself() -> None:
    assert [
        (m, k) for m, known in KNOWS.items() for k in known if m.startswith("dialogs") and k.startswith("bot")
    ] == []
    below = {m: known for m, known in KNOWS.items() if not m.startswith("bot.cli") and m != "bot.__main__"}
    assert [(m, k) for m, known in below.items() for k in known if k.startswith("bot.cli")] == []
