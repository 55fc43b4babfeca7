"""What a wording tells beside the moves the model hears: a question about one's own part, the no itself, an apology, a complaint in civil words, a tale.

Sure ways to say these things, each a pattern; where none fits, the model's verdict stands as it is.
"""

from __future__ import annotations

from dialogs.hearing.matters import THE_BAND
from dialogs.hearing.text import clauses
from dialogs.moves import Move
from dialogs.patterns import lazy

_SAID_OF_ME = lazy(
    r"\bwhat (?:did|do|does) (?:they|the client|the panel|the director|the board) say\b(?!.{0,25}\b(?:to"
    r"|the other|others|about (?:him|her|them|you))\b)",
    r"\bdid (?:they|the client|the panel|the director|anyone|anybody) (?:say|tell you|mention|explain"
    r"|give you) (?:why|what it was|anything|something|how|a reason|reasons)\b(?!.{0,25}\b(?:the other"
    r"|others|about (?:him|her|them|you))\b)",
    r"\b(?:say|said|says|saying|think|thinks|thought|wrote|write|written|tell|told|feel|felt) "
    r"(?:\w+ ){0,2}about me\b",
    r"\b(?:thought|made) of me\b",
)
_NOTHING_WRONG = lazy(
    "^(?:oh,? |and |ok(?:ay)?,? )?so (?:there was |it was |was there |was )?(?:nothing|anything) (?:was "
    r"|that was )?(?:wrong|missing|bad) (?:with|in|about) (?:me|my|what i)\b",
    r"^(?:oh,? |and )?so it (?:wasn't|was not) (?:me|anything i|something i)\b",
    r"(?:^|[.,!;] )so (?:it'?s |it is |it was )?not (?:about |because of |to do with )?(?:the|my|me|anything|something)\b[^?]{0,30}$",
)
_REFEREE = lazy(r"\breferee|\breference|\b(?:old|last|former|previous|ex)[- ](?:boss|manager|employer|chef|head)\b")
_MY_PLACE = lazy(
    r"\b(?:was|were|am|did) i (?:ever |even |really |actually |at all |have |stand |get |a |an )*(?:in with (?:a|any) (?:chance|shout)|in the running"
    r"|(?:a |any )?(?:real |proper |serious |fair )?(?:chance|contender)\b(?! to))",
    r"\b(?:was|were|am) i (?:at least |even |really |actually |the |a |your )*(?:first (?:choice|in line)"
    "|second|close|near|runner[- ]?up|next|last|first reserve|in the (?:final|running|top|last)|number "
    r"two)\b",
    r"\bdid i (?:at least |even |really )?(?:come|finish|end up|rank) (?:\w+ )?(?:second|close|near|last"
    r"|third|high|low)\b",
    r"\bhow (?:close|near|far off) (?:was i|did i|i was|i came)\b",
    r"\b(?:was|is) it (?:someone|somebody|anyone|a person) (?:i|from my|who knows me|that knows me)\b",
    r"\b(?:what|which|how) (?:was|were|is|are|did i get for) my (?:own )?(?:marks?|scores?|grades?|points"
    r"|results?|ranking)\b",
    r"\bhow (?:many|much) (?:more )?(?:\w+ ){0,2}(?:(?:would|do|should|must|did|will) )?i (?:need|have to have|require|lack)\b",
    r"\b(?:if|whether) i(?:'m| am| was) (?:at least |even |really |the |your )*(?:first|second|third|close|near|next|the runner[- ]?up)\b",
    r"\b(?:tell me|know|see|hear) my (?:own )?(?:marks?|scores?|grades?|points|results?)\b",
    r"\bwhere did i (?:come|rank|finish|place|end up)\b",
    r"\b(?:which|what|where)\b.{0,40}\bdid i (?:\w+ )?(?:score|get|do|come out|lose)(?: (?:the|my|most|any))* (?:lowest|worst|weakest|least|poorest|fewest|badly|points|marks)\b",
    r"\bmy (?:lowest|worst|weakest|poorest) (?:\w+ )?(?:area|criteri\w+|point|part|score|mark|answer|section|category)s?\b",
)


