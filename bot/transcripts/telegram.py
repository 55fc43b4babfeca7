"""Telegram Desktop: "Export chat history", machine-readable JSON; one chat, or all of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.transcripts.jsons import loads_repaired
from bot.transcripts.talk import BadTranscript, Conversation, Imported, Saying, tidy, tidy_name

ALONE = ("saved_messages", "replies", "verification_codes")
MEDIA = {
    "voice_message": "voice message",
    "video_message": "video message",
    "sticker": "sticker",
    "animation": "animation",
    "video_file": "video",
    "audio_file": "audio file",
}


def read(text: str) -> Imported:
    """Every chat with words of two parties in it."""
    whole = loads_repaired(text)
    if not isinstance(whole, dict):
        raise BadTranscript('This JSON is no Telegram export; it begins with {"name": …} or holds "chats".')
    chats = [whole] if "messages" in whole else _listed(whole)
    talks, skipped = [], 0
    for chat in chats:
        talk, left = _conversation(chat)
        skipped += left
        if talk.sayings:
            talks.append(talk)
    if not talks:
        raise BadTranscript("There are no messages with words in this export; choose a chat that has some.")
    return Imported("telegram", tuple(talks), skipped)


def _listed(whole: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for key in ("chats", "left_chats"):
        part = whole.get(key)
        listed = part.get("list") if isinstance(part, dict) else None
        found += [c for c in listed if isinstance(c, dict)] if isinstance(listed, list) else []
    return found


def _conversation(chat: dict[str, Any]) -> tuple[Conversation, int]:
    messages = chat.get("messages")
    if not isinstance(messages, list) or chat.get("type") in ALONE:
        return Conversation(()), 0
    sayings: list[Saying] = []
    ids: dict[str, str] = {}
    skipped = 0
    for message in messages:
        said = _saying(message) if isinstance(message, dict) else None
        if said is None:
            skipped += 1
            continue
        sayings.append(said)
        ids.setdefault(said.who, _text(message.get("from_id")))
    title = tidy_name(_text(chat.get("name")))
    return Conversation(tuple(sayings), title, _you(chat, ids)), skipped


def _you(chat: dict[str, Any], ids: dict[str, str]) -> str:
    """In a chat of two, the export carries the other's id: who is not that one is you."""
    if chat.get("type") not in ("personal_chat", "bot_chat"):
        return ""
    other = f"user{chat.get('id')}"
    mine = [name for name, id_ in ids.items() if id_ and id_ != other]
    return mine[0] if len(mine) == 1 and len(ids) <= 2 else ""


def _saying(message: dict[str, Any]) -> Saying | None:
    if message.get("type") != "message":
        return None
    words = tidy(_words(message.get("text")) or _words(message.get("text_entities"))) or _stands_for(message)
    if not words:
        return None
    who = tidy_name(_text(message.get("from")) or _text(message.get("author"))) or "Deleted account"
    return Saying(who, words, _at(message))


def _words(text: object) -> str:
    if isinstance(text, str):
        return text
    if not isinstance(text, list):
        return ""
    return "".join(p if isinstance(p, str) else _text(p.get("text")) if isinstance(p, dict) else "" for p in text)


def _stands_for(message: dict[str, Any]) -> str:
    kind = MEDIA.get(_text(message.get("media_type")))
    if kind is None:
        kind = "photo" if "photo" in message else "file" if "file" in message else ""
    seconds = message.get("duration_seconds")
    long = f", {seconds} s" if isinstance(seconds, int) and 0 <= seconds < 10**6 else ""
    return f"[{kind}{long}]" if kind else ""


def _at(message: dict[str, Any]) -> str:
    stamp = _text(message.get("date_unixtime"))
    if stamp.isascii() and stamp.isdigit() and len(stamp) <= 11:
        return datetime.fromtimestamp(int(stamp), UTC).isoformat().replace("+00:00", "Z")
    try:
        return datetime.fromisoformat(_text(message.get("date"))[:25]).isoformat()
    except ValueError:
        return ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
