"""CSV with a header: a column with the words, one with who said them, perhaps one with the call and one with the time."""

from __future__ import annotations

import csv
import io
import re

from bot.transcripts.limits import MAX_WORDS
from bot.transcripts.sheets import bare
from bot.transcripts.talk import BadTranscript, Conversation, Imported, Saying, tidy, tidy_name

TEXT = ("text", "words", "message", "content", "utterance", "body", "said", "transcript")
WHO = ("speaker", "role", "who", "from", "name", "author", "sender", "speaker name", "speaker_name")
CALL = ("call", "session", "conversation", "conversation_id", "dialogue_id", "call_id")
AT = ("at", "time", "timestamp", "date", "start")


def columns(header: list[str]) -> tuple[int, int, int | None, int | None] | None:
    """Where text, speaker, call and time stand in this header; None when it is no header of a transcript."""
    names = [bare(h).strip().casefold() for h in header]

    def first(known: tuple[str, ...]) -> int | None:
        return next((names.index(k) for k in known if k in names), None)

    text, who = first(TEXT), first(WHO)
    return None if text is None or who is None else (text, who, first(CALL), first(AT))


def header(text: str) -> list[str]:
    """The cells of the first line of a table; none where nothing parts them."""
    first = _without_hint(text)[0].split("\n", 1)[0].strip()
    separator = dialect(first)
    return [cell.strip().strip('"') for cell in first.split(separator)] if separator in first else []


def _without_hint(text: str) -> tuple[str, str]:
    """The table, and the separator that a spreadsheet names on a line before it (`sep=;`)."""
    found = re.match(r"sep=([,;\t|])[ \t]{0,8}\n", text, re.I)
    return (text[found.end() :], found[1]) if found else (text, "")


def dialect(first_line: str) -> str:
    """The separator of this table: the one the header has most of."""
    return max(",;\t|", key=first_line.count)


def read(text: str) -> Imported:
    """Every call in this table; cells stay text."""
    text, separator = _without_hint(text)
    separator = separator or dialect(text.split("\n", 1)[0])
    csv.field_size_limit(MAX_WORDS * 8)
    calls: dict[str, list[Saying]] = {}
    skipped = 0
    try:
        rows = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
        found = columns(next(rows, []))
        if found is None:
            raise BadTranscript(f"This table wants a header with '{TEXT[0]}' and '{WHO[0]}' in it.")
        words, who, call, at = found
        for row in rows:
            if len(row) <= max(words, who) or not tidy(bare(row[words])):
                skipped += any(row)
                continue
            key = row[call] if call is not None and call < len(row) else ""
            when = bare(row[at])[:40] if at is not None and at < len(row) else ""
            calls.setdefault(key, []).append(Saying(tidy_name(bare(row[who])), tidy(bare(row[words])), when))
    except csv.Error as error:
        raise BadTranscript(f"This table cannot be read ({error}); save it as CSV again.") from None
    if not calls:
        raise BadTranscript("There are no words in this table.")
    talks = tuple(Conversation(tuple(said), tidy_name(key)) for key, said in calls.items())
    return Imported("csv", talks, skipped)
