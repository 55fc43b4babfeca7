"""Text copied from Telegram or a meeting: `Name, [22.11.2026 10:33]`, `[Name] 10:33:05` or `Name  0:12` on a line, the words below it."""

from __future__ import annotations

from bot.transcripts.limits import MAX_NAME
from bot.transcripts.talk import BadTranscript, Conversation, Imported, Saying, tidy, tidy_name
from dialogs.patterns import lazy

_TELEGRAM = lazy(rf"^([^\n,\[]{{1,{MAX_NAME}}}), \[([^\]\n]{{4,40}})\]:?$")
_BRACKETS = lazy(rf"^\[([^\]\d\n][^\]\n]{{0,{MAX_NAME - 1}}})\][ \t]{{1,8}}(\d{{1,2}}:\d{{2}}(?::\d{{2}})?)$")
_MEETING = lazy(rf"^([^\d\s][^\d\n]{{0,{MAX_NAME - 1}}}?)[ \t]{{1,8}}(\d{{1,2}}:\d{{2}}(?::\d{{2}})?)$")


def head_of(line: str) -> tuple[str, str] | None:
    """Name and time of a line that announces a speaker."""
    start = line[:200].rstrip()
    found = _TELEGRAM.match(start) or _BRACKETS.match(start) or _MEETING.match(start)
    return (tidy_name(found[1]), found[2]) if found and found[1].strip() else None


def read(text: str) -> Imported:
    """The one conversation in this text."""
    sayings: list[Saying] = []
    parts: list[str] = []
    who, skipped = "", 0

    def close() -> None:
        words = tidy("\n".join(parts))
        if who and words:
            sayings.append(Saying(who, words))
        parts.clear()

    for line in text.split("\n"):
        if head := head_of(line):
            close()
            who = head[0]
        elif who:
            parts.append(line)
        elif line.strip():
            skipped += 1
    close()
    if not sayings:
        raise BadTranscript(
            "Nobody is seen to speak here; copy the messages with their names, or put 'Name: ' before each."
        )
    return Imported("copied", (Conversation(tuple(sayings)),), skipped)