_VACANCY = lazy(
    r"\b(?:so )?(?:nobody|no one|noone|no-one) (?:else )?(?:got|was (?:hired|taken|chosen|appointed)|has "
    r"(?:got|been (?:hired|taken|appointed)))\b",
    r"\b(?:did|has) (?:anyone|anybody|someone|somebody) (?:even |actually |else )?(?:get|got|gotten|take"
    r"|been (?:hired|appointed|taken))\b(?: (?:it|the job|the post|the role|on))?(?!.{0,20}\b(?:with"
    r"|who)\b)",
    r"\b(?:whether|if|does|do you (?:still )?have) the (?:post|job|role|position|vacancy) (?:still "
    r"|even )?(?:exists?|is (?:still )?(?:open|there|going|available)|open)\b",
    r"\b(?:was|is|has|isn't|wasn't) (?:the (?:job|post|role|position|vacancy)|it) (?:even |actually "
    "|still |been |really ){0,2}(?:filled|cut|frozen|cancell?ed|open|vacant|gone|scrapped|withdrawn"
    r"|there)\b",
)
_FROM_INSIDE = lazy(
    r"\b(?:internal(?:ly)?|in[- ]house|insider|from (?:within|inside|the inside)|inside (?:candidate|person|hire|applicant)"
    r"|(?:some|any)(?:one|body) (?:from )?(?:inside|your own (?:team|staff|people|ranks)|already (?:there|inside|working (?:there|for you|with you)|with you)))\b",
)
_MARKS = r"(?:marks?|scores?|scoring|grades?|points|results?|ranking)"
_MY_MARKS = rf"my (?:own )?{_MARKS}"
_WANTS_MARKS = lazy(
    rf"\b(?:want(?:ed)?|(?:i'd|i would|id) (?:only |just |really )?(?:like|love)|after|asking (?:for|about)|(?:can|could|may) i (?:have|get|see)) (?:to (?:see|know|have|hear|get) )?(?:just |only )?{_MY_MARKS}\b(?! to\b)",
    rf"(?:^|[.!?] )(?:(?:no|yes|well|sorry|ok(?:ay)?|and|just|only)\b[,.]? ){{0,3}}my (?:own {_MARKS}|{_MARKS},? (?:please|pls))(?:$|[,.!?])",
)
"""One's own marks wished for, in whatever form: “no, my own scores”, “I'd only like to see my marks”."""
_MY_OWN = lazy(
    rf"\b(?:{_MY_MARKS}|my (?:own )?(?:notes|sheet))\b",
    r"\b(?:want|mean|meant|about|only|just|for) mine\b",
)
_ASKS_IT = lazy(r"\?|^(?:(?:so|and|but|oh|then|hm+),? )?(?:was|is|did|were|has|have) ")
_NAMES_ASKED = lazy(r"\b(?:who|whom|whose|name|which (?:person|one))\b")
_ASKS_TO_BE_TOLD = lazy(
    r"\b(?:(?:give|tell|show) (?:me|us) (?:just |at least |only )?(?:something|anything|one thing|a "
    "(?:clue|hint|straight answer|real (?:reason|answer)|proper (?:reason|answer))|the (?:real|true"
    "|actual|honest) (?:reason|answer|story)|the truth)|be (?:straight|honest|frank|open) with me"
    "|(?:possible|can|could|would|will|may) (?:that )?you (?:please |maybe |just )?(?:tell|say|explain)"
    r"(?: to)? me)\b",
    r"\b(?:just |only )?one (?:word|hint|clue)[.!?]*$",
    r"^(?:(?:oh|come on|please|just|go on|then)\b,? ?){0,3}(?:say it|spit it out|out with it|tell me(?: straight)?)\W*$",
    r"\bnot even (?:a|one|a single) (?:word|hint|clue|reason|sentence)\b",
    r"\bnothing (?:else|more|at all) you can (?:tell|say|give)\b",
    r"^(?:oh,? |but |and )?are you (?:really |quite |absolutely )?sure\b.{0,20}$",
    r"^(?:so |oh,? |and )?(?:that's|is that|that is) (?:it|all|everything) ?\?+$",
    "^(?:ok(?:ay)?,? |just |so |please,? |well,? ){0,2}(?:one|a single|a) (?:word|hint|clue|pointer"
    r"|sentence)\b.{0,25}(?:\bplease\b|\bif you (?:can|could|would|will)\b|\bis (?:all|enough|fine)\b"
    r"|\bwould (?:do|help)\b|\?)",
)
_OF_ONE_OTHER = lazy(
    r"\b(?:who|whom|whose|he|she|him|his|the (?:other|person)|others|earns?|(?:is|was|get|gets|got) "
    r"paid)\b",
)
_OF_OTHERS = lazy(r"\b(?:they|them|their|other|person|paid|salary|candidates?)\b")
_PUZZLED = lazy(
    "^(?:sorry,? |but |hm+,? |wait,? |um+,? )?i (?:really |just |honestly )?(?:don'?t|do not|can'?t"
    r"|cannot) (?:really |quite )?(?:get|understand|follow|see)(?: it| this| that| why)?\b",
)
_IF_ONLY = lazy(r"\b(?:could|should|would|might) i have \w+.{0,40}\?|\bwould (?:it|that|you) have \w+.{0,60}\bif i\b")
_HAVE_TIPPED = lazy(
    r"\b(?:would|could|might) (?:\w+ )?have (?:changed (?:your|their|the \w+'s) minds?|tipped|swung|made (?:a|the|any|all the) difference)\b",
    r"\bwould (?:\w+ ){1,4}have (?:done it|been enough|counted|got me (?:it|there|in))\b",
    r"\b(?:would|could|might) (?:\w+ )?have (?:got|gotten|won) me (?:it|in|the (?:job|post|role)|over the line)\b",
)
_WAS_IT = lazy(
    r"(?:(?:so|and|or|oh|hm+|ok(?:ay)?|then),? )?(?:was|is) it (?:maybe |perhaps |just |really )?(?:because of |about |to do with |down to |due to )?(?:the |my |that |a |an )?"
    r"(?!(?:ok|okay|fine|possible|true|final|fair|really|over|you|me|late|too|legal|normal|good|bad|a|an|yes|no|closed|open|decided|settled|raining|cold|hot|all|not|so|still|alright|allowed|necessary|worth)\b)"
    r"[\w'-]+(?: [\w'-]+){0,2}(?:,? then)? ?\?+"
)
_STILL = lazy(
    r"\b(?:can|could) (?:we|you|i|anything|something|that) (?:still|really not|not) (?:be )?(?:do|done"
    r"|change|changed|fix|fixed)\b",
    r"\bis it (?:really |already )?too late\b",
    r"\b(?:could|can|may) i (?:come|work|start|do)\b.{0,30}\b(?:for free|for nothing|unpaid|without pay|on trial|another (?:trial|shift|day|week))\b",
)
_WHEN_NEXT = lazy(
    r"\b(?:would you|you'd|would u) (?:ever |even )?(?:have|take|consider|see) me (?:again|back)\b",
    r"\b(?:be|act as|give me) (?:a|my) (?:reference|referee)\b",
    r"\b(?:are|is) (?:you|they|the \w+|your \w+|\w+) still (?:hiring|looking(?! (?:at|good|forward|well|nice)\b)|recruiting|taking (?:people|anyone|anybody|on))\b",
    r"\bhow long (?:will|does|is|would) (?:the |this |that )?(?:\w+ )?(?:freeze|stop|wait|hold|pause)\b",
    r"\bwhen (?:are|do|will|would|might) (?:you|they) (?:be |next )?(?:hir|recruit|advertis|look|tak|need"
    r"|be hir)\w*\b",
    r"\bwhen (?:will|might|could|does) (?:the |it |this )?(?:\w+ )?(?:freeze|thaw|open up|come up|be "
    r"over)\b",
)
LONGEST_PUZZLE = 12  # words: whoever says more than that is making a case


