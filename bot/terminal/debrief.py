"""The debrief in a terminal: guesses first, then its parts, the envelope when it is opened, then another try."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence

from dialogs.review import Again, Debrief, Guess
from dialogs.review.correction import IF_YOU_MEANT
from dialogs.review.guess import COUNTED_BESIDE
from dialogs.review.page import Part, lower_first, parts

Ask = Callable[[str], str | None]
Say = Callable[[str], None]


ASK_ENVELOPE = (
    "The envelope of this call stays closed. Whoever wants it: runner-up sessions review {session} --envelope"
)


def debrief_text(debrief: Debrief, *, width: int, title: Callable[[str], str] = str, sealed: bool = False) -> str:
    """The whole debrief, the envelope opened, for a page or a pipe; without the envelope of a call that waits (`sealed`)."""
    shown = (part for part in parts(debrief) if not (sealed and part.sealed))
    return "\n\n".join(part_text(part, width=width, title=title) for part in shown)


def part_text(part: Part, *, width: int, title: Callable[[str], str] = str) -> str:
    """One part with its heading; its own line breaks are kept, long lines are folded under their beginning."""
    return "\n".join([title(part.title), *(_folded(line, width) for line in part.text.splitlines())])


def how_to_correct(debrief: Debrief, session: str) -> list[str]:
    """The command for each turn that may have been misheard, as a line."""
    told = []
    for it in debrief.corrections if session else ():  # a call that is not kept cannot be put right
        if it.missed:
            told.append(
                f"If {IF_YOU_MEANT[it.missed]} (turn {it.turn}): runner-up sessions meant {session} {it.turn} {' '.join(it.moves)}"
            )
        else:
            told.append(f"If turn {it.turn} was meant otherwise: runner-up sessions meant {session} {it.turn}")
    return told


def _folded(line: str, width: int) -> str:
    bare = line.lstrip()
    indent = "  " + line[: len(line) - len(bare)]
    hanging = indent + ("  " if bare[:2] in ("✓ ", "· ") else "")
    return textwrap.fill(bare, width, initial_indent=indent, subsequent_indent=hanging) or indent


def ask_guess(guess: Guess, say: Say, ask: Ask) -> str | None:
    """Ask one guess by number; the choice made, or None when it was passed over."""
    say(guess.question)
    chosen = _pick(guess.choices, "Your guess (a number, Enter passes): ", "passes", say, ask, first=guess.first)
    if chosen is None:
        return None
    if guess.beside(chosen):
        say(COUNTED_BESIDE)
    else:
        say("Yes, that is it." if guess.answered(chosen) else f"Not quite{_told(guess)}.")
    return guess.choices[chosen]


def _told(guess: Guess) -> str:
    if guess.key != "level":
        return "; the envelope has it"  # which is opened last, by who wants to know
    return f": it was level {guess.right}, {lower_first(guess.choices[guess.right])}"


def ask_again(offers: tuple[Again, ...], say: Say, ask: Ask) -> Again | None:
    """Offer another try; the one chosen, or None."""
    if not offers:
        return None
    chosen = _pick([offer.label for offer in offers], "Another try? (a number, Enter ends): ", "ends", say, ask)
    return None if chosen is None else offers[chosen]


def _pick(choices: Sequence[str], prompt: str, enter: str, say: Say, ask: Ask, *, first: int = 1) -> int | None:
    """The index of the choice whose number is typed; None on Enter. What is no number of the list is asked for once more."""
    last = first + len(choices) - 1
    for number, choice in enumerate(choices, first):
        say(f"  {number}  {choice}")
    for again in (True, False):
        answer = (ask(prompt) or "").strip()
        if answer.isascii() and answer.isdigit() and len(answer) < 4 and first <= int(answer) <= last:
            return int(answer) - first
        if not answer:
            break
        if again:
            say(f"Sorry, that is none of these. Type a number from {first} to {last}, or just Enter, which {enter}.")
        else:
            say("Let's leave it at that." if enter == "ends" else "Let's leave the guess, then.")
    return None
