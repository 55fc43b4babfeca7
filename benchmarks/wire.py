"""The whole turn through the real `serve` on loopback: CPU (P6), turns a second (P7), order (P8), loop lag (P9), memory (P17).

The server is tests/wire, with a round trip of 0 or 50 ms; beside it, in turn, python-telegram-bot's default echo with a commit.
"""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.clock import Spread
from benchmarks.core import harbour, our_call
from benchmarks.disk import folder
from benchmarks.rows import Effort, Row
from benchmarks.twelve import SAID, ear
from bot.log import Log
from bot.telegram.messages import spoken
from dialogs.practice import Practice
from tests.wire import Wire

CHATS = 50
WORDS = SAID[:-1]  # nobody says goodbye, so that no call ends in a debrief
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Bot:
    """A bot process, looked at from outside."""

    process: subprocess.Popen[str]
    lag_file: Path

    def cpu(self) -> float:
        """CPU seconds of the process so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def rss(self) -> float:
        """MB in memory."""
        return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * 4096 / 1e6

    def at_rest(self) -> float:
        """MB in memory, once everything is loaded."""
        before, now = -1.0, self.rss()
        while abs(now - before) > 0.3:
            time.sleep(1.5)
            before, now = now, self.rss()
        return now

    def stop(self) -> list[float]:
        """End it; gives the delays of its loop."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)
        late: list[float] = json.loads(self.lag_file.read_text()) if self.lag_file.exists() else []
        return late


@dataclass(slots=True)
class Run:
    """What came out of one run."""

    cpu_us: float
    per_second: float
    lag: float
    wrong: int
    sends: float
    idle_rss: float
    rss: float


@contextmanager
def running(kind: str, wire: Wire, at: Path) -> Iterator[Bot]:
    """A bot of this kind on this server: `ptb`, `keywords`, `light` or `full`."""
    lag = at / f"{kind}.lag"
    environ = os.environ | {
        "TELEGRAM_BASE_URL": wire.url,
        "TELEGRAM_BOT_TOKEN": wire.token,
        "RUNNER_UP_DB": str(at / "calls.db"),
        "RUNNER_UP_ACCESS": "open",
        "RUNNER_UP_PACE": "0",
        "RUNNER_UP_HEARING": "full" if kind == "full" else "light",
        "RUNNER_UP_LOG_LEVEL": "WARNING",
        "BENCH_LAG": str(lag),
    }
    if kind == "keywords":
        environ["BENCH_KEYWORDS"] = "1"
    command = ["benchmarks.peers.ptb_echo", str(at / "ptb.db")] if kind == "ptb" else ["benchmarks.served"]
    process = subprocess.Popen([sys.executable, "-m", *command], env=environ, stdout=subprocess.PIPE, text=True)
    bot = Bot(process, lag)
    try:
        yield bot
    finally:
        if process.poll() is None:
            bot.stop()


def people(path: Path, chats: int) -> None:
    """So many people who have agreed."""
    with Log.open(path) as log:
        known = [log.meet(100 + n) for n in range(chats)]
        for each in [log.agree(p.result().id, "1") for p in known]:
            each.result()


def expected() -> list[str]:
    """What she answers to WORDS, the pick-up left out."""
    scenario = harbour()
    practice = Practice(scenario, 1, ear=ear)
    practice.begin()
    turns = [practice.hear(said) for said in WORDS]
    return [str(m.payload()["text"]) for turn in turns for m in spoken(turn.lines, scenario, 0.0)]


def run(kind: str, round_trip: float, turns: int) -> Run:
    """So many turns a chat, all written at once; 50 chats."""
    said = (WORDS * 9)[:turns]
    with folder() as tmp, Wire(round_trip=round_trip) as wire:
        at = Path(tmp)
        people(at / "calls.db", CHATS)
        with running(kind, wire, at) as bot:
            wire.until(lambda: wire.polls, 60)
            idle = bot.at_rest()
            before: dict[int, int] = {}
            if kind != "ptb":
                for n in range(CHATS):
                    wire.say(100 + n, "/call harbour")
                wire.until(lambda: all(len(wire.texts(100 + n)) >= 2 for n in range(CHATS)), 60)
                time.sleep(0.3)
                before = {n: len(wire.texts(100 + n)) for n in range(CHATS)}
            sent, cpu, began = len(wire.sent), bot.cpu(), time.perf_counter()
            for words in said:
                for n in range(CHATS):
                    wire.say(100 + n, words)
            wanted = len(expected()) if kind == "keywords" else turns

            def done() -> bool:
                return all(len(wire.texts(100 + n)) - before.get(n, 0) >= wanted for n in range(CHATS))

            wire.until(done, 60)
            took, cpu = time.perf_counter() - began, bot.cpu() - cpu
            rss = bot.rss()
            time.sleep(0.5)
            wrong = 0
            for n in range(CHATS):
                texts = wire.texts(100 + n)[before.get(n, 0) :]
                right = [f"re {w}" for w in said] if kind == "ptb" else expected()
                if kind != "light":
                    wrong += sum(a != b for a, b in zip(texts, right, strict=False)) + abs(len(texts) - len(right))
            count = len(said) * CHATS
            late = sorted(bot.stop())
            lag = late[int(len(late) * 0.99)] if late else 0.0
            return Run(cpu / count * 1e6, count / took, lag, wrong, (len(wire.sent) - sent) / count, idle, rss)


