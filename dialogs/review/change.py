"""One thing to change: the moment that counted most, and a better line for it, tried out before it is shown.

Every turn is looked at for what it lacked; for each a line is drafted and the call is gone through again with it. The one that
opens furthest, or mends the worst, is shown. When nothing opens her further, the change says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dialogs.call import Outcome, Phase
from dialogs.hearing.heard import Aside
from dialogs.moves import ASKS, Move
from dialogs.practice import Ear, Practice, Turn
from dialogs.review.better import Draft, Drafting
from dialogs.review.rehearsal import Replay, heard_as
from dialogs.review.story import Quote, Stage, Story
from dialogs.review.telling import told

Build = Callable[[Drafting], object]


@dataclass(frozen=True, slots=True)
class Change:
    """One line to say otherwise. `opens` is the level the call reaches with it, `further` whether that is more than it did.

    `line` is the candidate's own (empty words: nothing was said); `moves` are what the better words do; `instead` is false when
    the better line is added before turn `turn` rather than put in its place. `fault` names the case.
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
    instead: bool = True


@dataclass(frozen=True, slots=True)
class Trial:
    """A draft that was gone through: what it would have come to."""

    turn: Turn
    fault: str
    weight: float
    draft: Draft
    replay: Replay
    instead: bool = True


WEIGHTS: dict[str, float] = {
    "threat": 6.0, "blame": 5.0, "argue": 4.0, "beg": 3.0, "pry": 2.5, "reception": 3.0, "reception push": 4.0,
    "unready": 2.0, "again": 2.2, "too near": 2.4, "nothing said": 2.0, "unclear": 1.5, "software": 1.5, "never asked": 2.6,
    "rambling": 1.6, "left early": 2.4, "no name": 1.2, "feeling": 1.4, "half thanks": 2.5, "rang off": 1.6, "mend": 1.0,
    "not taken": 1.2, "broad": 1.0, "no goodbye": 0.8, "no time": 0.5, "hr": 1.8, "early": 1.0, "deepen": 0.0, "door": 0.1,
    "voicemail": 2.0,
}  # fmt: skip
"""How much a fault matters beside what mending it would open (two points a level)."""

_KINDNESS = {
    Outcome.WARM: 3,
    Outcome.NEUTRAL: 2,
    Outcome.VOICEMAIL: 2,
    Outcome.ABANDONED: 1,
    Outcome.COLD: 0,
    Outcome.CUT_OFF: -1,
}


def one_change(story: Story, ear: Ear | None = None) -> Change | None:
    """What to say otherwise, and what it would have come to; None when nobody could be spoken to."""
    trials = [t for t in _trials(story) if t.replay.highest >= story.past.replay.highest]
    trials.sort(key=lambda t: (-_worth(story, t), t.turn.n))
    for trial in trials[:4]:
        if ear is None or _holds(story, trial, ear):
            return _change(story, trial)
    return None


def _worth(story: Story, trial: Trial) -> float:
    """A level gained is worth two; a kinder end and more trust a little; a line that is all new costs a little."""
    base = story.past.replay
    gained = 2.0 * (trial.replay.highest - base.highest)
    kinder = 0.4 * (_KINDNESS[trial.replay.outcome] - _KINDNESS[base.outcome])
    trust = 0.2 * (trial.replay.call.trust - base.call.trust)
    return trial.weight + gained + kinder + trust


def _holds(story: Story, trial: Trial, ear: Ear) -> bool:
    """Whether the words, heard by this ear, open as far as the moves they were written for."""
    n = trial.turn.n
    practice = Practice.rebuild(story.scenario, story.seed, story.past.heard[: n - 1])
    heard = ear(trial.draft.words, practice.cue)
    replay = story.past.instead(n, heard) if trial.instead else story.past.inserted(n, (heard,))
    return replay.highest >= trial.replay.highest and not heard.wary and not heard.aside


def _change(story: Story, trial: Trial) -> Change:
    opens = max(trial.replay.highest, story.opened if trial.replay.highest == story.past.replay.highest else 0)
    further = trial.replay.highest > max(story.past.replay.highest, story.opened)
    rng = story.rng("change")
    return Change(
        turn=trial.turn.n,
        line=Quote(trial.turn.n, trial.turn.said.strip()),
        fault=trial.fault,
        why=told.why(story, trial.turn, trial.fault, rng),
        better=trial.draft.words,
        moves=trial.draft.moves,
        opens=opens,
        further=further,
        gain=told.gain(story, opens, further, rng),
        instead=trial.instead,
    )


# -- what could be said otherwise, turn by turn ----------------------------------------------------


def _trials(story: Story) -> Iterator[Trial]:
    cases = {Stage.MANAGER: _with_manager, Stage.RECEPTION: _at_reception, Stage.VOICEMAIL: _on_the_machine}[
        story.stage
    ]
    for turn in story.turns:
        if turn.heard.aside is Aside.DISTRESS:
            continue
        for fault, build in _at_reception(story, turn) if turn.phase_before is Phase.RECEPTION else cases(story, turn):
            drafting = Drafting(story, turn, story.rng(f"{fault}:{turn.n}"))
            build(drafting)
            draft = drafting.done()
            if draft is None or _same(draft.words, turn.said):
                continue
            heard = draft.heard
            yield Trial(turn, fault, WEIGHTS[fault], draft, story.past.instead(turn.n, heard))


def _same(a: str, b: str) -> bool:
    return "".join(c for c in a.casefold() if c.isalnum()) == "".join(c for c in b.casefold() if c.isalnum())


def _on_the_machine(story: Story, turn: Turn) -> Iterator[tuple[str, Build]]:
    if turn.n == 1:
        yield "voicemail", lambda d: _message(d)


