"""The pictures, looked at as a machine can."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from io import BytesIO

import pytest
from PIL import Image

from bot.rendering import picture as drawn_with
from bot.rendering.picture import HEIGHT, MARKS, TALL_ENOUGH, WIDTH, mark, progress_picture, rapport
from dialogs.hearing.heard import Heard
from dialogs.moves import COSTLY
from dialogs.practice import Mood, Practice
from dialogs.progress import held, progress
from tests.managers import manager
from tests.short_calls import BYE, HARBOUR, HELLO, ONWARD, READY
from tests.short_calls import held as call_of


def test_a_call_is_drawn_with_words_beside_it() -> None:
    scenario, _, turns = call_of(HELLO, READY, ONWARD, ("That's wrong.", "argue"))
    picture = rapport(scenario, turns, could=3)
    image = Image.open(BytesIO(picture.png))
    assert image.size == (picture.width, picture.height) == (WIDTH, HEIGHT)
    assert len(picture.png) < 60_000
    assert "turn 3, one concrete reason" in picture.alt
    assert "counter in turn 4" in picture.alt
    assert "The most that anyone gets" not in rapport(scenario, turns).alt


@pytest.mark.parametrize("count", [0, 1, 5, TALL_ENOUGH, 60])
def test_any_number_of_turns_fits(count: int) -> None:
    practice = Practice(manager(minutes=30, patience=4), 1)
    turns = [practice.begin()]
    moves = ["introduce", "accept", "ask_specific", "thank", "probe", "door", "commit"]
    while len(turns) <= count and not practice.ended:
        turns.append(practice.take(Heard.of(moves[len(turns) % len(moves)], words=1), "words"))
    picture = rapport(practice.scenario, turns, could=3)
    assert Image.open(BytesIO(picture.png)).size == (WIDTH, HEIGHT)
    assert picture.alt


def test_a_call_that_was_only_read_is_drawn_without_trust() -> None:
    nothing = Mood(None, None, None)  # type: ignore[arg-type]
    scenario, _, turns = call_of(HELLO, READY)
    read = [t._replace(mood=nothing, mood_before=nothing) for t in turns]
    assert "Trust" not in rapport(scenario, read).alt


def test_progress_is_drawn_for_any_number_of_calls() -> None:
    good = held(*call_of(HELLO, READY, ONWARD, BYE))
    machine = held(*call_of(("Hello", "greet"), scenario=manager(opening="voicemail")))
    for calls in ([good], [good, machine] * 4, [good] * 60):
        picture = progress_picture(progress(calls))
        assert Image.open(BytesIO(picture.png)).size == (WIDTH, HEIGHT)
        assert "all that could be opened" in picture.alt


def test_ink_stands_out_from_its_ground() -> None:
    for ink in (drawn_with.INK, drawn_with.FAINT, drawn_with.LINE, drawn_with.WARM, drawn_with.COSTLY):
        assert contrast(ink, drawn_with.GROUND) >= 4.5, ink


def contrast(a: str, b: str) -> float:
    """How far two colours are apart (WCAG 2): 4.5 can be read by most."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(a), light(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_costly_move_is_marked() -> None:
    assert set(MARKS) >= COSTLY
    _, _, turns = call_of(HELLO, ("You'll hear from my lawyer.", "threaten,ask_open"))
    assert mark(turns[-1])[0] == "threat"


def test_drawing_does_not_hold_up_others() -> None:
    scenario, _, turns = call_of(HELLO, READY, ONWARD, BYE)
    rapport(scenario, turns)
    longest, last, done = 0.0, time.perf_counter(), threading.Event()
    thread = threading.Thread(target=lambda: (rapport(scenario, turns), done.set()))
    thread.start()
    while not done.is_set():
        time.sleep(0.001)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    thread.join()
    assert longest < 0.5


def test_nothing_is_drawn_or_loaded_before_it_is_asked_for() -> None:
    code = "import sys, bot.rendering.picture, dialogs.review, dialogs.progress; print('PIL' in sys.modules, 'telegram' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert ran.stdout.split() == ["False", "False"]


def test_progress_text_says_what_the_picture_says() -> None:
    calls = [held(*call_of(HELLO, READY, ONWARD, BYE, scenario=HARBOUR))]
    assert progress(calls).text in progress_picture(progress(calls)).alt
