"""My own call: a scenario built from a few answers about the user's real case, each of which may be skipped.

    for question in questions(): …                     # ask them, in this order
    scenario = make({"company": "Harbour Mutual", "reason": "years"}, seed=4)
    scenario.source                                    # its YAML, to be kept and checked like any other file

The manager's temper comes from how guarded the real one seemed, the lines from that temper and from dialogs/reasons.yaml. What decided
it here is invented: the feared reason mostly, another one now and then, so that there is still something to listen for.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

from dialogs.call import Opening
from dialogs.kinds import HOUSES, KINDS
from dialogs.patterns import lazy
from dialogs.scenario.file import parse_scenario
from dialogs.scenario.late_yaml import read_tree
from dialogs.scenario.lines import DATA
from dialogs.scenario.scenario import Scenario
from dialogs.scenario.tree import Text
from dialogs.scenes import LEVELS

LONGEST = 60  # characters of a free answer
FEARED = 0.75  # how often what one fears is what decided it
SECOND_CHOICE = 0.35


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers a question offers: the value `make` wants, and how it is shown."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question about the real case. Without choices the answer is free text. Any question may be skipped."""

    key: str
    ask: str
    choices: tuple[Choice, ...] = ()
    example: str = ""

    def read(self, answer: str) -> str:
        """The answer as `make` wants it; empty when skipped. Raises ValueError with the way out for one that is not offered."""
        said = " ".join(answer.split())
        if not self.choices or not said:
            return said[:LONGEST].strip()
        for n, choice in enumerate(self.choices, 1):
            if said.casefold() in (choice.value.casefold(), choice.label.casefold(), str(n)):
                return choice.value
        offered = ", ".join(c.value for c in self.choices)
        raise ValueError(f"'{said[:40]}' is not offered for '{self.key}'; choose one of: {offered}, or leave it out")


def _choices(**labels: str) -> tuple[Choice, ...]:
    return tuple(Choice(value.replace("_", " "), label) for value, label in labels.items())


_QUESTIONS: tuple[Question, ...] = (
    Question("company", "Which company or house was it?", example="Harbour Mutual"),
    Question("job", "Which job was it?", example="data analyst"),
    Question("manager", "Whom will you call? A first name or a surname is enough.", example="Dana Whitfield"),
    Question(
        "opening",
        "Who is likely to pick up?",
        _choices(
            manager="themselves, at their desk",
            bad_moment="themselves, in a hurry",
            reception="a receptionist or an assistant",
            voicemail="a machine",
            email_hr="themselves, and they will refer me to HR",
            too_early="themselves, and the process may not be closed yet",
        ),
    ),
    Question(
        "house",
        "What kind of employer is it?",
        _choices(
            counsel="a large private firm, careful with words",
            burned="a house that says nothing to anybody",
            founder="a small firm; the founder decides",
            uk="British, with written criteria",
            german="German, or as reserved",
            panel="a public body with a panel",
            agency="an agency or a recruiter",
            plain="nothing of the kind",
        ),
    ),
    Question(
        "guarded",
        "How did they seem when you met?",
        _choices(
            open="open and warm",
            friendly="friendly, and careful",
            hurried="to the point, in a hurry",
            correct="correct and formal",
            dry="dry, hard to read",
            closed="closed",
        ),
    ),
    Question(
        "reason",
        "What do you fear it was?",
        _choices(
            years="too little experience",
            certificate="a missing certificate or licence",
            qualification="a missing skill",
            overqualified="too senior for it",
            answers="an answer in the interview",
            unquantified="examples without figures",
            unprepared="I knew too little about them",
            interest="I did not seem keen",
            exit_story="how I explained leaving my last job",
            references="what a referee said",
            application="a slip in the application",
            presentation="late, or how I looked",
            faux_pas="something embarrassing",
            dislike="they did not like me",
            pay="I asked for too much",
            practical="place, hours or start date",
            internal="somebody inside got it",
            budget="the post was cut",
            comparison="somebody was simply better",
            protected="something they would never say",
        ),
    ),
)


def questions() -> tuple[Question, ...]:
    """What is asked about the real case, in order; every one may be skipped."""
    return _QUESTIONS


@dataclass(frozen=True, slots=True)
class _Temper:
    manners: tuple[str, ...]
    cap: int
    warmth: float
    minutes: float
    patience: float


_TEMPERS: dict[str, _Temper] = {
    "open": _Temper(("warm",), 4, 0.25, 6, 3.5),
    "friendly": _Temper(("warm", "nervous"), 3, 0.0, 5, 3),
    "hurried": _Temper(("brisk",), 3, 0.0, 3, 2.5),
    "correct": _Temper(("formal",), 2, -0.25, 5, 3),
    "dry": _Temper(("dry",), 3, -0.25, 4, 3),
    "closed": _Temper(("weary", "formal"), 1, -0.5, 3, 2.5),
}
_STRANGERS = ("Alex Morgan", "Robin Hale", "Kim Sutter", "Jo Lindgren", "Chris Okafor", "Sam Verhoeven")
_FIRMS = ("Marlow and Finch", "Northgate Services", "Tern Bay Group", "Aldous Partners")
_TITLES = lazy(r"^(?:(?:mr|mrs|ms|miss|mx|dr|prof|professor|herr|frau|sir|madam)\b\.?\s*)+", flags=re.IGNORECASE)


