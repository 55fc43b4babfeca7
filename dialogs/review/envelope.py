"""The sealed envelope: what really decided it, what the manager thought, and what would have unlocked more, tried out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dialogs.call import Phase
from dialogs.practice import Ear
from dialogs.review.better import Draft, Drafting
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
    if story.could <= story.opened or story.early or story.stage is Stage.VOICEMAIL or (story.paused):
        return best
    swap = () if change is None else (change.key,)
    if change is not None and change.further:
        best = _Way(swap, change.opens)
    tried = 0
    for way in _ways(story, swap):
        if best.level >= story.could or tried >= MOST_PROOFS:
            break
        if way.level > best.level:
            tried += ear is not None
            proven = _proven(story, way, ear)
            best = proven if proven is not None and proven.level > best.level else best
    return best


MOST_PROOFS = 4  # calls held again in full for one envelope


def _ways(story: Story, swap: tuple[Key, ...]) -> Iterator[_Way]:
    """Ways to more, the nearest to the call as it was first: the better line and what follows it, lines put in, a new call."""
    for attempt in range(2):
        for base in dict.fromkeys((swap, ())):
            for keys in _insertions(story, base, attempt):
                yield _Way(keys, story.past.with_keys(keys).highest)
    for attempt in range(2):
        whole = _whole_call(story, attempt)
        yield _Way(whole, story.past.with_keys(whole, fresh=True).highest, fresh=True)


def _proven(story: Story, way: _Way, ear: Ear | None) -> _Way | None:
    """The way as far as it leads when its words are spoken to an ear."""
    if ear is None:
        return way
    held = story.past.proof(way.keys, ear, fresh=way.fresh, enough=way.level)
    if held is None:
        return None
    keys = tuple(Key(k.turn, k.words, h.moves, k.instead) for k, h in zip(way.keys, held.heard, strict=False))
    return _Way(keys, held.highest, way.fresh)


def _insertions(story: Story, swap: tuple[Key, ...], attempt: int) -> Iterator[tuple[Key, ...]]:
    """Short runs of lines, put in at the moments where they would have fitted."""
    places = _places(story, swap)
    for length in (1, 2, 3):
        for n in places:
            run = _run(story, n, length, attempt, after_swap=any(k.turn < n for k in swap))
            yield (*[k for k in swap if k.turn < n], *run, *[k for k in swap if k.turn >= n])


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


def _run(story: Story, n: int, length: int, attempt: int, *, after_swap: bool) -> list[Key]:
    asked = after_swap or story.past.call_before(n).given is not None
    steps: list[Draft | None] = []
    for i in range(length):
        d = Drafting(story, None, story.rng(f"key:{n}:{i}:{attempt}"), place=0 if i or after_swap else n)
        match i + asked:
            case 0:
                d.settle().ask_one()
            case 1:
                d.further()
            case 2:
                d.thank().ask_one()
            case _:
                d.take().commit().ask_on()
        steps.append(d.done())
    return [Key(n, s.words, s.moves) for s in steps if s]


def _whole_call(story: Story, attempt: int) -> tuple[Key, ...]:
    """A call from the first line on, as a careful caller might hold it."""
    builds: tuple[Callable[[Drafting], object], ...] = (
        lambda d: d.who().moment(),
        lambda d: d.limits().settle().ask_one(),
        lambda d: d.take().ask_on(),
        lambda d: d.thank().take().ask_one(),
        lambda d: d.take().commit().ask_on(),
        lambda d: d.goodbye(),
    )
    keys: list[Key] = []
    for i, build in enumerate(builds, 1):
        drafting = Drafting(story, None, story.rng(f"whole:{i}:{attempt}"))
        build(drafting)
        if draft := drafting.done():
            keys.append(Key(i, draft.words, draft.moves))
    return tuple(keys)
