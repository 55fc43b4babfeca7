"""What a question asks for, beyond its move: a yes or no to a guess, advice, or something not asked before.

Whoever answers needs it: only a guess can be told that it is wrong, only who wants advice is helped by some, and a question is the
same as the last one only if no word in it points anywhere new.
"""

from __future__ import annotations

from dialogs.hearing.areas import areas_asked, areas_in, names_surely
from dialogs.hearing.text import clauses, plain, words
from dialogs.patterns import lazy

_GUESSES = lazy(
    r"\b(?:was|were|wasn't|weren't|is|isn't|did|didn't|does|had|has|have) (?:it|that|there|this|my|the|i|you|they|me)\b"
    r"|\b(?:could|might|would|can) (?:it|that|this|there) (?:have )?be\w*\b"
    r"|\b(?:because|due to|i (?:guess|bet|suppose|reckon)(?! (?:what|why|which|how|i|i'd|id)\b)|maybe|perhaps|down to|to do with|you mean|are you (?:saying|talking about))\b"
)
_LOOKS_FOR = lazy(r"\b(?:what|which|where|why|how come|how (?:could|can|should|would|do)|who|when)\b|\bhow\W*$")
_NAMES = lazy(r"^(?:and |so |ok(?:ay)?,? |then )?(?:what|how) about\b|\b(?:another|a|the|some\w*|my) \w+ who\b")
"""“What about the letter?” and “a chef who …?” name something, though a word in them could look for it."""

_ADVICE = lazy(
    r"\b(?:what|how) (?:should|could|would|might) i(?:'ve| have)? (?:rather |better |instead )?(?:said|done|answered|put|told|told you|written|worn|asked|handled|brought|shown|say|do|answer|put it|handle|prepare)\b"
    r"|\b(?:what|how) (?:would|could|should) (?:a |an |the )?(?:\w+[- ]){0,3}(?:answer|one|reply|version|letter|candidate|question|example|way|approach|response)\b"
    r"|\bwhat (?:would|could) (?:you|they) (?:rather )?have (?:said|done|asked|answered|put|told|shown|brought|written|worn|liked|wanted|preferred|hoped)\b"
    r"|\bwhat(?:'s| is| would be) (?:better|best|the best (?:thing|way)|the right (?:thing|way)|more good|good) (?:to|for me to)\b"
    r"|\bwhat (?:would|could) have (?:been|sounded|looked|worked|helped|gone) (?:\w+ )?(?:better|right|good|enough|well)\b"
    r"|\b(?:what|how) (?:do|can) i (?:do|say|change|put|answer|fix|get|handle|avoid)\b.{0,40}(?:next time|instead|better|different(?:ly)?|another time)"
    r"|\b(?:any|some|your|one (?:piece|bit) of) (?:advice|tips?)\b"
    r"|\b(?:what|which|how|who|where)\b.{0,25}\bwould you (?:advise|suggest|recommend)\b|\b(?:what do|what would|how would) you (?:advise|suggest|recommend)\b|\bwhat would you do\b.{0,20}\b(?:in my (?:shoes|place|position)|if you were me)\b"
    r"|\b(?:where|how) (?:(?:can|could|do|should|would|might|must) i|i (?:can|could|should|must)) (?:get|gain|learn|find|study|train|become|improve|build)\b"
    r"|\b(?:is there|are there|do you know|would you know|know) (?:a|an|any|some|one) (?:\w+ ){0,2}(?:courses?|books?|training|class(?:es)?|sites?|exams?)\b"
    r"|\bshould(?:'ve| have| of|ve) (?:asked|said|done|told|put)\b.{0,30}\b(?:like what|such as|for example|what)\b"
)
_THEN = lazy(r"^(?:so |ah,? |oh,? )?(?:the|my|that|it's|it was) .{2,30}\bthen[.! ]*$")
_LIKE_WHAT = lazy(r"(?:so |and |ok(?:ay)?,? )?(?:like what|what instead|instead of that what)[?.! ]*")

