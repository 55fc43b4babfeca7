"""A play is read as people write it, and written so that it reads back the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.hearing.heard import Heard
from dialogs.practice import Practice
from dialogs.transcript import BadPlay, looks_like_play, one_line, read_play, write_play
from tests.managers import manager

PLAY = """\
# A claim
# over two lines.
scenario: harbour
seed: 7

Dana: Dana Whitfield speaking.
You:  Hello, this is Sam: the analyst.
      Is this a good time?
      [greet, introduce → opening]
Dana: Sure.
You:
Dana: Are you there?
"""


def test_a_play_has_a_claim_a_head_and_exchanges() -> None:
    play = read_play(PLAY)
    assert (play.claim, play.scenario, play.seed) == ("A claim over two lines.", "harbour", 7)
    assert play.lines == ("Hello, this is Sam: the analyst. Is this a good time?", "")
    assert play.exchanges[0].says == (("Dana", "Dana Whitfield speaking."),)
    assert play.exchanges[1].note == "greet, introduce → opening"


def test_windows_line_ends_and_a_byte_order_mark_are_no_matter() -> None:
    assert read_play("\ufeff" + PLAY.replace("\n", "\r\n")) == read_play(PLAY)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "this is no play"),
        ("scenario: harbour\nno speaker here", "line 2: expected 'Name: words'"),
        ("scenario: harbour\nseed: soon\nYou: hi", "seed: wants a whole number"),
        ("You: hi\n" * 20_001, "at most 20000 lines"),
    ],
)
def test_a_text_that_is_no_play_is_refused_with_its_line(text: str, complaint: str) -> None:
    with pytest.raises(BadPlay, match=complaint):
        read_play(text)


@given(words=st.lists(st.text(max_size=60), min_size=1, max_size=6))
def test_a_written_play_reads_back_with_the_same_words(words: list[str]) -> None:
    practice = Practice(manager(minutes=30), 3)
    turns = [practice.begin()]
    for text in words:
        if not practice.ended:
            turns.append(practice.take(Heard.of("greet"), text))
    play = read_play(write_play(practice.scenario, 3, turns, claim="Any words."))
    assert [line if line != "(says nothing)" else "" for line in play.lines] == [one_line(t.said) for t in turns[1:]]


@pytest.mark.parametrize(
    ("text", "is_play"),
    [(PLAY, True), ("scenario: x\n", True), ("Hello, it's Sam\nBye", False), ("", False), ("#hashtag hello", False)],
)
def test_a_play_on_standard_input_is_told_from_lines(text: str, is_play: bool) -> None:
    assert looks_like_play(text) is is_play
