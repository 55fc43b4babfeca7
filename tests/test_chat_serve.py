"""The real `runner-up serve` against a Bot API server on loopback."""

from __future__ import annotations

import gc
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, cast

import pytest

from bot.log import Log
from bot.settings import Settings
from bot.telegram import running
from bot.telegram.handlers.menu import COMMANDS
from tests.busy import in_time
from tests.serving import PATIENCE, SERVE, agrees, data, free_port, serving, unsent
from tests.wire import Wire

HOOK = {"WEBHOOK_URL": "https://example.org/hook", "WEBHOOK_SECRET": "s" * 16}


def test_a_whole_call_is_held_and_sigterm_ends_it_with_0(wire: Wire, tmp_path: Path) -> None:
    with serving(wire, tmp_path, fresh=True) as bot:
        agrees(wire)
        wire.tap(7, *data(wire, 7, "Practise a call"))
        wire.until(lambda: len(wire.texts(7)) >= 4, PATIENCE)
        wire.say(7, "Hello, this is Sam Ortiz. I interviewed last week. Thank you, goodbye!")
        wire.until(lambda: "your guess" in wire.texts(7)[-1], PATIENCE)
        wire.tap(7, *data(wire, 7, "Skip the guessing"))
        wire.until(lambda: any("sealed envelope" in t for t in wire.texts(7)), PATIENCE)
        wire.until(lambda: all(wire.queries.values()), PATIENCE)
        code, seconds = bot.ends()
        assert code == 0
        assert in_time(seconds, 4)
    logs = bot.err.read_text() + bot.says
    assert wire.token.split(":")[1] not in logs
    assert "Ortiz" not in logs


def test_a_call_goes_on_after_a_kill(wire: Wire, tmp_path: Path) -> None:
    with serving(wire, tmp_path, fresh=True) as bot:
        agrees(wire)
        wire.say(7, "/call harbour")
        wire.until(lambda: len(wire.texts(7)) >= 4, PATIENCE)
        wire.say(7, "Hello, this is Sam Ortiz. I interviewed last week.")
        wire.until(lambda: len(wire.texts(7)) >= 5, PATIENCE)
        wire.until(
            lambda: not unsent(tmp_path / "log.db"), PATIENCE
        )  # what is in doubt is repeated: tests/test_kill.py
        bot.ends(signal.SIGKILL)
    wire.say(7, "The decision is fine with me. Could you tell me one thing I should work on?")
    with Log.open(tmp_path / "log.db") as log:
        person = log.by_telegram(7)
        assert person is not None
        log.remind(person.id, "call_day", log.clock(), {"text": "Today is the day."}).result()
    with serving(wire, tmp_path, fresh=True):
        wire.until(lambda: len(wire.texts(7)) >= 7, PATIENCE)
        said = [t for t in wire.texts(7) if t.startswith("Dana: ")]
        assert len(said) == len(set(said)) == 3
        assert wire.texts(7).count("Today is the day.") == 1


def test_the_webhook_serves_the_same_chat(wire: Wire, tmp_path: Path) -> None:
    port = free_port()
    hook = {"WEBHOOK_URL": f"http://127.0.0.1:{port}/hook", "WEBHOOK_SECRET": "abcdefgh12345678", "PORT": str(port)}
    with serving(wire, tmp_path, **hook, fresh=True) as bot:
        wire.until(lambda: wire.webhook, PATIENCE)
        agrees(wire)
        wire.say(7, "/call harbour")
        wire.until(lambda: len(wire.texts(7)) >= 4, PATIENCE)
        assert not wire.polls
        assert bot.ends()[0] == 0


def test_a_webhook_without_a_secret_is_refused(wire: Wire, tmp_path: Path) -> None:
    with serving(wire, tmp_path, WEBHOOK_URL="https://example.org/hook", fresh=True) as bot:
        assert bot.process.wait(PATIENCE) == 1
        assert "WEBHOOK_SECRET" in bot.err.read_text()


