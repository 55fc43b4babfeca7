"""What a manager says: lines under headings, read strictly from a scenario or from a manner, the temperament that fills what is left out.

Every mistake is collected in `Faults`, so that all are named at once; files of strangers are bounded before they are parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from dialogs.patterns import lazy
from dialogs.scenario.late_yaml import read_tree
from dialogs.scenario.tree import Fault, Node, Text
from dialogs.scenes import HEADINGS

DATA = Path(__file__).parents[1]
"""Where the built-in scenarios, the manners and what is said of each reason lie: dialogs/."""

MANNERS = ("brisk", "warm", "dry", "nervous", "weary", "formal")
"""Temperaments. Each has lines of its own for headings a scenario leaves out."""

PLACEHOLDERS = {"manager", "company", "job", "receptionist"}
PLACEHOLDER = lazy(r"\{([^{}]{0,40})\}")
UNFINISHED = lazy(r"\b(?:TODO|FIXME|XXX|TBD)\b")

MAX_LINE = 600  # characters: half a minute of speech
MAX_FILE = 200_000  # bytes


class BadScenario(ValueError):
    """A scenario file that cannot be used; `faults` says why, line by line."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))


class Faults:
    """What is wrong with one file, collected while it is read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Fault] = []

    def at(self, line: int, text: str) -> None:
        """Name a fault in this line."""
        self.found.append(Fault(self.file, line, text))


def bounded(path: Path) -> str:
    """The text of a file, if it is not too large. Raises BadScenario; OSError when it cannot be read."""
    with path.open("rb") as file:
        raw = file.read(MAX_FILE + 1)
    if len(raw) > MAX_FILE:
        raise BadScenario([Fault(path.name, 1, f"the file is larger than {MAX_FILE // 1000} kB")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BadScenario([Fault(path.name, line, "not UTF-8 text; save the file as UTF-8")]) from None


def read_lines(top: Mapping[str, tuple[int, Node]], faults: Faults) -> tuple[dict[str, tuple[str, ...]], int]:
    """What stands under `says:` in a file, by heading, and in which line that begins; what is wrong with it goes to `faults`."""
    if "says" not in top:
        return {}, 1
    at, says = top["says"]
    if not isinstance(says, dict):
        faults.at(at, "'says:' wants headings with lines under them")
        return {}, at
    read: dict[str, tuple[str, ...]] = {}
    for heading, (line, node) in says.items():
        if heading not in HEADINGS:
            faults.at(line, f"'{heading}' is not known{did_you_mean(heading, HEADINGS) or '; take this heading out'}")
            continue
        if not isinstance(node, list):
            faults.at(line, f"'{heading}:' wants a list of lines, each after a dash")
            continue
        if not node:
            faults.at(line, f"'{heading}:' has no lines")
        read[heading] = tuple(_line(item, faults) for item in node)
        _no_line_twice(heading, node, faults)
    return read, at


def _no_line_twice(heading: str, items: list[Node], faults: Faults) -> None:
    seen: dict[str, int] = {}
    for item in items:
        if not isinstance(item, Text) or not item.value.strip():
            continue
        same = " ".join(re.findall(r"\w+", item.value.casefold()))
        if same in seen:
            faults.at(item.line, f"the same line stands under '{heading}' in line {seen[same]}")
        seen.setdefault(same, item.line)


def _line(item: Node, faults: Faults) -> str:
    if not isinstance(item, Text):
        at = min((line for line, _ in item.values()), default=1) if isinstance(item, dict) else 1
        faults.at(at, "a line with a colon in it needs quotes around it")
        return ""
    words = item.value.strip()
    if not words:
        faults.at(item.line, "an empty line")
    if len(words) > MAX_LINE:
        faults.at(item.line, f"a line has {len(words)} characters; {MAX_LINE} are the most")
    if UNFINISHED.search(words):
        faults.at(item.line, "a line is not finished (it says TODO)")
    for name in PLACEHOLDER.findall(words):
        if name not in PLACEHOLDERS:
            known = ", ".join(f"{{{p}}}" for p in sorted(PLACEHOLDERS))
            hint = did_you_mean(name, PLACEHOLDERS) or f"; these are: {known}"
            faults.at(item.line, f"'{{{name}}}' is not known{hint}")
    return words


def did_you_mean(word: str, known: Iterable[object]) -> str:
    """The known word that is nearest to a misspelt one, as the end of a sentence; empty when none is near."""
    names = [str(k) for k in known]
    close = get_close_matches(word, names, n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else ""


@lru_cache(maxsize=len(MANNERS))
def manner_lines(manner: str) -> dict[str, tuple[str, ...]]:
    """The lines a temperament says where a scenario has none of its own. Raises BadScenario for a broken manner file."""
    path = DATA / "manners" / f"{manner}.yaml"
    faults = Faults(path.name)
    top, broken = read_tree(bounded(path), path.name)
    faults.found += broken
    says, _ = read_lines(top, faults)
    if faults.found:
        raise BadScenario(faults.found)
    return says
