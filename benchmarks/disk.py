"""The turn that is on disk: syncs counted (P3), beside an fdatasync (P4), many chats (P5), statements and calls counted."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.clock import Spread
from benchmarks.core import TURNS, harbour
from benchmarks.rows import Effort, Row, skipped
from benchmarks.twelve import SAID, ear
from bot.log import Log
from bot.session import Session
from dialogs.hearing.heard import Cue
from dialogs.practice import Ear
from dialogs.scenario import Scenario


def folder() -> tempfile.TemporaryDirectory[str]:
    """A folder on a real disk: in memory an fsync would cost nothing."""
    here = Path(os.environ.get("BENCH_DIR") or tempfile.gettempdir())
    kind = subprocess.run(["stat", "-f", "-c", "%T", str(here)], capture_output=True, text=True, check=False).stdout
    if "tmpfs" in kind:
        raise RuntimeError(f"{here} is in memory; set BENCH_DIR to a folder on a disk")
    return tempfile.TemporaryDirectory(dir=here, prefix="runner-up-bench-")


def hold(log: Log, person: int, scenario: Scenario, turns: int) -> int:
    """Calls of twelve turns through the product's own door, until so many answers are on disk; gives how many."""
    answered = 0
    while answered < turns:
        session = Session.start(log, person, scenario, 1, ear=ear)
        answered += 1
        for said in SAID:
            if answered >= turns:
                break
            session.hear(said)
            answered += 1
    return answered


def held_alone(turns: int) -> None:
    """For a child that strace watches: so many answers, and no other work."""
    with folder() as at, Log.open(Path(at) / "calls.db") as log:
        hold(log, log.local().id, harbour(), turns)


def p3(effort: Effort) -> Iterator[Row]:
    """How often the disk is waited for, counted by strace as the difference of a short and a long run."""
    if shutil.which("strace") is None:
        yield skipped("P3", "strace is not installed")
        return
    short, long = 13, 13 * effort.size(31, 101)
    syncs = _syncs(long) - _syncs(short)
    turns = long - short
    yield Row("P3", "fsyncs an answer, first turns and checkpoints included", round(syncs / turns, 2), "", None,
              f"{syncs} for {turns} answers, counted", judged=True)  # fmt: skip


def _syncs(turns: int) -> int:
    with tempfile.NamedTemporaryFile("r") as out:
        code = f"from benchmarks.disk import held_alone; held_alone({turns})"
        command = ["strace", "-f", "-c", "-e", "trace=fsync,fdatasync", "-o", out.name, sys.executable, "-c", code]
        subprocess.run(command, check=True, capture_output=True)
        columns = [line.split() for line in out.read().splitlines()]  # … usecs/call, calls, [errors], syscall
        return sum(int(c[3]) for c in columns if c and c[-1] in ("fsync", "fdatasync"))


def p4(effort: Effort) -> Iterator[Row]:
    """A durable turn beside an fdatasync in the same loop, and its CPU; beside them the least that SQLite takes."""
    pairs = effort.size(240, 960)
    with folder() as at, Log.open(Path(at) / "calls.db") as log:
        me, scenario = log.local().id, harbour()
        first = _beside_floor(log, me, scenario, Path(at), pairs)
        # A bot that has been up for a day writes over its write-ahead log instead of making it longer.
        hold(log, me, scenario, 1200)
        then = _beside_floor(log, me, scenario, Path(at), pairs)
        yield from _counted(log, me, scenario)
        awaited = asyncio.run(_awaited_beside_floor(log, me, scenario, Path(at), pairs))
        light = _beside_floor(log, me, scenario, Path(at), pairs, ear=_light())
        company = _floor_in_company(Path(at), pairs)
    value, spread = then.ratio(then.ours)
    yield Row("P4", "durable turn, hearing by keyword / fdatasync, p50 of the same loop", value, "x", spread,
              f"{statistics.median(then.ours) * 1e6:.0f} / {statistics.median(then.floor) * 1e6:.0f} us", judged=True)  # fmt: skip
    value, spread = light.ratio(light.ours)
    yield Row("P4", "… with light hearing", value, "x", spread, f"{statistics.median(light.ours) * 1e6:.0f} us")
    value, spread = awaited.ratio(awaited.ours)
    yield Row("P4", "… awaited in a loop, written by the writer's thread, as serve does", value, "x", spread,
              f"{statistics.median(awaited.ours) * 1e6:.0f} us")  # fmt: skip
    yield Row("P4", "… / fdatasync among commits with a rollback journal, as the goals were set",
              statistics.median(then.ours) / statistics.median(company), "x", None,
              f"that fdatasync: {statistics.median(company) * 1e6:.0f} us")  # fmt: skip
    value, spread = first.ratio(first.ours)
    yield Row("P4", "… of the first turns, while the write-ahead log still grows", value, "x", spread)
    value, spread = then.ratio(then.bare)
    yield Row("P4", "… of a bare sqlite3 commit of one row (the limit)", value, "x", spread)
    if shutil.which("strace") is not None:
        value, bare = _on_a_slower_disk(f"turn_beside_floor({effort.size(120, 480)})")
        about = f"… where a sync takes {SLOW_MS:g} ms longer (injected by strace)"
        yield Row("P4", about, value, "x", None, f"the bare commit there: {bare:.2f} x")
    us = [c * 1e6 for c in then.cpu]
    yield Row("P4", "… its CPU, cold caches included", statistics.median(us), "us", Spread.of(us))


