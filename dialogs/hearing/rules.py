"""The few sure rules: patterns that say one move whoever says them, and the guard that hears a "not".

A rule is a fixed prior: it lifts the score of its move by a set amount and is never learned from, so that a rule can be changed without
training. Every pattern is bounded (no nested repetition) and reads plain text: lower case, straight apostrophes.
"""

from __future__ import annotations

import re
from functools import cache

from dialogs.moves import Move
from dialogs.patterns import Lazy, lazy

_SURE: dict[Move, tuple[str, ...]] = {
    Move.GREET: (
        r"^(?:oh )?(?:hi|hello|hey|hiya|heya|howdy|g'day|greetings)\b(?! ho)",
        r"^(?:and )?(?:a very )?good (?:morning|afternoon|evening|day)\b",
        r"^(?:morning|evening|afternoon)\b[,.! ]",
    ),
    Move.INTRODUCE: (
        r"\b(?:my name is|my name's|this is|it's|it is|i'm) [a-z'-]{2,20}(?: [a-z'-]{2,20})?[,.]? (?:calling|here|again|from|i (?:interviewed|applied|came in|was in|had))\b",
        r"\bmy name(?:'s| is) \w",
        r"^(?:yes,? |so,? |well,? )?we (?:talked|spoke|met) (?:twice|once|before|last \w+|on \w+day|about the \w+|a (?:few|couple of) \w+ ago|in the interview)\b",
        r"^from (?:the|your|my) (?:[\w'-]+ ){1,3}(?:day|days|interviews?|shift|trial|round|test|visit)\W*$",
        r"\bi (?:interviewed|applied) (?:with you |with your \w+ )?(?:for|on|last)\b",
        r"\bi'm (?:calling|ringing|phoning|writing) (?:about|regarding|re|concerning) (?:the|my|your)\b",
    ),
    Move.PERMISSION: (
        r"\b(?:is this|is it|is now) (?:a |an )?(?:good|bad|ok|okay|convenient|awkward|terrible) (?:time|moment)\b",
        r"\b(?:do you have|have you got|got|can you spare|could you spare|you have) (?:a|one|two|five|a few|a couple(?: of)?|a quick|half a|ten|2|5|10) (?:quick )?(?:mins?|minutes?|moments?|secs?|seconds?)\b",
        r"\b(?:am i|is it|did i) (?:catch|interrupt|disturb|get)(?:ing)? you at a\b",
        r"\b(?:can|could|may|might) i (?:just )?(?:ask|put) (?:you )?(?:a|one|something|some|a couple|two)\b(?! about)",
        r"\bmind if i ask (?:you )?(?:a|one|something)\b",
    ),
    Move.THANK: (
        r"\bthank(?:s| you| u)\b(?! for nothing)(?! god)(?! goodness)(?! heavens)",
        r"\b(?:thx|tysm|cheers|ta very much|much appreciated|many thanks)\b",
        r"\bi (?:really |do |truly |so )?appreciate (?:you|your|the|it|that|this)\b",
        r"\b(?:grateful|thankful) (?:for|that you)\b(?! any)(?! feedback)",
    ),
    Move.ASK_OPEN: (
        r"\bwhy (?:wasn't|was not|didn't|did) (?:i|you) (?:not )?(?:chosen|selected|picked|get|choose|pick|select|hire|make)\b",
        r"\b(?:any|some|honest|general|candid) (?:feedback|pointers?|advice|tips?)\b(?! about| on)",
        r"\bwhat (?:could|can|should|might) i (?:have )?(?:do|done|be doing|improve|work on|change|changed)\b",
        r"\b(?:where|what) (?:did i|i) (?:go|went|fall|fell|come up) (?:wrong|short)\b",
        r"\bwhy'?s (?:that|this|it)\b",
        r"\bwhat would you (?:do|have done|suggest|recommend|advise)\b",
        r"\bthe reasons? (?:i|why|for|behind|you)\b.{0,60}\?",
    ),
    Move.ASK_SPECIFIC: (  # a fixed number of points
        r"\b(?:what's|what is|what was|what were|what(?= one)|which|name|tell me|give me|(?:is|was|are|were) there)(?: \w+){0,2} (?:one|a single|two|three|2|3) (?:main |single |small |big )?(?:thing|area|point|tip|reason|mistake|weakness)(?:s|es)?\b",
        r"\b(?:name|pick|choose) (?:just |only )?(?:one|a single|two|three|2|3) (?:thing|area|point|tip|reason|mistake|weakness)(?:s|es)?\b",
    ),
    Move.PROBE: (
        r"^(?:such as|like what|for example|how so|in what way|meaning|as in)\s?\?",
        r"\bwhat (?:do|did) you mean (?:by|when)\b",
        r"\bcould you (?:give|be) (?:me )?(?:an example|more specific|a bit more specific)\b",
        r"\bwould (?:it|that|that) have (?:changed|made)\b",
    ),
    Move.REASSURE: (
        r"\bi(?:'m| am) not (?:here |calling |ringing |trying |looking |writing |asking |going )(?:to |in order to )?(?:argue|fight|complain|contest|challenge|dispute|change your mind|appeal|debate|make)\b",
        r"\b(?:no hard feelings|no pressure|no obligation|don't worry about (?:my|hurting)|don't spare (?:me|my)|i can take it|anything helps|be as (?:blunt|honest|frank|brutal)|be (?:brutally|completely|totally) honest)\b",
    ),
    Move.ACKNOWLEDGE: (
        r"\bi (?:understand|know|realise|realize|get|appreciate|imagine|see) (?:that |it's |it must |this |how |why |you )?(?:you |it |there |must |are |have |had |were |can't |cannot |may |might |probably |legally |limited |very |so |been |be |not ){0,5}(?:busy|limited|restricted|allowed|hard|tough|difficult|many|lots|hundreds|loads|policy|legal|swamped)\b",
    ),
    Move.COMMIT: (
        r"(?:^|[,.!;] )(?:(?:so|ok(?:ay)?|then|right|and|well),? ){0,3}next time i(?:'ll| will)? (?!(?:could|should|can|might|need|see|apply|come|call|ring|do|wanna|want)\b)\w+",
        r"\bi(?:'ll| will|'m going to| am going to|'m gonna) (?:definitely |certainly |now |start |be )?(?:work on|practi[cs]e|study|sign up|enrol|enroll|take a course|look into|(?:speak|talk) to (?:the|my) (?:bank (?:office|team|staff)|college|tutor|teacher|mentor|coach|careers? \w+|training \w+|course \w+)|get (?:the|that|my)|brush up|book|rewrite|redo)\b",
    ),
    Move.DOOR: (
        r"\b(?:keep|bear|have) (?:me|my \w+) (?:in mind|on file)\b",
        r"\b(?:future|other|another|similar|later|upcoming|next) (?:roles?|openings?|positions?|vacanc(?:y|ies)|opportunit(?:y|ies))\b.{0,60}\?",
        r"\b(?:apply|re-?apply|try) again\b.{0,60}\?",
        r"\b(?:stay|keep|be) in touch\b",
        r"\bif i\b.{1,40}\bwould you (?:have|take|consider|hire|call|ring|phone|think of|look at) me\b",
        r"\b(?:waiting|reserve|short) ?list\b.{0,40}\?",
    ),
    Move.CLOSE: (
        r"\b(?:good ?bye|bye(?: ?bye)?|take care|have a (?:good|great|nice|lovely|wonderful) (?:day|one|evening|weekend|week|afternoon)|all the best|i'll let you (?:go|get)|cheerio|ttyl|speak soon)\b",
        r"\b(?:best of luck|good luck) (?:with|to)\b",
    ),
    Move.ACCUSE: (
        r"\byou(?:'re| are| people are| guys are| lot are)? (?:all )?(?:a )?(?:bunch of )?(?:liars?|crooks?|hypocrites?|racists?|idiots?|clowns?|scammers?|cowards?)\b",
        r"\b(?:fuck|screw|sod) (?:you|off)\b",
        r"\byou (?:people )?(?:lied|wasted my time|strung me along|led me on|discriminated)\b",
        r"\bshame on you\b",
        r"(?:^|[.!?,;] ?)(?:(?:but|and|so|well|honestly|no|oh|sorry),? ){0,2}(?:(?:that|this|it)(?:'s|s| is| was)? |its |how )?(?:just |so |really |very |totally |completely |bloody |pretty ){0,2}(?:unfair|not fair)(?: at all)?\W*$",
        r"\bthank(?:s| you) (?:a lot |so much |very much )?for (?:nothing|wasting)\b",
        r"\b(?:is|was) (?:this|that|it|all this|all that) (?:all )?(?:just )?(?:a|some|some kind of|some sort of|meant to be a) (?:sick |bad |cruel |big )?(?:joke|prank|wind-?up)(?: or (?:what|something|smth))?\s?[?!.]*(?:$| to you)",
        r"\bare you (?:actually |even |fucking |freaking |bloody )?(?:kidding|joking|having a laugh|taking the (?:piss|mick))\b",
    ),
    Move.THREATEN: (
        r"\b(?:you(?:'ll| will| are going to| can expect to)|expect to) (?:be )?hear(?:ing)? from (?:my|our) (?:lawyer|solicitor|attorney|union|rep)\b",
        r"\bi(?:'ll| will|'m going to| am going to|'m gonna) (?:sue|report you|see you in court|take (?:this|you|it) to (?:court|a tribunal|the tribunal|the press|the papers)|file a (?:complaint|claim|lawsuit|suit))\b",
    ),
    Move.PLEAD: (
        r"\b(?:please|pls|plz) (?:just )?(?:reconsider|give me (?:a|another|one more) (?:chance|shot|go)|change your mind|let me (?:try|come))\b",
        r"\b(?:i'm begging|i beg) (?:of )?(?:you|ya)\b",
        r"\b(?:one|another|a second) (?:more )?chance\b(?=.{0,40}(?:please|pls|plz|beg))",
    ),
    Move.PRY: (
        r"\bwho (?:did you (?:hire|pick|choose|give)|got (?:the job|it|hired|the role|the post)|was (?:hired|chosen|picked|selected))\b",
        r"\bhow many (?:people |others |candidates )?(?:applied|were there|did you interview|candidates)\b",
        r"\bwhat(?:'s| is| was) (?:the|my|their) (?:salary|score|ranking|pay)\b",
        r"^(?:and |what about |and what about )?(?:those|the (?:scores?|marks?|answers?|points)) of (?:the |your )?(?:other|others|winner|appointee|successful|person|one|new)\b",
    ),
}


