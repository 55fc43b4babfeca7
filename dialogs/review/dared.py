"""What is looked at in a call that is there to be hung up on: whether one dared, and saw that nothing happens to one.

Some rung of the ladder asks for that on purpose. Once the candidate has done it, the call is not measured by courtesy.
"""

from __future__ import annotations

from dialogs.call import Outcome
from dialogs.moves import ASKS, Move
from dialogs.practice import Turn
from dialogs.review.check import PUSHED, Finding
from dialogs.review.quoting import PUSHES
from dialogs.review.story import Story

STAYED_POLITE = (
    "The call ended without anger. A second rebuttal, blame in plain words or any threat would have ended it sooner."
)
STOPPED = "The call was left before it came to an end."
RANG_OFF = "You rang off before {m} could."


def _pushes(story: Story) -> list[tuple[Turn, Move]]:
    """What one must not say, the surest first."""
    found = [(t, m) for t in story.spoken for m in PUSHES if m in t.moves]
    return sorted(found, key=lambda made: story.doubtful(*made))


def said(story: Story) -> Finding | None:
    turn, move = _pushes(story)[0]
    return True, [(turn, move)], PUSHED[move], 0


def plain(story: Story) -> Finding | None:
    turn, move = _pushes(story)[0]
    return not story.doubtful(turn, move), [(turn, move)], "", turn.n


def cost(story: Story) -> Finding | None:
    if story.outcome in (Outcome.CUT_OFF, Outcome.COLD):
        return True, [], "Nothing has happened to you, and the next call begins like any other.", 0
    return False, [], STAYED_POLITE, len(story.turns)


def stayed(story: Story) -> Finding | None:
    if story.paused:
        return None
    if story.hung_up:
        return False, [], RANG_OFF.format(m=story.scenario.first_name), len(story.turns)
    return (True, [], "", 0) if story.ended else (False, [], STOPPED, len(story.turns) + 1)


def question(story: Story) -> Finding | None:
    made = [(t, m) for t in story.spoken for m in t.moves if m in ASKS]
    return (True, [*made[:1]], "", 0) if made else (False, [], "", max(1, story.spoken[-1].n))
