"""`runner-up decode`: guess how open a manager's line really was."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click
from click_default_group import DefaultGroup

from bot.cli.opened import Mine, opened
from bot.prog_name import as_typed
from bot.terminal.outside import despair_answered, leaves
from bot.width import show

if TYPE_CHECKING:
    from dialogs.decode import Item


INTRODUCED = """Somebody asks, a manager answers. How open is the answer really, how sure are you, and what may be behind it?
Nothing here is a test of you; Enter stops at any line."""
BARS_MEAN = "a bar a guess, the oldest first: full is right, half is one level off, flat is further off"


@click.group(cls=DefaultGroup, default="drill", default_if_no_args=True)
def decode() -> None:
    """Guess how open a manager's line really was, and what is behind it.

    \b
    runner-up decode               five lines
    runner-up decode --call k7p2   the answers of a call of yours
    runner-up decode score         how your guesses have gone
    """


@decode.command()
@click.option("-n", "count", type=click.IntRange(1, 40), default=5, show_default=True, help="How many lines.")
@click.option("--call", "session", metavar="ID", help="The answers of this call of yours; - for the latest.")
@click.option("--seed", type=click.IntRange(0, 10**9), help="The same lines again.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print the lines with their answers as JSON, one a line, and ask nothing."
)
def drill(count: int, session: str | None, seed: int | None, as_json: bool) -> None:
    """Decode a few lines: level first, how sure you are, then the reason."""
    with opened() as mine:
        items = _items(mine, count, session, seed)
        if as_json:
            for item in items:
                click.echo(json.dumps(item.as_json(), ensure_ascii=False))
            return
        if not sys.stdin.isatty() and sys.stdin.closed:
            raise click.ClickException("There is nobody to ask. See: runner-up decode --json")
        show(INTRODUCED)
        before = len(mine.log.drills(mine.person))
        try:
            for number, item in enumerate(items, 1):
                if not _ask(mine, item, f"{number} of {len(items)}"):
                    break
        except KeyboardInterrupt:
            done = len(mine.log.drills(mine.person)) - before
            show(f"\n\nStopped. {_kept(done, len(items))}")
            if done:
                _score(mine)
            raise click.exceptions.Exit(INTERRUPTED) from None
        if len(mine.log.drills(mine.person)) > before:
            _score(mine)


INTERRUPTED = 130


def _kept(done: int, of: int) -> str:
    """How many of the guesses are kept, told to who breaks off."""
    if not done:
        return "There was no guess yet, so nothing is kept."
    return (
        f"Your guess at {done} of {of} lines is kept."
        if done == 1
        else f"Your guesses at {done} of {of} lines are kept."
    )


def _items(mine: Mine, count: int, session: str | None, seed: int | None) -> tuple[Item, ...]:
    from dialogs.decode import drill as drawn
    from dialogs.decode import from_call

    if session is not None:
        call = mine.call(session)
        if not call.version:
            raise click.ClickException(
                f"Call {call.session} was held with a real person, and nobody knows how open those lines were. "
                f"See how they read: runner-up sessions review {call.session}"
            )
        items = from_call(mine.log.scenario(mine.person, call.session), mine.log.turns(mine.person, call.session))
        if not items:
            raise click.ClickException(
                f"In call {call.session} no question was answered, so there is nothing to decode."
            )
        return items[:count]
    before = mine.log.drills(mine.person)
    return drawn(len(before) if seed is None else seed, count, done=[row["line"] for row in before])


def _ask(mine: Mine, item: Item, place: str) -> bool:
    """Ask one line; False when the answers have run out or somebody has had enough."""
    show(f"\n{place}: {item.setting}")
    show(f"  You:  {item.asked}\n  Them: {item.said}\n")
    guess = _number(item.question, item.choices, first=0)
    if guess is None:
        return False
    sure = _sure()
    judged = item.judge(guess, sure)
    mine.log.drilled(mine.person, item.key, guess, item.level, sure=sure).result()
    if item.reasons:
        reason = _number(item.reason_question, item.reasons, first=1, enter="passes")
        show(judged.text)
        show(item.behind if reason is None else item.judge_reason(reason - 1).text)
        return True
    show(judged.text)
    return True


def _number(question: str, choices: tuple[str, ...], *, first: int, enter: str = "stops") -> int | None:
    for number, choice in enumerate(choices, first):
        show(f"  {number}  {choice}")
    while True:
        said = _prompt(f"{question} ({first}-{first + len(choices) - 1}, Enter {enter}) ")
        if not said or leaves(said):
            return None
        if despair_answered(said):
            continue
        if said.isdecimal() and first <= int(said) < first + len(choices):
            return int(said)
        show(f"A number from {first} to {first + len(choices) - 1}, please, or just Enter, which {enter}.", err=True)


def _sure() -> float | None:
    while said := _prompt("How sure are you, in percent? (Enter passes) "):
        if despair_answered(said):
            continue
        number = said.removesuffix("%").strip()
        if number.isdecimal() and len(number) <= 3 and int(number) <= 100:
            return int(number) / 100
        show("A number from 0 to 100, please, or just Enter.", err=True)
    return None


def _prompt(words: str) -> str:
    click.echo(words, nl=False, err=not sys.stdout.isatty())
    line = sys.stdin.readline()
    if not sys.stdin.isatty():
        click.echo(err=not sys.stdout.isatty())
    return line.strip()


@decode.command()
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def score(as_json: bool) -> None:
    """Show how your guesses have gone."""
    with opened() as mine:
        _score(mine, as_json=as_json)


def _score(mine: Mine, *, as_json: bool = False) -> None:
    from dialogs.decode import tally
    from dialogs.progress import sparkline

    found = tally(mine.log.drills(mine.person))
    if as_json:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False))
        return
    show(f"\n{found.text}" if found.count else as_typed(f"{found.text} Start with: runner-up decode"))
    if found.recent:
        show(f"Latest: {sparkline(found.recent)}  ({BARS_MEAN})")
