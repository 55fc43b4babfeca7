"""A call held in the chat, for the tests of what comes after it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from bot.log import LoggedCall
from tests.chat import BOT, Candidate, Desk
from tests.kept import REAL
from tests.said import ASK, BYE, HELLO


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


def everything(desk: Desk) -> str:
    """Every cell of every table, and the file itself."""
    tables = [r[0] for r in desk.log.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return " ".join(str(tuple(row)) for t in tables for row in desk.log.rows(f"SELECT * FROM {t}"))  # noqa: S608


STICKER = {"file_id": "x", "file_unique_id": "y", "width": 1, "height": 1, "type": "regular", "is_animated": False, "is_video": False}  # fmt: skip


async def membership(desk: Desk, who: Candidate, status: str, chat: dict[str, Any] | None = None) -> None:
    def member(status: str) -> dict[str, Any]:
        return {"user": BOT, "status": status} | ({"until_date": 0} if status == "kicked" else {})

    await desk.take(
        my_chat_member={"chat": chat or who.chat, "from": who.user, "date": int(time.time()),
                        "old_chat_member": member("member"), "new_chat_member": member(status)}
    )  # fmt: skip


async def brought(who: Candidate, text: str = REAL) -> str:
    """The call is brought in; which one it is."""
    who.desk.wire.files["t.txt"] = text.encode()
    await who.sends(document={"file_id": "t.txt", "file_unique_id": "u", "file_name": "t.txt", "file_size": len(text)})
    await who.taps("Sam")
    person = who.desk.log.by_telegram(who.id)
    assert person is not None
    return who.desk.log.calls(person.id)[0].session
