"""The words of one mail that are its writer's: up to the closing greeting and the name; no signature, no notices."""

from __future__ import annotations

import re

from bot.transcripts.talk import tidy_name
from dialogs.patterns import lazy

_CLOSING = lazy(
    r"^[ \t]{0,4}(?:(?:with |very |many )?(?:(?:kind|best|warm|warmest|kindest) )?(?:regards|wishes)|(?:all the )?best|cheers|many thanks|thanks(?: again)?|thank you"
    r"|yours(?: (?:sincerely|faithfully|truly))?|sincerely(?: yours)?|respectfully|warmly|take care|love|(?:mit )?(?:freundlichen|besten|herzlichen|vielen|lieben) (?:grüßen|grüssen|dank)"
    r"|(?:viele|liebe|beste|freundliche|herzliche) grüße|mfg|lg|cordialement|bien à vous|saludos(?: cordiales)?|atentamente)[ ]?(?:,|!|\.|–|-)?[ \t]{0,4}$",
    flags=re.I,
)
_SIGNATURE = lazy(r"^(?:--|—|_{3,80}|\*{3,80})[ \t]{0,4}$")
_SAYS = lazy(
    r"[?¿]|\b(?:i|i['’]\w{1,2}|me|my|you|your|we|us|our|he|she|they|it|this|that|is|isn['’]t|are|was|were|be|been|am|have|has|had|do|don['’]t|does|did|didn['’]t|will|would"
    r"|could|can|can['’]t|should|may|please|let|know|think|hope|want|wish|look|got|get|went|if|but|because|so|not"
    r"|ich|wir|sie|mir|uns|ihr|ist|sind|war|waren|haben|hat|habe|wird|bitte|nicht|weil|je|nous|vous|est|sont|avons|avez|pas|yo|nos|usted|fue|hemos|ha)\b",
    flags=re.I,
)
"""What stands in a sentence and hardly ever in a signature: a question mark, a pronoun, a common verb, a joining word."""
_PHONE = lazy(
    r"^[ \t]{0,4}(?:sent from (?:my|outlook|yahoo|mail for)|get outlook for|von meinem .{1,30} gesendet|gesendet von|envoyé de mon|enviado desde)\b.{0,80}$",
    flags=re.I,
)
_NOTICE = lazy(
    r"^[ \t*]{0,4}(?:confidentiality notice|disclaimer|this (?:e-?mail|message|communication)(?: and any (?:attach|files)| \(including| is confidential"
    r"| may contain\b.{0,60}\b(?:confidential|privileged|proprietary)| is intended (?:only|solely|exclusively|for the (?:sole|exclusive|use|named|addressee|intended|individual|person)))"
    r"|the (?:information|contents?) (?:contained )?(?:in|of) this (?:e-?mail|message)|please consider the environment|diese e-?mail (?:enthält|ist)"
    r"|(?:you are receiving|you received) this (?:e-?mail|message)|if you (?:are not the intended|have received this)|unsubscribe\b|please do not reply to this)",
    flags=re.I,
)
_GREETING = lazy(
    r"^[ \t]{0,4}(?:dear|hi|hello|hey|good (?:morning|afternoon|evening)|hallo|lieber?|sehr geehrter?|cher|chère|bonjour|hola|estimad[oa])[ ]"
    r"(?:(?:mr|mrs|ms|mx|dr|prof|herr|frau|m|mme)\.?[ ])?([^\W\d_][\w'’.-]{0,30}(?:[ ][^\W\d_][\w'’.-]{0,30}){0,2})[ ]?[,!:–-]?[ \t]{0,4}$",
    flags=re.I,
)
_NAME = lazy(r"^[ \t*]{0,4}([^\W\d_][\w'’.-]{0,30}(?:[ ][^\W\d_][\w'’.-]{0,30}){0,3})\*?,?[ \t]{0,4}$")
_CAPITALS = lazy(r"^[ \t]{0,4}[^\W\d_a-z][\w'’-]{0,30}(?:[ ][^\W\d_a-z][\w'’.-]{0,30}){0,2}[ \t]{0,4}$")
_AFTER = lazy(r"^[ \t]{0,4}p\.?[ ]?s\b", flags=re.I)
NOBODY = frozenset("all everyone there team candidate applicant sir madam damen herren".split())
LINES_BELOW = 10  # of a signature: with more below it, a closing greeting is a mail that goes on
WORDS_IN_A_LINE = 16  # of a signature


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
    """These lines without the notices at their end and without a signature that is marked as one."""
    kept = [line for line in lines if not _PHONE.match(line)]
    while (at := _notice(kept)) is not None:
        del kept[at:]
    for at, line in enumerate(kept):
        # Only `-- ` with its blank says surely that no word follows; the other marks also divide one part of a letter from the next.
        if _SIGNATURE.match(line) and (line.startswith("-- ") or _signature(kept, at + 1)):
            return kept[:at]
    return kept


def _notice(lines: list[str]) -> int | None:
    """Where a notice begins in the last paragraph."""
    end = next((i for i in range(len(lines), 0, -1) if lines[i - 1].strip()), 0)
    start = next((i for i in range(end, 0, -1) if not lines[i - 1].strip()), 0)
    return next((i for i in range(start, end) if _NOTICE.match(lines[i])), None)


def _signature(lines: list[str], at: int) -> bool:
    """Whether from this line on, up to a postscript, there is a name and what stands below one: few lines, short, and no sentence."""
    below = 0
    for i in range(at, len(lines)):
        if _AFTER.match(lines[i]):
            break
        below += bool(lines[i].strip())
        if below > LINES_BELOW or _says_something(lines[i]):
            return False
    return True


def _says_something(line: str) -> bool:
    words = line[:2000].split()
    if len(words) > WORDS_IN_A_LINE or _SAYS.search(line[:2000]):
        return True
    small = sum(word[:1].islower() for word in words)
    return len(words) > 1 and words[-1][-1] in ".!…" and 2 * small >= len(words)  # and no “Harbour Mutual Ltd.”


def _closing(lines: list[str]) -> int | None:
    """The line of the last closing greeting, when only a signature can stand below it."""
    found = next((i for i in range(len(lines) - 1, -1, -1) if _CLOSING.match(lines[i])), None)
    return found if found is not None and _signature(lines, found + 1) else None
