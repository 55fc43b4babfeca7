"""What can decide a call before it is dialled: the kinds of reason with what they cost, and the styles of house.

A scenario names one of each; docs/rules.md shows both as tables.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of reason: the trust (1-4) it costs, the levels (0-4) at which it is told, what it is about.

    Prices follow what is known of real managers: objective gaps are told easily, personal ones are withheld (docs/rules.md).
    """

    price: float
    told_at: int
    ceiling: int
    area: str
    about: str
    needs_narrow: bool = False


KINDS: dict[str, Kind] = {
    "practical": Kind(1.5, 2, 3, "location", "a practical matter: place, hours, start date"),
    "internal": Kind(1.5, 2, 3, "internal", "somebody inside got it"),
    "budget": Kind(1.5, 2, 3, "budget", "the post was cut, frozen or changed"),
    "pay": Kind(1.5, 2, 3, "pay", "the salary asked for was out of reach"),
    "years": Kind(2.0, 3, 3, "years", "fewer years than another"),
    "certificate": Kind(2.0, 3, 3, "certificate", "a missing certificate or licence"),
    "qualification": Kind(2.0, 3, 3, "skills", "a missing skill or qualification"),
    "comparison": Kind(2.5, 2, 2, "years", "someone was simply a little stronger"),
    "overqualified": Kind(2.5, 3, 3, "overqualified", "too senior for the post"),
    "answers": Kind(3.0, 3, 4, "answers", "how a question was answered in the interview", needs_narrow=True),
    "unquantified": Kind(3.0, 3, 4, "numbers", "experience told without figures or examples", needs_narrow=True),
    "exit story": Kind(3.0, 3, 4, "exit_story", "a departure that was badly explained", needs_narrow=True),
    "unprepared": Kind(3.0, 3, 4, "answers", "knew too little of the firm", needs_narrow=True),
    "interest": Kind(3.0, 3, 4, "interest", "seemed uninterested", needs_narrow=True),
    "references": Kind(3.0, 3, 4, "references", "something a referee said", needs_narrow=True),
    "application": Kind(2.5, 3, 4, "application", "slips in the written application", needs_narrow=True),
    "presentation": Kind(3.5, 4, 4, "presentation", "dress, lateness, appearance", needs_narrow=True),
    "faux pas": Kind(3.5, 4, 4, "manners", "a small personal slip", needs_narrow=True),
    "dislike": Kind(4.0, 2, 2, "fit", "a personal dislike, coded as fit"),
    "protected": Kind(9.0, 9, 1, "", "touches a protected trait: never told, in any words"),
}

HOUSES: dict[str, tuple[int, str]] = {
    "counsel": (1, "trained by lawyers: the formula, and nothing in writing"),
    "burned": (0, "was sued once: mute"),
    "founder": (1, "a founder who decides alone"),
    "uk": (1, "criterion-bound: refusing a shortlisted person looks bad"),
    "german": (0, "neutral, nothing even by phone"),
    "panel": (3, "a public panel that owes feedback by criterion"),
    "agency": (2, "a recruiter between firm and candidate"),
    "plain": (1, "no house rule: the manager's own caution"),
}
"""House style → the level of the first answer to an unprepared question, and what it is."""
