"""Matters that lie at the edge of the call: a right, a question nobody may ask, a recording, a compliment too much.

They are no moves, and the manager answers each in words that are much the same everywhere. Naming a lawyer, a union or a right to know is no
threat as long as no step is announced; what announces one stays what it is.
"""

from __future__ import annotations

import re
from enum import StrEnum

from dialogs.moves import COSTLY, FAMILIES, Move
from dialogs.patterns import lazy


class Matter(StrEnum):
    """What the words touch beside the moves they make; the value is the trigger in the table of the call."""

    NONE = ""
    RIGHT = "right"  # a lawyer, a union or a right to know is named, and no step is announced
    PROTECTED = "protected"  # they were asked something that must not be asked, or fear it counted
    WRITTEN = "written"  # whom to ask for something in writing, and how that goes
    RECORDED = "recorded"  # whether somebody listens in or records
    REALLY = "really"  # whether this is really who it says it is
    COURTING = "courting"  # more private than a talk about a job
    NOD = "nod"  # okay, and nothing else


_STEP = lazy(
    r"\b(?:hear(?:ing)? from|see you in|sue|suing|sued|court|tribunal|lawsuit|legal action|press|media|papers|go public|going public|report(?:ing)?|complain\w*|claim|claiming"
    r"|ombudsman|reviews?|glassdoor|linkedin|twitter|social media|everyone|everybody|regret|pay for|sorry you|careful|warn\w*|last chance|think twice|think hard|or else|otherwise"
    r"|unless|consequences?|take (?:this|it|you) (?:further|up|to)|taking (?:this|it|you)|escalat\w*|boss|head office|fight|act(?:ing)? (?:on|against)|against you|damages|compensation)\b"
    r"|\b(?:lawyers?|solicitors?|attorneys?|union|rep|they|he|she|we) (?:'ll|will|is going to|are going to|is gonna|can) (?!(?:you )?tell|explain|help)"
    r"|\b(?:i'll|i will|i'm going to|i am going to|i'm gonna) (?!(?:just |simply |only |now )?ask\b)|\bi(?:'m| am) (?:talking|speaking|going) to (?:a|my|the) |\bor i \w+|\b(?:expect|drafting|a case|till|instructed|choose your words|recording of)\b"
    r"|\bor (?:i|we|my|you)(?:'ll| will|'m| am|'re| are)\b|\b(?:they|we|he|she)'ll\b"
    r"|\bi(?:'ll| will|'m going to| am going to|'m gonna) (?:be )?(?:get|getting|call|calling|bring|bringing|send|sending|involve|instruct|hire|hiring|contact|contacting|set) "
)
_ADVISER = lazy(
    r"\b(?:my|our|the|a|your local) (?:own |trade |local )?(?:lawyers?|solicitors?|attorneys?|union(?: reps?| representatives?)?|works council|betriebsrat|shop steward|equality body)\b(?! (?:job|role|position|post|work|firm|interview))"
    r"|\bcitizens'? advice\b|\b(?:freedom of information|foi|foia|subject access|data (?:subject )?(?:access )?request)\b"
    r"|\b(?:the|a|any|my|have|got) (?:legal )?rights? to (?:know|see|ask|be told|information|feedback|a reason|reasons|an answer|an explanation|my)\b|(?<!not )\b(?:i'm|i am|am i|we're) entitled to\b"
)
_PROTECTED = lazy(
    r"(?<!\bi )\b(?:asked|asking me|wanted to know|questions? about)\b.{0,60}?(?:\b(?:have|having|had|want|wanted|wanting|plan|planning|planned|expecting|any|more|start|starting|my|i'm|i am|i was|was i|am i|if i|whether i) "
    r"(?:to have |to start |on having |on starting |having |starting |on |a |any |more |was |am |be ){0,3}(?:children|kids|child|baby|babies|pregnan\w*|famil(?:y|ies)|married|husband|wife|"
    r"age|relig\w*|church|faith|disab\w*|illness\w*|health|nationality|ethnic\w*|accent|gay|sexual\w*|gender)\b"
    r"|\b(?:how old (?:i|am)|where (?:i'm|i am|i was|am i|i) (?:really |actually )?(?:come )?from|when i was born)\b)"
)
_WRITTEN = lazy(
    r"\bwritten feedback\b|\bfeedback (?:\w+ ){0,2}(?:in writing|by e-?mail|on paper)\b|\b(?:get|have|send|give)\b.{0,20}\b(?:something|it|that|this|reasons?|answer)\b.{0,12} in writing\b"
    r"|\b(?:copy of|see|get|have) (?:\w+ ){0,2}(?:notes|scores?|scoring|sheet) (?:of|from|on|about) (?:my|the) (?:interview|application)\b"
    r"|\bwhom? (?:do|should|can|could|would|must) i (?:ask|write to|contact|e-?mail) (?:for|about) (?:it|that|this|(?:the |my |some )?(?:written )?feedback)\b"
)
_WANTS = lazy(r"\?|\b(?:could|can|may|whom?|how|where|would|when|is there|do you|please|like to|want)\b")
_RECORDED = lazy(
    r"\b(?:is|are|am) (?:\w+ ){0,4}(?:recorded|recording|taped|on tape|on (?:loud)?speaker|listening in|wiretapp\w*)\b.*\?"
    r"|^(?:is|are|am) (?:\w+ ){1,4}(?:being recorded|recording(?: this| me| us| the call)?)[.? ]*$"
    r"|\b(?:is|are) (?:any(?:one|body)|some(?:one|body)) (?:else )?(?:listening|on the line)\b|\bwho else is (?:listening|on the line|there)\b"
    r"|\b(?:do|does|will) (?:you|they|it|anyone|anybody|somebody|someone) (?:always |also )?(?:record|tape) (?:this|it|me|us|calls?|the call|these)\b"
)
_REALLY = lazy(
    r"\bis (?:this|that) (?:really|actually|truly|definitely) (?!\w+ing\b|a |an |just |some |only |not |the |going|so |sorry|final|why|what|how|all\b|it\b|because|true|fair|necessary|needed|ok|right|possible|impossible|legal|allowed|required|normal|usual|about|good|bad|set|such|your)[\w', ]{2,40}\?"
    r"|\b(?:are you|is this|is that) (?:really )?who you say\b|\bam i (?:really|actually) (?:speaking|talking) (?:to|with)\b|\bhow do i know (?:that )?(?:it's|this is|you're|you are)\b"
)
_COURTING = lazy(
    r"\b(?:are you|you) (?:free|doing anything|busy) (?:on |this |tonight|tomorrow night|after work|for (?:a drink|dinner))(?!.{0,40}\b(?:talk|call|speak|phone|chat|discuss)\b)"
    r"|\bare you (?:single|married|seeing (?:any|some)(?:one|body))\b|\b(?:take|taking) you (?:out|for a|to dinner|to the cinema)\b|\bbuy you (?:a )?(?:drink|dinner)\b|\bgo (?:out|on a date) with me\b"
    r"|\b(?:grab|have|get) (?:a )?(?:drinks?|dinner) (?:with me|together|sometime|some time)\b|\b(?:you have|you've|you've got|what|such|your) (?:got )?(?:a |an |such a )?(?:lovely|sexy|beautiful|gorgeous|pretty) (?:voice|eyes|smile|legs)\b"
    r"|\byou(?:'re| are| were| look| looked| sound) (?:so |very |really |quite |kinda |pretty )?(?:cute|hot|sexy|gorgeous|beautiful|pretty|handsome|fit)\b(?! (?:for|into|in|with))"
    r"|\b(?:your|ur) (?:private|personal) (?:number|phone|mobile)\b"
)
_NOD = re.compile(
    r"(?:(?:ok(?:ay|ey|ie)?|k|kk|fine|right|alright|all right|hm+|mm+|mhm|uh ?huh|aha|ah|oh|i see|then|so|well|yeah|yep|yes|sure)\b[,.! ]*){1,4}"
)
_BEGINS = re.compile(r"(?:ok(?:ay|ey)?|k|fine|right|alright|all right|well|so)\b[,.!; ]+(?:then\b[,.!; ]*)?")
_YES_ONLY = re.compile(r"(?:(?:yeah|yep|yes|sure|ah|oh|hm+|mm+|so|well|then)\b[,.! ]*)+")


