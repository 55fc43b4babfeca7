"""A bare name, where the manager waits for one: “sam ortiz”, “Dr. Ada Mbeki”, “priya”; and “Hi, Priya Shah here.”

No list of names could hold all there are, so it goes the other way round: a few words and nothing but letters, none of them a word that people put
there instead of a name, not all of them words of everyday talk (hearing knows from what it was taught how common a word is), and none of them
drummed on the keys. It is asked only while the manager does not know who is calling, and only of words in which nothing else was heard.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_SHAPE = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?(?: [^\W\d_]+(?:['’.-][^\W\d_]+)*\.?){0,3}")
_LONGEST = 60
_INSTEAD = frozenset(
    "a about again an and anyone anything are bad be because but bye can cannot could did do does done dont else er erm fine from get good got great "
    "had has have he hello help her here hey hi him his hm hmm how huh i idk if in is it its job just later listen look lol me mm my never nice no nobody "
    "none nope nothing now of off ok okay on one or pardon please really right same say sec she so some somebody someone something sorry stop sure test "
    "testing thanks that the their them then there they this to uh um wait was we well were what when where which who whoever whom why will with would "
    "yeah yep yes you your yup afternoon all also application back call day evening everyone everybody feedback interview job long minute moment morning much "
    "not number position post problem question questions quick role small still thing time too two very wrong".split()
)


_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_VOWEL = re.compile(r"[aeiouy]")
_HELD = re.compile(r"(.)\1\1")

Common = Callable[[str], float]
"""How common a word is in what hearing was taught: 0 for one it never met, 1 for the commonest."""

COMMON_ALONE, COMMON_TOGETHER = 0.35, 0.15
"""From where a word is everyday talk: standing alone, where a common word may well be somebody's name (Mark, Joy), and beside others like it."""


def unmet(word: str) -> float:
    """No word is common: for those who have no weights at hand."""
    return 0.0


def is_name(text: str, common: Common = unmet) -> bool:
    """Whether these words look like a person's name and nothing else."""
    said = " ".join(text.split())
    if len(said) > _LONGEST or not _SHAPE.fullmatch(said):
        return False
    words = [word.strip(".").replace("’", "'").lower() for word in said.split()]
    if any(word.replace("'", "") in _INSTEAD or _drummed(word) for word in words):
        return False
    if len(words) == 1:
        return len(words[0]) > 1 and common(words[0]) < COMMON_ALONE
    if len(set(words)) == 1:  # “blah blah”
        return False
    # A telephone writes the first word of a message with a capital by itself; a second one was meant so.
    return all(word[0].isupper() for word in said.split()) or not all(common(word) >= COMMON_TOGETHER for word in words)


def _drummed(word: str) -> bool:
    """Whether a word came from the fingers alone: along a row of the keyboard, one key held, or four plain letters and more without a vowel."""
    if _HELD.search(word):
        return True
    if len(word) < 4 or not word.isascii():
        return False
    return any(word in row for row in _KEYS) or not _VOWEL.search(word)


_GREETING = (
    r"(?:oh |well )?(?:hi|hiya|hello|hey|good (?:morning|afternoon|evening|day)|morning|afternoon|evening)(?: there)?"
)
_PRESENTED = re.compile(
    rf"(?:{_GREETING}(?: [^\W\d_]+\.?){{0,2}}[,.!]* )?(?P<name>[^,!?]{{2,40}}?),? (?:here|speaking|calling|again)[.!]*",
    re.I,
)
_AFTER_GREETING = re.compile(rf"{_GREETING}[,.!]+ (?P<name>[^ ,!?]+ [^,!?]{{2,40}}?)[.!]*", re.I)


_ME = r"(?:it'?s|it is|this is) (?:just |only )?me\b"
_ME_BY_NAME = re.compile(rf"(?:{_GREETING}[,.!]* )?{_ME}[,.!]* (?P<name>[^,!?]{{2,40}}?)[.!]*", re.I)
_ONLY_ME = re.compile(rf"(?:{_GREETING}[,.!]* )?{_ME}(?P<rest>.*)", re.I)
_KNOWN_BY = re.compile(
    r"\b(?:name\w*|interview\w*|appl(?:y|ied|ication)|trial|candidate|from|who|we (?:met|spoke|talked))\b", re.I
)


def presents_oneself(text: str, line: str, common: Common = unmet) -> bool:
    """Whether these words are a greeting, at most, and the caller's name: “Sam here”, “Good morning, Priya Shah.” A name that stands in the
    manager's own last `line` is hers."""
    said = " ".join(text.split())
    if len(said) > 2 * _LONGEST:
        return False
    found = _PRESENTED.fullmatch(said) or _AFTER_GREETING.fullmatch(said) or _ME_BY_NAME.fullmatch(said)
    if found is None or not is_name(found["name"], common):
        return False
    return re.search(rf"(?<!\w){re.escape(found['name'])}(?!\w)", line, re.I) is None


def names_nobody(plain_text: str) -> bool:
    """Whether the caller is presented as “me” and no more, by no name and by nothing she could be known by: “it's me again about the job”."""
    found = _ONLY_ME.fullmatch(plain_text)
    if found is None or _KNOWN_BY.search(found["rest"]):
        return False
    named = re.search(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", found["rest"])
    return named is None or not is_name(named[0])
