"""A door that the manager opens without being asked: “Do apply again in October”, “I'd ring you first”.

Read in a real call that was brought in. Details kept on file are a courtesy and open nothing; what is said not to be so opens nothing either.
"""

from __future__ import annotations

import re

from dialogs.patterns import lazy

_INVITES = lazy(
    r"\b(?:apply|applying|try|trying|come back|write|call|ring|ask|get in touch|submit|meet|meeting|see|look at) (?:(?:to |with )?(?:me|us|you|it|your \w+) )?again\b",
    r"\bre-?apply\b",
    r"\b(?:please|do|let's|let us|like to|love to|want to|happy to|glad to|hope to|hope you(?:'ll| will)) (?:stay|keep) in (?:touch|contact)\b",
    r"^(?:stay|keep) in (?:touch|contact)\b",
    r"\b(?:call|ring|phone|email|e-mail|contact|write to|come (?:back )?to|get in touch with|think of) you (?:first|if|when|as soon as|before|the (?:moment|day))\b",
    r"\breserve list\b",
    r"\b(?:keep|have|bear) (?:you|your (?:name|number)) (?:firmly )?in mind\b",
    r"\bif (?:this|it|that|he|she|they|the (?:other|first) \w+|anything|something) (?:should )?(?:falls? through|drops? out|pulls? out|doesn't work out|comes up|opens(?: up)?|goes wrong)\b",
    r"\b(?:another|similar|second|new|two|three|more) (?:such )?(?:posts?|roles?|jobs?|positions?|openings?|vacanc(?:y|ies))\b[^.!?]{0,30}\b(?:coming up|comes? up|opens?|opening|in (?:the )?(?:spring|summer|autumn|fall|winter|new year|january|february|march|april|may|june|july|august|september|october|november|december)|next (?:year|month|spring|quarter)|soon)\b",
    flags=re.IGNORECASE,
)
_SHUT = lazy(
    r"\b(?:no(?! (?:hesitation|doubt|harm|reason not))|not(?! hesitate)|never|cannot|can't|won't|don't(?! hesitate)|doesn't|didn't|isn't|wouldn't|unable|rather you|nothing) (?:\w+ ){0,6}(?:again|in touch|in mind|coming up|comes? up|opens?|opening|openings|posts?|roles?|jobs?|vacanc(?:y|ies)|reserve list|re-?apply)\b",
    flags=re.IGNORECASE,
)
_SENTENCE = lazy(r"(?<=[.!?])\s+|\n+")


def opened_door(text: str) -> str:
    """The sentence of a manager's line that opens a door; empty where none does."""
    for sentence in _SENTENCE.split(text[:4096]):
        low = " ".join(sentence.replace("’", "'").split())
        if _INVITES.search(low) and not _SHUT.search(low):
            return low if "’" not in sentence else " ".join(sentence.split())
    return ""
