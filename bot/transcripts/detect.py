"""Which form a file has, from its first bytes and lines; and what is refused, with what to do instead."""

from __future__ import annotations

import re

from bot.transcripts.copied import head_of
from bot.transcripts.mail_heads import looks_like_mail
from bot.transcripts.mail_source import is_source
from bot.transcripts.mail_words import is_letter
from bot.transcripts.plain import named_line
from bot.transcripts.table import WANTS_A_HEADER, columns, header, looks_like_table
from bot.transcripts.talk import BadTranscript
from dialogs.patterns import lazy
from dialogs.transcript import looks_like_play

FORMATS = {
    "native": "this program's own export, JSON Lines, lossless",
    "play": "a play: head lines, then You: and Name: lines",
    "telegram": "Telegram Desktop, Export chat history, machine-readable JSON",
    "text": "Name: words, one turn a line",
    "copied": "messages copied from Telegram, or a meeting's notes with times",
    "vtt": "WebVTT subtitles",
    "srt": "SubRip subtitles",
    "mail": "an e-mail or a thread of them, saved or pasted",
    "csv": "a table with a column of words and one of speakers",
    "chat": "chat JSON Lines with messages, role and content",
    "sharegpt": "chat JSON Lines with conversations, from and value",
    "rasa": "Rasa stories in YAML: the user's lines",
}
"""Every form that is read: name → what it is."""

_ARCHIVE = "Archives are not opened; unpack it and send the one text file in it."
_AUDIO = "Sound is not listened to; have it transcribed first (a .vtt, .srt or .txt file is read)."
_PICTURE = "That is a picture; copy the words in it as text, 'Name: words' a line."
_HTML = (
    "HTML is not read; in Telegram Desktop choose Export chat history with the format 'Machine-readable JSON' and send "
    "result.json."
)
_WORD = "Word and PDF files are not read; save the words as plain text, 'Name: words' a line."

_SIGNS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"PK\x03\x04", _ARCHIVE), (0, b"PK\x05\x06", _ARCHIVE), (0, b"\x1f\x8b", _ARCHIVE), (0, b"BZh", _ARCHIVE),
    (0, b"\xfd7zXZ\0", _ARCHIVE), (0, b"7z\xbc\xaf\x27\x1c", _ARCHIVE), (0, b"Rar!\x1a\x07", _ARCHIVE),
    (0, b"\x28\xb5\x2f\xfd", _ARCHIVE), (257, b"ustar", _ARCHIVE),
    (0, b"%PDF", _WORD), (0, b"{\\rtf", _WORD), (0, b"\xd0\xcf\x11\xe0", _WORD),
    (0, b"OggS", _AUDIO), (0, b"ID3", _AUDIO), (0, b"\xff\xfb", _AUDIO), (0, b"\xff\xf3", _AUDIO), (0, b"\xff\xf2", _AUDIO), (0, b"\xff\xfa", _AUDIO), (0, b"\xff\xf1", _AUDIO),
    (0, b"RIFF", _AUDIO), (0, b"fLaC", _AUDIO), (0, b"#!AMR", _AUDIO), (4, b"ftyp", _AUDIO), (0, b"\x1aE\xdf\xa3", _AUDIO),
    (0, b"\x89PNG", _PICTURE), (0, b"\xff\xd8\xff", _PICTURE), (0, b"GIF8", _PICTURE),
    (0, b"SQLite format 3\0", "That is a database; name it in RUNNER_UP_DB to use it as the log."),
)  # fmt: skip

_HTML_START = lazy(r"\s{0,200}<(?:!doctype\s+html|html|head|body|div)\b", flags=re.I)
_HTML_LATER = lazy(r"<(?:!doctype\s+html|html)\b", flags=re.I)  # behind a comment or an XML head
_JSON_START = lazy(
    r"\{|\[\s{0,200}(?:[\[{\]\"]|-?\d{1,400}\s{0,200}(?:,|\]\s{0,200}\Z))"
)  # and not [10:02], [22 Nov 2026] or [Dana]
_SRT = lazy(r"\s{0,20}\d{1,6}[ \t]{0,4}\r?\n[ \t]{0,4}\d{1,3}:\d{2}:\d{2}[,.]\d{1,3}\s{1,4}-->")


