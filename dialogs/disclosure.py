"""How much a manager's line gives away: its disclosure level, 0 (a stonewall) to 4 (candid), and how sure that reading is.

    read_line("The other finalist already had the licence, and you'd need it here.").level     # 3

The line's n-grams and a few concepts (a refusal, a formula, a dimension, a concrete gap, advice) are scored by weights that
tools/disclosure taught offline; that needs nothing but the standard library. Where the full hearing is in use, what its sentence
encoder makes of the line is scored as well, by weights that fit that encoder and no other. docs/transcripts.md has the figures.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from dialogs import hearing
from dialogs.hearing import weights
from dialogs.hearing.light import Light
from dialogs.hearing.text import clean, plain
from dialogs.patterns import Lazy, lazy

if TYPE_CHECKING:
    from dialogs.hearing.encoder import Encoder

WEIGHTS = Path(__file__).parent / "disclosure.bin"
STEPS = ("1", "2", "3", "4")
"""Labels of the weights: at least this level. `answer`: the line answers a question for the reason at all."""
ANSWER = "answer"
UNSURE = 0.6
"""Below this confidence a reader should ask rather than tell: of what is told, nine of ten are right on unknown hands, in either hearing."""

# What a line is about, whatever words it takes: each concept that is found is scored like a word of its own. One line each, so
# that it can be read; none has a quantifier inside a quantifier.
CONCEPTS: dict[str, Lazy] = {
    name: lazy(pattern)
    for name, pattern in {
        "refuses": r"(?:can't|cannot|can not|won't|will not|not able to|unable to|not going to|not in a position|don't|do not|not (?:permitted|allowed)|rather not|never) (?:\w+ ){0,3}(?:give|provide|share|discuss|comment|disclose|offer|go into|get into|say|explain|elaborate|break|add|talk|speak|tell|enter into|reveal|release|feedback)",
        "policy": r"\b(?:policy|policies|legal|lawyers?|counsel|liability|compliance|confidential\w*|procedure|guidelines|gdpr|agg|protocol|not permitted|not allowed|practice not to|volume of applica)\b",
        "no_reason": r"\b(?:no (?:feedback|reasons?|details?|comment|further)|without (?:giving )?reasons?|individual (?:feedback|reasons?)|specific feedback|decision (?:is final|stands|has been made|was made)|nothing (?:more|further|else) (?:to|i can))\b",
        "formula": r"\b(?:another direction|different direction|other candidates?|another candidate|move forward with|moving forward with|proceed with|more closely|closer match|close(?:st|r) (?:fit|match)|better (?:fit|match|met|suited|aligned)|best (?:fit|match|suited)|strong(?:er)? (?:field|pool|candidates?|applicants?)|high (?:calibre|caliber|standard|quality|volume)|competitive|many (?:strong|good|qualified|excellent)|impress(?:ed|ive)|difficult decision|tough decision|hard decision|on this occasion|at this time|not (?:be )?(?:successful|selected|progress\w*))\b",
        "dimension": r"\b(?:experience|background|fit|culture|team|seniority|level|skills?|communication|presence|leadership|style|energy|depth|breadth|sector|industry|technical|commercial|internal|budget|location|timing|salary|head ?count|chemistry)\b",
        "softly": r"\b(?:a (?:bit|little|touch|shade)|slightly|somewhat|sort of|kind of|let's say|put it (?:this|that) way|on the .{1,20} side|more on|came down to|tipped|leaned|edged?|perhaps|maybe|in terms of|around|area)\b",
        "inside": r"\b(?:internal(?:ly)?|in-house|someone we (?:already )?kn[eo]w|already work\w*|promot\w+|from within|one of our own|transfer\w*|referr\w+)\b",
        "vacancy": r"\b(?:budget|funding|freeze|frozen|cut|cancell?ed|withdrawn|on hold|restructur\w+|reorgani[sz]\w+|re-?scoped|head ?count|position (?:was|is|has been) (?:closed|filled|changed))\b",
        "gap": r"\b(?:certificat\w+|certified|licen[cs]e\w*|degree|diploma|qualification|accredit\w+|chartered|years?|months?|visa|permit|clearance|fluen\w+|german|french|spanish|portfolio|references?|notice period|relocat\w+|commute|salary expect\w*|python|excel|sql|java\w*|sap|salesforce|driving|management experience|budget responsibility|p&l)\b",
        "lacked": r"\b(?:lack\w*|miss(?:ed|ing)?|didn't (?:have|show|give|mention|know|bring|ask|quantify|answer|explain|seem|come|get|really)|did not (?:have|show|give|mention|know|bring|ask|quantify|answer|explain|seem|come)|don't (?:have|hold)|haven't|hadn't|without|short of|not enough|too (?:little|few|junior|senior|long|short|vague|general|quiet|much|many)|weak\w*|fell short|struggled|never)\b",
        "moment": r"\b(?:when (?:we|i|you) (?:asked|talked|spoke|were|came|got|started|said)|in the (?:interview|task|exercise|case|presentation|second round|first round|test|panel)|(?:your|the) (?:answer|example|case|presentation|task|test|interview|cv|resume|résumé|cover letter|story|slides|portfolio)|question (?:about|on)|on the day|during)\b",
        "advice": r"\b(?:i(?:'d| would) (?:advise|suggest|recommend|work on|practi[sc]e|bring|prepare|get|put|learn|take|start|look|say|tell|come|rehearse|drop|spend|write|have|do|go|keep|cut|lead|open|try|ask|read|use|make|leave|build|show)|next time|my advice|if i were you|if you (?:get|can|could|do|take|want|work|bring|come|add|put)|you (?:might|may|could|should) (?:want to |also |try |consider |think )?|work on|try to|make sure|for the next|before (?:the|your) next|would help|worth (?:getting|doing|taking|having|practi[sc]ing))\b",
        "frank": r"\b(?:honest(?:ly)?|frank(?:ly)?|straight|candid(?:ly)?|between (?:us|you and me)|to be fair|truth is|off the record|blunt\w*|plain(?:ly)?|the real reason|real issue|let me tell you)\b",
        "because": r"\b(?:because|since|the reason|that was (?:it|the|what|all)|was the difference|made the difference|decided it|that's why|which is why|the (?:issue|problem|concern|gap|difference|sticking point|deciding factor) (?:was|were|is)|what (?:let|held|cost|worried|counted|swung|tipped))\b",
        "they_had": r"\b(?:(?:the )?(?:other (?:person|candidate|finalist|one)|successful (?:candidate|applicant)|person we (?:chose|hired|took|picked|appointed)|they|she|he|someone (?:else )?(?:who|with)|somebody (?:who|with)|candidate (?:who|with)) (?:already |simply |just |also )?(?:had|has|held|holds|brought|brings|came with|spoke|speaks|ran|knew|with))\b",
        "future": r"\b(?:keep (?:your|you)|on file|future (?:openings?|roles?|vacanc\w+|opportunit\w+)|best of luck|wish you|apply again|good luck|all the best)\b",
        "number": r"\b(?:\d+|two|three|four|five|six|seven|eight|ten|twelve|half|dozen|twice)\b",
    }.items()
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A line as read: its most likely level, how sure that is (0-1), the chance of each level, and whether it answers at all."""

    level: int
    sure: float
    chances: tuple[float, float, float, float, float]
    answers: float = 1.0

    @property
    def unsure(self) -> bool:
        """Whether one should ask rather than tell."""
        return self.sure < UNSURE


