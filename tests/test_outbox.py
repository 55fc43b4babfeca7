"""What is said goes out in order, is marked when it has arrived, and is not repeated blindly."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from telegram.ext import ExtBot

from bot.delivery import PatientRequest, edit, say, wire
from bot.delivery.outbox import NOT_TAKEN, TYPING_LASTS, Outbox
from bot.log import Log, Person
from tests.wire import Wire

CHAT = 1


class Post:
    """Somebody's messages: put into the log, sent by a real bot, and how each stands afterwards."""

    def __init__(self, log: Log, bot: ExtBot[None], person: Person, pace: float) -> None:
        self.log, self.person = log, person
        self.pauses: list[tuple[int, float]] = []

        async def pause(chat: int, seconds: float) -> None:
            self.pauses.append((chat, seconds))

        self.outbox = Outbox(log, bot, pace=pace, pause=pause)

    async def put(self, *says: Mapping[str, Any]) -> None:
        await self.log.post(self.person.id, says)

    async def flush(self, **more: Any) -> Any:
        return await asyncio.wait_for(self.outbox.flush(self.person.id, CHAT, **more), 30)

    def states(self) -> list[str]:
        return [row[0] for row in self.log.rows("SELECT state FROM outbox ORDER BY id")]


@asynccontextmanager
async def posting(telegram: Wire, path: Path, *, pace: float = 1.0, url: str = "") -> AsyncIterator[Post]:
    request = PatientRequest()
    bot = ExtBot(telegram.token, base_url=f"{url or telegram.url}/bot", request=request)
    with Log.open(path / "log.db") as log:
        try:
            yield Post(log, bot, log.meet(CHAT).result(), pace)
        finally:
            await request.shutdown()


# -- what a message is -------------------------------------------------------------------------------------------------


def test_a_message_is_made_with_what_telegram_calls_it() -> None:
    assert say("hello") == {"method": "sendMessage", "params": {"text": "hello"}}
    button = {"text": "Yes", "callback_data": "y"}
    made = say("<b>hello</b>", pause=1.5, buttons=[[button]], parse_mode="HTML", disable_notification=True)
    assert made == {
        "method": "sendMessage",
        "params": {
            "text": "<b>hello</b>",
            "disable_notification": True,
            "reply_markup": {"inline_keyboard": [[button]]},
            "parse_mode": "HTML",
        },
        "pause": 1.5,
    }
    assert say("hello", buttons=[])["params"]["reply_markup"] == {"inline_keyboard": []}  # takes the buttons away
    changed = {"message_id": 7, "text": "other", "parse_mode": "HTML"}
    assert edit(7, "other", parse_mode="HTML") == {"method": "editMessageText", "params": changed}


# -- going out ---------------------------------------------------------------------------------------------------------


async def test_messages_go_out_in_order_and_are_marked_with_the_number_telegram_gave_them(
    telegram: Wire, tmp_path: Path
) -> None:
    async with posting(telegram, tmp_path) as post:
        await post.put(say("one"), say("two", buttons=[[{"text": "Yes", "callback_data": "y"}]]))
        assert await post.flush() is None
        assert telegram.texts(CHAT) == ["one", "two"]
        rows = post.log.rows("SELECT state, message_id, payload FROM outbox ORDER BY id")
        assert [tuple(r) for r in rows] == [("sent", s.message_id, "") for s in telegram.to(CHAT)]
        assert telegram.to(CHAT)[1].params["reply_markup"]["inline_keyboard"][0][0]["text"] == "Yes"


async def test_two_hands_that_send_at_once_send_once(telegram: Wire, tmp_path: Path) -> None:
    telegram.round_trip = 0.05
    async with posting(telegram, tmp_path) as post:
        await post.put(*(say(f"line {n}") for n in range(4)))
        assert await asyncio.gather(post.flush(), post.flush(), post.flush()) == [None] * 3
        assert telegram.texts(CHAT) == [f"line {n}" for n in range(4)]


