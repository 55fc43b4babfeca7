"""Waiting and limits, on a machine that may have other work."""

from __future__ import annotations

import time
from collections.abc import Callable


def in_time(took: float, limit: float) -> bool:
    """It took no longer than that, or than that would be with as little of the processor as this process gets at the moment."""
    return took < limit or took < 2 * limit * slowed()  # twice, since other work comes and goes


def slowed() -> float:
    """How many times longer a short computation takes than it takes of the processor."""
    began, used = time.monotonic(), time.thread_time()
    while time.thread_time() - used < 0.1:
        pass
    return max(1.0, (time.monotonic() - began) / (time.thread_time() - used))


def becomes(true: Callable[[], bool], seconds: float = 30.0) -> bool:
    """Wait until it is true; no longer than it takes."""
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.02)
    return true()
