"""What would have unlocked more, and when nothing would have: honestly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dialogs.call import Opening
from dialogs.levels import LEVEL_WORDS
from dialogs.review.telling.told import say

if TYPE_CHECKING:
    from dialogs.review.rehearsal import Key
    from dialogs.review.story import Story

ALL_OF_IT = (
    "There was nothing more. You got {level}, and that is the most that anyone gets from {m}.",
    "Nothing was left. {Level} is as far as this call goes, and you got there.",
    "You heard it all. Nobody gets more than {level} in this call.",
    "Nothing was left to open: {level} is the most that {m} tells anyone.",
)
NOBODY_TOLD = (
    "Nothing would have. {Level} is all that anyone is told in this call, however it is asked.",
    "No words would have. In this call {m} tells everybody the same: {level}.",
)
HOUSE_RULE = (
    "Nothing would have. The house rule stops at {level}, whoever asks and however well. Every check above can still be a yes.",
    "No sentence takes this call further: {m} may give {level} and no more. What you can get right is your own part.",
    "Nothing you could have said: whoever asks here is told {level} and no more. The checks above were in your hands.",
)
NOT_CLOSED = (
    "Nothing would have: the decision was still open, so there was no reason to tell yet. A call in a week or two has a better chance.",
    "It was too early. Until somebody has signed, {m} can only say that it is not final.",
)
MACHINE = (
    "Nobody was there to tell you anything. What helps is a message that can be answered in one go.",
    "A machine tells nobody anything. The next step is a message that makes calling back easy.",
)
THE_CHANGE = (
    "The better line above: with nothing else changed, the call gets to {level}.",
    "What it took is the line above. With it, the same call gets to {level}.",
    "One line, the better one above. It takes the call to {level}.",
)
AND_THEN = (
    "The better line above, and after it: {lines} That takes the same call to {level}.",
    "First the line above, then this: {lines} Held like that, the same call gets to {level}.",
    "The better line above is the first step. What comes next: {lines} With that, {m} goes on to {level}.",
)
PAUSED = (
    "This call stopped for something that matters more than a reason. There is nothing to find here.",
    "The call was paused, and rightly. What else might have been said in it can wait.",
)
ONE_KEY = (
    "One more line {where}: {lines} With it, the same call reaches {level}.",
    "It was one sentence away. {Where}: {lines} That takes the call to {level}.",
)
MORE_KEYS = (
    "A few more lines {where}, one after another: {lines} They take the same call to {level}.",
    "{Where} there was room for this: {lines} Held like that, the call reaches {level}.",
)
FRESH = (
    "By then no single line would have done it. Begun in another way, the same call reaches {level}. For example: {lines}",
    "Not by one line any more. A call that begins in another way gets to {level}, for example this one: {lines}",
)
NOT_FOUND = (
    "There was more to hear, but none of the lines that were tried brings it out at that point. The way is another call, from the start.",
)


def unlock(story: Story, keys: Sequence[Key], level: int, fresh: bool) -> str:
    """The sentence in the envelope about what would have opened more."""
    rng = story.rng("unlock")
    m, got = story.scenario.first_name, LEVEL_WORDS[story.could]
    if story.scenario.opening is Opening.VOICEMAIL:
        return say(MACHINE, rng, m=m)
    if story.paused:
        return say(PAUSED, rng)
    options: tuple[str, ...]
    if not keys:
        if story.early:
            return say(NOT_CLOSED, rng, m=m)
        if story.opened < story.could:
            return say(NOT_FOUND, rng, m=m)
        kind = story.scenario.kind
        capped = story.scenario.cap < kind.ceiling and story.opened <= 2
        options = HOUSE_RULE if capped else ALL_OF_IT if story.opened >= 2 else NOBODY_TOLD
        return say(options, rng, m=m, level=got, Level=got[0].upper() + got[1:])
    swapped = [k for k in keys if k.instead]
    others = [k for k in keys if not k.instead]
    lines = " ".join(_line(k.words) for k in others)
    where = _where(story, others[0]) if others else ""
    if fresh:
        options = FRESH
    elif swapped:
        options = AND_THEN if others else THE_CHANGE
    else:
        options = MORE_KEYS if len(others) > 1 else ONE_KEY
    return say(options, rng, m=m, lines=lines, where=where, Where=_capital(where), level=LEVEL_WORDS[level])


def _line(words: str) -> str:
    """A line to say, quoted; one that ends without a mark of its own gets one outside, so that the next sentence can begin."""
    return f"“{words}”" if words.endswith((".", "!", "?", "…")) else f"“{words}”."


def _where(story: Story, key: Key) -> str:
    if key.turn > len(story.turns):
        return "at the end"
    said = next((t.said for t in story.spoken if t.n == key.turn), "").strip()
    return f"before you said “{said}”" if 0 < len(said) <= 60 else f"before your turn {key.turn}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
