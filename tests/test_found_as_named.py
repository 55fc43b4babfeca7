"""What is looked for is found as people name it: a manager, a word in another form, a reason in one's own words, an export."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.cli.real_known import kind_of
from bot.library import find
from bot.log import Log
from bot.privacy import of_chat
from bot.settings import Settings
from tests.commanded import run
from tests.logged import call_of
from tests.test_terminal import Keyboard


@pytest.fixture
def at_a_terminal(tmp_path: Path) -> Iterator[Keyboard]:
    keyboard = Keyboard("sessions", "export", db=tmp_path / "log.db")
    yield keyboard
    keyboard.close()


@pytest.mark.parametrize(("named", "scenario"), [("dana", "harbour"), ("Dana Whitfield", "harbour"), ("PYM", "museum"), ("Museum", "museum")])  # fmt: skip
def test_a_scenario_is_found_by_its_manager_and_in_any_letters(named: str, scenario: str) -> None:
    assert find(named).name == scenario


def test_who_is_nobody_is_not_found() -> None:
    with pytest.raises(click.ClickException, match="There is no scenario 'nobody'"):
        find("nobody")


def test_a_beginning_finds_every_word_that_begins_so(log: Log) -> None:
    call_of(log, "was it a certification")
    me = log.local().id
    assert len(log.search(me, "certif*")) == 1
    assert log.search(me, "certificate") == []
    assert log.search(me, "ertif*") == []
    for odd in ("*", '"*', "**", "x" * 4000 + "*"):
        assert log.search(me, odd) == []


def test_a_search_that_finds_nothing_says_that_whole_words_are_sought_and_offers_a_beginning(tmp_path: Path) -> None:
    done = run("sessions", "search", "certificate", db=tmp_path / "log.db")
    assert b"Whole words are sought" in done.stderr
    assert b"search 'certif*'" in done.stderr


def test_a_reason_that_is_none_of_the_known_is_answered_in_plain_words_the_nearest_first() -> None:
    with pytest.raises(click.ClickException) as refused:
        kind_of("payroll")
    said = refused.value.message
    assert "drawer" not in said
    near, far = said.split("The others:")
    assert near.splitlines()[1].split(maxsplit=1) == ["pay", "the salary was out of reach"]
    assert len(near.splitlines()) == 4
    assert "a practical matter" in far


def test_everything_as_json_is_not_poured_over_a_terminal_and_goes_through_a_pipe(
    at_a_terminal: Keyboard, tmp_path: Path
) -> None:
    shown = at_a_terminal.reads(r"calls\.html")
    assert "sessions export -o everything.jsonl" in shown
    assert at_a_terminal.leaves() == 1
    run("call", "harbour", db=tmp_path / "log.db", said=b"Hello\n")
    assert run("sessions", "export", db=tmp_path / "log.db").stdout.startswith(b"{")


def test_privacy_reads_right_whether_or_not_the_operator_gave_a_name() -> None:
    ((_, named),) = [x for x in of_chat(Settings(operator="Ada, ada@example.org")) if x[0] == "Who answers for it"]
    assert named == "Ada, ada@example.org. Write to them about anything on this page."
    ((_, nameless),) = [x for x in of_chat(Settings()) if x[0] == "Who answers for it"]
    assert "Write to them" not in nameless
    assert "whoever gave you the link" in nameless
