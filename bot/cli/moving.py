"""`runner-up sessions export`, `import`, `keep`, `delete`: calls that leave the log, and calls that come into it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from bot.cli.opened import opened
from bot.prog_name import tell
from bot.rendering.text import local
from bot.text import counted

person_option = click.option("--person", metavar="ID", help="Somebody else's calls (for the host).")


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option(
    "--format", "shape", type=click.Choice(("jsonl", "html", "csv", "play")), default="jsonl", show_default=True
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A new file; otherwise it is printed.")
@person_option
def export(ids: tuple[str, ...], shape: str, output: Path | None, person: str | None) -> None:
    """Write calls for others to read or keep: these, or everything of yours.

    \b
    runner-up sessions export -o everything.jsonl           lossless; import takes it in again
    runner-up sessions export k7p2 --format html -o call.html
    """
    from bot.transcripts.writing import exported

    if output is None and not ids and shape == "jsonl" and sys.stdout.isatty():  # for programs, and long
        raise click.ClickException(
            "Everything as JSON is for a file or a program: runner-up sessions export -o everything.jsonl "
            "(or as a page to read: runner-up sessions export --format html -o calls.html)"
        )
    with opened(person) as mine:
        names = [mine.call(i).session for i in ids]
        text = exported(mine.log, mine.person, names, shape)
    if output is None:
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        return
    write_new(output, text)
    click.echo(f"Written to {output}.", err=True)


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet, readable by its owner alone."""
    import os

    try:
        with open(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8", newline=""
        ) as file:
            file.write(text)
    except FileExistsError:
        raise click.ClickException(f"{path} is there already; name another file.") from None
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}.") from None


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--format", "form", help="The form it is in, when it is not seen by itself: text, mail, telegram, vtt, csv, …"
)
@click.option("--you", metavar="NAME", help="Which speaker is you.")
@click.option("--mine", is_flag=True, help="An export of your own: it counts as your practice again.")
@click.option("--dry-run", is_flag=True, help="Only print what would be imported.")
@person_option
def import_(file: Path, form: str | None, you: str | None, mine: bool, dry_run: bool, person: str | None) -> None:
    """Bring in a transcript from elsewhere, or an export; it becomes calls marked as imported.

    \b
    runner-up sessions import result.json
    runner-up sessions import call.vtt --you "Sam Ortiz" --dry-run
    runner-up sessions import rejection.eml
    """
    from bot.settings import settings
    from bot.transcripts import BadTranscript, read_bytes
    from bot.transcripts.keeping import keep
    from bot.transcripts.limits import MAX_NATIVE_BYTES
    from bot.transcripts.preview import told
    from bot.transcripts.roles import WhichIsYou

    try:
        with click.open_file(str(file), "rb") as source:
            data = source.read(MAX_NATIVE_BYTES + 1)
    except OSError as error:
        raise click.ClickException(f"{file} cannot be read: {error.strerror}.") from None
    try:
        imported = read_bytes(data, file.name, form)
        if dry_run:
            for line in told(imported, you):
                click.echo(line)
            return
        from bot.hearing import Ears

        hearing, ear = Ears(settings().hearing)()
        with opened(person) as owner:
            while True:
                try:
                    kept = keep(owner.log, owner.person, imported, you=you, mine=mine, hearing=hearing, ear=ear)
                    break
                except WhichIsYou as which:
                    you = _which(which)
    except BadTranscript as error:
        raise click.ClickException(str(error)) from None
    for session in kept.sessions:
        click.echo(session)
    count = len(kept.sessions)
    already = f"; {kept.already} had been here already" if kept.already else ""
    click.echo(f"{count} {'call' if count == 1 else 'calls'} brought in{already}.", err=True)
    if imported.format != "native" and kept.sessions:
        tell(f"What can be read from it: runner-up sessions review {kept.sessions[0]}")


def _which(which: Any) -> str:
    from bot.transcripts.talk import speaker_meant

    if not sys.stdin.isatty():
        raise click.ClickException(str(which))
    for number, name in enumerate(which.names, 1):
        click.echo(f"  {number}  {name}", err=True)
    while True:
        said = str(click.prompt("Which of these is you? (a number or the name)", prompt_suffix=" ", err=True)).strip()
        if said.isdecimal() and 1 <= int(said) <= len(which.names):
            return str(which.names[int(said) - 1])
        if (meant := speaker_meant(which.names, said)) is not None:
            return meant
        tell(f"None of them is called '{said[:40]}'. Ctrl-C leaves it, and nothing is brought in.")


