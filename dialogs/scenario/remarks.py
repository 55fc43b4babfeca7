"""Remarks on what a scenario file means, for people who write one and do not program.

    for remark in remarks(path): print(remark)      # errors first: a file with an error cannot be used

What is wrong in form is found by `scenario.faults`; what is written here reads the file as a reader would: lines that can never be
said, a reason nobody mentions, two lines alike, a reason told too early, words that no manager may say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

from dialogs.call import Opening
from dialogs.forbidden import other_candidate, protected_trait
from dialogs.hearing.areas import AREAS, areas_in
from dialogs.patterns import lazy
from dialogs.scenario import reach
from dialogs.scenario.file import read_scenario
from dialogs.scenario.late_yaml import read_tree
from dialogs.scenario.lines import BadScenario
from dialogs.scenario.scenario import Scenario
from dialogs.scenario.surprise import may_pick_up
from dialogs.scenario.tree import Fault, Text
from dialogs.scenes import LEVELS, SCENES

ALIKE = 0.86  # of the letters two lines have in common, in order
LONGEST_SPOKEN = 60  # words: more than anybody says in one breath


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to change in a file: where, what, and the way out. An error keeps the file from being used."""

    fault: Fault
    way_out: str = ""
    error: bool = False

    def __str__(self) -> str:
        kind = "" if self.error else "warning: "
        return f"{self.fault.file}:{self.fault.line}: {kind}{self.fault.text}" + (
            f"; {self.way_out}" if self.way_out else ""
        )


def remarks(path: Path) -> list[Remark]:
    """Everything there is to say about this file, errors first. Raises OSError when it cannot be read."""
    try:
        scenario = read_scenario(path)
    except BadScenario as error:
        return [Remark(fault, error=True) for fault in error.faults]
    return remarks_on(scenario, path.name)


def remarks_on(scenario: Scenario, file: str = "") -> list[Remark]:
    """What there is to say about the meaning of a scenario that can be used, errors first, then by line."""
    page = _Page(scenario, file or f"{scenario.name}.yaml")
    found = [remark for rule in _RULES for remark in rule(page)]
    return sorted(found, key=lambda r: (not r.error, r.fault.line, r.fault.text))


class _Page:
    """A scenario with the lines of its file."""

    def __init__(self, scenario: Scenario, file: str) -> None:
        self.scenario = scenario
        self.file = file
        tree, _ = read_tree(scenario.source, file)
        self.fields = {key: line for key, (line, _) in tree.items()}
        says = tree["says"][1] if "says" in tree else {}
        self.headings: dict[str, int] = {}
        self.lines: dict[str, list[Text]] = {}
        for heading, (line, node) in says.items() if isinstance(says, dict) else ():
            self.headings[heading] = line
            self.lines[heading] = [item for item in node if isinstance(item, Text)] if isinstance(node, list) else []

    def remark(self, line: int, text: str, way_out: str = "", *, error: bool = False) -> Remark:
        return Remark(Fault(self.file, line, text), way_out, error)

    def all_lines(self) -> Iterator[tuple[str, Text]]:
        for heading, texts in self.lines.items():
            for text in texts:
                yield heading, text


def never_on_any_day(scenario: Scenario) -> dict[str, str]:
    """The headings that are never said, not even on a drawn day on which she picks up herself (dialogs/scenario/surprise.py)."""
    never = reach.unreachable(scenario.hidden)
    if not may_pick_up(scenario):
        return never
    other = reach.unreachable(replace(scenario.hidden, opening=Opening.MANAGER))
    return {heading: why for heading, why in never.items() if heading in other}


# -- what is looked for ----------------------------------------------------------------------------------


def _never_said(page: _Page) -> Iterator[Remark]:
    never = never_on_any_day(page.scenario)
    for heading, line in page.headings.items():
        if heading in never:
            yield page.remark(line, f"'{heading}' is never said: {never[heading]}", "take these lines out")


def _reason_unspoken(page: _Page) -> Iterator[Remark]:
    scenario = page.scenario
    top = scenario.hidden.reachable
    if top < 3 or not scenario.area:
        return
    told = [text.value for heading in LEVELS[3 : top + 1] for text in page.lines.get(heading, [])]
    named = any(scenario.area in areas_in(text) or _shares_a_word(text, scenario.truth) for text in told)
    if told and not named:
        words = ", ".join(w.rstrip("*~") for w in AREAS[scenario.area][:4])
        yield page.remark(
            page.fields.get("reason", 1),
            f"the reason is '{scenario.reason}', and no line under 'specific' or 'candid' mentions it",
            f"name it in one of them, with a word such as: {words}",
        )


