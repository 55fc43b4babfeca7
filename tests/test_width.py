"""Lines fit the terminal they are shown in, down to that of a phone; what goes elsewhere is never folded."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.width import folded
from tests.commanded import run
from tests.test_terminal import Keyboard

NARROW = 40
PLAY = Path(__file__).parent / "calls" / "anger-costs-the-call.txt"
SAID = b"Hello, this is Sam Ortiz. Do you have a minute?\nCould you tell me why?\n/hangup\n"
OTHER = b"Hello, this is Sam Ortiz. Do you have a minute?\n"


def lines_of(shown: str) -> list[str]:
    return shown.replace("\r", "").split("\n")


def too_long(shown: str) -> list[str]:
    """What runs over: what somebody typed and a path do as they must."""
    return [x for x in lines_of(shown) if len(x) > NARROW and not x.startswith("You:") and "/" not in x.strip(" ")[:1]]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    for said in (SAID, OTHER):
        run("call", "harbour", "--seed", "1", db=tmp_path / "log.db", said=said)
    return tmp_path / "log.db"


@pytest.mark.parametrize(
    "command",
    [
        "sessions",
        "sessions show",
        "sessions review",
        f"replay {PLAY}",
        "sessions search minute",
        "scenarios",
        "scenarios show harbour",
        "scenarios check harbour",
        "progress",
        "real plan",
        "decode score",
        "db status",
        "privacy",
        "sessions list --nope",
        "nothing",
        "--help",
        "call --help",
        "sessions --help",
    ],
)
def test_no_line_runs_over_forty_columns(db: Path, command: str) -> None:
    me = Keyboard(*command.split(), db=db, columns=NARROW)
    shown = me.reads_to_the_end()
    me.close()
    assert shown.strip()
    assert too_long(shown) == []


def test_a_difference_that_replay_found_is_folded_too_and_has_no_colour_where_none_is_wanted(tmp_path: Path) -> None:
    play = tmp_path / "play.txt"
    play.write_text(PLAY.read_text(encoding="utf-8").replace("[ask_open →", "[greet, thank, accept, ask_open →"))
    me = Keyboard("replay", str(play), db=tmp_path / "log.db", columns=NARROW)
    shown = me.reads_to_the_end()
    me.close()
    assert "≠ heard: was greet, thank, accept" in shown
    assert "\x1b" not in shown
    assert too_long(shown) == []


def test_no_line_of_a_call_runs_over_forty_columns(tmp_path: Path) -> None:
    me = Keyboard("call", db=tmp_path / "log.db", columns=NARROW)
    shown = me.reads("You: ")
    for line in (
        "/hint",
        "/why",
        "/help",
        "/model",
        "Hello, this is Sam.",
        "/why",
        "I want to kill myself",
        "hm",
        "/continue",
    ):
        me.types(line)
        shown += me.reads(r"\nYou: ")
    me.types("/leave")
    shown += me.reads_to_the_end()
    me.close()
    assert "/continue goes on" in shown.replace("\r\n", " ")
    assert too_long(shown) == []


def test_a_row_of_calls_stands_on_one_line_where_it_fits_and_is_never_folded_for_a_program(db: Path) -> None:
    shown = run("sessions", db=db).stdout.decode()
    assert [len(line) > 60 for line in shown.splitlines()] == [False, True]
    me = Keyboard("sessions", db=db, columns=120)
    assert lines_of(me.reads_to_the_end()) == lines_of(shown)
    me.close()


def test_what_follows_stands_under_the_beginning_of_its_words_and_a_command_stays_whole() -> None:
    assert folded("/hint      what a good caller might try next", 30).splitlines() == [
        "/hint      what a good caller",
        "           might try next",
    ]
    assert folded("  - a line that is long enough to fold", 24).splitlines() == [
        "  - a line that is long",
        "    enough to fold",
    ]
    told = "Error: No session k7p2 here. See: .venv/bin/runner-up sessions list"
    assert folded(told, 36).splitlines()[-1] == ".venv/bin/runner-up sessions list"


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C",)), max_size=200), st.integers(24, 88))
def test_folding_loses_no_word_and_keeps_within_the_width(text: str, width: int) -> None:
    shown = folded(text, width)
    assert shown.split() == text.split()
    longest = max((len(word) for word in text.split(" ")), default=0)
    assert all(len(line) <= max(width, longest + width // 2) for line in shown.split("\n"))
    assert not re.search("\0", shown)
