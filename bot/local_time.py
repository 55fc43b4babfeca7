"""What time it is for somebody: by the offset from UTC they chose, and by this computer's clock until they do.

An offset knows no summer time: when the clocks change, a reminder may come an hour early or late until the offset is set anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

OFFSET = "utc_offset"
"""The setting that holds it, in minutes east of UTC."""

NINE = time(9)
WHOLE_HOURS = tuple(range(-11 * 60, 14 * 60 + 1, 60))
IN_BETWEEN = (-570, -210, 210, 270, 330, 345, 390, 525, 570, 630, 765)
"""Every offset in use, in minutes."""


def zone_of(settings: Mapping[str, Any]) -> timezone | None:
    """The zone of somebody with these settings; None, which Python takes for this computer's, when they chose none."""
    minutes = settings.get(OFFSET)
    return timezone(timedelta(minutes=minutes)) if isinstance(minutes, int) and abs(minutes) < 24 * 60 else None


def nine_on(day: date, zone: timezone | None) -> datetime:
    """Nine in the morning of this day, there."""
    return datetime.combine(day, NINE, zone).astimezone(UTC)


def day_of(at: str, zone: timezone | None = None) -> str:
    """The day of a time in the log, as one writes it, there."""
    day = datetime.fromisoformat(at).astimezone(zone)
    return f"{day.day} {day:%b %Y}"


def now_there(now: datetime, zone: timezone | None) -> str:
    """The weekday and the time there."""
    return f"{now.astimezone(zone):%a %H:%M}"
