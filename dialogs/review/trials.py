"""What could be said otherwise, turn by turn, gone through: the weightiest first, and no more of it than is looked at.

    for trial in Trials(story).best_first(lambda turn, fault: …): trial.draft, trial.replay

What a trial is worth is known once the call was held again with it. What it can be worth at most is known before: a level an answer, the
kindest end, all trust. So whatever cannot come first is neither drafted nor held.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush

from dialogs.call import HIGHEST_TRUST, Outcome
from dialogs.hearing.heard import Aside
from dialogs.moves import ASKS
from dialogs.patterns import lazy
from dialogs.practice import Turn
from dialogs.review.better import Drafting
from dialogs.review.cases import NOT_SAID, Build, cases
from dialogs.review.draft import Draft
from dialogs.review.rehearsal import Key, Replay
from dialogs.review.story import Story


@dataclass(frozen=True, slots=True)
class Trial:
    """A draft that was gone through: what it would have come to. `build` drafts it anew in other words."""

    turn: Turn
    fault: str
    draft: Draft
    replay: Replay
    build: Build


WEIGHTS: dict[str, float] = {
    "threat": 6.0, "blame": 5.0, "argue": 4.0, "beg": 3.0, "pry": 2.5, "reception push": 4.0, "reception": 3.0, "voicemail": 2.0,
    "edge": 3.0, "rambling": 2.8, "never asked": 2.6, "left open": 0.4, "half thanks": 2.5, "too near": 2.4, "past the hint": 2.0, "all told": 1.4, "plan beside": 1.3, "too early, told": 1.9, "too early": 0.6, "foreign": 1.5, "left early": 2.4, "again": 2.2, "unready": 2.0,
    "nothing said": 2.0, "hr": 1.8, "rang off": 1.6, "unclear": 1.5, "software": 1.5, "feeling": 1.4, "no name": 1.2,
    "not taken": 1.2, "broad": 1.0, "mend": 1.0, "no goodbye": 0.8, "no time": 0.5, "later": 0.1, "deepen": 0.0, "round off": -1.0,
}  # fmt: skip
"""How much a fault matters beside what mending it would open."""

LATE = ("deepen", "later", "round off")
"""What is no fault, and belongs to the end of a call: of two places that are worth the same, the later one."""

A_LEVEL, A_KINDER_END, TRUST = 2.0, 0.4, 0.2
"""What a level more is worth beside that, a step to a kinder end, and a point of trust."""

_KINDNESS = {
    Outcome.WARM: 3, Outcome.NEUTRAL: 2, Outcome.VOICEMAIL: 2, Outcome.ABANDONED: 1, Outcome.COLD: 0, Outcome.CUT_OFF: -1,
}  # fmt: skip
_KINDEST = max(_KINDNESS.values())


class Trials:
    """The cases of every turn of one call; each is drafted and held once, if it comes to that."""

    def __init__(self, story: Story) -> None:
        self._story = story
        turns = (t for t in (*story.turns, *_not_said(story)) if t.heard.aside is not Aside.DISTRESS)
        self._cases = [(turn, fault, build) for turn in turns for fault, build in cases(story, turn)]
        self._held: dict[int, Trial | None] = {}

    def best_first(self, wanted: Callable[[Turn, str], bool]) -> Iterator[Trial]:
        """The cases that are wanted with other words in them, what is worth most first; none that would close what was open."""
        waiting: list[tuple[float, bool, int, int, Trial | None]] = []

        def place(turn: Turn, fault: str) -> int:
            return -turn.n if fault in LATE else turn.n

        for i, (turn, fault, _) in enumerate(self._cases):
            if wanted(turn, fault):
                heappush(waiting, (-self._worth_at_most(turn, fault), False, place(turn, fault), i, None))
        while waiting:
            *_, n, i, trial = heappop(waiting)
            if trial is not None:
                yield trial
            elif found := self._trial(i):
                heappush(waiting, (-self._worth(found), True, n, i, found))

    def _trial(self, i: int) -> Trial | None:
        if i not in self._held:
            self._held[i] = self._hold(*self._cases[i])
        return self._held[i]

    def _hold(self, turn: Turn, fault: str, build: Build) -> Trial | None:
        draft, past = drafted(self._story, turn, fault, build, 0), self._story.past
        if draft is None or same(draft.words, turn.said):
            return None
        came = past.with_keys([Key(turn.n, draft.words, draft.moves, instead=True)])
        return Trial(turn, fault, draft, came, build) if came.highest >= past.replay.highest else None

    def _worth(self, trial: Trial) -> float:
        base, came = self._story.past.replay, trial.replay
        gained = A_LEVEL * (came.highest - base.highest)
        kinder = A_KINDER_END * (_KINDNESS[came.outcome] - _KINDNESS[base.outcome])
        return WEIGHTS[trial.fault] + gained + kinder + TRUST * (came.call.trust - base.call.trust)

    def _worth_at_most(self, turn: Turn, fault: str) -> float:
        """The same for the best that can come of it: every question from this turn on gets one level more."""
        story, base = self._story, self._story.past.replay
        given = story.past.call_before(turn.n).given
        questions = 1 + sum(1 for t in story.turns if t.n > turn.n and ASKS & set(t.heard.moves))
        highest = min(story.could, questions + (story.scenario.hidden.start if given is None else given))
        gained = A_LEVEL * max(0, highest - base.highest)
        kinder = A_KINDER_END * (_KINDEST - _KINDNESS[base.outcome])
        return WEIGHTS[fault] + gained + kinder + TRUST * (HIGHEST_TRUST - base.call.trust)


def drafted(story: Story, turn: Turn, fault: str, build: Build, attempt: int) -> Draft | None:
    """The better line for a case; each attempt in other words, the last without any of the candidate's own."""
    rng = story.rng(f"{fault}:{turn.n}:{attempt}")
    drafting = Drafting(story, turn, rng, own=attempt < 3, plain=attempt >= 2)
    build(drafting)
    return drafting.done()


def _not_said(story: Story) -> Iterator[Turn]:
    """The turn that did not come: a call that was left waits for a next word. In distress nobody is asked for one."""
    last = story.turns[-1] if story.turns else story.pickup
    if not story.ended and not story.paused:
        yield last._replace(n=last.n + 1, said="", heard=NOT_SAID, phase_before=last.phase, rows=(), level=None)


def same(a: str, b: str) -> bool:
    """Whether two lines are the same words."""
    return _MARKS.sub("", a.casefold()) == _MARKS.sub("", b.casefold())


_MARKS = lazy(r"[\W_]+")
