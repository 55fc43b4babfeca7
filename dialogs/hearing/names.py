"""A bare name, where the manager waits for one: “sam ortiz”, “Dr. Ada Mbeki”, “priya”; and “Hi, Priya Shah here.”

No list of names could hold all there are, so it goes the other way round: a few words and nothing but letters, none of them a word that people put
there instead of a name, not all of them words of everyday talk (hearing knows from what it was taught how common a word is), and none of them
drummed on the keys. It is asked only while the manager does not know who is calling, and only of words in which nothing else was heard.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from unicodedata import category

from dialogs.patterns import lazy

_SHAPE = lazy(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?(?: [^\W\d_]+(?:['’.-][^\W\d_]+)*\.?){0,3}")
_LONGEST = 60
_ALSO_WORDS = frozenset(
    "april art august bill chance charity daisy dawn dean don drew eve faith felicity frank gene ginger glen grace grant guy harmony hope hunter iris "
    "ivy jack jay joy june lance lily mark mercy miles misty norm pat patience pearl penny peg ray reed rich rob robin rose ruby sandy skip summer sunny "
    "van victor violet wade ward will win".split()
)
"""Given names that are words as well. Where a name is waited for and nothing else is said, they are names."""
_INSTEAD = frozenset(
    "a about again an and anyone anything are bad be because but bye can cannot could did do does done dont else er erm fine from get good got great "
    "had has have he hello help her here hey hi him his hm hmm how huh i idk if in is it its job just later listen look lol me mm my never nice no nobody "
    "none nope nothing now of off ok okay on one or pardon please really right same say sec she so some somebody someone something sorry stop sure test "
    "testing thanks that the their them then there they this to uh um wait was we well were what when where which who whoever whom why will with would "
    "yeah yep yes you your yup afternoon all also application back call day evening everyone everybody feedback interview job long minute moment morning much "
    "hiya heya howdy yo hallo greetings dear regards hiring monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday meh nah eh ugh oof pfft wow aww oops whoa yikes duh boo gosh "
    "not number position post problem question questions quick role small still thing time too two very wrong".split()
)
_OUTCRY = frozenset(
    "absurd afraid amazing angry annoying anxious appalling ashamed awful awkward baffled barmy betrayal bias biased bizarre bleak bloody bogus bollocks bonkers broken brilliant "
    "brutal bull bullshit chaos complex complicated confidential confused confusing crap crazy cross cruel crushed curious daft damn damned dammit delicate depressed depressing desperate "
    "devastated difficult dire disappointed disappointing discrimination disgraceful disgusted disgusting dodgy dreadful dumb easy embarrassed embarrassing evil excellent exhausted exhausting "
    "fake fantastic farce ffs fishy foul fraud frozen frustrated frustrating fuck fucked fucking fuming funny furious garbage grim gross gutted hard harsh heartbroken hell hellish hopeless horrible "
    "humiliated humiliating hurt idiotic iffy important impossible infuriating injustice insane insanity insulted insulting joke knotty lame liars lie lies livid lonely lost lousy lovely lunacy mad "
    "madness mental messy murky nasty nepotism nervous nonsense numb nuts odd omg outrageous overqualified painful pathetic perfect personal pointless private puzzled racism raging rigged "
    "ridiculous rotten rough rubbish sad scam scared screwed sensitive serious sexism shady sham shameful shit shite shocked shocking shy sick silly simple speechless sticky strange stressed stunned "
    "stupid tense terrible theft thorny tired torture tough tricky true ugly unacceptable unbelievable unfair unjust unreal upset urgent useless vile weird wicked wonderful worried worse worst worthless wtf".split()
)
"""Verdicts and moods that are cried out where a name could stand; somebody's surname at most, beside a first name."""


_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_RUN_OF_KEYS = lazy(r"asdf|sdfg|dfgh|fghj|ghjk|hjkl|fdsa|lkjh|qwer|zxcv|xcvb|cvbn|(.{3,4})\1")
_VOWEL = lazy(r"[aeiouy]")
_SHORTENED = lazy(r"'(?:m|ve|d|ll|re|s|t)$")
_LIKE_A_MOOD = lazy(r"(?:ed|ing|ful|less|ous|ive|able|ible|ical|ant|ent|est|ly|ry)$")
_HELD = lazy(r"(.)\1\1")

