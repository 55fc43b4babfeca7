"""The source of a mail as it is saved (.eml) or kept in an mbox: headers, parts, encodings; and words out of HTML where there are no others."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from email import message_from_string
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message

from bot.transcripts.mail_heads import Head, head_of, header
from bot.transcripts.talk import BadTranscript
from dialogs.patterns import lazy

MAX_MAILS = 500
MAX_PARTS = 200
_SOURCE = frozenset("mime-version content-type received return-path delivered-to message-id".split())
_TAG = lazy(r"(<[/a-zA-Z!?][^<>]{0,20000}>)")
_TAG_NAME = lazy(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})\b")
_BLOCKS = frozenset("p div br tr li h1 h2 h3 h4 table ul ol blockquote hr".split())
_SILENT = frozenset("style script head title".split())
MAX_QUOTES = 20
_MBOX = lazy(r"^From \S{1,200} .{0,60}\d{4}[ \t]{0,4}$", flags=re.M)


def is_source(text: str) -> bool:
    """Whether this is a mail's source and not its words: its first lines are headers that only programs read."""
    lines = text.lstrip()[:20_000].split("\n")
    if lines and _MBOX.match(lines[0]):
        return True
    for line in lines[:80]:
        if not line.strip():
            return False
        name, colon, _ = line.partition(":")
        if colon and name.casefold() in _SOURCE:
            return True
        if not (header(line) or line[:1] in " \t" or re.match(r"[\w-]{1,60}:", line)):
            return False
    return False


def messages(text: str) -> Iterator[tuple[Head, str]]:
    """Head and words of each mail. Raises BadTranscript where there are too many, or none has words."""
    text = text.lstrip()
    starts = [m.start() for m in _MBOX.finditer(text)] if _MBOX.match(text) else []
    starts = starts or [0]
    sources = [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    if len(sources) > MAX_MAILS:
        raise BadTranscript(
            f"There are {len(sources):,} mails in this; {MAX_MAILS} are the most. Save only the thread."
        )
    found = []
    for source in sources:
        mail = message_from_string(source)
        words = _words(mail)
        if words.strip():
            named = {name: _decoded(mail.get(name)) for name in ("from", "to", "date", "subject")}
            found.append((head_of(named), words))
    if not found:
        raise BadTranscript("There are no words in this mail; open it, copy what it says and paste that.")
    # Oldest first: by their dates where all have one, as they stand otherwise.
    yield from sorted(found, key=lambda f: f[0].at) if all(h.at for h, _ in found) else found


def _decoded(value: object) -> str:
    text = " ".join(str(value or "")[:2000].split())
    try:
        return str(make_header(decode_header(text)))
    except (MessageError, LookupError, ValueError, UnicodeError):
        return text


def _words(mail: Message) -> str:
    """The plain part, or the words of the HTML one."""
    parts = [p for _, p in zip(range(MAX_PARTS), mail.walk(), strict=False) if not p.is_multipart()]
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
                words = _text(part)
                if words.strip():
                    return out_of_html(words) if kind == "text/html" else words
    return ""


def _text(part: Message) -> str:
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, UnicodeError):
        return ""
    if not isinstance(data, bytes):
        return ""
    if part.get("content-transfer-encoding", "").strip().casefold() not in ("base64", "quoted-printable"):
        whole = part.get_payload()
        return whole if isinstance(whole, str) else ""
    try:
        text = data.decode(str(part.get_content_charset() or "utf-8"), "replace")
    except (LookupError, ValueError):
        text = data.decode("utf-8", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def out_of_html(text: str) -> str:
    """The words of an HTML mail: a line a block, quotes with `>`; styles, scripts and heads are left out.

    Tags are found without looking back, as a hostile file can make a parser of whole pages do.
    """
    lines, quotes, silent = [""], 0, ""
    for piece in _TAG.split(_without_comments(text)):
        tag = _TAG_NAME.match(piece)
        name = tag[2].casefold() if tag else ""
        if silent:
            silent = "" if tag and tag[1] and name == silent else silent
        elif tag is None:
            lines[-1] += _flat(piece)
        elif name in _SILENT and not tag[1]:
            silent = name
        elif name in _BLOCKS:
            quotes = max(0, min(MAX_QUOTES, quotes + (-1 if tag[1] else 1))) if name == "blockquote" else quotes
            if lines[-1].strip("> "):
                lines.append("")
            lines[-1] = "> " * quotes
    return "\n\n".join(line.rstrip() for line in lines)


def _flat(words: str) -> str:
    words = html.unescape(words)
    inner = " ".join(words.split())
    return f"{' ' * words[:1].isspace()}{inner}{' ' * words[-1:].isspace()}" if inner else " " * bool(words)


def _without_comments(text: str) -> str:
    out, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        out.append(text[at:start])
        end = text.find("-->", start + 4)
        at = len(text) if end < 0 else end + 3
    return "".join([*out, text[at:]])
