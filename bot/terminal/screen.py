"""Where a call is shown in a terminal: names before words, colours only on a terminal, and the turn as JSON for programs."""

from __future__ import annotations

import json
import os
import sys
import textwrap
from typing import Any

import click

from bot.prog_name import as_typed
from bot.width import WIDTH, columns, folded
from dialogs.call import Outcome
from dialogs.practice import Turn
from dialogs.scenario import Scenario
from dialogs.scenes import Speaker
from dialogs.transcript import OUTSIDE, SAYS_NOTHING, speaker_name

HOW_IT_GOES = "Say what you would say; Enter sends it. /hint helps, /hangup rings off, /help lists more."
ANOTHER = "Somebody else: runner-up scenarios lists all, runner-up call NAME calls one."


class Screen:
    """Where the call is shown: names before words, colours only on a terminal."""

    def __init__(self, scenario: Scenario, *, as_json: bool) -> None:
        self.scenario = scenario
        self.as_json = as_json
        self.colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        known = columns()
        self.width = min(WIDTH, known or WIDTH)
        self._folds = known is not None
        self._indent = max(len(scenario.first_name), len("You"), len(scenario.receptionist)) + 2

    def head(self, *, resumed: bool, goal: str = "", why: str = "") -> None:
        """Whom one is calling, and how to get help."""
        click.echo(self._styled(self._folded(self.scenario.title), bold=True))
        if self.scenario.about:
            click.echo(textwrap.fill(self.scenario.about, self.width))
        if goal:
            click.echo(textwrap.fill(goal, self.width))
        if why:
            click.echo(self._styled(folded(as_typed(f"{why} {ANOTHER}"), self.width), dim=True))
        click.echo(self._styled(self._folded(HOW_IT_GOES), dim=True))
        click.echo(self._styled("(the call goes on)" if resumed else "(it rings)", dim=True))

    def turn(self, turn: Turn) -> None:
        """What came back, or the turn as JSON."""
        if self.as_json:
            self.json(turn_json(turn))
            return
        for line in turn.lines:
            name = speaker_name(line.speaker, self.scenario)
            self._speech(name, line.text, colour=None if line.speaker is Speaker.COACH else "cyan")
        if turn.ended:
            click.echo(self._styled(_ending(turn, self.scenario.first_name), dim=True))

    def said(self, said: str) -> None:
        """The candidate's words of a script, shown as they are said."""
        if not self.as_json:
            self.you(said)

    def you(self, said: str) -> None:
        """The candidate's words."""
        self._speech("You", said.strip() or SAYS_NOTHING, colour="green")

    def json(self, row: dict[str, Any]) -> None:
        """One JSON object on one line."""
        click.echo(json.dumps(row, ensure_ascii=False))

    def message(self, text: str) -> None:
        """Something that is no part of the call."""
        if not self.as_json:
            text = self._folded(as_typed(text))
            click.echo(self._styled(text, dim=True) if self.colour else text, err=not sys.stdout.isatty())

    def corrections(self, told: list[str]) -> None:
        """What to type where hearing may have been mistaken."""
        if told:
            click.echo()
        for line in told:
            click.echo(self._folded(as_typed(line)))

    def aside(self, text: str) -> None:
        """Something said to the person, outside the role and outside the call."""
        if not self.as_json:
            self._speech(OUTSIDE, text, colour=None)

    def title(self, text: str) -> str:
        """A heading."""
        return self._styled(text, bold=True)

    def ask(self) -> str | None:
        """The next words from the keyboard; None when the person leaves."""
        return self.ask_plainly(self._styled(f"{'You:':<{self._indent}}", fg="green"))

    def ask_plainly(self, prompt: str) -> str | None:
        """One line from the keyboard; None at its end or on Ctrl-C."""
        try:
            return input(prompt)
        except (EOFError, KeyboardInterrupt):
            return None
        except UnicodeDecodeError:
            self.message("Those bytes were not text; please type it again.")
            return ""

    def _speech(self, name: str, text: str, *, colour: str | None) -> None:
        body = " ".join("".join(c if c.isprintable() else " " for c in text).split())
        wrapped = textwrap.wrap(body, max(20, self.width - self._indent)) or [""]
        label = f"{name + ':':<{self._indent}}"
        click.echo(self._styled(label, fg=colour) + wrapped[0])
        for more in wrapped[1:]:
            click.echo(" " * self._indent + more)

    def _folded(self, text: str) -> str:
        return folded(text, self.width) if self._folds else text

    def _styled(self, text: str, **how: Any) -> str:
        return click.style(text, **how) if self.colour else text


def turn_json(turn: Turn) -> dict[str, Any]:
    """A turn in the shape other programs rely on."""
    return {
        "n": turn.n,
        "said": turn.said,
        "moves": [str(m) for m in turn.moves],
        "phase": str(turn.phase),
        "level": turn.level,
        "says": list(turn.says),
        "ended": turn.ended,
        "trust": turn.mood.trust,
        "rows": list(turn.rows),
    }


def _ending(turn: Turn, name: str) -> str:
    return {
        Outcome.CUT_OFF: f"({name} has hung up)",
        Outcome.ABANDONED: "(you have hung up)",
        Outcome.VOICEMAIL: "(message saved)",
    }.get(turn.outcome or Outcome.NEUTRAL, "(the call is over)")
