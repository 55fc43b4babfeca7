"""Whether the candidate's words went with what the manager had said: a guess, a plan, a question after all was told.

The areas are those of hearing (dialogs/hearing/areas.py). Where the words name none, nothing is held against them.
"""

from __future__ import annotations

import re
from enum import StrEnum

from dialogs.hearing.areas import areas_in, names_surely, near
from dialogs.hearing.asked import guesses
from dialogs.hearing.text import plain
from dialogs.moves import ASKS, Move
from dialogs.patterns import lazy
from dialogs.practice import Turn
from dialogs.review.cues import CUES
from dialogs.review.quoting import asks
from dialogs.review.standing import standing
from dialogs.review.story import Story
from dialogs.scenes import LEVELS, Speaker

HINT, REASON = 2, 3
_TELLING = frozenset({*LEVELS[HINT:], "advice", "instead"})
"""Headings under which something is told that one can make a plan of."""
_NEW = frozenset({"advice", "instead"})


class Guessed(StrEnum):
    """What came back to something that was put forward as the reason."""

    YES = "yes"
    NO = "no"
    OPEN = "open"  # neither a yes nor a no
    NONE = ""  # nothing was put forward, or two things to choose from


def guessed(story: Story, turn: Turn) -> Guessed:
    """How the guess of this turn was answered, as far as the candidate could hear it."""
    words = _guess(story, turn)
    if not words or story.put_right(turn):
        return Guessed.NONE
    said = {line.heading for line in turn.lines}
    if "not_that" in said:
        return Guessed.NO
    told = (turn.level or 0) >= REASON and story.scenario.hidden.area in turn.heard.areas
    if not turn.heard.areas and _alike(words, " ".join(turn.says)):
        return Guessed.NONE  # her answer speaks of it
    return Guessed.YES if told or "yes_that" in said else Guessed.OPEN


def _guess(story: Story, turn: Turn) -> str:
    """The sentence that puts one thing forward as the reason; empty where there is none, or where there is a choice."""
    if turn.heard.guess:
        return story.sentence_of(Move.ASK_SPECIFIC, turn) if len(turn.heard.areas) == 1 else ""
    if turn.heard.areas or not turn.heard.topic or Move.ASK_SPECIFIC not in turn.moves:
        return ""
    words = story.sentence_of(Move.ASK_SPECIFIC, turn)
    return words if guesses(plain(words)) and not _NO_GUESS.search(words) else ""


_NO_GUESS = lazy(
    r"\bwas i (?:close|near|far|second|in the)\b|\b(?:one|any|some|no|every) ?(?:thing|area|part|point|advice|tips?)\b|\b(?:example|advice|or|there)\b",
    flags=re.IGNORECASE,
)


def asked_before(story: Story, turn: Turn) -> bool:
    """Whether a question of this turn was put before in much the same words; a new guess is a new question."""
    asking = [_content(s) for s in story.sentences(turn) if asks(s)]
    before = [_content(s) for t in story.spoken if t.n < turn.n for s in story.sentences(t) if asks(s)]
    return any(not now - then or len(now & then) >= 0.6 * len(now | then) for now in asking for then in before)


def _content(sentence: str) -> set[str]:
    return {w for w in re.findall(r"[\w']+", sentence.casefold().replace("’", "'")) if len(w) > 3}


def passes_by(story: Story, turn: Turn) -> bool:
    """Whether the one question of this turn is a guess at something else than the hint that had just been given."""
    asked = [s for s in story.sentences(turn) if asks(s)]
    if len(asked) != 1 or not turn.heard.guess or not turn.heard.areas or Move.PROBE in turn.moves:
        return False
    if story.past.call_before(turn.n).last_level != HINT or story.put_right(turn):
        return False
    return not _meets(story, turn.heard.areas, before=turn.n)


def plan_beside(story: Story, turn: Turn) -> str:
    """The plan of this turn, where it is about something else than what had been told by then; empty where it is not, or nothing was told."""
    if Move.COMMIT not in turn.moves or story.put_right(turn) or not _told(story, turn):
        return ""
    told = _what_was_told(story, turn.n)
    if _alike(turn.said, told):
        return ""
    if _follows_own_guess(story, turn):
        return story.sentence_of(Move.COMMIT, turn)
    plan = _plan(story, turn)
    # “Spinach, right. I'll never eat green again”: what the plan is about may stand beside it.
    return "" if _meets(story, areas_in(turn.said), before=turn.n) else plan


