"""Every command has an answer wherever somebody is, and nothing that is sent is more than Telegram takes."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram import app, buttons, middleware
from bot.telegram.handlers import menu, pause
from bot.telegram.messages import LONGEST, Ink, Message, spoken, units
from dialogs.moves import Move
from dialogs.scenario import parse_scenario
from dialogs.scenes import Line, Speaker
from tests.chat import Candidate, Desk, check_buttons, open_desk

PEOPLE = count(70_000)
WORDS = st.text(st.sampled_from("a é😀\u2028.,!?\n“”\ud800\0") | st.characters(), max_size=60)
LONG = st.builds(lambda words, times: words * times, WORDS, st.integers(1, 200))
MARKS = st.sampled_from(["plain", "bold", "italic", "quote", "folded", "hidden"])


async def nowhere(who: Candidate) -> None:
    await who.agrees()


async def in_a_call(who: Candidate) -> None:
    await who.agrees()
    await who.says("/call harbour")
    await who.says("Hello, this is Sam.")


async def amid_own(who: Candidate) -> None:
    await who.agrees()
    await who.says("/own")


async def waiting(who: Candidate) -> None:
    await in_a_call(who)
    await who.says("I don't want to live any more.")
    assert "Go on with the call" in who.sees[-1].buttons


async def before_consent(who: Candidate) -> None:
    pass


async def guessing(who: Candidate) -> None:
    await in_a_call(who)
    await who.says("/hangup")


STATES = (nowhere, in_a_call, amid_own, waiting, before_consent, guessing)


def test_every_command_that_is_listed_has_a_handler_and_every_handler_is_listed_or_a_second_name() -> None:
    listed = [name for name, _ in menu.COMMANDS]
    assert len(listed) == len(set(listed))
    assert set(listed) <= {*app.COMMANDS, *app.WITHOUT_CONSENT}
    assert set(app.WITHOUT_CONSENT) <= set(listed)
    handled = {app.COMMANDS[name] for name in listed if name in app.COMMANDS} | {menu.menu, pause.go_on}
    assert set(app.COMMANDS.values()) == handled


@pytest.mark.parametrize("state", STATES, ids=lambda s: s.__name__)
async def test_every_command_is_answered_wherever_one_is(tmp_path: Path, state) -> None:  # type: ignore[no-untyped-def]
    async with open_desk(tmp_path, access="open") as desk:
        for name, _ in menu.COMMANDS:
            who = Candidate(desk, next(PEOPLE))
            await state(who)
            before = len(desk.wire.requests)
            await who.says(f"/{name}")
            answers = [params for what, params in desk.wire.requests[before:] if what.startswith("send")]
            assert answers, name
            assert middleware.WENT_WRONG not in [a.get("text") for a in answers], name
            assert "don't know that command" not in str(answers), name


@given(st.lists(st.tuples(MARKS, LONG), max_size=8))
def test_no_message_is_longer_than_telegram_takes_and_every_mark_lies_inside(pieces: list[tuple[str, str]]) -> None:
    ink = Ink()
    for mark, words in pieces:
        getattr(ink, mark)(Ink().plain(words).bold(words) if mark in ("folded", "hidden") else words)
    within(ink.message())


@given(LONG)
def test_a_message_that_was_written_without_ink_is_cut_too(words: str) -> None:
    within(Message(words))


@given(st.lists(LONG, min_size=1, max_size=3))
def test_whatever_a_manager_says_fits(lines: list[str]) -> None:
    scenario = parse_scenario(HARBOUR.read_text("utf-8"), name="harbour")
    for message in spoken([Line(Speaker.MANAGER, words, "stock") for words in lines], scenario, 1.0):
        within(message)


def within(message: Message) -> None:
    sent = message.payload()
    size = units(sent["text"])
    assert size <= LONGEST
    for mark in sent.get("entities", []):
        assert 0 <= mark["offset"] < mark["offset"] + mark["length"] <= size


@given(st.text(max_size=200))
def test_a_manager_of_any_name_fits_every_button_that_carries_one(name: str) -> None:
    for verb in app.TAPS:
        carried = buttons.tap("x", verb, buttons.key(name))
        assert buttons.read(carried.data) == (verb, (buttons.key(name),))


def test_the_longest_words_of_a_call_fit_every_button(desk: Desk) -> None:
    session = desk.house.new_id()
    for verb in app.TAPS:
        for move in Move:
            check_buttons({"inline_keyboard": [[buttons.tap("x", verb, session, 99_999, str(move)).as_json()]]})


HARBOUR = Path(__file__).parent.parent / "dialogs" / "scenarios" / "harbour.yaml"
