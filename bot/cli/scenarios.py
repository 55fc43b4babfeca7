"""`runner-up scenarios`: the managers one can call, and the tools to write more."""

from __future__ import annotations

import json
from pathlib import Path

import click
from click_default_group import DefaultGroup

from bot.library import find, own_folder, read
from dialogs.scenario import BadScenario, Scenario, faults, library
from dialogs.scenes import HEADINGS, SCENES


@click.group(cls=DefaultGroup, default="list", default_if_no_args=True)
def scenarios() -> None:
    """The managers one can call.

    \b
    runner-up scenarios            list them
    runner-up scenarios show harbour
    """


@scenarios.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_(as_json: bool) -> None:
    """List every manager, with what calling them teaches."""
    for name, path in library(own_folder()).items():
        try:
            scenario = read(path)
        except BadScenario as error:
            click.echo(f"{name}: has faults and is left out; see: runner-up scenarios check {path}", err=True)
            if as_json:
                click.echo(json.dumps({"name": name, "faults": [str(f) for f in error.faults]}))
            continue
        if as_json:
            click.echo(json.dumps(_facts(scenario), ensure_ascii=False))
        else:
            rung = f"{scenario.rung}." if scenario.rung else "  "
            click.echo(f"{rung:3} {name:18} {scenario.title}")
            if scenario.teaches:
                click.echo(f"    {'':18} {scenario.teaches}")


@scenarios.command()
@click.argument("name")
@click.option("--spoilers", is_flag=True, help="Also show the hidden reason and what she thinks.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def show(name: str, spoilers: bool, as_json: bool) -> None:
    """Read a manager's lines through, scene by scene."""
    scenario = find(name)
    if as_json:
        lines = {h: list(v) for h, v in scenario.lines.items()}
        click.echo(json.dumps(_facts(scenario) | {"says": lines}, ensure_ascii=False, indent=2))
        return
    click.echo(
        f"{scenario.title}\n{scenario.manager}, {scenario.company}; {scenario.manner}, house style {scenario.house}"
    )
    if scenario.about:
        click.echo(f"\n{scenario.about}")
    if spoilers:
        click.echo(f"\nThe reason ({scenario.reason}): {scenario.truth}\nWhat she thought: {scenario.thought}")
        click.echo(f"Policy cap: level {scenario.cap}; highest level anyone can reach: {scenario.hidden.reachable}")
    for heading in HEADINGS:
        if heading in scenario.lines:
            click.echo(f"\n{heading}: {SCENES[heading].about}")
            for line in scenario.lines[heading]:
                click.echo(f"  - {line}")


@scenarios.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Check scenario FILES; every mistake is named by line, all at once."""
    bad = 0
    for path in files:
        try:
            found = faults(path)
        except OSError as error:
            raise click.ClickException(f"{path} cannot be read: {error.strerror}.") from None
        bad += len(found)
        for fault in found:
            click.echo(str(fault))
    if bad:
        raise SystemExit(1)
    click.echo(f"{len(files)} {'file' if len(files) == 1 else 'files'} without faults.", err=True)


def _facts(scenario: Scenario) -> dict[str, object]:
    return {
        "name": scenario.name,
        "title": scenario.title,
        "manager": scenario.manager,
        "company": scenario.company,
        "job": scenario.job,
        "manner": scenario.manner,
        "house": scenario.house,
        "rung": scenario.rung or None,
        "teaches": scenario.teaches,
        "version": scenario.version,
    }
