"""A hint in the middle of a call: what a good caller might try next, and, asked a second time, words for it.

    hint(practice).idea      # "Let her know that the decision is fine with you before you ask."
    hint(practice).words     # "I accept the decision. Could you tell me one thing I should work on?"

It looks at what was done so far and at what the manager has shown; never at the hidden reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from dialogs.call import Call, Opening, Phase
from dialogs.moves import Move
from dialogs.practice import Practice
from dialogs.review import phrases
from dialogs.review.voice import Voice, listen


@dataclass(frozen=True, slots=True)
class Hint:
    """`idea` gives the direction, `words` one way to say it, `moves` what those words do. `key` names the moment, for the log."""

    key: str
    idea: str
    words: str
    moves: tuple[Move, ...] = ()


IDEAS: dict[str, tuple[str, ...]] = {
    "over": ("The call is over. The debrief comes next.",),
    "voicemail": (
        "A machine wants four things: who, which job, what you would like, and how to reach you.",
        "Leave a message that can be answered without looking anything up.",
    ),
    "reception": (
        "Reception passes on a name and a matter, nothing else. Give both.",
        "Say who you are and what it is about; keep your question for {m}.",
    ),
    "who": (
        "{m} does not know yet who is calling. Name, which job, and whether the moment is good.",
        "First things first: who is calling, and about what?",
    ),
    "mend": (
        "The shutters are down. An honest word of apology lifts them, once.",
        "Something landed badly. Take the edge off before you ask anything.",
    ),
    "leave": (
        "Nothing more will come now. A kind goodbye is still worth something.",
        "This is the moment to thank and go.",
    ),
    "her question": (
        "{m} asked you something. A short, plain answer comes first.",
        "Answer the question you were asked; yours can wait one sentence.",
    ),
    "settle": (
        "Before you ask: let {m} know that the decision is fine with you.",
        "Take the worry away first. Is this going to be an argument? Say that it is not.",
    ),
    "ask": (
        "Now ask, and ask for something small: one thing, not everything.",
        "The ground is ready. One narrow question is easier to answer than a wide one.",
    ),
    "rule": (
        "That was a house rule. Show that you understand it, and make your wish smaller.",
        "Rules bend for people who respect them. Say so first, then ask for one thing.",
    ),
    "open still": ("The decision is still open. Ask when to call again, or leave a kind word.",),
    "take and narrow": (
        "That answer would fit anyone. Take it kindly, then ask for one thing about you.",
        "The first answer is a formula. A warm word and a smaller question may bring the next.",
    ),
    "lean": (
        "There was something in that answer. Ask about a part of it.",
        "Lean on what you just heard: which part, for example what, what would have changed it?",
    ),
    "plan": (
        "You were told something real. Say that you take it, and what you will do about it.",
        "Show that the answer was worth giving: what will you do with it?",
    ),
    "later": (
        "One thing is still free to ask: what about later on?",
        "First choices fall through now and then. You may ask to be remembered.",
    ),
    "bye": (
        "You have what there is. Thank, and end it yourself.",
        "Leave while it is good: thanks and a goodbye.",
    ),
}


def hint(practice: Practice, said: Sequence[str] = ()) -> Hint:
    """What a good caller might try now. `said` are the candidate's words so far, for their name and way of speaking."""
    call, scenario = practice.call, practice.scenario
    key = _moment(practice, call)
    rng = Random(f"hint:{practice.seed}:{practice.turns}:{key}")
    voice = listen(said, scenario)
    words, moves = _words(key, voice, practice, rng)
    ideas = IDEAS[key]
    return Hint(
        key,
        ideas[rng.randrange(len(ideas))].format(m=scenario.first_name),
        voice.speak(words),
        moves,
    )


