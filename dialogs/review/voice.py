"""How this candidate speaks, learned from what they said: so that a better line still sounds like them.

Facts (their name, when the interview was, the job as they call it) are only ever taken from their own words or from the scenario.
Habits are contractions, lower-case typing, how they say thanks and how they ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from dialogs.moves import Move
from dialogs.scenario import Scenario

_NAME = r"([A-Z][\w'’\-]+(?: (?:[A-Z]\.|[A-Z][\w'’\-]+)){0,2})"
_NAMED = (
    re.compile(rf"\b(?:[Tt]his is|[Mm]y name is|[Mm]y name's|[Mm]y name’s|[Nn]ame's)\s+{_NAME}"),
    re.compile(rf"\b{_NAME}\s+(?:here|speaking|calling|on the line)\b"),
    re.compile(
        rf"\b(?:I am|I'm|I’m|[Ii]t is|[Ii]t's|[Ii]t’s)\s+{_NAME}(?=[,.!]|\s+(?:from|here|calling|again|and)\b|$)"
    ),
)
_NAMED_SMALL = re.compile(
    r"\b(?:this is|my name is|my name's|its|it's|im|i'm)\s+([a-z]{2,20}(?: [a-z]{2,20})?)"
    r"(?=\s*[,.!?]|\s+(?:from|here|calling|again|i|and|the)\b|$)"
)
_NO_NAMES = frozenset(
    "i'm i’m im i've i’ve the a an about from calling not just so me here it in on at sorry fine okay ok good really very still glad happy "
    "afraid sure curious disappointed interested wondering hello hi i my that this to one your you maria".split()
)
_WHEN = re.compile(
    r"\b(?:last (?:week|month|(?:mon|tues|wednes|thurs|fri)day)|yesterday|this morning|the other (?:day|week)|"
    r"(?:two|three|four|a few|a couple of) (?:days|weeks) ago|on (?:mon|tues|wednes|thurs|fri)day|earlier this week)\b",
    re.IGNORECASE,
)
_JOB = re.compile(r"\b(the (?:[\w/&\-]+ ){1,4}(?:role|position|job|post|opening|vacancy))\b", re.IGNORECASE)
_SHORT = re.compile(r"\b(?:[Ii]'?m|[a-z]+n['’]t|[a-z]+['’](?:m|d|ve|re|ll)|it['’]s|that['’]s|dont|didnt|im|ive)\b")
_LONG = re.compile(
    r"\b(?:I am|I have|I would|I will|(?:do|did|does|was|is|could|would) not|cannot|it is|that is|you are)\b",
    re.IGNORECASE,
)
_ASKS_WITH = re.compile(r"\b(could|can|would|may|might)\s+(?:you|i)\b", re.IGNORECASE)

SENTENCE = re.compile(r"[^.!?…\n]+(?:[.!?…]+[\"'”’)]*)?(?:\s*(?:[:;]-?[)(]|[\U0001f300-\U0001faff☺🙂]+))?")
_SOMETHING = re.compile(r"[^\W_]")
_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|St|Sr|Jr|No|e\.g|i\.e|approx|[A-Z])\.$")


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


# What marks a sentence as doing a move. Only used to choose which of somebody's own sentences to quote or to keep;
# whether the move was made at all is for hearing to say.
_I_AM = r"(?:i am|i['’]?m|we are|we['’]re)"
CUES: dict[Move, re.Pattern[str]] = {
    Move.GREET: re.compile(
        r"^\s*(?:oh,? )?(?:hi|hey|hello|hiya|good (?:morning|afternoon|evening|day)|morning|yo)\b", re.I
    ),
    Move.INTRODUCE: re.compile(
        r"\b(?:this is|my name|name['’]?s|i (?:was )?interview|interviewed|i applied|we (?:met|spoke|talked)|"
        r"here about|calling about|(?:speaking|calling|here)[.,!]|came in for|from (?:the|last)|shortlisted|candidate)",
        re.I,
    ),
    Move.PERMISSION: re.compile(
        r"\b(?:good time|bad (?:time|moment)|(?:a|one|two|couple of|few|2) (?:quick )?(?:min|moment|second|sec)|"
        r"have (?:a|you got)|is (?:now|this) (?:ok|a good|convenient)|caught you|got (?:a|2|two)|spare|would you mind if|"
        r"may i ask you (?:a|something)|can i ask (?:you )?(?:a|one|something))",
        re.I,
    ),
    Move.THANK: re.compile(r"\b(?:thank|thanks|thx|ta|cheers|appreciate|grateful)", re.I),
    Move.INTEREST: re.compile(
        r"\b(?:interested|keen|still (?:like|love|want)|would(?: still)? love|loved|excited|enjoyed|strong fit|good fit)",
        re.I,
    ),
    Move.REASSURE: re.compile(
        r"not (?:\w+ ){0,3}(?:argue|contest|dispute|challenge|change your|complain|upset|reopen|question|trying|about)|"
        r"no (?:hard feelings|obligation|pressure)|not here to|(?:can|could) take|anything (?:helps|you)|honest|"
        r"feel free|even a (?:small|hint)|sorry|apolog|won['’]?t (?:argue|hold|take)|stands|purely|only want to learn|blunt",
        re.I,
    ),
    Move.ACKNOWLEDGE: re.compile(
        r"\bunderstand|appreciate (?:that|you)|(?:know|realise|realize|imagine|sure) (?:you|it|that|there)|must (?:have|be)|"
        r"\bbusy\b|\bpolicy\b|\bhard (?:choice|decision)|\btough\b|difficult",
        re.I,
    ),
    Move.ACCEPT: re.compile(
        r"\b(?:accept|fair|makes sense|understand|i see|got it|no problem|no worries|respect|decision|decided|okay with|fine with|okay|ok\b|"
        r"(?:the )?right (?:call|choice)|take (?:that|it|your)|good to know|helpful|useful|fine\b|that['’]?s (?:clear|honest))",
        re.I,
    ),
    Move.COMMIT: re.compile(
        r"\b(?:i['’]?ll|i will|going to|gonna|plan to|i['’]?m (?:booking|working|taking|signing)|from now on|next time i|"
        r"start(?:ing)? (?:on|with)|sign(?:ed|ing)? up)",
        re.I,
    ),
    Move.DOOR: re.compile(
        r"\b(?:future|again|stay in touch|keep in touch|in mind|comes? up|open(?:s|ing)? up|falls? through|other (?:role|position|"
        r"opening|job)|reserve|refer|drops? out|down the (?:road|line)|keep me|hear from you|later on|vacanc|next year)",
        re.I,
    ),
    Move.CLOSE: re.compile(
        r"\b(?:bye|goodbye|take care|good (?:day|night|luck)|have a (?:good|nice|great|lovely)|all the best|best of luck|"
        r"let you (?:go|get)|won['’]?t keep you|talk soon|enjoy|wish)",
        re.I,
    ),
    Move.ARGUE: re.compile(
        r"\b(?:but|wrong|disagree|doesn['’]?t make sense|not (?:true|correct|right)|i (?:had|have|am|was|meet|met) |better than|"
        r"best (?:qualified|candidate)|mistake|actually|years|overqualified|nonsense|ridiculous|deserve)",
        re.I,
    ),
    Move.ACCUSE: re.compile(
        r"\b(?:unfair|unprofessional|liar|lie|lying|biased?|discriminat|rude|joke|disgust|shame|ridiculous|dishonest|"
        r"wast(?:ed?|ing)|pathetic|insult|fake|already decided|rigged|idiot|stupid|how dare|why would you)",
        re.I,
    ),
    Move.THREATEN: re.compile(
        r"\b(?:lawyer|solicitor|attorney|sue|court|legal|review|glassdoor|boss|report|tribunal|eeoc|acas|hear from|regret|"
        r"social media|newspapers?|media|journalist|linkedin|boycott|complain|press\b|expose|post (?:this|about))",
        re.I,
    ),
    Move.PLEAD: re.compile(
        r"\b(?:please|beg|another chance|second chance|reconsider|give me|need this|rent|kids|children|family|desperate|"
        r"unemployed|bills|savings|chance)",
        re.I,
    ),
    Move.VENT: re.compile(
        r"\b(?:gutted|upset|frustrat|disappoint|hurts?|angry|crush|devastat|sad\b|tired|fed up|exhaust|hard to hear|sting|"
        r"feel|wow|really made)",
        re.I,
    ),
    Move.PRY: re.compile(
        r"\b(?:who (?:got|did|was|is)|name|salary|pay|paid|score|how many|other candidates?|referee|reference|earn|internal|"
        r"ranking|notes)",
        re.I,
    ),
    Move.ANSWER: re.compile(r"."),
}
_SAYS_WHO = re.compile(
    r"\b(?:this is|my name|name['’]?s|(?:it['’]s|i['’]m|its|im) [A-Z]|\w+ (?:here|speaking|calling)\b|interviewed)",
    re.I,
)
_QUESTION = re.compile(
    r"\?|\b(?:tell me|let me know|like to know|wonder(?:ing)?|share|explain|advice|feedback|why|what|which|was it|reason)\b",
    re.I,
)
ASKING = (Move.ASK_OPEN, Move.ASK_SPECIFIC, Move.PROBE)
PUSHES = (Move.THREATEN, Move.ACCUSE, Move.ARGUE, Move.PLEAD, Move.PRY)

_GRUDGING = re.compile(
    r"\bi (?:guess|suppose)\b|\bwhatever\b(?=\s*(?:[.!?,]|$))|\bfor nothing\b|\bif you say so\b|\byeah,? (?:right|sure)\b|\bas if\b|"
    r"\bthanks? (?:you )?(?:so much |a (?:lot|bunch|million) )?for (?:not|wasting|the (?:waste|runaround)|nothing)|"
    r"\b(?:oh,? )?(?:wow|great|wonderful|brilliant|lovely|fantastic),? thank|\bthanks? (?:so|very)? ?much for (?:not|wasting)|"
    r"\bno thanks to\b|\bgee,? thanks|\bthanks a (?:lot|bunch|million)[.!]*$|\bmade my (?:day|week)\b|🙄|👏|🙃|😒|\bbig of you\b",
    re.IGNORECASE,
)


_HOSTILE = re.compile(
    r"\b(?:liars?|lying|hypocrit\w*|unfair|sham|rubbish|nonsense|bullshit|dishonest|ridiculous|pathetic|disgust\w*|lawyer|solicitor|"
    r"(?:not|isn['’]?t|can['’]?t be) (?:true|right|it)|makes no sense|doesn['’]?t make sense|disagree|idiots?|wast(?:ed|ing) (?:my|three)|"
    r"never (?:even )?gave me|better than (?:any|what|who|the)|more than qualified|strongest person|how can you|how dare)\b",
    re.IGNORECASE,
)
_NOT_HOSTILE = re.compile(
    r"(?:\bnot|n['’]t|\bnever|\bno) (?:\w+ ){0,4}(?:unfair|disagree|lawyer|solicitor)\b", re.IGNORECASE
)


def grudging(words: str) -> bool:
    """Whether a sentence takes its own thanks or consent back: “thanks, I guess”; or is no kind word at all, whatever was heard."""
    return _GRUDGING.search(words) is not None or hostile(words)


def hostile(words: str) -> bool:
    """Whether a sentence plainly pushes, so that no kind word can be made of it."""
    return _HOSTILE.search(words) is not None and _NOT_HOSTILE.search(words) is None


LONG = 160  # characters from which a sentence is looked at clause by clause
_CLAUSES = re.compile(r",\s+|\s+(?=(?:and|but|because|so) (?:i|my|the|it|you|we)\b)", re.IGNORECASE)


def sentence_of(move: Move, said: str) -> str:
    """The sentence of `said` that makes this move, exactly as it was said; all of it when that cannot be told.

    Of a very long sentence only the clause: quoting half a minute of speech shows nobody where the thanks were.
    """
    pieces = sentences(said)
    if not pieces:
        return said.strip()
    found = pieces[0] if len(pieces) == 1 else _fitting(move, pieces) or said.strip()
    if len(found) > LONG:
        return _fitting(move, [c.strip() for c in _CLAUSES.split(found) if c.strip()]) or found
    return found


def _fitting(move: Move, pieces: list[str]) -> str:
    if move in ASKING:
        asking = [p for p in pieces if "?" in p] or [p for p in pieces if _QUESTION.search(p)]
        return asking[-1] if asking else ""
    if move is Move.INTRODUCE and (named := [p for p in pieces if _SAYS_WHO.search(p)]):
        return named[0]
    cue = CUES.get(move)
    fitting = [p for p in pieces if cue is not None and cue.search(p)]
    if not fitting:
        return ""
    return fitting[-1] if move is Move.CLOSE else fitting[0]


@dataclass(frozen=True, slots=True)
class Voice:
    """One candidate's facts and habits of speech. Empty fields were never said."""

    name: str = ""
    job: str = "the job"  # as they call it
    when: str = ""
    greets: str = "Hello"
    thanks: str = "Thank you"
    modal: str = "Could"
    short: bool = True  # says "I'm" rather than "I am"
    small: bool = False  # types in lower case

    @property
    def who(self) -> str:
        """How they introduce themself, from what is known of them."""
        return f"this is {self.name}" if self.name else ""

    def speak(self, words: str) -> str:
        """These words as this candidate would put them."""
        words = words if self.short else _spelled_out(words)
        if self.modal != "Could":
            words = re.sub(r"\bCould (?=I\b|you\b)", f"{self.modal} ", words)
            words = re.sub(r"\bcould (?=I\b|you\b)", f"{self.modal.lower()} ", words)
        if self.small:
            kept = {w for w in self.name.split() if w[:1].isupper()}
            words = " ".join(w if w.strip(".,!?") in kept else w.lower() for w in words.split(" "))
        return words


