"""Patterns that are compiled when they are first sought: a start does not pay for what it may never need.

`lazy(…)` stands where `re.compile(…)` would at the top of a file, and takes one way to say a thing after the other. Compiled at a start, the call’s
three hundred would be a fifth of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any


class Lazy:
    """A regular expression, not compiled yet."""

    made: re.Pattern[str]  # the compiled expression
    search: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    match: Callable[..., re.Match[str] | None]
    finditer: Callable[..., Iterator[re.Match[str]]]
    findall: Callable[[str], list[str]]
    split: Callable[..., list[str]]
    sub: Callable[..., str]

    def __init__(self, pattern: str, flags: int | re.RegexFlag = 0) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        # Only sought here the first time: from then on the compiled expression's own method stands in its place, and a
        # search costs no call beside its own. A debrief makes some six hundred.
        if name not in Lazy.__annotations__:
            raise AttributeError(name)
        if name == "made":
            found: Any = re.compile(self.pattern, self._flags)
        else:
            found = getattr(self.made, name)
        setattr(self, name, found)
        return found


def lazy(*ways: str, flags: int | re.RegexFlag = 0) -> Lazy:
    """A pattern for the top of a file: any of these ways to say it, each a regular expression."""
    return Lazy("|".join(ways), flags)