@dataclass(slots=True)
class _Beside:
    """Seconds of turns, of bare commits and of syncs, taken in turn; and the CPU of the turns."""

    ours: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def ratio(self, over: list[float]) -> tuple[float, Spread]:
        """The p50 against the floor's, and the same by eighths."""
        by_eight = [statistics.median(over[i::8]) / statistics.median(self.floor[i::8]) for i in range(8)]
        return statistics.median(over) / statistics.median(self.floor), Spread.of(by_eight)


def _light() -> Ear:
    from bot.hearing import ear as chosen

    heard = chosen("light")
    heard(SAID[0], Cue())
    return heard


async def _awaited_beside_floor(log: Log, me: int, scenario: Scenario, at: Path, pairs: int) -> _Beside:
    """The same turns in a coroutine, one after another: two changes of thread more."""
    taken, n = _Beside(), TURNS
    fd = os.open(at / "floor", os.O_RDWR | os.O_CREAT, 0o600)
    for _ in range(pairs):
        if n == TURNS:
            session, n = await Session.start_async(log, me, scenario, 1, ear=ear), 0
        began = time.perf_counter()
        await session.hear_async(SAID[n])
        taken.ours.append(time.perf_counter() - began)
        n += 1
        taken.floor.append(_sync(fd))
    os.close(fd)
    return taken


def _floor_in_company(at: Path, pairs: int) -> list[float]:
    """An fdatasync that comes after the commit of a rollback journal and that of a write-ahead log."""
    took: list[float] = []
    fd = os.open(at / "floor", os.O_RDWR | os.O_CREAT, 0o600)
    with (
        closing(sqlite3.connect(at / "journal.db", isolation_level=None)) as journal,
        closing(sqlite3.connect(at / "bare.db", isolation_level=None)) as bare,
    ):
        journal.execute("CREATE TABLE said (id INTEGER PRIMARY KEY, text TEXT)")
        for _ in range(pairs):
            for db in (bare, journal):
                db.execute("INSERT INTO said (text) VALUES ('x')")
            took.append(_sync(fd))
    os.close(fd)
    return took


def _sync(fd: int) -> float:
    began = time.perf_counter()
    os.pwrite(fd, PAGE, 0)
    os.fdatasync(fd)
    return time.perf_counter() - began


def _beside_floor(log: Log, me: int, scenario: Scenario, at: Path, pairs: int, *, ear: Ear = ear) -> _Beside:
    taken, n = _Beside(), TURNS
    fd = os.open(at / "floor", os.O_RDWR | os.O_CREAT, 0o600)
    with closing(sqlite3.connect(at / "bare.db", isolation_level=None)) as bare:
        bare.execute("PRAGMA journal_mode = WAL").fetchone()
        bare.execute("PRAGMA synchronous = FULL")
        bare.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, text TEXT)")
        bare.executemany("INSERT INTO said (text) VALUES (?)", [("x",)] * 1200)  # each a commit
        for _ in range(pairs):
            if n == TURNS:
                session, n = Session.start(log, me, scenario, 1, ear=ear), 0
            began, began_cpu = time.perf_counter(), time.process_time()
            session.hear(SAID[n])
            taken.ours.append(time.perf_counter() - began)
            taken.cpu.append(time.process_time() - began_cpu)
            n += 1
            taken.floor.append(_sync(fd))
            began = time.perf_counter()
            bare.execute("INSERT INTO said (text) VALUES (?)", [SAID[n - 1]])
            taken.bare.append(time.perf_counter() - began)
    os.close(fd)
    return taken


