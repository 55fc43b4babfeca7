"""What was typed, made safe and plain before anything looks at it.

Everything behind this page may rely on: at most LONGEST characters, no control characters, no lone surrogates, one kind
of apostrophe, lower case where `plain` is used. Cost is bounded by length alone: no pattern here can run away.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from dialogs.patterns import lazy

LONGEST = 4096
"""Characters read of one message; a Telegram message is no longer."""

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "…": "..."})
_RUN = lazy(r"(.)\1{3,}", flags=re.DOTALL)
_WORD = lazy(r"[a-z0-9]+(?:'[a-z]+)?")
_TOKEN = lazy(r"[a-z0-9]+(?:'[a-z]+)?|[?!]|[:;]-?[)(dp/|](?!\w)|[\u2600-\u27bf\U0001f300-\U0001faff]")
_CLAUSE = lazy(r"[.!?;\n]+|,\s+(?:and|but|so|because|though|although)\s|\s(?:but|because|although)\s")


def clean(text: str) -> str:
    """The words without what no person types on purpose: control and format characters, lone surrogates."""
    cut = text[:LONGEST]
    if (
        cut.isascii() and cut.isprintable()
    ):  # nearly every message: nothing to take out, and only one sign to straighten
        return " ".join(cut.replace("`", "'").split())
    cut = unicodedata.normalize("NFKC", cut)[:LONGEST].translate(_STRAIGHT)
    kept = [
        " " if c.isspace() else c
        for c in cut
        if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    ]
    return " ".join("".join(kept).split())


@lru_cache(8)
def plain(text: str) -> str:
    """Clean and lower-cased, with a letter held down shortened: “Nooooooo” is “nooo”."""
    return _RUN.sub(r"\1\1\1", clean(text).lower())


def words(text: str) -> list[str]:
    """The words of a plain text, an apostrophe inside."""
    return list(_words(text))


@lru_cache(8)
def _words(text: str) -> tuple[str, ...]:
    # Six parts of hearing ask for the words of the same text, and three for a plain one of it.
    return tuple(_WORD.findall(text))


def tokens(text: str) -> list[str]:
    """Words and the signs that carry meaning: question and exclamation marks, smileys, pictures."""
    return _TOKEN.findall(text)


def clauses(text: str) -> list[str]:
    """A plain text cut where a new thought begins, in order; the last of a sentence keeps its question mark."""
    found, start = [], 0
    for cut in _CLAUSE.finditer(text):
        piece = text[start : cut.end() if cut.group()[0] in ".!?;" else cut.start()].strip(" ,.;")
        if piece:
            found.append(piece)
        start = cut.end()
    rest = text[start:].strip(" ,.;")
    return [*found, rest] if rest else found or [""]
