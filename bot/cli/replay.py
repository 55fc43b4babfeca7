"""`runner-up replay`: see a call again, and what the present program makes of it."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import click

from bot import library
from bot.cli.opened import Mine, opened
from bot.hearing import Ears
from bot.prog_name import tell
from bot.replay import Kept, Present, Replayed, replay_kept, replay_play
from bot.width import WIDTH, columns, folded
from bot.width import show as show_text
from dialogs.practice import Turn
from dialogs.transcript import BadPlay, looks_like_play, note, one_line, read_play, said

LONGEST_PAUSE = 8.0  # seconds: what was a lunch break then is none now
SECONDS_A_WORD = 0.4  # unhurried speech, where no times are known


@click.command()
@click.argument("what", nargs=-1, metavar="[FILE|ID]...")
@click.option("--all", "everything", is_flag=True, help="Every call in the log, on all cores, and what would change.")
@click.option("--check", is_flag=True, help="Print nothing but differences; exit 1 if there are any.")
@click.option("--pace", is_flag=True, help="With the pauses it had.")
@click.option("--step", is_flag=True, help="Turn by turn: Enter for the next, q to stop.")
@click.option("--you", metavar="NAME", help="Which speaker of a transcript is you.")
@click.option("--person", metavar="ID", help="Somebody else's calls (for the host).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a call; exit 1 if any differ.")
def replay(
    what: tuple[str, ...],
    everything: bool,
    check: bool,
    pace: bool,
    step: bool,
    you: str | None,
    person: str | None,
    as_json: bool,
) -> None:
    """Replay a play, a logged call or a transcript, and show every difference.

    \b
    runner-up replay tests/calls/anger-costs-the-call.txt
    runner-up replay k7p2 --step
    runner-up replay --all
    """
    if everything:
        from bot.cli.replay_all import replay_all

        if what:
            raise click.ClickException("--all replays the whole log; leave the files and ids out.")
        sys.exit(replay_all(check=check, as_json=as_json))
    if not what:
        raise click.ClickException("Name a play, a call or a transcript. Example: runner-up replay k7p2")
    if step and not sys.stdin.isatty():
        raise click.ClickException("--step wants a terminal to press Enter in; leave it out.")
    failed = False
    with ExitStack() as stack:
        for replayed in _each(what, person, you, stack):
            if isinstance(replayed, Unread):
                failed = True
                _complain(replayed, as_json=as_json)
            elif check or as_json:
                failed |= bool(replayed.differences)
                _report(replayed, as_json=as_json)
            else:
                _show(replayed, several=len(what) > 1, wait=_waiting(replayed, pace=pace, step=step))
    if failed:
        sys.exit(1)


def _report(replayed: Replayed, *, as_json: bool) -> None:
    """The differences alone, for a machine or a look."""
    if as_json:
        click.echo(json.dumps(replayed.as_json(), ensure_ascii=False))
        return
    for difference in replayed.differences:
        click.echo(f"{replayed.file}: {difference}")


@dataclass(frozen=True, slots=True)
class Unread:
    """A file or call that cannot be replayed; the others go on."""

    file: str
    why: str


def _complain(unread: Unread, *, as_json: bool) -> None:
    tell(f"Error: {unread.why}")
    if as_json:
        row = {"file": unread.file, "turns": 0, "differences": [], "error": unread.why}
        click.echo(json.dumps(row, ensure_ascii=False))


# -- what is replayed -----------------------------------------------------------------------------------


def _each(what: tuple[str, ...], person: str | None, you: str | None, stack: ExitStack) -> Iterator[Replayed | Unread]:
    from bot.settings import settings

    listening = Ears(settings().hearing)
    mine: Mine | None = None
    for name in what:
        try:
            data = _bytes_of(name)
            if data is not None:
                yield from _from_file(name, data, listening, you)
                continue
            mine = mine or stack.enter_context(opened(person))
            yield replay_kept(kept_call(mine, name), Present(library.current, listening))
        except click.ClickException as error:
            yield Unread(name, error.message)


def _bytes_of(name: str) -> bytes | None:
    """The file of this name, or standard input for `-`; None when it is the id of a call."""
    from bot.transcripts.limits import MAX_BYTES

    if name == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    path = Path(name)
    try:
        if path.is_file():
            with path.open("rb") as file:
                return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise click.ClickException(f"{name} cannot be read: {error.strerror}.") from None
    if not name.isalnum():
        raise click.ClickException(f"There is no file {name}.")
    return None


def _from_file(name: str, data: bytes, listening: Ears, you: str | None) -> Iterator[Replayed]:
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    if looks_like_play(text):
        try:
            play = read_play(text)
        except BadPlay as error:
            raise click.ClickException(f"{name} cannot be read as a play: {error}.") from None
        if not play.scenario:
            raise click.ClickException(f"{name} does not say with whom: put 'scenario: NAME' into its head.")
        yield replay_play(play, name, library.find(play.scenario), listening()[1])
        return
    from bot.transcripts import BadTranscript, read_bytes
    from bot.transcripts.replayed import replay_imported

    try:
        imported = read_bytes(data, Path(name).name)
        yield from replay_imported(imported, name, Present(library.current, listening), you)
    except BadTranscript as error:
        raise click.ClickException(f"{name}: {error}") from None


def kept_call(mine: Mine, session: str) -> Kept:
    """A logged call as replay takes it."""
    call = mine.call(session)
    log, person = mine.log, mine.person
    if call.kind == "imported" and not call.version:
        raise click.ClickException(f"{call.session} was held with a real person; read it: sessions show {call.session}")
    return Kept(
        call.session,
        call.seed,
        log.turns(person, call.session),
        log.scenario(person, call.session),
        call.engine,
        call.hearing,
        tuple(log.times(person, call.session)),
    )


# -- how it is shown ------------------------------------------------------------------------------------


def _show(replayed: Replayed, *, several: bool, wait: Callable[[int], bool]) -> None:
    if several:
        click.echo(f"== {replayed.file}")
    found: dict[int, list[str]] = {}
    for d in replayed.differences:
        found.setdefault(d.n, []).append(f"≠ {d.what}: was {d.was or 'nothing'}; now {d.now or 'nothing'}")
    for turn, texts in spoken(replayed, min(WIDTH, columns() or WIDTH)):
        if not wait(turn.n):
            return
        for text in texts:
            show_text(text)
        for line in found.pop(turn.n, []):
            shown = folded(f"      {line}", columns() or len(line) + 6)
            # click leaves colours out for a file or a pipe, and knows nothing of NO_COLOR.
            click.echo(shown if os.environ.get("NO_COLOR") else click.style(shown, fg="yellow"))
    for lines in found.values():
        for line in lines:
            show_text(f"      {line}")
    for remark in replayed.notes:
        click.echo(f"({remark})", err=True)
    count = len(replayed.differences)
    click.echo(f"({count or 'no'} {'difference' if count == 1 else 'differences'})", err=True)


def spoken(replayed: Replayed, width: int = WIDTH) -> Iterator[tuple[Turn, list[str]]]:
    """Each turn with its lines for the terminal: names before words, and what was heard between brackets."""
    from bot.rendering.text import speech, voice_of

    name = replayed.scenario.first_name if replayed.scenario else replayed.manager
    reception = replayed.scenario.receptionist if replayed.scenario else "Reception"
    voices = {voice_of(x, name, reception) for t in replayed.turns for x in t.lines}
    margin = max(len(v) for v in voices | {"You"}) + 2
    for turn in replayed.turns:
        texts: list[str] = []
        if turn.n:
            texts += [*speech("You", said(turn), margin, width), f"{'':{margin}}[{note(turn)}]"]
        for line in turn.lines:
            texts += speech(voice_of(line, name, reception), one_line(line.text), margin, width)
        yield turn, texts


def _waiting(replayed: Replayed, *, pace: bool, step: bool) -> Callable[[int], bool]:
    """Waits before a turn as asked for; False stops the showing."""
    if step:
        click.echo("(Enter for the next turn, q to stop)", err=True)
        return lambda n: n == 0 or click.prompt("", "", show_default=False, prompt_suffix="").strip() != "q"
    if not pace:
        return lambda n: True

    def paced(n: int) -> bool:
        time.sleep(min(LONGEST_PAUSE, _pause_before(replayed, n)))
        return True

    return paced


def _pause_before(replayed: Replayed, n: int) -> float:
    from datetime import datetime

    if n == 0:
        return 0.0
    times = replayed.times
    if n < len(times):
        gap = datetime.fromisoformat(times[n]) - datetime.fromisoformat(times[n - 1])
        return max(0.0, gap.total_seconds())
    turn = replayed.turns[n] if n < len(replayed.turns) else None
    return SECONDS_A_WORD * len(turn.said.split()) if turn else 0.0
