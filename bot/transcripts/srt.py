"""SubRip subtitles: a number, a time with decimal commas, then words, as in WebVTT."""

from __future__ import annotations

from bot.transcripts.talk import Conversation, Imported
from bot.transcripts.vtt import cues


def read(text: str) -> Imported:
    """The one conversation in this file."""
    return Imported("srt", (Conversation(cues(text)),))
