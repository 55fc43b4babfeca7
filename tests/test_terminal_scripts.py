"""Calls held by a script: lines and plays on standard input, and what a mistake on the command line says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commanded import run

DESPAIR = "I don't want to live any more."


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "log.db"


def test_lines_on_standard_input_hold_a_call(db: Path) -> None:
    done = run(
        "call", "harbour", "--seed", "1", "--json", db=db, said=b"Hi, Sam Ortiz, analyst interview.\nWhy not me?\n"
    )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [r["n"] for r in rows[:-1]] == [0, 1, 2]
    assert rows[2]["level"] == 1
    assert rows[-1]["outcome"] == "abandoned"
    assert rows[-1]["highest_level"] == 1
    assert rows[-1]["session"]


def test_a_play_on_standard_input_brings_its_scenario_and_seed(db: Path) -> None:
    play = (Path(__file__).parent / "calls" / "anger-costs-the-call.txt").read_bytes()
    rows = [json.loads(line) for line in run("call", "--json", db=db, said=play).stdout.splitlines()]
    assert rows[-1]["outcome"] in ("cut_off", "cold")


@pytest.mark.parametrize(
    "line",
    [
        b"x" * 100_000,
        b"\x00\x01\x02\x1b[31mred\x07",
        b"\xed\xa0\x80 lone surrogate",
        "‮right to left‬ \u2066isolate".encode(),
        b"\xff\xfe\xfa",
        b"",
        b"   \t  ",
        "😀".encode() * 3000,
    ],
    ids=["long", "control", "surrogate", "rtl", "not-utf8", "blank", "spaces", "emoji"],
)
def test_hostile_lines_are_answered_in_role_and_kept(db: Path, line: bytes) -> None:
    said = b"Hello, Sam Ortiz from the analyst interview.\n" + line + b"\nWhy was I not chosen?\n"
    done = run("call", "harbour", "--seed", "1", "--json", db=db, said=said)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(row) for row in done.stdout.splitlines()]
    assert rows[2]["says"]
    assert len(rows[2]["said"]) <= 4096
    assert rows[3]["level"] is not None
    shown = run("sessions", "show", rows[-1]["session"], db=db)
    assert shown.returncode == 0, shown.stderr


def test_the_same_seed_and_words_give_the_same_call_byte_for_byte(db: Path) -> None:
    said = b"Hi, Sam here from the analyst interview\nI accept it. What could I improve?\nthanks, bye\n"
    calls = {
        run("call", "harbour", "--seed", "77", "--json", "--no-log", db=db, said=said, PYTHONHASHSEED=seed).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(calls) == 1


@pytest.mark.parametrize(
    ("args", "complaint"),
    [
        (["call", "harbor"], "Did you mean 'harbour'?"),
        (["call", "--resume"], "There is no call to go on with"),
        (["cal"], "Did you mean 'call'?"),
        (["call", "harbour", "--seed", "x"], "--seed"),
    ],
)
def test_a_mistake_is_one_sentence_with_the_next_step(db: Path, args: list[str], complaint: str) -> None:
    done = run(*args, db=db)
    assert done.returncode == 1
    assert complaint in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_a_database_in_a_missing_folder_is_refused_in_one_sentence(tmp_path: Path) -> None:
    done = run("call", "harbour", db=tmp_path / "missing" / "log.db")
    assert done.returncode == 1
    assert done.stderr.decode().count("\n") == 1
    assert "does not exist" in done.stderr.decode()


def test_help_and_a_call_start_without_telegram() -> None:
    code = (
        "import sys; from bot.cli import cli, main\n"
        "from click.testing import CliRunner\n"
        "CliRunner().invoke(cli, ['--help']); CliRunner().invoke(cli, ['call', 'harbour', '--no-log'], input='hi\\n')\n"
        "print('telegram' in sys.modules, 'aiohttp' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_the_calls_so_far_are_listed_without_what_only_a_debrief_or_a_real_call_needs() -> None:
    code = "import sys, bot.cli.sessions, bot.log; print([m for m in ('dialogs.review', 'bot.transcripts', 'email') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_bot_starts_without_what_only_few_ask_for() -> None:
    rare = (
        "yaml",
        "sqlite_utils",
        "aiohttp",
        "bot.transcripts",
        "dialogs.postmortem",
        "dialogs.decode",
        "dialogs.compare",
        "dialogs.explain",
    )
    code = f"import sys, bot.telegram.running; print([m for m in {rare} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_script_written_beforehand_ends_also_when_somebody_in_it_is_in_distress(db: Path) -> None:
    said = f"Hello, Sam Ortiz, analyst interview.\n{DESPAIR}\nWhy was I not chosen?\nThanks, bye.\n".encode()
    done = run("call", "harbour", "--json", db=db, said=said)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [r["n"] for r in rows[:-1]] == [0, 1, 2, 3, 4]
    assert rows[2]["phase"] == rows[1]["phase"]
    assert " her" not in " ".join(rows[2]["says"])


def test_a_script_that_leaves_is_not_told_the_reason_and_says_its_commands_to_nobody(db: Path) -> None:
    said = b"Hello, this is Sam Ortiz. Is this a good time?\nCould you tell me why it was not me?\n/leave\nAnd another thing.\n"
    done = run("call", "harbour", "--seed", "1", db=db, said=said)
    out = done.stdout.decode()
    assert "--resume" in done.stderr.decode() + out
    assert "/leave" not in out
    assert "another thing" not in out
    assert "How you held it" in out
    assert "What decided it" not in out
    rest = run("call", "--resume", db=db, said=b"Thank you, goodbye.\n").stdout.decode()
    assert "What decided it" in rest


@pytest.mark.parametrize("command", ["/hint", "/undo", "/WHY"])
def test_a_command_of_the_keyboard_in_a_script_is_said_to_nobody_and_costs_no_turn(db: Path, command: str) -> None:
    lines = ["Hello, this is Sam Ortiz. Is this a good time?", "Could you tell me why it was not me?"]
    done = run("call", "harbour", "--seed", "1", db=db, said="\n".join([lines[0], command, lines[1]]).encode())
    assert done.returncode == 0, done.stderr
    assert f"({command} is for a call at the keyboard" in done.stderr.decode()
    alone = run("call", "harbour", "--seed", "1", db=db, said="\n".join(lines).encode())
    assert done.stdout.split(b"How far it opened")[0] == alone.stdout.split(b"How far it opened")[0]