def listen(said: Iterable[str], scenario: Scenario) -> Voice:
    """The voice in these utterances."""
    texts = [t[:500] for t in said if t.strip()][:12]
    together = "\n".join(texts)
    letters = [c for c in together if c.isalpha()]
    small = bool(letters) and sum(c.isupper() for c in letters) < 0.012 * len(letters)
    asks = [m[1].capitalize() for m in _ASKS_WITH.finditer(together)]
    thanks = re.search(r"\b(thank you|thanks|cheers|thx)\b", together, re.IGNORECASE)
    greeting = re.search(r"\b(hello|hi|hey|good (?:morning|afternoon|evening))\b", together, re.IGNORECASE)
    job, when = _JOB.search(together), _WHEN.search(together)
    shorts, longs = len(_SHORT.findall(together)), len(_LONG.findall(together))
    word = thanks[1].lower() if thanks else "thank you"
    return Voice(
        name=_name_in(together, scenario),
        job=_job_phrase(job[1], scenario) if job else f"the {scenario.job} {_post(scenario.job)}".strip(),
        when=when[0] if when else "",
        greets=greeting[1].capitalize() if greeting else "Hello",
        thanks={"thx": "Thanks", "cheers": "Thanks"}.get(word, word.capitalize()),
        modal=_usual(asks),
        short=shorts >= longs,
        small=small,
    )


