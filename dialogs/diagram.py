"""The table of the call as a picture: phases and what leads from one to the next, in Mermaid."""

from __future__ import annotations

from collections.abc import Iterable

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
    ways: dict[tuple[Phase, Phase], dict[str, None]] = {}
    for row in rows:
        for phase in row.phases:
            if row.to is None or row.to is phase:
                continue
            for trigger in row.triggers:
                if trigger != HANG_UP:
                    ways.setdefault((phase, row.to), {})[_label(row, trigger)] = None
    lines = ["stateDiagram-v2", f"    [*] --> {Phase.RINGING}"]
    for (phase, to), labels in sorted(
        ways.items(), key=lambda w: (list(Phase).index(w[0][0]), list(Phase).index(w[0][1]))
    ):
        shown = list(labels)
        text = ", ".join(shown) if len(shown) <= 6 else ", ".join(shown[:5]) + " …"
        lines.append(f"    {phase} --> {to}: {text}")
    lines.append(f"    {Phase.ENDED} --> [*]")
    return "\n".join(lines)


def _label(row: Row, trigger: str) -> str:
    if trigger == DIAL:
        return row.when.replace("_", " ") or "the manager answers"
    return _SHORT.get(str(trigger), str(trigger))
