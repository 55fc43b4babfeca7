"""Why a line cost something, what the better one would bring, what else was there: in plain words, about words.

{m} is the manager's first name, {job} the job. Nothing here says what the candidate *is*; everything says what words *do*.
"""

from __future__ import annotations

from collections.abc import Collection
from random import Random
from typing import TYPE_CHECKING

from dialogs.call import Phase
from dialogs.levels import LEVEL_WORDS
from dialogs.moves import ASKS, Move
from dialogs.practice import Turn
from dialogs.review.cases import only_goodbye
from dialogs.review.quoting import hostile

if TYPE_CHECKING:
    from dialogs.review.story import Story

WHY: dict[str, tuple[str, ...]] = {
    "threat": (
        "A threat ends any call like this. From then on it is a legal matter, and {m} may only say goodbye.",
        "After a threat, anything {m} says could be used later. So nothing more is said.",
        "Managers are taught what to do when they hear this: stop talking and hand over to HR. Nothing can be learned from that.",
    ),
    "blame": (
        "Blame turns a talk into a defence, and people who defend themselves say little.",
        "Whatever was true in it, {m} heard an attack, and whoever is attacked grows careful.",
        "The anger is understandable. On the phone it costs the one thing you called for: an honest word.",
    ),
    "argue": (
        "This argues with the decision. {m} now has something to defend, and the safest defence is to say nothing new.",
        "An argument, even a good one, tells {m} that every further word will be disputed. So fewer words come.",
        "The decision was made, so proving it wrong could win nothing here. It could only close the talk.",
    ),
    "push, told": (
        "{m} had already told you what there was to tell. These words could bring nothing more; they only change how the call is remembered.",
        "Everything had been said by then. What is left after that is how the call ends, and this made a good end harder.",
    ),
    "push, heard out": (
        "{m} heard how much it hurt and let it pass. That happens once in a call, and it bought nothing: after blame, people weigh every word.",
        "It came from the hurt, and {m} took it so. Still, it made the next answer a careful one.",
    ),
    "push, early": (
        "Nothing was decided yet, so there was nothing to fight about. This only gives {m} something to defend.",
        "The decision was still open. Pushing at this point cannot speed it up; it can only count against a good call.",
    ),
    "dared, over": (
        "You did what this call is for: you said it, and a phone was put down, no more. When the call counts, this could stand here instead.",
        "This call is there for trying it, and you did. For the day when it matters, here is the same moment, held another way.",
    ),
    "dared": (
        "You did what this call is for. When the call counts, this could stand here instead.",
        "This call is there for trying it, and you did. For the day when it matters, here is the same moment, held another way.",
    ),
    "edge, beg": (
        "This could be taken for asking to be looked at again, and {m} could not be sure. Advice is easier to give than another look.",
        "What you need is in this, and what you would like to know is not. {m} was careful with it. One thing to work on is something people can give.",
    ),
    "beg": (
        "Asking to be looked at again puts {m} on the spot: the only possible answer is a kind no. Advice is easier to give.",
        "A second look was never on offer, so this used up goodwill on a no. Advice is something {m} can give.",
    ),
    "pry": (
        "This asks about other people or the firm's own business, and {m} may not talk about that. A question about your own part can be answered.",
        "Questions about others get a flat no in every firm. The same curiosity, turned to your own part, can be answered.",
    ),
    "edge": (
        "This could be taken for blame or an argument. {m} could not be sure how it was meant, and was careful.",
        "This can be taken in two ways, and on the phone it is safer to assume the worse one. Said plainly, it would cost nothing.",
    ),
    "left open": (
        "The call stopped here, with {m} still on the line. There was room for one more sentence.",
        "Nothing more was said after this. The next sentence was yours, and it could have been this one.",
        "The call was left in the middle. You may always leave; one more sentence was free to try.",
    ),
    "feeling": (
        "The feeling and the question came in one breath. People answer the feeling first, and the question gets what is left.",
        "When something hurts, people get kindness instead of facts. It helps to let the one settle before asking for the other.",
    ),
    "unready": (
        "The question came before {m} knew that you accept the decision. One sentence about that changes how it is heard.",
        "Asked like this, it could still be the start of an argument, and people answer that with care.",
        "It is right to want to know. The question only came one sentence too early: first “I accept that”, then the question.",
    ),
    "unready, formula": (
        "The question came before {m} knew that you accept the decision, and it got the formula from the letter.",
        "Asked like this, it could still be the start of an argument, and {m} answered as if it were: with a formula.",
        "It is right to want to know. The question only came one sentence too early, and so it got the answer that anybody gets.",
    ),
    "unready, capped": (
        "The question came before {m} knew that you accept the decision. Here the answer is the same either way; elsewhere it is not.",
        "One sentence was missing before the question: that you accept the decision. This firm gives the formula all the same; others do not.",
    ),
    "too early": (
        "Nothing was decided yet, and there was no way to know that. One question fits either way: whether you may call again.",
        "The question came before the decision. It does no harm to ask it and to add a second one: whether you may call again.",
    ),
    "too early, told": (
        "{m} had said that nothing is decided yet, so there was no reason to ask for. When to call again is a question that has an answer.",
        "Before a decision there is no reason to hear, however it is asked. Asking whether you may call again keeps your place.",
    ),
    "broad": (
        "A question about everything is hard to answer on the phone. One small thing is easier to give away.",
        "A broad question leaves the choice to {m}, and the safest choice is the formula. Asking for one thing is asking a smaller favour.",
    ),
    "again": (
        "It was the same question again, and that brings nothing new. A different, smaller one might have gone further.",
        "Asking the same again sounds like insisting. A question about what {m} had just said would have been a new one.",
    ),
    "past the hint": (
        "{m} had just given a hint, and this guess went another way. A question about those very words goes on from there.",
        "There was a hint to hold on to, and the guess left it lying. A question about what {m} had just said takes it up.",
    ),
    "all told": (
        "By then {m} had told you. More questions bring the same answer in other words; a short close serves you better.",
        "You had heard it all by then, and that was the good part. From here on every question takes a little from it, and a short close keeps it.",
    ),
    "all told, capped": (
        "The answer had come back the same by then, and nobody gets more in this call. A short close serves you better than one more try.",
        "In this call the answer stays the same however often it is asked for. From here on, a short and friendly close serves you better.",
    ),
    "plan beside": (
        "{m} had told you what it was, and this plan is about something else. One that meets the reason shows that it was heard.",
        "It is good to have a plan, and people are polite about any. This one goes past what {m} had told you; one about exactly that stays in people's memory.",
    ),
    "not taken": (
        "{m} had just told you something, and the next question came at once. A short “fair enough” first makes it easier to say more.",
        "An answer that is met with the next question at once feels like an interrogation. A short “fair enough” opens more than it costs.",
    ),
    "too near": (
        "This touched the very thing {m} was least free to talk about, and it came early. People then change the subject.",
        "It was a good question, asked too soon: {m} stepped aside. A wider one first lets the answer come by itself.",
    ),
    "left early": (
        "The first answer is rarely the last one. Here it was left standing: nobody asked what it meant.",
        "What {m} had answered could be asked about: which part of it, or an example. That is often where the real reason comes out.",
        "One question about that answer was still free here. Such questions are what opens people.",
    ),
    "left early, told": (
        "{m} had begun to say something, and the talk moved on. One question about that answer was still free.",
        "What {m} had answered was worth one more question. It was left where it was.",
        "There was something in what {m} had answered. A question about exactly that might have brought the rest.",
    ),
    "left early, later": (
        "You asked on, only not here. Straight after the answer, with a short “fair enough” before it, it goes further.",
        "The question that you asked at another point fits here: the answer is still fresh, and a word that takes it makes the next one easier.",
    ),
    "left early, one more": (
        "There was room for one more question here, smaller than the ones before.",
        "One question was still free here. A small one, about one thing, is the easiest to answer.",
    ),
    "left early, reason": (
        "{m} had told you what it was. How it came across, or what to do about it, could still be asked.",
        "The reason was out by then. An example of it, or what would have helped, could still be asked for.",
    ),
    "left early, capped": (
        "One question about the answer was still free here. In this call it brings nothing new; in another it may be the one that opens people.",
        "The answer was left standing. Here nobody gets more than that, but elsewhere one question about it often brings the reason.",
    ),
    "left early, once more": (
        "One more question about the answer was free here. In this call it brings nothing new; in another it may.",
    ),
    "never asked": (
        "Everything was ready for your question here, and it did not come.",
        "The question about the reason did not come up in this call. Here was a good place for it.",
    ),
    "never asked, goodbye": (
        "The call was over before {m} knew who was calling, or why. Your name and one small question are all it takes.",
        "This was a goodbye and nothing before it. A name, a word on the decision and one question fit into the same breath.",
    ),
    "never asked, unanswered": (
        "Your question had got no answer by then. Here was a good place to put it once more.",
        "{m} had not answered your question yet, and it did not come again. Put like this, it gets an answer.",
    ),
    "unheard": (
        "I did not hear a question about the reason here. If you meant one, say so. A plain one, like this, is harder to miss.",
        "If this was your question, I missed it: say so, and it counts. Put like this, it is harder to miss.",
    ),
    "no name": (
        "{m} did not know yet who was asking, so the answer was a question back.",
        "Without a name, {m} has to find out who is calling before anything else.",
    ),
    "no time": (
        "Asking for a minute takes one sentence, and people who say yes to it take their time.",
        "People pick up in the middle of something. Asking whether the moment is good makes the next minutes yours.",
    ),
    "nothing said": (
        "Silence leaves {m} guessing, and guesses on the phone are rarely in your favour.",
        "Nothing was said here. Even a short sentence keeps a talk going.",
    ),
    "unclear": (
        "{m} could not make out what this was about. One plain sentence is enough.",
        "This was hard to follow on the phone, so {m} had to ask back.",
    ),
    "foreign": (
        "{m} speaks only English in this call and did not understand this.",
        "This was in another language, and {m} could not answer it.",
    ),
    "software": (
        "{m} did not know what to make of this. In a real call there is only a person at the other end.",
        "This was not meant for the person on the line, and {m} was puzzled.",
    ),
    "rambling": (
        "There was a lot in this turn, and little of it can be answered. {m} has only a few minutes; short turns make them last.",
        "More than half a minute without a break uses up {m}'s time. One thought and one question is what people can answer.",
    ),
    "half thanks": (
        "Kind words that take themselves back are heard as their opposite. {m} hears the second half.",
        "What stands beside the kind word changes its meaning. A plain thank-you, or none, would do better.",
    ),
    "rang off": (
        "The line went dead here. A goodbye takes five seconds, and it is what people remember.",
        "Ringing off ends a call, too, but it leaves no door open. A short goodbye does.",
    ),
    "mend": (
        "By now {m} said only what was safe. One honest apology mends that, once in a call.",
        "The shutters were down at this point. An apology lifts them; that works once in a call.",
    ),
    "hr": (
        "HR is the usual way out. Asked once more, for one small thing and with understanding for the rule, people can make an exception.",
        "{m} had sent you to HR, as the firm wants it. People bend such a rule for somebody who respects it and asks for little.",
        "The first answer of this firm is always HR. What comes next depends on how the rule is taken: respected first, it bends a little.",
    ),
    "hr, respected": (
        "You had shown that you respect the rule. What was still free is one small question beside it; some people answer that.",
        "The rule was respected. Asked for one small thing after that, people can make an exception.",
    ),
    "reception": (
        "Reception wants two things, a name and what it is about, and passes nothing else on.",
        "Whoever screens calls decides by the first sentence: who is it, and what is it about?",
    ),
    "reception push": (
        "A receptionist cannot settle a quarrel. Your name and what it is about would have been enough.",
        "This reached the one person who could do nothing about it, except not to connect you.",
    ),
    "voicemail": (
        "A message works when it can be answered without looking anything up: who, which job, what you would like, a number.",
        "People listen to a message once, with a pen in one hand. Name, job, wish and number, in that order, are all it needs.",
    ),
    "no goodbye": (
        "The call ended one sentence short. Thanks and a goodbye are the last thing {m} hears, and what is remembered first.",
        "A few kind words at the end cost nothing and stay longest.",
    ),
    "deepen": (
        "This already does what it should. One step further would be to say what you will do about it: people like to help somebody with a plan.",
        "Nothing here needs mending. To go further, tell {m} what you will do about it, and see what comes back.",
    ),
    "later": (
        "The call did its work. One thing was still free to ask about: later on. First choices sometimes drop out, and then a name comes to mind.",
        "Nothing in this line is wrong. There was room for one more sentence, about later on; nobody is offended by that.",
        "This was well held. One thing was still free: to ask whether you may come back. It costs nothing, and it helps people remember you.",
    ),
    "later, plain": (
        "Nothing in this line is wrong. There was room for one more sentence, about later on; nobody is offended by that.",
        "One thing was still free here: to ask whether you may come back. It costs nothing, and it helps people remember you.",
    ),
    "round off": (
        "Nothing here needs mending, and everything that belongs in such a call was said. At most, let {m} know what it was good for.",
        "There is nothing to put right. If anything, end on what the call did for you: it is the last thing {m} hears.",
    ),
    "round off, plain": (
        "Nothing in this line needs mending. It could end on what the call did for you: that is the last thing {m} hears.",
        "There is nothing to put right in this line. At most, let {m} know what the call was good for.",
    ),
}  # fmt: skip
"""Fault → why the line cost something, several ways. After a comma stands what makes the case another one."""


