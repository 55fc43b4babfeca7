"""The debrief in a terminal: guesses first, then its parts, the envelope when it is opened, then another try."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

from dialogs.review import Again, Debrief, Guess
from dialogs.review.page import Part, parts

Ask = Callable[[str], str | None]
Say = Callable[[str], None]


def debrief_text(debrief: Debrief, *, width: int, title: Callable[[str], str] = str) -> str:
    """The whole debrief, the envelope opened, for a page or a pipe."""
    return "\n\n".join(part_text(part, width=width, title=title) for part in parts(debrief))


def part_text(part: Part, *, width: int, title: Callable[[str], str] = str) -> str:
    """One part with its heading; its own line breaks are kept, long lines are folded under their beginning."""
    return "\n".join([title(part.title), *(_folded(line, width) for line in part.text.splitlines())])


def _folded(line: str, width: int) -> str:
    bare = line.lstrip()
    indent = "  " + line[: len(line) - len(bare)]
    hanging = indent + ("  " if bare[:2] in ("✓ ", "· ") else "")
    return textwrap.fill(bare, width, initial_indent=indent, subsequent_indent=hanging) or indent


def ask_guess(guess: Guess, say: Say, ask: Ask) -> str | None:
    """Ask one guess by number; the choice made, or None when it was passed over."""
    say(guess.question)
    for number, choice in enumerate(guess.choices, 1):
        say(f"  {number}  {choice}")
    answer = (ask("Your guess (a number, Enter passes): ") or "").strip()
    if not answer.isdigit() or not 1 <= int(answer) <= len(guess.choices):
        return None
    chosen = int(answer) - 1
    right = guess.choices[guess.right]
    say("Yes, that is it." if guess.answered(chosen) else f"Not quite: {right[0].lower()}{right[1:]}.")
    return guess.choices[chosen]


def ask_again(offers: tuple[Again, ...], say: Say, ask: Ask) -> Again | None:
    """Offer another try; the one chosen, or None."""
    if not offers:
        return None
    for number, offer in enumerate(offers, 1):
        say(f"  {number}  {offer.label}")
    answer = (ask("Another try? (a number, Enter ends): ") or "").strip()
    if answer.isdigit() and 1 <= int(answer) <= len(offers):
        return offers[int(answer) - 1]
    return None
