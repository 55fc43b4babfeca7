"""What is said to people between calls: once, to the point, and true."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

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
    assert "You are not on the phone" not in answer
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
    assert "You are not on the phone" in answer


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


BEGIN = "📞 Practise a call"


@pytest.mark.parametrize(
    "content",
    [
        {"text": "I just got rejected and I don't know what to do"},
        {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}], "caption": "the mail they sent"},
        {"voice": {"file_id": "f", "file_unique_id": "u", "duration": 3}},
        {
            "text": "We went with another.",
            "forward_origin": {"type": "hidden_user", "sender_user_name": "X", "date": 1},
        },
    ],
    ids=["words", "photo", "voice", "forwarded"],
)
async def test_whoever_was_just_turned_down_is_shown_a_way_to_begin_whatever_they_send(
    sam: Candidate, content: dict[str, Any]
) -> None:
    (answer,) = await sam.sends(**content)
    assert "text file" in answer
    assert "nobody" not in answer
    assert BEGIN in sam.sees[-1].buttons


async def test_an_album_outside_a_call_is_answered_once(sam: Candidate) -> None:
    before = len(sam.sees)
    for at in range(4):
        await sam.sends(photo=[{"file_id": f"f{at}", "file_unique_id": "u", "width": 9, "height": 9}])
    assert len(sam.sees) == before + 1


async def test_a_guess_may_be_typed_by_its_number(sam: Candidate) -> None:
    await a_call(sam)
    (answer,) = await sam.says("1")
    assert "what do you think decided it" in answer
    (answer,) = await sam.says("2")  # the reasons have no numbers
    assert "The call is over, so Dana doesn't hear that." in answer
    await sam.taps("Skip")
    assert any("Your guess about openness" in seen.text for seen in sam.sees)


@pytest.mark.parametrize("command", ["/cancel", "/leave"])
async def test_who_wants_to_leave_a_call_hears_that_it_waits_and_it_does(sam: Candidate, command: str) -> None:
    await sam.says("/call harbour")
    (answer,) = await sam.says(command)
    assert "the call waits, and goes on when you write again" in answer
    assert (await sam.says(HELLO))[0].startswith("Dana: ")
