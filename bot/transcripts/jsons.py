"""JSON of strangers: depth, digits and constants are bounded, and a mistake is one sentence."""

from __future__ import annotations

import json
import re
from typing import Any

from bot.transcripts.limits import MAX_DEPTH, MAX_DIGITS
from bot.transcripts.talk import BadTranscript
from dialogs.patterns import lazy

_MARKS = lazy(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', flags=re.S)
_BAD_ESCAPE = lazy(r"(\\\\)|\\x([0-9A-Fa-f]{2})")


def loads(text: str, where: str = "") -> Any:
    """The value in this JSON text. Raises BadTranscript."""
    depth = deepest = 0
    for mark in _MARKS.finditer(text):
        found = mark[0][0]
        if found in "[{":
            depth += 1
            deepest = max(deepest, depth)
            if deepest > MAX_DEPTH:
                raise BadTranscript(f"{where}This JSON is nested more than {MAX_DEPTH} deep, which no transcript is.")
        elif found in "]}":
            depth -= 1
    try:
        return json.loads(text, parse_int=_whole, parse_constant=_constant)
    except (ValueError, RecursionError) as error:
        if isinstance(error, BadTranscript):
            raise
        at = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) and not where else ""
        raise BadTranscript(f"{where}This is not valid JSON{at}; export it again, or check what was edited.") from None


def loads_repaired(text: str) -> Any:
    """As `loads`; Telegram Desktop writes control characters as `\\x01`, which is mended when the text does not parse."""
    try:
        return loads(text)
    except BadTranscript:
        mended = _BAD_ESCAPE.sub(lambda m: m[1] or f"\\u00{m[2]}", text)
        if mended == text:
            raise
        return loads(mended)


def _whole(digits: str) -> int:
    if len(digits.lstrip("-")) > MAX_DIGITS:
        raise BadTranscript("A number in this JSON has more digits than any transcript needs.")
    return int(digits)


def _constant(name: str) -> Any:
    raise BadTranscript(f"This JSON holds {name}, which is no value.")