def marked(line: str) -> str:
    """The line as it is scored: plain, with the concepts found in it as words of their own."""
    text = plain(line)
    return f"{text} {' '.join(concepts(text))}"


def concepts(text: str) -> list[str]:
    """The concepts in a plain text, in the table's order; a long line says so too."""
    found = [f"x{name.replace('_', '')}" for name, pattern in CONCEPTS.items() if pattern.search(text)]
    count = len(text.split())
    return [*found, "xlong"] if count > 30 else [*found, "xshort"] if count < 8 else found


class _Sense:
    """What is taught on top of a sentence encoder: a score per label from what it makes of the pieces of a line.

    A reason is often one clause amid thanks and good wishes, and the mean of all pieces drowns it. So a few looks go over the line
    beside the mean, each of which weighs the pieces for itself, and what they find is scored too.
    """

    def __init__(self, held: weights.Weights, encoder: Encoder) -> None:
        import numpy as np

        self._np, self._encoder, about = np, encoder, held.about["sense"]
        self._look, self._hold, self._mean, self._out = (
            np.frombuffer(held.bytes_of(f"sense.{name}"), dtype="<f2")
            .reshape(held.about["arrays"][f"sense.{name}"]["shape"])
            .astype(np.float32)
            for name in ("look", "hold", "mean", "out")
        )
        self._held = np.asarray(about["held"], dtype=np.float32)
        self._bias = np.asarray(about["bias"], dtype=np.float32)
        self.mix: tuple[float, float] = tuple(about["mix"])

    def scores(self, line: str) -> list[float]:
        np = self._np
        pieces = self._encoder.sense(clean(line))
        weigh = pieces @ self._look
        weigh = np.exp(weigh - weigh.max(axis=0))
        weigh /= weigh.sum(axis=0)
        seen = np.tanh(weigh.T @ (pieces @ self._hold) + self._held)
        found: list[float] = (pieces.mean(axis=0) @ self._mean + seen.ravel() @ self._out + self._bias).tolist()
        return found


