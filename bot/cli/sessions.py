"""`runner-up sessions`: the calls so far, to list, read, review, search, share and delete."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
from click_default_group import DefaultGroup

from bot.cli.compare import compare_
from bot.cli.meant import meant
from bot.cli.moving import delete, export, import_, keep, person_option
from bot.cli.opened import opened
from bot.log.calls import LoggedCall
from bot.log.store import stamp
from bot.prog_name import tell
from bot.rendering.text import local
from bot.terminal.screen import turn_json
from bot.width import WIDTH, columns
from bot.width import show as show_text
from dialogs.call import Outcome
from dialogs.endings import ended
from dialogs.levels import LEVEL_SHORT
from dialogs.transcript import one_line

LONGEST_ENDING = max(len(ended(outcome)) for outcome in Outcome)
OUTCOMES = ("warm", "neutral", "cold", "cut_off", "voicemail", "abandoned", "unfinished")


@click.group(cls=DefaultGroup, default="list", default_if_no_args=True)
def sessions() -> None:
    """The calls so far.

    \b
    runner-up sessions                  the latest calls
    runner-up sessions show k7p2        read one; without an id, the latest
    runner-up sessions search "better fit"
    """


# -- listing --------------------------------------------------------------------------------------------


class Since(click.ParamType):  # type: ignore[type-arg]
    """A day, a time, `today`, `yesterday`, or an age such as 7d, 12h, 3w; in the local time zone."""

    name = "when"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The moment that was meant, as the log writes a time. Raises BadParameter for what is none."""
        text = str(value).strip().lower()
        now = datetime.now(UTC).astimezone()
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        if text in ("today", "yesterday"):
            return stamp(midnight - timedelta(days=text == "yesterday"))
        units = {"h": 3600, "d": 86_400, "w": 7 * 86_400}
        if text[:-1].isdecimal() and len(text) < 8 and text[-1:] in units:
            return stamp(now - timedelta(seconds=min(int(text[:-1]) * units[text[-1]], 10**9)))
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            self.fail(f"'{text[:40]}' is no time; try 2026-11-22, yesterday or 7d", param, ctx)
        return stamp(at if at.tzinfo else at.replace(tzinfo=now.tzinfo))


class Level(click.ParamType):  # type: ignore[type-arg]
    """A disclosure level 0-4, or `3+` for that and more."""

    name = "level"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> range:
        """The levels that were meant. Raises BadParameter for what is none."""
        text = str(value).strip()
        if text.rstrip("+") not in ("0", "1", "2", "3", "4"):
            self.fail(
                f"'{text[:20]}' is no level; levels go from 0 (no reason at all) to 4 (the reason with detail and advice); 3+ is that and more",
                param,
                ctx,
            )
        low = int(text[0])
        return range(low, 5 if text.endswith("+") else low + 1)


@sessions.command("list")
@click.option("-n", "count", type=click.IntRange(0), default=20, show_default=True, help="How many; 0 for all.")
@click.option("--scenario", help="Calls with this manager.")
@click.option("--outcome", type=click.Choice(OUTCOMES), help="How the call ended.")
@click.option("--level", type=Level(), help="The highest level reached: 3, or 2+.")
@click.option("--since", type=Since(), help="From this time on: 2026-11-22, yesterday, 7d.")
@click.option(
    "--kind", type=click.Choice(("practice", "imported", "model")), help="Practised, imported or model calls."
)
@click.option("--json", "shape", flag_value="json", help="As one JSON array.")
@click.option("--nl", "shape", flag_value="nl", help="As JSON, one object a line.")
@click.option("--csv", "shape", flag_value="csv", help="As CSV, safe to open in a spreadsheet.")
@person_option
def list_(
    count: int,
    scenario: str | None,
    outcome: str | None,
    level: range | None,
    since: str | None,
    kind: str | None,
    shape: str | None,
    person: str | None,
) -> None:
    """List the latest calls, newest first."""
    with opened(person) as mine:
        found = mine.log.calls(
            mine.person,
            limit=count or None if level is None or len(level) == 1 else None,
            scenario=scenario,
            outcome=None if outcome == "unfinished" else outcome,
            level=level[0] if level is not None and len(level) == 1 else None,
            since=since,
            kind=kind,
            ended=False if outcome == "unfinished" else None,
        )
    chosen = [c for c in found if level is None or c.highest_level in level][: count or None]
    if shape:
        emit([call_row(c) for c in chosen], shape)
        return
    if not chosen:
        anything = any((scenario, outcome, level, since, kind))
        tell("No calls like that." if anything else "No calls yet. Start one: runner-up call")
        return
    names = max(len(c.scenario or c.manager) for c in chosen)
    lines = [_cells(c, names) for c in chosen]
    wide = columns()
    # Where a row does not fit, it stands on two lines: which call it is, and under it how it went.
    narrow = wide is not None and any(len("  ".join(cells).rstrip()) > wide for cells in lines)
    for which, *how in lines:
        if narrow:
            show_text(
                f"{which.rstrip()}\n{'':10}{', '.join(cell.strip() for cell in how if cell.strip())}", prose=False
            )
        else:
            click.echo("  ".join((which, *how)).rstrip())


