"""The program run as a user runs it, in this process (the fixture `run`): what it printed and how it ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ran:
    """What one run of the command came to."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Ran]
