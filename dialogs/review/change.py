"""One thing to change: the moment that counted most, and a better line for it, tried out before it is shown.

Every turn is looked at for what it lacked; for each a line is drafted and the call is gone through again with it. The one that
opens furthest, or mends the worst, is spoken to an ear and held again in full: what is claimed is what came of that. When
nothing opens her further, the change says what was already right and picks the next moment to deepen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from dialogs.call import Outcome
from dialogs.hearing.heard import Aside
from dialogs.moves import ASKS, Move
from dialogs.practice import Ear, Turn
from dialogs.review.better import Draft, Drafting
from dialogs.review.cases import NOT_SAID, PUSH_OF, Build, cases
from dialogs.review.check import Check
from dialogs.review.quoting import (
    ASKING,
    PLAINLY_SETTLED,
    PUSHES,
    carries,
    grudging,
    hostile,
    shaped_as_question,
)
from dialogs.review.rehearsal import Key, Proof, Replay
from dialogs.review.sound import sound
from dialogs.review.story import MOST_QUOTED, Quote, Stage, Story
from dialogs.review.telling import told


@dataclass(frozen=True, slots=True)
class Change:
    """One line to say otherwise. `opens` is the level the call reaches with it, `further` whether that is more than it did.

    `line` is the candidate's own (no words: nothing was said); `moves` are what the better words do when they are
    heard. `fault` names the case; `deepen` and `later` are no faults.
    """

    turn: int
    line: Quote
    fault: str
    why: str
    better: str
    moves: tuple[Move, ...]
    opens: int
    further: bool
    gain: str
    open_to_correction: bool = False  # hearing may have been mistaken in this turn, and the why says so

    @property
    def key(self) -> Key:
        """The better line in its place, for holding the call again."""
        return Key(self.turn, self.better, self.moves, instead=True)


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
    "edge": 3.0, "rambling": 2.8, "never asked": 2.6, "left open": 0.4, "half thanks": 2.5, "too near": 2.4, "too early, told": 1.9, "too early": 0.6, "foreign": 1.5, "left early": 2.4, "again": 2.2, "unready": 2.0,
    "nothing said": 2.0, "hr": 1.8, "rang off": 1.6, "unclear": 1.5, "software": 1.5, "feeling": 1.4, "no name": 1.2,
    "not taken": 1.2, "broad": 1.0, "mend": 1.0, "no goodbye": 0.8, "no time": 0.5, "later": 0.1, "deepen": 0.0, "round off": -1.0,
}  # fmt: skip
"""How much a fault matters beside what mending it would open (two points a level)."""

MENDS: dict[str, str] = {
    "threat": "calm", "blame": "calm", "argue": "calm", "beg": "calm", "pry": "calm", "reception push": "calm",
    "never asked": "asked", "half thanks": "took", "left early": "onward", "again": "onward", "unready": "settled",
    "rang off": "parting", "no name": "name", "not taken": "took", "broad": "narrow", "no goodbye": "parting", "no time": "time",
    "too near": "settled", "nothing said": "name", "unclear": "name", "reception": "name", "hr": "settled", "too early": "patient",
    "too early, told": "patient", "foreign": "name",
}  # fmt: skip
"""Fault → the check it answers. A fault whose check is a yes is only shown when mending it opens further."""

DEEPER = ("deepen", "later", "round off")
ALWAYS = (
    "left open",
    "edge",
    "voicemail",
    "rambling",
    "mend",
    "feeling",
    "half thanks",
    "software",
    "foreign",
    "nothing said",
    "unclear",
    "reception",
)

_KINDNESS = {
    Outcome.WARM: 3, Outcome.NEUTRAL: 2, Outcome.VOICEMAIL: 2, Outcome.ABANDONED: 1, Outcome.COLD: 0, Outcome.CUT_OFF: -1,
}  # fmt: skip


def one_change(story: Story, found: tuple[Check, ...], ear: Ear | None = None) -> Change | None:
    """What to say otherwise, and what it would have come to; None when there is no turn to change."""
    failed = {check.key for check in found if not check.yes}
    if story.stage is Stage.VOICEMAIL and not failed and story.turns:
        return None  # a message with everything in it wants nothing
    for group in _groups(story, failed):
        for trial in sorted(group, key=lambda t: (-_worth(story, t), t.turn.n))[:4]:
            if change := _tried(story, trial, ear, failed):
                return change
    return None


def _groups(story: Story, failed: set[str]) -> Iterator[list[Trial]]:
    """What may be changed, the weightiest first. A group is only gone through when none before it had anything to say."""
    base = story.past.replay.highest

    def may_count(fault: str) -> bool:
        if story.dared:  # the call was there for it: what is shown is the same moment, held otherwise
            return fault in PUSH_OF
        return fault not in DEEPER and (base < story.could or fault in ALWAYS or MENDS.get(fault, "") in failed)

    asked_at = {turn.n for turn, _ in story.unheard}
    open_faults = [
        t
        for t in _trials(story, may_count)
        if _counts(t, failed, base)
        and (t.fault != "never asked" or not asked_at or t.turn.n in asked_at)  # shown where it was asked, if it was
    ]
    # Nothing is built on words that may have been misheard while there is anything else to say.
    yield [t for t in open_faults if not _doubted(story, t)]
    yield open_faults
    if story.dared:
        return
    yield list(_trials(story, DEEPER.__contains__))
    if story.stage is not Stage.VOICEMAIL:
        yield list(_trials(story, WEIGHTS.__contains__))


def _counts(trial: Trial, failed: set[str], base: int) -> bool:
    return trial.replay.highest > base or trial.fault in (*ALWAYS, *PUSH_OF) or MENDS.get(trial.fault, "") in failed


def _doubted(story: Story, trial: Trial) -> bool:
    """Whether this fault stands on words that may have been meant otherwise."""
    turn = trial.turn
    if turn.heard is NOT_SAID or turn.heard.aside:
        return False
    if trial.fault == "rambling":
        return False  # how long it was is beyond doubt
    if _unheard(story, trial):
        return True
    if trial.fault in PUSH_OF:
        return story.doubtful(turn, PUSH_OF[trial.fault])
    if story.in_doubt(turn) and not hostile(turn.said):
        return True
    if trial.fault in ("left early", "never asked") and not set(turn.moves) & ASKS:
        return any(shaped_as_question(s) for s in story.sentences(turn)) and Move.PERMISSION not in turn.moves
    if trial.fault == "unready" and any(PLAINLY_SETTLED.search(s) and not grudging(s) for s in story.sentences(turn)):
        return True
    return any(story.doubtful(turn, m) for m in ASKS & set(turn.moves))


def _unheard(story: Story, trial: Trial) -> bool:
    """Whether the fault is that no question came, where any reader sees one."""
    if trial.fault == "never asked":
        return bool(story.unheard)
    return trial.fault in MISSED and any(t.n == trial.turn.n for t, _ in story.unheard)


MISSED = ("left early", "left open", "hr", "unclear")
"""Faults beside \"never asked\" that stand on no question having been heard in the turn."""


