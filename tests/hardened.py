"""Starts a program under the system calls that a unit of systemd lets through: `python -m tests.hardened UNIT PROGRAM …`.

What the unit's sets hold is asked of systemd-analyze, and the filter is made by libseccomp, as systemd makes it.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import subprocess
import sys
from pathlib import Path

LIBRARY = "libseccomp.so.2"
ALLOW, KILL, REFUSE = 0x7FFF0000, 0x80000000, 0x00050000
NO_NEW_PRIVILEGES = 38


def calls_in(name: str) -> set[str]:
    """The system calls in a set such as @system-service; a name that is no set stands for itself."""
    if not name.startswith("@"):
        return {name}
    told = subprocess.run(
        ["systemd-analyze", "syscall-filter", name], capture_output=True, text=True, check=True
    ).stdout
    inside = [line.strip() for line in told.splitlines()[1:]]
    return set[str]().union(*(calls_in(each) for each in inside if each and not each.startswith("#")))


def let_through(unit: str) -> set[str]:
    """What the lines SystemCallFilter of this unit leave, beside what a program needs to start at all."""
    allowed = calls_in("@default")
    for line in re.findall(r"^SystemCallFilter=(.+)$", unit, re.MULTILINE):
        named = set[str]().union(*(calls_in(each) for each in line.removeprefix("~").split()))
        allowed = allowed - named if line.startswith("~") else allowed | named
    return allowed


def confine(unit: str) -> None:
    """From here on this process and its children have these calls, and another one is answered as the unit says."""
    refused = re.search(r"^SystemCallErrorNumber=(\w+)$", unit, re.MULTILINE)
    library, system = ctypes.CDLL(LIBRARY), ctypes.CDLL(None, use_errno=True)
    library.seccomp_init.restype = ctypes.c_void_p
    kept = ctypes.c_void_p(
        library.seccomp_init(ctypes.c_uint32(REFUSE | getattr(errno, refused[1]) if refused else KILL))
    )
    for name in let_through(unit):
        number = library.seccomp_syscall_resolve_name(name.encode())
        if number >= 0:
            assert library.seccomp_rule_add(kept, ctypes.c_uint32(ALLOW), number, 0) == 0, name
    assert system.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
    assert library.seccomp_load(kept) == 0


if __name__ == "__main__":
    confine(Path(sys.argv[1]).read_text())
    os.execv(sys.argv[2], sys.argv[2:])  # noqa: S606 - the test names it
