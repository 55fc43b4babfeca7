"""Kill -9 of the whole bot, and its end by SIGTERM, in real processes."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.log import Log
from tests.busy import in_time
from tests.forking import Zygote
from tests.kill_loop import Echo, run
from tests.running import agreed
from tests.wire import Wire


@pytest.mark.timeout(400)  # each of the lives may wait for a busy machine
def test_25_kills_under_load_lose_nothing_double_nothing_and_repeat_one_answer_of_a_chat_at_most_and_mark_it(
    tmp_path: Path,
) -> None:
    tally = run(25, folder=tmp_path, seed=25)
    assert tally.clean, tally
    assert not tally.notes
    assert tally.most_by_one_kill_in_a_chat <= 1
    assert tally.said > 100


def _env(wire: Wire, db: Path, **more: str) -> dict[str, str]:
    return {"TELEGRAM_BOT_TOKEN": wire.token, "TELEGRAM_BASE_URL": wire.url, "RUNNER_UP_DB": str(db)} | more


def test_sigterm_ends_it_within_four_seconds_idle_or_busy_and_what_was_not_answered_is_answered_later(
    wire: Wire, tmp_path: Path
) -> None:
    db = tmp_path / "log.db"
    with Log.open(db) as log:
        agreed(log, *range(1, 9))
    with Zygote(Echo.program, _env(wire, db, ECHO_PAUSE="30"), tmp_path / "stderr.txt") as zygote:
        pid = zygote.start()
        wire.until(lambda: wire.polls)
        began = time.monotonic()
        assert zygote.end(pid, signal.SIGTERM) == 0
        assert in_time(time.monotonic() - began, 4)

        pid = zygote.start()
        for user in range(1, 9):
            for n in range(8):
                wire.say(user, f"why {n}")
        wire.until(lambda: wire.unconfirmed() == 0)  # all are taken, and each chat is in a pause of thirty seconds
        began = time.monotonic()
        assert zygote.end(pid, signal.SIGTERM) == 0
        assert in_time(time.monotonic() - began, 4)
    with Zygote(Echo.program, _env(wire, db), tmp_path / "stderr.txt") as zygote:
        pid = zygote.start()
        wire.until(lambda: all(len(set(wire.texts(user))) == 8 for user in range(1, 9)))
        assert zygote.end(pid, signal.SIGTERM) == 0
    for user in range(1, 9):
        assert list(dict.fromkeys(wire.texts(user))) == [f"re why {n}" for n in range(8)]


def test_a_second_copy_on_the_same_log_ends_at_once_and_the_first_is_unharmed(wire: Wire, tmp_path: Path) -> None:
    db = tmp_path / "log.db"
    with Log.open(db) as log:
        agreed(log, 1)
    with Zygote(Echo.program, _env(wire, db), tmp_path / "stderr.txt") as zygote:
        first = zygote.start()
        wire.until(lambda: wire.polls)
        second = subprocess.run(
            [sys.executable, "-m", "tests.echo_serve"],
            env=_env(wire, db),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert second.returncode == 69
        assert "Another copy" in second.stderr
        wire.say(1, "hello")
        wire.until(lambda: wire.texts(1) == ["re hello"])
        assert zygote.end(first, signal.SIGTERM) == 0


def test_neither_the_token_nor_anyones_words_are_in_the_output_at_debug(wire: Wire, tmp_path: Path) -> None:
    db = tmp_path / "log.db"
    with Log.open(db) as log:
        agreed(log, 1)
    stderr = tmp_path / "stderr.txt"
    with Zygote(Echo.program, _env(wire, db, RUNNER_UP_LOG_LEVEL="DEBUG"), stderr) as zygote:
        pid = zygote.start()
        wire.say(1, "hello canary-of-mine")
        wire.update(message={"text": "canary-of-mine", "date": "x"})
        wire.fail("sendMessage", "400")
        wire.say(1, "why canary-of-mine")
        wire.fail("sendMessage", "cut_after")
        wire.say(1, "/boom canary-of-mine")
        wire.say(1, "/boom")
        wire.say(1, "bye canary-of-mine")
        wire.until(lambda: "re bye canary-of-mine" in wire.texts(1))
        wire.fail("getUpdates", "401")
        wire.say(1, "hello canary-of-mine")
        wire.until(lambda: b"token" in stderr.read_bytes())
        assert zygote.end(pid, 0) == 78
    output = stderr.read_bytes()
    assert output.count(b"\n") >= 3
    assert wire.token.encode() not in output
    assert wire.token.split(":")[1].encode() not in output
    assert b"canary" not in output


def test_a_wrong_setting_is_one_line_that_names_it(tmp_path: Path) -> None:
    bad = subprocess.run(
        [sys.executable, "-m", "tests.echo_serve"],
        env={"RUNNER_UP_PACE": "fast", "RUNNER_UP_DB": str(tmp_path / "log.db")},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert bad.returncode == 1
    assert bad.stderr == "Error: RUNNER_UP_PACE is 'fast'; it wants a number from 0 to 10\n"
