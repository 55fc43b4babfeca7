"""Plain text, `Name: words` a turn; a line without a name goes on with the turn above.

Times in front of a name ([10:02], [22 Nov 2026, 10:33], 00:01:12, 12/03/24, 10:22 -) and stars around it are overlooked.
"""

from __future__ import annotations

import re
from collections import Counter

from bot.transcripts.limits import MAX_NAME
from bot.transcripts.talk import BadTranscript, Conversation, Imported, Saying, tidy, tidy_name
from dialogs.patterns import lazy

_NUMBERS = r"[\d.:/,\- ]{0,24}(?:[ ]?[AaPp][Mm])?"
_TIME = (
    rf"(?:\[\d{{1,2}}[. ]{{1,2}}[^\W\d_]{{3,9}}[., ]{{1,2}}{_NUMBERS}\][ ]{{0,2}}"  # with the month in letters
    rf"|[\[(]?\d{{1,4}}{_NUMBERS}[\])]?(?:[ ]-)?[ ]{{0,2}})?"
)
_LINE = lazy(rf"^\s{{0,12}}{_TIME}\*{{0,2}}([^\s:*\d\[(#>][^:*\n]{{0,{MAX_NAME - 1}}})\*{{0,2}}:\*{{0,2}}(?:\s+(.*)|)$")
# Phones put them around times and names.
_UNSEEN_MARKS = " \t\r\u200e\u200f"
_UNSEEN = str.maketrans({"\u200e": None, "\u200f": None, "\u202f": " ", "\u00a0": " "})
_SENTENCE = lazy(r"[?!;\"“”]|\.\s")
_SHORTENED = lazy(
    r"\b(?:[^\W\d_]|Mr|Mrs|Ms|Mx|Dr|St|Fr|Hr|Sr|Jr|Prof|Hon|Rev|Sra|Dipl|Ing)\.(?=\s)", flags=re.IGNORECASE
)  # Mr. Dr. and an initial end no sentence
_LEFT_OUT = lazy(
    r"<[^<>\n]{3,40}>"  # <Media omitted>, <attached: 1.jpg>, in any language
    r"|\u200e?(?:image|video|audio|gif|sticker|document|contact card|voice message) omitted"
    r"|(?:you deleted this message|this message was deleted|missed (?:voice|video) call|null)\.?",
    flags=re.IGNORECASE,
)
"""What a messenger writes where there was something without words."""


def named_line(line: str) -> tuple[str, str] | None:
    """Name and words of a line that begins with a speaker's name."""
    found = _LINE.match(line[:6000].translate(_UNSEEN))
    if found is None:
        return None
    name = tidy_name(found[1])
    if not name or _SENTENCE.search(_SHORTENED.sub("", name)) or len(name.split()) > 5:
        return None
    return name, found[2] or ""


def read(text: str) -> Imported:
    """The one conversation in this text."""
    lines = text.split("\n")
    names = _speakers(lines)
    sayings: list[Saying] = []
    skipped = 0
    for line in lines:
        found = named_line(line)
        if _LEFT_OUT.fullmatch((found[1] if found and found[0] in names else line).strip(_UNSEEN_MARKS)):
            skipped += 1
        elif found and found[0] in names:
            sayings.append(Saying(found[0], found[1].strip()))
        elif line.strip():
            if sayings:
                last = sayings.pop()
                sayings.append(Saying(last.who, f"{last.text}\n{line.strip()}".strip()))
            else:
                skipped += 1
    kept = [Saying(s.who, tidy(s.text)) for s in sayings if tidy(s.text)]
    if not kept:
        raise BadTranscript("Nobody is seen to speak here; put a name and a colon before what each one says.")
    return Imported("text", (Conversation(tuple(kept)),), skipped)


def _speakers(lines: list[str]) -> frozenset[str]:
    """Who speaks: in a text with many `Something: …`, only those who do it more than once."""
    found = Counter(n[0] for line in lines if (n := named_line(line)))
    if len(found) <= 3:
        return frozenset(found)
    return frozenset(name for name, count in found.items() if count > 1) or frozenset(found)
