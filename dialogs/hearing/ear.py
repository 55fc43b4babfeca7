"""An ear: one weight of hearing, its files loaded once, asked for what an utterance does.

`light` scores n-grams and needs nothing; `full` adds the encoder and needs numpy and its file. Both go through the same
rules, guard, judge and asides; what the line before settles is in `in_call`, what words do by themselves in `alone`.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from dialogs.hearing import requests, rules, weights, wordings
from dialogs.hearing.alone import alone
from dialogs.hearing.asides import BARS, IN_DOUBT, aside_by_rule, figure_of_speech, may_be_foreign
from dialogs.hearing.asked import wants_advice
from dialogs.hearing.heard import Aside, Cue, Heard
from dialogs.hearing.in_call import in_call
from dialogs.hearing.judgement import STRAIN, Judge, Verdict
from dialogs.hearing.light import Light
from dialogs.hearing.names import Common
from dialogs.hearing.text import LONGEST, clean, plain, words
from dialogs.moves import COSTLY, MOVES, Move
from dialogs.slips import without_slips

if TYPE_CHECKING:
    from dialogs.hearing.encoder import Encoder

Weight = Literal["light", "full"]
FOLDER = Path(__file__).resolve().parent / "weights"
LIGHT_FILE, FULL_FILE = FOLDER / "light.bin", FOLDER / "full.bin"
A_QUESTION = 8  # words: no more than the question itself
SHORT = 3  # words: too few to say by themselves what they lean on
SETTLED = (Move.ACCEPT, Move.REASSURE)
GRIEF = COSTLY | {Move.VENT, Move.OTHER}
"""What words of despair are taken for when the despair is not heard."""
ASIDES = (Aside.DISTRESS, Aside.SOFTWARE, Aside.FOREIGN)


def full_fits() -> bool:
    """Whether the full weight can be used here: its file and numpy are at hand."""
    return FULL_FILE.is_file() and find_spec("numpy") is not None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What spoke for the moves of one utterance, before anything was decided."""

    plain: str
    light: dict[str, float]
    encoder: dict[str, float]
    ruled: dict[Move, str]
    total: dict[str, float]
    guard: str