def p6_to_p9(effort: Effort) -> Iterator[Row]:
    """Three bots in turn, at 0 and at 50 ms."""
    if our_call(harbour()).turns != len(SAID):
        raise RuntimeError("the call of twelve turns has changed; see benchmarks/twelve.py")
    runs: dict[tuple[str, int], list[Run]] = {}
    plan = [("ptb", 0, 8), ("keywords", 0, 11), ("light", 0, 11), ("ptb", 50, 2), ("keywords", 50, 11)]
    for _ in range(effort.size(1, 3)):
        for kind, ms, turns in plan:
            runs.setdefault((kind, ms), []).append(run(kind, ms / 1000, turns))

    def spread(kind: str, ms: int, what: str) -> Spread:
        return Spread.of([getattr(r, what) for r in runs[kind, ms]])

    def against(what: str, ms: int) -> Spread:
        both = zip(runs["keywords", ms], runs["ptb", ms], strict=True)
        return Spread.of([getattr(a, what) / getattr(b, what) for a, b in both])

    ours, theirs = spread("keywords", 0, "cpu_us"), spread("ptb", 0, "cpu_us")
    yield Row("P6", "CPU of a turn through serve, hearing by keyword", ours.median, "us", ours,
              f"{runs['keywords', 0][0].sends:.2f} sends a turn")  # fmt: skip
    yield Row("P6", "CPU of a turn through serve, light hearing", spread("light", 0, "cpu_us").median, "us")
    yield Row("P6", "CPU of python-telegram-bot's default echo with a commit", theirs.median, "us", theirs)
    yield Row(
        "P6", "serve / PTB's default, CPU a turn", against("cpu_us", 0).median, "x", against("cpu_us", 0), judged=True
    )
    for ms in (0, 50):
        a, b = spread("keywords", ms, "per_second"), spread("ptb", ms, "per_second")
        r = against("per_second", ms)
        yield Row("P7", f"turns a second, {ms} ms round trip, 50 chats / PTB's default", r.median, "x", r,
                  f"{a.median:,.0f} / {b.median:,.0f} a second", judged=ms == 50)  # fmt: skip
    by_cpu = 1e6 / ours.median
    yield Row("P7", "turns a second that one core's CPU allows", by_cpu, "/s", note="wanted for a moonshot: 1,000")
    mine = [r for (kind, _), all_ in runs.items() if kind == "keywords" for r in all_]
    yield Row("P8", f"answers out of order, lost or doubled, of {len(mine) * CHATS * len(WORDS):,} turns",
              sum(r.wrong for r in mine), "", None, "kill -9: tests/kill_loop.py", judged=True)  # fmt: skip
    lag = against("lag", 50) if all(r.lag for r in runs["ptb", 50]) else Spread.of([0.0])
    yield Row("P9", "loop lag p99, saturated at 50 ms / PTB's default", lag.median, "x", lag,
              f"{statistics.median(r.lag for r in runs['keywords', 50]) * 1000:.1f} / "
              f"{statistics.median(r.lag for r in runs['ptb', 50]) * 1000:.1f} ms", judged=True)  # fmt: skip
    yield from _memory(runs)


def _memory(runs: dict[tuple[str, int], list[Run]]) -> Iterator[Row]:
    with folder() as tmp, Wire() as wire:
        people(Path(tmp) / "calls.db", 1)
        with running("full", wire, Path(tmp)) as bot:
            wire.until(lambda: wire.polls, 60)
            full = bot.at_rest()
    idle = {kind: statistics.median(r.idle_rss for r in runs[kind, 0]) for kind in ("ptb", "light", "keywords")}
    r = Spread.of([a.idle_rss / b.idle_rss for a, b in zip(runs["light", 0], runs["ptb", 0], strict=True)])
    yield Row("P17", "memory of an idle serve, light hearing / of an idle PTB bot", r.median, "x", r,
              f"{idle['light']:.0f} / {idle['ptb']:.0f} MB; without any hearing {idle['keywords']:.0f} MB", judged=True)  # fmt: skip
    yield Row("P17", "… with full hearing", full / idle["ptb"], "x", None, f"{full:.0f} MB; the encoder and numpy")
