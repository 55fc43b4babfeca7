"""Start a program many times without importing it anew: imports once, then forks a child for each line on stdin.

    python -m tests.zygote tests.echo_serve:main
    python -m tests.zygote bot.telegram.running,bot.cli:main serve      # what is imported by and by is imported before

Each child is a process of its own that may be killed at any moment; its pid is printed. A line `wait PID` prints its exit status.
"""

from __future__ import annotations

import importlib
import os
import sys


def main() -> None:
    *before, program = sys.argv[1].split(",")
    for each in before:
        importlib.import_module(each)
    module, _, name = program.partition(":")
    run = getattr(importlib.import_module(module), name)
    sys.argv = [module, *sys.argv[2:]]
    print("zygote: ready", flush=True)
    for line in sys.stdin:
        if line.startswith("wait"):
            _, status = os.waitpid(int(line.split()[1]), 0)
            print(f"zygote: {os.waitstatus_to_exitcode(status)}", flush=True)
            continue
        pid = os.fork()
        if pid == 0:
            code = 70
            try:
                code = run() or 0
            except SystemExit as error:
                code = error.code if isinstance(error.code, int) else int(error.code is not None)
            except BaseException:
                sys.excepthook(*sys.exc_info())
            finally:
                sys.stderr.flush()
                os._exit(code)
        print(f"zygote: {pid}", flush=True)


if __name__ == "__main__":
    main()
