"""`runner-up real`: plan the real call, note what came of it, and what is to be done."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import click
from click_default_group import DefaultGroup

from bot.cli.opened import Mine, opened
from bot.invoked import tell
from bot.log import RealCall


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
        click.echo(json.dumps(asdict(call), ensure_ascii=False, default=str) if as_json else _line(call))


def _line(call: RealCall) -> str:
    from dialogs.levels import named

    where = " · ".join(w for w in (call.plan.get("company"), call.plan.get("job")) if w) or "a call"
    if call.happened_at:
        came = "nobody reached" if call.level is None else named(call.level)
        return f"{call.id:8}  made {call.happened_at[:10]}  {where}: {came}"
    due = f"planned for {call.due_at[:10]}" if call.due_at else "planned"
    return f"{call.id:8}  {due}  {where}"


@real.command()
@click.argument("scenario", required=False)
@click.option("--company", default="", help="Who you will call.")
@click.option("--job", default="", help="Which job it was.")
@click.option("--manager", default="", help="Who will answer.")
@click.option("--name", default="", help="Your name, as you will say it.")
@click.option("--when", default="", help="When the interview was: last week, on Tuesday.")
@click.option("--fear", default="", metavar="REASON", help="What you fear was the reason: certificate, exit story, …")
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
    known = _kind(fear)
    if scenario:
        from bot.library import find

        facts = Facts.of(find(scenario), name=name, fear=known)
    else:
        facts = Facts(company, job, manager, name, when, known, guarded)
    card = card_for(facts, seed=seed)
    with opened(remind=True) as mine:
        kept = mine.log.plan(mine.person, asdict(facts) | {"card": card.as_json()}, due_at=day).result()
        if remind and day is not None:
            reminder, _ = reminders(day, facts)
            mine.log.remind(mine.person, reminder.kind, reminder.when, {"text": reminder.text}).result()
    if as_json:
        click.echo(
            json.dumps({"id": kept, "due_at": day.isoformat() if day else None} | card.as_json(), ensure_ascii=False)
        )
        return
    click.echo(card.text)
    tell(f"\nKept as {kept}. Afterwards: runner-up real happened {kept}")


def _kind(words: str) -> str:
    """The kind of reason that was meant. Raises click.ClickException with the nearest when it is not known."""
    from difflib import get_close_matches

    from dialogs.card import kinds

    known = [k for k, _ in kinds()]
    if not words or words in known:
        return words
    close = get_close_matches(words, known, n=1)
    hint = f"did you mean '{close[0]}'?" if close else "choose one of: " + ", ".join(known)
    raise click.ClickException(f"'{words[:40]}' is no known reason; {hint}")


@real.command()
@click.argument("real_id", required=False, metavar="[ID]")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def show(real_id: str | None, as_json: bool) -> None:
    """Show the card of a planned call again: the latest, or the one with this ID."""
    with opened(remind=True) as mine:
        call = _found(mine, real_id)
    card = call.plan.get("card") or {}
    if as_json:
        click.echo(json.dumps(asdict(call), ensure_ascii=False, default=str))
        return
    click.echo(str(card.get("text") or "This call was noted without a card."))
    if call.happened_at:
        click.echo(f"\n{_line(call)}")
        if call.told:
            click.echo(call.told)


def level_that_came(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A level of the real call, or `none`; what is neither is refused in a sentence that lists them."""
    from dialogs.levels import LEVEL_WORDS

    if value is None or (said := value.strip().lower()) in ("none", "0", "1", "2", "3", "4"):
        return value if value is None else said
    levels = ", ".join(f"{level} {words}" for level, words in enumerate(LEVEL_WORDS))
    raise click.ClickException(f"'{value[:20]}' is no level. Levels are: {levels}; or none, when nobody was reached.")


