"""A scenario: one manager, one job, one hidden reason, and the lines, in one YAML file that needs no programming.

Read strictly: every value is text, every mistake is named by line in plain words, all at once (`faults`). Nothing in a file
can name a condition, a state or a piece of code; files of strangers are bounded before they are parsed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property, lru_cache
from pathlib import Path
from random import Random

from dialogs.call import Hidden, Opening
from dialogs.called import called
from dialogs.hearing.areas import AREAS
from dialogs.kinds import HOUSES, KINDS, Kind
from dialogs.patterns import lazy
from dialogs.scenario.yaml_tree import Fault, Node, Text, read_tree
from dialogs.scenes import HEADINGS, LEVELS, SAID_BY_ALL, SCENES, Line

MANNERS = ("brisk", "warm", "dry", "nervous", "weary", "formal")
"""Temperaments. Each has lines of its own for headings a scenario leaves out."""

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

PLACEHOLDERS = {"manager", "company", "job", "receptionist"}
_PLACEHOLDER = lazy(r"\{([^{}]{0,40})\}")
_UNFINISHED = lazy(r"\b(?:TODO|FIXME|XXX|TBD)\b")

MAX_LINE = 600  # characters: half a minute of speech
MAX_FILE = 200_000  # bytes


@dataclass(frozen=True)
class Scenario:
    """One manager to call. `version` is a hash of everything that can change a call, the manner's lines included."""

    name: str
    title: str
    manager: str
    company: str
    job: str
    manner: str
    house: str
    cap: int
    reason: str
    area: str
    truth: str
    thought: str
    opening: Opening = Opening.MANAGER
    second_choice: bool = False
    minutes: float = 5.0
    patience: float = 3.0
    warmth: float = 0.0
    receptionist: str = "Reception"
    trade: str = ""
    teaches: str = ""
    rung: int = 0
    unlocks: str = ""
    next_time: str = ""
    about: str = ""
    own_lines: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    source: str = field(default="", hash=False, repr=False)

    @property
    def first_name(self) -> str:
        """How the manager is called in a play."""
        return called(self.manager)

    @property
    def kind(self) -> Kind:
        """What kind of reason decided."""
        return KINDS[self.reason]

    @cached_property
    def lines(self) -> dict[str, tuple[str, ...]]:
        """Every heading with its lines: the scenario's own, else those of its manner; placeholders filled in."""
        theirs = manner_lines(self.manner)
        return {
            h: tuple(self.filled(line) for line in (self.own_lines.get(h) or theirs.get(h, ())))
            for h in HEADINGS
            if self.own_lines.get(h) or theirs.get(h)
        }

    @cached_property
    def spoken(self) -> dict[str, tuple[Line, ...]]:
        """The same as they are said, with what all managers have in common: one Line each, in whatever call it is said."""
        texts = self.lines | {h: tuple(map(self.filled, lines)) for h, lines in SAID_BY_ALL.items()}
        return {h: tuple(Line(SCENES[h].speaker, text, h) for text in lines) for h, lines in texts.items()}

    @cached_property
    def hidden(self) -> Hidden:
        """The manager's side, settled before the call."""
        kind = self.kind
        start, _ = HOUSES[self.house]
        return Hidden(
            opening=self.opening,
            price=kind.price,
            told_at=kind.told_at,
            ceiling=kind.ceiling,
            needs_narrow=kind.needs_narrow,
            area=self.area,
            cap=self.cap,
            start=min(start, self.cap),
            second_choice=self.second_choice,
            trust=2.5 + self.warmth,
            patience=self.patience,
            minutes=self.minutes,
        )

    @cached_property
    def version(self) -> str:
        """Twelve hex digits over the hidden facts and every line that can be said."""
        told = repr((self.hidden, self.manager, self.first_name, sorted(self.lines.items())))
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    def filled(self, line: str) -> str:
        """The line with the names of this scenario in place of {manager}, {company} and the like."""
        words = {
            "manager": self.manager,
            "company": self.company,
            "job": self.job,
            "receptionist": self.receptionist,
        }
        return _PLACEHOLDER.sub(lambda m: words.get(m[1], m[0]), line)


