"""How this candidate speaks, learned from what they said: so that a better line still sounds like them.

Facts (their name, when the interview was, the job as they call it) are only ever taken from their own words or from the scenario.
Habits are how they say thanks, how they ask, how many words they make, and their forms of words (spelling.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from dialogs.hearing.names import is_name
from dialogs.patterns import lazy
from dialogs.review.spelling import Spelling, capitals
from dialogs.scenario import Scenario
from dialogs.slips import words_of

_BIG = "[A-ZÀ-ÖØ-ÞĆČĎĐĒĚĞĪİŁŃŇŌŐŒŘŚŞŠŤŪŮŰŹŻŽ]"
_NAME = rf"({_BIG}[\w'’\-]+(?: (?:{_BIG}\.|{_BIG}[\w'’\-]+)){{0,2}})"
_NAMED = (
    lazy(rf"\b(?:[Tt]his is|[Mm]y name is|[Mm]y name's|[Mm]y name’s|[Nn]ame's)\s+{_NAME}"),
    lazy(rf"\b{_NAME}\s+(?:here|speaking|calling|on the line)\b"),
    lazy(
        rf"\b(?:I am|[Ii]['’]?m|[Ii]t is|[Ii]t['’]?s)\s+(?:(?:only|just|me,?) )?{_NAME}(?=[,.!]|\s+(?:from|here|calling|again|and|about)\b|$)"
    ),
)
_FROM_A_DAY = lazy(
    rf"(?:^|[.,!?]\s+){_NAME}(?=\s+from\s+(?:last|on|the|your|yesterday|this|(?:[Mm]on|[Tt]ues|[Ww]ednes|[Tt]hurs|[Ff]ri|[Ss]atur|[Ss]un)day)\b)",
    flags=re.MULTILINE,
)
_NAMED_SMALL = lazy(
    r"\b(?:this is|my name is|my name's|its|it's|im|i'm)\s+([a-z]{2,20}(?: [a-z]{2,20})?)(?=\s*[,.!?]"
    r"|\s+(?:from|here|calling|again|i|and|the)\b|$)",
)
_SMALL_HERE = lazy(r"(?:^|[.,!?\n])\s*([a-z]{2,20}(?: [a-z]{2,20})?)(?= here\b)")
_BARE = lazy(
    rf"(?:^|[.,!?]\s+)(?:(?:Dr|Mr|Mrs|Ms|Miss|Mx|Prof)\.? )?({_BIG}[^\W\d_A-Z][\w'’\-]* {_BIG}[\w'’\-]+)(?=\s*[.,!?\n]|$|\s+(?:from|about|again|calling)\b)",
    flags=re.MULTILINE,
)
_OPENS_A_SENTENCE = frozenset(
    "good hello hi hey dear thank thanks oh well yes no mr mrs ms miss dr sir madam sorry okay right fair bye goodbye kind best all take".split()
)
NO_NAMES = frozenset(
    "i'm i’m im i've i’ve it's it’s its that's that’s the a an about from calling not just so me here it in on at sorry fine okay ok good really very still glad happy "
    "afraid sure curious disappointed interested wondering hello hi i my that this to one your you new over been out up down nobody someone anyone was am is".split()
)
_WHEN = lazy(
    r"\b(?:last (?:week|month|(?:mon|tues|wednes|thurs|fri)day|mon|tues?|wed|thurs?|fri)|yesterday|this "
    "morning|the other (?:day|week)|(?:two|three|four|a few|a couple of) (?:days|weeks) ago|a (?:week"
    r"|fortnight|month) ago|on (?:mon|tues|wednes|thurs|fri)day|earlier this week)\b",
    flags=re.IGNORECASE,
)
_JOB = lazy(r"\b(the (?:[\w/&\-]+ ){1,4}(?:role|position|job|post|opening|vacancy))\b", flags=re.IGNORECASE)
_EASY = lazy(r"\b(?:ok|okay|hi|hey|yeah|yep|thanks|thx|cheers|gonna|cool)\b", flags=re.IGNORECASE)
_CHUMMY = lazy(
    r"\b(?:mate|mates|pal|yo|lol|haha|nah|nope|yep|ya|ta|tho|hiya|gonna|wanna|cheers|u|ur|thx|dunno|cos|cuz)\b",
    flags=re.IGNORECASE,
)
_MAY_I = lazy(r"\bmay i\b", flags=re.IGNORECASE)
_ASKS_WITH = lazy(r"\b(could|can|would|may|might)\s+(?:you|i)\b", flags=re.IGNORECASE)


TERSE = 6  # words a turn at which somebody is short of words


def stands_in(name: str, words: str, *, as_written: bool = False) -> bool:
    """Whether a name stands in these words as a word of its own: there is no Sam in “the same”."""
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words, 0 if as_written else re.IGNORECASE) if name else None
    return found is not None


@dataclass(frozen=True, slots=True)
class Voice:
    """One candidate's facts and habits of speech. Empty fields were never said."""

    name: str = ""
    job: str = "the job"  # as they call it
    when: str = ""
    greets: str = "Hello"
    thanks: str = "Thank you"
    modal: str = "Could"
    terse: bool = False  # a few words a turn
    chummy: bool = False  # talks as to a friend, and never says “may I”
    formal: bool = False  # never “okay”, no short forms, whole sentences
    words: frozenset[str] = frozenset()  # of the job and the firm, as they are spelt
    spelling: Spelling = field(default_factory=Spelling)

    @property
    def who(self) -> str:
        """How they introduce themself, from what is known of them."""
        return f"this is {self.called}" if self.name else ""

    @property
    def called(self) -> str:
        """Their name as one writes it."""
        return capitals(self.name)

    @property
    def plain(self) -> Voice:
        """The same person in whole sentences: for when few words are not understood."""
        return replace(self, terse=False)

    def named_in(self, words: str) -> bool:
        """Whether these words hold the name, as far as it is known."""
        return stands_in(self.name, words)

    def speak(self, words: str) -> str:
        """These words as this candidate would put them."""
        if self.modal != "Could":
            words = re.sub(r"\bCould (?=I\b|you\b)", f"{self.modal} ", words)
            words = re.sub(r"\bcould (?=I\b|you\b)", f"{self.modal.lower()} ", words)
        if self.chummy:
            words = words.replace("May I ", "Can I ").replace("may I ", "can I ")
        return self.spelling.write(words)