def _follows_own_guess(story: Story, turn: Turn) -> bool:
    """Whether what is planned goes back to a guess of one's own that got no yes, and not to what was told."""
    before = [t for t in story.spoken if t.n < turn.n and guessed(story, t) in (Guessed.NO, Guessed.OPEN)]
    guess = " ".join(_guess(story, t) for t in before)
    area = story.scenario.hidden.area
    return bool(guess) and area not in areas_in(guess) and _alike(story.sentence_of(Move.COMMIT, turn), guess)


def plan_before_told(story: Story, turn: Turn) -> bool:
    """Whether this turn plans something about one area before anything was told: nobody can know yet whether that meets the reason."""
    return Move.COMMIT in turn.moves and not _told(story, turn) and bool(_plan(story, turn))


def too_many(story: Story) -> tuple[Turn, ...]:
    """The questions after all was told that were one too many. One more is free, for an example or for what to do; and where a hint is
    all that anybody gets, two, for nobody can know that."""
    return _in_vain(story)[2 if story.could == HINT else 1 :]


def _in_vain(story: Story) -> tuple[Turn, ...]:
    """The turns that asked on after all was told, and brought nothing new."""
    found = []
    for turn in story.spoken:
        given = story.past.call_before(turn.n).given
        told_all = given is not None and not story.early and given >= story.could
        if not told_all or turn.level is None or not set(turn.moves) & ASKS:
            continue
        if not {line.heading for line in turn.lines} & _NEW:
            found.append(turn)
    return tuple(found)


def _told(story: Story, turn: Turn) -> bool:
    return (story.past.call_before(turn.n).given or 0) >= HINT


def _plan(story: Story, turn: Turn) -> str:
    """The first sentence of a turn that plans something about an area."""
    made = [s for s in story.sentences(turn) if CUES[Move.COMMIT].search(s) and not asks(s)]
    return next((s for s in made if names_surely(s) and not _LEANS.search(s)), "")


_LEANS = lazy(
    r"\b(?:that|this|it)(?= (?:properly|better|well|next|more|before|in|for|on|at|with|and|then|now|soon|again|differently|right|up|out|down)\b|\W*$|[.,;!?])",
    flags=re.IGNORECASE,
)
"""A plan for “that” is one for what was told."""


def _meets(story: Story, named: tuple[str, ...], *, before: int) -> bool:
    """Whether one of these areas is the one that decided it, borders on it, or was named by the manager before this turn."""
    area = story.scenario.hidden.area
    hers = areas_in(_what_was_told(story, before, truth=False))
    return not area or area in named or near(area, named) or bool(set(hers) & set(named))


def _what_was_told(story: Story, before: int, *, truth: bool = True) -> str:
    """All that the manager told before this turn, without what it ruled out; with the `truth`, too, which may use other words for it."""
    lines = [
        standing(line.text)
        for turn in story.turns
        if turn.n < before
        for line in turn.lines
        if line.heading in _TELLING and line.speaker is Speaker.MANAGER
    ]
    s = story.scenario
    return ". ".join([*lines, *([s.truth, s.next_time] if truth else [])])


_ANYWHERE = frozenset(
    "that this they them then than what when with were will have from next time more been your mine just very much some well good make made "
    "like know tell told said says want need didn does doing done going into over also only even ever never right okay sorry thank thanks help work "
    "job jobs role post first last maybe interview interviews question questions another before again things really would could should about there their where which better".split()
)


def _words(text: str) -> set[str]:
    """The words that point somewhere, by their beginnings: “practise” and “practised” are one."""
    return {word for word in re.findall(r"[^\W\d_]{4,}", text.casefold()) if word not in _ANYWHERE}


def _alike(a: str, b: str) -> bool:
    """Whether two texts share a word that points somewhere: “calc” and “calculation” are one."""
    return any(x[:6] == y[:6] or x.startswith(y) or y.startswith(x) for x in _words(a) for y in _words(b))
