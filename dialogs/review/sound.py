"""What a better line never does, whatever it would open: outgrow what was said, say a thing twice, lose a good question or a
goodbye, ask for what has been given.

    sound(story, turn, "unready", draft)    # False: other words are tried
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from dialogs.call import Phase
from dialogs.moves import ASKS, Move
from dialogs.patterns import lazy
from dialogs.practice import Turn
from dialogs.review.better import BEFORE_I_GO
from dialogs.review.cases import only_goodbye
from dialogs.review.cues import CUES
from dialogs.review.draft import Draft
from dialogs.review.evidence import asks_one_thing
from dialogs.review.quoting import PUSHES, grudging, sentences, shaped_as_question, wants_to_know
from dialogs.review.spelling import mended
from dialogs.review.story import Stage, Story
from dialogs.review.swearing import swears

LONGEST = 42  # words that a better line may have where less was said; where more was said, it has fewer
LONGEST_MESSAGE = 70
ASKS_ANEW = ("again", "past the hint", "all told", "too near", "too early, told", "rambling")
"""Faults of the question itself: there, another one comes in its place."""

ADDS = ("deepen", "later", "round off", "no time", "no goodbye")
"""Cases in which something is only added: every question stays."""


def sound(story: Story, turn: Turn, fault: str, draft: Draft) -> bool:
    """Whether this line may be shown in place of the turn."""
    return (
        short_enough(story, turn, draft.words)
        and not swears(draft.words)
        and not says_twice(story, turn, draft.words)
        and keeps_the_question(story, turn, fault, draft)
        and (only_goodbye(story, turn) or keeps_the_goodbye(turn, draft))
        and not asks_for_the_given(story, turn, draft.words)
        and (not fault.startswith("reception") or Move.INTRODUCE in draft.moves)
    )


def short_enough(story: Story, turn: Turn, words: str) -> bool:
    most = LONGEST_MESSAGE if story.stage is Stage.VOICEMAIL else LONGEST
    return len(words.split()) <= max(most, len(turn.said.split()) - 1)


def says_twice(story: Story, turn: Turn, words: str) -> bool:
    """Whether it repeats itself more than the candidate did, or says anew what was said before in the call."""
    own, new = Counter(_runs(turn.said, 3)), Counter(_runs(words, 3))
    if any(n > 1 and n > own[run] for run, n in new.items()):
        return True
    own, new = Counter(_openings(turn.said)), Counter(_openings(words))
    if any(n > 1 and n > own[run] for run, n in new.items()):
        return True
    known = any(t.n < turn.n for t, _ in story.made(Move.INTRODUCE))
    name = "" if known else _plain(story.voice.name)  # a name that was not understood may be said again
    desk = (
        Phase.RECEPTION if turn.phase_before is not Phase.RECEPTION else None
    )  # what only reception heard is new to the manager
    before = (t.said for t in story.turns if t.n < turn.n and t.phase_before is not desk)
    return said_before(words, turn.said, before, but=name)


def said_before(words: str, own: str, earlier: Iterable[str], *, but: str = "") -> bool:
    """Whether these words hold a run of four that was said before, and that is not from the turn itself."""
    known = {run for said in earlier for run in _runs(said, 4)}
    anew = (set(_runs(words, 4)) - set(_runs(own, 4))) & known
    return any(not but or not set(but.split()) & set(run) for run in anew)


def keeps_the_question(story: Story, turn: Turn, fault: str, draft: Draft) -> bool:
    """A small question stays as it was put; a broad one may be made small."""
    if fault in ASKS_ANEW or set(turn.moves) & set(PUSHES) or turn.heard.wary or turn.heard.aside:
        return True
    if story.stage is not Stage.MANAGER:
        return True
    asked = [s for s in story.sentences(turn) if wants_to_know(s) and not grudging(s)]
    if asked and not draft.moves_any(ASKS | {Move.DOOR}):
        return False
    if fault in ADDS and any(shaped_as_question(s) and not _kept(story, s, draft) for s in story.sentences(turn)):
        return False
    small = [s for s in asked if asks_one_thing(s) and not _WHY.search(s) and set(turn.moves) & ASKS]
    return all(_kept(story, s, draft) for s in small)


def _kept(story: Story, sentence: str, draft: Draft) -> bool:
    return _plain(mended(sentence, story.voice.name, story.voice.words)) in _plain(draft.words)


def keeps_the_goodbye(turn: Turn, draft: Draft) -> bool:
    """A goodbye stays, or is put off in so many words."""
    if Move.CLOSE not in turn.moves or not CUES[Move.CLOSE].search(turn.said):
        return True
    return Move.CLOSE in draft.moves or any(before in draft.words for before in BEFORE_I_GO)


def asks_for_the_given(story: Story, turn: Turn, words: str) -> bool:
    """Whether it asks for an example where one was given, or where the reason is told."""
    if "example" not in words or "example" in turn.said:
        return False
    given = max((t.level for t in story.turns if t.n < turn.n and t.level is not None), default=0)
    hers = " ".join(line for t in story.turns if t.n < turn.n for line in t.says)
    return given >= 3 or _EXAMPLE.search(hers) is not None


_WHY = lazy(r"\b(?:why|how come|what was it)\b", flags=re.IGNORECASE)
_EXAMPLE = lazy(r"\bfor (?:example|instance)\b|\bsay,|\bsuch as\b", flags=re.IGNORECASE)


def _runs(said: str, n: int) -> Iterator[tuple[str, ...]]:
    words = _plain(said).split()
    return zip(*(words[i:] for i in range(n)), strict=False)


def _openings(said: str) -> list[tuple[str, ...]]:
    return [tuple(words[:2]) for s in sentences(said) if len(words := _plain(s).split()) > 2]


def _plain(words: str) -> str:
    return re.sub(r"[^\w']+", " ", words.casefold().replace("’", "'")).strip()