class Ear:
    """Hears in one weight. Safe to share between threads once loaded; loads on first use, or by `ready`."""

    def __init__(self, weight: Weight | None = None) -> None:
        self.weight: Weight = weight or ("full" if full_fits() else "light")
        self._lock = threading.Lock()
        self._light: Light | None = None
        self._encoder: Encoder | None = None
        self._judge: Judge | None = None
        self._mix: tuple[float, float, float] = (1.0, 0.0, 0.0)

    @property
    def loaded(self) -> bool:
        return self._judge is not None

    def ready(self) -> None:
        """Load what this weight needs; afterwards hearing costs milliseconds. May be called in a thread at start."""
        if self._judge is not None:
            return
        with self._lock:
            if self._judge is not None:
                return
            held = weights.read(LIGHT_FILE)
            self._light = Light(held)
            chosen = held.about["judge"]["light"]
            if self.weight == "full":
                from dialogs.hearing.encoder import Encoder

                whole = weights.read(FULL_FILE)
                self._encoder = Encoder(whole)
                chosen = whole.about["judge"]["full"]
            self._mix = (float(chosen["light"]), float(chosen["encoder"]), float(chosen["rule"]))
            self._judge = Judge.of(chosen)

    def evidence(self, text: str) -> Evidence:
        """What each part of hearing makes of these words."""
        self.ready()
        assert self._light is not None  # noqa: S101  # ready() has loaded it
        text = requests.unaddressed(without_slips(text[:LONGEST]))
        low = plain(text)
        by_light = dict(zip(self._light.labels, self._light.scores(low), strict=True))
        by_encoder = self._encoder.scores(clean(text)) if self._encoder else {}
        ruled = rules.fired(low)
        a, b, lift = self._mix
        lifted = {*ruled, STRAIN} if COSTLY & ruled.keys() else set(ruled)
        total = {
            label: a * z + b * by_encoder.get(label, 0.0) + (lift if label in lifted else 0.0)
            for label, z in by_light.items()
        }
        return Evidence(low, by_light, by_encoder, ruled, total, rules.guarded(low))

    def judged(self, seen: Evidence, cue: Cue | None = None) -> tuple[Verdict, Aside]:
        """What is made of the evidence: the verdict on the moves, and the aside."""
        judge = self._judge
        assert judge is not None  # noqa: S101  # evidence() has loaded it
        p = {m: judge.probability(m, seen.total[m]) for m in MOVES}
        if Move.ACCUSE in seen.ruled and not seen.guard:
            p |= dict.fromkeys(
                SETTLED, 0.0
            )  # blame in so many words takes nothing well: “unfair” is a neighbour of “fair” by its letters
        strain = judge.probability(STRAIN, seen.total[STRAIN])
        verdict = judge.decide(p, strain, bool(seen.guard), cue, len(words(seen.plain)) <= SHORT)
        aside = aside_by_rule(seen.plain)
        if aside is Aside.NONE:
            likely = {kind: judge.probability(kind, seen.total[kind]) for kind in ASIDES}
            # A pattern of English that fired speaks against another language, however few the words; and whoever is angry speaks to a person.
            apart = {Aside.FOREIGN} if seen.ruled or not may_be_foreign(seen.plain) else set()
            advice = len(words(seen.plain)) <= A_QUESTION and wants_advice(seen.plain)
            asks = advice or requests.to_a_person(seen.plain) or wordings.house_rules(seen.plain)
            if asks or Move.ACCUSE in seen.ruled:
                apart |= {Aside.SOFTWARE}
            if likely[Aside.DISTRESS] < IN_DOUBT and (not set(verdict.moves) <= GRIEF or figure_of_speech(seen.plain)):
                apart |= {Aside.DISTRESS}
            believed = (kind for kind in ASIDES if likely[kind] >= BARS[self.weight][kind])
            aside = next((kind for kind in believed if kind not in apart), Aside.NONE)
        if COSTLY & seen.ruled.keys() and not (seen.guard or COSTLY & set(verdict.moves)):
            verdict = replace(verdict, wary=True)  # a sure pattern that did not suffice is still a suspicion
        return verdict, aside

    def hear(self, text: str, cue: Cue | None = None) -> Heard:
        """One utterance as understood."""
        seen = self.evidence(text)
        verdict, aside = self.judged(seen, cue)
        if cue is None or not cue.line:
            return alone(seen, verdict, aside)
        return in_call(self, text, seen, (verdict, aside), cue)

    @property
    def common(self) -> Common:
        """How common a word is in what hearing was taught."""
        self.ready()
        assert self._light is not None  # noqa: S101  # ready() has loaded it
        return self._light.common

    @property
    def encoder(self) -> Encoder | None:
        """The sentence encoder of the full hearing, loaded; None in the light one."""
        self.ready()
        return self._encoder

    # -- for those who ask why ---------------------------------------------------------------------

    def bar(self, move: Move) -> float:
        """The probability from which this move is heard."""
        self.ready()
        assert self._judge is not None  # noqa: S101
        return self._judge.bar(move)

    def shares(self, seen: Evidence, move: Move) -> tuple[float, float, float]:
        """What n-grams, encoder and rule added to a move's score."""
        a, b, lift = self._mix
        return a * seen.light[move], b * seen.encoder.get(move, 0.0), lift if move in seen.ruled else 0.0

    def grams(self, seen: Evidence, move: Move) -> list[tuple[str, float]]:
        """What each n-gram added to a move's score, the strongest first."""
        assert self._light is not None  # noqa: S101
        return [(g, self._mix[0] * v) for g, v in self._light.spoke(seen.plain, move)]
