"""Look for what opens a door (bandit) and for secrets in the files (detect-secrets); part of `make test`.

    python -m tools.audit

What they find and a person has judged stands in tools/audit.toml with the reason, by rule, file and function (a secret: by
its digest), so that it survives moved lines. Anything else is an error; so is a judgement that nothing is found for any more.
"""

from __future__ import annotations

import ast
import hashlib
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
JUDGED = ROOT / "tools" / "audit.toml"
CODE = ("bot", "dialogs", "tools", "benchmarks", "tests")
BINARY = (".bin", ".png", ".npz")

# What a secret of this kind of project looks like; a detector costs a second each, and most are for services nobody here uses.
SHAPES = (
    "TelegramBotTokenDetector",
    "PrivateKeyDetector",
    "GitHubTokenDetector",
    "JwtTokenDetector",
    "PypiTokenDetector",
)
DETECTORS = (
    *SHAPES, "KeywordDetector", "BasicAuthDetector", "Base64HighEntropyString", "HexHighEntropyString", "AWSKeyDetector", "OpenAIDetector",
)  # fmt: skip

# Sentences by the thousand and digests by the hundred: looked through for tokens and keys of a known shape, but not for
# strings that are merely unlike a word, which would find nothing but them.
WORDY = ("*.jsonl", "requirements.txt", "dialogs/*.yaml", "tests/calls/*.txt", "docs/*.json")

Found = tuple[str, str]
"""What a judgement is about: (rule, "path: function") or (kind of secret, "path: digest")."""


def doors(folder: Path, paths: Iterable[str]) -> Iterator[tuple[Found, str]]:
    """What bandit finds in the Python files below these paths: the finding, and a line for people."""
    from bandit.core.config import BanditConfig
    from bandit.core.manager import BanditManager

    manager = BanditManager(BanditConfig(), "file")
    manager.discover_files([str(folder / path) for path in paths], recursive=True)
    manager.run_tests()
    for issue in manager.get_issue_list():
        path = Path(issue.fname).relative_to(folder)
        place = f"{path}: {function_at(folder / path, issue.lineno)}"
        yield (issue.test_id, place), f"{path}:{issue.lineno}: {issue.test_id} {issue.text}"
    for name, why in manager.skipped:
        yield ("unread", str(name)), f"{name}: could not be read ({why})"


def function_at(path: Path, line: int) -> str:
    """The function (with its class) that a line stands in, or `module`."""
    around = [(first, name) for first, last, name in _functions(path) if first <= line <= last]
    return max(around)[1] if around else "module"


@cache
def _functions(path: Path) -> list[tuple[int, int, str]]:
    found = []

    def visit(node: ast.AST, outer: str) -> None:
        for child in ast.iter_child_nodes(node):
            name = outer
            if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                name = f"{outer}.{child.name}".lstrip(".")
                found.append((child.lineno, child.end_lineno or child.lineno, name))
            visit(child, name)

    visit(ast.parse(path.read_text("utf-8")), "")
    return found


def secrets_of(path: Path, name: str) -> list[tuple[Found, str]]:
    """What detect-secrets finds in one file."""
    from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
    from detect_secrets.core.scan import scan_file
    from detect_secrets.settings import transient_settings

    if any(fnmatch(name, pattern) for pattern in WORDY):
        text = path.read_text("utf-8")
        detectors = [d() for d in get_mapping_from_secret_type_to_class().values() if d.__name__ in SHAPES]
        seen = [
            (str(d.secret_type), str(s), text[: text.find(s)].count("\n") + 1)
            for d in detectors
            for s in d.analyze_string(text)
        ]
    else:
        with transient_settings({"plugins_used": [{"name": each} for each in DETECTORS]}):
            seen = [(str(s.type), str(s.secret_value), s.line_number) for s in scan_file(str(path))]
    return [
        ((kind, f"{name}: {hashlib.sha256(value.encode()).hexdigest()[:12]}"), f"{name}:{line}: {kind}")
        for kind, value, line in seen
    ]


def secrets(folder: Path, names: Iterable[str]) -> Iterator[tuple[Found, str]]:
    """What detect-secrets finds in these files; the detectors are slow, so every core helps."""
    wanted = [n for n in names if not n.endswith(BINARY) and (folder / n).is_file()]
    with ProcessPoolExecutor() as pool:
        for found in pool.map(secrets_of, [folder / n for n in wanted], wanted, chunksize=8):
            yield from found


def judge(found: Iterable[tuple[Found, str]], judgements: Iterable[dict[str, Any]]) -> list[str]:
    """The lines that are to be dealt with: what nobody has judged, and judgements about nothing.

    A judgement names its places; one with a `*` is a rule for a folder and needs no finding. A place that is found twice is
    named twice.
    """
    places, folders = Counter[Found](), list[Found]()
    for each in judgements:
        if len(str(each["why"]).split()) < 4:
            return [f"the judgement on {each['rule']} in {each['where'][0]} gives no reason"]
        for where in each["where"]:
            if "*" in where:
                folders.append((each["rule"], where))
            else:
                places[each["rule"], where] += 1
    left = []
    for (rule, where), line in found:
        if places[rule, where] > 0:
            places[rule, where] -= 1
        elif not any(rule == r and fnmatch(where, f) for r, f in folders):
            left.append(f"{line}\n    judge it in tools/audit.toml as {rule} in {where!r}, or mend it")
    stale = [f"tools/audit.toml: {r} in {w!r} is not found any more" for (r, w), n in places.items() if n > 0]
    return [*left, *stale]


def tracked(folder: Path) -> list[str]:
    """The files that are, or are about to be, part of the project."""
    command = ["git", "-C", str(folder), "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    return listed.stdout.splitlines()


def main() -> int:
    """Print what is to be dealt with; 1 when there is anything."""
    judged = tomllib.loads(JUDGED.read_text("utf-8"))
    left = judge(doors(ROOT, CODE), judged["door"]) + judge(secrets(ROOT, tracked(ROOT)), judged["secret"])
    print(*left, sep="\n", end="\n" if left else "", file=sys.stderr)
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
