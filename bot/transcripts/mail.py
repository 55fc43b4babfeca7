"""An e-mail, or a thread of them: a saved message (.eml), an mbox, or the words pasted from any mail program.

A thread tells its past backwards: the newest mail on top, what it answers quoted below, with `>` before it, under "On … wrote:" or
under the old header. Here it is put in order again. Only names are kept of the people, no addresses; what follows a closing
greeting, signatures and confidentiality notices are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from bot.transcripts.limits import MAX_TURNS
from bot.transcripts.mail_heads import Head, Person, attribution, head_at, is_divider
from bot.transcripts.mail_source import is_source, messages
from bot.transcripts.mail_words import greeted, own_words, signer
from bot.transcripts.roles import by_address, private
from bot.transcripts.talk import BadTranscript, Conversation, Imported, Saying, tidy
from dialogs.patterns import lazy

MAX_DEPTH = 20  # of quotes in quotes; deeper ones are left out
LONG = 20  # characters from which the same words again are a quote
_QUOTE = lazy(r"^[ \t]{0,3}>[ ]?")
_COUNT = lazy(r"\A(?:[^\n]{0,200}\n){0,4}?\d{1,3} messages?[ \t]{0,4}\n")  # above a thread that was printed
MANY = f"There are more than {MAX_TURNS:,} pieces in this mail; paste only the thread."
UNKNOWN = "It cannot be told who wrote which part of this mail. Put a line 'From: Name' above each mail, or write it as 'Name: words'."


@dataclass(slots=True)
class _Mail:
    """One mail on the way: its head, and its own lines and what it quotes, as they stand."""

    head: Head
    parts: list[list[str] | _Quoted] = field(default_factory=list)

    def add(self, line: str) -> None:
        """One more line of its own."""
        if self.parts and isinstance(self.parts[-1], list):
            self.parts[-1].append(line)
        else:
            self.parts.append([line])

    @property
    def quoted(self) -> _Quoted | None:
        """What it quoted last."""
        return next((part for part in reversed(self.parts[-2:]) if isinstance(part, _Quoted)), None)


@dataclass(slots=True)
class _Quoted:
    """Mails quoted in one place, oldest first."""

    mails: list[_Mail]


def read(text: str) -> Imported:
    """The one conversation in this mail or thread. Raises BadTranscript where it is not seen who wrote what."""
    if is_source(text):
        mails = [m for head, body in messages(text) for m in _in_order(_split(body.split("\n"), head, 0))]
    else:
        mails = _in_order(_split(_COUNT.sub("", text, count=1).split("\n"), Head(), 0))
    people = _People()
    for number, mail in enumerate(_every(mails)):
        if number == MAX_TURNS:
            raise BadTranscript(MANY)
        people.meet(mail)
    told = list(islice(_told(mails, people), MAX_TURNS + 1))
    if len(told) > MAX_TURNS:
        raise BadTranscript(MANY)
    told = _once(told)
    if not told:
        raise BadTranscript("There are no words in this mail that somebody wrote; paste the mail with its text.")
    if any(not s.who for s in told):
        raise BadTranscript(UNKNOWN)
    speakers = tuple(dict.fromkeys(s.who for s in told))
    return Imported("mail", (Conversation(tuple(told), people.subject, people.candidate(speakers)),))


# -- from lines to mails --------------------------------------------------------------------------------


def _split(lines: list[str], head: Head, depth: int) -> list[_Mail]:
    """The mails of these lines, in the order in which they stand; the first is under `head`."""
    mails = [_Mail(head)]
    at = 0
    while at < len(lines):
        line = lines[at]
        if is_divider(line):
            at += 1
            continue
        if found := head_at(lines, at):
            new, at = found
            mails.append(_Mail(new))
            continue
        if found := attribution(lines, at):
            new, at = found
            if len(mails) > MAX_TURNS:
                raise BadTranscript(MANY)
            below = _next_words(lines, at)
            if below is not None and _QUOTE.match(lines[below]):
                at = _quoted(lines, below, mails[-1], new, depth)
            else:
                mails.append(_Mail(new))
            continue
        if _QUOTE.match(line):
            at = _quoted(lines, at, mails[-1], Head(), depth)
            continue
        mails[-1].add(line)
        at += 1
    return [m for m in mails if m.parts]


def _next_words(lines: list[str], at: int) -> int | None:
    return next((i for i in range(at, min(at + 4, len(lines))) if lines[i].strip()), None)


def _quoted(lines: list[str], at: int, mail: _Mail, head: Head, depth: int) -> int:
    """Take the quoted lines from here on into the mail; gives the line after them."""
    inner: list[str] = []
    while at < len(lines) and (_QUOTE.match(lines[at]) or _gap(lines, at)):
        inner.append(_QUOTE.sub("", lines[at], count=1))
        at += 1
    if depth < MAX_DEPTH:
        if not head.author and mail.quoted and mail.quoted.mails:  # one more piece of the mail that was quoted above
            head = mail.quoted.mails[-1].head
        if len(mail.parts) > 2 * MAX_TURNS:
            raise BadTranscript(MANY)
        mail.parts.append(_Quoted(_in_order(_split(inner, head, depth + 1))))
    return at


def _gap(lines: list[str], at: int) -> bool:
    """An empty line between two quoted ones."""
    return not lines[at].strip() and at + 1 < len(lines) and bool(_QUOTE.match(lines[at + 1]))


def _in_order(mails: list[_Mail]) -> list[_Mail]:
    """Oldest first: by their dates where all have one, otherwise as threads are written, newest on top."""
    if len(mails) < 2:
        return mails
    stamps = [m.head.at for m in mails]
    if all(stamps):
        return sorted(mails, key=lambda m: m.head.at)
    depths = [m.head.replies for m in mails]
    if depths[-1] > depths[0] and mails[0].head.author:
        return mails
    return mails[::-1]


def _every(mails: list[_Mail]) -> Iterator[_Mail]:
    for mail in mails:
        yield mail
        for part in mail.parts:
            if isinstance(part, _Quoted):
                yield from _every(part.mails)


# -- who is who -----------------------------------------------------------------------------------------


class _People:
    """Everybody met in the heads: one name a person, whatever forms it takes."""

    def __init__(self) -> None:
        self.subject = ""
        self._names: dict[str, str] = {}
        self._addresses: dict[str, str] = {}
        self._addressed: list[str] = []

    def meet(self, mail: _Mail) -> None:
        """Learn the names in this mail's head, or from its own words where it has none."""
        self.subject = self.subject or mail.head.subject
        words = [line for part in mail.parts if isinstance(part, list) for line in part]
        if not mail.head.author:
            mail.head = mail.head.by(Person(signer(words)))
        self.name(mail.head.author)
        for person in mail.head.to[:1]:
            self._addressed.append(self.name(person))
        if not mail.head.to and (greeting := greeted(words)):
            self._addressed.append(greeting)

    def name(self, person: Person) -> str:
        """The one name of a person."""
        known = self._names.get(person.address) if person.address else None
        name = known or person.name
        same = [n for n in dict.fromkeys(self._names.values()) if n.casefold() == name.casefold()]
        begin = [
            n for n in dict.fromkeys(self._names.values()) if name and n.casefold().startswith(f"{name.casefold()} ")
        ]
        match = same[0] if same else begin[0] if len(begin) == 1 and not person.address else name
        if match:
            self._names.setdefault(person.address or match.casefold(), match)
            if person.address:
                self._addresses.setdefault(match, person.address)
        return match

    def other(self, name: str) -> str:
        """The one other person of a correspondence of two; empty where there are more, or none."""
        rest = [n for n in dict.fromkeys(self._names.values()) if n != name]
        return rest[0] if name and len(rest) == 1 else ""

    def opposite(self, name: str) -> str:
        """What to call the one unnamed writer opposite a person, as that one's address tells."""
        address = self._addresses.get(name, "")
        return "" if not address else "Manager" if private(address) else "You"

    def candidate(self, speakers: tuple[str, ...]) -> str:
        """Which of the speakers is the candidate, as far as addresses tell it; whom a lone mail of a company is for."""
        if len(speakers) == 1:
            to = [n for n in self._addressed if n and n.casefold() != speakers[0].casefold()]
            return to[0] if to else ""
        known = by_address({name: self._addresses.get(name, "") for name in speakers})
        return known or ""


