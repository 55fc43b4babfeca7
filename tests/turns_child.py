"""Hold one call as fast as the log takes it, saying each turn that was acknowledged: for kills and injected faults.

python -m tests.turns_child LOG TURNS [ACKNOWLEDGED]
"""

from __future__ import annotations

import sys

from bot.log import CannotSave, Log, LogFault
from bot.session import Session
from dialogs.hearing.heard import Cue, Heard
from dialogs.moves import Move
from dialogs.scenario import library, read_scenario

CIRCLE = (Move.GREET, Move.INTRODUCE, Move.THANK, Move.INTEREST)


def ear(text: str, cue: Cue) -> Heard:
    return Heard(moves=(CIRCLE[int(text.split()[0]) % len(CIRCLE)],), words=1)


def main() -> int:
    path, turns = sys.argv[1], int(sys.argv[2])
    out, first = sys.stdout, 0
    if len(sys.argv) > 3:
        out = open(sys.argv[3], "a+", encoding="ascii")  # noqa: SIM115 - open until the end, whatever that is
        out.seek(0)
        first = 100_000 * out.read().count("begin")
        print("begin", file=out, flush=True)
    try:
        log = Log.open(path)
    except LogFault as error:
        print(f"refused to start: {error}", flush=True)
        return error.code
    person = log.local().id
    session: Session | None = None
    for n in range(first, first + turns):
        try:
            if session is None or session.ended:
                session = Session.start(log, person, read_scenario(library()["harbour"]), 1, ear=ear)
            session.hear(f"{n} " + "w" * 300)
        except CannotSave as error:
            print(f"told {n} {error.reason}", flush=True)
            if session is not None:
                kept = len(log.turns(person, session.id)) - 1
                print(
                    "agree" if kept == session.practice.turns else f"disagree {kept} {session.practice.turns}",
                    flush=True,
                )
            continue
        print(f"kept {n}", file=out, flush=True)
    log.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
