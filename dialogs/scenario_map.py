"""The call of one scenario as a picture: only the phases and ways that this manager's call can take.

Mermaid for a page, SVG for a browser or a printer; both are made here, without another program.
"""

from __future__ import annotations

from html import escape

from dialogs import reach
from dialogs.call import ANSWERING, CLOSING, ENDED, GUARDED, HANG_UP, OPENING, PICKUP, RECEPTION, VOICEMAIL, Phase
from dialogs.diagram import mermaid
from dialogs.scenario import Scenario
from dialogs.scenes import LEVELS


def mermaid_of(scenario: Scenario) -> str:
    """A state diagram of this scenario's call, with what she can give away as a note."""
    text = mermaid(reach.rows(scenario.hidden))
    if scenario.hidden.opening.value == "voicemail":
        return text
    start = ANSWERING
    levels = ", ".join(_levels(scenario))
    return f"{text}\n    note right of {start}\n        {levels}\n    end note"


def _levels(scenario: Scenario) -> list[str]:
    never = reach.unreachable(scenario.hidden)
    return [f"{n} {name}" for n, name in enumerate(LEVELS) if name not in never]


_WIDE, _HIGH = 172, 44
_AT: dict[Phase, tuple[int, int]] = {
    Phase.RINGING: (30, 150),
    VOICEMAIL: (270, 30),
    RECEPTION: (270, 150),
    PICKUP: (270, 150),
    OPENING: (510, 150),
    ANSWERING: (750, 150),
    GUARDED: (750, 330),
    CLOSING: (510, 330),
    ENDED: (270, 330),
}
_SHORT = {"ask_open": "ask", "ask_specific": "ask", "probe": "ask", "time_up": "no time", "worn_out": "no patience"}


def svg_of(scenario: Scenario) -> str:
    """The same picture as a page of SVG."""
    boxes = reach.phases(scenario.hidden)
    ways = _ways(scenario)
    out = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 480" width="960" height="480" font-family="sans-serif" font-size="12">',
        f"<title>{escape(f'The call with {scenario.manager}: {scenario.title}')}</title>",
        '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse">'
        '<path d="M0 0 10 5 0 10z" fill="#555"/></marker></defs>',
        '<rect width="960" height="480" fill="#fff"/>',
        f'<text x="30" y="28" font-size="16" font-weight="bold">{escape(scenario.title)}</text>',
    ]
    for (here, there), labels in ways.items():
        out += _arrow(here, there, labels)
    for phase in boxes:
        x, y = _AT[phase]
        out.append(f'<rect x="{x}" y="{y}" width="{_WIDE}" height="{_HIGH}" rx="8" fill="#eef3fa" stroke="#446"/>')
        out.append(f'<text x="{x + _WIDE // 2}" y="{y + 27}" text-anchor="middle" font-size="14">{phase}</text>')
    if ANSWERING in boxes:
        x, y = _AT[ANSWERING]
        for n, level in enumerate(reversed(_levels(scenario))):
            out.append(f'<text x="{x + 8}" y="{y - 12 - 15 * n}" fill="#274">level {escape(level)}</text>')
    out.append(f'<text x="30" y="464" fill="#777">{HANG_UP.replace("_", " ")} ends the call from anywhere</text>')
    return "\n".join([*out, "</svg>"]) + "\n"


def _ways(scenario: Scenario) -> dict[tuple[Phase, Phase], list[str]]:
    open_to = reach.phases(scenario.hidden)
    ways: dict[tuple[Phase, Phase], dict[str, None]] = {}
    for row in reach.rows(scenario.hidden):
        for phase in row.phases:
            if row.to is None or row.to is phase or phase not in open_to:
                continue
            for trigger in row.triggers:
                if trigger != HANG_UP:
                    ways.setdefault((phase, row.to), {})[_SHORT.get(str(trigger), str(trigger))] = None
    return {way: list(labels) for way, labels in ways.items()}


def _arrow(here: Phase, there: Phase, labels: list[str]) -> list[str]:
    (x1, y1), (x2, y2) = _AT[here], _AT[there]
    cx1, cy1, cx2, cy2 = x1 + _WIDE / 2, y1 + _HIGH / 2, x2 + _WIDE / 2, y2 + _HIGH / 2
    back = cx2 < cx1 or (cx1 == cx2 and cy2 < cy1)
    bend = 22 if back else -14  # ways there and back lie beside each other
    start, end = _edge(cx1, cy1, cx2, cy2), _edge(cx2, cy2, cx1, cy1)
    mx, my = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    far = max(1.0, ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5)
    qx, qy = mx - (end[1] - start[1]) / far * bend, my + (end[0] - start[0]) / far * bend
    shown = ", ".join(labels[:3]) + (" …" if len(labels) > 3 else "")
    path = f"M{start[0]:.0f} {start[1]:.0f} Q{qx:.0f} {qy:.0f} {end[0]:.0f} {end[1]:.0f}"
    return [
        f'<path d="{path}" fill="none" stroke="#777" marker-end="url(#tip)"><title>{escape(", ".join(labels))}</title></path>',
        f'<text x="{qx:.0f}" y="{qy - 2:.0f}" text-anchor="middle" font-size="10" fill="#555">{escape(shown)}</text>',
    ]


def _edge(x1: float, y1: float, x2: float, y2: float) -> tuple[float, float]:
    """Where the line between two centres leaves the first box."""
    dx, dy = x2 - x1, y2 - y1
    share = min(_WIDE / 2 / abs(dx) if dx else 9e9, _HIGH / 2 / abs(dy) if dy else 9e9)
    return x1 + dx * share, y1 + dy * share
