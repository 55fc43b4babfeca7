"""Run the benchmarks, print the table, and write it down."""

from __future__ import annotations

import argparse
import json
import platform
import sqlite3
import sys
import time
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.rows import Effort, Report, line

BENCHES: dict[str, str] = {
    "turn": "benchmarks.core:parts",
    "P1": "benchmarks.core:p1",
    "P2": "benchmarks.core:p2",
    "P3": "benchmarks.disk:p3",
    "P4": "benchmarks.disk:p4",
    "P5": "benchmarks.disk:p5",
    "send": "benchmarks.send:send",
    "P6": "benchmarks.wire:p6_to_p9",
    "P10": "benchmarks.growth:p10_p11",
    "P12": "benchmarks.living:p12",
    "P13": "benchmarks.living:p13",
    "P14": "benchmarks.living:p14",
    "P15": "benchmarks.living:p15",
    "P16": "benchmarks.start:p16",
    "P18": "benchmarks.drawing:p18",
}


def surroundings(effort: Effort) -> dict[str, object]:
    """When, where and with what."""
    found: dict[str, object] = {
        "date": datetime.now(UTC).date().isoformat(),
        "form": "quick" if effort.quick else "long",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "machine": f"{platform.machine()}, {len(__import__('os').sched_getaffinity(0))} cores",
    }
    for name in ("transitions", "sqlite-utils", "python-telegram-bot", "aiohttp", "chatsky", "matplotlib"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def main(args: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("numbers", nargs="*", help="only these: " + " ".join(BENCHES))
    parser.add_argument("--quick", action="store_true", help="all of it in under two minutes")
    parser.add_argument("--json", type=Path, default=Path("build/benchmarks.json"), help="where the rows go as JSON")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    chosen = parser.parse_args(args)
    effort = Effort(chosen.quick)
    report = Report(surroundings(effort))
    print(" ".join(f"{k} {v}" for k, v in report.about.items()), flush=True)
    unknown = set(chosen.numbers) - set(BENCHES)
    if unknown:
        print(f"no benchmark {', '.join(sorted(unknown))}; there are {' '.join(BENCHES)}", file=sys.stderr)
        return 1
    for number in chosen.numbers or BENCHES:
        module, _, function = BENCHES[number].partition(":")
        began = time.monotonic()
        for row in getattr(import_module(module), function)(effort):
            report.rows.append(row)
            print(line(row), flush=True)
        print(f"    ({number}: {time.monotonic() - began:.0f} s)", file=sys.stderr, flush=True)
    chosen.json.parent.mkdir(parents=True, exist_ok=True)
    chosen.json.write_text(json.dumps(report.as_json(), indent=1), "utf-8")
    if chosen.write:
        from benchmarks.page import write

        write(report.as_json())
    return 0


if __name__ == "__main__":
    sys.exit(main())
