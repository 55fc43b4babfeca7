"""How long a random test runs: short in `make test`, long in `make long`, which CI runs after it."""

from __future__ import annotations

import os


def runs(*, short: int, long: int) -> int:
    """So many examples."""
    return long if os.environ.get("LONG") else short
