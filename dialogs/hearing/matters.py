"""Matters that lie at the edge of the call: a right, a question nobody may ask, a recording, a compliment too much.

They are no moves, and the manager answers each in words that are much the same everywhere. Naming a lawyer, a union or a right to know is no
threat as long as no step is announced; what announces one stays what it is.
"""

from __future__ import annotations

from enum import StrEnum

from dialogs.hearing.areas import areas_asked
from dialogs.hearing.names import Common
from dialogs.hearing.requests import to_repeat
from dialogs.hearing.text import clauses, words
from dialogs.moves import ASKS, COSTLY, FAMILIES, Move
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
    TRAIT = "trait"  # whether it was their age, origin, faith or the like
    OUTCOME = "outcome"  # whether they got it at all
    WHO = "who"  # who is speaking
    WELL = "well"  # how she is
    MOMENT = "moment"  # a moment, to write or to find words
    REPEAT = "repeat"  # what was that?
    FIGURES = "figures"  # what the post pays
    NOD = "nod"  # yes, no or okay, and nothing else
    MORE = "more"  # yes, there is something else
    TOLD = "told"  # something told that is no move: neither odd nor unclear, and nothing to answer


_STEP = lazy(
    r"\b(?:hear(?:ing)? from|see you in|sue|suing|sued|court|tribunal|lawsuit|legal action|press|media"
    r"|papers|go public|going public|report(?:ing)?|complain\w*|claim|claiming|ombudsman|reviews?"
    "|glassdoor|linkedin|twitter|social media|everyone|everybody|regret|pay for|sorry you|careful"
    r"|warn\w*|last chance|think twice|think hard|or else|otherwise|unless|consequences?|take (?:this|it"
    r"|you) (?:further|up|to)|taking (?:this|it|you)|escalat\w*|boss|head office|fight|act(?:ing)? (?:on"
    r"|against)|against you|damages|compensation)\b",
    r"\b(?:lawyers?|solicitors?|attorneys?|union|rep|they|he|she|we) (?:'ll|will|is going to|are going to"
    "|is gonna|can) (?!(?:you )?tell|explain|help)",
    r"\b(?:i'll|i will|i'm going to|i am going to|i'm gonna) (?!(?:just |simply |only |now )?ask\b)",
    r"\bi(?:'m| am) (?:talking|speaking|going) to (?:a|my|the) ",
    r"\bor i \w+",
    r"\b(?:expect|drafting|a case|till|instructed|choose your words|recording of)\b",
    r"\bor (?:i|we|my|you)(?:'ll| will|'m| am|'re| are)\b",
    r"\b(?:they|we|he|she)'ll\b",
    r"\bi(?:'ll| will|'m going to| am going to|'m gonna) (?:be )?(?:get|getting|call|calling|bring"
    "|bringing|send|sending|involve|instruct|hire|hiring|contact|contacting|set) ",
)
_TO_APPEAL = r"\bi(?:'d| would)? (?:intend|want|wish|like|plan|mean|have decided)(?: now)? to (?:(?:lodge|make|file|submit) an |formally )?appeal\b"
_ADVISER = lazy(
    r"\b(?:my|our|the|a|your local) (?:own |trade |local )?(?:lawyers?|solicitors?|attorneys?|union(?: "
    r"reps?| representatives?)?|works council|betriebsrat|shop steward|equality body)\b(?! (?:job|role"
    "|position|post|work|firm|interview))",
    r"\bcitizens'? advice\b",
    r"\b(?:freedom of information|foi|foia|subject access|data (?:subject )?(?:access )?request)\b",
    r"\b(?:the|a|any|my|have|got) (?:legal )?rights? to (?:know|see|ask|be told|information|feedback|a "
    r"reason|reasons|an answer|an explanation|my)\b",
    r"(?<!not )\b(?:i'm|i am|am i|we're) entitled to\b",
    _TO_APPEAL,
)
_PROTECTED = lazy(
    r"(?<!\bi )\b(?:asked|asking me|wanted to know|questions? about)\b.{0,60}?(?:\b(?:have|having|had"
    "|want|wanted|wanting|plan|planning|planned|expecting|any|more|start|starting|my|i'm|i am|i was|was "
    "i|am i|if i|whether i) (?:to have |to start |on having |on starting |having |starting |on |a |any "
    r"|more |was |am |be ){0,3}(?:children|kids|child|baby|babies|pregnan\w*|famil(?:y|ies)|married"
    r"|husband|wife|age|relig\w*|church|faith|disab\w*|illness\w*|health|nationality|ethnic\w*|accent|gay"
    r"|sexual\w*|gender)\b|\b(?:how old (?:i|am)|where (?:i'm|i am|i was|am i|i) (?:really |actually )?"
    r"(?:come )?from|when i was born)\b)",
)
_WRITTEN = lazy(
    r"\b(?:get|have|send|give|let me have) (?:me )?(?:the|my|some) [^.?!]{2,30} (?:in writing|on paper)\b",
    r"\bwritten feedback\b",
    r"\bfeedback (?:\w+ ){0,2}(?:in writing|by e-?mail|on paper)\b",
    r"\b(?:get|have|send|give)\b.{0,20}\b(?:something|it|that|this|reasons?|answer)\b.{0,12} in writing\b",
    r"\b(?:copy of|see|get|have) (?:\w+ ){0,2}(?:notes|scores?|scoring|sheet) (?:of|from|on|about) (?:my"
    r"|the) (?:interview|application)\b",
    r"\bwhom? (?:do|should|can|could|would|must) i (?:ask|write to|contact|e-?mail) (?:for|about) (?:it"
    r"|that|this|(?:the |my |some )?(?:written )?feedback)\b",
)
_WHOM_TO_ASK = lazy(
    r"\b(?:what|which|where)(?:'s| is| was)? (?:the |that |your |their )?(?:right |e-?mail |mail |postal )?(?:e-?mail|address)\b",
    r"\bis (?:the|that) (?:e-?mail |mail |postal )?(?:e-?mail|address)\b.{0,30}\b(?:letter|same|right|one)\b",
    r"\bwhere (?:do|should|can|could) i (?:write|send (?:it|that|an? e-?mail)|e-?mail)\b",
    r"\bwho (?:else )?(?:could|can|would|might) (?:i (?:ask|talk to|speak to|contact|write to)|tell me)\b",
    r"\bwho(?:m)? (?:do|should|could|can) i (?:ask|write to|contact|turn to|(?:send|give|address) (?:it|that|this|these|(?:the|my|an?) \w+) to)\b",
    r"\bto whom (?:do|should|can|could|must|would) i (?:address|send|write|direct)\b",
    r"\bhow (?:do|can|would|could|does one) (?:i |one )?(?:appeal|complain|challenge (?:it|this|the "
    r"decision))\b",
    r"\b(?:can|could|may) i (?:speak|talk) to (?:someone|somebody|anyone) else\b",
    r"\b(?:see|have|get|look at) (?:the|my|your) (?:interview )?(?:notes|score ?sheets?|marking)\b",
)
_WANTS = lazy(r"\?|\b(?:could|can|may|whom?|how|where|would|when|is there|do you|please|like to|want)\b")
_RECORDED = lazy(
    r"\b(?:is|are|am) (?:\w+ ){0,4}(?:recorded|recording|taped|on tape|on (?:loud)?speaker|listening in"
    r"|wiretapp\w*)\b.*\?",
    r"^(?:is|are|am) (?:\w+ ){1,4}(?:being recorded|recording(?: this| me| us| the call)?)[.? ]*$",
    r"\b(?:is|are) (?:any(?:one|body)|some(?:one|body)) (?:else )?(?:listening|on the line)\b",
    r"\bwho else is (?:listening|on the line|there)\b",
    r"\b(?:do|does|will) (?:you|they|it|anyone|anybody|somebody|someone) (?:always |also )?(?:record"
    r"|tape) (?:this|it|me|us|calls?|the call|these)\b",
)
_REALLY = lazy(
    r"\bis (?:this|that) (?:really|actually|truly|definitely) (?!\w+ing\b|a |an |just |some |only |not "
    r"|the |going|so |sorry|final|why|what|how|all\b|it\b|because|true|fair|necessary|needed|ok|right"
    "|possible|impossible|legal|allowed|required|normal|usual|about|good|bad|set|such"
    r"|your)[\w', ]{2,40}\?",
    r"\b(?:are you|is this|is that) (?:really )?who you say\b",
    r"\bam i (?:really|actually) (?:speaking|talking) (?:to|with)\b",
    r"\bhow do i know (?:that )?(?:it's|this is|you're|you are)\b",
)
_COURTING = lazy(
    r"\b(?:are you|you) (?:free|doing anything|busy) (?:on |this |tonight|tomorrow night|after work|for "
    r"(?:a drink|dinner))(?!.{0,40}\b(?:talk|call|speak|phone|chat|discuss)\b)",
    r"\bare you (?:single|married|seeing (?:any|some)(?:one|body))\b",
    r"\b(?:take|taking) you (?:out|for a|to dinner|to the cinema)\b",
    r"\bbuy you (?:a )?(?:drink|dinner)\b",
    r"\bgo (?:out|on a date) with me\b",
    r"\b(?:grab|have|get) (?:a )?(?:drinks?|dinner) (?:with me|together|sometime|some time)\b",
    r"\b(?:you have|you've|you've got|what|such|your) (?:got )?(?:a |an |such a )?(?:lovely|sexy"
    r"|beautiful|gorgeous|pretty) (?:voice|eyes|smile|legs)\b",
    r"\byou(?:'re| are| were| look| looked| sound) (?:so |very |really |quite |kinda |pretty )?(?:cute"
    r"|hot|sexy|gorgeous|beautiful|pretty|handsome|fit)\b(?! (?:for|into|in|with))",
    r"\b(?:your|ur) (?:private|personal) (?:number|phone|mobile)\b",
)
_TRAIT = lazy(
    r"(?:\b(?:was|is|were|wasn't|isn't|weren't|could|might) (?:it|this|that|there|you|they|any(?:one"
    r"|body)|the \w+)\b|(?:^|[,.!?;:] |\b(?:or|and|so|if|whether|think|guess|suppose|maybe) )(?:was|is"
    r"|were) (?=my )|\b(?:maybe|perhaps|guess|suppose|think|bet|wonder\w*|if|whether) (?:that )?(?:it's"
    r"|it was|it is)\b|(?<!not )(?<!wasn't )(?<!isn't )(?<!nothing )\b(?:because|to do with|down to|due "
    r"to)\b)[^.!?;:]{0,25}?\b(?:my (?:age|accent|race|religion|faith|gender|sex|sexuality|disability"
    r"|pregnancy|skin(?: colou?r)?|colou?r|(?:last |sur|family )?name(?! is\b| was\b|'s)|nationality"
    r"|ethnicity|origins?|wheelchair|hijab|headscarf)\b|i(?:'m| am|m| was) (?:just )?(?:too |so )?"
    "(?:old(?![- ](?:school|fashioned))|young|a (?:woman|man|girl|mother|mum|mom|foreigner|muslim|jew)"
    "|black|asian|brown|gay|lesbian|trans|muslim|jewish|christian|hindu|sikh|pregnant|disabled|deaf(?! "
    r"to)|blind(?! to)|foreign|an immigrant)\b|i have (?:kids|children|a (?:baby|child|disability))\b)",
)
_HEALTH = r"(?:anxiety|depression|epilepsy|diabetes|autis\w+|adhd|dyslexi\w+|cancer|(?:mental )?health|stammer)"
_MY_TRAIT = (
    r"my (?:own )?(?:age|accent|race|religion|faith|gender|sex|sexuality|disability|pregnancy|skin(?: colou?r)?"
    r"|nationality|ethnicity|origins?|wheelchair|hijab|headscarf)\b"
)
_COUNTED = (
    r"(?:problem|issue|factor|obstacle|reason|against me|c[oa]me (?:in|into|up)|comes (?:in|into)|play(?:ed|s)?|count(?:ed|s)?"
    r"|matter(?:ed|s)?|mattering|(?:anything|something) to do|put (?:you|anyone|anybody|them) off"
    r"|(?:ha[ds]|have|was|were|is) (?:a|any|some|no) (?:\w+ )?(?:role|part) (?:in|of) (?:it|this|that|the (?:decision|no|reason)))\b"
)
_TRAIT_COUNTED = lazy(
    rf"\b{_MY_TRAIT}[^.!?;:]{{0,20}}\b{_COUNTED}",
    rf"\b(?:answer\w*|ask(?:ed|ing)?|question|wonder\w*) (?:\w+ )?(?:about|if it was|whether it was) {_MY_TRAIT}",
    r"\bi(?:'m| am|m) (?:only |just |nearly |over |now )?(?!(?:\w+[- ]){1,2}(?:min\w*|miles?|km|kms|kilomet\w+|hours?|days?|weeks?|months|percent|applications"
    r"|interviews|rejections|stops)\b)(?:[2-7]\d|(?:twenty|thirty|forty|fifty|sixty|seventy)(?:[- ]\w+)?|(?:a |an )?(?:woman"
    r"|mother|mum|mom|foreigner|muslim|jew|jewish|christian|hindu|sikh|black|asian|gay|lesbian|trans|pregnant|disabled|deaf|blind))\b"
    rf"[^?!]{{0,60}}\b(?:that|it|this|which)\b[^.?!]{{0,25}}\b{_COUNTED}",
    r"\b(?:is|was|were|be|isn't|wasn't) (?:it|this|that) (?:just |all |really |maybe )?(?:an? (?:age|race|religion|gender) thing|about where i(?:'m| am| come) from)\b",
)
"""The same, asked the other way round: “did my age come into it?”, “I'm sixty-one, and I wondered whether that counted.”"""
_TRAIT_FEARED = lazy(
    rf"\bmy (?:own )?{_HEALTH}\b[^.!?;:]{{0,20}}\b{_COUNTED}",
    rf"\b(?:was|is|were) (?:it|this|that)\b[^.!?;:]{{0,30}}\b(?:my {_HEALTH}|i (?:have|had|told (?:you|them) (?:about|i have)) (?:an? |my )?{_HEALTH})\b",
    r"\b(?:was|am) i (?:just |simply |maybe |really )?(?:too |so )?(?:old|young|foreign|black|brown|pregnant|disabled)\b(?! (?:for (?:this|that|it)\b)?(?:to|school))",
    rf"\b(?:confirm|say|tell me|sure|promise|swear|deny)\b[^.!?]{{0,30}}\b(?:it|this|that) (?:was|wasn't|was not|is|isn't|had nothing to do with|has nothing to do with) (?:because of |about )?{_MY_TRAIT}",
    rf"\b(?:it was|it's|that was|that's) (?:because of |down to |just |all )?{_MY_TRAIT}[^.!?]{{0,12}}[, ](?:wasn'?t it|isn'?t it|was it|is it|innit|right|yeah|no)\b",
)
"""The same, as a fear: “was I too old?”, “was it because I have anxiety?”, “it was my age, wasn't it”."""
_OUTCOME = lazy(
    r"\bdid i (?:actually |even )?get (?:it|the job|the post|the role|hired|in)\b(?! wrong)",
    r"\b(?:have|did) i (?:not )?(?:got|gotten|get) (?:it|the job) or not\b",
    r"\b(?:so )?(?:is it|it's|is that|that's|are you saying it's) a (?:no|yes or a no|yes)(?:,? then)? ?\?",
    r"\bso i (?:didn't|haven't|have not|did not) (?:get|got|gotten) (?:it|the job)(?:,? then)? ?\?",
)
_PUT_AS_QUESTION = lazy(
    r"\?|\b(?:if|whether|wonder\w*|ask\w*|answer\w*|like to know|want to know)\b|\b(?:wasn'?t|isn'?t) it\W*$"
)
_WHY = lazy(r"\b(?:why|what|which|reasons?|feedback|how come)\b")
_WHO = lazy(
    r"\b(?:who is (?:this|it|that)|who's (?:this|it|that)|who am i (?:speaking|talking) (?:to|with)|who "
    r"are you|who(?:'s| is) (?:speaking|calling|there))(?: please| sorry)? ?\?",
    r"\bwho(?:'s| is) (?:this|that|it|speaking|there)(?:,? (?:please|sorry))?[^\w]*$",
    r"\bwho dis\W*$",
    r"\bam i (?:speaking|talking) (?:to|with) (?:an? )?(?:(?:real|actual|live|living|human) ){0,2}(?:person|human(?: being)?"
    r"|machine|robot|recording|computer)\b",
    r"\b(?:is (?:this|that|it)|are you) (?:an? )?(?:(?:real|actual|live|living) ){1,2}(?:person|human(?: being)?|man|woman|lady)\b",
    r"\b(?:have|did|do) i (?:got |get |have |dial(?:led)? |ring |rung |call )?the (?:wrong|right) (?:number|person|place)\b",
    r"\bis (?:this|that|it) the (?:wrong|right) (?:number|person|place)\b",
)
_IS_THIS = lazy(
    r"(?:^|[.,!?] )(?:(?:oh|hi|hello|hey|sorry|um+|er+m?|good \w+)[,.!]* ){0,3}(?:is|isn't) (?:this|that) (?:not )?(?:the )?"
    r"(?!(?:a|an|any|some|not|it|all|ok|okay|fine|good|bad|right|alright|convenient|possible|allowed|why|what|how|when|where|because|about|your|my|so|true"
    r"|fair|urgent|confidential|official|private|serious|personal|recorded|necessary|important|standard|final|really|still|even|too|just|only|going|reason|case|decision|because|line|call|time|moment|thing|truth|end|legal|normal|usual)\b)"
    r"(?P<whom>[\w'&-]+(?: [\w'&-]+){0,3})\?"
)
"""“Is this Tesco?”: who is there, asked by somebody who does not know."""
EVERYDAY = 0.25
"""From how common a word is it can hardly be the name of a person or a house."""
_WELL = lazy(
    r"\bhow (?:are|r) (?:you|u|ya|things)(?: doing| keeping| today| all| these days| this (?:morning"
    "|afternoon|evening))*(?:,? [a-z]+)? ?(?:[?!.,]|$)",
    r"\bhow(?:'s| is) (?:it going|things|your day)\b",
    r"\bi (?:do )?hope (?:you're|you are|this finds you|all is|everything is) (?:(?:doing|keeping|all) )?"
    r"(?:well|good|okay|ok|fine)\b",
)
_MOMENT = lazy(
    r"\b(?:let me|i'?m(?: just)?|i am|i'?ll(?: just)?|can i|may i|i want to) (?:quickly |just )?"
    "(?:writ(?:e|ing)|not(?:e|ing)|jot(?:ting)?|tak(?:e|ing)) (?:a note of )?(?:that|this|it|these|those"
    r"|everything|all of (?:this|that|it)|notes)?(?: all)?(?: down)?\W*(?:$|,|;|\bso\b|\bif\b)",
    r"\b(?:get|find|grab|fetch) (?:a|my) (?:pen|pencil|paper|notebook)\b",
    r"^(?:ok(?:ay)?,? |right,? |just )?(?:writing|noting|jotting) (?:that|this|it|it all|them) down\b",
    r"\bbear with me\b",
    "^(?:sorry,? |ok(?:ay)?,? |oh,? )?(?:wait|hang on|hold on|one (?:sec|second|moment|minute)|just a "
    "(?:sec|second|moment|minute)|a moment)(?:,? (?:please|pls|sorry|a (?:sec|second|moment"
    r"|minute)))?\W*$",
)
_UNEASY = lazy(
    r"\b(?:sorry|apolog(?:y|ies|i[sz]e)|excuse|forgive|pardon)(?: me)?,?(?: for| about)? my (?:\w+ )?(?:english|accent|pronunciation|grammar|nerves)\b(?!.{0,20}\b(?:reason|problem|why|was it)\b)",
    r"\b(?:i'm|i am|im) (?:(?:so|really|very|a|bit|little|just|quite|still|honestly|too) ){0,3}(?:nervous(?! (?:about|that|of))|(?:scared|afraid|anxious|terrified) to (?:ask|call|ring|hear|know))\b",
    r"\bi(?:'ve|ve| have)? never (?:made|done) (?:this|one of these|(?:a call|calls|anything) like this)\b",
)
"""An apology for how one speaks, and nerves, want patience, as somebody does who needs a moment; neither is a guess at the reason, or a push."""
THE_BAND = lazy(
    r"\b(?:top|bottom|end|middle|range) of (?:the|your) (?:pay |salary )?(?:band|scale|range|budget"
    r"|grade)\b",
    r"\bwhat(?:'s| is| was) (?:the|your) (?:pay |salary )?(?:band|range|scale"
    r"|budget)\b(?! .{0,10}\b(?:they|he|she|other)\b)",
    r"\bwhat (?:were|are|could) you (?:able|looking|hoping|willing|meaning|wanting) to pay\b",
)
_PAYS = lazy(
    r"\bwhat(?:'s| is| was| were) the (?:starting |annual |yearly |hourly )?(?:salary|pay|wages?|rate|hourly rate)\b"
    r"(?!.{0,25}\b(?:he|she|they|him|her|them|his|their|other)\b)",
    r"\bhow much (?:does|did|do|would|will|is|was) (?:it|this|that|you|the (?:job|post|role|position)) pay(?:ing|s)?\b",
    r"\bwhat (?:does|did|would|do) (?:the (?:job|post|role|position)|it|this|that|you) (?:have )?(?:actually |really |even |normally |usually )?pa(?:y|id)(?: for (?:it|this|that|the \w+))?\b",
)
"""What the post pays, asked for its own sake; no guess at what decided it."""
_REPEAT = lazy(
    r"\b(?:can|could|would|will) you (?:please |just )?(?:repeat (?:that|it|this|yourself)|say (?:that"
    r"|it) (?:again|once more|one more time))\b",
    r"\b(?:say|repeat) that (?:again|please)\b",
    r"^(?:sorry,? |please )?(?:say|repeat) (?:that|it)(?: again)?(?:,? please)?\W*$",
    r"(?:^|[,.!?] )(?:(?:sorry|pardon|what|huh|eh|please|love|dear|mate|could you|can you|you'll have to)[,.?!]* ){0,3}say (?:that |it )?again"
    r"(?: for me| please| love| dear| mate)?\W*(?:$|[.?!])",
    r"(?:^|[,.!?] )(?!(?:and|so|but|or|then|by|with|to|from|for|it|that|is|was|one|person|hired|chose|picked)\b)[\w'-]{2,20} who\?+$",
    r"^(?:hm+|huh|eh|you what|what's that|what's that you say|how's that)\W*\?+$",
    r"\bi (?:didn'?t|did not|couldn'?t|can'?t) (?:quite |really )?(?:catch|hear) (?:that|you|it|what you "
    r"said)\b(?=\W*$|[,.!?;]| (?:sorry|at all|properly|there|(?:very )?well|clearly|last|bit|then"
    r"|because)\b)",
    r"\byou'?re breaking up\b",
    r"\b(?:speak|talk|say (?:it|that)) (?:a (?:bit|little) |more )?(?:slow(?:ly|er)?|louder)\b",
    r"\bspeak up\b",
    r"\bthe line (?:is|was|'s) (?:bad|terrible|breaking)\b",
    r"^(?:i'?m )?(?:sorry|pardon|excuse me)(?: me)?,? ?(?:what(?: was that| did you say)?|come again)?\?+$",
    r"^(?:what (?:was that|did you say)|come again|pardon(?: me)?)\W*$",
)
_NOD = lazy(
    r"(?:(?:ok(?:ay|ey|ie)?|k|kk|fine|right|alright|all right|hm+|mm+|mhm|uh ?huh|aha|ah|oh|i see|then|so|well|yeah|yep|yes|sure)\b[,.! ]*){1,4}"
)
_BEGINS = lazy(
    r"(?:(?:ok(?:ay|ey)?|k|ah|oh|aha|hm+|fine|right|alright|all right|very well|well|good|great|so)\b[,.!; ]++){1,3}(?:then\b[,.!; ]*)?"
)
_YES_ONLY = lazy(r"(?:(?:yeah|yep|yes|sure|ah|oh|hm+|mm+|so|well|then)\b[,.! ]*)+")


