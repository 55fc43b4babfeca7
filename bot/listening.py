"""The hearing that a replay listens with: the weight a call was heard with, where it fits here."""

from __future__ import annotations

from dialogs.hearing import HEARING_VERSION, Ear, full_fits
from dialogs.hearing.ear import Weight
from dialogs.practice import Ear as Listens


class Listening:
    """Ears by weight, each loaded once; unlike `bot.hearing.ear` it may hold both."""

    def __init__(self, usual: str = "full") -> None:
        self._usual = usual
        self._ears: dict[Weight, Ear] = {}

    def __call__(self, weight: str = "") -> tuple[str, Listens]:
        """The hearing of this weight (or the usual one), and its version as the log notes it."""
        full = (weight or self._usual) == "full" and full_fits()
        chosen: Weight = "full" if full else "light"
        if chosen not in self._ears:
            self._ears[chosen] = Ear(chosen)
        return f"{HEARING_VERSION} {chosen}", self._ears[chosen].hear