def say(options: tuple[str, ...], rng: Random, **words: str) -> str:
    """One of these, with the words filled in; a sentence that begins with a small letter by that gets a capital."""
    said = options[rng.randrange(len(options))].format(**words)
    return said[:1].upper() + said[1:]


def why(story: Story, turn: Turn, fault: str, rng: Random, *, failed: Collection[str] = ()) -> str:
    """Why this line is the one to look at. `failed` are the checks of the call that are a no."""
    said = say(WHY[_case(story, turn, fault, failed)], rng, m=story.scenario.first_name, job=story.scenario.job)
    if turn.phase is Phase.ENDED and "close_cold (argued_before)" in turn.rows:
        said += " Here it was the second push, and that ended it."
    return said


def _case(story: Story, turn: Turn, fault: str, failed: Collection[str]) -> str:
    """The fault, or the special case of it for which there are words of their own."""
    given = story.past.call_before(turn.n).given
    told_all = given is not None and given >= story.could
    if story.dared:
        return "dared, over" if turn.phase is Phase.ENDED else "dared"
    match fault:
        case "edge" | "blame" | "argue" if any(row.startswith("heard_out") for row in turn.rows):
            return "push, heard out"
        case "edge" if (found := story.suspected(turn)) and found[0] is Move.PLEAD:
            return "edge, beg"
        case "edge" if hostile(turn.said):
            return "blame"
        case "threat" | "blame" | "argue" if told_all and story.could >= 2:
            return "push, told"
        case "argue" | "beg" if story.early:
            return "push, early"
        case "unready" if turn.level == 1:
            # Where the formula is all that anybody gets, the way of asking is not to blame for it.
            return "unready, formula" if story.could > 1 else "unready, capped"
        case "never asked" if only_goodbye(story, turn):
            return "never asked, goodbye"
        case "never asked" if story.first_ask is not None:
            return "never asked, unanswered"
        case "all told" if story.could <= 2:
            return "all told, capped"
        case "hr" if any(t.n <= turn.n for t, _ in story.made(Move.ACKNOWLEDGE)):
            return "hr, respected"
        case "left early" if told_all:
            return "left early, capped" if "onward" in failed else "left early, once more"
        case "left early" if given is not None and given >= 3:
            return "left early, reason"
        case "left early" if (story.past.call_before(turn.n).last_level or 0) >= 2:
            return "left early, told"
        case "left early" if "onward" not in failed:
            later = any(t.n > turn.n and set(t.moves) & ASKS for t in story.spoken)
            return "left early, later" if later else "left early, one more"
        case "later" | "round off" if failed:
            return f"{fault}, plain"
    return fault


