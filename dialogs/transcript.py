"""A play: one text form for a call, read by people, by `replay` and by the tests.

    # A polite question, taken with grace, earns the specific reason.
    scenario: harbour
    seed: 1

    Dana: Dana Whitfield speaking.
    You:  Hello, this is Sam Ortiz. I interviewed for the analyst role last week. Is this a good time?
          [introduce, permission → opening]
    Dana: Sure, I have a minute.

Lines before the first speaker are the head. Bracket lines are optional when read: they say what was heard, where the call went,
and the level of the answer. A line indented further than a speaker continues the text above it. `You: (hangs up)` rings off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from dialogs.hearing.heard import Aside
from dialogs.moves import Move
from dialogs.patterns import lazy
from dialogs.practice import Turn
from dialogs.scenario import Scenario
from dialogs.scenes import Speaker

YOU = "You"
HANGS_UP = "(hangs up)"
SAYS_NOTHING = "(says nothing)"
OUTSIDE = "Runner-Up"  # who speaks outside the role
_SPEAKER = lazy(r"^([^\s:\[#][^:\[\n]{0,60}):(?:[ \t]+(.*))?$")
_NOTE = lazy(r"^\s*\[([^\]\n]{0,400})\]\s*$")
_HEAD = lazy(r"^([a-z][a-z ]{0,30}):[ \t]*(.*)$")

MAX_LINES = 20_000


class BadPlay(ValueError):
    """A text that is not a play; the message names the line and the way out."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """What you said, what was noted about it, and what came back. The pick-up has no words of yours (`said` is None)."""

    said: str | None
    note: str = ""
    says: tuple[tuple[str, str], ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Play:
    """A call as written down: its claim, its scenario and seed, and the exchanges in order."""

    claim: str = ""
    scenario: str = ""
    seed: int = 1
    head: dict[str, str] = field(default_factory=dict, hash=False)
    exchanges: tuple[Exchange, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """The candidate's words, turn by turn."""
        return tuple(e.said for e in self.exchanges if e.said is not None)


def looks_like_play(text: str) -> bool:
    """Whether this text begins as a play does: with a claim or a head, not with somebody's words."""
    for line in text.splitlines():
        if line.strip():
            return line.startswith("# ") or re.match(r"(?:scenario|seed):\s", line) is not None
    return False


def read_play(text: str) -> Play:
    """The play in this text. Raises BadPlay with the line and what to do."""
    reader = _Reader()
    lines = text.replace("\r\n", "\n").removeprefix("\ufeff").split("\n")
    if len(lines) > MAX_LINES:
        raise BadPlay(f"line {MAX_LINES}: a play has at most {MAX_LINES} lines")
    for number, line in enumerate(lines, 1):
        reader.take(number, line)
    return reader.play()


class _Reader:
    def __init__(self) -> None:
        self.claim: list[str] = []
        self.head: dict[str, str] = {}
        self.done: list[Exchange] = []
        self.said: str | None = None
        self.note = ""
        self.says: list[tuple[str, str]] = []
        self.started_at = 0
        self.talking = False

    def take(self, number: int, line: str) -> None:
        if not line.strip():
            return
        if line.startswith("#"):
            if not self.talking and not self.head:
                self.claim.append(line.lstrip("# ").rstrip())
            return
        if note := _NOTE.match(line):
            self.note = note[1].strip()
            return
        if line[0] in " \t" and self.talking:
            self._continue(line.strip())
            return
        if not self.talking and (field_ := _HEAD.match(line)):
            self.head[field_[1].strip()] = field_[2].strip()
            return
        if speaker := _SPEAKER.match(line):
            self._speak(number, speaker[1].strip(), (speaker[2] or "").strip())
            return
        raise BadPlay(f"line {number}: expected 'Name: words'; put the speaker's name and a colon first")

    def _speak(self, number: int, name: str, words: str) -> None:
        if name == YOU:
            self._close()
            self.said, self.started_at = words, number
        else:
            self.says.append((name, words))
        self.talking = True

    def _continue(self, words: str) -> None:
        if self.says:
            name, before = self.says[-1]
            self.says[-1] = (name, f"{before} {words}".strip())
        elif self.said is not None:
            self.said = f"{self.said} {words}".strip()

    def _close(self) -> None:
        if self.said is not None or self.says:
            self.done.append(Exchange(self.said, self.note, tuple(self.says), self.started_at))
        self.said, self.note, self.says = None, "", []

    def play(self) -> Play:
        self._close()
        seed = self.head.get("seed", "1")
        if not re.fullmatch(r"\d{1,9}", seed):
            raise BadPlay(f"seed: wants a whole number, not '{seed[:40]}'")
        if not self.done and not self.head:
            raise BadPlay("line 1: this is no play; it begins with 'scenario: NAME' and then 'You: …'")
        return Play(
            claim=" ".join(self.claim).strip(),
            scenario=self.head.get("scenario", ""),
            seed=int(seed),
            head=self.head,
            exchanges=tuple(self.done),
        )


# -- writing --------------------------------------------------------------------------------------


def speaker_name(speaker: Speaker, scenario: Scenario) -> str:
    """How a voice is called in a transcript."""
    return {
        Speaker.MANAGER: scenario.first_name,
        Speaker.RECEPTION: scenario.receptionist,
        Speaker.MACHINE: "Voicemail",
        Speaker.COACH: OUTSIDE,
    }[speaker]


def note(turn: Turn) -> str:
    """The bracket line of a turn: moves → phase, and the level of the answer."""
    heard = str(turn.heard.aside)
    if not turn.heard.aside:
        matter = turn.heard.matter
        heard = ", ".join([*(m for m in turn.moves if not (matter and m is Move.OTHER)), *([matter] if matter else [])])
    level = "" if turn.level is None else f", level {turn.level}"
    return f"{heard} → {turn.phase}{level}"


def said(turn: Turn) -> str:
    """The candidate's words on one line, or what they did instead of speaking."""
    if turn.heard.aside is Aside.HANG_UP:
        return HANGS_UP
    return one_line(turn.said) or SAYS_NOTHING


def one_line(text: str) -> str:
    """The words without line breaks or control characters, so that a transcript keeps its shape."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def write_play(scenario: Scenario, seed: int, turns: Iterable[Turn], *, claim: str = "", notes: bool = True) -> str:
    """The call as a play; `read_play` reads it back, and replaying it gives the same words."""
    out = [f"# {claim}"] if claim else []
    out += [f"scenario: {scenario.name}", f"seed: {seed}", ""]
    turns = tuple(turns)
    spoken = {speaker_name(line.speaker, scenario) for turn in turns for line in turn.lines}
    width = max(map(len, {scenario.first_name, YOU, *spoken})) + 2
    for turn in turns:
        if turn.n > 0:
            out.append(f"{YOU + ':':<{width}}{said(turn)}")
            if notes:
                out.append(f"{'':<{width}}[{note(turn)}]")
        out += [f"{speaker_name(line.speaker, scenario) + ':':<{width}}{line.text}" for line in turn.lines]
    return "\n".join(out) + "\n"
