"""What a question is about: the areas a reason for a rejection can lie in.

An area is a topic, found by the words that name it, in the clauses that ask; whether naming it is a question, a guess or a rebuttal is
for hearing to say. A word stands for itself and its plural, a word with a star for every word that begins so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from dialogs.hearing.text import clauses, plain, words
from dialogs.patterns import lazy

_EX_BOSSES = tuple(
    f"{was} {who}"
    for was in ("old", "last", "former", "previous", "ex")
    for who in ("boss", "manager", "employer", "chef", "supervisor")
)

AREAS: dict[str, tuple[str, ...]] = {
    "certificate": (
        "certif*", "licen*", "accredit*", "diploma", "qualification", "credential", "ticket", "charter*", "degree", "pmp", "cpa",
        "acca", "registration", "registered", "permit", "badge", "cert", "nvq", "cscs", "hgv", "phd", "masters", "bachelor*", "gcse",
    ),
    "years": (
        "year", "yr", "senior", "junior", "seniority", "experience", "experienced", "inexperience*", "long enough", "track record",
        "green", "new to this", "too new", "background",
    ),
    "skills": (
        "skill*", "technical*", "software", "coding", "python", "excel", "spreadsheet", "sql", "language", "tool", "training",
        "knowledge", "know how", "portfolio", "test", "assignment", "exercise", "case study", "presentation task", "typing", "typed",
        "homework task", "programming", "whiteboard*", "system", "spanish", "french", "german", "english",
    ),
    "numbers": (
        "number", "figure", "quantif*", "measur*", "metric", "concrete", "my example", "examples i", "no example", "vague", "evidence", "achievement",
        "outcome", "detail~", "results~",
    ),
    "exit_story": (
        "leaving", "why i left", "departure", "gap", "last job", "previous job", "previous role",
        "old job", "previous place", "last place", "my boss", "boss thing", "manager thing", *_EX_BOSSES, "quit", "fired", "laid off", "redundan*",
        "resign*", "sabbatical", "job hop*", "hopping", "time off", "time out", "career break", "left~",
    ),
    "answers": (
        "answer", "something i said", "what i said", "thing i said", "i said", "nerv*", "rambl*", "star method", "prepar*", "unprepared",
        "homework", "research*", "panel", "waffl*", "froze", "went blank", "blanked", "stumbl*", "talked too much", "too quiet", "stutter*",
        "came across", "interview~", "interviewed~", "question~",
    ),
    "interest": (
        "enthusias*", "motivat*", "interested enough", "keen enough", "passion*", "uninterested", "energy", "bored", "seem keen",
        "keen~", "excited enough", "want it enough", "didn't ask", "didnt ask", "never asked", "asked nothing", "asked no", "no questions",
    ),
    "presentation": (
        "dress*", "cloth*", "outfit", "suit", "tie", "shoe", "sandal", "trainers", "jeans", "appearance", "how i looked", "hair",
        "tattoo*", "piercing", "late", "lateness", "punctual*", "on time", "minutes late", "background noise", "camera", "webcam",
        "makeup", "beard", "wore", "wearing", "shirt",
    ),
    "manners": (
        "manner", "rude", "lunch", "dinner", "teeth", "spinach", "gum", "phone", "joke", "joked", "handshake", "polite", "table", "tone",
        "etiquette", "slip", "faux pas", "embarrass*", "awkward*", "smell*", "interrupt*", "swear*", "swore", "receptionist", "laughed",
    ),
    "fit": (
        "fit", "personality", "culture", "cultural*", "chemistry", "team", "got on", "get along", "like me", "attitude", "style",
        "vibe", "gel", "click with",
    ),
    "references": ("referenc*", "referee", "background check", "recommendation", "dbs", "said about me", "something about me", "vouch*", "used to work for", "used to work with", "i worked for", "rang them", "you rang", "you called~"),
    "pay": ("salary", "pay", "paid", "terms", "top of the band", "money", "expensive", "rate", "compensation", "too high", "asking price", "wage", "my number", "asked for too much", "lower figure", "figure i named", "my figure", "asked for less", "taken less", "less money"),
    "overqualified": ("overqualified", "over qualified", "too qualified", "too senior", "too experienced", "overkill"),
    "internal": ("internal*", "inside", "in house", "already had someone", "already had somebody", "somebody in mind", "own people", "promot*", "someone in mind", "lined up", "your side~", "your end~", "from within"),
    "budget": ("budget*", "money", "freeze", "frozen", "headcount", "funding", "cuts", "cancelled", "canceled", "on hold", "restructur*", "your side~", "your end~", "changed~", "nobody got", "no one got", "nobody was", "scrapped", "withdrawn"),
    "location": (
        "location", "commut*", "relocat*", "remote", "distance", "travel*", "office days", "shift", "hours", "nights", "weekend", "availab*",
        "how far", "visa", "part time", "childcare",
    ),
    "application": ("cv", "resume", "résumé", "cover letter", "application form", "paperwork", "my application", "covering letter", "my letter",
        "the letter then", "a letter", "typo", "spell*", "misspel*", "grammar", "wrong name", "wrong practice", "letter~", "paper~", "written~"),
}  # fmt: skip
"""Area → how people name it. The names are used in scenarios (`area:`) and in the log. A word with ~ counts only when nothing else is named."""

NEAR = frozenset(
    frozenset(pair.split())
    for pair in (
        "pay numbers", "pay budget", "pay overqualified", "budget internal", "years overqualified", "years skills", "years certificate", "certificate skills",
        "skills numbers", "years numbers", "presentation manners", "presentation application", "manners answers", "manners fit",
        "manners interest", "interest fit", "interest answers", "answers numbers", "answers exit_story", "answers presentation",
        "answers skills", "answers fit", "exit_story references", "exit_story years", "fit internal", "location years", "numbers application",
        "application certificate", "application years", "application exit_story", "application skills",
    )
)  # fmt: skip
"""Areas so near one another that a no to the one could be taken for a no to the other."""


def near(area: str, named: Iterable[str]) -> bool:
    """Whether one of these areas borders on this one: a guess that is neither right nor wrong."""
    return any(frozenset((area, other)) in NEAR for other in named)


_ASKS = lazy(
    r"\?|\b(?:was|is|were|did|do|does|could|would|can|had|has) (?:it|that|there|this|my|the|i|you|they|me)\b|\b(?:why|what|how|which|whether|wonder\w*"
    r"|because|due to|guess\w*|down to|tell me|know if|feedback (?:on|about)|about (?:my|the|how)|something to do with|bet|maybe|suppose)\b"
)


_IDIOM = lazy(
    r"\bchang\w+ (?:your|their|his|her) minds?\b|\b(?:in|walk in|fill) (?:my|your|her|his|their) shoes\b|\bon (?:the|my) phone\b|\bmy phone (?:died|broke|cut out|dropped|rang off)\b"
)
"""What names a thing and does not mean it."""

Named = tuple[str, bool]  # an area, and whether it is surely the one


@dataclass(frozen=True, slots=True)
class _Names:
    """All names of all areas, to be found by the words of a text rather than sought in it one by one."""

    whole: dict[str, tuple[Named, ...]]  # one word → what it names
    begin: dict[str, tuple[tuple[str, Named], ...]]  # by the first two letters: words that begin so
    several: dict[str, tuple[tuple[str, Named], ...]]  # by their first word: names of several words


@cache
def _names() -> _Names:
    whole: dict[str, list[Named]] = {}
    begin: dict[str, list[tuple[str, Named]]] = {}
    several: dict[str, list[tuple[str, Named]]] = {}
    for area, names in AREAS.items():
        for name in names:
            bare = name.rstrip("*~")
            means = area, not name.endswith("~")
            if " " in bare:
                endings = ("",) if name.endswith("*") else (" ", "s ")
                several.setdefault(bare.split()[0], []).extend((f" {bare}{end}", means) for end in endings)
            elif name.endswith("*"):
                begin.setdefault(bare[:2], []).append((bare, means))
            else:
                for form in (bare, f"{bare}s"):
                    whole.setdefault(form, []).append(means)
    return _Names(*({k: tuple(v) for k, v in held.items()} for held in (whole, begin, several)))  # type: ignore[arg-type]


def _areas(low: str, *, surely: bool = False) -> tuple[str, ...]:
    """The areas a plain text names; `surely`: by words that count even beside others."""
    names = _names()
    said = words(low.replace("résumé", "resume"))
    spaced = f" {' '.join(said)} "
    found: set[Named] = set()
    for word in set(said):
        found.update(names.whole.get(word, ()))
        found.update(means for start, means in names.begin.get(word[:2], ()) if word.startswith(start))
        found.update(means for name, means in names.several.get(word, ()) if name in spaced)
    best = {area for area, sure in found if sure} or ({area for area, _ in found} if not surely else set())
    return tuple([area for area in AREAS if area in best]) if best else ()


def areas_in(text: str) -> tuple[str, ...]:
    """The areas these words name, in the order of AREAS; at most the first 4,096 characters are read."""
    return _areas(_IDIOM.sub("", plain(text)))


def names_surely(text: str) -> bool:
    """Whether these words name an area by a word that means nothing else: “interview” is in everything that is said."""
    return bool(_areas(_IDIOM.sub("", plain(text)), surely=True))


def areas_asked(text: str) -> tuple[str, ...]:
    """The areas named in the clauses that ask or guess; of the whole, when no clause plainly does."""
    low = _IDIOM.sub("", plain(text))
    asking = [c for c in clauses(low) if _ASKS.search(c)]
    return _areas(" . ".join(asking)) or _areas(low)
