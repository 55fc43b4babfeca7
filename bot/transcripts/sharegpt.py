"""Chats as JSON Lines in ShareGPT's shape: `{"conversations": [{"from": "human", "value": "…"}, …]}`."""

from __future__ import annotations

from bot.transcripts.chatml import read_shape
from bot.transcripts.talk import Imported


def read(text: str) -> Imported:
    """Every conversation in the file."""
    return read_shape(text, "sharegpt", "conversations", "from", "value")
