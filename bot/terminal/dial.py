"""A call in the terminal: whom it is with, where it is kept, and who holds it, a person at the keyboard or a script."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from random import SystemRandom

import click

from bot.hearing import ear, hearing_name
from bot.ladder import whom_next, why_next
from bot.library import find, managers
from bot.log import ClockDoubted, Log, open_log
from bot.log.store import unstamp
from bot.privacy import first_time
from bot.prog_name import tell
from bot.reminders import due_here
from bot.session import Session
from bot.settings import settings
from bot.terminal import interactive, script
from bot.terminal.call import TerminalCall
from bot.terminal.resume import call_to_resume
from bot.terminal.screen import Screen
from dialogs.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for on the command line."""

    scenario: str | None  # with `resume`: which of the calls that wait
    seed: int | None
    resume: bool
    logged: bool
    surprise: bool
    as_json: bool


def hold_call(options: Options, lines: script.Lines | None) -> None:
    """Hold one call, keyboard or script, and show its debrief."""
    log = open_log(settings()) if options.logged else None
    try:
        if log is not None:
            for text in due_here(log, log.local().id):
                tell(f"Reminder: {text}\n")
            if not log.calls(log.local().id, limit=1, taken_back=True):
                tell(first_time(settings()) + "\n")
        call = _begin_or_resume(options, lines, log)
        screen = Screen(call.practice.scenario, as_json=options.as_json)
        if lines is not None:
            script.play_script(call, lines, screen)
        else:
            interactive.talk(call, screen, resumed=options.resume)
        if log is not None:
            _let_old_calls_go(log)
    finally:
        if log is not None:
            log.close()


def _let_old_calls_go(log: Log) -> None:
    """Once a day, calls past their time go: where nothing is served, nobody else looks after that."""
    last = log.facts().get("last_purge")
    if last is not None and timedelta(0) <= log.clock() - unstamp(last) < timedelta(days=1):
        return
    try:
        log.purge(settings().retention_days)
    except ClockDoubted as doubt:
        tell(str(doubt))


def _begin_or_resume(options: Options, lines: script.Lines | None, log: Log | None) -> TerminalCall:
    person = log.local().id if log is not None else 0
    listen = ear()
    if options.resume:
        if log is None:
            raise click.ClickException("Without a log there is no call to go on with. Start one: runner-up call")
        resumed = call_to_resume(log, person, options.scenario or "", ask=lines is None)
        session = Session.resume(log, person, resumed.session, ear=listen)
        turns = log.turns(person, resumed.session)
        return TerminalCall(session, turns, log, person, listen, settings=dict(log.local().settings))
    name = options.scenario or (lines.scenario if lines else "")
    seed = options.seed if options.seed is not None else (lines.seed if lines else None)
    scenario = _chosen(name, options, log, person)
    if seed is None:
        seed = log.next_seed(person, scenario.name) if log is not None else _random_seed()
    session = Session.start(log, person, scenario, seed, ear=listen, hearing=hearing_name())
    why = ""
    if not name and not options.surprise and log is not None:
        why = why_next(log, person, scenario.name)
    return TerminalCall(session, [session.first] if session.first else [], log, person, listen, why=why)


def _random_seed() -> int:
    return SystemRandom().randrange(1_000_000)


def _chosen(name: str, options: Options, log: Log | None, person: int) -> Scenario:
    if options.surprise:
        from dialogs.scenario.surprise import draw

        return draw(options.seed if options.seed is not None else _random_seed())
    if name:
        return find(name)
    known = managers()
    following = next(iter(known), None) if log is None else whom_next(log, person, known)
    if following is None:
        raise click.ClickException("There is no manager to call. See: runner-up scenarios")
    return known[following]
