"""Whether the words of a turn bear what was heard in them: “ok” accepts no decision for any reader, and “hi” gives no name.

Hearing decides how the call goes, and may take much from little. What the debrief says of a turn afterwards must stand on the words too.
"""

from __future__ import annotations

import re
from enum import StrEnum

from dialogs.hearing.names import is_name, presents_oneself
from dialogs.moves import Move
from dialogs.patterns import lazy
from dialogs.review.quoting import hostile, shaped_as_question, wants_one_thing
from dialogs.review.voice import NO_NAMES as _NO_NAMES
from dialogs.review.voice import stands_in


class Who(StrEnum):
    """What words that introduce say of the caller."""

    NAME = "name"
    MATTER = "matter"  # which interview or job it is about, and no name
    NOTHING = ""


_SAYS_YES = r"(?:o+k+(?:ay)?|k+|right|al(?:l )?right|y(?:es|eah|ep|up|a)|sure|fine|good|cool|great|h+m+|m+h*m*|u+m*h*|er+m*|o+h+|a+h+|well|so|and|but|then|no|hi|hello|hey|bye|goodbye)"
_ONLY_YES = lazy(rf"(?:\W|\bit['’]?s (?=o+k|fine|al+ ?right|good)|\b{_SAYS_YES}\b)*", flags=re.IGNORECASE)
_YES_FIRST = lazy(rf"^(?:\W|\b{_SAYS_YES}\b)+", flags=re.IGNORECASE)
_MATTER = lazy(
    r"\binterview\w*",
    r"\bappl(?:y|ied|ication)\b",
    r"\bshortlist\w*",
    r"\bcandidate\b",
    r"\btrial\b",
    r"\bcame in\b",
    r"\bmet (?:you|with)\b",
    r"\b(?!the |a |that |this |my |your |any )[a-z]{3,} (?:role|position|post|job|vacancy)\b",
    flags=re.IGNORECASE,
)
_FULL = lazy(r"[^\W\d_]{2,}(?:[ -][^\W\d_]{2,}){1,2}", flags=re.IGNORECASE)
_GOES_ON_AS_I = lazy(r"(?:and )?(?:i|i'm|i’m|im|i've|we|from|here|calling|about)\b", flags=re.IGNORECASE)
_GUESSES = lazy(
    r"\b(?:was|is|were)(?:n['’]?t)? it (?!that\b)\w",
    r"\bdid i (?!get\b|have\b)\w",
    r"\b(?:was|were|am) i (?!the one\b)\w",
    r"\bmy \w{3,}",
    r"\btoo \w+",
    r"\bbecause\b",
    r"\b(?:one|two|three|\d|single|specific|particular|concrete|certain|criteri\w+|example)\b",
    r"\bthan\b",
    r"\black(?:ed|ing)?\b",
    r"\bmiss(?:ed|ing)?\b",
    r"\bwhich\b",
    r"\bsomething (?:about|to do|in|with)\b",
    r"\bhow (?:did|was|were) (?:my|the|i)\b",
    r"\bdid (?:some|any)thing\b",
    r"\bhow would (?:that|it|this)\b",
    r"\bdo you think i\b",
    r"\bcloser\b",
    r"\bto do with\b",
    flags=re.IGNORECASE,
)
_PLEADS = lazy(
    r"\b(?:please,? )?i (?:really |desperately |badly )?need (?:this|the|that|a) (?:job|work|position"
    r"|role|money)\b",
    r"\banother chance\b",
    r"\bsecond chance\b",
    r"\breconsider\b",
    r"\bchange your mind\b",
    r"\bi(?:'|’)?m begging\b",
    r"\bi beg\b",
    r"\bgive me (?:a|one|another) (?:chance|shot|try)\b",
    r"\btake me\b(?! (?:as|for|a)\b)",
    r"\bmy (?:kids|children|rent|family|savings)\b",
    r"\bi(?:'|’)?(?:d| would| will|ll) (?:take|do) (?:anything|any job)\b",
    r"\blook (?:at it|at me|at my \w+) again\b",
    flags=re.IGNORECASE,
)


_OPENERS = frozenset(
    "absolutely accepted actually admittedly agreed alas amazing anyway apologies apology apparently appreciated awesome basically brilliant briefly certainly cheers "
    "clear clearly congratulations correct definitely disappointed disappointing enough exactly excellent excuse fabulous fair fantastic finally first firstly forgive "
    "frankly funny gladly glad gotcha greetings gutted heard honest honestly hopefully however impressive indeed interesting lastly lovely marvellous maybe naturally "
    "next noted obviously otherwise pardon perfect perhaps personally pity please pleased possibly precisely presumably probably question quickly received regards "
    "regrettably respectfully sadly secondly seriously shame simply sincerely so splendid still strange super superb surely surprised surprising terrific thankfully "
    "thanks together totally true truly truthfully understandable understandably understood unfortunately unlucky welcome wonderful wow yesterday today tonight tomorrow "
    "unbelievable ridiculous incredible outrageous disgusting pathetic typical rubbish nonsense whatever brutal harsh ouch nope unreal charming "
    "monday tuesday wednesday thursday friday saturday sunday january february march july september october november december".split()
)
"""Words that stand alone before a stop and are no names; how common they are tells nothing, for “wonderful” is rarer in a call than “Priya”."""


