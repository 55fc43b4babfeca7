"""What a person leaves in a log: a word put wherever one can put it, and how often it stands in the files."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from bot.log import Log
from bot.session import Session
from dialogs.moves import Move
from tests.logged import HARBOUR
from tests.turns_child import ear

CANARY = "canarybird"


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 6, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def call_of(log: Log, person: int, *said: str, private: bool = False) -> str:
    session = Session.start(log, person, HARBOUR, 1, ear=ear, private=private)
    for number, text in enumerate(said):
        session.hear(f"{number} {text}")
    return session.id


def everything(log: Log, person: int, word: str) -> str:
    """Put a word wherever a person can put one."""
    session = call_of(log, person, *[f"{word} number {n}" for n in range(8)], private=True)
    log.correct(person, session, 1, [Move.THANK]).result()
    log.help(person, session, 1, "hint").result()
    log.guess(person, session, "what?", word).result()
    log.rename(person, session, word).result()
    log.own_scenario(person, word, f"title: {word}").result()
    log.plan(person, {"ask": word}).result()
    log.add_todo(person, word).result()
    log.drilled(person, word, 1, 2).result()
    log.remind(person, "call", datetime(2030, 1, 1, tzinfo=UTC), {"who": word}).result()
    log.received(1000 + person, log.person(person).telegram_id, json.dumps({"text": word})).result()
    log.post(person, [{"method": "sendMessage", "params": {"text": word}}]).result()
    log.change_settings(person, name=word).result()
    log.search(person, word)
    return session


def residue(path: Path, word: str = CANARY) -> int:
    """How often a word stands in any file of the log."""
    found = [p for p in path.parent.rglob("*") if p.is_file() and ".backups" not in str(p)]
    return sum(p.read_bytes().count(word.encode()) for p in found)
