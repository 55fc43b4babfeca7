"""What is left of an answer once the part that rules something out is taken away: “Your interview was fine. Something changed on our side.”

A question holds on to what was said to have counted, and never to what was said not to have been it.
"""

from __future__ import annotations

import re

from dialogs.patterns import lazy
from dialogs.review import phrases
from dialogs.review.draft import WORD

_CLAUSE = r"[.!?;:\u2014]|, (?=it (?:was|is|had)\b|just\b|only\b|and (?:we|they|somebody|someone|it)\b)|,? but\b"
_RULES_OUT = lazy(
    r"\b(?:it|that|this)(?: was not| wasn't| is not| isn't|'s not)(?: about| so much| really)? (?:it|that|this|you|your|the|how|what)\b",
    r"\bnothing (?:at all )?(?:to do with|wrong with|against)\b",
    r"\b(?:was|were|is|are)(?: all| both| perfectly| really| very| quite| just)? (?:fine|good|great|lovely|strong|excellent|impressive|level|all right|okay)$",
    rf"\b(?:good|great|perfect|lovely|excellent) (?:{'|'.join(phrases.LEANING)})\b",
    r"\b(?:wouldn't|don't|needn't) (?:go )?look(?:ing)? (?:for it )?(?:in|through|at|to)\b",
    r"\bnothing (?:that )?you(?:'ve| have)? (?:did|said|done)\b",
    r"\b(?:nobody's|no one's|not your|none of your) fault\b",
    r"\b(?:wasn't|weren't|was not|were not|isn't|is not) (?:the|an?|any) (?:issue|problem|reason|question|matter|trouble|worry)\b",
    r"\bno (?:fault|quarrel|trouble|problem|complaint)s? with\b",
    flags=re.IGNORECASE,
)
_CHANGED = lazy(r"\b(?:something|things|plans)(?: has| have)? changed\b", flags=re.IGNORECASE)


def standing(words: str) -> str:
    """The clauses of an answer that rule nothing out."""
    clauses = (c.strip() for c in re.split(_CLAUSE, words.replace("’", "'")))
    return ". ".join(c for c in clauses if c and not _RULES_OUT.search(c))


def rules_out(words: str) -> bool:
    """Whether a part of an answer rules something out."""
    return any(_RULES_OUT.search(c.strip()) for c in re.split(_CLAUSE, words.replace("’", "'")) if c.strip())


_OF_THE_DAY = frozenset({"answer", "answers", "interview", "impression", "detail", "details", "examples"})
"""Words for what the candidate did. A formula tells nothing of that: “I know it's not much of an answer” speaks of the manager's own."""


def held(words: str, *, formula: bool = False) -> str:
    """The word of an answer that a question can lean on; empty where there is none. `formula`: the answer would fit anyone."""
    left = standing(words)
    said = frozenset(WORD.findall(left.casefold())) - (_OF_THE_DAY if formula else frozenset())
    if found := next((w for w in phrases.LEANING if w in said and w != "changed"), ""):
        return found
    return "changed" if _CHANGED.search(left) else ""