@lru_cache(maxsize=1)
def _held() -> tuple[weights.Weights, Light]:
    held = weights.read(WEIGHTS)
    return held, Light(held)


@lru_cache(maxsize=2)
def _sense(encoder: Encoder) -> _Sense | None:
    held, _ = _held()
    return _Sense(held, encoder) if fits(encoder) else None


def fits(encoder: Encoder) -> bool:
    """Whether the weights were taught on these layers of this very encoder: on others a point means something else, and the light half reads alone."""
    held, _ = _held()
    taught = held.about.get("sense", {})
    same = taught.get("encoder") == encoder.fingerprint and taught.get("layers") == list(encoder.sensed)
    return bool(same and "sense.look" in held.about["arrays"])  # taught before there were looks, it has none


def read_line(line: str) -> Reading:
    """The disclosure level of one line of a manager, as well as the hearing in use allows. Loads its weights at the first line."""
    held, light = _held()
    scores = dict(zip(light.labels, light.scores(marked(line)), strict=True))
    chances, temper = _chances(scores), "light"
    encoder = hearing.sentence_encoder()
    if encoder is not None and (sense := _sense(encoder)) is not None:
        by_sense = dict(zip(light.labels, sense.scores(line), strict=True))
        # Two witnesses who disagree are believed less than the sum of what they say.
        temper = "agree" if _likeliest(chances) == _likeliest(_chances(by_sense)) else "differ"
        a, b = sense.mix
        scores = {name: a * scores[name] + b * by_sense[name] for name in scores}
        chances = _chances(scores)
    chances = tempered(chances, held.about.get("temper", {}).get(temper, 1.0))
    level = _likeliest(chances)
    c0, c1, c2, c3, c4 = (round(c, 4) for c in chances)
    return Reading(level, round(chances[level], 4), (c0, c1, c2, c3, c4), round(_chance(scores[ANSWER]), 4))


def _chances(scores: dict[str, float]) -> list[float]:
    """The chance of each level, by the chances that it is at least so high."""
    at_least = [1.0]
    for step in STEPS:
        at_least.append(min(at_least[-1], _chance(scores[step])))
    return [a - b for a, b in zip(at_least, [*at_least[1:], 0.0], strict=True)]


def _likeliest(chances: list[float]) -> int:
    return max(range(5), key=lambda k: chances[k])


def tempered(chances: list[float], temper: float) -> list[float]:
    """Chances evened out (a temper above 1) or drawn out (below 1), so that what is called 80 % sure is right four times of five.

    How much was found on hands that the weights had not seen. Which level is likeliest stays as it was.
    """
    drawn = [max(c, 0.0) ** (1 / temper) for c in chances]
    return [d / sum(drawn) for d in drawn]


def _chance(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
