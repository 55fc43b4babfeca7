"""What is typed at a question of the program: a way out is told, names do as well as numbers, and despair is answered there too."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.commanded import run
from tests.test_terminal import Keyboard

TALK = "Priya: Hello, Priya here.\nSam: May I ask what decided it?\nPriya: You had no figures.\n"
Sit = Callable[..., Keyboard]


@pytest.fixture
def sit(tmp_path: Path) -> Iterator[Sit]:
    opened: list[Keyboard] = []

    def begin(*args: str) -> Keyboard:
        opened.append(Keyboard(*args, db=tmp_path / "log.db"))
        return opened[-1]

    yield begin
    for keyboard in opened:
        keyboard.close()


@pytest.mark.parametrize(
    ("command", "question"),
    [
        (["call", "--resume"], r"Which one\?"),
        (["decode"], r"How open is that\?"),
        (["real", "happened"], r"What came of it\?"),
        (["scenarios", "new", "--own"], r"Which company"),
    ],
)
def test_words_of_despair_are_answered_at_a_question_too(
    sit: Sit, tmp_path: Path, command: list[str], question: str
) -> None:
    for scenario in ("harbour", "ward"):
        run("call", scenario, db=tmp_path / "log.db", said=b"Hello, this is Sam.\n")
    me = sit(*command)
    me.reads(question)
    me.types("I want to kill myself")
    answer = me.reads(question)
    assert "findahelpline.com" in answer
    assert "A number from" not in answer
    assert "Please type" not in answer
    assert "No call has begun yet" not in answer


def test_what_is_written_in_despair_at_a_question_for_ones_own_words_is_not_kept(sit: Sit, tmp_path: Path) -> None:
    me = sit("real", "happened")
    me.reads(r"What came of it\?")
    me.types("n")
    me.reads(r"What happened, in your words\?")
    me.types("I want to kill myself")
    assert "findahelpline.com" in me.reads(r"What happened, in your words\?")
    me.types("Nobody picked up.")
    me.reads("Filed under")
    me.leaves()
    assert b'"told": "Nobody picked up."' in run("real", "list", "--json", db=tmp_path / "log.db").stdout


@pytest.mark.parametrize(
    ("command", "question", "way_out"),
    [
        (["call", "--resume"], r"Which one\?", "Ctrl-C leaves them all waiting"),
        (["real", "happened"], r"What came of it\?", "Ctrl-C leaves it for another time"),
    ],
)
def test_enter_at_a_question_that_wants_an_answer_tells_the_way_out_and_leave_takes_it(
    sit: Sit, tmp_path: Path, command: list[str], question: str, way_out: str
) -> None:
    for scenario in ("harbour", "ward"):
        run("call", scenario, db=tmp_path / "log.db", said=b"Hello, this is Sam.\n")
    me = sit(*command)
    me.reads(question)
    me.types("")
    assert way_out in me.reads(question)
    me.types("/leave")
    me.reads(r"They all wait|Nothing was noted")
    me.leaves()


def test_which_speaker_is_you_is_said_by_name_or_number(sit: Sit, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK.replace("Sam:", "Sam Ortiz:"))
    me = sit("sessions", "import", str(tmp_path / "talk.txt"))
    me.reads("Which of these is you")
    me.types("Karen")
    me.reads("None of them is called 'Karen'. Ctrl-C leaves it, and nothing is brought in.")
    me.reads("Which of these is you")
    me.types("sam")
    me.reads("1 call brought in")
    assert me.leaves() == 0


def test_a_name_where_the_file_shows_who_is_who_is_told_that_none_is_needed(tmp_path: Path) -> None:
    (tmp_path / "mail.txt").write_text(
        "Dear Sam,\n\nThank you for coming in. We have decided to go with another candidate.\n\nKind regards,\nPriya Nair\n"
    )
    refused = run("sessions", "import", str(tmp_path / "mail.txt"), "--you", "Sam", db=tmp_path / "log.db")
    assert refused.stderr.decode().strip().endswith("It shows by itself which side is yours: leave --you out.")
    assert refused.returncode == 1


def test_who_breaks_off_a_new_scenario_is_told_that_nothing_was_written(sit: Sit, tmp_path: Path) -> None:
    me = sit("scenarios", "new", str(tmp_path / "mine.yaml"))
    me.reads("Which job")
    me.waits()
    me.process.send_signal(signal.SIGINT)
    me.reads(r"Nothing was written\.\s")
    assert me.leaves() == 1
    assert not (tmp_path / "mine.yaml").exists()
