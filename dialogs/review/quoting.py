"""Which of somebody's own sentences made a move, exactly as it stands: for quoting it, and for keeping it in a better line.

Whether the move was made at all is for hearing to say; here it is only found again in the words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs.hearing.asked import guesses
from dialogs.hearing.text import plain
from dialogs.moves import Move
from dialogs.patterns import lazy
from dialogs.review.cues import CUES

SENTENCE = lazy(r"[^.!?…\n]+(?:[.!?…]+[\"'”’)]*)?(?:\s*(?:[:;]-?[)(]|[\U0001f300-\U0001faff☺🙂]+))?")
_SOMETHING = lazy(r"[^\W_]")
_ABBREVIATION = lazy(r"\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|St|Sr|Jr|No|e\.g|i\.e|approx|[A-Z])\.$")


def sentences(said: str) -> list[str]:
    """The sentences of what was said, each exactly as it stands in it."""
    found: list[tuple[int, int]] = []
    for m in SENTENCE.finditer(said):
        start, end = m.span()
        if found and _ABBREVIATION.search(said[found[-1][0] : found[-1][1]]):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return [piece for start, end in found if _SOMETHING.search(piece := said[start:end].strip())]


_SAYS_WHO = lazy(
    r"\b(?:this is|my name|name['’]?s|(?:it['’]s|i['’]m|its|im) (?-i:[A-Z])|\w+ (?:here|speaking"
    r"|calling)\b|interviewed)",
    flags=re.I,
)
_QUESTION = lazy(
    r"\?",
    r"\b(?:tell me|let me know|like to know|wonder(?:ing)?|share|explain|advice|feedback|why|what|which"
    r"|was it|reason|one thing|point me|how come)\b",
    flags=re.I,
)
ASKING = (Move.ASK_OPEN, Move.ASK_SPECIFIC, Move.PROBE)
PUSHES = (Move.THREATEN, Move.ACCUSE, Move.ARGUE, Move.PLEAD, Move.PRY)

_GRUDGING = lazy(
    r"\bi (?:guess|suppose)\b",
    r"\bwhatever\b(?=\s*(?:[.!?,]|$))",
    r"\bfor nothing\b",
    r"\bif you say so\b",
    r"\byeah,? (?:right|sure)\b",
    r"\bas if\b",
    r"\bthanks? (?:you )?(?:so much |a (?:lot|bunch|million) )?for (?:not (?:even |ever |once )?(?:hiring|"
    "choosing|picking|taking|selecting|wanting|calling|ringing|telling|giving|getting|bothering|answering|replying|letting me know|seeing|asking|reading|"
    "helping|listening)|wasting|the (?:waste|runaround)|nothing)",
    r"\b(?:oh,? )?(?:wow|great|wonderful|brilliant|lovely|fantastic),? thank",
    r"\bno thanks to\b",
    r"\bgee,? thanks",
    r"\bthanks a bunch[.!]*$",
    r"\bmade my (?:day|week)\b",
    "🙄",
    "👏",
    "🙃",
    "😒",
    r"\bbig of you\b",
    flags=re.IGNORECASE,
)


_HOSTILE = lazy(
    r"\b(?:liars?|lying|a joke|hypocrit\w*|unfair|sham|rubbish|nonsense|bullshit|dishonest|ridiculous"
    r"|pathetic|disgust\w*|lawyer|solicitor|(?:not|isn['’]?t|can['’]?t be) (?:true|right|it)|makes no "
    "sense|doesn['’]?t make sense|disagree|idiots?|wast(?:ed|ing) (?:my|three)|never (?:even )?gave me"
    "|better than (?:any|what|who|the)|more than qualified|strongest person|how can you|how dare|(?:do "
    r"not|don['’]?t|can(?:no|['’]?)t) agree)\b",
    flags=re.IGNORECASE,
)
_NOT_HOSTILE = lazy(
    r"\b(?:i am|i['’]?m) an? (?:lawyer|solicitor)\b",
    r"(?:\bnot|n['’]t|\bnever|\bno) (?:\w+ ){0,4}(?:unfair|disagree|lawyer|solicitor)\b",
    flags=re.IGNORECASE,
)


PLAINLY_SETTLED = lazy(
    r"\bi (?:fully |do |can |completely )?(?:accept|respect) (?:the|your|that|it)\b",
    r"\bn(?:o|ae) hard feelin\w*",
    r"\b(?:made|at) (?:my )?peace with\b",
    r"\bnot (?:\w+ ){0,3}(?:contest|disput|argu|challeng)\w*",
    r"\b(?:fine|okay|ok|at peace) with (?:the|your) \w+",
    r"\b(?:fine|okay|ok) (?:for|by) me\b",
    flags=re.IGNORECASE,
)
"""Words that take the decision as settled for any reader, whatever was heard."""

_SHAPED = lazy(
    "^(?:(?:so|but|and|oh|ok|okay|well|um|erm|then|sorry|yeah|right|thanks|god|gosh|no|wow|dear)[,. ]+)*(?:why|what|which|who"
    "|how|where|is there|was (?:it|there|i)|were there|did (?:i|you|u)|(?:could|can|would|may|might"
    r"|will) (?:you|u|i)|do (?:you|u)|any (?:feedback|advice|chance|tips?))\b",
    flags=re.IGNORECASE,
)
_WISHES = lazy(
    r"\b(?:tell me|let me know|like to (?:know|hear)|wonder(?:ing)?|advice|feedback|why|reason)\b", flags=re.IGNORECASE
)


_A_MOMENT = lazy(
    r"\b(?:good|bad|convenient|right|all right|alright|okay|ok) (?:time|moment)\b",
    r"\bis (?:now|this) (?:ok|okay|good|convenient|a (?:good|bad))",
    r"\b(?:a|one|two|three|five|a couple of|a few|got|have) (?:quick |short |spare )?(?:min|mins|minutes?"
    r"|moment|seconds?|sec)\b",
    r"\b(?:have|got|spare) (?:you )?(?:got )?(?:the )?time\b",
    r"\b(?:can|could) (?:you|u|we) (?:talk|speak)(?: (?:now|for a \w+))?\W*$|\b(?:free|ok|okay|able) to (?:talk|speak)(?: now)?\W*$",
    flags=re.IGNORECASE,
)
_TAKES_A_MOMENT = lazy(
    r"\b(?:give me|hang on|hold on|wait|bear with me|just|took|takes?|for) (?:(?:a|one|two|just a) )?(?:\w+ )?(?:min|mins|minutes?|moment|seconds?|sec)\b(?!\?)",
    flags=re.IGNORECASE,
)
"""“Give me a second” takes a moment, and asks for none."""
_ANOTHER_TIME = lazy(r"\bwhen(?:['’]s| is| would| will| might| could)\b", flags=re.IGNORECASE)
_WANTS_TO_KNOW = lazy(
    r"\b(?:one|any|some|a single) (?:thing|area|point|tip|piece of advice|advice|feedback)\b",
    r"\bpoint me\b",
    r"\bask (?:you )?(?:what|why|whether|if|how)\b",
    r"\btell me (?:why|what|which|how|where|my (?:\w+ )?(?:mistakes?|weak\w*|faults?))\b",
    r"\b(?:one|single|main|biggest|real) (?:mistake|weakness|shortcoming|flaw|gap|reason|fault)\b",
    r"\b(?:please|kindly|could you) elaborate\b",
    r"\bi(?:['’]?d| would)?(?: \w+){0,2} (?:like|love|want|wanted)(?: \w+)? (?:to )?(?:know|hear|learn"
    r"|ask|understand)\b",
    r"\bwonder(?:ed|ing)? (?:if|what|why|whether|how)\b",
    flags=re.IGNORECASE,
)
_SMALL_TALK = lazy(
    r"\bhow (?:are|r) (?:you|u)\b",
    r"\bhow(?:'s| is) it going\b",
    r"\bis (?:this|that) \w+(?: \w+)?\?",
    r"\b(?:speak|talk|speaking) (?:to|with)\b",
    r"\bremember me\b",
    r"\bare you (?:there|serious|kidding|joking)\b",
    r"\b(?:hear (?:me|that)|say that)\b",
    r"\bisn['’]?t it\b",
    flags=re.IGNORECASE,
)


def asks_for_a_moment(sentence: str) -> bool:
    """Whether a sentence asks for time, or whether the moment is good: it asks nothing about the reason, whatever was heard."""
    asked = _A_MOMENT.search(sentence) is not None and _TAKES_A_MOMENT.search(sentence) is None
    asked = asked and not asks_for_another_time(sentence)
    return asked and _WANTS_TO_KNOW.search(sentence) is None


def asks_for_another_time(sentence: str) -> bool:
    """Whether a sentence asks when to come back: “When would be a good time to ring again?” is about another moment than this one."""
    return _ANOTHER_TIME.search(sentence) is not None


def asks_nothing_yet(sentence: str) -> bool:
    """Whether a sentence asks for the moment or for who is there: it asks nothing about the reason, whatever was heard."""
    return asks_for_a_moment(sentence) or (
        _SMALL_TALK.search(sentence) is not None and not _WANTS_TO_KNOW.search(sentence)
    )


def wants_to_know(sentence: str) -> bool:
    """Whether any reader would take a sentence for a question about what decided it, or for advice."""
    if len(sentence.split()) < 3 or asks_for_a_moment(sentence) or _SMALL_TALK.search(sentence):
        return False
    return shaped_as_question(sentence) or _WANTS_TO_KNOW.search(sentence) is not None


def only_marked(sentence: str) -> bool:
    """Whether nothing but its mark makes a question of a sentence: “Are you having a laugh?”"""
    return not (_SHAPED.search(sentence.strip()) or _OR_WHAT.search(sentence) or _WANTS_TO_KNOW.search(sentence))


def wants_one_thing(sentence: str) -> bool:
    """Whether any reader would take a sentence for a small question: one thing, one area, an example, a guess at the reason."""
    return wants_to_know(sentence) and _SMALL.search(sentence) is not None


_SMALL = lazy(
    r"\b(?:one|a single|two) (?:thing|area|point|tip|piece)s?\b",
    r"\b(?:an|one) example\b",
    r"\bwhich (?:part|of|one|\w+)\b",
    r"(?<!why )(?<!what )(?<!how )\bwas it\b(?! (?:not )?(?:me|that)\b)",
    r"\bmore (?:about|on|the)\b",
    r"\bin my (?:place|shoes|position)\b",
    r"\b(?:work on|start with|begin with|look at|practi[sc]e|improve|change|do|learn) first\b",
    flags=re.IGNORECASE,
)


def asks(sentence: str) -> bool:
    """Whether a sentence asks something: by its mark, by its shape (“so why didnt u pick me”), or by what it wishes for."""
    return "?" in sentence or shaped_as_question(sentence) or _WISHES.search(sentence) is not None


_OR_WHAT = lazy(r"\bor (?:what|wot|not|something)\W*$", flags=re.IGNORECASE)


def shaped_as_question(sentence: str) -> bool:
    """Whether a sentence is a question, whatever was heard in it."""
    return (
        sentence.rstrip(" )").endswith("?")
        or _OR_WHAT.search(sentence) is not None
        or _SHAPED.search(sentence.strip()) is not None
    )


def grudging(words: str) -> bool:
    """Whether a sentence takes its own thanks or consent back: “thanks, I guess”; or is no kind word at all, whatever was heard."""
    return _GRUDGING.search(words) is not None or hostile(words)


def drops_it(sentence: str) -> bool:
    """Whether somebody no longer wants to hear what was asked: beside a question that asks on it would contradict it."""
    return _DROPS.search(sentence) is not None and not asks(sentence)


_DROPS = lazy(
    r"\bi (?:do not|don['’]?t|really don['’]?t|no longer) (?:even |really )?(?:want|wanna|need|care) (?:to )?(?:know|hear)\b",
    r"\bi(?:['’]d| would) rather not (?:know|hear|ask)\b",
    r"^\W*(?:\w+,? ){0,2}(?:forget (?:it|about it|i asked)|never ?mind|let['’]?s leave it|it does ?n['’]?t matter)\W*$",
    flags=re.IGNORECASE,
)


def hostile(words: str) -> bool:
    """Whether a sentence plainly pushes, so that no kind word can be made of it."""
    return _HOSTILE.search(words) is not None and _NOT_HOSTILE.search(words) is None


def farewell(sentence: str) -> bool:
    """Whether any reader takes a sentence for a goodbye."""
    return _FAREWELL.search(sentence) is not None


_FAREWELL = lazy(
    r"\b(?:(?:good)?b+y+e+|see y(?:ou|a)|be seeing you|cheerio|adieu|adios|ciao|farewell|(?:gotta|got to|must) go|take care|ta[ -]?ta|ta[ -]?ra|laters"
    r"|so long|auf wieder\w+|tsch[uü]ss|au revoir|have a (?:good|nice|great|lovely) (?:day|one|evening|weekend|afternoon))\b",
    flags=re.IGNORECASE,
)

LONG = 160  # characters from which a sentence is looked at clause by clause
_CLAUSES = lazy(r",\s+|\s+(?=(?:and|but|because|so) (?:i|my|the|it|you|we)\b)", flags=re.IGNORECASE)


def sentence_of(move: Move, said: str, known: Sequence[str] | None = None) -> str:
    """The sentence of `said` that makes this move, exactly as it was said; all of it when that cannot be told.

    `known` are its sentences, where they are known. Of a very long sentence only the clause: quoting half a minute of speech shows
    nobody where the thanks were.
    """
    pieces = sentences(said) if known is None else list(known)
    if not pieces:
        return said.strip()
    telling = [p for p in pieces if carries(move, p)] if move in ASKING else []
    found = pieces[0] if len(pieces) == 1 else _fitting(move, telling) or _fitting(move, pieces) or said.strip()
    if len(found) > LONG:
        clauses = [c.strip() for c in _CLAUSES.split(found) if c.strip()]
        telling = [c for c in clauses if carries(move, c) and not (move in ASKING and about_later(c))]
        return _fitting(move, telling) or found
    return found


def about_later(words: str) -> bool:
    """Whether what is asked in these words is about later on: no question about the reason, whatever else was asked beside it."""
    return CUES[Move.DOOR].search(words) is not None and _WANTS_TO_KNOW.search(words) is None


def carries(move: Move, words: str) -> bool:
    """Whether a clause shows the move by itself: “this is” names nobody, and “what I wanted to ask” asks nothing."""
    if len(words.split()) < 3 and move is not Move.CLOSE and move is not Move.THANK:
        return False
    if move in ASKING:
        asked = "?" in words or _WANTS_TO_KNOW.search(words) is not None or guesses(plain(words))
        return asked and _LEADS_IN.fullmatch(words) is None
    return move is not Move.INTRODUCE or _SAYS_WHO_FULLY.search(words) is not None


_LEADS_IN = lazy(
    r"(?:and |so |but |well )?(?:what|all|the thing) (?:\w+ ){0,3}(?:want\w*|like|wish\w*) to (?:know|ask|hear)(?: you)?(?: is| was)?[,:]?",
    flags=re.IGNORECASE,
)
"""“What I wanted to know is” says that a question comes, and is none."""

_SAYS_WHO_FULLY = lazy(
    r"\b(?:this is|my name is|my name['’]?s|name['’]?s|it['’]s|i['’]m|its|im)\W+(?-i:[A-Z])\w",
    r"\w+ (?:here|speaking|calling)\b",
    r"\binterviewed\b",
    r"\bapplied\b",
    flags=re.IGNORECASE,
)


_OK_FIRST = lazy(r"^\W*(?:(?:oh|ah|ok|okay|right|all right|alright|yes|yeah|so|well)\b\W*)+", flags=re.IGNORECASE)


def _fitting(move: Move, pieces: list[str]) -> str:
    if move in ASKING:
        asking = [p for p in pieces if "?" in p] or [p for p in pieces if _QUESTION.search(p)]
        asking = [p for p in asking if not asks_for_a_moment(p)] or asking
        asking = [p for p in asking if not about_later(p)] or asking
        if move is Move.ASK_SPECIFIC:
            asking = [p for p in asking if guesses(plain(p))] or asking
        return asking[-1] if asking else ""
    if move is Move.PERMISSION and not any(CUES[move].search(p) for p in pieces):
        return next((p for p in pieces if p.endswith("?")), "")
    if move is Move.INTRODUCE and (named := [p for p in pieces if _SAYS_WHO.search(p)]):
        return named[0]
    if move is Move.PRY and not any(CUES[move].search(p) for p in pieces):
        return next((p for p in reversed(pieces) if "?" in p), "")
    if move is Move.DOOR and (asking := [p for p in pieces if about_later(p) and shaped_as_question(p)]):
        return asking[0]  # “I shall ask in future. May I stay in contact?” asks in its second half
    cue = CUES.get(move)
    fitting = [p for p in pieces if cue is not None and cue.search(p)]
    if not fitting:
        return ""
    if move in (Move.ACCEPT, Move.REASSURE) and (plainly := [p for p in fitting if PLAINLY_SETTLED.search(p)]):
        fitting = plainly  # “Fine. I accept the decision.” accepts in its second half
    if move is Move.ACCEPT:  # “ok” opens any sentence; where another takes something in so many words, that is the one
        fitting = [p for p in fitting if cue is not None and cue.search(_OK_FIRST.sub("", p))] or fitting
    return fitting[-1] if move is Move.CLOSE else fitting[0]
