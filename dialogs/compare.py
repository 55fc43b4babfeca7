"""Two ways of holding the same call, side by side, turn by turn: what changed, and why.

    found = compare(first, second)
    for row in found.rows: print(row.n, row.a.said, row.b.said, row.what)

Both are branches of one call (same scenario and seed), alike up to a turn and other from there on; two calls that never were
one are compared by turn number all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import zip_longest
from typing import Any

from dialogs.call import Outcome
from dialogs.endings import ENDED
from dialogs.hearing.heard import Aside
from dialogs.levels import LEVEL_WORDS
from dialogs.plain_words import ASIDES, DID, much, plainly
from dialogs.practice import Turn


@dataclass(frozen=True, slots=True)
class Side:
    """One branch's turn, as far as a comparison needs it."""

    said: str
    heard: tuple[str, ...]
    says: tuple[str, ...]
    phase: str
    level: int | None
    trust: float
    minutes: float

    @property
    def unspoken(self) -> str:
        """What the candidate did instead of speaking."""
        return "(rang off)" if ASIDES[Aside.HANG_UP] in self.heard else "(says nothing)"


@dataclass(frozen=True, slots=True)
class Row:
    """The same turn in both branches; None where one of them was already over. `what` tells the difference in a sentence."""

    n: int
    same: bool
    a: Side | None
    b: Side | None
    what: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """`apart` is the first turn that differs (0: none does); `lead` tells in a sentence how the two came out."""

    rows: tuple[Row, ...]
    apart: int
    lead: str
    highest: tuple[int, int]
    outcomes: tuple[Outcome, Outcome]
    over: tuple[bool, bool] = (True, True)  # whether each came to its end, or was only left

    def as_json(self) -> dict[str, Any]:
        """Its parts by name, each side of a row as an object or null."""
        kept = asdict(self)
        kept["outcomes"] = [str(o) for o in self.outcomes]
        return kept


def compare(a: Sequence[Turn], b: Sequence[Turn]) -> Comparison:
    """Lay two branches side by side. The pick-up (turn 0) is left out; it is the same in both."""
    first, second = [t for t in a if t.n > 0], [t for t in b if t.n > 0]
    rows = []
    same_so_far = True
    apart_in_trust = 0.0  # as it was last told
    for n, (x, y) in enumerate(zip_longest(first, second), 1):
        same = same_so_far and x is not None and y is not None and _same(x, y)
        what = "" if same else _what(x, y, fork=same_so_far, over=_stopped(first if x is None else second))
        if x is not None and y is not None and abs((y.mood.trust - x.mood.trust) - apart_in_trust) >= NOTICED:
            what = f"{what} {_trust_told(y.mood.trust - x.mood.trust, apart_in_trust)}".strip()
            apart_in_trust = y.mood.trust - x.mood.trust
        rows.append(Row(n, same, _side(x), _side(y), what or ("" if same else NOTHING_DIFFERS)))
        same_so_far = same_so_far and same
    apart = next((row.n for row in rows if not row.same), 0)
    highest = (_highest(first), _highest(second))
    outcomes = (_outcome(first), _outcome(second))
    over = (_over(first), _over(second))
    ends = (_end(outcomes[0], over[0]), _end(outcomes[1], over[1]))
    answered = (any(t.level is not None for t in first), any(t.level is not None for t in second))
    return Comparison(tuple(rows), apart, _lead(apart, highest, answered, ends), highest, outcomes, over)


def _same(x: Turn, y: Turn) -> bool:
    return x.said == y.said and x.moves == y.moves and x.says == y.says and x.heard.aside == y.heard.aside


def _side(turn: Turn | None) -> Side | None:
    if turn is None:
        return None
    return Side(
        turn.said, _heard(turn), turn.says, str(turn.phase), turn.level, turn.mood.trust, max(turn.mood.minutes, 0.0)
    )


def _heard(turn: Turn) -> tuple[str, ...]:
    return (ASIDES[turn.heard.aside],) if turn.heard.aside else tuple(DID[m] for m in turn.moves)


