"""Make a log of many turns, to measure with: `python -m tools.biglog big.db 100000`.

Calls are the plays of tests/calls, held again with ever new seeds by the light hearing.
"""

from __future__ import annotations

import sys
from functools import lru_cache
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
    held, seed = 0, 0
    with Log.open(path, durability="normal") as log:
        me = log.local().id
        while held < wanted:
            seed += 1
            for play in plays:
                practice = Practice(find(play.scenario), seed, ear=hear)
                session = log.begin(me, practice.scenario, seed, practice.begin(), hearing=version).result()
                for words in play.lines:
                    if practice.ended:
                        break
                    log.keep(me, session, say(practice, words)).result()
                    held += 1
                if held >= wanted:
                    break
    print(held, "turns")


if __name__ == "__main__":
    main()
