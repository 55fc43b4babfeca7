"""The log: a turn is on disk before its answer is shown, a call is the fold of what was kept, and nobody reads another's."""

from __future__ import annotations

import asyncio
import copy
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.log import AlreadyHeard, CannotSave, Log, NotYours, OtherRules, OutOfStep, Saved
from bot.log.calls import scenario_facts, scenario_from_facts
from bot.session import Session
from dialogs.call import Phase
from dialogs.hearing.heard import Aside, Cue, Heard
from dialogs.moves import Move
from dialogs.practice import Ended, Practice, Turn
from dialogs.scenario import library, parse_scenario, read_scenario
from tests.lengths import runs

HARBOUR = read_scenario(library()["harbour"])


def ear(text: str, cue: Cue) -> Heard:
    """Hears the names of moves."""
    moves = tuple(Move(w) for w in text.split() if w in set(Move))
    return Heard(moves=moves or (Move.OTHER,), words=max(len(text.split()), 1) * 3)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    with Log.open(tmp_path / "log.db") as opened:
        yield opened


def call_of(log: Log, *said: str, person: int | None = None, seed: int = 1) -> Session:
    session = Session.start(log, log.local().id if person is None else person, HARBOUR, seed, ear=ear)
    for text in said:
        session.hear(text)
    return session


def someone(log: Log, telegram_id: int) -> int:
    person = log.meet(telegram_id).result().id
    log.agree(person, "1").result()
    return person


# -- a call is the fold of what was kept ----------------------------------------------------------------------


def test_a_turn_is_on_disk_when_hear_returns(log: Log) -> None:
    call_of(log, "greet introduce")
    other = sqlite3.connect(f"file:{log.path}?mode=ro", uri=True)
    assert other.execute("SELECT n, said, phase FROM turns ORDER BY n").fetchall() == [
        (0, "", "pickup"), (1, "greet introduce", "opening")
    ]  # fmt: skip
    other.close()


def test_a_logged_turn_is_read_back_as_it_was(log: Log) -> None:
    session = Session.start(log, log.local().id, HARBOUR, 3, ear=ear)
    turns = [session.first, *(session.hear(t) for t in ("greet introduce permission", "ask_open", "accept thank"))]
    assert log.turns(log.local().id, session.id) == turns


def test_a_resumed_call_goes_on_exactly_as_one_that_was_never_left(log: Log) -> None:
    one, other = call_of(log, "greet introduce", "ask_open"), call_of(log, "greet introduce", "ask_open")
    other = Session.resume(log, log.local().id, other.id, ear=ear)
    for text in ("accept", "ask_specific", "commit", "close"):
        a, b = one.hear(text), other.hear(text)
        assert (a.says, a.mood, a.phase, a.level) == (b.says, b.mood, b.phase, b.level)


def test_the_words_are_not_heard_again_when_a_call_is_rebuilt(log: Log) -> None:
    session = call_of(log, "greet introduce")

    def deaf(text: str, cue: Cue) -> Heard:
        raise AssertionError("heard again")

    assert Session.resume(log, log.local().id, session.id, ear=deaf).practice.call.phase is Phase.OPENING


def test_hanging_up_is_kept_and_folded(log: Log) -> None:
    session = call_of(log, "greet")
    turn = session.hang_up()
    assert turn.ended
    me = log.local().id
    assert log.rebuild(me, session.id).ended
    assert log.unfinished(me) is None
    assert log.call(me, session.id).outcome == "abandoned"
    with pytest.raises(Ended):
        session.hear("greet")


def test_an_old_call_replays_although_its_scenario_has_changed(log: Log) -> None:
    facts = scenario_facts(HARBOUR)
    changed = facts.replace("Dana", "Dora")
    then = scenario_from_facts(changed)
    assert then.first_name == "Dora"
    session = Session.start(log, log.local().id, then, 1, ear=ear)
    assert log.scenario(log.local().id, session.id).lines == then.lines
    assert log.rebuild(log.local().id, session.id).scenario.version == then.version