# -- what was said --------------------------------------------------------------------------------------


def _told(mails: list[_Mail], people: _People) -> Iterator[Saying]:
    """What each says, in time: a quote before the answer below it, and what stands above all quotes with the first answer, or last."""
    before = ""
    for mail in mails:
        who = people.name(mail.head.author)
        if not who and (opposite := before or _quoted_writer(mail, people)):
            who = people.other(opposite) or people.opposite(opposite)
        before = who
        waiting: list[str] = []
        after_a_quote = False
        for part in mail.parts:
            if isinstance(part, _Quoted):
                for saying in _told(part.mails, people):
                    yield saying if saying.who else replace(saying, who=people.other(who))
                after_a_quote = True
                continue
            words = own_words(part)
            waiting += words
            if after_a_quote and words:
                yield from _saying(who, waiting, mail.head.at)
                waiting = []
        yield from _saying(who, waiting, mail.head.at)


def _quoted_writer(mail: _Mail, people: _People) -> str:
    """Who wrote what this mail quotes."""
    quoted = next((part for part in mail.parts if isinstance(part, _Quoted) and part.mails), None)
    return people.name(quoted.mails[-1].head.author) if quoted else ""


def _saying(who: str, words: list[str], at: str) -> Iterator[Saying]:
    text = tidy("\n".join(words))
    if text:
        yield Saying(who, text, at)


def _once(told: list[Saying]) -> list[Saying]:
    """Without what was said before: each mail of a thread quotes the ones before it."""
    seen: list[tuple[str, str]] = []
    out = []
    for saying in told:
        bare = " ".join(saying.text.split()).casefold()
        if len(bare) >= LONG and any(who == saying.who and bare in before for who, before in seen):
            continue
        seen.append((saying.who, bare))
        out.append(saying)
    return out
