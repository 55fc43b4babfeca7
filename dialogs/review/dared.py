"""What is looked at in a call that is there to be hung up on: whether one dared, and saw that nothing happens to one.

Some rung of the ladder asks for that on purpose. Once the candidate has done it, the call is not measured by courtesy.
"""

from __future__ import annotations

from dialogs.call import Outcome
from dialogs.moves import ASKS, Move
from dialogs.practice import Turn
from dialogs.review.check import MAY_BE, PUSHED, Finding
from dialogs.review.quoting import PUSHES
from dialogs.review.story import Story
from dialogs.review.with_manager import last_turn

STAYED_POLITE = (
    "The call ended without anger. A second rebuttal, blame in plain words or any threat would have ended it sooner."
)
STOPPED = "The call was left before it came to an end."
RANG_OFF = "You rang off before {m} could."


NOT_SAID = "Nothing of the kind was heard. There was nothing to lose here, so it can still be tried."
COULD_BE_DARED = (
    "I disagree. I was the strongest person you saw.",
    "You lied to me. The interview was a sham.",
    "You'll be hearing from my lawyer.",
)
"""What one might say in a call that is there to be hung up on, from arguing to a threat."""
NOTHING_TO_LOSE = (
    "There was nothing to lose here: {m} is made up, nobody is hurt by it, and the next call begins like any other. "
    "What you could dare, once and on purpose: {lines} Then stay on the line, and notice that nothing happens to you."
)


def to_dare(first_name: str) -> str:
    """What could have been dared, where the call was held politely all the way."""
    *others, last = (f"“{line}”" for line in COULD_BE_DARED)
    return NOTHING_TO_LOSE.format(m=first_name, lines=f"{' '.join(others)} Or even: {last}")


def _pushes(story: Story) -> list[tuple[Turn, Move]]:
    """What one must not say, the surest first."""
    found = [(t, m) for t in story.spoken for m in PUSHES if m in t.moves]
    return sorted(found, key=lambda made: story.doubtful(*made))


def said(story: Story) -> Finding | None:
    for turn, move in _pushes(story)[:1]:
        return True, [(turn, move)], PUSHED[move], 0
    for turn in story.spoken:
        if found := story.suspected(turn):
            likely, words = found
            return False, [(turn, words)], MAY_BE[likely], turn.n
    return False, [], NOT_SAID, max(1, len(story.turns))


def plain(story: Story) -> Finding | None:
    if not story.dared:
        return None
    turn, move = _pushes(story)[0]
    return not story.doubtful(turn, move), [(turn, move)], "", turn.n


def cost(story: Story) -> Finding | None:
    if not story.dared:
        return None  # there was nothing to end it over
    if story.outcome in (Outcome.CUT_OFF, Outcome.COLD):
        return True, [], "Nothing has happened to you, and the next call begins like any other.", 0
    if not story.ended:
        return False, [], STOPPED, len(story.turns) + 1
    return False, [], STAYED_POLITE, len(story.turns)


def stayed(story: Story) -> Finding | None:
    if story.paused:
        return None
    if story.hung_up:
        return False, [], RANG_OFF.format(m=story.scenario.first_name), len(story.turns)
    return (True, [], "", 0) if story.ended else (False, [], STOPPED, len(story.turns) + 1)


def question(story: Story) -> Finding | None:
    made = [(t, m) for t in story.spoken for m in t.moves if m in ASKS]
    return (True, [*made[:1]], "", 0) if made else (False, [], "", last_turn(story))
