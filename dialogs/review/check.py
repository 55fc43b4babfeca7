"""A check of the debrief: one yes or no, what shows it, and what is said where hearing was not sure or heard nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.moves import Move
from dialogs.practice import Turn
from dialogs.review.quote import Quote
from dialogs.review.quoting import hostile
from dialogs.review.story import Story


@dataclass(frozen=True, slots=True)
class Check:
    """One yes or no, with what shows it: the candidate's own words, or the place where such words belonged.

    `place` is the number of the turn in which it would have belonged (0 when yes); `after` is what had just been said there.
    """

    key: str
    question: str
    yes: bool
    quotes: tuple[Quote, ...] = ()
    note: str = ""
    place: int = 0
    after: str = ""
    doubt: str = ""  # what the quoted words were taken for, where hearing was not sure of it
    skill: str = ""

    @property
    def open_to_correction(self) -> bool:
        """Whether hearing may have been mistaken, so that one is asked what was meant."""
        return bool(self.doubt) or self.note in MEANT_BY or self.note in MAY_BE.values()


Shown = list[tuple[Turn, Move | str | None]]
"""Turns that show something: by the move that was made, by the very words, or as a whole."""

Finding = tuple[bool, Shown, str, int]
"""Yes or no; what shows it; a remark; the turn where it would have belonged."""

# -- remarks -----------------------------------------------------------------------------------------

NOT_HEARD_ACCEPTING = "I did not hear this as accepting the decision. If you meant it so, say so."
NOT_HEARD_ASKING = "I did not hear this as a question about the reason. If you meant it so, say so."
NOT_HEARD_NAME = "I did not hear this as your name. If it was, say so."
NOT_HEARD_MOMENT = "I did not hear this as asking for a moment. If it was, say so."
NOT_HEARD_THANKS = "I did not hear this as thanks. If it was, say so."
NOT_HEARD_GOODBYE = "I did not hear this as a goodbye. If it was one, say so."
NOT_HEARD_NARROW = "I did not hear this as a question about one thing. If you meant it so, say so."
NO_NAME_FOUND = "I found no name in this. If there was one, say so."
ONLY_YES = "A small word like this does not say that the decision is fine. If you meant it so, say so."

NOT_OF_THE_DECISION = "These words do not speak of the decision. If you meant that it is fine, say so."

MEANT_BY: dict[str, Move] = {
    NOT_HEARD_ACCEPTING: Move.ACCEPT,
    NOT_HEARD_ASKING: Move.ASK_OPEN,
    NOT_HEARD_NAME: Move.INTRODUCE,
    NOT_HEARD_NARROW: Move.ASK_SPECIFIC,
    NOT_HEARD_GOODBYE: Move.CLOSE,
    NOT_HEARD_MOMENT: Move.PERMISSION,
    NOT_HEARD_THANKS: Move.THANK,
    NO_NAME_FOUND: Move.INTRODUCE,
    ONLY_YES: Move.ACCEPT,
    NOT_OF_THE_DECISION: Move.ACCEPT,
}
"""Remarks on words that hearing may have missed, said instead of a plain no; and the move it was if it was missed."""

SAID_AT_THE_DESK = "You said it before {m} was on the line, so {m} has not heard it."
BY_THE_JOB = "This tells what it is about, and that was enough to know you by."
NAME_LATE = "Your name came after the question."
MATTER_LATE = "What it is about came after the question, and a name did not come."
ONLY_WHEN_ASKED = "This tells what it is about, only after being asked, and no name came with it."
ONLY_YES_AFTER = "A small word like this does not tell how you took the answer."
TOOK_AN_EARLIER = "This took an earlier answer. After the one that told most, no such word came."
ASKED_ALL = "This asked for everything again."
ASKED_ALL_AND_MORE = (
    "This asked for everything again, and brought a little more all the same. One thing is easier to give."
)
ASKED_BROADLY = "This asked about everything, after a smaller question. One thing is easier to give."
ASKED_BROADLY_AND_MORE = "This asked about everything, and brought more all the same. One thing is easier to give."
ASKED_THE_SAME = "This was the same question again."
HALF_SAID = "Half said: these words take themselves back."
SAID_OTHERWISE = "Something kind was heard here, but the words say otherwise."

SAYS_IT_ALL = frozenset((HALF_SAID, SAID_OTHERWISE, ONLY_YES_AFTER, *MEANT_BY))
"""Remarks that leave nothing to doubt beside them."""

GUESS_NO = "{m} said no to this guess. What counts is that it asked about one thing."
GUESS_OPEN = "{m} said neither yes nor no to this guess. What counts is that it asked about one thing."
PASSED_BY = "This guess went past the hint that {m} had just given."
PLAN_BESIDE = "This plan is about something else than what {m} had told you."
PLAN_BEFORE_TOLD = "{m} had not said what it was, so nobody knows yet whether this plan meets it."

MET_WITH: dict[Move, str] = {
    Move.ARGUE: "This was heard as arguing with the answer.",
    Move.ACCUSE: "This was heard as blame, after the answer.",
    Move.THREATEN: "This was heard as a threat, after the answer.",
}
PUSHED: dict[Move, str] = {
    Move.THREATEN: "This was heard as a threat.",
    Move.ACCUSE: "This was heard as blame.",
    Move.ARGUE: "This was heard as arguing against the decision.",
    Move.PLEAD: "This was heard as asking for another decision.",
    Move.PRY: "This asked about other people or the firm's own matters.",
}
HEARD_AS: dict[Move, str] = {
    Move.THREATEN: "a threat", Move.ACCUSE: "blame", Move.ARGUE: "arguing against the decision",
    Move.PLEAD: "asking for another decision", Move.PRY: "a question about other people or the firm's own matters",
}  # fmt: skip


def pushes_note(pushes: Sequence[Move]) -> str:
    """What one push, or the two that are shown, were heard as."""
    first, second = pushes[0], pushes[-1]
    if len(pushes) == 1:
        return PUSHED[first]
    if first is second:
        return (
            "Both asked about other people or the firm's own matters."
            if first is Move.PRY
            else f"Both were heard as {HEARD_AS[first]}."
        )
    return f"The first was heard as {HEARD_AS[first]}, the second as {HEARD_AS[second]}."


MAY_BE: dict[Move, str] = {
    Move.THREATEN: "This could be taken for a threat. I was not sure, so it is not counted.",
    Move.ACCUSE: "This could be taken for blame. I was not sure, so it is not counted.",
    Move.ARGUE: "This could be taken for an argument. I was not sure, so it is not counted.",
    Move.PLEAD: "This could be taken for asking to be looked at again. I was not sure, so it is not counted.",
}
"""What is said beside a yes of words that made the manager careful."""


PLAIN_BLAME = "Whatever was heard in this, anybody takes it for an argument or for blame."


def half_note(story: Story, pair: tuple[Turn, Move]) -> str:
    """Why these kind words do not count."""
    turn, move = pair
    return SAID_OTHERWISE if hostile(story.sentence_of(move, turn)) else HALF_SAID


# -- doubt -------------------------------------------------------------------------------------------

TAKEN_FOR: dict[Move, str] = {
    Move.INTRODUCE: "saying who you are", Move.PERMISSION: "asking for a moment", Move.THANK: "thanks",
    Move.ACCEPT: "taking the answer well", Move.REASSURE: "saying that you don't contest it", Move.ACKNOWLEDGE: "understanding",
    Move.COMMIT: "saying what you will do", Move.ASK_OPEN: "a question about everything", Move.ASK_SPECIFIC: "a question about one thing",
    Move.PROBE: "a question about the last answer", Move.CLOSE: "a goodbye", Move.GREET: "a greeting",
    Move.DOOR: "a question about later on", Move.ARGUE: "an argument", Move.ACCUSE: "blame", Move.THREATEN: "a threat",
    Move.PLEAD: "a plea", Move.PRY: "a question about other people",
}  # fmt: skip
"""What words were taken for, where that was not sure."""


def doubt(story: Story, key: str, shown: Shown) -> str:
    """What the words that show it were taken for, if hearing was not sure of any of them."""
    made = [(t, m) for t, m in shown if isinstance(m, Move) and m in TAKEN_FOR]
    unsure = [m for t, m in made if story.doubtful(t, m)]
    if not unsure or len(unsure) < len(made):
        return ""
    return "accepting the decision" if key == "settled" and unsure[0] is Move.ACCEPT else TAKEN_FOR[unsure[0]]
