"""What is typed at a question of the program, where nobody is on the phone: words of despair are answered there as everywhere."""

from __future__ import annotations

from bot.prog_name import tell
from dialogs.care import OUTSIDE
from dialogs.hearing.asides import despair
from dialogs.hearing.text import plain

LEAVING = ("/leave", "/cancel", "/quit", "/exit", "leave", "quit", "exit")
"""What is typed by who wants to stop where a number or a name is asked for."""


def despair_answered(words: str) -> bool:
    """Whether these words are of despair; if so, it has been said where people help. Nothing of it is kept."""
    if not despair(plain(words)):
        return False
    for line in OUTSIDE:
        tell(line)
    return True


def leaves(words: str) -> bool:
    """Whether somebody wants to stop here."""
    return words.strip().casefold() in LEAVING
