"""A call in the terminal: who speaks is clear, what was said is kept, and one can leave and come back.

Two shells over the same session: a person at a keyboard, and a script (lines or a play) on standard input.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import SystemRandom

import click

from bot import at_rest
from bot.beside import meant_for_us, out_of_role, unseen
from bot.climb import goal_of, next_rung
from bot.debrief_text import ask_again, ask_guess, debrief_text, how_to_correct, part_text
from bot.hearing import ear, hearing_name
from bot.library import find, ladder
from bot.log import Log
from bot.place import open_log
from bot.reminding import due_here
from bot.screen import Screen
from bot.session import Session, default_ear
from bot.text import clean
from bot.waiting import gone_on, waits
from dialogs.call import Outcome
from dialogs.hearing.heard import Aside, Cue, Heard
from dialogs.ladder import model_calls
from dialogs.practice import Ear, Practice, Turn
from dialogs.review import Again, Debrief, review
from dialogs.review.page import NOTHING_SAID, parts
from dialogs.scenario import Scenario
from dialogs.transcript import HANGS_UP, SAYS_NOTHING, BadPlay, looks_like_play, read_play

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

WAYS_OUT = "/leave stops here and keeps the call, /hangup rings off, /help lists the rest."


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for on the command line."""

    scenario: str | None
    seed: int | None
    resume: bool
    logged: bool
    surprise: bool
    as_json: bool


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


@dataclass
class Held:
    """A call in this terminal: its session, its turns so far, and the log it is kept in (None: nothing is kept)."""

    session: Session
    turns: list[Turn]
    log: Log | None = None
    person: int = 0
    ear: Ear | None = None
    helps: list[tuple[int, str]] = field(default_factory=list)
    settings: dict[str, object] = field(default_factory=dict)
    meanwhile: int = 0  # how often words were answered while the call waited

    @property
    def practice(self) -> Practice:
        return self.session.practice

    @property
    def id(self) -> str:
        """The call's public id; empty when it is not kept."""
        return self.session.id

    def hear(self, text: str) -> Turn:
        """Say these words and keep the turn."""
        self.turns.append(self.session.hear(text))
        return self.turns[-1]

    def hang_up(self) -> Turn:
        """Ring off and keep that."""
        self.turns.append(self.session.hang_up())
        return self.turns[-1]

    def go_back(self, n: int, *, taken_back: bool = True) -> None:
        """Stand again as before turn n; the log keeps both branches."""
        if self.log is not None:
            branch = self.log.branch(self.person, self.id, n, taken_back=taken_back).result()
            self.session = Session.resume(self.log, self.person, branch, ear=self.ear)
        else:
            kept = [t.heard for t in self.turns[1:n]]
            practice = Practice.rebuild(self.practice.scenario, self.practice.seed, kept, ear=self.ear)
            self.session = Session(None, self.person, practice, "", ear=self.ear, first=None)
        self.turns = self.turns[:n]
        if self.practice.paused:  # going back to a moment after distress is the way back too
            self.go_on()

    @property
    def waits(self) -> bool:
        """Whether the call waits after distress."""
        return waits(self.session, self.settings)

    def go_on(self) -> None:
        """Take the way back into a call that waits; it is remembered with the call."""
        taken = gone_on(self.session)
        self.settings |= taken
        if self.log is not None:
            self.log.change_settings(self.person, **taken).result()

    def listen(self, words: str, cue: Cue) -> Heard:
        """Hear words that are no part of the call."""
        return (self.ear or default_ear())(words, cue)

    def note_help(self, kind: str) -> None:
        """Remember that a hint was asked for: the idea, or the words."""
        self.helps.append((self.practice.turns, kind))
        if self.log is not None:
            self.log.help(self.person, self.id, self.practice.turns, kind).result()


def hold_call(options: Options, script: Lines | None) -> None:
    """Hold one call, keyboard or script, and show its debrief."""
    log = open_log() if options.logged else None
    try:
        if log is not None:
            for text in due_here(log, log.local().id):
                click.echo(f"Reminder: {text}\n", err=True)
        held = _held(options, script, log)
        screen = Screen(held.practice.scenario, as_json=options.as_json)
        if script is not None:
            _play_script(held, script, screen)
        else:
            _talk(held, screen, resumed=options.resume)
    finally:
        if log is not None:
            log.close()


def _held(options: Options, script: Lines | None, log: Log | None) -> Held:
    person = log.local().id if log is not None else 0
    listen = ear()
    if options.resume:
        unfinished = log.unfinished(person) if log is not None else None
        if unfinished is None or log is None:
            raise click.ClickException("There is no call to go on with. Start one: runner-up call")
        session = Session.resume(log, person, unfinished.session, ear=listen)
        turns = log.turns(person, unfinished.session)
        return Held(session, turns, log, person, listen, settings=dict(log.local().settings))
    name = options.scenario or (script.scenario if script else "")
    seed = options.seed if options.seed is not None else (script.seed if script else None)
    scenario = _chosen(name, options, log, person)
    if seed is None:
        seed = log.next_seed(person, scenario.name) if log is not None else _random_seed()
    session = Session.start(log, person, scenario, seed, ear=listen, hearing=hearing_name())
    return Held(session, [session.first] if session.first else [], log, person, listen)


def _random_seed() -> int:
    return SystemRandom().randrange(1_000_000)


def _chosen(name: str, options: Options, log: Log | None, person: int) -> Scenario:
    if options.surprise:
        from dialogs.draw import draw

        return draw(options.seed if options.seed is not None else _random_seed())
    if name:
        return find(name)
    names = ladder()
    if not names:
        raise click.ClickException("There is no manager to call. See: runner-up scenarios")
    following = next_rung(log, person) if log is not None else names[0]
    return find(following if following is not None else SystemRandom().choice(names))


