"""What can be generated in the documents is generated, and up to date."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import docs


@pytest.mark.parametrize("page", docs.pages(), ids=lambda p: p.name)
def test_the_generated_parts_say_what_the_program_says(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert docs.renewed(text) == text, "run: make docs"


def test_every_variable_that_is_read_is_told_and_every_one_told_is_read() -> None:
    import re

    from bot.environment import VARIABLES

    source = (docs.ROOT / "bot/settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'"((?:RUNNER_UP|TELEGRAM|WEBHOOK)_[A-Z_]+|PORT)"', source))
    assert {v.name for v in VARIABLES} >= read - {"TELEGRAM_BASE"}
    assert all(v.name in source for v in VARIABLES)


def test_every_trigger_of_the_table_is_told_in_the_rules_and_no_sentence_reads_as_code() -> None:
    from dialogs.call import SIGNALS

    told = (docs.ROOT / "docs/rules.md").read_text(encoding="utf-8")
    (signals,) = (line for line in told.splitlines() if line.startswith("No moves are"))
    assert all(f"`{signal}`" in signals for signal in SIGNALS)
    assert not [line for line in told.splitlines() if line.startswith("    ")]


def test_the_map_of_the_tree_names_every_package_and_nothing_that_is_not_there() -> None:
    import re

    told = (docs.ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?m)^\| `([a-z_/]+)/` \|", told))
    tracked = {path for top in ("bot", "dialogs") for path in (docs.ROOT / top).rglob("*.py")}
    packages = {path.parent.relative_to(docs.ROOT).as_posix() for path in tracked}
    assert packages <= named
    assert [folder for folder in named if not (docs.ROOT / folder).is_dir()] == []


def test_every_command_that_a_page_names_is_there_with_its_options() -> None:
    import re

    import click

    from bot.cli import cli

    wrong = []
    for page in [*docs.pages(), docs.ROOT / "CONTRIBUTING.md"]:
        for typed in re.findall(r"runner-up ((?:[a-z]+ )?[a-z]+[^`#\n|]*)", page.read_text(encoding="utf-8")):
            command: click.Command = cli
            for word in typed.split():
                found = command.get_command(click.Context(command), word) if isinstance(command, click.Group) else None
                if found is None:
                    break
                command = found
            if command is cli:  # a sentence about the program, a folder, a service
                continue
            if isinstance(command, click.Group) and (default := getattr(command, "default_cmd_name", "")):
                listed = command.get_command(click.Context(command), default)
                command = listed or command
            known = {opt for param in command.params for opt in param.opts}
            asked = re.findall(r"(?<=\s)(--[a-z-]+)", typed.split(";")[0].split(" (")[0])
            wrong += [f"{page.name}: runner-up {typed}" for opt in asked if opt not in known | {"--help"}]
    assert wrong == []


def test_the_readme_opens_with_what_it_is_a_call_and_the_two_commands() -> None:
    import re

    readme = (docs.ROOT / "README.md").read_text(encoding="utf-8")
    order = [
        readme.index(part) for part in ("Practise the call", "<!-- generated: call -->", "make run ", "make test ")
    ]
    assert order == sorted(order)
    first = readme[: readme.index("make test ")]
    assert len(first.splitlines()) < 45
    assert not re.search(r"(?m)^#{2,} (?!Two commands)", first)
