"""What many simulated calls come to: outcome and level by style, what was ever reached, how alike two calls in a row sound.

    tally = tallied(scenario, calls=1000, ear=ear)
    tally.missing_lines(scenario)       # [(heading, line), …] never said, though they could be

Tallies add up (`+`), so that calls can be held on several cores. `broken` names the promises that a call did not keep.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from dialogs.call import TABLE, Phase
from dialogs.candidates import MOST_TURNS, STYLES, Held, hold
from dialogs.forbidden import other_candidate, protected_trait
from dialogs.hearing.heard import Heard
from dialogs.practice import Ear, Practice, Turn
from dialogs.scenario import Scenario, reach
from dialogs.scenes import COMMON, Speaker
from dialogs.transcript import write_play

SHARES = {"random": 2, "strange": 5}
"""Styles that get more than one call in each round: they go where the others do not."""


@dataclass
class Tally:
    """Sums over calls. Levels are 0-4; `shared` sums, per style, the share of lines two calls in a row had in common."""

    calls: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    levels: Counter[tuple[str, int]] = field(default_factory=Counter)
    turns: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    pairs: Counter[str] = field(default_factory=Counter)
    shared: dict[str, float] = field(default_factory=dict)
    lines: Counter[tuple[str, str]] = field(default_factory=Counter)
    rows: Counter[int] = field(default_factory=Counter)
    phases: set[Phase] = field(default_factory=set)
    broken: list[tuple[str, str]] = field(default_factory=list)

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.calls + other.calls,
            self.outcomes + other.outcomes,
            self.levels + other.levels,
            self.turns + other.turns,
            self.words + other.words,
            self.pairs + other.pairs,
            {s: self.shared.get(s, 0.0) + other.shared.get(s, 0.0) for s in self.shared | other.shared},
            self.lines + other.lines,
            self.rows + other.rows,
            self.phases | other.phases,
            self.broken + other.broken,
        )

    # -- adding --------------------------------------------------------------------------------------

    def add(self, held: Held, before: Held | None = None) -> None:
        """Count one call; `before` is the call of the seed before, in the same style."""
        style = held.style
        self.calls[style] += 1
        self.outcomes[style, str(held.turns[-1].outcome or "never ended")] += 1
        self.levels[style, held.highest] += 1
        self.turns[style] += len(held.turns) - 1
        self.words[style] += sum(len(line.split()) for turn in held.turns for line in turn.says)
        self.lines.update(spoken(held.turns))
        self.rows.update(held.rows)
        self.phases |= {turn.phase_before for turn in held.turns} | {turn.phase for turn in held.turns}
        if before is not None:
            self.pairs[style] += 1
            self.shared[style] = self.shared.get(style, 0.0) + alike(before.turns, held.turns)

    # -- reading -------------------------------------------------------------------------------------

    @property
    def total(self) -> int:
        """How many calls were counted."""
        return self.calls.total()

    def mean_level(self, style: str) -> float:
        """How far this style opens a manager on average (0-4)."""
        reached = sum(level * n for (s, level), n in self.levels.items() if s == style)
        return reached / self.calls[style] if self.calls[style] else 0.0

    def ends_low(self, style: str | None = None) -> float:
        """The share of calls that end at level 0-2: of this style, or of all."""
        of = [(level, n) for (s, level), n in self.levels.items() if style in (None, s)]
        return sum(n for level, n in of if level <= 2) / max(1, sum(n for _, n in of))

    def repetition(self, style: str | None = None) -> float:
        """The mean share of lines that two calls in a row have in common."""
        if style is not None:
            return self.shared.get(style, 0.0) / self.pairs[style] if self.pairs[style] else 0.0
        return sum(self.shared.values()) / self.pairs.total() if self.pairs else 0.0

    def missing_lines(self, scenario: Scenario) -> list[tuple[str, str]]:
        """The lines that could be said and never were."""
        return [line for line in speakable(scenario) if line not in self.lines]

    def missing_rows(self, scenario: Scenario) -> list[str]:
        """The rows that could be taken and never were, as `trigger in phase: scene`."""
        return [
            f"{'/'.join(row.triggers[:3])} in {'/'.join(row.phases)}: {row.name}"
            for row in reach.rows(scenario.hidden)
            if TABLE.index(row) not in self.rows
        ]

    def missing_phases(self, scenario: Scenario) -> list[str]:
        """The phases that could be reached and never were."""
        return [str(phase) for phase in reach.phases(scenario.hidden) if phase not in self.phases]

    def surprises(self, scenario: Scenario) -> list[str]:
        """Headings that were said although nothing should reach them: dialogs/scenario/reach.py is wrong there."""
        never = reach.unreachable(scenario.hidden)
        return sorted({heading for heading, _ in self.lines if heading in never})

    def coverage(self, scenario: Scenario) -> tuple[float, float, float]:
        """The shares of lines, rows and phases that were reached, of those that can be."""
        lines, rows, phases = (
            len(speakable(scenario)),
            len(reach.rows(scenario.hidden)),
            len(reach.phases(scenario.hidden)),
        )
        return (
            1 - len(self.missing_lines(scenario)) / max(1, lines),
            1 - len(self.missing_rows(scenario)) / max(1, rows),
            1 - len(self.missing_phases(scenario)) / max(1, phases),
        )

    def as_json(self, scenario: Scenario) -> dict[str, Any]:
        """The whole report of one scenario as plain values."""
        lines, rows, phases = self.coverage(scenario)
        return {
            "scenario": scenario.name,
            "version": scenario.version,
            "calls": self.total,
            "reachable": scenario.hidden.reachable,
            "styles": {
                style: {
                    "calls": self.calls[style],
                    "level": round(self.mean_level(style), 3),
                    "levels": [self.levels[style, level] for level in range(5)],
                    "outcomes": {o: n for (s, o), n in sorted(self.outcomes.items()) if s == style},
                    "turns": round(self.turns[style] / self.calls[style], 2),
                    "words": round(self.words[style] / self.calls[style], 1),
                    "repetition": round(self.repetition(style), 3),
                }
                for style in STYLES
                if self.calls[style]
            },
            "repetition": round(self.repetition(), 3),
            "coverage": {"lines": round(lines, 4), "rows": round(rows, 4), "phases": round(phases, 4)},
            "unreached": {
                "lines": [list(line) for line in self.missing_lines(scenario)],
                "rows": self.missing_rows(scenario),
                "phases": self.missing_phases(scenario),
            },
            "order": order_faults(self, scenario),
        }


def speakable(scenario: Scenario) -> list[tuple[str, str]]:
    """Every line that this scenario's call can say, with its heading."""
    never = reach.unreachable(scenario.hidden)
    return [(heading, line) for heading, lines in scenario.lines.items() if heading not in never for line in lines]