_EVERY_QUESTION = frozenset(
    """
    a about actually again all am an and any anything are ask asking at be because been before better bit but by call calling can
    candidate candidates choose chose chosen could decide decided decision did didn't different differently do does doing done don't
    else even exactly feedback find for from gave get give go going got had happy has have hear heard help hello hi hire hired honest
    honestly how i i'd i'll i'm i've if improve in into is it it's job just kind know learn less let like little made main make mate
    matter me mean mind miss more most mr mrs ms my need next no not now of off ok okay on one only or other our out part particular
    pick picked please point position possible post question quite rather really reason reasons reject rejected rejection role said
    say selected select share should single so some something specific still sure take tell than thank thanks that that's the them
    then there these they thing things think this those time to told true try understand up us very want wanted was wasn't way we well
    were what what's when where whether which who why will wish with wonder wondering would wrong yes you you'd you're your yeah
    different difference fall fell short turned down lacked lack missing mistake
    """.split()
)
"""Words that a question about a rejection may hold without pointing anywhere."""

LONGEST_TOPIC = 8
SHORT_GUESS = 8  # words: a guess after a hint, without a verb to it


_ONE_THING = lazy(r"\b(?:is|was|were) there (?:any )?(?:one|a single) (?:thing|area|point|part|answer)\b")
"""What is asked for is looked for, though a yes or a no would do."""


def guesses(text: str) -> bool:
    """Whether the clause puts something forward to be told yes or no, and does not look for it."""
    return bool(_GUESSES.search(text)) and not _looks_for(text) and not _ONE_THING.search(text)


def _looks_for(text: str) -> bool:
    """Whether the words look for something instead of naming it: “which answer was it?”, but not “was it what I said?”."""
    sought, guessed = _LOOKS_FOR.search(text), _GUESSES.search(text)
    return sought is not None and not _NAMES.search(text) and (guessed is None or sought.start() < guessed.start())


_BARE_GUESS = lazy(
    r"(?:(?:and|so|ok(?:ay)?|well),? )?(?:was|is|isn't|wasn't) (?:it|that|this)(?: all| just| only| maybe)?"
)


def guessed_areas(text: str) -> tuple[str, ...]:
    """The areas put forward as guesses; none when nothing plainly was."""
    found, carried = [], False
    for clause in clauses(plain(text)):
        if carried or guesses(clause):
            found.append(clause)
        carried = (
            _BARE_GUESS.fullmatch(clause.strip()) is not None
        )  # “is it | because I left?”: the guess is in what follows
    return areas_in(" . ".join(found))


def wants_advice(text: str) -> bool:
    """Whether the words ask what would have been better, or what to do next time."""
    low = plain(text)
    return bool(_ADVICE.search(low) or _LIKE_WHAT.fullmatch(low))


def topic_of(text: str) -> tuple[str, ...]:
    """The words of the clauses that ask which point somewhere, in order of the alphabet; at most LONGEST_TOPIC."""
    low = plain(text)
    if _LIKE_WHAT.fullmatch(low):
        return ("example",)
    asking = [c for c in clauses(low) if c.endswith("?") or _GUESSES.search(c) or _LOOKS_FOR.search(c)] or [low]
    return tuple(sorted({w for c in asking for w in words(c)} - _EVERY_QUESTION)[:LONGEST_TOPIC])


_ITS_NAME = lazy(r"(?:(?:oh|ah|ok(?:ay)?|so|hm+|right|wait)\b[,. ]*){0,2}(?:my|the|that) [a-z-]+(?: [a-z-]+)?[.! ]*")
"""A thing and no more: “oh. my letter.”"""


def takes_up(text: str, line: str) -> bool:
    """Whether a few words after an answer are a guess at what it hinted: “The letter, then?”."""
    low = plain(text)
    said = words(low)
    if not said or len(said) > SHORT_GUESS or _looks_for(low):
        return False
    named = bool(areas_asked(low))
    if _ITS_NAME.fullmatch(low) and names_surely(low):
        return True
    if low.endswith("?") or _THEN.search(low):
        return named or bool(_GUESSES.search(low)) or _shares(said, line)
    return named and _shares(said, line)


