"""The real call: a card to hold in the hand, what came of it, and what to do about what was learned.

    card = plan(Facts(company="Harbour Mutual", job="data analyst", manager="Dana Whitfield", name="Sam Ortiz"))
    print(card.text)
    after = happened(level=3, kind="certificate", told="They wanted the cloud certificate.")
    after.todo, reminders(call_on=…)

Pure: times come in as arguments and go out as data; the shell keeps them and speaks up only where that was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from dialogs.called import called
from dialogs.levels import LEVEL_CHOICES, named
from dialogs.progress import HeldCall
from dialogs.review import phrases
from dialogs.review.guess import REASONS
from dialogs.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known before a real call; every part may be left out. `fear` is a kind of reason, `guarded` how closed they seemed:
    0 open, 1 usual, 2 closed."""

    company: str = ""
    job: str = ""
    manager: str = ""
    name: str = ""
    when: str = ""
    fear: str = ""
    guarded: int = 1

    @classmethod
    def of(cls, scenario: Scenario, *, name: str = "", fear: str = "") -> Facts:
        """The facts of a scenario; its hidden reason stays hidden."""
        closed = {"counsel": 2, "burned": 2, "german": 2, "founder": 0, "panel": 0}.get(scenario.house, 1)
        return cls(scenario.company, scenario.job, scenario.manager, name, "", fear, closed)


@dataclass(frozen=True, slots=True)
class PlanCard:
    """What to say, in the order of the call. `ifs` are (if, then) pairs."""

    opening: str
    ask: str
    follow_ups: tuple[str, str, str]
    ifs: tuple[tuple[str, str], ...]
    closing: str
    head: str = ""

    @property
    def text(self) -> str:
        """The card as plain lines."""
        lines = [self.head, "", "Opening", f"  {self.opening}", "The ask", f"  {self.ask}", "To ask on"]
        lines += [f"  {q}" for q in self.follow_ups]
        for when, then in self.ifs:
            lines += [f"If {when}", f"  {then}"]
        return "\n".join([*lines, "Closing", f"  {self.closing}"]).strip()

    def as_json(self) -> dict[str, Any]:
        """Its parts, and the whole card as `text`."""
        return asdict(self) | {"text": self.text}


ASK_ABOUT: dict[str, str] = {
    "practical": "Was it a practical matter, the place or the hours?",
    "internal": "Was there somebody from inside?",
    "budget": "Did something about the post itself change?",
    "pay": "Were my expectations out of reach?",
    "years": "Was it the number of years I've done this?",
    "certificate": "Was it a certificate I don't have yet?",
    "qualification": "Was it one particular skill?",
    "comparison": "What would have put me ahead?",
    "overqualified": "Did I seem too senior for it?",
    "answers": "Was it one of my answers?",
    "unquantified": "Would figures or examples have helped?",
    "exit story": "Was it how I explained leaving my last job?",
    "unprepared": "Did I seem to know too little about the company?",
    "interest": "Did I seem less keen than I am?",
    "references": "Was it something in my references?",
    "application": "Was there something in my application?",
    "presentation": "Was it something about how I presented myself?",
    "faux pas": "Did something I said or did strike a wrong note?",
    "dislike": "Was it how I would have fitted into the team?",
}
"""Kind of reason → a narrow question for somebody who fears it."""


def plan(facts: Facts, *, seed: int = 0) -> PlanCard:
    """The card for this call; another seed gives other words."""
    rng = Random(f"plan:{facts.company}:{facts.job}:{seed}")

    def pick(options: Sequence[str]) -> str:
        return options[rng.randrange(len(options))]

    job = (
        f"the {facts.job} {'' if re.search(r'(?:role|job|post|position)$', facts.job) else 'job'}".strip()
        if facts.job
        else "the job"
    )
    who = f"this is {facts.name}" if facts.name else "this is … (your name)"
    when = f" {facts.when}" if facts.when else ""
    first = called(facts.manager, "they")
    settle = pick([words for words, _ in phrases.SETTLE])
    ask = pick(phrases.ONE_THING)
    if facts.guarded >= 2:
        settle = f"{pick(phrases.LIMITS)} {settle}"
    narrow = ASK_ABOUT.get(facts.fear) or "Was it more my experience or more the interview?"
    head = " · ".join(w for w in (facts.company, facts.job, facts.manager) if w)
    return PlanCard(
        opening=f"Hello, {who}. I interviewed for {job}{when}. {pick(phrases.MOMENT)}",
        ask=f"{settle} {ask}",
        follow_ups=(pick(phrases.FURTHER), narrow, "And what would you work on first in my place?"),
        ifs=(
            ("it is a line that would fit anyone", f"{pick([w for w, _ in phrases.TAKE])} If you had to name one area, which would it be?"),
            (f"{first} may not say anything" if first != "they" else "they may not say anything",
             f"{pick(phrases.LIMITS)} Then only this: what would you work on first in my place?"),
            ("I hear something real", "Thank you, that helps. (Say what you will do about it. No “but”.)"),
            ("nobody answers", f"Hello, {who}, about {job}. I'd be grateful for one piece of advice. My number is … Thank you."),
        ),
        closing=f"{pick(phrases.DOOR)} Thank you for your time, goodbye.",
        head=head,
    )  # fmt: skip


