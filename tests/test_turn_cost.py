"""What a turn takes, and what is read before the first, counted: a busy machine counts the same."""

from __future__ import annotations

import sys
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from time import sleep
from types import FrameType

import pytest

from benchmarks.core import TURNS, harbour, our_call
from benchmarks.disk import hold
from benchmarks.twelve import SAID, ear
from bot import library
from bot.log import Log
from bot.session import Session
from bot.telegram.house import Shelf
from dialogs.practice import Practice
from dialogs.scenario import Scenario, read_scenario


def python_calls(work: Callable[[], object]) -> int:
    """How many Python functions this thread enters to do it."""
    calls = 0

    def count(frame: FrameType, event: str, arg: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


def test_a_turn_in_memory_takes_at_most_fifty_python_calls() -> None:
    scenario = harbour()
    our_call(scenario)  # what is worked out once is worked out now
    assert python_calls(lambda: our_call(scenario)) / (TURNS + 1) <= 50


def test_a_turn_on_disk_takes_at_most_ninety_python_calls(tmp_path: Path) -> None:
    scenario, turns = harbour(), 5 * (TURNS + 1)
    with Log.open(tmp_path / "log.db") as log:
        me = log.local().id
        hold(log, me, scenario, turns)
        assert python_calls(lambda: hold(log, me, scenario, turns)) / turns <= 90


def test_calls_in_which_the_same_is_said_share_the_line() -> None:
    scenario = harbour()
    one, other = (Practice(scenario, seed=1).begin() for _ in range(2))
    assert one.lines[0] is other.lines[0]


def test_how_a_manager_is_called_is_worked_out_once() -> None:
    scenario = harbour()
    assert scenario.first_name is scenario.first_name


def test_a_live_call_takes_less_than_a_kilobyte() -> None:
    scenario, many = harbour(), 1000
    shelf: Shelf[int, Session] = Shelf(many)

    def begun(n: int) -> Session:
        session = Session.start(None, n, scenario, n % 97, ear=ear)
        session.id = f"{n:08x}"
        for said in SAID[:3]:
            session.hear(said)
        return session

    for n in range(97):
        begun(n)  # what calls share is there
    tracemalloc.start()
    try:
        for n in range(many):
            shelf.put(1000 + n, begun(n))
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert taken / many < 1000


def test_of_several_who_ask_for_the_managers_at_once_one_reads_each_file(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []
    all_there = Barrier(4)

    def reading(path: Path) -> Scenario:
        read.append(path)
        sleep(0.002)  # the others get their turn meanwhile
        return read_scenario(path)

    def ask(_: int) -> list[str]:
        all_there.wait(30)
        return list(library.managers())

    library._read.cache_clear()
    monkeypatch.setattr(library, "read_scenario", reading)
    with ThreadPoolExecutor(4) as hands:
        found = list(hands.map(ask, range(4)))
    assert found == [found[0]] * 4
    assert len(read) == len(set(read)) == len(found[0])
