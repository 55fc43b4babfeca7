"""The ladder: nine calls from easy to hard, each with one thing to learn; and two model calls to read before the first.

    for rung in rungs(): rung.name, rung.goal
    following({"harbour": [("warm", 3)]})       # "ward"
    bad, good = model_calls()                   # the same manager, the same day

Nothing here closes a door: any manager may be called at any time. A rung is left when its goal was reached, or after three tries, for
one can learn from a call that went nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from dialogs.scenario import Scenario, library, read_scenario
from dialogs.transcript import YOU, read_play

TRIES = 3  # after which the ladder goes on, whatever came of them

Result = tuple[str, int]
"""How a call ended (an Outcome) and the highest level reached in it (0-4)."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be reached on a rung, in words to the caller ({m}: the manager), and whether a call reached it."""

    text: str
    reached: Callable[[str, int], bool]
    dares: bool = False  # it asks for what a call is otherwise held to avoid
    won: str = ""  # what such a call came to, said by itself where a part of the text was left out
    parts: Mapping[str, str] = field(default_factory=dict)  # check of the debrief → the part of the text it looks at

    def left(self, failed: Collection[str]) -> tuple[str, ...]:
        """The parts of the text that were left out, by the checks that are a no."""
        return tuple(part for check, part in self.parts.items() if check in failed)


_KIND = frozenset({"warm", "neutral"})
GOALS: Mapping[int, Goal] = {
    1: Goal(
        "Accept the decision first, ask for one thing, and hear what decided it.",
        lambda o, n: n >= 3,
        won="You heard what decided it.",
        parts={"settled": "accepting the decision first", "narrow": "asking for one thing"},
    ),
    2: Goal(
        "Ask by criterion, take the answer well, and end the call warmly.",
        lambda o, n: n >= 3 and o == "warm",
        won="You heard what decided it, and the call ended warmly.",
        parts={
            "narrow": "asking by criterion",
            "took": "taking the answer well",
            "parting": "a goodbye of your own, with thanks",
        },
    ),
    3: Goal(
        "Go and get hung up on. Say what one must not say, and notice that nothing happens to you.",
        lambda o, n: o in ("cut_off", "cold"),
        dares=True,
    ),
    4: Goal("{m} has three minutes. Get a hint in them, without a detour.", lambda o, n: n >= 2 and o in _KIND),
    5: Goal("{m} is kind, and keeps something back. Make it safe to say.", lambda o, n: n >= 3),
    6: Goal(
        "A panel owes you an answer. Take it criterion by criterion, without arguing.",
        lambda o, n: n >= 3 and o in _KIND,
        won="The panel's answer was given.",
        parts={"narrow": "taking it criterion by criterion", "calm": "doing so without arguing"},
    ),
    7: Goal("Get past the front desk, and learn from a recruiter what the firm would not say.", lambda o, n: n >= 3),
    8: Goal(
        "Nothing will be told here. Show that you understand why, and part well.",
        lambda o, n: o == "warm",
        won="The call ended warmly.",
        parts={"took": "showing that you understand", "parting": "parting with thanks and a goodbye"},
    ),
    9: Goal("The hardest of all: win one word, or at least a decent goodbye.", lambda o, n: n >= 2 or o == "warm"),
}


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: which manager, what the call teaches, what is to be reached."""

    number: int
    name: str
    title: str
    teaches: str
    goal: str

    def reached(self, outcome: str, highest: int) -> bool:
        """Whether a call that ended so reached the goal."""
        return GOALS[self.number].reached(outcome, highest)

    def left(self, results: Sequence[Result]) -> bool:
        """Whether it is time for the next rung."""
        return len(results) >= TRIES or any(self.reached(outcome, highest) for outcome, highest in results)


def goal_for(scenario: Scenario) -> Goal | None:
    """What this manager is on the ladder for; None for one who is not on it."""
    return GOALS.get(scenario.rung) if scenario.rung and scenario.name in _built_in() else None


@cache
def _built_in() -> frozenset[str]:
    return frozenset(library())


@cache
def rungs() -> tuple[Rung, ...]:
    """The built-in ladder, from the easiest call to the hardest."""
    found = []
    for path in library().values():
        scenario = read_scenario(path)
        if scenario.rung:
            goal = GOALS[scenario.rung].text.format(m=scenario.first_name)
            found.append(Rung(scenario.rung, scenario.name, scenario.title, scenario.teaches, goal))
    return tuple(sorted(found, key=lambda r: r.number))


def rung_of(name: str) -> Rung | None:
    """The rung on which this manager stands, if any."""
    return next((r for r in rungs() if r.name == name), None)


def following(results: Mapping[str, Sequence[Result]]) -> str | None:
    """The manager to call next, by the calls so far (name → results); None when the ladder has been climbed."""
    return next((r.name for r in rungs() if not r.left(results.get(r.name, ()))), None)


# -- the model calls -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Moment:
    """One exchange of a model call: what was said, what came back, and what to notice. The pick-up has no words (`said` empty)."""

    said: str
    says: tuple[tuple[str, str], ...]
    note: str


@dataclass(frozen=True, slots=True)
class ModelCall:
    """A short call to read: what it shows, with whom, and its moments in order."""

    claim: str
    scenario: str
    moments: tuple[Moment, ...]


MODEL_CALLS = Path(__file__).parent / "model_calls"


@cache
def model_calls() -> tuple[ModelCall, ModelCall]:
    """The bad call and the good one, with the same manager on the same day."""
    bad, good = (_model_call(path.read_text(encoding="utf-8")) for path in sorted(MODEL_CALLS.glob("*.txt")))
    return bad, good


def _model_call(text: str) -> ModelCall:
    play, notes = read_play(text), notes_of(text)
    turn, moments = 0, []
    for exchange in play.exchanges:
        turn += exchange.said is not None
        note = notes[turn - 1] if exchange.said is not None else ""
        moments.append(Moment(exchange.said or "", exchange.says, note))
    return ModelCall(play.claim, play.scenario, tuple(moments))


def notes_of(text: str) -> tuple[str, ...]:
    """The remarks in a play, one for each of the candidate's turns: the `#` lines after it."""
    notes: list[str] = []
    for line in text.splitlines():
        if re.match(rf"{YOU}:\s", line):
            notes.append("")
        elif line.startswith("#") and notes:
            notes[-1] = f"{notes[-1]} {line.lstrip('# ').strip()}".strip()
    return tuple(notes)
