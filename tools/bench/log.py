"""What a turn costs on the disk: P3, P4, P5, P10, P11, P12 and P15 of the goals, as ratios to a reference timed in the same run.

    python -m tools.bench.log             # all of them, about a minute
    python -m tools.bench.log P3 P5

The log lies in the current folder's `.bench`, because /tmp may be a RAM disk, where a sync costs nothing.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bot.log import Log
from bot.session import Session
from dialogs.hearing.heard import Cue, Heard
from dialogs.moves import Move
from dialogs.practice import Practice
from dialogs.scenario import library, read_scenario

HARBOUR = read_scenario(library()["harbour"])
CIRCLE = (Move.INTRODUCE, Move.THANK, Move.INTEREST, Move.ASK_OPEN, Move.ACCEPT)


def ear(text: str, cue: Cue) -> Heard:
    return Heard(moves=(CIRCLE[hash(text) % len(CIRCLE)],), scores={CIRCLE[0]: 0.9, CIRCLE[1]: 0.2}, words=1)


def folder() -> Path:
    Path(".bench").mkdir(exist_ok=True)
    return Path(tempfile.mkdtemp(dir=".bench"))


class Talker:
    """Holds calls one after another, a turn at a time."""

    def __init__(self, log: Log, person: int) -> None:
        self.log, self.person, self.n = log, person, 0
        self.session = Session.start(log, person, HARBOUR, 1, ear=ear)

    def turn(self) -> None:
        if self.session.ended:
            self.session = Session.start(self.log, self.person, HARBOUR, 1, ear=ear)
        self.n += 1
        self.session.hear(f"{self.n} thank you for taking the call, I will not keep you long")

    async def turn_async(self) -> None:
        if self.session.ended:
            self.session = await Session.start_async(self.log, self.person, HARBOUR, 1, ear=ear)
        self.n += 1
        turn = self.session.practice.take(ear(str(self.n), Cue()), "thank you for taking the call")
        await self.log.keep(self.person, self.session.id, turn)


def p3() -> None:
    """Syncs a turn, counted by strace over whole calls with their first commit."""
    if shutil.which("strace") is None:
        print("P3   strace is not installed")
        return
    counts = []
    for turns in (12, 612):
        path = folder() / "log.db"
        done = subprocess.run(  # noqa: S603
            ["strace", "-f", "-c", "-e", "trace=fsync,fdatasync", sys.executable, "-m", "tools.bench.log", "turns", str(path), str(turns)],  # noqa: S607
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        syncs = sum(int(line.split()[3]) for line in done.stderr.splitlines() if line.endswith(("fsync", "fdatasync")))
        counts.append((syncs, json.loads(done.stdout)["commits"]))
    (s1, c1), (s2, c2) = counts
    print(
        f"P3   {(s2 - s1) / (c2 - c1):.3f} syncs an acknowledged turn (pick-ups counted as turns; {c2 - c1} turns)   good 1.1, moonshot 1.0"
    )


def hold(path: str, turns: str) -> None:
    with Log.open(path) as log:
        talker = Talker(log, log.local().id)
        before = log.writer.commits
        for _ in range(int(turns)):
            talker.turn()
        print(json.dumps({"commits": log.writer.commits - before + 1}))


def p4() -> None:
    """A durable turn beside one 4 KB write and fdatasync on the same disk, interleaved."""
    here = folder()
    fd = os.open(here / "floor", os.O_RDWR | os.O_CREAT)
    os.pwrite(fd, b"x" * 4096, 0)
    os.fsync(fd)
    ratios, turns, floors = [], [], []
    with Log.open(here / "log.db") as log:
        talker = Talker(log, log.local().id)
        for _ in range(300):
            began = time.perf_counter()
            os.pwrite(fd, os.urandom(4096), 0)
            os.fdatasync(fd)
            floors.append(time.perf_counter() - began)
            began = time.perf_counter()
            talker.turn()
            turns.append(time.perf_counter() - began)
    os.close(fd)
    a, b = statistics.median(turns), statistics.median(floors)
    ratios = sorted(t / f for t, f in zip(turns, floors, strict=True))
    print(f"P4   {a / b:.2f} x one fdatasync (turn p50 {a * 1e3:.2f} ms, p99 {sorted(turns)[-3] * 1e3:.1f} ms; fdatasync p50 {b * 1e3:.2f} ms; "
          f"median of pairs {ratios[150]:.2f})   good 1.6, moonshot 1.3")  # fmt: skip


def p5() -> None:
    """Durable turns a second with 64 chats at once and with one."""

    async def rate(chats: int, seconds: float) -> float:
        with Log.open(folder() / "log.db") as log:
            talkers = [Talker(log, (await log.meet(n + 1)).id) for n in range(chats)]
            end = time.perf_counter() + seconds
            done = 0

            async def talk(talker: Talker) -> None:
                nonlocal done
                while time.perf_counter() < end:
                    await talker.turn_async()
                    done += 1

            await asyncio.gather(*map(talk, talkers))
            return done / seconds

    rounds = [(asyncio.run(rate(1, 1.5)), asyncio.run(rate(64, 1.5))) for _ in range(5)]
    ratio = statistics.median(b / a for a, b in rounds)
    one, many = (statistics.median(r[i] for r in rounds) for i in (0, 1))
    print(f"P5   {ratio:.1f} x (one chat {one:.0f} turns/s, 64 chats {many:.0f} turns/s)   good 8, moonshot 20")


def _fill(path: Path, turns: int) -> None:
    """A log with this many turns, written at one go: calls of twelve turns, fifteen calls a person."""
    with Log.open(path, durability="normal") as log:
        talker = Talker(log, log.local().id)
        for _ in range(11):
            talker.turn()
        calls = turns // 12

        def job(db: sqlite3.Connection) -> None:
            db.executemany(
                "INSERT INTO people (id, public_id, telegram_id, role, created_at, agreed_at) VALUES (?, ?, ?, 'guest', '', '')",
                ((n + 100, f"p{n}", n + 100) for n in range(calls // 15 + 1)),
            )
            columns = [
                r[1] for r in db.execute("PRAGMA table_info(sessions)") if r[1] not in ("id", "public_id", "person_id")
            ]
            names = ", ".join(columns)
            db.execute(
                f"""WITH RECURSIVE c (k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM c WHERE k < {calls - 1})
                    INSERT INTO sessions (id, public_id, person_id, {names})
                    SELECT 1000 + k, 's' || k, 100 + k / 15, {names} FROM c, (SELECT * FROM sessions LIMIT 1)"""  # noqa: S608
            )
            columns = [
                r[1]
                for r in db.execute("PRAGMA table_info(turns)")
                if r[1] not in ("id", "session_id", "n", "update_id")
            ]
            names = ", ".join(columns)
            db.execute(
                f"""WITH RECURSIVE c (k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM c WHERE k < {calls * 12 - 1})
                    INSERT INTO turns (session_id, n, {names})
                    SELECT 1000 + k / 12, k % 12, {names} FROM c, (SELECT * FROM turns WHERE n = 1 LIMIT 1)"""  # noqa: S608
            )
            db.execute("UPDATE meta SET value = (SELECT max(id) FROM turns) WHERE key = 'searchable_to'")

        log.write(job).result()


def _cpu(work: Callable[[], object], times: int) -> float:
    began = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - began) / times * 1e6


def p10() -> None:
    """Cost of a kept turn, of a transcript, of the last calls and of progress at 1k and at 1M logged turns."""
    logs = {}
    for size in (1_000, 1_000_000):
        path = folder() / "log.db"
        _fill(path, size)
        logs[size] = Log.open(path, durability="normal")
    works: dict[str, Callable[[Log], Callable[[], object]]] = {
        "P10  a turn kept": lambda log: Talker(log, log.local().id).turn,
        "P11  a transcript": lambda log: lambda: log.turns(102, "s40"),
        "P11  the last ten calls": lambda log: lambda: log.calls(102, limit=10),
        "P11  all fifteen calls": lambda log: lambda: log.calls(102),
    }
    for name, make in works.items():
        small, large = make(logs[1_000]), make(logs[1_000_000])
        rounds = []
        for _ in range(7):
            a, b = _cpu(small, 60), _cpu(large, 60)
            rounds.append((a, b))
        ratio = statistics.median(b / a for a, b in rounds)
        a, b = (statistics.median(r[i] for r in rounds) for i in (0, 1))
        print(f"{name}: {ratio:.2f} x (1k {a:.0f} us, 1M {b:.0f} us)   good {'1.25' if 'P10' in name else '2.5'}")
    for log in logs.values():
        log.close()


def p12() -> None:
    """Memory of a live call, and of a restart with ten thousand unfinished calls until the first answer."""
    with Log.open(folder() / "log.db", durability="normal") as log:
        me = log.local().id
        first = Session.start(log, me, HARBOUR, 1, ear=ear)
        first.hear("1")
        gc.collect()
        before = _rss()
        live = [_copy(log, me, first) for _ in range(5_000)]
        gc.collect()
        each = (_rss() - before) / len(live)
        print(f"P12  {each:.2f} KB a live call (5,000 of them, one turn each)   good 2, moonshot 1")
        del live

        def many(db: sqlite3.Connection) -> None:
            columns = [
                r[1] for r in db.execute("PRAGMA table_info(sessions)") if r[1] not in ("id", "public_id", "person_id")
            ]
            names = ", ".join(columns)
            db.execute(
                f"""WITH RECURSIVE c (k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM c WHERE k < 9999)
                    INSERT INTO sessions (public_id, person_id, {names})
                    SELECT 'u' || k, {me}, {names} FROM c, (SELECT * FROM sessions LIMIT 1)"""  # noqa: S608
            )

        log.write(many).result()
        path = log.path
    times = []
    for _ in range(5):
        began = time.perf_counter()
        with Log.open(path) as log:
            opened = time.perf_counter()
            Session.resume(log, log.local().id, first.id, ear=ear).hear("2")
            times.append((opened - began, time.perf_counter() - opened))
    print(f"P15  {statistics.median(t for _, t in times) * 1e3:.1f} ms to the first answer with 10,000 unfinished calls "
          f"(opening with all checks: {statistics.median(t for t, _ in times) * 1e3:.1f} ms); calls are built when spoken to   good 100 ms")  # fmt: skip


def _copy(log: Log, me: int, first: Session) -> Session:
    practice = Practice(HARBOUR, 1, ear=ear)
    practice.begin()
    practice.take(Heard(moves=(Move.GREET,), words=3), "hello")
    return Session(log, me, practice, first.id, ear=ear, first=None)


def _rss() -> float:
    """Resident memory, KB."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS"):
            return float(line.split()[1])
    return 0.0