def make(answers: Mapping[str, str], seed: int = 1, *, name: str = "") -> Scenario:
    """The scenario of these answers (question's key → answer; missing or empty: skipped). The same answers and seed give the same one.

    Its `source` is the YAML to keep. Raises ValueError for an answer that is not offered.
    """
    unknown = set(answers) - {q.key for q in _QUESTIONS}
    if unknown:
        raise ValueError(f"there is no question '{min(unknown)}'; these are: {', '.join(q.key for q in _QUESTIONS)}")
    given = {q.key: q.read(answers.get(q.key, "")) for q in _QUESTIONS}
    lot = Random(f"own:{seed}:{json.dumps(given, sort_keys=True)}")
    company = _plain_words(given["company"]) or lot.choice(_FIRMS)
    job = _plain_words(given["job"]) or "coordinator"
    manager = _plain_words(_TITLES.sub("", given["manager"])) or lot.choice(_STRANGERS)
    temper = _TEMPERS[given["guarded"] or lot.choice([t for t in _TEMPERS if t != "closed"])]
    reason = _decided_by(given["reason"], lot)
    told = _told()[reason]
    head = {
        "title": f"{job[:1].upper()}{job[1:]} at {company}",
        "manager": manager,
        "company": company,
        "job": job,
        "manner": lot.choice(temper.manners),
        "house": given["house"] or "plain",
        "cap": str(max(temper.cap, 3 if given["house"] == "panel" else 0)),
        "reason": reason,
        "opening": given["opening"] or Opening.MANAGER.value,
        "second choice": "yes" if lot.random() < SECOND_CHOICE else "no",
        "minutes": f"{temper.minutes:g}",
        "patience": f"{temper.patience:g}",
        "warmth": f"{temper.warmth:g}",
        "teaches": "your own call, before you make it",
        "about": f"You are about to ring {manager} about the {job} post at {company}. The answers are invented for practice.",
        "truth": f"{told.truth} What decided it in the real case, only they know.",
        "thought": told.thought,
        "unlocks": told.unlocks,
        "advice for next time": told.next_time,
    }
    told_here = {Opening.VOICEMAIL: 0, Opening.TOO_EARLY: 1}.get(Opening(head["opening"].replace(" ", "_")), 4)
    highest = min(int(head["cap"]), KINDS[reason].ceiling, told_here)
    source = _as_yaml(head, {h: lines for h, lines in told.lines.items() if LEVELS.index(h) <= highest})
    return parse_scenario(source, name=name or name_of(company))


def name_of(company: str) -> str:
    """A name for the scenario of a real case: letters, digits and dashes only."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", company.casefold()) if not unicodedata.combining(c))
    slug = "-".join(re.findall(r"[a-z0-9]+", bare))[:40].strip("-")
    return f"own-{slug or 'call'}"


def facts(scenario: Scenario) -> tuple[tuple[str, str], ...]:
    """What belongs on the card to hold in the hand during the real call: label and value, nothing that is invented."""
    _, style = HOUSES[scenario.house]
    shown = [("Call", scenario.manager), ("At", scenario.company), ("About", f"the {scenario.job} post")]
    if scenario.house != "plain":
        shown.append(("Expect", style))
    return tuple(shown)


def _decided_by(feared: str, lot: Random) -> str:
    """The feared reason mostly; another of the common ones now and then, or when nothing was named."""
    common = [k for k in KINDS if k not in ("protected", feared)]
    return feared if feared and lot.random() < FEARED else lot.choice(common)


def _plain_words(text: str) -> str:
    """A free answer as it may stand in a line: no braces, no control characters, nothing that reads like an unfinished file."""
    kept = "".join(c for c in text if c.isprintable() and c not in '{}[]<>"\\`')
    kept = re.sub(r"\b(?:TODO|FIXME|XXX|TBD)\b", lambda m: m[0].capitalize(), kept)
    return " ".join(kept.split())[:LONGEST].strip(" .,;:")


def _as_yaml(head: Mapping[str, str], lines: Mapping[str, tuple[str, ...]]) -> str:
    out = [f"{key}: {_quoted(value)}" for key, value in head.items()]
    out += ["says:" if lines else "says: {}"]
    for heading, texts in lines.items():
        out += [f"  {heading}:", *(f"    - {_quoted(text)}" for text in texts)]
    return "\n".join(out) + "\n"


def _quoted(value: str) -> str:
    # JSON's double quotes are YAML's: whatever an answer holds, it stays one text on one line.
    return json.dumps(value, ensure_ascii=False)


# -- what is said about each kind of reason -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """How a kind of reason is told: the story behind it, and its lines from level 2 up."""

    truth: str
    thought: str
    unlocks: str
    next_time: str
    lines: Mapping[str, tuple[str, ...]]


@cache
def _told() -> dict[str, Told]:
    path = DATA / "reasons.yaml"
    tree, faults = read_tree(path.read_text(encoding="utf-8"), path.name)
    if faults:
        raise ValueError("\n".join(map(str, faults)))
    return {kind: _one(node) for kind, (_, node) in tree.items() if isinstance(node, dict)}


def told(kind: str) -> Told:
    """How this kind of reason is told where a scenario has no lines of its own yet."""
    return _told()[kind]


def _one(node: Mapping[str, tuple[int, object]]) -> Told:
    def text(key: str) -> str:
        value = node[key][1]
        return value.value if isinstance(value, Text) else ""

    lines = {
        heading: tuple(item.value for item in node[heading][1] if isinstance(item, Text))  # type: ignore[attr-defined]
        for heading in LEVELS
        if heading in node
    }
    return Told(text("truth"), text("thought"), text("unlocks"), text("next time"), lines)
