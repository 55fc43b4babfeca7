"""The call of one scenario as a picture: only the phases and ways that this manager's call can take.

Mermaid for a page, SVG for a browser or a printer; both are made here, without another program.
"""

from __future__ import annotations

from html import escape

from dialogs.call import ANSWERING, CLOSING, ENDED, GUARDED, HANG_UP, OPENING, PICKUP, RECEPTION, VOICEMAIL, Phase
from dialogs.diagram import mermaid, ways
from dialogs.scenario import reach
from dialogs.scenario.scenario import Scenario
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


_WIDE, _HIGH = 150, 44
_PAGE = (1160, 560)
_AT: dict[Phase, tuple[int, int]] = {
    Phase.RINGING: (30, 160),
    VOICEMAIL: (330, 160),
    RECEPTION: (330, 160),
    PICKUP: (330, 160),
    OPENING: (660, 160),
    ANSWERING: (980, 160),
    GUARDED: (980, 440),
    CLOSING: (660, 440),
    ENDED: (330, 440),
}
_SHORT = {"ask_open": "ask", "ask_specific": "ask", "probe": "ask", "time_up": "no time", "worn_out": "no patience"}
_Box = tuple[float, float, float, float]


def svg_of(scenario: Scenario) -> str:
    """The same picture as a page of SVG."""
    boxes = reach.phases(scenario.hidden)
    wide, high = _PAGE
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        'font-family="sans-serif" font-size="12">',
        f"<title>{escape(f'The call with {scenario.manager}: {scenario.title}')}</title>",
        '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0 10 5 0 10z" fill="#555"/></marker></defs>',
        f'<rect width="{wide}" height="{high}" fill="#fff"/>',
        f'<text x="30" y="34" font-size="16" font-weight="bold">{escape(scenario.title)}</text>',
    ]
    taken: list[_Box] = [(x, y, x + _WIDE, y + _HIGH) for x, y in (_AT[phase] for phase in boxes)]
    labels: list[str] = []
    for (here, there), words in _ways(scenario).items():
        arrow, label = _arrow(here, there, words, taken)
        out.append(arrow)
        labels.append(label)
    out += labels  # above every line
    for phase in boxes:
        x, y = _AT[phase]
        out.append(f'<rect x="{x}" y="{y}" width="{_WIDE}" height="{_HIGH}" rx="8" fill="#eef3fa" stroke="#446"/>')
        out.append(f'<text x="{x + _WIDE // 2}" y="{y + 27}" text-anchor="middle" font-size="14">{phase}</text>')
    if ANSWERING in boxes:
        x, y = _AT[ANSWERING]
        for n, level in enumerate(reversed(_levels(scenario))):
            out.append(f'<text x="{x + 8}" y="{y - 12 - 15 * n}" fill="#274">level {escape(level)}</text>')
    out.append(
        f'<text x="30" y="{high - 20}" fill="#777">{HANG_UP.replace("_", " ")} ends the call from anywhere</text>'
    )
    return "\n".join([*out, "</svg>"]) + "\n"


def _ways(scenario: Scenario) -> dict[tuple[Phase, Phase], list[str]]:
    open_to = reach.phases(scenario.hidden)
    found = ways(reach.rows(scenario.hidden), lambda row, trigger: _SHORT.get(str(trigger), str(trigger)))
    return {way: labels for way, labels in found.items() if way[0] in open_to}


def _arrow(here: Phase, there: Phase, words: list[str], taken: list[_Box]) -> tuple[str, str]:
    """A bent line from one phase to another, and its label where it covers nothing; the label's place joins `taken`."""
    (x1, y1), (x2, y2) = ((x + _WIDE / 2, y + _HIGH / 2) for x, y in (_AT[here], _AT[there]))
    start, end = _edge(x1, y1, x2, y2), _edge(x2, y2, x1, y1)
    dx, dy = end[0] - start[0], end[1] - start[1]
    far = max(1.0, (dx * dx + dy * dy) ** 0.5)
    # To the left of the way one goes, so that ways there and back lie beside each other, and round a box between.
    bend = -120.0 if y1 == y2 and abs(x2 - x1) > 400 else -34.0
    qx, qy = (start[0] + end[0]) / 2 - dy / far * bend, (start[1] + end[1]) / 2 + dx / far * bend
    shown = ", ".join(words[:3]) + (" …" if len(words) > 3 else "")
    half = 3.1 * len(shown)
    x, y = start
    for t in (0.5, 0.38, 0.62, 0.28, 0.72, 0.2, 0.8):
        x = (1 - t) ** 2 * start[0] + 2 * t * (1 - t) * qx + t * t * end[0]
        y = (1 - t) ** 2 * start[1] + 2 * t * (1 - t) * qy + t * t * end[1]
        box = (x - half, y - 8, x + half, y + 8)
        if not any(_cover(box, other) for other in taken):
            break
    taken.append((x - half, y - 8, x + half, y + 8))
    path = f"M{start[0]:.0f} {start[1]:.0f} Q{qx:.0f} {qy:.0f} {end[0]:.0f} {end[1]:.0f}"
    line = (
        f'<path d="{path}" fill="none" stroke="#888" marker-end="url(#tip)">'
        f"<title>{escape(f'{here} to {there}: ' + ', '.join(words))}</title></path>"
    )
    label = (
        f'<rect x="{x - half:.0f}" y="{y - 8:.0f}" width="{2 * half:.0f}" height="14" fill="#fff" fill-opacity="0.85"/>'
        f'<text x="{x:.0f}" y="{y + 3:.0f}" text-anchor="middle" font-size="11" fill="#444">{escape(shown)}</text>'
    )
    return line, label


def _cover(a: _Box, b: _Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _edge(x1: float, y1: float, x2: float, y2: float) -> tuple[float, float]:
    """Where the line between two centres leaves the first box."""
    dx, dy = x2 - x1, y2 - y1
    share = min(_WIDE / 2 / abs(dx) if dx else 9e9, _HIGH / 2 / abs(dy) if dy else 9e9)
    return x1 + dx * share, y1 + dy * share
