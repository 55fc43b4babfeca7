"""Calls and people in a log, for the tests of the log."""

from __future__ import annotations

from bot.log import Log
from bot.session import Session
from dialogs.hearing.heard import Cue, Heard
from dialogs.moves import COSTLY, Move
from dialogs.scenario import library, read_scenario

HARBOUR = read_scenario(library()["harbour"])


def ear(text: str, cue: Cue) -> Heard:
    """Hears the names of moves, and is sure of them."""
    moves = tuple(Move(w) for w in text.split() if w in set(Move))
    return Heard(moves=moves or (Move.OTHER,), sure=frozenset(moves) & COSTLY, words=max(len(text.split()), 1) * 3)


def call_of(log: Log, *said: str, person: int | None = None, seed: int = 1) -> Session:
    session = Session.start(log, log.local().id if person is None else person, HARBOUR, seed, ear=ear)
    for text in said:
        session.hear(text)
    return session


def someone(log: Log, telegram_id: int) -> int:
    person = log.meet(telegram_id).result().id
    log.agree(person, "1").result()
    return person