SLOW_MS = 1.0
PAGE = b"x" * 4096


def _on_a_slower_disk(call: str) -> list[float]:
    """What this function of this page gives in a process whose syncs take a millisecond longer, as on many small servers."""
    delay = f"inject=fdatasync:delay_exit={int(SLOW_MS * 1000)}"
    code = f"from benchmarks import disk; print(disk.{call})"
    command = ["strace", "-f", "--seccomp-bpf", "-o", "/dev/null", "-e", "trace=fdatasync", "-e", delay]
    done = subprocess.run([*command, sys.executable, "-c", code], check=True, capture_output=True, text=True)
    found: list[float] = json.loads(done.stdout.splitlines()[-1])
    return found


def turn_beside_floor(pairs: int) -> list[float]:
    """P4 in one process: a turn and a bare commit, each over the floor."""
    with folder() as at, Log.open(Path(at) / "calls.db") as log:
        hold(log, log.local().id, harbour(), 1200)  # as above: the write-ahead log has come round
        taken = _beside_floor(log, log.local().id, harbour(), Path(at), pairs)
        return [taken.ratio(taken.ours)[0], taken.ratio(taken.bare)[0]]


def many_beside_one(turns: int) -> list[float]:
    """P5 in one process."""
    one, many = asyncio.run(_rate(1, turns)), asyncio.run(_rate(64, turns * 8))
    return [many / one, many, one]


def _counted(log: Log, me: int, scenario: Scenario) -> Iterator[Row]:
    seen: list[str] = []
    session = Session.start(log, me, scenario, 1, ear=ear)
    session.hear(SAID[0])
    log.writer._db.set_trace_callback(seen.append)
    for said in SAID[1:5]:
        session.hear(said)
    log.writer._db.set_trace_callback(None)
    yield Row("P4", "SQL statements a durable turn, BEGIN and COMMIT included", len(seen) / 4, "", note="counted")


def p5(effort: Effort) -> Iterator[Row]:
    """Durable turns a second: one chat, and 64 that each wait for their own turn."""
    rates: dict[int, list[float]] = {1: [], 64: []}
    for _ in range(effort.size(3, 5)):
        for chats in rates:
            rates[chats].append(asyncio.run(_rate(chats, effort.size(240, 1200) * (1 if chats == 1 else 8))))
    r = [b / a for a, b in zip(rates[1], rates[64], strict=True)]
    yield Row("P5", "durable turns a second, 64 chats / 1 chat", statistics.median(r), "x", Spread.of(r),
              f"{statistics.median(rates[64]):,.0f} / {statistics.median(rates[1]):,.0f} a second", judged=True)  # fmt: skip
    if shutil.which("strace") is not None:
        value, many, one = _on_a_slower_disk(f"many_beside_one({effort.size(240, 1200)})")
        about = f"… where a sync takes {SLOW_MS:g} ms longer (injected by strace)"
        yield Row("P5", about, value, "x", None, f"{many:,.0f} / {one:,.0f} a second")


async def _rate(chats: int, turns: int) -> float:
    scenario = harbour()
    with folder() as at, Log.open(Path(at) / "calls.db") as log:
        me = log.local().id
        hold(log, me, scenario, 1200)  # as in P4: the write-ahead log has come round
        done = 0

        async def chat() -> None:
            nonlocal done
            while done < turns:
                session = await Session.start_async(log, me, scenario, 1, ear=ear)
                done += 1
                for said in SAID:
                    if done >= turns:
                        return
                    await session.hear_async(said)
                    done += 1

        began = time.perf_counter()
        await asyncio.gather(*(chat() for _ in range(chats)))
        return done / (time.perf_counter() - began)