def _message(d: Drafting) -> None:
    from dialogs.review.rubric import number_in

    d.keep(asks=True)
    d.who()
    if not d.moves & (ASKS | {Move.DOOR}):
        d.ask_one()
    number = next((found for t in d.story.turns if (found := number_in(t.said))), "")
    if not number_in(" ".join(d.parts)):
        d.add(f"My number is {number}." if number else "My number is … (say it twice, slowly).")
    d.goodbye()


def _at_reception(story: Story, turn: Turn) -> Iterator[tuple[str, Build]]:
    push = {Move.ARGUE, Move.ACCUSE, Move.THREATEN, Move.PLEAD} & set(turn.moves)
    if push or Move.INTRODUCE not in turn.moves:
        yield (
            "reception push" if push else "reception",
            lambda d: (
                d.keep().who().add(f"Could you put me through to {story.scenario.manager}, please?", Move.PERMISSION)
            ),
        )


def _with_manager(story: Story, turn: Turn) -> Iterator[tuple[str, Build]]:
    call = story.past.call_before(turn.n)
    made = set(turn.moves)
    before = turn.phase_before
    known = before is not Phase.PICKUP
    answered = call.given is not None
    her = story.line_before(turn.n)
    scenes = {row.split(" (")[0] for row in turn.rows}

    def opening(d: Drafting) -> Drafting:
        d.keep()
        if not known:
            d.who()
        return d

    def ready(d: Drafting) -> object:
        return opening(d).settle().ask_one()

    def onward(d: Drafting) -> object:
        return opening(d).take().ask_on(her)

    ask = onward if answered else ready
    if before is Phase.CLOSING:
        if not {Move.THANK, Move.CLOSE} <= made or made & {Move.ARGUE, Move.ACCUSE, Move.THREATEN}:
            yield (
                _push(made) or ("rang off" if turn.heard.aside is Aside.HANG_UP else "no goodbye"),
                lambda d: d.keep().goodbye(),
            )
        return
    if before is Phase.GUARDED:
        yield _push(made) or "mend", lambda d: d.keep().sorry()
        return
    if fault := _push(made):
        yield fault, ask
        return
    if turn.heard.aside in (Aside.SILENCE, Aside.SOFTWARE, Aside.FOREIGN) or made == {Move.OTHER}:
        named = "nothing said" if turn.heard.aside is Aside.SILENCE else "software" if turn.heard.aside else "unclear"
        yield named, (ask if known else lambda d: d.who().moment())
        if not known:
            yield named, ready
        return
    if turn.heard.aside is Aside.HANG_UP:
        yield (
            "left early" if call.given is not None and call.given < story.could else "rang off",
            (onward if answered else ready),
        )
        yield "rang off", lambda d: d.goodbye()
        return
    if turn.heard.words > 70:
        yield "rambling", ask
    if any(t is turn for t, _ in story.half_meant):
        yield "half thanks", lambda d: (opening(d).take() if answered else opening(d).settle()).thank()
    if made & {Move.VENT, Move.PLEAD} and made & ASKS:
        yield "feeling", ask
    asks = bool(made & ASKS)
    if asks and not answered:
        if "avoid" in scenes:
            yield "too near", ready
        if "email_hr" in scenes:
            yield "hr", lambda d: opening(d).limits().settle().ask_one()
        if not call.count(Move.ACCEPT, Move.REASSURE) and not made & {Move.ACCEPT, Move.REASSURE}:
            yield "unready", ready
        elif Move.ASK_OPEN in made:
            yield "broad", ready
    if asks and answered:
        if "again" in scenes or "no_more" in scenes:
            yield "again", onward
        elif "avoid" in scenes:
            yield "too near", lambda d: opening(d).take().add(d.pick(_ASIDE), Move.ASK_SPECIFIC)
        elif not call.softened_since and not made & {Move.ACCEPT, Move.REASSURE}:
            yield "not taken", lambda d: opening(d).take().ask_on(her)
    if not asks and answered and (call.given or 0) < story.could:
        yield "left early", onward
    if not asks and not answered and story.first_answer is None and (known or Move.INTRODUCE in made):
        yield "never asked", ready
    if asks and not known and Move.INTRODUCE not in made:
        yield "no name", ready
    if not asks and not answered and known and before is Phase.OPENING and Move.PERMISSION not in made:
        yield "no time", lambda d: d.keep(close=True).moment()
    if turn is story.turns[-1] and turn.ended and not {Move.THANK, Move.CLOSE} <= made:
        yield "no goodbye", lambda d: d.keep(asks=True, close=True).goodbye()
    if answered and (call.given or 0) >= 2 and not made & {Move.COMMIT} and not asks:
        yield "deepen", lambda d: d.keep(close=True).take().commit()
    if answered and not made & {Move.DOOR} and Move.CLOSE in made and not call.uses.get(Move.DOOR):
        yield "door", lambda d: d.keep().take().door()
    if turn is story.turns[-1] and not made & ASKS and turn.ended:
        yield "door", lambda d: d.keep(close=True).door().goodbye()


_ASIDE = (
    "Could you tell me one thing I should practise instead?",
    "What one thing would you work on first in my place?",
)


def _push(made: set[Move]) -> str:
    for move, fault in (
        (Move.THREATEN, "threat"), (Move.ACCUSE, "blame"), (Move.ARGUE, "argue"), (Move.PLEAD, "beg"), (Move.PRY, "pry"),
    ):  # fmt: skip
        if move in made:
            return fault
    return ""


__all__ = ["Change", "Trial", "heard_as", "one_change"]