def _shares(said: list[str], line: str) -> bool:
    return bool((set(said) - _EVERY_QUESTION) & set(words(plain(line))))


_QUESTION = lazy(
    r"(?:(?:and|but|so|ok(?:ay)?|well|then|um+|uh+|sorry|please)\b[, ]*){0,3}(?:(?:do|did|does|are|is|was|were|can|could|will|would|have|has|had|should|may|might)(?:n't)? (?:you|it|that|this|they|the|i|he|she|there|we|your|my|"
    r"any\w*)\b|(?:what|who|why|how|where|when|which|whom|whose)\b)"
)
_ROW = lazy(r"[?.!;:,]+ *(?:and |or )?| and ")
MOST_PARTS = 4


def is_question(low: str) -> bool:
    """Whether plain words are put as a question, with its sign or without."""
    return low.rstrip(" .!").endswith("?") or _QUESTION.match(low) is not None


def opens_as_question(low: str) -> bool:
    """Whether plain words are one question from the first word to the sign: “is there more?”, but not “no problem, okay?”"""
    return low.endswith("?") and _QUESTION.match(low) is not None and len(clauses(low)) == 1


def ends_as_question(low: str) -> bool:
    """Whether the last thing in plain words is a question of some length: “and then I made it worse, didn't I?”, but not “…, all right?”"""
    last = clauses(low)[-1]
    return last.endswith("?") and len(words(last)) > 3


_GUESSED_BY_TONE = lazy(
    r"(?:(?:so|and|or|oh|hm+|well|but),? )?(?:it|that|this|there|the \w+|my \w+) (?:was|is|were|had)\b.*\?"
    r"|.*(?:,? (?:no|right|yes|yeah|correct|or not|or)|,? (?:isn't|wasn't|weren't|didn't) (?:it|they|that|i))\s?\?"
)


_TAGGED = lazy(
    r"(?:.{1,40} )?(?:it'?s|it was|that'?s|that was|there was|you had|you wanted|the \w+ was|my \w+ was)\b.{1,50}[, ](?:is it|was it|isn'?t it|wasn'?t it|weren'?t they|innit|then yeah|yeah|right|eh|no)"
)
"""The same, in words without a sign: “so it's the hours is it”."""
_MINE_BY_TONE = lazy(
    r"(?:(?:so|and|or|oh|hm+|well|but),? )?(?:it|that|this)(?:'s| is| was) (?:because|my (?!pleasure|turn|fault)|(?:something|how|the way|what) i )\b.*\?"
)


def names_as_question(low: str) -> bool:
    """Whether a clause puts a reason forward as a question by its tone alone: “it was the lunch, no?”"""
    asking = [clause for clause in clauses(low) if clause.endswith("?")]
    by_tone = (clause for clause in asking if _GUESSED_BY_TONE.fullmatch(clause))
    tagged = filter(_TAGGED.fullmatch, clauses(low))
    return any(map(names_surely, (*by_tone, *tagged))) or any(map(_MINE_BY_TONE.fullmatch, asking))


_INFERS = lazy(
    r"(?:(?:ah|oh|hm+|ok(?:ay)?|right|i see|well|and)[,. ]+){0,2}(?:so (?:basically |really |in the end |then )?(?:it|there|nobody|no one|they|you|somebody|someone|the \w+)\b|then it(?:'s| is| was)\b|(?:then )?(?:it )?must (?:have|of) been (?:my|the|because|about|how)\b)[^?]*"
)


def infers(low: str) -> bool:
    """Whether a conclusion is drawn from what was just said, and it names what decided it: “so you already had somebody”, “then it must have been the pay”."""
    return _INFERS.fullmatch(low) is not None and names_surely(low)


def asking_parts(low: str, *, apart: bool) -> list[str]:
    """The parts of plain words that are put as questions, at most MOST_PARTS; `apart`: several may stand in one sentence, between commas."""
    parts = [part.strip(" ,") for part in (_ROW.split(low) if apart else clauses(low))]
    return [part for part in parts if len(words(part)) > 2 and is_question(part)][:MOST_PARTS]