def _asks_to_be_told(plain: str, pried: bool) -> bool:
    """Whether somebody asks to be told something, and it is not about others."""
    hit = _ASKS_TO_BE_TOLD.search(plain)
    if hit is None:
        return False
    what = plain[hit.end() :]
    return not (_OF_ONE_OTHER.search(what) or (pried and _OF_OTHERS.search(what)))


def have_tipped(plain: str) -> bool:
    """Whether it is asked what would have turned the decision: “is there something that would have changed your mind?”"""
    return _HAVE_TIPPED.search(plain) is not None


def about_oneself(plain: str, pried: bool = False) -> Move | None:
    """The question these words put about the caller's own part or about the post itself, which is nobody else's matter; None when they put none. `pried`: it
    was heard as one about others."""
    if _NOTHING_WRONG.search(plain) or _asks_to_be_told(plain, pried) or _IF_ONLY.search(plain):
        return Move.PROBE
    if _PUZZLED.search(plain) and len(plain.split()) <= LONGEST_PUZZLE:
        return Move.PROBE
    if _SAID_OF_ME.search(plain) and not _REFEREE.search(plain):
        return Move.ASK_OPEN
    if _WHEN_NEXT.search(plain):
        return Move.DOOR
    if _STILL.search(plain):
        return Move.PLEAD
    if _WAS_IT.fullmatch(plain.strip()):
        return Move.ASK_SPECIFIC
    if (_WANTS_MARKS.search(plain) or (pried and _MY_OWN.search(plain))) and not _OF_ONE_OTHER.search(plain):
        return Move.ASK_SPECIFIC
    if _FROM_INSIDE.search(plain) and _ASKS_IT.search(plain) and not _NAMES_ASKED.search(plain):
        return Move.ASK_SPECIFIC  # a guess at the reason, and nobody is named
    return Move.ASK_SPECIFIC if any(p.search(plain) for p in (_MY_PLACE, _VACANCY, THE_BAND)) else None


