"""How a better line is written: in plain spelling, with the short or long forms and the British or American words of the candidate.

    spelling = Spelling.of(["I am Ada. I would like to know more.", …])
    spelling.write("I'm fine with it.")        # "I am fine with it."
    mended("its me, i dont mind")              # "It's me, I don't mind."

Manners of speech are kept, slips of typing are not: a line to say aloud should not teach anybody their own slips.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from dialogs.patterns import Lazy, lazy
from dialogs.slips import without_slips

_SHORT = lazy(
    r"\b(?:i'?m|[a-z]+n['’]t|[a-z]+['’](?:m|d|ve|re|ll)|it['’]s|that['’]s|dont|didnt|ive)\b", flags=re.IGNORECASE
)
_LONG = lazy(
    r"\b(?:i (?:am|have|would|will|should)|(?:do|did|does|was|is|could|would) not|cannot|it is|that is"
    r"|you are)\b",
    flags=re.IGNORECASE,
)
_BRITISH = lazy(
    r"\b(?:colour|favour|behaviour|organis|apologis|realis|recognis|practis|licence\b|centre\b"
    r"|programme\b|whilst\b|fortnight\b|cheers\b|ta\b|cv\b|rota\b|mum\b|uni\b|have you got\b|i['’]?ve "
    r"got\b)",
    flags=re.IGNORECASE,
)
_AMERICAN = lazy(
    r"\b(?:color|favor|behavior|organiz|apologiz|realiz|recogniz|practicing\b|center\b|program\b|gotten\b"
    r"|resume\b|gotcha\b|awesome\b|vacation\b|math\b|mom\b|y['’]?all\b|reach(?:ed)? out\b)",
    flags=re.IGNORECASE,
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
    """One person's forms of words. The defaults are those of a page: nothing is changed by them."""

    short: bool = True  # “I'm” rather than “I am”
    american: bool = False

    @classmethod
    def of(cls, texts: Sequence[str]) -> Spelling:
        """The forms in these utterances."""
        together = "\n".join(texts)
        return cls(
            short=_count(_SHORT, together) >= _count(_LONG, together),
            american=_count(_AMERICAN, together) > _count(_BRITISH, together),
        )

    def write(self, words: str) -> str:
        """These words in these forms."""
        if not self.short:
            words = _long_forms().sub(lambda m: _long(m[0]), words.replace("’", "'"))
        for british, american in AMERICAN if self.american else ():
            words = words.replace(british, american)
        return words


