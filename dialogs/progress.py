"""How the calls have gone: by skill, and by the level reached against the level that could be reached.

    calls = [held(scenario, seed, turns, when="2026-11-22", session="k7p2"), …]     # oldest first
    progress(calls).text

Counts what was done in calls, never what somebody is. Calls that differ in how far they can open are compared by how much of that
was reached.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from dialogs.call import Outcome
from dialogs.levels import LEVEL_SHORT
from dialogs.moves import Move
from dialogs.practice import Turn
from dialogs.review.rubric import SKILLS, checks
from dialogs.review.story import NOTHING, Stage, Story
from dialogs.scenario import Scenario

BARS = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class HeldCall:
    """One call as progress counts it. `skills` holds (yes, of) by skill; `could` is 0 where there was nobody to open, and where that was not the aim."""

    session: str
    when: str
    scenario: str
    title: str
    outcome: Outcome
    opened: int
    could: int
    skills: Mapping[str, tuple[int, int]]

    @property
    def share(self) -> float | None:
        """How much of what could be opened was opened (0-1); None where there was nothing to open."""
        return self.opened / self.could if self.could else None

    @property
    def process(self) -> float:
        """The share of checks that were a yes."""
        yes, of = (sum(v[i] for v in self.skills.values()) for i in (0, 1))
        return yes / of if of else 0.0


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill over the calls: the share of yes in each call that had it, and how the newer half compares with the older."""

    name: str
    shares: tuple[float, ...]
    yes: int
    of: int
    trend: float

    @property
    def share(self) -> float:
        """The share of yes over all calls, from 0 to 1; 0 when it was never looked at."""
        return self.yes / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything the progress page tells."""

    calls: tuple[HeldCall, ...]
    skills: tuple[Skill, ...]
    text: str

    @property
    def shares(self) -> tuple[float, ...]:
        """How much of what could be opened was opened, call by call."""
        return tuple(c.share for c in self.calls if c.share is not None)

    def as_json(self) -> dict[str, Any]:
        """The calls, the skills with their shares, and the page as `text`."""
        return {
            "calls": [
                asdict(c) | {"outcome": str(c.outcome), "share": c.share, "process": c.process} for c in self.calls
            ],
            "skills": [asdict(s) | {"share": round(s.share, 3)} for s in self.skills],
            "text": self.text,
        }


def held(
    scenario: Scenario,
    seed: int,
    turns: Sequence[Turn],
    *,
    session: str = "",
    when: str = "",
    meant: Mapping[int, tuple[Move, ...]] = NOTHING,
) -> HeldCall | None:
    """A call as progress counts it, from its turns; None for one in which somebody was in distress, which is not counted."""
    story = Story(scenario, seed, turns, meant)
    if story.distressed:
        return None
    skills: dict[str, tuple[int, int]] = {}
    for check in checks(story):
        yes, of = skills.get(check.skill, (0, 0))
        skills[check.skill] = yes + check.yes, of + 1
    could = story.could if story.stage is Stage.MANAGER and not story.dared else 0
    return HeldCall(session, when, scenario.name, scenario.title, story.outcome, story.opened, could, skills)


def progress(calls: Sequence[HeldCall]) -> Progress:
    """These calls, oldest first, taken together."""
    skills = tuple(_skill(name, calls) for name in SKILLS if any(name in c.skills for c in calls))
    return Progress(tuple(calls), skills, _text(calls, skills))


def sparkline(values: Sequence[float]) -> str:
    """Shares (0-1) as a line of small bars, for a terminal or a chat."""
    return "".join(BARS[min(7, max(0, round(v * 7)))] for v in values)


def _skill(name: str, calls: Sequence[HeldCall]) -> Skill:
    found = [c.skills[name] for c in calls if name in c.skills]
    shares = tuple(yes / of for yes, of in found)
    half = len(shares) // 2
    trend = sum(shares[half:]) / len(shares[half:]) - sum(shares[:half]) / half if half else 0.0
    return Skill(name, shares, sum(y for y, _ in found), sum(o for _, o in found), round(trend, 3))


def _text(calls: Sequence[HeldCall], skills: Sequence[Skill]) -> str:
    if not calls:
        return "No calls yet. After the first one, this page shows how it went."
    lines = [f"{len(calls)} {'call' if len(calls) == 1 else 'calls'}."]
    shares = [c.share for c in calls if c.share is not None]
    width = max(len("openness"), *(len(s.name) for s in skills)) if skills else len("openness")
    if shares:
        lines.append(f"{'openness':<{width}}  {sparkline(shares[-30:])}  {_how_far([c for c in calls if c.could])}")
    lines += [f"{s.name:<{width}}  {sparkline(s.shares[-30:])}  {s.yes} of {s.of}" for s in skills]
    if advice := _next(skills, len(calls)):
        lines.append(advice)
    return "\n".join(lines)


def _how_far(calls: Sequence[HeldCall]) -> str:
    """How much was opened of what could be, in these calls together, and in how many of them all of it."""
    whole = sum(c.opened >= c.could for c in calls)
    if whole == len(calls):
        return "all that could be opened"
    part = f"{100 * sum(c.opened for c in calls) / sum(c.could for c in calls):.0f} % of what could be opened"
    return part if len(calls) == 1 else f"{part}, and all of it in {whole or 'none'} of {len(calls)} calls"


ASK_OF_SKILL: dict[str, str] = {
    "opening": "say who is calling and ask whether the moment is good",
    "groundwork": "take the decision as settled before you ask about it",
    "question": "ask for one thing, not for everything",
    "follow-up": "ask on once after the first answer",
    "grace": "show that the answer is well taken",
    "closing": "end it yourself, with thanks and a goodbye",
}


NERVE = "nerve"
"""What a call that is there to be hung up on trains; it is explained, and never asked of the next call."""
OF_SKILL: dict[str, str] = {
    **ASK_OF_SKILL,
    NERVE: "in a call that is there for it, say what one must not say, and stay on the line",
}


def legend(shown: Progress) -> str:
    """What the signs, the skills and the levels mean; empty where there is nothing to explain."""
    if not shown.calls:
        return ""
    lines = ["Each bar is a call, the oldest first; the taller it is, the better that went."]
    if shown.shares:
        lines.append("openness: how far the manager opened, of how far each could. The levels are")
        lines.append("  " + ", ".join(f"{level} {words}" for level, words in enumerate(LEVEL_SHORT)) + ".")
    lines += [f"{s.name}: {OF_SKILL[s.name]}." for s in shown.skills if s.name in OF_SKILL]
    return "\n".join(lines)


def _next(skills: Sequence[Skill], count: int) -> str:
    """The one thing to try next, when the calls so far point to it."""
    weak = [s for s in skills if s.of >= 2 and s.share < 0.75 and s.name in ASK_OF_SKILL]
    if not weak or count < 2:
        return ""
    lowest = min(weak, key=lambda s: s.share)
    return f"For the next call: {ASK_OF_SKILL[lowest.name]}."
