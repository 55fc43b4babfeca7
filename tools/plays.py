"""Hold every play of tests/calls again and write down what is now said, or check that nothing has changed.

python -m tools.plays            rewrite them: a change of behaviour is then reviewed as a diff of plays
python -m tools.plays --check    exit 1 and name the plays that would change
"""

from __future__ import annotations

import sys

from bot.hearing import ear
from bot.library import find
from dialogs.practice import Practice, Turn
from dialogs.transcript import HANGS_UP, SAYS_NOTHING, read_play, write_play
from tools.renew import ROOT, renew

CALLS = ROOT / "tests" / "calls"


def held_again(text: str) -> str:
    """The same candidate's lines, held against the present program."""
    play = read_play(text)
    practice = Practice(find(play.scenario), play.seed, ear=ear("full"))
    turns: list[Turn] = [practice.begin()]
    for said in play.lines:
        if practice.ended:
            break
        turns.append(practice.hang_up() if said == HANGS_UP else practice.hear("" if said == SAYS_NOTHING else said))
    return write_play(practice.scenario, play.seed, turns, claim=play.claim)


def main() -> int:
    return renew(sorted(CALLS.glob("*.txt")), held_again, "look at it with: make plays")


if __name__ == "__main__":
    sys.exit(main())
