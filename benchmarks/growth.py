"""Keeping (P10) and reading (P11) with a thousand and with a million logged turns.

The rows are copies of a real call's rows, put in by SQL; what is timed is the product's own door.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.clock import Spread, beside, ratio
from benchmarks.core import TURNS, harbour
from benchmarks.disk import folder, hold
from benchmarks.rows import Effort, Row
from bot.log import Log

A_CALL = TURNS + 1
CALLS_EACH = 40  # calls of one person


def grow(path: Path, turns: int) -> None:
    """Copy the first call of the log until so many turns stand in it, over many people."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous = OFF")
    db.execute("BEGIN")
    columns = [c[1] for c in db.execute("PRAGMA table_info(sessions)") if c[1] not in ("id", "public_id", "person_id")]
    named = ", ".join(columns)
    calls = turns // A_CALL
    people = max(1, calls // CALLS_EACH)
    db.executemany(
        "INSERT INTO people (public_id, telegram_id, role, created_at, agreed_at) VALUES (?, ?, 'guest', '2026', '2026')",
        ((f"p{n}", 1_000_000 + n) for n in range(people)),
    )
    first, one = (
        db.execute("SELECT min(id) FROM sessions").fetchone()[0],
        db.execute("SELECT min(id) FROM people WHERE telegram_id >= 1000000").fetchone()[0],
    )
    db.execute(
        f"""WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?)
            INSERT INTO sessions (public_id, person_id, {named})
            SELECT 'c' || i, ? + i % ?, {named} FROM n, sessions WHERE sessions.id = ?""",  # noqa: S608
        [calls, one, people, first],
    )
    columns = [c[1] for c in db.execute("PRAGMA table_info(turns)") if c[1] not in ("id", "session_id", "update_id")]
    named = ", ".join(f"t.{c}" for c in columns)
    db.execute(
        f"""INSERT INTO turns (session_id, {", ".join(columns)}) SELECT s.id, {named}
            FROM sessions s, turns t WHERE s.id > t.session_id AND t.session_id = ? ORDER BY s.id, t.n""",  # noqa: S608
        [first],
    )
    # Searching is fed when nobody speaks; here it is taken as done, so that idle time does not blur the figures.
    db.execute("UPDATE meta SET value = (SELECT max(id) FROM turns) WHERE key = 'searchable_to'")
    db.execute("COMMIT")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


def p10_p11(effort: Effort) -> Iterator[Row]:
    """A small log and a large one, side by side."""
    few, many = 1_000, effort.size(200_000, 1_000_000)
    name = f"{many // 1000:,}k" if many < 1_000_000 else "1M"
    scenario = harbour()
    with folder() as at:
        logs: dict[int, Log] = {}
        for size in (few, many):
            path = Path(at) / f"{size}.db"
            with Log.open(path, durability="normal") as log:
                hold(log, log.local().id, scenario, A_CALL)
            grow(path, size)
            logs[size] = Log.open(path, durability="normal")  # the disk is waited for elsewhere; this is about CPU
        keep: dict[int, list[float]] = {few: [], many: []}
        for log in logs.values():
            hold(log, log.local().id, scenario, 300)
        for turn in range(effort.size(9, 15)):
            for size in (few, many) if turn % 2 == 0 else (many, few):
                began = time.process_time()
                count = hold(logs[size], logs[size].local().id, scenario, 13 * 20)
                keep[size].append((time.process_time() - began) / count)
        r = ratio(keep[many], keep[few])
        yield Row("P10", f"CPU of a turn that is kept, at {name} logged turns / at 1k", r.median, "x", r,
                  f"{Spread.of(keep[few]).median * 1e6:.0f} us", judged=True)  # fmt: skip
        yield from _reading(logs, few, many, name, effort)
        size_mb = (Path(at) / f"{many}.db").stat().st_size / 1e6
        yield Row(
            "P10", f"size of the log with {name} turns", size_mb, "MB", note=f"{size_mb * 1e6 / many:.0f} bytes a turn"
        )
        for log in logs.values():
            log.close()


def _reading(logs: dict[int, Log], few: int, many: int, name: str, effort: Effort) -> Iterator[Row]:
    def person(log: Log) -> int:
        row = log.row("SELECT person_id FROM sessions WHERE public_id = 'c3'")
        return int(row[0]) if row else 0

    def calls_of(log: Log) -> int:
        row = log.row("SELECT count(*) FROM sessions WHERE person_id = ?", [person(log)])
        return int(row[0]) if row else 0

    asks: dict[str, Callable[[Log, int], object]] = {
        "the transcript of a call": lambda log, who: log.turns(who, "c3"),
        "the last ten calls": lambda log, who: log.calls(who, limit=10),
        "what has been called (the ladder)": lambda log, who: log.held(who),
    }
    worst = 0.0
    for what, ask in asks.items():
        works = {str(size): partial(ask, log, person(log)) for size, log in logs.items()}
        taken = beside(works, rounds=effort.rounds, batch=0.02)
        r = ratio(taken[str(many)], taken[str(few)])
        worst = max(worst, r.median)
        yield Row("P11", f"{what}, at {name} / at 1k", r.median, "x", r,
                  f"{Spread.of(taken[str(many)]).median * 1e6:.0f} us; {calls_of(logs[few])} and {calls_of(logs[many])} calls of that person",
                  judged=True)  # fmt: skip
