"""A call with somebody at the keyboard: what is typed is said or is a command, then come the guess, the debrief and another try."""

from __future__ import annotations

from collections.abc import Callable

import click

from bot import at_rest
from bot.beside import meant_for_us, out_of_role, unseen
from bot.climb import goal_of
from bot.debrief_text import ASK_ENVELOPE, ask_again, ask_guess, how_to_correct, part_text
from bot.hearing import hearing_name
from bot.held import Held
from bot.screen import Screen
from bot.session import Session
from bot.text import clean
from dialogs.call import Outcome
from dialogs.care import OUTSIDE
from dialogs.hearing.asides import despair
from dialogs.hearing.heard import Aside
from dialogs.hearing.matters import Matter
from dialogs.hearing.text import plain
from dialogs.ladder import model_calls
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


def talk(held: Held, screen: Screen, *, resumed: bool) -> None:
    screen.head(resumed=resumed, goal=goal_of(held.practice.scenario.name), why=held.why)
    _show_so_far(held, screen, whole=resumed)
    while _converse(held, screen):
        if held.nothing_said:
            screen.message(NOTHING_SAID)
            return
        try:
            debrief = held.debrief()
            stays = _show_debrief(held, debrief, screen)
            ask = _asking(screen, held.practice.scenario.first_name)
            again = ask_again(debrief.again, screen.message, ask) if stays else None
        except TakenBack:
            held.go_back(held.turns[-1].n)
            screen.message(TAKEN_BACK)
            _show_so_far(held, screen, whole=False)
            continue
        if again is None:
            if held.id:
                if debrief.distressed:
                    screen.message(ASK_ENVELOPE.format(session=held.id))
                screen.message(f"Kept as {held.id}; see it again with: runner-up sessions review {held.id}")
            return
        _try_again(held, again)
        click.echo()
        _show_so_far(held, screen, whole=False)


def _show_so_far(held: Held, screen: Screen, *, whole: bool) -> None:
    for turn in held.turns if whole else held.turns[-1:]:
        if turn.n:
            screen.you(turn.said)
        screen.turn(turn)


def _converse(held: Held, screen: Screen) -> bool:
    """Take turns until the call is over (True) or the person leaves (False)."""
    hints = 0
    told: set[Aside | Matter] = set()  # what was explained already
    if held.waits:
        at_rest.still(held, screen)
    while not held.practice.ended:
        said = screen.ask()
        command = (said or "").strip().lower()
        if said is None or command == "/leave":
            _left(held, screen)
            return False
        if held.waits and command in at_rest.RING_OFF:
            at_rest.ring_off(held, screen)
            return False
        if not held.waits and (asked := meant_for_us(command)) and not command.startswith("/"):
            if asked == "menu":
                screen.message(f"(Not said to {held.practice.scenario.first_name}. {WAYS_OUT})")
                continue
            command = f"/{'help' if command.strip(' .!?') == 'help' else asked}"
        if not held.waits and (nobody_sees := unseen(command)):
            screen.message(f"({nobody_sees})")
            continue
        if command == "/hint" and not held.waits:
            hints = _hint(held, screen, hints)
            continue
        hints = 0
        if command == "/continue":
            at_rest.take_back_up(held, screen)
        elif command.startswith("/") and (not held.waits or command == "/help"):
            _command(held, screen, command)
        elif held.waits and command == "/undo":
            at_rest.still(held, screen)  # only /continue leads back; the words can be taken back after it
        elif held.waits:
            at_rest.answer(held, screen, clean(said))
        else:
            turn = held.hear(clean(said))
            screen.turn(turn)
            about = turn.heard.aside or turn.heard.matter
            beside = out_of_role(about, held.practice.scenario.first_name, KEPT if held.log is not None else NOT_KEPT)
            if beside and about not in told:
                told.add(about)
                screen.message(beside)
            if held.waits:
                at_rest.still(held, screen)
    return True


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


def _show_debrief(held: Held, debrief: Debrief, screen: Screen) -> bool:
    """Whether the person stayed to its end: who leaves before the envelope does not have it opened for them."""
    ask = _asking(screen, held.practice.scenario.first_name)
    click.echo()
    if held.practice.outcome is Outcome.CUT_OFF and not debrief.distressed:
        screen.message(f"({WAY_BACK})")
    for guess in debrief.guesses:
        chosen = ask_guess(guess, screen.message, ask)
        if chosen is not None and held.log is not None:
            right = chosen == guess.choices[guess.right]
            held.log.guess(held.person, held.id, guess.key, chosen, right=right).result()
    for part in parts(debrief):
        if part.sealed and ask(f"\n{part.title}: Enter opens it. ") is None:
            screen.message("\nThe envelope stays sealed.")
            return False
        click.echo()
        click.echo(part_text(part, width=screen.width, title=screen.title))
    screen.corrections(how_to_correct(debrief, held.id))
    click.echo()
    return True


def _try_again(held: Held, again: Again) -> None:
    """The same manager from before a turn, or a new call; what was said stays in the log."""
    if again.fresh:
        scenario = held.practice.scenario
        seed = held.log.next_seed(held.person, scenario.name) if held.log is not None else held.practice.seed + 1
        held.session = Session.start(held.log, held.person, scenario, seed, ear=held.ear, hearing=hearing_name())
        held.turns = [held.session.first] if held.session.first else []
    else:
        held.go_back(max(1, again.turn), taken_back=False)


def _left(held: Held, screen: Screen) -> None:
    click.echo()
    if held.id:
        screen.message("The call is kept as it stands. Go on with: runner-up call --resume")
    else:
        screen.message("The call was not kept (--no-log).")


def _command(held: Held, screen: Screen, command: str) -> None:
    """Carry out a command."""
    match command:
        case _ if command in at_rest.RING_OFF:
            screen.turn(held.hang_up())
        case "/undo":
            if held.practice.turns == 0:
                screen.message("Nothing has been said yet.")
                return
            held.go_back(held.turns[-1].n)
            screen.message(TAKEN_BACK)
            screen.turn(at_rest.last_in_role(held))
        case "/why":
            _why(held, screen)
        case "/model":
            _model(screen)
        case _:
            if command != "/help":
                screen.message(f"There is no {command.split()[0]}. What there is:")
            for name, about in COMMANDS.items():
                screen.message(f"{name:10} {about}")


def _hint(held: Held, screen: Screen, shown: int) -> int:
    from dialogs.hints import hint

    advice = hint(held.practice)
    held.note_help("words" if shown else "hint")
    screen.message(f"Words that would do: “{advice.words}”" if shown else advice.idea + "  (/hint again for words)")
    return shown + 1


def _why(held: Held, screen: Screen) -> None:
    from dialogs.explain import explain

    if held.practice.turns == 0:
        screen.message("Nothing has been said yet.")
        return
    for line in explain(held.turns[-1], held.turns, held.practice.scenario):
        screen.message(line)


def _model(screen: Screen) -> None:
    for shown in model_calls():
        click.echo(f"\n{screen.title(shown.claim)}")
        for moment in shown.moments:
            if moment.said:
                click.echo(f"  You: {moment.said}")
            for name, words in moment.says:
                click.echo(f"  {name}: {words}")
            if moment.note:
                screen.message(f"      {moment.note}")
