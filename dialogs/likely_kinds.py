"""Which kind of reason somebody means in words of their own: “they wanted somebody with the truck licence” is a certificate.

    likely_kinds("they wanted somebody with the truck licence").likeliest      # ("certificate", "years", "internal")

Two readers decide together. The hearing's own areas say what is named; how near the words come to what managers of this project say
of each kind, in letters and words, says the rest. Neither is sure of much alone, so who asks shows the likeliest and lets one choose.
Slips of typing are mended before either reads.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from dialogs.hearing.areas import areas_in, names_surely
from dialogs.hearing.light import grams
from dialogs.hearing.text import plain
from dialogs.patterns import lazy
from dialogs.review.guess import REASONS
from dialogs.scenario import KINDS

NAMED = 0.5  # what an area that is named counts, beside a nearness of 0 to 2
FAR = 0.25  # a nearness at which the words may be about anything
CLEAR = 0.35  # so much nearer than the second, the first is taken for it
ALONE = 1.0  # how near words have to come where no area is named: “too much” of anything is near to “too much money”
OFFERED = 3
A_NAME = 4  # words: in so few, an area that is named is all there is
SLIP = 0.83  # how much of a word is left in a slip of it; the first letter is seldom the wrong one

_TOO = lazy(
    r"\bto (?=(?:much|many|little|late|long|short|far|old|young|new|senior|junior|quiet|loud|nervous|vague|expensive)\b)"
)
_WORD = lazy(r"[^\W\d_]{5,}")

OFTEN_SAID: Mapping[str, tuple[str, ...]] = {
    "answers": (
        "I talk too much", "I talked too long and lost the thread", "I went on and on", "I ramble", "I got nervous and stumbled",
    ),
    "pay": ("they found somebody who costs less", "I was too expensive", "they couldn't afford that"),
    "qualification": ("I have no degree", "I never studied it", "my English is not good"),
    "practical": ("I live too far away", "the commute", "the shifts and nights"),
    "overqualified": ("I am overqualified",),
    "dislike": ("there was no click between us",),
}  # fmt: skip
"""Fears as people tell them, where no manager of this project would put it so."""

SAYABLE = tuple(kind for kind in REASONS if kind != "protected")
Grams = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class LikelyKinds:
    """Kinds of reason, the likeliest first, at most three; none where the words are near to nothing. `clear`: it is the first."""

    likeliest: tuple[str, ...]
    clear: bool


def likely_kinds(words: str) -> LikelyKinds:
    """The kinds that these words may be about."""
    named, scores = _scores(words)
    order = sorted(SAYABLE, key=lambda kind: -scores[kind])
    found = tuple(kind for kind in order if scores[kind] >= FAR)[:OFFERED]
    far_enough = bool(found) and scores[order[0]] - scores[order[1]] >= CLEAR
    if (
        found
        and len(words.split()) <= A_NAME
        and named == {KINDS[order[0]].area}
        and _only_one(order[0])
        and names_surely(words)
    ):
        return LikelyKinds(found, True)  # “what I wore” names one thing, and nothing beside it
    return LikelyKinds(found, far_enough and (KINDS[order[0]].area in named or scores[order[0]] >= ALONE))


def _only_one(kind: str) -> bool:
    """Whether no other kind of reason lies in the same area."""
    return sum(KINDS[other].area == KINDS[kind].area for other in SAYABLE) == 1


def nearest(words: str) -> tuple[str, ...]:
    """The three kinds that come nearest to these words, however far that is."""
    _, scores = _scores(words)
    return tuple(sorted(SAYABLE, key=lambda kind: -scores[kind])[:OFFERED])


def _scores(words: str) -> tuple[frozenset[str], dict[str, float]]:
    """The areas that are named, and how near each kind is."""
    words = _without_slips(words)
    named, said = frozenset(areas_in(words)), _weighed(_counted(words))
    return named, {kind: _nearness(said, kind) + NAMED * (KINDS[kind].area in named) for kind in SAYABLE}


def _without_slips(words: str) -> str:
    """Words as they were meant: “to much” is too much, and a long word nobody here says is the one it is a slip of, if any."""
    return _WORD.made.sub(lambda m: _meant(m[0]), _TOO.made.sub("too ", words.casefold()))


def _meant(word: str) -> str:
    if word in _vocabulary():
        return word
    # “I froze” is no slip of a post that is frozen: another ending is another word.
    alike = [known for known in _vocabulary() if known[0] == word[0] and not known.startswith(word)]
    return (get_close_matches(word, sorted(alike), n=1, cutoff=SLIP) or [word])[0]


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    return frozenset(w for said in _told().values() for line in said for w in _WORD.made.findall(line.casefold()))


def _nearness(said: Grams, kind: str) -> float:
    """How near words come to what is said of a kind: to the one line that is nearest, and to the three nearest."""
    near = sorted((sum(x * line.get(gram, 0.0) for gram, x in said.items()) for line in _lines()[kind]), reverse=True)
    return near[0] + sum(near[:3]) / 3


@lru_cache(maxsize=1)
def _lines() -> dict[str, list[Grams]]:
    return {kind: [_weighed(_counted(line)) for line in said] for kind, said in _told().items()}


@lru_cache(maxsize=1)
def _rare() -> dict[str, float]:
    """How much an n-gram tells: the more, the fewer kinds it is said of."""
    kinds = Counter(gram for said in _told().values() for gram in {g for line in said for g in _counted(line)})
    return {gram: math.log((len(SAYABLE) + 1) / (n + 0.5)) for gram, n in kinds.items()}


def _weighed(counts: Mapping[str, int]) -> Grams:
    rare = _rare()
    weights = {gram: math.sqrt(n) * rare[gram] for gram, n in counts.items() if rare.get(gram, 0.0) > 0}
    length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
    return {gram: w / length for gram, w in weights.items()}


def _counted(words: str) -> dict[str, int]:
    by_word, by_letter = grams(plain(words))
    return by_word | by_letter


@lru_cache(maxsize=1)
def _told() -> dict[str, list[str]]:
    """Everything this project says of each kind: to be guessed, to be asked about, and by managers."""
    return {kind: list(_said_of(kind)) for kind in SAYABLE}


def _said_of(kind: str) -> Iterator[str]:
    from dialogs.card import ASK_ABOUT
    from dialogs.scenario.own_call import questions, told

    yield REASONS[kind]
    yield ASK_ABOUT[kind]
    feared = next(q for q in questions() if q.key == "reason")
    yield from (choice.label for choice in feared.choices if choice.value == kind)
    lines = told(kind)
    yield from (lines.truth.removeprefix("In this practice "), lines.next_time)
    yield from (line for said in lines.lines.values() for line in said)
    yield from OFTEN_SAID.get(kind, ())
