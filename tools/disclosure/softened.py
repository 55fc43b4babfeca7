"""Lines with a hedge around them: who says a thing softly still says it, and a formula put softly is a formula still.

    softened([Line(3, "notes", "You don't have the licence.")])[0].text     # "I think you don't have the licence."

In the written hands hedges stand mostly around areas, so that a hedge came to count for a hint. Here the same hedges stand around lines
of every level. Which of them a line takes is drawn from its own words.
"""

from __future__ import annotations

import re

from tools.disclosure.lines import Line
from tools.disclosure.reported import FRAGMENT, drawn, lowered

SHARE = 0.25
"""Of the lines that can be softened, so many are."""
SOFT = "softened: "
"""What the hand of such a line begins with: it is left out with the one it comes from."""
WORDS = 30

AROUND = (
    "I think {}", "I'd say {}", "I believe {}", "I guess {}", "Well, {}", "My impression is that {}", "As far as I can tell {}",
    "It's probably that {}", "Maybe it's just that {}", "To some extent {}", "I have a feeling that {}", "I don't know, {}", "One could say {}",
    "I might be mistaken but {}", "I imagine that {}", "Let's say {}", "It seems {}", "Um, {}",
)  # fmt: skip
BEHIND = (
    "{}, I think",
    "{}, I'd say",
    "{}, maybe",
    "{}, more or less",
    "{}, I guess",
    "{}, or so it seemed",
    "{}, a little",
    "{}, probably",
)
_LEAVE = re.compile(
    r"[?\"“”*;:]|\b(?:think|guess|suppose|perhaps|maybe|probably|believe|feel|dear|hello|hi|hiya|hey|thank|thanks|um|er|well)\b",
    re.IGNORECASE,
)


def softened(lines: list[Line], share: float | None = None) -> list[Line]:
    """Those of the lines that lend themselves to it, with a hedge. `share` of them, drawn by their words."""
    share = SHARE if share is None else share
    found: dict[str, Line] = {}
    for line in lines:
        if line.level is None or drawn(line.text, "soft", 1000) >= share * 1000:
            continue
        text = _soft(line.text)
        if text is not None:
            found.setdefault(text, Line(line.level, SOFT + line.hand, text))
    return list(found.values())


def _soft(text: str) -> str | None:
    words = text.split()
    if _LEAVE.search(text) or len(words) > WORDS:
        return None
    first, *after = re.split(r"(?<=[.!])\s+", text)
    body, stop = (first[:-1], first[-1]) if first[-1:] in ".!" else (first, ".")
    frames = BEHIND if len(first.split()) <= FRAGMENT else AROUND + BEHIND
    frame = frames[drawn(text, "hedge", len(frames))]
    return " ".join([frame.format(body if frame.startswith("{") else lowered(body)) + stop, *after])