def _worth(story: Story, trial: Trial) -> float:
    """A level gained is worth two; a kinder end and more trust a little."""
    base = story.past.replay
    gained = 2.0 * (trial.replay.highest - base.highest)
    kinder = 0.4 * (_KINDNESS[trial.replay.outcome] - _KINDNESS[base.outcome])
    trust = 0.2 * (trial.replay.call.trust - base.call.trust)
    return WEIGHTS[trial.fault] + gained + kinder + trust


def _tried(story: Story, trial: Trial, ear: Ear | None, failed: set[str]) -> Change | None:
    """The trial as a change, once its words are understood as they were meant: other words are tried before it is dropped."""
    n, base = trial.turn.n, story.past.replay.highest
    if ear is None:
        return _change(story, trial, trial.draft, trial.draft.moves, trial.replay, failed)
    best: tuple[Proof, Draft] | None = None
    for attempt in range(4):
        draft = _drafted(story, trial.turn, trial.fault, trial.build, attempt)
        if draft is None or _same(draft.words, trial.turn.said) or not sound(story, trial.turn, trial.fault, draft):
            continue
        key = Key(n, draft.words, draft.moves, instead=True)
        held = story.past.proof([key], ear)
        if held is None or held.highest < base:
            continue
        if held.highest >= trial.replay.highest:
            return _change(story, trial, draft, held.heard[0].moves, held, failed)
        if best is None or held.highest > best[0].highest:
            best = held, draft
    if best is None or (trial.replay.highest > base and best[0].highest == base):
        return None
    return _change(story, trial, best[1], best[0].heard[0].moves, best[0], failed)