@cache
def sure() -> dict[Move, tuple[Lazy, ...]]:
    """The sure patterns of each move."""
    return {move: tuple(lazy(way) for way in ways) for move, ways in _SURE.items()}


def fired(plain_text: str) -> dict[Move, str]:
    """The moves a rule is sure of, each with the words that say so."""
    found: dict[Move, str] = {}
    for move, patterns in sure().items():
        for pattern in patterns:
            if hit := pattern.search(plain_text):
                found[move] = hit.group().strip()
                break
    return found


_ABUSE = lazy(
    r"\b(?:you(?:'re| are)|you people are|you lot are|ur|u r) (?:all )?(?:(?:a|an|such|so|just|really|completely|totally|bunch|of|fucking|bloody) ){0,4}(?:incompetent|pathetic|clueless|useless|morons?|nazis?|fascists?|bigots?|sexist|racist|jerks?)\b"
    r"|(?:^|[,.!] )(?:you )?(?:\w+ )?(?:nazis?|morons?|fascists?|bigots?)[.! ]*$"
)
_SLIGHT = lazy(
    r"\byou (?:[a-z]+ ){0,2}(?:[a-z]+s|lot|people|guys) are all (?:the same|alike)\b|\byou(?:'re| are) all (?:the same|alike)\b|\b(?:you|they) (?:couldn't|can't|could not|cannot|wouldn't) (?:even )?(?:\w+ )(?:a|an|your|the) "
    r"(?:light ?bulb|paper bag|fish|bucket|party in a brewery|bus|way out)\b|\byou (?:picked|chose|hired|took|got) the wrong (?:person|one|candidate|man|woman|guy|people)\b"
    r"|\byou must be (?:\w+ ){0,2}(?:bad|terrible|stupid|blind|dumb|desperate|hopeless|useless|awful)\b|\b(?:you|your (?:company|firm|team|place)) (?:\w+ ){0,3}(?:like|likes|prefer|prefers|want|wants|hire|hires|settle for|settles for) (?:\w+ )?(?:mediocre|mediocrity|average|yes[- ]men|idiots|cheap)\b"
    r"|\b(?:that's|that is|what|this is) (?:just |such |all )?(?:a |another )?(?:load|lot|bunch|pile) of (?:\w+ )?(?:waffle|waffling|rubbish|nonsense|bull\w*|crap|excuses|hot air|baloney)\b"
    r"|\b(?:panel|process|interviews?|company|firm|whole thing) (?:was|were|is) (?:\w+ )?a joke\b|\b(?:was|were|is),? (?:\w+,? ){0,2}(?:trivial|laughable|amateurish|beneath me|child's play)\b|\b(?:your loss|what a joke of|some manager you are|hope you're proud|call yourself a|you people have no idea|you have no idea what)\b"
)


