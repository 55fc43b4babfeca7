"""Swear words: the candidate's own voice, but not for the manager to hear in a better line."""

from __future__ import annotations

import re

from dialogs.patterns import lazy

_SWEARS = lazy(
    r"\b(?:(?:mother)?f+u+c+k\w*|fck\w*|fuk\w*|(?:bull)?shit\w*|crap(?:py)?|bollocks|bastards?|wank\w*|arse\w*|ass(?:holes?)?|piss\w*|bitch\w*|cunt\w*|damn\w*|goddamn\w*|bloody hell|wtf|ffs)\b",
    flags=re.I,
)


def swears(words: str) -> bool:
    """Whether a swear word is in it."""
    return _SWEARS.search(words) is not None
