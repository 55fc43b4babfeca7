"""What a candidate's words do in the call: 22 moves, the vocabulary of the whole project.

One message often makes several moves. The definitions, with what each is *not*, are in docs/rules.md,
which is generated from here; hearing finds the moves, the call answers them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Move(StrEnum):
    """A thing one does with words in the follow-up call. The value is its name in logs and plays."""

    GREET = "greet"
    INTRODUCE = "introduce"
    PERMISSION = "permission"
    THANK = "thank"
    INTEREST = "interest"
    ASK_OPEN = "ask_open"
    ASK_SPECIFIC = "ask_specific"
    PROBE = "probe"
    REASSURE = "reassure"
    ACKNOWLEDGE = "acknowledge"
    ACCEPT = "accept"
    COMMIT = "commit"
    DOOR = "door"
    ANSWER = "answer"
    CLOSE = "close"
    ARGUE = "argue"
    ACCUSE = "accuse"
    THREATEN = "threaten"
    PLEAD = "plead"
    VENT = "vent"
    PRY = "pry"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a move is, and what is easily taken for it."""

    what: str
    not_this: str = ""


MEANINGS: dict[Move, Meaning] = {
    Move.GREET: Meaning("says hello, or a wish at the start"),
    Move.INTRODUCE: Meaning(
        "says who is calling, or which interview or application this is about",
        "a role named inside thanks is only thank",
    ),
    Move.PERMISSION: Meaning(
        "asks for time, or for leave to ask",
        "“may I ask why …” is a polite wrapper: only the ask counts",
    ),
    Move.THANK: Meaning(
        "thanks for something",
        "“I'd be grateful for feedback” is a request; sarcastic thanks are not thanks",
    ),
    Move.INTEREST: Meaning(
        "is still keen, or saw themself as a strong fit",
        "pleasantries about people; a fit claimed to contest the outcome is argue",
    ),
    Move.ASK_OPEN: Meaning("asks why, for any feedback, for what to improve in general"),
    Move.ASK_SPECIFIC: Meaning(
        "names an area or a possible reason, or asks for a fixed number of points; a guess counts"
    ),
    Move.PROBE: Meaning(
        "leans on the manager's last answer: which part, for example, what would have changed it",
        "needs the turn before; a bare “why?” after an answer is a probe",
    ),
    Move.REASSURE: Meaning(
        "is not contesting, can take it, anything helps, no obligation; an apology for one's tone",
        "a bare purpose (“so I can improve”) is not enough",
    ),
    Move.ACKNOWLEDGE: Meaning("understands the manager's limits: policy, law, time, many applicants, a hard choice"),
    Move.ACCEPT: Meaning("takes the decision or the answer with grace"),
    Move.COMMIT: Meaning(
        "says what they will do about it; a future action is needed",
        "“I see, I need more of that” is accept",
    ),
    Move.DOOR: Meaning(
        "asks about future roles, a reserve list, the first choice falling through, a referral, staying in touch"
    ),
    Move.ANSWER: Meaning(
        "answers a question the manager put",
        "needs the turn before",
    ),
    Move.CLOSE: Meaning("ends the talk; good wishes as a sign-off count"),
    Move.ARGUE: Meaning("gives grounds against the decision, the reason or the process"),
    Move.ACCUSE: Meaning("blames: unfair, dishonest, biased, rude; insults; a rhetorical “why would you …”"),
    Move.THREATEN: Meaning(
        "names a step: lawyer, agency, reviews, boycott, going over someone's head",
        "naming a law without a step is accuse",
    ),
    Move.PLEAD: Meaning("asks for mercy, another chance, reconsideration, or tells of hardship to that end"),
    Move.VENT: Meaning(
        "shows plain feeling with no request and no target",
        "with a target it is accuse",
    ),
    Move.PRY: Meaning(
        "asks who was hired, about other candidates, pay, scores, internal matters; also when polite",
        "a polite comparison (“what did they have that I lacked?”) is ask_specific",
    ),
    Move.OTHER: Meaning("unclear, off topic, empty, status before a decision, instructions to the software"),
}

MOVES: tuple[Move, ...] = tuple(Move)

WARM = frozenset(
    {Move.THANK, Move.INTEREST, Move.REASSURE, Move.ACKNOWLEDGE, Move.ACCEPT, Move.COMMIT},
)
ASKS = frozenset({Move.ASK_OPEN, Move.ASK_SPECIFIC, Move.PROBE})  # those the manager answers with a level
ASKING = ASKS | {Move.DOOR, Move.PERMISSION}
DISPLEASURE = frozenset({Move.ARGUE, Move.ACCUSE, Move.VENT})
DISTRESS = frozenset({Move.PLEAD, Move.VENT})

FAMILIES: dict[str, frozenset[Move]] = {
    "warm": WARM,
    "asking": ASKING,
    "displeasure": DISPLEASURE,
    "distress": DISTRESS,
}
"""Moves that are easily taken for one another; vent is displeasure and distress at once."""

# A candidate told that she threatened when she did not stops trusting the tool,
# so these four need the higher confidence.
COSTLY = frozenset({Move.ARGUE, Move.ACCUSE, Move.THREATEN, Move.PLEAD})

SPEAKING_ORDER: tuple[Move, ...] = (
    Move.GREET,
    Move.INTRODUCE,
    Move.THANK,
    Move.ACKNOWLEDGE,
    Move.ACCEPT,
    Move.REASSURE,
    Move.INTEREST,
    Move.ANSWER,
    Move.PERMISSION,
    Move.VENT,
    Move.PLEAD,
    Move.ARGUE,
    Move.ACCUSE,
    Move.THREATEN,
    Move.PRY,
    Move.COMMIT,
    Move.ASK_OPEN,
    Move.ASK_SPECIFIC,
    Move.PROBE,
    Move.DOOR,
    Move.CLOSE,
    Move.OTHER,
)
"""The order in which the moves of one message are taken, whatever order they were said in.

What softens comes before what strains, and what strains before the question: a manager who is told
"that's wrong, so why not me?" hears the first half while answering the second.
"""

_PLACE_IN_ORDER = {move: place for place, move in enumerate(SPEAKING_ORDER)}


def in_speaking_order(moves: frozenset[Move] | set[Move] | tuple[Move, ...]) -> tuple[Move, ...]:
    """The same moves in the order in which the call takes them."""
    return tuple(sorted(moves, key=_PLACE_IN_ORDER.__getitem__)) if len(moves) > 1 else tuple(moves)
