"""Two pictures: how open one call was, turn by turn, and how the calls have gone. PNG, drawn with Pillow, imported when first drawn.

    picture = rapport(scenario, turns)          # bytes to send, and a text that says the same
    await asyncio.to_thread(rapport, scenario, turns)

A card with its own quiet background reads on a dark screen and on a light one. Pillow brings its own font, so every host
draws the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from dialogs.hearing.heard import Aside
from dialogs.levels import LEVEL_WORDS
from dialogs.moves import Move
from dialogs.practice import Turn
from dialogs.progress import Progress
from dialogs.scenario import Scenario

if TYPE_CHECKING:
    from PIL import Image, ImageDraw

WIDTH, HEIGHT = 960, 540
SCALE = 2  # drawn twice as large and halved, which smooths every edge
TALL_ENOUGH = 24  # turns or calls that still fit side by side; of more, the last are drawn

GROUND, GRID, FAINT = "#1f2733", "#364152", "#8b98ab"
INK, ACCENT, WARM, COSTLY = "#eef2f7", "#6cb6ff", "#7fd1a0", "#ff8f7a"
COLUMN, LINE, HOLLOW = "#3f6a99", "#f2b95f", "#273242"

LEVELS = ("0 no reason", "1 formula", "2 hint", "3 reason", "4 advice")
"""Levels 0-4 as short as an axis wants them."""

MARKS: dict[Move, tuple[str, str]] = {
    Move.THREATEN: ("threat", COSTLY), Move.ACCUSE: ("blame", COSTLY), Move.ARGUE: ("counter", COSTLY),
    Move.PLEAD: ("plea", COSTLY), Move.PRY: ("prying", COSTLY), Move.PROBE: ("asked on", ACCENT),
    Move.ASK_SPECIFIC: ("one thing", ACCENT), Move.ASK_OPEN: ("why", ACCENT), Move.ACCEPT: ("took it", WARM),
    Move.REASSURE: ("no contest", WARM), Move.COMMIT: ("a plan", WARM), Move.DOOR: ("later on", ACCENT),
    Move.PERMISSION: ("a moment?", WARM), Move.INTRODUCE: ("name", INK), Move.ACKNOWLEDGE: ("understood", WARM),
    Move.THANK: ("thanks", WARM), Move.CLOSE: ("goodbye", INK), Move.VENT: ("feeling", INK),
}  # fmt: skip
"""Which move of a turn is written under it, the most telling first, and in what colour."""

ASIDES: dict[Aside, str] = {
    Aside.SILENCE: "silence", Aside.HANG_UP: "rang off", Aside.DISTRESS: "paused", Aside.SOFTWARE: "puzzled", Aside.FOREIGN: "puzzled",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG and what it shows, in words, for those who cannot see it."""

    png: bytes
    alt: str
    width: int = WIDTH
    height: int = HEIGHT


class NoPictures(RuntimeError):
    """Pillow is not installed; the text says the same."""


def rapport(scenario: Scenario, turns: Sequence[Turn], *, could: int | None = None) -> Picture:
    """One call: how far each answer went (columns), how much trust there was (line), what was said (marks).

    `could`, the level anyone can reach, is a dashed line; leave it out while it must stay hidden. Raises NoPictures.
    """
    spoken = [t for t in turns if t.n > 0][-TALL_ENOUGH:]
    card = Card(f"{scenario.manager}, {scenario.company}")
    card.levels(could)
    step = card.inner / max(len(spoken), 1)
    # A call that was only read, not held, has levels and no moods.
    felt = bool(spoken) and all(t.mood.trust is not None for t in spoken)
    points = [(card.left, card.y(_on_scale(spoken[0].mood_before.trust)))] if felt else []
    for i, turn in enumerate(spoken):
        middle = card.left + step * (i + 0.5)
        if turn.level is not None:
            card.column(middle, min(step * 0.56, 60), turn.level)
        if felt:
            points.append((middle, card.y(_on_scale(turn.mood.trust))))
    card.line(points)
    for x, y in points[1:]:
        card.dot(x, y)
    for i, turn in enumerate(spoken):
        words, colour = mark(turn)
        card.below(card.left + step * (i + 0.5), step, i, str(turn.n), words, colour)
    card.legend((("answer", COLUMN), ("trust", LINE)))
    return Picture(card.png(), describe_call(scenario, spoken, could))