def says_who(said: str, name: str, *, others: str = "") -> Who:
    """What these words tell of the caller, whose name is `name` as far as it is known; `others` are names that are not theirs."""
    if says_only_yes(said):
        return Who.NOTHING
    if stands_in(name, said) or presents_oneself(said, others, _opens) or _names_somebody(said, others):
        return Who.NAME
    if any(_is_callers(m["name"], others) for m in _CALLED.finditer(said)):
        return Who.NAME
    return Who.MATTER if _MATTER.search(said) else Who.NOTHING


_CALLED = lazy(
    r"(?:^|[,.!?;] |\b(?:and|but|so|ok|okay|(?-i:[A-Z])\w+) )(?:it['’]?s|this is|my name is|my name['’]s) (?P<name>(?-i:[A-Z])[^\W\d_]+)(?=[,.!?;]|$)",
    flags=re.IGNORECASE,
)


def _is_callers(name: str, others: str) -> bool:
    """Whether this word, after “it's”, is a name, and none of these others'."""
    low = name.casefold()
    return low not in others.casefold().split() and low not in _OPENERS and is_name(name, _opens)


_CONTRACTED = lazy(r"['’](?:s|m|re|ve|ll|d|t)\b", flags=re.IGNORECASE)


def _names_somebody(said: str, others: str) -> bool:
    """Whether something between two stops is a name and nothing else."""
    taken = set(others.casefold().split())
    pieces = [p.strip() for p in re.split(r"[,.!?\n]+", said[:400]) if p.strip()]
    return any(
        is_name(p, _opens)
        and not (_CONTRACTED.search(p) or hostile(p))  # “that's nonsense” is two words, and nobody
        # Beside others “Fair enough” is none; “sam ortiz, i interviewed …” is one, as people type.
        and (
            len(pieces) == 1
            or all(word[0].isupper() for word in p.split())
            or (p is pieces[0] and _FULL.fullmatch(p) and _GOES_ON_AS_I.match(pieces[1]))
        )
        and not taken & set(p.casefold().split())
        and not _OPENERS & set(p.casefold().split())
        for p in pieces
    )


_LED_UP_TO = lazy(
    rf"^(?:\W|\b{_SAYS_YES}\b|\bgood (?:morning|afternoon|evening|day)\b|\bthere\b|\bsorry\b)*"
    r"(?P<called>(?:\bthis is|\bit['’]?s|\bi['’]?m|\bi am|\bmy name(?:['’]?s| is)|\bname['’]?s) (?:just )?)?",
    flags=re.IGNORECASE,
)
_LEADS_AWAY = lazy(
    r"\s+(?:about|from|for|here|calling|speaking|regarding|again|i|we|and|the|on|at|with|who)\b", flags=re.IGNORECASE
)


_POSTS = frozenset(
    "accountant admin analyst apprentice assistant barista buyer candidate caseworker cashier chef clerk consultant cook coordinator customer designer "
    "developer director driver electrician engineer executive fitter head intern junior keeper lead leader librarian manager marketing mechanic nurse "
    "office officer operator planner porter producer programmer recruiter registrar sales scientist senior service shift specialist staff supervisor "
    "support teacher team technician trainee waiter waitress warehouse welder worker writer".split()
)
"""Words of posts, which people put where a name could stand."""


def small_name(said: str, others: str) -> str:
    """The name in these words, which were taken for saying who is calling, as people type it: “um this is sam lee about the job”, “sam lee,
    support lead”. `others` are words that are no part of it: the manager's name, the firm, the job. Empty where there is none."""
    first = re.split(r"[,.!?;\n]\s*", said[:200].strip())
    taken = set(re.findall(r"[^\W_]+", others.casefold()))
    for piece in first[:3]:
        while (head := re.match(r"[^\W_]+ (?=\w)", piece)) and head[0].strip().casefold() in others.casefold().split():
            piece = piece[head.end() :]  # “Philippa hi its Brenda”: whom one speaks to comes first
        led = _LED_UP_TO.match(piece)
        rest = piece[led.end() :] if led else piece
        away = _LEADS_AWAY.search(rest)
        name = rest[: away.start()].strip() if away else rest.strip()
        words = name.casefold().split()
        if not words or (len(words) == 1 and not (led and led["called"])):
            continue
        known = taken | _OPENERS | _NO_NAMES | _POSTS
        if len(words) <= 3 and not known & set(words) and is_name(name, _opens) and not hostile(name):
            return name
    return ""


def _opens(word: str) -> float:
    """How common a word is at the head of what one says, where it has a capital and is nobody's name."""
    return 1.0 if word.casefold() in _OPENERS else 0.0


def says_only_yes(words: str) -> bool:
    """Whether nothing is said but “ok” or the like."""
    return _ONLY_YES.fullmatch(words) is not None


def takes_something(words: str) -> bool:
    """Whether a sentence takes an answer or a decision: “ok but why” only asks on."""
    rest = words[found.end() :] if (found := _YES_FIRST.search(words)) else words
    return bool(rest.strip()) and not (rest != words and shaped_as_question(rest))


def asks_one_thing(words: str) -> bool:
    """Whether a question names one thing, one area or a guess, for any reader."""
    return wants_one_thing(words) or _GUESSES.search(words) is not None


def pleads(words: str) -> bool:
    """Whether any reader takes a sentence for asking to be looked at again, or for need told to that end."""
    return _PLEADS.search(words) is not None


def bears(move: Move, words: str, *, areas: tuple[str, ...] = ()) -> bool:
    """Whether a sentence bears this move; moves that need no evidence beyond having been heard are borne by any words."""
    if move in (Move.ACCEPT, Move.REASSURE, Move.ACKNOWLEDGE):
        return takes_something(words)
    if move is Move.ASK_SPECIFIC:
        return bool(areas) or asks_one_thing(words)
    return True
