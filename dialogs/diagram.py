"""The table of the call as a picture: phases and what leads from one to the next, in Mermaid."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dialogs.call import DIAL, HANG_UP, TABLE, Phase, Row

_SHORT = {
    "ask_open": "ask",
    "ask_specific": "ask",
    "probe": "ask",
    "time_up": "no time left",
    "worn_out": "no patience left",
}


def mermaid(rows: Iterable[Row] = TABLE) -> str:
    """A state diagram with one arrow for each pair of phases, labelled with what leads along it.

    Ringing off ends a call from anywhere and is left out, as are the rows that keep the phase.
    """
    places = list(Phase)
    lines = ["stateDiagram-v2", f"    [*] --> {Phase.RINGING}"]
    found = ways(rows, _label)
    for phase, to in sorted(found, key=lambda way: (places.index(way[0]), places.index(way[1]))):
        shown = found[phase, to]
        text = ", ".join(shown) if len(shown) <= 6 else ", ".join(shown[:5]) + " …"
        lines.append(f"    {phase} --> {to}: {text}")
    lines.append(f"    {Phase.ENDED} --> [*]")
    return "\n".join(lines)


def ways(rows: Iterable[Row], label: Callable[[Row, str], str]) -> dict[tuple[Phase, Phase], list[str]]:
    """What leads from one phase to another, as `label` calls it, each word once; ringing off leads to the end from anywhere
    and is left out."""
    arrows = [(phase, row) for row in rows for phase in row.phases if row.to is not None and row.to is not phase]
    found: dict[tuple[Phase, Phase], dict[str, None]] = {}
    for phase, row in arrows:
        labels = dict.fromkeys(label(row, trigger) for trigger in row.triggers if trigger != HANG_UP)
        if row.to is not None and labels:
            found.setdefault((phase, row.to), {}).update(labels)
    return {way: list(labels) for way, labels in found.items()}


def _label(row: Row, trigger: str) -> str:
    if trigger == DIAL:
        return row.when.replace("_", " ") or "the manager answers"
    return _SHORT.get(str(trigger), str(trigger))
