"""A logged call kept as a play for tests: names and companies replaced, and what the kept plays cover."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.log.calls import LoggedCall
from dialogs.call import LIVE, TABLE, Outcome
from dialogs.endings import ENDED, UNFINISHED
from dialogs.moves import MOVES
from dialogs.patterns import lazy
from dialogs.practice import Ear, Practice, Turn
from dialogs.scenario import Scenario, library, read_scenario
from dialogs.scenes import LEVELS
from dialogs.transcript import HANGS_UP, SAYS_NOTHING, BadPlay, Play, read_play, write_play

STAND_INS = ("Sam Ortiz", "Robin Vale", "Alex Marsh", "Kim Novak", "Jo Lindgren", "Chris Adeyemi")
FIRMS = ("Northgate", "Millbrook", "Ashford Works", "Carrow & Sons")

_I_AM = lazy(
    r"\b(?:[Mm]y name(?:'s| is)|[Tt]his is|[Ii]t's|[Ii] am|[Ii]'m|[Nn]ame's|[Ss]peaking with)\s+([A-Z][\w'’-]{1,30}(?:\s+[A-Z][\w'’-]{1,30}){0,2})"
)
_HERE = lazy(r"\b([A-Z][\w'’-]{1,30}(?:\s+[A-Z][\w'’-]{1,30}){0,2})\s+(?:here|speaking|calling)\b")
_FIRM = lazy(
    r"\b(?:at|for|with|from|left|joined)\s+((?:[A-Z][\w&'’.-]{1,30}\s){0,3}[A-Z][\w&'’-]{1,30}(?:\s(?:GmbH|AG|Ltd|Inc|LLC|plc|Group|Bank))?)"
)
_CONTACT = lazy(r"[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}|\+?\d[\d ()/.-]{6,20}\d")
_NO_NAMES = frozenset(
    "I I'm Hello Hi Thanks Thank Yes No Sorry Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March "
    "April May June July August September October November December German English French Spanish The".split()
)


def _how_it_ended(call: LoggedCall) -> str:
    return ENDED[Outcome(call.outcome)] if call.outcome else f"is {UNFINISHED}"


def kept_play(
    scenario: Scenario, call: LoggedCall, turns: Sequence[Turn], claim: str, extra: Sequence[tuple[str, str]] = ()
) -> tuple[str, str, list[tuple[str, str]]]:
    """File name, text and what was replaced by what."""
    swaps = [*extra, *names_in([t.said for t in turns], scenario)]
    said = [t._replace(said=swapped(t.said, swaps)) for t in turns]
    claim = " ".join(claim.split()) or f"A call with {scenario.first_name} that {_how_it_ended(call)}."
    slug = re.sub(r"[^a-z0-9]+", "-", claim.lower()).strip("-")[:70].rstrip("-") or call.session
    return f"{slug}.txt", write_play(scenario, call.seed, said, claim=claim), swaps


def names_in(texts: Sequence[str], scenario: Scenario) -> list[tuple[str, str]]:
    """Names and companies of the candidate's own that these words tell, each with its stand-in. The scenario's own stay."""
    known = {scenario.manager, *scenario.manager.split(), scenario.company, *scenario.company.split()}
    people, firms = [], []
    for text in texts:
        for found in (*_I_AM.findall(text), *_HERE.findall(text)):
            name = " ".join(w for w in found.split() if w not in _NO_NAMES)
            if name and name not in known and name not in people:
                people.append(name)
        for name in _FIRM.findall(text):
            first = name.split()[0]
            if first not in _NO_NAMES and name not in known and first not in known and name not in people:
                firms.append(name)
    out = [(old, STAND_INS[i % len(STAND_INS)]) for i, old in enumerate(people) if old not in STAND_INS]
    out += [(old, FIRMS[i % len(FIRMS)]) for i, old in enumerate(dict.fromkeys(firms)) if old not in FIRMS]
    return out


def swapped(text: str, swaps: Sequence[tuple[str, str]]) -> str:
    """The words with every name replaced, whole or in part, and addresses and numbers blanked."""
    text = _CONTACT.sub("(left out)", text)
    for old, new in sorted(swaps, key=lambda pair: -len(pair[0])):
        text = re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _, n=new: n, text)  # type: ignore[misc]
        for a, b in zip(old.split(), new.split(), strict=False):
            if len(a) > 2 and len(old.split()) > 1:
                text = re.sub(rf"(?<!\w){re.escape(a)}(?!\w)", lambda _, n=b: n, text)  # type: ignore[misc]
    return text


def coverage(folder: Path, ear: Ear) -> Iterator[str]:
    """What the plays of a folder cover: moves, phases, levels, scenarios, rules; and what no play shows yet."""
    fired: set[str] = set()
    notes: list[str] = []
    scenarios: set[str] = set()
    count = 0
    for path in sorted(folder.glob("*.txt")):
        try:
            play = read_play(path.read_text(encoding="utf-8", errors="replace"))
        except (BadPlay, OSError):
            continue
        count += 1
        scenarios.add(play.scenario)
        notes += [e.note for e in play.exchanges]
        fired |= rules_of(play, ear)
    words = {w.strip() for note in notes for w in re.split(r"[,→]", note)}
    yield f"{'1 play' if count == 1 else f'{count} plays'} in {folder} {'covers' if count == 1 else 'cover'}:"
    for what, known in (
        ("moves", tuple(map(str, MOVES))),
        ("phases", (*map(str, LIVE), "ended")),
        ("levels", tuple(f"level {n}" for n in range(len(LEVELS)))),
    ):
        missing = [k for k in known if k not in words]
        yield f"  {what}: {len(known) - len(missing)} of {len(known)}{_missing(missing)}"
    there = set(library()) & scenarios
    yield f"  scenarios: {len(there)} of {len(library())}"
    rules = dict.fromkeys(row.name for row in TABLE)
    yield f"  rules: {len(fired & set(rules))} of {len(rules)}{_missing([r for r in rules if r not in fired])}"


MOST_NAMED = 12  # of what is missing


def _missing(names: Sequence[str]) -> str:
    """What no play shows yet, the first of it by name."""
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"; not yet: {', '.join(names[:MOST_NAMED])}{more}" if names else ""


def rules_of(play: Play, ear: Ear) -> set[str]:
    """The rules of the table that fire when this play is held now; none when its scenario is not there."""
    path = library().get(play.scenario)
    if path is None:
        return set()
    practice = Practice(read_scenario(path), play.seed, ear=ear)
    practice.begin()
    fired: set[str] = set()
    for words in play.lines:
        if practice.ended:
            break
        turn = practice.hang_up() if words == HANGS_UP else practice.hear("" if words == SAYS_NOTHING else words)
        fired |= set(turn.rows)
    return fired
