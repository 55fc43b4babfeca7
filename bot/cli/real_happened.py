"""`runner-up real happened`: what came of the real call, asked for in a few answers, and what is to be done about it."""

from __future__ import annotations

import json
from datetime import timedelta

import click

from bot.cli.broken_off import BrokenOff
from bot.cli.opened import opened
from bot.cli.real_known import called, found, kind_of, reminders_of, told_of_reminder, waiting
from bot.log import RealCall
from bot.prog_name import tell
from bot.reminders import WORDS
from bot.terminal.outside import despair_answered, leaves
from bot.width import show


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


@click.command()
@click.argument("real_id", required=False, metavar="[ID]")
@click.option("--level", metavar="LEVEL", callback=level_that_came,
              help="How far they opened: 0 no reason … 4 the reason with advice; none: nobody reached.")  # fmt: skip
@click.option(
    "--reason", default="", metavar="REASON", help="What the reason was, in your own words or one: certificate, …"
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
    from bot.reminders import SECOND_CHOICE
    from dialogs.card import SECOND_CHOICE_DAYS, against_practice
    from dialogs.card import happened as follows

    kind = kind_of(reason)
    with opened(remind=True) as mine:
        call = found(mine, real_id) if real_id else waiting(mine)
        got = None if level is None or level == "none" else int(level)
        if level is None:  # somebody is there to ask
            tell(f"{_filed_under(call)}\n")
            got = _asked_level()
            reached = got is not None
            kind = _asked_kind() if reached and got and got >= 2 and not reason else kind
            door = _asked_door() if reached and door is None else door
            told = told or _asked("What happened, in your words?")
        door = door or 0
        after = follows(got, kind=kind, told=told, door=door)
        compared = against_practice(got, held_calls(mine.log, mine.person))
        real = call.id if call is not None else mine.log.plan(mine.person, {}).result()
        mine.log.happened(mine.person, real, level=got, told=told, answers={"reason": kind, "door": door}).result()
        known = {row["text"] for row in mine.log.todo(mine.person)}
        if call is not None:
            for asked in reminders_of(mine, call, only_the_day=True):  # the call has been made
                mine.log.forget_reminder(mine.person, asked["id"]).result()
        due = mine.log.clock() + timedelta(days=SECOND_CHOICE_DAYS)
        if remind:
            mine.log.remind(mine.person, SECOND_CHOICE, due, {"real": real}).result()
        made = {text: mine.log.add_todo(mine.person, text).result() for text in after.todo if text not in known}
    if as_json:
        click.echo(
            json.dumps(
                {"id": real, "level": got, "text": after.text, "practice": compared, "todo": made},
                ensure_ascii=False,
            )
        )
        return
    show(after.text)
    if compared:
        show(compared)
    if made:
        click.echo("To do:")
    for text, todo in made.items():
        show(f"  {todo:8}  {text}")
    which = called(call.plan) if call is not None else "a call that was not planned here"
    again = "" if call is None or call.happened_at is None else " It takes the place of what was noted before."
    tell(f"\nFiled under {real}, {which}.{again} See it again: runner-up real show {real}")
    if made:
        tell("Tick one off: runner-up real done ID")
    if remind:
        tell(told_of_reminder(due, WORDS[SECOND_CHOICE], real))


def _filed_under(call: RealCall | None) -> str:
    """Which call the questions are about, before any of them."""
    if call is None:
        return "No call is planned here, so this is noted as one of its own."
    planned = f"planned for {call.due_at[:10]}" if call.due_at else f"planned on {call.made_at[:10]}"
    return f"This is about {called(call.plan)}, {planned} ({call.id}). Another one: runner-up real happened ID"


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
        show(f"  {key}  {words}", err=True)


def _until_known(question: str, known: list[str], what: str, default: str = "") -> str:
    """One of these keys, asked for until it is given; `what` says in words what may be typed."""
    while (said := _prompted(question, default).lower()) not in known:
        if not despair_answered(said):
            show(f"Please type {what}. Ctrl-C leaves it for another time.", err=True)
    return said


def _prompted(question: str, default: str = "") -> str:
    """What is typed after a question. Raises click.ClickException with the way out when nobody is there to answer."""
    try:
        words: str = click.prompt(question, default=default, show_default=bool(default), err=True, prompt_suffix=" ")
        if leaves(words):
            raise click.Abort
    except click.Abort:
        raise BrokenOff(
            "Nothing was noted. It can be said in one go, too: runner-up real happened --level 2 --told WORDS"
        ) from None
    return words.strip()


def _asked(question: str) -> str:
    while despair_answered(words := _prompted(f"{question} (Enter passes)")):
        continue  # that is not kept, so the question stands
    return words


def _asked_kind() -> str:
    """The kind of reason, asked until it is known or passed over."""
    while words := _asked("What was it, in a word? certificate, years, exit story, answers, budget, …"):
        try:
            return kind_of(words)
        except click.ClickException as unknown:
            tell(unknown.message)
    return ""


def _asked_door() -> int:
    from dialogs.card import DOOR_CAME

    offered = {str(number): words for number, words in enumerate(DOOR_CAME)}
    _offer(offered)
    return int(_until_known("And about later on?", list(offered), "0, 1 or 2", default="0"))
