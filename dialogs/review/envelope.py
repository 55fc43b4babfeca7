"""The sealed envelope: what really decided it, what the manager thought, and what would have unlocked more, tried out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dialogs.call import Opening, Phase
from dialogs.hearing.heard import Heard
from dialogs.moves import Move
from dialogs.review.better import Draft, Drafting
from dialogs.review.change import Change
from dialogs.review.guess import REASONS
from dialogs.review.rehearsal import Past, heard_as
from dialogs.review.story import Stage, Story
from dialogs.review.telling import opened


@dataclass(frozen=True, slots=True)
class Key:
    """A line that would have been said: in place of turn `turn` (`instead`) or just before it, with the moves it makes."""

    turn: int
    words: str
    moves: tuple[Move, ...]
    instead: bool = False

    @property
    def heard(self) -> Heard:
        return heard_as(self.moves, self.words)


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


def envelope(story: Story, change: Change | None) -> Envelope:
    """Seal it: the facts of the scenario, and the shortest way to more that the replay bears out."""
    keys, level, fresh = _way_to_more(story, change)
    s = story.scenario
    return Envelope(
        reason=REASONS[s.reason],
        truth=s.truth,
        thought=s.thought,
        unlock=opened.unlock(story, keys, level, fresh),
        keys=keys,
        level=level,
        fresh=fresh,
        next_time=s.next_time,
    )


def replayed(past: Past, keys: Sequence[Key], *, fresh: bool = False) -> int:
    """The highest level of the call with these keys in it: what an envelope's `level` is checked against."""
    if fresh:
        return past.before(1).take_all(k.heard for k in keys).replay().highest
    now = past.before(1)
    for n in range(1, len(past.heard) + 2):
        here = [k for k in keys if k.turn == n]
        now.take_all(k.heard for k in here if not k.instead)
        swapped = [k.heard for k in here if k.instead]
        now.take_all(swapped or past.heard[n - 1 : n])
    return now.replay().highest


def _way_to_more(story: Story, change: Change | None) -> tuple[tuple[Key, ...], int, bool]:
    best: tuple[tuple[Key, ...], int] = ((), story.opened)
    if story.could <= story.opened or story.stage is Stage.VOICEMAIL:
        return (*best, False)
    swaps: list[tuple[Key, ...]] = [()]
    if change is not None and story.scenario.opening is not Opening.TOO_EARLY:
        swap = Key(change.turn, change.better, change.moves, instead=change.instead)
        swaps.append((swap,))
        if change.further:
            best = (swap,), change.opens
    if best[1] >= story.could:
        return (*best, False)
    for swap_keys in swaps:
        for keys in _insertions(story, swap_keys):
            level = replayed(story.past, keys)
            if level > best[1]:
                best = keys, level
            if level >= story.could:
                return keys, level, False
    if best[1] < story.could:
        whole = _whole_call(story)
        level = replayed(story.past, whole, fresh=True)
        if level > best[1]:
            return whole, level, True
    return (*best, False)


def _insertions(story: Story, swap: tuple[Key, ...]) -> Iterator[tuple[Key, ...]]:
    """Short runs of lines, put in at the moments where they would have fitted."""
    places = _places(story, swap)
    for length in (1, 2, 3, 4):
        for n in places:
            run = _run(story, n, length)
            if run:
                yield tuple(sorted((*swap, *run), key=lambda k: (k.turn, k.instead)))


def _places(story: Story, swap: tuple[Key, ...]) -> list[int]:
    """Before the first question, after each answer, before the last words: the four most telling."""
    fitting = [
        t.n
        for t in story.turns
        if t.phase_before in (Phase.OPENING, Phase.ANSWERING) and not any(k.turn == t.n for k in swap)
    ]
    asked = [t.n + 1 for t in story.turns if t.level is not None]
    after = [k.turn + 1 for k in swap]
    end = [len(story.turns) + 1] if not story.ended or swap else []
    first = story.first_ask.n if story.first_ask else 0
    wanted = [
        *after,
        *[n for n in fitting if n == first],
        *[n for n in asked if n in fitting][-2:],
        *fitting[-1:],
        *end,
    ]
    return list(dict.fromkeys(n for n in wanted if 1 <= n <= len(story.turns) + 1))[:5]


def _run(story: Story, n: int, length: int) -> list[Key]:
    call = story.past.call_before(n)
    steps: list[Draft | None] = []
    asked = call.given is not None
    for i in range(length):
        d = Drafting(story, None, story.rng(f"key:{n}:{i}"))
        if i == 0 and not asked:
            d.settle().ask_one()
        elif i == 0:
            d.take().ask_one() if call.uses.get(Move.ASK_SPECIFIC, 0) == 0 else d.take().ask_on(story.line_before(n))
        elif i == 1:
            d.take().ask_on("")
        elif i == 2:
            d.limits().take().ask_one()
        else:
            d.thank().commit().ask_on("")
        steps.append(d.done())
    return [Key(n, s.words, s.moves) for s in steps if s]


def _whole_call(story: Story) -> tuple[Key, ...]:
    """A call from the first line on, as a careful caller might hold it."""

    def line(name: str, build: object) -> Draft | None:
        d = Drafting(story, None, story.rng(f"whole:{name}"))
        build(d)  # type: ignore[operator]
        return d.done()

    drafts = [
        line("1", lambda d: d.who().moment()),
        line("2", lambda d: d.limits().settle().ask_one()),
        line("3", lambda d: d.take().ask_on("")),
        line("4", lambda d: d.thank().take().ask_one()),
        line("5", lambda d: d.take().commit().ask_on("")),
        line("6", lambda d: d.take().ask_one()),
        line("7", lambda d: d.goodbye()),
    ]
    return tuple(Key(i, d.words, d.moves) for i, d in enumerate(drafts, 1) if d)
