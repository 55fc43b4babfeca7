"""`runner-up real`, run as a user runs it: the real call planned, reminded of, and told."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bot.log import Log
from tests.as_a_user import Run


def test_the_real_call_is_planned_made_and_learned_from(run: Run) -> None:
    assert "real plan" in run("real").stderr
    planned = run("real", "plan", "--company", "Harbour Mutual", "--job", "data analyst", "--fear", "exit story",
                  "--on", "tomorrow")  # fmt: skip
    assert planned.returncode == 0
    assert "leaving my last job" in planned.stdout
    assert "Harbour Mutual" in run("real").stdout
    assert run("real", "show").stdout == planned.stdout
    noted = json.loads(
        run("real", "happened", "--level", "3", "--reason", "exit story", "--told", "It was that.", "--json").stdout
    )
    assert noted["level"] == 3
    todo = [json.loads(line) for line in run("real", "todo", "--json").stdout.splitlines()]
    assert len(todo) == len(noted["todo"]) == 2
    assert run("real", "done", todo[0]["id"]).stdout.startswith("Done:")
    assert len(run("real", "todo", "--json").stdout.splitlines()) == 1
    assert run("real", "add", "Call my referee").returncode == 0
    assert "one concrete reason" in run("real").stdout


def test_what_came_of_it_is_asked_for_in_a_few_answers(run: Run) -> None:
    run("real", "plan", "--company", "Tern Ltd", "--job", "buyer")
    told = run("real", "happened", stdin="3\ncertificat\ncertificate\n2\nShe said to get it.\n")
    assert told.returncode == 0
    assert "did you mean 'certificate'?" in told.stderr
    assert "certificate" in told.stdout
    assert "Ring again in two weeks" in told.stdout, "a real possibility was named"
    assert "She said to get it." in run("real", "show").stdout
    nobody = run("real", "happened", stdin="n\n\n")
    assert nobody.returncode == 0
    assert "What was it" not in nobody.stderr


def test_a_level_is_typed_by_its_own_number_and_what_is_none_is_asked_for_again(run: Run) -> None:
    told = run("real", "happened", stdin="7\n\nyes\n2\n\n\n\n")
    assert told.returncode == 0, told.stderr
    assert told.stderr.count("n when nobody was reached, or a level from 0 to 4") == 3
    assert "Error" not in told.stderr
    assert "  2  A hint at the direction" in told.stderr
    assert "level 2, a hint at the direction" in told.stdout


def test_who_leaves_the_questions_about_the_real_call_hears_what_to_do(run: Run) -> None:
    left = run("real", "happened", stdin="")
    assert left.returncode == 1
    assert "Nothing was noted" in left.stderr
    assert "real happened --level 2" in left.stderr


def test_nobody_knows_how_open_a_real_line_was(run: Run, tmp_path: Path) -> None:
    talk = tmp_path / "talk.txt"
    talk.write_text("Ana: Hello, why wasn't it me?\nKaren: It was a strong field.\n")
    session = run("sessions", "import", str(talk), "--you", "ana").stdout.strip()
    refused = run("decode", "--call", session)
    assert refused.returncode == 1
    assert f"runner-up sessions review {session}" in refused.stderr


def test_a_reminder_asked_for_in_the_terminal_is_shown_once_when_it_is_due(run: Run, tmp_path: Path) -> None:
    assert "--on tomorrow" in run("real", "plan", "--remind").stderr
    run("real", "plan", "--company", "Harbour Mutual", "--on", "2026-01-05", "--remind")
    with Log.open(tmp_path / "log.db") as log:
        assert log.due() == []  # nobody sends it to Telegram, where this person is not
    for command in (["progress"], ["call", "harbour"], ["real"]):
        told = run(*command, stdin="Hello, this is Sam Ortiz.\n").stderr
        assert ("Reminder: This was for 5 Jan 2026" in told) == (command == ["progress"])


@pytest.mark.parametrize("command", [["call", "harbour"], ["real", "todo"], ["progress", "--json"]])
def test_each_command_about_calls_shows_what_is_due(run: Run, command: list[str]) -> None:
    run("real", "happened", "--level", "1", "--remind")
    assert "Reminder" not in run(*command).stderr
    run("real", "plan", "--on", "2026-01-05", "--remind")
    told = run(*command, stdin="Hello.\n")
    assert told.stderr.count("Reminder: ") == 1
    assert "Reminder" not in told.stdout


def test_a_reminder_is_confirmed_with_what_when_where_and_how_to_stop_it(run: Run) -> None:
    planned = run("real", "plan", "--company", "Harbour Mutual", "--on", "2027-01-05", "--remind").stderr
    assert "from Tuesday 5 January 2027, 09:00 on" in planned
    assert "“Today is the day for your call to Harbour Mutual." in planned
    assert "the first call, progress or real command here says once" in planned
    stop = planned.strip().rsplit("runner-up ", 1)[1].split()
    assert stop[:2] == ["real", "cancel"]
    assert "Reminder" not in run("real", "plan", "--company", "Tern", "--on", "2027-01-06").stderr
    assert "No reminder will come." in run(*stop).stdout
    assert "not made" in run("real").stdout.splitlines()[0]
    assert "No reminder was set." in run("real", "cancel").stdout
    assert "nothing to call off" in run("real", "cancel").stderr


@pytest.mark.parametrize("over", [("cancel",), ("happened", "--level", "1")])
def test_a_call_that_is_over_leaves_the_reminder_of_another(run: Run, over: tuple[str, ...], tmp_path: Path) -> None:
    run("real", "plan", "--company", "Tern", "--on", "2027-01-05", "--remind")
    run("real", "plan", "--company", "Brook", "--on", "2027-01-05", "--remind")
    run("real", *over)
    with Log.open(tmp_path / "log.db") as log:
        assert ["Tern" in r["about"]["text"] for r in log.reminders(log.local().id)] == [True]


def test_what_came_of_it_says_which_call_it_is_filed_under(run: Run) -> None:
    run("real", "plan", "--company", "Tern Ltd", "--job", "buyer")
    which = json.loads(run("real", "list", "--json").stdout)["id"]
    asked = run("real", "happened", stdin="1\n0\n\n").stderr
    assert "This is about your call to Tern Ltd about the buyer job, planned on 20" in asked
    assert asked.index("This is about") < asked.index("What came of it?")
    assert f"Filed under {which}, your call to Tern Ltd about the buyer job." in asked
    again = run("real", "happened", which, "--level", "2").stderr
    assert "takes the place of what was noted before" in again
    on_the_spot = run("real", "happened", "--level", "1").stderr
    assert "a call that was not planned here" in on_the_spot


def test_who_leaves_the_questions_has_noted_nothing(run: Run) -> None:
    assert "No call is planned here" in run("real", "happened", stdin="").stderr
    assert run("real", "list", "--json").stdout == ""


def test_a_call_that_was_made_is_not_reminded_of(run: Run) -> None:
    run("real", "plan", "--on", "2026-01-05", "--remind")
    run("real", "happened", "--level", "1")
    assert "Reminder" not in run("progress").stderr


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("real", "plan", "--fear", "certificat"), "did you mean 'certificate'?"),
        (("real", "plan", "--on", "someday"), "is no day"),
        (("real", "happened", "--level", "5"), "0 no reason at all, 1 a formula"),
        (("real", "happened", "--level", "1", "--door", "x"), "2 (a real possibility)"),
        (("real", "show"), "No real call is planned"),
        (("real", "done", "zzz"), "runner-up real todo"),
        (("real", "plan", "harbr"), "harbour"),
        (("decode", "--call", "nope"), "nope"),
    ],
)
def test_a_mistake_is_one_sentence(run: Run, args: tuple[str, ...], says: str) -> None:
    refused = run(*args)
    assert refused.returncode == 1
    assert says in refused.stderr
    assert "Traceback" not in refused.stderr
    assert refused.stdout == ""


def test_what_is_feared_and_what_came_may_be_said_in_ones_own_words(run: Run) -> None:
    planned = run("real", "plan", "--company", "Tern", "--fear", "I don't have the truck licence")
    assert "Was it a certificate I don't have yet?" in planned.stdout
    assert (
        "I take “I don't have the truck licence” as: a missing certificate or licence (certificate)." in planned.stderr
    )
    came = run("real", "happened", stdin="3\nI messed up the question about conflict\nanswers\n0\n\n")
    assert came.returncode == 0
    assert "may be several things. The nearest, with the word to type:" in came.stderr
    assert re.search(r"answers +an answer in the interview", came.stderr)
    assert "say it aloud three times" in came.stdout


def test_the_same_plan_looked_at_again_is_one_call_and_plans_are_told_apart_by_fear_and_day(run: Run) -> None:
    first = run("real", "plan", "--fear", "pay").stderr
    again = run("real", "plan", "--fear", "pay", "--other-words").stderr
    assert "Kept as" in first
    assert "Kept already as" in again
    run("real", "plan", "--fear", "years", "--on", "3d")
    run("real", "plan", "--fear", "years", "--on", "3d")
    listed = run("real").stdout.splitlines()
    assert len(listed) == 2
    assert re.search(r"planned on 20.*feared: pay", listed[0])
    assert re.search(r"planned for 20.*feared: years", listed[1])


def test_who_fears_something_unclear_is_offered_the_nearest_and_nothing_is_cut_in_a_word(run: Run) -> None:
    asked = run(
        "real", "plan", "--fear", "he looked at me in a strange way whenever the weather was mentioned by anybody"
    )
    assert asked.returncode == 1
    assert "may be several things" in asked.stderr or "which reason" in asked.stderr
    assert "weather was …'" in asked.stderr
    near = asked.stderr.split("to type:")[1].split("The others")[0]
    assert len(near.strip().splitlines()) >= 2
