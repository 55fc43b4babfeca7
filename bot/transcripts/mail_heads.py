"""What stands above a mail: headers as mail programs write them, `On … wrote:`, lines that divide; in four languages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from bot.transcripts.talk import tidy_name
from dialogs.patterns import lazy

_NAMES = {
    "from": "from", "von": "from", "de": "from",
    "to": "to", "an": "to", "à": "to", "para": "to",
    "date": "date", "sent": "date", "datum": "date", "gesendet": "date", "envoyé": "date", "enviado": "date", "fecha": "date",
    "subject": "subject", "betreff": "subject", "objet": "subject", "asunto": "subject",
    "cc": "", "bcc": "", "kopie": "", "reply-to": "", "importance": "", "priority": "", "attachments": "", "anlagen": "", "organization": "",
    "in-reply-to": "", "message-id": "", "references": "", "mime-version": "", "content-type": "", "content-transfer-encoding": "",
    "return-path": "", "received": "", "delivered-to": "", "x-mailer": "", "user-agent": "",
}  # fmt: skip
_HEADER = lazy(r"^[ \t]{0,4}\*{0,2}([^\W\d_][\w-]{0,30})[ ]?\*{0,2}:\*{0,2}(?:[ \t]+(.*)|)$")
_ADDRESS = lazy(r"[^\s<>\[\]()\"',;:@]{1,64}@[^\s<>\[\]()\"',;:@]{1,190}")
_ALONE = lazy(
    rf"^\"?([^<>@\":\d\n]{{1,80}})\"?[ \t]{{1,4}}<({_ADDRESS.pattern})>(?:[ \t,]{{1,8}}([^<>@\n]{{0,40}}\d{{2}}[^<>@\n:]{{0,20}}))?$"
)
_DIVIDER = lazy(
    r"^[ \t>]{0,8}(?:-{2,20}[ ]{0,2}(?:original message|forwarded message|ursprüngliche nachricht|weitergeleitete nachricht"
    r"|message d'origine|message transféré|mensaje original|original-nachricht|reply message)[ ]{0,2}-{2,20}"
    r"|begin forwarded message:|anfang der weitergeleiteten nachricht:|_{10,80})[ \t]{0,4}$",
    flags=re.I,
)
_BEGINS = lazy(r"[ \t]{0,4}(?:on|am|le|el)[ ,]|.{0,300}\b(?:wrote|schrieb|a écrit|escribió)\b", flags=re.I)
_WROTE = lazy(
    r"^[ \t]{0,4}(?:(?:on|am|le|el)\b[ ,](.{1,300}?)\b(?:wrote|schrieb|a écrit|escribió)|(.{1,200}?)[ ](?:wrote|schrieb|a écrit|escribió))"
    r"[ ]?(.{0,200}):[ \t]{0,4}$",
    flags=re.I,
)
_SAID = lazy(r":\s")  # “Dana: I wrote to you at 10:30 to say this:” is said by Dana, and no mail of hers
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DAY = lazy(r"\b(?:(\d{1,2})(?:st|nd|rd|th)?[ .]{1,2}([A-Za-z]{3,9})|([A-Za-z]{3,9})[ ](\d{1,2})),?[ .]{1,2}(\d{4})\b")
_DOTS = lazy(r"\b(\d{1,2})\.[ ]?(\d{1,2})\.[ ]?(\d{4})\b")
_ISO = lazy(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_CLOCK = lazy(r"\b(\d{1,2}):(\d{2})(?::\d{2})?[ \u202f]?([AaPp])?")
_LONG_NAME = 6  # words


@dataclass(frozen=True, slots=True)
class Person:
    """A name, and the address it was found with; the address tells people apart and is not kept."""

    name: str
    address: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.address)


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a mail before its words. `replies` counts the Re: of its subject."""

    author: Person = field(default_factory=lambda: Person(""))
    to: tuple[Person, ...] = ()
    at: str = ""
    subject: str = ""
    replies: int = 0

    def by(self, author: Person) -> Head:
        """The same, with its author."""
        return replace(self, author=author)


def person(words: str) -> Person:
    """`Dana Whitfield <dana@example.org>`, `Whitfield, Dana`, or an address alone."""
    found = _ADDRESS.search(words[:600])
    address = found[0].casefold() if found else ""
    name = re.sub(r"<[^<>]{0,300}>|\[mailto:[^\[\]]{0,300}\]|\([^()]{0,200}\)", " ", words[:600])
    if address and found is not None:
        name = name.replace(found[0], " ")
    name = tidy_name(name.strip(" \t\"'*,;<>"))
    last, comma, first = name.partition(", ")
    if comma and first and "," not in first and len(name.split()) <= 4:
        name = f"{first} {last}"
    return Person(name or address.partition("@")[0], address)


def people(words: str) -> tuple[Person, ...]:
    """Whom a To: line names."""
    split = re.split(r"(?<=>)\s{0,4}[,;]|;", words[:2000])
    return tuple(p for piece in split if (p := person(piece)))


def head_of(named: dict[str, str]) -> Head:
    """A head of header lines by their English names: from, to, date, subject."""
    subject = " ".join(named.get("subject", "").split())[:200]
    bare = re.sub(r"^(?:(?:re|aw|fw|fwd|wg|sv|tr|rv)(?:\[\d{1,3}\])?:\s{0,4}){1,20}", "", subject, flags=re.I)
    replies = len(re.findall(r"\b(?:re|aw|sv):", subject[: len(subject) - len(bare)], re.I))
    return Head(
        person(named.get("from", "")),
        people(named.get("to", "")),
        when(named.get("date", "")),
        tidy_name(bare),
        replies,
    )


