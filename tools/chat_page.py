"""What a bot sent, drawn as a phone shows it: one HTML page without scripts or outside parts, in a plain style of its own.

    page([Mine("/call clinic"), Theirs(text, entities, markup), …], keys=("Hint", "Hang up"))

Marks are Telegram's entities, counted in UTF-16 units. A spoiler is drawn covered, a quotation that opens at a tap is drawn closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from typing import Any

WIDTH = 390  # CSS pixels, a common phone

BLOCKS = {"blockquote": "quote", "expandable_blockquote": "quote folded"}
INLINE = {
    "bold": "b", "italic": "i", "code": "code", "spoiler": "spoiler", "strikethrough": "struck", "bot_command": "command",
}  # fmt: skip

STYLE = """
*{box-sizing:border-box} body{margin:0;width:390px;background:#e9edf1;font:15px/1.38 Inter,"Liberation Sans",sans-serif;color:#1d2530}
header{background:#fff;border-bottom:1px solid #d4dae1;padding:11px 16px;font-weight:600;font-size:16px}
header small{display:block;font-weight:400;font-size:12.5px;color:#66717f}
main{padding:12px 10px 14px;display:flex;flex-direction:column;gap:6px}
.message{max-width:342px;align-self:flex-start}
.mine{align-self:flex-end}
.bubble{background:#fff;border:1px solid #d9dfe6;border-radius:4px 13px 13px 13px;padding:7px 11px;white-space:pre-wrap;overflow-wrap:anywhere}
.mine .bubble{background:#d7e6f5;border-color:#c0d5ea;border-radius:13px 4px 13px 13px}
.mine + .theirs,.theirs + .mine{margin-top:5px}
.b{font-weight:650}.i{font-style:italic}.code{font-family:"DejaVu Sans Mono",monospace;font-size:.9em}.struck{text-decoration:line-through}
.command{color:#1f5f9e}
.spoiler{color:transparent;border-radius:3px;background:#c3ccd6 radial-gradient(#8f9cab 22%,transparent 24%) 0 0/5px 5px;-webkit-box-decoration-break:clone}
.quote{display:block;margin:3px 0;padding:5px 10px;border-left:3px solid #5b86b5;border-radius:4px;background:#eef3f8;position:relative}
.folded{padding-right:28px} .folded>span{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;overflow:hidden}
.folded:after{content:"";position:absolute;right:11px;bottom:11px;width:7px;height:7px;border:solid #5b86b5;border-width:0 2px 2px 0;transform:rotate(45deg)}
.buttons{display:grid;gap:4px;margin-top:4px} .row{display:flex;gap:4px}
.row span{flex:1;text-align:center;background:#f7f9fb;border:1px solid #b9c6d4;border-radius:9px;padding:6px 5px;font-size:13.5px;line-height:1.25;color:#1f4f84;
display:flex;align-items:center;justify-content:center}
footer{background:#f7f9fb;border-top:1px solid #d4dae1;padding:8px;display:flex;gap:7px}
footer span{flex:1;text-align:center;background:#fff;border:1px solid #cbd4dd;border-radius:9px;padding:9px;font-weight:550}
"""


@dataclass(frozen=True, slots=True)
class Mine:
    """What the person with the phone wrote."""

    text: str
    entities: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Theirs:
    """What the bot sent, as it stands in the chat."""

    text: str
    entities: Sequence[Mapping[str, Any]] = ()
    buttons: Sequence[Sequence[str]] = field(default=())


def page(messages: Iterable[Mine | Theirs], *, name: str, keys: Sequence[str] = ()) -> str:
    """The chat as a page; `keys` are the ones in place of the keyboard."""
    shown = "\n".join(map(_message, messages))
    foot = f"<footer>{''.join(f'<span>{escape(k)}</span>' for k in keys)}</footer>" if keys else ""
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(name)}</title><style>{STYLE}</style>'
        f"<header>{escape(name)}<small>bot</small></header><main>{shown}</main>{foot}</html>"
    )


def _message(message: Mine | Theirs) -> str:
    mine = isinstance(message, Mine)
    rows = () if isinstance(message, Mine) else message.buttons
    under = "".join(f'<div class="row">{"".join(f"<span>{escape(b)}</span>" for b in row)}</div>' for row in rows)
    return (
        f'<div class="message {"mine" if mine else "theirs"}"><div class="bubble">{marked(message.text, message.entities)}</div>'
        + (f'<div class="buttons">{under}</div>' if under else "")
        + "</div>"
    )


def marked(text: str, entities: Sequence[Mapping[str, Any]]) -> str:
    """The text with its marks: quotations stand as blocks, everything else runs on."""
    raw = text.encode("utf-16-le")
    blocks = sorted((e for e in entities if e["type"] in BLOCKS), key=lambda e: e["offset"])
    runs = [e for e in entities if e["type"] in INLINE]
    made, at = [], 0
    for block in blocks:
        start, end = block["offset"], block["offset"] + block["length"]
        made.append(_run(raw, at, start, runs).removesuffix("\n"))
        made.append(f'<span class="{BLOCKS[block["type"]]}"><span>{_run(raw, start, end, runs)}</span></span>')
        at = end + (raw[end * 2 : end * 2 + 2] == b"\n\0")  # a block ends its line by itself
    return "".join((*made, _run(raw, at, len(raw) // 2, runs)))


def _run(raw: bytes, start: int, end: int, marks: Sequence[Mapping[str, Any]]) -> str:
    """A stretch of text, cut wherever a mark begins or ends."""
    edges = {start, end} | {p for m in marks for p in (m["offset"], m["offset"] + m["length"]) if start < p < end}
    made = []
    cuts = sorted(edges)
    for a, b in pairwise(cuts):
        words = escape(raw[a * 2 : b * 2].decode("utf-16-le"))
        classes = " ".join(INLINE[m["type"]] for m in marks if m["offset"] <= a and b <= m["offset"] + m["length"])
        made.append(f'<span class="{classes}">{words}</span>' if classes else words)
    return "".join(made)
