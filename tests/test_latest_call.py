"""Wherever a call is named by its ID, a dash is the latest."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import cli
from bot.log import Log
from bot.settings import settings

COMMANDS = (["show", "-"], ["review", "-"], ["meant", "-", "1"], ["export", "-", "--format", "csv"])


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c[0])
def test_a_dash_is_the_latest_call(command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUNNER_UP_DB", str(tmp_path / "log.db"))
    monkeypatch.setenv("RUNNER_UP_HEARING", "light")
    settings.cache_clear()
    Log.open(tmp_path / "log.db").close()
    run = CliRunner()
    nothing = run.invoke(cli, ["sessions", *command])
    assert nothing.exit_code == 1
    assert "No calls yet" in nothing.output
    file = tmp_path / "call.txt"
    file.write_text("You: Could you tell me why?\nDana: It was the licence.\n")
    assert run.invoke(cli, ["sessions", "import", str(file)]).exit_code == 0
    done = run.invoke(cli, ["sessions", *command])
    assert done.exit_code == 0, done.output
    settings.cache_clear()
