"""Start a program many times without importing it anew: imports once, then forks a child for each line on stdin.

    python -m tests.zygote tests.echo_serve:main
    python -m tests.zygote bot.telegram.running,bot.cli:main serve      # what is imported by and by is imported before

Each child is a process of its own that may be killed at any moment; its pid is printed. `start` may be followed by JSON: the environment
of the child, what it does first, and the files it writes to. A line `wait PID` prints its exit status, `poll PID` too, or nothing while it
lives.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import traceback
from typing import Any


def main() -> None:
    *before, program = sys.argv[1].split(",")
    for each in before:
        importlib.import_module(each)
    module, _, name = program.partition(":")
    run = getattr(importlib.import_module(module), name)
    sys.argv = [module, *sys.argv[2:]]
    print("zygote: ready", flush=True)
    for line in sys.stdin:
        what, _, more = line.strip().partition(" ")
        if what in ("wait", "poll"):
            pid, status = os.waitpid(int(more), os.WNOHANG if what == "poll" else 0)
            print(f"zygote: {os.waitstatus_to_exitcode(status) if pid else ''}", flush=True)
            continue
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                if more:
                    become(**json.loads(more))
                code = run() or 0
            except SystemExit as error:
                code = error.code if isinstance(error.code, int) else int(error.code is not None)
            except BaseException:
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)
        print(f"zygote: {pid}", flush=True)


def become(env: dict[str, str], before: str, out: str, err: str) -> None:
    """Take this environment and these files, and do what comes before everything."""
    os.environ.clear()
    os.environ.update(env)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    for number, path in ((1, out), (2, err)):
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(file, number)
        os.close(file)
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(before, names)  # noqa: S102 - the test's own words


if __name__ == "__main__":
    main()
