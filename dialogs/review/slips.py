"""Words of such calls that fingers miss by a letter, and what was meant: “anlyst”, “certifcate”, “experiance”.

    meant_word("anlyst", frozenset())         # analyst

Only where nothing else can be meant: the first and the last letter are right, one letter inside is missing, doubled, swapped with its
neighbour or another vowel, and one word of the talk alone is that near. No English word comes to be another by it (a test looks through all
that the encoder knows).
"""

from __future__ import annotations

import re
from functools import lru_cache

from dialogs.patterns import lazy

_TALK = frozenset(
    "accept accepted accountant actually basically especially finally generally naturally totally usually advert advertised advice analyst another answer answered answers anything application applications applied appointment "
    "appreciate apprentice assessment assistant available because before better between beginning calling candidate candidates careers certificate "
    "certificates certification choice chosen colleague colleagues communication company confidence consider considered council criteria customer "
    "customers decided decision definitely department designer detail details developer different difficult direct disappointed director employer "
    "engineer everything exactly example examples experience experienced explain explained explanation feedback finished following forward friend "
    "friendly frustrated further future grateful happened helpful honest honestly hospital important improve improvement information instead interest "
    "interested internal interview interviewed interviewer interviews knowledge language licence manager managers managing meeting mention mentioned "
    "message minute minutes mistake mistakes necessary negative nervous nothing obviously opportunities opportunity organisation people perhaps "
    "personal picked portfolio position positions positive possible practical practice practise prepare prepared presentation probably problem process "
    "professional programme project projects qualification qualifications qualified question questions realise really reason reasons received recently "
    "receptionist recommend recruiter rejected rejection remember requirements respect result salary science second separate service sincerely "
    "situation skills somebody someone something specific spreadsheet strengths stronger successful suggest suggestion suitable supervisor support "
    "surprised technical technician telephone thanks therefore thought through together tomorrow training understand understanding understood "
    "unfortunately university vacancy weakness weaknesses welcome whatever without wondering working yesterday yourself".split()
)
"""What people speak of in such a call; no word that differs from another one only so."""

_THEMSELVES = frozenset(
    "batter bitter butter carers farther fried honesty manages massage noting packed pickled rally reilly skulls stranger tanks thinks thorough though trough wandering".split()
)
"""Words that are as near to one of these, and are words."""

_VOWELS = "aeiou"
_SHORTEST = 5  # letters of a word that may be a slip: of shorter ones too many are near


@lru_cache(maxsize=512)
def meant_word(typed: str, known: frozenset[str]) -> str:
    """The word that was meant, as it was written but for the slip; the same word where none, or more than one, is as near."""
    word = typed.casefold()
    if (
        len(word) < _SHORTEST
        or word in _TALK
        or word in _THEMSELVES
        or word in known
        or not word.isascii()
        or not word.isalpha()
    ):
        return typed
    near = {w for w in _near(word) if w in _TALK or w in known}
    if len(near) != 1:
        return typed
    meant = next(iter(near))
    return meant[:1].upper() + meant[1:] if typed[:1].isupper() else meant


def _near(word: str) -> set[str]:
    """What this could be with one letter inside otherwise; both ends stay."""
    inside = range(1, len(word) - 1)
    missing = {word[:i] + c + word[i:] for i in range(1, len(word)) for c in "abcdefghijklmnopqrstuvwxyz"}
    doubled = {word[:i] + word[i + 1 :] for i in inside}
    swapped = {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in inside if i + 1 < len(word) - 1}
    vowels = {word[:i] + c + word[i + 1 :] for i in inside if word[i] in _VOWELS for c in _VOWELS}
    return (missing | doubled | swapped | vowels) - {word}


_WORD = lazy(r"(?<![\w'’@.\-])[A-Za-z][a-z]{4,24}(?![\w'’@\-])")


def without_slips(words: str, known: frozenset[str]) -> str:
    """These words with each word as it was meant; what has a capital inside the sentence is a name and stays."""
    return _WORD.sub(lambda m: m[0] if m[0][0].isupper() and m.start() else meant_word(m[0], known), words)


def words_of(*texts: str) -> frozenset[str]:
    """The words of a job or a firm, which a candidate may mistype as well."""
    return frozenset(w for text in texts for w in re.findall(r"[a-z]{6,}", text.casefold()))