def named(plain: str) -> Matter:
    """The matter these plain words touch, the gravest first."""
    if _PROTECTED.search(plain):
        return Matter.PROTECTED
    if _WRITTEN.search(plain) and _WANTS.search(plain) and not announces(plain):
        return Matter.WRITTEN
    if _WHOM_TO_ASK.search(plain) and not announces(plain):
        return Matter.WRITTEN
    if _ADVISER.search(plain) and not announces(plain):
        return Matter.RIGHT
    if _RECORDED.search(plain):
        return Matter.RECORDED
    if _REALLY.search(plain):
        return Matter.REALLY
    if _COURTING.search(plain):
        return Matter.COURTING
    if _TRAIT.search(plain) or _TRAIT_COUNTED.search(plain) or _TRAIT_FEARED.search(plain):
        return Matter.TRAIT
    if _OUTCOME.search(plain):
        return Matter.OUTCOME
    if _WHO.search(plain):
        return Matter.WHO
    if _REPEAT.search(plain) or to_repeat(plain):
        return Matter.REPEAT
    if (_MOMENT.search(plain) or _UNEASY.search(plain)) and not announces(plain):
        return Matter.MOMENT
    if _WELL.search(plain):
        return Matter.WELL
    if THE_BAND.search(plain) or _PAYS.search(plain):
        return Matter.FIGURES
    return Matter.NOD if _NOD.fullmatch(plain.strip()) and not _YES_ONLY.fullmatch(plain.strip()) else Matter.NONE


