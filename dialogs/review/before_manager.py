"""What is looked at when nobody got through to the manager: at the front desk, and on the machine."""

from __future__ import annotations

import re

from dialogs.moves import ASKS, Move
from dialogs.patterns import Lazy, lazy
from dialogs.review.check import Finding, Shown
from dialogs.review.story import Story
from dialogs.review.with_manager import last_turn, named, unheard_name

LONGEST_MESSAGE = 75  # words on a machine: half a minute

MATTER = lazy(
    r"\b(?:interview\w*|appl(?:y|ied|ication)|position|role|job|vacanc\w+|post|opening|candidate|hiring|shortlist\w*)\b",
    flags=re.I,
)
_NUMBER = lazy(r"(?:\d[\s().\-/]*){6,}|[\w.+\-]+@[\w\-]+\.\w+|\bmy (?:number|mobile|cell|e-?mail) is\b", flags=re.I)
WANTS = lazy(
    r"\b(?:call|ring|phone|reach|get back|speak|talk|hear|feedback|advice|question|ask|put me through|word with)\b",
    flags=re.I,
)


def number_in(said: str) -> str:
    """The telephone number or address in these words, as it was said; empty when there is none."""
    found = next((m for m in _NUMBER.finditer(said) if re.search(r"\d|@", m[0])), None)
    return found[0].strip(" .-/(") if found else ""


def _words_that(story: Story, pattern: Lazy) -> Shown:
    found: Shown = []
    for turn in story.spoken:
        if pattern.search(turn.said):
            found.append((turn, next((s for s in story.sentences(turn) if pattern.search(s)), None)))
    return found


# -- at the front desk ---------------------------------------------------------------------------------


def name(story: Story) -> Finding | None:
    return named(story, story.made(Move.INTRODUCE)) or unheard_name(story) or (False, [], "", 1)


def matter(story: Story) -> Finding | None:
    made = _words_that(story, MATTER)
    return (True, made[:1], "", 0) if made else (False, [], "", 1)


def at_once(story: Story) -> Finding | None:
    first = story.turns[:1]
    if first and Move.INTRODUCE in first[0].moves:
        return True, [(first[0], Move.INTRODUCE)], "", 0
    return False, [], "", 1


def kept_back(story: Story) -> Finding | None:
    asked = [(t, m) for t in story.spoken for m in t.moves if m in ASKS | {Move.DOOR}]
    if asked:
        return False, [*asked[:1]], "Reception cannot answer this.", asked[0][0].n
    return True, [], "", 0


def friendly(story: Story) -> Finding | None:
    made = story.made(Move.GREET, Move.THANK, Move.PERMISSION)
    return (True, [*made[:1]], "", 0) if made else (False, [], "", 1)


def goodbye(story: Story) -> Finding | None:
    made = story.made(Move.CLOSE)
    if made and not story.hung_up:
        return True, [*made[-1:]], "", 0
    return False, [], "", last_turn(story)


# -- the machine ---------------------------------------------------------------------------------------


def wish(story: Story) -> Finding | None:
    made: Shown = [(t, m) for t in story.spoken for m in t.moves if m in ASKS | {Move.DOOR, Move.PERMISSION}]
    made = made or _words_that(story, WANTS)
    return (True, made[:1], "", 0) if made else (False, [], "", 1)


def number(story: Story) -> Finding | None:
    made = _words_that(story, _NUMBER)
    return (True, made[:1], "", 0) if made else (False, [], "", last_turn(story))


def short(story: Story) -> Finding | None:
    words = sum(len(t.said.split()) for t in story.spoken)
    if not words:
        return False, [], "Nothing was left on the machine.", 1
    if words <= LONGEST_MESSAGE:
        return True, [], f"{words} words in all.", 0
    return False, [], f"{words} words; {LONGEST_MESSAGE} fill half a minute.", last_turn(story)


def kind_end(story: Story) -> Finding | None:
    made = story.made(Move.THANK, Move.CLOSE)
    return (True, [*made[-1:]], "", 0) if made else (False, [], "", last_turn(story))
