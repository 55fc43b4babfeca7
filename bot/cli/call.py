"""`runner-up call`: a practice call in this terminal, or lines and plays on standard input."""

from __future__ import annotations

import sys

import click

from bot.text import stdin_lines


@click.command()
@click.argument("scenario", required=False)
@click.option(
    "--seed", type=click.IntRange(0, 10**9), help="Repeat a call exactly: same seed, same words, same answers."
)
@click.option(
    "--resume",
    is_flag=True,
    help="Go on with a call that was left: the one with SCENARIO, or the only one; of several you choose.",
)
@click.option("--no-log", is_flag=True, help="Keep nothing: for trials.")
@click.option("--surprise", is_flag=True, help="A manager by lot, in a mood of that day.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a turn, then the outcome.")
def call(scenario: str | None, seed: int | None, resume: bool, no_log: bool, surprise: bool, as_json: bool) -> None:
    """Practise a call with SCENARIO, or with the next manager on the ladder.

    \b
    runner-up call harbour
    runner-up call --resume harbour
    runner-up call < tests/calls/anger-costs-the-call.txt
    """
    from bot.terminal import dial
    from bot.terminal.script import script_from

    if resume:
        given = {"--seed": seed is not None, "--no-log": no_log, "--surprise": surprise}
        if unfit := [name for name, there in given.items() if there]:
            raise click.ClickException(f"--resume goes on with a call as it stands; leave out {' and '.join(unfit)}.")
    if surprise and scenario:
        raise click.ClickException("--surprise draws a manager by lot; leave the scenario out.")
    interactive = sys.stdin.isatty()
    lines = None if interactive else script_from(list(stdin_lines()))
    options = dial.Options(
        scenario=scenario, seed=seed, resume=resume, logged=not no_log, surprise=surprise, as_json=as_json
    )
    dial.hold_call(options, lines)
