"""A call in which somebody spoke of ending their life is kept as it was: no quiz, no checks, no score, however it went on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.ladder import next_rung, why_next
from bot.log import Log
from dialogs.hearing.heard import Aside, Heard
from dialogs.moves import Move
from dialogs.practice import Practice
from dialogs.scenario import library, read_scenario
from tests.commanded import run
from tests.test_terminal import Keyboard

CALL = b"Hello, Sam Ortiz, analyst interview.\nI want to end my life.\nWhy was I not chosen?\nThanks, goodbye.\n"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "log.db"


def test_the_call_gone_on_with_ends_with_a_kind_page_and_no_score(db: Path) -> None:
    done = run("call", "harbour", "--seed", "1", db=db, said=CALL)
    said = done.stdout.decode()
    assert "it stays as it was" in " ".join(said.split())
    assert said.count("988") == 2  # in the call, and after it
    assert "How you held it" not in said
    assert "One thing to change" not in said
    assert "What decided it" not in said


def test_its_review_scores_nothing_and_opens_the_envelope_only_when_asked(db: Path) -> None:
    run("call", "harbour", "--seed", "1", db=db, said=CALL)
    told = run("sessions", "review", db=db).stdout.decode()
    assert "988" in told
    assert "How you held it" not in told
    assert "What decided it" not in told
    assert "--envelope" in told
    assert "What decided it" in run("sessions", "review", "--envelope", db=db).stdout.decode()
    assert b"Turn 3" in run("sessions", "review", "--why", db=db).stdout  # who asks for it is told
    made = json.loads(run("sessions", "review", "--json", db=db).stdout)["debrief"]
    assert (made["checks"], made["guesses"], made["change"], made["yes"]) == ([], [], None, 0)
    assert "envelope" not in made


def test_it_does_not_count_in_progress(db: Path) -> None:
    run("call", "harbour", "--seed", "1", db=db, said=CALL)
    assert b"No calls yet" in run("progress", db=db).stdout


def test_a_call_taken_up_from_the_log_knows_of_the_distress_in_it() -> None:
    harbour = read_scenario(library()["harbour"])
    folded = Practice.rebuild(harbour, 1, [Heard.of("introduce"), Heard(aside=Aside.DISTRESS), Heard.of("ask_open")])
    assert folded.distressed
    assert not folded.paused


def test_at_the_keyboard_it_ends_without_a_question(db: Path) -> None:
    me = Keyboard("call", "harbour", "--seed", "1", db=db)
    try:
        me.reads("You: ")
        for words in ("I want to end my life.", "/continue", "Sam Ortiz, analyst interview.", "Thanks, goodbye."):
            me.types(words)
            me.reads("You: " if words != "Thanks, goodbye." else "call is over")
        said = me.reads("sessions review [a-z0-9]+[^-]")
    finally:
        me.close()
    assert "988" in said
    assert "Your guess" not in said
    assert "Another try" not in said
    assert "How you held it" not in said


def test_on_the_ladder_it_is_no_try_that_failed(db: Path) -> None:
    for _ in range(3):
        run("call", "harbour", "--seed", "1", db=db, said=CALL)
    with Log.open(db) as log:
        me = log.local().id
        assert len(log.distressed(me)) == 3
        assert next_rung(log, me) == "harbour"
        assert "once more" not in why_next(log, me, "harbour")
        (first, *_) = log.calls(me)
        log.correct(me, first.session, 2, [Move.VENT]).result()
        assert len(log.distressed(me)) == 2
