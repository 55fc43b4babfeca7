"""What is said to people between calls: once, to the point, and true."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.telegram.handlers import outside_call
from tests.chat import Candidate, Desk, open_desk

HELLO = "Hello, this is Sam Ortiz. I interviewed last week. Is this a good time?"
WHY = "Could you tell me why it wasn't me?"


@pytest.fixture
async def closed(tmp_path: Path) -> AsyncIterator[Desk]:
    """A bot by invitation."""
    (tmp_path / "closed").mkdir()
    async with open_desk(tmp_path / "closed") as desk:
        yield desk


async def a_call(who: Candidate) -> None:
    for words in ("/call harbour", HELLO, WHY, "/hangup"):
        await who.says(words)


async def test_while_the_guess_waits_words_lead_to_it(sam: Candidate) -> None:
    await a_call(sam)
    choices = sam.sees[-1].buttons
    (answer,) = await sam.says("Thanks Dana!")
    assert "your guess" in answer
    assert "No call is on" not in answer
    assert sam.sees[-1].buttons == [*choices, "Take my last words back, and go on"]
    await sam.taps("A formula")
    await sam.taps("Skip")
    assert "sealed envelope" in sam.sees[-1].text


@pytest.mark.parametrize("then", ["tap Skip", "/call ward"])
async def test_once_it_was_looked_at_or_another_call_was_made_the_guess_is_not_asked_for(
    sam: Candidate, then: str
) -> None:
    await a_call(sam)
    if then.startswith("tap"):
        await sam.taps("Skip")
    else:
        await sam.says(then)
        await sam.says("/hangup")
    (answer,) = await sam.says("hello?")
    assert "No call is on just now" in answer


async def test_a_burst_outside_a_call_is_answered_once(sam: Candidate, monkeypatch: pytest.MonkeyPatch) -> None:
    before = len(sam.sees)
    for at in range(13):
        await sam.says(f"word {at}")
    assert len(sam.sees) == before + 1
    monkeypatch.setattr(outside_call, "A_BURST", 0.0)
    assert await sam.says("hello?")


async def test_a_stranger_who_may_not_come_in_is_not_offered_to_agree(closed: Desk, desk: Desk) -> None:
    stranger = Candidate(closed)
    (page,) = await stranger.says("/privacy")
    assert "What is kept" in page
    assert stranger.sees[-1].buttons == []
    guest = Candidate(closed, 5)
    await guest.says(f"/start in_{closed.log.invite(None).result()}")
    await guest.says("/privacy")
    assert guest.sees[-1].buttons == ["I agree, let's begin"]
    await Candidate(desk, 9).says("/privacy")
    assert Candidate(desk, 9).sees[-1].buttons == ["I agree, let's begin"]


async def test_the_guest_list_is_named_only_where_there_is_one(closed: Desk, sam: Candidate) -> None:
    assert "guest list" not in (await sam.says("/delete"))[0]
    guest = Candidate(closed, 5)
    await guest.says(f"/start in_{closed.log.invite(None).result()}")
    await guest.taps("I agree")
    assert "guest list" in (await guest.says("/delete"))[0]


async def test_what_is_to_be_done_stands_on_its_button_in_whole_words_and_unticked(sam: Candidate, desk: Desk) -> None:
    person = desk.log.by_telegram(sam.id)
    assert person is not None
    text = "Ask one person you trust how you come across in the first minute of an interview."
    desk.log.add_todo(person.id, text).result()
    await sam.says("/plan")
    (label,) = [b for b in sam.sees[-1].buttons if "Ask one person" in b]
    assert label.startswith("☐ ")
    assert label.endswith(" …")
    assert text.startswith(label.removeprefix("☐ ").removesuffix(" …") + " ")


async def test_leaving_ones_own_call_says_what_became_of_it(sam: Candidate) -> None:
    await sam.says("/own")
    (answer, _) = await sam.says("/cancel")
    assert "your own call" in answer.casefold()
    await sam.says("/own")
    await sam.taps("Stop here")
    assert "your own call" in sam.sees[-1].text.casefold()
    await sam.says("/search")
    assert "Left as it was." not in (await sam.says("/cancel"))[0]


@pytest.mark.parametrize("pictures", ["😭😭😭", "😀😀😀", "👍"])
async def test_pictures_alone_are_not_said_and_not_scolded(sam: Candidate, desk: Desk, pictures: str) -> None:
    await sam.says("/call harbour")
    (answer,) = await sam.says(pictures)
    assert "On the phone nobody sees" in answer
    assert ("take your time" in answer) is (pictures == "😭😭😭")
    person = desk.log.by_telegram(sam.id)
    assert person is not None
    assert desk.log.calls(person.id)[0].turns == 0
