"""A real call that was brought in, as it is read: its turns as they were meant, her answers as open as its owner says they were.

Both shells read it here. What is put right counts in the reading only; the call stays as it was brought.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.hearing import ear
from bot.log import Log, Saved
from bot.log.calls import LoggedCall
from dialogs.hearing.corrections import corrected
from dialogs.practice import Turn
from dialogs.scenes import Speaker

if TYPE_CHECKING:
    from dialogs.postmortem import Postmortem

LEVEL = "level "
"""How a level put right is kept beside the guesses of a call: “level 3.0” is turn 3, first line."""


def reading(log: Log, person: int, call: LoggedCall) -> Postmortem:
    """What can be read from this call. `call` is one without a scenario."""
    from bot.transcripts.keeping import (
        LETTERS,  # few bring a real call, so what reads one is loaded by the first who does
    )
    from dialogs.postmortem import postmortem

    ear()  # her lines are read as well as the hearing of the settings allows
    turns, meant = log.turns(person, call.session), log.corrections(person, call.session)
    turns = [t._replace(heard=corrected(t.heard, meant[t.n])) if t.n in meant else t for t in turns]
    told = levels_told(log.guesses(person, call.session))
    return postmortem(turns, call.manager, told, written=call.extra.get("form") in LETTERS)


def levels_told(kept: Mapping[str, str]) -> dict[tuple[int, int], int]:
    """The levels that were put right, by turn and line."""
    found = {}
    for question, level in kept.items():
        turn, _, line = question.removeprefix(LEVEL).partition(".")
        if question.startswith(LEVEL) and turn.isdecimal() and line.isdecimal() and level in tuple("01234"):
            found[int(turn), int(line)] = int(level)
    return found


def her_lines(turn: Turn) -> list[int]:
    """Which lines of a turn are the manager's."""
    return [i for i, line in enumerate(turn.lines) if line.speaker is Speaker.MANAGER]


def tell_level(log: Log, person: int, session: str, turn: Turn, level: int) -> list[Saved[None]]:
    """Her answer of this turn was as open as that: kept for every line of hers in it."""
    return [log.guess(person, session, f"{LEVEL}{turn.n}.{i}", str(level)) for i in her_lines(turn)]
