"""Every play in tests/calls is a claim about a whole call, and still plays the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogs.transcript import read_play
from tools.plays import CALLS, held_again

PLAYS = sorted(CALLS.glob("*.txt"))


@pytest.mark.parametrize("path", PLAYS, ids=lambda p: p.stem)
def test_a_play_is_said_again_word_for_word(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert held_again(text) == text, "the call has changed; look at the difference with: make plays"


@pytest.mark.parametrize("path", PLAYS, ids=lambda p: p.stem)
def test_a_play_begins_with_its_claim(path: Path) -> None:
    assert len(read_play(path.read_text(encoding="utf-8")).claim.split()) > 3