def abusive(plain_text: str) -> str:
    """The words that call the manager a bad name; empty when there are none."""
    hit = _ABUSE.search(plain_text)
    return hit.group().strip(" ,.!") if hit else ""


_INSULT = lazy(
    r"\b(?:liars|crooks?|hypocrites?|racists|sexists|idiots?|clowns?|scammers?|cowards?|bastards?"
    r"|arseholes?|assholes?|scum\w*|pigs|bitch\w*|wankers?|twats?|cunts?|dickheads?|pricks?|vermin"
    r"|thieves|con artists?|snakes|nazis?|morons?|fascists?|bigots?|imbeciles?|muppets?|parasites?)\b",
    r"\byou(?:'re| are|r)? (?:such |just |all )?(?:a |an )?(?:\w+ )?(?:liar|thief|snake|pig|fraud|racist"
    r"|sexist)\b",
    r"\byou (?:\w+ )?(?:have )?lied\b",
    r"\bf+u+c*k+\w*",
    r"\bf\*+\w*",
    r"\b(?:screw|damn|sod|stuff) (?:you|off|yours?)\b",
    r"\b(?:piss|bugger) off\b",
    r"\bgo to hell\b",
    r"\bdrop dead\b",
    r"\brot in\b",
    r"\bup yours\b",
    r"\bkiss my\b",
    r"\b(?:shove|stick) (?:it|your)\b",
    r"\bshame on (?:you|both|all|your)\b",
    r"\bbull ?shit\w*",
    r"\bshit\w*",
    r"\b(?:you|u) (?:\w+ )?(?:disgust|sicken) me\b",
    r"\b(?:you|u) (?:\w+ )?make me (?:sick|want to vomit|puke)\b",
    r"\b(?:pathetic|despicable|contemptible|disgusting|incompetent)\b",
)


