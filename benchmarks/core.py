"""The call in memory: words in, words out (P1), one step of the table (P2), and what each part of a turn costs."""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import cycle

from benchmarks.clock import Spread, beside, ratio
from benchmarks.rows import Effort, Row, skipped
from benchmarks.twelve import SAID, ByDict, ear
from dialogs import manager
from dialogs.call import DIAL, MACHINE, Call, Phase, step
from dialogs.hearing.heard import Cue
from dialogs.practice import Practice
from dialogs.scenario import Scenario, library, read_scenario

TURNS = len(SAID)


def harbour() -> Scenario:
    """The manager whom the benchmarks call."""
    return read_scenario(library()["harbour"])


def our_call(scenario: Scenario) -> Practice:
    """Twelve turns with Runner-Up, understood by keyword."""
    practice = Practice(scenario, 1, ear=ear)
    practice.begin()
    for said in SAID:
        practice.hear(said)
    return practice


def dict_call() -> None:
    """Twelve turns with the dictionary."""
    call = ByDict()
    for said in SAID:
        call.hear(said)


def p1(effort: Effort) -> Iterator[Row]:
    """Text to answer, all engines in turn."""
    scenario = harbour()
    if not our_call(scenario).ended:
        raise RuntimeError("the call of twelve turns did not end; see benchmarks/twelve.py")
    taken = asyncio.run(_all_engines(scenario, effort))
    ours, limit = taken["ours"], taken["dict"]
    us = [t * 1e6 / TURNS for t in ours]
    yield Row("P1", "text to answer in memory, CPU", Spread.of(us).median, "us", Spread.of(us))
    r = ratio(ours, limit)
    yield Row("P1", "… / the same patterns and a dict (the limit)", r.median, "x", r)
    if "chatsky" not in taken:
        yield skipped("P1", "chatsky is not installed (make bench-peers)")
        return
    theirs = [t * 1e6 / TURNS for t in taken["chatsky"]]
    yield Row("P1", "chatsky in memory, CPU", Spread.of(theirs).median, "us", Spread.of(theirs))
    r = ratio(ours, taken["chatsky"])
    yield Row(
        "P1", "… / chatsky", r.median, "x", r, f"1/{1 / r.median:.0f}; its keyword patterns for hearing", judged=True
    )


async def _all_engines(scenario: Scenario, effort: Effort) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {"ours": [], "dict": []}
    peer = None
    if find_spec("chatsky") is not None:
        from benchmarks.peers.chatsky_call import Calls

        peer, taken["chatsky"] = Calls(), []
        await peer.ready()
        await peer.call()
    gc.collect()
    for _ in range(effort.rounds):
        taken["ours"].append(_timed(lambda: our_call(scenario), 150))
        taken["dict"].append(_timed(dict_call, 600))
        if peer is not None:
            began = time.process_time()
            for _ in range(12):
                await peer.call()
            taken["chatsky"].append((time.process_time() - began) / 12)
    return taken


def _timed(work: Callable[[], object], times: int) -> float:
    began = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - began) / times


STEPS = (
    DIAL,
    "introduce",
    "thank",
    "ask_open",
    "probe",
    "acknowledge",
    "ask_specific",
    "accept",
    "commit",
    "door",
    "close",
)
MOVES = (
    "introduce",
    "thank",
    "acknowledge",
    "ask_specific",
    "probe",
    "accept",
    "commit",
    "door",
    "close",
    "close",
    "greet",
)


def p2(effort: Effort) -> Iterator[Row]:
    """One step: the dictionary made from the machine, the machine itself, and a bare dict."""

    def ours() -> None:
        call = Call()
        for trigger in STEPS:
            step(call, trigger)

    def machine() -> None:
        call = Call()
        for trigger in STEPS:
            MACHINE.events[trigger].trigger(call, call)

    def bare() -> None:
        call = ByDict()
        for move in MOVES:
            call.step(move)

    taken = beside({"ours": ours, "machine": machine, "dict": bare}, rounds=effort.rounds)
    r = ratio(taken["ours"], taken["dict"])
    yield Row(
        "P2",
        "a step of the table / a step of a dict",
        r.median,
        "x",
        r,
        "conditions and the new call included",
        judged=True,
    )
    r = ratio(taken["machine"], taken["dict"])
    yield Row("P2", "… by transitions' own machine / a dict", r.median, "x", r, "the same definition")


def parts(effort: Effort) -> Iterator[Row]:
    """What a turn's parts cost: hear, step and choose, write down."""
    from bot.log.turns import turn_values
    from dialogs.hearing import Ear, full_fits

    scenario = harbour()
    whole = our_call(scenario)
    heard = [ear(said, Cue()) for said in SAID]
    practice = Practice(scenario, 1)
    practice.begin()
    turns = [practice.take(h, said) for h, said in zip(heard, SAID, strict=True)]

    def fold() -> None:
        Practice.rebuild(scenario, 1, heard)

    def choose() -> None:
        for turn in turns:
            manager.headings(whole.call, whole.call.taken, turn.heard, turn.level, before=Phase.ANSWERING)

    works: dict[str, Callable[[], object]] = {
        "step and choose the lines": fold,
        "… of which joining the scenes": choose,
        "write down (rows and JSON)": lambda: [turn_values(t) for t in turns],
    }
    words = cycle(SAID)
    light = Ear("light")
    light.ready()
    works["hear, light"] = lambda: [light.hear(next(words), Cue()) for _ in SAID]
    if full_fits():
        full = Ear("full")
        full.ready()
        again = cycle(SAID)
        works["hear, full"] = lambda: [full.hear(next(again), Cue()) for _ in SAID]
    for name, taken in beside(works, rounds=effort.rounds, batch=0.03).items():
        spread = Spread.of([t * 1e6 / TURNS for t in taken])
        yield Row("turn", name, spread.median, "us", spread)
    yield Row("turn", "Python calls a turn in memory", _python_calls(scenario), "", note="counted")


def _python_calls(scenario: Scenario) -> float:
    count = 0

    def tick(frame: object, event: str, arg: object) -> None:
        nonlocal count
        count += event == "call"

    our_call(scenario)
    sys.setprofile(tick)
    try:
        our_call(scenario)
    finally:
        sys.setprofile(None)
    return count / (TURNS + 1)
