"""A scenario file: one manager, one job, one hidden reason, and the lines, in YAML that needs no programming.

Read strictly: every value is text, every mistake is named by line in plain words, all at once (`faults`). Nothing in a file
can name a condition, a state or a piece of code; files of strangers are bounded before they are parsed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from dialogs.call import Opening
from dialogs.hearing.areas import AREAS
from dialogs.kinds import HOUSES, KINDS
from dialogs.scenario.late_yaml import read_tree
from dialogs.scenario.lines import (
    MANNERS,
    UNFINISHED,
    BadScenario,
    Faults,
    bounded,
    did_you_mean,
    manner_lines,
    read_lines,
)
from dialogs.scenario.scenario import Scenario
from dialogs.scenario.tree import Fault, Text
from dialogs.scenes import HEADINGS, LEVELS

REQUIRED = (
    "title",
    "manager",
    "company",
    "job",
    "manner",
    "house",
    "cap",
    "reason",
    "truth",
    "thought",
    "says",
)
OPTIONAL = (
    "area", "opening", "second choice", "minutes", "patience", "warmth", "receptionist", "trade", "teaches", "rung",
    "unlocks", "advice for next time", "about",
)  # fmt: skip
FIELDS = REQUIRED + OPTIONAL


def read_scenario(path: Path) -> Scenario:
    """The scenario in this file. Raises BadScenario with every fault at once; OSError when it cannot be read."""
    return parse_scenario(bounded(path), name=path.stem, file=path.name)


def parse_scenario(text: str, *, name: str, file: str | None = None) -> Scenario:
    """The scenario this text describes. Raises BadScenario with every fault at once."""
    reading = _Reading(text, file or f"{name}.yaml")
    if not reading.top:
        raise BadScenario(reading.faults.found)  # nothing could be read, so nothing more can be said about it
    scenario = reading.scenario(name)
    if reading.faults.found or scenario is None:
        raise BadScenario(sorted(reading.faults.found, key=_in_order))
    return scenario


def faults(path: Path) -> list[Fault]:
    """What is wrong with this file, by line; empty when it can be used."""
    try:
        read_scenario(path)
    except BadScenario as error:
        return error.faults
    return []


def _in_order(fault: Fault) -> tuple[bool, int, str]:
    # What is missing stands in no line, so it comes after what can be pointed at.
    return fault.text.endswith("is missing"), fault.line, fault.text


class _Reading:
    """One pass over a file that collects faults instead of stopping at the first."""

    def __init__(self, text: str, file: str) -> None:
        self.source = text
        self.faults = Faults(file)
        self.top, found = read_tree(text, file)
        self.faults.found += found

    def scenario(self, name: str) -> Scenario | None:
        for key, (line, _) in self.top.items():
            if key not in FIELDS:
                self.faults.at(line, f"'{key}' is not known{did_you_mean(key, FIELDS) or '; take this line out'}")
        for key in REQUIRED:
            if key not in self.top and not self._stands_in_a_broken_line(key):
                self.faults.at(1, f"'{key}:' is missing")
        says, says_line = read_lines(self.top, self.faults)
        reason = self._choice("reason", KINDS, "exit story")
        house = self._choice("house", HOUSES, "plain")
        manner = self._choice("manner", MANNERS, "brisk")
        opening = self._choice("opening", [o.value.replace("_", " ") for o in Opening], "manager")
        area = self._choice("area", AREAS, KINDS[reason].area)
        cap = int(self._number("cap", 0, 4, 1, whole=True))
        before = len(self.faults.found)
        scenario = Scenario(
            name=name,
            title=self._text("title"),
            manager=self._text("manager"),
            company=self._text("company"),
            job=self._text("job"),
            manner=manner,
            house=house,
            cap=cap,
            reason=reason,
            area=area,
            truth=self._text("truth", 2000),
            thought=self._text("thought", 2000),
            opening=Opening(opening.replace(" ", "_")),
            second_choice=self._yes("second choice"),
            minutes=self._number("minutes", 1, 30, 5),
            patience=self._number("patience", 1, 4, 3),
            warmth=self._number("warmth", -0.5, 0.5, 0),
            receptionist=self._text("receptionist", default="Reception"),
            trade=self._text("trade"),
            teaches=self._text("teaches"),
            rung=int(self._number("rung", 0, 9, 0, whole=True)),
            unlocks=self._text("unlocks", 2000),
            next_time=self._text("advice for next time", 2000),
            about=self._text("about", 2000),
            own_lines=says,
            source=self.source,
        )
        if len(self.faults.found) == before and "says" in self.top:
            self._every_level_has_a_line(scenario, says_line)
        return scenario

    def _stands_in_a_broken_line(self, key: str) -> bool:
        """Whether the field is there, in a line that could not be read; that line has been named already."""
        return (
            bool(self.faults.found) and re.search(rf"^\s*{re.escape(key)}\s*:", self.source, re.MULTILINE) is not None
        )

    def _every_level_has_a_line(self, scenario: Scenario, line: int) -> None:
        theirs = manner_lines(scenario.manner)
        reachable = scenario.hidden.reachable
        for level, heading in enumerate(LEVELS[: reachable + 1]):
            if level >= 2 and heading not in scenario.own_lines:
                self.faults.at(line, f"level {level} can be reached, but there is no line under '{heading}'")
        for heading in HEADINGS:
            if heading in LEVELS or heading in scenario.own_lines or heading in theirs:
                continue
            self.faults.at(line, f"there is no line under '{heading}', and none in the {scenario.manner} manner")

    # -- single values -----------------------------------------------------------------------------

    def _plain(self, key: str) -> Text | None:
        """The text of a field, or None after saying what is wrong with it."""
        if key not in self.top:
            return None
        line, node = self.top[key]
        if isinstance(node, Text):
            return node
        kind = "a list" if isinstance(node, list) else "indented lines"
        self.faults.at(line, f"'{key}:' wants a text, not {kind}")
        return None

    def _text(self, key: str, longest: int = 200, default: str = "") -> str:
        node = self._plain(key)
        if node is None:
            return default
        if not node.value.strip():
            self.faults.at(node.line, f"'{key}:' is empty")
        if len(node.value) > longest:
            self.faults.at(node.line, f"'{key}:' has {len(node.value)} characters; {longest} are the most")
        if UNFINISHED.search(node.value):
            self.faults.at(node.line, f"'{key}:' is not finished (it says TODO)")
        return node.value.strip()

    def _choice(self, key: str, known: Mapping[str, object] | list[str] | tuple[str, ...], default: str) -> str:
        node = self._plain(key)
        if node is None:
            return default
        value = node.value.strip()
        if value in known:
            return value
        hint = did_you_mean(value, known) or f"; choose one of: {', '.join(known)}"
        self.faults.at(node.line, f"{key} '{value}' is not known{hint}")
        return default

    def _number(self, key: str, low: float, high: float, default: float, *, whole: bool = False) -> float:
        node = self._plain(key)
        if node is None:
            return default
        value = node.value.strip()
        if (
            re.fullmatch(r"[+-]?\d{1,6}" if whole else r"[+-]?\d{1,6}(?:\.\d{1,6})?", value)
            and low <= float(value) <= high
        ):
            return float(value)
        kind = "a whole number" if whole else "a number"
        self.faults.at(node.line, f"'{key}:' wants {kind} from {low:g} to {high:g}, not '{value[:40]}'")
        return default

    def _yes(self, key: str) -> bool:
        return self._choice(key, ("yes", "no"), "no") == "yes"
