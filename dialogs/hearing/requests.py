"""Requests as callers type them: terse, and put to a person.

“give me an example” and “repeat plz” are as short as an order to a program, and hearing takes short orders for that. What is asked for tells
them apart: nobody asks a program for the reason. A request made of nothing but what a caller asks for is never put to the software.
"""

from __future__ import annotations

import re

from dialogs.patterns import lazy

_ADDRESS = lazy(
    r"(?:, (?:chef|boss|mate|pal|bro|sir|ma'?am|madam|guv|man|buddy|doctor|doc|love|dear|darling)"
    r"|(?:(?<=\bit)|(?<=\bthat)|(?<=\bthis)|(?<=\bthen)|(?<=\bok)|(?<=\bokay)|(?<=\bright)|(?<=\bthanks)|(?<=\bthank you)|(?<=\bta)|(?<=\bcheers)|(?<=\bsorry)|(?<=\bplease)|(?<=\bwhy)|(?<=\bbye)"
    r"|(?<=\byes)|(?<=\byeah)|(?<=\bno)|(?<=\bhello)|(?<=\bhi)|(?<=\bme))"
    r" (?:chef|boss|mate|pal|bro|sir|ma'?am|madam|guv|buddy|doctor|doc))(?=[?.!]*\s*$|[.!?,] )",
    flags=re.IGNORECASE,
)
"""By what she is addressed at the end of a sentence: “what was it, chef?” asks no more than “what was it?”"""

_LEAD = r"(?:(?:ok(?:ay)?|so|and|well|sorry|please|pls|plz|then|but|right|hm+|um+)\b[,. ]*){0,3}(?:(?:can|could|cud|would|will|cld)(?: (?:you|u|ya))? (?:please |pls |plz |just |maybe |at least ){0,2})?"
_VERB = r"(?:give|gimme|tell|show|send|write|repeat|say|start|begin|list|explain|summari[sz]e|rate|answer|continue|go|put|name)"
_THING = (
    r"(?:me|us|my|mine|it|that|this|them|these|those|the|a|an|any|some|one|two|three|another|at|least|of|on|in|for|from|to|down|up|out|through|over|again|once|more|first|last|next|bit|part|and|or"
    r"|please|pls|plz|just|now|then|all|real|short|straight|honest|proper|simple|concrete|specific|good|better|sample|clear|main|whole"
    r"|reasons?|examples?|feedback|details?|advice|tips?|points?|things?|words?|sentence|answers?|questions?|beginning|start|interview|performance|application|cv|result|score|ten|10|5|3|2|i|did|went|wrong|what|where|why|how|you|said|meant|mean|slowly|slower|louder)"
)
_TO_A_PERSON = lazy(
    rf"{_LEAD}{_VERB}(?: {_THING}){{0,12}}\W*",
    r"(?:an|one|any|some) (?:examples?|details?|tips?|advice|feedback) (?:would|woud|wud|might|could) (?:really )?help\W*",
)
_OF_THE_PROGRAM = lazy(r"\b(?:start|begin) (?:over|again)\W*$|\ball (?:of )?(?:it|that|this)\b")
_TO_REPEAT = lazy(
    rf"{_LEAD}repeat(?: (?:me|us|it|that|this|the|last|first|bit|part|thing|sentence|word|again|once|more|one|of|for|please|pls|plz|slowly|slower|louder|you|said|what|just)){{0,10}}\W*"
)


def unaddressed(text: str) -> str:
    """The words without the “chef” or the “mate” that only says to whom they are said."""
    return _ADDRESS.sub("", text)


def to_a_person(plain: str) -> bool:
    """Whether these words are a request of the kind that callers put to a manager, and of nothing else."""
    return _TO_A_PERSON.fullmatch(plain) is not None and _OF_THE_PROGRAM.search(plain) is None


def to_repeat(plain: str) -> bool:
    """Whether she is asked to say it again: “repeat plz”, “can u repeat the last bit”."""
    return _TO_REPEAT.fullmatch(plain) is not None
