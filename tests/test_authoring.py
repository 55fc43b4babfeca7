"""Tools for authors: remarks with line and way out, a first file that works at once, a map, a schema."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from bot.cli.scenarios import scenarios
from dialogs.call import Phase
from dialogs.hearing.heard import Heard
from dialogs.practice import Practice
from dialogs.scenario import FIELDS, HOUSES, KINDS, MANNERS, BadScenario, library, parse_scenario, read_scenario
from dialogs.scenario.diagram import mermaid_of, svg_of
from dialogs.scenario.first_file import ASKED, first_file
from dialogs.scenario.own_call import make
from dialogs.scenario.remarks import remarks, remarks_on
from dialogs.scenario.schema import schema
from tests.managers import GOOD


def said(text: str) -> list[str]:
    return [str(r) for r in remarks_on(parse_scenario(text, name="x"))]


@pytest.mark.parametrize("path", library().values(), ids=library())
def test_every_built_in_scenario_is_without_remarks(path: Path) -> None:
    assert [str(r) for r in remarks(path)] == []


CERTIFICATE = "    - The certificate decided it."


@pytest.mark.parametrize(
    ("old", "new", "remark"),
    [
        (
            CERTIFICATE,
            "    - Another one was closer.\n    - Somebody was closer, that's all.",
            "no line under 'specific' or 'candid' mentions it; name it in one of them, with a word such as: certif",
        ),
        (
            "says:\n",
            "says:\n  candid:\n    - The certificate, in detail.\n",
            "x.yaml:12: warning: 'candid' is never said: this manager goes no further than level 3; take these lines out",
        ),
        (
            "says:\n",
            "says:\n  door_real:\n    - Ring me in May.\n",
            "'door_real' is never said: that needs 'second choice: yes'",
        ),
        (
            "says:\n",
            "says:\n  thanked:\n    - You are very welcome indeed, no trouble.\n    - You are very welcome indeed, no trouble at all.\n",
            "x.yaml:14: warning: nearly the line 13 under 'thanked'; say something else in one of the two",
        ),
        (
            CERTIFICATE,
            "    - The certificate, and at your age that matters.",
            "'at your age' touches a protected trait",
        ),
        (CERTIFICATE, "    - We hired Michael, he had the certificate.", "'Michael' may be another candidate's name"),
        (
            "says:\n",
            "says:\n  two_minutes:\n    - I have, yes. Go on.\n",
            "'two_minutes' also answers “Is this a bad time?”",
        ),
        (
            "says:\n",
            "says:\n  two_minutes:\n    - Of course. Go on.\n",
            "'two_minutes' also answers “Is this a bad time?”",
        ),
        ("says:\n", "says:\n  yes_that:\n    - Really?\n", "'yes_that' is followed by another line at once"),
        ("says:\n", "says:\n  asks_you:\n    - I have a question.\n", "'asks_you' is her own question"),
        (
            "  hint:\n",
            "  thanked:\n    - Sure.\n  hint:\n",
            "'thanked' has 1 line, so two calls may sound alike; write 3 or more",
        ),
        (CERTIFICATE, f"    - {'certificate and so on ' * 20}", "is more than anybody says in one breath; cut it"),
    ],
)
def test_a_remark_names_the_line_and_the_way_out(old: str, new: str, remark: str) -> None:
    assert old in GOOD
    found = said(GOOD.replace(old, new, 1))
    assert any(remark in line for line in found), found


def test_only_what_keeps_a_file_from_being_used_or_may_not_be_said_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    few = CliRunner().invoke(scenarios, ["check", _written(file, GOOD)])
    assert few.exit_code == 0
    assert "warning: " in few.output
    broken = CliRunner().invoke(scenarios, ["check", _written(file, GOOD.replace("cap: 3", "cap: 9"))])
    assert broken.exit_code == 1
    unsaid = CliRunner().invoke(
        scenarios, ["check", _written(file, GOOD.replace("On it", "x") + "    - Your religion did it.\n")]
    )
    assert unsaid.exit_code == 1
    row = json.loads(CliRunner().invoke(scenarios, ["check", "--json", str(file)]).output.splitlines()[0])
    assert row["error"] is True


def _written(file: Path, text: str) -> str:
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_a_first_file_works_at_once_for_every_kind_house_and_manner() -> None:
    for n, reason in enumerate(KINDS):
        answers = {
            "reason": reason,
            "house": list(HOUSES)[n % len(HOUSES)],
            "manner": MANNERS[n % len(MANNERS)],
            "cap": str(n % 5),
        }
        text = first_file(answers)
        scenario = parse_scenario(text, name="new")
        assert "TODO" not in text
        assert [r for r in remarks_on(scenario) if r.error] == []
        practice = Practice(scenario, 1)
        practice.begin()
        assert practice.take(Heard.of("introduce", "ask_open")).says


def test_a_wrong_answer_to_a_question_is_a_fault_with_a_way_out() -> None:
    with pytest.raises(BadScenario, match="did you mean 'years'"):
        first_file({"reason": "yeers"})


def test_new_asks_a_few_questions_and_writes_a_file(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    asked = CliRunner().invoke(scenarios, ["new", str(file)], input="baker\nCrumb Lane\n\n\n\nyears\n\n")
    assert asked.exit_code == 0, asked.output
    made = read_scenario(file)
    assert (made.job, made.company, made.reason, made.manager) == ("baker", "Crumb Lane", "years", ASKED[2][2])
    again = CliRunner().invoke(scenarios, ["new", str(file), "--yes"])
    assert again.exit_code == 1
    assert "is there already" in again.output


def test_new_says_at_once_that_an_answer_will_not_do_and_that_a_file_is_there(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    answers = "baker\nCrumb Lane\nHetty Marlow\nwarmly\nwarm\n\nyeers\nyears\nseven\n3\n"
    asked = CliRunner().invoke(scenarios, ["new", str(file)], input=answers)
    assert asked.exit_code == 0, asked.output
    assert "Did you mean 'warm'?" in asked.output
    assert "Did you mean 'years'?" in asked.output
    assert "not 'seven'" in asked.output
    assert "fewer years than another" in asked.output
    again = CliRunner().invoke(scenarios, ["new", str(file)], input="")
    assert "is there already" in again.output
    assert "Which job" not in again.output


def test_check_takes_a_folder_and_names_the_nearest_scenario(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(first_file({}), encoding="utf-8")
    (tmp_path / "two.yaml").write_text("", encoding="utf-8")
    folder = CliRunner().invoke(scenarios, ["check", str(tmp_path)])
    assert "two.yaml:1: the file is empty" in folder.output
    assert "2 files: 1 error" in folder.output
    assert "Did you mean 'harbour'?" in CliRunner().invoke(scenarios, ["check", "habour"]).output


def test_show_leaves_out_what_this_manager_never_says() -> None:
    shown = CliRunner().invoke(scenarios, ["show", "harbour"]).output
    assert "specific: " in shown
    assert "voicemail" not in shown


def test_a_map_is_not_written_into_a_file_of_another_kind(tmp_path: Path) -> None:
    out = CliRunner().invoke(scenarios, ["map", "harbour", "--out", str(tmp_path / "x.png")])
    assert out.exit_code == 1
    assert not (tmp_path / "x.png").exists()


def test_new_takes_answers_from_a_script(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    done = CliRunner().invoke(scenarios, ["new", str(file), "--yes", "--set", "job=baker", "--set", "reason=pay"])
    assert done.exit_code == 0, done.output
    assert read_scenario(file).reason == "pay"
    wrong = CliRunner().invoke(scenarios, ["new", str(tmp_path / "b.yaml"), "--yes", "--set", "salary=1"])
    assert "there is no question 'salary'" in wrong.output.casefold()


@pytest.mark.parametrize(
    ("given", "fault"),
    [("manager=", "gives no answer"), ("manager=12", "The name of a person"), ("cap=9", "A number from 0 to 4")],
)
def test_an_answer_from_a_script_is_checked_like_a_typed_one(tmp_path: Path, given: str, fault: str) -> None:
    done = CliRunner().invoke(scenarios, ["new", str(tmp_path / "b.yaml"), "--yes", "--set", given])
    assert done.exit_code == 1
    assert fault in done.output
    assert not (tmp_path / "b.yaml").exists()


def test_a_call_of_ones_own_is_written_from_answers_that_may_be_skipped(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    done = CliRunner().invoke(scenarios, ["new", "--own", str(file)], input="Crumb Lane\nbaker\n\n3\n\n\nyears\n")
    assert done.exit_code == 0, done.output
    made = read_scenario(file)
    assert (made.company, made.job, made.opening.value) == ("Crumb Lane", "baker", "reception")


def test_a_call_of_ones_own_is_checked_like_any_other() -> None:
    for seed in range(60):
        assert [str(r) for r in remarks_on(make({}, seed))] == []


def test_a_map_shows_only_what_this_call_can_come_to() -> None:
    harbour, northlight = (read_scenario(library()[name]) for name in ("harbour", "northlight"))
    assert "voicemail" not in mermaid_of(harbour)
    assert "0 stonewall, 1 stock, 2 hint, 3 specific\n" in mermaid_of(harbour)
    assert "answering" not in mermaid_of(northlight)


@pytest.mark.parametrize("name", ["harbour", "northlight", "ironworks", "registry"])
def test_a_map_is_a_picture_without_another_program(name: str) -> None:
    scenario = read_scenario(library()[name])
    root = ET.fromstring(svg_of(scenario))  # noqa: S314  # our own picture
    words = {e.text for e in root.iter() if e.text}
    assert str(Phase.ENDED) in words
    assert scenario.title in words


def test_the_schema_knows_every_field_and_every_heading() -> None:
    made = schema()
    assert set(made["properties"]) == set(FIELDS)
    assert made["properties"]["reason"]["enum"] == list(KINDS)
    says = made["properties"]["says"]["properties"]
    assert "level 3" in says["specific"]["description"]
    assert json.loads(CliRunner().invoke(scenarios, ["schema"]).output) == json.loads(json.dumps(made))


def test_simulate_reports_what_was_never_said() -> None:
    told = CliRunner().invoke(scenarios, ["simulate", "northlight", "--calls", "13", "--hearing", "none"])
    assert told.exit_code == 0, told.output
    assert "no candidate can reach more than level 0" in told.output
    row = json.loads(
        CliRunner()
        .invoke(scenarios, ["simulate", "harbour", "--calls", "18", "--hearing", "none", "--json"])
        .output.splitlines()[0]
    )
    assert row["scenario"] == "harbour"
    assert row["unreached"]["lines"]
    drawn = CliRunner().invoke(scenarios, ["simulate", "--drawn", "--calls", "20", "--hearing", "none"])
    assert "end at level 0-2" in drawn.output