def test_every_scenario_comes_back_from_its_facts_the_same(log: Log) -> None:
    for path in library().values():
        scenario = read_scenario(path)
        back = scenario_from_facts(scenario_facts(scenario), scenario.source)
        assert (back, back.lines, back.hidden, back.version) == (
            scenario, scenario.lines, scenario.hidden, scenario.version
        )  # fmt: skip
        assert parse_scenario(back.source, name=back.name) == scenario


def test_a_call_of_other_rules_can_be_read_but_not_gone_on_with(log: Log) -> None:
    session = call_of(log, "greet")
    me = log.local().id
    log.write(lambda db: db.execute("UPDATE sessions SET engine = '0'")).result()
    with pytest.raises(OtherRules):
        Session.resume(log, me, session.id)
    assert len(log.turns(me, session.id)) == 2


# -- take back, try again ----------------------------------------------------------------------------------------


def test_a_turn_taken_back_stays_in_the_log_on_its_own_branch(log: Log) -> None:
    me = log.local().id
    session = call_of(log, "greet introduce", "ask_open")
    back = session.take_back()
    assert back.practice.turns == 1
    turn = back.hear("thank")
    assert turn.n == 2
    assert [t.said for t in log.turns(me, session.id)] == ["", "greet introduce", "ask_open"]
    assert [t.said for t in log.turns(me, back.id)] == ["", "greet introduce", "thank"]
    assert [c.session for c in log.calls(me)] == [back.id]
    assert log.call(me, back.id).parent == session.id
    assert [c.session for c in log.branches(me, session.id)] == [back.id]
    assert log.unfinished(me).session == back.id  # type: ignore[union-attr]


def test_other_words_in_place_of_a_turn_that_cannot_be_kept_change_nothing(log: Log) -> None:
    me = log.local().id
    session = call_of(log, "greet introduce", "ask_open")
    taken = Session.instead(log, me, session.id, 2, ear=ear)
    again = log.retake
    log.retake = lambda *_, **__: log.write(lambda db: db.execute("INSERT INTO nowhere VALUES (1)"))  # type: ignore[method-assign]
    with pytest.raises(Exception, match="nowhere"):
        taken.hear("thank")
    log.retake = again  # type: ignore[method-assign]
    assert [c.session for c in log.calls(me, taken_back=True)] == [session.id]
    assert taken.practice.turns == 1
    assert taken.hear("thank").n == 2
    assert [t.said for t in log.turns(me, taken.id)] == ["", "greet introduce", "thank"]


def test_another_try_leaves_the_first_as_it_ended(log: Log) -> None:
    me = log.local().id
    session = call_of(log, "greet introduce", "ask_open", "threaten")
    assert session.ended
    again = log.branch(me, session.id, 3).result()
    assert not Session.resume(log, me, again).ended
    assert log.call(me, session.id).outcome == "cut_off"
    assert len(log.calls(me)) == 2


@pytest.mark.parametrize("n", [0, -1, 4, 99])
def test_there_is_no_branch_before_the_first_turn_or_after_the_last(log: Log, n: int) -> None:
    session = call_of(log, "greet introduce", "ask_open")
    with pytest.raises(NotYours):
        log.branch(log.local().id, session.id, n).result()


# -- keys: nothing twice, nothing out of step ----------------------------------------------------------------------


def test_the_very_same_turn_kept_again_does_nothing(log: Log) -> None:
    me = log.local().id
    practice = Practice(HARBOUR, 1, ear=ear)
    session = log.begin(me, HARBOUR, 1, practice.begin()).result()
    turn = practice.hear("greet")
    log.keep(me, session, turn, update_ids=[7]).result()
    log.keep(me, session, turn, update_ids=[7]).result()
    assert len(log.turns(me, session)) == 2


