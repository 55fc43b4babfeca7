"""From scores to moves: what is believed, what is doubted, and what is only suspected.

A label's score is a logit; `Judge` turns it into a calibrated probability and decides. The rules of the house:

- a label is heard from its own threshold up; of nothing heard, the likeliest, when it stands out at all; else `other`;
- `other` never stands beside another move;
- a costly move needs its own bar, no guard, and the gate: that anything strained was said at all (an output of its own, and any of
  the four) must be likely enough, and OUTWEIGH whatever is likeliest to be kind in the same words, because kindness is what a false alarm
  mostly stands in; or the move itself is beyond doubt. Below the high gate it must be CLEAR itself too (a threat has the high one alone: it may end
  the call). A costly move that is suspected, but not heard, makes the manager wary, nothing more;
- a costly move of SURE or more may end the call;
- when the members of a family share the likelihood so that none is enough, the likeliest harmless one stands for all (strain: vent, and
  where nothing else was heard from a lower likelihood up);
- below DOUBT nothing is understood; below CLEAR the manager says back what she understood.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from typing import Any

from dialogs.hearing.heard import Cue
from dialogs.moves import COSTLY, DISPLEASURE, FAMILIES, MOVES, Move, in_speaking_order

DOUBT, CLEAR = 0.35, 0.65
WARY, COSTLY_GATE, SURE = 0.4, 0.75, 0.9
ODD = 0.25  # the likelihood of `other` from which words are out of place even after a question
THREAT_BAR = 0.4  # a threat ends the call: at least this, whatever the threshold
NEVER = 1.01  # a probability that nothing has
OUTWEIGHED = 3.6  # in log odds: so much likelier is strain, where it is believed, than anything kind
TOGETHER, LEAST = 0.4, 0.25  # of a family: the likelihood of any of it, and of the one that stands for it
STRAIN = "strain"
GUARD_SCALE, GUARD_REASSURE = 0.2, 0.7
STRAINED = COSTLY | DISPLEASURE


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
    """Calibration and thresholds, as chosen on hands that were left out of training. `gate`: the strain from which any costly move is believed,
    `alone`: one that is clear itself; `over`: by how much, in log odds, the strain outweighs what is kind; `beyond`: from this likelihood of its own a costly
    move needs none of it. `felt`: strain of no clear kind, from where it is heard as plain feeling when nothing else was heard."""

    slope: Mapping[str, float]
    shift: Mapping[str, float]
    threshold: Mapping[Move, float]
    gate: float = COSTLY_GATE
    alone: float = COSTLY_GATE
    beyond: float = NEVER
    over: float = OUTWEIGHED
    felt: float = CLEAR

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Judge:
        """From the numbers that training wrote."""
        return cls(
            slope={k: float(v) for k, v in kept["slope"].items()},
            shift={k: float(v) for k, v in kept["shift"].items()},
            threshold={Move(k): float(v) for k, v in kept["threshold"].items()},
            gate=float(kept.get("gate", COSTLY_GATE)),
            alone=float(kept.get("alone", COSTLY_GATE)),
            beyond=float(kept.get("beyond", NEVER)),
            over=float(kept.get("over", OUTWEIGHED)),
            felt=float(kept.get("felt", CLEAR)),
        )

    def probability(self, label: str, score: float) -> float:
        """The calibrated probability of a label, to three decimals, so that every machine decides alike."""
        z = self.slope.get(label, 1.0) * score + self.shift.get(label, 0.0)
        return round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, z)))), 3)

    def decide(
        self, scores: Mapping[Move, float], strain: float, guard: bool, cue: Cue | None, short: bool = False
    ) -> Verdict:
        """Judge one utterance: its probabilities, the probability of any strain, a guard heard or not, what the words may lean on."""
        p = dict(scores)
        if guard:
            strain = round(strain * GUARD_SCALE, 3)
            for m in COSTLY:
                p[m] = round(p[m] * GUARD_SCALE, 3)
            p[Move.REASSURE] = max(p[Move.REASSURE], GUARD_REASSURE)
        strain = _between(strain, _any(p[m] for m in sorted(COSTLY)))
        if cue is not None and cue != Cue():  # an empty one says nothing about the turn before
            _lean(p, cue, short, self.threshold)
        heard = {m for m in MOVES if m not in COSTLY and p[m] >= self.bar(m)}
        kind = max(p[m] for m in FAMILIES["warm"])
        heard |= {m for m in COSTLY if p[m] >= self.bar(m) and self._through(m, p[m], strain, kind)}
        suspected = {m for m in COSTLY - heard if p[m] >= WARY}
        heard |= self._families(p, heard, strain)
        if not heard:
            heard = self._likeliest(p)
        if heard == {Move.OTHER} and cue is not None and cue.asked and p[Move.OTHER] < ODD:
            heard = {Move.ANSWER}  # like nothing one says unasked, and not odd either: what she asked for
            p[Move.ANSWER] = max(p[Move.ANSWER], CLEAR)
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
        return max(self.threshold[move], THREAT_BAR) if move is Move.THREATEN else self.threshold[move]

    def _through(self, move: Move, own: float, strain: float, kind: float) -> bool:
        """Whether enough strain was heard for this costly move beside what is `kind` in the words, or the move itself so clearly that it needs none."""
        if own >= self.beyond:
            return True
        if _odds(strain) - _odds(kind) < self.over:
            return False
        return strain >= self.gate or (strain >= self.alone and own >= CLEAR and move is not Move.THREATEN)

    def _families(self, p: Mapping[Move, float], heard: set[Move], strain: float) -> set[Move]:
        """Of a family in which nothing is heard but something plainly was said: its likeliest harmless member."""
        added = set()
        for name in ("warm", "asking"):
            family = FAMILIES[name]
            likeliest = max(sorted(family), key=lambda m: p[m])
            if not heard & family and _any(p[m] for m in sorted(family)) >= TOGETHER and p[likeliest] >= LEAST:
                added.add(likeliest)
        enough = self.gate if heard | added else self.felt
        if strain >= enough and not heard & STRAINED:
            added.add(Move.VENT)
        return added

    def _likeliest(self, p: Mapping[Move, float]) -> set[Move]:
        ranked = sorted(MOVES, key=lambda m: (-p[m] / self.bar(m), m))
        top = next((m for m in ranked if m not in COSTLY), Move.OTHER)
        return {top if p[top] >= DOUBT / 2 and p[top] >= p[Move.OTHER] else Move.OTHER}


def within(verdict: Verdict, off: Set[Move], slight: bool, step: bool) -> Verdict:
    """The verdict without the moves that a matter explains away, and without kindness that stands beside an insult.

    `slight`: somebody is put down in these words; `step`: something may be announced in them. Who tells a plain feeling announces nothing, so what only seemed a
    threat is blame, or a feeling.
    """
    moves, scores, wary = set(verdict.moves) - off, verdict.scores, verdict.wary and not off & COSTLY
    if Move.THREATEN in moves - verdict.sure and not step:
        if scores[Move.ACCUSE] >= WARY:
            moves = moves - {Move.THREATEN} | {Move.ACCUSE}
        elif scores[Move.VENT] >= DOUBT:
            moves = moves - {Move.THREATEN} | {Move.VENT}
    wary = (wary or slight) and not moves & COSTLY
    if slight and wary:
        moves -= FAMILIES["warm"]  # a suspicion alone takes nothing away: kind words are mostly meant
    if moves == set(verdict.moves) and wary == verdict.wary:
        return verdict
    echo = verdict.echo if verdict.echo in moves and not wary else None
    return replace(
        verdict, moves=in_speaking_order(moves or {Move.OTHER}), sure=verdict.sure & moves, wary=wary, echo=echo
    )


def _any(chances: Iterable[float]) -> float:
    """The probability that at least one holds, were they independent."""
    none = 1.0
    for p in chances:
        none *= 1.0 - p
    return 1.0 - none


def _odds(p: float) -> float:
    """The log odds of a probability, which is never quite 0 or 1."""
    held = min(0.9995, max(0.0005, p))
    return math.log(held / (1.0 - held))


def _between(p: float, q: float) -> float:
    """Two opinions on one thing as one: the mean of their log odds."""
    return round(1.0 / (1.0 + math.exp(-(_odds(p) + _odds(q)) / 2)), 3)


def _lean(p: dict[Move, float], cue: Cue, short: bool, bar: Mapping[Move, float]) -> None:
    """Let the turn before settle answer and probe: nobody answers what was not asked, or leans on what was not said."""
    if cue.gave_reason:
        p[Move.PROBE] = _likelier(p[Move.PROBE])
        if short and p[Move.ASK_OPEN] >= bar[Move.ASK_OPEN]:  # a bare “why?”
            p[Move.PROBE] = max(p[Move.PROBE], p[Move.ASK_OPEN])
            p[Move.ASK_OPEN] = round(p[Move.ASK_OPEN] * 0.3, 3)
    else:
        kind = Move.ASK_SPECIFIC if p[Move.ASK_SPECIFIC] > p[Move.ASK_OPEN] else Move.ASK_OPEN
        if p[Move.PROBE] >= bar[Move.PROBE]:
            p[kind] = max(p[kind], p[Move.PROBE])
        p[Move.PROBE] = round(p[Move.PROBE] * 0.2, 3)
    p[Move.ANSWER] = _likelier(p[Move.ANSWER]) if cue.asked else round(p[Move.ANSWER] * 0.15, 3)


def _likelier(p: float) -> float:
    """The probability when the turn before calls for it: its odds times e."""
    return round(p * math.e / (1.0 - p + p * math.e), 3)
