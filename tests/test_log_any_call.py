"""Calls nobody wrote down: whatever is done to a log in whatever order, a call is the fold of what was kept."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.log import AlreadyHeard, CannotSave, Log, NotYours, Saved
from bot.session import Session
from dialogs.moves import Move
from dialogs.practice import Ended, Turn
from tests.lengths import runs
from tests.logged import HARBOUR, ear


class AnyCall(RuleBasedStateMachine):
    """Random moves, restarts, take-backs and failing commits: the call in memory always equals the fold of the log, each turn has one
    answer, and a call that has ended stays as it ended."""

    @initialize(seed=st.integers(0, 50))
    def start(self, seed: int) -> None:
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.log = Log.open(Path(self.folder.name) / "log.db", durability="normal")
        self.me = self.log.local().id
        self.session = Session.start(self.log, self.me, HARBOUR, seed, ear=ear)
        self.updates = 0
        self.ends: dict[str, object] = {}  # each call that has ended, as it then stood

    @precondition(lambda self: not self.session.ended)
    @rule(moves=st.lists(st.sampled_from(sorted(set(Move) - {Move.OTHER})), min_size=0, max_size=3))
    def say(self, moves: list[Move]) -> None:
        before = self.session.practice.turns
        assert self.session.hear(" ".join(moves)).n == before + 1

    @precondition(lambda self: not self.session.ended)
    @rule()
    def say_what_cannot_be_kept(self) -> None:
        def fail(*_: object, **__: object) -> Saved[None]:
            saved: Saved[None] = Saved()
            saved.settle(None, CannotSave("full", "the disk is full"))
            return saved

        before, keep = self.session.practice.turns, self.log.keep
        self.log.keep = fail  # type: ignore[method-assign]
        try:
            with pytest.raises(CannotSave):
                self.session.hear("ask_open")
        finally:
            self.log.keep = keep  # type: ignore[method-assign]
        assert self.session.practice.turns == before

    @precondition(lambda self: not self.session.ended)
    @rule()
    def say_what_comes_twice(self) -> None:
        self.updates += 1

        def says(turn: Turn) -> list[dict[str, object]]:
            return [{"text": f"answer to {self.updates}"}]

        def hear() -> Turn:
            return asyncio.run(self.session.hear_async("thank", says=says, update_ids=[self.updates]))

        if not hear().ended:
            with pytest.raises(AlreadyHeard):
                hear()
        posted = self.log.rows("SELECT 1 FROM outbox WHERE payload LIKE ?", [f'%"answer to {self.updates}"%'])
        assert len(posted) == 1

    @precondition(lambda self: self.session.ended)
    @rule(moves=st.lists(st.sampled_from(sorted(set(Move))), max_size=2), again=st.booleans())
    def say_after_the_end(self, moves: list[Move], again: bool) -> None:
        if again:
            self.restart()
        with pytest.raises(Ended):
            self.session.hear(" ".join(moves))
        with pytest.raises(Ended):
            self.session.hang_up()

    @rule()
    def restart(self) -> None:
        self.session = Session.resume(self.log, self.me, self.session.id, ear=ear)

    @precondition(lambda self: self.session.practice.turns > 0)
    @rule()
    def take_back(self) -> None:
        turns = self.session.practice.turns
        self.session = self.session.take_back()
        assert self.session.practice.turns == turns - 1

    @precondition(lambda self: self.session.practice.turns > 0)
    @rule(back=st.integers(0, 3), moves=st.lists(st.sampled_from(sorted(set(Move) - {Move.OTHER})), max_size=3))
    def say_instead(self, back: int, moves: list[Move]) -> None:
        n = max(1, self.session.practice.turns - back)
        new = Session.instead(self.log, self.me, self.session.id, n, ear=ear)
        with pytest.raises(NotYours):
            self.log.call(self.me, new.id)  # nothing has changed until something is said
        assert new.hear(" ".join(moves)).n == n
        assert self.log.call(self.me, self.session.id).taken_back
        self.session = new

    @invariant()
    def memory_is_the_fold_of_the_log(self) -> None:
        kept = self.log.rebuild(self.me, self.session.id)
        assert kept.call == self.session.practice.call
        assert kept.cue == self.session.practice.cue
        assert self.log.call(self.me, self.session.id).turns == kept.turns
        assert self.log.call(self.me, self.session.id).ended == kept.ended

    @invariant()
    def each_turn_has_one_answer(self) -> None:
        doubled = self.log.rows("SELECT session_id, n FROM turns GROUP BY session_id, n HAVING count(*) > 1")
        assert doubled == []
        numbers = [t.n for t in self.log.turns(self.me, self.session.id)]
        assert numbers == list(range(len(numbers)))

    @invariant()
    def ended_is_final(self) -> None:
        for public, state, outcome, turns in self.log.rows(
            "SELECT public_id, phase, outcome, turns FROM sessions WHERE ended_at IS NOT NULL"
        ):
            assert self.ends.setdefault(public, (state, outcome, turns)) == (state, outcome, turns)
        still = {row[0] for row in self.log.rows("SELECT public_id FROM sessions WHERE ended_at IS NOT NULL")}
        assert set(self.ends) <= still  # none is taken up again, whatever was branched from it

    def teardown(self) -> None:
        if hasattr(self, "log"):
            assert self.log.check() == []
            self.log.close()
            self.folder.cleanup()


AnyCall.TestCase.settings = settings(
    max_examples=runs(short=30, long=100),
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


TestAnyCall = pytest.mark.timeout(600)(AnyCall.TestCase)
