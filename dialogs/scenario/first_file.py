"""A first file for somebody who has never written a manager: some questions, and a scenario that can be called at once."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from difflib import get_close_matches

from dialogs.kinds import HOUSES, KINDS
from dialogs.scenario import own_call, reach
from dialogs.scenario.file import parse_scenario
from dialogs.scenario.lines import MANNERS
from dialogs.scenario.scenario import Scenario
from dialogs.scenes import HEADINGS, LEVELS, SCENES

ASKED: tuple[tuple[str, str, str], ...] = (
    # field, the question, what it is when nothing is answered
    ("job", "Which job is it about?", "coordinator"),
    ("company", "Where?", "Northgate Services"),
    ("manager", "Who is the manager? First name and surname.", "Alex Morgan"),
    ("manner", "What temper do they have?", "brisk"),
    ("house", "How does the house treat reasons?", "plain"),
    ("reason", "What decided it?", "certificate"),
    ("cap", "How far may they go, from 0 (no reason at all) to 4 (candid)?", "3"),
)
"""What `scenarios new` asks."""

CHOICES: Mapping[str, Mapping[str, str]] = {
    "manner": dict.fromkeys(MANNERS, ""),
    "house": {house: about for house, (_, about) in HOUSES.items()},
    "reason": {reason: kind.about for reason, kind in KINDS.items()},
}
"""The answers to choose from, and what they mean, where a question has any."""


def not_an_answer(field: str, said: str) -> str:
    """What is wrong with this answer to a question of ASKED, in a sentence; empty when it will do."""
    known = CHOICES.get(field, {})
    if known and said not in known:
        close = get_close_matches(said, known, n=1)
        return f"'{said}' is not one of them." + (f" Did you mean '{close[0]}'?" if close else "")
    if field == "cap" and not re.fullmatch(r"[0-4]", said):
        return f"A number from 0 to 4, please, not '{said}'."
    if field == "manager" and not all(
        re.fullmatch(r"[^\W\d_][^\W\d_.'’-]*(?:[.'’-][^\W\d_.'’-]*)*", word) for word in said.split()
    ):
        return f"The name of a person, please, first name and surname, not '{said}'."
    return ""


def first_file(answers: Mapping[str, str]) -> str:
    """A scenario file from a few answers that can be called at once, with the rest of the headings explained in comments.

    Raises BadScenario when an answer is none of those offered.
    """
    given = {field: " ".join(answers.get(field, "").split()) or default for field, _, default in ASKED}
    kind = KINDS.get(given["reason"])
    told = own_call.told(given["reason"]) if kind else own_call.told("certificate")
    top = min(int(given["cap"]) if given["cap"].isdigit() else 3, kind.ceiling if kind else 3)
    head = {
        "title": f"{given['job'][:1].upper()}{given['job'][1:]} at {given['company']}",
        **{field: given[field] for field in ("manager", "company", "job", "manner", "house", "cap", "reason")},
        "second choice": "no",
        "minutes": "5",
        "truth": told.truth.removeprefix("In this practice ").removeprefix("in this practice "),
        "thought": told.thought,
        "unlocks": told.unlocks,
        "advice for next time": told.next_time,
    }
    head["truth"] = head["truth"][:1].upper() + head["truth"][1:]
    out = ["# A manager to call. Every value is text; a text with a colon in it goes in quotes.", ""]
    out += [f"{key}: {_as_value(value)}" for key, value in head.items()]
    out += ["", "# What is said. Under each heading stand lines of which one is said; write several."]
    lines = {h: texts for h, texts in told.lines.items() if LEVELS.index(h) <= top}
    out += ["says:" if lines else "says: {}"]
    for heading, texts in lines.items():
        out += [f"  # {SCENES[heading].about}", f"  {heading}:", *(f"    - {_as_value(text)}" for text in texts)]
    text = "\n".join(out) + "\n"
    scenario = parse_scenario(text, name="new")
    return text + _headings_to_fill(scenario)


def _headings_to_fill(scenario: Scenario) -> str:
    never = reach.unreachable(scenario.hidden)
    out = [
        f"  # The rest is said in the {scenario.manner} manner until you write lines of your own, under these headings:"
    ]
    for heading in HEADINGS:
        if heading not in scenario.own_lines and heading not in never:
            out.append(f"  # {heading}: {SCENES[heading].about}")
    return "\n".join(out) + "\n"


def _as_value(value: str) -> str:
    plain = re.fullmatch(r"[A-Za-z0-9][^:#\"{}\[\]&*!|>%@`]*", value) is not None
    return value if plain and not value.endswith(" ") else json.dumps(value, ensure_ascii=False)
