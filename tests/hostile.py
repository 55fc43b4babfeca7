"""Words that make a pattern work as hard as it can: what leads into each of its repetitions, that repetition over and over, and an end that fits nothing.

They are read off the pattern itself, so a pattern that nobody has written yet is tried as well.
"""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import FrameType
from typing import Any

_TREES: Any = import_module("re._parser")
_SIGNS: Any = import_module("re._constants")
LONG = 1600
"""Characters: enough for one pattern that cuts a word in three to take hours, and for a sound one to take milliseconds."""
MOST_WAYS = 6  # alternatives of one repetition that are tried
FITS_NOTHING = "# ~"
_REPEATS = {_SIGNS.MAX_REPEAT, _SIGNS.MIN_REPEAT, _SIGNS.POSSESSIVE_REPEAT}
_CLASSES = {_SIGNS.CATEGORY_WORD: "ab", _SIGNS.CATEGORY_DIGIT: "12", _SIGNS.CATEGORY_SPACE: " ", _SIGNS.CATEGORY_NOT_WORD: ". ",
            _SIGNS.CATEGORY_NOT_SPACE: "ab", _SIGNS.CATEGORY_NOT_DIGIT: "ab"}  # fmt: skip


def hostile(pattern: str, flags: int = 0) -> Iterator[str]:
    """Long words against this pattern, each once; at least the plainest, if nothing in it repeats."""
    made = {"ab" * (LONG // 2) + FITS_NOTHING: None, "a b " * (LONG // 4) + FITS_NOTHING: None}
    for before, body in _repetitions(_TREES.parse(pattern, flags), ""):
        made |= dict.fromkeys(before + (body * LONG)[:LONG] + end for end in (FITS_NOTHING, ""))
    yield from made


def fitting(pattern: str) -> str:
    """Words that mostly fit this pattern, by its first alternatives."""
    return _sample(_TREES.parse(pattern))


def _repetitions(tree: Any, before: str) -> Iterator[tuple[str, str]]:
    """Each repetition in the tree, as the words that lead into it and one turn of it."""
    for sign, held in tree:
        if sign in _REPEATS:
            _, most, body = held
            if most > 1:
                yield from ((before, turn) for turn in dict.fromkeys(_turns(body)) if turn)
            yield from _repetitions(body, before)
        for inner in _inside(sign, held):
            yield from _repetitions(inner, before)
        before += _sample([(sign, held)])


def _inside(sign: Any, held: Any) -> list[Any]:
    """The trees within one sign that is no repetition."""
    if sign is _SIGNS.SUBPATTERN:
        return [held[-1]]
    if sign is _SIGNS.BRANCH:
        return list(held[1])
    if sign in (_SIGNS.ASSERT, _SIGNS.ASSERT_NOT):
        return [held[1]]
    return [held] if sign is _SIGNS.ATOMIC_GROUP else []


def _turns(body: Any) -> Iterator[str]:
    """What one turn of a repetition may be, once for each of its first alternatives."""
    whole = _sample(body)
    yield whole
    yield f"{whole} "
    for sign, held in body:
        for inner in _inside(sign, held)[:MOST_WAYS]:
            yield _sample(inner)


def _sample(tree: Any) -> str:
    """Words that fit the tree, by its first alternatives; what may be left out is left out, unless it may stand more than once."""
    said = ""
    for sign, held in tree:
        if sign in _REPEATS:
            least, most, body = held
            said += _sample(body) * max(least, int(most > 1))
        elif sign is _SIGNS.LITERAL:
            said += chr(held)
        elif sign is _SIGNS.IN:
            said += _one_of(held)
        elif sign in (_SIGNS.ANY, _SIGNS.NOT_LITERAL):
            said += "ab"
        elif sign in (_SIGNS.SUBPATTERN, _SIGNS.BRANCH, _SIGNS.ATOMIC_GROUP):
            said += _sample(_inside(sign, held)[0])
    return said


def _one_of(choices: Any) -> str:
    """Two characters of a class where it is one of words, else its first."""
    if choices[0][0] is _SIGNS.NEGATE:
        return "ab"
    for sign, held in choices:
        if sign is _SIGNS.CATEGORY:
            return _CLASSES[held]
    sign, held = choices[0]
    if sign is _SIGNS.LITERAL:
        return chr(held)
    first, last = held
    return chr(first) + chr(min(first + 1, last))


class RanAway(Exception):  # it tells what happened
    """A search that was stopped."""


@contextmanager
def no_more_than(seconds: float) -> Iterator[None]:
    """Stop what is done within after so much of the processor's own time, however busy the machine. In the main thread."""

    def stop(_sign: int, _frame: FrameType | None) -> None:
        raise RanAway

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def runs_away(pattern: re.Pattern[str], seconds: float) -> str:
    """The words on which this pattern would not come to an end in time; empty when there are none."""
    for said in hostile(pattern.pattern, pattern.flags & ~re.UNICODE):
        try:
            with no_more_than(seconds):
                pattern.search(said)
                pattern.fullmatch(said)
        except RanAway:
            return said
    return ""
