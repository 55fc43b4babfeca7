"""Patterns that are compiled when they are first sought: a start does not pay for what it may never need.

`lazy(…)` stands where `re.compile(…)` would at the top of a file, and takes one way to say a thing after the other. Compiled at a start, the call’s
three hundred would be a fifth of it.

Hearing seeks some hundred and forty in each utterance, nearly all of them in vain, and that is what takes longest in a pattern. So what each
needs is written down in needed.json: beginnings of words of which any text that it fits has one. `search` asks for those first, and most patterns
are never compiled at all. The file is read off the patterns (`python -m tools.needed`); a pattern that is not in it is sought as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32

NEEDED = Path(__file__).with_name("needed.json")
LETTERS = 4
"""As much of each word is looked at by `beginnings`: a shorter one whole."""

Search = Callable[[str], "re.Match[str] | None"]


class Lazy:
    """A regular expression, not compiled yet."""

    made: re.Pattern[str]  # the compiled expression
    search: Search
    fullmatch: Callable[..., re.Match[str] | None]
    match: Callable[..., re.Match[str] | None]
    finditer: Callable[..., Iterator[re.Match[str]]]
    findall: Callable[[str], list[str]]
    split: Callable[..., list[str]]
    sub: Callable[..., str]

    def __init__(self, pattern: str, flags: int | re.RegexFlag = 0) -> None:
        self.pattern = pattern
        self.flags = int(flags)

    @property
    def key(self) -> str:
        """What it is known by in needed.json."""
        return f"{crc32(self.pattern.encode()):08x}"

    def __getattr__(self, name: str) -> Any:
        # Only sought here the first time: from then on the compiled expression's own method stands in its place, and a
        # search costs no call beside its own. A debrief makes some six hundred.
        if name not in Lazy.__annotations__:
            raise AttributeError(name)
        found: Any
        if name == "made":
            found = re.compile(self.pattern, self.flags)
        elif name == "search" and not self.flags and (needed := _needed().get(self.key)):
            found = self._search_where(needed)
        else:
            found = getattr(self.made, name)
        setattr(self, name, found)
        return found

    def _search_where(self, needed: frozenset[str]) -> Search:
        """A search that is made only where a word begins as this pattern needs it."""
        lacks = needed.isdisjoint

        def search(text: str) -> re.Match[str] | None:
            return None if lacks(beginnings(text)) else self.made.search(text)

        return search


def lazy(*ways: str, flags: int | re.RegexFlag = 0) -> Lazy:
    """A pattern for the top of a file: any of these ways to say it, each a regular expression."""
    return Lazy("|".join(ways), flags)


@lru_cache(8)
def beginnings(text: str) -> frozenset[str]:
    """The first letters of each word of a text: asked for the same one by pattern after pattern."""
    return frozenset(_BEGINNING.findall(text))


_BEGINNING = lazy(rf"\b\w{{1,{LETTERS}}}")


@cache
def _needed() -> dict[str, frozenset[str]]:
    """By a pattern's key, the beginnings of words of which a text that it fits has one."""
    if not NEEDED.is_file():
        return {}
    held: dict[str, str] = json.loads(NEEDED.read_text(encoding="utf-8"))
    return {key: frozenset(words.split()) for key, words in held.items()}