Common = Callable[[str], float]
"""How common a word is in what hearing was taught: 0 for one it never met, 1 for the commonest."""

COMMON_ALONE, COMMON_TOGETHER = 0.35, 0.15
"""From where a word is everyday talk: standing alone, where a common word may well be somebody's name (Mark, Joy), and beside others like it."""


def unmet(word: str) -> float:
    """No word is common: for those who have no weights at hand."""
    return 0.0


def is_name(text: str, common: Common = unmet) -> bool:
    """Whether these words look like a person's name and nothing else."""
    said = " ".join(text.split())
    if len(said) > _LONGEST or not _SHAPE.fullmatch(said):
        return False
    words = [word.strip(".").replace("’", "'").lower() for word in said.split()]
    if any(_no_name(word) for word in words):
        return False
    if len(words) == 1:
        return (
            len(words[0]) > 1
            and words[0] not in _OUTCRY
            and (words[0] in _ALSO_WORDS or common(words[0]) < COMMON_ALONE)
        )
    if len(set(words)) == 1:  # “blah blah”
        return False
    # A telephone writes the first word of a message with a capital by itself; a second one was meant so.
    if _large(said, said):
        return True
    return _OUTCRY.isdisjoint(words) and not all(common(word) >= COMMON_TOGETHER for word in words)


def _large(name: str, said: str) -> bool:
    """Whether each word of a name has its capital, and not because all that was `said` is shouted."""
    return all(part[0].isupper() for part in name.split()) and not (len(said) > 1 and said.isupper())


def _no_name(word: str) -> bool:
    """Whether a word is put where a name could stand and never is one: small talk, “i'm”, drummed keys."""
    return (
        (word.replace("'", "") in _INSTEAD and word not in _ALSO_WORDS)
        or bool(_SHORTENED.search(word))
        or _drummed(word)
    )


def _drummed(word: str) -> bool:
    """Whether a word came from the fingers alone: along a row of the keyboard, one key held, or four plain letters and more without a vowel."""
    if _HELD.search(word):
        return True
    if len(word) < 4 or not word.isascii():
        return False
    return any(word in row for row in _KEYS) or not _VOWEL.search(word) or _RUN_OF_KEYS.search(word) is not None


_GREETING = (
    r"(?:oh |well )?(?:hi|hiya|hello|hey|good (?:morning|afternoon|evening|day)|morning|afternoon|evening)(?: there)?"
)
_PRESENTED = lazy(
    rf"(?:{_GREETING}(?: [^\W\d_]+\.?){{0,2}}[,.!]* )?(?P<name>[^,!?]{{2,40}}?),? (?:here|speaking|calling|again)[.!]*",
    flags=re.I,
)
_AFTER_GREETING = lazy(rf"{_GREETING}[,.!]+ (?P<name>[^ ,!?]+ [^,!?]{{2,40}}?)[.!]*", flags=re.I)


