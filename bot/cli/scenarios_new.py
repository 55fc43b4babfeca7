"""`runner-up scenarios new`: a few questions, and a file that works at once; with --own, a call of one's own."""

from __future__ import annotations

import re
from pathlib import Path

import click

from bot.library import own_folder
from bot.prog_name import tell
from bot.terminal.outside import despair_answered
from bot.width import show
from dialogs.scenario import BadScenario, own_call
from dialogs.scenario.first_file import ASKED, CHOICES, first_file, not_an_answer
from dialogs.scenario.remarks import remarks


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--own", is_flag=True, help="Your own case: a few answers, each of which may be skipped.")
@click.option(
    "--set", "given", multiple=True, metavar="FIELD=ANSWER", help="An answer in advance; may be repeated (scripts)."
)
@click.option(
    "--seed", type=click.IntRange(0, 10**9), default=1, show_default=True, help="With --own: another manager."
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option("--yes", is_flag=True, help="Ask nothing; skip what was not given.")
def new(file: Path | None, own: bool, given: tuple[str, ...], seed: int, force: bool, yes: bool) -> None:
    """Write a new manager to FILE, ready to be called.

    \b
    runner-up scenarios new my-manager.yaml
    runner-up scenarios new --own
    runner-up scenarios new x.yaml --yes --set job=baker --set reason=years
    """
    answers = dict(_pair(text) for text in given)
    if file is not None:
        _not_there_yet(file, force)  # said before the questions, not after them
    try:
        text, name = _own(answers, seed, ask=not yes) if own else _written(answers, ask=not yes)
    except click.Abort:  # Ctrl-C or Ctrl-D at a question
        click.echo(err=True)
        raise click.ClickException("Nothing was written.") from None
    except BadScenario as error:
        raise click.ClickException(_sentence(error)) from None
    except ValueError as error:
        raise click.ClickException(f"{str(error)[:1].upper()}{str(error)[1:]}.") from None
    path = file or (own_folder() or Path()) / f"{name}.yaml"
    _not_there_yet(path, force)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}.") from None
    for remark in remarks(path):
        tell(str(remark))
    tell(f"Written: {path}\nCall it: runner-up call {path}")
    click.echo(str(path))


def _not_there_yet(path: Path, force: bool) -> None:
    if path.exists() and not force:
        raise click.ClickException(f"{path} is there already. Name another file, or use --force.")


def _pair(text: str) -> tuple[str, str]:
    field, sign, answer = text.partition("=")
    if not sign:
        raise click.ClickException(f"--set wants FIELD=ANSWER, not '{text[:40]}'.")
    return field.strip(), answer.strip()


def _sentence(error: BadScenario) -> str:
    return "; ".join(re.sub(r"^new\.yaml:\d+: ", "", str(fault)) for fault in error.faults)


def _written(answers: dict[str, str], *, ask: bool) -> tuple[str, str]:
    unknown = set(answers) - {field for field, _, _ in ASKED}
    if unknown:
        fields = ", ".join(field for field, _, _ in ASKED)
        raise ValueError(f"there is no question '{min(unknown)}'; these are: {fields}")
    for field, said in answers.items():
        if fault := _not_given(field, said):
            raise ValueError(fault)
    if ask:
        show("A few questions; Enter takes what stands in brackets.", err=True)
    for field, question, default in ASKED:
        if field not in answers and ask:
            answers[field] = _answer(field, question, default)
    company = answers.get("company") or "new-manager"
    return first_file(answers), own_call.name_of(company).removeprefix("own-")


def _not_given(field: str, said: str) -> str:
    """What is wrong with an answer of --set; what has choices is checked with the file, which names them."""
    if not said:
        return f"--set {field}= gives no answer; leave it out, or put one behind the sign"
    return "" if field in CHOICES else not_an_answer(field, said).removesuffix(".")


def _answer(field: str, question: str, default: str) -> str:
    """Asked until the answer will do, so that nobody answers seven questions to hear that the fourth was wrong."""
    for name, meaning in CHOICES.get(field, {}).items():
        show(f"  {name:14} {meaning}".rstrip(), err=True)
    while fault := not_an_answer(field, said := str(click.prompt(question, default=default, err=True)).strip()):
        show(fault, err=True)
    return said


def _own(answers: dict[str, str], seed: int, *, ask: bool) -> tuple[str, str]:
    if ask:
        show("About your own case. It stays on this machine. Enter skips a question.", err=True)
        for question in own_call.questions():
            if question.key not in answers:
                answers[question.key] = _asked(question)
    scenario = own_call.make(answers, seed)
    return scenario.source, scenario.name


def _asked(question: own_call.Question) -> str:
    for n, choice in enumerate(question.choices, 1):
        show(f"  {n:2} {choice.label}", err=True)
    while True:
        said: str = click.prompt(question.ask, default="", show_default=False, err=True)
        if despair_answered(said):
            continue
        try:
            return question.read(said)
        except ValueError as error:
            show(str(error), err=True)
