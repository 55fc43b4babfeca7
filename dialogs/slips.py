"""Words of such calls that fingers miss by a letter, and what was meant: “anlyst”, “certifcate”, “exampel”.

    meant_word("anlyst")         # analyst

Hearing reads words so mended, and a better line is written with them. Only where nothing else can be meant: the first letter is right, one letter is missing or too
many, two neighbours have changed places, or one letter is another vowel or one that sounds alike; and one word of the talk alone is that near. Another ending
is another word. No English word comes to be another by it (a test looks through all that the encoder knows).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from dialogs.patterns import lazy

_TALK = frozenset(
    "accept accepted accountant actually advert advertised advice analyst another answer answered answers anything apparently application applications "
    "applied appointment appreciate apprentice assessment assistant available basically because before beginning believe better between calling candidate "
    "candidates careers certificate certificates certification choice chosen colleague colleagues communication company concrete confidence consider "
    "considered council criteria customer customers decided decision definitely department designer detail details developer different difficult direct "
    "director disappointed elaborate employer engineer environment especially everything exactly example examples experience experienced explain explained "
    "explanation feedback finally finished following forward friend friendly frustrated further future generally grateful happened helpful honest honestly "
    "hospital important improve improvement information instead instruction instructions interest interested internal interview interviewed interviewer "
    "interviews knowledge language licence management manager managers managing meeting mention mentioned message minute minutes mistake mistakes naturally "
    "necessary negative nervous nothing obviously opportunities opportunity organisation people perhaps personal picked please portfolio position positions "
    "positive possible practical practice practise prepare prepared presentation probably problem process professional programme project projects "
    "qualification qualifications qualified question questions realise really reason reasons receive received recently receptionist recommend recommended "
    "recruiter rejected rejection remember requirements respect result salary science second separate service should sincerely situation skills somebody "
    "someone something specific spreadsheet strength strengths stronger successful suggest suggestion suitable supervisor support surprised technical "
    "technician telephone thanks their therefore thought through together tomorrow totally training understand understanding understood unfortunately "
    "university until usually vacancy weakness weaknesses weird welcome whatever without wondering working yesterday yourself".split()
)
"""What people speak of in such a call; no word that differs from another one only so."""

_THEMSELVES = frozenset(
    "advise batter bitter butter carers farther fried honesty improv license manages massage noting organization packed pickled pleas rally realize reilly skulls stranger "
    "tanks thinks thorough though trough wandering".split()
)
"""Words that are as near to one of these, and are words."""

_VOWELS = frozenset("aeiouy")
_ALIKE = frozenset({"cs", "sc", "sz", "zs", "ck", "kc"})
_ENDINGS = frozenset("sdrnlg")
"""Last letters without which a word is another one, or is said so on purpose: “manage”, “strength”, “nothin”."""
_SHORTEST = 5  # letters of a word that may be a slip: of shorter ones too many are near


@lru_cache(maxsize=512)
def meant_word(typed: str, known: frozenset[str] = frozenset()) -> str:
    """The word that was meant, as it was written but for the slip; the same word where none, or more than one, is as near. `known` are words beside those of the talk."""
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
    found: set[str] = set()
    for words in (_TALK, known):
        index = _index(words)
        for key in (word, *_without_one(word)):
            found.update(meant for meant in index.get(key, ()) if _is_slip(word, meant))
    if len(found) != 1:
        return typed
    meant = next(iter(found))
    return meant[:1].upper() + meant[1:] if typed[:1].isupper() else meant


@lru_cache(maxsize=4)
def _index(words: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
    """Words by themselves and by what is left of them with a letter gone: whatever is a slip of one shares such a key with it."""
    index: dict[str, tuple[str, ...]] = {}
    for word in sorted(words):
        for key in {word, *_without_one(word)}:
            index[key] = (*index.get(key, ()), word)
    return index


def _without_one(word: str) -> list[str]:
    """This word without one of its letters; the first one stays."""
    return [word[:i] + word[i + 1 :] for i in range(1, len(word))]


def _is_slip(typed: str, meant: str) -> bool:
    """Whether fingers that meant the one word may have typed the other, where the two share a key of the index."""
    if len(typed) < len(meant):
        return typed != meant[:-1] or meant[-1] not in _ENDINGS
    if len(typed) > len(meant):
        return typed[:-1] != meant or typed[-1] == typed[-2]
    apart = [i for i, (a, b) in enumerate(zip(typed, meant, strict=True)) if a != b]
    first, last = apart[0], apart[-1]
    if len(apart) == 2:
        return last == first + 1 and typed[first] == meant[last] and typed[last] == meant[first]
    instead = typed[first] + meant[first]
    return len(apart) == 1 and first < len(typed) - 1 and (_VOWELS.issuperset(instead) or instead in _ALIKE)


_HAVE = lazy(r"\b(would|could|should|might|must)(n'?t)? of\b(?! course)", flags=re.IGNORECASE)
"""What is heard as “of” and means “have”."""
_WORD = lazy(r"(?<![\w'’@.\-])[A-Za-z][a-z]{4,24}(?![\w'’@\-])")


def without_slips(words: str, known: frozenset[str] = frozenset()) -> str:
    """These words with each word as it was meant; what has a capital inside the sentence is a name and stays."""
    words = _HAVE.sub(r"\1\2 have", words)
    return _WORD.sub(lambda m: m[0] if m[0][0].isupper() and m.start() else meant_word(m[0], known), words)


def words_of(*texts: str) -> frozenset[str]:
    """The words of a job or a firm, which a candidate may mistype as well."""
    return frozenset(w for text in texts for w in re.findall(r"[a-z]{6,}", text.casefold()))
