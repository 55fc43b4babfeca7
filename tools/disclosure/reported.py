"""Lines told on: what a manager says to a candidate, as somebody passes it on afterwards.

    told_on([Line(3, "notes", "You don't have the licence, and we need it.")])[0].text
    # "They told me I don't have the licence, and they need it."

A transcript often holds a call in this form, and a hand that only ever says "you" teaches nothing about it. The rules turn who speaks
and who is spoken of, put one of some frames around, or leave the "you" away as in a note; how far a line goes stays as it was.
Which form a line takes is drawn from its own words, so a line is told the same way whatever others are taught beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from zlib import crc32

from tools.disclosure.lines import Line

SHARE = 0.5
"""Of the lines that can be told on, so many are; chosen by leaving hands out (docs/transcripts.md)."""
WORDS, SENTENCES = 45, 4  # of a line that is told on: nobody passes on a letter of a page word for word
FRAGMENT = 3  # words of a first sentence that is no sentence: "Too green."
SAID = "told on: "
"""What the hand of such a line begins with: it is no hand of its own, and is left out with the one it comes from."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the sentence, in the forms a rule needs."""

    subject: str
    object: str
    own: str
    owned: str
    self_: str
    am: str
    was: str
    third: bool  # whether verbs take an s

    def contracted(self, tail: str) -> str:
        """`'re`, `'m`, `'ve`, `'d` or `'ll` after this person."""
        if tail in ("re", "m"):
            return {"am": f"{self.subject}'m", "is": f"{self.subject}'s", "are": f"{self.subject}'re"}[self.am]
        if tail == "ve" and self.third:
            return f"{self.subject}'s"
        return f"{self.subject}'{tail}"


I = Person("I", "me", "my", "mine", "myself", "am", "was", third=False)  # noqa: E741
SHE = Person("she", "her", "her", "hers", "herself", "is", "was", third=True)
HE = Person("he", "him", "his", "his", "himself", "is", "was", third=True)
THEY = Person("they", "them", "their", "theirs", "themselves", "are", "were", third=False)


@dataclass(frozen=True, slots=True)
class Telling:
    """Who tells it: whom `you` becomes, whom the manager's `I` and `we` become, and what stands around the words."""

    you: Person
    me: Person | None  # None: it is the manager who tells it, and stays I and we
    frames: tuple[str, ...]


PLAIN = (
    "They said {}", "They told me {}", "They told me that {}", "I was told {}", "I was told that {}", "Apparently {}", "The feedback was that {}",
    "The answer I got was that {}", "I asked, and they said {}", "{}, they said", "{}, apparently", "{}, is what I was told",
    "They wrote back that {}", "All I know is that {}", "According to the recruiter {}", "HR told me {}", "I heard that {}", "So {}, they said",
)  # fmt: skip
OF_HER = (
    "She said {}",
    "She said that {}",
    "She told me {}",
    "The manager told me that {}",
    "{}, she said",
    "Her answer was that {}",
)
OF_HIM = ("He said {}", "He told me {}", "The manager said that {}", "{}, he said", "What he said was that {}")
WHY = (
    "They told me it was because {}", "It was because {}, they said", "The reason they gave was that {}", "I didn't get it because {}",
    "They turned me down because {}", "She explained that {}",
)  # fmt: skip
ONWARD = (
    "I told her that {}",
    "I told her {}",
    "She was told that {}",
    "My sister was told {}",
    "We told her that {}",
    "They said to her that {}",
)
ONWARD_HIM = (
    "I told him that {}",
    "I told him {}",
    "He was told that {}",
    "They told my friend that {}",
    "We told him {}",
)

