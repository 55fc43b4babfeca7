"""What marks a sentence as doing a move, for choosing which of somebody's own sentences to quote or to keep."""

from __future__ import annotations

import re

from dialogs.moves import Move
from dialogs.patterns import Lazy, lazy

# What marks a sentence as doing a move. Only used to choose which of somebody's own sentences to quote or to keep;
# whether the move was made at all is for hearing to say.
_I_AM = r"(?:i am|i['’]?m|we are|we['’]re)"
CUES: dict[Move, Lazy] = {
    Move.GREET: lazy(
        r"^\s*(?:oh,? )?(?:hi|hey|hello|hiya|good (?:morning|afternoon|evening|day)|morning|yo|dear)\b", flags=re.I
    ),
    Move.INTRODUCE: lazy(
        r"\b(?:this is|my name|name['’]?s|i (?:was )?interview|interviewed|i applied|we (?:met|spoke"
        "|talked)|here about|calling about|(?:speaking|calling|here)[.,!]|came in for|from (?:the|last)"
        "|shortlisted|candidate)",
        flags=re.I,
    ),
    Move.PERMISSION: lazy(
        r"\b(?:good time|bad (?:time|moment)|(?:a|one|two|couple of|few|2) (?:quick )?(?:min|moment"
        "|second|sec)|have (?:a|you got|time)|is (?:now|this) (?:ok|a good|convenient)|caught you|got "
        "(?:a|2|two)|spare|would you mind if|(?:convenient|good|bad|right) (?:time|moment)|may i ask "
        "you (?:a|something)|can i ask (?:you )?(?:a|one|something))",
        flags=re.I,
    ),
    Move.THANK: lazy(
        r"\b(?:thank|thanks|thx|(?<!ta )(?<!ta-)ta\b(?![ -]ta\b)|cheers|danke|merci|gracias|grazie|appreciate|grateful|(?:kind|good|nice|generous|decent) of you|means a lot)",
        flags=re.I,
    ),
    Move.INTEREST: lazy(
        r"\b(?:interested|keen|still (?:like|love|want)|would(?: still)? love|loved|excited|enjoyed"
        "|strong fit|good fit)",
        flags=re.I,
    ),
    Move.REASSURE: lazy(
        r"not (?:\w+ ){0,3}(?:argu|contest|dispute|challenge|change your|complain|upset|reopen|question"
        "|trying|about|having a go|fight|row\\b)",
        r"n['’]t want (?:you )?to (?:change|reopen|argue|fight|contest|dispute)",
        "never (?:dream of )?(?:question|argu|contest|disput)",
        "no (?:hard feelings|obligation|pressure|fuss|drama|quarrel|row|trouble|bother)",
        "not here to",
        "(?:can|could) take",
        "anything (?:helps|you)",
        r"honest(?:ly)? with me|be (?:totally |completely |as )?honest(?! i)|honest (?:answer|opinion|word|feedback)",
        "feel free",
        "even a (?:small|hint)",
        "sorry",
        "apolog",
        "won['’]?t (?:argue|hold|take)",
        "stands",
        "purely",
        "only want to learn",
        "blunt",
        flags=re.I,
    ),
    Move.ACKNOWLEDGE: lazy(
        r"\bunderstand",
        "appreciate (?:that|you)",
        "(?:know|realise|realize|imagine|sure) (?:you|it|that|there)",
        "must (?:have|be)",
        r"\bbusy\b",
        r"\bpolicy\b",
        r"\bhard (?:choice|decision)",
        r"\btough\b",
        "difficult",
        flags=re.I,
    ),
    Move.ACCEPT: lazy(
        r"\b(?:accept|fair|makes sense|understand|i see|got it|no problem|no worries|respect|decision"
        r"|decided|okay with|fine with|okay|ok\b|(?:the )?right (?:call|choice)|right you are"
        "|(?:all )?right[.,!]|gotcha|no hard feelings|take (?:that|it|your)|good to know|helpful|useful"
        r"|fine\b|that['’]?s (?:clear|honest))",
        flags=re.I,
    ),
    Move.COMMIT: lazy(
        r"\b(?:i['’]?ll|i will|going to|gonna|plan to|i['’]?m (?:booking|working|taking|signing)|from "
        "now on|next time i|start(?:ing)? (?:on|with)|sign(?:ed|ing)? up)",
        flags=re.I,
    ),
    Move.DOOR: lazy(
        r"\b(?:future|again|(?:stay|keep|remain|be) in (?:touch|contact)|in mind|comes? up|open(?:s|ing)? up|falls? "
        "through|other (?:role|position|opening|job)|reserve|refer|drops? out|down the (?:road|line)"
        "|keep me|hear from you|later on|vacanc|next year)",
        flags=re.I,
    ),
    Move.CLOSE: lazy(
        r"\b(?:bye|goodbye|take care|good (?:day|night|luck)|have a (?:good|nice|great|lovely)|all the "
        "best|best of luck|let you (?:go|get)|won['’]?t keep you|talk soon|enjoy|wish|cheerio|ta-?ta"
        "|see you|so long|farewell)",
        flags=re.I,
    ),
    Move.ARGUE: lazy(
        r"\b(?:but|wrong|disagree|doesn['’]?t make sense|not (?:true|correct|right)|i (?:had|have|am|was"
        "|meet|met) |better than|best (?:qualified|candidate)|mistake|actually|years|overqualified"
        "|nonsense|ridiculous|deserve)",
        flags=re.I,
    ),
    Move.ACCUSE: lazy(
        r"\b(?:unfair|unprofessional|liar|lie|lying|biased?|discriminat|rude|joke|disgust|shame"
        "|ridiculous|dishonest|wast(?:ed?|ing)|pathetic|insult|fake|already decided|rigged|idiot|stupid"
        "|how dare|why would you)",
        flags=re.I,
    ),
    Move.THREATEN: lazy(
        r"\b(?:lawyer|solicitor|attorney|sue|court|legal|review|glassdoor|boss|report|tribunal|eeoc|acas"
        r"|hear from|regret|social media|newspapers?|media|journalist|linkedin|boycott|complain|press\b"
        "|expose|post (?:this|about))",
        flags=re.I,
    ),
    Move.PLEAD: lazy(
        r"\b(?:please|beg|another chance|second chance|reconsider|give me|need this|rent|kids|children"
        "|family|desperate|unemployed|bills|savings|chance)",
        flags=re.I,
    ),
    Move.VENT: lazy(
        r"\b(?:gutted|upset|frustrat|disappoint|hurts?|angry|crush|devastat|sad\b|tired|fed up|exhaust"
        "|hard to hear|sting|feel|wow|really made)",
        flags=re.I,
    ),
    Move.PRY: lazy(
        r"\b(?:who (?:got|did|was|is)|name|salary|pay|paid|score|how many|other candidates?|referee"
        "|reference|earn|internal|ranking|notes)",
        flags=re.I,
    ),
    Move.ANSWER: lazy(r"."),
}
