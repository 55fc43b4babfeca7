"""Calls that were left in the terminal: with several of them, the one that is meant goes on; what nobody spoke in is told as that."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_terminal import Keyboard, run


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "log.db"


@pytest.fixture
def waiting(db: Path) -> dict[str, str]:
    """Three calls that were left: scenario and words → id."""
    left = {}
    for scenario, words in (("harbour", "I am Sam"), ("ward", "I am Kelly"), ("ward", "I am Ann")):
        said = f"Hello, {words}, I had the interview.\n".encode()
        done = run("call", scenario, "--seed", "1", "--json", db=db, said=said)
        left[words] = json.loads(done.stdout.splitlines()[-1])["session"]
    return left


@pytest.fixture
def me(waiting: dict[str, str], db: Path) -> Iterator[Keyboard]:
    keyboard = Keyboard("call", "--resume", db=db)
    yield keyboard
    keyboard.close()


@pytest.mark.parametrize(
    ("answer", "words"),
    [("3", "I am Sam"), ("Harbour", "I am Sam"), ("dana", "I am Sam"), ("1", "I am Ann"), ("2", "I am Kelly")],
)
def test_of_several_calls_that_wait_the_one_that_is_named_goes_on(
    me: Keyboard, waiting: dict[str, str], answer: str, words: str
) -> None:
    listed = me.reads("Which one")
    assert "3 calls wait" in listed
    assert listed.index(f"1  {waiting['I am Ann']}  Jan Oakley (ward)") < listed.index("  Dana Whitfield (harbour)")
    assert "after you said: “Hello, I am Kelly, I had the interview.”" in listed
    me.types(answer)
    me.reads(r"\(the call goes on\)[\s\S]*" + words)
    me.reads("You: ")


def test_enter_chooses_no_call_and_a_sentence_is_told_that_nobody_hears_it_yet(
    me: Keyboard, waiting: dict[str, str]
) -> None:
    listed = me.reads("Which one")
    assert f"3  {waiting['I am Sam']}  Dana Whitfield" in listed
    me.types("")
    me.reads("Which one")
    me.types("Hello, this is Ann again, sorry")
    me.reads("nobody hears that. Type a number from 1 to 3 first")
    me.types(waiting["I am Kelly"])
    me.reads(r"\(the call goes on\)[\s\S]*I am Kelly")


def test_who_names_a_manager_left_twice_is_asked_which_of_the_two(me: Keyboard) -> None:
    me.reads("Which one")
    me.types("nobody")
    me.reads("None of these is 'nobody'")
    me.types("ward")
    again = me.reads("2 calls wait[\\s\\S]*Which one")
    assert "Dana" not in again.split("2 calls wait")[1]
    me.types("2")
    me.reads(r"\(the call goes on\)[\s\S]*I am Kelly")


def test_who_wants_none_of_them_leaves_them_all_as_they_were(me: Keyboard, db: Path) -> None:
    me.reads("Which one")
    me.presses(b"\x04")
    me.reads("They all wait as they were")
    assert me.leaves() == 0
    assert run("sessions", "--outcome", "unfinished", "--json", db=db).stdout.count(b'"session"') == 3


@pytest.mark.parametrize(("name", "words"), [("harbour", "I am Sam"), ("3", "I am Sam"), ("ward", "I am Ann")])
def test_a_script_goes_on_with_the_call_it_names_and_is_told_of_a_choice(
    waiting: dict[str, str], db: Path, name: str, words: str
) -> None:
    done = run("call", "--resume", name, "--json", db=db, said=b"Goodbye.\n")
    assert json.loads(done.stdout.splitlines()[-1])["session"] == waiting[words]
    assert (b"2 calls wait; the latest goes on, with Jan Oakley" in done.stderr) == (name == "ward")


def test_a_script_goes_on_with_the_call_of_an_id(waiting: dict[str, str], db: Path) -> None:
    done = run("call", "--resume", waiting["I am Kelly"], "--json", db=db, said=b"Goodbye.\n")
    assert json.loads(done.stdout.splitlines()[-1])["session"] == waiting["I am Kelly"]
    review = run("sessions", "review", waiting["I am Ann"], db=db)
    assert f"call --resume {waiting['I am Ann']}".encode() in review.stderr


@pytest.mark.parametrize(
    ("args", "answer"),
    [
        (["wrad"], "Did you mean 'ward'?"),
        (["nobody"], "What waits: harbour, ward."),
        (["--seed", "3", "--no-log"], "leave out --seed and --no-log."),
    ],
)
def test_a_call_that_does_not_wait_is_told_in_a_sentence_with_what_does(
    waiting: dict[str, str], db: Path, args: list[str], answer: str
) -> None:
    done = run("call", "--resume", *args, db=db)
    assert done.returncode == 1
    assert answer in done.stderr.decode()
    assert done.stderr.decode().count("\n") == 1


def test_a_call_held_under_older_rules_is_told_as_that(db: Path) -> None:
    run("call", "ward", db=db, said=b"Hello, I am Kelly.\n")
    with sqlite3.connect(db) as log:
        log.execute("UPDATE sessions SET engine = 'long ago'")
    log.close()
    done = run("call", "--resume", db=db)
    assert done.returncode == 1
    assert "under older rules" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_a_call_in_which_nobody_spoke_is_told_in_one_way(db: Path) -> None:
    told = run("call", db=db).stderr.decode()
    assert "nothing was said. The call waits" in told
    assert "call --resume" in told
    assert "rehearsal" not in told
    told = run("call", "--no-log", db=db).stderr.decode()
    assert "nothing was said. The call was not kept." in told
    assert "rehearsal" not in told
