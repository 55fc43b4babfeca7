"""The real `runner-up serve` when a file that somebody sends cannot be fetched, or the machine does not get round to reading it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.telegram.handlers.importing import NOT_FETCHED, NOT_FETCHED_AGAIN, TOO_LARGE
from bot.telegram.middleware import WENT_WRONG
from bot.transcripts.bounded import BUSY
from tests.serving import PATIENCE, QUICK, TALK, agrees, data, sends, serving
from tests.wire import Wire

GONE = "Telegram doesn't give me that file any more. Please send it again."
WHICH = "Which of these is you?"
UNHURRIED = "import bot.telegram.double_tap as t\nt.DOUBLE_TAP = 0.0\n"  # a button tapped again is meant so


@pytest.fixture
def wire(wire: Wire) -> Wire:
    """With the file that is sent."""
    wire.files["talk"] = TALK
    return wire


def hears(wire: Wire, text: str) -> None:
    """Waits for this, as a whole; nothing else may come in between."""
    wire.until(lambda: wire.texts(7)[-1].startswith(text), PATIENCE)
    assert WENT_WRONG not in wire.texts(7)


@pytest.mark.parametrize("status", ["404", "401", "403", "between_404", "410"])
def test_a_file_that_is_not_there_ends_nothing_and_its_sender_is_told(wire: Wire, tmp_path: Path, status: str) -> None:
    with serving(wire, tmp_path, before=QUICK) as bot:
        agrees(wire)
        wire.fail("file", status)
        sends(wire)
        hears(wire, GONE)
        sends(wire)
        hears(wire, WHICH)
        assert bot.ends()[0] == 0
    assert "token" not in bot.err.read_text()


@pytest.mark.parametrize("way", ["getFile", "file"])
@pytest.mark.parametrize("fault", ["cut_before", "502", "page", "between_302"])
def test_a_file_that_cannot_be_fetched_is_said_not_to_have_arrived(
    wire: Wire, tmp_path: Path, way: str, fault: str
) -> None:
    if way == "file" and fault in ("page", "between_302"):
        fault = {"page": "half", "between_302": "short"}[fault]
    with serving(wire, tmp_path, before=QUICK) as bot:
        agrees(wire)
        wire.fail(way, fault, times=10_000)
        sends(wire)
        hears(wire, NOT_FETCHED)
        wire.heal()
        wire.fail(way, fault)
        sends(wire)  # one fault alone is outlived, but for half a file without a length
        hears(wire, NOT_FETCHED if fault == "short" else WHICH)
        assert bot.process.poll() is None


def test_a_server_that_keeps_a_file_to_itself_for_ever_is_waited_for_a_while(wire: Wire, tmp_path: Path) -> None:
    with serving(wire, tmp_path, before="import bot.delivery.files as f\nf.SECONDS = 1.0\n"):
        agrees(wire)
        wire.fail("file", "hang", times=10_000)
        sends(wire)
        hears(wire, NOT_FETCHED)


def test_a_file_that_telegram_finds_too_big_is_not_asked_for_again(wire: Wire, tmp_path: Path) -> None:
    with serving(wire, tmp_path):
        agrees(wire)
        wire.fail("getFile", "400_file is too big")
        sends(wire)
        hears(wire, TOO_LARGE)


def test_the_question_stays_while_its_file_cannot_be_fetched(wire: Wire, tmp_path: Path) -> None:
    with serving(wire, tmp_path, before=QUICK + UNHURRIED):
        agrees(wire)
        sends(wire)
        hears(wire, WHICH)
        button = data(wire, 7, "Sam")
        wire.fail("file", "cut_before", times=10_000)
        wire.tap(7, *button)
        hears(wire, NOT_FETCHED_AGAIN)
        wire.heal()
        wire.tap(7, *button)
        hears(wire, "One call is in.")


def busy(first: int, then: int) -> str:
    """From the reading `first` on, `then` of them get no time: the real clock runs out over the real process."""
    return f"""
import itertools, bot.transcripts.bounded as b
def run(command, timeout, run=b.subprocess.run, readings=itertools.count(), **more):
    return run(command, timeout=0.001 if {first} <= next(readings) < {first + then} else timeout, **more)
b.subprocess.run = run
"""


def test_a_machine_that_is_busy_blames_no_file_and_leaves_the_question_standing(wire: Wire, tmp_path: Path) -> None:
    with serving(wire, tmp_path, before=UNHURRIED + busy(1, 2)) as bot:
        agrees(wire)
        sends(wire)
        hears(wire, WHICH)
        asked = len(wire.texts(7))
        button = data(wire, 7, "Sam")
        for n in (1, 2):
            wire.tap(7, *button)
            wire.until(lambda n=n: wire.texts(7)[asked:] == [BUSY] * n, PATIENCE)
        assert wire.texts_now[7, button[1]]["reply_markup"]["inline_keyboard"]
        wire.tap(7, *button)
        hears(wire, "One call is in.")
        wire.until(lambda: not wire.texts_now[7, button[1]]["reply_markup"]["inline_keyboard"], PATIENCE)
        wire.tap(7, *button)  # and once it is in, the question is over
        wire.until(lambda: any("another time" in s.params.get("text", "") for s in wire.sent), PATIENCE)
        assert bot.ends()[0] == 0
    assert not re.search("Ortiz", bot.err.read_text())
