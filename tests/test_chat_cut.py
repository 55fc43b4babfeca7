"""Cut off between two steps of one thing: a take-back and its new words, another try and what opens it, the way out."""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.log import Log, LoggedCall
from tests.chat import Candidate, Desk, open_desk
from tests.said import ASK, HELLO
from tests.serving import PATIENCE, agrees, data, serving
from tests.wire import Wire

NARROW = "Which part of that counted most?"

# The process ends the moment a branch is on disk, before it can do anything more.
DIES_AFTER_A_BRANCH = """
import os, signal
from bot.log.keeping import Keeping
def dying(method):
    def then_die(*args, **more):
        method(*args, **more).result()
        os.kill(os.getpid(), signal.SIGKILL)
    return then_die
for name in ("branch", "retake"):
    setattr(Keeping, name, dying(getattr(Keeping, name)))
"""


def held(folder: Path) -> tuple[LoggedCall, list[str]]:
    """The call that user 7 is in, and what was said in it."""
    with Log.open(folder / "log.db") as log:
        person = log.by_telegram(7)
        assert person is not None
        call = log.unfinished(person.id)
        assert call is not None
        return call, [t.said for t in log.turns(person.id, call.session)[1:]]


@pytest.mark.parametrize("how", ["edit", "undo", "again"])
def test_a_kill_right_after_the_branch_leaves_nothing_half_done(wire: Wire, tmp_path: Path, how: str) -> None:
    with serving(wire, tmp_path) as bot:
        agrees(wire)
        wire.say(7, "/call harbour")
        wire.until(lambda: len(wire.texts(7)) >= 4, PATIENCE)
        wire.say(7, HELLO)
        wire.until(lambda: len(wire.texts(7)) >= 5, PATIENCE)
        update = wire.say(7, ASK)
        message = next(u["message"]["message_id"] for u in wire._pending if u["update_id"] == update)
        wire.until(lambda: len(wire.texts(7)) >= 6, PATIENCE)
        if how == "again":
            wire.say(7, "/hangup")
            wire.until(lambda: "your guess" in wire.texts(7)[-1], PATIENCE)
            wire.tap(7, *data(wire, 7, "Skip the guessing"))
            wire.until(lambda: any("sealed envelope" in t for t in wire.texts(7)), PATIENCE)
        bot.ends()
    with serving(wire, tmp_path, before=DIES_AFTER_A_BRANCH) as bot:
        match how:
            case "edit":
                wire.edit(7, message, NARROW)
            case "undo":
                wire.say(7, "/undo")
            case _:
                wire.tap(7, *data(wire, 7, "Try again from here"))
        assert bot.process.wait(PATIENCE) == -signal.SIGKILL
    with serving(wire, tmp_path) as bot:
        match how:
            case "edit":
                wire.until(lambda: [s for s in wire.sent if s.method == "editMessageText" and s.chat == 7], PATIENCE)
            case "undo":
                wire.until(lambda: "Taken back" in wire.texts(7)[-1], PATIENCE)
            case _:
                wire.until(lambda: "The same call, from here." in wire.texts(7)[-1], PATIENCE)
        bot.ends()
    call, said = held(tmp_path)
    assert call.parent
    if how == "edit":
        assert said == [HELLO, NARROW]
    elif how == "undo":
        assert said == [HELLO]
    else:
        assert said == [HELLO, ASK][: (call.parent_turn or 0) - 1]


@contextmanager
def nothing_can_be_sent(desk: Desk) -> Iterator[None]:
    """The second write of every answer fails, as a broken disk would make it."""

    def broken(db: sqlite3.Connection) -> None:
        db.execute("CREATE TRIGGER broken BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'broken'); END")

    desk.log.write(broken).result()
    yield
    desk.log.write(lambda db: db.execute("DROP TRIGGER broken")).result()


@pytest.mark.parametrize("how", ["edit", "undo", "again", "leave"])
async def test_when_the_second_write_fails_the_first_is_not_there_either(tmp_path: Path, how: str) -> None:
    async with open_desk(tmp_path, access="open") as desk:
        sam = await Candidate(desk).agrees()
        for words in ("/call harbour", HELLO, "I don't want to live any more." if how == "leave" else ASK):
            await sam.says(words)
        if how == "again":
            await sam.says("/hangup")
            await sam.taps("Skip the guessing")
        person = desk.log.by_telegram(sam.id)
        assert person is not None
        before = desk.log.calls(person.id, taken_back=True)
        with nothing_can_be_sent(desk):
            match how:
                case "edit":
                    await sam.edits(NARROW)
                case "undo":
                    await sam.says("/undo")
                case "again":
                    await sam.taps("Try again from here")
                case _:
                    await sam.taps("Leave it for today")
        assert desk.log.calls(person.id, taken_back=True) == before
        if how == "edit":
            await sam.edits(NARROW)
            assert [t.said for t in desk.log.turns(person.id, desk.log.calls(person.id)[0].session)] == [
                "",
                HELLO,
                NARROW,
            ]


async def test_words_that_ended_a_call_can_be_edited_after_a_restart(tmp_path: Path) -> None:
    async with open_desk(tmp_path, access="open") as desk:
        sam = await Candidate(desk).agrees()
        for words in ("/call harbour", HELLO, "You will hear from my lawyer."):
            await sam.says(words)
        assert "has hung up" in sam.sees[-1].text
        numbers, shown = desk.wire.numbers, desk.wire.shown
    async with open_desk(tmp_path, access="open") as desk:
        desk.wire.numbers, desk.wire.shown = numbers, shown
        again = Candidate(desk)
        await again.edits(ASK, sam.last)
        assert not any("has hung up" in s.text for s in again.sees)
        assert (await again.says(NARROW))[0].startswith("Dana: ")


async def test_the_last_words_can_be_edited_twice_across_restarts(tmp_path: Path) -> None:
    async with open_desk(tmp_path, access="open") as desk:
        sam = await Candidate(desk).agrees()
        await sam.says("/call harbour")
        await sam.says(HELLO)
        await sam.says(ASK)
        numbers, shown = desk.wire.numbers, desk.wire.shown
    for words in (NARROW, "Thank you. Was it a certificate?"):
        async with open_desk(tmp_path, access="open") as desk:
            desk.wire.numbers, desk.wire.shown = numbers, shown
            again = Candidate(desk)
            assert not any(answer.startswith("Dana") for answer in await again.edits(words, sam.last))
            person = desk.log.by_telegram(again.id)
            assert person is not None
            call = desk.log.unfinished(person.id)
            assert call is not None
            assert [t.said for t in desk.log.turns(person.id, call.session)][1:] == [HELLO, words]
