"""The real `runner-up serve` in a process of its own, against the Bot API server of tests/wire."""

from __future__ import annotations

import atexit
import os
import re
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from tests.forking import Forked, Zygote
from tests.kill_loop import Calls
from tests.wire import Wire

PATIENCE = 50.0  # seconds, for a machine that has other work; nothing waits longer than it must
FULL = os.environ.get("RUNNER_UP_PATIENCE") == "full"
# The patience with a Telegram that misbehaves, shortened.
SHORT = (
    ""
    if FULL
    else "import functools, bot.delivery.delivery as delivery\n"
    "delivery.Poller = functools.partial(delivery.Poller, deaf_after=2.0, hangs_after=0.7, other_copy_after=2.0)\n"
)
A_MINUTE = 60.0
# No pauses before what could not be sent is tried again.
QUICK = "import bot.delivery.wire as w\nw.FIRST_PAUSE = w.LONGEST_PAUSE = 0.02\n"
TALK = b"Sam: Hello, this is Sam Ortiz. Is this a good time?\nDana: It is, go on.\nSam: What could I do better?\nDana: More numbers."
SERVE = "from bot.cli import main; main(['serve'])"


def free_port() -> int:
    """A port nobody listens on, out of those that the system gives to nobody who asks for any: it stays free until it is taken on purpose."""
    while True:
        with socket.socket() as free, suppress(OSError):
            port = 20_000 + secrets.randbelow(10_000)
            free.bind(("127.0.0.1", port))
            return port


@cache
def zygote() -> Zygote:
    """The program imported once, for all the lives that these tests fork from it."""
    made = Zygote(Calls.program, {}, Path(os.devnull), *Calls.args)
    atexit.register(made.__exit__)
    return made


class Served:
    """One life of the bot. `before`: what its process does first, to bring about what rarely happens. `fresh`: started as a host starts it,
    not forked from a process that has imported the program already."""

    def __init__(self, wire: Wire, folder: Path, *, before: str = "", fresh: bool = False, **environ: str) -> None:
        self.wire = wire
        self.folder = folder
        env = {k: v for k, v in os.environ.items() if not k.startswith(("RUNNER_UP", "TELEGRAM", "WEBHOOK"))}
        env |= {
            "TELEGRAM_BOT_TOKEN": wire.token, "TELEGRAM_BASE_URL": wire.url, "RUNNER_UP_DB": str(folder / "log.db"),
            "RUNNER_UP_HEARING": "light", "RUNNER_UP_PACE": "0", "RUNNER_UP_ACCESS": "open", "NO_PROXY": "127.0.0.1",
            "RUNNER_UP_LOG_LEVEL": "DEBUG",
        } | environ  # fmt: skip
        self.out, self.err = folder / "out.txt", folder / "err.txt"
        self.process: subprocess.Popen[bytes] | Forked
        with (
            self.out.open("ab") as out,
            self.err.open("ab") as err,
        ):  # both are there before it runs: tests read them at once
            if fresh:
                self.process = subprocess.Popen([sys.executable, "-c", before + SERVE], env=env, stdout=out, stderr=err)
            else:
                self.process = zygote().start_as(env=env, before=before, out=self.out, err=self.err)

    @property
    def says(self) -> str:
        return self.out.read_text()

    def rss(self) -> float:
        """Resident memory, MiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024

    def cpu(self) -> float:
        """Processor time so far, seconds."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def ends(self, number: int = signal.SIGTERM) -> tuple[int, float]:
        """The exit code, and how long it took."""
        began = time.monotonic()
        self.process.send_signal(number)
        code = self.process.wait(PATIENCE)
        return code, time.monotonic() - began


@contextmanager
def serving(wire: Wire, folder: Path, *, before: str = "", fresh: bool = False, **environ: str) -> Iterator[Served]:
    served = Served(wire, folder, before=before, fresh=fresh, **environ)
    try:
        wire.until(lambda: "answers as" in served.says or served.process.poll() is not None, PATIENCE)
        yield served
    finally:
        if served.process.poll() is None:
            served.process.kill()
        served.process.wait(10)


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
    wire.until(lambda: wire.texts(user), PATIENCE)
    wire.tap(user, *data(wire, user, "I agree"))
    wire.until(lambda: len(wire.texts(user)) > 1, PATIENCE)


def unsent(db: Path) -> int:
    """Messages that are not marked as sent."""
    with closing(sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True)) as log:
        return int(log.execute("SELECT count(*) FROM outbox WHERE state = 'waiting'").fetchone()[0])


def in_a_call(wire: Wire, user: int = 7) -> None:
    """This user has agreed and is on the phone with Dana."""
    agrees(wire, user)
    wire.say(user, "/call harbour")
    wire.until(lambda: len(wire.texts(user)) >= 4, PATIENCE)


def ends(bot: Served) -> int:
    """The exit code; the process has a minute."""
    began = time.monotonic()
    code = bot.process.wait(A_MINUTE + 5)
    assert time.monotonic() - began < A_MINUTE
    return code


def asked(folder: Path, sql: str) -> list[Any]:
    """A question to the log."""
    with closing(sqlite3.connect(f"{(folder / 'log.db').as_uri()}?mode=ro", uri=True)) as log:
        return log.execute(sql).fetchall()


def states(folder: Path) -> dict[str, int]:
    """How many messages of the outbox are in which state."""
    return dict(asked(folder, "SELECT state, count(*) FROM outbox GROUP BY state"))


def sends(wire: Wire, file: str = "talk", size: int | None = None) -> None:
    """User 7 sends a file."""
    wire.message(
        7, document={"file_id": file, "file_unique_id": "u", "file_name": "talk.txt", "file_size": size or len(TALK)}
    )