async def test_what_is_put_in_while_sending_goes_out_too(telegram: Wire, tmp_path: Path) -> None:
    telegram.round_trip = 0.1
    async with posting(telegram, tmp_path) as post:
        await post.put(say("one"))
        sending = asyncio.create_task(post.flush())
        await asyncio.sleep(0.02)
        await post.put(say("two"))
        await sending
        assert telegram.texts(CHAT) == ["one", "two"]


# -- the typing sign ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pause", "pace", "seconds"), [(1.5, 1.0, 1.5), (1.5, 0.5, 0.75), (60, 1.0, TYPING_LASTS), (0, 1.0, None), (1.5, 0, None)]
)  # fmt: skip
async def test_a_pause_has_the_typing_sign_before_it_and_the_pace_of_the_host(
    telegram: Wire, tmp_path: Path, pause: float, pace: float, seconds: float | None
) -> None:
    async with posting(telegram, tmp_path, pace=pace) as post:
        await post.put(say("hello", pause=pause))
        await post.flush()
        assert post.pauses == ([] if seconds is None else [(CHAT, seconds)])
        wanted = ["sendMessage"] if seconds is None else ["sendChatAction", "sendMessage"]
        assert [s.method for s in telegram.sent] == wanted
        assert all(s.chat == CHAT for s in telegram.sent)
        assert [s.params["action"] for s in telegram.to(CHAT, "sendChatAction")] == ["typing"] * (len(wanted) - 1)


async def test_there_is_no_pause_where_none_is_wanted_nor_before_what_is_sent_again(
    telegram: Wire, tmp_path: Path
) -> None:
    async with posting(telegram, tmp_path) as post:
        await post.put(say("one", pause=1))
        await post.flush(pauses=False)
        await post.put(say("two", pause=1), say("three", pause=1))
        await post.log.unsent_people()  # as a new life does: the first of them may have gone out
        await post.flush()
        assert post.pauses == [(CHAT, 1)]
        assert telegram.texts(CHAT) == ["one", "two", "three"]


async def test_a_typing_sign_that_fails_holds_up_nothing(telegram: Wire, tmp_path: Path) -> None:
    async with posting(telegram, tmp_path) as post:
        telegram.fail("sendChatAction", "400")
        await post.put(say("hello", pause=1))
        await post.flush()
        assert (post.pauses, telegram.texts(CHAT)) == ([], ["hello"])


# -- what Telegram refuses ---------------------------------------------------------------------------------------------