def named(plain: str) -> Matter:
    """The matter these plain words touch, the gravest first."""
    if _PROTECTED.search(plain):
        return Matter.PROTECTED
    if _WRITTEN.search(plain) and _WANTS.search(plain) and not announces(plain):
        return Matter.WRITTEN
    if _ADVISER.search(plain) and not announces(plain):
        return Matter.RIGHT
    if _RECORDED.search(plain):
        return Matter.RECORDED
    if _REALLY.search(plain):
        return Matter.REALLY
    if _COURTING.search(plain):
        return Matter.COURTING
    return Matter.NOD if _NOD.fullmatch(plain.strip()) and not _YES_ONLY.fullmatch(plain.strip()) else Matter.NONE


_INNOCENT = lazy(
    r"\b(?:freedom of information|foi|foia|subject access|data (?:subject )?(?:access )?request)\b|\brights? to (?:know|see|ask|be told|information|feedback|a reason|reasons|an answer|an explanation)\b"
    r"|\b(?:lawyer|solicitor|attorney|union|rep|representative|council|steward|body|advice)\b.{0,20}\b(?:told|says|said|suggested|explained|advised|thinks)\b.{0,25}\b(?:i|one|me|you)\b.{0,20}\b(?:ask|call|ring|phone|find out|request|tell)\b"
    r"|\bi'm (?:the|a|our) (?:union|shop|works)\b|\b(?:rep|union|lawyer|solicitor) is helping me\b"
)


