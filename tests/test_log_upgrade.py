"""A log of an earlier version is brought up to this one, and what the tables promise holds before and after."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bot.log import Log
from bot.log import schema as log_schema
from bot.session import Session
from dialogs.hearing.heard import Cue, Heard
from dialogs.moves import Move
from dialogs.scenario import library, read_scenario

HARBOUR = read_scenario(library()["harbour"])


def ear(text: str, cue: Cue) -> Heard:
    return Heard.of(*(Move(name) for name in text.split()))


def call_of(log: Log, *said: str) -> Session:
    session = Session.start(log, log.local().id, HARBOUR, 1, ear=ear)
    for text in said:
        session.hear(text)
    return session


def test_a_log_with_the_tables_of_before_is_brought_up_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log.db"
    before = dict(list(log_schema.STEPS.items())[:6])
    with monkeypatch.context() as then:
        then.setattr(log_schema, "STEPS", before)
        then.setattr(log_schema, "VERSION", len(before))
        with Log.open(path) as log:
            first, second = call_of(log, "greet introduce", "ask_open"), call_of(log, "greet", "thank", "close")
            me = log.local().id
            somebody = log.meet(7).result()
            log.agree(somebody.id, "1").result()
            log.received(41, 7, '{"update_id": 41}').result()
            kept = {s.id: log.turns(me, s.id) for s in (first, second)}
            lines = [tuple(r) for r in log.rows("SELECT * FROM transcript")]
            ids = [tuple(r) for r in log.rows("SELECT id, session_id, n FROM turns ORDER BY id")]
            assert log.check() == []  # the search index is fed as well
            found = log.search(me, "thank")
            assert found
    with Log.open(path) as log:
        assert {s: log.turns(me, s) for s in kept} == kept
        assert [tuple(r) for r in log.rows("SELECT * FROM transcript")] == lines
        assert [tuple(r) for r in log.rows("SELECT id, session_id, n FROM turns ORDER BY id")] == ids
        assert log.search(me, "thank") == found
        assert log.check() == []
        assert [w.update_id for w in log.begin_again().result()[0]] == [41]
        again = Session.resume(log, me, first.id, ear=ear)
        again.hear("probe")
        assert len(log.turns(me, first.id)) == len(kept[first.id]) + 1
        with pytest.raises(sqlite3.IntegrityError):  # no update is answered twice
            log.write(lambda db: db.execute("UPDATE turns SET update_id = 9 WHERE n = 1")).result()
        log.erase(somebody.id)
        assert log.rows("SELECT 1 FROM inbox") == []


def test_a_turn_that_gets_the_number_of_an_erased_one_is_found_all_the_same(tmp_path: Path) -> None:
    with Log.open(tmp_path / "log.db") as log:
        me = log.local().id
        call_of(log, "greet introduce")
        last = call_of(log, "greet", "thank")
        assert log.check() == []  # everything is in the search index now
        highest = log.row("SELECT max(id) FROM turns")
        log.delete(me, last.id)
        new = call_of(log, "door")
        again = log.row("SELECT min(id) FROM turns WHERE session_id = (SELECT max(id) FROM sessions)")
        assert highest is not None
        assert again is not None
        assert again[0] <= highest[0]
        assert log.check() == []
        assert [f.session for f in log.search(me, "door")] == [new.id]
        assert log.search(me, "thank") == []
