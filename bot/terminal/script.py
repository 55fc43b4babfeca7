"""A call from standard input: a play, or one utterance a line, said one after another without anybody at the keyboard."""

from __future__ import annotations

import re
from dataclasses import dataclass

import click

from bot.terminal import pause
from bot.terminal.call import TerminalCall
from bot.terminal.debrief import ASK_ENVELOPE, debrief_text, how_to_correct
from bot.terminal.screen import Screen
from bot.text import clean
from dialogs.patterns import lazy
from dialogs.review.page import NOTHING_SAID
from dialogs.transcript import HANGS_UP, SAYS_NOTHING, BadPlay, looks_like_play, read_play

NO_WORDS = "No words came on standard input, so nothing was said."
AT_A_KEYBOARD = (
    "({command} is for a call at the keyboard; in lines on standard input it is passed over and said to nobody.)"
)
KEPT_SO = " The call waits; say something in it at a keyboard, or with lines: runner-up call --resume"

_COMMAND = lazy(r"/[a-z]{1,20}", flags=re.IGNORECASE)
"""A slash and one word: what is typed to the program, and never said on a telephone."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A script of candidate's lines, and what its head settles if it was a play."""

    lines: tuple[str, ...]
    scenario: str = ""
    seed: int | None = None


def script_from(lines: list[str]) -> Lines:
    """Lines on standard input: a play, or one utterance a line (a blank line is silence)."""
    text = "\n".join(lines)
    if not looks_like_play(text):
        return Lines(tuple(lines))
    try:
        play = read_play(text)
    except BadPlay as error:
        raise click.ClickException(f"The play on standard input cannot be read: {error}.") from None
    return Lines(play.lines, play.scenario, play.seed)


def play_script(call: TerminalCall, script: Lines, screen: Screen) -> None:
    screen.turn(call.turns[0])
    left = iter(script.lines)
    for said in left:
        if said.strip().lower() == "/leave":
            break
        if said.strip() == HANGS_UP or said.strip().lower() in pause.RING_OFF:
            turn = call.hang_up()
        elif _COMMAND.fullmatch(said.strip()):
            screen.message(AT_A_KEYBOARD.format(command=said.strip()))
            continue
        else:
            turn = call.hear("" if said.strip() == SAYS_NOTHING else clean(said))
        screen.said(said)
        screen.turn(turn)
        if turn.ended:
            break
    if (rest := sum(1 for line in left if line.strip())) and call.practice.ended:
        click.echo(f"The call had ended; {rest} more {'line was' if rest == 1 else 'lines were'} not said.", err=True)
    _finish(call, screen)


def _finish(call: TerminalCall, screen: Screen) -> None:
    if screen.as_json:
        screen.json(
            {
                "outcome": str(call.practice.outcome),
                "highest_level": call.practice.highest,
                "session": call.id,
            }
        )
        return
    waits = bool(call.id) and not call.practice.ended
    if call.nothing_said and not call.practice.ended:
        screen.message(NO_WORDS + (KEPT_SO if waits else " The call was not kept."))
        return
    if waits:
        screen.message("The call was left where it stands. Go on with: runner-up call --resume")
    click.echo()
    if call.nothing_said:
        screen.message(NOTHING_SAID)
        return
    debrief = call.debrief()
    click.echo(debrief_text(debrief, width=screen.width, title=screen.title, sealed=waits))
    screen.corrections(how_to_correct(debrief, call.id))
    if debrief.distressed:
        if call.id and call.practice.ended:
            screen.message("\n" + ASK_ENVELOPE.format(session=call.id))
    elif waits:
        screen.message("\nThe envelope with the true reason stays sealed until the call is over.")