_TURNED_DOWN = lazy(
    r"\b(?:you|u|they|your \w+)(?: guys| people| lot)? (?:have |just |already )?(?:turned me down"
    "|rejected me|said no(?: to me)?|passed me over|passed on me|(?:didn'?t|did not) (?:hire|pick|choose"
    "|take|want|select) me|(?:write|wrote|sent|send|gave) me (?:a )?(?:no|rejection)|let me down gently)"
    r"(?: (?:for|about|after) (?:the |that |a |an |my |your )?[\w'-]+(?: [\w'-]+){0,3} ?)?(?=[,.!?;:]|$| "
    "and | but | so )",
)
_CIVIL = lazy(
    r"\b(?:find|found) (?:it|that|this) (?:\w+ ){0,2}(?:disappoint\w*|hard|sad|a shame|a pity|frustrating"
    r"|strange|odd)\b",
    r"\b(?:disappointed|disappointing|a shame|a pity)\b",
    r"\b(?:would|could|might) have (?:liked|appreciated|preferred|expected|hoped|been (?:nice|kinder|kind"
    r"|good))\b",
    r"\bwith (?:all )?(?:due )?respect\b",
)


def without_the_no(plain: str) -> str:
    """The words without “you turned me down for the job”, which only says what the call is about; the same words when they say nothing of it."""
    return " ".join(_TURNED_DOWN.sub(" ", plain).split()).strip(" ,.;:")


def civil(plain: str) -> bool:
    """Whether a complaint is put in words one may use: it is one, and ends no call by itself."""
    return _CIVIL.search(plain) is not None


