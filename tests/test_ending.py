"""SIGTERM ends the real `runner-up serve` in time, whatever its threads are at and however long Python takes to take itself apart."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.busy import in_time
from tests.said import HELLO
from tests.serving import PATIENCE, TALK, in_a_call, sends, serving
from tests.wire import Wire

PROMISED = 4.0  # seconds; what holds it up here would take half a minute

HELD_UP = {
    "by a thread": "import bot.telegram.running as r, time\nr._warm = lambda house: time.sleep(30)\n",
    "by Python's own end": "import atexit, time\natexit.register(time.sleep, 30)\n",
    "by the log": "import bot.log as log, time\nlog.Log.close = lambda self: time.sleep(30)\n",
}


@pytest.fixture
def wire(wire: Wire) -> Wire:
    """With the file that is sent."""
    wire.files["talk"] = TALK
    return wire


@pytest.mark.parametrize("what", HELD_UP)
def test_nothing_holds_up_the_end(wire: Wire, tmp_path: Path, what: str) -> None:
    with serving(wire, tmp_path, before=HELD_UP[what], fresh=True) as bot:
        in_a_call(wire)
        wire.say(7, HELLO)
        wire.until(lambda: len(wire.texts(7)) == 5, PATIENCE)
        code, seconds = bot.ends()
        assert (code, in_time(seconds, PROMISED)) == (0, True), seconds
    with closing(sqlite3.connect(tmp_path / "log.db")) as log:
        assert log.execute("PRAGMA quick_check").fetchone() == ("ok",)
        assert log.execute("SELECT count(*) FROM turns WHERE n > 0").fetchone() == (1,)


SLOW_READER = """
import bot.transcripts.bounded as b
def run(command, run=b.subprocess.run, **more):
    return run([*command[:2], "-c", "import time; time.sleep(30)"], **more)
b.subprocess.run = run
"""


def test_a_file_that_is_being_read_is_read_by_the_next_life(wire: Wire, tmp_path: Path) -> None:
    with serving(wire, tmp_path, before=SLOW_READER, fresh=True) as bot:
        in_a_call(wire)
        wire.say(7, "/hangup")
        wire.until(
            lambda: "your guess" in str(wire.texts(7)[-1]) or "Call again" in str(wire.to(7)[-1].params), PATIENCE
        )
        sends(wire)
        wire.until(lambda: "file" in wire.requests, PATIENCE)
        code, seconds = bot.ends()
        assert (code, in_time(seconds, PROMISED)) == (0, True), seconds
    with serving(wire, tmp_path, fresh=True):
        wire.until(lambda: "Which of these is you?" in wire.texts(7)[-1], PATIENCE)