def test_an_update_is_kept_once_whatever_call_it_is_offered_to(log: Log) -> None:
    me = log.local().id
    for number in range(2):
        practice = Practice(HARBOUR, 1, ear=ear)
        session = log.begin(me, HARBOUR, 1, practice.begin()).result()
        kept = log.keep(me, session, practice.hear("greet"), update_ids=[7])
        if number == 0:
            kept.result()
        else:
            with pytest.raises(AlreadyHeard):
                kept.result()
            assert log.call(me, session).turns == 0


def test_two_hands_on_one_call_do_not_mix_their_turns(log: Log) -> None:
    me = log.local().id
    one = call_of(log, "greet introduce")
    two = Session.resume(log, me, one.id, ear=ear)
    one.hear("ask_open")
    with pytest.raises(OutOfStep):
        two.hear("thank")
    assert two.practice.turns == 2  # built anew from the log
    two.hear("thank")
    assert [t.said for t in log.turns(me, one.id)] == ["", "greet introduce", "ask_open", "thank"]


def test_turns_are_ordered_by_number_although_the_clock_goes_back(tmp_path: Path) -> None:
    now = datetime(2026, 6, 1, 12, tzinfo=UTC)
    with Log.open(tmp_path / "log.db", clock=lambda: now) as log:
        session = call_of(log, "greet introduce")
        now -= timedelta(hours=1)
        session.hear("ask_open")
        me = log.local().id
        assert [t.said for t in log.turns(me, session.id)] == ["", "greet introduce", "ask_open"]
        rows = log.rows("SELECT text FROM transcript WHERE speaker = 'You'")
        assert [tuple(r) for r in rows] == [("greet introduce",), ("ask_open",)]


# -- group commit ----------------------------------------------------------------------------------------------


def test_jobs_that_wait_together_share_a_commit_and_a_bad_one_takes_back_itself_alone(log: Log) -> None:
    gate = threading.Event()
    first = log.write(lambda db: gate.wait(5))
    before = log.writer.commits
    insert = "INSERT INTO meta (key, value) VALUES (?, ?)"
    jobs: list[Saved[object]] = [log.write(lambda db, i=i: db.execute(insert, [f"k{i}", "v"]) and i) for i in range(20)]  # type: ignore[misc]

    def bad(db: sqlite3.Connection) -> None:
        db.execute(insert, ["half", "v"])
        raise ValueError("mine")

    wrong = log.write(bad)
    twice = log.write(lambda db: db.execute(insert, ["k3", "v"]))
    single = log.write(lambda db: db.execute(f"{insert}, ('half', 'v')", ["k4", "v"]), single=True)
    after = log.write(lambda db: db.execute(insert, ["k20", "v"]), single=True)
    gate.set()
    for each in (first, *jobs, wrong, twice, single, after):
        each.exception()
    assert [job.result() for job in jobs] == list(range(20))
    assert isinstance(wrong.exception(), ValueError)
    assert isinstance(twice.exception(), sqlite3.IntegrityError)
    assert isinstance(single.exception(), sqlite3.IntegrityError)
    assert log.writer.commits - before <= 2
    assert {k for k in log.facts() if k.startswith("k")} == {f"k{i}" for i in range(21)}
    assert "half" not in log.facts()


async def test_a_save_can_be_awaited_and_one_nobody_waits_for_is_saved_too(log: Log) -> None:
    log.note("nobody", "waits")
    await log.note("somebody", "waits")
    assert {"nobody", "somebody"} <= set(log.facts())


def test_a_turn_takes_at_most_five_statements_and_one_commit(log: Log) -> None:
    session = call_of(log, "greet introduce")
    seen: list[str] = []
    log.writer.alone(lambda db: db.set_trace_callback(seen.append)).result()
    me = log.local().id
    practice = session.practice
    commits = log.writer.commits
    log.keep(me, session.id, practice.hear("ask_open"), says=[{"a": 1}, {"b": 2}], update_ids=[5]).result()
    log.writer.alone(lambda db: db.set_trace_callback(None)).result()
    assert log.writer.commits - commits == 1
    work = [s for s in seen if not s.startswith(("BEGIN", "COMMIT", "--"))]
    assert len(work) == 4, work