def _usual(asks: list[str]) -> str:
    usable = [a for a in asks if a in ("Could", "Can")]
    return max(sorted(set(usable)), key=usable.count) if usable else "Could"


def _post(job: str) -> str:
    return "" if re.search(r"\b(?:role|position|job|post)$", job) else "role"


def _job_phrase(phrase: str, scenario: Scenario) -> str:
    # "the job" alone or a phrase that runs across other words is not a name for the job.
    words = phrase.split()
    return (
        phrase
        if 3 <= len(words) <= 5 and not re.search(r"\b(?:got|get|have|for|in|of|that)\b", phrase)
        else (f"the {scenario.job} {_post(scenario.job)}".strip())
    )


def _name_in(text: str, scenario: Scenario) -> str:
    others = {w.casefold() for w in f"{scenario.manager} {scenario.company} {scenario.receptionist}".split()}
    for pattern in _NAMED:
        for m in pattern.finditer(text):
            name = m[1].strip()
            first = name.split()[0].casefold()
            if first not in others and first not in _NO_NAMES and not first.endswith("ing"):
                return name
    for m in _NAMED_SMALL.finditer(text):
        words = m[1].split()
        if words[0] in others or words[0] in _NO_NAMES or words[0].endswith("ing"):
            continue
        keep = words[:1] if len(words) > 1 and words[1] in _NO_NAMES | {"i", "and"} else words
        return " ".join(keep)
    return ""


_LONG_FORMS = {
    "I'm": "I am", "I'd": "I would", "I'll": "I will", "I've": "I have", "don't": "do not", "didn't": "did not",
    "doesn't": "does not", "isn't": "is not", "wasn't": "was not", "won't": "will not", "can't": "cannot", "couldn't": "could not",
    "wouldn't": "would not", "haven't": "have not", "it's": "it is", "It's": "It is", "that's": "that is", "That's": "That is",
    "there's": "there is", "There's": "There is", "what's": "what is", "What's": "What is", "you'd": "you would",
    "you're": "you are", "you've": "you have", "name's": "name is", "let's": "let us", "Don't": "Do not", "aren't": "are not",
    "hadn't": "had not", "you'll": "you will", "shouldn't": "should not", "we've": "we have", "who's": "who is",
}  # fmt: skip


@lru_cache(maxsize=1)
def _contracted() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(k) for k in _LONG_FORMS) + r")\b")


def _spelled_out(words: str) -> str:
    return _contracted().sub(lambda m: _LONG_FORMS[m[0]], words.replace("’", "'"))
