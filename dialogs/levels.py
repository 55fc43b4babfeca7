"""How far a manager opens, 0 to 4: one numbering and one set of names, wherever a level is told, asked for or filed."""

from __future__ import annotations

LEVEL_WORDS: tuple[str, ...] = (
    "no reason at all",
    "a formula that would fit anyone",
    "a hint at the direction",
    "one concrete reason",
    "the reason with detail and advice",
)
"""Levels 0-4 as a layperson would say them."""

LEVEL_SHORT: tuple[str, ...] = ("no reason", "a formula", "a hint", "one reason", "the reason with advice")
"""The same where there is little room."""

LEVEL_CHOICES: tuple[str, ...] = tuple(words[0].upper() + words[1:] for words in LEVEL_WORDS)
"""The same as a list to choose from; whoever shows it puts the level's own number before each (`numbered`)."""


def numbered(level: int, words: str = "") -> str:
    """A choice on a button: its level's number and its name."""
    return f"{level} · {words or LEVEL_CHOICES[level]}"


def named(level: int) -> str:
    """A level in a sentence, by number and name: “level 2, a hint at the direction”."""
    return f"level {level}, {LEVEL_WORDS[level]}"
