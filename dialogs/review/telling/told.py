"""Why a line cost something, what the better one would bring, what else was there: in plain words, about words.

{m} is the manager's first name, {job} the job. Nothing here says what the candidate *is*; everything says what words *do*.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from dialogs.call import Phase
from dialogs.levels import LEVEL_WORDS
from dialogs.moves import Move
from dialogs.practice import Turn

if TYPE_CHECKING:
    from dialogs.review.story import Story

WHY: dict[str, tuple[str, ...]] = {
    "threat": (
        "A step against the firm ends any call like this. From that word on it is a legal matter, and {m} may only say goodbye.",
        "With a step against the firm on the table, anything {m} says could be used later. So nothing more gets said.",
        "This is the sentence managers are trained for: they stop talking and hand over to HR. It leaves you with nothing to learn from.",
    ),
    "blame": (
        "Blame turns a talk into a defence. From here {m} was busy staying safe, and a person who stays safe says little.",
        "Whatever was true in it, {m} heard an attack, and the answer to an attack is HR.",
        "The anger is understandable. On the phone it costs you the one thing you called for: an honest word.",
    ),
    "argue": (
        "This meets the decision with a counter. {m} now has a position to hold, and the legal line is the safest one.",
        "A rebuttal, even a good one, tells {m} that every further word will be contested. So the words get fewer.",
        "The decision was made, so proving it wrong could not win anything here. It could only close the talk, and it did.",
    ),
    "beg": (
        "Asking to be looked at again puts {m} on the spot: the only possible answer is a kind no.",
        "Another look was never on offer, so the sentence spent goodwill on a no. Advice is something {m} can give.",
    ),
    "pry": (
        "This is about other people, and {m} may not talk about those. About you there was more to say.",
        "Questions about others get a flat no in every house. The same curiosity, turned to your own part, can be answered.",
    ),
    "edge": (
        "This came close to a push. {m} could not be sure how it was meant, and was careful from then on.",
        "It can be read two ways, and a manager on the phone takes the worse one. Said plainly, it would not cost anything.",
    ),
    "left open": (
        "The call stopped here, with {m} still on the line. There was room for one more sentence.",
        "After this nothing more was said. The next sentence would have been yours, and it could have been this one.",
        "It was left in the middle. Leaving is allowed; a next sentence was free to try, too.",
    ),
    "feeling": (
        "The feeling and the question came in one breath. {m} answered the feeling, and the answer to the question got thinner.",
        "When it hurts, people get kindness instead of content. It helps to let the one settle before asking for the other.",
    ),
    "unready": (
        "The question came before {m} knew that you take the decision as it is. One sentence about that changes how it is heard.",
        "Asked like this, it could still be the start of an argument, and {m} answered as if it were.",
        "Nothing was wrong with the wish to know. It only came a sentence too early: first the all-clear, then the question.",
    ),
    "broad": (
        "A question about everything gets an answer about nothing. One small thing is easier to give away.",
        "“Any feedback” leaves {m} to choose, and the safest choice is the formula. One thing to work on is a smaller favour.",
    ),
    "again": (
        "It was the same question once more, so it got the same answer, only shorter. A different, smaller one might have gone on.",
        "Asking again sounds like insisting. Leaning on what {m} had just said would have been a new question.",
    ),
    "not taken": (
        "{m} had just told you something. With no sign that it was well taken, the next answer stayed where it was.",
        "An answer that is met with the next question at once feels like an interview. A short “fair enough” opens more than it costs.",
    ),
    "too near": (
        "This touched the very thing {m} was least free to say, and it came early. People look away then.",
        "The aim was good, the moment too soon: {m} stepped aside. A question with more room would have let the answer come by itself.",
    ),
    "left early": (
        "The first answer is rarely the last one. It was left standing, and nobody asked what it meant.",
        "What {m} had said just before could be asked about: which part, for example what. That is where the real reason tends to be.",
        "One question that leans on the answer before it was still free here. Those are the ones that open people.",
    ),
    "left early, told": (
        "{m} had just begun to say something, and the talk moved on. One question that leans on that answer was still free.",
        "A hint had been given, and hints can be asked about. It was left where it was.",
        "There was something in what {m} had just said. A question about exactly that might have brought the rest.",
    ),
    "unready, formula": (
        "The question came before {m} knew that you take the decision as it is. Unprepared, it got the formula from the letter.",
        "Asked like this, it could still be the start of an argument, and {m} answered as if it were: with a formula.",
        "Nothing was wrong with the wish to know. It only came a sentence too early, and so the answer was one for anybody.",
    ),
    "unready, capped": (
        "The question came before {m} knew that you take the decision as it is. Here the answer is the same either way; elsewhere it is not.",
        "One sentence was missing before the question: that the decision is fine with you. This house gives the formula all the same, others do not.",
    ),
    "never asked": (
        "The call was friendly and ended without the question it was made for.",
        "Everything stood ready for the question here, and it did not come.",
    ),
    "no name": (
        "{m} did not know yet who was asking, so the first answer was a question back.",
        "Without a name the question has nobody behind it, and {m} has to ask who it is.",
    ),
    "no time": (
        "Asking for a minute costs one sentence and buys more than one minute.",
        "{m} was in the middle of something. Asking whether the moment is good makes the next minutes yours.",
    ),
    "nothing said": (
        "Silence leaves {m} guessing, and a guess on the phone is seldom in your favour.",
        "Nothing was said here. Even a short sentence would have kept the talk going.",
    ),
    "unclear": (
        "{m} could not make out what this was about. One plain sentence is enough.",
        "This was hard to place on the phone, so {m} had to ask back.",
    ),
    "software": (
        "{m} had no idea what to do with this. In the real call there is only the person at the other end.",
        "This was not meant for the person on the line, and it left {m} puzzled.",
    ),
    "rambling": (
        "There was a lot in this turn, and the question drowned in it. {m} has a few minutes; short turns make them last.",
        "Half a minute without a break spends {m}'s time before the question is put.",
    ),
    "half thanks": (
        "Thanks that take themselves back land as their opposite. {m} hears the second half.",
        "What stands around these thanks changes their meaning. Plain thanks, or none, would have served you better.",
    ),
    "rang off": (
        "The line went dead here. A goodbye takes five seconds and is what {m} would have remembered.",
        "Ringing off is an ending, too, only not one that leaves a door. A short goodbye does.",
    ),
    "mend": (
        "The shutters were down here. One honest word of apology opens them again, once.",
        "After the push only the legal line was left. An apology would have mended it: that works once in a call.",
    ),
    "hr": (
        "HR was the standard way out. Asked once more, with understanding for the rule and for one small thing, {m} can make an exception.",
        "{m} had sent you to HR, as the house wants it. People bend such a rule for somebody who respects it and asks for little.",
        "The first answer of this house is always HR. The second depends on how the rule is taken: granted first, it gives a little.",
    ),
    "reception": (
        "Reception wants two things, a name and a matter, and passes nothing else on.",
        "Whoever screens calls decides by the first sentence: who is it, what is it about.",
    ),
    "reception push": (
        "A receptionist cannot put a quarrel through. Name and matter would have been enough.",
        "This reached the one person who could do nothing about it, apart from not connecting you.",
    ),
    "voicemail": (
        "A message works when it can be answered without looking anything up: who, which job, what you would like, a number.",
        "People listen to a message once, with a pen in one hand. Name, matter, wish and number, in that order, is all it needs.",
    ),
    "no goodbye": (
        "The call ended a sentence short. Thanks and a goodbye are the last thing {m} hears, and the first thing remembered.",
        "A few kind words at the end cost nothing and stay longest.",
    ),
    "deepen": (
        "This already does what it should. One step more would be to say what you will do with it: {m} has some further advice for people with a plan.",
        "Nothing here needs mending. To go further: tell {m} what you will do about it, and see what comes back.",
    ),
    "later": (
        "The call did its work. What was still free to ask is the future: the first choice sometimes falls through, and then a name comes to mind.",
        "Nothing in this line is wrong. There was room for one more sentence, about later on: nobody is offended by that question.",
        "This was well held. One thing was still free: to ask whether you may come back. It costs nothing, and it is how a name is remembered.",
    ),
    "round off": (
        "Nothing here needs mending, and everything that belongs in such a call was said. At most, let {m} know what it was good for.",
        "There is nothing to put right. If anything, end on what the call did for you: it is the last thing {m} hears.",
    ),
}  # fmt: skip
"""Fault → why the line cost something, several ways."""


def say(options: tuple[str, ...], rng: Random, **words: str) -> str:
    """One of these, with the words filled in; a sentence that begins with a small letter by that gets a capital."""
    said = options[rng.randrange(len(options))].format(**words)
    return said[:1].upper() + said[1:]


def why(story: Story, turn: Turn, fault: str, rng: Random) -> str:
    """Why this line is the one to look at."""
    m = story.scenario.first_name
    case = fault
    if fault == "unready" and turn.level == 1:
        # Where the formula is all that anybody gets, the way of asking is not to blame for it.
        case = "unready, formula" if story.could > 1 else "unready, capped"
    if fault == "left early" and (story.past.call_before(turn.n).last_level or 0) >= 2:
        case = "left early, told"
    said = say(WHY[case], rng, m=m, job=story.scenario.job)
    if turn.phase is Phase.ENDED and "close_cold (argued_before)" in turn.rows:
        before = any(m in PUSHED for t in story.turns if t.n < turn.n for m in t.moves)
        said += " Here it was the second push, and that ended it." if before else " Two pushes in one breath ended it."
    return said


PUSHED = (Move.ARGUE, Move.ACCUSE, Move.THREATEN)


GAIN_FURTHER: tuple[str, ...] = (
    "With this in its place the same call goes on to {level}.",
    "Played through with this line, the call gets to {level}.",
    "Put in at this point, it takes the call to {level}.",
    "The same call, with only this line changed, reaches {level}.",
)
GAIN_SAME: tuple[str, ...] = (
    "It opens no more in this call, but it leaves a better one behind.",
    "The answers stay where they were; the way there gets easier.",
    "On its own it opens nothing further here. It keeps the rest of the talk possible.",
)
GAIN_TOP: tuple[str, ...] = (
    "You had already heard all there was to hear. This is for the next call, where more may be open.",
    "There was nothing further to open in this call. In the next one it may count.",
    "No words open this call any further. Said in another, these may.",
)
GAIN_DEEPER: tuple[str, ...] = (
    "It changes nothing about what you heard. It is how a good call is rounded off.",
    "The answers stay the same; this is for what comes after the call.",
    "Nothing more would be told. It is a small thing more for {m} to remember.",
)


GAIN_CALMER: tuple[str, ...] = (
    "It opens no more in this call, but the call does not end there in anger.",
    "Said like this, {m} stays on the line. The reason stays closed here, the door does not.",
)
GAIN_MESSAGE: tuple[str, ...] = (
    "A message like this can be answered in one go.",
    "With this on the machine, calling back takes {m} no searching.",
)


def gain(story: Story, fault: str, opens: int, rng: Random, *, further: bool, calmer: bool = False) -> str:
    """What the better line brings, as the replay showed: more, a calmer end, or neither."""
    m = story.scenario.first_name
    if fault == "voicemail":
        return say(GAIN_MESSAGE, rng, m=m)
    if further:
        return say(GAIN_FURTHER, rng, level=LEVEL_WORDS[opens])
    if calmer:
        return say(GAIN_CALMER, rng, m=m)
    if fault in ("deepen", "later", "round off"):
        return say(GAIN_DEEPER, rng, m=m)
    return say(GAIN_TOP if story.opened and story.opened >= story.could else GAIN_SAME, rng)
