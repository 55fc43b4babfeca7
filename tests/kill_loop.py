"""Kill -9 the whole bot at random moments under load, and see that nothing is lost, doubled, out of order or unlogged.

    python -m tests.kill_loop 200              # make kill-loop: the real `runner-up serve`
    python -m tests.kill_loop 200 --echo       # the echo bot of tests/echo_serve.py, which answers every message by its number

People write in bursts all the while, also when the bot is dead; at the end it is left alone until all is answered.
"""

from __future__ import annotations

import argparse
import random
import signal
import sqlite3
import sys
import tempfile
import time
from bisect import bisect
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.log import Log
from tests.forking import Zygote
from tests.wire import Wire

MOST_UNANSWERED = 12  # beyond twenty unanswered messages of one chat are refused, by promise


@dataclass
class Tally:
    """What came out. Nothing may be lost, doubled or unlogged; an answer may come twice, where a kill fell between Telegram's OK and the mark
    of it: one of a chat by one kill at most, and marked. Several chats may each have had one under way."""

    kills: int = 0
    said: int = 0
    lost: int = 0
    doubled: int = 0
    out_of_order: int = 0
    unanswered: int = 0
    unlogged: int = 0
    refused: int = 0
    repeated: int = 0
    marked: int = 0
    unmarked: int = 0
    unsound: int = 0
    kills_with_repeats: int = 0
    most_by_one_kill: int = 0
    most_by_one_kill_in_a_chat: int = 0
    without_a_kill: int = 0
    seconds: float = 0.0
    notes: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        bad = (
            self.lost,
            self.doubled,
            self.out_of_order,
            self.unanswered,
            self.unlogged,
            self.refused,
            self.unmarked,
            self.unsound,
            self.without_a_kill,
        )
        return not any(bad) and not self.notes and self.most_by_one_kill_in_a_chat <= 1


class Echo:
    """People who write to the echo bot, where every message is a turn and its answer names it."""

    program, args = "tests.echo_serve:main", ()
    lives = (0.1, 0.6)  # seconds

    def text(self, user: int, number: int) -> str:
        return f"why hello u{user}n{number:05}"

    def answers(self, wire: Wire, user: int) -> list[str]:
        return [text.removeprefix("re ") for text in wire.texts(user) if text.startswith("re ")]

    def tally(self, tally: Tally, wire: Wire, user: int, texts: list[str], logged: list[str], answered: str) -> None:
        answers = self.answers(wire, user)
        tally.unanswered += len(set(texts) - set(answers))
        tally.unlogged += len(set(answers) - set(logged))
        tally.out_of_order += list(dict.fromkeys(answers)) != [t for t in texts if t in set(answers)]


class Calls:
    """People who hold calls with the real bot: dial, say thank you a few times, say goodbye, and dial again."""

    program, args = "bot.telegram.app,bot.telegram.running,bot.cli:main", ("serve",)
    lives = (0.1, 0.8)

    def text(self, user: int, number: int) -> str:
        match number % 7:
            case 0:
                return "/call harbour"
            case 6:
                return f"Thank you. Goodbye. u{user}n{number:05}"
            case _:
                return f"Thank you so much. u{user}n{number:05}"

    def tally(self, tally: Tally, wire: Wire, user: int, texts: list[str], logged: list[str], answered: str) -> None:
        said = [text.removeprefix("Dana: ") for text in wire.texts(user) if text.startswith("Dana: ")]
        tally.unlogged += sum(text not in answered for text in said)
        tally.unanswered += not said


def run(kills: int, *, echo: bool = True, users: int = 4, seed: int = 1, folder: Path | None = None) -> Tally:
    """The loop itself. `users` people write; each message is unlike every other."""
    rng = random.Random(seed)
    folder = folder or Path(tempfile.mkdtemp(prefix="kill-loop-"))
    loop = _Loop(Echo() if echo else Calls(), folder, rng, users)
    return loop.run(kills)


