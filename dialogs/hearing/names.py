"""A bare name, where the manager waits for one: “sam ortiz”, “Dr. Ada Mbeki”, “priya”.

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
    "yeah yep yes you your yup".split()
)


def is_name(text: str) -> bool:
    """Whether these words look like a person's name and nothing else."""
    said = " ".join(text.split())
    if len(said) > _LONGEST or not _SHAPE.fullmatch(said):
        return False
    return not any(word.strip(".").replace("’", "'").replace("'", "").lower() in _INSTEAD for word in said.split())
