"""Calls whose debriefs are looked at: the plays, simulated ones, and ones put together by lot. RUNNER_UP_CALLS says how many."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from random import Random

from dialogs.candidates import STYLES, hold
from dialogs.hearing import Ear
from dialogs.moves import Move
from dialogs.practice import Practice, Turn
from dialogs.scenario import Scenario, library, read_scenario
from dialogs.transcript import HANGS_UP, SAYS_NOTHING, read_play

CALLS = int(os.environ.get("RUNNER_UP_CALLS", "100"))
PLAYS = sorted((Path(__file__).parent / "calls").glob("*.txt"))
SCENARIOS = {name: read_scenario(path) for name, path in library().items()}
EAR = Ear("light")
PUSHES = {Move.ARGUE, Move.ACCUSE, Move.THREATEN, Move.PLEAD, Move.PRY}
TAKING = {Move.THANK, Move.ACCEPT, Move.ACKNOWLEDGE, Move.COMMIT}


def held(path: Path) -> tuple[Scenario, int, list[Turn]]:
    """The call of a play, heard now."""
    play = read_play(path.read_text(encoding="utf-8"))
    scenario = SCENARIOS[play.scenario]
    practice = Practice(scenario, play.seed, ear=EAR.hear)
    turns = [practice.begin()]
    for said in play.lines:
        if practice.ended:
            break
        if said.strip() == HANGS_UP:
            turns.append(practice.hang_up())
        else:
            turns.append(practice.hear("" if said.strip() == SAYS_NOTHING else said))
    return scenario, play.seed, turns


def simulated() -> list[tuple[Scenario, int, Sequence[Turn]]]:
    """Calls of every style with every manager in turn; every third is left in the middle, as people do."""
    calls: list[tuple[Scenario, int, Sequence[Turn]]] = []
    pairs = list(product(sorted(SCENARIOS), STYLES))
    for i in range(CALLS):
        name, style = pairs[(i * 7) % len(pairs)]
        call = hold(SCENARIOS[name], i + 1, style, EAR.hear)
        calls.append((call.scenario, call.seed, call.turns[: 2 + i % 5] if i % 3 == 2 else call.turns))
    return calls


ODD_LINES = (
    "hi", "ok", "ok ok", "yeah", "hm", "right. and?", "oh", "its me again about the job", "hello its about the interview", "im calling about the thing",
    "hi its dan from the interview last week", "Hello, this is Ruth Okafor, I interviewed for the job last week.", "kev dunn here",
    "Is this a good moment?", "sorry, is it a bad time", "ok but why", "ok but what was wrong with me", "so why didnt u pick me", "what does that mean",
    "was it my experiance or somthing else", "Could you tell me one thing I should work on?", "can you say me one thing what was missing?",
    "I want only know what I can make better.", "i realy dont get it", "please i need this job, i have two kids", "isnt there any way you could look at it again",
    "I would take anything, nights, weekends, anything.", "please just give me a chance", "thats not fair", "you lot had already decided", "That's nonsense.",
    "I had more experience than anyone you saw.", "unbelievable", "whatever", "thanks i guess", "thanks for nothing", "You'll hear from my lawyer.",
    "who got it then", "was it someone internal", "I accept the decision, no hard feelings.", "fine. i accept that", "Fair enough, thank you.", "makes sense",
    "That's a bit hard to hear.", "I'm gutted, honestly.", "I'll get the certificate this summer, thanks.", "would you keep me in mind", "May I apply again?",
    "Sorry about my tone.", "ok thank you bye", "bye", "Thank you for your time, goodbye.", "[hangs up]", "asdf qwer", "ja gut, danke",
)  # fmt: skip


def put_together() -> list[tuple[Scenario, int, Sequence[Turn]]]:
    """Calls of lines drawn by lot: what nobody would plan, and people say all the same."""
    calls: list[tuple[Scenario, int, Sequence[Turn]]] = []
    names = sorted(SCENARIOS)
    for i in range(CALLS):
        rng = Random(f"odd:{i}")
        scenario = SCENARIOS[names[i % len(names)]]
        practice = Practice(scenario, i, ear=EAR.hear)
        turns = [practice.begin()]
        for line in rng.choices(ODD_LINES, k=rng.randint(1, 7)):
            if not practice.ended:
                turns.append(practice.hang_up() if line == HANGS_UP else practice.hear(line))
        calls.append((scenario, i, turns))
    return calls
