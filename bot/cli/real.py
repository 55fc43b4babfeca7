"""`runner-up real`: plan the real call, note what came of it, and what is to be done."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click
from click_default_group import DefaultGroup

from bot.cli.opened import Mine, opened
from bot.cli.real_happened import happened
from bot.cli.real_known import called, found, kind_of, reminders_of, told_of_reminder, waiting
from bot.log import NOT_MADE, RealCall
from bot.log.store import stamp
from bot.prog_name import tell
from bot.width import show as show_text

if TYPE_CHECKING:
    from dialogs.card import Reminder


@click.group(cls=DefaultGroup, default="list", default_if_no_args=True)
def real() -> None:
    """The real call: plan it, make it, note what came of it.

    \b
    runner-up real plan --company "Harbour Mutual" --job "data analyst"
    runner-up real happened
    runner-up real todo
    """


def day_of(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime | None:
    """A day: 2026-12-01, today, tomorrow, or in so many days (3d); nine in the morning unless a time is given."""
    if value is None:
        return None
    text = value.strip().lower()
    nine = datetime.now(UTC).astimezone().replace(hour=9, minute=0, second=0, microsecond=0)
    if text in ("today", "tomorrow"):
        return nine + timedelta(days=text == "tomorrow")
    if text[:-1].isdecimal() and text.endswith("d") and len(text) <= 4:
        return nine + timedelta(days=int(text[:-1]))
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"'{text[:40]}' is no day; try 2026-12-01, tomorrow or 3d") from None
    at = at if at.tzinfo else at.replace(tzinfo=nine.tzinfo)
    return at if "t" in text or " " in text else at.replace(hour=9)


@real.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_(as_json: bool) -> None:
    """List the real calls, planned and made."""
    with opened(remind=True) as mine:
        calls = mine.log.real_calls(mine.person)
    if not calls and not as_json:
        tell("No real call is planned. Plan one: runner-up real plan")
        return
    for call in calls:
        if as_json:
            click.echo(json.dumps(asdict(call), ensure_ascii=False, default=str))
        else:
            show_text(_line(call))


def _line(call: RealCall) -> str:
    from dialogs.levels import named

    where = " · ".join(w for w in (call.plan.get("company"), call.plan.get("job")) if w) or "a call"
    if call.happened_at:
        if call.answers == NOT_MADE:
            return f"{call.id:8}  not made          {where}"
        came = "nobody reached" if call.level is None else named(call.level)
        return f"{call.id:8}  made {call.happened_at[:10]}  {where}: {came}"
    due = f"planned for {call.due_at[:10]}" if call.due_at else f"planned on {call.made_at[:10]}"
    fear = f", feared: {call.plan['fear']}" if call.plan.get("fear") else ""
    return f"{call.id:8}  {due}  {where}{fear}"


@real.command()
@click.argument("scenario", required=False)
@click.option("--company", default="", help="Who you will call.")
@click.option("--job", default="", help="Which job it was.")
@click.option("--manager", default="", help="Who will answer.")
@click.option("--name", default="", help="Your name, as you will say it.")
@click.option("--when", default="", help="When the interview was: last week, on Tuesday.")
@click.option(
    "--fear",
    default="",
    metavar="REASON",
    help="What you fear was the reason, in your own words or one: certificate, …",
)
@click.option(
    "--guarded",
    type=click.IntRange(0, 2),
    default=1,
    show_default=True,
    help="How closed they seemed: 0 open, 2 closed.",
)
@click.option("--on", "day", metavar="DAY", callback=day_of, help="The day of the call: 2026-12-01, tomorrow, 3d.")
@click.option(
    "--remind", is_flag=True, help="Remind me that day, here: the next call, progress or real command says so."
)
@click.option("--other-words", "seed", count=True, help="The same card in other words; repeat it for more.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def plan(
    scenario: str | None, company: str, job: str, manager: str, name: str, when: str, fear: str, guarded: int,
    day: datetime | None, remind: bool, seed: int, as_json: bool,
) -> None:  # fmt: skip
    """Make a card for the call, from what you know or from a SCENARIO you practised with; it is kept."""
    from dialogs.card import Facts, reminders
    from dialogs.card import plan as card_for

    if remind and day is None:
        raise click.ClickException("--remind needs the day of the call; add it: --on tomorrow")
    known = kind_of(fear)
    if scenario:
        from bot.library import find

        facts = Facts.of(find(scenario), name=name, fear=known)
    else:
        facts = Facts(company, job, manager, name, when, known, guarded)
    card = card_for(facts, seed=seed)
    with opened(remind=True) as mine:
        again = _same(mine, asdict(facts), day)
        kept = again or mine.log.plan(mine.person, asdict(facts) | {"card": card.as_json()}, due_at=day).result()
        if remind and day is not None:
            reminder, _ = reminders(day, facts)
            _remind_once(mine, kept, reminder)
    if as_json:
        click.echo(
            json.dumps({"id": kept, "due_at": day.isoformat() if day else None} | card.as_json(), ensure_ascii=False)
        )
        return
    show_text(card.text)
    tell(
        f"\n{'Kept already' if again else 'Kept'} as {kept}. Afterwards, tell what came of it: runner-up real happened {kept}"
    )
    if remind and day is not None:
        tell(told_of_reminder(day, reminder.text, kept))


def _remind_once(mine: Mine, real: str, reminder: Reminder) -> None:
    """Be reminded of this call; asked for twice, it is said once."""
    for each in mine.log.reminders(mine.person):
        if each["about"].get("real") == real:
            mine.log.forget_reminder(mine.person, each["id"]).result()
    mine.log.remind(mine.person, reminder.kind, reminder.when, {"text": reminder.text, "real": real}).result()


def _same(mine: Mine, facts: dict[str, Any], day: datetime | None) -> str | None:
    """The open call that was planned with just these facts and this day: a second look at a card is no second call."""
    due = stamp(day) if day else None
    for call in mine.log.real_calls(mine.person):
        if call.happened_at is None and call.due_at == due and facts.items() <= call.plan.items():
            return call.id
    return None


@real.command()
@click.argument("real_id", required=False, metavar="[ID]")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def show(real_id: str | None, as_json: bool) -> None:
    """Show the card of a planned call again: the latest, or the one with this ID."""
    with opened(remind=True) as mine:
        call = found(mine, real_id)
    card = call.plan.get("card") or {}
    if as_json:
        click.echo(json.dumps(asdict(call), ensure_ascii=False, default=str))
        return
    show_text(str(card.get("text") or "This call was noted without a card."))
    if call.happened_at:
        show_text(f"\n{_line(call)}")
        if call.told:
            show_text(call.told)


@real.command()
@click.option("--all", "everything", is_flag=True, help="Also what is done.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def todo(everything: bool, as_json: bool) -> None:
    """List what is to be done before the next call."""
    with opened(remind=True) as mine:
        rows = mine.log.todo(mine.person, done=None if everything else False)
    for row in rows:
        mark = "✓" if row["done_at"] else " "
        if as_json:
            click.echo(json.dumps(row, ensure_ascii=False))
        else:
            show_text(f"{mark} {row['id']:8}  {row['text']}")
    if not rows and not as_json:
        click.echo("Nothing to do.", err=True)


@real.command()
@click.argument("todo_id", metavar="ID")
@click.option("--undo", is_flag=True, help="It is not done after all.")
def done(todo_id: str, undo: bool) -> None:
    """Tick off a thing to do by its ID."""
    with opened(remind=True) as mine:
        found = [row for row in mine.log.todo(mine.person, done=None) if row["id"].startswith(todo_id)]
        if len(found) != 1:
            raise click.ClickException(f"There is nothing to do called '{todo_id[:40]}'. See: runner-up real todo")
        mine.log.todo_done(mine.person, found[0]["id"], done=not undo).result()
    show_text(f"{'Open again' if undo else 'Done'}: {found[0]['text']}")


@real.command()
@click.argument("words", nargs=-1, required=True)
def add(words: tuple[str, ...]) -> None:
    """Add a thing to do, in your own words."""
    with opened(remind=True) as mine:
        made = mine.log.add_todo(mine.person, " ".join(words)).result()
    click.echo(f"Kept as {made}.")


@real.command()
@click.argument("real_id", required=False, metavar="[ID]")
def cancel(real_id: str | None) -> None:
    """Call a planned call off, and its reminders: the latest that is planned, or the one with this ID."""
    with opened() as mine:
        call = found(mine, real_id) if real_id else waiting(mine)
        if call is None:
            raise click.ClickException("No call is planned, so there is nothing to call off. See: runner-up real")
        asked = reminders_of(mine, call)
        for each in asked:
            mine.log.forget_reminder(mine.person, each["id"]).result()
        if call.happened_at is None:
            mine.log.happened(mine.person, call.id, level=None, answers=NOT_MADE).result()
    gone = "No reminder will come." if asked else "No reminder was set."
    off = "is off the list" if call.happened_at is None else "stays as it was noted"
    show_text(f"Y{called(call.plan)[1:]} ({call.id}) {off}. {gone}")


real.add_command(happened)
