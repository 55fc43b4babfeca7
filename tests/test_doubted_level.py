"""Where the reader of her lines is not sure how open one was, it asks: in the terminal and in the chat."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import cli
from bot.settings import settings
from dialogs import hearing
from dialogs.disclosure import UNSURE, read_line
from tests.chat import Candidate
from tests.chat_calls import brought

# Lines between two levels: a formula and half a hint, a hint and half a reason. Which of them is doubted moves with the weights.
BETWEEN = (
    "Somebody else was a bit nearer to it, on the whole, and there was the test.",
    "Two of us were for you and one wasn't, because of the portfolio, mostly.",
    "I'd have liked to hear more about the last two years, but I can't say that was it.",
    "Strong field, and you were the only one without the software.",
    "We can't share the notes, though I will say that the presentation came up.",
    "He had a word with the owner, and the owner has his own ideas about people from outside.",
    "I'm told there was something with the references, but it isn't for me to say.",
    "The others stayed for lunch, that's all I'd say.",
    "Your test was fine, theirs was finished.",
    "The manager had a picture in his head and it wasn't you.",
)


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The light hearing reads here, whatever settings and hearing the tests before have left: what one hearing doubts the other may not."""
    monkeypatch.setenv("RUNNER_UP_HEARING", "light")
    monkeypatch.setattr(hearing, "_ear", hearing.Ear("light"))
    settings.cache_clear()
    yield
    settings.cache_clear()


def doubted() -> str:
    """The line that the reading is least sure of."""
    return min(BETWEEN, key=lambda line: read_line(line).sure)


def call(line: str) -> str:
    return f"Sam: Hello, Sam Ortiz here. I accept the decision. Could you tell me why?\nDana: {line}\n"


def test_one_of_the_lines_between_is_doubted() -> None:
    assert read_line(doubted()).sure < UNSURE


def test_in_the_terminal_a_doubted_level_is_asked_and_how_to_answer_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUNNER_UP_DB", str(tmp_path / "log.db"))
    settings.cache_clear()
    run, file = CliRunner(), tmp_path / "call.txt"
    file.write_text(call(doubted()))
    session = run.invoke(cli, ["sessions", "import", str(file), "--you", "Sam"]).stdout.strip()
    review = run.invoke(cli, ["sessions", "review", session]).stdout
    assert "Where the reading is not sure" in review
    assert "Was that " in review
    assert f"runner-up sessions meant {session} TURN --level" in review
    assert run.invoke(cli, ["sessions", "meant", session, "1", "--level", "2"]).exit_code == 0
    after = run.invoke(cli, ["sessions", "review", session]).stdout
    assert "put right by you" in after
    assert "Was that " not in after


async def test_in_the_chat_a_doubted_level_is_asked_with_a_button(sam: Candidate) -> None:
    await brought(sam, call(doubted()))
    shown = await sam.taps("See how it went")
    assert "Where I am not sure" in shown[-1]
    assert "Turn 1: “" in shown[-1]
    assert "Was that " in shown[-1]
    await sam.taps("Turn 1: how open it was")
    await sam.taps("2 · ")
    assert "put right by you" in "\n".join(await sam.taps("Read it anew"))
