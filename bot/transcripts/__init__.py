"""Transcripts of other places: read within bounds, kept as calls, exported and taken in again (docs/transcripts.md).

imported = read_bytes(data, "result.json")          # raises BadTranscript, a sentence that says what to do
imported.conversations[0].speakers                  # ("Sam", "Dana Whitfield")
kept = keep(log, person, imported, you="Sam")       # new calls, marked as imported
"""

from __future__ import annotations

from bot.transcripts.bounded import read_bytes
from bot.transcripts.detect import FORMATS
from bot.transcripts.talk import BadTranscript, Conversation, Imported, Saying

__all__ = ["FORMATS", "BadTranscript", "Conversation", "Imported", "Saying", "read_bytes"]
