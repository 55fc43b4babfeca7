"""CSV with a header: a column with the words, one with who said them, perhaps one with the call and one with the time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import chain

from bot.transcripts.limits import MAX_WORDS
from bot.transcripts.sheets import bare
from bot.transcripts.talk import BadTranscript, Conversation, Imported, Saying, tidy, tidy_name

TEXT = (
    "text", "words", "message", "content", "utterance", "body", "said", "transcript", "transcription", "what was said", "speech", "sentence", "line",
    "dialogue", "comment", "wortlaut", "nachricht", "texte", "texto", "mensaje",
)  # fmt: skip
WHO = (
    "speaker", "role", "who", "from", "name", "author", "sender", "speaker name", "speaker_name", "speaker label", "participant", "person", "party",
    "sprecher", "sprecherin", "absender", "von", "locuteur", "auteur", "hablante", "autor",
)  # fmt: skip
CALL = ("call", "session", "conversation", "conversation_id", "dialogue_id", "call_id")
AT = ("at", "time", "timestamp", "date", "start")
WANTS_A_HEADER = f"This table wants a header with '{WHO[0]}' and '{TEXT[0]}' over its columns: write a first line that names them so."
SEPARATORS = (",", ";", "\t", "|")


def columns(header: list[str]) -> tuple[int, int, int | None, int | None] | None:
    """Where text, speaker, call and time stand in this header; None when it is no header of a transcript."""
    names = [bare(h).strip().casefold() for h in header]

    def first(known: tuple[str, ...]) -> int | None:
        return next((names.index(k) for k in known if k in names), None)

    text, who = first(TEXT), first(WHO)
    return None if text is None or who is None else (text, who, first(CALL), first(AT))


def header(text: str) -> list[str]:
    """The cells of the first line of a table; none where nothing parts them."""
    table, separator = _opened(text)
    first = table[:4000].split("\n", 1)[0].strip()
    return [cell.strip().strip('"') for cell in first.split(separator)] if separator in first else []


def looks_like_table(text: str) -> bool:
    """Whether all lines have as many cells, two at least: then it is a table, whatever its header says."""
    table, separator = _opened(text[:20_000])
    try:
        rows = [row for row in csv.reader(io.StringIO(table), delimiter=separator) if row]
    except csv.Error:
        return False
    even = len(rows) > 1 and len(rows[0]) > 1 and len({len(row) for row in rows}) == 1
    return even and not any(
        cell.startswith(" ") for row in rows for cell in row
    )  # a comma in a sentence has a space behind it


def _opened(text: str) -> tuple[str, str]:
    """The table from its header on, and its separator: the one a spreadsheet names on a line before it (`sep=;`), else the one the header has
    most of."""
    table = _from_words(text)
    hint, _, rest = table.partition("\n")
    if hint[:4].casefold() == "sep=" and hint[4:5] in SEPARATORS and not hint[5:].strip():
        return _from_words(rest), hint[4]
    return table, max(SEPARATORS, key=hint.count)


def _from_words(text: str) -> str:
    """Without the blank lines it begins with; what the first line itself begins with stays, it may be an empty cell."""
    words = len(text) - len(text.lstrip())
    return text[text.rfind("\n", 0, words) + 1 :]


def read(text: str) -> Imported:
    """Every call in this table; cells stay text."""
    table, separator = _opened(text)
    csv.field_size_limit(MAX_WORDS * 8)
    calls: dict[str, list[Saying]] = {}
    skipped = 0
    try:
        rows = _rows(table, separator)
        found = columns(next(rows, []))
        if found is None:
            raise BadTranscript(WANTS_A_HEADER)
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


def _rows(table: str, separator: str) -> Iterator[list[str]]:
    """The rows, each quote inside a cell taken as it stands. Raises csv.Error for one that is never closed and swallows what follows it: that is
    seen by a last row of our own, which must come out as it went in."""
    end = ["the end"]
    last = None
    for row in csv.reader(chain(io.StringIO(table), end), delimiter=separator):
        if last is not None:
            yield last
        last = row
    if last != end:
        raise csv.Error("a quote is never closed")
