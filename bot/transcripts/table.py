"""CSV with a header: a column with the words, one with who said them, perhaps one with the call and one with the time."""

from __future__ import annotations

import csv
import io

from bot.transcripts.limits import MAX_WORDS
from bot.transcripts.sheets import bare
from bot.transcripts.talk import BadTranscript, Conversation, Imported, Saying, tidy, tidy_name

TEXT = ("text", "words", "message", "content", "utterance", "body", "said", "transcript")
WHO = ("speaker", "role", "who", "from", "name", "author", "sender")
CALL = ("call", "session", "conversation", "conversation_id", "dialogue_id", "call_id")
AT = ("at", "time", "timestamp", "date", "start")


def columns(header: list[str]) -> tuple[int, int, int | None, int | None] | None:
    """Where text, speaker, call and time stand in this header; None when it is no header of a transcript."""
    names = [bare(h).strip().casefold() for h in header]

    def first(known: tuple[str, ...]) -> int | None:
        return next((names.index(k) for k in known if k in names), None)

    text, who = first(TEXT), first(WHO)
    return None if text is None or who is None else (text, who, first(CALL), first(AT))


def dialect(first_line: str) -> str:
    """The separator of this table: the one the header has most of."""
    return max(",;\t|", key=first_line.count)


def read(text: str) -> Imported:
    """Every call in this table; cells stay text."""
    separator = dialect(text.split("\n", 1)[0])
    csv.field_size_limit(MAX_WORDS * 8)
    calls: dict[str, list[Saying]] = {}
    skipped = 0
    try:
        rows = csv.reader(io.StringIO(text), delimiter=separator)
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
