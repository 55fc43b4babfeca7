"""Replay: a call that was held, held again against the present program, and every difference between the two.

    replayed = replay_play(read_play(text), "a.txt", listen)
    replayed.differences         # what was heard, phase, level and words, turn by turn

Words are heard anew, by the present hearing, in the present scenario. Two things are told apart: a *break* (the same rules, the
same scenario and the same hearing give another call: never to happen) and a *change* (something of these is newer by now).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from dialogs.hearing.heard import Aside
from dialogs.practice import ENGINE, Ear, Practice, Turn
from dialogs.scenario import Scenario
from dialogs.scenes import Line, Speaker
from dialogs.transcript import HANGS_UP, OUTSIDE, SAYS_NOTHING, Exchange, Play, note, one_line, said, speaker_name

HEARD, PHASE, LEVEL, WORDS, END = "heard", "phase", "level", "words", "end"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is otherwise now: in turn `n`, `what` (heard, phase, level, words, end) `was` this and is `now` that."""

    n: int
    what: str
    was: str
    now: str

    def __str__(self) -> str:
        return f"turn {self.n}, {self.what}: was {self.was or 'nothing'}; now {self.now or 'nothing'}"

    def as_json(self) -> dict[str, Any]:
        """The shape `replay --json` prints."""
        return {"n": self.n, "what": self.what, "was": self.was, "now": self.now}


@dataclass(frozen=True, slots=True)
class Replayed:
    """A call as it goes now, beside what it was. `broken`: nothing is newer, and yet it differs."""

    file: str
    scenario: Scenario | None
    seed: int
    turns: tuple[Turn, ...]
    differences: tuple[Difference, ...] = ()
    broken: bool = False
    notes: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    manager: str = ""  # the other side's name where there is no scenario: a transcript of elsewhere

    def as_json(self) -> dict[str, Any]:
        """The shape other programs rely on."""
        row: dict[str, Any] = {
            "file": self.file,
            "turns": len([t for t in self.turns if t.n]),
            "differences": [d.as_json() for d in self.differences],
            "scenario": self.scenario.name if self.scenario else "",
            "seed": self.seed,
        }
        return row | ({"notes": list(self.notes)} if self.notes else {})


# -- plays --------------------------------------------------------------------------------------------


def replay_play(play: Play, file: str, scenario: Scenario, ear: Ear) -> Replayed:
    """Hold a play again. What the play does not say (bracket lines, the manager's words) is not compared."""
    practice = Practice(scenario, play.seed, ear=ear)
    turns = [practice.begin()]
    found: list[Difference] = []
    noted = any(e.note for e in play.exchanges)
    voiced = any(e.says for e in play.exchanges if e.said is not None)
    for exchange in play.exchanges:
        if exchange.said is None:
            found += _words(0, exchange.says, _spoken(turns[0], scenario))
            continue
        if practice.ended:
            left = sum(1 for e in play.exchanges if e.said is not None) - turns[-1].n
            found.append(Difference(turns[-1].n + 1, END, "the call goes on", f"it has ended; {left} not said"))
            break
        turn = _care_as_written(exchange, say(practice, exchange.said))
        turns.append(turn)
        if noted and exchange.note:
            found += _against_note(turn, exchange)
        if voiced:
            found += _words(turn.n, exchange.says, _spoken(turn, scenario))
    return Replayed(file, scenario, play.seed, tuple(turns), tuple(found))


def say(practice: Practice, words: str) -> Turn:
    """Say a play's line: words, `(says nothing)` or `(hangs up)`."""
    match words.strip():
        case w if w == HANGS_UP:
            return practice.hang_up()
        case w if w == SAYS_NOTHING:
            return practice.hear("")
    return practice.hear(words)


def _care_as_written(exchange: Exchange, turn: Turn) -> Turn:
    """The same for a play: only words of Runner-Up itself are left as they stand."""
    told = exchange.says
    if turn.heard.aside is not Aside.DISTRESS or not told or any(name != OUTSIDE for name, _ in told):
        return turn
    return turn._replace(lines=tuple(Line(Speaker.COACH, text, "care") for _, text in told))


def _spoken(turn: Turn, scenario: Scenario) -> tuple[tuple[str, str], ...]:
    return tuple((speaker_name(line.speaker, scenario), one_line(line.text)) for line in turn.lines)


def _words(n: int, was: Sequence[tuple[str, str]], now: Sequence[tuple[str, str]]) -> Iterator[Difference]:
    told, tells = ([f"{name}: {one_line(text)}" for name, text in said_] for said_ in (was, now))
    for i in range(max(len(told), len(tells))):
        before, after = (lines[i] if i < len(lines) else "" for lines in (told, tells))
        if before != after:
            yield Difference(n, WORDS, before, after)


def _against_note(turn: Turn, exchange: Exchange) -> Iterator[Difference]:
    was, now = _parts(exchange.note), _parts(note(turn))
    for what, before in was.items():
        if before != now.get(what, ""):
            yield Difference(turn.n, what, before, now.get(what, ""))
    if PHASE in was and LEVEL in now and LEVEL not in was:
        yield Difference(turn.n, LEVEL, "", now[LEVEL])


