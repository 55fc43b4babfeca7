"""Every kind of update has an answer, and no tap can do harm."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.chat import BOT, Candidate, Desk, open_desk
from tests.chat_calls import membership

FILE = {"file_id": "x", "file_unique_id": "y"}
SIZE = {"width": 1, "height": 1}
KINDS: dict[str, Any] = {
    "sticker": FILE | SIZE | {"is_animated": False, "is_video": False, "type": "regular"},
    "photo": [FILE | SIZE],
    "voice": FILE | {"duration": 3},
    "video_note": FILE | {"duration": 3, "length": 5},
    "audio": FILE | {"duration": 3},
    "video": FILE | SIZE | {"duration": 3},
    "location": {"latitude": 1.0, "longitude": 1.0},
    "contact": {"phone_number": "1", "first_name": "A"},
    "dice": {"emoji": "🎲", "value": 3},
    "something_of_a_later_version": {"x": 1},
}


@pytest.mark.parametrize("kind", KINDS)
async def test_what_is_not_text_has_an_answer_in_a_call_and_outside(sam: Candidate, kind: str) -> None:
    (outside,) = await sam.sends(**{kind: KINDS[kind]})
    assert "only read" in outside
    await sam.says("/call harbour")
    (inside,) = await sam.sends(**{kind: KINDS[kind]})
    assert "Please write what you would say." in inside


async def test_a_file_sent_in_a_call_is_not_taken(sam: Candidate) -> None:
    await sam.says("/call harbour")
    assert "nobody can see a file" in (await sam.sends(document=FILE | {"file_name": "cv.pdf"}))[0]


async def test_a_forwarded_message_is_not_said(sam: Candidate, desk: Desk) -> None:
    await sam.says("/call harbour")
    origin = {"type": "hidden_user", "sender_user_name": "X", "date": 1}
    (answer,) = await sam.says("You will hear from my lawyer", forward_origin=origin)
    assert "forwarded" in answer
    person = desk.log.by_telegram(sam.id)
    assert person is not None
    call = desk.log.unfinished(person.id)
    assert call is not None
    assert call.turns == 0


async def test_a_pinned_message_is_met_with_silence(sam: Candidate) -> None:
    pinned = {"message_id": 1, "date": 1, "chat": sam.chat, "from": BOT, "text": "x"}
    assert await sam.sends(pinned_message=pinned) == []


async def test_a_group_hears_one_polite_line_once(desk: Desk, sam: Candidate) -> None:
    group = {"id": -100, "type": "group", "title": "G"}
    for text in ("/start@runner_up_bot", "hello", "/call harbour"):
        message = {"message_id": 1, "date": int(time.time()), "chat": group, "from": sam.user, "text": text}
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        await desk.take(message=message)
    assert len([s for s in desk.wire.shown if s.chat == -100]) == 1
    assert "private chat" in next(s for s in desk.wire.shown if s.chat == -100).text


async def test_a_group_hears_its_line_once_across_a_restart_and_after_it_grew(tmp_path: Path) -> None:
    group = {"id": -100, "type": "group", "title": "G"}
    grown = {"id": -1009, "type": "supergroup", "title": "G"}
    heard = []
    for chat in (group, group, grown):
        async with open_desk(tmp_path, access="open") as desk:
            sam = Candidate(desk)
            base = {"message_id": 1, "date": int(time.time()), "chat": chat, "from": sam.user}
            await desk.take(message=base | {"text": "the words of a group"})
            if chat is group:
                await desk.take(message=base | {"migrate_to_chat_id": -1009})
            heard += desk.wire.shown
            kept = [row for t in ("meta", "inbox", "outbox") for row in map(tuple, desk.log.rows(f"SELECT * FROM {t}"))]  # noqa: S608
            assert "words of a group" not in str(kept)
    assert [s.chat for s in heard] == [-100]


async def test_of_what_a_group_says_no_word_is_written_down(desk: Desk, sam: Candidate) -> None:
    delivery = desk.house.post.delivery
    assert delivery is not None
    with closing(
        sqlite3.connect(desk.house.log.path)
    ) as db:  # what is handled is blanked at once, so it is caught as it is written
        db.execute("CREATE TABLE written (raw TEXT)")
        db.execute("CREATE TRIGGER caught AFTER INSERT ON inbox BEGIN INSERT INTO written VALUES (new.raw); END")
        db.commit()
        group = {"id": -100, "type": "supergroup", "title": "G"}
        base = {"message_id": 1, "date": int(time.time()), "from": sam.user}
        for number, update in (
            (900_000, {"message": base | {"chat": group, "text": "the words of a group"}}),
            (900_001, {"edited_message": base | {"chat": group, "text": "the words of a group, mended"}}),
            (900_002, {"message": base | {"chat": sam.chat, "text": "words for the bot alone"}}),
        ):
            saved = delivery.receive({"update_id": number} | update)
            assert saved is not None
            await saved
        raw = [row[0] for row in db.execute("SELECT raw FROM written")]
    assert raw[:2] == ["", ""]
    assert "words for the bot alone" in raw[2]


async def test_a_group_that_is_quick_is_not_told_so(desk: Desk, sam: Candidate) -> None:
    delivery = desk.house.post.delivery
    assert delivery is not None
    group = {"id": -100, "type": "supergroup", "title": "G"}
    base = {"message_id": 1, "date": int(time.time()), "chat": group, "from": sam.user, "text": "hello"}
    for number in range(900_000, 900_060):
        delivery.receive({"update_id": number, "message": base})
    await delivery.chats.idle()
    await desk.take(message=base)
    assert len([s for s in desk.wire.shown if s.chat == -100]) == 1


async def test_a_group_that_takes_the_bot_in_again_hears_its_line_again(desk: Desk, sam: Candidate) -> None:
    group = {"id": -300, "type": "supergroup", "title": "G"}
    for status in ("member", "left", "member"):
        await membership(desk, sam, status, group)
    assert len([s for s in desk.wire.shown if s.chat == -300]) == 2


async def test_a_group_where_the_bot_may_not_write_ends_nobodys_call(desk: Desk, sam: Candidate) -> None:
    await sam.says("/call harbour")
    desk.wire.blocked.add(-300)
    await membership(desk, sam, "member", {"id": -300, "type": "supergroup", "title": "G"})
    assert (await sam.says("Hello, this is Sam Ortiz."))[0].startswith("Dana: ")


async def test_a_channel_post_is_met_with_silence(desk: Desk) -> None:
    channel = {"id": -200, "type": "channel", "title": "C"}
    await desk.take(channel_post={"message_id": 1, "date": int(time.time()), "chat": channel, "text": "/start"})
    assert not [s for s in desk.wire.shown if s.chat == -200]


async def test_who_blocked_the_bot_is_left_alone_and_who_comes_back_is_answered(desk: Desk, sam: Candidate) -> None:
    await sam.says("/call harbour")
    await membership(desk, sam, "kicked")
    person = desk.log.by_telegram(sam.id)
    assert person is not None
    assert person.blocked_at
    assert desk.log.unfinished(person.id) is None
    await membership(desk, sam, "member")
    assert "What would you like to do?" in (await sam.says("/start"))[-1]


async def test_a_bot_that_is_blocked_while_answering_ends_the_call(desk: Desk, sam: Candidate) -> None:
    await sam.says("/call harbour")
    desk.wire.blocked.add(sam.id)
    await sam.says("Hello, this is Sam.")
    person = desk.log.by_telegram(sam.id)
    assert person is not None
    assert person.blocked_at
    desk.wire.blocked.clear()
    await membership(desk, sam, "member")
    assert "What would you like to do?" in (await sam.says("/start"))[-1]
    assert "It rings." in (await sam.says("/call harbour"))[0]


async def test_put_into_a_group_the_bot_says_its_line(desk: Desk, sam: Candidate) -> None:
    await membership(desk, sam, "member", {"id": -300, "type": "supergroup", "title": "G"})
    assert len([s for s in desk.wire.shown if s.chat == -300]) == 1


FORGED = [
    "", "x", "1", "1:", "1:nonsense", "2:call", "0:call:harbour", "1:call:" + "x" * 40, "1:guess:abcdefgh:0:0", "1:guess:::",
    "1:again:abcdefgh:1", "1:again::", "1:anew:abcdefgh", "1:show:abcdefgh:0", "1:show:abcdefgh:99999999", "1:keep:abcdefgh",
    "1:debrief:abcdefgh", "1:picture:abcdefgh", "1:words:abcdefgh:0", "1:hangup:abcdefgh", "1:leave:abcdefgh", "1:go_on:abcdefgh",
    "1:set:pace:warp", "1:set:forget:1", "1:set:admin:yes", "1:erase:none", "1:o:0:0", "1:o:99:0", "1:real:told:x", "1:real:level:x:9",
    "1:real:kind:x:4:77", "1:real:door:x:4:77:9", "1:real:card:x", "1:todo:abcdefgh", "1:me:0", "1:away:yes", "1:away:no",
    "1:dec:5:99:0", "1:dec:5:0:99", "1:mine:nobody", "1:managers:-1", "1:managers:999999", "1:calls:999999", "1:where",
    "1:agree:call:nobody", "1:beside", "1:beside:abcdefgh", "1:beside:abcdefgh:9", "1:clock", "1:clock:7", "1:clock:other", "1:set:show", "1:café", "1:call:'; DROP", "1:show:%:0", "1:words", "1:guess", "1:invite", "1:status",
]  # fmt: skip


async def test_a_forged_or_stale_tap_is_answered_and_harmless(sam: Candidate) -> None:
    for data in FORGED:
        await sam.taps_data(data, 1)
        assert not any("went wrong" in s.text for s in sam.sees), data
        assert await sam.says("/start")
    await sam.says("/hangup")
    await sam.says("/call harbour")
    await sam.says("Hello, this is Sam.")
    for data in FORGED:
        await sam.taps_data(data, 1)
        assert not any("went wrong" in s.text for s in sam.sees), data
    assert (await sam.says("Is this a good time?"))[0].startswith("Dana: ")


async def test_nobody_gets_at_anothers_call_by_its_id(desk: Desk, sam: Candidate, maria: Candidate) -> None:
    await sam.says("/call harbour")
    await sam.says("Hello, this is Canary McBird. Goodbye!")
    person = desk.log.by_telegram(sam.id)
    assert person is not None
    session = desk.log.calls(person.id)[0].session
    for verb in (
        "show",
        "beside",
        "debrief",
        "again",
        "anew",
        "picture",
        "keep",
        "guess",
        "words",
        "hangup",
        "leave",
        "go_on",
    ):
        await maria.taps_data(f"1:{verb}:{session}:0:0", 1)
    await maria.says("/search Canary")
    await maria.says("/calls")
    await maria.says("/export")
    shown = " ".join(s.text + s.file.decode("utf-8", "ignore") for s in maria.sees)
    assert "McBird" not in shown
    assert len(desk.log.calls(person.id)) == 1


async def test_an_update_that_comes_twice_is_answered_once(desk: Desk, sam: Candidate) -> None:
    message = {"message_id": 50, "date": int(time.time()), "chat": sam.chat, "from": sam.user, "text": "hello"}
    number = await desk.take(message=message)
    count = len(sam.sees)
    await desk.again(number, message=message)
    assert len(sam.sees) == count


async def test_what_was_written_during_an_outage_is_asked_about_and_then_said(desk: Desk, sam: Candidate) -> None:
    await sam.says("/call harbour")
    long_ago = int(time.time()) - 3600
    (asked,) = await sam.says("Hello, this is Sam Ortiz.", date=long_ago)
    assert "I was away" in asked
    assert await sam.says("I interviewed last week.", date=long_ago) == []
    answers = await sam.taps("Carry on")
    assert answers[0].startswith("Dana: ")
    person = desk.log.by_telegram(sam.id)
    assert person is not None
    call = desk.log.unfinished(person.id)
    assert call is not None
    assert desk.log.turns(person.id, call.session)[-1].said == "Hello, this is Sam Ortiz.\nI interviewed last week."


async def test_a_very_long_text_is_heard_and_answered(sam: Candidate) -> None:
    await sam.says("/call harbour")
    assert (await sam.says("word " * 819))[0].startswith("Dana")


ODD = ["<b>x</b> & _y_ *z* `q`", "👩‍👩‍👧‍👦" * 200, "\u202e\u0000abc", "[x](tg://user?id=1)", "\U0001f600", "   ", "/"]


@pytest.mark.parametrize("text", ODD)
async def test_odd_text_is_shown_as_it_is(sam: Candidate, text: str) -> None:
    await sam.says("/call harbour")
    assert await sam.says(text)
    await sam.says("Hello, Sam Ortiz here.")
    await sam.says("/hangup")
    await sam.taps("Skip the guessing")
    await sam.says("/calls")
    await sam.taps("1")
    assert not any("went wrong" in s.text for s in sam.sees)
