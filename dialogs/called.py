"""How one speaks of somebody by the name that a card or a transcript gives them.

called("Dana Whitfield")       # Dana
called("Mrs Hart")             # Mrs Hart: a title is no name
called("Whitfield, Dana (HR)") # Dana, as a firm's directory has her
called("+44 7700 900123")      # the other side: a number is nobody's name
"""

from __future__ import annotations

import re

from dialogs.patterns import lazy

OTHER_SIDE = "the other side"

_TITLES = frozenset(
    "sister matron chef father coach captain colonel cllr councillor mr mrs ms miss mx dr prof professor sir dame lord lady rev fr sr herr frau mme mlle madame monsieur m señor señora srta sra doña "
    "signor signora pan pani".split()
)
_NUMBERED = lazy(
    r"(?:speaker|person|participant|caller|voice|unknown|user|spk|guest)(?:[ _#-]*(?:\d{1,3}|[a-z]))?",
    flags=re.IGNORECASE,
)
_BESIDE = lazy(r"\s*[(\[][^()\[\]]{0,60}[)\]]")
_LETTER = lazy(r"[^\W\d_]")


def is_title(word: str) -> bool:
    """Whether a word before a name is a title."""
    return word.rstrip(".").casefold() in _TITLES


def called(name: str, nobody: str = OTHER_SIDE) -> str:
    """The first name; the title and the surname where somebody goes by a title; `nobody` for a number, or a label of a machine."""
    bare = " ".join(_BESIDE.sub(" ", name[:200]).split()) or " ".join(name.split())
    if not _LETTER.search(bare) or _NUMBERED.fullmatch(bare):
        return nobody
    last, comma, rest = bare.partition(",")
    if comma and len(last.split()) == 1 and 0 < len(rest.split()) <= 2 and "," not in rest:
        bare = f"{rest.strip()} {last}"
    words = bare.replace(",", " ").split()
    titles = 0
    while titles < len(words) - 1 and is_title(words[titles]):
        titles += 1
    return " ".join([*words[:titles], words[-1]]) if titles else words[0]
