"""A talk of another place, read."""

from __future__ import annotations

from bot.transcripts import Conversation
from bot.transcripts.child import parse


def talks(data: str | bytes, form: str | None = None) -> tuple[Conversation, ...]:
    return parse(data.encode() if isinstance(data, str) else data, form).conversations


def said(data: str | bytes, form: str | None = None) -> list[tuple[str, str]]:
    return [(s.who, s.text) for talk in talks(data, form) for s in talk.sayings]


CHAT = {
    "name": "Dana",
    "type": "personal_chat",
    "id": 5,
    "messages": [
        {"id": 1, "type": "service", "date": "2026-01-01T10:00:00", "actor": "Sam", "action": "phone_call", "text": ""},
        {
            "id": 2,
            "type": "message",
            "date": "2026-01-01T10:00:01",
            "date_unixtime": "1767261601",
            "from": "Sam Ortiz",
            "from_id": "user9",
            "text": ["Could I ask ", {"type": "bold", "text": "why"}, "?"],
            "text_entities": [{"type": "plain", "text": "Could I ask "}],
        },
        {"id": 3, "type": "message", "date": "2026-01-01T10:00:09", "from": "Dana", "from_id": "user5", "text": "No."},
        {
            "id": 4,
            "type": "message",
            "from": "Dana",
            "from_id": "user5",
            "text": "",
            "media_type": "voice_message",
            "duration_seconds": 12,
            "file": "(File not included)",
        },
        {"id": 5, "type": "message", "from": None, "from_id": "user7", "text": "gone"},
        {"id": 6, "type": "unsupported"},
    ],
}