def check_start() -> None:
    """Start-up with quick_check at 200,000 turns."""
    path = folder() / "log.db"
    _fill(path, 200_000)
    began = time.perf_counter()
    Log.open(path).close()
    print(
        f"(c)  opening a log of 200,000 turns, checks included: {time.perf_counter() - began:.2f} s ({path.stat().st_size >> 20} MB)   at most 1 s"
    )
    with Log.open(path) as log:
        talker = Talker(log, log.local().id)
        worst, stop = [0.0], time.perf_counter() + 0.2
        import threading

        made: list[float] = []

        def backup() -> None:
            start = time.perf_counter()
            log.backup()
            made.append(time.perf_counter() - start)

        thread = threading.Thread(target=backup)
        while time.perf_counter() < stop:
            talker.turn()
        thread.start()
        while thread.is_alive():
            start = time.perf_counter()
            talker.turn()
            worst.append(time.perf_counter() - start)
        thread.join()
    print(
        f"(c)  a verified backup of it while turns are kept: {made[0]:.2f} s, the longest turn meanwhile {max(worst) * 1e3:.0f} ms, {len(worst) - 1} turns   at most 2 s, 100 ms"
    )


WORK = {"P3": p3, "P4": p4, "P5": p5, "P10": p10, "P12": p12, "start": check_start}


def main() -> None:
    if sys.argv[1:2] == ["turns"]:
        hold(*sys.argv[2:4])
        return
    try:
        for name in sys.argv[1:] or WORK:
            WORK[name]()
    finally:
        shutil.rmtree(".bench", ignore_errors=True)


if __name__ == "__main__":
    main()
