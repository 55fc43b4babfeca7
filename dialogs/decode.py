"""The decode drill: how open was that line really, and what may be behind it?

    for item in drill(seed=3, count=5):
        item.question, item.choices; item.judge(guess=1, sure=0.8).text

Lines come from `decode_lines`, or from a call just held (`from_call`). What was guessed is scored over time by `tally`: how often right, how
sure when right, and whether more openness is heard than there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from random import Random
from typing import Any

from dialogs.decode_lines import HOUSES, SAMPLES, Sample
from dialogs.levels import LEVEL_CHOICES, LEVEL_WORDS
from dialogs.practice import Turn
from dialogs.review.guess import FAMILIES, REASONS
from dialogs.scenario import Scenario
from dialogs.scenes import LEVELS

NOTHING_TO_READ = "It can't be told from this line"


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of one guess. `points` are 1 for right, 0.5 for next to it; `brier` is (sure - right)², 0 best, None when unsaid."""

    right: bool
    points: float
    brier: float | None
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line to decode. `key` names it in the log; the reason question is only asked where there is one to ask."""

    key: str
    setting: str
    asked: str
    said: str
    level: int
    why: str
    reasons: tuple[str, ...] = ()
    reason_right: int = 0
    truth: str = ""

    @property
    def question(self) -> str:
        """What is asked about the line."""
        return "How open is that?"

    @property
    def choices(self) -> tuple[str, ...]:
        """The answers to choose from, by level from 0 to 4."""
        return LEVEL_CHOICES

    @property
    def reason_question(self) -> str:
        """What is asked about it next, where it has `reasons` to choose from."""
        return "And what is behind it?"

    def judge(self, guess: int, sure: float | None = None) -> Judged:
        """How good a guess of the level (0-4) was; `sure` (0-1) is how certain one was of it."""
        right = guess == self.level
        near = abs(guess - self.level) == 1
        brier = None if sure is None else round((min(max(sure, 0.0), 1.0) - right) ** 2, 4)
        begin = "Right." if right else "Nearly." if near else "Not quite."
        text = f"{begin} That was {LEVEL_WORDS[self.level]} (level {self.level}). {self.why}".strip()
        return Judged(right, 1.0 if right else 0.5 if near else 0.0, brier, text)

    @property
    def behind(self) -> str:
        """What the line points to, for who passes over that question; empty where it is not asked."""
        if not self.reasons:
            return ""
        if self.level <= 1:
            return f"From this line nothing can be known.{self._truth}"
        return f"What is behind it: {self.reasons[self.reason_right]}."

    @property
    def _truth(self) -> str:
        return f" What was behind it: {self.truth}." if self.truth and self.level <= 1 else ""

    def judge_reason(self, guess: int) -> Judged:
        """How good a guess of the reason was."""
        right = guess == self.reason_right
        if self.level <= 1:
            text = "Right: nothing can be read from it." if right else "From this line nothing can be known."
        else:
            text = "Right." if right else f"The line points to this: {self.reasons[self.reason_right]}."
        return Judged(right, float(right), None, text + self._truth)

    def as_json(self) -> dict[str, Any]:
        """Its parts by name; the right answers are among them."""
        return asdict(self)


def drill(seed: int, count: int = 5, *, done: Iterable[str] = ()) -> tuple[Item, ...]:
    """So many lines, every level among them before one comes twice, those not yet decoded first."""
    rng = Random(f"drill:{seed}")
    seen = set(done)
    piles: dict[int, list[Sample]] = {}
    for sample in SAMPLES:
        piles.setdefault(sample.level, []).append(sample)
    for pile in piles.values():
        rng.shuffle(pile)
        pile.sort(key=lambda s: s.key in seen)
    picked: list[Sample] = []
    while len(picked) < min(count, len(SAMPLES)):
        levels = [level for level in piles if piles[level]]
        rng.shuffle(levels)
        for level in levels[: count - len(picked)]:
            picked.append(piles[level].pop(0))
    return tuple(_item(sample, rng) for sample in picked)


def from_call(scenario: Scenario, turns: Sequence[Turn]) -> tuple[Item, ...]:
    """The answers of a call just held, to be decoded: each line once, with what was asked."""
    items: dict[str, Item] = {}
    for turn in turns:
        line = next((x for x in turn.lines if x.heading in LEVELS), None)
        if line is None or turn.level is None:
            continue
        items.setdefault(
            line.text,
            Item(
                key=f"{scenario.name}:{turn.n}",
                setting=f"{scenario.manager}, {scenario.company}",
                asked=turn.said.strip(),
                said=line.text,
                level=LEVELS.index(line.heading),
                why=_TELLS[LEVELS.index(line.heading)],
            ),
        )
    return tuple(items.values())


_TELLS: tuple[str, ...] = (
    "Nothing in it is about the decision, only about not speaking of it.",
    "It would fit anybody who applied, so it says nothing about you.",
    "It names a direction, not the thing itself. Such a line can be asked about.",
    "It names the thing itself. What to do about it is left to you.",
    "It names the thing, tells how it came across, and what to do.",
)


def _item(sample: Sample, rng: Random) -> Item:
    true = NOTHING_TO_READ if sample.level <= 1 else REASONS[sample.kind]
    others = [
        REASONS[rng.choice([k for k in family if k != sample.kind])] for family in FAMILIES if sample.kind not in family
    ]
    choices = [true, *rng.sample(others, 2 if sample.level > 1 else 3)]
    if sample.level > 1:
        choices.append(NOTHING_TO_READ)
    rng.shuffle(choices)
    return Item(
        key=sample.key,
        setting=HOUSES[sample.house],
        asked=sample.asked,
        said=sample.said,
        level=sample.level,
        why=sample.why,
        reasons=tuple(choices),
        reason_right=choices.index(true),
        truth=REASONS[sample.kind],
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """How the drill has gone. `lean` is above 0 when more openness is heard than there is; `brier` None when never sure of it.

    `sure` and `right` are means over the guesses that came with a certainty: being 80 % sure is well judged when 80 % are right.
    """

    count: int
    hits: float
    near: float
    lean: float
    brier: float | None
    sure: float | None
    right: float | None
    recent: tuple[float, ...]
    text: str

    def as_json(self) -> dict[str, Any]:
        """Its parts by name."""
        return asdict(self)


def tally(guesses: Sequence[Mapping[str, Any]]) -> Tally:
    """All guesses so far, oldest first: mappings with `guess`, `level` and, where it was said, `sure`."""
    if not guesses:
        return Tally(0, 0.0, 0.0, 0.0, None, None, None, (), "Nothing decoded yet.")
    n = len(guesses)
    off = [int(g["guess"]) - int(g["level"]) for g in guesses]
    certain = [(float(g["sure"]), int(g["guess"]) == int(g["level"])) for g in guesses if g.get("sure") is not None]
    hits, near = sum(d == 0 for d in off) / n, sum(abs(d) == 1 for d in off) / n
    lean = sum(off) / n
    brier = round(sum((s - r) ** 2 for s, r in certain) / len(certain), 4) if certain else None
    sure = round(sum(s for s, _ in certain) / len(certain), 3) if certain else None
    right = round(sum(r for _, r in certain) / len(certain), 3) if certain else None
    recent = tuple(1.0 if d == 0 else 0.5 if abs(d) == 1 else 0.0 for d in off[-20:])
    text = _told(off, lean, sure, right)
    return Tally(n, round(hits, 3), round(near, 3), round(lean, 3), brier, sure, right, recent, text)


LOOK_AT = (
    "What to look at next: is there a word in the line that could only be about you? Without one it is level 0 or 1; "
    "a direction is 2, the thing itself 3, and advice makes it 4."
)
LEANS = (
    "On the whole your guesses hear more openness than there is. Ask of the next line whether any applicant could have got it.",
    "On the whole your guesses hear less openness than there is. Look in the next line for the word that is only about you.",
)


def _told(off: Sequence[int], lean: float, sure: float | None, right: float | None) -> str:
    n, hits, near = len(off), sum(d == 0 for d in off), sum(abs(d) == 1 for d in off)
    lines = "One line decoded" if n == 1 else f"{n} lines decoded"
    beside = f", {near} just one level off" if near and n > 1 else ", just one level off" if near else ""
    if hits:
        right_ones = (
            "all at the right level"
            if hits == n > 1
            else f"{hits} at the right level"
            if n > 1
            else "at the right level"
        )
        told = [f"{lines}: {right_ones}{beside}."]
    else:
        usual = "Such lines are made to sound like more than they say, so most people start there."
        told = [f"{lines}, {'none' if n > 1 else 'not'} at the exact level yet{beside}. {usual}"]
    if n >= 5 and abs(lean) >= 0.3:
        told.append(LEANS[lean < 0])
    elif not hits:
        told.append(LOOK_AT)
    if sure is not None and right is not None and n >= 5:
        gap = sure - right
        if gap > 0.15:
            told.append(f"You were {sure:.0%} sure and {right:.0%} right: doubt the lines a little more.")
        elif gap < -0.15:
            told.append(f"You were {sure:.0%} sure and {right:.0%} right: these guesses deserve more trust.")
        else:
            told.append(f"You were {sure:.0%} sure and {right:.0%} right: well judged.")
    return " ".join(told)
