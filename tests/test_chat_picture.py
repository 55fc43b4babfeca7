"""The pictures of the chat show what the bot sent, as a phone shows it."""

from __future__ import annotations

import html
import re
from pathlib import Path

from dialogs.transcript import read_play
from tools.chat_page import Theirs, marked, page
from tools.chat_picture import PLAY, TURNS, held


def words_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", page)).split())


async def test_both_sides_are_drawn_and_the_keys_of_the_moment(tmp_path: Path) -> None:
    play = read_play(PLAY.read_text("utf-8"))
    chat, debrief = (words_of(p) for p in await held(play, tmp_path))
    *said, not_said = (" ".join(line.split()) for line in play.lines[: TURNS + 1])
    assert all(line in chat for line in said)
    assert not_said not in chat
    assert chat.endswith("Hint 📵 Hang up")
    assert "How it went" in debrief
    assert "Copy these words" in debrief
    assert "Hang up" not in debrief


def test_marks_stand_where_telegram_counts_them_and_text_cannot_become_markup() -> None:
    bold, hidden = {"type": "bold", "offset": 3, "length": 2}, {"type": "spoiler", "offset": 3, "length": 5}
    assert (
        marked("😀 a< bc", [hidden, bold]) == '😀 <span class="spoiler b">a&lt;</span><span class="spoiler"> bc</span>'
    )
    folded = {"type": "expandable_blockquote", "offset": 3, "length": 2}
    assert marked("ab\ncd\nef", [folded]) == 'ab<span class="quote folded"><span>cd</span></span>ef'
    assert "<script>" not in page([Theirs("<script>", (), [["<script>"]])], name="<script>", keys=["<script>"])