def _moment(practice: Practice, call: Call) -> str:
    match call.phase:
        case Phase.ENDED:
            return "over"
        case Phase.VOICEMAIL:
            return "voicemail"
        case Phase.RECEPTION:
            return "reception"
        case Phase.PICKUP | Phase.RINGING:
            return "who"
        case Phase.CLOSING:
            return "leave"
        case Phase.GUARDED:
            return "leave" if call.mended else "mend"
    if call.question_open:
        return "her question"
    if call.minutes < 0.8:
        return "bye" if Move.DOOR in call.made or call.given is None else "later"
    return _asking(practice, call)


def _asking(practice: Practice, call: Call) -> str:
    if call.hidden.opening is Opening.TOO_EARLY and call.asks:
        return "open still"
    if call.hidden.opening is Opening.EMAIL_HR and call.deflected and call.asks == 0:
        return "rule"
    softened = call.count(Move.ACCEPT, Move.REASSURE) > 0
    if call.given is None:
        return "ask" if softened else "settle"
    # From here on only what was heard counts: the level of the last answer, and how long nothing new has come.
    narrow = call.count(Move.ASK_SPECIFIC, Move.PROBE)
    if call.given <= 1:
        return "take and narrow" if narrow < 3 and call.patience > 1 else "bye"
    if call.given == 2:
        return "lean" if narrow < 4 and call.patience > 1 else "later"
    if Move.COMMIT not in call.made or Move.ACCEPT not in call.made:
        return "plan"
    return "bye" if Move.DOOR in call.made else "later"


def _words(key: str, voice: Voice, practice: Practice, rng: Random) -> tuple[str, tuple[Move, ...]]:
    def pick(options: Sequence[str]) -> str:
        return options[rng.randrange(len(options))]

    m = practice.scenario.manager
    who = f"{voice.greets}, {voice.who or 'my name is … (your name)'}. I interviewed for {voice.job}{' ' + voice.when if voice.when else ''}."
    who = who[0].upper() + who[1:]
    settle, settles = phrases.SETTLE[rng.randrange(len(phrases.SETTLE))]
    take, takes = phrases.TAKE[rng.randrange(len(phrases.TAKE))]
    bye = pick(phrases.GOODBYE[:2]).format(thanks=voice.thanks)
    match key:
        case "over":
            return "", ()
        case "voicemail":
            wish = "I'd be grateful for one piece of advice."
            return f"{who} {wish} My number is … (twice, slowly). {voice.thanks}, goodbye.", (
                Move.GREET, Move.INTRODUCE, Move.THANK, Move.ASK_SPECIFIC, Move.CLOSE,
            )  # fmt: skip
        case "reception":
            return f"{who} Could you put me through to {m}, please?", (Move.GREET, Move.INTRODUCE)
        case "who":
            return f"{who} {pick(phrases.MOMENT)}", (Move.GREET, Move.INTRODUCE, Move.PERMISSION)
        case "mend":
            return pick(phrases.SORRY), (Move.ACCEPT, Move.REASSURE)
        case "leave" | "bye":
            return bye, (Move.THANK, Move.CLOSE)
        case "her question":
            return phrases.REPLY[0], (Move.ANSWER,)  # true of whatever was asked: the rest only the candidate knows
        case "settle":
            return settle, (settles,)
        case "ask":
            return pick(phrases.ONE_THING), (Move.ASK_SPECIFIC,)
        case "rule":
            return f"{pick(phrases.LIMITS)} {settle} {pick(phrases.ONE_THING)}", (
                Move.ACKNOWLEDGE, settles, Move.ASK_SPECIFIC,
            )  # fmt: skip
        case "open still":
            return "I understand. If anything changes, I'd be glad to hear from you.", (Move.ACKNOWLEDGE, Move.DOOR)
        case "take and narrow":
            return f"{take} {pick(phrases.ONE_THING)}", (takes, Move.ASK_SPECIFIC)
        case "lean":
            return f"{take} {pick(phrases.FURTHER)}", (takes, Move.PROBE)
        case "plan":
            return f"{voice.thanks}, that makes sense. {pick(phrases.COMMIT)}", (Move.THANK, Move.ACCEPT, Move.COMMIT)
        case _:
            return pick(phrases.DOOR), (Move.DOOR,)
