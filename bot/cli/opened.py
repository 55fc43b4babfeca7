"""The log as commands open it: faults become one sentence, and the person is the terminal's unless another is named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import click

from bot.log import Log, LogFault, LoggedCall, NotYours, open_log
from bot.prog_name import tell
from bot.settings import BadSetting, settings


@dataclass(frozen=True, slots=True)
class Mine:
    """The open log and whose calls are meant."""

    log: Log
    person: int

    def call(self, session: str) -> LoggedCall:
        """This person's call of that id, or the latest for `-`."""
        if session == "-":
            return self.latest()
        try:
            return self.log.call(self.person, session)
        except NotYours as error:
            raise click.ClickException(str(error)) from None

    def latest(self) -> LoggedCall:
        """The newest call."""
        found = self.log.calls(self.person, limit=1)
        if not found:
            raise click.ClickException("No calls yet. Start one: runner-up call")
        return found[0]

    def latest_to_read(self) -> LoggedCall:
        """The newest call that has a debrief: over, or a real one that was brought in. Without any, the newest."""
        calls = self.log.calls(self.person)
        return next((c for c in calls if c.ended or not c.version), None) or self.latest()


@contextmanager
def opened(person: str | None = None, *, remind: bool = False) -> Iterator[Mine]:
    """The log of the settings, for the terminal's person or the one of this public id. `remind`: say first what is due."""
    try:
        log = open_log(settings())
    except (LogFault, BadSetting) as error:
        raise refused(error) from None
    with log:
        try:
            mine = Mine(log, log.local().id if person is None else _named(log, person))
            if remind and person is None:
                say_due(mine)
            yield mine
        except LogFault as error:
            raise refused(error) from None
        except NotYours as error:
            raise click.ClickException(str(error)) from None


def say_due(mine: Mine) -> None:
    """Show the reminders of the terminal's person that are due, once."""
    from bot.reminders import due_here

    for text in due_here(mine.log, mine.person):
        tell(f"Reminder: {text}\n")


def _named(log: Log, person: str) -> int:
    row = log.row("SELECT id FROM people WHERE public_id = ?", [person])
    if row is None:
        raise click.ClickException(f"There is no person '{person[:40]}' in this log; the view `calls` names them.")
    return int(row[0])


def refused(error: Exception) -> click.ClickException:
    """A fault as the command line says it, with its exit code."""
    return Refused(str(error), int(getattr(error, "code", 1)))


class Refused(click.ClickException):
    """One sentence, and the exit code that goes with it."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.exit_code = code  # type: ignore[misc]  # click has it on the class, and reads it from the instance
