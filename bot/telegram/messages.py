"""Messages as data: text with marks over it, buttons, and the pause that comes before.

Marks are entities with offsets in UTF-16 units, as Telegram counts; text of users or scenarios never goes through a parse mode.
A line of the manager becomes one or more messages, split like speech, with her name on each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from bot.telegram.buttons import Rows, inline
from dialogs.patterns import lazy
from dialogs.scenario import Scenario
from dialogs.scenes import Line, Speaker
from dialogs.transcript import speaker_name

LONGEST = 4096  # UTF-16 units of one message, Telegram's limit
BREATH = 240  # characters one says in one go
SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 4.0  # seconds, before RUNNER_UP_PACE
A_LETTER = 0.022  # seconds of typing


def units(text: str) -> int:
    """How long Telegram takes this text to be."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True, slots=True)
class Message:
    """One message to be sent: a text with entities, what lies under it, and how long to type before it (seconds)."""

    text: str
    entities: tuple[Mapping[str, Any], ...] = ()
    buttons: Rows = ()
    keys: Mapping[str, Any] | None = None
    pause: float = 0.0

    def payload(self) -> dict[str, Any]:
        """The parameters of sendMessage or editMessageText, without the chat."""
        text, entities = cut(fit_for_wire(self.text), self.entities)
        made: dict[str, Any] = {"text": text, "link_preview_options": {"is_disabled": True}}
        if entities:
            made["entities"] = [dict(e) for e in entities]
        if self.buttons:
            made["reply_markup"] = inline(self.buttons)
        elif self.keys is not None:
            made["reply_markup"] = dict(self.keys)
        return made


@dataclass(slots=True)
class Ink:
    """A text being written, with marks: `Ink().bold("Dana: ").plain("Hello.").message()`."""

    _parts: list[str] = field(default_factory=list)
    _marks: list[dict[str, Any]] = field(default_factory=list)
    _units: int = 0

    def plain(self, text: str) -> Self:
        """Words without a mark."""
        return self._add(text)

    def bold(self, text: str) -> Self:
        """Words in bold."""
        return self._add(text, "bold")

    def italic(self, text: str) -> Self:
        """Words in italics."""
        return self._add(text, "italic")

    def code(self, text: str) -> Self:
        """Words in letters of one width, so that columns stand under each other."""
        return self._add(text, "code")

    def quote(self, text: str) -> Self:
        """Words set off as a quotation."""
        return self._add(text, "blockquote")

    def put(self, inner: Ink, mark: str = "") -> Self:
        """Another text with its own marks, and one more over all of it."""
        start = self._units
        if mark and inner._units:
            self._marks.append({"type": mark, "offset": start, "length": inner._units})
        self._marks += [m | {"offset": m["offset"] + start} for m in inner._marks]
        self._parts += inner._parts
        self._units += inner._units
        return self

    def folded(self, inner: Ink) -> Self:
        """A quotation that opens at a tap."""
        return self.put(inner, "expandable_blockquote")

    def hidden(self, inner: Ink) -> Self:
        """Words under a spoiler."""
        return self.put(inner, "spoiler")

    def message(self, buttons: Rows = (), *, keys: Mapping[str, Any] | None = None, pause: float = 0.0) -> Message:
        """The finished message, cut to what Telegram takes."""
        text, marks = cut("".join(self._parts), self._marks)
        return Message(text, tuple(marks), buttons, keys, pause)

    @property
    def size(self) -> int:
        """UTF-16 units so far."""
        return self._units

    def _add(self, text: str, mark: str = "") -> Self:
        text = fit_for_wire(text)
        length, inner = units(text), units(text.strip())
        if mark and inner:  # Telegram drops marks that begin or end in white space
            lead = length - units(text.lstrip())
            self._marks.append({"type": mark, "offset": self._units + lead, "length": inner})
        self._parts.append(text)
        self._units += length
        return self


def fit_for_wire(text: str) -> str:
    """Text that any JSON reader takes: no NUL, no lone surrogates."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def cut(text: str, marks: Iterable[Mapping[str, Any]], longest: int = LONGEST) -> tuple[str, list[Mapping[str, Any]]]:
    """Text and marks within Telegram's limit; what is over is cut with an ellipsis."""
    if units(text) <= longest:
        return text, list(marks)
    raw = text.encode("utf-16-le")[: (longest - 2) * 2]
    text = raw.decode("utf-16-le", "ignore").rstrip() + " …"
    end = units(text)
    kept = [dict(m, length=min(m["length"], end - m["offset"])) for m in marks if m["offset"] < end - 1]
    return text, [m for m in kept if m["length"] > 0]


_SENTENCE = lazy(r"[^.!?…]*[.!?…]+[\"”’)]*\s*|[^.!?…]+$")


def breaths(text: str, longest: int = BREATH) -> list[str]:
    """A long line as it is said: in pieces that end where a sentence, or else a clause or a word, ends."""
    said: list[str] = []
    for sentence in _SENTENCE.findall(" ".join(text.split())) or [text]:
        piece = sentence.strip()
        if said and len(said[-1]) + 1 + len(piece) <= longest:
            said[-1] += f" {piece}"
            continue
        while len(piece) > longest:
            at = max(piece.rfind(mark, 0, longest) for mark in (", ", "; ", " – ", " - "))
            at = at + 1 if at > longest // 3 else piece.rfind(" ", 0, longest)
            at = at if at > 0 else longest
            said.append(piece[:at].strip())
            piece = piece[at:].strip()
        if piece:
            said.append(piece)
    return said


def pause_before(text: str, pace: float) -> float:
    """How long she types this (seconds), by its length and the pace that was chosen."""
    return round(pace * min(LONGEST_PAUSE, SHORTEST_PAUSE + A_LETTER * len(text)), 2)


def spoken(lines: Iterable[Line], scenario: Scenario, pace: float) -> list[Message]:
    """What came back in a turn, as messages: neighbouring lines of one voice together, long ones split like speech."""
    voices: list[tuple[Speaker, str]] = []
    for line in lines:
        text = fit_for_wire(line.text)
        if voices and voices[-1][0] is line.speaker and line.speaker is not Speaker.COACH:
            voices[-1] = (line.speaker, f"{voices[-1][1]} {text}")
        else:
            voices.append((line.speaker, text))
    made: list[Message] = []
    for speaker, text in voices:
        if speaker is Speaker.COACH:
            made.append(Message(text))
            continue
        name = speaker_name(speaker, scenario)
        made += [
            Ink().bold(f"{name}:").plain(f" {piece}").message(pause=pause_before(piece, pace))
            for piece in breaths(text)
        ]
    return made
