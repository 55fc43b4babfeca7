"""The sealed envelope: what really decided it, what the manager thought, and what would have unlocked more, tried out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

from dialogs.call import Phase
from dialogs.moves import ASKS
from dialogs.practice import Ear
from dialogs.review.better import Drafting
from dialogs.review.change import Change
from dialogs.review.guess import REASONS
from dialogs.review.rehearsal import Key
from dialogs.review.story import Stage, Story
from dialogs.review.telling import opened


@dataclass(frozen=True, slots=True)
class Envelope:
    """What was settled before the call. `level` is what `keys` would have opened; no keys: nothing more was to be had."""

    reason: str
    truth: str
    thought: str
    unlock: str
    keys: tuple[Key, ...]
    level: int
    fresh: bool = False  # the keys are a whole call from the first line on
    next_time: str = ""


def envelope(story: Story, change: Change | None, ear: Ear | None = None) -> Envelope:
    """Seal it: the facts of the scenario, and the shortest way to more that a replay bears out."""
    way = _way_to_more(story, change, ear)
    s = story.scenario
    return Envelope(
        reason=REASONS[s.reason],
        truth=s.truth,
        thought=s.thought,
        unlock=opened.unlock(story, way.keys, way.level, way.fresh),
        keys=way.keys,
        level=way.level,
        fresh=way.fresh,
        next_time=s.next_time,
    )


@dataclass(frozen=True, slots=True)
class _Way:
    """Lines that were tried, and how far they led."""

    keys: tuple[Key, ...]
    level: int
    fresh: bool = False


def _way_to_more(story: Story, change: Change | None, ear: Ear | None) -> _Way:
    best = _Way((), story.opened)
    if story.could <= story.opened or story.early or story.stage is Stage.VOICEMAIL or story.paused:
        return best
    swap = () if change is None else (change.key,)
    if change is not None and change.further:
        best = _Way(swap, change.opens)
    return _Search(story, swap, best, ear).found()


MOST_PROOFS = 4  # calls held again in full for one envelope


class _Search:
    """The search for a way to more: the best that was proven so far, and what is drafted on the way."""

    def __init__(self, story: Story, swap: tuple[Key, ...], best: _Way, ear: Ear | None) -> None:
        self._story = story
        self._swap = swap
        self._best = best
        self._ear = ear
        self._proofs = 0
        self._drafts: dict[tuple[int, int, bool], list[Key]] = {}

    def found(self) -> _Way:
        """The nearest to the call as it was comes first: the better line and what follows it, lines put in, a new call."""
        for attempt in range(2):
            for base in dict.fromkeys((self._swap, ())):
                for length, n in product(_lengths(base), _places(self._story, base)):
                    if self._done:
                        return self._best
                    if self._most(n, base, length) > self._best.level:
                        self._look_at(self._inserted(n, length, base, attempt))
        for attempt in range(2):
            if not self._done:
                self._look_at(_whole_call(self._story, attempt), fresh=True)
        return self._best

    @property
    def _done(self) -> bool:
        return self._best.level >= self._story.could or self._proofs >= MOST_PROOFS

    def _most(self, n: int, base: tuple[Key, ...], length: int) -> int:
        """The highest level that lines put in here can lead to: every question brings one more."""
        first = min([n, *(k.turn for k in base)])
        given = self._story.past.call_before(first).given
        later = sum(1 for t in self._story.turns if t.n >= first and ASKS & set(t.heard.moves))
        return length + len(base) + later + (self._story.scenario.hidden.start if given is None else given)

    def _look_at(self, keys: tuple[Key, ...], *, fresh: bool = False) -> None:
        """Go through the call with these lines; when that leads further than anything before, speak them to the ear."""
        way = _Way(keys, self._story.past.with_keys(keys, fresh=fresh).highest, fresh)
        if way.level <= self._best.level:
            return
        self._proofs += self._ear is not None
        proven = _proven(self._story, way, self._ear)
        if proven is not None and proven.level > self._best.level:
            self._best = proven

    def _inserted(self, n: int, length: int, base: tuple[Key, ...], attempt: int) -> tuple[Key, ...]:
        """A short run of lines, put in at a moment where they would have fitted."""
        after_swap = any(k.turn < n for k in base)
        asked = any(k.turn < n and set(k.moves) & ASKS for k in base)
        run = self._drafts.setdefault((n, attempt, after_swap), [])
        for i in range(len(run), length):
            said = [t.said for t in self._story.spoken if t.n < n]
            before = " ".join([*said, *(k.words for k in base if k.turn < n), *(k.words for k in run)])
            if key := _step(self._story, n, i, attempt, after_swap=after_swap, asked=asked, before=before):
                run.append(key)
        return (*[k for k in base if k.turn < n], *run[:length], *[k for k in base if k.turn >= n])


def _lengths(base: tuple[Key, ...]) -> tuple[int, ...]:
    """How many lines are put in: one more where the better line itself asks nothing yet."""
    return (1, 2, 3, 4) if base and not set(base[0].moves) & ASKS else (1, 2, 3)


def _proven(story: Story, way: _Way, ear: Ear | None) -> _Way | None:
    """The way as far as it leads when its words are spoken to an ear."""
    if ear is None:
        return way
    held = story.past.proof(way.keys, ear, fresh=way.fresh, enough=way.level)
    if held is None:
        return None
    keys = tuple(Key(k.turn, k.words, h.moves, k.instead) for k, h in zip(way.keys, held.heard, strict=False))
    return _Way(keys, held.highest, way.fresh)


def _places(story: Story, swap: tuple[Key, ...]) -> list[int]:
    """After the better line, before the first question, after each answer, before the last words."""
    if swap:
        return [swap[0].turn + 1]
    fitting = [t.n for t in story.turns if t.phase_before in (Phase.OPENING, Phase.ANSWERING)]
    first = [story.first_ask.n] if story.first_ask else []
    asked = [t.n + 1 for t in story.turns if t.level is not None]
    end = [] if story.ended else [len(story.turns) + 1]
    wanted = [*first, *asked[-2:], *fitting[-1:], *end]
    return [n for n in dict.fromkeys(wanted) if n in fitting or n in end][:4]


def _step(story: Story, n: int, i: int, attempt: int, *, after_swap: bool, asked: bool, before: str = "") -> Key | None:
    """The line number `i` (from 0) of those that are put in before turn `n`, after the words `before`: what they asked is not asked again."""
    asked = asked or story.past.call_before(n).given is not None
    d = Drafting(story, None, story.rng(f"key:{n}:{i}:{attempt}"), place=0 if i or after_swap else n)
    match i + asked:
        case 0:
            d.settle().ask_another(before)
        case 1:
            d.further()
        case 2:
            d.thank().ask_another(before)
        case _:
            d.take().commit().ask_on()
    draft = d.done()
    return Key(n, draft.words, draft.moves) if draft else None


def _whole_call(story: Story, attempt: int) -> tuple[Key, ...]:
    """A call from the first line on, as a careful caller might hold it."""
    keys: list[Key] = []
    builds: tuple[Callable[[Drafting], object], ...] = (
        lambda d: d.who().moment(),
        lambda d: d.limits().settle().ask_one(),
        lambda d: d.take().ask_on(),
        lambda d: d.thank().take().ask_another(" ".join(key.words for key in keys)),
        lambda d: d.take().commit().ask_on(),
        lambda d: d.goodbye(),
    )
    for i, build in enumerate(builds, 1):
        drafting = Drafting(story, None, story.rng(f"whole:{i}:{attempt}"))
        build(drafting)
        if draft := drafting.done():
            keys.append(Key(i, draft.words, draft.moves))
    return tuple(keys)
