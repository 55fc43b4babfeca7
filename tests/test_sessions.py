"""Calls are listed, read, searched, laid side by side, and deleted for good."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from bot.library import find
from bot.log import Log
from bot.session import Session
from tests.kept import GOOD, Run, a_call, ear
from tests.managers import manager

# -- the list -------------------------------------------------------------------------------------------


def test_an_empty_log_says_how_to_begin(sessions: Run) -> None:
    done = sessions()
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "No calls yet. Start one: runner-up call\n")


def test_a_noun_alone_lists_the_latest_first(sessions: Run, log: Log) -> None:
    first, second = a_call(log, *GOOD), a_call(log, "threat <threaten>", seed=2)
    lines = sessions().stdout.splitlines()
    assert [line.split()[0] for line in lines] == [second, first]
    assert "cut off by the manager" in lines[0]
    assert "level 3, one reason" in lines[1] or "level 2, a hint (at most level 3)" in lines[1]
    assert len(sessions("-n", "1").stdout.splitlines()) == 1


def test_calls_are_chosen_by_scenario_outcome_level_and_day(sessions: Run, log: Log) -> None:
    good, bad = a_call(log, *GOOD), a_call(log, "threat <threaten>", seed=2)
    assert [r["session"] for r in json.loads(sessions("--outcome", "cut_off", "--json").stdout)] == [bad]
    assert [r["session"] for r in json.loads(sessions("--level", "2+", "--json").stdout)] == [good]
    assert json.loads(sessions("--scenario", "nobody", "--json").stdout) == []
    assert len(json.loads(sessions("--since", "today", "--json").stdout)) == 2
    assert json.loads(sessions("--since", "2999-01-01", "--json").stdout) == []


@pytest.mark.parametrize(
    ("option", "value"), [("--level", "5"), ("--level", "soon"), ("--since", "soonish"), ("--outcome", "x")]
)
def test_a_choice_that_is_none_is_refused_in_a_sentence(sessions: Run, option: str, value: str) -> None:
    done = sessions(option, value)
    assert done.exit_code != 0
    assert "Traceback" not in done.output


def test_the_list_is_an_array_lines_or_a_table_for_machines(sessions: Run, log: Log) -> None:
    session = a_call(log, *GOOD)
    (row,) = json.loads(sessions("--json").stdout)
    assert json.loads(sessions("--nl").stdout) == row
    (cells,) = csv.DictReader(io.StringIO(sessions("--csv").stdout))
    assert (row["session"], cells["session"], cells["scenario"]) == (session, session, "test")


# -- reading --------------------------------------------------------------------------------------------


def test_a_call_is_read_by_the_beginning_of_its_id(sessions: Run, log: Log) -> None:
    session = a_call(log, *GOOD)
    text = sessions("show", session[:5]).stdout
    assert "You:  Sam here" in text
    assert "Dana: Dana Whitfield" in text or "Dana:" in text
    assert text == sessions("show").stdout
    full = sessions("show", "--full").stdout
    assert "[greet, introduce → opening]" in full
    assert "why: " in full
    assert len(sessions("show", "--short").stdout.splitlines()) < 9


def test_show_as_json_carries_every_turn(sessions: Run, log: Log) -> None:
    session = a_call(log, *GOOD)
    row = json.loads(sessions("show", session, "--json").stdout)
    assert (row["session"], row["turns"]) == (session, 4)
    assert row["transcript"][1]["moves"] == ["greet", "introduce"]


def test_a_call_that_is_not_there_is_one_sentence(sessions: Run, log: Log) -> None:
    done = sessions("show", "99")
    assert (done.exit_code, done.stderr) == (1, "Error: No session 99. See: runner-up sessions\n")


def test_the_review_follows_the_call_and_why_tells_the_rules(sessions: Run, log: Log) -> None:
    a_call(log, *GOOD)
    text = sessions("review").stdout
    assert "How far it opened" in text
    assert "The sealed envelope" in text
    assert "Turn by turn" in sessions("review", "--why").stdout
    assert json.loads(sessions("review", "--json").stdout)["debrief"]["opened"] >= 1


@pytest.mark.parametrize("words", ['"', "wasn't", "AND", "c++", "-x", "NEAR(", "*", "a:b", "\0", "'", "^", "{}"])
def test_no_words_are_a_mistake_to_search_for(sessions: Run, log: Log, words: str) -> None:
    a_call(log, f"well {words.replace(chr(0), '')} then <greet>")
    done = sessions("search", "--", words)
    assert (done.exit_code, done.exception) == (0, None)


def test_a_search_finds_what_was_said_and_what_was_answered(sessions: Run, log: Log) -> None:
    session = a_call(log, "the spinach story <greet>")
    assert session in sessions("search", "spinach").stdout
    assert [r["n"] for r in json.loads(sessions("search", "Whitfield", "--json").stdout)] == [0]
    assert sessions("search", "nowhere").stderr.startswith("Nothing found. ")


def test_a_deleted_call_is_gone(sessions: Run, log: Log) -> None:
    session = a_call(log, "the spinach story <greet>")
    assert "--yes" in sessions("delete", session).stderr
    assert sessions("delete", session, "--yes").exit_code == 0
    assert sessions("search", "spinach").stdout == ""
    assert b"spinach" not in log.path.read_bytes()


def test_an_outcome_is_told_in_plain_words(sessions: Run, log: Log) -> None:
    a_call(log, "You will hear from my lawyer. <threaten>")
    for told in (sessions(), sessions("show"), sessions("export", "--format", "html")):
        assert "cut off by the manager" in told.output
        assert "cut_off" not in told.output


# -- side by side, and the latest debrief -----------------------------------------------------------------


def test_two_tries_of_a_call_are_laid_side_by_side(sessions: Run, tmp_path: Path) -> None:
    with Log.open(tmp_path / "log.db") as log:
        me = log.local().id
        first = Session.start(log, me, manager(), 1, ear=ear)
        first.hear("Sam here <introduce>")
        first.hear("Nonsense, I was better <argue>")
        again = first.take_back(2)
        again.hear("It is fine. What could I improve? <accept> <ask_open>")
    shown = sessions("compare", again.id)
    assert shown.exit_code == 0, shown.output
    assert "Turn 1, the same in both: Sam here" in shown.output
    assert "Nonsense, I was better" in shown.output
    assert "What could I improve?" in shown.output
    latest, by_the_first = sessions("compare"), sessions("compare", first.id)
    assert latest.output == by_the_first.output == shown.output, "one need not know an ID"
    assert sessions("compare", again.id, first.id).output == shown.output
    assert "trusts you" in shown.output
    ours = "\n".join(line for line in shown.output.splitlines() if not line.startswith(" "))
    known = rf"{first.id}|{again.id}|20\d\d-\d\d-\d\d \d\d:\d\d|[Tt]urn \d|level \d"
    told = re.sub(known, "", ours)
    assert not re.search(r"\d", told), "no figure but times, turns and levels"


def test_a_call_that_was_only_left_is_laid_beside_another_as_one_that_can_go_on(sessions: Run, log: Log) -> None:
    over = a_call(log, *GOOD)
    left = Session.resume(log, log.local().id, log.branch(log.local().id, over, 3).result(), ear=ear)
    shown = sessions("compare", left.id).output
    assert "without a goodbye" not in shown
    assert "not at its end yet" in shown
    first, second = shown.splitlines()[:2]
    assert first.endswith("ended warmly"), first
    assert second.endswith(f"not finished, another try of call {over}, from turn 3"), second
    assert "the call goes no further yet" in shown
    assert "the call was over" not in shown


def test_a_try_that_was_rung_off_is_not_laid_beside_the_other_as_silence(sessions: Run, log: Log) -> None:
    over = a_call(log, *GOOD)
    left = Session.resume(log, log.local().id, log.branch(log.local().id, over, 3).result(), ear=ear)
    left.hang_up()
    shown = sessions("compare", left.id).output
    assert "Second:  You: (rang off)" in shown
    assert "says nothing" not in shown


def test_two_tries_of_one_call_are_not_named_alike(sessions: Run, log: Log) -> None:
    over, me = a_call(log, *GOOD), log.local().id
    one = log.branch(me, over, 3).result()
    two = log.branch(me, one, 2).result()
    first, second = sessions("compare", two).output.splitlines()[:2]
    assert first.endswith(f"another try of call {over}, from turn 3")
    assert second.endswith(f"another try of call {one}, from turn 2")
    undone = Session.resume(log, me, two, ear=ear)
    undone.hear(GOOD[1])
    assert (
        f"again:    call {two} with its words from turn 2 on taken back"
        in sessions("show", undone.take_back().id).output
    )
    assert f"again:    another try of call {one}, from turn 2" in sessions("show", two).output


def test_each_call_laid_side_by_side_speaks_under_its_own_managers_name(sessions: Run, log: Log) -> None:
    one = a_call(log, *GOOD)
    other = Session.start(log, log.local().id, find("ward"), 1, ear=ear, hearing="1 light")
    other.hear(GOOD[0])
    shown = sessions("compare", one, other.id).output
    ours = manager().manager.split()[0]
    assert {name for name in (ours, "Jan") if f" {name}: " in shown} == {ours, "Jan"}


def test_the_latest_debrief_is_that_of_the_latest_call_that_is_over(sessions: Run, log: Log) -> None:
    over, begun = a_call(log, *GOOD), a_call(log, *GOOD[:2], seed=2)
    assert sessions("review", begun).exit_code == 1
    latest = sessions("review")
    assert latest.exit_code == 0, latest.output
    assert latest.output == sessions("review", over).output


def test_without_a_second_try_comparing_says_how_to_make_one(sessions: Run, log: Log) -> None:
    refused = sessions("compare")
    assert refused.exit_code == 1
    assert "no second try" in refused.output
    alone = a_call(log, *GOOD)
    refused = sessions("compare", alone)
    assert refused.exit_code == 1
    assert f"runner-up sessions compare {alone} ID" in refused.output


def test_a_call_counts_the_same_turns_in_the_list_in_the_log_and_when_it_is_deleted(sessions: Run, log: Log) -> None:
    session = a_call(log, *GOOD)
    listed = json.loads(sessions("--json").stdout)[0]["turns"]
    assert log.counts()["turns"] == listed
    assert log.backup().turns == listed
    assert f"({listed} turns)" in sessions("delete", session, "--yes").stderr


def test_two_managers_side_by_side_are_said_to_be_two_people(sessions: Run, log: Log) -> None:
    one, two = a_call(log, *GOOD), a_call(log, *GOOD, seed=2)
    assert "two people" not in sessions("compare", one, two).output
    log.write(lambda db: db.execute("UPDATE sessions SET manager = 'Ann Lee' WHERE public_id = ?", [two])).result()
    assert "These are two people" in sessions("compare", one, two).output


def test_the_name_of_a_firm_is_no_name_of_a_manager() -> None:
    from dialogs.scenario.first_file import not_an_answer

    assert "person" in not_an_answer("manager", "Petal & Co")
    assert not any(not_an_answer("manager", name) for name in ("Alex Morgan", "Dr. Jo O'Neil-Šek", "J.P. Mann", "Ann"))


def test_a_letter_that_was_not_answered_has_no_outcome_and_is_not_called_unfinished(
    sessions: Run, tmp_path: Path
) -> None:
    (tmp_path / "mail.txt").write_text(
        "Dear Sam,\n\nThank you for coming in. We have decided to go with another candidate.\n\nKind regards,\nPriya Nair\n"
    )
    assert sessions("import", str(tmp_path / "mail.txt")).exit_code == 0
    (letter,) = json.loads(sessions("list", "--json").stdout)
    assert (letter["outcome"], letter["ended_at"] is not None) == (None, True)
    assert "outcome not noted" in sessions("compare", letter["session"], letter["session"]).stdout