def text_of(data: bytes) -> str:
    """The file as text. Raises BadTranscript for what is not UTF-8 text, saying what it is and what to do."""
    for at, sign, words in _SIGNS:
        if data[at : at + len(sign)] == sign:
            if sign == b"PK\x03\x04" and b"word/" in data[:4000]:
                raise BadTranscript(_WORD)
            raise BadTranscript(words)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _as_text(_decoded(data, "utf-16"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _of_windows(data)
    return _as_text(text)


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise BadTranscript(_NO_TEXT) from None


def _of_windows(data: bytes) -> str:
    """Text as Windows and its spreadsheets keep it in western Europe: accents stand alone or in pairs there, and nothing else is not ASCII."""
    text = _decoded(data, "cp1252")
    if _CONTROL.search(text) or any(len(run) > 2 or not _ACCENTED.fullmatch(run) for run in _NOT_ASCII.findall(text)):
        raise BadTranscript(_NO_TEXT)
    return text


_NO_TEXT = "This is not UTF-8 text; if it is text at all, save it again with the encoding UTF-8."
_NOT_ASCII = lazy(r"[^\x00-\x7f]+")
_CONTROL = lazy(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ACCENTED = lazy(r"[A-Za-zÀ-ÖØ-öø-ÿŒœŠšŸŽž“”‘’„‚–—…€£°§«»¿¡´•\xa0]{1,2}")


def _as_text(text: str) -> str:
    if text.count("\0"):
        raise BadTranscript("This is no text: there are zero bytes in it. Send the transcript as a text file.")
    if not text.strip():
        raise BadTranscript("The file is empty.")
    return text


def form_of(text: str) -> str:
    """The name of the form this text is in. Raises BadTranscript when it is none that is read."""
    start = text.lstrip()[:4000]
    first = start.split("\n", 1)[0].strip()
    if _HTML_START.match(start) or (start.startswith(("<!--", "<?xml")) and _HTML_LATER.search(start)):
        raise BadTranscript(_HTML)
    if first.startswith("WEBVTT"):
        return "vtt"
    if _SRT.match(start):
        return "srt"
    if _JSON_START.match(start):
        return _json_form(start)
    if re.search(r"^stories:[ \t]*(?:$|[#\[{])", start, re.M):
        return "rasa"
    if looks_like_play(text):
        return "play"
    lines = [line for line in text[:200_000].split("\n") if line.strip()]
    if looks_like_mail(text, of_speakers=_has_speakers(lines)) or is_source(text):
        return "mail"
    if columns(header(text)):
        return "csv"
    heads = sum(head_of(line) is not None for line in lines)
    names = sum(named_line(line) is not None for line in lines)
    if heads and heads * 2 >= names:
        return "copied"
    if names:
        return "text"
    if is_letter(lines):
        return "mail"
    if looks_like_table(text):
        raise BadTranscript(WANTS_A_HEADER)
    raise BadTranscript(
        "Nobody is seen to speak here. Put a name and a colon before what each one says, or name the form with --format."
    )


def _has_speakers(lines: list[str]) -> bool:
    """Whether these are turns of two or more, from the first line on."""
    turns = [named_line(line) for line in lines]
    names = [turn[0] for turn in turns if turn]
    return bool(turns and turns[0] and turns[0][1]) and len(names) > 2 and len(names) > len(set(names)) > 1


def _json_form(start: str) -> str:
    keys = re.findall(
        r'"(format|messages|conversations|chats|role|from|text_entities|personal_information)"\s*:', start
    )
    if '"format"' in start[:200] and re.search(r'"format"\s*:\s*"runner-up/', start[:200]):
        return "native"
    if "conversations" in keys:
        return "sharegpt"
    if re.search(r'"messages"\s*:\s*\[\s*\{\s*"(?:role|content|name)"', start) or (
        "role" in keys and "messages" in keys
    ):
        return "chat"
    if "messages" in keys or "chats" in keys or "personal_information" in keys:
        return "telegram"
    if "role" in keys and ('"content"' in start or start[0] == "["):
        return "chat"
    if start[0] == "[" and "from" in keys:
        return "sharegpt"
    raise BadTranscript("This JSON is in no form that is read; chats want 'messages' with 'role' and 'content'.")
