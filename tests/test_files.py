"""Files that people send, fetched by a real bot over a real line: which come, and what is said of those that do not."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from telegram.ext import ExtBot

from bot.delivery import PatientRequest, files
from bot.delivery.files import FileGone, FileNotFetched, fetch
from tests.wire import Wire

TALK = b"Sam: Hello.\nDana: Hello."
UNREADABLE = Path("/proc/self/mem")  # also for root, who may read everything else


@pytest.fixture
async def bot(telegram: Wire) -> AsyncIterator[ExtBot[None]]:
    """A bot that tries once, so that what went wrong is what is told."""
    telegram.files["talk"] = TALK
    request = PatientRequest(patient=False)
    urls = {"base_url": f"{telegram.url}/bot", "base_file_url": f"{telegram.url}/file/bot"}
    yield ExtBot(telegram.token, request=request, **urls)
    await request.shutdown()


def hands_out(monkeypatch: pytest.MonkeyPatch, **file: Any) -> None:
    """Let Telegram say this of every file."""

    async def answers(self: Wire, method: str, params: dict[str, Any], files: dict[str, bytes]) -> Any:
        return {"file_id": params["file_id"], **file}

    monkeypatch.setattr(Wire, "_do", answers)


@pytest.mark.parametrize("name", ["talk", "50% of it? #1 größer.txt"])
async def test_a_file_comes_whatever_it_is_called(telegram: Wire, bot: ExtBot[None], name: str) -> None:
    telegram.files[name] = TALK
    assert await fetch(bot, name, 1000) == TALK
    assert telegram.requests == ["getFile", "file"]


async def test_what_is_larger_than_wanted_is_not_fetched_and_what_just_fits_is(
    telegram: Wire, bot: ExtBot[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await fetch(bot, "talk", len(TALK)) == TALK
    telegram.requests.clear()
    assert await fetch(bot, "talk", len(TALK) - 1) is None
    assert telegram.requests == ["getFile"]
    hands_out(monkeypatch, file_path="documents/talk")  # how large it is, is not said
    assert await fetch(bot, "talk", len(TALK)) == TALK
    assert await fetch(bot, "talk", len(TALK) - 1) is None


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")  # python-telegram-bot's own, of its RetryAfter
@pytest.mark.parametrize(
    ("method", "fault", "told", "why"),
    [
        ("getFile", "400_wrong file_id", FileGone, "[Ww]rong file_id"),
        ("getFile", "502", FileNotFetched, "NotDelivered"),
        ("getFile", "429", FileNotFetched, "RetryAfter"),
        ("getFile", "cut_after", FileNotFetched, "MaybeSent"),
        ("file", "404", FileGone, "404"),
        ("file", "401", FileGone, "401"),
        ("file", "429", FileNotFetched, "429"),
        ("file", "half", FileNotFetched, "MaybeSent"),
        ("file", "short", FileNotFetched, "cut off"),
    ],
)
async def test_a_file_that_is_gone_is_told_from_one_that_did_not_come(
    telegram: Wire, bot: ExtBot[None], method: str, fault: str, told: type[Exception], why: str
) -> None:
    telegram.fail(method, fault)
    with pytest.raises(told, match=rf"^{why}$"):
        await fetch(bot, "talk", 1000)
    assert await fetch(bot, "talk", 1000) == TALK


async def test_a_file_that_telegram_itself_finds_too_big_is_none(telegram: Wire, bot: ExtBot[None]) -> None:
    telegram.fail("getFile", "400_file is too big")
    assert await fetch(bot, "talk", 1000) is None


async def test_a_file_that_never_comes_is_waited_for_a_while(
    telegram: Wire, bot: ExtBot[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "SECONDS", 0.3)
    telegram.fail("file", "hang")
    began = time.monotonic()
    with pytest.raises(FileNotFetched, match=r"^TimeoutError$"):
        await fetch(bot, "talk", 1000)
    assert time.monotonic() - began >= 0.25


async def test_a_bot_api_server_on_this_machine_hands_a_file_over_by_its_place(
    telegram: Wire, bot: ExtBot[None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kept = tmp_path / "talk.txt"
    kept.write_bytes(TALK)
    hands_out(monkeypatch, file_path=str(kept), file_size=len(TALK))
    assert await fetch(bot, "a", 100) == TALK
    assert await fetch(bot, "a", 5) is None
    assert telegram.requests == ["getFile", "getFile"]


@pytest.mark.skipif(not UNREADABLE.exists(), reason="no file here that is there and cannot be read")
async def test_a_file_on_this_machine_that_cannot_be_read_is_gone(
    telegram: Wire, bot: ExtBot[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    hands_out(monkeypatch, file_path=str(UNREADABLE))
    with pytest.raises(FileGone, match=r"^OSError$"):
        await fetch(bot, "a", 100)
