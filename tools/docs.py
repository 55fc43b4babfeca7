"""Write the generated parts of README.md and docs/, or check that they are what the program says.

    python -m tools.docs           write them
    python -m tools.docs --check   exit 1 and name the page if one is out of date

A generated part stands between `<!-- generated: NAME -->` and `<!-- end -->`; a page of docs/ that is generated whole begins with
`<!-- generated: NAME -->` and has no end mark. NAME is a key of PARTS. What the patterns of hearing need (tools/needed.py) is written with them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from tools import needed
from tools.renew import ROOT, renew

SAMPLE = ROOT / "tests" / "calls" / "how-keen-one-seemed.txt"
"""The play that the README shows: a manager who is not on the ladder, so that nothing is given away to who climbs it."""

_PART = re.compile(r"<!-- generated: (?P<name>[a-z-]+) -->\n(?P<body>.*?)(?P<end><!-- end -->|\Z)", re.DOTALL)

PARTS: dict[str, str] = {
    # name → module:function that returns the text
    "diagram": "tools.docs:diagram",
    "help": "tools.docs:command_help",
    "call": "tools.docs:sample_call",
    "environment": "tools.docs:environment",
    "managers": "tools.docs:managers",
    "benchmarks": "benchmarks.page:table",
    "rules": "tools.rulebook:rules",
    "rubric": "tools.rulebook:rubric",
    "writing-first": "tools.lessons:first",
    "writing-levels": "tools.lessons:levels",
    "writing-voice": "tools.lessons:voice",
    "writing-cap": "tools.lessons:cap",
    "writing-reason": "tools.lessons:reason",
    "writing-house": "tools.lessons:house",
    "writing-opening": "tools.lessons:opening",
    "writing-door": "tools.lessons:door",
    "writing-check": "tools.lessons:check",
    "writing-fields": "tools.lessons:fields",
    "writing-kinds": "tools.lessons:kinds",
    "writing-headings": "tools.lessons:headings",
}


def diagram() -> str:
    """The call's phases as a Mermaid picture."""
    from dialogs.diagram import mermaid

    return f"```mermaid\n{mermaid()}\n```\n"


def command_help() -> str:
    """What `runner-up --help` prints."""
    from click.testing import CliRunner

    from bot.cli import cli

    text = CliRunner().invoke(cli, ["--help"], prog_name="runner-up", terminal_width=100).output
    return f"```text\n{text.rstrip()}\n```\n"


def sample_call() -> str:
    """The play that the README shows, without its bracket lines."""
    from dialogs.transcript import read_play

    text = SAMPLE.read_text(encoding="utf-8")
    read_play(text)  # a play that cannot be read is not shown
    shown = [line for line in text.splitlines() if not line.strip().startswith(("[", "#", "scenario:", "seed:"))]
    body = "\n".join(shown).strip()
    return f"```text\n{body}\n```\n"


def environment() -> str:
    """Every variable the program reads."""
    from bot.environment import VARIABLES

    rows = [f"| `{v.name}` | {v.shown_default} | {v.meaning} |" for v in VARIABLES]
    return "\n".join(["| name | default | meaning |", "|---|---|---|", *rows]) + "\n"


def managers() -> str:
    """The managers one can call."""
    from dialogs.scenario import library, read_scenario

    scenarios = sorted((read_scenario(p) for p in library().values()), key=lambda s: (s.rung or 99, s.name))
    rows = [f"| {s.rung or ''} | `{s.name}` | {s.title} | {s.teaches} |" for s in scenarios]
    return "\n".join(["| rung | name | who | what it teaches |", "|---|---|---|---|", *rows]) + "\n"


def _make(name: str) -> str:
    module, _, function = PARTS[name].partition(":")
    make: Callable[[], str] = getattr(import_module(module), function)
    return make()


def renewed(page: str) -> str:
    """The page with every generated part made afresh. Raises KeyError for a part nobody makes."""

    def part(found: re.Match[str]) -> str:
        return f"<!-- generated: {found['name']} -->\n{_make(found['name'])}{found['end']}"

    return _PART.sub(part, page)


def pages() -> list[Path]:
    """Every page that may have a generated part."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def main() -> int:
    return needed.main() | renew(pages(), renewed, "run: make docs")


if __name__ == "__main__":
    sys.exit(main())