def test_the_connection_that_writes_is_durable_and_strict(log: Log) -> None:
    asked = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
    found = log.writer.alone(lambda db: [db.execute(f"PRAGMA {p}").fetchone()[0] for p in asked]).result()
    assert found == ["wal", 2, 1, 1]
    tables = log.rows("SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'")
    loose = {r[0] for r in tables if not r[1]}
    assert {n for n in loose if not n.startswith(("sqlite_", "_sqlite", "turns_search"))} == set()
    with pytest.raises(sqlite3.OperationalError):
        log.rows("DELETE FROM people")


def test_a_mark_alone_is_not_synced_but_a_turn_always_is(log: Log) -> None:
    def now(db: sqlite3.Connection) -> int:
        return int(db.execute("PRAGMA synchronous").fetchone()[0])

    assert log.write(now).result() == 2
    assert log.write(now, lazy=True).result() == 1
    assert log.write(now).result() == 2


# -- when it cannot be saved -------------------------------------------------------------------------------------


def test_a_turn_that_cannot_be_kept_has_not_happened(log: Log) -> None:
    session = call_of(log, "greet introduce")
    before = copy.deepcopy(session.practice.call)
    count = log.row("PRAGMA page_count")
    assert count is not None
    log.writer.alone(lambda db: db.execute(f"PRAGMA max_page_count = {count[0]}").fetchall()).result()
    with pytest.raises(CannotSave) as caught:
        session.hear("ask_open " + "x" * 9000)
    assert caught.value.reason == "full"
    assert session.practice.turns == 1
    assert session.practice.call == before
    log.writer.alone(lambda db: db.execute("PRAGMA max_page_count = 100000").fetchall()).result()
    assert session.hear("ask_open").n == 2
    assert log.check() == []


def test_a_log_that_is_taken_away_or_replaced_takes_no_more_turns(log: Log) -> None:
    session = call_of(log, "greet introduce")
    log.path.rename(log.path.with_name("moved.db"))
    for _ in range(2):
        with pytest.raises(CannotSave) as caught:
            session.hear("ask_open")
        assert caught.value.lasting
        log.path.write_bytes(b"")
    log.path.unlink()
    log.path.with_name("moved.db").rename(log.path)
    assert session.hear("ask_open").n == 2


def test_a_locked_log_is_waited_for_and_then_given_up(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    session = call_of(log, "greet introduce")
    log.writer.alone(lambda db: db.execute("PRAGMA busy_timeout = 50").fetchall()).result()
    other = sqlite3.connect(log.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(CannotSave, match="another program"):
        session.hear("ask_open")
    threading.Timer(0.08, lambda: None).start()
    other.execute("ROLLBACK")
    other.close()
    assert session.hear("ask_open").n == 2


def test_a_closed_log_takes_nothing(tmp_path: Path) -> None:
    log = Log.open(tmp_path / "log.db")
    log.close()
    with pytest.raises(CannotSave):
        log.note("a", "b").result()


# -- strange words -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "a\0b",
        "\ud800 lone",
        "‮right to left",
        "x" * 100_000,
        "",
        "   ",
        "'); DROP TABLE turns; --",
        "\x1b[31m",
        "🙂" * 3000,
    ],
)
def test_any_words_are_kept_and_read_back_safely(log: Log, words: str) -> None:
    session = call_of(log, "greet introduce")
    session.hear(words)
    kept = log.turns(log.local().id, session.id)[-1].said
    assert len(kept) <= 4096
    assert "\0" not in kept
    assert session.hear("ask_open").n == 3


# -- whose is it? ------------------------------------------------------------------------------------------------