_TITLES = frozenset("mr mrs ms miss dr sir madam maam chef boss prof professor doctor".split())
_LEAD = rf"(?:(?:(?:{_GREETING}|ok(?:ay)?|yes|yeah|yep|yup|al+right|all right|right|oh|well|so|um+|uh+|er+m?|sorry|sure|and)\b[,.!? ]*)*)"
_CALLED = r"(?:(?:it'?s|it is|this is) (?:just |only )?me[,.!]*|it'?s|it is|this is|here is|here's|i'?m|i am|my name(?:'s| is)?|the name(?:'s| is)|name'?s|name is|name:)"
_NAME = r"(?P<name>[^ ,.!?:;]+(?: [^ ,.!?:;]+){0,2}?)"
_HER = r"(?:(?:mr|mrs|ms|miss|dr|herr|frau)\.? )?[^\W\d_]+"
_HERE = r"(?P<here>,? (?:here|speaking|calling|again))?(?:[.!]*|[,.!;]+ (?P<rest>.+))"
_GOES_ON = r"(?: (?=(?:i|i'?m|i'?ve|i'?d|we|from|about|who)\b)(?P<rest>.+))"
"""What follows a name without a sign between them, as thumbs write: “its jaden i did the trial lesson”."""
_GIVEN = lazy(rf"{_LEAD}(?:{_HER}[,.!?]* )?(?P<called>{_CALLED} ){_NAME}{_HERE}", flags=re.I)
_GIVEN_RUNNING = lazy(rf"{_LEAD}(?:{_HER}[,.!?]* )?(?P<called>{_CALLED} ){_NAME}(?P<here>){_GOES_ON}", flags=re.I)
_KNOWN_FROM = lazy(
    r"(?:from|about|i|i'?m|i'?ve|we|the|your) (?:[\w'-]+ ){0,6}(?:interview\w*|appl(?:y|ied|ication)|trial|candidate|job|role|post|position|vacancy|met|spoke|talked)\b[^?]*",
    flags=re.I,
)
"""What is said after a name by somebody who says where one knows her from: “Mercy. From the ward interview.”"""
_CLAUSE = lazy(r"[.!?;,]+ |[.!?;,]+$| (?=it'?s |this is |my name)", flags=re.I)
_GIVEN_FIRST = lazy(rf"{_LEAD}(?P<called>){_NAME}{_HERE}", flags=re.I)
_GIVEN_BARE = lazy(rf"{_LEAD}(?:(?P<to>{_HER})(?: please)?[,.!?]+ )?{_LEAD}(?P<called>){_NAME}{_HERE}", flags=re.I)


@dataclass(frozen=True, slots=True)
class Given:
    """A name that was given: whether it is plainly one (“it's Will”, “Tom Baker, …”), and what was said after it; `met`: it is one word that hearing was taught, so that what it makes of it counts: “I'm Gutted”;
    `alone`: nothing was said before it or after it, so that nobody was greeted."""

    plainly: bool
    rest: str
    met: bool = False
    alone: bool = False


def given_name(text: str, line: str, common: Common = unmet) -> Given | None:
    """The caller's name at the beginning of these words, after a greeting at most: “its will, analyst”, “ok Dave Green, welder”, “Grace”. None when
    there is none, or when it stands in the manager's own last `line`."""
    said = _worded(text[: 4 * _LONGEST])
    for pattern in (_GIVEN, _GIVEN_BARE, _GIVEN_FIRST, _GIVEN_RUNNING):
        found = pattern.fullmatch(said)
        called = found is not None and bool(found["called"] or found["here"])
        if found is not None and _is_theirs(
            found["name"],
            line,
            common,
            called,
            found["rest"] or "",
            bool(found.groupdict().get("to")),
            said.isupper(),
        ):
            large = all(part[0].isupper() for part in found["name"].split())
            hers = not called and bool(found.groupdict().get("to"))  # “Imogen please. Ron Fitch.”
            if hers and not large:
                continue
            plainly = called or hers or bool(found["rest"]) or found["name"].lower() in _ALSO_WORDS
            one = found["name"].lower().strip(".'")
            met = one not in _ALSO_WORDS and common(one) > 0.0
            return Given(plainly, found["rest"] or "", met, alone=found["name"].strip(".") == said.strip("."))
    clauses = [c.strip() for c in _CLAUSE.split(said) if c.strip()]
    for clause in clauses if len(clauses) > 1 else ():  # “sorry to bother you, it's Sam”
        named = _GIVEN.fullmatch(clause) or _GIVEN_BARE.fullmatch(clause)
        if (
            named
            and not named["rest"]
            and (named["called"] or named["here"])
            and _is_theirs(named["name"], line, common, True, "")
        ):
            return Given(True, said)
        if (
            named
            and not named["rest"]
            and _written_large(named["name"], common)
            and _is_theirs(named["name"], line, common, True, "")
        ):
            return Given(True, said)
    return None


def _written_large(name: str, common: Common) -> bool:
    """Whether these are two words or more, each with a capital, none of them everyday talk and one never met: “Is this Verity? Dan Cole.”"""
    parts = name.split()
    known = [common(part.strip(".'").lower()) for part in parts]
    return (
        len(parts) > 1 and all(part[0].isupper() for part in parts) and min(known) == 0.0 and max(known) < COMMON_ALONE
    )