def insulting(plain_text: str) -> bool:
    """Whether a bad name, a curse or contempt stands in these words. Blame without any is hurt more often than war, however plain it is."""
    return bool(abusive(plain_text)) or _INSULT.search(plain_text) is not None


_UNLAWFUL = lazy(
    r"\b(?:discriminat\w*|illegal\w*|unlawful\w*|against the law|(?:break|breaks|broke|breaking|broken) the law"
    r"|racis[mt]|sexis[mt]|ageis[mt]|racial\w*|prejudice[ds]?|bigotry|fraud\w*|brib\w*|corrupt\w*)\b",
)
"""Acts that are a matter for HR, however they are named."""


def in_hard_words(plain_text: str) -> bool:
    """Whether blame in these words is hard: an insult, a put-down of hers, or an unlawful act named. Without any of them it is hurt more often than war."""
    put_down = slighting(plain_text)
    of_all = put_down.endswith(("the same", "alike"))  # “you're all the same” is said of everybody, and to nobody
    return insulting(plain_text) or _UNLAWFUL.search(plain_text) is not None or (bool(put_down) and not of_all)


_MERIT = lazy(
    r"\bi (?:really |honestly )?(?:thought|felt|figured|believed|reckoned) (?:that )?(?:i|it|my|the "
    r"(?!decision|choice|result|answer))\b[^.?!]{0,40}\b(?:well|good|fine|great|ok(?:ay)?|strong|perfect"
    r"|brilliant)\b",
    r"\b(?:good|fine|great|well|ok(?:ay)?|right|strong|solid),? (?:wasn't it|weren't they|didn't it"
    r"|didn't i|wasn't i|no)\W*\?",
)
_GRACE = lazy(
    r"\b(?:understand|understood|accept|respect|fair|makes sense|no (?:problem|worries|hard feelings)"
    "|thanks?|thank you|appreciate|grateful|get it|of course|happy for|glad|good luck|best of luck"
    r"|never ?mind|can live with)\b",
)


