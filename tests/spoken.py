"""What people have said in the test that runs now, for the watch over its logs (tests/conftest.py)."""

from __future__ import annotations

LONG_ENOUGH = 9  # characters; shorter words stand in a log by chance

spoken: set[str] = set()


def note(words: object) -> None:
    """Somebody has said this."""
    if isinstance(words, str) and len(words.strip()) >= LONG_ENOUGH and not words.startswith("/"):
        spoken.add(words.strip()[:200])
