"""The words of one mail that are its writer's: up to the closing greeting and the name; no signature, no notices."""

from __future__ import annotations

import re

from bot.transcripts.talk import tidy_name

_CLOSING = re.compile(
    r"^[ \t]{0,4}(?:(?:with |very |many )?(?:(?:kind|best|warm|warmest|kindest) )?(?:regards|wishes)|(?:all the )?best|cheers|many thanks|thanks(?: again)?|thank you"
    r"|yours(?: (?:sincerely|faithfully|truly))?|sincerely(?: yours)?|respectfully|warmly|take care|love|(?:mit )?(?:freundlichen|besten|herzlichen|vielen|lieben) (?:grüßen|grüssen|dank)"
    r"|(?:viele|liebe|beste|freundliche|herzliche) grüße|mfg|lg|cordialement|bien à vous|saludos(?: cordiales)?|atentamente)[ ]?(?:,|!|\.|–|-)?[ \t]{0,4}$",
    re.I,
)
_SIGNATURE = re.compile(r"^(?:--[ ]?|—|_{3,80}|\*{3,80})[ \t]{0,4}$")
_PHONE = re.compile(
    r"^[ \t]{0,4}(?:sent from (?:my|outlook|yahoo|mail for)|get outlook for|von meinem .{1,30} gesendet|gesendet von|envoyé de mon|enviado desde)\b.{0,80}$",
    re.I,
)
_NOTICE = re.compile(
    r"^[ \t*]{0,4}(?:confidentiality notice|disclaimer|this (?:e-?mail|message|communication)(?: and any| \(including| is confidential| may contain| is intended)"
    r"|the (?:information|contents?) (?:contained )?(?:in|of) this (?:e-?mail|message)|please consider the environment|diese e-?mail (?:enthält|ist)"
    r"|(?:you are receiving|you received) this (?:e-?mail|message)|unsubscribe\b|please do not reply to this)",
    re.I,
)
_GREETING = re.compile(
    r"^[ \t]{0,4}(?:dear|hi|hello|hey|good (?:morning|afternoon|evening)|hallo|lieber?|sehr geehrter?|cher|chère|bonjour|hola|estimad[oa])[ ]"
    r"(?:(?:mr|mrs|ms|mx|dr|prof|herr|frau|m|mme)\.?[ ])?([^\W\d_][\w'’.-]{0,30}(?:[ ][^\W\d_][\w'’.-]{0,30}){0,2})[ ]?[,!:–-]?[ \t]{0,4}$",
    re.I,
)
_NAME = re.compile(r"^[ \t*]{0,4}([^\W\d_][\w'’.-]{0,30}(?:[ ][^\W\d_][\w'’.-]{0,30}){0,3})\*?,?[ \t]{0,4}$")
_CAPITALS = re.compile(r"^[ \t]{0,4}[^\W\d_a-z][\w'’-]{0,30}(?:[ ][^\W\d_a-z][\w'’.-]{0,30}){0,2}[ \t]{0,4}$")
_AFTER = re.compile(r"^[ \t]{0,4}p\.?[ ]?s\b", re.I)
NOBODY = frozenset("all everyone there team candidate applicant sir madam damen herren".split())
LINES_BELOW = 15  # of a signature: what stands further below a closing greeting is a mail that goes on


def own_words(lines: list[str]) -> list[str]:
    """These lines without what mail programs, companies and phones put below them."""
    kept = _above_notices(lines)
    at = _closing(kept)
    if at is None:
        return kept
    name = next((i for i in range(at + 1, min(at + 4, len(kept))) if kept[i].strip()), None)
    end = name + 1 if name is not None and _NAME.match(kept[name]) else at + 1
    postscript = next((i for i in range(end, len(kept)) if _AFTER.match(kept[i])), len(kept))
    return kept[:end] + kept[postscript:]


def signer(lines: list[str]) -> str:
    """The name below the closing greeting, or alone on the last line; empty when there is none."""
    kept = _above_notices(lines)
    at = _closing(kept)
    if at is None:
        while kept and not kept[-1].strip():
            kept.pop()
        alone = len(kept) > 2 and not kept[-2].strip() and _CAPITALS.match(kept[-1])
        return tidy_name(kept[-1]) if alone else ""
    name = next((kept[i] for i in range(at + 1, min(at + 4, len(kept))) if kept[i].strip()), "")
    found = _NAME.match(name)
    return tidy_name(found[1]) if found else ""


def bare(text: str) -> str:
    """What a mail says between its greeting and its closing, on one line: as it would be said on the telephone."""
    lines = [line for line in text.split("\n") if line.strip()]
    if lines and (_GREETING.match(lines[0]) or (len(lines[0].split()) <= 4 and lines[0].rstrip().endswith(","))):
        lines = lines[1:] or lines
    at = _closing(lines)
    return " ".join(" ".join(lines[:at] if at else lines).split())


def greeted(lines: list[str]) -> str:
    """Who is greeted in the first words; empty for a crowd, or nobody."""
    first = next((line for line in lines if line.strip()), "")
    found = _GREETING.match(first)
    if found is None or NOBODY & set(found[1].casefold().split()):
        return ""
    return tidy_name(found[1])


def is_letter(lines: list[str]) -> bool:
    """Whether these are the words of one mail without its head: somebody is greeted, somebody signs."""
    return bool(greeted(lines) and signer(lines))


def _above_notices(lines: list[str]) -> list[str]:
    for at, line in enumerate(lines):
        if _SIGNATURE.match(line) or _NOTICE.match(line):
            lines = lines[:at]
            break
    return [line for line in lines if not _PHONE.match(line)]


def _closing(lines: list[str]) -> int | None:
    """The line of the last closing greeting, when only a signature can stand below it."""
    found = next((i for i in range(len(lines) - 1, -1, -1) if _CLOSING.match(lines[i])), None)
    if found is None:
        return None
    below = [line for line in lines[found + 1 :] if line.strip()]
    return found if len(below) <= LINES_BELOW else None