GAIN_FURTHER: tuple[str, ...] = (
    "With this in its place, the same call gets to {level}.",
    "Played through again with this line, the call gets to {level}.",
    "With this line the same call goes on to {level}.",
    "The same call, with only this line changed, reaches {level}.",
)
GAIN_SAME: tuple[str, ...] = (
    "It opens no more in this call, but it makes the talk easier for both.",
    "The answers stay as they were; the way there is friendlier.",
    "On its own it opens nothing more here. In another call it may.",
)
GAIN_TOP: tuple[str, ...] = (
    "Nobody hears more than you did in this call. In another one, this may open more.",
    "There was nothing more to hear in this call. In the next one it may help.",
    "You heard everything there was to hear in this call. In another one, words like these can open more.",
)
GAIN_PARTING: tuple[str, ...] = (
    "It changes nothing about the answers. It is what {m} hears last.",
    "The answers stay as they were. What changes is how the call ends.",
)
GAIN_DEEPER: tuple[str, ...] = (
    "It changes nothing about what you heard. It is a good way to end a call.",
    "The answers stay the same; this is for what comes after the call.",
    "Nothing more would be told. It gives {m} one more thing to remember.",
)
GAIN_EARLY: tuple[str, ...] = (
    "There is no reason to hear before the decision. This keeps a second call open.",
    "No words bring a reason before there is a decision. This makes the next call easier.",
)
GAIN_CALMER: tuple[str, ...] = (
    "It opens no more in this call, but the call does not end in anger.",
    "Said like this, the call does not end in anger. It brings no further reason, but it keeps the door open.",
)
GAIN_PUT_THROUGH: tuple[str, ...] = (
    "With a name and what it is about, reception puts you through to {m}.",
    "Said like this, {m} comes to the phone. What comes after that is still open.",
)
GAIN_MESSAGE: tuple[str, ...] = (
    "A message like this can be answered in one go.",
    "With this on the machine, {m} can call back without looking anything up.",
)


def gain(
    story: Story, fault: str, opens: int, rng: Random, *, further: bool, calmer: bool = False, asks: bool = True
) -> str:
    """What the better line brings, as the replay showed: more, a calmer end, or neither."""
    m = story.scenario.first_name
    if fault == "voicemail":
        return say(GAIN_MESSAGE, rng, m=m)
    if further and not story.early:
        return say(GAIN_FURTHER, rng, level=LEVEL_WORDS[opens])
    if fault in ("reception", "reception push"):
        return say(GAIN_PUT_THROUGH, rng, m=m)
    if calmer:
        return say(GAIN_CALMER, rng, m=m)
    if story.early and fault in ("too early", "too early, told", "later", "never asked"):
        return say(GAIN_EARLY, rng)
    if fault in ("deepen", "later", "round off", "plan beside"):
        return say(GAIN_DEEPER, rng, m=m)
    if fault in ("no goodbye", "rang off", "all told") or (fault == "left open" and not asks):
        return say(GAIN_PARTING, rng, m=m)
    return say(GAIN_TOP if story.opened and story.opened >= story.could else GAIN_SAME, rng)
