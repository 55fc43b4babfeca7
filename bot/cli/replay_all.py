"""`runner-up replay --all`: the whole log against the present program, on all cores, in memory that does not grow with it.

Batches of calls go to worker processes, which read the log for themselves, read-only; what comes back is sums, and the calls
that differ, told as they are found.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import click

BATCH = 40  # calls that a worker takes at a time
SHOWN = 12  # differences of one call that are told
LISTED = 30  # calls that differ and are listed, when a person reads


@dataclass(slots=True)
class Sums:
    """What a batch, or the whole log, came to. `differing` is only filled within a batch."""

    calls: int = 0
    turns: int = 0
    broken: int = 0
    changed: int = 0
    what: Counter[str] = field(default_factory=Counter)
    heard: Counter[str] = field(default_factory=Counter)
    differing: list[dict[str, Any]] = field(default_factory=list)

    def add(self, other: Sums) -> None:
        """Take a batch's numbers in; its calls are told and let go."""
        self.calls += other.calls
        self.turns += other.turns
        self.broken += other.broken
        self.changed += other.changed
        self.what += other.what
        self.heard += other.heard
        if len(self.heard) > 2000:
            self.heard = Counter(dict(self.heard.most_common(500)))


def replay_all(*, check: bool, as_json: bool) -> int:
    """Replay every call there is; gives the exit code."""
    from bot.cli.opened import opened
    from bot.log.encrypted import read_key
    from bot.settings import settings

    key_file = settings().key_file
    key = read_key(key_file) if key_file else None
    with opened() as mine:
        path = mine.log.path
        total = int(mine.log.rows(f"SELECT ifnull(sum(turns), 0) FROM sessions WHERE {_HELD}")[0][0])  # noqa: S608
    sums, listed = Sums(), 0
    start = (str(path), key, settings().durability, settings().hearing)
    with click.progressbar(length=total, label="Replaying", file=sys.stderr, update_min_steps=200) as bar:
        for batch in _batches(path, start):
            sums.add(batch)
            bar.update(batch.turns)
            for row in batch.differing:
                if as_json:
                    click.echo(json.dumps(row, ensure_ascii=False))
                elif row["broken"] or listed < LISTED:
                    listed += 1
                    first = row["differences"][0]
                    kind = "BROKEN" if row["broken"] else "changed"
                    told = f"turn {first['n']}, {first['what']}: was {first['was'] or 'nothing'}; now {first['now'] or 'nothing'}"
                    click.echo(f"{row['file']}  {kind}  {len(row['differences'])} differences; {told}")
    _sum_up(sums, listed, as_json=as_json)
    return 1 if sums.broken or (check and sums.changed) else 0


def _sum_up(sums: Sums, listed: int, *, as_json: bool) -> None:
    if as_json:
        row = {"calls": sums.calls, "turns": sums.turns, "changed": sums.changed, "broken": sums.broken}
        click.echo(json.dumps(row | {"differences": dict(sums.what)}))
        return
    more = sums.changed + sums.broken - listed
    if more > 0:
        click.echo(f"… and {more} more.")
    same = sums.calls - sums.changed - sums.broken
    calls = "1 call" if sums.calls == 1 else f"{sums.calls} calls"
    click.echo(f"{calls}, {sums.turns} turns: {same} as they were, {sums.changed} would go otherwise now.")
    if sums.what:
        click.echo("What differs: " + ", ".join(f"{what} {n}" for what, n in sums.what.most_common()))
    for pair, n in sums.heard.most_common(5):
        click.echo(f"  {n} × {pair}")
    broken = f"{sums.broken} differ although nothing is newer: that is a fault." if sums.broken else "None is broken."
    click.echo(broken)


_HELD = "scenario_id IS NOT NULL AND version <> ''"


def _batches(path: Path, start: tuple[str, str | None, str, str]) -> Iterator[Sums]:
    """Sums of batches as they are done; never more than two batches a worker are under way."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    # Started afresh, not forked: the log's writer has threads.
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(cores, mp_context=spawn, initializer=_begin, initargs=start) as pool:
        waiting: set[Future[Sums]] = set()
        for ids in _ids(path, start):
            waiting.add(pool.submit(_replay_batch, ids))
            if len(waiting) >= cores * 2:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (f.result() for f in done)
        for future in waiting:
            yield future.result()


def _ids(path: Path, start: tuple[str, str | None, str, str]) -> Iterator[list[int]]:
    from bot.log.doors import Doors

    last = 0
    while True:
        db = Doors(start[2], start[1]).reading(path)
        try:
            rows = db.execute(
                f"SELECT id FROM sessions WHERE id > ? AND {_HELD} ORDER BY id LIMIT ?",  # noqa: S608 - our own words
                [last, BATCH],
            ).fetchall()
        finally:
            db.close()
        if not rows:
            return
        last = rows[-1][0]
        yield [row[0] for row in rows]


# -- in a worker ----------------------------------------------------------------------------------------


class _Worker:
    """A worker's connection and ears."""

    db: sqlite3.Connection
    listening: Any


def _begin(path: str, key: str | None, durability: str, hearing: str) -> None:
    # One core a worker: numpy's own threads would only get in each other's way.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    from bot.hearing import Ears
    from bot.log.doors import Doors

    _Worker.db = Doors(durability, key).reading(Path(path))
    _Worker.listening = Ears(hearing)


@lru_cache(maxsize=16)
def _scenario(scenario_id: int) -> Any:
    from bot.log.scenarios_seen import scenario_from_facts

    row = _Worker.db.execute("SELECT facts, source FROM scenarios_seen WHERE id = ?", [scenario_id]).fetchone()
    return scenario_from_facts(row[0], row[1])


def _replay_batch(ids: list[int]) -> Sums:
    from bot.library import current
    from bot.log.turns import TURN_COLUMNS, turn_from_row
    from bot.replay import HEARD, Kept, Present, replay_kept

    sums = Sums()
    present = Present(lru_cache(64)(current), _Worker.listening)
    for session in ids:
        about = _Worker.db.execute(
            "SELECT public_id, seed, engine, hearing, scenario_id FROM sessions WHERE id = ?", [session]
        ).fetchone()
        rows = _Worker.db.execute(
            f"SELECT {TURN_COLUMNS} FROM turns WHERE session_id = ? ORDER BY n",  # noqa: S608 - our own words
            [session],
        ).fetchall()
        if about is None or not rows:
            continue  # deleted meanwhile
        turns = [turn_from_row(row) for row in rows]
        replayed = replay_kept(Kept(about[0], about[1], turns, _scenario(about[4]), about[2], about[3]), present)
        sums.calls += 1
        sums.turns += len(turns) - 1
        if not replayed.differences:
            continue
        sums.broken += replayed.broken
        sums.changed += not replayed.broken
        for d in replayed.differences:
            sums.what[d.what] += 1
            if d.what == HEARD:
                sums.heard[f"heard {d.was or 'nothing'}, now {d.now or 'nothing'}"] += 1
        row = replayed.as_json() | {"broken": replayed.broken}
        sums.differing.append(row | {"differences": row["differences"][:SHOWN]})
    return sums
