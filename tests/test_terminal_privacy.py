"""A terminal says what it keeps before it keeps a call, and what it keeps can be taken away, all of it."""

from __future__ import annotations

import json
import signal
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.log import Log
from bot.privacy import of_chat, of_terminal
from bot.settings import Settings
from tests.commanded import run
from tests.logged import call_of
from tests.test_terminal import Keyboard


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "log.db"


@pytest.fixture
def sit_down(db: Path) -> Iterator[object]:
    opened: list[Keyboard] = []

    def begin(*args: str) -> Keyboard:
        opened.append(Keyboard(*args, db=db))
        return opened[-1]

    yield begin
    for keyboard in opened:
        keyboard.close()


def test_the_first_call_says_where_the_words_are_kept_and_how_long_and_the_second_does_not(sit_down, db: Path) -> None:  # type: ignore[no-untyped-def]
    for first in (True, False):
        me = sit_down("call", "harbour")
        shown = me.reads("it rings")
        assert ("kept for 90 days in" in shown) is first
        assert (str(db) in shown) is first
        assert ("--no-log keeps nothing" in shown) is first
        me.types("/leave")
        assert me.leaves() == 0


def test_lines_on_standard_input_are_told_of_it_too_and_a_call_without_a_log_is_not(db: Path) -> None:
    trial = run("call", "harbour", "--no-log", db=db, said=b"Hello\n")
    assert b"kept for" not in trial.stderr
    done = run("call", "harbour", "--json", db=db, said=b"Hello\n", RUNNER_UP_RETENTION_DAYS="30")
    assert b"kept for 30 days" in done.stderr
    assert all(json.loads(line) for line in done.stdout.splitlines())


def test_privacy_in_a_terminal_has_every_point_of_the_chat_and_none_of_its_commands(db: Path) -> None:
    told = run("privacy", db=db).stdout.decode()
    here = Settings(db=db)
    assert [head for head, _ in of_terminal(here)] == [head for head, _ in of_chat(here)]
    for head, _ in of_terminal(here):
        assert f"\n{head}\n" in told
    assert str(db) in told
    assert "/delete" not in told
    assert "Telegram" not in told


def test_a_terminal_lets_calls_go_when_their_time_is_up(db: Path) -> None:
    with Log.open(db) as log:
        old = call_of(log, "greet").id
        kept = call_of(log, "greet").id
    with sqlite3.connect(db) as edit:
        edit.execute("UPDATE sessions SET last_at = '2020-01-01T00:00:00Z' WHERE public_id = ?", [old])
    run("call", "harbour", db=db, said=b"Hello\n")
    listed = run("sessions", db=db).stdout.decode()
    assert old not in listed
    assert kept in listed


def rows_of_mine(db: Path) -> list[int]:
    with sqlite3.connect(db) as log:
        return list(
            log.execute(
                """SELECT (SELECT count(*) FROM people), (SELECT count(*) FROM sessions), (SELECT count(*) FROM turns),
                   (SELECT count(*) FROM drills), (SELECT count(*) FROM real_calls), (SELECT count(*) FROM todo),
                   (SELECT count(*) FROM timers), (SELECT count(*) FROM turns_search)"""
            ).fetchone()
        )


def test_everything_can_be_deleted_from_a_terminal_as_in_the_chat(db: Path) -> None:
    run("call", "harbour", db=db, said=b"Hello, Sam Ortiz speaking.\nGoodbye.\n")
    with Log.open(db) as log:
        me = log.local().id
        log.plan(me, {"company": "Harbour"}).result()
        log.add_todo(me, "book the exam").result()
        log.remind(me, "call_day", log.clock() + timedelta(days=3), {}).result()
    refused = run("sessions", "delete", "--all", db=db)
    assert refused.returncode == 1
    assert b"--yes" in refused.stderr
    assert rows_of_mine(db)[0] == 1
    done = run("sessions", "delete", "--all", "--yes", db=db)
    assert done.returncode == 0
    assert b"Everything is deleted (1 call)" in done.stderr
    assert rows_of_mine(db) == [0] * 8
    assert b"Sam Ortiz" not in b"".join(file.read_bytes() for file in db.parent.glob("log.db*"))


def test_an_answer_that_is_no_deletes_nothing_and_says_so(sit_down, db: Path) -> None:  # type: ignore[no-untyped-def]
    run("call", "harbour", db=db, said=b"Hello\nGoodbye.\n")
    with Log.open(db) as log:
        (call,) = log.calls(log.local().id)
    for which in ("--all", call.session):
        me = sit_down("sessions", "delete", which)
        me.reads(r"\[y/N\]")
        me.types("n")
        me.reads("Nothing was deleted")
        assert me.leaves() == 0
    me = sit_down("sessions", "delete", "--all")
    me.reads(r"\[y/N\]")
    me.waits()
    me.process.send_signal(signal.SIGINT)
    me.reads("Nothing was deleted")
    assert rows_of_mine(db)[1] == 1


def test_delete_without_a_call_says_what_to_do(db: Path) -> None:
    done = run("sessions", "delete", db=db)
    assert done.returncode == 1
    assert b"sessions delete ID, or" in done.stderr
    assert b"--all" in done.stderr
    assert b"not both" in run("sessions", "delete", "abcd", "--all", db=db).stderr


def test_the_command_alone_shows_the_help_and_is_no_error(db: Path) -> None:
    done = run(db=db)
    assert b"Error" not in done.stdout + done.stderr
    assert b"Commands:" in done.stdout + done.stderr
    assert done.returncode in (0, 2)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("import", "sessions import"), ("delete", "sessions delete"), ("happend", "real happened"), ("cal", "call")],
)
def test_a_command_that_stands_under_another_is_suggested(db: Path, typed: str, meant: str) -> None:
    done = run(typed, "x", db=db)
    assert done.returncode == 1
    assert f"Did you mean '{meant}'?" in done.stderr.decode()


def test_breaking_off_a_question_is_no_error_and_begins_a_line(sit_down) -> None:  # type: ignore[no-untyped-def]
    me = sit_down("real", "happened")
    me.reads(r"0 to 4\)")
    me.waits()
    me.process.send_signal(signal.SIGINT)
    shown = me.reads("Nothing was noted")
    assert "Error" not in shown
    assert shown.replace("\r", "").endswith("\nNothing was noted")