def header(line: str) -> tuple[str, str] | None:
    """The header a line is, by its English name (empty for one that tells nothing), and its words."""
    found = _HEADER.match(line[:2000])
    if found is None or found[1].casefold() not in _NAMES:
        return None
    return _NAMES[found[1].casefold()], (found[2] or "").strip()


def head_at(lines: list[str], at: int) -> tuple[Head, int] | None:
    """The head that begins on this line, and the line after it: a block of headers, or a name and an address on a line of their own."""
    alone = _ALONE.match(lines[at][:400].strip())
    if alone:
        named = {"from": f"{alone[1]} <{alone[2]}>", "date": alone[3] or ""}
        at += 1
        while at < len(lines) and (found := header(lines[at])):
            named.setdefault(*found)
            at += 1
        return head_of(named), at
    named = {}
    count, last, end = 0, "", at
    while end < len(lines) and count < 60:
        line = lines[end]
        if found := header(line):
            last, words = found
            named.setdefault(last, words)
            count += 1
        elif not (last in ("to", "") and count and line[:1] in " \t" and line.strip()):  # a header that goes on
            break
        end += 1
    known = {name for name in named if name}
    if ("from" in known and count >= 2) or ("subject" in known and (count >= 2 or at == _first(lines))):
        return head_of(named), end
    return None


def _first(lines: list[str]) -> int:
    return next((i for i, line in enumerate(lines) if line.strip()), 0)


def attribution(lines: list[str], at: int) -> tuple[Head, int] | None:
    """The head an `On … wrote:` gives, also over up to three lines, and the line after it."""
    if not _BEGINS.match(lines[at][:600]):
        return None
    joined = ""
    for end in range(at, min(at + 3, len(lines))):
        if not lines[end].strip() or lines[end].lstrip().startswith(">"):
            return None
        joined = f"{joined} {lines[end].strip()}".strip()[:600]
        if joined.endswith(":") and (found := _WROTE.match(joined)):
            words = f"{found[1] or found[2] or ''} {found[3] or ''}"
            if not _plausible(words) or _SAID.search(found[2] or ""):
                return None
            # `On … Dana wrote:` has the name behind the time, `Dana schrieb am …:` before it.
            head = head_wrote(words) if found[1] else Head(person(found[2]), at=when(found[3]))
            return head, end + 1
    return None


def _plausible(words: str) -> bool:
    """Whether a time or an address is in it: `She wrote:` in a sentence is none."""
    return bool(_ADDRESS.search(words) or _CLOCK.search(words) or re.search(r"\d{4}", words))


def head_wrote(words: str) -> Head:
    """A name after a date, as in `Mon, 23 Nov 2026 at 10:12, Dana Whitfield <dana@…>`."""
    found = _ADDRESS.search(words)
    before = words[: found.start()] if found else words
    # The name is what is left behind the last digit, am/pm and the words between.
    name = re.sub(r"^.*\d", "", before)
    name = re.sub(
        r"^[ \u202f,.]{0,4}(?:[ap]\.?m\.?|uhr|h)?\b[ ,.]{0,4}(?:gmt|utc|cet|est|pst)?[ ,.]{0,4}", "", name, flags=re.I
    )
    name = name.strip(" \t\"'<>,;(")
    if len(name.split()) > _LONG_NAME:
        name = ""
    return Head(person(f"{name} <{found[0]}>" if found else name), at=when(before))


def when(words: str) -> str:
    """A time as mail programs write it, in UTC; empty when it is not understood."""
    if not re.search(r"\d", words):
        return ""
    at: datetime | None
    try:
        at = parsedate_to_datetime(words[:80])
    except (ValueError, TypeError, IndexError, OverflowError):
        at = _spelt(words[:200])
    if at is None or not 1990 < at.year < 2200:
        return ""
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC).isoformat().replace("+00:00", "Z")


def _spelt(words: str) -> datetime | None:
    """`Mon, Nov 23, 2026 at 10:12 AM`, `23 November 2026 10:12`, `23.11.2026`, `2026-11-23`; a zone is not looked for."""
    if day := _DAY.search(words):
        month = (day[2] or day[3])[:3].casefold()
        if month not in _MONTHS:
            return None
        date = int(day[5]), _MONTHS.index(month) + 1, int(day[1] or day[4])
    elif day := _DOTS.search(words):
        date = int(day[3]), int(day[2]), int(day[1])
    elif day := _ISO.search(words):
        date = int(day[1]), int(day[2]), int(day[3])
    else:
        return None
    clock = _CLOCK.made.search(words, day.end())
    hour, minute = (int(clock[1]), int(clock[2])) if clock else (0, 0)
    if clock and clock[3]:
        hour = hour % 12 + (12 if clock[3] in "pP" else 0)
    try:
        return datetime(*date, hour, minute, tzinfo=UTC)
    except ValueError:
        return None


def is_divider(line: str) -> bool:
    """`-----Original Message-----` and its like, which only say that a head follows."""
    return _DIVIDER.match(line[:200]) is not None


def looks_like_mail(text: str, *, of_speakers: bool = False) -> bool:
    """Whether this is a mail: headers at its start, or a head or `On … wrote:` above something further down.

    Where each line has its speaker (`of_speakers`), somebody may tell who wrote, and when: there it takes an address as well, or a head.
    """
    lines = [line.lstrip("> \t") for line in text[:200_000].split("\n")]
    if header(lines[_first(lines)]) and head_at(lines, _first(lines)):
        return True
    return any(
        (is_divider(line) and not of_speakers)
        or ((wrote := attribution(lines, at)) and (not of_speakers or wrote[0].author.address))
        or ((_ALONE.match(line[:400]) or _is_from(line)) and head_at(lines, at))
        for at, line in enumerate(lines)
    )


def _is_from(line: str) -> bool:
    named = header(line)
    return named is not None and named[0] == "from"
