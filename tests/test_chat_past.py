"""Past calls in the chat: listed, read back, searched, drawn."""

from __future__ import annotations

from tests.chat import Candidate, Desk
from tests.chat_calls import hold_a_call, membership
from tests.said import HELLO


async def test_past_calls_are_listed_and_read_back(sam: Candidate) -> None:
    await hold_a_call(sam)
    (listed,) = await sam.says("/calls")
    assert "Data analyst at Harbour Mutual" in listed
    await sam.taps("1")
    assert "You: " + HELLO in sam.sees[-1].text
    assert "Dana: " in sam.sees[-1].text
    await sam.taps("Keep")
    assert "kept" in sam.sees[-1].text
    assert (await sam.taps("Review"))[0].startswith("How it went")


async def test_a_message_on_a_machine_is_not_said_to_have_got_nothing(sam: Candidate) -> None:
    await sam.says("/call northlight")
    await sam.says("Hello, this is Sam Ortiz about the designer job. My number is 555 0100. Thank you.")
    await sam.says("/hangup")
    (listed,) = await sam.says("/calls")
    assert "nothing" not in listed


async def test_a_long_call_is_read_back_in_pages(sam: Candidate) -> None:
    await sam.says("/call harbour")
    for number in range(4):
        await sam.says(f"{HELLO} And {number}: " + "so it goes, " * 60)
    await sam.says("/hangup")
    await sam.says("/calls")
    await sam.taps("1")
    first = sam.sees[-1].text
    await sam.taps("More →")
    assert sam.sees[-1].text != first
    await sam.taps("← Back")
    assert sam.sees[-1].text == first


async def test_search_finds_what_was_said(sam: Candidate) -> None:
    await hold_a_call(sam)
    (found,) = await sam.says("/search exam")
    assert "book the exam" in found
    assert "was not said" in (await sam.says("/search zebra"))[0]
    await sam.says("/search")
    assert "book the exam" in (await sam.says("exam"))[0]


async def test_progress_comes_as_text_and_as_a_picture(sam: Candidate) -> None:
    assert "No calls yet" in (await sam.says("/progress"))[0]
    await hold_a_call(sam)
    await sam.says("/progress")
    assert "1 call" in sam.sees[-2].text
    assert sam.sees[-1].file.startswith(b"\x89PNG")


async def test_a_picture_of_a_call_comes_with_its_words(sam: Candidate) -> None:
    await hold_a_call(sam)
    await sam.taps("Skip the guessing")
    await sam.taps("Picture")
    assert sam.sees[-1].file.startswith(b"\x89PNG")
    assert sam.sees[-1].text


async def test_search_finds_a_sentence_once_and_not_where_it_was_taken_back(sam: Candidate) -> None:
    await sam.says("/call harbour")
    await sam.says("Hello, this is Ada Lovelace. Is this a good time?")
    await sam.says("The decision stands. Was it the zebra?")
    await sam.edits("The decision stands. Was it the certificate?")
    await sam.edits("The decision stands. Was it the years?")
    await sam.says("/undo")
    await sam.says("/hangup")
    await sam.taps("Skip")
    await sam.taps("The same call from the start")
    await sam.says("Hello, this is Ada Byron.")
    await sam.says("/hangup")
    await sam.taps("Skip")
    (found,) = await sam.says("/search Ada Lovelace")
    assert found.count("Lovelace") == 2  # what was looked for, and one hit
    assert sam.sees[-1].buttons == ["1"]
    assert "was not said" in (await sam.says("/search zebra"))[0]
    (both,) = await sam.says("/search Ada")
    assert both.count("this is Ada") == 2


async def test_the_list_says_no_more_of_a_call_than_happened(sam: Candidate, desk: Desk) -> None:
    await sam.says("/call harbour")
    await sam.says(HELLO)
    await sam.says("/hangup")
    (listed,) = await sam.says("/calls")
    assert listed.endswith("left without a goodbye")
    await sam.says("/call ward")
    await sam.says(HELLO)
    await sam.edits("Hello, this is Ada.")
    (listed,) = await sam.says("/calls")
    assert "goes on" in listed
    assert "another try" not in listed
    await membership(desk, sam, "kicked")
    await membership(desk, sam, "member")
    (listed,) = await sam.says("/calls")
    assert "stopped before its end" in listed
    assert listed.count("left without a goodbye") == 1
    person = desk.log.by_telegram(sam.id)
    assert person is not None
    left = next(c for c in desk.log.calls(person.id, taken_back=True) if c.taken_back)
    await sam.taps_data(f"1:show:{left.session}:0", sam.sees[-1].number)
    assert "taken back" in sam.sees[-1].text
    assert "goes on" not in sam.sees[-1].text


async def test_a_try_from_the_middle_repeats_no_hit(sam: Candidate) -> None:
    await sam.says("/call harbour")
    for words in ("Hello, this is Ada Lovelace. Is this a good time?", "Why didn't I get it?", "/hangup"):
        await sam.says(words)
    await sam.taps("Skip")
    await sam.taps("Try again from")
    await sam.says("The decision is fine with me. Goodbye!")
    await sam.says("/search Lovelace")
    assert sam.sees[-1].buttons == ["1"]
