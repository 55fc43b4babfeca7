"""Patterns that are compiled when they are first sought: a start does not pay for what it may never need.

`lazy(…)` stands where `re.compile(…)` would at the top of a file; some thirty patterns cost a start 15 ms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property


class Lazy:
    """A regular expression, not compiled yet."""

    def __init__(self, pattern: str, flags: int | re.RegexFlag = 0) -> None:
        self.pattern = pattern
        self._flags = flags

    @cached_property
    def made(self) -> re.Pattern[str]:
        """The compiled expression."""
        return re.compile(self.pattern, self._flags)

    def search(self, text: str) -> re.Match[str] | None:
        return self.made.search(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self.made.fullmatch(text)

    def match(self, text: str) -> re.Match[str] | None:
        return self.made.match(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self.made.finditer(text)

    def split(self, text: str) -> list[str]:
        found: list[str] = self.made.split(text)
        return found

    def sub(self, by: str, text: str) -> str:
        return self.made.sub(by, text)


def lazy(pattern: str, flags: int | re.RegexFlag = 0) -> Lazy:
    """A pattern for the top of a file."""
    return Lazy(pattern, flags)
