"""The real `runner-up serve` when Telegram misbehaves in mid-run: it recovers, or it ends with an exit code; it is never deaf.

Conflicts and hangs are waited out for half a minute and more. Here the patience is shortened; `RUNNER_UP_PATIENCE=full pytest
tests/test_chat_faults.py` waits as long as a host would, and holds the process to its 60 seconds.
"""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from bot.delivery.poll import EX_DEAF, EX_OTHER_COPY, EX_TOKEN
from tests.said import ASK, HELLO
from tests.serving import FULL, PATIENCE, SHORT, agrees, ends, free_port, in_a_call, serving, unsent
from tests.wire import Wire


def hook() -> dict[str, str]:
    """The settings of a webhook on a free port."""
    port = free_port()
    return {"WEBHOOK_URL": f"http://127.0.0.1:{port}/hook", "WEBHOOK_SECRET": "abcdefgh12345678", "PORT": str(port)}


@pytest.mark.parametrize("method", ["getUpdates", "sendMessage"])
def test_a_401_in_mid_run_ends_it_and_the_next_life_goes_on_with_the_call(
    wire: Wire, tmp_path: Path, method: str
) -> None:
    with serving(wire, tmp_path) as bot:
        in_a_call(wire)
        wire.fail(method, "401")
        wire.say(7, HELLO)
        assert ends(bot) == EX_TOKEN
        assert "token" in bot.err.read_text()
    with serving(wire, tmp_path):
        wire.until(lambda: wire.texts(7)[-1].startswith("Dana: "), PATIENCE)
        count = len(wire.texts(7))
        wire.say(7, ASK)
        wire.until(lambda: len(wire.texts(7)) > count, PATIENCE)
        assert [t for t in wire.texts(7) if t.startswith("Dana: ")][-1] == wire.texts(7)[-1]


POISON = (
    {"message": {"poison": True}},
    {"message": {"message_id": 1, "date": "yesterday", "chat": {"id": 7}, "text": 5}},
    {"callback_query": {"id": "x", "from": None, "data": 1}},
    {"message": None},
    {"edited_message": []},
    {"my_chat_member": {"chat": {"id": 7, "type": "private"}}},
    {"update_of_a_later_version": {"deep": [[[[{}]]]]}},
    {"message": {"message_id": 1, "date": 10**18, "chat": {"id": 7, "type": "private"}, "text": "x"}},
)


@pytest.mark.parametrize("way", ["polling", "webhook"])
def test_a_poison_update_in_mid_run_holds_nobody_up(wire: Wire, tmp_path: Path, way: str) -> None:
    with serving(wire, tmp_path, **(hook() if way == "webhook" else {})) as bot:
        in_a_call(wire)
        polls = wire.polls
        for poison in POISON:
            wire.update(**poison)
        wire.say(7, HELLO)
        wire.until(lambda: wire.texts(7)[-1].startswith("Dana: ") and len(wire.texts(7)) == 5, PATIENCE)
        wire.until(lambda: wire.unconfirmed() == 0, PATIENCE)
        assert wire.polls - polls < 20  # it is not fetched again and again
        assert bot.ends()[0] == 0


def test_the_webhook_answers_once_across_a_kill_and_a_second_delivery(wire: Wire, tmp_path: Path) -> None:
    where = hook()
    with serving(wire, tmp_path, **where) as bot:
        in_a_call(wire)
        wire.until(lambda: not unsent(tmp_path / "log.db"), PATIENCE)
        bot.ends(signal.SIGKILL)
    number = wire.say(7, HELLO)
    text = next(u for u in wire._pending if u["update_id"] == number)
    with serving(wire, tmp_path, **where) as bot:
        wire.until(lambda: len(wire.texts(7)) == 5, PATIENCE)
        wire.repeat(**text)
        wire.until(lambda: wire.unconfirmed() == 0, PATIENCE)
        wire.say(7, ASK)
        wire.until(lambda: len(wire.texts(7)) == 6, PATIENCE)
        assert bot.ends()[0] == 0
    said = [t for t in wire.texts(7) if t.startswith("Dana: ")]
    assert len(said) == len(set(said)) == 3


def test_a_short_conflict_is_outlived_and_nothing_is_lost(wire: Wire, tmp_path: Path) -> None:
    with serving(wire, tmp_path, before=SHORT) as bot:
        in_a_call(wire)
        wire.fail("getUpdates", "409", times=2)
        wire.say(7, HELLO)
        wire.until(lambda: len(wire.texts(7)) == 5, PATIENCE)
        assert bot.process.poll() is None


def test_a_lasting_conflict_ends_it(wire: Wire, tmp_path: Path) -> None:
    with serving(wire, tmp_path, before=SHORT) as bot:
        in_a_call(wire)
        wire.fail("getUpdates", "409", times=10_000)
        assert ends(bot) == EX_OTHER_COPY
        assert "Another copy" in bot.err.read_text()


def test_a_getupdates_that_hangs_is_asked_again(wire: Wire, tmp_path: Path) -> None:
    with serving(wire, tmp_path, before=SHORT) as bot:
        in_a_call(wire)
        wire.fail("getUpdates", "hang")
        wire.say(7, HELLO)
        wire.until(lambda: len(wire.texts(7)) == 5, PATIENCE)
        assert bot.process.poll() is None


def test_a_getupdates_that_hangs_for_good_ends_it(wire: Wire, tmp_path: Path) -> None:
    with serving(wire, tmp_path, before=SHORT) as bot:
        in_a_call(wire)
        wire.fail("getUpdates", "hang", times=10_000)
        assert ends(bot) == EX_DEAF
        assert "has not answered" in bot.err.read_text()


def test_on_a_new_machine_it_makes_the_folder_of_its_log(wire: Wire, tmp_path: Path) -> None:
    with serving(wire, tmp_path, RUNNER_UP_DB=str(tmp_path / "not" / "yet" / "log.db")) as bot:
        agrees(wire)
        assert bot.ends()[0] == 0
    assert (tmp_path / "not" / "yet").stat().st_mode & 0o777 == 0o700


def test_where_telegram_cannot_be_reached_it_says_so_in_a_line_and_ends_for_the_supervisor(
    wire: Wire, tmp_path: Path
) -> None:
    few = "" if FULL else "import bot.delivery.wire as wire\nwire.TRIES = 2\n"
    with serving(wire, tmp_path, before=few, TELEGRAM_BASE_URL="http://127.0.0.1:9/bot") as bot:
        assert ends(bot) == EX_DEAF
    said = bot.says + bot.err.read_text()
    assert "Telegram cannot be reached" in said
    assert "Traceback" not in said
