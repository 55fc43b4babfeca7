"""What a stranger types wrongly in a terminal, and how a command is named there so that it can be typed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.prog_name import prog_name

PROGRAM = Path(sys.executable).with_name("runner-up")


def run(*args: str, db: Path, cwd: Path | None = None, path: str = "/usr/bin:/bin") -> str:
    env = {"PATH": path, "HOME": str(db.parent), "RUNNER_UP_DB": str(db), "RUNNER_UP_HEARING": "light"}
    program = str(PROGRAM.relative_to(cwd)) if cwd is not None else str(PROGRAM)
    done = subprocess.run(
        [program, *args], capture_output=True, text=True, cwd=cwd or db.parent, env=env, check=False, input=""
    )
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("call harbour again", "'again' is more than this takes"),
        ("call harbour --seed x", "--seed: 'x' is no number."),
        ("call --seed", "--seed needs a value after it."),
        ("call --sed 3", "Did you mean --seed?"),
        ("sessions list --nope", "There is no option --nope. See: "),
        ("sessions list --senario x", "Did you mean --scenario?"),
        ("sessions keep", "Something is missing here: ID."),
        ("sessions reviw", "There is no command 'reviw' here. Did you mean 'review'?"),
        ("real nonsense", "There are: "),
        ("real plan --guarded 7", "7 is not between 0 and 2."),
        ("sessions list --outcome blue", "'blue' is not one of"),
    ],
)
def test_what_was_typed_wrongly_is_said_in_a_line_with_the_next_step(typed: str, answer: str, tmp_path: Path) -> None:
    told = run(*typed.split(), db=tmp_path / "log.db", path=str(PROGRAM.parent))
    assert told.startswith("Error: ")
    assert answer in told
    assert "See: runner-up " in told
    assert told.count("\n") == 1
    for jargon in ("argument", "Usage", "valid", "integer", "BadParameter", "x<="):
        assert jargon not in told


def test_a_command_is_named_as_it_can_be_typed_here(tmp_path: Path) -> None:
    root = PROGRAM.parents[2]
    short = str(PROGRAM.relative_to(root))
    db = tmp_path / "log.db"
    assert f"Start one: {short} call\n" in run("sessions", db=db, cwd=root)
    assert f"Start one: {short} call harbour\n" in run("progress", "--scenario", "harbour", db=db, cwd=root)
    assert f"See: {short} sessions\n" in run("sessions", "show", "zzz", db=db, cwd=root)
    assert f"Usage: {short} real " in run("real", "--help", db=db, cwd=root)
    assert f"  {short} real happened\n" in run("real", "--help", db=db, cwd=root)
    assert f"Start one: {PROGRAM} call\n" in run("sessions", db=db), "from elsewhere the whole way"
    on_the_path = run("sessions", db=db, path=f"{PROGRAM.parent}{os.pathsep}/usr/bin")
    assert "Start one: runner-up call\n" in on_the_path


def test_a_program_started_in_another_way_is_called_by_its_name(tmp_path: Path) -> None:
    assert prog_name("-c") == "runner-up"
    assert prog_name(str(tmp_path / "runner-up")) == "runner-up"
    folder = tmp_path / "a b"
    folder.mkdir()
    (folder / "runner-up").touch()
    assert prog_name(str(folder / "runner-up"), tmp_path) == "'a b/runner-up'"


def test_a_program_that_is_not_installed_names_its_commands_as_it_was_started(tmp_path: Path) -> None:
    given = {"PATH": "/usr/bin:/bin", "RUNNER_UP_DB": str(tmp_path / "log.db")}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "sessions"],
        env=given,
        cwd=PROGRAM.parents[2],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "Start one: python -m bot call" in done.stderr
