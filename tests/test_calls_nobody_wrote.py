"""Calls nobody wrote down: whatever is said, in whatever order, the promises of a call hold."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from dialogs.call import Opening, Phase
from dialogs.hearing.areas import AREAS
from dialogs.hearing.heard import Aside, Heard
from dialogs.moves import ASKS, MOVES, Move
from dialogs.practice import Practice, Turn
from dialogs.scenario import HOUSES, KINDS
from tests.managers import manager

moves = st.sets(st.sampled_from(MOVES), min_size=1, max_size=4)
areas = st.sets(st.sampled_from(sorted(AREAS)), max_size=2)


class AnyCall(RuleBasedStateMachine):
    turns: list[Turn]

    @initialize(
        reason=st.sampled_from(sorted(KINDS)),
        house=st.sampled_from(sorted(HOUSES)),
        cap=st.integers(0, 4),
        opening=st.sampled_from([o.value.replace("_", " ") for o in Opening]),
        second=st.booleans(),
        warmth=st.sampled_from([-0.5, 0, 0.5]),
        minutes=st.sampled_from([1, 5, 20]),
        seed=st.integers(0, 1000),
    )
    def dial(
        self, reason: str, house: str, cap: int, opening: str, second: bool, warmth: float, minutes: int, seed: int
    ) -> None:
        self.scenario = manager(
            reason=reason, house=house, cap=cap, opening=opening, second=second, warmth=warmth, minutes=minutes
        )
        self.seed = seed
        self.practice = Practice(self.scenario, seed)
        self.turns = [self.practice.begin()]
        self.given = None

    def say(self, heard: Heard) -> None:
        hidden_before = self.practice.call.hidden
        turn = self.practice.take(heard, "words")
        assert self.practice.call.hidden is hidden_before, "the reason changed within the call"
        self.check_level(turn)
        self.turns.append(turn)

    def check_level(self, turn: Turn) -> None:
        if turn.level is None:
            return
        hidden = self.scenario.hidden
        assert 0 <= turn.level <= hidden.cap
        assert turn.level <= max(hidden.ceiling, hidden.start) if turn.level > 1 else True
        floor = hidden.start + 1 if self.given is None else max(self.given, hidden.start) + 1
        assert turn.level <= floor, "an answer rose by more than one level"
        self.given = turn.level if self.given is None else max(self.given, turn.level)

    @precondition(lambda self: not self.practice.ended)
    @rule(moves=moves, areas=areas, words=st.integers(1, 300), wary=st.booleans(), sure=st.booleans())
    def say_something(self, moves: set[Move], areas: set[str], words: int, wary: bool, sure: bool) -> None:
        plain = Heard.of(*moves, areas=tuple(sorted(areas)), words=words)
        self.say(
            Heard(
                moves=plain.moves,
                scores=plain.scores,
                sure=plain.sure if sure else frozenset(),
                wary=wary,
                areas=plain.areas,
                words=words,
            )
        )

    @precondition(lambda self: not self.practice.ended)
    @rule(aside=st.sampled_from([Aside.SILENCE, Aside.SOFTWARE, Aside.FOREIGN, Aside.DISTRESS]))
    def say_nothing_of_use(self, aside: Aside) -> None:
        before = self.practice.call.phase
        trust = self.practice.call.trust
        self.say(Heard(aside=aside, words=3))
        assert self.practice.call.trust == trust
        if aside is Aside.DISTRESS:
            assert self.practice.call.phase is before

    @precondition(lambda self: not self.practice.ended and len(self.turns) > 3)
    @rule()
    def ring_off(self) -> None:
        self.say(Heard(aside=Aside.HANG_UP))
        assert self.practice.ended

    @rule()
    def rebuild_from_what_was_heard(self) -> None:
        kept = [Heard.from_json(t.heard.as_json()) for t in self.turns[1:]]
        rebuilt = Practice(self.scenario, self.seed)
        again = [rebuilt.begin(), *(rebuilt.take(h, "words") for h in kept)]
        assert [(t.says, t.phase, t.level, t.rows, t.mood) for t in again] == [
            (t.says, t.phase, t.level, t.rows, t.mood) for t in self.turns
        ]
        self.practice = rebuilt

    @invariant()
    def one_reply_a_turn(self) -> None:
        for turn in getattr(self, "turns", [])[-1:]:
            silent = turn.heard.aside is Aside.HANG_UP
            if silent and turn.phase_before is Phase.VOICEMAIL:
                continue  # the machine says that it has the message, to nobody
            assert bool(turn.says) is not silent, turn

    @invariant()
    def ended_is_final(self) -> None:
        turns = getattr(self, "turns", [])
        assert all(not t.ended for t in turns[:-1])
        if turns and turns[-1].ended:
            assert turns[-1].outcome is not None
            assert self.practice.call.phase is Phase.ENDED

    @invariant()
    def no_reason_is_told_that_nobody_asked_for(self) -> None:
        for turn in getattr(self, "turns", [])[1:]:
            if turn.level is not None:
                assert set(turn.heard.moves) & ASKS


TestAnyCall = AnyCall.TestCase
TestAnyCall.settings = settings(
    max_examples=100, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
)