def _cells(c: LoggedCall, names: int) -> tuple[str, ...]:
    """A call in the list: which it is, and how it went."""
    turns = f"{c.turns} {'turn' if c.turns == 1 else 'turns'}"
    # Level 0 says nothing of a call, least of all of one with a machine; how far it could go is sealed until it is over.
    level = f"level {c.highest_level}, {LEVEL_SHORT[c.highest_level]}" if c.highest_level else ""
    if level and c.version and c.ended and c.highest_level < c.reachable_level:
        level += f" (at most level {c.reachable_level})"
    outcome = ended(c.outcome) if c.outcome or c.kind != "imported" else ""
    if c.kind == "imported":  # whatever its end: it was no practice
        outcome = f"imported, {outcome}" if outcome else "imported"
    note = f"  {one_line(c.note)}" if c.note else ""
    which = f"{c.session:8}  {local(c.started_at)}  {c.scenario or c.manager:{names}}"
    return which, f"{turns:>8}", f"{outcome:{LONGEST_ENDING}}", f"{level}{note}"


def call_row(c: LoggedCall) -> dict[str, Any]:
    """A call in the shape that --json, --nl and --csv print."""
    return {
        "session": c.session,
        "scenario": c.scenario,
        "title": c.title,
        "manager": c.manager,
        "kind": c.kind,
        "started_at": c.started_at,
        "ended_at": c.ended_at,
        "turns": c.turns,
        "outcome": c.outcome if c.ended else "unfinished",
        "highest_level": c.highest_level,
        "reachable_level": c.reachable_level,
        "phase": c.phase,
        "seed": c.seed,
        "version": c.version,
        "engine": c.engine,
        "hearing": c.hearing,
        "kept": c.kept,
        "branch_of": c.parent,
        "note": c.note,
    }


def emit(rows: list[dict[str, Any]], shape: str) -> None:
    """Rows on stdout as a JSON array, JSON Lines or CSV."""
    from bot.transcripts.sheets import csv_text

    if shape == "csv":
        click.echo(csv_text(rows), nl=False)
        return
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    click.echo(
        "[" + ",\n ".join(lines) + "]" if shape == "json" else "\n".join(lines), nl=bool(lines) or shape == "json"
    )


# -- reading --------------------------------------------------------------------------------------------


