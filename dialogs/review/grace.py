"""What is looked at once there is an answer: how it was taken, whether anybody was pushed, how the call ended."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.moves import Move
from dialogs.practice import Turn
from dialogs.review.check import (
    MAY_BE,
    MET_WITH,
    NOT_HEARD_GOODBYE,
    NOT_HEARD_THANKS,
    ONLY_YES_AFTER,
    PLAIN_BLAME,
    PLAN_BEFORE_TOLD,
    PLAN_BESIDE,
    TOOK_AN_EARLIER,
    Finding,
    half_note,
    pushes_note,
)
from dialogs.review.cues import CUES
from dialogs.review.evidence import says_only_yes
from dialogs.review.heeded import plan_before_told, plan_beside
from dialogs.review.quoting import PUSHES, farewell, grudging, hostile, shaped_as_question
from dialogs.review.story import Story
from dialogs.review.with_manager import last_turn, plainest


def took(story: Story) -> Finding | None:
    answer = story.first_answer
    if answer is None or not any(t.n > answer.n and t.said.strip() for t in story.spoken):
        return None  # nothing was said after it, so nothing can be told
    taking = (Move.THANK, Move.ACCEPT, Move.ACKNOWLEDGE, Move.COMMIT)
    countered = [
        (t, m) for t in story.spoken if t.n > answer.n for m in t.moves if m in (Move.ARGUE, Move.ACCUSE, Move.THREATEN)
    ]
    if countered:
        return False, [*countered[:1]], MET_WITH[countered[0][1]], countered[0][0].n
    taken = story.made(*taking, after=answer.n)
    beside = [(t, plan) for t, m in taken if m is Move.COMMIT and (plan := plan_beside(story, t))]
    taken = [(t, m) for t, m in taken if m is not Move.COMMIT or all(t is not other for other, _ in beside)]
    borne = [(t, m) for t, m in taken if story.borne(t, m)]
    told = _most_told(story)  # words that came before the reason did not take the reason
    if made := plainest(story, [(t, m) for t, m in borne if t.n > told]) or plainest(story, borne):
        turn, move = made[0]
        if move is Move.COMMIT and plan_before_told(story, turn):
            return True, [*made], PLAN_BEFORE_TOLD.format(m=story.scenario.first_name), 0
        return True, [*made], TOOK_AN_EARLIER if turn.n < told < last_turn(story) else "", 0
    if beside:
        return False, [*beside[:1]], PLAN_BESIDE.format(m=story.scenario.first_name), beside[0][0].n
    half = [(t, m) for t, m in story.half_meant if m in taking and t.n > answer.n]
    if half:
        return False, [*half[:1]], half_note(story, half[0]), half[0][0].n
    if unheard := unheard_thanks(story, [t for t in story.spoken if t.n > answer.n]):
        return False, [unheard], NOT_HEARD_THANKS, unheard[0].n
    if small := [(t, m) for t, m in taken if says_only_yes(story.sentence_of(m, t))]:
        return False, [*small[:1]], ONLY_YES_AFTER, small[0][0].n
    return False, [], "", answer.n + 1


def unheard_thanks(story: Story, turns: Sequence[Turn]) -> tuple[Turn, str] | None:
    """The last words of thanks for any reader in these turns, where none were heard."""
    found = [
        (turn, words)
        for turn in turns
        if Move.THANK not in turn.moves and not turn.heard.aside and not story.put_right(turn)
        for words in story.sentences(turn)
        if CUES[Move.THANK].search(words) and not grudging(words) and not shaped_as_question(words)
    ]
    return found[-1] if found else None


def unheard_goodbye(story: Story, turns: Sequence[Turn]) -> tuple[Turn, str] | None:
    """The last goodbye for any reader in these turns, where none was heard."""
    heard = (t for t in reversed(turns) if Move.CLOSE not in t.moves and not t.heard.aside)
    return next(((t, s) for t in heard for s in story.sentences(t) if farewell(s)), None)


def _most_told(story: Story) -> int:
    """The turn of the answer that told most, the first of those that told as much (0: none)."""
    answers = [t for t in story.turns if t.level is not None]
    return max(answers, key=lambda t: (t.level or 0, -t.n)).n if answers else 0


def calm(story: Story) -> Finding | None:
    pushed = [(t, m) for t in story.spoken for m in t.moves if m in PUSHES]
    pushed.sort(key=lambda made: story.doubtful(*made))  # what is beyond doubt is shown first
    if pushed:
        shown = _told_apart(story, pushed)
        return False, [*shown], pushes_note([m for _, m in shown]), pushed[0][0].n
    suspected = [(turn, *found) for turn in story.spoken if (found := story.suspected(turn))]
    for turn, _, words in suspected:
        if hostile(words):
            return False, [(turn, words)], PLAIN_BLAME, turn.n
    for turn, move, words in suspected[:1]:
        return True, [(turn, words)], MAY_BE[move], 0
    return True, [], "", 0


def _told_apart(story: Story, pushed: list[tuple[Turn, Move]]) -> list[tuple[Turn, Move]]:
    """The first of these pushes, and the next that stands in other words: by the gravest that is heard in those. One that is graver than either
    is shown in place of the next: whoever threatened is not told of a question about pay."""
    first = story.quote(*pushed[0])
    others = [(t, m) for t, m in pushed[1:] if t is not pushed[0][0] or first.words not in story.quote(t, m).words]
    if not others:
        return pushed[:1]
    graver = min(others, key=lambda made: (story.doubtful(*made), PUSHES.index(made[1])))
    if not story.doubtful(*graver) and PUSHES.index(graver[1]) < min(
        PUSHES.index(pushed[0][1]), PUSHES.index(others[0][1])
    ):
        return [pushed[0], graver]
    said = story.quote(*others[0])
    alike = [(t, m) for t, m in others if story.quote(t, m) == said]
    return [pushed[0], min(alike, key=lambda made: (story.doubtful(*made), PUSHES.index(made[1])))]


def parting(story: Story) -> Finding | None:
    if story.paused:
        return None  # stopped for a better reason than the call
    last = [t for t in story.spoken if t.n > len(story.turns) - 3]
    warm = [(t, m) for t in last for m in t.moves if m is Move.THANK and story.meant(t, m)]
    bye = [(t, m) for t in last for m in t.moves if m is Move.CLOSE]
    cut = bool(story.turns) and any(row.startswith(("cut_off", "close_cold")) for row in story.turns[-1].rows)
    if warm and bye and not story.hung_up and not cut:
        if any(t is bye[-1][0] for t, _ in warm):
            return True, [(bye[-1][0], None)], "", 0
        return True, [*warm[-1:], *bye[-1:]], "", 0
    if cut:
        return False, [], "The call was cut short before there was a goodbye.", len(story.turns)
    if not bye and (unheard := unheard_goodbye(story, last)):
        return False, [unheard], NOT_HEARD_GOODBYE, unheard[0].n
    if not story.ended:
        return False, [], "The call was left before there was a goodbye.", len(story.turns) + 1
    if story.hung_up:
        return False, [], "The line went dead without a goodbye.", len(story.turns)
    half = [(t, m) for t, m in story.half_meant if m is Move.THANK and t in last]
    if half:
        return False, [*half[-1:]], half_note(story, half[-1]), half[-1][0].n
    if bye and (thanks := unheard_thanks(story, last)):
        return False, [thanks], NOT_HEARD_THANKS, thanks[0].n
    if bye and not warm:
        return False, [*bye[-1:]], "A goodbye, without a word of thanks beside it.", bye[-1][0].n
    if warm:
        return False, [*warm[-1:]], "Thanks, but no goodbye.", last_turn(story)
    return False, [], "", last_turn(story)