def test_nobody_reads_searches_changes_or_branches_another_ones_call(log: Log) -> None:
    a, b = someone(log, 1), someone(log, 2)
    session = call_of(log, "greet introduce canary", "ask_open", person=a).id
    log.own_scenario(a, "mine", "source").result()
    real = log.plan(a, {"ask": "canary"}).result()
    todo = log.add_todo(a, "canary").result()
    timer = log.remind(a, "call", datetime.now(UTC), {"day": "2026-01-01"}).result()
    for refused in (
        lambda: log.call(b, session), lambda: log.turns(b, session), lambda: log.scenario(b, session),
        lambda: log.rebuild(b, session), lambda: log.branch(b, session, 1).result(), lambda: log.delete(b, session),
        lambda: log.help(b, session, 1, "hint").result(), lambda: log.correct(b, session, 1, [Move.THANK]).result(),
        lambda: log.guess(b, session, "q", "g").result(), lambda: log.rename(b, session, "x").result(),
        lambda: log.set_kept(b, session).result(), lambda: log.export_call(b, session),
        lambda: log.keep(b, session, Practice(HARBOUR, 1, ear=ear).hear("greet")).result(),
        lambda: log.retake(b, session, Practice(HARBOUR, 1, ear=ear).hear("greet"), new="abcdefgh").result(),
        lambda: Session.instead(log, b, session, 1),
    ):  # fmt: skip
        with pytest.raises(NotYours):
            refused()
    log.end(b, session).result()
    log.happened(b, real, level=4).result()
    log.todo_done(b, todo).result()
    log.forget_reminder(b, timer).result()
    log.set_clock(b, {"utc_offset": 60}, lambda day: datetime(2030, 1, 1, tzinfo=UTC)).result()
    assert log.search(b, "canary") == []
    assert log.calls(b) == []
    assert log.times(b, session) == log.helps(b, session) == []
    assert log.own_scenarios(b) == log.corrections(b, session) == log.guesses(b, session) == {}
    assert log.real_calls(b) == log.todo(b) == log.reminders(b) == log.drills(b) == []
    assert "canary" not in str(log.export(b))
    assert not log.call(a, session).ended
    assert log.real_calls(a)[0].level is None
    assert len(log.todo(a)) == len(log.reminders(a)) == 1
    assert not log.reminders(a)[0]["due_at"].startswith("2030")


def test_ids_are_random_and_the_views_name_nobody(log: Log) -> None:
    a = someone(log, 4_815_162_342)
    ids = {call_of(log, person=a, seed=s).id for s in range(20)}
    assert len(ids) == 20
    assert all(len(i) == 8 for i in ids)
    for view in ("calls", "transcript"):
        shown = str([tuple(r) for r in log.rows(f"SELECT * FROM {view}")])  # noqa: S608
        assert "4815162342" not in shown


def test_the_beginning_of_an_id_will_do_when_it_is_unmistakable(log: Log) -> None:
    me = log.local().id
    session = call_of(log).id
    assert log.call(me, session[:5]).session == session
    for beginning in ("", "%", "_", "!"):
        with pytest.raises(NotYours):
            log.call(me, beginning)


# -- around a call -------------------------------------------------------------------------------------------------


def test_what_was_said_and_answered_is_found_newest_first_and_any_text_may_be_asked_for(log: Log) -> None:
    me = log.local().id
    first = call_of(log, "greet introduce harbour-ohne", "ask_open").id
    second = call_of(log, "greet introduce harbour").id
    assert [f.session for f in log.search(me, "HARBOUR")][:2] == [second, first]
    assert log.search(me, "certification nowhere") == []
    for odd in ("wasn't", "AND", "c++", "-x", '"', "*", "a OR", "NEAR(", "said:x", "\0", "(", "^a"):
        log.search(me, odd)
    answered = log.turns(me, first)[-1].says[0].split()[0]
    assert any(f.session == first for f in log.search(me, answered))


