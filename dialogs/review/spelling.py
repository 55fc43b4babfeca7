"""How somebody writes: short forms, apostrophes, capitals, “u”, the stop at the end, British or American words.

    spelling = Spelling.of(["hi its dan", "why didnt u pick me"])
    spelling.write("I'm fine with it. Could you tell me one thing?")     # "im fine with it. could u tell me one thing?"

Learned from their own words, used on words that are put beside them: theirs stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_SHORT = re.compile(r"\b(?:[Ii]'?m|[a-z]+n['’]t|[a-z]+['’](?:m|d|ve|re|ll)|it['’]s|that['’]s|dont|didnt|im|ive)\b")
_LONG = re.compile(
    r"\b(?:I am|I have|I would|I will|I should|(?:do|did|does|was|is|could|would) not|cannot|it is|that is|you are)\b",
    re.IGNORECASE,
)
_BARE = re.compile(r"\b(?:im|ive|id|ill|its|thats|whats|hes|shes|theres|dont|didnt|doesnt|isnt|wasnt|wont|cant|couldnt|wouldnt|havent|youre)\b",
                   re.IGNORECASE)  # fmt: skip
_MARKED = re.compile(r"\b\w+['’](?:m|d|ve|re|ll|t|s)\b", re.IGNORECASE)
_YOU = re.compile(r"\b(?:you|your)\b", re.IGNORECASE)
_U = re.compile(r"\b(?:u|ur|urself)\b", re.IGNORECASE)
_ASKS = re.compile(
    r"^(?:(?:so|but|and|ok|okay|well|um|then|hi|hey)[, ]+)*(?:why|what|which|how|is|was|were|did|could|can|would|do|does|any)\b",
    re.IGNORECASE,
)
_BRITISH = re.compile(
    r"\b(?:colour\w*|favour\w*|behaviour|organis\w+|apologis\w+|realis\w+|recognis\w+|practis\w+|licence|centre|programme|whilst|"
    r"fortnight|cheers|ta|cv|rota|mum|uni|have you got|i['’]?ve got)\b",
    re.IGNORECASE,
)
_AMERICAN = re.compile(
    r"\b(?:color\w*|favor\w*|behavior|organiz\w+|apologiz\w+|realiz\w+|recogniz\w+|practicing|center|program|gotten|resume|gotcha|"
    r"awesome|vacation|math|mom|y['’]?all|reach out|reached out)\b",
    re.IGNORECASE,
)
# What the pieces of a better line say in British English, and what an American says there.
AMERICAN = (("practise", "practice"), ("Have you got", "Do you have"), ("have you got", "do you have"))

LONG_FORMS = {
    "I'm": "I am", "I'd": "I would", "I'll": "I will", "I've": "I have", "don't": "do not", "didn't": "did not",
    "doesn't": "does not", "isn't": "is not", "wasn't": "was not", "won't": "will not", "can't": "cannot", "couldn't": "could not",
    "wouldn't": "would not", "haven't": "have not", "it's": "it is", "It's": "It is", "that's": "that is", "That's": "That is",
    "there's": "there is", "There's": "There is", "what's": "what is", "What's": "What is", "you'd": "you would",
    "you're": "you are", "you've": "you have", "name's": "name is", "let's": "let us", "Don't": "Do not", "aren't": "are not",
    "hadn't": "had not", "you'll": "you will", "shouldn't": "should not", "we've": "we have", "who's": "who is",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spelling:
    """One person's habits of writing. The defaults are those of a page: nothing is changed by them."""

    short: bool = True  # “I'm” rather than “I am”
    small: bool = False  # no capitals
    bare: bool = False  # “im”, “dont”
    u: bool = False  # “u”, “ur”
    stops: bool = True  # ends with a full stop
    marks: bool = True  # ends a question with a question mark
    american: bool = False

    @classmethod
    def of(cls, texts: Sequence[str]) -> Spelling:
        """The habits in these utterances."""
        together = "\n".join(texts)
        letters = [c for c in together if c.isalpha()]
        asked = [t.strip() for t in texts if "?" in t or _ASKS.search(t.strip())]
        ends = [t.strip() for t in texts if t.strip()[-1:].isalnum() or t.strip().endswith(".")]
        return cls(
            short=_count(_SHORT, together) >= _count(_LONG, together),
            small=bool(letters) and sum(c.isupper() for c in letters) < 0.012 * len(letters),
            bare=_count(_BARE, together) > _count(_MARKED, together),
            u=_count(_U, together) > _count(_YOU, together),
            stops=not ends or 2 * sum(t.endswith(".") for t in ends) >= len(ends),
            marks=not asked or any("?" in t for t in asked),
            american=_count(_AMERICAN, together) > _count(_BRITISH, together),
        )

    def write(self, words: str, keep: str = "") -> str:
        """These words in this spelling; a name in `keep` keeps the capitals it was given with."""
        if not self.short:
            words = _long_forms().sub(lambda m: LONG_FORMS[m[0]], words.replace("’", "'"))
        for british, american in AMERICAN if self.american else ():
            words = words.replace(british, american)
        if self.u:
            words = re.sub(r"\b([Yy])our\b", lambda m: "Ur" if m[1] == "Y" else "ur", words)
            words = re.sub(r"\b([Yy])ou\b(?!['’])", lambda m: "U" if m[1] == "Y" else "u", words)
        if self.bare:
            words = re.sub(r"(?<=\w)['’](?=(?:m|d|ve|re|ll|t|s)\b)", "", words)
        if self.small:
            kept = {w for w in keep.split() if w[:1].isupper()}
            words = " ".join(w if w.strip(".,!?") in kept else w.lower() for w in words.split(" "))
        return words

    def end(self, words: str) -> str:
        """A whole turn as this person would end it."""
        if words.endswith(".") and not words.endswith("..") and not self.stops:
            return words[:-1]
        return words[:-1] if words.endswith("?") and not self.marks else words


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


@lru_cache(maxsize=1)
def _long_forms() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(k) for k in LONG_FORMS) + r")\b")
