"""Which hearing the shell uses: full or light, as RUNNER_UP_HEARING says, loaded once."""

from __future__ import annotations

from dialogs import hearing
from dialogs.hearing.heard import Cue
from dialogs.practice import Ear


def ear(weight: str | None = None) -> Ear:
    """The hearing for this process: `weight` is full or light; None takes it from the settings."""
    if weight is None:
        from bot.settings import settings

        weight = settings().hearing
    hearing.use(weight)
    return hearing.hear


def cue_from_line(line: str) -> Cue:
    """What words may lean on when only the manager's last line is known."""
    words = line.strip()
    return Cue(line=words, asked=words.endswith("?"), gave_reason=bool(words) and not words.endswith("?"))


def explain(text: str, cue: Cue) -> list[str]:
    """What spoke for each move, in words."""
    return list(hearing.why(text, cue))