class BadScenario(ValueError):
    """A scenario file that cannot be used; `faults` says why, line by line."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))


def read_scenario(path: Path) -> Scenario:
    """The scenario in this file. Raises BadScenario with every fault at once; OSError when it cannot be read."""
    return parse_scenario(_bounded(path), name=path.stem, file=path.name)


def _bounded(path: Path) -> str:
    with path.open("rb") as file:
        raw = file.read(MAX_FILE + 1)
    if len(raw) > MAX_FILE:
        raise BadScenario([Fault(path.name, 1, f"the file is larger than {MAX_FILE // 1000} kB")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BadScenario([Fault(path.name, line, "not UTF-8 text; save the file as UTF-8")]) from None


def parse_scenario(text: str, *, name: str, file: str | None = None) -> Scenario:
    """The scenario this text describes. Raises BadScenario with every fault at once."""
    reading = _Reading(text, file or f"{name}.yaml")
    if not reading.top:
        raise BadScenario(reading.faults)  # nothing could be read, so nothing more can be said about it
    scenario = reading.scenario(name)
    if reading.faults or scenario is None:
        raise BadScenario(sorted(reading.faults, key=_in_order))
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
        self.file = file
        self.source = text
        self.faults: list[Fault] = []
        self.top, found = read_tree(text, file)
        self.faults += found

    def fault(self, line: int, text: str) -> None:
        self.faults.append(Fault(self.file, line, text))

    def scenario(self, name: str) -> Scenario | None:
        for key, (line, _) in self.top.items():
            if key not in FIELDS:
                self.fault(line, f"'{key}' is not known{_did_you_mean(key, FIELDS) or '; take this line out'}")
        for key in REQUIRED:
            if key not in self.top and not self._stands_in_a_broken_line(key):
                self.fault(1, f"'{key}:' is missing")
        says, says_line = self._says()
        reason = self._choice("reason", KINDS, "exit story")
        house = self._choice("house", HOUSES, "plain")
        manner = self._choice("manner", MANNERS, "brisk")
        opening = self._choice("opening", [o.value.replace("_", " ") for o in Opening], "manager")
        area = self._choice("area", AREAS, KINDS[reason].area)
        cap = int(self._number("cap", 0, 4, 1, whole=True))
        before = len(self.faults)
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
        if len(self.faults) == before and "says" in self.top:
            self._every_level_has_a_line(scenario, says_line)
        return scenario

    def _stands_in_a_broken_line(self, key: str) -> bool:
        """Whether the field is there, in a line that could not be read; that line has been named already."""
        return bool(self.faults) and re.search(rf"^\s*{re.escape(key)}\s*:", self.source, re.MULTILINE) is not None

    def _every_level_has_a_line(self, scenario: Scenario, line: int) -> None:
        theirs = manner_lines(scenario.manner)
        reachable = scenario.hidden.reachable
        for level, heading in enumerate(LEVELS[: reachable + 1]):
            if level >= 2 and heading not in scenario.own_lines:
                self.fault(line, f"level {level} can be reached, but there is no line under '{heading}'")
        for heading in HEADINGS:
            if heading in LEVELS or heading in scenario.own_lines or heading in theirs:
                continue
            self.fault(line, f"there is no line under '{heading}', and none in the {scenario.manner} manner")

    # -- single values -----------------------------------------------------------------------------

    def _plain(self, key: str) -> Text | None:
        """The text of a field, or None after saying what is wrong with it."""
        if key not in self.top:
            return None
        line, node = self.top[key]
        if isinstance(node, Text):
            return node
        kind = "a list" if isinstance(node, list) else "indented lines"
        self.fault(line, f"'{key}:' wants a text, not {kind}")
        return None

    def _text(self, key: str, longest: int = 200, default: str = "") -> str:
        node = self._plain(key)
        if node is None:
            return default
        if not node.value.strip():
            self.fault(node.line, f"'{key}:' is empty")
        if len(node.value) > longest:
            self.fault(node.line, f"'{key}:' has {len(node.value)} characters; {longest} are the most")
        if _UNFINISHED.search(node.value):
            self.fault(node.line, f"'{key}:' is not finished (it says TODO)")
        return node.value.strip()

    def _choice(self, key: str, known: Mapping[str, object] | list[str] | tuple[str, ...], default: str) -> str:
        node = self._plain(key)
        if node is None:
            return default
        value = node.value.strip()
        if value in known:
            return value
        hint = _did_you_mean(value, known) or f"; choose one of: {', '.join(known)}"
        self.fault(node.line, f"{key} '{value}' is not known{hint}")
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
        self.fault(node.line, f"'{key}:' wants {kind} from {low:g} to {high:g}, not '{value[:40]}'")
        return default

    def _yes(self, key: str) -> bool:
        return self._choice(key, ("yes", "no"), "no") == "yes"

    # -- lines ---------------------------------------------------------------------------------------

    def _says(self) -> tuple[dict[str, tuple[str, ...]], int]:
        if "says" not in self.top:
            return {}, 1
        at, says = self.top["says"]
        if not isinstance(says, dict):
            self.fault(at, "'says:' wants headings with lines under them")
            return {}, at
        read: dict[str, tuple[str, ...]] = {}
        for heading, (line, node) in says.items():
            if heading not in HEADINGS:
                self.fault(
                    line, f"'{heading}' is not known{_did_you_mean(heading, HEADINGS) or '; take this heading out'}"
                )
                continue
            if not isinstance(node, list):
                self.fault(line, f"'{heading}:' wants a list of lines, each after a dash")
                continue
            if not node:
                self.fault(line, f"'{heading}:' has no lines")
            read[heading] = tuple(self._line(item) for item in node)
            self._no_line_twice(heading, node)
        return read, at

    def _no_line_twice(self, heading: str, items: list[Node]) -> None:
        seen: dict[str, int] = {}
        for item in items:
            if not isinstance(item, Text) or not item.value.strip():
                continue
            same = " ".join(re.findall(r"\w+", item.value.casefold()))
            if same in seen:
                self.fault(item.line, f"the same line stands under '{heading}' in line {seen[same]}")
            seen.setdefault(same, item.line)

    def _line(self, item: Node) -> str:
        if not isinstance(item, Text):
            at = min((line for line, _ in item.values()), default=1) if isinstance(item, dict) else 1
            self.fault(at, "a line with a colon in it needs quotes around it")
            return ""
        words = item.value.strip()
        if not words:
            self.fault(item.line, "an empty line")
        if len(words) > MAX_LINE:
            self.fault(item.line, f"a line has {len(words)} characters; {MAX_LINE} are the most")
        if _UNFINISHED.search(words):
            self.fault(item.line, "a line is not finished (it says TODO)")
        for name in _PLACEHOLDER.findall(words):
            if name not in PLACEHOLDERS:
                known = ", ".join(f"{{{p}}}" for p in sorted(PLACEHOLDERS))
                hint = _did_you_mean(name, PLACEHOLDERS) or f"; these are: {known}"
                self.fault(item.line, f"'{{{name}}}' is not known{hint}")
        return words


def _did_you_mean(word: str, known: object) -> str:
    names = [str(k) for k in known]  # type: ignore[attr-defined]
    close = get_close_matches(word, names, n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else ""


# -- the folder of manners, and the library -----------------------------------------------------------

DATA = Path(__file__).parents[1]
"""Where the built-in scenarios, the manners and what is said of each reason lie: dialogs/."""


@lru_cache(maxsize=len(MANNERS))
def manner_lines(manner: str) -> dict[str, tuple[str, ...]]:
    """The lines a temperament says where a scenario has none of its own. Raises BadScenario for a broken manner file."""
    path = DATA / "manners" / f"{manner}.yaml"
    reading = _Reading(_bounded(path), path.name)
    says, _ = reading._says()
    if reading.faults:
        raise BadScenario(reading.faults)
    return says


def library(extra: Path | None = None) -> dict[str, Path]:
    """Every scenario by name: the built-in ones, and those in a folder of one's own (which win)."""
    found = {p.stem: p for p in sorted((DATA / "scenarios").glob("*.yaml"))}
    if extra is not None:
        found |= {p.stem: p for p in sorted(extra.glob("*.y*ml")) if p.suffix in (".yaml", ".yml")}
    return dict(sorted(found.items()))


def drawn(names: list[str], seed: int) -> str:
    """A scenario by lot. Raises ValueError when there is none."""
    if not names:
        raise ValueError("there is no scenario to draw from")
    return Random(f"draw:{seed}").choice(sorted(names))


__all__ = [
    "HOUSES", "KINDS", "MANNERS", "SCENES", "BadScenario", "Fault", "Kind", "Scenario", "drawn", "faults", "library",
    "manner_lines", "parse_scenario", "read_scenario",
]  # fmt: skip
