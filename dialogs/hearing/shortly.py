"""Yes, no and okay: what the shortest words do, by what was last said to the one who says them.

By themselves they say next to nothing, so here the manager's line decides. “No” to “anything else?” takes leave; “yes” to “was the no a surprise?”
is an answer, and to “what would you do differently?” it is none.
"""

from __future__ import annotations

from dialogs.hearing.areas import areas_asked
from dialogs.hearing.asked import topic_of
from dialogs.hearing.heard import Cue
from dialogs.hearing.matters import Matter
from dialogs.hearing.text import plain
from dialogs.moves import Move
from dialogs.patterns import lazy

LONGEST = 80
"""Characters: whatever is longer is no bare yes, no or okay, and is not looked at."""

# A word ends at a sign or a blank, and what stands between two words is taken whole (`++`): no text can be read in two ways.
_END = r"(?:[,.! ]++|$)"
_THANKS = rf"(?:(?:thanks|thank you|thx|ta|cheers|sorry|really){_END})*"
_YES = lazy(rf"(?:(?:yes|yeah|yep|yup|yah|aye|sure|i do|i did|it was|there is|please){_END})+{_THANKS}")
_NO = lazy(
    rf"(?:(?:no|nope|nah|not really|nothing else|nothing more|nothing|none|not now|i'm (?:good|fine|done|all set)){_END})+{_THANKS}"
)
_OKAY = lazy(
    rf"(?:(?:ok(?:ay|ey|ie)?|k|kk|fine|right|alright|all right|hm+|mm+|mhm|uh ?huh|aha|ah|oh|i see|then|so|well|sure|good|great|interesting|touch[eé]|haha+|lol|i guess|[👍👌][🏻-🏿]?){_END}){{1,4}}"
)
_FAIR = lazy(
    rf"(?:(?:ok(?:ay)?|fine|good|great|alright|all right|sure|well|oh|hm+|hmph|not bad|pretty|quite|really|mostly|honestly|it was|it went|went|it looked|looked|i (?:thought|think|guess|suppose)){_END})+"
)
_THAT_IS_ALL = lazy(
    rf"(?:(?:no|nope|nah|ok(?:ay)?|right|well|then|i think|i guess|yes|yeah|and){_END}){{0,3}}(?:that'?s|that is|that'?ll be|that was) (?:all|it|everything)"
    r"(?:[, ]++(?:from me|i wanted(?: to (?:ask|know))?|i needed|i have|i had|really|then|for now|for today))*"
    r"(?:[,.! ]++(?:thanks?|thank you|cheers)(?: again| so much| very much)?(?:,? [a-z'-]{2,20})?)?[.! ]*+"
)
_THANKED = rf"(?:thanks|thank you|ta|cheers|thx|many thanks)(?: (?:a lot|so much|very much|again|for (?:that|this|everything|your (?:time|help))))*{_END}"
_BEFORE_THANKS = rf"(?:(?:ok(?:ay)?|right|well|fine|great|good|lovely|perfect|brilliant|super|alright|all right|no|oh|that'?s (?:fine|fair|great|lovely)|tidy|sound|grand|sorted){_END}){{0,3}}"
_ONLY_THANKS = lazy(rf"{_BEFORE_THANKS}{_THANKED}")
_THANKS_AND_OFF = lazy(rf"{_BEFORE_THANKS}{_THANKED}(?:{_BEFORE_THANKS}{_THANKED}|(?:then|anyway){_END})+")
"""“Ta. Cheers.”, “thanks then”: all of what is said by somebody who is off, once there was an answer."""
_OFFERS = lazy(r"\b(?:anything|something|what|nothing) else\b|\b(?:anything|one) last\b|\blast thing\b")
_POLITE = lazy(
    r"\b(?:can|may|could) i (?:also |just )?(?:ask|be)\b|\b(?:do you )?mind (?:if i|me|my) ask(?:ing)?\b|\blet me ask\b"
)
_SEEKS = lazy(r"\b(?:what|which|where|who|why|when|how)(?:'s|'d)?\b")
_OPENS = lazy(
    r"\b(?:did|was|were|is|are|do|does|have|has|had|would|could|anything) (?:you|it|that|there|they|we|i|the)\b"
)


def offers_more(line: str) -> bool:
    """Whether this line of hers asks if there is anything else."""
    low = plain(line)
    return low.endswith("?") and _OFFERS.search(low) is not None


def shortly(low: str, cue: Cue) -> Move | Matter | None:
    """What these plain words do when they are a bare yes, no or okay, or say that this was all; None for any others.

    `close` takes leave, `answer` answers her, `more` says that something is to come; `nod` is a sign of life and no more.
    """
    low = low.strip()
    if len(low) > LONGEST:
        return None
    if _THAT_IS_ALL.fullmatch(low):
        return None if cue.nameless and not cue.gave_reason else Move.CLOSE
    if cue.gave_reason and _is_off(low, cue):
        return Move.CLOSE
    yes, no = _YES.fullmatch(low) is not None, _NO.fullmatch(low) is not None
    okay = _OKAY.fullmatch(low) is not None
    if cue.curious and _gives_back(low, cue.line):
        return Matter.NOD  # her question comes back to her, and she lets it go
    fair = _FAIR.fullmatch(low) is not None
    if not (yes or no or okay or (fair and cue.curious)):
        return None
    if offers_more(cue.line) and not cue.curious:
        return Move.CLOSE if no else Matter.MORE if yes else Matter.NOD
    if cue.curious and _answers(plain(cue.line), fair=fair, yes_or_no=yes or no):
        return Move.ANSWER
    return Matter.NOD


def _is_off(low: str, cue: Cue) -> bool:
    """Whether thanks and nothing else take leave here: by their own words, or because she has asked whether that was all."""
    if _THANKS_AND_OFF.fullmatch(low):
        return True
    return not cue.curious and offers_more(cue.line) and _ONLY_THANKS.fullmatch(low) is not None


_BACK = lazy(
    r"(?:(?:and|so|but|hm+|well|sorry|oh),? )?(?:why (?:do|would|are) you (?:ask|want|need|asking)\b[\w' ]{0,20}|(?:does|do|did) (?:it|that) matter|who wants to know"
    r"|what do you (?:think|care)|what about you|how about you|(?:you )?tell me|is (?:that|it) (?:important|relevant)|what'?s it to you|i asked (?:you )?first|what do you want me to say"
    r"|why does (?:it|that) matter)[?.! ]*"
)
"""All of what is said by somebody who answers her question with one."""


def _gives_back(low: str, line: str) -> bool:
    """Whether nothing is said but her own question over again, or a question at it: “a surprise?”, “why do you ask?”"""
    if _BACK.fullmatch(low):
        return True
    hers = set(topic_of(line))
    return low.endswith("?") and bool(hers) and set(topic_of(low)) == hers and not areas_asked(low)


def _answers(asked: str, *, fair: bool, yes_or_no: bool) -> bool:
    """Whether so short a word answers this question of hers: a yes or a no one that can be answered by it, an okay one that asks how it was."""
    bare = _POLITE.sub(" ", asked)
    seeks, opens = _SEEKS.search(bare), _OPENS.search(bare)
    if seeks is None or (opens is not None and opens.start() < seeks.start()):
        return fair or yes_or_no
    return fair and seeks.group().startswith("how")
