"""The real `runner-up serve` against a Bot API server on loopback."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.wire import Wire


class Served:
    """One life of the bot."""

    def __init__(self, wire: Wire, folder: Path, **environ: str) -> None:
        self.wire = wire
        self.folder = folder
        env = {k: v for k, v in os.environ.items() if not k.startswith(("RUNNER_UP", "TELEGRAM", "WEBHOOK"))}
        env |= {
            "TELEGRAM_BOT_TOKEN": wire.token, "TELEGRAM_BASE_URL": wire.url, "RUNNER_UP_DB": str(folder / "log.db"),
            "RUNNER_UP_HEARING": "light", "RUNNER_UP_PACE": "0", "RUNNER_UP_ACCESS": "open", "NO_PROXY": "127.0.0.1",
            "RUNNER_UP_LOG_LEVEL": "DEBUG",
        } | environ  # fmt: skip
        self.out, self.err = folder / "out.txt", folder / "err.txt"
        with self.out.open("ab") as out, self.err.open("ab") as err:
            self.process = subprocess.Popen(
                [sys.executable, "-c", "from bot.cli import main; main(['serve'])"], env=env, stdout=out, stderr=err
            )

    @property
    def says(self) -> str:
        return self.out.read_text()

    def rss(self) -> float:
        """Resident memory, MiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024

    def ends(self, number: int = signal.SIGTERM) -> tuple[int, float]:
        """The exit code, and how long it took."""
        began = time.monotonic()
        self.process.send_signal(number)
        code = self.process.wait(20)
        return code, time.monotonic() - began


@contextmanager
def serving(wire: Wire, folder: Path, **environ: str) -> Iterator[Served]:
    served = Served(wire, folder, **environ)
    try:
        wire.until(lambda: "answers as" in served.says or served.process.poll() is not None, 15)
        yield served
    finally:
        if served.process.poll() is None:
            served.process.kill()
        served.process.wait(10)


@pytest.fixture
def wire() -> Iterator[Wire]:
    with Wire() as wire:
        yield wire


def data(wire: Wire, user: int, label: str) -> tuple[str, int]:
    """The newest button of this chat with these words: what it carries, and its message."""
    for sent in reversed([s for s in list(wire.sent) if s.chat == user]):
        rows: list[list[dict[str, Any]]] = (sent.params.get("reply_markup") or {}).get("inline_keyboard", [])
        for button in (b for row in rows for b in row):
            if label in button["text"] and "callback_data" in button:
                return button["callback_data"], sent.message_id or 0
    raise AssertionError(f"no button {label}")


def agrees(wire: Wire, user: int = 7) -> None:
    wire.say(user, "/start")
    wire.until(lambda: wire.texts(user))
    wire.tap(user, *data(wire, user, "I agree"))
    wire.until(lambda: len(wire.texts(user)) > 1)


def test_a_whole_call_is_held_and_sigterm_ends_it_with_0(wire: Wire, tmp_path: Path) -> None:
    began = time.monotonic()
    with serving(wire, tmp_path) as bot:
        wire.until(lambda: wire.polls, 5)
        print("connected", round(time.monotonic() - began, 2), "rss", bot.rss())
        agrees(wire)
        wire.tap(7, *data(wire, 7, "Practise a call"))
        wire.until(lambda: len(wire.texts(7)) >= 4)
        wire.say(7, "Hello, this is Sam Ortiz. I interviewed last week. Thank you, goodbye!")
        wire.until(lambda: "your guess" in wire.texts(7)[-1])
        wire.tap(7, *data(wire, 7, "Skip the guessing"))
        wire.until(lambda: any("sealed envelope" in t for t in wire.texts(7)))
        code, seconds = bot.ends()
        print("ended", code, round(seconds, 2))
        assert code == 0
        assert seconds < 4
        assert wire.token.split(":")[1] not in bot.err.read_text() + bot.says
        assert "Ortiz" not in bot.err.read_text() + bot.says