# -- what came of it ----------------------------------------------------------------------------------

WHAT_CAME: tuple[tuple[str, int | None], ...] = (
    ("I did not reach anyone", None),
    *((words, level) for level, words in enumerate(LEVEL_CHOICES)),
)
"""What may come of the real call, and the level it is filed under."""

DOOR_CAME: tuple[str, ...] = ("Nothing was said about later", "They keep my details", "A real possibility was named")
"""What was said about the future, to tap."""


@dataclass(frozen=True, slots=True)
class After:
    """What follows from a real call: the level it is filed under, a word on it, and things to do."""

    level: int | None
    text: str
    todo: tuple[str, ...]


TODO: dict[str, tuple[str, ...]] = {
    "practical": ("Say at the start of the next application what you can do about place and hours.",),
    "internal": ("Nothing to mend here. Ask whether another post like it is planned.",),
    "budget": ("Note when their budget year begins, and ask again then.",),
    "pay": ("Decide on the lowest salary you would take, and how you would say it.",),
    "years": ("List what you did in each year that this job needs, and lead with that.",),
    "certificate": (
        "Find the next date for the certificate and book it.",
        "Put the date on the résumé, even before the exam.",
    ),
    "qualification": ("Choose one course or project for the missing skill and begin it this week.",),
    "comparison": ("Write down the two things you would want somebody to remember you for.",),
    "overqualified": ("Find one sentence for why this job, at this level, now.",),
    "answers": ("Write the answer you would give today, and say it aloud three times.",),
    "unquantified": (
        "Put a number on three results: how much, how many, how fast.",
        "Say each of them in one sentence.",
    ),
    "exit story": ("Cut the story of why you left to two sentences, and practise them aloud.",),
    "unprepared": ("Before the next interview: half an hour on the company's own news page.",),
    "interest": ("Prepare one question that only somebody keen on the job would ask.",),
    "references": ("Ring your referees, and tell them which job it is and what to mention.",),
    "application": ("Have somebody else read the next application before it goes out.",),
    "presentation": ("Lay out everything for the next interview the evening before.",),
    "faux pas": ("Decide on one habit that catches it: a mirror, a watch, a glass of water.",),
    "dislike": ("Ask one person you trust how you come across in a first meeting.",),
}
"""Kind of reason learned → what to do about it."""

_WHAT_IT_MEANS = (
    "That is what most people get, and it says nothing about you.",
    "It would fit anyone, so there is nothing in it for you to mend.",
    "Now you know where to look.",
    "That is more than most people ever hear.",
    "Very few calls get there.",
)
"""Level → what to make of it."""


def happened(level: int | None, *, kind: str = "", told: str = "", door: int = 0, thanked: bool = False) -> After:
    """What follows from a call in which they went this far (0-4; None: nobody was reached)."""
    if level is None:
        return After(None, "Nobody was reached. Another try at another hour is fine; after two, write instead.",
                     ("Try once more, at another hour of the day.",))  # fmt: skip
    todo = list(TODO.get(kind, ())) if level >= 2 else []
    if level >= 2 and not kind and told.strip():
        todo.append(f"Decide what to do about this: {_short(told)}")
    if not thanked:
        todo.append("Send two lines of thanks today.")
    if door == 2:
        todo.append("Ring again in two weeks, in case the first choice has dropped out.")
    return After(level, f"Noted as {named(level)}. {_WHAT_IT_MEANS[level]}", tuple(dict.fromkeys(todo)))


def against_practice(level: int | None, calls: Sequence[HeldCall]) -> str:
    """The real call beside the practice ones, in a sentence or two."""
    practised = [c for c in calls if c.could]
    if level is None or not practised:
        return ""
    best = max(c.opened for c in practised)
    times = sum(c.opened >= level for c in practised)
    count = len(practised)
    if not times:
        than = "your practice call, which" if count == 1 else f"any of your {count} practice calls; the furthest"
        return f"That is further than {than} reached {named(best)}."
    if count == 1:
        return f"Your practice call got at least as far: {named(best)}."
    return f"{times} of your {count} practice calls got at least as far; the furthest reached {named(best)}."


def kinds() -> tuple[tuple[str, str], ...]:
    """Kinds of reason to choose from, with their words; what may never be said is not among them."""
    return tuple((k, words) for k, words in REASONS.items() if k != "protected")


# -- reminders ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reminder:
    """One word at a time, for the shell to keep: `kind` is `call_day` or `second_choice`."""

    kind: str
    when: datetime
    text: str


SECOND_CHOICE_DAYS = 14


def reminders(call_on: datetime, facts: Facts) -> tuple[Reminder, Reminder]:
    """The two words that may be asked for: on the day of the call, and two weeks after it."""
    about = facts.company or "the company"
    return (
        Reminder("call_day", call_on, f"Today is the day for your call to {about}. Your card is ready."),
        Reminder(
            "second_choice",
            call_on + timedelta(days=SECOND_CHOICE_DAYS),
            f"Two weeks since your call to {about}. First choices drop out about now: a short, friendly message costs nothing.",
        ),
    )


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 120 else line[:119].rsplit(" ", 1)[0] + "…"
