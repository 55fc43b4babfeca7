"""What spoke for each move of an utterance: n-grams, rules, the encoder's share, the guard, in words."""

from __future__ import annotations

from dataclasses import dataclass, field

from dialogs.hearing.ear import Ear
from dialogs.hearing.heard import Aside, Cue, Heard
from dialogs.moves import COSTLY, Move

SHOWN = 5  # n-grams a move
NEAR = 0.2  # moves not heard are told from this probability up


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one move was heard, or nearly. `from_words`, `from_encoder`, `from_rule` are what each part added to the score."""

    move: Move
    heard: bool
    probability: float
    needed: float
    from_words: float
    from_encoder: float
    from_rule: float
    rule: str = ""
    grams: tuple[tuple[str, float], ...] = ()
    note: str = ""

    def __str__(self) -> str:
        parts = []
        if self.grams:
            parts.append("words " + ", ".join(f"“{g}” {v:+.1f}" for g, v in self.grams))
        if self.from_encoder:
            parts.append(f"the sentence as a whole {self.from_encoder:+.1f}")
        if self.rule:
            parts.append(f"the rule for “{self.rule}” {self.from_rule:+.1f}")
        if self.note:
            parts.append(self.note)
        said = "heard" if self.heard else "not heard"
        return f"{self.move} {self.probability:.0%} (needs {self.needed:.0%}): {said}; " + "; ".join(parts)


@dataclass(frozen=True, slots=True)
class Why:
    """One utterance as heard, and the reasons, the likeliest first."""

    heard: Heard
    reasons: tuple[Reason, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def __str__(self) -> str:
        return "\n".join([*self.notes, *(str(r) for r in self.reasons)])


def why(ear: Ear, text: str, cue: Cue | None = None) -> Why:
    """Hear these words and tell what spoke for each move that was heard or nearly heard."""
    heard = ear.hear(text, cue)
    seen = ear.evidence(text)
    told = []
    for move in sorted(Move, key=lambda m: (-heard.scores.get(m, 0.0), m)):
        p, is_heard = heard.scores.get(move, 0.0), move in heard.moves and not heard.aside
        if not is_heard and p < NEAR:
            continue
        words, encoder, rule = ear.shares(seen, move)
        told.append(
            Reason(
                move, is_heard, p, ear.bar(move), words, encoder, rule, seen.ruled.get(move, ""),
                tuple((g.removeprefix("w ").strip(), v) for g, v in ear.grams(seen, move)[:SHOWN]),
                "a “not” turns it round" if seen.guard and move in COSTLY else "",
            )
        )  # fmt: skip
    return Why(heard, tuple(told), tuple(_notes(heard, seen.guard)))


def _notes(heard: Heard, guard: str) -> list[str]:
    notes = []
    if heard.aside:
        notes.append({
            Aside.SILENCE: "nothing was said",
            Aside.SOFTWARE: "addressed to the software: it moves nothing",
            Aside.FOREIGN: "not English",
            Aside.DISTRESS: "distress: the call pauses",
        }.get(heard.aside, str(heard.aside)))  # fmt: skip
    if guard:
        notes.append(f"“{guard}” says what the speaker does not do")
    if heard.wary:
        notes.append("something costly may have been meant, not surely enough to act on")
    if heard.echo:
        notes.append(f"understood with some doubt; the manager says {heard.echo} back")
    return notes