@click.command()
@click.argument("session", metavar="ID")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--claim", default="", help="What this call shows, in a sentence; it names the file.")
@click.option(
    "--replace", "swaps", multiple=True, metavar="OLD=NEW", help="A name to replace, beside those that are found."
)
@person_option
@click.option("--agreed", is_flag=True, help="With --person: they have agreed that this call is kept so.")
def keep(session: str, folder: Path, claim: str, swaps: tuple[str, ...], person: str | None, agreed: bool) -> None:
    """Keep a call as a play in FOLDER, for tests: names and companies are replaced.

    \b
    runner-up sessions keep k7p2 tests/calls --claim "A late apology still mends."
    """
    from bot.transcripts.kept_plays import coverage, kept_play
    from dialogs.review import light_ear

    if person is not None and not agreed:
        raise click.ClickException(
            "/privacy promises that nobody's calls improve the program unless they agree to that; ask them, then add --agreed."
        )
    extra = []
    for swap in swaps:
        old, equals, new = swap.partition("=")
        if not equals or not old.strip():
            raise click.ClickException(f"'{swap}' is no replacement; write OLD=NEW.")
        extra.append((old.strip(), new.strip()))
    with opened(person) as mine:
        call = mine.call(session)
        if not call.version:
            raise click.ClickException(
                f"{call.session} was held with a real person; make a scenario of it: sessions scenario"
            )
        turns = mine.log.turns(mine.person, call.session)
        name, text, found = kept_play(mine.log.scenario(mine.person, call.session), call, turns, claim, extra)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_new(folder / name, text)
    click.echo(str(folder / name))
    if found:
        click.echo("Replaced: " + ", ".join(f"{old} → {new}" for old, new in found), err=True)
    click.echo("Read it through before you share it: a name that was not told apart stays.", err=True)
    if person is not None:
        click.echo("This file is outside the log, where /delete cannot reach it: take it away if they ask.", err=True)
    for line in coverage(folder, light_ear()):
        click.echo(line, err=True)


@click.command()
@click.argument("session", required=False, metavar="[ID]")
@click.option(
    "--all", "everything", is_flag=True, help="Everything of yours: calls, guesses, plans, drills, to-dos and settings."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@person_option
def delete(session: str | None, everything: bool, yes: bool, person: str | None) -> None:
    """Take a call away for good: rows, search index, write-ahead log.

    \b
    runner-up sessions delete k7p2
    runner-up sessions delete --all      everything of yours, as /delete does in the chat
    """
    if (session is None) is not everything:
        which = (
            "Name one call or say --all, not both"
            if everything
            else "Name a call by its ID (runner-up sessions lists them), or everything of yours"
        )
        raise click.ClickException(f"{which}: runner-up sessions delete ID, or runner-up sessions delete --all")
    if session is None:
        _delete_everything(yes, person)
        return
    with opened(person) as mine:
        call = mine.call(session)
        if not yes:
            if not sys.stdin.isatty():
                raise click.ClickException(
                    f"Deleting cannot be undone; say so with --yes: sessions delete {call.session} --yes"
                )
            what = f"{call.session}, {call.scenario or call.manager}, {local(call.started_at)}"
            if not _sure(f"Delete {what} for good?"):
                return
        erased = mine.log.delete(mine.person, call.session)
    click.echo(
        f"{call.session} is deleted ({counted(erased.turns, 'turn')}); backups hold it for up to 7 more days.", err=True
    )


def _delete_everything(yes: bool, person: str | None) -> None:
    with opened(person) as mine:
        count = len(mine.log.calls(mine.person, taken_back=True))
        calls = "1 call" if count == 1 else f"{count} calls"
        if not yes:
            if not sys.stdin.isatty():
                raise click.ClickException("Deleting cannot be undone; say so with --yes: sessions delete --all --yes")
            tell("A copy first: runner-up sessions export -o everything.jsonl")
            if not _sure(f"Delete everything ({calls}, with guesses, plans, drills, to-dos and settings) for good?"):
                return
        mine.log.erase(mine.person)
    click.echo(f"Everything is deleted ({calls}); backups hold it for up to 7 more days.", err=True)


def _sure(question: str) -> bool:
    """Whether the answer is yes; whatever else it is, it is said that nothing happened."""
    try:
        sure = click.confirm(question, err=True)
    except click.Abort:  # Ctrl-C: the line is begun and not ended
        click.echo(err=True)
        sure = False
    if not sure:
        click.echo("Nothing was deleted.", err=True)
    return sure
