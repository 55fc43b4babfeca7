"""The real `runner-up serve` when a line of the manager may not have arrived: whoever waits for it is told, once."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from bot.delivery.outbox import UNSURE
from tests.said import ASK, HELLO
from tests.serving import PATIENCE, agrees, asked, data, in_a_call, serving, states
from tests.wire import Wire

SOON = "import bot.delivery.delivery as d\nd.SILENCE_SECONDS = 0.3\nd.AGAIN_SECONDS = 0.3\n"
QUICK = SOON + "import bot.delivery.wire as w\nw.FIRST_PAUSE = w.LONGEST_PAUSE = 0.02\n"
NOT_YET = "import bot.delivery.delivery as d\nd.SILENCE_SECONDS = 1000.0\n"


@pytest.mark.parametrize("cut", ["cut_before", "cut_after"])
def test_whoever_waits_for_a_line_that_may_not_have_come_is_told_once_and_can_have_it_read_back(
    wire: Wire, tmp_path: Path, cut: str
) -> None:
    with serving(wire, tmp_path, before=QUICK) as bot:
        in_a_call(wire)
        wire.fail("sendMessage", cut)
        wire.say(7, HELLO)
        wire.until(lambda: wire.texts(7)[-1] == UNSURE, PATIENCE)
        wire.tap(7, *data(wire, 7, "Read back where we were"))
        wire.until(lambda: "It is your turn." in wire.texts(7)[-1], PATIENCE)
        assert HELLO in wire.texts(7)[-1]
        assert wire.texts(7).count(UNSURE) == 1
        assert bot.ends()[0] == 0
    assert states(tmp_path)["uncertain"] == 1


def test_when_the_end_of_the_call_is_what_may_be_missing_it_is_read_back(wire: Wire, tmp_path: Path) -> None:
    with serving(wire, tmp_path, before=QUICK):
        in_a_call(wire)
        wire.say(7, HELLO)
        count = len(wire.texts(7))
        wire.until(lambda: len(wire.texts(7)) > count, PATIENCE)
        wire.fail("sendMessage", "cut_before", times=9)
        wire.say(7, "/hangup")
        wire.until(lambda: states(tmp_path).get("uncertain", 0) >= 2, PATIENCE)
        wire.heal()
        wire.until(lambda: wire.texts(7)[-1] == UNSURE, PATIENCE)
        wire.tap(7, *data(wire, 7, "Read back where we were"))
        wire.until(lambda: "your guess" in wire.texts(7)[-1], PATIENCE)
        assert "You rang off." in "".join(wire.texts(7)[-2:])


def test_while_nothing_gets_through_the_words_about_it_wait_and_then_come_once(wire: Wire, tmp_path: Path) -> None:
    with serving(wire, tmp_path, before=QUICK):
        in_a_call(wire)
        wire.fail("sendChatAction", "cut_before", times=10_000)
        wire.fail("sendMessage", "cut_before")
        wire.say(7, HELLO)
        tried = wire.requests.count("sendChatAction")
        wire.until(lambda: wire.requests.count("sendChatAction") > tried + 5, PATIENCE)
        assert UNSURE not in wire.texts(7)
        wire.heal()
        wire.until(lambda: wire.texts(7)[-1] == UNSURE, PATIENCE)
        assert wire.texts(7).count(UNSURE) == 1


def test_the_words_about_a_line_that_may_not_have_come_outlive_a_kill(wire: Wire, tmp_path: Path) -> None:
    with serving(wire, tmp_path, before=NOT_YET) as bot:
        in_a_call(wire)
        wire.fail("sendMessage", "cut_before")
        wire.say(7, HELLO)
        wire.until(lambda: states(tmp_path).get("uncertain") == 1, PATIENCE)
        bot.ends(signal.SIGKILL)
    assert UNSURE not in wire.texts(7)
    with serving(wire, tmp_path, before=QUICK):
        wire.until(lambda: wire.texts(7)[-1] == UNSURE, PATIENCE)
        wire.until(lambda: states(tmp_path).get("waiting", 0) == 0, PATIENCE)
    with serving(wire, tmp_path, before=QUICK):
        wire.say(7, ASK)
        wire.until(lambda: wire.texts(7)[-1].startswith("Dana: "), PATIENCE)
    assert wire.texts(7).count(UNSURE) == 1


def test_who_has_gone_on_is_not_told(wire: Wire, tmp_path: Path) -> None:
    with serving(wire, tmp_path, before=NOT_YET) as bot:
        in_a_call(wire)
        wire.fail("sendMessage", "cut_before")
        wire.say(7, HELLO)
        wire.until(lambda: states(tmp_path).get("uncertain") == 1, PATIENCE)
        before = len(wire.texts(7))
        wire.say(7, ASK)
        wire.until(lambda: len(wire.texts(7)) > before, PATIENCE)
        assert states(tmp_path)["waiting"] >= 1
        bot.ends()
    with serving(wire, tmp_path, before=QUICK):
        wire.until(lambda: states(tmp_path).get("waiting", 0) == 0, PATIENCE)
    assert UNSURE not in wire.texts(7)


def test_nothing_is_said_of_what_is_no_line_of_a_call(wire: Wire, tmp_path: Path) -> None:
    with serving(wire, tmp_path, before=QUICK):
        agrees(wire)
        wire.fail("sendMessage", "cut_before")
        wire.say(7, "/help")
        wire.until(lambda: states(tmp_path).get("uncertain") == 1, PATIENCE)
        assert asked(tmp_path, "SELECT count(*) FROM outbox WHERE state = 'waiting'") == [(0,)]
    assert UNSURE not in wire.texts(7)
