"""Hearing: what a candidate's words do in the call.

`hear(text, cue)` gives a `Heard`; `use("light" | "full")` chooses the weight before anything is heard; `ready()` loads it, for a
thread at start; `why(text, cue)` tells what spoke for each move. Nothing here reads the environment or the network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogs.hearing.ear import Ear, Weight, full_fits
from dialogs.hearing.heard import Aside, Cue, Heard
from dialogs.hearing.why import Why
from dialogs.hearing.why import why as _why

if TYPE_CHECKING:
    from dialogs.hearing.encoder import Encoder

__all__ = [
    "HEARING_VERSION",
    "Aside",
    "Cue",
    "Ear",
    "Heard",
    "Why",
    "full_fits",
    "hear",
    "quick",
    "ready",
    "sentence_encoder",
    "use",
    "weight",
    "why",
]

HEARING_VERSION = "12"
"""Raised with every change that may hear the same words differently; kept with every logged turn."""

_ear = Ear()


def use(weight: Weight) -> None:
    """Hear in this weight from now on. Raises ValueError for one that is not known or does not fit here."""
    global _ear
    if weight not in ("light", "full"):
        raise ValueError(f"hearing is 'light' or 'full', not {weight!r}")
    if weight == "full" and not full_fits():
        raise ValueError("full hearing needs numpy and dialogs/hearing/weights/full.bin; use 'light'")
    if _ear.weight != weight:
        _ear = Ear(weight)


def weight() -> Weight:
    """The weight in use."""
    return _ear.weight


def sentence_encoder() -> Encoder | None:
    """The sentence encoder, where the hearing in use has one. Loads the weights when nothing has yet."""
    return _ear.encoder


def ready() -> None:
    """Load the weights now; safe in a thread."""
    _ear.ready()


def hear(text: str, cue: Cue | None = None) -> Heard:
    """One utterance as understood, leaning on the manager's last line if there is one. Loads the weights when it is the first."""
    return _ear.hear(text, cue)


def quick() -> bool:
    """Whether `hear` takes about a millisecond: light, and loaded. Then a thread of its own costs more than it spares."""
    return _ear.weight == "light" and _ear.loaded


def why(text: str, cue: Cue | None = None) -> Why:
    """What spoke for each move that was heard, or nearly: n-grams, rules, the encoder's share; `str()` says it in words."""
    return _why(_ear, text, cue)