_INNOCENT = lazy(
    _TO_APPEAL,
    r"\b(?:freedom of information|foi|foia|subject access|data (?:subject )?(?:access )?request)\b",
    r"\brights? to (?:know|see|ask|be told|information|feedback|a reason|reasons|an answer|an "
    r"explanation)\b",
    r"\b(?:lawyer|solicitor|attorney|union|rep|representative|council|steward|body"
    r"|advice)\b.{0,20}\b(?:told|says|said|suggested|explained|advised|thinks)\b.{0,25}\b(?:i|one|me"
    r"|you)\b.{0,20}\b(?:ask|call|ring|phone|find out|request|tell)\b",
    r"\bi'm (?:the|a|our) (?:union|shop|works)\b",
    r"\b(?:rep|union|lawyer|solicitor) is helping me\b",
)


_FEELING = lazy(
    r"\b(?:i'm|i am|im|i feel|i was|i've been|makes me|you made me) (?:so |really |just |absolutely "
    "|very |quite |still |that |honestly |too |a bit ){0,3}(?:furious|angry|hurt|upset|gutted|livid"
    "|cross|mad|mortified|embarrassed|ashamed|horrified|disappointed|disgusted|heartbroken|raging|fuming"
    r"|crushed|devastated|insulted|sad)\b",
)