def progress_picture(progress: Progress) -> Picture:
    """All calls: how much of what could be opened was opened (columns), how many checks were a yes (line). Raises NoPictures."""
    calls = progress.calls[-TALL_ENOUGH:]
    card = Card("Call by call")
    card.shares()
    step = card.inner / max(len(calls), 1)
    points = []
    for i, call in enumerate(calls):
        middle = card.left + step * (i + 0.5)
        width = min(step * 0.56, 60)
        if call.share is not None:
            card.outline(middle, width, 4.0)
            card.column(middle, width, 4 * call.share, label=f"{call.opened}/{call.could}")
        points.append((middle, card.y(4 * call.process)))
        number = len(progress.calls) - len(calls) + i + 1
        card.below(middle, step, i, str(number), call.scenario if len(calls) <= 8 else "", FAINT)
    card.line(points)
    for x, y in points:
        card.dot(x, y)
    card.legend((("opened, of what could be", COLUMN), ("checks that were a yes", LINE)))
    return Picture(card.png(), describe_progress(progress))


# -- in words -----------------------------------------------------------------------------------------


def mark(turn: Turn) -> tuple[str, str]:
    """The word under a turn and its colour."""
    if turn.heard.aside:
        return ASIDES.get(turn.heard.aside, ""), INK
    return next((MARKS[m] for m in MARKS if m in turn.moves), ("", INK))


def describe_call(scenario: Scenario, turns: Sequence[Turn], could: int | None) -> str:
    """What the picture of a call shows."""
    if not turns:
        return f"The call to {scenario.manager}: nothing was said."
    levels = [(t.n, t.level) for t in turns if t.level is not None]
    told = [f"The call to {scenario.manager} in {len(turns)} turns."]
    if turns[-1].mood.trust is not None and turns[0].mood_before.trust is not None:
        told.append(f"Trust went from {turns[0].mood_before.trust:.3g} to {turns[-1].mood.trust:.3g} of 4.")
    if levels:
        told.append("Answers: " + "; ".join(f"turn {n}, {LEVEL_WORDS[level]}" for n, level in levels) + ".")
    if costly := [f"{mark(t)[0]} in turn {t.n}" for t in turns if mark(t)[1] == COSTLY]:
        told.append("Marked: " + ", ".join(costly) + ".")
    if could is not None:
        told.append(f"The most that anyone gets here: {LEVEL_WORDS[could]}.")
    return " ".join(told)[:1000]


def describe_progress(progress: Progress) -> str:
    """What the picture of all calls shows."""
    return f"How the calls have gone.\n{progress.text}"[:1000]


def _on_scale(trust: float) -> float:
    """Trust (1-4) on the scale of the levels (0-4)."""
    return (trust - 1.0) / 3.0 * 4.0


# -- the card -----------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _font(size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.load_default(size * SCALE)