def test_a_port_that_is_taken_is_one_line_that_names_it(wire: Wire, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with serving(wire, tmp_path, PORT=port, **HOOK, fresh=True) as bot:
            assert bot.process.wait(PATIENCE) == 1
            (line,) = bot.err.read_text().splitlines()
            assert line.startswith(f"Error: PORT is {port}, and nothing can listen there (")


def test_an_address_for_the_webhook_that_telegram_refuses_is_one_line_that_names_it(wire: Wire, tmp_path: Path) -> None:
    wire.fail("setWebhook", "400_Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
    with serving(wire, tmp_path, PORT=str(free_port()), **HOOK, fresh=True) as bot:
        assert bot.process.wait(PATIENCE) == 1
        (line,) = bot.err.read_text().splitlines()
        assert line.startswith("Error: Telegram refuses WEBHOOK_URL (")
        assert "https url must be provided" in line.lower()


def test_the_first_start_prints_a_link_that_makes_the_owner(wire: Wire, tmp_path: Path) -> None:
    with serving(wire, tmp_path, RUNNER_UP_ACCESS="invite", fresh=True) as bot:
        pattern = r"https://t\.me/runner_up_bot\?start=(\S+)\s"
        wire.until(lambda: re.search(pattern, bot.says), PATIENCE)  # it answers a moment before it prints
        link = re.search(pattern, bot.says)
        assert link
        wire.say(7, f"/start {link[1]}")
        wire.until(lambda: wire.texts(7), PATIENCE)
        wire.tap(7, *data(wire, 7, "I agree"))
        wire.until(lambda: len(wire.texts(7)) > 1, PATIENCE)
        wire.say(7, "/status")
        wire.until(lambda: "How this bot is doing" in wire.texts(7)[-1], PATIENCE)
        wire.say(8, "/start")
        wire.until(lambda: any("by invitation" in t for t in wire.texts(8)), PATIENCE)
        bot.ends()
    bot.out.write_text("")
    with serving(wire, tmp_path, RUNNER_UP_ACCESS="invite", fresh=True) as bot:
        bot.ends()  # all that is printed has been printed
        assert link[1] not in bot.says
        assert "?start=" not in bot.says


def test_the_start_that_begins_a_log_says_so_for_disks_that_are_thrown_away(wire: Wire, tmp_path: Path) -> None:
    with serving(wire, tmp_path) as bot:
        assert f"A new log begins: {tmp_path / 'log.db'}." in bot.says
        bot.ends()
    with serving(wire, tmp_path) as bot:
        wire.until(lambda: bot.says.count("answers as") == 2)
        assert bot.says.count("A new log begins") == 1


def test_commands_are_set_when_they_differ_and_not_again(wire: Wire, tmp_path: Path) -> None:
    with serving(wire, tmp_path, fresh=True) as bot:
        wire.until(lambda: "setMyDescription" in wire.requests, PATIENCE)
        bot.ends()
    assert [c["command"] for c in wire.commands] == [name for name, _ in COMMANDS]
    wire.requests.clear()
    bot.out.write_text("")
    with serving(wire, tmp_path, fresh=True) as bot:
        wire.until(lambda: "getMyDescription" in wire.requests, PATIENCE)
        time.sleep(0.1)
        bot.ends()
    assert not [r for r in wire.requests if r.startswith("setMy")]


def test_a_token_that_telegram_does_not_know_ends_it_in_a_sentence(wire: Wire, tmp_path: Path) -> None:
    with serving(wire, tmp_path, TELEGRAM_BOT_TOKEN="123456789:" + "b" * 35, fresh=True) as bot:
        assert bot.process.wait(PATIENCE) not in (0, 1)
        assert "does not know this token" in bot.err.read_text()
        assert "bbbbbbbbbb" not in bot.err.read_text()


def test_without_a_token_the_way_out_is_named(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SERVE],
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "RUNNER_UP_DB": str(tmp_path / "x.db")},
        capture_output=True, text=True, check=False, timeout=20,
    )  # fmt: skip
    assert done.returncode == 1
    assert "runner-up call" in done.stderr


def test_a_commit_waits_no_five_milliseconds_for_what_else_is_computed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log's thread asks for the interpreter several times a commit, and each time another may be computing."""
    seen: list[float] = []

    async def served(settings: Settings, log: Log) -> int:
        seen.append(sys.getswitchinterval())
        return 0

    monkeypatch.setattr(running, "_serve", served)
    before = sys.getswitchinterval()
    try:
        assert running.serve(Settings(db=tmp_path / "log.db")) == 0
    finally:
        sys.setswitchinterval(before)
    assert seen[0] <= 0.001


def test_what_is_loaded_at_the_start_is_put_out_of_the_collectors_way_without_a_walk_through_all_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Answers are under way by then, and a walk would hold up every chat."""
    walks: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        walks.append(info["generation"])

    monkeypatch.setattr(running, "_warm", lambda house: None)
    before = gc.get_freeze_count()
    gc.callbacks.append(note)
    try:
        running._settle_in(cast(Any, None))
        assert gc.get_freeze_count() > before + 10_000
        assert 2 not in walks
    finally:
        gc.callbacks.remove(note)
        gc.unfreeze()
