"""How `runner-up serve` fares with many people at once: answers, waits and memory, against the loopback Bot API server.

    python -m tools.crowd [--people 50] [--updates 10000] [--flood 300] [--think 2] [--hearing light]

Everybody holds calls, and thinks for some seconds (0: not at all) after each answer; one more floods. Printed: memory at the start and at the end, turns a second,
how long the others waited for an answer (median, worst), and what was refused.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from pathlib import Path

from tests.serving import Served, agrees
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
        self.next_at = 0.0
        self.waits: list[float] = []
        self.when: list[float] = []

    def turn(self, think: float) -> bool:
        """Say the next thing once the last one has been answered and thought about."""
        if time.monotonic() < self.next_at:
            return False
        if self.asked:
            sent = [s for s in self.wire.sent[self.seen :] if s.chat == self.user and s.method == "sendMessage"]
            if not sent:
                return False
            self.waits.append(sent[0].at - self.asked)
            self.when.append(sent[0].at)
            self.asked, self.next_at = 0.0, sent[0].at + think * random.uniform(0.5, 1.5)
            return False
        self.seen = len(self.wire.sent)
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
    options.add_argument("--think", type=float, default=2.0)
    options.add_argument("--hearing", default="light")
    chosen = options.parse_args()
    with Wire() as wire, tempfile.TemporaryDirectory() as folder:
        bot = Served(wire, Path(folder), fresh=True, RUNNER_UP_HEARING=chosen.hearing, RUNNER_UP_LOG_LEVEL="WARNING")
        began = time.monotonic()
        wire.until(lambda: wire.polls, 60)
        print(f"connected after {time.monotonic() - began:.2f} s, {bot.rss():.1f} MiB")
        people = [Person(wire, 1000 + i) for i in range(chosen.people)]
        for person in people:
            agrees(wire, person.user)
            person.next_at = time.monotonic() + random.uniform(0, chosen.think)
        print(f"everybody is in: {bot.rss():.1f} MiB")
        agrees(wire, 1)
        for number in range(chosen.flood):
            wire.say(1, f"flood {number}")
        began, done = time.monotonic(), 0
        while done < chosen.updates:
            moved = sum(person.turn(chosen.think) for person in people)
            done += moved
            if not moved:
                time.sleep(0.002)
        seconds = time.monotonic() - began
        waits = sorted(w for person in people for w in person.waits)
        print(f"{done} updates of {len(people)} people in {seconds:.1f} s: {done / seconds:.0f} a second")
        print(
            f"waits: median {statistics.median(waits):.3f} s, 99 of 100 {waits[int(len(waits) * 0.99)]:.3f} s, worst {waits[-1]:.3f} s"
        )
        late = sorted((w, at - began) for person in people for w, at in zip(person.waits, person.when, strict=True))[
            -5:
        ]
        print("the longest: " + ", ".join(f"{w:.2f} s ({at:.0f} s in)" for w, at in late))
        print(f"the one who floods got {len(wire.to(1))} messages; refused with: {wire.texts(1)[-1][:40]!r}")
        print(f"at the end: {bot.rss():.1f} MiB, {bot.cpu():.1f} s of processor time")
        code, seconds = bot.ends()
        if code:
            print(bot.err.read_text()[:3000])
        print(f"SIGTERM: exit {code} after {seconds:.2f} s")


if __name__ == "__main__":
    main()