def _over(turns: Sequence[Turn]) -> bool:
    return bool(turns) and turns[-1].ended


def _stopped(turns: Sequence[Turn]) -> str:
    """How a call stands after its last turn."""
    return "was over by now" if _over(turns) else "goes no further yet"


def _end(outcome: Outcome, over: bool) -> str:
    """How a call came out; one that was only left has not ended in any way, and can be gone on with."""
    return ENDED[outcome] if over else "is not at its end yet"


def _what(x: Turn | None, y: Turn | None, *, fork: bool, over: str) -> str:
    if x is None or y is None:
        return f"The first {over}; the second went on." if x is None else f"The second {over}; the first went on."
    told = []
    only_a = [w for w in _heard(x) if w not in _heard(y)]
    only_b = [w for w in _heard(y) if w not in _heard(x)]
    if only_a and only_b:
        told.append(f"In the first: {_and(only_a)}. In the second: {_and(only_b)}.")
    elif only_b:
        told.append(f"Only in the second: {_and(only_b)}.")
    elif only_a:
        told.append(f"Only in the first: {_and(only_a)}.")
    elif fork:
        told.append("Other words, heard the same way.")
    told += _level_told(x.level, y.level)
    if x.phase is not y.phase:
        told += _why_told(x, y)
    return " ".join(told)


def _trust_told(now: float, before: float) -> str:
    """How far the two have come apart in trust, told where that changes."""
    if abs(now) < NOTICED:
        return "The manager trusts you about alike in both again."
    more = "more" if now > 0 else "less"
    if now * before > 0:  # on the same side as it was told before
        way = "grows" if abs(now) > abs(before) else "shrinks"
        return f"The difference in trust {way}: {much(now)} {more} in the second."
    return f"From here on the manager trusts you {much(now)} {more} in the second."


NOTHING_DIFFERS = "Nothing that matters differs."
NOTICED = 0.2  # points of trust, of which there are 4


def _level_told(a: int | None, b: int | None) -> list[str]:
    if a == b:
        return []
    if a is None or b is None:
        got = _level(b if b is not None else a or 0)
        return [f"Only the {'second' if a is None else 'first'} got an answer here: {got}."]
    return [f"The answer goes {'further' if b > a else 'less far'} in the second: {_level(b)}, instead of {_level(a)}."]


def _level(level: int) -> str:
    return f"{LEVEL_WORDS[level]} (level {level})"


def _why_told(x: Turn, y: Turn) -> list[str]:
    return [
        f"{which}: {plainly(turn.why[-1], 'the manager')}"
        for which, turn in (("In the first", x), ("In the second", y))
        if turn.why and turn.phase is not turn.phase_before
    ]


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def _highest(turns: Sequence[Turn]) -> int:
    return max((t.level for t in turns if t.level is not None), default=0)


def _outcome(turns: Sequence[Turn]) -> Outcome:
    return next((t.outcome for t in reversed(turns) if t.outcome), None) or Outcome.ABANDONED


def _lead(apart: int, highest: tuple[int, int], answered: tuple[bool, bool], ends: tuple[str, str]) -> str:
    if not apart:
        return "The two are the same, word for word."
    a, b = highest
    part = "They differ from the first turn on." if apart == 1 else f"They are the same until turn {apart}."
    if answered != (True, True):  # where nothing was answered, no level was reached either
        level = "No question about the reason was answered in either."
        if any(answered):
            which, other = ("first", "second") if answered[0] else ("second", "first")
            level = f"Only the {which} got an answer: {_level(max(a, b))}. In the {other} no question about the reason was answered."
    elif b != a:
        level = f"The second got {'further' if b > a else 'less far'}: {_level(b)}, instead of {_level(a)}."
    else:
        level = f"Both got {_level(a)}."
    first, second = ends
    return f"{part} {level}" + ("" if first == second else f" The first {first}, the second {second}.")