@sessions.command()
@click.argument("session", required=False, metavar="[ID]")
@click.option("-s", "--short", "length", flag_value="short", help="Only how it went.")
@click.option("-f", "--full", "length", flag_value="full", help="Also what was heard, the rules that fired, and times.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@person_option
def show(session: str | None, length: str | None, as_json: bool, person: str | None) -> None:
    """Read a call: the latest, or the one with this ID (its beginning will do)."""
    with opened(person) as mine:
        call = mine.call(session) if session else mine.latest()
        turns = mine.log.turns(mine.person, call.session)
        times = mine.log.times(mine.person, call.session)
        if as_json:
            rows = [turn_json(t) | {"at": at, "why": list(t.why)} for t, at in zip(turns, times, strict=True)]
            click.echo(json.dumps(call_row(call) | {"turns": len(turns) - 1, "transcript": rows}, ensure_ascii=False))
            return
        from bot.rendering.text import head, lines

        for text in head(call, at=local(call.started_at)):
            show_text(text)
        if length != "short":
            click.echo()
            stamps = [local(at, seconds=True) for at in times] if length == "full" else []
            for text in lines(call, turns, stamps, full=length == "full", width=min(WIDTH, columns() or WIDTH)):
                show_text(text)


def nothing_found(words: tuple[str, ...]) -> str:
    """That nothing was found, and how a word in another form is found."""
    *_, last = " ".join(words).split() or [""]
    if last.endswith("*"):
        return "Nothing found."
    stem = last[: max(4, len(last) * 6 // 10)].rstrip("*'\"")
    return (
        f"Nothing found. Whole words are sought; for every word that begins alike: runner-up sessions search '{stem}*'"
    )


@sessions.command()
@click.argument("words", nargs=-1, required=True)
@click.option("-n", "count", type=click.IntRange(1), default=20, show_default=True, help="How many turns at most.")
@click.option("--in", "session", metavar="ID", help="Only in this call.")
@click.option("--json", "shape", flag_value="json", help="As one JSON array.")
@click.option("--nl", "shape", flag_value="nl", help="As JSON, one object a line.")
@click.option("--csv", "shape", flag_value="csv", help="As CSV.")
@person_option
def search(words: tuple[str, ...], count: int, session: str | None, shape: str | None, person: str | None) -> None:
    """Find turns in which WORDS were said or answered, newest first. `certif*` finds every word that begins so."""
    with opened(person) as mine:
        only = mine.call(session).session if session else None
        found = mine.log.search(mine.person, " ".join(words), limit=count, session=only)
    if shape:
        emit(
            [{"session": f.session, "n": f.n, "said": f.said, "answered": f.answered, "at": f.at} for f in found], shape
        )
        return
    if not found:
        tell(nothing_found(words))
        return
    from dialogs.transcript import one_line

    for f in found:
        show_text(f"{f.session:8}  turn {f.n:<3}  {local(f.at)}  {one_line(f.snippet)}", prose=False)


@sessions.command()
def path() -> None:
    """Print where the log lies."""
    from bot.settings import BadSetting, settings

    try:
        click.echo(str(settings().db))
    except BadSetting as error:
        raise click.ClickException(str(error)) from None


# -- reviewing ------------------------------------------------------------------------------------------


@sessions.command()
@click.argument("session", required=False, metavar="[ID]")
@click.option("--why", is_flag=True, help="Also why each turn went as it did.")
@click.option("--envelope", is_flag=True, help="Also the envelope where the review leaves it closed.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@person_option
def review(session: str | None, why: bool, envelope: bool, as_json: bool, person: str | None) -> None:
    """Read the debrief of a call; of a real call that was imported, what can be read from it."""
    from bot.rendering.review import as_text, for_machines

    with opened(person) as mine:
        call = mine.call(session) if session else mine.latest_to_read()
        if call.version and not call.ended:
            raise click.ClickException(
                f"Call {call.session} is still open, and its envelope sealed. Go on with it: runner-up call --resume {call.session}"
            )
        if as_json:
            click.echo(json.dumps(for_machines(mine.log, mine.person, call, envelope=envelope), ensure_ascii=False))
            return
        for line in as_text(mine.log, mine.person, call, why=why, envelope=envelope, width=columns() or WIDTH):
            show_text(line)


@sessions.command("scenario")
@click.argument("session", metavar="ID")
@click.option("--name", help="What to call it; the manager's first name when not said.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file; otherwise it is printed.")
@person_option
def scenario_(session: str, name: str | None, output: Path | None, person: str | None) -> None:
    """Make a scenario of your own from an imported real call, to try it again."""
    from bot.hearing import ear
    from bot.transcripts.scenario import scenario_yaml

    ear()  # her lines are read as well as the hearing of the settings allows
    with opened(person) as mine:
        call = mine.call(session)
        if call.kind != "imported":
            raise click.ClickException(f"{call.session} was a practice call; call {call.scenario} again.")
        text = scenario_yaml(call, mine.log.turns(mine.person, call.session))
    if output is None:
        click.echo(text, nl=False)
        return
    from bot.cli.moving import write_new

    write_new(output, text)
    tell(f"Written. Read it through, then: runner-up call {output}")


for command in (compare_, export, import_, keep, delete, meant):
    sessions.add_command(command)
