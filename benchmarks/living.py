"""Calls that go on: their memory (P12), a new one among many (P13), what is left of them (P14), a restart (P15)."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.clock import Spread, ratio
from benchmarks.core import harbour
from benchmarks.disk import folder
from benchmarks.rows import Effort, Row
from benchmarks.twelve import SAID, ear
from bot.log import Log
from bot.session import Session
from bot.telegram.house import Shelf


def rss() -> int:
    """Bytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def _child(call: str) -> float:
    code = f"from benchmarks import living; print(living.{call})"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return float(json.loads(done.stdout.splitlines()[-1]))


def kb_a_call(calls: int) -> float:
    """For a fresh process: memory of calls three turns old, on the shelf where serve keeps them; their history is on disk."""
    scenario = harbour()
    shelf: Shelf[int, Session] = Shelf(calls)

    def begun(n: int) -> Session:
        session = Session.start(None, n, scenario, n, ear=ear)
        session.id = f"{n:08x}"
        for said in SAID[:3]:
            session.hear(said)
        return session

    for n in range(200):
        begun(n)
    gc.collect()
    before = rss()
    for n in range(calls):
        shelf.put(1000 + n, begun(n % 97))
    gc.collect()
    return (rss() - before) / calls / 1024


def p12(effort: Effort) -> Iterator[Row]:
    """Memory of a live call."""
    few, many = 2_000, effort.size(12_000, 52_000)
    values = [
        (_child(f"kb_a_call({many})") * many - _child(f"kb_a_call({few})") * few) / (many - few)
        for _ in range(effort.size(3, 5))
    ]
    spread = Spread.of(values)
    yield Row("P12", "a live call, three turns old, with its place on the shelf", spread.median, "KB", spread,
              "history on disk; serve keeps at most 2,000 and rebuilds the others", judged=True)  # fmt: skip


def p13(effort: Effort) -> Iterator[Row]:
    """Begin a call and end it, among few and among many live ones."""
    scenario = harbour()
    sizes = (1_000, 100_000)
    shelves: dict[int, Shelf[int, Session]] = {n: Shelf(n + 10) for n in sizes}
    for size, shelf in shelves.items():
        for n in range(size):
            shelf.put(n, Session.start(None, n, scenario, 1, ear=ear))
    gc.collect()
    gc.freeze()  # as in a process whose live calls have grown old

    def new(shelf: Shelf[int, Session]) -> float:
        began = time.process_time()
        for n in range(2000):
            shelf.put(-1, Session.start(None, n, scenario, 1, ear=ear))
            shelf.drop(-1)
        return (time.process_time() - began) / 2000

    taken: dict[int, list[float]] = {n: [] for n in sizes}
    for turn in range(effort.rounds):
        for size in sizes if turn % 2 == 0 else sizes[::-1]:
            taken[size].append(new(shelves[size]))
    gc.unfreeze()
    r = ratio(taken[100_000], taken[1_000])
    yield Row("P13", "a new call among 100,000 live ones / among 1,000", r.median, "x", r,
              f"{Spread.of(taken[1_000]).median * 1e6:.0f} us", judged=True)  # fmt: skip


def p14(effort: Effort) -> Iterator[Row]:
    """What calls leave behind, with the cycle collector off: nothing may wait for it."""
    scenario = harbour()

    def held(calls: int) -> None:
        for n in range(calls):
            session = Session.start(None, 1, scenario, n % 50, ear=ear)
            session.hear(SAID[0])
            session.hang_up()

    held(500)
    gc.collect()
    gc.disable()
    try:
        before, blocks = len(gc.get_objects()), sys.getallocatedblocks()
        held(effort.size(20_000, 100_000))
        left, more = len(gc.get_objects()) - before, sys.getallocatedblocks() - blocks
    finally:
        gc.enable()
    yield Row("P14", f"objects left of {effort.size(20_000, 100_000):,} calls, collector off", max(0, left), "", None,
              f"{more} blocks of memory", judged=True)  # fmt: skip


def first_answer(path: str, person: int) -> float:
    """For a fresh process: milliseconds from the opened file to the answer in a call of an earlier life."""
    began = time.perf_counter()
    with Log.open(Path(path)) as log:
        call = log.unfinished(person)
        if call is None:
            raise RuntimeError("no call to go on with")
        Session.resume(log, person, call.session, ear=ear).hear(SAID[2])
        return (time.perf_counter() - began) * 1000


def p15(effort: Effort) -> Iterator[Row]:
    """A restart with few and with many unfinished calls."""
    scenario = harbour()
    took: dict[int, list[float]] = {10: [], 10_000: []}
    with folder() as at:
        for calls in took:
            path = Path(at) / f"{calls}.db"
            with Log.open(path) as log:
                people = [log.meet(n + 1) for n in range(calls)]
                kept = [Session.start(None, 0, scenario, 1, ear=ear).first for _ in range(1)]
                pickup = kept[0]
                if pickup is None:
                    raise RuntimeError("a call begins with a pick-up")
                begun = [log.begin(p.result().id, scenario, 1, pickup) for p in people]
                last = people[-1].result().id
                begun[-1].result()
            for _ in range(effort.size(3, 7)):
                took[calls].append(_child(f"first_answer({str(path)!r}, {last})"))
    many, few = Spread.of(took[10_000]), Spread.of(took[10])
    yield Row("P15", "restart with 10,000 unfinished calls, to the first answer", many.median, "ms", many,
              f"with 10: {few.median:.0f} ms; calls are built when they go on; the start checks the file", judged=True)  # fmt: skip
