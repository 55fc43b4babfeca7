"""Calls put together from words and the moves they are heard as, or heard from the words alone, and what the debrief says of them."""

from __future__ import annotations

from dialogs.hearing.heard import Aside, Heard
from dialogs.practice import Practice, Turn
from dialogs.review import Check, Debrief, parts, review
from dialogs.scenario import Scenario, library, read_scenario
from tests.debriefed import EAR, SCENARIOS

HARBOUR = read_scenario(library()["harbour"])

Said = tuple[str, str]


def held(*said: Said, scenario: Scenario = HARBOUR, seed: int = 1) -> tuple[Scenario, int, list[Turn]]:
    """A call of these words, heard as these moves ("accept,ask_open", with areas after a colon, or "!silence")."""
    practice = Practice(scenario, seed)
    turns = [practice.begin()]
    for words, moves in said:
        if practice.ended:
            break
        names, _, areas = moves.partition(":")
        if names.startswith("!"):
            heard = Heard(aside=Aside(names[1:]), words=len(words.split()))
        else:
            heard = Heard.of(*names.split(","), areas=tuple(a for a in areas.split(",") if a), words=len(words.split()))
        turns.append(practice.take(heard, words))
    return scenario, seed, turns


def debriefed(*said: Said, scenario: Scenario = HARBOUR, seed: int = 1) -> Debrief:
    return review(*held(*said, scenario=scenario, seed=seed))


def check(debrief: Debrief, key: str) -> Check:
    return next(c for c in debrief.checks if c.key == key)


HELLO = ("Hello, this is Sam Ortiz. I interviewed for the analyst role last week. Is this a good time?",
         "greet,introduce,permission")  # fmt: skip

READY = (
    "Thanks. I'm fine with the decision. Could you tell me one thing I should work on?",
    "thank,accept,ask_specific",
)

ONWARD = ("That's fair. Which of the qualifications was it?", "accept,probe")

BYE = ("Thank you for your time, goodbye.", "thank,close")


def spoken(scenario: str, *lines: str, seed: int = 1) -> Debrief:
    """The debrief of this call, every line heard."""
    practice = Practice(SCENARIOS[scenario], seed, ear=EAR.hear)
    turns = [practice.begin()]
    for line in lines:
        if not practice.ended:
            turns.append(practice.hear(line))
    return review(SCENARIOS[scenario], seed, turns, ear=EAR.hear)


def text(debrief: Debrief) -> str:
    return "\n".join(part.text for part in parts(debrief))
