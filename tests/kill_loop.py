"""Kill -9 the whole bot at random moments under load, and see that nothing is lost, doubled, out of order or unlogged.

    python -m tests.kill_loop 200          # make kill-loop
    python -m tests.kill_loop 200 --program bot.telegram.serve:main

People write in bursts all the while, also when the bot is dead; at the end it is left alone until all is answered.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from bot.log import Log
from tests.wire import Wire

ECHO = "tests.echo_serve:main"


class Zygote:
    """The program, ready to be started many times (tests/zygote.py)."""

    def __init__(self, program: str, env: dict[str, str], stderr: Path, *args: str) -> None:
        self._stderr = stderr.open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.zygote", program, *args],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._stderr, text=True, env=os.environ | env,
        )  # fmt: skip
        self._line()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                stream.close()
        self._process.wait(10)
        self._stderr.close()

    def _line(self) -> str:
        assert self._process.stdout
        while (line := self._process.stdout.readline().strip()) == "serving":
            pass  # a child's own word
        return line

    def _ask(self, words: str) -> str:
        assert self._process.stdin
        self._process.stdin.write(words + "\n")
        self._process.stdin.flush()
        return self._line()

    def start(self) -> int:
        return int(self._ask("start"))

    def end(self, pid: int, number: int = signal.SIGKILL) -> int:
        """Send a signal and wait for the end; gives the exit code (negative: the signal)."""
        os.kill(pid, number)
        return int(self._ask(f"wait {pid}"))


@dataclass
class Tally:
    """What came out. Everything but `repeated` must be 0; `repeated` at most one a kill and chat, and all marked."""

    kills: int = 0
    said: int = 0
    lost: int = 0
    doubled: int = 0
    out_of_order: int = 0
    unanswered: int = 0
    unlogged: int = 0
    repeated: int = 0
    unmarked: int = 0
    unsound: int = 0
    kills_with_repeats: int = 0
    seconds: float = 0.0
    notes: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not (
            self.lost
            or self.doubled
            or self.out_of_order
            or self.unanswered
            or self.unlogged
            or self.unmarked
            or self.unsound
        )


def run(kills: int, *, program: str = ECHO, users: int = 4, seed: int = 1, folder: Path | None = None) -> Tally:
    """The loop itself. `users` people write; each message is unlike every other."""
    rng = random.Random(seed)
    folder = folder or Path(tempfile.mkdtemp(prefix="kill-loop-"))
    db = folder / "log.db"
    said: dict[int, list[str]] = {user: [] for user in range(1, users + 1)}
    began = time.monotonic()
    with Log.open(
        db
    ) as log:  # of people who have not agreed nothing but a number is kept, so nothing could be made good
        for user in said:
            log.agree(log.meet(user).result().id, "1").result()
    with Wire() as wire:
        env = {"TELEGRAM_BOT_TOKEN": wire.token, "TELEGRAM_BASE_URL": wire.url, "RUNNER_UP_DB": str(db),
               "RUNNER_UP_ACCESS": "open", "RUNNER_UP_PACE": "0", "RUNNER_UP_HEARING": "light"}  # fmt: skip
        repeats_after: list[int] = []
        with Zygote(program, env, folder / "stderr.txt") as zygote:
            for _ in range(kills):
                pid = zygote.start()
                end = time.monotonic() + rng.uniform(0.15, 0.75)
                while time.monotonic() < end:
                    _burst(wire, said, rng)
                    time.sleep(rng.uniform(0.02, 0.2))
                zygote.end(pid)
                repeats_after.append(_repeats(wire))
                if rng.random() < 0.5:
                    _burst(wire, said, rng)
            pid = zygote.start()
            total = sum(map(len, said.values()))
            wire.until(lambda: wire.unconfirmed() == 0 and _answers(wire) >= total, 60)
            time.sleep(0.3)
            code = zygote.end(pid, signal.SIGTERM)
        tally = _tally(wire, said, db)
        tally.kills = kills
        tally.kills_with_repeats = sum(
            b > a for a, b in zip([0, *repeats_after], [*repeats_after, _repeats(wire)], strict=False)
        )
        tally.seconds = time.monotonic() - began
        if code != 0:
            tally.notes.append(f"exit code {code} at SIGTERM")
        return tally


def _burst(wire: Wire, said: dict[int, list[str]], rng: random.Random) -> None:
    user = rng.choice(list(said))
    if len(said[user]) - len({s.text for s in wire.to(user)}) > 12:
        return  # beyond twenty unanswered messages of one chat are refused, by promise
    for _ in range(rng.randint(1, 5)):
        text = f"why hello u{user}n{len(said[user]):05}"
        said[user].append(text)
        wire.say(user, text)


def _answers(wire: Wire) -> int:
    return len({(s.chat, s.text) for s in list(wire.sent) if s.text.startswith("re ")})


def _repeats(wire: Wire) -> int:
    sends = [(s.chat, s.text) for s in list(wire.sent) if s.text.startswith("re ")]
    return len(sends) - len(set(sends))


def _tally(wire: Wire, said: dict[int, list[str]], db: Path) -> Tally:
    tally = Tally(said=sum(map(len, said.values())))
    with closing(sqlite3.connect(db)) as log:
        tally.unsound = log.execute("PRAGMA quick_check").fetchall() != [("ok",)]
        kept = log.execute(
            """SELECT p.telegram_id, t.said FROM turns t JOIN sessions s ON s.id = t.session_id
               JOIN people p ON p.id = s.person_id WHERE t.n > 0 ORDER BY s.id, t.n"""
        ).fetchall()
        marked = log.execute("SELECT count(*) FROM outbox WHERE resent = 1").fetchone()[0]
    for user, texts in said.items():
        logged = [text for who, text in kept if who == user]
        counts = Counter(logged)
        tally.lost += sum(text not in counts for text in texts)
        tally.doubled += sum(count - 1 for count in counts.values())
        tally.out_of_order += logged != [text for text in texts if text in counts]
        replies = [text.removeprefix("re ") for text in wire.texts(user) if text.startswith("re ")]
        tally.unanswered += len(set(texts) - set(replies))
        tally.unlogged += len(set(replies) - set(logged))
        tally.out_of_order += list(dict.fromkeys(replies)) != [t for t in texts if t in set(replies)]
    tally.repeated = _repeats(wire)
    tally.unmarked = max(0, tally.repeated - marked)
    return tally


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("kills", type=int, nargs="?", default=200)
    asked.add_argument("--program", default=ECHO)
    asked.add_argument("--seed", type=int, default=int(time.time()))
    chosen = asked.parse_args()
    tally = run(chosen.kills, program=chosen.program, seed=chosen.seed)
    print(f"seed {chosen.seed}: {tally}")
    return 0 if tally.clean and not tally.notes else 1


if __name__ == "__main__":
    sys.exit(main())
