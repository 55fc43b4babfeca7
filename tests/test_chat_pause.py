"""Somebody in distress: the call waits, and nothing reaches the manager until the way back is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.telegram.buttons import HANG_UP_KEY, HINT_KEY
from tests.chat import Candidate, Desk, open_desk
from tests.chat_calls import STICKER, everything
from tests.said import ASK, HELLO

DESPAIR = "I don't want to live any more."


@pytest.fixture
async def waiting(sam: Candidate) -> Candidate:
    """Sam, whose call has just paused."""
    for words in ("/call harbour", HELLO, DESPAIR):
        await sam.says(words)
    return sam


def turns(sam: Candidate) -> int:
    person = sam.desk.log.by_telegram(sam.id)
    assert person is not None
    return sam.desk.log.calls(person.id, taken_back=True)[0].turns


async def test_what_is_written_while_the_call_waits_reaches_nobody_and_is_not_kept(waiting: Candidate) -> None:
    for words in ("I feel so tired of all this.", ASK, "Hello?"):
        (answer,) = await waiting.says(words)
        assert not answer.startswith("Dana:")
        assert waiting.sees[-1].buttons == ["Go on with the call", "Leave it for today"]
    assert turns(waiting) == 2
    kept = everything(waiting.desk)
    assert DESPAIR in kept  # the turn that paused the call
    assert "so tired of all this" not in kept


async def test_distress_again_repeats_where_help_is(waiting: Candidate) -> None:
    (answer,) = await waiting.says("I want to kill myself.")
    assert "988" in answer
    assert "116 123" in answer
    assert turns(waiting) == 2


@pytest.mark.parametrize("what", ["/start", "/hint", HINT_KEY, "/call", "/call castellan", "/cancel", "/own", "sticker", "forward", "edit"])  # fmt: skip
async def test_nothing_but_the_way_back_leads_back(waiting: Candidate, what: str) -> None:
    if what == "sticker":
        (answer,) = await waiting.sends(sticker=STICKER)
    elif what == "forward":
        (answer,) = await waiting.says(ASK, forward_origin={"type": "hidden_user", "sender_user_name": "X", "date": 1})
    elif what == "edit":
        (answer,) = await waiting.edits(ASK)
    else:
        (answer,) = await waiting.says(what)
    assert "Dana doesn't hear" in answer
    assert waiting.sees[-1].buttons == ["Go on with the call", "Leave it for today"]
    assert turns(waiting) == 2


@pytest.mark.parametrize("way", ["Go on with the call", "/continue"])
async def test_the_way_back_goes_on_where_the_call_stood(waiting: Candidate, way: str) -> None:
    (back,) = await (waiting.says(way) if way.startswith("/") else waiting.taps(way))
    assert HELLO in back
    assert "stepping out" not in back
    assert waiting.sees[-1].keys == [HINT_KEY, HANG_UP_KEY]
    assert (await waiting.says(ASK))[0].startswith("Dana: ")
    assert "988" in " ".join(await waiting.says(DESPAIR))
    assert not (await waiting.says("Hello?"))[0].startswith("Dana: ")


async def test_the_call_waits_across_a_restart_and_so_does_having_gone_on(tmp_path: Path) -> None:
    async with open_desk(tmp_path, access="open") as desk:
        sam = await Candidate(desk).agrees()
        for words in ("/call harbour", HELLO, DESPAIR):
            await sam.says(words)
    async with open_desk(tmp_path, access="open") as desk:
        sam = Candidate(desk)
        assert "Dana doesn't hear" in (await sam.says(ASK))[0]
        await sam.taps("Go on with the call")
    async with open_desk(tmp_path, access="open") as desk:
        assert (await Candidate(desk).says(ASK))[0].startswith("Dana: ")


async def test_ringing_off_while_the_call_waits_asks_for_no_guess(waiting: Candidate) -> None:
    (answer,) = await waiting.says(HANG_UP_KEY)
    assert "Take care of yourself" in answer
    assert waiting.sees[-1].markup == {"remove_keyboard": True}


async def test_after_distress_words_outside_a_call_are_not_met_with_the_menu(waiting: Candidate) -> None:
    await waiting.taps("Leave it for today")
    (answer,) = await waiting.says("nobody cares anyway")
    assert "a person can do more for you" in answer
    assert waiting.sees[-1].buttons == []
    assert "What would you like to do?" in (await waiting.says("/start"))[0]


@pytest.mark.parametrize("back", ["Go on with the call", "/call castellan"])
async def test_who_practises_again_meets_the_menu_again(waiting: Candidate, back: str) -> None:
    if back.startswith("/"):
        await waiting.taps("Leave it for today")
        await waiting.says(back)
    else:
        await waiting.taps(back)
    await waiting.says("/hangup")
    (answer,) = await waiting.says("hello?")
    assert "a person can do more for you" not in answer
    assert waiting.sees[-1].buttons


async def test_an_old_way_out_does_not_end_a_call_that_went_on(waiting: Candidate) -> None:
    await waiting.says("Hello?")
    await waiting.taps("Go on with the call")
    await waiting.taps("Leave it for today")
    assert (await waiting.says(ASK))[0].startswith("Dana: ")


async def test_words_of_an_outage_do_not_reach_her_either(waiting: Candidate, desk: Desk) -> None:
    await waiting.says("And another thing.", date=1_700_000_000)
    (answer,) = await waiting.taps("Carry on")
    assert not answer.startswith("Dana:")
    assert turns(waiting) == 2
    person = desk.log.by_telegram(waiting.id)
    assert person is not None
    assert desk.log.held_updates(person.id) == []


async def test_trying_again_from_after_distress_is_a_way_back_too(waiting: Candidate) -> None:
    await waiting.taps("Go on with the call")
    await waiting.says(ASK)
    (answer,) = await waiting.says("/undo")
    assert "stepping out" not in answer
    assert (await waiting.says(ASK))[0].startswith("Dana: ")
