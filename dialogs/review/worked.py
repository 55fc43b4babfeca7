"""What was already right: the one line of the candidate's that did most good, and what it did."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.levels import LEVEL_WORDS
from dialogs.moves import ASKS, Move
from dialogs.practice import Turn
from dialogs.review.before_manager import MATTER
from dialogs.review.change import Change
from dialogs.review.cues import CUES
from dialogs.review.evidence import Who
from dialogs.review.heeded import Guessed, asked_before, guessed, passes_by
from dialogs.review.quote import Quote
from dialogs.review.quoting import PLAINLY_SETTLED, PUSHES, carries
from dialogs.review.story import Stage, Story
from dialogs.review.telling.told import say
from dialogs.review.with_manager import SETTLES, SORRY


@dataclass(frozen=True, slots=True)
class Worked:
    """A line that worked: the words, and what came of them."""

    quote: Quote
    why: str


OPENED = (
    "This is what opened {m}: before it there was {before}, after it {after}.",
    "Here {m} went from {before} to {after}. This line did that.",
    "With this, {before} became {after}.",
)
AT_ONCE = (
    "This question got {after} straight away.",
    "Asked like this, it brought {after} at once.",
)
DENIED = (
    "{m} said no to this guess, and all the same there was {after}: asking about one thing was right, the guess was not.",
    "The guess was not it. That it asked for one thing brought {after} all the same.",
)
UNANSWERED = (
    "{m} said neither yes nor no to this guess. That it asked about one thing is what brought {after}.",
    "A guess that got neither a yes nor a no. It asked about one thing, and that brought {after}.",
)
SETTLED = (
    "This took the worry out of the call before it could begin.",
    "After this, {m} knew that nothing had to be defended.",
)
MENDED = (
    "This put the talk right again. An apology works once, and this one did.",
    "{m} had closed up, and these words opened the talk again.",
)
DOOR_OPEN = (
    "This question got a real answer: the door is open.",
    "Because of this, {m} told you that there may be a way back.",
)
AT_THE_FIRST = ("A clear beginning: {m} knew at once who was calling.",)
BEGUN = (
    "This told {m} who was calling.",
    "Your name and what it is about, in one breath. That is how such a call begins well.",
)
ASKING_FOR = ASKS | {Move.DOOR, Move.PERMISSION, Move.PLEAD, Move.PRY}
KIND = (
    "A kind word, and it was heard as one.",
    "This was friendly without asking for anything.",
)


def worked(story: Story, change: Change | None = None) -> Worked | None:
    """The line that did most good, if any did; what is to be said otherwise (`change`) is not praised in the same breath."""
    return next((w for w in _good_lines(story) if not _taken_back(w, change)), None)


def _taken_back(found: Worked, change: Change | None) -> bool:
    """Whether the better line for this turn drops the very words that are praised."""
    if change is None or change.turn != found.quote.turn:
        return False
    return _bare(found.quote.words) not in _bare(change.better)


def _bare(words: str) -> str:
    return re.sub(r"[\W_]+", "", words.casefold())


def _good_lines(story: Story) -> Iterator[Worked]:
    """Lines that did good, the most good first."""
    rng, m = story.rng("worked"), story.scenario.first_name
    if found := _opener(story):
        turn, before, after = found
        move = next((x for x in turn.moves if x in ASKS), None)
        # A guess that was not confirmed did not find the reason: what it brought is told, and no more.
        later = any(t.level is not None and t.n < turn.n for t in story.turns)
        of_guess = {Guessed.NO: DENIED, Guessed.OPEN: UNANSWERED}
        options = of_guess.get(guessed(story, turn), OPENED if later else AT_ONCE)
        told = say(options, rng, m=m, before=LEVEL_WORDS[before], after=LEVEL_WORDS[after])
        yield Worked(story.quote(turn, move), told)
    for scene, options in (("mended", MENDED), ("door_real", DOOR_OPEN)):
        for turn in story.spoken:
            if any(row.split(" (")[0] == scene for row in turn.rows) and turn.said.strip() and not _pushes(story, turn):
                said = story.quote(turn, Move.DOOR if scene == "door_real" else None)
                if scene == "door_real" and not CUES[Move.DOOR].search(said.words):
                    continue  # the door was heard in words that do not speak of it
                sorry = SORRY.search(turn.said) is not None
                if scene == "mended" and not (sorry or PLAINLY_SETTLED.search(turn.said)):
                    continue  # “I see. In a weekend, madam.” opened the talk again, and is nothing to learn from
                yield Worked(said, say(options if sorry or scene != "mended" else options[1:], rng, m=m))
    for moves, options in (
        ((Move.ACCEPT, Move.REASSURE), SETTLED),
        ((Move.INTRODUCE,), BEGUN),
        ((Move.THANK, Move.ACKNOWLEDGE), KIND),
    ):
        made = [
            (t, x)
            for t, x in story.made(*moves)
            if t.said.strip() and not story.doubtful(t, x) and story.borne(t, x) and not _pushes(story, t)
        ]
        if options is BEGUN:
            first = story.first_ask.n if story.first_ask else len(story.turns)
            made = [(t, x) for t, x in made if story.says_who(t) is Who.NAME and t.n <= first]
        if options is SETTLED:
            made = [(t, x) for t, x in made if _settles(story, t, x)]
        for turn, move in made[:3]:
            words = story.sentence_of(move, turn)
            if not carries(move, words) or (options is KIND and not CUES[move].search(words)):
                continue  # “So you won't say no” shows understanding of nothing
            fitting: tuple[str, ...] = options
            if options is BEGUN and not MATTER.search(words):
                fitting = BEGUN[:1]
            if options is BEGUN and _known_at_once(story, turn):
                fitting = (*AT_THE_FIRST, *fitting[1:])
            if options is KIND and set(turn.moves) & ASKING_FOR:
                fitting = KIND[:1]
            yield Worked(story.quote(turn, move), say(fitting, rng, m=m))


def _known_at_once(story: Story, turn: Turn) -> bool:
    """Whether the first words to the manager said who was calling, and nobody asked back."""
    first = turn.n == story.manager_spoke_first + 1 and story.stage is Stage.MANAGER
    return first and not any(row.split(" (")[0] in ("hello", "who_is_this") for row in turn.rows)


def _opener(story: Story) -> tuple[Turn, int, int] | None:
    """The turn whose answer went further than all before it, the last such turn from level 2 up."""
    best, found = 0, None
    for turn in story.turns:
        if turn.level is not None and turn.level > best:
            beside = _pushes(story, turn) or asked_before(story, turn) or passes_by(story, turn)
            if turn.level >= 2 and turn.said.strip() and not beside:
                found = turn, best, turn.level
            best = turn.level
    return found


def _pushes(story: Story, turn: Turn) -> bool:
    """Whether a turn is held against the candidate, or may be: what was good in it is not for praising then."""
    half = any(t is turn for t, _ in story.half_meant)
    return half or bool(set(turn.moves) & set(PUSHES)) or story.suspected(turn) is not None


def _settles(story: Story, turn: Turn, move: Move) -> bool:
    """Whether this took the worry out before the first question, in words that speak of it."""
    early = story.first_ask is None or turn.n <= story.first_ask.n
    return (
        story.stage is Stage.MANAGER
        and not story.early
        and early
        and SETTLES.search(story.sentence_of(move, turn)) is not None
    )
