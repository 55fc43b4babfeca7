"""What no manager ever says: a protected trait, or the name of another candidate.

Used on every file by `scenarios check` and on every line said by the soak. Narrow on purpose: a teacher may speak of children and a
nurse of illness; nobody may speak of the caller's.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from dialogs.patterns import lazy

_TRAITS = tuple(
    lazy(p, flags=re.IGNORECASE)
    for p in (
        r"\b(?:at|for|of|with|because of) your age\b|\byour (?:age|sex|gender|race|religion|faith|skin|ethnicity|nationality|origins?)\b",
        r"\b(?:too|a bit|a little|rather|quite|very) (?:old|young|foreign|pregnant)\b(?! (?:a|an|the) )",
        r"\b(?:younger|older|female|male|foreign|disabled|pregnant|married|single|white|black|asian|gay|straight) "
        r"(?:person|candidate|finalist|applicant|colleague|one|woman|man|lady|guy)\b",
        r"\byour (?:pregnancy|disability|illness|health|wheelchair|maternity|children|kids|baby|husband|wife|marriage|family|accent"
        r"|headscarf|hijab|turban|church|mother tongue|sexuality)\b",
        r"\b(?:a|another|the other) (?:woman|man|girl|boy|lady|gentleman|mother|father|foreigner|immigrant|native speaker)\b"
        r" (?:who (?:got|had|was)|got|was chosen|for the (?:job|post))",
        r"\b(?:we|they) (?:wanted|needed|prefer(?:red)?|were looking for) (?:a|somebody|someone) (?:woman|man|younger|older|local-born|native)\b",
        r"\b(?:maternity leave|childbearing|ethnic background|sexual orientation|native speaker)\b",
    )
)

_CHOSEN = lazy(
    r"\b(?:hired|hire|chose|chosen|picked|appointed|offered it to|gave it to|give it to|went to|went with|it was|lost out to|against)"
    r" (?:(?:Mr|Mrs|Ms|Miss|Dr|Herr|Frau)\.? )?([A-Z][a-zà-ÿ]{2,})"
)
_ABOUT_CHOICE = lazy(
    r"\b(?:hired|chose|picked|candidate|finalist|applicant|got it|got the|the other|the job|the post)\b"
)
_GIVEN = frozenset(
    """Adam Agnes Ahmed Alan Alex Alice Amanda Amir Ana Andrea Andrew Angela Anita Anna Anne Anthony Aisha Barbara Ben Brian Carla Carlos
    Carol Caroline Catherine Charlotte Chris Christine Claire Daniel David Deborah Denise Diana Donna Edward Elena Elizabeth Emily Emma Eric
    Erik Eva Fatima Fiona Frank Gary George Grace Greg Hannah Harry Helen Henry Ian Ingrid Ivan Jack James Jane Janet Jason Jennifer Jessica
    Joanna John Jonas Jonathan Joseph Julia Julie Karen Karl Kate Keith Kenneth Kevin Klaus Laura Lauren Lena Linda Lisa Lucy Maria Marie
    Martin Mary Matthew Megan Mia Michael Michelle Mohammed Monica Nadia Nancy Natalie Nicola Nina Olga Oliver Olivia Omar Pamela Patricia
    Patrick Paul Paula Peter Philip Priya Rachel Rebecca Richard Robert Rosa Ruth Sally Samantha Sandra Sara Sarah Sharon Simon Sofia Sophie
    Stefan Stephen Steven Susan Tanya Teresa Thomas Tim Tina Tom Vanessa Vera Victoria Yusuf Zoe""".split()
)
_NO_NAMES = frozenset(
    """The That This Those These One Somebody Someone Another Not Just More HR Human Resources English Monday Tuesday Wednesday Thursday Friday
    January February March April May June July August September October November December Christmas Easter Only Really Paper Nothing""".split()
)


def protected_trait(text: str) -> str:
    """The words that touch a protected trait of a candidate; empty when there are none."""
    return next((hit.group() for p in _TRAITS if (hit := p.search(text))), "")


def other_candidate(text: str, known: Collection[str] = ()) -> str:
    """The name of somebody who may be another candidate; `known` are the words of names that may be said."""
    allowed = _NO_NAMES | set(known)
    for hit in _CHOSEN.finditer(text):
        if hit[1] not in allowed:
            return hit[1]
    if not _ABOUT_CHOICE.search(text):
        return ""
    for word in re.findall(r"(?<=[a-z,;] )(?<!St )([A-Z][a-z]{2,})\b", text):
        if word in _GIVEN and word not in allowed:
            return str(word)
    return ""