TELLINGS = (
    (Telling(I, THEY, PLAIN), 5),
    (Telling(I, SHE, OF_HER), 3),
    (Telling(I, HE, OF_HIM), 2),
    (Telling(SHE, None, ONWARD), 1),
    (Telling(HE, None, ONWARD_HIM), 1),
)  # how often each is drawn
NOTES = 4  # and how often, beside these twelve, a note without the "you" where the line allows for one

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?|[^A-Za-z]+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
# What is told already, is addressed like a letter, asks, or holds somebody's words in quotes stays as it is.
_LEAVE = re.compile(
    r"[?\"“”‘*🙈;:]|\b(?:told|tell|says?|said|saying|wrote|write|asked|apparently|dear|hello|hi|hiya|hey|speaking|thank|thanks|sorry|please)\b",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"^You(?:'re| are| were|'d been)? (?=(?:too|not|never|had no|didn't|don't|hadn't|haven't|couldn't|can't|weren't|aren't|lacked|missed|failed|gave|came|spoke|talked|seemed|looked|asked|arrived|over|under|wanted|needed|left|forgot|late|quiet|nervous)\b)"
)
_NO_START = re.compile(r"^(?:had|have|'ve got) no\b")
PREPOSITIONS = frozenset(
    "to for with of about from at on than like between without by against behind after in into over under beside near and let gave give made make "
    "had find found take took put see saw call called want wanted keep kept ask hire hired choose chose show showed meet met offer help heard hear "
    "liked wish send sent bring brought thought considered considering get cost cos ruled teach taught".split()
)
DETERMINERS = frozenset(
    "the a an this that these those to for in on at as with and or but by from of again back up down out here there because if when".split()
)
BASE = frozenset(
    "need want lack know speak live work drive seem look come talk keep hold ask think like give get go make take feel see believe mean hope wish "
    "suppose guess prefer find expect understand remember bring run use show leave read write start stop sound stand sit understand require hire".split()
)
ADVERBS = frozenset(
    "never just also only really always simply still probably actually clearly already honestly".split()
)
IMPERATIVES = frozenset(
    "get take bring prepare practise practice write put say ask do go come keep work try start stop learn find show read send call ring apply "
    "make use look join leave cut talk give let have rehearse open lead build choose add drop record time tell".split()
)
STARTERS = frozenset(
    "the it there our your a an this that these those another other others somebody someone nobody everybody everyone no not in on at for as what "
    "one two three four they he she you we after before when while if without with from most all some somebody's someone's it's that's there's "
    "to too as although though since half more only just your yours one's nothing something anything because people other's you're you've you'd "
    "we're we've we'd its his her their my by at over under between even every any both either neither".split()
)


def told_on(lines: list[Line], share: float | None = None) -> list[Line]:
    """Those of the lines that lend themselves to it, as somebody else tells them. `share` of them, drawn by their words."""
    share = SHARE if share is None else share
    found: dict[str, Line] = {}
    for line in lines:
        if line.level is None or drawn(line.text, "share", 1000) >= share * 1000:
            continue
        text = retold(line.text, line.level)
        if text is not None:
            found.setdefault(text, Line(line.level, SAID + line.hand, text))
    return list(found.values())


def retold(text: str, level: int) -> str | None:
    """One line as it is told on, or None where it does not lend itself to that."""
    sentences = _SENTENCE.split(text.replace("’", "'"))
    if _LEAVE.search(text) or len(text.split()) > WORDS or len(sentences) > SENTENCES:
        return None
    words = {w.lower() for w in _WORD.findall(text.replace("’", "'"))}
    # Where nobody is named it may be told on; where the only one named is an "I", that may be a candidate's.
    if words & {"i", "my", "i'm", "i've", "i'd"} and not any(w.startswith("you") for w in words):
        return None
    at = drawn(text, "who", sum(n for _, n in TELLINGS) + NOTES)
    for telling, n in TELLINGS:
        if at < n:
            return _told(sentences, telling, level, text)
        at -= n
    return _noted(sentences, text) or _told(sentences, TELLINGS[0][0], level, text)


def _told(sentences: list[str], telling: Telling, level: int, text: str) -> str:
    turned = [turn(s, telling) for s in sentences]
    frames = telling.frames
    # "Because" stands around a formula, an area and a reason alike, so that it gives none of them away.
    if level in (1, 2, 3) and telling.me is THEY and drawn(text, "why", 3) == 0:
        frames = WHY
    if len(sentences[0].split()) <= FRAGMENT:
        frames = tuple(f for f in frames if f.startswith("{")) or ("{}, I told her",)
    frame = frames[drawn(text, "frame", len(frames))]
    first, after = turned[0], turned[1:]
    body, stop = (first[:-1], first[-1]) if first[-1:] in ".!" else (first, ".")
    told = frame.format(body if frame.startswith("{") else lowered(body))
    who = (telling.me or THEY).subject.capitalize() if telling.me else "I"
    return " ".join([told + stop, *(_advised(s, who) for s in after)])


def _advised(sentence: str, who: str) -> str:
    """An order, as it is passed on."""
    first = sentence.split(" ", 1)[0].lower()
    return f"{who} said to {lowered(sentence, anyway=True)}" if first in IMPERATIVES else sentence


