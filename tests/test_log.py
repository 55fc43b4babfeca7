"""The log: a turn is on disk before its answer is shown, and a call is the fold of what was kept."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.log import AlreadyHeard, Log, NotYours, OtherRules, OutOfStep
from bot.log.scenarios_seen import scenario_facts, scenario_from_facts
from bot.session import Session
from dialogs.call import Phase
from dialogs.hearing.heard import Aside, Cue, Heard
from dialogs.moves import Move
from dialogs.practice import Ended, Practice
from dialogs.scenario import library, parse_scenario, read_scenario
from tests.logged import HARBOUR, call_of, ear

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


def test_aside_words_are_kept_as_what_they_were(log: Log) -> None:
    me = log.local().id
    practice = Practice(HARBOUR, 1)
    session = log.begin(me, HARBOUR, 1, practice.begin()).result()
    for aside in (Aside.SILENCE, Aside.SOFTWARE, Aside.DISTRESS):
        log.keep(me, session, practice.take(Heard(aside=aside), "…")).result()
    assert [t.heard.aside for t in log.turns(me, session)][1:] == [Aside.SILENCE, Aside.SOFTWARE, Aside.DISTRESS]
    assert log.rebuild(me, session).call == practice.call
