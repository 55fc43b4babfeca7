"""Buttons, and what a tap on one carries: a version, a verb and a few short words, never more than 64 bytes.

What comes back from a tap can be old, repeated or made up: `read` gives None for anything this version did not write, and what
it does give is only ever looked up among the person's own things.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from dialogs.patterns import lazy

VERSION = "1"
LONGEST_DATA = 64  # bytes, Telegram's limit
LONGEST_COPY = 256  # characters, Telegram's limit
_WORD = lazy(r"[A-Za-z0-9_.~-]{0,48}")


@dataclass(frozen=True, slots=True)
class Button:
    """One button under a message: a tap (`data`), words to copy (`copy`) or a link (`url`)."""

    label: str
    data: str = ""
    copy: str = ""
    url: str = ""

    def as_json(self) -> dict[str, Any]:
        """The shape Telegram takes."""
        if self.copy:
            return {"text": self.label, "copy_text": {"text": self.copy}}
        if self.url:
            return {"text": self.label, "url": self.url}
        return {"text": self.label, "callback_data": self.data}


Rows = tuple[tuple[Button, ...], ...]


def tap(label: str, verb: str, *words: str | int) -> Button:
    """A button that says this verb and these words when tapped. Raises ValueError for what does not fit."""
    data = ":".join((VERSION, verb, *map(str, words)))
    if len(data.encode()) > LONGEST_DATA or not all(_WORD.fullmatch(str(w)) for w in (verb, *words)):
        raise ValueError(f"a button cannot carry {verb} with {len(words)} words of that length")
    return Button(label, data=data)


def copy(label: str, words: str) -> Button | None:
    """A button that copies these words; None when they are too long to copy."""
    words = words.strip()
    return Button(label, copy=words) if 0 < len(words) <= LONGEST_COPY else None


def read(data: object) -> tuple[str, tuple[str, ...]] | None:
    """The verb and the words of a tap, or None when this version did not write them."""
    if not isinstance(data, str) or len(data) > LONGEST_DATA:
        return None
    version, *rest = data.split(":")
    if version != VERSION or not rest or not all(_WORD.fullmatch(w) for w in rest):
        return None
    return rest[0], tuple(rest[1:])


def key(name: str) -> str:
    """A scenario's name as a button carries it: itself, or a short mark of it when it is long or has odd letters."""
    if re.fullmatch(r"[A-Za-z0-9_-]{1,40}", name):
        return name
    return "~" + hashlib.sha256(name.encode()).hexdigest()[:12]


def rows(*buttons: Button | None, wide: int = 1) -> Rows:
    """Buttons in rows of this many; None is left out."""
    there = [b for b in buttons if b is not None]
    return tuple(tuple(there[i : i + wide]) for i in range(0, len(there), wide))


def inline(buttons: Rows) -> dict[str, Any]:
    """The keyboard under a message."""
    return {"inline_keyboard": [[b.as_json() for b in row] for row in buttons]}


# While a call is on, two keys lie where one types. They arrive as messages, so they never overtake words said before.
HINT_KEY = "💡 Hint"
HANG_UP_KEY = "📵 Hang up"


def call_keys(first_name: str) -> dict[str, Any]:
    """The two keys of a call, and whom one is talking to."""
    return {
        "keyboard": [[{"text": HINT_KEY}, {"text": HANG_UP_KEY}]],
        "resize_keyboard": True,
        "is_persistent": True,
        "input_field_placeholder": f"Say it to {first_name} …"[:64],
    }


NO_KEYS: dict[str, Any] = {"remove_keyboard": True}
