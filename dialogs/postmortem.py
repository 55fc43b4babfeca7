"""A real call, read afterwards: how far each line of the manager's went, where she opened and shut, what to ask next time.

    read = postmortem(turns, "Dana Whitfield")
    read.lines[0].level, read.lines[0].sure          # 1, 0.83
    read.parts()                                     # titles and texts, to print or to put on a page

The levels are readings of words (dialogs/disclosure.py), each with how sure it is; what is not sure is asked, not told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dialogs.called import OTHER_SIDE, called
from dialogs.disclosure import UNSURE, Reading, read_line
from dialogs.doors import opened_door
from dialogs.hearing.areas import areas_asked
from dialogs.hearing.text import plain
from dialogs.levels import LEVEL_SHORT
from dialogs.moves import ASKS, COSTLY, Move
from dialogs.patterns import lazy
from dialogs.plain_words import DID
from dialogs.practice import Turn
from dialogs.scenes import Speaker

ANSWERS = 0.5  # from here a line counts as an answer
DOUBTFUL_MOVE = 0.65
POSTS = frozenset("recruiter manager interviewer employer boss founder headhunter panel chair".split())
SHORT = 110  # characters of a line that is quoted in the review
GIVES = 1.7  # from this weight, between a formula and a hint, a sentence gives something away
MOST_SENTENCES = 40  # of a line that are weighed for what to quote
_SENTENCE = lazy(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True, slots=True)
class HerLine:
    """A line of the manager's as read: in which turn, how open (0-4), how sure. `told`: the level was put right by hand."""

    n: int
    text: str
    reading: Reading
    told: bool = False
    asked: bool = True

    @property
    def level(self) -> int:
        """How open it was, from 0 to 4."""
        return self.reading.level

    @property
    def sure(self) -> float:
        """How sure the reading of the level is, from 0 to 1."""
        return self.reading.sure

    @property
    def answers(self) -> bool:
        """Whether it is an answer at all, and not a greeting or a goodbye."""
        return self.told or (self.asked and self.reading.answers >= ANSWERS)

    @property
    def doubtful(self) -> bool:
        """Whether its level is asked rather than told."""
        return self.answers and not self.told and self.sure < UNSURE