def _count(pattern: Lazy, text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


@lru_cache(maxsize=1)
def _long_forms() -> re.Pattern[str]:
    forms = {
        *LONG_FORMS,
        *(k[:1].upper() + k[1:] for k in LONG_FORMS if not k.endswith("n't")),
    }  # nobody begins with “Is not it”
    return re.compile(r"\b(?:" + "|".join(re.escape(k) for k in sorted(forms)) + r")\b")


def _long(short: str) -> str:
    """The long form, with a capital where the short one has it."""
    if short in LONG_FORMS:
        return LONG_FORMS[short]
    form = LONG_FORMS[short[:1].lower() + short[1:]]
    return form[:1].upper() + form[1:]


# -- slips of typing -------------------------------------------------------------------------------------

_SLIPS = {
    "i": "I", "im": "I'm", "il": "I'll", "weve": "we've", "hadnt": "hadn't", "hasnt": "hasn't", "ive": "I've", "dont": "don't", "didnt": "didn't",
    "doesnt": "doesn't", "isnt": "isn't", "wasnt": "wasn't", "wont": "won't", "cant": "can't", "couldnt": "couldn't", "wouldnt": "wouldn't",
    "shouldnt": "shouldn't", "havent": "haven't", "arent": "aren't", "werent": "weren't", "thats": "that's", "whats": "what's", "hows": "how's",
    "theres": "there's", "hes": "he's", "shes": "she's", "youre": "you're", "youve": "you've", "theyre": "they're", "u": "you", "ur": "your",
    "r": "are", "urself": "yourself", "pls": "please", "plz": "please", "plse": "please", "thx": "thanks", "thnx": "thanks", "tnx": "thanks",
    "thanx": "thanks", "thankyou": "thank you", "cuz": "because", "coz": "because", "nxt": "next", "thort": "thought", "thot": "thought",
    "tho": "though", "cos": "because", "becos": "because", "gud": "good", "abt": "about", "hav": "have", "tmrw": "tomorrow", "tmr": "tomorrow",
    "wk": "week", "ppl": "people", "msg": "message", "shd": "should", "wud": "would", "cud": "could", "shud": "should", "wich": "which",
    "wat": "what", "wot": "what", "teh": "the", "hte": "the", "adn": "and", "nad": "and", "waht": "what", "taht": "that", "opertunity": "opportunity",
    "desicion": "decision", "greatful": "grateful", "sory": "sorry", "alot": "a lot", "tommorow": "tomorrow", "succesfull": "successful",
    "proffesional": "professional", "responsability": "responsibility", "abit": "a bit", "knwo": "know", "helo": "hello",
}  # fmt: skip
"""What people write for short, and what more than one letter parts from what was meant (`slips` knows the rest); no words that are also something else."""
_TYPED = lazy(r"(?<![\w'’@.])(?:" + "|".join(map(re.escape, _SLIPS)) + r")(?![\w'’@])", flags=re.IGNORECASE)
_ITS = lazy(
    r"\b([Ii])ts (?=(?:me|about|a|an|the|not|just|ok|okay|been|alright|all|no|so|really|my|only (?:me"
    r"|fair|right|natural|human))\b|(?:fine|fair|hard|good|great)\b(?=\W*$|[.,!?;]| (?:to|that|for|if"
    r"|with|by|and|but|enough|of you)\b))",
)
"""“its” that can only be “it is”: before “good sides” or “London office” it may be what it says."""
_ILL = lazy(
    r"\b[Ii]ll( (?:just |also |never |always |definitely |surely )?(?:get|do|go|be|have|take|make|try|work|call|ring|write|bring|ask|say|look|keep|let|send|see|put|read"
    r"|learn|practi[sc]e|remember|book|start|use|think|change|check|show|tell|speak|give|wait|sign|apply|leave)\b)"
)
"""“ill” before what one does: whoever is ill does nothing there."""
_ITS_SOMEBODY = lazy(r"(^|[.,!?;] |\b(?i:hi|hello|hey|yes|oh|ok|okay|morning|afternoon|evening) )([Ii])ts (?=[A-Z])")
_ACRONYMS = frozenset(
    "ACCA AI API AWS BA CAD CEO CFO EU GCSE IBM ICU ID MBA MA SAP SIA UI UK USA UX IELTS NATO NASA BBC IKEA ERP A&E GP".split()
)
_NO_ACRONYMS = frozenset("hm hmm mr mrs ms dr st sh shh pst".split())
_VOWEL = lazy(r"[aeiouy]", flags=re.IGNORECASE)
_ASKS = lazy(
    "^(?:(?:so|but|and|ok|okay|well|um|then|hi|hey|right|sorry|fair enough)[, ]+)*(?:why|what|which|how"
    r"|who|when|where|is|was|were|did|could|can|would|do|does|any)\b",
    flags=re.IGNORECASE,
)


def mended(sentence: str, name: str = "", known: frozenset[str] = frozenset()) -> str:
    """One of the candidate's own sentences without its slips of typing; a `name` in it gets its capitals. `known` are words of the job and the firm."""
    words = sentence.strip()
    if len(words) > 3 and words.isupper():
        words = re.sub(r"[^\W_][\w&]*", lambda m: _quieter(m[0]), words)
    words = _TYPED.made.sub(lambda m: _as_typed(m[0]), words)
    words = without_slips(words, known)
    words = _ILL.made.sub(lambda m: f"I'll{m[1]}", words)
    words = _ITS.made.sub(lambda m: f"{m[1]}t's ", words)
    words = _ITS_SOMEBODY.made.sub(lambda m: f"{m[1]}{m[2]}t's ", words)
    if name:
        words = re.sub(rf"\b{re.escape(name)}\b", capitals(name), words, flags=re.IGNORECASE)
        words = re.sub(rf"\b([Ii])ts (?={re.escape(capitals(name))}\b)", r"\1t's ", words)
        words = re.sub(
            rf"\b({re.escape(capitals(name))}) (?=I(?:['’]|\b))", r"\1, ", words
        )  # “it's Jonno, I interviewed”
    if words[:1].islower():
        words = words[:1].upper() + words[1:]
    if words[-1:].isalnum():
        words += "?" if _ASKS.search(words) else "."
    return words


def _quieter(word: str) -> str:
    """A word of somebody who writes all in capitals; what is written in capitals by everybody keeps them."""
    if word in _ACRONYMS or (
        1 < len(word) <= 4 and not _VOWEL.search(word) and word.lower() not in _NO_ACRONYMS | _SLIPS.keys()
    ):
        return word
    return word.lower()


def _as_typed(slip: str) -> str:
    if len(slip) == 1 and slip.isupper():
        return slip  # “I”, or somebody's initial
    meant = _SLIPS[slip.lower()]
    return meant[:1].upper() + meant[1:] if slip[:1].isupper() and len(slip) > 1 else meant


LONGEST_INITIALS = 3  # letters: “AJ” is written so, “BRENDA” is shouted


def capitals(name: str) -> str:
    """A name as one writes it; one that has capitals keeps them."""
    if name.isupper() and len(name) > LONGEST_INITIALS:
        name = name.lower()
    return name if name != name.lower() else " ".join(part[:1].upper() + part[1:] for part in name.split())
