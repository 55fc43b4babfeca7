"""Hold the model calls of dialogs/model_calls again, with their remarks, or check that nothing has changed.

python -m tools.model_calls           write them
python -m tools.model_calls --check   exit 1 and name those that would change
"""

from __future__ import annotations

import sys

from bot.hearing import ear
from bot.library import find
from dialogs.hearing.heard import Heard
from dialogs.ladder import MODEL_CALLS, notes_of
from dialogs.practice import Practice, Turn
from dialogs.transcript import YOU, Exchange, read_play, write_play
from tools.renew import renew


def held_again(text: str) -> str:
    """The same words said to the present manager, with the remarks where they stood."""
    play, notes = read_play(text), iter(notes_of(text))
    practice = Practice(find(play.scenario), play.seed, ear=ear("light"))
    turns: list[Turn] = [practice.begin()]
    for exchange in play.exchanges:
        if exchange.said is not None:
            turns.append(_said_again(practice, exchange))
    out: list[str] = []
    note = ""
    for line in write_play(practice.scenario, play.seed, turns, claim=play.claim).splitlines():
        if line.startswith(f"{YOU}:"):
            out += [f"# {note}"] if note else []
            note = next(notes)
        out.append(line)
    return "\n".join([*out, f"# {note}"]) + "\n"


def _said_again(practice: Practice, exchange: Exchange) -> Turn:
    """With the moves in its bracket, if it has one: what a model call shows does not hang on how well it is heard."""
    said = exchange.said or ""
    moves = [m.strip() for m in exchange.note.partition("→")[0].split(",") if m.strip()]
    return practice.take(Heard.of(*moves, words=len(said.split())), said) if moves else practice.hear(said)


def main() -> int:
    return renew(sorted(MODEL_CALLS.glob("*.txt")), held_again, "hold it again with: python -m tools.model_calls")


if __name__ == "__main__":
    sys.exit(main())