_FEELING = lazy(
    r"\b(?:i'm|i am|im|i feel|i was|i've been|makes me|you made me) (?:so |really |just |absolutely |very |quite |still |that |honestly |too |a bit ){0,3}"
    r"(?:furious|angry|hurt|upset|gutted|livid|cross|mad|disappointed|disgusted|heartbroken|raging|fuming|crushed|devastated|insulted|sad)\b"
)


def only_felt(plain: str) -> bool:
    """Whether the words tell a plain feeling and announce nothing."""
    return _FEELING.search(plain) is not None and not announces(plain)


def innocent(plain: str) -> bool:
    """Whether an adviser or a right is named for the asking's sake. A lawyer held up in silence is a hint, and stays one."""
    return _INNOCENT.search(plain) is not None


def announces(plain: str) -> str:
    """The words that announce a step; empty when there are none."""
    hit = _STEP.search(plain)
    return hit.group().strip() if hit else ""


def after_nod(plain: str) -> str:
    """What is said after an okay at the beginning; empty when there is no okay, or nothing after it."""
    hit = _BEGINS.match(plain)
    return plain[hit.end() :].strip() if hit else ""


_SAID_OF_ME = lazy(
    r"\b(?:say|said|says|saying|think|thinks|thought|wrote|write|written|tell|told|feel|felt) (?:\w+ ){0,2}about me\b|\b(?:thought|made) of me\b"
)
_NOTHING_WRONG = lazy(
    r"^(?:oh,? |and |ok(?:ay)?,? )?so (?:there was |it was |was there |was )?(?:nothing|anything) (?:was |that was )?(?:wrong|missing|bad) (?:with|in|about) (?:me|my|what i)\b"
    r"|^(?:oh,? |and )?so it (?:wasn't|was not) (?:me|anything i|something i)\b"
)
_REFEREE = lazy(r"\breferee|\breference|\b(?:old|last|former|previous|ex)[- ](?:boss|manager|employer|chef|head)\b")
_MY_PLACE = lazy(
    r"\b(?:was|were|am) i (?:at least |even |really |actually |the |a )*(?:second|close|near|runner[- ]?up|next|last|first reserve|in the (?:final|running|top|last)|number two)\b"
    r"|\bdid i (?:at least |even |really )?(?:come|finish|end up|rank) (?:\w+ )?(?:second|close|near|last|third|high|low)\b|\bhow (?:close|near|far off) (?:was i|did i|i was|i came)\b"
    r"|\bwhere did i (?:come|rank|finish|place|end up)\b"
)


def about_oneself(plain: str) -> Move | None:
    """The question these words put about the caller's own part, which is nobody else's matter; None when they put none."""
    if _NOTHING_WRONG.search(plain):
        return Move.PROBE
    if _SAID_OF_ME.search(plain) and not _REFEREE.search(plain):
        return Move.ASK_OPEN
    return Move.ASK_SPECIFIC if _MY_PLACE.search(plain) else None


_TAKEN_BACK: dict[Matter, frozenset[Move]] = {
    Matter.PROTECTED: frozenset({Move.ACCUSE, Move.PRY, Move.ARGUE}),
    Matter.WRITTEN: frozenset({Move.PRY, Move.PLEAD, Move.ARGUE}),
    Matter.RECORDED: COSTLY - {Move.THREATEN} | {Move.PRY} | FAMILIES["warm"],
    Matter.REALLY: COSTLY - {Move.THREATEN} | {Move.PRY} | FAMILIES["warm"],
    Matter.COURTING: frozenset({Move.PERMISSION, Move.DOOR, Move.ACCUSE, Move.PRY}),
    Matter.NOD: frozenset(Move),
}


def not_meant(matter: Matter, plain: str, hostile: bool) -> frozenset[Move]:
    """The moves that words on this matter do not make, though they look like it. An insult beside it stays one, and so does an announced step."""
    moves = _TAKEN_BACK.get(matter, frozenset())
    if matter in (Matter.RIGHT, Matter.PROTECTED) and innocent(plain) and not announces(plain):
        moves |= {Move.THREATEN}
    return moves - COSTLY if hostile else moves
