"""Try mutants of one file: the tests run once as they are, and then in a fork for each mutant, until one fails.

    cd COPY && python -m tools.mutants_trial trial.json

Part of `make mutants` (tools/mutants_code.py makes the copy and reads what is found here). mutmut makes the mutants and the switch between them,
and starts pytest anew for each, twice with all tests beforehand; here the tests are collected once. A test fails when it fails twice: on a busy
machine one that waits for something may give out by itself.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state

CPU_SECONDS = 10.0  # a mutant that computes longer than this and ten times what its tests take is noticed
FAILED, TOO_LONG = 1, "too long"


@dataclass(frozen=True)
class Timed:
    """A test that reaches a function, and what it took there."""

    wall: float
    cpu: float
    item: pytest.Item


class Trial:
    """Instead of running the collected tests once: once as they are, then for each mutant."""

    def __init__(self, module: str, mutants: list[str], found: Path, at_once: int) -> None:
        self._module, self._mutants, self._found, self._at_once = module, mutants, found, at_once
        self._reaching: dict[str, list[Timed]] = defaultdict(list)
        self._failed = False
        self._why = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what fails."""
        if report.failed:
            self._failed, self._why = True, f"{report.nodeid}\n{report.longreprtext}"

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """The whole of it; what is found is written down as it comes."""
        if self._untouched(session):
            self._try_all()
        return True

    def _untouched(self, session: pytest.Session) -> bool:
        """Run all tests as they are, and see which functions each of them reaches."""
        set_mutant_under_test("stats")
        for item in session.items:
            state()._stats.clear()
            began, cpu = time.monotonic(), time.process_time()
            if self._fails(item):
                print(f"fails on the code as it is: {self._why}", file=sys.stderr, flush=True)
                return False
            took = Timed(time.monotonic() - began, time.process_time() - cpu, item)
            for function in state()._stats:
                self._reaching[function.rpartition(".")[2]].append(took)
        set_mutant_under_test("")
        return True

    def _fails(self, item: pytest.Item) -> bool:
        for _ in range(2):
            self._failed = False
            self._forget()
            item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
            if not self._failed:
                return False
        return True

    def _forget(self) -> None:
        """Empty what the file keeps of what it has worked out: an answer from before would hide the mutant, and which functions a test reaches."""
        for thing in vars(sys.modules[self._module]).values() if self._module in sys.modules else ():
            if callable(clear := getattr(thing, "cache_clear", None)):
                clear()

    def _try_all(self) -> None:
        waiting, running = list(reversed(self._mutants)), dict[int, str]()
        while waiting or running:
            while waiting and len(running) < self._at_once:
                mutant = waiting.pop()
                tests = sorted(self._reaching[mutant.rpartition("__mutmut_")[0]], key=lambda t: t.wall)
                if not tests:
                    self._write(mutant, "no test")
                    continue
                child = os.fork()
                if not child:
                    self._try(mutant, tests)
                running[child] = mutant
            if running:
                child, status = os.wait()
                if child in running:
                    told = {0: "survived", FAILED: "noticed"}.get(os.waitstatus_to_exitcode(status), TOO_LONG)
                    self._write(running.pop(child), told)

    def _try(self, mutant: str, tests: list[Timed]) -> None:
        with open(os.devnull, "w") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
        most = int(CPU_SECONDS + 10 * sum(t.cpu for t in tests))
        resource.setrlimit(resource.RLIMIT_CPU, (most, most + 1))
        set_mutant_under_test(f"{self._module}.{mutant}")
        code = FAILED
        try:
            code = FAILED if any(self._fails(t.item) for t in tests) else 0
        finally:
            os._exit(code)

    def _write(self, mutant: str, told: str) -> None:
        with self._found.open("a") as found:
            found.write(f"{mutant}\t{told}\n")


def main() -> int:
    """Read what is to be tried, and try it."""
    told = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    trial = Trial(told["module"], told["mutants"], Path(told["found"]), told["at_once"])
    return int(pytest.main(["-q", "-p", "no:cacheprovider", *told["tests"]], plugins=[trial]))


if __name__ == "__main__":
    sys.exit(main())
