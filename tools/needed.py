"""What each pattern of hearing needs before it is worth seeking: `python -m tools.needed` reads it off the patterns and writes dialogs/needed.json.

Most patterns are sought in texts that hold none of their words, and a search that fails costs the most: it tries each way to say it at each letter.
For a pattern this gives beginnings of words of which any text that it fits has one; a text without them need not be searched. Nothing is
guessed: what is not surely needed is left out, and a pattern that needs nothing surely is not in the file.
"""

from __future__ import annotations

import json
import pkgutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from typing import Any

import dialogs.hearing
from dialogs.hearing import rules
from dialogs.patterns import LETTERS, NEEDED, Lazy
from tools.renew import renew

_TREES: Any = import_module("re._parser")
_SIGNS: Any = import_module("re._constants")

_OFTEN = {
    word: int(share)
    for word, share in (
        pair.split(":")
        for pair in (
            "i:636 the:489 you:377 it:367 and:315 to:293 a:263 that:259 me:226 was:198 my:191 in:184 t:184 for:182 s:173 of:159 on:147 have:125 what:123 "
            "with:123 is:122 not:117 so:115 your:112 m:110 one:108 d:104 be:102 can:91 if:91 ve:90 at:86 this:84 ther:82 abou:81 know:80 some:80 no:79 "
            "woul:78 thin:75 do:70 don:63 but:62 had:62 like:62 all:61 say:61 than:61 from:58 did:57 then:56 how:54 ever:53 just:53 got:53 ll:53 coul:51 "
            "who:49 or:49 want:47 up:47 tell:46 time:44 inte:44 been:44 said:43"
        ).split()
    )
}
"""Of a thousand utterances, how many hold a word that begins so; any other counts as SELDOM."""
SELDOM = 10
TOO_OFTEN = 500  # in a thousand: what is needed says too little then
_MOST = 120  # beginnings that one pattern may need
_DEEP = 80  # signs that are followed to the end of one beginning
_REPEATS = {_SIGNS.MAX_REPEAT, _SIGNS.MIN_REPEAT, _SIGNS.POSSESSIVE_REPEAT}
_STARTS = {_SIGNS.AT_BOUNDARY, _SIGNS.AT_BEGINNING, _SIGNS.AT_BEGINNING_STRING}
_ENDS = {_SIGNS.AT_BOUNDARY, _SIGNS.AT_END, _SIGNS.AT_END_STRING}
_BETWEEN = {_SIGNS.CATEGORY_SPACE, _SIGNS.CATEGORY_NOT_WORD}

Signs = tuple[Any, ...]
"""What the parser of `re` makes of a pattern, or of a part of it: one (sign, what it holds) after the other."""


class _Open(Exception):  # no error: where it is raised, this much is not known
    """Here any word may stand."""


def needed(pattern: str) -> frozenset[str] | None:
    """Beginnings of words of which each text in which this pattern (without flags) is found has one; None when that is not known, or says too little."""
    found = _rarest(_each_needed(tuple(_TREES.parse(pattern)), (), begins=False))
    return found if found and len(found) <= _MOST and _how_often(found) < TOO_OFTEN else None


def _how_often(each: frozenset[str]) -> int:
    return sum(_OFTEN.get(word, SELDOM) for word in each)


def _rarest(choices: Iterator[frozenset[str]]) -> frozenset[str] | None:
    return min(choices, key=_how_often, default=None)


def _each_needed(signs: Signs, after: Signs, *, begins: bool) -> Iterator[frozenset[str]]:
    """Sets of beginnings of which whatever fits these signs has one, each by itself enough. `begins`: a word begins here, or none goes on."""
    for at, (sign, held) in enumerate(signs):
        rest = (*signs[at + 1 :], *after)
        if begins:
            with suppress(_Open):
                yield frozenset(_heads(((sign, held), *rest), "", _DEEP))
        if sign is _SIGNS.BRANCH:
            each = [_rarest(_each_needed(tuple(way), rest, begins=begins)) for way in held[1]]
            if all(each):
                yield frozenset().union(*(one for one in each if one))
        elif sign in _REPEATS and held[0] > 0:
            yield from _each_needed(tuple(held[2]), (_once_less(sign, held), *rest), begins=begins)
        elif (body := _body(sign, held)) is not None:
            yield from _each_needed(body, rest, begins=begins)
        begins = _parts((sign, held), begins=begins)