async def test_a_message_that_telegram_will_not_take_is_marked_and_the_next_ones_go_out(
    telegram: Wire, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with posting(telegram, tmp_path) as post:
        await post.put(say("canary " * 1000), say("next"))
        assert await post.flush() is None
        assert (post.states(), telegram.texts(CHAT)) == (["failed", "sent"], [NOT_TAKEN, "next"])
    assert re.fullmatch(r"Telegram refuses a sendMessage of \d+ bytes: Message is too long", caplog.messages[-1])
    assert "canary" not in caplog.text


async def test_where_not_even_a_word_about_the_gap_is_taken_the_host_reads_so(
    telegram: Wire, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with posting(telegram, tmp_path) as post:
        telegram.fail("sendMessage", "400", times=2)
        await post.put(say("one"), say("two"))
        assert await post.flush() is None
        assert (post.states(), telegram.texts(CHAT)) == (["failed", "sent"], ["two"])
    assert caplog.messages[-1] == "nor does it take a word about that (BadRequest)"


async def test_what_is_marked_is_remembered_no_longer(telegram: Wire, tmp_path: Path) -> None:
    async with posting(telegram, tmp_path) as post:
        await post.put(say("one"), say("two"))
        await post.flush()
        assert post.outbox._unmarked == {}


async def test_a_change_that_changes_nothing_is_no_error(
    telegram: Wire, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with posting(telegram, tmp_path) as post:
        await post.put(say("hello"))
        await post.flush()
        number = telegram.to(CHAT)[0].message_id or 0
        await post.put(edit(number, "hello"), edit(number, "other"), edit(number + 99, "no such message"))
        assert await post.flush() is None
        assert post.states() == ["sent", "sent", "sent", "failed"]
        numbers = [row[0] for row in post.log.rows("SELECT message_id FROM outbox ORDER BY id")]
        assert numbers == [number, number, number, None], "what stands as it should is found by the next change"
        assert telegram.texts_now[CHAT, number]["text"] == "other"
    assert caplog.text.count("refuses") == 1


async def test_what_was_to_be_taken_away_and_is_gone_already_is_done_and_leaves_no_number(
    telegram: Wire, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with posting(telegram, tmp_path) as post:
        telegram.fail("deleteMessage", "400_message to delete not found")
        await post.put({"method": "deleteMessage", "params": {"message_id": 99}})
        assert await post.flush() is None
        rows = post.log.rows("SELECT state, message_id FROM outbox")
        assert [tuple(row) for row in rows] == [("sent", None)]
    assert caplog.messages == []


async def test_who_blocked_the_bot_is_sent_nothing_more(telegram: Wire, tmp_path: Path) -> None:
    async with posting(telegram, tmp_path) as post:
        telegram.blocked.add(CHAT)
        await post.put(say("one"), say("two"))
        failure = await post.flush()
        assert (failure.again, failure.fatal) == (False, None)
        assert post.states() == ["failed", "failed"]
        assert post.log.person(post.person.id).blocked_at
        assert telegram.requests.count("sendMessage") == 1


@pytest.mark.parametrize("status", ["401", "404"])
async def test_a_token_that_is_refused_stops_everything_and_loses_nothing(
    telegram: Wire, tmp_path: Path, status: str
) -> None:
    async with posting(telegram, tmp_path) as post:
        telegram.fail("sendMessage", status)
        await post.put(say("one"), say("two"))
        failure = await post.flush()
        assert failure.fatal is not None
        assert (failure.again, post.states()) == (False, ["waiting", "waiting"])
        await post.flush()
        assert telegram.texts(CHAT) == ["one", "two"]


# -- what surely did not arrive, and what may have ---------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore:.*retry_after.*")  # python-telegram-bot on its own error
async def test_what_surely_did_not_arrive_waits_in_its_place(
    telegram: Wire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "TRIES", 2)
    async with posting(telegram, tmp_path) as post:
        telegram.fail("sendMessage", "502", times=2)
        await post.put(say("one"), say("two"))
        failure = await post.flush()
        assert (failure.again, failure.fatal, post.states()) == (True, None, ["waiting", "waiting"])
        telegram.fail("sendMessage", "429", seconds=wire.LONGEST_WAIT + 1)
        assert (await post.flush()).again
        assert telegram.texts(CHAT) == []
        assert await post.flush() is None
        assert telegram.texts(CHAT) == ["one", "two"]


async def test_what_may_have_arrived_is_marked_and_not_said_twice(
    telegram: Wire, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    async with posting(telegram, tmp_path) as post:
        telegram.fail("sendMessage", "cut_after")
        await post.put(say("one"), say("two"))
        assert await post.flush() is None
        await post.flush()
        assert (post.states(), telegram.texts(CHAT)) == (["uncertain", "sent"], ["one", "two"])
    assert "may not have arrived (MaybeSent)" in caplog.text


# -- sent, but not marked ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "state"), [(None, "sent"), ("cut_after", "uncertain"), ("400", "failed")], ids=["sent", "unsure", "refused"]
)  # fmt: skip
async def test_what_went_out_while_nothing_could_be_saved_is_not_repeated_and_is_marked_later(
    telegram: Wire, tmp_path: Path, fault: str | None, state: str
) -> None:
    async with posting(telegram, tmp_path) as post:
        await post.put(say("one"))
        if fault:
            telegram.fail("sendMessage", fault)
        moved = post.log.path.with_name("moved.db")
        post.log.path.rename(moved)
        await post.flush()
        await post.flush()
        assert telegram.requests.count("sendMessage") == (2 if fault == "400" else 1)  # one more to tell of the gap
        assert post.states() == ["waiting"]
        moved.rename(post.log.path)
        await post.outbox.mark_again()
        assert post.states() == [state]
        await post.put(say("two"))
        await post.flush()
        assert telegram.texts(CHAT)[-1] == "two"
        assert post.log.row("SELECT count(*) FROM outbox WHERE message_id IS NOT NULL")[0] == (
            2 if fault is None else 1
        )  # type: ignore[index]