def door_that_came(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
    """What was said about later on, by its number."""
    if value is None or value.strip() in ("0", "1", "2"):
        return None if value is None else int(value)
    raise click.ClickException(
        f"--door takes 0 (nothing was said), 1 (they keep my details) or 2 (a real possibility), not '{value[:20]}'."
    )


@real.command()
@click.argument("real_id", required=False, metavar="[ID]")
@click.option("--level", metavar="LEVEL", callback=level_that_came,
              help="How far they opened: 0 no reason … 4 the reason with advice; none: nobody reached.")  # fmt: skip
@click.option(
    "--reason", default="", metavar="REASON", help="What the reason was, if you know now: certificate, exit story, …"
)
@click.option("--told", default="", help="What happened, in your words.")
@click.option("--door", metavar="NUMBER", callback=door_that_came,
              help="Later on: 0 nothing said, 1 details kept, 2 a real possibility.")  # fmt: skip
@click.option("--remind", is_flag=True, help="Remind me here in two weeks, when first choices drop out.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def happened(
    real_id: str | None, level: str | None, reason: str, told: str, door: int | None, remind: bool, as_json: bool
) -> None:
    """Note what came of the real call; asks for what is not given. What was learned becomes things to do."""
    from bot.progress import held_calls
    from bot.reminding import CALL_DAY, SECOND_CHOICE
    from dialogs.card import SECOND_CHOICE_DAYS, against_practice
    from dialogs.card import happened as follows

    kind = _kind(reason)
    with opened(remind=True) as mine:
        call = _found(mine, real_id) if real_id else _latest_open(mine)
        got = _asked_level() if level is None else None if level == "none" else int(level)
        if level is None:  # somebody is there to ask
            reached = got is not None
            kind = _asked_kind() if reached and got and got >= 2 and not reason else kind
            door = _asked_door() if reached and door is None else door
            told = told or _asked("What happened, in your words?")
        door = door or 0
        after = follows(got, kind=kind, told=told, door=door)
        compared = against_practice(got, held_calls(mine.log, mine.person))
        answers = {"reason": kind, "door": door}
        mine.log.happened(mine.person, call.id, level=got, told=told, answers=answers).result()
        known = {row["text"] for row in mine.log.todo(mine.person)}
        for asked in mine.log.reminders(mine.person):
            if asked["kind"] == CALL_DAY:  # the call has been made
                mine.log.forget_reminder(mine.person, asked["id"]).result()
        if remind:
            due = mine.log.clock() + timedelta(days=SECOND_CHOICE_DAYS)
            mine.log.remind(mine.person, SECOND_CHOICE, due).result()
        made = {text: mine.log.add_todo(mine.person, text).result() for text in after.todo if text not in known}
    if as_json:
        click.echo(
            json.dumps(
                {"id": call.id, "level": got, "text": after.text, "practice": compared, "todo": made},
                ensure_ascii=False,
            )
        )
        return
    click.echo(after.text)
    if compared:
        click.echo(compared)
    for text, todo in made.items():
        click.echo(f"  {todo:8}  {text}")


def _asked_level() -> int | None:
    from dialogs.card import WHAT_CAME

    offered = {"n" if level is None else str(level): (words, level) for words, level in WHAT_CAME}
    _offer({key: words for key, (words, _) in offered.items()})
    chosen = _until_known(
        "What came of it? (n, or 0 to 4)", list(offered), "n when nobody was reached, or a level from 0 to 4"
    )
    return offered[chosen][1]


def _offer(choices: dict[str, str]) -> None:
    for key, words in choices.items():
        click.echo(f"  {key}  {words}", err=True)


def _until_known(question: str, known: list[str], what: str, default: str = "") -> str:
    """One of these keys, asked for until it is given; `what` says in words what may be typed."""
    while (said := _prompted(question, default).lower()) not in known:
        click.echo(f"Please type {what}." if said else f"Please choose: {what}.", err=True)
    return said


def _prompted(question: str, default: str = "") -> str:
    """What is typed after a question. Raises click.ClickException with the way out when nobody is there to answer."""
    try:
        words: str = click.prompt(question, default=default, show_default=bool(default), err=True, prompt_suffix=" ")
    except click.Abort:
        raise click.ClickException(
            "Nothing was noted. It can be said in one go, too: runner-up real happened --level 2 --told WORDS"
        ) from None
    return words.strip()


def _asked(question: str) -> str:
    return _prompted(f"{question} (Enter passes)")


def _asked_kind() -> str:
    """The kind of reason, asked until it is known or passed over."""
    while words := _asked("What was it, in a word? certificate, years, exit story, answers, budget, …"):
        try:
            return _kind(words)
        except click.ClickException as unknown:
            click.echo(unknown.message, err=True)
    return ""


def _asked_door() -> int:
    from dialogs.card import DOOR_CAME

    offered = {str(number): words for number, words in enumerate(DOOR_CAME)}
    _offer(offered)
    return int(_until_known("And about later on?", list(offered), "0, 1 or 2", default="0"))


def _latest_open(mine: Mine) -> RealCall:
    """The planned call that has not been made; one is noted on the spot when there is none."""
    waiting = [c for c in mine.log.real_calls(mine.person) if c.happened_at is None]
    if waiting:
        return waiting[-1]
    new = mine.log.plan(mine.person, {}).result()
    return next(c for c in mine.log.real_calls(mine.person) if c.id == new)


def _found(mine: Mine, real_id: str | None) -> RealCall:
    calls = mine.log.real_calls(mine.person)
    if not calls:
        raise click.ClickException("No real call is planned. Plan one: runner-up real plan")
    if real_id is None:
        return calls[-1]
    found = [c for c in calls if c.id.startswith(real_id)]
    if len(found) != 1:
        raise click.ClickException(f"There is no real call '{real_id[:40]}'. See: runner-up real")
    return found[0]


@real.command()
@click.option("--all", "everything", is_flag=True, help="Also what is done.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def todo(everything: bool, as_json: bool) -> None:
    """List what is to be done before the next call."""
    with opened(remind=True) as mine:
        rows = mine.log.todo(mine.person, done=None if everything else False)
    for row in rows:
        mark = "✓" if row["done_at"] else " "
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else f"{mark} {row['id']:8}  {row['text']}")
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
    click.echo(f"{'Open again' if undo else 'Done'}: {found[0]['text']}")


@real.command()
@click.argument("words", nargs=-1, required=True)
def add(words: tuple[str, ...]) -> None:
    """Add a thing to do, in your own words."""
    with opened(remind=True) as mine:
        made = mine.log.add_todo(mine.person, " ".join(words)).result()
    click.echo(f"Kept as {made}.")