def _parts(text: str) -> dict[str, str]:
    """A bracket line taken apart: moves → phase, level."""
    heard, arrow, rest = text.replace("->", "→").partition("→")
    parts = {HEARD: ", ".join(w.strip() for w in heard.split(",") if w.strip())}
    if arrow:
        phase, comma, level = rest.partition(",")
        parts[PHASE] = phase.strip()
        if comma:
            parts[LEVEL] = level.strip().removeprefix("level").strip()
    return parts


# -- logged calls -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Kept:
    """A call as it was kept: its turns, the scenario as it was then, and under which rules and hearing it was held."""

    file: str
    seed: int
    turns: Sequence[Turn]
    scenario: Scenario
    engine: str
    hearing: str
    times: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Present:
    """What a kept call is held against: scenarios as they are now (None when one is gone), and the hearing for a weight."""

    find: Callable[[str], Scenario | None]
    listen: Callable[[str], tuple[str, Ear]] = field(repr=False)


def replay_kept(kept: Kept, present: Present) -> Replayed:
    """Hold a logged call again: faithfully where nothing is newer, and against the present program where something is."""
    version, ear = present.listen(weight_of(kept.hearing))
    scenario = present.find(kept.scenario.name)
    notes: list[str] = []
    if scenario is None:
        scenario = kept.scenario
        notes.append(f"there is no scenario '{kept.scenario.name}' now; held with the one kept in the log")
    newer = scenario.version != kept.scenario.version
    if newer:
        notes.append(f"the scenario has changed ({kept.scenario.version} then, {scenario.version} now)")
    if kept.engine != ENGINE:
        notes.append(f"the rules have changed (engine {kept.engine} then, {ENGINE} now)")
    same_hearing = hearing_version(kept.hearing) == version
    if kept.engine == ENGINE and not (newer and same_hearing):
        # The same rules: what was heard, folded again through the scenario as it was, must give the same call.
        folded = tuple(_compare(kept.turns, _folded(kept), kept.scenario, hearing=False))
        if folded:
            return Replayed(
                kept.file, kept.scenario, kept.seed, tuple(_folded(kept)), folded, True, tuple(notes), kept.times
            )
    anew = _held_anew(kept, scenario, ear)
    found = tuple(_compare(kept.turns, anew, scenario, hearing=True))
    if not same_hearing:
        notes.append(f"hearing was '{kept.hearing or 'not noted'}' then and is '{version}' now")
    broken = bool(found) and same_hearing and not newer and kept.engine == ENGINE
    return Replayed(kept.file, scenario, kept.seed, tuple(anew), found, broken, tuple(notes), kept.times)


def weight_of(hearing: str) -> str:
    """`full` or `light`, as the log notes it; empty when it does not say."""
    return next((w for w in hearing.split() if w in ("full", "light")), "")


def hearing_version(hearing: str) -> str:
    """The hearing a call was held with. Calls that note a weight alone are from the time of version 1."""
    return f"1 {hearing}" if hearing in ("full", "light") else hearing


def _folded(kept: Kept) -> list[Turn]:
    practice = Practice(kept.scenario, kept.seed)
    turns = [practice.begin()]
    for turn in kept.turns[1:]:
        if practice.ended:
            break
        turns.append(_care_as_told(turn, practice.take(turn.heard, turn.said)))
    return turns


def _held_anew(kept: Kept, scenario: Scenario, ear: Ear) -> list[Turn]:
    practice = Practice(scenario, kept.seed, ear=ear)
    turns = [practice.begin()]
    for turn in kept.turns[1:]:
        if practice.ended:
            break
        hung_up = turn.heard.aside is Aside.HANG_UP
        turns.append(_care_as_told(turn, practice.hang_up() if hung_up else practice.hear(turn.said)))
    return turns


def _care_as_told(was: Turn, now: Turn) -> Turn:
    """What is said to somebody in distress is no part of the call: it stays in the words in which it was said."""
    return now._replace(lines=was.lines) if was.heard.aside is now.heard.aside is Aside.DISTRESS else now


def _compare(was: Sequence[Turn], now: Sequence[Turn], scenario: Scenario, *, hearing: bool) -> Iterator[Difference]:
    for before, after in zip(was, now, strict=False):
        if hearing and (b := _heard(before)) != (a := _heard(after)):
            yield Difference(before.n, HEARD, b, a)
        if before.phase != after.phase:
            yield Difference(before.n, PHASE, str(before.phase), str(after.phase))
        if before.level != after.level:
            yield Difference(before.n, LEVEL, *("" if t.level is None else str(t.level) for t in (before, after)))
        if before.lines != after.lines:
            yield from _words(before.n, _spoken(before, scenario), _spoken(after, scenario))
    if len(was) != len(now):
        left = len(was) - len(now)
        yield Difference(now[-1].n + 1, END, "the call goes on", f"it has ended; {left} not said")


def _heard(turn: Turn) -> str:
    return str(turn.heard.aside) or ", ".join(turn.moves)


__all__ = ["Difference", "Kept", "Present", "Replayed", "replay_kept", "replay_play", "said", "say"]