def spoken(turns: Iterable[Turn]) -> Iterator[tuple[str, str]]:
    """The scenario's lines in these turns, with their headings."""
    for turn in turns:
        for line in turn.lines:
            if line.speaker is not Speaker.COACH and line.heading not in COMMON:
                yield line.heading, line.text


def alike(one: Sequence[Turn], two: Sequence[Turn]) -> float:
    """The share of lines two calls have in common, of the lines of both on average."""
    a, b = set(spoken(one)), set(spoken(two))
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def tallied(
    scenario: Scenario,
    calls: int,
    *,
    ear: Ear | None,
    seed: int = 1,
    styles: Sequence[str] = STYLES,
    soak: bool = False,
) -> Tally:
    """Hold this many calls, the styles in turn, each with seeds from `seed` on. With `soak`, every promise is checked."""
    tally = Tally()
    before: dict[str, Held] = {}
    turn_of = [s for s in styles for _ in range(SHARES.get(s, 1))]
    for n in range(calls):
        style = turn_of[n % len(turn_of)]
        held = hold(scenario, seed + tally.calls[style], style, ear)
        tally.add(held, before.get(style))
        before[style] = held
        if soak:
            tally.broken += [(promise, failing_play(held, promise)) for promise in broken(held)]
    return tally


def order_faults(tally: Tally, scenario: Scenario) -> list[str]:
    """Where a better caller did not open more: the model caller more than the terse one, the terse more than the hostile.

    Where a formula is all there is (level 1), or a house begins where its cap ends, being equal will do.
    """
    hidden, found = scenario.hidden, []
    model, terse, hostile = (tally.mean_level(style) for style in ("model", "terse", "hostile"))
    if not all(tally.calls[style] for style in ("model", "terse", "hostile")):
        return []
    room = hidden.reachable >= 2
    if model < terse or (room and hidden.reachable > hidden.start and model <= terse):
        found.append(f"the model caller opens {model:.2f}, the terse one {terse:.2f}")
    if terse < hostile or (room and terse <= hostile):
        found.append(f"the terse caller opens {terse:.2f}, the hostile one {hostile:.2f}")
    return found


