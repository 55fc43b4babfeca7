"""Which scenarios there are: the built-in ones, those of a folder of one's own, and one of them by lot."""

from __future__ import annotations

from pathlib import Path
from random import Random

from dialogs.scenario.lines import DATA


def library(extra: Path | None = None) -> dict[str, Path]:
    """Every scenario by name: the built-in ones, and those in a folder of one's own (which win)."""
    found = {p.stem: p for p in sorted((DATA / "scenarios").glob("*.yaml"))}
    if extra is not None:
        found |= {p.stem: p for p in sorted(extra.glob("*.y*ml")) if p.suffix in (".yaml", ".yml")}
    return dict(sorted(found.items()))


def drawn(names: list[str], seed: int) -> str:
    """A scenario by lot. Raises ValueError when there is none."""
    if not names:
        raise ValueError("there is no scenario to draw from")
    return Random(f"draw:{seed}").choice(sorted(names))