def _is_theirs(
    name: str, line: str, common: Common, called: bool, rest: str, hers_first: bool = False, shouted: bool = False
) -> bool:
    """Whether this is a name, and the caller's. A single word could be a mood, unless it is written large or known as a name or to nobody; and
    without “it's” it must stand alone, or be two, or the `rest` tells where its bearer is known from. Where all is `shouted`, large letters say
    nothing, and a name that hearing has met is as good as one it has not."""
    parts = [part.strip(".'").lower() for part in name.split()]
    hers = (re.search(rf"(?<!\w){re.escape(part)}(?!\w)", line, re.I) for part in parts if part not in _ALSO_WORDS)
    if not _TITLES.isdisjoint(parts) or any(hers) or not is_name(name, common):
        return False
    if len(parts) > 1:
        return called or not rest or all(part[0].isupper() for part in name.split())
    if not called:
        as_one = common(parts[0]) == 0.0 and name[0].isupper() and not _LIKE_A_MOOD.search(parts[0])
        known_from = (as_one or parts[0] in _ALSO_WORDS) and _KNOWN_FROM.fullmatch(rest) is not None
        return not rest or known_from or (hers_first and name[0].isupper() and common(parts[0]) == 0.0)
    if parts[0] in _ALSO_WORDS or (name[0].isupper() and not shouted):
        return True
    return (shouted or common(parts[0]) == 0.0) and not _LIKE_A_MOOD.search(parts[0])


_ME = r"(?:it'?s|it is|this is) (?:just |only )?me\b"
_ME_BY_NAME = lazy(rf"(?:{_GREETING}[,.!]* )?{_ME}[,.!]* (?P<name>[^,!?]{{2,40}}?)[.!]*", flags=re.I)
_ONLY_ME = lazy(rf"(?:{_GREETING}[,.!]* )?{_ME}(?P<rest>.*)", flags=re.I)
_CRIED = lazy(r"(?:it'?s|it is|this is|that'?s|i'?m|i am) (?:so |just |really |all )?(?P<what>[a-z]{2,20})[.!]*")
_KNOWN_BY = lazy(
    r"\b(?:name\w*|interview\w*|appl(?:y|ied|ication)|trial|candidate|from|who|we (?:met|spoke|talked))\b", flags=re.I
)


def _worded(text: str) -> str:
    """The words without pictures, which stand for a pause."""
    heard = "".join(
        ", " if category(c) == "So" else "" if category(c) in ("Mn", "Cf", "Sk") else c for c in text.replace("’", "'")
    )
    return (
        re.sub(r" ?,(?: ?,)* ?(?=[,.!?]|$)|(?<=[,.!?])(?: ?,)+", "", " ".join(heard.split()))
        .replace(" ,", ",")
        .strip(" ,")
    )


def presents_oneself(text: str, line: str, common: Common = unmet) -> bool:
    """Whether these words are a greeting, at most, and the caller's name: “Sam here”, “Good morning, Priya Shah.” A name that stands in the
    manager's own last `line` is hers."""
    said = _worded(text)
    if len(said) > 2 * _LONGEST:
        return False
    found = _PRESENTED.fullmatch(said) or _AFTER_GREETING.fullmatch(said) or _ME_BY_NAME.fullmatch(said)
    if found is None or not is_name(found["name"], common):
        return False
    return re.search(rf"(?<!\w){re.escape(found['name'])}(?!\w)", line, re.I) is None


def names_nobody(plain_text: str) -> bool:
    """Whether the caller is presented as “me” and no more, by no name and by nothing she could be known by: “it's me again about the job”; or
    what is presented is a cry: “this is madness”."""
    cried = _CRIED.fullmatch(plain_text)
    if cried is not None and cried["what"] in _OUTCRY:
        return True
    found = _ONLY_ME.fullmatch(plain_text)
    if found is None or _KNOWN_BY.search(found["rest"]):
        return False
    named = re.search(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", found["rest"])
    return named is None or not is_name(named[0])
