"""What each half of the disclosure reader is taught: the lines, and what is made of them.

The n-grams are taught mixtures and frames, the encoder's half the same lines as others tell them; each was found to help the one half,
and not the other, by leaving hands out (docs/transcripts.md). What is made of a line is never measured on, and what is made of a hand
that is left out is left out with it, since it is made here, of the lines that are taught.
"""

from __future__ import annotations

from tools.disclosure.lines import Line, framed, mixed
from tools.disclosure.reported import told_on

MIXED, FRAMED = 600, 110
SEED = 1


def for_grams(lines: list[Line]) -> list[Line]:
    """The lines, some put together in twos, and frames filled with what managers speak of."""
    return lines + mixed(lines, MIXED, SEED) + framed(FRAMED, SEED)


def for_sense(lines: list[Line]) -> list[Line]:
    """The lines, and half of those that lend themselves to it as others report them."""
    return lines + told_on(lines)