def _heads(signs: Signs, so_far: str, deep: int) -> set[str]:
    """Each beginning that the next word of these signs may have. Raises _Open when it may have any."""
    if len(so_far) == LETTERS:
        return {so_far}
    if not signs or not deep:
        raise _Open
    (sign, held), rest = signs[0], signs[1:]
    if sign is _SIGNS.AT:
        if so_far and held in _ENDS:
            return {so_far}
        if so_far or held not in _STARTS:
            raise _Open
        return _heads(rest, "", deep - 1)
    if sign in (_SIGNS.ASSERT, _SIGNS.ASSERT_NOT):  # they only take away from what fits
        return _heads(rest, so_far, deep - 1)
    if sign is _SIGNS.BRANCH:
        return set().union(*(_heads((*way, *rest), so_far, deep - 1) for way in held[1]))
    if sign in _REPEATS:
        least, most, body = held
        if not so_far and all(_between(*each) for each in body):
            return _heads(rest, "", deep - 1)
        found = _heads((*body, _once_less(sign, held), *rest), so_far, deep - 1) if most else set()
        return found if least else found | _heads(rest, so_far, deep - 1)
    if (body := _body(sign, held)) is not None:
        return _heads((*body, *rest), so_far, deep - 1)
    if _between(sign, held):
        return {so_far} if so_far else _heads(rest, "", deep - 1)
    return set().union(*(_heads(rest, so_far + c, deep - 1) for c in _letters(sign, held)))


def _once_less(sign: Any, held: Any) -> tuple[Any, Any]:
    """A repetition of which one turn was taken."""
    least, most, body = held
    return sign, (max(0, least - 1), most if most is _SIGNS.MAXREPEAT else max(0, most - 1), body)


def _body(sign: Any, held: Any) -> Signs | None:
    """What stands within a group; None for any other sign."""
    if sign is _SIGNS.SUBPATTERN:
        _, more, fewer, body = held
        return None if more or fewer else tuple(body)  # with flags of its own it fits other letters
    return tuple(held) if sign is _SIGNS.ATOMIC_GROUP else None


def _parts(one: tuple[Any, Any], *, begins: bool) -> bool:
    """Whether a word begins after this sign, or none goes on; `begins`: whether one does before it."""
    sign, held = one
    if sign is _SIGNS.AT:
        return begins or held in _STARTS
    if sign in (_SIGNS.ASSERT, _SIGNS.ASSERT_NOT):
        return begins
    if sign is _SIGNS.BRANCH:
        return all(_all_part(way, begins=begins) for way in held[1])
    if sign in _REPEATS:
        return (begins or held[0] > 0) and _all_part(held[2], begins=begins)
    body = _body(sign, held)
    return _between(sign, held) if body is None else _all_part(body, begins=begins)


def _all_part(signs: Any, *, begins: bool) -> bool:
    for one in signs:
        begins = _parts(one, begins=begins)
    return begins


def _between(sign: Any, held: Any) -> bool:
    """Whether this stands between words, whatever it is: one character that belongs to none."""
    if sign is _SIGNS.LITERAL:
        return not _in_a_word(chr(held))
    if sign is not _SIGNS.IN:
        return False
    if held[0][0] is _SIGNS.NEGATE:
        return bool(held[1:] == [(_SIGNS.CATEGORY, _SIGNS.CATEGORY_WORD)])
    return all(
        (kind is _SIGNS.LITERAL and not _in_a_word(chr(what))) or (kind is _SIGNS.CATEGORY and what in _BETWEEN)
        for kind, what in held
    )


def _letters(sign: Any, held: Any) -> list[str]:
    """The letters that one sign stands for, when they are few and all of them belong to words. Raises _Open for any other."""
    each = [(sign, held)] if sign is _SIGNS.LITERAL else held if sign is _SIGNS.IN else []
    found = [chr(what) for kind, what in each if kind is _SIGNS.LITERAL]
    if not found or len(found) < len(each) or not all(map(_in_a_word, found)):
        raise _Open
    return found


def _in_a_word(character: str) -> bool:
    """Whether `\\w` fits it."""
    return character.isalnum() or character == "_"


def sought() -> Iterator[Lazy]:
    """The patterns of hearing that read plain text: those with flags of their own are left out."""
    for found in pkgutil.iter_modules(dialogs.hearing.__path__, "dialogs.hearing."):
        for value in vars(import_module(found.name)).values():
            yield from (
                each
                for each in (value if isinstance(value, tuple) else (value,))
                if isinstance(each, Lazy) and not each.flags
            )
    for each in rules.sure().values():
        yield from each


def written() -> str:
    """The file as it should be: for each pattern that needs something its key and what it needs, in the order of the keys."""
    held = {each.key: " ".join(sorted(found)) for each in sought() if (found := needed(each.pattern))}
    return json.dumps(held, indent=0, sort_keys=True, ensure_ascii=False) + "\n"


def main() -> int:
    """Write the file, or check it with --check; the program's exit code."""
    return renew([NEEDED], lambda _: written(), "run: make docs")


if __name__ == "__main__":
    sys.exit(main())
