"""WebVTT subtitles: `<v Name>words</v>`, or `Name: words`; cues of one speaker are joined."""

from __future__ import annotations

import html
import re

from bot.transcripts.plain import named_line
from bot.transcripts.talk import BadTranscript, Conversation, Imported, Saying, joined, tidy, tidy_name
from dialogs.patterns import lazy

_ARROW = lazy(r"^\s{0,8}((?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3})\s{1,4}-->\s")
_VOICE = lazy(r"<v(?:\.[^\s>]{1,40})?\s+([^>\n]{1,200})>")
_TAG = lazy(r"</?[a-zA-Z0-9:.][^<>\n]{0,200}>|\{\\[^{}\n]{1,80}\}")  # `{\an8}` says where SubRip shows a line
_TURN = lazy(r"^(?:-|>{2,3})[ \t]{0,4}")  # before who speaks next
_ASIDE = ("NOTE", "STYLE", "REGION", "WEBVTT")


def read(text: str) -> Imported:
    """The one conversation in this file."""
    return Imported("vtt", (Conversation(cues(text)),))


def cues(text: str) -> tuple[Saying, ...]:
    """The words of all cues, by speaker."""
    sayings: list[Saying] = []
    who = ""
    for block in re.split(r"\n[ \t]{0,8}\n", text):
        lines = [line for line in block.split("\n") if line.strip()]
        at = next((i for i, line in enumerate(lines[:3]) if _ARROW.match(line)), None)
        if at is None or (lines[0].split(" ")[0] in _ASIDE and at == 0):
            continue
        arrow = _ARROW.match(lines[at])
        start = _seconds(arrow[1]) if arrow else None
        for name, words in _voices(lines[at + 1 :], who):
            who = name
            if words:
                sayings.append(Saying(name, words, offset=start))
    if not sayings:
        raise BadTranscript("There are no words between the times of these subtitles; was it saved whole?")
    if not any(s.who for s in sayings):
        raise BadTranscript("These subtitles do not say who speaks; put 'Name: ' before the words of each one.")
    return joined(sayings)


def _voices(lines: list[str], who: str) -> list[tuple[str, str]]:
    body = "\n".join(lines)
    found = list(_VOICE.finditer(body))
    if found:
        spans = zip(found, [*(f.start() for f in found[1:]), len(body)], strict=True)
        return [(tidy_name(html.unescape(f[1])), _clean(body[f.end() : end])) for f, end in spans]
    out: list[tuple[str, str]] = []
    for line in lines:
        plain_line = _clean(line)
        named = named_line(_TURN.sub("", plain_line))
        if named:
            out.append((named[0], named[1].strip()))
        elif out:
            out[-1] = (out[-1][0], f"{out[-1][1]} {plain_line}".strip())
        else:
            out.append((who, plain_line))
    return out


def _clean(words: str) -> str:
    return " ".join(tidy(html.unescape(_TAG.sub("", words))).split())


def _seconds(stamp: str) -> float:
    parts = [float(p) for p in stamp.replace(",", ".").split(":")]
    return round(sum(p * 60.0**i for i, p in enumerate(reversed(parts))), 3)
