"""`runner-up scenarios simulate`: thousands of calls by simulated candidates, and what they come to."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import click

from bot.library import find, own_folder, read
from bot.prog_name import tell
from dialogs.candidates import AVERAGE_PLAY, STYLES
from dialogs.scenario import BadScenario, Scenario, library
from dialogs.simulate import SHARES, Tally, order_faults

QUARTER = 0.25  # of the lines: more than this in two calls in a row sounds like a tape


@click.command()
@click.argument("names", nargs=-1)
@click.option("--calls", type=click.IntRange(1, 1_000_000), default=200, show_default=True, help="Calls a scenario.")
@click.option("--style", "styles", multiple=True, type=click.Choice(STYLES), help="Only this style; may be repeated.")
@click.option("--seed", type=click.IntRange(0, 10**9), default=1, show_default=True, help="The first seed.")
@click.option(
    "--hearing",
    type=click.Choice(["light", "full", "none"]),
    default="light",
    show_default=True,
    help="How the candidates are heard; none measures the rules alone.",
)
@click.option("--soak", is_flag=True, help="Check every promise of every call; a failing call is kept as a play.")
@click.option("--drawn", is_flag=True, help="Managers by lot instead, one call each, in average play: the base rates.")
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("failed-calls"),
    show_default=True,
    help="Where failing calls are kept.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a scenario.")
def simulate(
    names: tuple[str, ...],
    calls: int,
    styles: tuple[str, ...],
    seed: int,
    hearing: str,
    soak: bool,
    drawn: bool,
    keep: Path,
    as_json: bool,
) -> None:
    """Let simulated candidates call, and measure: outcome and level by style, lines never said, repetition, length.

    \b
    runner-up scenarios simulate harbour --calls 1000
    runner-up scenarios simulate --soak --calls 500
    """
    from bot.simulation import Plan, simulated
    from bot.simulation import drawn as by_lot

    plan = Plan(calls, seed, styles or STYLES, hearing, soak)
    began = time.monotonic()
    if drawn:
        if names:
            raise click.ClickException("--drawn draws its managers by lot; leave the names out.")
        _show_drawn(by_lot(calls, Plan(1, seed, styles or AVERAGE_PLAY, hearing, soak)), as_json=as_json)
        return
    chosen = [find(name) for name in names] or _all()
    total, broken = 0, []
    for scenario, tally in zip(chosen, simulated(chosen, plan), strict=True):
        total += tally.total
        broken += tally.broken
        click.echo(json.dumps(tally.as_json(scenario), ensure_ascii=False) if as_json else _told(scenario, tally))
    click.echo(f"{total} calls in {time.monotonic() - began:.0f} s.", err=True)
    if soak:
        _keep_broken(broken, keep)


def _all() -> list[Scenario]:
    found = []
    for name, path in library(own_folder()).items():
        try:
            found.append(read(path))
        except (BadScenario, OSError):
            tell(f"{name} has faults and is left out; see: runner-up scenarios check {path}")
    return found


def _told(scenario: Scenario, tally: Tally) -> str:
    out = [f"{scenario.name}: {tally.total} calls; no candidate can reach more than level {scenario.hidden.reachable}"]
    out.append(f"  {'style':16} {'calls':>5} {'level':>6}   {'0  1  2  3  4':^24} {'turns':>6} {'alike':>6}   ends")
    for style in STYLES:
        if not (n := tally.calls[style]):
            continue
        levels = " ".join(f"{100 * tally.levels[style, level] / n:3.0f}%" for level in range(5))
        ends = ", ".join(
            f"{o} {100 * m / n:.0f}%" for (s, o), m in tally.outcomes.most_common() if s == style and m >= n / 50
        )
        out.append(
            f"  {style:16} {n:5} {tally.mean_level(style):6.2f}   {levels:24} {tally.turns[style] / n:6.1f} "
            f"{100 * tally.repetition(style):5.0f}%   {ends}"
        )
    lines, rows, phases = tally.coverage(scenario)
    out.append(
        f"  reached: lines {100 * lines:.1f} %, rows {100 * rows:.0f} %, phases {100 * phases:.0f} %; "
        f"two calls in a row share {100 * tally.repetition():.1f} % of their lines"
    )
    out += [f"  never said: {heading}: {line}" for heading, line in tally.missing_lines(scenario)[:12]]
    out += [f"  never taken: {row}" for row in tally.missing_rows(scenario)]
    out += [f"  never in phase: {phase}" for phase in tally.missing_phases(scenario)]
    out += [f"  unexpected: {fault}" for fault in order_faults(tally, scenario)]
    if tally.repetition() > QUARTER:
        out.append("  unexpected: two calls in a row share more than a quarter of their lines")
    out += [f"  BROKEN: {promise}" for promise in sorted({promise for promise, _ in tally.broken})]
    return "\n".join(out) + "\n"


def _show_drawn(tally: Tally, *, as_json: bool) -> None:
    styles = [s for s in STYLES if tally.calls[s]]
    if len(styles) > 1 and not as_json:
        click.echo(f"all: {tally.total} drawn managers, {100 * tally.ends_low():.0f} % end at level 0-2")
    for style in styles:
        levels = [tally.levels[style, level] for level in range(5)]
        low = tally.ends_low(style)
        if as_json:
            click.echo(
                json.dumps({"style": style, "calls": tally.calls[style], "levels": levels, "ends_low": round(low, 4)})
            )
        else:
            click.echo(
                f"{style}: {tally.calls[style]} drawn managers, {100 * low:.0f} % end at level 0-2 (levels {levels})"
            )


def _keep_broken(broken: list[tuple[str, str]], folder: Path) -> None:
    if not broken:
        click.echo("Every promise was kept.", err=True)
        return
    folder.mkdir(parents=True, exist_ok=True)
    for n, (promise, play) in enumerate(broken[:50], 1):
        name = "-".join(re.findall(r"[a-z]+", promise.lower()))[:60]
        (folder / f"{name}-{n}.txt").write_text(play, encoding="utf-8")
    raise click.ClickException(f"{len(broken)} promises were broken; the calls are kept in {folder}.")


__all__ = ["SHARES", "simulate"]
