"""What the rules call by names, in words a layperson reads: moves, the rules that fire, matters, asides, and how much is much."""

from __future__ import annotations

from dialogs.hearing.heard import Aside
from dialogs.hearing.matters import Matter
from dialogs.moves import Move

DID: dict[Move, str] = {
    Move.GREET: "a greeting",
    Move.INTRODUCE: "saying who you are",
    Move.PERMISSION: "asking for a moment",
    Move.THANK: "thanks",
    Move.INTEREST: "saying that you are still interested",
    Move.ASK_OPEN: "an open question",
    Move.ASK_SPECIFIC: "a narrow question",
    Move.PROBE: "asking on from the last answer",
    Move.REASSURE: "saying that nothing is being contested",
    Move.ACKNOWLEDGE: "showing that you understand",
    Move.ACCEPT: "taking it with grace",
    Move.COMMIT: "saying what you will do",
    Move.DOOR: "a word about later on",
    Move.ANSWER: "an answer to the manager's question",
    Move.CLOSE: "a goodbye",
    Move.ARGUE: "arguing against the decision",
    Move.ACCUSE: "blame",
    Move.THREATEN: "a threat",
    Move.PLEAD: "asking to be looked at again",
    Move.VENT: "a feeling",
    Move.PRY: "a question about others or the firm's own matters",
    Move.OTHER: "nothing that could be placed",
}
"""Each move as a layperson would call it."""

RULES: dict[str, str] = {
    "nobody is at the desk": "Nobody was at the desk, so a machine took the call.",
    "calls are screened": "Somebody else picked up first.",
    "the machine keeps recording": "The machine went on recording.",
    "the tape is full": "The machine stopped recording.",
    "no name after several asks": "There was still no name after several asks, and reception ended the call.",
    "arguing with a goodbye": "{M} was saying goodbye, and this argued with it.",
    "a push at the goodbye": "{M} was saying goodbye, and this pushed: the call was over at once.",
    "a rebuttal shuts her": "This argued with the answer: from here {m} says only what is safe.",
    "hurt, in no hard words, and heard out": "{M} heard the hurt in it, and let it pass this once.",
    "her minutes are spent": "{M} had no more time.",
    "her patience is spent": "{M} had no more patience.",
    "she does not know who is asking": "{M} did not know who was asking.",
    "she guesses, having asked twice": "{M} had asked twice for a name and made a guess.",
    "she does not know who is calling": "{M} did not know yet who was calling.",
    "nothing was said": "Nothing was said, and {m} asked whether anybody was there.",
    "a greeting": "A greeting, returned.",
    "she knows who is calling": "{M} knew already who was calling.",
    "asked for time, and gets some": "You asked for a moment and got it.",
    "thanks, taken kindly": "Your thanks were taken kindly.",
    "thanks and no more, twice running, take leave": "Thanks and nothing else, twice running, were taken for a goodbye.",
    "still keen, and she notes it": "You are still keen, and {m} noted it.",
    "took it well and said what comes next: one more piece of advice":
        "You took it well and said what you will do. That brings one more piece of advice.",
    "took a weight off her": "This took a worry away: no argument is coming.",
    "a plan, and she likes that": "You have a plan, and {m} liked that.",
    "answered what she asked": "You answered what {m} had asked.",
    "told her something": "You told {m} something.",
    "a feeling, met with kind words and less content": "{M} met the feeling with kind words and said less about the reason.",
    "a feeling, met with kind words": "{M} met the feeling with kind words.",
    "the decision stands, said kindly": "{M} said kindly that the decision stands.",
    "the decision stands": "{M} said that the decision stands.",
    "others' matters are never told": "What concerns other people is never told.",
    "the decision is still open": "The decision is not final yet, so there is no reason to tell.",
    "this house sends applicants to HR": "The rule of this house is to send such questions to HR.",
    "insisting gave her no reason for an exception": "Insisting gave {m} no ground for an exception to the rule.",
    "too near, too early": "This came close to what {m} may least say, and it came early: {m} stepped aside.",
    "the question has been put": "Your question was put.",
    "two open answers, and she hears herself": "{M} had been open twice and drew back once.",
    "a further question": "Your next question was put.",
    "you were the second choice, she knows who you are, and you never pushed": "You were the second choice and never pushed, so the door is open.",
    "a courtesy": "A polite word about later on; it promises nothing.",
    "a courtesy at the door": "A polite word about later on; it promises nothing.",
    "an apology mends once": "An apology makes a push good, once in a call.",
    "asked again although the shutters are down": "You asked again when, after the push, only the formula was left.",
    "only the legal line is left": "After the push only the formula was left.",
    "heard, coolly": "{M} heard it, and stayed cool.",
    "goodbye and a question: the question wins": "There was a goodbye and a question in one breath, and {m} took up the question.",
    "she was closing": "{M} was ending the call already.",
    "nothing could be made out": "{M} could not make out what was meant.",
    "not understood": "{M} did not understand this.",
    "not understood again and again": "{M} had not understood several times in a row.",
    "she does not know what you mean": "{M} did not know what was meant.",
    "that could have been a push": "This may have been a push; {m} was careful.",
}  # fmt: skip
"""Why a row fires, as the table says it, and as a layperson reads it; what is not here reads well as it stands."""

TOUCHED: dict[Matter, str] = {
    Matter.RIGHT: "a right or an adviser named, and no step announced",
    Matter.PROTECTED: "word of a question that must not be asked",
    Matter.WRITTEN: "whom to ask for something in writing",
    Matter.RECORDED: "whether somebody listens in",
    Matter.REALLY: "whether this is really who it says it is",
    Matter.COURTING: "something more private than the call",
    Matter.TRAIT: "what nobody may be judged by",
    Matter.OUTCOME: "whether you got it",
    Matter.WELL: "how the manager is",
    Matter.MOMENT: "that you needed a moment, to write or to find words",
    Matter.REPEAT: "that something was not caught",
    Matter.FIGURES: "what the post pays",
    Matter.WHO: "who is speaking",
    Matter.NOD: "a bare yes, no or okay",
    Matter.MORE: "that there is more",
    Matter.TOLD: "something told",
}
"""What words touch beside the moves they make."""

ASIDES: dict[Aside, str] = {
    Aside.SILENCE: "silence",
    Aside.SOFTWARE: "words for the software, which move nothing",
    Aside.FOREIGN: "another language",
    Aside.DISTRESS: "somebody in distress; the call was paused",
    Aside.HANG_UP: "you rang off",
}


def plainly(why: str, name: str) -> str:
    """Why a row fired, as a sentence about the manager of this `name`."""
    return _capital(RULES.get(why, f"{why}.").format(m=name, M=_capital(name)))


def heard_as(move: Move, chance: float) -> str:
    """A move and how surely it was heard, in words with the number beside them."""
    how = "clearly" if chance >= 0.85 else "fairly surely" if chance >= 0.6 else "with doubt"
    return f"{DID[move]}, {how} ({chance:.0%})"


def much(amount: float) -> str:
    """How much a change of trust or patience is, on a scale of 4, in words."""
    return "a little" if abs(amount) < 0.4 else "clearly" if abs(amount) < 1.0 else "much"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