def asks_who(plain: str, common: Common) -> bool:
    """Whether somebody who may have dialled anywhere asks who is there: “is this Tesco?”, “is that the hospital?”, but not “is this policy?”"""
    hit = _IS_THIS.search(plain)
    return hit is not None and (" the " in hit.group() or any(common(w) < EVERYDAY for w in words(hit["whom"])))


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


_TAKEN_BACK: dict[Matter, frozenset[Move]] = {
    Matter.PROTECTED: frozenset({Move.ACCUSE, Move.PRY, Move.ARGUE}),
    Matter.WRITTEN: frozenset({Move.PRY, Move.PLEAD, Move.ARGUE}),
    Matter.RECORDED: COSTLY - {Move.THREATEN} | {Move.PRY} | FAMILIES["warm"],
    Matter.REALLY: COSTLY - {Move.THREATEN} | {Move.PRY} | FAMILIES["warm"],
    Matter.COURTING: frozenset({Move.PERMISSION, Move.DOOR, Move.ACCUSE, Move.PRY}),
    Matter.TRAIT: COSTLY - {Move.THREATEN, Move.ACCUSE} | {Move.PRY, *FAMILIES["warm"]},
    Matter.WHO: COSTLY | {Move.PRY, Move.ANSWER, Move.PERMISSION},
    Matter.FIGURES: frozenset({Move.PRY}),
    Matter.WELL: frozenset({Move.ANSWER, Move.ASK_OPEN, Move.PERMISSION, Move.ACKNOWLEDGE, Move.ARGUE}),
    Matter.MOMENT: COSTLY | {Move.ANSWER, Move.VENT, Move.PERMISSION},
    Matter.REPEAT: COSTLY | ASKS | {Move.ANSWER, Move.VENT, Move.PERMISSION, Move.ACCEPT},
    Matter.NOD: frozenset(Move),
    Matter.MORE: frozenset(Move),
    Matter.TOLD: frozenset(),
}


