"""A logged call as lines for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.log.calls import LoggedCall
from bot.width import WIDTH
from dialogs.called import called
from dialogs.endings import ended
from dialogs.levels import named
from dialogs.moves import Move
from dialogs.practice import Turn
from dialogs.scenes import COMMON, SCENES, Line, Speaker
from dialogs.transcript import note, one_line, said


def local(at: str, seconds: bool = False) -> str:
    """A time of the log as the clock on this wall shows it."""
    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M:%S" if seconds else "%Y-%m-%d %H:%M")


def level_words(level: int | None) -> str:
    """A disclosure level by number and name: “level 3, one concrete reason”; nothing where nothing was asked."""
    return "" if level is None else named(level)


def head(call: LoggedCall, *, at: str) -> Iterator[str]:
    """What the call was and how it went, a fact a line."""
    yield f"session:  {call.session}"
    yield f"with:     {call.manager}{', ' + call.title if call.title and call.title != call.manager else ''}"
    yield f"when:     {at}"
    yield f"turns:    {call.turns}"
    yield f"outcome:  {ended(call.outcome) if call.outcome or call.kind != 'imported' else 'not noted'}"
    reach = " (as read from the words)"
    if call.version:  # how far it could go is sealed until the call is over
        reach = f"; the highest anyone could reach was level {call.reachable_level}" if call.ended else " so far"
    yield f"opened:   {level_words(call.highest_level)}{reach}"
    if call.parent:
        yield f"again:    {try_of(call)}"
    if call.kind != "practice":
        yield f"kind:     {call.kind}"
    if call.note:
        yield f"note:     {one_line(call.note)}"


def try_of(call: LoggedCall) -> str:
    """Which call this one is another try of, or goes on from words that were taken back."""
    if call.edited:
        return f"call {call.parent} with its words from turn {call.parent_turn} on taken back"
    return f"another try of call {call.parent}, from turn {call.parent_turn}"


def voice_of(line: Line, manager: str, reception: str = "Reception") -> str:
    """How the voice of a line is called. In an imported call a heading is the name of somebody else on the line."""
    if line.heading and line.heading not in SCENES and line.heading not in (*COMMON, "care"):
        return line.heading
    return {
        Speaker.MANAGER: called(manager, "Manager"),
        Speaker.RECEPTION: reception,
        Speaker.MACHINE: "Voicemail",
        Speaker.COACH: "Runner-Up",
    }[line.speaker]


def voice(line: Line, call: LoggedCall) -> str:
    """How a voice is called when this logged call is read."""
    return voice_of(line, call.manager)


def lines(
    call: LoggedCall, turns: Sequence[Turn], times: Sequence[str] = (), *, full: bool = False, width: int = WIDTH
) -> Iterator[str]:
    """The conversation, one voice a paragraph; `full` adds what was heard, what fired and when."""
    margin = max([len("You"), *(len(voice(x, call)) for t in turns for x in t.lines)]) + 2
    for turn in turns:
        if turn.n:
            yield from speech("You", said(turn), margin, width)
            if full:
                yield from _behind(turn, times, margin, called(call.manager, "the manager"))
        for line in turn.lines:
            yield from speech(voice(line, call), one_line(line.text), margin, width)


def _behind(turn: Turn, times: Sequence[str], margin: int, name: str) -> Iterator[str]:
    from dialogs.plain_words import plainly

    at = f"  {times[turn.n]}" if turn.n < len(times) else ""
    yield f"{'':{margin}}[{note(turn)}]{at}"
    scores = {m: p for m, p in turn.heard.scores.items() if p >= 0.1 and m is not Move.OTHER}
    if scores:
        shown = sorted(scores.items(), key=lambda each: -each[1])
        yield f"{'':{margin}}heard: " + ", ".join(f"{m} {p:.0%}" for m, p in shown)
    if turn.why:
        yield f"{'':{margin}}why: {' '.join(plainly(why, name) for why in turn.why)}"
    before, after = turn.mood_before, turn.mood
    if after.trust is not None and after != before:
        yield (
            f"{'':{margin}}trust {before.trust:g} → {after.trust:g}, patience {before.patience:g} → {after.patience:g}, "
            f"minutes {before.minutes:.1f} → {after.minutes:.1f}"
        )


def speech(name: str, words: str, margin: int, width: int = WIDTH) -> Iterator[str]:
    """A voice's words, wrapped, the name before the first line."""
    wrapped = textwrap.wrap(words, max(20, width - margin)) or [""]
    yield f"{name + ':':{margin}}{wrapped[0]}"
    for more in wrapped[1:]:
        yield " " * margin + more