_MYSELF_BLUNT = lazy(
    r"\bi(?:'ll| will| shall|'m going to| am going to|'m| am| want to| must| have to)(?: just| only)? (?:be|being) (?:very |quite |completely )?(?:blunt|frank|honest|direct|straight|brutal)\b"
)


def blunt_oneself(plain_text: str) -> bool:
    """Whether somebody announces plain words of their own: nobody is put at ease by that."""
    return _MYSELF_BLUNT.search(plain_text) is not None


def own_merit(plain_text: str) -> bool:
    """Whether one's own work is held up against the no, with no word of grace beside it: “I thought I did well, the lesson was good, wasn't it?”"""
    return _MERIT.search(plain_text) is not None and _GRACE.search(plain_text) is None


def slighting(plain_text: str) -> str:
    """The words that put somebody down without a word of abuse; empty when there are none. They bring care, and no more."""
    hit = _SLIGHT.search(plain_text)
    if hit is None or re.search(r"\b(?:not|no longer|never|\w+n't)\b.{0,25}$", plain_text[: hit.start()]):
        return ""
    return hit.group().strip()


_HOSTILE = (
    r"(?:argu\w*|fight\w*|complain\w*|contest\w*|challeng\w*|disput\w*|su(?:e|ing)|lawyers?|solicitors?|attorneys?|legal|lawsuit|court"
    r"|tribunal|threat\w*|accus\w*|blam\w*|unfair|bias\w*|discriminat\w*|rude|lying|lied|liars?|appeal\w*|beg|begging|plead\w*"
    r"|reconsider|change your mind|changing your mind|second chance|another chance|overturn\w*|reverse|revers\w*|report\w*|reviews?"
    r"|union|tak(?:e|ing) (?:this|it|things) (?:any )?(?:higher|further)|angry|cross|mad|bitter|point(?:ing)? fingers?|grudge|axe|dragging|slag\w*|kick up|fuss|trouble|debate|rant\w*|vent)"
)
_GUARD = lazy(
    r"\b(?:i'm not|i am not|im not|i'm never|i won't|i will not|i'll not|i shan't|you (?:won't|will not) be hearing from|wont|i wouldn't|i'd never|i would never|i (?:don't|do not|dont)(?: (?:really|honestly|even|actually|for (?:a|one) (?:single )?(?:second|minute|moment)))? (?:want|mean|intend|plan|wish|think"
    r"|feel|believe|suppose)|i'm hardly|not (?:here|calling|ringing|trying|looking|writing|asking|going) to"
    r"|this isn't|this is not|this isnt|it's not|it isn't|no intention of|nothing to do with|far be it from me to|not that i|i didn't (?:come|call|ring)"
    r"|never crossed my mind)"
    r"(?: [\w']+,?){0,7}? " + _HOSTILE + r"\b"
)
_WRONG = (
    r"(?:l(?:ie|ied|ying)|cheat(?:ed)?|misled|mislead|ghost(?:ed)?|st(?:ring|rung) me along|wast(?:e|ed) my time|unfair|unkind|rude|bias(?:ed)?|dishonest|disrespectful|sexist|racist"
    r"|discriminat(?:ed?|ion)|insult(?:ed|ing)?|(?:a )?stitch-?up|a (?:sham|farce|scam|joke)|treat(?:ed)? me (?:badly|unfairly)|done? (?:me )?(?:anything )?wrong)"
)
_DENIED = lazy(
    r"(?:^|[.!?;,] )(?:(?:and|so|no),? )?(?:(?:you|they|it|that|this|(?:the|your) [a-z]+)(?: (?:really|certainly|people|guys|lot))? (?:(?:did|do|was|were|is|are|have"
    r"|has)(?:n't|nt| not| never| no)|never)(?: (?:really|ever|once|been|any|being))?|(?:nobody|no one|no-one|none of (?:you|them))(?: (?:there|here|ever|has|was|is))?) "
    + _WRONG
    + r"(?: (?:me|us)\b)?(?: (?:to|with|about|at|towards|against) (?:me|us|it|any of us|anything|anybody))?(?: at all| in any way)?(?=[.!;,]|$)"
)
"""A whole sentence that says of a wrong that nobody did it. Whole, because what goes on after it mostly turns it back: “nobody said anything rude, you just …”."""
_TURN = lazy(r"\b(?:but|however|though|yet|still|except|only|unless|saying|just)\b")


