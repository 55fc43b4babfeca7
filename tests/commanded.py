"""The command as a host starts it: a process of its own, words on standard input, a log of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

COMMAND = [str(Path(sys.executable).with_name("runner-up"))]


def run(*args: str, db: Path, said: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    given = os.environ | {"RUNNER_UP_DB": str(db), "RUNNER_UP_HEARING": "light"} | env
    return subprocess.run([*COMMAND, *args], input=said, capture_output=True, env=given, timeout=60, check=False)
