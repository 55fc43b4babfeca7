"""What a turn takes, counted: a busy machine counts the same."""

from __future__ import annotations

import sys
from types import FrameType

from benchmarks.core import TURNS, harbour, our_call
from dialogs.practice import Practice


def test_a_turn_in_memory_takes_at_most_fifty_python_calls() -> None:
    scenario, calls = harbour(), 0

    def count(frame: FrameType, event: str, arg: object) -> None:
        nonlocal calls
        calls += event == "call"

    our_call(scenario)  # what is worked out once is worked out now
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        our_call(scenario)
    finally:
        sys.setprofile(before)
    assert calls / (TURNS + 1) <= 50


def test_calls_in_which_the_same_is_said_share_the_line() -> None:
    scenario = harbour()
    one, other = (Practice(scenario, seed=1).begin() for _ in range(2))
    assert one.lines[0] is other.lines[0]