class _Loop:
    def __init__(self, people: Echo | Calls, folder: Path, rng: random.Random, users: int) -> None:
        self.people, self.folder, self.rng = people, folder, rng
        self.db = folder / "log.db"
        self.said: dict[int, list[str]] = {user: [] for user in range(1, users + 1)}
        self.starts: list[float] = []

    def run(self, kills: int) -> Tally:
        began = time.monotonic()
        with Log.open(
            self.db
        ) as log:  # of people who have not agreed nothing but a number is kept: nothing could be made good
            for user in self.said:
                log.agree(log.meet(user).result().id, "1").result()
        with Wire() as self.wire:
            env = {"TELEGRAM_BOT_TOKEN": self.wire.token, "TELEGRAM_BASE_URL": self.wire.url, "RUNNER_UP_DB": str(self.db),
                   "RUNNER_UP_ACCESS": "open", "RUNNER_UP_PACE": "0", "RUNNER_UP_HEARING": "light"}  # fmt: skip
            with Zygote(self.people.program, env, self.folder / "stderr.txt", *self.people.args) as zygote:
                for _ in range(kills):
                    self.life(zygote)
                pid = self.start(zygote)
                self.wire.until(self.all_done, 60)
                time.sleep(0.3)
                code = zygote.end(pid, signal.SIGTERM)
            tally = self.tally()
        tally.kills, tally.seconds = kills, round(time.monotonic() - began, 1)
        if code != 0:
            tally.notes.append(f"exit code {code} at SIGTERM")
        return tally

    def start(self, zygote: Zygote) -> int:
        self.starts.append(time.monotonic())
        return zygote.start()

    def life(self, zygote: Zygote) -> None:
        pid = self.start(zygote)
        sent = len(self.wire.sent)
        self.burst()
        if self.rng.random() < 0.7:  # the others are killed while they start, or soon after
            with suppress(AssertionError):  # on a busy machine starting takes its time
                self.wire.until(lambda: len(self.wire.sent) > sent, 8)
        end = time.monotonic() + self.rng.uniform(*self.people.lives)
        while time.monotonic() < end:
            self.burst()
            time.sleep(self.rng.uniform(0.02, 0.2))
        zygote.end(pid)
        if self.rng.random() < 0.5:
            self.burst()

    def burst(self) -> None:
        if self.wire.unconfirmed() + self.count("SELECT count(*) FROM inbox WHERE state = 'waiting'") > MOST_UNANSWERED:
            return
        user = self.rng.choice(list(self.said))
        for _ in range(self.rng.randint(1, 5)):
            text = self.people.text(user, len(self.said[user]))
            self.said[user].append(text)
            self.wire.say(user, text)

    def all_done(self) -> bool:
        return self.wire.unconfirmed() == 0 and not self.count(
            "SELECT (SELECT count(*) FROM inbox WHERE state = 'waiting') + (SELECT count(*) FROM outbox WHERE state = 'waiting')"
        )

    def count(self, sql: str) -> int:
        with suppress(sqlite3.OperationalError), closing(sqlite3.connect(f"file:{self.db}?mode=ro", uri=True)) as log:
            return int(log.execute(sql).fetchone()[0])
        return 0

    def tally(self) -> Tally:
        tally = Tally(said=sum(map(len, self.said.values())))
        with closing(sqlite3.connect(self.db)) as log:
            tally.unsound = log.execute("PRAGMA quick_check").fetchall() != [("ok",)]
            kept = log.execute(
                """SELECT p.telegram_id, t.said, t.answered FROM turns t JOIN sessions s ON s.id = t.session_id
                   JOIN people p ON p.id = s.person_id WHERE t.n > 0 OR t.said = '' ORDER BY s.id, t.n"""
            ).fetchall()
            ((tally.marked,),) = log.execute("SELECT count(*) FROM outbox WHERE resent = 1").fetchall()
            ((tally.refused,),) = log.execute(
                "SELECT count(*) FROM inbox WHERE state IN ('refused', 'skipped')"
            ).fetchall()
            ((sent,),) = log.execute("SELECT count(*) FROM outbox WHERE state = 'sent'").fetchall()
            self.count_repeats(tally, log)
        for user, said in self.said.items():
            texts = [text for text in said if not text.startswith("/")]
            logged = [text for who, text, _ in kept if who == user and text]
            answered = (
                " ".join(answer for who, _, answer in kept if who == user).encode().decode("unicode_escape", "replace")
            )
            counts = Counter(logged)
            tally.lost += sum(text not in counts for text in texts)
            tally.doubled += sum(count - 1 for count in counts.values())
            tally.out_of_order += logged != [text for text in texts if text in counts]
            self.people.tally(tally, self.wire, user, texts, logged, answered)
        if sent < tally.said // 2:
            tally.notes.append(f"only {sent} messages were sent")
        return tally

    def count_repeats(self, tally: Tally, log: sqlite3.Connection) -> None:
        """A message that went out twice has a second number, of which the log knows the last, and knows that it was sent again."""
        known = dict(log.execute("SELECT message_id, resent FROM outbox WHERE message_id IS NOT NULL"))
        answers = [s for s in self.wire.sent if s.method == "sendMessage" and self.is_answer(s.text)]
        repeated = [s for s in answers if s.message_id not in known]
        again = Counter((s.chat, s.text) for s in answers if known.get(s.message_id))
        tally.repeated = len(repeated)
        tally.unmarked = sum(not again[s.chat, s.text] for s in repeated)
        # A life begins when it is first heard of: what the one before has sent may be read a little after its end.
        asked = self.wire.asked_who
        lives = sorted({asked[at] for start in self.starts if (at := bisect(asked, start)) < len(asked)})
        by_life = Counter(bisect(lives, s.at) for s in repeated)
        tally.kills_with_repeats = len(by_life)
        tally.most_by_one_kill = max(by_life.values(), default=0)
        in_a_chat = Counter((bisect(lives, s.at), s.chat) for s in repeated)
        tally.most_by_one_kill_in_a_chat = max(in_a_chat.values(), default=0)
        tally.without_a_kill = by_life[len(lives)]  # the last life was let end by itself

    def is_answer(self, text: str) -> bool:
        return text.startswith(("re ", "Dana: "))


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("kills", type=int, nargs="?", default=200)
    asked.add_argument("--echo", action="store_true")
    asked.add_argument("--users", type=int, default=4)
    asked.add_argument("--seed", type=int, default=int(time.time()))
    chosen = asked.parse_args()
    tally = run(chosen.kills, echo=chosen.echo, seed=chosen.seed, users=chosen.users)
    print(f"seed {chosen.seed}: {tally}")
    return 0 if tally.clean else 1


if __name__ == "__main__":
    sys.exit(main())
