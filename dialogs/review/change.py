"""One thing to change: the moment that counted most, and a better line for it, tried out before it is shown.

Every turn is looked at for what it lacked; for each a line is drafted and the call is gone through again with it. The one that
opens furthest, or mends the worst, is spoken to an ear and held again in full: what is claimed is what came of that. When
nothing opens her further, the change says what was already right and picks the next moment to deepen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from dialogs.call import RAMBLING_WORDS, Opening, Outcome, Phase
from dialogs.hearing.heard import Aside, Cue, Heard
from dialogs.moves import ASKS, Move
from dialogs.practice import Ear, Turn
from dialogs.review import phrases
from dialogs.review.better import Draft, Drafting
from dialogs.review.quoting import ASKING, PLAINLY_SETTLED, PUSHES, grudging, hostile, sentences, shaped_as_question
from dialogs.review.rehearsal import Key, Proof, Replay, proof
from dialogs.review.rubric import Check, number_in
from dialogs.review.story import MOST_QUOTED, Quote, Stage, Story
from dialogs.review.telling import told

Build = Callable[[Drafting], object]


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
    "edge": 3.0, "rambling": 2.8, "never asked": 2.6, "left open": 0.4, "half thanks": 2.5, "too near": 2.4, "left early": 2.4, "again": 2.2, "unready": 2.0,
    "nothing said": 2.0, "hr": 1.8, "rang off": 1.6, "unclear": 1.5, "software": 1.5, "feeling": 1.4, "no name": 1.2,
    "not taken": 1.2, "broad": 1.0, "mend": 1.0, "no goodbye": 0.8, "no time": 0.5, "later": 0.1, "deepen": 0.0, "round off": -1.0,
}  # fmt: skip
"""How much a fault matters beside what mending it would open (two points a level)."""

MENDS: dict[str, str] = {
    "threat": "calm", "blame": "calm", "argue": "calm", "beg": "calm", "pry": "calm", "reception push": "calm",
    "never asked": "asked", "half thanks": "took", "left early": "onward", "again": "onward", "unready": "settled",
    "rang off": "parting", "no name": "name", "not taken": "took", "broad": "narrow", "no goodbye": "parting", "no time": "time",
    "too near": "settled", "nothing said": "name", "unclear": "name", "reception": "name", "hr": "settled",
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
    base = story.past.replay.highest
    trials = [t for t in _trials(story) if t.replay.highest >= base]
    open_faults = [t for t in trials if t.fault not in DEEPER and _counts(t, failed, base)]
    # Nothing is built on words that may have been misheard while there is anything else to say.
    clear = [t for t in open_faults if not _doubted(story, t)]
    deeper = [t for t in trials if t.fault in DEEPER]
    message = story.stage is Stage.VOICEMAIL
    for group in (clear, open_faults, deeper, () if message else trials):
        for trial in sorted(group, key=lambda t: (-_worth(story, t), t.turn.n))[:4]:
            if change := _tried(story, trial, ear):
                return change
    return None


def _counts(trial: Trial, failed: set[str], base: int) -> bool:
    return trial.replay.highest > base or trial.fault in ALWAYS or MENDS.get(trial.fault, "") in failed


def _doubted(story: Story, trial: Trial) -> bool:
    """Whether this fault stands on words that may have been meant otherwise."""
    turn = trial.turn
    if turn.heard is NOT_SAID or turn.heard.aside:
        return False
    if trial.fault in PUSH_OF:
        return story.doubtful(turn, PUSH_OF[trial.fault])
    if story.in_doubt(turn) and not hostile(turn.said):
        return True
    if trial.fault in ("left early", "never asked") and not set(turn.moves) & ASKS:
        return any(shaped_as_question(s) for s in sentences(turn.said)) and Move.PERMISSION not in turn.moves
    if trial.fault == "unready" and any(PLAINLY_SETTLED.search(s) and not grudging(s) for s in sentences(turn.said)):
        return True
    return any(story.doubtful(turn, m) for m in ASKS & set(turn.moves))


PUSH_OF: dict[str, Move] = {
    "threat": Move.THREATEN, "blame": Move.ACCUSE, "argue": Move.ARGUE, "beg": Move.PLEAD, "pry": Move.PRY,
}  # fmt: skip
"""Fault → the move it is about."""


def _worth(story: Story, trial: Trial) -> float:
    """A level gained is worth two; a kinder end and more trust a little."""
    base = story.past.replay
    gained = 2.0 * (trial.replay.highest - base.highest)
    kinder = 0.4 * (_KINDNESS[trial.replay.outcome] - _KINDNESS[base.outcome])
    trust = 0.2 * (trial.replay.call.trust - base.call.trust)
    return WEIGHTS[trial.fault] + gained + kinder + trust


def _tried(story: Story, trial: Trial, ear: Ear | None) -> Change | None:
    """The trial as a change, once its words are understood as they were meant: other words are tried before it is dropped."""
    n, base = trial.turn.n, story.past.replay.highest
    if ear is None:
        return _change(story, trial, trial.draft, trial.draft.moves, trial.replay)
    best: tuple[Proof, Draft] | None = None
    for attempt in range(4):
        draft = _drafted(story, trial.turn, trial.fault, trial.build, attempt)
        if draft is None or _same(draft.words, trial.turn.said):
            continue
        key = Key(n, draft.words, draft.moves, instead=True)
        held = proof(story.scenario, story.seed, story.past.heard, [key], ear)
        if not held.clear or held.highest < base or not held.kept_asks([key]):
            continue
        if held.highest >= trial.replay.highest:
            return _change(story, trial, draft, held.heard[0].moves, held)
        if best is None or held.highest > best[0].highest:
            best = held, draft
    if best is None or (trial.replay.highest > base and best[0].highest == base):
        return None
    return _change(story, trial, best[1], best[0].heard[0].moves, best[0])


def _change(story: Story, trial: Trial, draft: Draft, moves: tuple[Move, ...], came: Replay | Proof) -> Change:
    turn, rng = trial.turn, story.rng("change")
    further = came.highest > max(story.past.replay.highest, story.opened)
    opens = max(came.highest, story.opened)
    angry = (Outcome.CUT_OFF, Outcome.COLD)
    calmer = story.outcome in angry and came.outcome not in angry
    unsure = " I may have heard this turn wrongly: if it was meant otherwise, say so." if _doubted(story, trial) else ""
    return Change(
        turn=turn.n,
        line=story.quote(turn, _telling(turn)),
        fault=trial.fault,
        why=told.why(story, turn, trial.fault, rng) + unsure,
        better=draft.words,
        moves=moves,
        opens=opens,
        further=further,
        gain=told.gain(story, trial.fault, opens, rng, further=further, calmer=calmer),
    )


def _telling(turn: Turn) -> Move | None:
    """The move to quote a long turn by: what pushed, else what asked; short turns are quoted whole."""
    if len(turn.said.strip()) <= MOST_QUOTED:
        return None
    return next((m for m in (*PUSHES, *ASKING) if m in turn.moves), None)


# -- what could be said otherwise, turn by turn ----------------------------------------------------


def _trials(story: Story) -> Iterator[Trial]:
    for turn in (*story.turns, *_not_said(story)):
        if turn.heard.aside is Aside.DISTRESS:
            continue
        for fault, build in _cases(story, turn):
            draft = _drafted(story, turn, fault, build, 0)
            if draft is None or _same(draft.words, turn.said):
                continue
            replay = story.past.with_keys([Key(turn.n, draft.words, draft.moves, instead=True)])
            yield Trial(turn, fault, draft, replay, build)


def _not_said(story: Story) -> Iterator[Turn]:
    """The turn that did not come: a call that was left waits for a next word. In distress nobody is asked for one."""
    last = story.turns[-1] if story.turns else story.pickup
    if not story.ended and not story.distressed:
        yield replace(last, n=last.n + 1, said="", heard=NOT_SAID, phase_before=last.phase, rows=(), level=None)


NOT_SAID = Heard(aside=Aside.SILENCE, words=0)


def _drafted(story: Story, turn: Turn, fault: str, build: Build, attempt: int) -> Draft | None:
    rng = story.rng(f"{fault}:{turn.n}:{attempt}")
    drafting = Drafting(story, turn, rng, own=attempt < 3, plain=attempt >= 2)
    build(drafting)
    return drafting.done()


def _same(a: str, b: str) -> bool:
    return "".join(c for c in a.casefold() if c.isalnum()) == "".join(c for c in b.casefold() if c.isalnum())


def _cases(story: Story, turn: Turn) -> Iterator[tuple[str, Build]]:
    if turn.heard is NOT_SAID and turn.phase_before not in (Phase.RECEPTION, Phase.VOICEMAIL):
        return _when_left(story, turn)
    if turn.phase_before is Phase.RECEPTION:
        return _at_reception(story, turn)
    if story.stage is Stage.VOICEMAIL:
        return _on_the_machine(turn)
    return _with_manager(story, turn)


def _on_the_machine(turn: Turn) -> Iterator[tuple[str, Build]]:
    if turn.n == 1:
        yield "voicemail", _message


def _message(d: Drafting) -> None:
    d.keep(question=True).who()
    if not d.moves & (ASKS | {Move.DOOR}):
        d.ask_one()
    number = next((found for t in d.story.turns if (found := number_in(t.said))), "")
    if not number_in(" ".join(d.parts)):
        d.add(f"My number is {number}." if number else "My number is … (slowly, and twice).")
    if not any({Move.THANK, Move.CLOSE} & set(t.moves) for t in d.story.turns if t is not d.turn):
        d.goodbye()


def _at_reception(story: Story, turn: Turn) -> Iterator[tuple[str, Build]]:
    push = {Move.ARGUE, Move.ACCUSE, Move.THREATEN, Move.PLEAD} & set(turn.moves)
    if push or Move.INTRODUCE not in turn.moves:
        m = story.scenario.manager
        yield "reception push" if push else "reception", lambda d: d.keep().who().add(f"Is {m} free for a minute?")


def _with_manager(story: Story, turn: Turn) -> Iterator[tuple[str, Build]]:
    call, made = story.past.call_before(turn.n), set(turn.moves)
    known = turn.phase_before is not Phase.PICKUP
    answered = call.given is not None
    her = story.line_before(turn.n)

    def opening(d: Drafting) -> Drafting:
        return d.keep() if known else d.keep().who()

    def ready(d: Drafting) -> object:
        return opening(d).settle().ask_one()

    def onward(d: Drafting) -> object:
        return opening(d).take().ask_on(her)

    ask = onward if answered else ready
    push = _surest_push(story, turn)
    if turn.phase_before in (Phase.CLOSING, Phase.GUARDED):
        yield from _when_closing(story, turn, made)
        return
    if push:
        yield push, ask
        return
    if turn.heard.aside in (Aside.SILENCE, Aside.SOFTWARE, Aside.FOREIGN) or (
        made == {Move.OTHER} and not turn.heard.wary
    ):
        fault = "nothing said" if turn.heard.aside is Aside.SILENCE else "software" if turn.heard.aside else "unclear"
        yield fault, (ask if known else lambda d: d.who().moment())
        return
    if turn.heard.aside is Aside.HANG_UP:
        yield "left early" if answered and (call.given or 0) < story.could else "left open", ask
        yield "rang off", lambda d: d.goodbye()
        return
    if turn.heard.wary and (hostile(turn.said) or made <= {Move.OTHER, Move.VENT}):
        yield "edge", ask
    if turn.heard.words > RAMBLING_WORDS:
        yield "rambling", ask
    if any(t is turn for t, _ in story.half_meant):
        yield "half thanks", (lambda d: opening(d).take().thank()) if answered else (lambda d: opening(d).settle())
    if made & {Move.VENT} and made & ASKS:
        yield "feeling", ask
    if made & ASKS:
        yield from _when_asking(story, turn, answered=answered, known=known, opening=opening)
    else:
        yield from _when_not_asking(story, turn, answered=answered, known=known, opening=opening)


def _when_left(story: Story, turn: Turn) -> Iterator[tuple[str, Build]]:
    """The call stopped in the middle: what the next word might have been."""
    call, her = story.past.call_before(turn.n), story.line_before(turn.n)
    reply = phrases.REPLY[0] if call.question_open else ""
    if turn.phase_before is Phase.PICKUP:
        yield "left open", lambda d: d.who().moment()
    elif turn.phase_before is Phase.GUARDED:
        yield "left open", lambda d: d.sorry()
    elif turn.phase_before is Phase.CLOSING or (call.given or 0) >= story.could > 0:
        yield "left open", lambda d: d.goodbye()
    elif call.given is None:
        yield "left open", lambda d: (d.limits() if call.deflected else d.reply(reply)).settle().ask_one()
    else:
        yield "left open", lambda d: d.reply(reply).take().ask_on(her)


def _when_closing(story: Story, turn: Turn, made: set[Move]) -> Iterator[tuple[str, Build]]:
    """The shutters are down, or she is on her way out: only an apology or a goodbye fits."""
    push = _surest_push(story, turn)
    if turn.phase_before is Phase.GUARDED and not story.past.call_before(turn.n).mended:
        yield push or "mend", lambda d: d.keep().sorry()
    elif push or not {Move.THANK, Move.CLOSE} <= made:
        rang_off = turn.heard.aside is Aside.HANG_UP
        yield push or ("rang off" if rang_off else "no goodbye"), lambda d: d.keep().goodbye()


def _when_asking(
    story: Story, turn: Turn, *, answered: bool, known: bool, opening: Callable[[Drafting], Drafting]
) -> Iterator[tuple[str, Build]]:
    call, made = story.past.call_before(turn.n), set(turn.moves)
    scenes = {row.split(" (")[0] for row in turn.rows}
    her = story.line_before(turn.n)
    softened = bool(call.count(Move.ACCEPT, Move.REASSURE)) or bool(made & {Move.ACCEPT, Move.REASSURE})
    if answered:
        if scenes & {"again", "no_more"}:
            yield "again", lambda d: opening(d).take().ask_on(her)
        elif "avoid" in scenes:
            yield "too near", lambda d: opening(d).take().ask_one(aside=True)
        elif not call.softened_since and not made & {Move.ACCEPT, Move.REASSURE}:
            yield "not taken", lambda d: opening(d).take().ask_on(her)
        return
    if not known and Move.INTRODUCE not in made:
        yield "no name", lambda d: opening(d).settle().ask_one()
    if "avoid" in scenes:
        yield "too near", lambda d: opening(d).settle().ask_one(aside=True)
    elif call.deflected:
        yield "hr", lambda d: opening(d).limits().settle().ask_one()
    elif not softened:
        yield "unready", lambda d: opening(d).settle().ask_one()
    elif made & ASKS == {Move.ASK_OPEN}:
        yield "broad", lambda d: opening(d).settle().ask_one()


def _when_not_asking(
    story: Story, turn: Turn, *, answered: bool, known: bool, opening: Callable[[Drafting], Drafting]
) -> Iterator[tuple[str, Build]]:
    call, made = story.past.call_before(turn.n), set(turn.moves)
    her = story.line_before(turn.n)
    last = turn is story.turns[-1]
    early = story.scenario.opening is Opening.TOO_EARLY
    if answered and not early and (call.given or 0) < story.scenario.hidden.ceiling:
        yield "left early", lambda d: opening(d).take().ask_on(her)
    if call.deflected and not answered:
        yield "hr", lambda d: opening(d).limits().settle().ask_one()
    waits = Move.PERMISSION in made and len(story.turns) > 1  # whoever asks for a moment waits for the answer
    if (
        not answered
        and not waits
        and story.first_answer is None
        and (known or (Move.INTRODUCE in made and len(story.turns) < 3))
    ):
        yield "never asked", lambda d: opening(d).settle().ask_one()
    if not answered and turn.n == 1 and Move.PERMISSION not in made and Move.CLOSE not in made:
        yield "no time", lambda d: opening(d).moment()
    if last and turn.ended and not {Move.THANK, Move.CLOSE} <= made:
        yield "no goodbye", lambda d: d.keep(close=True).goodbye()
    if answered and not story.made(Move.COMMIT) and (call.given or 0) >= 2 and story.scenario.reason in TO_WORK_ON:
        yield "deepen", lambda d: d.keep(close=True).commit()
    if answered and not story.made(Move.DOOR):
        yield "later", lambda d: d.keep(close=True).door()
    elif last:
        yield "round off", lambda d: d.keep(close=True).helped()


def _push(made: set[Move]) -> str:
    return next((fault for fault, move in PUSH_OF.items() if move in made), "")


TO_WORK_ON = {
    "years", "certificate", "qualification", "answers", "unquantified", "exit story", "unprepared", "interest", "application",
    "presentation", "faux pas",
}  # fmt: skip
"""Reasons of which one can say what one will do about them; to a budget cut that would be an odd thing to say."""


def _surest_push(story: Story, turn: Turn) -> str:
    """The gravest push of this turn that is beyond doubt; else the gravest."""
    sure = {m for m in turn.moves if not story.doubtful(turn, m)}
    return _push(sure) or _push(set(turn.moves))


__all__ = ["Change", "Cue", "Trial", "one_change"]
