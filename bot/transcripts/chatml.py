"""Chats as JSON Lines in the shape of OpenAI's: `{"messages": [{"role": "user", "content": "…"}, …]}`.

user is the candidate, assistant the manager; what the system was told is not part of the call.
"""

from __future__ import annotations

from typing import Any

from bot.transcripts.jsons import loads
from bot.transcripts.talk import BadTranscript, Conversation, Imported, Saying, tidy

YOU, MANAGER = "You", "Manager"
ROLES = {
    "user": YOU,
    "human": YOU,
    "assistant": MANAGER,
    "gpt": MANAGER,
    "model": MANAGER,
    "chatgpt": MANAGER,
    "bing": MANAGER,
    "bard": MANAGER,
}


def read(text: str) -> Imported:
    """Every conversation in the file."""
    return read_shape(text, "chat", "messages", "role", "content")


def read_shape(text: str, name: str, key: str, who: str, words: str) -> Imported:
    """Conversations under `key`, in messages with a role and words."""
    talks: list[Conversation] = []
    skipped = 0
    found = rows(text)
    if all(isinstance(row, dict) and key not in row and who in row and words in row for _, row in found):
        found = [(1, [row for _, row in found])]  # a message a line, all of one chat
    for number, row in found:
        messages = row.get(key) if isinstance(row, dict) else row
        if not isinstance(messages, list):
            raise BadTranscript(f"line {number}: there is no list of '{key}' here.")
        sayings: list[Saying] = []
        for message in messages:
            role = ROLES.get(str(message.get(who, "")).casefold()) if isinstance(message, dict) else None
            said = tidy(content(message.get(words))) if role else ""
            if role and said:
                sayings.append(Saying(role, said))
            else:
                skipped += 1
        if sayings:
            title = row.get("id") or row.get("title") if isinstance(row, dict) else ""
            you = YOU if any(s.who == YOU for s in sayings) else ""
            talks.append(Conversation(tuple(sayings), tidy(str(title or ""))[:60], you))
    if not talks:
        raise BadTranscript("Nobody says anything in this file: no message of a user or an assistant.")
    return Imported(name, tuple(talks), skipped)


def rows(text: str) -> list[tuple[int, Any]]:
    """One JSON object a line, or one JSON text (an object, or a list of them) over many lines."""
    kept = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    first = kept[0][1].strip() if kept else ""
    if first.startswith("{") and first.endswith("}"):
        return [(n, loads(line, f"line {n}: ")) for n, line in kept]
    whole = loads(text)
    if isinstance(whole, list) and not all(isinstance(r, dict) and ("role" in r or "from" in r) for r in whole):
        return [(1, row) for row in whole]
    return [(1, whole)]


def content(value: object) -> str:
    """The words of a message: a text, or a list of parts of which some are text."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        texts = (p if isinstance(p, str) else p.get("text", "") if isinstance(p, dict) else "" for p in value)
        return "\n".join(t for t in texts if isinstance(t, str) and t)
    return ""
