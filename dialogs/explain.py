"""Why a turn went as it did, in words a layperson reads: what was heard, which rule fired, how the manager's mood moved.

    for line in explain(turn): …                          # during a call: nothing of the hidden reason
    for line in explain(turn, turns, scenario): …         # after it: also why the answer went so far and no further

`explain_call` does the same for a whole call. Numbers are the ones on the turn; where each came from is read off FEEL (docs/rules.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from dialogs import manager
from dialogs.call import (
    FEEL,
    MINUTES_A_TURN,
    PUSHES,
    RAMBLING_WORDS,
    SHARE_BY_USE,
    TABLE,
    WORDS_A_MINUTE,
    Call,
    Phase,
    share_of_cost,
)
from dialogs.counted_moves import blames_hard, felt_moves
from dialogs.hearing.heard import Aside, Heard
from dialogs.levels import LEVEL_WORDS
from dialogs.moves import Move
from dialogs.plain_words import ASIDES, DID, TOUCHED, heard_as, much, plainly
from dialogs.practice import Mood, Turn
from dialogs.review.rehearsal import Past
from dialogs.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Push:
    """What one thing did to a number of the mood: `amount` points of trust or patience, or minutes."""

    cause: str
    amount: float


@dataclass(frozen=True, slots=True)
class Explained:
    """One turn, explained. Iterate over it for the lines; `certain` holds how surely each move was heard (0-1)."""

    n: int
    said: str
    certain: tuple[tuple[Move, float], ...]
    rules: tuple[tuple[str, str], ...]  # the row's name and why it fired
    trust: tuple[Push, ...]
    patience: tuple[Push, ...]
    minutes: tuple[Push, ...]
    before: Mood
    after: Mood
    level: int | None
    lines: tuple[str, ...]

    def __iter__(self) -> Iterator[str]:
        return iter(self.lines)

    def as_json(self) -> dict[str, Any]:
        """Its parts by name; how surely each move was heard, from 0 to 1."""
        kept = asdict(self) | {"before": self.before._asdict(), "after": self.after._asdict()}
        kept["certain"] = {str(m): round(p, 4) for m, p in self.certain}
        kept["rules"] = [{"row": row, "why": why} for row, why in self.rules]
        kept["lines"] = list(self.lines)
        return kept


def explain_call(turns: Sequence[Turn], scenario: Scenario | None = None) -> tuple[Explained, ...]:
    """Every turn of a call, explained."""
    return tuple(explain(t, turns, scenario) for t in turns if t.n > 0)


def explain(turn: Turn, turns: Sequence[Turn] = (), scenario: Scenario | None = None) -> Explained:
    """One turn. `turns` is the call it belongs to: what was said before counts less when it is said again. With the
    scenario, which must stay hidden while the call lasts, also why the answer went as far as it did."""
    earlier = [t for t in turns if 0 < t.n < turn.n]
    certain = tuple((m, turn.heard.scores.get(m, 1.0)) for m in turn.moves)
    trust, patience, minutes = _pushes(turn, earlier, known=bool(turns))
    rules = tuple((row, _reason(row, turn)) for row in turn.rows if row)
    lines = [_heard_line(turn, certain)]
    name = scenario.first_name if scenario is not None else "The manager"
    lines += _rules_told(turn, scenario)
    lines += [
        line
        for line in (
            _moved(Telling.trust(name), turn.mood_before.trust, turn.mood.trust, trust),
            # A rude word can cost more than was left; to a reader there is no patience below none.
            _moved(Telling.patience(name), max(turn.mood_before.patience, 0), max(turn.mood.patience, 0), patience),
            _clock(turn, minutes),
        )
        if line
    ]
    if turn.level is not None:
        lines.append(f"The answer was {LEVEL_WORDS[turn.level]} (level {turn.level} of 4).")
        if scenario is not None and turns:
            lines += _why_this_level(turn, earlier, scenario)
    return Explained(
        turn.n,
        turn.said,
        certain,
        rules,
        trust,
        patience,
        minutes,
        turn.mood_before,
        turn.mood,
        turn.level,
        tuple(lines),
    )


# -- what was heard, which rule ---------------------------------------------------------------------


def _reason(name: str, turn: Turn) -> str:
    """Why the row of this name fired: several rows share a name, and the turn knows which whys were theirs."""
    return next((row.why for row in TABLE if row.name == name and row.why in turn.why), "")


CAREFUL, RELIEVED = "that could have been a push", "took a weight off her"


def _rules_told(turn: Turn, scenario: Scenario | None) -> list[str]:
    """Each rule that fired, once, in plain words."""
    name = scenario.first_name if scenario is not None else "the manager"
    known = Move.INTRODUCE in turn.moves  # a greeting before the name in one breath left nobody wondering
    unasked = ("she does not know who is calling", "she does not know who is asking")
    whys = [w for w in dict.fromkeys(turn.why) if not (known and w in unasked)]
    if CAREFUL in whys:  # no worry goes at words that make one careful, whatever else was heard in them
        whys = [w for w in whys if w != RELIEVED]
    return list(dict.fromkeys(plainly(why, name) for why in whys))


def _heard_line(turn: Turn, certain: Sequence[tuple[Move, float]]) -> str:
    if turn.heard.aside:
        return f"Heard: {ASIDES.get(turn.heard.aside, str(turn.heard.aside))}."
    told = [heard_as(m, p) for m, p in certain if not (m is Move.OTHER and turn.heard.matter)]
    told += [TOUCHED[turn.heard.matter]] if turn.heard.matter else []
    line = "Heard: " + "; ".join(told) + "." if told else "Nothing was heard."
    if turn.heard.wary:
        line += " Something may have been meant as a push; that was not sure enough to act on."
    return line


# -- how the mood moved -----------------------------------------------------------------------------


def _pushes(
    turn: Turn, earlier: Sequence[Turn], *, known: bool
) -> tuple[tuple[Push, ...], tuple[Push, ...], tuple[Push, ...]]:
    heard = turn.heard
    unheard = (Phase.VOICEMAIL, Phase.RECEPTION)
    trust: list[Push] = []
    patience: list[Push] = []
    minutes: list[Push] = []
    moves = frozenset() if heard.aside else frozenset(turn.moves)
    if len(moves) > 1 or heard.matter or heard.wary:
        moves -= {Move.OTHER}
    if turn.phase_before not in unheard:
        call = _as_it_was_pushed(moves, heard, earlier)
        for move in felt_moves(moves, question_open=not known or _had_asked(earlier)):
            if (effect := FEEL.get(move)) is None:
                continue
            used = _used(move, earlier) if known else 0
            share = SHARE_BY_USE[min(used, 2)]
            cause, cost = DID[move] + (" (once more)" if used else ""), share_of_cost(call, move)
            trust.append(Push(cause, effect.trust * (share if effect.trust > 0 else cost)))
            patience.append(Push(cause, effect.patience * (share if effect.patience > 0 else cost)))
            minutes.append(Push(cause, effect.minutes * share))
        if heard.aside not in (Aside.SOFTWARE, Aside.HANG_UP, Aside.DISTRESS):
            minutes.append(
                Push("the time it took to say and answer it", -MINUTES_A_TURN - heard.words / WORDS_A_MINUTE)
            )
            if heard.words > RAMBLING_WORDS:
                patience.append(Push(f"{heard.words} words in one go", -0.5))
    return _real(trust), _real(patience), _real(minutes)


def _as_it_was_pushed(moves: frozenset[Move], heard: Heard, earlier: Sequence[Turn]) -> Call:
    """A call with as much of this one in it as says what a push in this turn costs."""
    call = Call(moves=moves, sure=heard.sure & moves)
    call.made = tuple(move for move in PUSHES for _ in range(_used(move, earlier)))
    call.notes_hurt(hard=blames_hard(heard, call.sure))
    return call


def _had_asked(earlier: Sequence[Turn]) -> bool:
    """Whether her own question was waiting for an answer; while somebody is in distress it waits on."""
    said = next((t.lines for t in reversed(earlier) if t.heard.aside is not Aside.DISTRESS), ())
    return bool(said) and said[-1].heading == "asks_you"


def _real(pushes: list[Push]) -> tuple[Push, ...]:
    return tuple(Push(p.cause, round(p.amount, 3)) for p in pushes if abs(p.amount) >= 0.005)


def _used(move: Move, earlier: Sequence[Turn]) -> int:
    return sum(
        move in t.moves and not t.heard.aside and t.phase_before not in (Phase.VOICEMAIL, Phase.RECEPTION)
        for t in earlier
    )


def _moved(told: Telling, before: float, after: float, pushes: Sequence[Push]) -> str:
    """How one number of the mood moved, in words, the number beside them: “Dana trusts you a little more now: thanks (2.75 of 4).”"""
    change = after - before
    ups = [p.cause for p in pushes if p.amount > 0]
    downs = [p.cause for p in pushes if p.amount < 0]
    if abs(change) < 0.005:
        if not pushes:
            return ""
        if ups and downs:
            return f"{told.same}: {_and(ups)} raised it, and {_and(downs)} took as much away ({after:.3g} of 4)."
        return f"{told.most if ups else told.least} ({after:.3g} of 4)."
    led, against = (ups, downs) if change > 0 else (downs, ups)
    why = f": {_and(led)}" if led else ""
    if against:
        why += f"; {_and(against)} took some of it away" if change > 0 else f"; {_and(against)} made up for some of it"
    how = f"{much(change)} {'more' if change > 0 else 'less'}"
    return f"{told.moved.format(how)}{why} ({before:.3g} to {after:.3g} of 4)."


@dataclass(frozen=True, slots=True)
class Telling:
    """How one side of a mood is told: that it moved (with a place for how much), stayed, or is at its end."""

    moved: str
    same: str
    most: str
    least: str

    @classmethod
    def trust(cls, name: str) -> Telling:
        """How trust is told of the manager of this name."""
        return cls(
            f"{name} trusts you {{}} now",
            f"{name} trusts you as before",
            f"{name} trusts you as much as can be",
            f"{name} trusts you as little as can be",
        )

    @classmethod
    def patience(cls, name: str) -> Telling:
        """How patience is told of the manager of this name."""
        return cls(
            f"{name} is {{}} patient now",
            f"{name} is as patient as before",
            f"{name} is as patient as can be",
            f"{name} has no patience left",
        )


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def _clock(turn: Turn, minutes: Sequence[Push]) -> str:
    before, after = turn.mood_before.minutes, turn.mood.minutes
    if abs(after - before) < 0.005:
        return ""
    gained = sum(p.amount for p in minutes if p.amount > 0)
    spent = -sum(p.amount for p in minutes if p.amount < 0)
    won = f"asking for a moment gave {_minutes(gained)}; " if gained else ""
    return f"Time in the call, by its own clock: {won}this turn took {_minutes(spent)}, and {_minutes(max(after, 0))} were left."


def _minutes(value: float) -> str:
    seconds = round(value * 60 / 5) * 5
    if seconds < 60:
        return f"{seconds} seconds"
    whole, rest = divmod(seconds, 60)
    minutes = f"{whole} minute{'s' if whole > 1 else ''}"
    return f"{minutes} {rest} seconds" if rest else minutes


# -- why so far and no further ----------------------------------------------------------------------


def _why_this_level(turn: Turn, earlier: Sequence[Turn], scenario: Scenario) -> list[str]:
    scene = next((row.split(" (")[0] for row in turn.rows if row.split(" (")[0] in manager.ANSWERS), "")
    if scene != "answer":
        return []
    past = Past(scenario, [t.heard for t in (*earlier, turn)])
    start, call = past.call_before(turn.n), past.last.call
    level, hidden = turn.level or 0, scenario.hidden
    if level >= hidden.reachable:
        bound = "the house rule" if hidden.cap < hidden.ceiling else "this kind of reason"
        return [f"It could go no further: {bound} ends at {LEVEL_WORDS[hidden.reachable]}."]
    if manager.affordable(call) <= level:
        return [_too_dear(call, level)]
    if start.given is None:
        if call.count(Move.ACCEPT, Move.REASSURE):
            return [
                "A first question goes one step at most beyond what is said to anybody, however well it is prepared."
            ]
        return ["A first question gets little. Taking the decision as settled first would have brought a step more."]
    if not call.moves & {Move.ASK_SPECIFIC, Move.PROBE}:
        return ["A further step wants a narrower question, or a kind word on the answer first."]
    if call.moves & {Move.VENT, Move.PLEAD}:
        return ["The feeling was answered first; that left less room for the reason."]
    return ["One answer goes up by one step at most."]


def _too_dear(call: Call, level: int) -> str:
    explored = call.count(Move.ASK_SPECIFIC, Move.PROBE) > 0
    if call.hidden.needs_narrow and not explored and level == manager.HINT:
        return "A reason of this kind is only told to somebody who asks about one area, or asks on."
    want = {manager.HINT: call.hidden.price, manager.SPECIFIC: call.hidden.price + manager.CANDID_MARGIN}.get(
        level, manager.HINT_TRUST
    )
    want = max(want, manager.HINT_TRUST)
    return f"More is only told to somebody trusted {much(want - call.trust)} more (about {want:.3g} of 4; it was {call.trust:.3g})."
