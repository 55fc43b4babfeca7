"""Whether a call waits after distress: read off the call and its person's settings, so it outlives a restart in every shell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.session import Session

WENT_ON = "went_on"
"""The setting that holds at which moment a call was gone on with after distress."""


def waits(session: Session, settings: Mapping[str, Any]) -> bool:
    """Whether its last words were of somebody in distress, and its person has not gone on with it yet."""
    return session.practice.paused and settings.get(WENT_ON) != _moment(session)


def gone_on(session: Session) -> dict[str, str]:
    """The setting to keep once the way back into this call is taken."""
    return {WENT_ON: _moment(session)}


def _moment(session: Session) -> str:
    return f"{session.id}.{session.practice.turns}"
