"""A call held in the chat, for the tests of what comes after it."""

from __future__ import annotations

from pathlib import Path

from bot.log import LoggedCall
from tests.chat import Candidate, Desk

HELLO = "Hello, this is Sam Ortiz. I interviewed for the analyst role last week. Is this a good time?"


ASK = "The decision is fine with me. Could you tell me one thing I should work on?"


BYE = "Thank you, that makes sense. I will book the exam. Goodbye!"


async def hold_a_call(sam: Candidate) -> None:
    for words in ("/call harbour", HELLO, ASK, BYE):
        await sam.says(words)


def person(desk: Desk, sam: Candidate) -> int:
    found = desk.log.by_telegram(sam.id)
    assert found is not None
    return found.id


def bytes_of(log: Path) -> bytes:
    return log.read_bytes() + Path(f"{log}-wal").read_bytes()


def calls(desk: Desk, sam: Candidate) -> list[LoggedCall]:
    return desk.log.calls(person(desk, sam))
