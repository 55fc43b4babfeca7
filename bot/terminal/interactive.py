"""A call with somebody at the keyboard: what is typed is said or is a command, then come the guess, the debrief and another try."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import click

from bot.hearing import hearing_name
from bot.ladder import goal_of
from bot.out_of_role import answer_to_emoji, bare_command, out_of_role
from bot.session import Session
from bot.terminal import pause
from bot.terminal.call import TerminalCall
from bot.terminal.debrief import ASK_ENVELOPE, ask_again, ask_guess, how_to_correct, part_text
from bot.terminal.screen import Screen
from bot.text import clean
from bot.width import show
from dialogs.call import Outcome
from dialogs.care import OUTSIDE
from dialogs.hearing.asides import despair
from dialogs.hearing.heard import Aside
from dialogs.hearing.matters import Matter
from dialogs.hearing.text import plain
from dialogs.ladder import model_calls
from dialogs.moves import Move
from dialogs.review import Again, Debrief
from dialogs.review.page import NOTHING_SAID, parts

COMMANDS = {
    "/hint": "what a good caller might try next; again for the words",
    "/undo": "take your last words back and try again from there",
    "/why": "how your last words were heard, and what they did",
    "/continue": "go on with a call that paused",
    "/hangup": "ring off; the debrief follows",
    "/leave": "stop here; go on later with: runner-up call --resume",
    "/model": "read two short model calls, a bad one and a good one (with a manager who is not on the ladder)",
    "/help": "this list",
}

KEPT = "What you write is kept in the log on this machine, so that you get your debrief."
NOT_KEPT = "What you write is not kept: this call has no log."
TAKEN_BACK = "Your last words are taken back. Before them you heard:"
WAYS_OUT = "/leave stops here and keeps the call, /hangup rings off, /help lists the rest."


def talk(call: TerminalCall, screen: Screen, *, resumed: bool) -> None:
    screen.head(resumed=resumed, goal=goal_of(call.practice.scenario.name), why=call.why)
    _show_so_far(call, screen, whole=resumed)
    while _converse(call, screen):
        if call.nothing_said:
            screen.message(NOTHING_SAID)
            return
        try:
            debrief = call.debrief()
            stays = _show_debrief(call, debrief, screen)
            ask = _asking(screen, call.practice.scenario.first_name)
            again = ask_again(debrief.again, screen.message, ask) if stays else None
        except TakenBack:
            call.go_back(call.turns[-1].n)
            screen.message(TAKEN_BACK)
            _show_so_far(call, screen, whole=False)
            continue
        if again is None:
            if call.id:
                if debrief.distressed:
                    screen.message(ASK_ENVELOPE.format(session=call.id))
                screen.message(f"Kept as {call.id}; see it again with: runner-up sessions review {call.id}")
            return
        _try_again(call, again)
        click.echo()
        _show_so_far(call, screen, whole=False)


def _show_so_far(call: TerminalCall, screen: Screen, *, whole: bool) -> None:
    for turn in call.turns if whole else call.turns[-1:]:
        if turn.n:
            screen.you(turn.said)
        screen.turn(turn)


@dataclass(slots=True)
class SoFar:
    """What is remembered from turn to turn: how many hints were given for this one, and what was explained already."""

    hints: int = 0
    told: set[Aside | Matter] = field(default_factory=set)


def _converse(call: TerminalCall, screen: Screen) -> bool:
    """Take turns until the call is over (True) or the person leaves (False)."""
    so_far = SoFar()
    if call.waits:
        pause.still(call, screen)
    while not call.practice.ended:
        said = screen.ask()
        command = (said or "").strip().lower()
        if said is None or command == "/leave":
            _left(call, screen)
            return False
        if call.waits and command in pause.RING_OFF:
            pause.ring_off(call, screen)
            return False
        if call.waits:
            _while_it_waits(call, screen, command, said)
        else:
            _take(call, screen, _as_command(command), said, so_far)
    return True


def _while_it_waits(call: TerminalCall, screen: Screen, command: str, said: str) -> None:
    """What is typed after distress: nothing of it reaches the manager, and only /continue leads back."""
    if command == "/continue":
        pause.take_back_up(call, screen)
    elif command == "/help":
        _command(call, screen, command)
    elif command == "/undo":
        pause.still(call, screen)  # the words can be taken back after the way back
    else:
        pause.answer(call, screen, clean(said))


def _as_command(typed: str) -> str:
    """A bare word that nobody says to a manager, as the command it is meant for; other words as they are."""
    asked = "" if typed.startswith("/") else bare_command(typed)
    if asked in ("", "menu"):
        return asked or typed
    return "/help" if typed.strip(" .!?") == "help" else f"/{asked}"


def _take(call: TerminalCall, screen: Screen, command: str, said: str, so_far: SoFar) -> None:
    """One line of a call that goes on: for the program, for nobody, or said to the manager."""
    if command == "menu":
        screen.message(f"(Not said to {call.practice.scenario.first_name}. {WAYS_OUT})")
        return
    if nobody_sees := answer_to_emoji(command):
        screen.message(f"({nobody_sees})")
        return
    if command == "/hint":
        so_far.hints = _hint(call, screen, so_far.hints)
        return
    so_far.hints = 0
    if command == "/continue":
        pause.take_back_up(call, screen)
    elif command.startswith("/"):
        _command(call, screen, command)
    else:
        _say(call, screen, said, so_far)


def _say(call: TerminalCall, screen: Screen, said: str, so_far: SoFar) -> None:
    """Words for the manager, the answer, and what the program itself has to say beside it, once."""
    turn = call.hear(clean(said))
    screen.turn(turn)
    about = turn.heard.aside or turn.heard.matter
    beside = out_of_role(about, call.practice.scenario.first_name, KEPT if call.log is not None else NOT_KEPT)
    if beside and about not in so_far.told:
        so_far.told.add(about)
        screen.message(beside)
    if call.waits:
        pause.still(call, screen)


WAY_BACK = "/undo takes your last words back, and the call goes on from there."


class TakenBack(Exception):  # no error: somebody changed their mind
    """The words that ended the call are taken back, in the middle of the debrief."""


def _asking(screen: Screen, name: str) -> Callable[[str], str | None]:
    """Ask on the way through the debrief; /undo raises TakenBack there too."""

    def ask(prompt: str) -> str | None:
        while True:
            answer = screen.ask_plainly(prompt)
            words = (answer or "").strip()
            if words.lower() in ("/undo", "undo"):
                raise TakenBack
            if despair(plain(words)):
                for line in OUTSIDE:
                    screen.aside(line)
            elif len(words.split()) > 1:
                screen.message(
                    f"(The call is over, so {name} doesn't hear that, and it counts as no answer. {WAY_BACK})"
                )
            else:
                return answer

    return ask


def _broke_off(call: TerminalCall) -> bool:
    """Whether the call ended without a goodbye from the one who called: they may still be typing."""
    last = call.turns[-1]
    said_goodbye = Move.CLOSE in last.moves and call.practice.outcome is not Outcome.CUT_OFF
    return last.heard.aside is not Aside.HANG_UP and not said_goodbye


def _let_it_sink_in(call: TerminalCall, ask: Callable[[str], str | None], screen: Screen) -> None:
    """A pause after such an end: what is typed in it is no guess, not even a number."""
    name = call.practice.scenario.first_name
    screen.message(f"The call has ended. {WAY_BACK}")
    while (typed := ask("Enter goes on to the debrief: ")) is not None and typed.strip():
        screen.message(f"(The call is over, so {name} doesn't hear that. {WAY_BACK})")


def _show_debrief(call: TerminalCall, debrief: Debrief, screen: Screen) -> bool:
    """Whether the person stayed to its end: who leaves before the envelope does not have it opened for them."""
    ask = _asking(screen, call.practice.scenario.first_name)
    click.echo()
    if _broke_off(call) and not debrief.distressed:
        _let_it_sink_in(call, ask, screen)
    for guess in debrief.guesses:
        chosen = ask_guess(guess, screen.message, ask)
        if chosen is not None and call.log is not None:
            right = chosen == guess.choices[guess.right]
            call.log.guess(call.person, call.id, guess.key, chosen, right=right).result()
    for part in parts(debrief):
        if part.sealed and ask(f"\n{part.title}: Enter opens it. ") is None:
            screen.message("\nThe envelope stays sealed.")
            return False
        click.echo()
        click.echo(part_text(part, width=screen.width, title=screen.title))
    screen.corrections(how_to_correct(debrief, call.id))
    click.echo()
    return True


def _try_again(call: TerminalCall, again: Again) -> None:
    """The same manager from before a turn, or a new call; what was said stays in the log."""
    if again.fresh:
        scenario = call.practice.scenario
        seed = call.log.next_seed(call.person, scenario.name) if call.log is not None else call.practice.seed + 1
        call.session = Session.start(call.log, call.person, scenario, seed, ear=call.ear, hearing=hearing_name())
        call.turns = [call.session.first] if call.session.first else []
    else:
        call.go_back(max(1, again.turn), taken_back=False)


def _left(call: TerminalCall, screen: Screen) -> None:
    click.echo()
    if call.id:
        screen.message("The call is kept as it stands. Go on with: runner-up call --resume")
    else:
        screen.message("The call was not kept (--no-log).")


def _command(call: TerminalCall, screen: Screen, command: str) -> None:
    """Carry out a command."""
    match command:
        case _ if command in pause.RING_OFF:
            screen.turn(call.hang_up())
        case "/undo":
            if call.practice.turns == 0:
                screen.message("Nothing has been said yet.")
                return
            call.go_back(call.turns[-1].n)
            screen.message(TAKEN_BACK)
            screen.turn(pause.last_in_role(call))
        case "/why":
            _why(call, screen)
        case "/model":
            _model(screen)
        case _:
            if command != "/help":
                screen.message(f"There is no {command.split()[0]}. What there is:")
            for name, about in COMMANDS.items():
                screen.message(f"{name:10} {about}")


def _hint(call: TerminalCall, screen: Screen, shown: int) -> int:
    from dialogs.hints import hint

    advice = hint(call.practice)
    call.note_help("words" if shown else "hint")
    screen.message(f"Words that would do: “{advice.words}”" if shown else advice.idea + "  (/hint again for words)")
    return shown + 1


def _why(call: TerminalCall, screen: Screen) -> None:
    from dialogs.explain import explain

    if call.practice.turns == 0:
        screen.message("Nothing has been said yet.")
        return
    for line in explain(call.turns[-1], call.turns, call.practice.scenario):
        screen.message(line)


def _model(screen: Screen) -> None:
    for shown in model_calls():
        click.echo()
        show(screen.title(shown.claim))
        for moment in shown.moments:
            if moment.said:
                show(f"  You: {moment.said}")
            for name, words in moment.says:
                show(f"  {name}: {words}")
            if moment.note:
                screen.message(f"      {moment.note}")