def _told_too_early(page: _Page) -> Iterator[Remark]:
    """A line below level 3 that says the fact itself: it shares three telling words with the truth, or names the sure area."""
    scenario = page.scenario
    if scenario.reason in ("comparison", "dislike", "protected", "budget", "internal"):
        return  # here the hint is all there is, or names no fact
    fact = _telling_words(scenario.truth)
    for heading in ("stonewall", "stock", "again", "no_more", "avoid", "guard", "hr", "cut_off", "door_courtesy"):
        for text in page.lines.get(heading, []):
            shared = fact & _telling_words(text.value) - _telling_words(f"{scenario.job} {scenario.company}")
            if len(shared) >= 3 and scenario.area in areas_in(text.value):
                words = ", ".join(sorted(shared))
                yield page.remark(
                    text.line, f"a line under '{heading}' gives the reason away ({words})", "say less here"
                )


def _two_alike(page: _Page) -> Iterator[Remark]:
    for heading, texts in page.lines.items():
        for i, text in enumerate(texts):
            for other in texts[:i]:
                if _alike(text.value, other.value):
                    yield page.remark(
                        text.line,
                        f"nearly the line {other.line} under '{heading}'",
                        "say something else in one of the two",
                    )
                    break


def _too_few(page: _Page) -> Iterator[Remark]:
    never = reach.unreachable(page.scenario.hidden)
    for heading, texts in page.lines.items():
        wanted = SCENES[heading].wanted if heading in SCENES else 0
        if len(texts) < wanted and heading not in never:
            yield page.remark(
                page.headings[heading],
                f"'{heading}' has {len(texts)} {'line' if len(texts) == 1 else 'lines'}, so two calls may sound alike",
                f"write {wanted} or more",
            )


def _forbidden(page: _Page) -> Iterator[Remark]:
    scenario = page.scenario
    known = {
        w for name in (scenario.manager, scenario.receptionist, scenario.company, scenario.job) for w in name.split()
    }
    for _, text in page.all_lines():
        if words := protected_trait(text.value):
            yield page.remark(
                text.line, f"'{words}' touches a protected trait, and no manager may", "take it out", error=True
            )
        if name := other_candidate(text.value, known):
            yield page.remark(
                text.line,
                f"'{name}' may be another candidate's name, and nobody is ever named",
                "say 'somebody'",
                error=True,
            )


def _wrong_shape(page: _Page) -> Iterator[Remark]:
    for heading in ("recalls_you", "yes_that", "not_that"):
        for text in page.lines.get(heading, []):
            if text.value.rstrip().endswith("?"):
                yield page.remark(
                    text.line, f"'{heading}' is followed by another line at once", "make it a statement, not a question"
                )
    for text in page.lines.get("asks_you", []):
        if "?" not in text.value:
            yield page.remark(text.line, "'asks_you' is her own question", "put a question in it")
    for text in page.lines.get("two_minutes", []):
        if _YES_OR_NO.search(text.value):
            yield page.remark(
                text.line,
                "'two_minutes' also answers “Is this a bad time?”, where a yes or a no says the opposite",
                "grant the time without it",
            )
    for heading, text in page.all_lines():
        if len(text.value.split()) > LONGEST_SPOKEN:
            yield page.remark(
                text.line,
                f"{len(text.value.split())} words under '{heading}' is more than anybody says in one breath",
                "cut it",
            )


_YES_OR_NO = lazy(
    r"^(?:oh,? |um,? |well,? )*(?:no|sure|certainly|(?:of )?course|by all means|not at all|i do|i have)\b(?! (?:rush|problem|bother|a\b|until|time|some|to\b|my\b|the\b))|"
    r"\b(?:yes|yeah|yep|aye)\b",
    flags=re.IGNORECASE,
)

_RULES = (_forbidden, _never_said, _reason_unspoken, _told_too_early, _two_alike, _too_few, _wrong_shape)


def _alike(one: str, two: str) -> bool:
    a, b = (re.findall(r"[\w']+", text.casefold()) for text in (one, two))
    if min(len(a), len(b)) < 4:
        return a == b
    if len(set(a) & set(b)) < 0.6 * min(len(set(a)), len(set(b))):
        return False
    return SequenceMatcher(None, " ".join(a), " ".join(b), autojunk=False).ratio() >= ALIKE


_COMMON = frozenset(
    """about after again against also another answer asked because been before being between both came could decided didn't does done
    each enough even every feel felt first found from full gave getting give given going good great hadn't half hard have having heard here
    hers herself himself interview into isn't itself just keep kept knew know last later least less level like liked little long made make
    many might more most much must named nearly need never next nothing once only other others over panel part people perhaps person place
    point post practice quite rather real really right said same saying says second seemed should side since some somebody someone something
    still such sure take taken talk tell than that their them themselves then there these they thing think this those though thought three
    through time told took true under until used very want wanted wasn't week well went were weren't what when where whether which while
    whole will with within without word work worked would years you'd you're your yours candidate finalist decision best better close""".split()
)


def _telling_words(text: str) -> set[str]:
    return {_stem(w) for w in re.findall(r"[a-zà-ÿ']{4,}", text.casefold()) if w not in _COMMON}


def _stem(word: str) -> str:
    return re.sub(r"(?:ications?|ations?|ates?|ings?|ed|es|s|'s)$", "", word)[:7]


def _shares_a_word(text: str, truth: str) -> bool:
    return bool(_telling_words(text) & _telling_words(truth))
