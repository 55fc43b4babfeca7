"""Make a log of many turns, to measure with: `python -m tools.biglog big.db 100000`.

Calls are the plays of tests/calls, held again with ever new seeds by the light hearing.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import lru_cache
from itertools import count
from pathlib import Path

from bot.hearing import Ears
from bot.library import find
from bot.log import Log
from bot.replay import say
from dialogs.hearing.heard import Cue, Heard
from dialogs.practice import Practice
from dialogs.transcript import read_play
from tools.plays import CALLS


def main() -> None:
    """Fill the log."""
    path, wanted = Path(sys.argv[1]), int(sys.argv[2])
    version, listen = Ears("light")()
    ear = lru_cache(100_000)(lambda text, cue: listen(text, cue))

    def hear(text: str, cue: Cue) -> Heard:
        return ear(text, cue)

    plays = [read_play(p.read_text(encoding="utf-8")) for p in sorted(CALLS.glob("*.txt"))]
    held = 0
    with Log.open(path, durability="normal") as log:
        for seed, play in ((seed, play) for seed in count(1) for play in plays):
            practice = Practice(find(play.scenario), seed, ear=hear)
            held += _hold(log, practice, play.lines, version)
            if held >= wanted:
                break
    print(held, "turns")


def _hold(log: Log, practice: Practice, lines: Sequence[str], hearing: str) -> int:
    """Keep a call in which these lines are said, until it ends; gives how many of them were."""
    me = log.local().id
    session = log.begin(me, practice.scenario, practice.seed, practice.begin(), hearing=hearing).result()
    for words in lines:
        if practice.ended:
            break
        log.keep(me, session, say(practice, words)).result()
    return practice.turns


if __name__ == "__main__":
    main()