_APOLOGY = lazy(
    r"\bsorry\b(?:(?!\bbut\b).){0,40}\b(?:rude|uncalled|out of line|out of order|unfair|snapped|snapping"
    "|lost my temper|carried away|(?:short|sharp|off|cross) with you|snappy|grumpy|shouldn't have (?:said|snapped|shouted)|take (?:that|it) back|didn't "
    r"mean|came out wrong)\b",
    r"\bi (?:apologi[sz]e|take (?:that|it) (?:all )?back|was (?:out of line|out of order|rude|wrong to))\b",
    r"\bi (?:don't|didn't|do not|did not) mean you\b",
    r"\bmy apologies\b",
    r"\bforgive me\b",
    r"\bi (?:didn't|did not|don't) mean (?:it|that|to say that)(?: like that| badly| the way it sounded)?(?=\W*$|[,.!;] )",
)
_SORRY = lazy(
    r"(?:(?:no|ok(?:ay)?|oh|right|you're right|all right),? )?(?:i'?m |i am )?(?:so |very |really |truly |just )*sorry\b(?!.*\b(?:but|what|who|why|how|which|when|where|not|didn'?t (?:catch|hear|get)|still|i was|think|this is|that sounds|you(?:'re|'ve)?(?!\W*$)|for you|your(?! (?:time|day|evening)))\b)[^?]{0,60}"
)


def house_rules(plain: str) -> bool:
    """Whether these words ask about the rules of the house: they are put to a person, and to no program."""
    return _HOUSE_RULES.search(plain) is not None


_HOUSE_RULES = lazy(
    r"\b(?:policy|policies|hr\b|human resources|legally|counsel|company rules?|(?:not |are you "
    r"|you're )allowed to|permitted to)\b",
)


def apologises(plain: str, strained: bool) -> bool:
    """Whether these words take something back; a bare “sorry” does where something stands to be taken back (`strained`)."""
    if _APOLOGY.search(plain) or (strained and takes_back(plain)):
        return True
    return strained and (_SORRY.fullmatch(plain.strip()) is not None or any(map(_I_AM_SORRY.fullmatch, _parts(plain))))


def takes_back(plain: str) -> bool:
    """Whether these words, after a push, take it back as not fair."""
    return _WAS_NOT_FAIR.search(plain) is not None


_WAS_NOT_FAIR = lazy(
    r"\bsorry\b[.,! ]++(?:that|it|this) (?:wasn'?t|was not) (?:very |really )?(?:fair|nice|right|kind|called for)(?: of me| to you| on you)?(?=\W*$|[.,!;] )"
)


def _parts(plain: str) -> list[str]:
    """The sentences of plain words, and what stands behind the last comma."""
    return [*clauses(plain), plain.rpartition(", ")[2]]


_I_AM_SORRY = lazy(
    r"(?:(?:no|ok(?:ay)?|oh|right|look|well|and),? )?(?:i'?m |i am )(?:so |very |really |truly |just )*sorry(?: (?:about|for) (?:that|this|it|before|earlier|what i said|shouting|snapping))?\W*"
)
"""A sentence that says sorry and nothing else, whatever is said beside it."""


