"""Whose a call is: nobody reads another's, an invitation lets in as often as it says, settings are one's own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.log import Log, NotYours
from bot.session import Session
from dialogs.moves import Move
from dialogs.practice import Practice
from tests.logged import HARBOUR, call_of, ear, someone

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
