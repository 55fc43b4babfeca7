"""One thing to change: the moment that counted most, and a better line for it, tried out before it is shown.

Every turn is looked at for what it lacked; for each a line is drafted and the call is gone through again with it. The one that
opens furthest, or mends the worst, is spoken to an ear and held again in full: what is claimed is what came of that. When
nothing opens her further, the change says what was already right and picks the next moment to deepen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from dialogs.call import Outcome
from dialogs.hearing.heard import Aside
from dialogs.moves import ASKS, Move
from dialogs.practice import Ear, Turn
from dialogs.review.cases import NOT_SAID, PUSH_OF
from dialogs.review.check import Check
from dialogs.review.draft import Draft
from dialogs.review.grace import unheard_goodbye, unheard_thanks
from dialogs.review.quote import MOST_QUOTED, Quote
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
from dialogs.review.story import Stage, Story
from dialogs.review.telling import told
from dialogs.review.trials import WEIGHTS, Trial, Trials, drafted, same


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
    rang_off: bool = False  # nothing was said here because the line went dead

    @property
    def key(self) -> Key:
        """The better line in its place, for holding the call again."""
        return Key(self.turn, self.better, self.moves, instead=True)


MENDS: dict[str, str] = {
    "threat": "calm", "blame": "calm", "argue": "calm", "beg": "calm", "pry": "calm", "reception push": "calm",
    "never asked": "asked", "half thanks": "took", "left early": "onward", "again": "onward", "unready": "settled",
    "rang off": "parting", "no name": "name", "not taken": "took", "broad": "narrow", "no goodbye": "parting", "no time": "time",
    "too near": "settled", "nothing said": "name", "unclear": "name", "reception": "name", "hr": "settled", "too early": "patient",
    "too early, told": "patient", "foreign": "name", "past the hint": "onward",
}  # fmt: skip
"""Fault → the check it answers. A fault whose check is a yes is only shown when mending it opens further."""

DEEPER = ("deepen", "later", "round off")
ALWAYS = (
    "left open",
    "all told",
    "plan beside",
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


def one_change(story: Story, found: tuple[Check, ...], ear: Ear | None = None) -> Change | None:
    """What to say otherwise, and what it would have come to; None when there is no turn to change."""
    failed = {check.key for check in found if not check.yes}
    if story.stage is Stage.VOICEMAIL and not failed and story.turns:
        return None  # a message with everything in it wants nothing
    if story.undared:
        return None  # politeness is no fault, and a politer line not what the call is there for: what could be dared is told
    for group in _groups(story, failed):
        for trial in islice(group, MOST_TRIED):
            if change := _tried(story, trial, ear, failed):
                return change
    return None


MOST_TRIED = 4  # of a group: what is worth less than the fourth does not get said because three others did not work


def _groups(story: Story, failed: set[str]) -> Iterator[Iterator[Trial]]:
    """What may be changed, the weightiest first. A group is only gone through when none before it had anything to say."""
    base, trials = story.past.replay.highest, Trials(story)

    def silent(turn: Turn, fault: str) -> bool:
        # An empty line may be a slip of the finger: only where there is nothing else is it the thing to change.
        return fault == "nothing said" and turn.heard.aside is Aside.SILENCE and bool(story.spoken)

    asked_at = {turn.n for turn, _ in story.unheard}

    def may_count(turn: Turn, fault: str) -> bool:
        if silent(turn, fault):
            return False
        if story.dared:  # the call was there for it: what is shown is the same moment, held otherwise
            return fault in PUSH_OF
        if fault == "never asked" and asked_at and turn.n not in asked_at:
            return False  # shown where it was asked, if it was
        return fault not in DEEPER and (base < story.could or fault in ALWAYS or MENDS.get(fault, "") in failed)

    def counts(trial: Trial) -> bool:
        opens = trial.replay.highest > base
        return opens or trial.fault in (*ALWAYS, *PUSH_OF) or MENDS.get(trial.fault, "") in failed

    # Nothing is built on words that may have been misheard while there is anything else to say.
    yield filter(
        counts, trials.best_first(lambda turn, fault: may_count(turn, fault) and not _doubted(story, turn, fault))
    )
    yield filter(counts, trials.best_first(may_count))
    if story.dared:
        return
    yield trials.best_first(lambda _, fault: fault in DEEPER)
    if story.stage is not Stage.VOICEMAIL:
        yield trials.best_first(lambda turn, fault: fault in WEIGHTS and not silent(turn, fault))
        yield trials.best_first(silent)


def _doubted(story: Story, turn: Turn, fault: str) -> bool:
    """Whether this fault stands on words that may have been meant otherwise."""
    if turn.heard is NOT_SAID or turn.heard.aside:
        return False
    if fault == "rambling":
        return False  # how long it was is beyond doubt
    if _unheard(story, turn, fault):
        return True
    if fault in PUSH_OF:
        return story.doubtful(turn, PUSH_OF[fault])
    if fault == "no goodbye" and (unheard_thanks(story, [turn]) or unheard_goodbye(story, [turn])):
        return True
    if story.in_doubt(turn) and not hostile(turn.said):
        return True
    if fault in ("left early", "never asked") and not set(turn.moves) & ASKS:
        door = (
            story.sentence_of(Move.DOOR, turn) if Move.DOOR in turn.moves else ""
        )  # asked about later on, and heard so
        asked = (s for s in story.sentences(turn) if s != door)
        return any(map(shaped_as_question, asked)) and Move.PERMISSION not in turn.moves
    if fault == "unready" and any(PLAINLY_SETTLED.search(s) and not grudging(s) for s in story.sentences(turn)):
        return True
    return any(story.doubtful(turn, m) for m in ASKS & set(turn.moves))


def _unheard(story: Story, turn: Turn, fault: str) -> bool:
    """Whether the fault is that no question came, where any reader sees one."""
    if fault == "never asked":
        return bool(story.unheard)
    return fault in MISSED and any(t.n == turn.n for t, _ in story.unheard)


MISSED = ("left early", "left open", "hr", "unclear")
"""Faults beside \"never asked\" that stand on no question having been heard in the turn."""


