"""What can be generated in the documents is generated, and up to date."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import docs


@pytest.mark.parametrize("page", docs.pages(), ids=lambda p: p.name)
def test_the_generated_parts_say_what_the_program_says(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert docs.renewed(text) == text, "run: make docs"