def beside(matter: Matter, plain: str) -> str:
    """What is said beside the clauses that touch this matter; empty when no clause by itself does, or nothing else is said but “I see”."""
    said = clauses(plain)
    rest = [clause for clause in said if named(clause) is not matter]
    if len(rest) == len(said):
        return ""
    return ". ".join(clause for clause in rest if not _NOD.fullmatch(clause))


def not_meant(matter: Matter, plain: str, hostile: bool) -> frozenset[Move]:
    """The moves that words on this matter do not make, though they look like it. An insult beside it stays one, and so does an announced step."""
    moves = _TAKEN_BACK.get(matter, frozenset())
    if matter is Matter.WRITTEN and not _WHY.search(_WHOM_TO_ASK.sub(" ", _WRITTEN.sub(" ", plain))):
        moves |= ASKS | {Move.PERMISSION, Move.DOOR}  # where to write is all that was asked
        moves |= {Move.THREATEN} if _WHOM_TO_ASK.search(plain) else set()
    feared = ". ".join(clause for clause in clauses(plain) if matter is Matter.TRAIT and named(clause) is matter)
    if (matter is Matter.TRAIT and not areas_asked(feared)) or (matter is Matter.OUTCOME and not _WHY.search(plain)):
        moves |= ASKS | {Move.PRY, Move.ACKNOWLEDGE}  # that was the question, and it has its answer
    if matter is Matter.FIGURES and _PAYS.search(plain) and not _WHY.search(_PAYS.sub(" ", plain)):
        moves |= ASKS | {Move.ARGUE}  # that was the question, and it has its answer
    if matter is Matter.MOMENT and _UNEASY.search(plain):
        moves |= ASKS | {Move.REASSURE}  # what is asked beside it is heard by itself
    if matter is Matter.TRAIT and _PUT_AS_QUESTION.search(plain):
        moves |= {Move.ACCUSE}  # a fear that is asked about blames nobody yet
    if matter in (Matter.RIGHT, Matter.PROTECTED) and innocent(plain) and not announces(plain):
        moves |= {Move.THREATEN}
    return moves - COSTLY if hostile else moves
