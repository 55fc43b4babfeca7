"""`runner-up sessions meant`: put right how a turn was taken; the review goes by it, the call stays as it was."""

from __future__ import annotations

from difflib import get_close_matches

import click

from bot.cli.opened import Mine, opened
from bot.log.calls import LoggedCall
from bot.prog_name import as_typed, tell
from dialogs.moves import Move
from dialogs.practice import Turn


@click.command()
@click.argument("session", metavar="ID")
@click.argument("turn", type=click.IntRange(1))
@click.argument("moves", nargs=-1, metavar="[MOVE]...")
@click.option("--level", type=click.IntRange(0, 4), help="How open the answer of that turn was, in a real call.")
def meant(session: str, turn: int, moves: tuple[str, ...], level: int | None) -> None:
    """Put right how a TURN was taken: say the MOVEs you meant. Without any, see what was heard and what there is to choose.

    \b
    runner-up sessions meant k7p2 3                    how turn 3 was taken
    runner-up sessions meant k7p2 3 ask_specific       it was a narrow question
    runner-up sessions meant k7p2 3 --level 2          the answer was a hint (a real call)
    """
    with opened() as mine:
        call = mine.call(session)
        turns = mine.log.turns(mine.person, call.session)
        if turn >= len(turns):
            raise click.ClickException(
                f"Call {call.session} has {len(turns) - 1} turns. See: runner-up sessions show {call.session}"
            )
        if level is not None:
            _told(mine, call, turns[turn], level)
        if moves:
            known = [_move(word) for word in moves]
            mine.log.correct(mine.person, call.session, turn, known).result()
        elif level is None:
            _show(mine, call, turns[turn])
            return
    tell(f"Noted. The review goes by it: runner-up sessions review {call.session}")


def _told(mine: Mine, call: LoggedCall, turn: Turn, level: int) -> None:
    from bot.postmortem import tell_level

    if call.version:
        raise click.ClickException(
            "In a practice call the level is known; --level is for a real call that was imported."
        )
    told = tell_level(mine.log, mine.person, call.session, turn, level)
    if not told:
        raise click.ClickException(f"Nothing was answered in turn {turn.n}.")
    for kept in told:
        kept.result()


def _move(word: str) -> Move:
    name = word.strip().lower().replace("-", "_")
    if name in set(Move):
        return Move(name)
    close = get_close_matches(name, [str(m) for m in Move], n=1)
    hint = f"did you mean '{close[0]}'?" if close else "see: runner-up sessions meant ID TURN"
    raise click.ClickException(f"'{word[:40]}' is no move; {hint}")


def _show(mine: Mine, call: LoggedCall, turn: Turn) -> None:
    from dialogs.plain_words import DID

    put_right = mine.log.corrections(mine.person, call.session).get(turn.n)
    click.echo(f"Turn {turn.n}: {turn.said.strip() or '(nothing said)'}")
    click.echo("heard:  " + "; ".join(f"{m}, {DID[m]} ({turn.heard.scores.get(m, 1.0):.0%} sure)" for m in turn.moves))
    if put_right:
        click.echo("meant:  " + "; ".join(f"{m}, {DID[m]}" for m in put_right))
    click.echo("\nWhat it may have been:")
    for move, words in DID.items():
        click.echo(f"  {move:13} {words}")
    click.echo(
        as_typed(
            f"\nTo say it: runner-up sessions meant {call.session} {turn.n} WORD …, with one or more of the words on the left."
        )
    )
