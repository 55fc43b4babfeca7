"""What the call of one scenario can come to: phases, rows and headings, worked out from what is settled before it.

A heading that cannot be reached needs no lines, and lines under it are never said. `scenarios simulate` bears this out: what is
named here as reachable is reached in a thousand calls, and nothing else is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs.call import (
    ANSWERING,
    CLOSING,
    ENDED,
    GUARDED,
    OPENING,
    PICKUP,
    RECEPTION,
    TABLE,
    VOICEMAIL,
    Hidden,
    Opening,
    Phase,
    Row,
)
from dialogs.scenes import HEADINGS

_TALK = (OPENING, ANSWERING, GUARDED, CLOSING, ENDED)

_AT_RECEPTION = frozenset(
    {
        "reception",
        "reception_asks",
        "reception_cannot",
        "reception_refuses",
        "reception_bye",
        "put_through",
        "announced",
    }
)
_AT_PICKUP = frozenset({"pickup", "bad_moment", "hello", "who_is_this", "guesses_you", "knows_you", "recalls_you"})
_ON_TAPE = frozenset({"voicemail", "voicemail_more", "voicemail_end"})
_OF_ANSWERS = frozenset(
    {"stock", "hint", "specific", "candid", "again", "yes_that", "not_that", "avoid", "pull_back", "advice"}
)


def phases(hidden: Hidden) -> tuple[Phase, ...]:
    """The phases this call can come to, in order."""
    if hidden.opening is Opening.VOICEMAIL:
        return (Phase.RINGING, VOICEMAIL, ENDED)
    return (Phase.RINGING, RECEPTION if hidden.opening is Opening.RECEPTION else PICKUP, *_TALK)


def unreachable(hidden: Hidden) -> dict[str, str]:
    """The headings whose lines can never be said in this call, each with the reason in an author's words."""
    found: dict[str, str] = {}
    for heading in HEADINGS:
        if reason := _why_never(hidden, heading):
            found[heading] = reason
    return found


def _why_never(h: Hidden, heading: str) -> str:
    if reason := _wrong_opening(h.opening, heading):
        return reason
    if h.opening is Opening.TOO_EARLY and heading in _OF_ANSWERS:
        return "the decision is still open, so no answer is given in this call"
    if h.opening is Opening.TOO_EARLY and heading == "door_real":
        return "the decision is still open, and with it every door; see 'door_open_process'"
    for headings, holds, why_not in _NEEDS:
        if heading in headings and not holds(h):
            return why_not(h)
    return ""


def _wrong_opening(opening: Opening, heading: str) -> str:
    if opening is Opening.VOICEMAIL:
        return "" if heading in _ON_TAPE else "a machine takes this call"
    if heading in _ON_TAPE:
        return "no machine answers here; that needs 'opening: voicemail'"
    if heading in _AT_RECEPTION and opening is not Opening.RECEPTION:
        return "nobody screens this call; that needs 'opening: reception'"
    if heading in _AT_PICKUP and opening is Opening.RECEPTION:
        return "the receptionist answers and announces the caller; see 'reception' and 'announced'"
    if heading == "bad_moment" and opening is not Opening.BAD_MOMENT:
        return "that needs 'opening: bad moment'"
    if heading == "pickup" and opening is Opening.BAD_MOMENT:
        return "this manager answers at a bad moment; see 'bad_moment'"
    if heading in ("email_hr", "email_hr_again") and opening is not Opening.EMAIL_HR:
        return "that needs 'opening: email hr'"
    if heading in ("not_closed", "door_open_process") and opening is not Opening.TOO_EARLY:
        return "that needs 'opening: too early'"
    return ""


def _goes_no_further(h: Hidden) -> str:
    return f"this manager goes no further than level {h.reachable}"


_NEEDS: tuple[tuple[tuple[str, ...], Callable[[Hidden], bool], Callable[[Hidden], str]], ...] = (
    # headings, what they need, and how that is said when it is missing
    (("stock",), lambda h: h.reachable >= 1, _goes_no_further),
    (("hint", "not_that", "advice"), lambda h: h.reachable >= 2, _goes_no_further),
    (("specific", "yes_that", "pull_back"), lambda h: h.reachable >= 3, _goes_no_further),
    (("candid",), lambda h: h.reachable >= 4, _goes_no_further),
    (("yes_that", "avoid"), lambda h: bool(h.area), lambda h: "this reason has no area that could be named"),
    (("avoid",), lambda h: h.start < 2, lambda h: "a house that owes or likes to give reasons has nothing to avoid"),
    (("avoid",), lambda h: h.price >= 3.0, lambda h: "this kind of reason is not withheld when it is named"),
    (("door_real",), lambda h: h.second_choice, lambda h: "that needs 'second choice: yes'"),
)


_POSSIBLE: Mapping[str, Callable[[Hidden], bool]] = {
    "machine_answers": lambda h: h.opening is Opening.VOICEMAIL,
    "screened": lambda h: h.opening is Opening.RECEPTION,
    "deflects": lambda h: h.opening is Opening.EMAIL_HR,
    "still_deflects": lambda h: h.opening is Opening.EMAIL_HR,
    "not_closed": lambda h: h.opening is Opening.TOO_EARLY,
    "door_is_real": lambda h: h.second_choice,
    "asked_the_same_again": lambda h: h.opening is not Opening.TOO_EARLY,
}
"""Conditions that some calls can never meet."""


AT_THE_DOOR = ("door_courtesy", (CLOSING,))
"""The scene and phase of the courtesy to somebody who is on the way out."""


def rows(hidden: Hidden) -> tuple[Row, ...]:
    """The rows of the table that this call can take."""
    open_to, never = set(phases(hidden)), unreachable(hidden)
    found = []
    for row in TABLE:
        condition = _POSSIBLE.get(row.when)
        possible = condition is None or condition(hidden)
        if not possible or not open_to & set(row.phases) or row.scene in never:
            continue
        if hidden.opening is Opening.TOO_EARLY and (
            row.scene in ("answer", "it_is_a_no") or (row.scene, row.phases) == AT_THE_DOOR
        ):
            continue  # an open process answers these itself
        found.append(row)
    return tuple(found)