def listen(said: Iterable[str], scenario: Scenario) -> Voice:
    """The voice in these utterances."""
    texts = [t[:500] for t in said if t.strip()][:12]
    together = "\n".join(texts)
    spelling = Spelling.of(texts)
    asks = [m[1].capitalize() for m in _ASKS_WITH.finditer(together)]
    thanks = re.search(r"\b(thank you|thanks|cheers|thx)\b", together, re.IGNORECASE)
    greeting = re.search(r"\b(hello|hi|hey|good (?:morning|afternoon|evening))\b", together, re.IGNORECASE)
    job, when = _JOB.search(together), _when(together)
    lengths = sorted(len(t.split()) for t in texts)
    usual = lengths[len(lengths) // 2] if lengths else 10
    word = thanks[1].lower() if thanks else "thank you"
    return Voice(
        name=_name_in(together, scenario),
        job=_job_phrase(job[1], scenario) if job else f"the {scenario.job} {_post(scenario.job)}".strip(),
        when=when[0] if when else "",
        greets=greeting[1].capitalize() if greeting else "Hello",
        thanks=word.capitalize(),
        modal=_usual(asks),
        terse=len(texts) > 1 and usual <= TERSE,
        chummy=_CHUMMY.search(together) is not None and _MAY_I.search(together) is None,
        formal=not spelling.short and not _EASY.search(together),
        words=words_of(scenario.job, scenario.company),
        spelling=spelling,
    )


_MET = lazy(r"\b(?:interview\w*|met|spoke|saw (?:you|me)|came in|was there|trial|applied|lunch)\b", flags=re.IGNORECASE)


def _when(text: str) -> re.Match[str] | None:
    """When the interview was, from a sentence that speaks of it: of other days a better line knows nothing."""
    told = (found for part in re.split(r"[.!?\n]", text) if _MET.search(part) and (found := _WHEN.search(part)))
    return next(told, None)


def _usual(asks: list[str]) -> str:
    usable = [a for a in asks if a in ("Could", "Can")]
    return max(sorted(set(usable)), key=usable.count) if usable else "Could"


def _post(job: str) -> str:
    return "" if re.search(r"\b(?:role|position|job|post)$", job) else "role"


def _job_phrase(phrase: str, scenario: Scenario) -> str:
    # "the job" alone or a phrase that runs across other words is not a name for the job.
    words = phrase.split()
    meant = {w[:5] for w in f"{scenario.job} {scenario.trade} {scenario.title}".casefold().split()}
    return (
        phrase
        if meant & {w[:5] for w in phrase.casefold().split()[1:-1]}  # “the esteemed position” names no job
        and 3 <= len(words) <= 5
        and not re.search(r"(?<!^)\bthe\b|\b(?:got|get|have|for|in|of|that|me|my)\b", phrase)
        else (f"the {scenario.job} {_post(scenario.job)}".strip())
    )


def _in_full(name: str, text: str, others: set[str]) -> str:
    """A first name with the surname, where both are said elsewhere: “it's Darren, Darren Platt”."""
    found = re.search(rf"\b{re.escape(name)} ({_BIG}[^\W\d_A-Z][\w'’\-]*)(?=\s*[,.!?\n]|$)", text)
    surname = found[1] if found else ""
    return (
        f"{name} {surname}"
        if surname and surname.casefold() not in others | NO_NAMES | _OPENS_A_SENTENCE | DAYS
        else name
    )


DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


def _name_in(text: str, scenario: Scenario) -> str:
    others = {w.casefold() for w in f"{scenario.manager} {scenario.company} {scenario.receptionist}".split()}
    for pattern in (*_NAMED, _FROM_A_DAY):
        for m in pattern.finditer(text):
            name = m[1].strip()
            first = name.split()[0].casefold()
            if first not in others and first not in NO_NAMES and not first.endswith("ing"):
                return name if " " in name else _in_full(name, text, others)
    for m in _BARE.finditer(text[:400]):  # a name alone between two stops, as people give it to a receptionist
        words = [w.casefold() for w in m[1].split()]
        if not others & {*words} and not _OPENS_A_SENTENCE & {*words} and not NO_NAMES & {*words}:
            return m[1]
    for m in (*_NAMED_SMALL.finditer(text), *_SMALL_HERE.finditer(text)):
        words = m[1].split()
        if words[0] in others or words[0] in NO_NAMES or words[0].endswith("ing"):
            continue
        keep = words[:1] if len(words) > 1 and words[1] in NO_NAMES | {"i", "and"} else words
        if is_name(" ".join(keep)):  # “im nervous” tells how somebody is, not who
            return " ".join(keep)
    return ""
