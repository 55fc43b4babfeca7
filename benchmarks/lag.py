"""How late the event loop comes round: measured inside the process that serves, written down when it ends."""

from __future__ import annotations

import asyncio
import atexit
import cProfile
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

EVERY = 0.005
_tasks: set[asyncio.Task[None]] = set()


def watch(file: str) -> asyncio.Task[None]:
    """Watch the running loop until the task is cancelled; the delays (seconds) stand in the file at the end."""
    late: list[float] = []
    _at_the_end(lambda: Path(file).write_text(json.dumps(late), "ascii"))

    async def look() -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(EVERY)
            late.append(max(0.0, time.perf_counter() - began - EVERY))

    task = asyncio.get_running_loop().create_task(look())
    _tasks.add(task)
    return task


def profile(file: str) -> None:
    """Profile this thread from now on; the file is for pstats."""
    watched = cProfile.Profile(time.thread_time)
    watched.enable()
    _at_the_end(lambda: watched.dump_stats(file))


def _at_the_end(write: Callable[[], object]) -> None:
    leave = os._exit

    def told(code: int) -> NoReturn:
        write()
        leave(code)

    os._exit = told  # serve ends by it, without Python's own end
    atexit.register(write)  # the peers end as Python does
