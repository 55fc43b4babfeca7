"""`runner-up progress` and `decode`, run as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from bot.log import Log
from bot.rendering.picture import HEIGHT, WIDTH
from dialogs.decode import Item
from dialogs.decode import drill as decoded
from dialogs.hearing.heard import Heard
from dialogs.practice import Practice
from tests.as_a_user import Run
from tests.short_calls import BYE, HARBOUR, HELLO, ONWARD, READY


@pytest.fixture
def a_call(tmp_path: Path, run: Run) -> str:
    """One call in that log, held well; its id."""
    practice = Practice(HARBOUR, 1)
    with Log.open(tmp_path / "log.db") as log:
        me = log.local().id
        session = log.begin(me, HARBOUR, 1, practice.begin()).result()
        for words, moves in (HELLO, READY, ONWARD, BYE):
            log.keep(me, session, practice.take(Heard.of(*moves.split(",")), words)).result()
    return session


def test_progress_counts_the_calls_of_the_log(run: Run, a_call: str, tmp_path: Path) -> None:
    shown = run("progress")
    assert shown.stdout.startswith("1 call.")
    assert "openness" in shown.stdout
    told = json.loads(run("progress", "--json").stdout)
    assert told["calls"][0]["scenario"] == "harbour"
    assert {s["name"] for s in told["skills"]} >= {"opening", "groundwork", "question", "grace", "closing"}
    drawn = run("progress", "--picture", str(tmp_path / "p.png"))
    assert drawn.returncode == 0
    with Image.open(tmp_path / "p.png") as image:
        assert image.size == (WIDTH, HEIGHT)
    assert (tmp_path / "p.png").stat().st_mode & 0o077 == 0  # how somebody's calls went is theirs, as an export is
    nowhere = run("progress", "--picture", str(tmp_path / "no" / "p.png"))
    assert nowhere.returncode == 1
    assert "cannot be written" in nowhere.stderr


def test_an_empty_log_draws_nothing_and_says_so(run: Run, tmp_path: Path) -> None:
    assert "No calls yet" in run("progress").stdout
    refused = run("progress", "--picture", str(tmp_path / "p.png"))
    assert refused.returncode == 1
    assert "runner-up call" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_drill_asks_scores_and_remembers(run: Run) -> None:
    lines = [json.loads(line) for line in run("decode", "-n", "2", "--seed", "4", "--json").stdout.splitlines()]
    answers = "".join(f"{line['level']}\n90\n{line['reason_right'] + 1}\n" for line in lines)
    held = run("decode", "-n", "2", "--seed", "4", stdin=answers)
    assert held.returncode == 0
    assert held.stdout.count("Right.") >= 2
    assert json.loads(run("decode", "score", "--json").stdout)["hits"] == 1
    stopped = run("decode", "-n", "3", stdin="")
    assert stopped.returncode == 0
    assert json.loads(run("decode", "score", "--json").stdout)["count"] == 2


def test_a_drill_asks_again_for_what_is_no_percentage_and_tells_who_passes_what_is_behind_it(run: Run) -> None:
    (line,) = (json.loads(line) for line in run("decode", "-n", "1", "--seed", "4", "--json").stdout.splitlines())
    held = run("decode", "-n", "1", "--seed", "4", stdin=f"{line['level']}\ncertificate\n150\n60%\n\n")
    assert held.stderr.count("A number from 0 to 100, please, or just Enter.") == 2
    assert held.stdout.count("How sure are you") == 3 or held.stderr.count("How sure are you") == 3
    assert Item(**line).behind in held.stdout
    answers = {item.level: item.behind for item in decoded(2, 40)}
    assert answers[0].startswith("From this line nothing can be known. What was behind it: ")
    assert answers[3].startswith("What is behind it: ")


def test_bars_skills_and_levels_are_explained_where_they_are_shown(run: Run, a_call: str) -> None:
    shown = run("progress").stdout
    assert "Each bar is a call" in shown
    assert "0 no reason, 1 a formula, 2 a hint" in shown
    assert "groundwork: take the decision as settled" in shown
    drilled = run("decode", "-n", "1", stdin="1\n\n\n").stdout
    assert "Enter stops at any line" in drilled.splitlines()[1]
    assert "a bar a guess" in drilled
    assert "No calls with werk yet" in run("progress", "--scenario", "werk").stdout


def test_the_managers_are_listed_as_the_ladder_goes_up(run: Run) -> None:
    shown = run("scenarios")
    rungs = [line.split(".")[0] for line in shown.stdout.splitlines() if line[:1].isdigit()]
    assert rungs == list("123456789")
    assert "runner-up call NAME" in shown.stderr


def test_the_lines_of_a_call_of_ones_own_can_be_decoded(run: Run, a_call: str) -> None:
    for named in ("-", a_call):
        lines = run("decode", "--call", named, "--json").stdout.splitlines()
        assert [json.loads(line)["level"] for line in lines] == [2, 3]
