"""A button tapped twice in a breath is answered once, whichever it is; and no button of an old message is dead."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.telegram import double_tap
from tests.chat import Candidate, Desk
from tests.serving import PATIENCE, agrees, data, serving
from tests.wire import Wire

HELLO = "Hello, this is Sam Ortiz. I interviewed last week. Is this a good time?"
A_CALL = ("/call harbour", HELLO, "/hangup")
TWICE = {
    "I agree": ("/delete", "tap Yes, delete", "/start"),
    "Help": ("/start",),
    "Past calls": ("/start",),
    "Practise a call": ("/start",),
    "My own call": ("/start",),
    "Menu": ("/calls",),
    "Skip the guessing": A_CALL,
    "A formula": A_CALL,
    "That is not what I meant": (*A_CALL, "/why"),
    "Lay the two tries side by side": (*A_CALL, "tap Skip", "tap The same call from the start", HELLO, "/hangup", "tap Skip"),
    "The same call from the start": (*A_CALL, "tap Skip"),
    "Same manager, new call": (*A_CALL, "tap Skip"),
    "Picture of the call": (*A_CALL, "tap Skip"),
    "Read back where we were": ("/call harbour", "/start"),
    "a formula": ("/decode",),
    "Just a card": ("/plan",),
    "Yes, delete everything": ("/delete",),
    "Send me a copy first": ("/delete",),
    "What is kept": ("/delete", "tap Yes, delete", "/start"),
}  # fmt: skip


async def goes(who: Candidate, *steps: str) -> None:
    for step in steps:
        await (who.taps(step.removeprefix("tap ")) if step.startswith("tap ") else who.says(step))


def button(who: Candidate, label: str) -> tuple[str, int]:
    """The newest button with these words: what it carries, and its message."""
    for shown in reversed(who.sees):
        for found in (b for row in shown.markup.get("inline_keyboard", []) for b in row):
            if label.casefold() in found["text"].casefold():
                return found["callback_data"], shown.number
    raise AssertionError(f"no button {label}: {[s.buttons for s in who.sees]}")


@pytest.mark.parametrize("label", TWICE)
async def test_a_double_tap_is_answered_once(sam: Candidate, desk: Desk, label: str) -> None:
    await goes(sam, *TWICE[label])
    carries, message = button(sam, label)
    before = [(s.number, s.text, s.markup) for s in sam.sees]
    await sam.taps_data(carries, message)
    stands = [(s.number, s.text, s.markup) for s in sam.sees]
    assert stands != before, "the first tap was not answered"
    nods = len(desk.wire.nods)
    assert await sam.taps_data(carries, message) == []
    assert [(s.number, s.text, s.markup) for s in sam.sees] == stands
    assert len(desk.wire.nods) == nods + 1


async def test_the_same_button_later_or_by_somebody_else_is_answered(
    sam: Candidate, maria: Candidate, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sam.says("/start")
    carries, message = button(sam, "Help")
    assert await sam.taps_data(carries, message)
    assert await maria.taps_data(carries, message)
    monkeypatch.setattr(double_tap, "DOUBLE_TAP", 0.0)
    assert await sam.taps_data(carries, message)


async def test_a_tap_that_went_wrong_can_be_tapped_again_at_once(
    sam: Candidate, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sam.says("/start")
    carries, message = button(sam, "Past calls")
    with monkeypatch.context() as broken:
        broken.setattr(desk.log, "calls", lambda *a, **k: 1 / 0)
        assert "went wrong" in (await sam.taps_data(carries, message))[0]
    await sam.taps_data(carries, message)
    assert desk.wire.find(sam.id, message).text.startswith("Your calls")


@pytest.mark.parametrize(
    "label",
    ["Call again", "Practise a call", "The same call from the start", "Same manager, new call", "Try again from"],
)
async def test_while_a_call_is_on_old_buttons_say_so_even_before_the_first_word(sam: Candidate, label: str) -> None:
    if label == "Call again":
        await goes(sam, "/call harbour", "/hangup")
    elif label == "Practise a call":
        await sam.says("/start")
    else:
        await goes(sam, "/call harbour", HELLO, "Why didn't I get it?", "/hangup", "tap Skip")
    carries, message = button(sam, label)
    await sam.says("/call ward")
    (answer,) = await sam.taps_data(carries, message)
    assert answer.startswith("You are on the phone with ")


def test_the_real_bot_answers_a_double_tap_once(tmp_path: Path) -> None:
    with Wire() as wire, serving(wire, tmp_path):
        agrees(wire)
        help_ = data(wire, 7, "Help")
        wire.tap(7, *help_)
        wire.tap(7, *help_)
        wire.until(lambda: len(wire.queries) == 3 and all(wire.queries.values()), PATIENCE)
        wire.say(7, "/privacy")
        wire.until(lambda: "What is kept" in wire.texts(7)[-1], PATIENCE)
        assert sum("How it goes" in text for text in wire.texts(7)) == 1


async def test_a_hang_up_button_from_before_words_were_taken_back_rings_off_the_call_that_is_on(sam: Candidate) -> None:
    await goes(sam, "/call harbour", HELLO, "/call")
    carries, message = button(sam, "Hang up")
    await goes(sam, "/undo", HELLO)
    assert "You rang off" in " ".join(await sam.taps_data(carries, message))


async def test_a_hang_up_button_of_another_call_leaves_the_one_that_is_on(sam: Candidate, desk: Desk) -> None:
    await goes(sam, "/call harbour", HELLO, "/call")
    carries, message = button(sam, "Hang up")
    await goes(sam, "/hangup", "/call harbour", HELLO)
    assert await sam.taps_data(carries, message) == []
    assert "of another call" in desk.wire.nods[-1]["text"]
    assert (await sam.says("Could you tell me one thing I should work on?"))[0].startswith("Dana: ")
