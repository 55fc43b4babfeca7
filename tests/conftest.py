"""Who the tests are about: `log` is an open log, `sessions` the command on it, `run` the program as a user runs it, `desk` a bot on a recorded wire, `sam` somebody who has agreed (tests/chat.py).

And what the tests of the delivery stand on: `wire` is a Telegram on loopback (tests/wire), `db` a log with three who have agreed.

And a watch over the whole suite: whatever any test lets anybody say, none of it and no token is in what the program logs at DEBUG.
"""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.redact import CHATTY, TOKEN, Redacting
from tests.spoken import spoken

if TYPE_CHECKING:
    from bot.log import Log
    from dialogs.hearing import Ear
    from tests.as_a_user import Run
    from tests.chat import Candidate, Desk
    from tests.kept import Run as Sessions
    from tests.polled import ByHand
    from tests.traces import Clock
    from tests.wire import Wire


# What holds of a debrief is said in assertions outside of a test file, and a failure is to show its values all the same.
pytest.register_assert_rewrite("tests.debriefed_facts", "tests.debriefed_words")

LONGEST = ("test_two_people.py", "test_kill.py", "test_terminal.py", "test_log_any_call.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest begin: of two that run beside each other neither then waits for the other at the end."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


@pytest.fixture(autouse=True)
def nothing_said_is_logged(request: pytest.FixtureRequest) -> Iterator[None]:
    """The program's own log at DEBUG, in this process and in those that the test starts, holds nobody's words and no token."""
    folder: Path | None = request.getfixturevalue("tmp_path") if "tmp_path" in request.fixturenames else None
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Redacting())
    root = logging.getLogger()
    level, levels = root.level, {name: logging.getLogger(name).level for name in CHATTY}
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    spoken.clear()
    yield
    root.removeHandler(handler)
    root.setLevel(level)
    for name, was in levels.items():
        logging.getLogger(name).setLevel(was)
    logs = [written.getvalue()]
    if folder is not None:
        logs += [file.read_text("utf-8", "replace") for file in folder.glob("stderr*")]
    for text in logs:
        assert not TOKEN.search(text), "a token is in the log"
        quoted = [words for words in spoken if words in text]
        assert not quoted, f"words of a user are in the log: {quoted[:3]}"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    """An open log of one's own."""
    from bot.log import Log

    with Log.open(tmp_path / "log.db") as opened:
        yield opened


@pytest.fixture
def sessions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sessions]:
    """The command `runner-up sessions …` on the log of `log`."""
    from click.testing import CliRunner

    from bot.cli import cli
    from bot.settings import settings

    monkeypatch.setenv("RUNNER_UP_DB", str(tmp_path / "log.db"))
    monkeypatch.setenv("RUNNER_UP_HEARING", "light")
    settings.cache_clear()
    yield lambda *args, **kwargs: CliRunner().invoke(cli, ["sessions", *args], **kwargs)
    settings.cache_clear()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """The program with a log of its own."""
    from bot.cli import main
    from bot.settings import settings
    from tests.as_a_user import Ran

    monkeypatch.setenv("RUNNER_UP_DB", str(tmp_path / "log.db"))
    monkeypatch.setenv("RUNNER_UP_HEARING", "light")
    settings.cache_clear()

    def go(*args: str, stdin: str = "") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        capsys.readouterr()
        code = 0
        try:
            main(list(args))
        except SystemExit as left:
            code = int(left.code or 0)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    yield go
    settings.cache_clear()


@pytest.fixture
def wire() -> Iterator[Wire]:
    """A Telegram on loopback."""
    from tests.wire import Wire

    with Wire() as server:
        yield server


@pytest.fixture
def telegram(wire: Wire) -> Wire:
    """The same, by the name that the tests of the single parts give it."""
    return wire


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a log may lie that is not there yet."""
    return tmp_path / "log.db"


@pytest.fixture
def clock() -> Clock:
    """A clock that is set by hand."""
    from tests.traces import Clock

    return Clock()


@pytest.fixture(scope="module", params=["light", "full"])
def ear(request: pytest.FixtureRequest) -> Ear:
    """The hearing, light and full."""
    from dialogs.hearing import Ear

    return Ear(request.param)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A log in which the users 1, 2 and 3 have agreed."""
    from bot.log import Log
    from tests.running import agreed

    path = tmp_path / "log.db"
    with Log.open(path) as log:
        agreed(log, 1, 2, 3)
    return path


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> ByHand:
    """The poller lives by a clock that is set by hand."""
    from bot.delivery import poll
    from tests.polled import ByHand

    clock = ByHand()
    monkeypatch.setattr(poll, "time", clock)
    monkeypatch.setattr(poll, "asyncio", clock)
    return clock


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