class Card:
    """The sheet a picture is drawn on: a frame of levels 0 to 4, places along it, a title and a legend."""

    left, right, top, bottom = 118.0, WIDTH - 36.0, 92.0, HEIGHT - 96.0

    def __init__(self, title: str) -> None:
        try:
            from PIL import Image, ImageDraw
        except ImportError:
            raise NoPictures("pictures need Pillow: pip install pillow") from None
        self._image: Image.Image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), GROUND)
        self._draw: ImageDraw.ImageDraw = ImageDraw.Draw(self._image)
        self.text(36, 30, _fitting(title, 52), 22, INK)

    @property
    def inner(self) -> float:
        """The width inside the frame, in pixels."""
        return self.right - self.left

    def y(self, level: float) -> float:
        """How far down a level (0 to 4) lies, in pixels; what is beyond the scale lies at its end."""
        return self.bottom - (self.bottom - self.top) * min(max(level, 0.0), 4.0) / 4.0

    def text(self, x: float, y: float, words: str, size: int, colour: str, anchor: str = "la") -> None:
        """Write words at this place, in pixels; `anchor` says which corner of them lies there, as Pillow names it."""
        self._draw.text((x * SCALE, y * SCALE), words, fill=colour, font=_font(size), anchor=anchor)

    def rule(self, y: float, colour: str = GRID, width: float = 1.0) -> None:
        """A line across the frame."""
        self._draw.line(
            [(self.left * SCALE, y * SCALE), (self.right * SCALE, y * SCALE)], fill=colour, width=int(width * SCALE)
        )

    def levels(self, could: int | None) -> None:
        """The scale of levels on the left; `could`: a broken line at the highest level anybody could reach."""
        for level, name in enumerate(LEVELS):
            self.rule(self.y(level))
            self.text(self.left - 14, self.y(level), name, 15, FAINT, "rm")
        if could is not None:
            y = self.y(could)
            x = self.left
            while x < self.right:
                self._draw.line(
                    [(x * SCALE, y * SCALE), (min(x + 9, self.right) * SCALE, y * SCALE)], fill=WARM, width=2 * SCALE
                )
                x += 17
            self.text(self.right, y - 6, "as far as anyone gets", 14, WARM, "rb")

    def shares(self) -> None:
        """A scale of percentages on the left, in place of the levels."""
        for part in range(5):
            self.rule(self.y(part))
            self.text(self.left - 14, self.y(part), f"{part * 25} %", 15, FAINT, "rm")

    def column(self, x: float, width: float, level: float, label: str | None = None) -> None:
        """A column up to a level, with its value (or `label`) at its foot."""
        high = max(self.y(level), self.top)
        box = [
            (x - width / 2) * SCALE,
            min(high, self.bottom - 5) * SCALE,
            (x + width / 2) * SCALE,
            self.bottom * SCALE,
        ]
        self._draw.rounded_rectangle(box, radius=5 * SCALE, fill=COLUMN, corners=(True, True, False, False))
        words = f"{level:g}" if label is None else label
        self.text(x, self.bottom - 9, words, 15, INK, "mb")

    def outline(self, x: float, width: float, level: float) -> None:
        """A pale column behind the next: as far as could be reached."""
        box = [(x - width / 2) * SCALE, self.y(level) * SCALE, (x + width / 2) * SCALE, self.bottom * SCALE]
        self._draw.rounded_rectangle(box, radius=5 * SCALE, fill=HOLLOW, corners=(True, True, False, False))

    def line(self, points: Sequence[tuple[float, float]]) -> None:
        """A line through these points, in pixels; of one point none."""
        if len(points) > 1:
            flat = [(x * SCALE, y * SCALE) for x, y in points]
            self._draw.line(flat, fill=LINE, width=3 * SCALE, joint="curve")

    def dot(self, x: float, y: float) -> None:
        """A round mark on the line."""
        r = 5.0
        box = [(x - r) * SCALE, (y - r) * SCALE, (x + r) * SCALE, (y + r) * SCALE]
        self._draw.ellipse(box, fill=LINE, outline=GROUND, width=2 * SCALE)

    def below(self, x: float, step: float, place: int, number: str, words: str, colour: str) -> None:
        """What stands under one place of the frame: its number and, where there is room in a `step`, words."""
        self.text(x, self.bottom + 10, number, 15, FAINT, "ma")
        if not words:
            return
        # Neighbours take turns in two lines where one would run into the next.
        room = _font(15).getlength(words) / SCALE + 10
        down = 32.0 if step >= room or place % 2 == 0 else 52.0
        if room > 2 * step:
            return  # too tight for words; the number stays
        self.text(x, self.bottom + down, words, 15, colour, "ma")

    def legend(self, entries: Sequence[tuple[str, str]]) -> None:
        """What each colour means, at the top on the right."""
        x = self.right
        for words, colour in reversed(entries):
            self.text(x, 40, words, 15, FAINT, "rm")
            x -= _font(15).getlength(words) / SCALE + 8
            self._draw.rounded_rectangle(
                [(x - 14) * SCALE, 34 * SCALE, x * SCALE, 46 * SCALE], radius=3 * SCALE, fill=colour
            )
            x -= 34

    def png(self) -> bytes:
        """The picture as a PNG file."""
        from PIL import Image

        small = self._image.resize((WIDTH, HEIGHT), Image.Resampling.BOX)
        out = BytesIO()
        small.quantize(64, method=Image.Quantize.FASTOCTREE).save(out, "PNG", optimize=False)
        return out.getvalue()


def _fitting(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


__all__ = ["NoPictures", "Picture", "describe_call", "describe_progress", "progress_picture", "rapport"]
