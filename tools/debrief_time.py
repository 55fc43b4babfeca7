"""How long a debrief takes: every play in tests/calls and a hundred simulated calls, each at its best of five, in milliseconds.

python -m tools.debrief_time
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from dialogs.review import review
from tests.debriefed import PLAYS, held, simulated

BEST_OF = 5


def main() -> None:
    calls = [held(path) for path in PLAYS] + simulated()
    for call in calls:
        review(*call)  # whatever is loaded or compiled once
    for name, clock in (("by the wall", time.perf_counter), ("of the processor", time.process_time)):
        took = sorted(min(_milliseconds(lambda c=call: review(*c), clock) for _ in range(BEST_OF)) for call in calls)
        print(
            f"{len(calls)} debriefs, ms {name}: median {statistics.median(took):.1f}, "
            f"of twenty the slowest {took[int(0.95 * len(took))]:.1f}, most {took[-1]:.1f}"
        )


def _milliseconds(job: Callable[[], object], clock: Callable[[], float]) -> float:
    began = clock()
    job()
    return (clock() - began) * 1000


if __name__ == "__main__":
    main()
