"""A real call brought into the chat: it is read like a call, and what was read wrongly can be put right there."""

from __future__ import annotations

import pytest

from bot.postmortem import levels_told
from dialogs.moves import Move
from tests.chat import Candidate, Desk
from tests.chat_calls import brought
from tests.kept import REAL


def told(desk: Desk, who: Candidate, session: str) -> dict[tuple[int, int], int]:
    person = desk.log.by_telegram(who.id)
    assert person is not None
    return levels_told(desk.log.guesses(person.id, session))


async def test_a_real_call_has_a_reading_with_what_opened_and_what_to_ask(sam: Candidate) -> None:
    await brought(sam)
    shown = await sam.taps("See how it went")
    for title in ("How far it opened", "Line by line", "Where it opened", "Where it shut", "What to ask next time"):
        assert title in shown[0]
    folded = [words for s in sam.sees for words in s.marked("expandable_blockquote")]
    assert "driving licence" in folded[0]


async def test_the_reading_is_found_under_past_calls(sam: Candidate) -> None:
    await brought(sam)
    await sam.says("/calls")
    await sam.taps("1")
    assert "How far it opened" in (await sam.taps("Review"))[0]


async def test_how_open_an_answer_was_can_be_put_right_and_the_reading_goes_by_it(sam: Candidate, desk: Desk) -> None:
    session = await brought(sam)
    await sam.taps("See how it went")
    await sam.taps("Put right how open")
    await sam.taps("Turn 3: You didn't")
    assert "driving licence" in sam.sees[-1].text
    await sam.taps("4 · The reason")
    assert told(desk, sam, session) == {(3, 0): 4}
    reading = (await sam.taps("Read it anew"))[0]
    assert "level 4 of 4 (put right by you)" in reading


async def test_what_was_meant_in_a_real_call_can_be_said_and_is_not_asked_again(sam: Candidate, desk: Desk) -> None:
    session = await brought(sam, REAL.replace("I will talk to my lawyer.", "Hm, people like you end up on the news."))
    await sam.taps_data(f"1:meant:{session}:4")
    assert "end up on the news" in sam.sees[-1].text
    await sam.taps("A feeling")
    person = desk.log.by_telegram(sam.id)
    assert person is not None
    assert desk.log.corrections(person.id, session) == {4: (Move.VENT,)}
    assert await sam.taps("See the review anew")
    assert "Turn 4: what I meant" not in [b for s in sam.sees for b in s.buttons]


@pytest.mark.parametrize("words", ["99", "2:7", "0:3", "2:x"])
async def test_a_level_that_cannot_be_is_refused(sam: Candidate, desk: Desk, words: str) -> None:
    session = await brought(sam)
    await sam.taps_data(f"1:level:{session}:{words}")
    assert told(desk, sam, session) == {}


async def test_a_practice_call_has_no_level_to_put_right(sam: Candidate, desk: Desk) -> None:
    await sam.says("/call harbour")
    await sam.says("Hello, this is Sam. Could you tell me why?")
    await sam.says("/hangup")
    person = desk.log.by_telegram(sam.id)
    assert person is not None
    session = desk.log.calls(person.id)[0].session
    await sam.taps_data(f"1:level:{session}:1:4")
    assert desk.wire.nods[-1]["text"] == "That button is from another time."
    assert told(desk, sam, session) == {}


async def test_nobody_puts_a_level_right_in_anothers_call(sam: Candidate, maria: Candidate, desk: Desk) -> None:
    session = await brought(sam)
    await maria.taps_data(f"1:level:{session}:3:4")
    assert desk.wire.nods[-1]["text"] == "That call isn't here any more."
    assert told(desk, sam, session) == {}