@dataclass(frozen=True, slots=True)
class Swing:
    """A place where her answers went up or down: from one level to another, after these moves of yours."""

    n: int
    before: int
    after: int
    moves: tuple[Move, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Postmortem:
    """What can be read from a real call. `doubted`: the turns of which it is asked what was meant."""

    manager: str
    lines: tuple[HerLine, ...]
    opened: tuple[Swing, ...]
    shut: tuple[Swing, ...]
    next_time: tuple[str, ...]
    questions: tuple[str, ...]
    doubted: tuple[int, ...] = ()
    written: bool = False  # letters, in which nobody says hello or goodbye aloud

    @property
    def highest(self) -> HerLine | None:
        """Her most open line."""
        answers = [x for x in self.lines if x.answers]
        return max(answers, key=lambda x: (x.level, x.sure)) if answers else None

    @property
    def sure(self) -> float:
        """How sure the levels are on the whole: the mean over her answers."""
        answers = [x.sure for x in self.lines if x.answers]
        return sum(answers) / len(answers) if answers else 0.0

    def parts(self) -> list[tuple[str, str]]:
        """Titles and texts, in the order in which they are read."""
        out = [("How far it opened", self._how_far())]
        if answers := [x for x in self.lines if x.answers]:
            out.append(("Line by line", "\n".join(_line_text(x, written=self.written) for x in answers)))
        if self.opened:
            out.append(("Where it opened", "\n".join(_swing_text(s) for s in self.opened)))
        if self.shut:
            out.append(("Where it shut", "\n".join(_swing_text(s) for s in self.shut)))
        if self.next_time:
            out.append(("What to ask next time", "\n".join(self.next_time)))
        if self.questions:
            out.append(("Where the reading is not sure", "\n".join(self.questions)))
        return out

    @property
    def asks_how_open(self) -> bool:
        """Whether it asks how open one of the manager's answers was."""
        return any(x.doubtful for x in self.lines)

    def _how_far(self) -> str:
        top = self.highest
        if top is None:
            return (
                f"No answer to a question for the reason is seen in {'these letters' if self.written else 'this call'}."
            )
        sure = "put right by you" if top.told else f"{top.sure:.0%} sure"
        return f"{LEVEL_SHORT[top.level].capitalize()}, level {top.level} of 4 ({sure}), {_when(top.n, written=self.written)}: “{telling(top.text)}”"


def postmortem(
    turns: Sequence[Turn],
    manager: str,
    corrected: Mapping[tuple[int, int], int] | None = None,
    *,
    written: bool = False,
) -> Postmortem:
    """Read a call that was held with a real person. `corrected`: levels put right, by turn and line.

    `written`: these are letters. The first answers an application, so the reason counts as asked for from the start.
    """
    corrected, asked = corrected or {}, written
    lines: list[HerLine] = []
    for turn in turns:
        asked |= bool(set(turn.moves) & ASKS)
        for i, line in enumerate(turn.lines):
            if line.speaker is not Speaker.MANAGER:
                continue
            reading, told = read_line(line.text), corrected.get((turn.n, i))
            if told is not None:
                chances = [1.0 if k == told else 0.0 for k in range(5)]
                reading = Reading(told, 1.0, (chances[0], chances[1], chances[2], chances[3], chances[4]))
            lines.append(HerLine(turn.n, line.text, reading, told is not None, asked))
    swings = _swings(turns, lines)
    up = tuple(s for s in swings if s.after > s.before)
    down = tuple(s for s in swings if s.after < s.before)
    doubted = tuple(t.n for t in turns if _doubted(t))
    next_time = _next_time(turns, lines, manager, written=written)
    return Postmortem(manager, tuple(lines), up, down, next_time, _questions(turns, lines), doubted, written)


def _by_turn(lines: Sequence[HerLine]) -> dict[int, int]:
    out: dict[int, int] = {}
    for x in lines:
        if x.answers:
            out[x.n] = max(out.get(x.n, 0), x.level)
    return out


def _swings(turns: Sequence[Turn], lines: Sequence[HerLine]) -> list[Swing]:
    levels = _by_turn(lines)
    found, before = [], None
    for turn in turns:
        if turn.n not in levels:
            continue
        now = levels[turn.n]
        if before is not None and now != before:
            found.append(Swing(turn.n, before, now, turn.moves, turn.said))
        before = now
    return found


def _next_time(turns: Sequence[Turn], lines: Sequence[HerLine], manager: str, *, written: bool) -> tuple[str, ...]:
    m = _called(manager)
    made = [m for t in turns for m in t.moves]
    first_ask = next((t.n for t in turns if set(t.moves) & ASKS), None)
    settled = any(t.n <= (first_ask or 0) and set(t.moves) & {Move.ACCEPT, Move.REASSURE} for t in turns)
    answers = [x for x in lines if x.answers]
    top = max(answers, key=lambda x: x.level) if answers else None
    out = []
    told = top is not None and top.level >= 2  # what to ask is said by that
    if first_ask is None and not told:
        out.append("Ask. One sentence is enough: “Is there one area you would work on in my place?”")
    elif first_ask is not None and not settled:
        out.append("Say first that the decision stands: “I'm not calling to change it.” Then ask.")
    if top is None:
        return tuple(out)
    if set(made) & {Move.ARGUE, Move.ACCUSE, Move.THREATEN}:
        out.append("Leave the counter out, even a good one. Thanks and one question get further.")
    match top.level:
        case 0 | 1 if first_ask is None:
            pass  # to ask at all comes first
        case 0:
            out.append(
                "Ask for advice instead of the reason: “Without the reason: what should I practise before the next one?”"
            )
        case 1:
            out.append(
                "A formula fits anyone. Offer a choice: “Was it more the experience, or something in the interview?”"
            )
        case 2:
            topic = next(iter(areas_asked(plain(top.text))), "")
            about = f" about the {topic.replace('_', ' ')}" if topic else ""
            out.append(
                f"{m} gave a direction. Ask on{about}: “What would have looked different in a stronger candidate?”"
            )
        case 3:
            out.append(f"{m} told you the reason. Ask what to do with it: “What would you do about it in my place?”")
        case _:
            out.append(f"{m} told you all of it. What is left is to say what you will do, and when.")
    if Move.COMMIT not in made and top.level in (2, 3):
        out.append("Say what you will do with it, with a date. That is often answered with one more piece of advice.")
    if door := _about_later(turns, lines, m, written=written):
        out.append(door)
    return tuple(out)


def _about_later(turns: Sequence[Turn], lines: Sequence[HerLine], m: str, *, written: bool) -> str:
    """What can still be said about later on: a door that she opened herself is taken up, and not asked for."""
    opened = next(((x.n, door) for x in lines if (door := opened_door(x.text))), None)
    if opened is None:
        made = any(Move.DOOR in t.moves for t in turns)
        last = "As the last sentence" if written else "Before goodbye"
        return "" if made else f"{last}: “If something falls through, or opens later, may I write to you?”"
    if any(t.n > opened[0] and set(t.moves) & {Move.DOOR, Move.COMMIT} for t in turns):
        return ""  # it was taken up
    return f"{m} opened a door: “{_short(opened[1])}” Take it up in so many words: “I'd like that. You'll hear from me in …”"


def _when(n: int, *, written: bool) -> str:
    """Where in the call: the other side may have begun."""
    return f"in turn {n}" if n else f"before your first {'letter' if written else 'words'}"


def _called(manager: str) -> str:
    """How one speaks of the other side: by the first name; by what they are, where the transcript has no name."""
    first = called(manager)
    if first == OTHER_SIDE:
        return f"T{first[1:]}"
    if manager.casefold() == "hr":
        return "HR"
    return f"The {first.casefold()}" if len(manager.split()) < 2 and first.casefold() in POSTS else first


def _questions(turns: Sequence[Turn], lines: Sequence[HerLine]) -> tuple[str, ...]:
    out = []
    for x in lines:
        if x.doubtful:
            first, second = sorted(sorted(range(5), key=lambda k: -x.reading.chances[k])[:2])
            out.append(
                f"Turn {x.n}: “{telling(x.text)}” Was that {LEVEL_SHORT[first]} ({first}) or {LEVEL_SHORT[second]} ({second})?"
            )
    for turn in turns:
        move = _doubted(turn)
        if move is not None:
            out.append(f"Turn {turn.n}, “{_short(turn.said)}”: did you mean that as {DID[move]}?")
    return tuple(out)


def _doubted(turn: Turn) -> Move | None:
    """What is asked of a turn: the heaviest of what was heard in it with doubt."""
    doubtful = [m for m in turn.moves if turn.heard.scores.get(m, 1.0) < DOUBTFUL_MOVE and m is not Move.OTHER]
    if not doubtful:
        return None
    return next((m for m in doubtful if m in COSTLY or m is Move.PRY), doubtful[-1])


def _line_text(x: HerLine, *, written: bool) -> str:
    sure = "put right by you" if x.told else f"{x.sure:.0%} sure"
    where = _when(x.n, written=written).removeprefix("in ")
    return f"{where[0].upper()}{where[1:]}, level {x.level}, {LEVEL_SHORT[x.level]} ({sure}): “{telling(x.text)}”"


def _swing_text(s: Swing) -> str:
    did = ", ".join(DID[m] for m in s.moves) or "nothing that was heard"
    return f"Turn {s.n}, from level {s.before} to {s.after}, after “{_short(s.words)}” ({did})"


def telling(text: str) -> str:
    """A line in little room: of a long one, as in a letter, the sentence that gives most away."""
    if len(" ".join(text.split())) <= SHORT:
        return _short(text)
    sentences = _sentences(text)
    weights = [_weight(read_line(s)) for s in sentences]
    at = weights.index(max(weights))
    return f"{'… ' if at else ''}{_short(sentences[at])}{' …' if at < len(sentences) - 1 else ''}".replace(" … …", " …")


def without_courtesies(text: str) -> str:
    """The sentences of a line that give something away; of one that gives nothing, the one that comes nearest."""
    sentences = _sentences(text)
    weights = [_weight(read_line(s)) for s in sentences]
    telling = [s for s, weight in zip(sentences, weights, strict=True) if weight >= GIVES]
    return " ".join(telling) or sentences[weights.index(max(weights))]


def _sentences(text: str) -> list[str]:
    return [" ".join(s.split()) for s in _SENTENCE.split(text) if s.strip()][:MOST_SENTENCES]


def _weight(reading: Reading) -> float:
    """How much a sentence gives away, on the whole."""
    return reading.answers * sum(k * chance for k, chance in enumerate(reading.chances))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= SHORT else flat[: SHORT - 3].rsplit(" ", 1)[0] + " …"
