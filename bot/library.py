"""Scenarios as the shell finds them: built in, and from the folder RUNNER_UP_SCENARIOS names."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from threading import Lock

import click

from dialogs.scenario import BadScenario, Scenario, library, read_scenario
from dialogs.scenario.surprise import drawn_as


def own_folder() -> Path | None:
    """The host's own folder of scenarios, if one is set."""
    from bot.settings import settings

    return settings().scenarios


_READING = (
    Lock()
)  # of several who ask for a file that is not read yet, one reads it: they would only get in each other's way


@lru_cache(maxsize=64)
def _read(path: Path, stamp: int) -> Scenario:
    return read_scenario(path)


def read(path: Path) -> Scenario:
    """The scenario in this file, read once while it does not change. Raises BadScenario."""
    stamp = path.stat().st_mtime_ns
    with _READING:
        return _read(path, stamp)


def find(name: str) -> Scenario:
    """The scenario of this name, or in this file. Raises click.ClickException with the next step."""
    known = library(own_folder())
    path = known.get(name)
    if path is None and "-surprise-" in name and (drawn := _drawn(name)) is not None:
        return drawn
    if path is None and name.endswith((".yaml", ".yml")) and Path(name).is_file():
        path = Path(name)
    if path is None:
        path = _called_otherwise(name, known)
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


def _called_otherwise(name: str, known: Mapping[str, Path]) -> Path | None:
    """The one scenario that is meant by its name in other letters, or by its manager's name. Raises click.ClickException where several are."""
    said = name.casefold().strip()
    if (same := [path for key, path in known.items() if key.casefold() == said]) or not said:
        return same[0] if len(same) == 1 else None
    of_manager = {key: s for key, s in managers().items() if said in _names(s.manager)}
    if len(of_manager) > 1:
        listed = ", ".join(f"{key} ({s.manager})" for key, s in of_manager.items())
        raise click.ClickException(f"'{name}' may be several: {listed}. Say which: runner-up call NAME")
    return next((known[key] for key in of_manager if key in known), None)


def _names(manager: str) -> set[str]:
    """What a manager is called by: the whole name, and its first and last word."""
    whole = " ".join(manager.casefold().split())
    return {whole, *whole.split()[:1], *whole.split()[-1:]}


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


def current(name: str) -> Scenario | None:
    """The scenario of this name as its file is now; None when there is none, or it has faults."""
    path = library(own_folder()).get(name)
    try:
        return read(path) if path else None
    except (BadScenario, OSError):
        return None
