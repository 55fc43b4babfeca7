"""How `runner-up serve` fares with many people at once: answers, waits and memory, against the loopback Bot API server.

    python -m tools.crowd [--people 50] [--updates 10000] [--flood 300] [--hearing light]

Everybody holds calls, one message after another; one of them floods. Printed: memory at the start and at the end, turns a second,
how long the others waited for an answer (median, worst), and what was refused.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from tests.test_chat_serve import Served, agrees
from tests.wire import Wire

TALK = (
    "Hello, this is Sam Ortiz. I interviewed for the analyst role last week. Is this a good time?",
    "The decision is fine with me. Could you tell me one thing I should work on?",
    "Which part of that counted most?",
    "Thank you, that helps. I will work on it.",
    "May I stay in touch about later roles?",
    "Thanks again for your time. Goodbye!",
)


class Person:
    """One person's phone: what was said when, and what came back."""

    def __init__(self, wire: Wire, user: int) -> None:
        self.wire, self.user = wire, user
        self.seen = 0
        self.at = 0
        self.asked = 0.0
        self.waits: list[float] = []

    def turn(self) -> bool:
        """Say the next thing if the last one has been answered."""
        sent = self.wire.to(self.user)
        if self.asked:
            if len(sent) <= self.seen:
                return False
            self.waits.append(sent[self.seen].at - self.asked)
        self.seen = len(sent)
        words = "/call harbour" if self.at % (len(TALK) + 1) == 0 else TALK[self.at % (len(TALK) + 1) - 1]
        self.at += 1
        self.asked = time.monotonic()
        self.wire.say(self.user, words)
        return True


def main() -> None:
    """Run the crowd and print the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--people", type=int, default=50)
    options.add_argument("--updates", type=int, default=10_000)
    options.add_argument("--flood", type=int, default=300)
    options.add_argument("--hearing", default="light")
    chosen = options.parse_args()
    with Wire() as wire, tempfile.TemporaryDirectory() as folder:
        bot = Served(wire, Path(folder), RUNNER_UP_HEARING=chosen.hearing, RUNNER_UP_LOG_LEVEL="WARNING")
        began = time.monotonic()
        wire.until(lambda: wire.polls, 20)
        print(f"connected after {time.monotonic() - began:.2f} s, {bot.rss():.1f} MiB")
        people = [Person(wire, 1000 + i) for i in range(chosen.people)]
        for person in people:
            agrees(wire, person.user)
            person.seen = len(wire.to(person.user))
        print(f"everybody is in: {bot.rss():.1f} MiB")
        agrees(wire, 1)
        for number in range(chosen.flood):
            wire.say(1, f"flood {number}")
        began, done = time.monotonic(), 0
        while done < chosen.updates:
            moved = sum(person.turn() for person in people)
            done += moved
            if not moved:
                time.sleep(0.002)
        seconds = time.monotonic() - began
        waits = sorted(w for person in people for w in person.waits)
        print(f"{done} updates of {len(people)} people in {seconds:.1f} s: {done / seconds:.0f} a second")
        print(f"waits: median {statistics.median(waits):.3f} s, 99 of 100 {waits[int(len(waits) * 0.99)]:.3f} s, worst {waits[-1]:.3f} s")
        print(f"the one who floods got {len(wire.to(1))} messages; refused with: {wire.texts(1)[-1][:40]!r}")
        print(f"at the end: {bot.rss():.1f} MiB")
        code, seconds = bot.ends()
        print(f"SIGTERM: exit {code} after {seconds:.2f} s")


if __name__ == "__main__":
    main()
