"""Words from outside, made safe to keep: no NUL, no lone surrogates, bounded in length."""

from __future__ import annotations

import sys
from collections.abc import Iterator

LONGEST = 4096
"""Characters of one utterance that are heard and kept: what a Telegram message can hold."""

_CUT = " […]"


def clean(text: str) -> str:
    """The words as they are kept and heard: surrogates become U+FFFD, control characters (those of eight bits too, with
    which some terminals begin an order) spaces, and the rest is cut."""
    if text.isprintable() and len(text) <= LONGEST:  # as nearly everything is
        return text
    text = text[: LONGEST * 4].encode("utf-8", "replace").decode("utf-8", "replace")
    text = "".join(c if c in "\n\t" or (ord(c) >= 32 and not 127 <= ord(c) < 160) else " " for c in text)
    return text if len(text) <= LONGEST else text[: LONGEST - len(_CUT)] + _CUT


def counted(n: int, what: str) -> str:
    """So many of something: “1 call”, “2 calls”."""
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def stdin_lines() -> Iterator[str]:
    """Lines of standard input as text, whatever bytes they hold."""
    for raw in sys.stdin.buffer:
        yield raw.decode("utf-8", "replace").rstrip("\r\n")
