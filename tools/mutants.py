"""Break the code in small ways and count what no test notices: `make mutants`.

    python -m tools.mutants                       # all; fails when a part is below 80 %
    python -m tools.mutants manager               # a part: table, manager, delivery
    python -m tools.mutants webhook               # one file of the delivery
    python -m tools.mutants outbox --sample 200   # of each file so many mutants, drawn by lot and always the same

The table of the call is data and properties, which tools/mutants_table.py breaks; everything else is broken as mutmut does, a file at a time
(tools/mutants_code.py). A run that was broken off goes on where it was.
"""

from __future__ import annotations

import argparse
import sys

from tools import mutants_table
from tools.mutants_code import Count, Target, count

GOAL = 80.0
SERVED = ("test_delivery", "test_delivery_faults", "test_delivery_life", "test_owning_up", "test_webhook")
FILES = {
    "manager": Target(
        "dialogs/manager.py",
        ("test_manager_levels", "test_manager_lines", "test_manager_beside", "test_call_hurt", "test_manager"),
    ),
    "answer": Target("bot/delivery/answer.py", ("test_answer",)),
    "chats": Target("bot/delivery/chats.py", ("test_chats",)),
    "files": Target("bot/delivery/files.py", ("test_files",)),
    "housekeeping": Target("bot/delivery/housekeeping.py", ("test_housekeeping",)),
    "connections": Target("bot/delivery/connections.py", ("test_connections", "test_connection_pool")),
    "line": Target("bot/delivery/line.py", ("test_webhook",)),
    "lock": Target("bot/delivery/lock.py", ("test_lock",)),
    "delivery.py": Target("bot/delivery/delivery.py", SERVED),
    "inbox": Target("bot/delivery/inbox.py", SERVED),
    "periodic": Target("bot/delivery/periodic.py", SERVED),
    "process": Target("bot/delivery/process.py", SERVED),
    "saving": Target("bot/delivery/saving.py", SERVED),
    "notices": Target("bot/delivery/notices.py", ("test_notices",)),
    "outbox": Target("bot/delivery/outbox.py", ("test_outbox", "test_owning_up")),
    "poll": Target("bot/delivery/poll.py", ("test_poll", "test_poll_kept", "test_poll_answers")),
    "proxied": Target("bot/delivery/proxied.py", ("test_proxied",)),
    "watchdog": Target("bot/delivery/watchdog.py", ("test_watchdog",)),
    "webhook": Target("bot/delivery/webhook.py", ("test_webhook",)),
    "wire": Target("bot/delivery/wire.py", ("test_wire", "test_connections", "test_connection_pool", "test_proxied")),
}
PARTS = {"manager": ("manager",), "delivery": tuple(name for name in FILES if name != "manager")}


def part(name: str, sample: int | None) -> float:
    """Break a part of the program; gives how many of a hundred mutants were noticed."""
    if name == "table":
        return mutants_table.score()
    if name in FILES:
        return count(name, FILES[name], sample).score
    counted = {file: count(file, FILES[file], sample) for file in PARTS[name]}
    total = Count(*(sum(getattr(each, what) for each in counted.values()) for what in ("noticed", "tried", "all")))
    # Each file stands for all of its mutants, however many of them were drawn.
    score = sum(each.score * each.all for each in counted.values()) / total.all
    least = min(counted, key=lambda file: counted[file].score)
    print(f"{name}: {score:.1f} % noticed of {total.all}, {total.tried} of them tried; least in {least}", flush=True)
    return score


def main() -> int:
    """Print the scores; 1 when one is below the goal."""
    told = argparse.ArgumentParser(prog="python -m tools.mutants", description="Count what no test notices.")
    told.add_argument("names", nargs="*", choices=[[], "table", *PARTS, *FILES], metavar="PART")
    told.add_argument("--sample", type=int, metavar="N", help="try N mutants of each file")
    given = told.parse_args()
    return int(min([part(name, given.sample) for name in given.names or ("table", *PARTS)]) < GOAL)


if __name__ == "__main__":
    sys.exit(main())
