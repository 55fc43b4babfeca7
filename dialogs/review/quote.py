"""The candidate's own words, exactly as they were said, for showing what a debrief speaks of."""

from __future__ import annotations

from dataclasses import dataclass

MOST_QUOTED = 220  # characters of one quotation; a longer sentence is cut at a word


@dataclass(frozen=True, slots=True)
class Quote:
    """The candidate's own words, exactly as they stand in that turn."""

    turn: int
    words: str
    cut: bool = False  # more was said in the same breath than is quoted

    @property
    def marked(self) -> str:
        """The words in quotation marks; where they are cut, it shows."""
        return f"“{self.words} …”" if self.cut else f"“{self.words}”"


def quoted(turn: int, words: str) -> Quote:
    """These words of a turn; one half of a pair of marks goes, of which the other stands in another sentence."""
    if words.count('"') % 2:
        words = words.strip('"')
    return Quote(turn, shortened(words), len(words) > MOST_QUOTED)


def shortened(words: str) -> str:
    """The beginning of long words, ending where a word ends; always a part of what was given."""
    if len(words) <= MOST_QUOTED:
        return words
    cut = words[:MOST_QUOTED]
    return (cut[: cut.rfind(" ")] if " " in cut else cut).rstrip(" ,;:-")
