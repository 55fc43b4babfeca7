"""What hearing gives to the call: the only thing a turn is decided by, and the thing the log keeps.

A call is rebuilt by folding logged `Heard`s, never by hearing the words again; so everything the call reacts to stands here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from dialogs.hearing.matters import Matter
from dialogs.moves import Move, in_speaking_order


class Aside(StrEnum):
    """Words that are no move in the call. The manager answers them in role; distress pauses the call."""

    NONE = ""
    SILENCE = "silence"  # nothing was said
    SOFTWARE = "software"  # addressed to the program, not to the manager
    FOREIGN = "foreign"  # not English
    DISTRESS = "distress"  # talk of self-harm, or despair beyond the job
    HANG_UP = "hang_up"  # rang off; never heard in words, set by the shell


class Cue(NamedTuple):
    """What the words may lean on: the manager's last line, and what she did with it.

    `asked`: she put a question that waits for an answer. `gave_reason`: she gave an answer to a question (level 0-4) that can
    be asked on. `nameless`: she does not know yet who is calling, so that a bare name introduces. `curious`: the question that
    waits is her own, about the caller. `undecided`: the decision is still open, so that "have you picked someone?" is a question to her. `strained`: there was a
    push, and the shutters are down or it was heard out, so that a bare "sorry" takes something back. `later`: she has just spoken of later on, so that "when would that be?" asks on from that.
    """

    line: str = ""
    asked: bool = False
    gave_reason: bool = False
    nameless: bool = False
    curious: bool = False
    undecided: bool = False
    strained: bool = False
    later: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """One utterance as understood.

    `moves` is what the call acts on, in speaking order, never empty (`other` when nothing else). `scores` holds a
    calibrated confidence 0-1 for every move. `sure` are the costly moves beyond doubt (they may end a call).
    `wary`: something costly may have been meant, but not surely enough to act on. `echo`: the move the manager repeats in her
    own words because it was understood with some doubt (None when clear). `areas`: what a question is about,
    names from `areas.AREAS`. `words`: how many words were said, for the clock. `guess`: the areas were put forward to be told yes or no.
    `advice`: it was asked what would have been better. `hard`: the blame in it is in hard words, an insult or an unlawful act. `topic`: the words of the question that point somewhere. `matter`: what they touch beside
    the moves, a right or a recording.
    """

    moves: tuple[Move, ...] = (Move.OTHER,)
    scores: dict[Move, float] = field(default_factory=dict, hash=False)
    sure: frozenset[Move] = frozenset()
    wary: bool = False
    echo: Move | None = None
    areas: tuple[str, ...] = ()
    aside: Aside = Aside.NONE
    words: int = 0
    guess: bool = False
    advice: bool = False
    topic: tuple[str, ...] = ()
    matter: Matter = Matter.NONE
    hard: bool = False

    def as_json(self) -> dict[str, Any]:
        """The shape kept in the log; `from_json` gives the same Heard back (scores to 4 decimals)."""
        kept: dict[str, Any] = {
            "moves": list(map(str, self.moves)),
            "scores": {str(m): round(p, 4) for m, p in self.scores.items() if p >= 0.01},
            "words": self.words,
        }
        if self.sure:
            kept["sure"] = sorted(map(str, self.sure))
        if self.wary:
            kept["wary"] = True
        if self.echo:
            kept["echo"] = str(self.echo)
        if self.areas:
            kept["areas"] = list(self.areas)
        if self.aside:
            kept["aside"] = str(self.aside)
        if self.guess:
            kept["guess"] = True
        if self.advice:
            kept["advice"] = True
        if self.topic:
            kept["topic"] = list(self.topic)
        if self.matter:
            kept["matter"] = str(self.matter)
        if self.hard:
            kept["hard"] = True
        return kept

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Heard:
        """Read what `as_json` wrote. Raises ValueError for a move this program does not know."""
        return cls(
            moves=tuple(Move(m) for m in kept["moves"]),
            scores={Move(m): float(p) for m, p in kept.get("scores", {}).items()},
            sure=frozenset(Move(m) for m in kept.get("sure", ())),
            wary=bool(kept.get("wary", False)),
            echo=Move(kept["echo"]) if kept.get("echo") else None,
            areas=tuple(kept.get("areas", ())),
            aside=Aside(kept.get("aside", "")),
            words=int(kept.get("words", 0)),
            guess=bool(kept.get("guess", False)),
            advice=bool(kept.get("advice", False)),
            topic=tuple(kept.get("topic", ())),
            matter=Matter(kept.get("matter", "")),
            hard=bool(kept.get("hard", False)),
        )

    @classmethod
    def of(cls, *moves: Move | str, areas: tuple[str, ...] = (), words: int = 8) -> Heard:
        """Exactly these moves, without doubt, and areas as guesses: for plays, simulations and tests."""
        known = in_speaking_order({Move(m) for m in moves} or {Move.OTHER})
        scores = dict.fromkeys(known, 1.0)
        return cls(known, scores, frozenset(known), areas=areas, words=words, guess=bool(areas))
