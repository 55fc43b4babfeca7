"""Programs that are started many times without being imported anew: the other side of tests/zygote.py."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Self


class Zygote:
    """The program, ready to be started many times (tests/zygote.py)."""

    def __init__(self, program: str, env: dict[str, str], stderr: Path, *args: str) -> None:
        self._stderr = stderr.open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.zygote", program, *args],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._stderr, text=True, env=os.environ | {"RUNNER_UP_LOG_LEVEL": "DEBUG"} | env,
        )  # fmt: skip
        self._line()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                stream.close()
        self._process.wait(10)
        self._stderr.close()

    def _line(self) -> str:
        assert self._process.stdout
        while not (line := self._process.stdout.readline()).startswith("zygote:"):
            assert line, "the zygote has ended"  # anything else is a child's own word
        return line.removeprefix("zygote:").strip()

    def ask(self, words: str) -> str:
        assert self._process.stdin
        self._process.stdin.write(words + "\n")
        self._process.stdin.flush()
        return self._line()

    def start(self) -> int:
        return int(self.ask("start"))

    def end(self, pid: int, number: int = signal.SIGKILL) -> int:
        """Send a signal and wait for the end; gives the exit code (negative: the signal)."""
        os.kill(pid, number)
        return int(self.ask(f"wait {pid}"))

    def start_as(self, *, env: dict[str, str], before: str, out: Path, err: Path) -> Forked:
        """Start a child with this environment and these files to write to, which first does what `before` says."""
        wanted = {"env": env, "before": before, "out": str(out.absolute()), "err": str(err.absolute())}
        return Forked(self, int(self.ask(f"start {json.dumps(wanted)}")))


class Forked:
    """A child of a zygote, asked and ended as if it were a Popen."""

    def __init__(self, zygote: Zygote, pid: int) -> None:
        self._zygote, self.pid = zygote, pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None and (code := self._zygote.ask(f"poll {self.pid}")):
            self.returncode = int(code)
        return self.returncode

    def wait(self, timeout: float) -> int:
        end = time.monotonic() + timeout
        while self.poll() is None:
            if time.monotonic() > end:
                raise subprocess.TimeoutExpired(f"the child {self.pid}", timeout)
            time.sleep(0.01)
        return self.returncode or 0

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)
