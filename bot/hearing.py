"""Which hearing the shell uses: full or light, as RUNNER_UP_HEARING says, loaded once; and, for replays, both side by side."""

from __future__ import annotations

import logging

from dialogs import hearing
from dialogs.hearing.ear import Weight
from dialogs.hearing.heard import Cue, Heard
from dialogs.practice import Ear

log = logging.getLogger(__name__)


def ear(weight: str | None = None) -> Ear:
    """The hearing for this process: `weight` is full or light; None takes it from the settings.

    Full is used where it fits: without numpy or its weights the light one hears instead, and says so in the log line.
    """
    if weight is None:
        from bot.settings import settings

        weight = settings().hearing
    if weight == "full" and not hearing.full_fits():
        log.warning("full hearing does not fit here (numpy or its weights are missing); hearing light")
        weight = "light"
    hearing.use("full" if weight == "full" else "light")
    return _hear


def _hear(text: str, cue: Cue) -> Heard:
    return hearing.hear(text, cue)


_hear.quick = hearing.quick  # type: ignore[attr-defined]  # read by Session: whether a turn is heard without a thread


def hearing_name() -> str:
    """What the log notes about the hearing in use: its version and weight, so that a replay knows what it compares with."""
    return f"{hearing.HEARING_VERSION} {hearing.weight()}"


def cue_from_line(line: str) -> Cue:
    """What words may lean on when only the manager's last line is known."""
    words = line.strip()
    return Cue(line=words, asked=words.endswith("?"), gave_reason=bool(words) and not words.endswith("?"))


def explain(text: str, cue: Cue) -> list[str]:
    """What spoke for each move, in words."""
    return str(hearing.why(text, cue)).splitlines()


class Ears:
    """Hearings by weight, for replays: a call is heard again with the weight it was heard with, where that fits here.

    Each weight is loaded once; unlike `ear`, which serves the whole process, both may be in use at a time.
    """

    def __init__(self, usual: str = "full") -> None:
        self._usual = usual
        self._loaded: dict[Weight, hearing.Ear] = {}

    def __call__(self, weight: str = "") -> tuple[str, Ear]:
        """The hearing of this weight (or the usual one), and its version as the log notes it."""
        full = (weight or self._usual) == "full" and hearing.full_fits()
        chosen: Weight = "full" if full else "light"
        if chosen not in self._loaded:
            self._loaded[chosen] = hearing.Ear(chosen)
        return f"{hearing.HEARING_VERSION} {chosen}", self._loaded[chosen].hear
