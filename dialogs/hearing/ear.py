"""An ear: one weight of hearing, its files loaded once, asked for what an utterance does.

`light` scores n-grams and needs nothing; `full` adds the encoder and needs numpy and its file. Both go through the same
rules, guard, judge and asides.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from dialogs.hearing import matters, rules, weights
from dialogs.hearing.areas import areas_asked
from dialogs.hearing.asides import BARS, IN_DOUBT, aside_by_rule, elsewhere, figure_of_speech, may_be_foreign
from dialogs.hearing.asked import (
    asking_parts,
    guessed_areas,
    is_question,
    opens_as_question,
    takes_up,
    topic_of,
    wants_advice,
)
from dialogs.hearing.heard import Aside, Cue, Heard
from dialogs.hearing.judgement import CLEAR, STRAIN, Judge, Verdict, within
from dialogs.hearing.leaning import (
    BY_NAME,
    as_answer,
    as_guess,
    by_few_words,
    heard_little,
    how_it_stands,
    leaves_room,
    named,
    only_a_name,
    presents,
    taking_leave,
    without,
)
from dialogs.hearing.light import Light
from dialogs.hearing.matters import Matter
from dialogs.hearing.names import given_name, names_nobody
from dialogs.hearing.shortly import shortly
from dialogs.hearing.text import clean, plain, words
from dialogs.moves import ASKS, COSTLY, FAMILIES, MOVES, Move, in_speaking_order

if TYPE_CHECKING:
    from dialogs.hearing.encoder import Encoder

Weight = Literal["light", "full"]
FOLDER = Path(__file__).resolve().parent / "weights"
LIGHT_FILE, FULL_FILE = FOLDER / "light.bin", FOLDER / "full.bin"
_MORE = re.compile(r"(?:and |ok(?:ay)?,? |some |a (?:bit|little) |any |tell me )?more(?:,? (?:please|pls))?[?.! ]*")
"""All of what is said to somebody who has just answered: there a bare “more” asks on, and alone it says nothing else."""
_AT_A_LOSS = re.compile(
    r"(?:(?:um+|uh+|er+m?|hm+|well|honestly|tbh),? )?(?:idk|(?:i )?dunno|(?:i'?ve |i have |i )?(?:really )?(?:got )?no (?:idea|clue)"
    r"|(?:i'?m |i am )?not (?:really |so )?sure|(?:i )?(?:really |honestly )?(?:don'?t|do not) (?:really )?know)(?:,? (?:yet|really|tbh|honestly|sorry))?[.! ]*"
)
"""All of what is said by somebody who has no answer: where something was asked that is one, and alone it says nothing."""
A_QUESTION = 8  # words: no more than the question itself
SHORT = 3  # words: too few to say by themselves what they lean on
NODS = frozenset({Move.ACCEPT, Move.ACKNOWLEDGE, Move.REASSURE, Move.OTHER})
"""What an okay alone is taken for."""
GRIEF = COSTLY | {Move.VENT, Move.OTHER}
"""What words of despair are taken for when the despair is not heard."""
TO_A_PERSON = frozenset({Matter.WELL, Matter.WHO, Matter.MOMENT, Matter.REPEAT})
"""Matters that are put to whoever is on the line, though the model alone may take them for words to the software."""
MENDS = frozenset({Move.ACCEPT, Move.REASSURE})
MENDS_OR_PUSHES = COSTLY | MENDS
"""What leaves no room for an apology beside it: it is one already, or the opposite."""
ONLY_SOFT = frozenset({Move.ACCEPT, Move.ACKNOWLEDGE, Move.REASSURE})
"""What a question is heard as when only its gentleness was."""
BESIDE = FAMILIES["warm"] | {Move.GREET, Move.INTRODUCE, Move.VENT, Move.CLOSE}
"""What a question is easily drowned by."""
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
        strain = judge.probability(STRAIN, seen.total[STRAIN])
        verdict = judge.decide(p, strain, bool(seen.guard), cue, len(words(seen.plain)) <= SHORT)
        aside = aside_by_rule(seen.plain)
        if aside is Aside.NONE:
            likely = {kind: judge.probability(kind, seen.total[kind]) for kind in ASIDES}
            # A pattern of English that fired speaks against another language, however few the words; and whoever is angry speaks to a person.
            apart = {Aside.FOREIGN} if seen.ruled or not may_be_foreign(seen.plain) else set()
            advice = len(words(seen.plain)) <= A_QUESTION and wants_advice(seen.plain)
            if Move.ACCUSE in seen.ruled or matters.house_rules(seen.plain) or advice:
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
            return self._alone(seen, verdict, aside)
        assert self._light is not None  # noqa: S101  # evidence() has loaded it
        common, count = self._light.common, len(words(seen.plain))
        if Move.INTRODUCE in verdict.moves and names_nobody(seen.plain):
            verdict = without(verdict, Move.INTRODUCE)
        nameless = cue is not None and cue.nameless
        if not nameless and rules.leaving(seen.plain) and not set(verdict.moves) & (ASKS | COSTLY | {Move.DOOR}):
            verdict, aside = taking_leave(verdict), Aside.NONE if aside is Aside.FOREIGN else aside
        if cue is not None and cue.nameless and aside is not Aside.DISTRESS:
            given = given_name(text, cue.line, common)
            foreign = elsewhere(seen.plain) or (aside is Aside.FOREIGN and given is not None and bool(given.rest))
            if given and not foreign and (given.plainly or heard_little(verdict)):
                verdict, aside = named(verdict, given), Aside.NONE if not aside_by_rule(seen.plain) else aside
                if not given.rest:
                    return Heard(verdict.moves, verdict.scores, words=count)
        if cue is not None and (short := shortly(seen.plain, cue)):
            return by_few_words(short, verdict, count)
        verdict, aside, matter = self._bounded(seen, verdict, aside, cue)
        if cue is not None and cue.nameless and only_a_name(text, verdict, aside, common):
            return Heard((Move.INTRODUCE,), verdict.scores | {Move.INTRODUCE: BY_NAME}, words=count)
        if cue is not None and cue.nameless and presents(text, verdict, aside, cue, common):
            greets = (Move.GREET,) if Move.GREET in verdict.moves else ()
            return Heard((*greets, Move.INTRODUCE), verdict.scores | {Move.INTRODUCE: BY_NAME}, words=count)
        if cue is not None and cue.gave_reason and _MORE.fullmatch(seen.plain):
            return Heard((Move.PROBE,), verdict.scores | {Move.PROBE: BY_NAME}, words=count)
        if cue is not None and cue.asked and not cue.nameless and _AT_A_LOSS.fullmatch(seen.plain):
            return Heard((Move.ANSWER,), verdict.scores | {Move.ANSWER: BY_NAME}, words=count)
        if cue is not None and cue.undecided and (asked := how_it_stands(seen.plain, verdict, aside)):
            faint = ASKS | {Move.OTHER, Move.PRY, Move.ANSWER}
            rest = (m for m in verdict.moves if verdict.scores[m] >= CLEAR and m not in faint)
            return Heard(in_speaking_order({*rest, asked}), verdict.scores | {asked: BY_NAME}, words=count)
        if aside:
            return Heard(scores=verdict.scores, aside=aside, words=count)
        if cue is not None and not matter:  # what touches a matter is no answer to anything
            verdict = as_answer(verdict, seen.plain, cue) or as_guess(verdict, seen.plain, cue) or verdict
        if verdict.moves == (Move.ANSWER,) and not (cue and cue.curious) and is_question(seen.plain):
            verdict = replace(verdict, moves=(Move.OTHER,), echo=None)  # nobody answers with a question
        if set(verdict.moves) <= ONLY_SOFT and opens_as_question(seen.plain):
            asked = Move.PROBE if cue and cue.gave_reason else Move.ASK_OPEN
            verdict = replace(
                verdict, moves=(asked,), echo=None
            )  # “is there more you may not say?” asks, however kindly
        told = cue is not None and cue.gave_reason
        if Move.CLOSE in verdict.moves and not told and rules.be_brief(seen.plain):
            brief = in_speaking_order({*verdict.moves, Move.PERMISSION} - {Move.CLOSE})
            verdict = replace(verdict, moves=brief, echo=None)  # “I won't keep you” comes before the question, too
        if verdict.echo is Move.CLOSE and not told:
            verdict = without(verdict, Move.CLOSE)  # a doubtful goodbye is none: nobody is cut off by a guess
        if verdict.moves == (Move.OTHER,) and matter is Matter.NONE and matters.only_felt(seen.plain):
            verdict = replace(verdict, moves=(Move.VENT,), echo=None)
        if verdict.moves == (Move.OTHER,) and matter is Matter.NONE and matters.apologises(seen.plain, strained=True):
            matter = Matter.TOLD  # a “sorry” where nothing stands between them
        doubted = verdict.echo in FAMILIES["warm"] and set(verdict.moves) == {verdict.echo}
        if (
            matter is Matter.NONE
            and (doubted or verdict.moves == (Move.OTHER,))
            and not verdict.wary
            and matters.only_tells(seen.plain)
        ):
            verdict, matter = replace(verdict, moves=(Move.OTHER,), echo=None), Matter.TOLD
        asks = bool(set(verdict.moves) & ASKS)
        advice = asks and wants_advice(seen.plain)
        guessed = guessed_areas(seen.plain) if asks and not advice else ()
        if asks and not advice and not guessed and cue is not None and cue.gave_reason and takes_up(text, cue.line):
            guessed = areas_asked(seen.plain)
        return Heard(
            moves=verdict.moves,
            scores=verdict.scores,
            sure=verdict.sure,
            wary=verdict.wary,
            echo=verdict.echo,
            areas=(guessed or areas_asked(seen.plain)) if asks else (),
            words=count,
            guess=bool(guessed),
            advice=advice,
            topic=topic_of(seen.plain) if asks else (),
            matter=matter,
        )

    def _alone(self, seen: Evidence, verdict: Verdict, aside: Aside) -> Heard:
        """One utterance by itself, with no line before it: as the model hears it. A matter takes back only what would be costly."""
        count = len(words(seen.plain))
        if Move.INTRODUCE in verdict.moves and names_nobody(seen.plain):
            verdict = without(verdict, Move.INTRODUCE)
        if rules.leaving(seen.plain) and not set(verdict.moves) & (ASKS | COSTLY | {Move.DOOR, Move.CLOSE}):
            verdict, aside = taking_leave(verdict), Aside.NONE if aside is Aside.FOREIGN else aside
        if aside:
            return Heard(scores=verdict.scores, aside=aside, words=count)
        matter, slight = matters.named(seen.plain), rules.slighting(seen.plain)
        off = COSTLY & matters.not_meant(matter, seen.plain, bool(slight) or Move.ACCUSE in seen.ruled)
        if rules.abusive(seen.plain):
            verdict = replace(verdict, moves=in_speaking_order({*verdict.moves, Move.ACCUSE} - {Move.OTHER}))
        verdict = within(verdict, off, bool(slight), not matters.only_felt(seen.plain))
        asks = bool(set(verdict.moves) & ASKS)
        advice = asks and wants_advice(seen.plain)
        guessed = guessed_areas(seen.plain) if asks and not advice else ()
        return Heard(
            moves=verdict.moves,
            scores=verdict.scores,
            sure=verdict.sure,
            wary=verdict.wary,
            echo=verdict.echo,
            areas=(guessed or areas_asked(seen.plain)) if asks else (),
            words=count,
            guess=bool(guessed),
            advice=advice,
            topic=topic_of(seen.plain) if asks else (),
            matter=Matter.NONE if matter is Matter.NOD else matter,
        )

    def _bounded(
        self, seen: Evidence, verdict: Verdict, aside: Aside, cue: Cue | None
    ) -> tuple[Verdict, Aside, Matter]:
        """What was heard, without what only looks like a push or like grace; and the matter it touches."""
        matter = matters.named(seen.plain)
        spoken_to = matter is Matter.REALLY or (matter in TO_A_PERSON and not aside_by_rule(seen.plain))
        if aside is Aside.DISTRESS or (aside and not spoken_to):
            return verdict, aside, Matter.NONE
        if matter is Matter.NOD and (cue is None or not cue.line or not set(verdict.moves) <= NODS):
            matter = Matter.NONE  # a nod goes to a line before it; by itself an okay is what it sounds like
        slight = rules.slighting(seen.plain)
        off = matters.not_meant(matter, seen.plain, bool(slight) or Move.ACCUSE in seen.ruled)
        if matter is Matter.PROTECTED and Move.THREATEN not in verdict.sure and not matters.announces(seen.plain):
            off |= {Move.THREATEN}
        if matter and Move.THREATEN in verdict.moves and Move.THREATEN not in off:
            # A hint with a lawyer in it, and nothing announced: one guarded answer before it ends the call.
            hinted = matter in (Matter.RIGHT, Matter.PROTECTED) and not matters.announces(seen.plain)
            sure = verdict.sure - {Move.THREATEN} if hinted else verdict.sure
            return replace(verdict, sure=sure), aside, Matter.NONE
        if COSTLY & set(verdict.moves) or verdict.wary:
            verdict = self._without_the_no(seen, verdict, cue)
        own, rest = matters.about_oneself(seen.plain), matters.after_nod(seen.plain)
        if own is None and wants_advice(seen.plain):
            own = Move.PROBE
        if own is Move.PROBE and not (cue and cue.gave_reason):
            own = Move.ASK_OPEN
        if own and matter in (Matter.NONE, Matter.FIGURES) and leaves_room(verdict, own):
            kept = set(verdict.moves) - {Move.PRY, Move.OTHER, Move.ARGUE, Move.PLEAD, Move.ANSWER, verdict.echo}
            verdict = replace(verdict, moves=in_speaking_order({*kept, own}), echo=None, wary=False)
        if Move.INTRODUCE in seen.ruled and verdict.moves == (Move.ARGUE,) and not verdict.sure:
            verdict = replace(verdict, moves=(Move.INTRODUCE,), echo=None)  # “we talked twice” says who one is
        if Move.COMMIT in seen.ruled and Move.THREATEN in verdict.moves and Move.THREATEN not in seen.ruled:
            planned = {*verdict.moves, Move.COMMIT} - {
                Move.THREATEN
            }  # a plan of one's own, whomever one means to speak to
            verdict = replace(verdict, moves=in_speaking_order(planned), sure=verdict.sure - {Move.THREATEN})
        if matters.apologises(seen.plain, strained=False) and not (COSTLY & seen.ruled.keys()):
            off |= COSTLY - {Move.THREATEN}  # what is taken back is named in it
            verdict = replace(verdict, moves=tuple(m for m in verdict.moves if m not in off) or (Move.OTHER,))
        if verdict.echo in MENDS and cue is not None and cue.strained:
            verdict = without(verdict, verdict.echo)  # a shut door is not opened by a guess
        kept = set(verdict.moves) - {Move.OTHER, Move.ANSWER, Move.VENT, verdict.echo}
        if matters.apologises(seen.plain, cue is not None and cue.strained) and not kept & MENDS_OR_PUSHES:
            verdict = replace(verdict, moves=in_speaking_order({*kept, Move.REASSURE}), echo=None, wary=False)
        if drowned := self._drowned(seen, verdict, matter, cue):
            verdict = replace(
                verdict, moves=in_speaking_order({*verdict.moves, *drowned} - {Move.OTHER, Move.ANSWER}), echo=None
            )
        if Move.ACCUSE in verdict.sure and matters.civil(seen.plain) and Move.ACCUSE not in seen.ruled:
            verdict = replace(verdict, sure=verdict.sure - {Move.ACCUSE})  # a complaint, in words one may use
        if {Move.VENT, Move.THANK} <= set(verdict.moves) and verdict.scores[Move.VENT] < CLEAR:
            off |= {Move.VENT}  # who thanks for it may be moved, and is not in need of comfort
        if rules.abusive(seen.plain):
            verdict = replace(verdict, moves=in_speaking_order({*verdict.moves, Move.ACCUSE} - {Move.OTHER}))
        before_asking = bool(rest) and {Move.ACCEPT} < set(verdict.moves) and bool(set(verdict.moves) & ASKS)
        if before_asking and Move.ACCEPT not in self.judged(self.evidence(rest), cue)[0].moves:
            off |= {Move.ACCEPT}
        return within(verdict, off, bool(slight), not matters.only_felt(seen.plain)), Aside.NONE, matter

    def _without_the_no(self, seen: Evidence, verdict: Verdict, cue: Cue | None) -> Verdict:
        """The verdict without pushes that were only read into “you turned me down”, which says what the call is about: they stay where the rest
        makes them, and what the rest asks is heard."""
        rest = matters.without_the_no(seen.plain)
        if rest == seen.plain or Move.THREATEN in verdict.sure:
            return verdict
        left = self.judged(self.evidence(rest), cue)[0] if words(rest) else None
        if left is not None and (left.wary or COSTLY & set(left.moves)):
            return verdict
        kept = set(verdict.moves) - COSTLY | (set(left.moves) & (ASKS | {Move.DOOR}) if left else set())
        return replace(verdict, moves=in_speaking_order(kept or {Move.OTHER}), sure=verdict.sure - COSTLY, wary=False)

    def _drowned(self, seen: Evidence, verdict: Verdict, matter: Matter, cue: Cue | None) -> set[Move]:
        """What is asked in a part of the words and was not heard in the whole: beside thanks and kindness, or in a row of questions of which one pries.
        Each part that asks is heard by itself."""
        heard = set(verdict.moves)
        in_a_row = Move.PRY in heard or matter is Matter.WRITTEN
        beside = heard <= BESIDE and "?" in seen.plain
        if heard & (ASKS | COSTLY | {Move.DOOR, Move.PERMISSION}) or not (in_a_row or beside):
            return set()
        parts = asking_parts(seen.plain, apart=in_a_row)
        found: set[Move] = set()
        for part in parts if parts != [seen.plain] else ():
            alone = self.judged(self.evidence(part), cue)[0]
            if (
                Move.PRY not in alone.moves and alone.echo is None
            ):  # only a question that is clear by itself was drowned
                found |= set(alone.moves) & (ASKS | {Move.DOOR})
        return found

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