# -- the promises of a call ----------------------------------------------------------------------------


def broken(held: Held) -> list[str]:
    """The promises that this call did not keep, as claims that failed; empty when it kept them all."""
    found = [] if held.ended else [f"a call ends within {MOST_TURNS} turns"]
    found += _levels(held)
    found += _words(held)
    found += _no_line_twice(held)
    if not _rebuilt(held):
        found.append("a call built anew from what was heard is the same call")
    return found


def _levels(held: Held) -> list[str]:
    hidden, given, found = held.scenario.hidden, None, []
    for turn in held.turns:
        if turn.level is None:
            continue
        if not 0 <= turn.level <= max(hidden.reachable, min(1, hidden.cap)):
            found.append("the cap is never passed")
        floor = hidden.start if given is None else max(given, hidden.start)
        if turn.level > floor + 1:
            found.append("an answer rises by at most one level")
        given = turn.level if given is None else max(given, turn.level)
    return found


def _words(held: Held) -> list[str]:
    scenario = held.scenario
    known = {
        *scenario.manager.split(),
        *scenario.receptionist.split(),
        *scenario.company.split(),
        *scenario.job.split(),
    }
    found = []
    for _, text in spoken(held.turns):
        if words := protected_trait(text):
            found.append(f"no manager names a protected trait ('{words}')")
        if name := other_candidate(text, known):
            found.append(f"no manager names another person ('{name}')")
    return found


def _no_line_twice(held: Held) -> list[str]:
    said: dict[str, Counter[str]] = {}
    for heading, text in spoken(held.turns):
        if heading not in held.scenario.lines:
            continue  # her last words said again, because that was asked for
        lines = said.setdefault(heading, Counter(dict.fromkeys(held.scenario.lines[heading], 0)))
        lines[text] += 1
        if max(lines.values()) - min(lines.values()) > 1:
            return [f"no line is said twice while another fits ('{heading}')"]
    return []


def _rebuilt(held: Held) -> bool:
    kept = [Heard.from_json(turn.heard.as_json()) for turn in held.turns[1:]]
    again = Practice(held.scenario, held.seed)
    turns = [again.begin(), *(again.take(heard, "words") for heard in kept)]
    same = again.call.hidden == held.scenario.hidden  # the reason is the one that was settled before
    return same and [_shown(t) for t in turns] == [_shown(t) for t in held.turns]


def _shown(turn: Turn) -> tuple[object, ...]:
    return turn.says, turn.phase, turn.level, turn.rows, turn.mood, turn.outcome


def failing_play(held: Held, promise: str) -> str:
    """The call as a play whose claim is the promise it did not keep."""
    return write_play(held.scenario, held.seed, held.turns, claim=f"{promise}: not kept by a {held.style} candidate.")