def _change(
    story: Story, trial: Trial, draft: Draft, moves: tuple[Move, ...], came: Replay | Proof, failed: set[str]
) -> Change:
    turn, rng = trial.turn, story.rng("change")
    further = came.highest > max(story.past.replay.highest, story.opened)
    opens = max(came.highest, story.opened)
    angry = (Outcome.CUT_OFF, Outcome.COLD)
    calmer = story.outcome in angry and came.outcome not in angry
    missed = _unheard(story, trial)
    doubted = not missed and _doubted(story, trial)
    unsure = " I may have heard this turn wrongly: if it was meant otherwise, say so." if doubted else ""
    case = "unheard" if missed else trial.fault
    return Change(
        turn=turn.n,
        line=story.quote(turn, _telling(story, turn)),
        fault=trial.fault,
        why=told.why(story, turn, case, rng, failed=failed) + unsure,
        better=draft.words,
        moves=moves,
        opens=opens,
        further=further,
        gain=told.gain(story, trial.fault, opens, rng, further=further, calmer=calmer),
        open_to_correction=missed or doubted,
    )


def _telling(story: Story, turn: Turn) -> Move | None:
    """The move to quote a long turn by: what pushed, else what asked; short turns are quoted whole."""
    if len(turn.said.strip()) <= MOST_QUOTED:
        return None
    made = (m for m in (*PUSHES, *ASKING) if m in turn.moves)
    return next((m for m in made if carries(m, story.sentence_of(m, turn))), None)


# -- what could be said otherwise, turn by turn ----------------------------------------------------


def _trials(story: Story, wanted: Callable[[str], bool]) -> Iterator[Trial]:
    """Every turn with other words in it, for the faults that are wanted; none that would close what was open."""
    base = story.past.replay.highest
    for turn in (*story.turns, *_not_said(story)):
        if turn.heard.aside is Aside.DISTRESS:
            continue
        for fault, build in cases(story, turn):
            draft = _drafted(story, turn, fault, build, 0) if wanted(fault) else None
            if draft is None or _same(draft.words, turn.said):
                continue
            replay = story.past.with_keys([Key(turn.n, draft.words, draft.moves, instead=True)])
            if replay.highest >= base:
                yield Trial(turn, fault, draft, replay, build)


def _not_said(story: Story) -> Iterator[Turn]:
    """The turn that did not come: a call that was left waits for a next word. In distress nobody is asked for one."""
    last = story.turns[-1] if story.turns else story.pickup
    if not story.ended and not story.paused:
        yield replace(last, n=last.n + 1, said="", heard=NOT_SAID, phase_before=last.phase, rows=(), level=None)


def _drafted(story: Story, turn: Turn, fault: str, build: Build, attempt: int) -> Draft | None:
    rng = story.rng(f"{fault}:{turn.n}:{attempt}")
    drafting = Drafting(story, turn, rng, own=attempt < 3, plain=attempt >= 2)
    build(drafting)
    return drafting.done()


def _same(a: str, b: str) -> bool:
    return _MARKS.sub("", a.casefold()) == _MARKS.sub("", b.casefold())


_MARKS = re.compile(r"[\W_]+")
