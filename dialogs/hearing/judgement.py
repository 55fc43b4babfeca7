"""From scores to moves: what is believed, what is doubted, and what is only suspected.

A label's score is a logit; `Judge` turns it into a calibrated probability and decides. The rules of the house:

- a label is heard from its own threshold up; of nothing heard, the likeliest, when it stands out at all; else `other`;
- `other` never stands beside another move;
- a costly move needs its gate (COSTLY_GATE) and no guard; between WARY and the gate the manager is wary, nothing more;
- a costly move of SURE or more may end the call;
- when two of a family are torn between (each likely, none enough), the likelier of the harmless ones stands for both;
- below DOUBT nothing is understood; below CLEAR the manager says back what she understood.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dialogs.hearing.heard import Cue
from dialogs.moves import COSTLY, FAMILIES, MOVES, Move, in_speaking_order

DOUBT, CLEAR = 0.35, 0.65
WARY, COSTLY_GATE, SURE = 0.4, 0.75, 0.9
GUARD_SCALE, GUARD_REASSURE = 0.2, 0.7


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge made of one utterance's probabilities."""

    moves: tuple[Move, ...]
    scores: dict[Move, float]
    sure: frozenset[Move]
    wary: bool
    echo: Move | None


@dataclass(frozen=True, slots=True)
class Judge:
    """Calibration and thresholds, as chosen on hands that were left out of training."""

    slope: Mapping[str, float]
    shift: Mapping[str, float]
    threshold: Mapping[Move, float]
    gate: float = COSTLY_GATE
    asides: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Judge:
        """From the numbers that training wrote."""
        return cls(
            slope={k: float(v) for k, v in kept["slope"].items()},
            shift={k: float(v) for k, v in kept["shift"].items()},
            threshold={Move(k): float(v) for k, v in kept["threshold"].items()},
            gate=float(kept.get("gate", COSTLY_GATE)),
            asides={k: float(v) for k, v in kept.get("asides", {}).items()},
        )

    def aside(self, label: str, score: float) -> bool:
        """Whether the model alone is sure of this aside."""
        return self.probability(label, score) >= self.asides.get(label, 0.6)

    def probability(self, label: str, score: float) -> float:
        """The calibrated probability of a label, to three decimals, so that every machine decides alike."""
        z = self.slope.get(label, 1.0) * score + self.shift.get(label, 0.0)
        return round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, z)))), 3)

    def decide(self, scores: Mapping[Move, float], guard: bool, cue: Cue | None) -> Verdict:
        """Judge one utterance by its probabilities, whether a guard was heard, and what the words may lean on."""
        p = dict(scores)
        if guard:
            for m in COSTLY:
                p[m] = round(p[m] * GUARD_SCALE, 3)
            p[Move.REASSURE] = max(p[Move.REASSURE], GUARD_REASSURE)
        if cue is not None:
            _lean(p, cue, self.threshold)
        heard = {m for m in MOVES if p[m] >= self.bar(m)}
        suspected = {m for m in COSTLY - heard if p[m] >= WARY}
        heard |= self._families(p, heard)
        if not heard:
            heard = self._likeliest(p)
        if len(heard) > 1:
            heard.discard(Move.OTHER)
        best = max(p[m] for m in heard)
        unclear = heard != {Move.OTHER} and best < CLEAR
        first = max(in_speaking_order(heard), key=lambda m: p[m])
        return Verdict(
            moves=in_speaking_order(heard),
            scores=p,
            sure=frozenset(m for m in heard & COSTLY if p[m] >= SURE),
            wary=bool(suspected) and not heard & COSTLY,
            echo=first if unclear else None,
        )

    def bar(self, move: Move) -> float:
        """The probability from which a move is heard."""
        return max(self.threshold[move], self.gate) if move in COSTLY else self.threshold[move]

    def _families(self, p: Mapping[Move, float], heard: set[Move]) -> set[Move]:
        """Of a family in which nothing is heard but something plainly was said: its likeliest harmless member."""
        added = set()
        for family in FAMILIES.values():
            if heard & family:
                continue
            free = 1.0
            for m in family:
                free *= 1.0 - p[m]
            harmless = sorted(family - COSTLY, key=lambda m: (-p[m], m))
            if (
                1.0 - free >= CLEAR
                and harmless
                and p[harmless[0]] >= DOUBT / 2
                and max(p[m] for m in family) < self.gate
            ):
                likeliest = max(family, key=lambda m: p[m])
                if likeliest not in COSTLY or Move.VENT in family:
                    added.add(harmless[0] if likeliest not in COSTLY else Move.VENT)
        return added

    def _likeliest(self, p: Mapping[Move, float]) -> set[Move]:
        ranked = sorted(MOVES, key=lambda m: (-p[m] / self.bar(m), m))
        top = next((m for m in ranked if m not in COSTLY), Move.OTHER)
        return {top if p[top] >= DOUBT / 2 and p[top] >= p[Move.OTHER] else Move.OTHER}


def _lean(p: dict[Move, float], cue: Cue, bar: Mapping[Move, float]) -> None:
    """Let the turn before settle answer and probe: nobody answers what was not asked, or leans on what was not said."""
    if not cue.gave_reason:
        kind = Move.ASK_SPECIFIC if p[Move.ASK_SPECIFIC] >= p[Move.ASK_OPEN] else Move.ASK_OPEN
        if p[Move.PROBE] >= bar[Move.PROBE]:
            p[kind] = max(p[kind], p[Move.PROBE])
        p[Move.PROBE] = round(p[Move.PROBE] * 0.2, 3)
    if not cue.asked:
        p[Move.ANSWER] = round(p[Move.ANSWER] * 0.3, 3)