def _tried(story: Story, trial: Trial, ear: Ear | None, failed: set[str]) -> Change | None:
    """The trial as a change, once its words are understood as they were meant: other words are tried before it is dropped."""
    n, base = trial.turn.n, story.past.replay.highest
    if ear is None:
        return _change(story, trial, trial.draft, trial.draft.moves, trial.replay, failed)
    best: tuple[Proof, Draft] | None = None
    for attempt in range(4):
        draft = drafted(story, trial.turn, trial.fault, trial.build, attempt)
        if draft is None or same(draft.words, trial.turn.said) or not sound(story, trial.turn, trial.fault, draft):
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
    missed = _unheard(story, turn, trial.fault)
    doubted = not missed and _doubted(story, turn, trial.fault)
    unsure = " I may have heard this turn wrongly: if it was meant otherwise, say so." if doubted else ""
    asks = {*ASKS, Move.DOOR} & set(moves)
    case = "unheard" if missed else trial.fault
    return Change(
        turn=turn.n,
        line=story.quote(turn, None if trial.fault == "rambling" else _telling(story, turn)),
        fault=trial.fault,
        why=told.why(story, turn, case, rng, failed=failed) + unsure,
        better=draft.words,
        moves=moves,
        opens=opens,
        further=further,
        gain=told.gain(story, trial.fault, opens, rng, further=further, calmer=calmer, asks=bool(asks)),
        open_to_correction=missed or doubted,
        rang_off=turn.heard.aside is Aside.HANG_UP,
    )


def _telling(story: Story, turn: Turn) -> Move | None:
    """The move to quote a long turn by: what pushed, else what asked; short turns are quoted whole."""
    if len(turn.said.strip()) <= MOST_QUOTED:
        return None
    made = (m for m in (*PUSHES, *ASKING) if m in turn.moves)
    return next((m for m in made if carries(m, story.sentence_of(m, turn))), None)