def _noted(sentences: list[str], text: str) -> str | None:
    """A line as it stands in a note or a survey's box: without the "you"."""
    first, cut = sentences[0], _NOTE.match(sentences[0])
    if not cut:
        return None
    rest = turn(first[cut.end() :], TELLINGS[0][0])
    rest = _NO_START.sub("no", rest)
    tail = ("", "", ", they said", ", apparently", ", I was told")[drawn(text, "tail", 5)]
    body, stop = (rest[:-1], rest[-1]) if rest[-1:] in ".!" else (rest, ".")
    after = [_advised(turn(s, TELLINGS[0][0]), "They") for s in sentences[1:]]
    return " ".join([body[:1].upper() + body[1:] + tail + stop, *after])


def lowered(text: str, *, anyway: bool = False) -> str:
    """A sentence as it goes on within another: its first word small, unless it may be a name."""
    first = text.split(" ", 1)[0].rstrip(",")
    return (
        text[:1].lower() + text[1:]
        if first not in ("I", "I'm", "I've", "I'd", "I'll")
        and (anyway or first.endswith("ing") or first.lower() in STARTERS)
        else text
    )


def turn(sentence: str, telling: Telling) -> str:
    """A sentence with its persons turned: who is spoken to, and who speaks."""
    tokens = _WORD.findall(sentence)
    at = [i for i, t in enumerate(tokens) if t[0].isalpha()]
    low = [tokens[i].lower() for i in at]
    for n, i in enumerate(at):
        before, after = (low[n - 1] if n else ""), (low[n + 1] if n + 1 < len(at) else "")
        ends = n + 1 == len(at) or not tokens[i + 1].isspace()
        word = low[n]
        new = None
        if word.startswith("you"):
            new = _of_you(word, telling.you, before, after, ends=ends)
            subject = telling.you
        elif telling.me is not None and (word in FIRST or word.split("'")[0] in ("i", "we")):
            # A house stays "they", whoever of it speaks.
            subject = THEY if word in HOUSE or word.startswith("we'") else telling.me
            new = _of_me(word, subject)
        if new is None:
            continue
        tokens[i] = new if n or new.startswith("I") else new[:1].upper() + new[1:]
        if new.lower() == subject.subject.lower() and n + 1 < len(at):
            _agree(tokens, at, low, n + 1, subject)
    return "".join(tokens)


HOUSE = frozenset("we us our ours ourselves".split())
FIRST = HOUSE | frozenset("i me my mine myself".split())


def _of_you(word: str, person: Person, before: str, after: str, *, ends: bool) -> str | None:
    if "'" in word:
        head, tail = word.split("'", 1)
        return person.contracted(tail) if head == "you" else None
    plain = {"your": person.own, "yours": person.owned, "yourself": person.self_, "yourselves": person.self_}
    if word in plain:
        return plain[word]
    if word != "you":
        return None
    object_ = (
        ends
        or before.endswith("ing")
        or (before in PREPOSITIONS and (after in DETERMINERS or before not in ("and", "than", "after", "like")))
    )
    return person.object if object_ and before else person.subject


def _of_me(word: str, person: Person) -> str | None:
    if "'" in word:
        return person.contracted(word.split("'", 1)[1])
    kinds = {
        ("i", "we"): person.subject,
        ("me", "us"): person.object,
        ("my", "our"): person.own,
        ("mine", "ours"): person.owned,
    }
    return next((form for names, form in kinds.items() if word in names), person.self_)


def _agree(tokens: list[str], at: list[int], low: list[str], n: int, subject: Person) -> None:
    """The verb after a person who has been turned, in the form that person takes."""
    if low[n] in ADVERBS and n + 1 < len(at):
        n += 1
    word = low[n]
    forms = {
        "are": subject.am,
        "am": subject.am,
        "were": subject.was,
        "was": subject.was,
        "weren't": f"{subject.was}n't",
    }
    if subject.am == "am":
        forms["aren't"] = "am not"
    if subject.third:
        forms |= {"aren't": "isn't", "have": "has", "haven't": "hasn't", "do": "does", "don't": "doesn't"}
        if word in BASE:
            forms[word] = f"{word}es" if word.endswith(("s", "sh", "ch", "o")) else f"{word}s"
    if word in forms:
        tokens[at[n]] = forms[word]


def drawn(text: str, what: str, count: int) -> int:
    """A number below count that these words always give."""
    return crc32(f"{what} {text}".encode()) % count