def test_help_corrections_and_guesses_hang_on_the_call(log: Log) -> None:
    me = log.local().id
    session = call_of(log, "greet introduce", "ask_open").id
    log.help(me, session, 1, "hint").result()
    log.help(me, session, 1, "words").result()
    log.correct(me, session, 2, [Move.THANK]).result()
    log.correct(me, session, 2, [Move.THANK, Move.CLOSE]).result()
    log.guess(me, session, "how open?", "2", right=False).result()
    assert log.helps(me, session) == [(1, "hint"), (1, "words")]
    assert log.corrections(me, session) == {2: (Move.THANK, Move.CLOSE)}
    assert log.guesses(me, session) == {"how open?": "2"}
    assert log.corrected_rows(me) == []
    log.allow_rows(me, True).result()
    assert log.corrected_rows(me) == [{"text": "ask_open", "moves": ["thank", "close"]}]


def test_a_seed_is_not_had_twice_and_the_ladder_knows_what_was_held(log: Log) -> None:
    me = log.local().id
    assert log.next_seed(me, "harbour") == 1
    call_of(log, seed=1)
    assert log.next_seed(me, "harbour") == 2
    assert log.held(me) == {"harbour": 1}


def test_calls_are_listed_by_what_they_were(log: Log) -> None:
    me = log.local().id
    one, two = call_of(log, "greet introduce", "threaten").id, call_of(log, "greet introduce").id
    assert [c.session for c in log.calls(me)] == [two, one]
    assert [c.session for c in log.calls(me, outcome="cut_off")] == [one]
    assert [c.session for c in log.calls(me, ended=False)] == [two]
    assert log.calls(me, scenario="nowhere") == log.calls(me, since="2999") == log.calls(me, until="1999") == []
    assert len(log.calls(me, limit=1, kind="practice", level=0)) == 1


def test_an_invitation_lets_in_as_often_as_it_says_and_an_owners_only_once(log: Log) -> None:
    owner = log.invite(None, role="owner").result()
    second = log.invite(None, role="owner").result()
    assert not log.has_owner()
    assert log.redeem(owner, 1).result().role == "owner"  # type: ignore[union-attr]
    assert log.has_owner()
    assert log.redeem(second, 2).result() is None
    code = log.invite(log.by_telegram(1).id, uses=2).result()  # type: ignore[union-attr]
    assert log.redeem(code, 3).result().role == "guest"  # type: ignore[union-attr]
    assert log.redeem(code, 4).result() is not None
    assert log.redeem(code, 5).result() is None
    assert log.redeem("guess", 6).result() is None
    assert log.by_telegram(5) is None


def test_an_invitation_ends_with_its_time(tmp_path: Path) -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    with Log.open(tmp_path / "log.db", clock=lambda: now) as log:
        code = log.invite(None, days=7).result()
        now += timedelta(days=8)
        assert log.redeem(code, 1).result() is None


def test_settings_of_a_person_are_kept_one_by_one(log: Log) -> None:
    me = log.local().id
    log.change_settings(me, pace=2, hints=True).result()
    log.change_settings(me, hints=None).result()
    assert log.person(me).settings == {"pace": 2}


# -- calls nobody wrote down -----------------------------------------------------------------------------------------


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


def test_aside_words_are_kept_as_what_they_were(log: Log) -> None:
    me = log.local().id
    practice = Practice(HARBOUR, 1)
    session = log.begin(me, HARBOUR, 1, practice.begin()).result()
    for aside in (Aside.SILENCE, Aside.SOFTWARE, Aside.DISTRESS):
        log.keep(me, session, practice.take(Heard(aside=aside), "…")).result()
    assert [t.heard.aside for t in log.turns(me, session)][1:] == [Aside.SILENCE, Aside.SOFTWARE, Aside.DISTRESS]
    assert log.rebuild(me, session).call == practice.call
