"""`runner-up scenarios`: the managers one can call, and the tools to write more."""

from __future__ import annotations

import json
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click_default_group import DefaultGroup

from bot.library import find, own_folder, read
from bot.prog_name import as_typed, tell
from bot.width import WIDTH, columns
from bot.width import show as show_text
from dialogs.levels import named
from dialogs.scenario import BadScenario, Scenario, library
from dialogs.scenes import HEADINGS, SCENES

if TYPE_CHECKING:
    from dialogs.scenario.remarks import Remark


@click.group(cls=DefaultGroup, default="list", default_if_no_args=True)
def scenarios() -> None:
    """The managers one can call.

    \b
    runner-up scenarios              list them
    runner-up scenarios show harbour
    runner-up scenarios new          write one of your own
    """


BESIDE_THE_LADDER = 99
LADDER = """
1 to 9 are the rungs of a ladder, from the easiest call to the hardest; `runner-up call` takes the next one for you.
Those without a number stand beside it. Call anybody by the name in the second column: runner-up call NAME"""


@scenarios.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_(as_json: bool) -> None:
    """List every manager, the ladder first, with what calling them teaches."""
    found: list[Scenario] = []
    for name, path in library(own_folder()).items():
        try:
            found.append(read(path))
        except BadScenario as error:
            tell(f"{name}: has faults and is left out; see: runner-up scenarios check {path}")
            if as_json:
                click.echo(json.dumps({"name": name, "faults": [str(f) for f in error.faults]}))
    found.sort(key=lambda s: (s.rung or BESIDE_THE_LADDER, s.name))
    for scenario in found:
        if as_json:
            click.echo(json.dumps(_facts(scenario), ensure_ascii=False))
        else:
            rung = f"{scenario.rung}." if scenario.rung else "  "
            narrow = (columns() or WIDTH) < 64  # there the second column has a line of its own
            name, indent = (f"{scenario.name}\n", "    ") if narrow else (f"{scenario.name:18} ", f"{'':23}")
            show_text(f"{rung:3} {name}{indent if narrow else ''}{scenario.title}")
            if scenario.teaches:
                show_text(f"{indent}{scenario.teaches}")
    if found and not as_json:
        tell(LADDER)


@scenarios.command()
@click.argument("name")
@click.option("--spoilers", is_flag=True, help="Also show the hidden reason and what the manager thought.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def show(name: str, spoilers: bool, as_json: bool) -> None:
    """Read a manager's lines through, scene by scene."""
    from dialogs.scenario.remarks import never_on_any_day

    scenario = find(name)
    if as_json:
        lines = {h: list(v) for h, v in scenario.lines.items()}
        click.echo(json.dumps(_facts(scenario) | {"says": lines}, ensure_ascii=False, indent=2))
        return
    show_text(
        f"{scenario.title}\n{scenario.manager}, {scenario.company}; {scenario.manner}, house style {scenario.house}"
    )
    if scenario.about:
        show_text(f"\n{scenario.about}")
    if spoilers:
        show_text(
            f"\nThe reason ({scenario.reason}): {scenario.truth}\nWhat {scenario.first_name} thought: {scenario.thought}"
        )
        show_text(
            f"The house allows {named(scenario.cap)}; the most that anyone can reach is {named(scenario.hidden.reachable)}."
        )
    never = never_on_any_day(scenario)
    for heading in HEADINGS:
        if heading in scenario.lines and heading not in never:
            show_text(f"\n{heading}: {SCENES[heading].about}")
            for line in scenario.lines[heading]:
                show_text(f"  - {line}")


@scenarios.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a remark.")
def check(files: tuple[Path, ...], as_json: bool) -> None:
    """Check scenario FILES or folders (all, when none is named): what keeps one from being used, and what reads oddly.

    \b
    runner-up scenarios check my-manager.yaml
    """
    from dialogs.scenario.remarks import remarks

    files = tuple(path for file in files for path in _paths_of(file)) or tuple(library(own_folder()).values())
    errors = warnings = 0
    for path in files:
        try:
            found = remarks(path)
        except OSError as error:
            raise click.ClickException(f"{path} cannot be read: {error.strerror}.") from None
        errors += sum(r.error for r in found)
        warnings += sum(not r.error for r in found)
        for remark in found:
            click.echo(json.dumps(_remark_json(path, remark), ensure_ascii=False) if as_json else as_typed(str(remark)))
    looked = f"{len(files)} {'file' if len(files) == 1 else 'files'}"
    click.echo(f"{looked}: {_count(errors, 'error')}, {_count(warnings, 'warning')}.", err=True)
    if errors:
        raise SystemExit(1)


def _count(n: int, thing: str) -> str:
    return f"{n or 'no'} {thing}{'' if n == 1 else 's'}"


def _paths_of(file: Path) -> list[Path]:
    """A file, every scenario in a folder, or the file of the scenario of that name."""
    if file.is_dir():
        if found := sorted([*file.glob("*.yaml"), *file.glob("*.yml")]):
            return found
        raise click.ClickException(
            f"There is no scenario in {file}. Write one: runner-up scenarios new {file / 'mine.yaml'}"
        )
    if file.exists():
        return [file]
    known = library(own_folder())
    if str(file) not in known:
        close = get_close_matches(str(file), known, n=1)
        hint = f" Did you mean '{close[0]}'?" if close else ""
        raise click.ClickException(f"There is no file and no scenario '{file}'.{hint} See: runner-up scenarios")
    return [known[str(file)]]


def _remark_json(path: Path, remark: Remark) -> dict[str, object]:
    fault = remark.fault
    return {
        "file": str(path),
        "line": fault.line,
        "error": remark.error,
        "text": fault.text,
        "way_out": remark.way_out,
    }


@scenarios.command("map")
@click.argument("name")
@click.option("--svg", is_flag=True, help="As SVG instead of Mermaid.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write it to this file.")
def map_(name: str, svg: bool, out: Path | None) -> None:
    """Draw a manager's call: the phases and ways it can take.

    \b
    runner-up scenarios map harbour --svg --out harbour.svg
    """
    from dialogs.scenario.diagram import mermaid_of, svg_of

    scenario = find(name)
    if out is not None and out.suffix not in (".svg", ".mmd", ".md", ".txt", ""):
        raise click.ClickException(f"A map is written as .svg (a picture) or .mmd (Mermaid text), not as {out.suffix}.")
    as_svg = svg or (out is not None and out.suffix == ".svg")
    _put(svg_of(scenario) if as_svg else mermaid_of(scenario) + "\n", out)


@scenarios.command("schema")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write it to this file.")
def schema_(out: Path | None) -> None:
    """Print the JSON Schema of a scenario file, for an editor that checks while you write."""
    from dialogs.scenario.schema import schema

    _put(json.dumps(schema(), ensure_ascii=False, indent=2) + "\n", out)


def _put(text: str, out: Path | None) -> None:
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}.") from None
    click.echo(f"Written: {out}", err=True)


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


# -- in files of their own -------------------------------------------------------------------------------

from bot.cli.scenarios_new import new  # noqa: E402
from bot.cli.scenarios_simulate import simulate  # noqa: E402

scenarios.add_command(new)
scenarios.add_command(simulate)