def guarded(plain_text: str) -> str:
    """The words in which the candidate says of something hostile that she does *not* do it, or that nobody did; empty when there are none.

    Of a hostile word inside a longer sentence only the first person turns the meaning round ("you're not being fair" is no denial), and only when
    nothing turns it back ("I'm not saying you lied, but …").
    """
    hit = _GUARD.search(plain_text)
    if hit is None or _TURN.search(hit.group()):
        hit = _DENIED.search(plain_text)
    if hit is None:
        return ""
    rest = plain_text[hit.end() : hit.end() + 120]
    return (
        ""
        if re.match(
            r".{0,60}\b(?:but|however|though|yet|unless|except)\b(?! (?:i'd|i would|could|can|i was|wanted|thank|may|would|is there))",
            rest,
        )
        else hit.group()
    )


_LEAVING = lazy(
    r"\b(?:got ?ta|got to|have to|must|better|should) (?:go|run|dash|be off|get going|hang up)(?: "
    r"now)?\W*$",
    "^(?:(?:ok(?:ay)?|right|well|thanks?|ta)[,.!]* )*(?:(?:good ?)?night(?: night)?|ta-?ra|toodles"
    "|toodle pip|laters|cya|auf wiederse?hen|auf wiederh[oö]ren|tsch[uü]ss|au revoir|arrivederci|hasta "
    r"luego)(?:,? \w{2,20})?[^\w?]*$",
    "^(?:yours(?: sincerely| faithfully| truly)?|(?:best|kind|warm) (?:regards|wishes)|regards"
    r"|sincerely)\b[,.]?(?: [\w'-]+){0,3}\W*$",
    r"(?<=[.,!;?] )(?:and |so )?(?:a )?good (?:day|morning|afternoon|evening|night) to you(?: all| too| both| then)?\W*$",
    r"\b(?:be seeing you|see (?:you|ya) (?:around|soon|later)|see ya|catch you later|adi[oó]s|ciao|drive "
    r"safe(?:ly)?)\W*$",
)


def leaving(plain: str) -> bool:
    """Whether these words end in taking leave without a goodbye: “thx, gotta go”, “be seeing you”."""
    return _LEAVING.search(plain) is not None


_BRIEF = lazy(
    r"\bi(?:'ll| will)? ?(?:won't|will not|wont|not) (?:(?:keep|hold|detain) (?:you|u|long)\b|be (?:long"
    r"|(?:more than )?(?:a|one|two|five) (?:minutes?|mins?|moments?|sec(?:ond)?s?))\b|take (?:you )?"
    "(?:long|(?:more than )?(?:a|one|two|five) (?:minutes?|mins?|moments?|sec(?:ond)?s?)|much time"
    r"|(?:up )?(?:(?:too |very )?much |any more |any |more |a lot |from )?(?:of )?your (?:\w+ )?(?:time"
    r"|day|morning|lunch\w*|afternoon|evening|minutes?))\b)",
    r"\bi'?ll (?:be|keep it|make it) (?:quick|brief|short)\b",
)
_GOODBYE = lazy(
    r"\b(?:good ?bye|bye(?: ?bye)?|cheerio|ttyl|speak soon|take care|all the best|have a (?:good|great"
    r"|nice|lovely) (?:day|one|evening|weekend|week|afternoon))\b",
)


_GOOD_DAY = lazy(
    r"(?<=[.,!;] )(?:and )?(?:a )?(?:very )?good (?:day|morning|afternoon|evening|night)(?:,? (?:sir|madam|(?:mr|mrs|ms|miss|dr)\.? [\w'-]{2,20}))?\W*$"
)


def bids_good_day(plain: str) -> bool:
    """Whether these words end in “good afternoon”: at the end of a call that is a goodbye."""
    return _GOOD_DAY.search(plain) is not None


def takes_leave(plain: str) -> bool:
    """Whether there is a word of leave in these words."""
    return _GOODBYE.search(plain) is not None or leaving(plain)


def be_brief(plain: str) -> bool:
    """Whether these words promise to be short and say no goodbye: at the end of a call that takes leave, and at its beginning it asks for a moment."""
    return _BRIEF.search(plain) is not None and _GOODBYE.search(plain) is None
