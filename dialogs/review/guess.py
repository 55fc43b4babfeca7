"""The candidate guesses first: how open was she, and what decided it?"""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.levels import LEVEL_CHOICES
from dialogs.review.story import Stage, Story

REASONS: dict[str, str] = {
    "practical": "a practical matter: place, hours, start date",
    "internal": "somebody inside got the job",
    "budget": "the post was cut, frozen or changed",
    "pay": "the salary was out of reach",
    "years": "fewer years than somebody else",
    "certificate": "a missing certificate or licence",
    "qualification": "a missing skill",
    "comparison": "somebody else was a little stronger overall",
    "overqualified": "too senior for the post",
    "answers": "an answer in the interview",
    "unquantified": "experience told without figures or examples",
    "exit story": "the way leaving the last job was explained",
    "unprepared": "too little known about the firm",
    "interest": "seemed not keen enough",
    "references": "something a referee said",
    "application": "slips in the written application",
    "presentation": "dress, lateness or appearance",
    "faux pas": "a small personal slip",
    "dislike": "the chemistry with the team",
    "protected": "something that may never be said",
}
"""Kind of reason → how it is offered as a guess."""

FAMILIES: tuple[tuple[str, ...], ...] = (
    ("practical", "internal", "budget", "pay"),
    ("years", "certificate", "qualification", "comparison", "overqualified"),
    ("answers", "unquantified", "exit story", "unprepared", "interest", "references", "application"),
    ("presentation", "faux pas", "dislike"),
)


@dataclass(frozen=True, slots=True)
class Guess:
    """A question with its choices; `right` is the index of the true one. `key` is `level` or `reason`.

    `first` is the number of the first choice where they are numbered: levels have numbers of their own, from 0 on.
    """

    key: str
    question: str
    choices: tuple[str, ...]
    right: int
    first: int = 1
    advised: bool = False  # a piece of advice came beside one concrete reason: levels 3 and 4 are a word apart

    def answered(self, choice: int) -> bool:
        """Whether this choice is the true one, or as good as it."""
        return choice == self.right or self.beside(choice)

    def beside(self, choice: int) -> bool:
        """Whether a reason with advice was guessed, where one concrete reason was heard and advice came besides."""
        return self.advised and (self.right, choice) == (CONCRETE, CONCRETE + 1)


def guesses(story: Story) -> tuple[Guess, ...]:
    """The questions before anything is told; none where the manager was never on the line."""
    if story.stage is not Stage.MANAGER:
        return ()
    m = story.scenario.first_name
    return level_guess(m, story.opened, advised=story.advised), _reason(story, m)


CONCRETE = 3  # the level of one concrete reason
COUNTED_BESIDE = "It counts: you heard one concrete reason, and advice besides. It is filed as level 3, because level 4 is the reason itself told in detail."
"""What is said of a guess that heard the advice, which came beside the reason and not in it."""


def level_guess(name: str, opened: int, *, advised: bool = False) -> Guess:
    """The first of the questions: how far the manager of this first name opened."""
    return Guess(
        "level", f"At the most open moment, what did {name} give away?", LEVEL_CHOICES, opened, first=0, advised=advised
    )


def _reason(story: Story, m: str) -> Guess:
    true = story.scenario.reason
    rng = story.rng("guess")
    # One from each other family, so that the choices differ in kind and the true one does not stand out.
    others = [rng.choice([k for k in family if k != true]) for family in FAMILIES if true not in family]
    keys = [true, *rng.sample(others, 3)]
    rng.shuffle(keys)
    return Guess(
        "reason", f"And what do you think decided it for {m}?", tuple(REASONS[k] for k in keys), keys.index(true)
    )
