"""What would have unlocked more, and when nothing would have: honestly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dialogs.call import Opening
from dialogs.review.telling.told import LEVEL_WORDS, _say

if TYPE_CHECKING:
    from dialogs.review.envelope import Key
    from dialogs.review.story import Story

ALL_OF_IT = (
    "Nothing: you got {level}, and that is the most anyone gets from {m}.",
    "There was nothing left in it. {Level} is as far as this call goes, and you were there.",
    "You had it all. In this call nobody hears more than {level}.",
)
HOUSE_RULE = (
    "Nothing would have. The house rule stops at {level}, whoever asks and however well. Your own part can still have full marks.",
    "No sentence opens this one further: {m} may give {level} and no more. What you can get right is your own side of it.",
    "Nothing you could have said. Policy ends at {level} here; the checks above are what was in your hands.",
)
NOT_CLOSED = (
    "Nothing would have: the decision was still open, so there was no reason to tell yet. A call in a week or two has a better chance.",
    "It was too early. Until the other person has signed, {m} can only say that it is not final.",
)
MACHINE = (
    "Nobody was there to tell you anything. A message that can be answered in one go is what opens this one.",
    "A machine keeps secrets well. The next step is a message that makes calling back easy.",
)
ONE_KEY = (
    "“{first}” {where}: with that the same call reaches {level}.",
    "One line would have done it, {where}: “{first}” That takes the call to {level}.",
)
MORE_KEYS = (
    "{count} lines {where}, one after another, take the same call to {level}: {lines}",
    "It takes {count} lines, said {where}: {lines} Played through like that, the call reaches {level}.",
)
FRESH = (
    "In this call it was too late for it. Held from the first line on in another way, the same call reaches {level}: {lines}",
    "Not by one line any more. A call that begins otherwise gets to {level}; one that was played through goes like this: {lines}",
)
NOT_FOUND = (
    "There was more to hear, but no line of the kind we tried would have brought it out at that point. Another call, from the start, is the way.",
)
COUNT = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")


def unlock(story: Story, keys: Sequence[Key], level: int, fresh: bool) -> str:
    """The sentence in the envelope about what would have opened more."""
    rng = story.rng("unlock")
    m, got = story.scenario.first_name, LEVEL_WORDS[story.could]
    if story.scenario.opening is Opening.VOICEMAIL:
        return _say(MACHINE, rng, m=m)
    if not keys:
        if story.opened < story.could:
            return _say(NOT_FOUND, rng, m=m)
        if story.scenario.opening is Opening.TOO_EARLY:
            return _say(NOT_CLOSED, rng, m=m)
        kind = story.scenario.kind
        capped = story.scenario.cap < kind.ceiling and story.opened <= 2
        return _say(HOUSE_RULE if capped else ALL_OF_IT, rng, m=m, level=got, Level=got[0].upper() + got[1:])
    lines = " ".join(f"“{k.words}”" for k in keys)
    if fresh:
        return _say(FRESH, rng, level=LEVEL_WORDS[level], lines=lines)
    if len(keys) == 1:
        return _say(ONE_KEY, rng, first=keys[0].words, where=_where(story, keys[0]), level=LEVEL_WORDS[level])
    return _say(
        MORE_KEYS, rng, count=COUNT[len(keys)], where=_where(story, keys[0]), lines=lines, level=LEVEL_WORDS[level]
    )


def _where(story: Story, key: Key) -> str:
    if key.instead:
        return f"in place of what you said in turn {key.turn}"
    return f"before turn {key.turn}" if key.turn <= len(story.turns) else "at the end"
