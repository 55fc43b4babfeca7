"""Distress at any door: from whoever writes of despair, wherever they stand, where help is comes before everything else."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.telegram.handlers import care
from tests.chat import Candidate, Desk, open_desk
from tests.chat_calls import STICKER, everything
from tests.serving import PATIENCE, serving
from tests.wire import Wire

DESPAIR = "please help me, I am going to kill myself"
ANOTHER = "Quiero morir."
PHOTO = [{"file_id": "x", "file_unique_id": "y", "width": 1, "height": 1}]


@pytest.fixture
async def closed(tmp_path: Path) -> AsyncIterator[Desk]:
    """A bot by invitation."""
    async with open_desk(tmp_path) as desk:
        yield desk


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each word of despair comes long enough after the last."""
    monkeypatch.setattr(care, "A_BREATH", 0.0)


def tells_where(answers: list[str]) -> bool:
    return "988" in " ".join(answers) and "findahelpline.com" in " ".join(answers)


@pytest.mark.parametrize("words", [DESPAIR, ANOTHER, "/start I want to die", "/call I want to die"])
async def test_an_uninvited_stranger_is_told_where_help_is(closed: Desk, words: str) -> None:
    stranger = Candidate(closed, 424242)
    await stranger.says("/start")  # the one line about invitations has been said
    assert tells_where(await stranger.says(words))
    assert "424242" not in everything(closed)
    assert "kill" not in everything(closed)


async def test_before_consent_despair_is_not_met_with_what_the_bot_is_for(desk: Desk) -> None:
    sam = Candidate(desk, 424242)
    answers = await sam.says(DESPAIR)
    assert tells_where(answers)
    assert "Practise the call" not in " ".join(answers)
    assert sam.sees[-1].buttons == []
    assert "424242" not in everything(desk)
    (gentle,) = await sam.says("nobody cares anyway")
    assert "a person can do more for you" in gentle
    assert "Practise the call" in (await sam.says("/start"))[0]


async def test_it_is_told_each_time(closed: Desk, at_once: None) -> None:
    stranger = Candidate(closed)
    for _ in range(4):
        assert tells_where(await stranger.says(DESPAIR))


async def test_a_flood_of_it_is_answered_once(closed: Desk, desk: Desk) -> None:
    for there in (closed, desk):
        somebody = Candidate(there)
        for _ in range(12):
            await somebody.says(DESPAIR)
        assert len(somebody.sees) == 2


async def test_after_it_a_stranger_is_not_met_with_silence(closed: Desk, at_once: None) -> None:
    stranger = Candidate(closed)
    await stranger.says("/start")
    await stranger.says(DESPAIR)
    (answer,) = await stranger.says("is anybody there?")
    assert "a person can do more for you" in answer
    assert "/start" not in answer


async def test_words_under_a_picture_and_words_changed_later_are_read_too(sam: Candidate, at_once: None) -> None:
    assert tells_where(await sam.sends(photo=PHOTO, caption=DESPAIR))
    assert tells_where(await sam.edits(DESPAIR))
    assert tells_where(
        await sam.says(DESPAIR, forward_origin={"type": "hidden_user", "sender_user_name": "X", "date": 1})
    )
    assert "only read words" in (await sam.sends(sticker=STICKER))[0]


async def test_in_another_language_it_is_despair_after_a_call_and_in_one(sam: Candidate) -> None:
    assert tells_where(await sam.says(ANOTHER))
    await sam.says("/call harbour")
    assert tells_where(await sam.says("je veux mourir"))
    assert sam.sees[-1].buttons == ["Go on with the call", "Leave it for today"]


@pytest.mark.parametrize("choice", ["Carry on", "Leave it"])
async def test_despair_written_during_an_outage_is_not_met_with_the_menu(sam: Candidate, choice: str) -> None:
    await sam.says(DESPAIR, date=int(time.time()) - 3600)
    answers = await sam.taps(choice)
    assert tells_where(answers)
    assert "What would you like to do?" not in answers


def test_the_real_bot_tells_a_stranger_where_help_is(tmp_path: Path) -> None:
    with Wire() as wire, serving(wire, tmp_path, RUNNER_UP_ACCESS="invite"):
        wire.say(9, "hello")
        wire.until(lambda: wire.texts(9), PATIENCE)
        wire.say(9, DESPAIR)
        wire.until(lambda: len(wire.texts(9)) > 2, PATIENCE)
        assert tells_where(wire.texts(9))
