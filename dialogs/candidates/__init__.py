"""Simulated candidates: strangers who ring, in a style of their own, and answer what comes back in sentences.

    turns = hold(scenario, seed=7, style="timid", ear=ear)     # the whole call, pick-up first

A candidate sees only what a caller sees: who is on the line, what was just said, whether it was a question. What it wants to do
is a list of acts; `words.yaml` turns acts into sentences. Without an ear the acts count as the moves they are, to
measure the rules alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random
from zlib import crc32

import yaml

from dialogs.call import MATTERS, TABLE
from dialogs.candidates.styles import WAYS
from dialogs.candidates.talk import ACTS, Act, Said, Talk
from dialogs.hearing.heard import Aside, Cue, Heard
from dialogs.hearing.matters import Matter
from dialogs.moves import Move
from dialogs.practice import Ear, Practice, Turn
from dialogs.scenario import Scenario

STYLES: tuple[str, ...] = tuple(WAYS)
"""The styles of candidates, from the one to learn from to the one that does anything."""

AVERAGE_PLAY: tuple[str, ...] = (
    "average", "model", "average", "timid", "average", "knowing",
    "average", "terse", "average", "over-apologetic", "average", "rambling",
)  # fmt: skip
"""Average play, taken in turn: half the calls in the average style, and one in twelve in each of the others that mean well."""

MOST_TURNS = 60  # a call that goes on for longer than this never ends

NAMES = (
    "Sam Ortiz", "Priya Nair", "Tom Becker", "Lucy Adeyemi", "Jonas Lind", "Mei Tan", "Carlos Vega", "Ewa Kowal", "Dean Whitlock",
    "Farah Siddiqui",
)  # fmt: skip


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    text = (Path(__file__).parent / "words.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # our own file, so plain YAML will do
    read: dict[str, dict[str, list[str]]] = yaml.load(text, loader)  # noqa: S506
    return read


class Candidate:
    """One caller: a style, a name, and a memory of what they have said already."""

    def __init__(self, style: str, seed: int, scenario: Scenario) -> None:
        self.style = style
        self._lot = Random(f"candidate:{style}:{seed}")
        self._way: Callable[[Talk], list[Act]] = WAYS[style]
        guess = f"ask_{scenario.area}" if scenario.area else "ask_open"
        # The same seed is another way with another manager, or what comes last in the list would never be tried.
        self._talk = Talk(self._lot, drawn=seed + crc32(scenario.name.encode()), guess=guess)
        self._used: set[str] = set()
        self._about = {
            "name": self._lot.choice(NAMES),
            "job": scenario.job,
            "company": scenario.company,
            "manager": scenario.manager,
        }

    def answer(self, turn: Turn) -> Said:
        """What this caller says to what has just come back."""
        self._talk.listen(turn)
        acts = self._way(self._talk) or ["close"]
        self._talk.note(acts)
        words = [] if "hang_up" in acts else [self._sentence(act) for act in acts]
        return Said("" if "silence" in acts else " ".join(words), tuple(acts))

    def _sentence(self, act: Act) -> str:
        bank = _words()
        lines = bank.get(self.style, {}).get(act) or bank["plain"][act]
        fresh = [line for line in lines if line not in self._used] or lines
        line = self._lot.choice(fresh)
        self._used.add(line)
        for word, value in self._about.items():
            line = line.replace("{" + word + "}", value)
        return line


def as_heard(said: Said) -> Heard:
    """The acts as the moves they are, without an ear."""
    asides = {
        "silence": Aside.SILENCE,
        "software": Aside.SOFTWARE,
        "foreign": Aside.FOREIGN,
        "distress": Aside.DISTRESS,
    }
    count = len(said.text.split())
    for act in said.acts:
        if act in asides:
            return Heard(aside=asides[act], words=count)
    moves = [move for act in said.acts if (move := ACTS[act]) is not None]
    areas = tuple(act.removeprefix("ask_") for act in said.acts if act in AREA_ACTS)
    plain = Heard.of(*moves, areas=areas, words=count)
    sure = plain.sure if "insult" in said.acts else plain.sure - {Move.ACCUSE}  # blame alone may be misheard
    if "hint_at_threat" in said.acts:
        sure -= {Move.THREATEN}
    matter = next((Matter(act) for act in said.acts if act in MATTERS), Matter.NONE)
    return replace(plain, sure=sure, wary="edgy" in said.acts, words=count, matter=matter)


AREA_ACTS = frozenset(a for a in ACTS if a.startswith("ask_") and a not in ("ask_open", "ask_points"))


@dataclass(frozen=True, slots=True)
class Held:
    """A whole call as a simulated candidate held it."""

    scenario: Scenario
    seed: int
    style: str
    turns: tuple[Turn, ...]
    rows: frozenset[int] = frozenset()  # places in TABLE of the rows that were taken

    @property
    def ended(self) -> bool:
        """Whether the call came to its end."""
        return self.turns[-1].ended

    @property
    def highest(self) -> int:
        """The highest level (0-4) reached."""
        return max((t.level for t in self.turns if t.level is not None), default=0)


def hold(scenario: Scenario, seed: int, style: str, ear: Ear | None = None) -> Held:
    """One whole call of this style; the same scenario, seed and style give the same call."""
    practice = Practice(scenario, seed)
    caller = Candidate(style, seed, scenario)
    turns = [practice.begin()]
    rows = {_PLACE[row] for row in practice.call.taken}
    while not turns[-1].ended and len(turns) <= MOST_TURNS:
        said = caller.answer(turns[-1])
        if "hang_up" in said.acts:
            turns.append(practice.hang_up())
        else:
            heard = ear(said.text, practice.cue) if ear is not None else as_heard(said)
            turns.append(practice.take(heard, said.text))
        rows |= {_PLACE[row] for row in practice.call.taken}
    return Held(scenario, seed, style, tuple(turns), frozenset(rows))


_PLACE = {row: place for place, row in enumerate(TABLE)}


class Remembering:
    """An ear that hears the same words only once: what it makes of them depends on the words and two facts of the cue."""

    def __init__(self, ear: Ear, most: int = 100_000) -> None:
        self._ear = ear
        self._most = most
        self._kept: dict[tuple[str, bool, bool], Heard] = {}

    def __call__(self, text: str, cue: Cue) -> Heard:
        key = (text, cue.asked, cue.gave_reason)
        heard = self._kept.get(key)
        if heard is None:
            if len(self._kept) >= self._most:
                self._kept.clear()
            heard = self._kept[key] = self._ear(text, cue)
        return heard


__all__ = ["ACTS", "AVERAGE_PLAY", "STYLES", "Candidate", "Held", "Remembering", "Said", "Talk", "as_heard", "hold"]
