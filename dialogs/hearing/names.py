"""A bare name, where the manager waits for one: “sam ortiz”, “Dr. Ada Mbeki”, “priya”; and “Hi, Priya Shah here.”

No list of names could hold all there are, so it goes the other way round: a few words and nothing but letters, none of them a word that people put
there instead of a name. It is asked only while the manager does not know who is calling, and only of words in which nothing else was heard.
"""

from __future__ import annotations

import re

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


def is_name(text: str) -> bool:
    """Whether these words look like a person's name and nothing else."""
    said = " ".join(text.split())
    if len(said) > _LONGEST or not _SHAPE.fullmatch(said):
        return False
    return not any(word.strip(".").replace("’", "'").replace("'", "").lower() in _INSTEAD for word in said.split())


_GREETING = (
    r"(?:oh |well )?(?:hi|hiya|hello|hey|good (?:morning|afternoon|evening|day)|morning|afternoon|evening)(?: there)?"
)
_PRESENTED = re.compile(
    rf"(?:{_GREETING}(?: [^\W\d_]+\.?){{0,2}}[,.!]* )?(?P<name>[^,!?]{{2,40}}?),? (?:here|speaking|calling|again)[.!]*",
    re.I,
)
_AFTER_GREETING = re.compile(rf"{_GREETING}[,.!]+ (?P<name>[^ ,!?]+ [^,!?]{{2,40}}?)[.!]*", re.I)


def presents_oneself(text: str, line: str) -> bool:
    """Whether these words are a greeting, at most, and the caller's name: “Sam here”, “Good morning, Priya Shah.” A name that stands in the
    manager's own last `line` is hers."""
    said = " ".join(text.split())
    if len(said) > 2 * _LONGEST:
        return False
    found = _PRESENTED.fullmatch(said) or _AFTER_GREETING.fullmatch(said)
    return found is not None and is_name(found["name"]) and found["name"].lower() not in line.lower()
