"""A JSON Schema of scenario files, for editors that check and complete while one writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dialogs.call import Opening
from dialogs.hearing.areas import AREAS
from dialogs.kinds import HOUSES, KINDS
from dialogs.scenario.file import FIELDS, REQUIRED
from dialogs.scenario.lines import MANNERS
from dialogs.scenes import HEADINGS, SCENES

_ABOUT: Mapping[str, str] = {
    "title": "the job and the house, as it is listed",
    "manager": "first name and surname of the manager",
    "company": "the house",
    "job": "the job, as it is spoken of in a sentence: data analyst",
    "manner": "her temper; its lines are said where the scenario has none of its own",
    "house": "how this house treats reasons",
    "cap": "the highest level that policy allows, 0 to 4",
    "reason": "what kind of reason decided it",
    "truth": "what decided it, in plain words; told after the call",
    "thought": "what she privately thought; told after the call",
    "says": "what she says, by heading",
    "area": "the area of the reason, when it differs from that of its kind",
    "opening": "how the call is received",
    "second choice": "whether the candidate came second: then the door is real",
    "minutes": "how many minutes she has, 1 to 30",
    "patience": "how patient she is, 1 to 4",
    "warmth": "how open she is from the start, -0.5 to 0.5",
    "receptionist": "who answers first, with opening: reception",
    "trade": "the trade, for the list",
    "teaches": "what calling this manager teaches, in a short clause",
    "rung": "its place on the ladder, 1 to 9",
    "unlocks": "what opens this manager; told after the call",
    "advice for next time": "one thing to do about it; told after the call",
    "about": "what the candidate may know before the call, without the reason",
}


def schema() -> dict[str, Any]:
    """A JSON Schema of a scenario file, for editors that check and complete while one writes."""
    choices: dict[str, Sequence[str]] = {
        "manner": MANNERS,
        "house": tuple(HOUSES),
        "reason": tuple(KINDS),
        "area": tuple(AREAS),
        "opening": tuple(o.value.replace("_", " ") for o in Opening),
        "second choice": ("yes", "no"),
    }
    numbers = {"cap": (0, 4), "minutes": (1, 30), "patience": (1, 4), "warmth": (-0.5, 0.5), "rung": (0, 9)}
    fields: dict[str, Any] = {}
    for field in FIELDS:
        about = {"description": _ABOUT[field]}
        if field in choices:
            # YAML editors read a bare yes as a truth value; both stand for the same text here.
            offered: list[Any] = [*choices[field], *((True, False) if field == "second choice" else ())]
            fields[field] = {"enum": offered, **about}
        elif field in numbers:
            low, high = numbers[field]
            fields[field] = {"type": ["number", "string"], "minimum": low, "maximum": high, **about}
        elif field != "says":
            fields[field] = {"type": ["string", "number"], "minLength": 1, **about}
    lines = {"type": "array", "minItems": 1, "items": {"type": ["string", "number"], "maxLength": 600}}
    fields["says"] = {
        "type": "object",
        "description": _ABOUT["says"],
        "additionalProperties": False,
        "properties": {h: {**lines, "description": SCENES[h].about} for h in HEADINGS},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A manager to call",
        "type": "object",
        "required": list(REQUIRED),
        "additionalProperties": False,
        "properties": fields,
    }
