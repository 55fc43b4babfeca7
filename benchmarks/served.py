"""The real `runner-up serve`, with two things around it: its loop is watched, and BENCH_KEYWORDS=1 hears by keyword.

Hearing by keyword is what the peers do; what hearing itself costs stands in a row of its own. BENCH_PROFILE=file shows where the
loop's time goes: read it with pstats.
"""

from __future__ import annotations

import os
from typing import Any

from benchmarks.lag import profile, watch
from bot.cli import main
from bot.telegram import running
from dialogs import hearing


def _around() -> None:
    greet = running._greet

    def greeted(*args: Any) -> None:
        watch(os.environ["BENCH_LAG"])
        if where := os.environ.get("BENCH_PROFILE"):
            profile(where)
        greet(*args)

    running._greet = greeted
    if os.environ.get("BENCH_KEYWORDS"):
        from benchmarks.twelve import ear

        running.ear = lambda weight=None: ear
        hearing.ready = lambda: None  # type: ignore[assignment]  # what else is made ready at the start, is


if __name__ == "__main__":
    _around()
    main(["serve"])