# -- a script ---------------------------------------------------------------------------------------


def _play_script(held: Held, script: Lines, screen: Screen) -> None:
    screen.turn(held.turns[0])
    left = iter(script.lines)
    for said in left:
        if said.strip().lower() == "/leave":
            break
        if said.strip() == HANGS_UP or said.strip().lower() in at_rest.RING_OFF:
            turn = held.hang_up()
        else:
            turn = held.hear("" if said.strip() == SAYS_NOTHING else clean(said))
        screen.said(said)
        screen.turn(turn)
        if turn.ended:
            break
    if (rest := sum(1 for line in left if line.strip())) and held.practice.ended:
        click.echo(f"The call had ended; {rest} more {'line was' if rest == 1 else 'lines were'} not said.", err=True)
    _finish(held, screen)


def _finish(held: Held, screen: Screen) -> None:
    if screen.as_json:
        screen.json(
            {
                "outcome": str(held.practice.outcome),
                "highest_level": held.practice.highest,
                "session": held.id,
            }
        )
        return
    waits = bool(held.id) and not held.practice.ended
    if waits:
        screen.message("The call was left where it stands. Go on with: runner-up call --resume")
    click.echo()
    if _nothing_said(held):
        screen.message(NOTHING_SAID)
        return
    debrief = _debrief(held)
    click.echo(debrief_text(debrief, width=screen.width, title=screen.title, sealed=waits))
    _say_how_to_correct(held, debrief)
    if waits:
        screen.message("\nThe envelope with the true reason stays sealed until the call is over.")


def _nothing_said(held: Held) -> bool:
    return len(held.turns) <= 2 and not any(t.said.strip() or t.heard.aside is Aside.SILENCE for t in held.turns)


def _debrief(held: Held) -> Debrief:
    return review(held.practice.scenario, held.practice.seed, held.turns)


# -- a person ---------------------------------------------------------------------------------------


def _talk(held: Held, screen: Screen, *, resumed: bool) -> None:
    screen.head(resumed=resumed, goal=goal_of(held.practice.scenario.name))
    _show_so_far(held, screen, whole=resumed)
    while _converse(held, screen):
        if _nothing_said(held):
            screen.message(NOTHING_SAID)
            return
        try:
            _show_debrief(held, screen)
            again = ask_again(_debrief(held).again, screen.message, _asking(screen))
        except TakenBack:
            held.go_back(held.turns[-1].n)
            screen.message("Your last words are taken back. Before them you heard:")
            _show_so_far(held, screen, whole=False)
            continue
        if again is None:
            if held.id:
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
    told: set[Aside] = set()  # what was explained already
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
        elif command.startswith("/") and (not held.waits or command in ("/undo", "/help")):
            _command(held, screen, command)
        elif held.waits:
            at_rest.answer(held, screen, clean(said))
        else:
            turn = held.hear(clean(said))
            screen.turn(turn)
            beside = out_of_role(turn.heard.aside, held.practice.scenario.first_name)
            if beside and turn.heard.aside not in told:
                told.add(turn.heard.aside)
                screen.message(beside)
            if held.waits:
                at_rest.still(held, screen)
    return True


class TakenBack(Exception):  # no error: somebody changed their mind
    """The words that ended the call are taken back, in the middle of the debrief."""


def _asking(screen: Screen) -> Callable[[str], str | None]:
    """Ask on the way through the debrief; /undo raises TakenBack there too."""

    def ask(prompt: str) -> str | None:
        answer = screen.ask_plainly(prompt)
        if (answer or "").strip().lower() in ("/undo", "undo"):
            raise TakenBack
        return answer

    return ask


def _show_debrief(held: Held, screen: Screen) -> None:
    debrief, ask = _debrief(held), _asking(screen)
    click.echo()
    if held.practice.outcome is Outcome.CUT_OFF:
        screen.message("(/undo takes your last words back, and the call goes on.)")
    for guess in debrief.guesses:
        chosen = ask_guess(guess, screen.message, ask)
        if chosen is not None and held.log is not None:
            right = chosen == guess.choices[guess.right]
            held.log.guess(held.person, held.id, guess.key, chosen, right=right).result()
    for part in parts(debrief):
        if part.sealed:
            ask(f"\n{part.title}: Enter opens it. ")
        click.echo()
        click.echo(part_text(part, width=screen.width, title=screen.title))
    _say_how_to_correct(held, debrief)
    click.echo()


def _say_how_to_correct(held: Held, debrief: Debrief) -> None:
    """What to type where hearing may have been mistaken; a call that is not kept cannot be put right."""
    told = how_to_correct(debrief, held.id) if held.id else []
    if told:
        click.echo()
    for line in told:
        click.echo(line)


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


def _command(held: Held, screen: Screen, command: str) -> bool:
    """Carry out a command; True when it changed the call."""
    match command:
        case _ if command in at_rest.RING_OFF:
            screen.turn(held.hang_up())
            return True
        case "/undo":
            if held.practice.turns == 0:
                screen.message("Nothing has been said yet.")
                return False
            held.go_back(held.turns[-1].n)
            screen.message("Your last words are taken back. Before them you heard:")
            screen.turn(held.turns[-1])
            return True
        case "/why":
            _why(held, screen)
        case "/model":
            _model(screen)
        case _:
            if command != "/help":
                screen.message(f"There is no {command.split()[0]}. What there is:")
            for name, about in COMMANDS.items():
                screen.message(f"{name:10} {about}")
    return False


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
