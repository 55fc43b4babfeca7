"""Scenarios as the shell finds them: built in, and from the folder RUNNER_UP_SCENARIOS names."""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

import click

from dialogs.draw import drawn_as
from dialogs.scenario import BadScenario, Scenario, library, read_scenario


def own_folder() -> Path | None:
    """The host's own folder of scenarios, if one is set."""
    from bot.settings import settings

    return settings().scenarios


@lru_cache(maxsize=64)
def _read(path: Path, stamp: int) -> Scenario:
    return read_scenario(path)


def read(path: Path) -> Scenario:
    """The scenario in this file, read once while it does not change. Raises BadScenario."""
    return _read(path, path.stat().st_mtime_ns)


def find(name: str) -> Scenario:
    """The scenario of this name, or in this file. Raises click.ClickException with the next step."""
    known = library(own_folder())
    path = known.get(name)
    if path is None and "-surprise-" in name and (drawn := _drawn(name)) is not None:
        return drawn
    if path is None and name.endswith((".yaml", ".yml")) and Path(name).is_file():
        path = Path(name)
    if path is None:
        close = get_close_matches(name, known, n=1)
        hint = f" Did you mean '{close[0]}'?" if close else ""
        raise click.ClickException(f"There is no scenario '{name}'.{hint} See: runner-up scenarios")
    try:
        return read(path)
    except BadScenario as error:
        listed = "\n".join(str(f) for f in error.faults[:8])
        raise click.ClickException(
            f"The scenario '{name}' has faults. See: runner-up scenarios check {path}\n{listed}"
        ) from None
    except OSError as error:
        raise click.ClickException(f"The scenario file {path} cannot be read: {error.strerror}.") from None


def _drawn(name: str) -> Scenario | None:
    try:
        return drawn_as(name, extra=own_folder())
    except (BadScenario, OSError):
        return None


def managers() -> dict[str, Scenario]:
    """Every manager that can be called, the ladder first, from the easiest call to the hardest; files with faults are left out."""
    found: list[Scenario] = []
    for path in library(own_folder()).values():
        try:
            found.append(read(path))
        except (BadScenario, OSError):
            continue  # named by `scenarios list` and `check`; a broken file must not stop the others
    found.sort(key=lambda s: (s.rung or 99, s.name))
    return {s.name: s for s in found}