_TELLS = lazy(
    r"^(?:(?:oh|ah|um+|uh+|well|yeah|yes|no|so|and|but|ok(?:ay)?|actually|honestly|hm+)\b[,. ]+){0,2}(?:i|i'm|i've|i'd|i was|we|it|it's|it was|the|my|there|that|that's|they|he|she|nobody|some|all)\b"
)
_CALLS_FOR_MORE = lazy(
    r"\?|\b(?:isn't|wasn't|aren't|didn't|doesn't) (?:it|that|they)\W*$|\b(?:you|your|u|ur|want|wants|need|needs|would like|wonder\w*|curious|tell|know|ask|asking|why|what|how|which|who|when|where|please|lawyer|solicitor|union|review|glassdoor|manager|boss)\b"
)
_WITH_HER = lazy(
    r"\b(?:told|asked|showed|shown|gave|met|with|to|explained to|saw|heard|thanked|like) (?:you|your)\b|\byou (?:asked|said|told|showed|know|see|wanted)\b"
)
_JOINED = lazy(r"\b(?:when|where|what|how|why|who|which|you|your)\b")
_ONLY_ASKED = lazy(
    r"(?:(?:no|well|sorry|ok(?:ay)?|hey),? )?i(?:'m|m| am| was) (?:just|only) (?:asking|saying|curious|wondering)[.! ]*"
)
_SEES = lazy(
    r"(?:(?:ah|oh|ok(?:ay)?|right|i see|well|and)[,. ]+){0,2}so i (?:really |just |do )?(?:need|must|have to|ought to|should)\b[^?]*"
)
_WITHDRAWS = lazy(
    r"\b(?:withdraw(?:ing)? (?:me|my (?:application|name))|take (?:me|my name) off (?:the|your) list|i(?:'ll|'d| will| would)(?: like to| have to)? withdraw)\b"
)
_TAKES_IT = lazy(
    r"\bi (?:do |can |fully |totally |completely |really |quite ){0,2}(?:understand|get it|accept|respect)"
    r"(?: (?:it|that|this|your (?:decision|choice|reasons?|position)|the (?:decision|choice|reasons?)))?(?=\W*$|[.,;!] )"
)
SHORTEST_TALE, LONG_TALE = 3, 20  # words


def only_tells(plain: str) -> bool:
    """Whether these words tell something in the first or third person, and ask for nothing: “I left because the store closed.”"""
    if _ONLY_ASKED.fullmatch(plain):
        return True
    said = plain.split()
    told = _WITH_HER.sub(" ", plain)
    if len(said) >= LONG_TALE and "?" not in plain:
        told = _JOINED.sub(" ", told)  # in so many words these join the sentences
    return (
        len(said) >= SHORTEST_TALE and any(map(_TELLS.match, clauses(plain))) and _CALLS_FOR_MORE.search(told) is None
    )


def sees(plain: str) -> bool:
    """Whether these words draw from an answer what one lacks: “so I need the figures.”"""
    return _SEES.match(plain) is not None and "?" not in plain


_OWNS_UP = lazy(
    r"(?:(?:oh|ah|no|god|dear|gosh|damn|sorry|well|um+|hm+|and|yes|yeah|ok(?:ay)?|so)\b[,. ]+){0,3}i (?:(?:just|really|simply|totally|stupidly|clearly|think i|must have|have|had) )?"
    r"(?:(?:copied|forgot(?:ten)?|muddled|mixed|messed|botched|misread|misspel(?:t|led)|misheard|skipped|panicked|froze|rambled|waffled|blew it|got it wrong|left it out)\b(?! (?:how|what|that|why)\b)"
    r"|(?:sent|wrote|used|gave|put|attached|brought|was on|had) (?:in )?(?:the|an?) (?:wrong|old)\b)[^?]*"
)
_SOMEBODY_ELSE = lazy(
    r"\b(?:you\w*|u|ur|they|them|their|he|she|him|her|his|who|people|company|firm|panel|managers?|boss|because|no ?body|some ?(?:one|body))\b"
)


def owns_up(plain: str) -> bool:
    """Whether these words own up to a slip of one's own, and nobody else is spoken of: “oh no, I sent the old one.” That blames nobody."""
    return any(map(_OWNS_UP.fullmatch, clauses(plain))) and _SOMEBODY_ELSE.search(plain) is None


def takes_it(plain: str) -> bool:
    """Whether somebody says in so many words that they take what they were told, whatever is told beside it: “it went well, but I understand”."""
    return _TAKES_IT.search(plain) is not None


def withdraws(plain: str) -> bool:
    """Whether an application is taken back: news for her, and no push."""
    return _WITHDRAWS.search(plain) is not None
