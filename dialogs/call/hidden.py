"""What is settled before a call and never changes in it: who picks up, and the manager's side of the story."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Opening(StrEnum):
    """How the call is received, drawn with the scenario."""

    MANAGER = "manager"
    RECEPTION = "reception"
    VOICEMAIL = "voicemail"
    BAD_MOMENT = "bad_moment"  # she picks up on her way into a meeting
    EMAIL_HR = "email_hr"  # "we ask applicants to write to HR"
    TOO_EARLY = "too_early"  # the process is not closed yet


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is settled before the call and never changes in it: the manager's side of the story.

    `price` is the trust (1-4) the reason costs; `told_at` and `ceiling` are the lowest and highest disclosure level
    (0-4) at which that kind of reason is told; `cap` is the level policy allows whatever the trust; `start` is the level of
    the first answer to an unprepared question in this house.
    """

    opening: Opening = Opening.MANAGER
    price: float = 2.0
    told_at: int = 3
    ceiling: int = 3
    needs_narrow: bool = False  # told only when asked about an area, or asked on
    area: str = ""
    cap: int = 3
    start: int = 1
    second_choice: bool = False
    trust: float = 2.5
    patience: float = 3.0
    minutes: float = 5.0

    @property
    def reachable(self) -> int:
        """The highest level any candidate can reach in this call (0-4); a machine tells nothing, an open process a formula."""
        most = {Opening.VOICEMAIL: 0, Opening.TOO_EARLY: 1}.get(self.opening, 4)
        return min(self.cap, self.ceiling, most)
