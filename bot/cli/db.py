"""`runner-up db`: look after the log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from click_default_group import DefaultGroup

from bot.cli.opened import refused
from bot.log import Log, LogFault, open_log
from bot.log.backup import verify
from bot.prog_name import as_typed
from bot.settings import BadSetting, Settings, settings
from bot.text import counted
from bot.width import show


@contextmanager
def opened(*, init: bool = False) -> Iterator[tuple[Log, Settings]]:
    """The log of this host, and the settings; what is wrong with either is one sentence."""
    try:
        here = settings()
        log = open_log(here, init=init)
    except (BadSetting, LogFault) as error:
        raise refused(error) from None
    try:
        with log:
            yield log, here
    except LogFault as error:
        raise refused(error) from None


@click.group(cls=DefaultGroup, default="status", default_if_no_args=True)
def db() -> None:
    """Look after the log.

    \b
    runner-up db                   how it stands
    runner-up db backup            a verified copy, while calls go on
    """


@db.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def status(as_json: bool) -> None:
    """How the log stands: versions, sizes, times, counts; no content."""
    with opened() as (log, _):
        show_facts(log.status(), as_json)


@db.command()
@click.option("--init", is_flag=True, help="Begin anew although a log was here before.")
def migrate(init: bool) -> None:
    """Bring the log up to this version (serve and call do so by themselves), with a backup before."""
    with opened(init=init) as (log, _):
        show(f"{log.path} is at version {log.status()['schema']}.")


@db.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def backup(file: Path | None, as_json: bool) -> None:
    """Make a verified copy at FILE, or beside the log, where the last seven of seven days are kept.

    \b
    runner-up db backup
    runner-up db backup /mnt/stick/calls.db
    """
    with opened() as (log, _):
        made = log.backup(file)
        facts = {"backup": str(made.path), "bytes": made.size, "calls": made.calls, "turns": made.turns}
        if as_json:
            click.echo(json.dumps(facts))
        else:
            show(f"{made.path}: {counted(made.calls, 'call')}, {counted(made.turns, 'turn')}, verified.")


@db.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--rebuild-index", is_flag=True, help="Make the search index anew.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def check(file: Path | None, rebuild_index: bool, as_json: bool) -> None:
    """Check the log, or a backup FILE, from end to end; exit 1 when something is wrong."""
    with opened() as (log, _):
        if file is not None:
            verify(file, log.store.doors)
            faults: list[str] = []
        else:
            if rebuild_index:
                log.rebuild_index()
            faults = log.check()
    if as_json:
        click.echo(json.dumps({"faults": faults}))
    else:
        show(as_typed("\n".join(faults)) or "All is well.")
    if faults:
        raise click.exceptions.Exit(1)


@db.command()
@click.option("--days", type=click.IntRange(1, 36_500), help="Instead of RUNNER_UP_RETENTION_DAYS.")
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--force", is_flag=True, help="Although the clock looks wrong, or much would go at once.")
def purge(days: int | None, dry_run: bool, yes: bool, force: bool) -> None:
    """Take away calls older than the retention time; those marked to be kept stay. A backup is made before."""
    with opened() as (log, here):
        wanted = days or here.retention_days
        trial = log.purge(wanted, trial=True, force=force)
        if dry_run or not trial.calls:
            click.echo(f"{trial.calls} of {trial.of} calls are from before {trial.before[:10]}.")
            return
        if not yes:
            click.confirm(
                f"Take {trial.calls} of {trial.of} calls away, from before {trial.before[:10]}?", abort=True, err=True
            )
        log.backup()
        done = log.purge(wanted, force=force)
        click.echo(f"{done.calls} of {done.of} calls are gone, from before {done.before[:10]}.")


def show_facts(facts: dict[str, Any], as_json: bool) -> None:
    """A screen of facts, or one JSON object."""
    if as_json:
        click.echo(json.dumps(facts))
        return
    width = max(map(len, facts)) + 2
    for name, value in facts.items():
        shown = "–" if value is None else "yes" if value is True else "no" if value is False else value
        show(f"{name.replace('_', ' '):<{width}}{shown}")
