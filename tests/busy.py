"""Waiting and limits, on a machine that may have other work."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

BUSY = 1.3  # from this many times slower on, the machine has other work


def in_time(took: float, limit: float) -> bool:
    """It took no longer than that. Only where this process is seen to get less than its share of the processor it may take as much longer as that
    comes to, and twice that, since other work comes and goes."""
    if took < limit:
        return True
    times = slowed()
    return times > BUSY and took < 2 * limit * times


def slowed() -> float:
    """How many times longer a short computation takes than it takes of the processor."""
    began, used = time.monotonic(), time.thread_time()
    while time.thread_time() - used < 0.1:
        pass
    return max(1.0, (time.monotonic() - began) / (time.thread_time() - used))


def traced() -> float:
    """How many times more of the processor a test may take: where each line is counted (`make coverage`) it takes two to three times as much."""
    return 4.0 if sys.gettrace() is not None else 1.0


def becomes(true: Callable[[], bool], seconds: float = 30.0) -> bool:
    """Wait until it is true; no longer than it takes."""
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.02)
    return true()
