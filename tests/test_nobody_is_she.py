"""A manager may be anybody: no text of the program's own about a manager says he or she."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from bot.cli import cli
from bot.commands import COMMANDS
from dialogs.ladder import rungs
from dialogs.review.rubric import DARED, RUBRIC
from dialogs.scenario import library, read_scenario
from dialogs.scenario.first_file import ASKED
from dialogs.scenes import SCENES

PRONOUN = re.compile(r"\b(?:she|her|hers|herself|he|him|his|himself)\b", re.IGNORECASE)


def test_the_scenes_the_goals_of_the_ladder_and_the_rubric_are_about_anybody() -> None:
    for text in (*(scene.about for scene in SCENES.values()), *(rung.goal for rung in rungs())):
        assert not PRONOUN.search(text), text
    for criterion in (*DARED, *(c for criteria in RUBRIC.values() for c in criteria)):
        assert not PRONOUN.search(f"{criterion.question} {criterion.rule}"), criterion.key
    for name, path in library().items():
        assert not PRONOUN.search(read_scenario(path).teaches), name
    for _, question, _ in ASKED:
        assert not PRONOUN.search(question), question
    assert "Nico has three minutes." in next(rung.goal for rung in rungs() if rung.name == "corner")


@pytest.mark.parametrize("name", ["corner", "depot", "harbour"])
def test_a_scenario_is_shown_without_a_pronoun_but_its_own(name: str) -> None:
    scenario = read_scenario(library()[name])
    shown = CliRunner().invoke(cli, ["scenarios", "show", name, "--spoilers"]).output
    own = {
        scenario.about,
        scenario.truth,
        scenario.thought,
        *(line for lines in scenario.lines.values() for line in lines),
    }
    for line in shown.splitlines():
        if not any(line.strip(" -") in text or text in line for text in own if text):
            assert not PRONOUN.search(line), line
    assert f"What {scenario.first_name} thought:" in shown


def test_no_help_says_she() -> None:
    for command in COMMANDS:
        assert not PRONOUN.search(CliRunner().invoke(cli, [command, "--help"]).output), command
