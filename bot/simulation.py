"""Thousands of simulated calls on every core: the work of `scenarios simulate`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache

from dialogs.candidates import Remembering
from dialogs.practice import Ear
from dialogs.scenario import Scenario
from dialogs.scenario.surprise import draw
from dialogs.simulate import Tally, tallied


@dataclass(frozen=True, slots=True)
class Plan:
    """What to hold: calls a scenario, from which seed, in which styles, heard by which ear (light, full or none)."""

    calls: int
    seed: int
    styles: tuple[str, ...]
    hearing: str = "light"
    soak: bool = False


@lru_cache(maxsize=2)
def _ear(weight: str) -> Ear | None:
    if weight == "none":
        return None
    from bot.hearing import ear

    return Remembering(ear(weight))


def _work(job: tuple[Scenario, Plan]) -> Tally:
    scenario, plan = job
    return tallied(scenario, plan.calls, ear=_ear(plan.hearing), seed=plan.seed, styles=plan.styles, soak=plan.soak)


def simulated(scenarios: Sequence[Scenario], plan: Plan, *, cores: int | None = None) -> Iterator[Tally]:
    """The tally of each scenario, in order, as it is ready. On one core, or for little work, no process is started."""
    jobs = [(scenario, plan) for scenario in scenarios]
    cores = cores or len(os.sched_getaffinity(0))
    if cores == 1 or plan.calls * len(jobs) < 400:
        yield from map(_work, jobs)
        return
    if len(jobs) == 1:  # one scenario is split by seeds, so that both cores are of use
        yield _split(jobs[0], cores)
        return
    with ProcessPoolExecutor(min(cores, len(jobs))) as pool:
        yield from pool.map(_work, jobs)


def _split(job: tuple[Scenario, Plan], cores: int) -> Tally:
    scenario, plan = job
    share = plan.calls // cores
    parts = [(scenario, Plan(share, plan.seed + n * share, plan.styles, plan.hearing, plan.soak)) for n in range(cores)]
    with ProcessPoolExecutor(cores) as pool:
        done = list(pool.map(_work, parts))
    return sum(done[1:], start=done[0])


def drawn(count: int, plan: Plan) -> Tally:
    """One call to each of this many drawn managers, the plan's styles in turn: the base rates as candidates meet them."""
    total = Tally()
    for seed in range(plan.seed, plan.seed + count):
        style = plan.styles[seed % len(plan.styles)]
        total += _work((draw(seed), Plan(1, seed, (style,), plan.hearing, plan.soak)))
    return total
