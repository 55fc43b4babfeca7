"""Who the tests of the chat are about: `desk` is a bot on a recorded wire, `sam` somebody who has agreed (tests/chat.py)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.chat import Candidate, Desk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """A bot that lets anybody in, hears by the light ear and makes no pauses."""
    from tests.chat import open_desk

    async with open_desk(tmp_path, access="open") as desk:
        yield desk


@pytest.fixture
async def sam(desk: Desk) -> Candidate:
    """Somebody who came in and agreed."""
    from tests.chat import Candidate

    return await Candidate(desk).agrees()


@pytest.fixture
async def maria(desk: Desk) -> Candidate:
    """Somebody else who did."""
    from tests.chat import Candidate

    return await Candidate(desk, 8, "Maria").agrees()
