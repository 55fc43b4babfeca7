"""A call as one HTML file: no script, nothing fetched from anywhere, readable by ear, on paper, by day and by night.

    page([PageCall(call, turns, times, scenario, debrief)])      # one call or several; text to be written as UTF-8

Every word of anybody is escaped and isolated in its direction. No Telegram id is in it, and no turn costs more than a kilobyte
beside its own words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING

from bot.log.calls import LoggedCall
from bot.rendering.text import level_words, voice_of
from dialogs.endings import ended
from dialogs.practice import Turn
from dialogs.scenes import Speaker
from dialogs.transcript import HANGS_UP, SAYS_NOTHING, said

if TYPE_CHECKING:
    from dialogs.review import Debrief

POLICY = "default-src 'none'; style-src 'unsafe-inline'"

STYLE = """
:root{color-scheme:light dark;--g:#fff;--i:#1b2330;--f:#566072;--y:#e6f0fb;--m:#f1f1ee;--l:#0b5cad;--c:#2f74b5}
@media(prefers-color-scheme:dark){:root{--g:#14181f;--i:#e8ecf2;--f:#a5b0c0;--y:#1f3550;--m:#272c35;--l:#8cc2ff;--c:#6cb6ff}}
body{background:var(--g);color:var(--i);font:1rem/1.5 system-ui,sans-serif;margin:0 auto;max-width:44rem;padding:1rem}
h1,h2,h3{line-height:1.25}h3{margin:1rem 0 .2rem}dt{color:var(--f)}dd{margin:0 0 .3rem}a{color:var(--l)}
ol{list-style:none;padding:0}li{margin:0 0 1rem;break-inside:avoid}
.w{white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:isolate}
.u,.m{border-radius:.6rem;margin:.3rem 0;padding:.4rem .7rem;width:fit-content;max-width:85%}
.u{background:var(--y);margin-left:auto}.m{background:var(--m)}
.q{color:var(--f);font-size:.875rem;margin:.2rem 0}.q a{display:inline-block;min-width:1.5rem;min-height:1.5rem}
svg{max-width:100%;height:auto}svg text{fill:var(--i);font-size:12px}
section section{break-inside:avoid}
@media print{body{max-width:none;padding:0}.u,.m{background:none;border:1px solid #777}a{color:inherit;text-decoration:none}}
"""


@dataclass(frozen=True, slots=True)
class PageCall:
    """A call as it goes on a page; `parts` are titles and texts of its debrief (or of what was read in a real call)."""

    call: LoggedCall
    turns: Sequence[Turn]
    times: Sequence[str]
    parts: Sequence[tuple[str, str]] = ()


def debrief_parts(debrief: Debrief, *, opened: bool = False) -> list[tuple[str, str]]:
    """A debrief as titles and texts, the envelope opened; after distress only if `opened`."""
    from dialogs.review.page import parts

    return [(part.title, part.text) for part in parts(debrief, opened=opened)]


def page(calls: Sequence[PageCall], title: str = "") -> str:
    """These calls on one page."""
    title = title or (f"Call with {calls[0].call.manager}" if len(calls) == 1 else f"{len(calls)} calls")
    body = "".join(text for i, shown in enumerate(calls) for text in _call(shown, i, alone=len(calls) == 1))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{_plain(title)}</title><style>{STYLE.strip()}</style></head>"
        f"<body><main><h1>{_plain(title)}</h1>{body}</main></body></html>\n"
    )


def _call(shown: PageCall, number: int, *, alone: bool) -> Iterator[str]:
    call, key = shown.call, f"c{number}"
    yield f'<section aria-labelledby="{key}">'
    yield f'<h2 id="{key}">{"How it went" if alone else _plain(f"{call.manager}, {call.started_at[:10]}")}</h2><dl>'
    for name, value in _facts(call):
        yield f'<dt>{name}</dt><dd class="w">{_plain(value)}</dd>'
    yield "</dl>"
    yield picture(shown.turns, key)
    yield f'<h3>What was said</h3><ol aria-label="Turns{"" if alone else f" of call {number + 1}"}">'
    prefix = "t" if alone else f"{key}t"
    for turn in shown.turns:
        at = shown.times[turn.n] if turn.n < len(shown.times) else ""
        yield _turn(turn, call.manager, at, prefix)
    yield "</ol>"
    for title, text in shown.parts:
        yield f'<section><h3>{_plain(title)}</h3><p class="w">{_words(text)}</p></section>'
    yield "</section>"


def _facts(call: LoggedCall) -> Iterator[tuple[str, str]]:
    yield "With", call.manager
    if call.title and call.title != call.manager:
        yield "About", call.title
    yield "When", f"{call.started_at[:16].replace('T', ' ')} UTC; all times here are UTC"
    yield "Turns", str(call.turns)
    yield "Outcome", ended(call.outcome) if call.outcome or call.kind != "imported" else "not noted"
    yield "Highest", level_words(call.highest_level).capitalize()
    if call.kind == "imported":
        yield "Kind", "imported; levels and moves are as read by this program"
    if call.note:
        yield "Note", call.note


def _turn(turn: Turn, manager: str, at: str, prefix: str) -> str:
    out = [f'<li id="{prefix}{turn.n}">']
    if turn.n:
        words = said(turn) if not turn.said.strip() or said(turn) in (HANGS_UP, SAYS_NOTHING) else turn.said
        out.append(f'<div class="u w" dir="auto"><b>You:</b> {_words(words)}</div>')
    for line in turn.lines:
        name = voice_of(line, manager)
        kind = ' class="q w"' if line.speaker is Speaker.COACH else ' class="m w"'
        out.append(f'<div{kind} dir="auto"><b>{_plain(name)}:</b> {_words(line.text)}</div>')
    remark = "; ".join(filter(None, (", ".join(turn.moves).replace("_", " "), level_words(turn.level))))
    link = f'<a href="#{prefix}{turn.n}">Turn {turn.n}</a>' if turn.n else "Pick-up"
    clock = f' <time datetime="{_plain(at)}">{_plain(_clock(at))}</time>' if at else ""
    out.append(f'<p class="q">{link}{clock}{" · " + _plain(remark) if remark else ""}</p></li>')
    return "".join(out)


def _clock(at: str) -> str:
    try:
        return datetime.fromisoformat(at).strftime("%H:%M:%S")
    except ValueError:
        return at[:19]


def picture(turns: Sequence[Turn], key: str = "c0") -> str:
    """How far each answer went, as a small drawing that says the same in words; empty when nothing was asked."""
    answers = [(t.n, t.level) for t in turns if t.level is not None][-24:]
    if not answers:
        return ""
    told = "; ".join(f"turn {n}, {level_words(level)}" for n, level in answers)
    width = 60 + 34 * len(answers)
    bars = "".join(
        f'<path d="M{54 + 34 * i} 104v-{max(3, 20 * level)}h20v{max(3, 20 * level)}z" fill="var(--c)"/>'
        f'<text x="{58 + 34 * i}" y="{98 - max(3, 20 * level)}">{level}</text>'
        f'<text x="{58 + 34 * i}" y="120">{n}</text>'
        for i, (n, level) in enumerate(answers)
    )
    return (
        f'<svg role="img" aria-labelledby="{key}p" viewBox="0 0 {width} 126" width="{width}">'
        f'<title id="{key}p">How open the answers were: {_plain(told)}</title>'
        f'<text x="0" y="16">Level</text><text x="0" y="120">Turn</text>{bars}</svg>'
    )


def _plain(text: str) -> str:
    """Escaped, and nothing in it that turns the page's direction."""
    return escape("".join(c for c in text if c >= " " and not _turns_about(c)), quote=True)


def _words(text: str) -> str:
    """Somebody's words, escaped; what would turn the direction of the page ends with them."""
    kept = "".join(c for c in text if (c >= " " and c != "\x7f") or c == "\n")
    return f"<bdi>{escape(kept)}</bdi>"


def _turns_about(c: str) -> bool:
    return "\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069"
