"""Managers made for tests: any reason, house, cap and opening, with a line for everything."""

from __future__ import annotations

from dialogs.practice import Turn
from dialogs.scenario import Scenario, parse_scenario

TEMPLATE = """\
title: A job
manager: Dana Whitfield
company: Harbour Mutual
job: data analyst
manner: brisk
house: {house}
cap: {cap}
reason: {reason}
opening: {opening}
second choice: {second}
minutes: {minutes}
patience: {patience}
warmth: {warmth}
truth: The true reason.
thought: A fair thought.
says:
  stonewall: [S0a, S0b]
  stock: [S1a, S1b, S1c]
  hint: [S2a, S2b, S2c]
  specific: [S3a, S3b, S3c]
  candid: [S4a, S4b, S4c]
"""


def manager(
    *,
    reason: str = "certificate",
    house: str = "plain",
    cap: int = 3,
    opening: str = "manager",
    second: bool = False,
    minutes: float = 5,
    patience: float = 3,
    warmth: float = 0,
) -> Scenario:
    """A manager with this hidden draw."""
    text = TEMPLATE.format(
        reason=reason,
        house=house,
        cap=cap,
        opening=opening,
        second="yes" if second else "no",
        minutes=minutes,
        patience=patience,
        warmth=warmth,
    )
    return parse_scenario(text, name="test")


GOOD = """\
title: Data analyst at Harbour Mutual
manager: Dana Whitfield
company: Harbour Mutual
job: data analyst
manner: brisk
house: plain
cap: 3
reason: certificate
truth: The other finalist held the certificate.
thought: A good conversation.
says:
  hint:
    - It was on paper.
  specific:
    - The certificate decided it.
"""


def headings(turn: Turn) -> list[str]:
    """Under which headings stands what came back."""
    return [line.heading for line in turn.lines]
