"""Which hearing the shell uses: full or light, as RUNNER_UP_HEARING says, loaded once."""

from __future__ import annotations

import logging

from dialogs import hearing
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
