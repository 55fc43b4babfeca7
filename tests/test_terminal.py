"""A call in the terminal, typed by a person on a real pseudo-terminal."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.busy import becomes
from tests.commanded import COMMAND, run


def may_be_interrupted() -> None:
    """As in a terminal; a suite that was started in the background has told all that it starts to ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Keyboard:
    """Somebody at a terminal: types a line, and reads until something is shown."""

    def __init__(self, *args: str, db: Path, columns: int = 0) -> None:
        self.parent, child = pty.openpty()
        if columns:
            termios.tcsetwinsize(child, (50, columns))
        env = os.environ | {
            "RUNNER_UP_DB": str(db), "RUNNER_UP_HEARING": "light", "TERM": "dumb", "NO_COLOR": "1",
        }  # fmt: skip
        self.process = subprocess.Popen(
            [*COMMAND, *args], stdin=child, stdout=child, stderr=child, env=env, preexec_fn=may_be_interrupted
        )
        os.close(child)
        self.shown = ""

    def reads(self, pattern: str, seconds: float = 50) -> str:
        """Wait until the screen shows this; what was shown up to there."""
        until = time.monotonic() + seconds
        while not (found := re.search(pattern, self.shown)):
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.parent], [], [], left)[0]:
                raise AssertionError(f"{pattern!r} was never shown; the screen says:\n{self.shown}")
            try:
                self.shown += os.read(self.parent, 65536).decode("utf-8", "replace")
            except OSError:
                if not re.search(pattern, self.shown):
                    raise AssertionError(f"the program ended without {pattern!r}:\n{self.shown}") from None
        before, self.shown = self.shown[: found.end()], self.shown[found.end() :]
        return before

    def reads_to_the_end(self) -> str:
        """Everything that is shown until the program ends."""
        try:
            while more := os.read(self.parent, 65536):
                self.shown += more.decode("utf-8", "replace")
        except OSError:
            pass
        return self.shown

    def types(self, line: str) -> None:
        os.write(self.parent, line.encode() + b"\n")

    def presses(self, key: bytes) -> None:
        os.write(self.parent, key)

    def waits(self) -> None:
        """Wait until the program does: before it reads, what interrupts it is noticed only when something is typed."""
        stat = Path(f"/proc/{self.process.pid}/stat")
        assert becomes(lambda: not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "S")

    def leaves(self) -> int:
        return self.process.wait(timeout=60)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.parent)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "log.db"


@pytest.fixture
def sit_down(db: Path) -> Iterator[object]:
    opened: list[Keyboard] = []

    def begin(*args: str) -> Keyboard:
        opened.append(Keyboard(*args, db=db))
        return opened[-1]

    yield begin
    for keyboard in opened:
        keyboard.close()


def test_a_whole_call_from_hello_to_another_try(sit_down) -> None:  # type: ignore[no-untyped-def]
    me = sit_down("call", "harbour", "--seed", "1")
    me.reads(r"Dana: .+\n")
    me.types("Hello, this is Sam Ortiz from the analyst interview. Do you have a minute?")
    me.reads(r"Dana: ")
    me.types("/hint")
    me.reads(r"/hint again for words")
    me.types("/hint")
    me.reads(r"Words that would do: “")
    me.types("I accept the decision. Could you tell me what I should improve?")
    me.reads(r"Dana: ")
    me.types("/why")
    me.reads("Heard: ")
    me.types("Thanks a lot, goodbye!")
    me.reads(r"the call is over")
    me.reads(r"Your guess")
    me.types("2")
    me.reads(r"Your guess")
    me.types("")
    me.reads(r"Enter opens it")
    me.types("")
    me.reads(r"What decided it")
    me.reads(r"Another try\?")
    me.types("")
    me.reads(r"sessions review [a-z0-9]+")
    assert me.leaves() == 0


@pytest.mark.parametrize("leaving", ["ctrl-d", "ctrl-c", "/leave", "kill -9"])
def test_a_call_that_was_left_goes_on_where_it_stood(sit_down, leaving: str) -> None:  # type: ignore[no-untyped-def]
    me = sit_down("call", "harbour", "--seed", "5")
    me.reads(r"Dana: .+\n")
    me.types("Hello, this is Sam Ortiz from the analyst interview.")
    me.reads(r"Dana: .+\n")
    me.reads("You: ")
    match leaving:
        case "ctrl-d":
            me.presses(b"\x04")
        case "ctrl-c":
            me.waits()
            me.process.send_signal(signal.SIGINT)
        case "/leave":
            me.types("/leave")
        case _:
            me.process.send_signal(signal.SIGKILL)
    if leaving != "kill -9":
        me.reads("runner-up call --resume")
    me.leaves()
    again = sit_down("call", "--resume")
    again.reads("the call goes on")
    again.reads("Hello, this is Sam Ortiz from the analyst interview.")
    again.reads("You: ")
    again.types("Why was I not chosen?")
    again.reads(r"Dana: .+\n")


@pytest.mark.parametrize("leaving", ["ctrl-c", "ctrl-d"])
def test_who_breaks_off_at_the_envelope_leaves_it_sealed_and_loses_nothing(sit_down, db: Path, leaving: str) -> None:  # type: ignore[no-untyped-def]
    me = sit_down("call", "harbour", "--seed", "1")
    me.reads("You: ")
    me.types("Hello, this is Sam Ortiz from the analyst interview. Do you have a minute?")
    me.reads(r"Dana: [\s\S]*You: ")
    me.types("Thanks a lot, goodbye!")
    for _ in range(2):
        me.reads("Your guess")
        me.types("1")
    shown = me.reads("Enter opens it")
    me.waits()
    if leaving == "ctrl-c":
        me.process.send_signal(signal.SIGINT)
    else:
        me.presses(b"\x04")
    shown += me.reads("The envelope stays sealed")
    shown += me.reads(r"sessions review [a-z0-9]+")
    assert me.leaves() == 0
    assert "What decided it" not in shown + me.shown
    assert "Another try" not in shown + me.shown
    assert "Traceback" not in shown + me.shown
    session = shown.split()[-1]
    kept = run("sessions", "show", session, db=db).stdout.decode()
    assert "goodbye!" in kept
    assert "What decided it" in run("sessions", "review", session, db=db).stdout.decode()


def test_who_breaks_off_a_drill_is_told_what_is_kept(sit_down) -> None:  # type: ignore[no-untyped-def]
    me = sit_down("decode", "--seed", "4")
    me.reads(r"Enter stops\)")
    me.waits()
    me.process.send_signal(signal.SIGINT)
    assert "Stopped. There was no guess yet" in me.reads("nothing is kept")
    assert me.leaves() == 130
    me = sit_down("decode", "--seed", "4")
    me.reads(r"Enter stops\)")
    me.types("1")
    me.reads(r"How sure are you, in percent\? \(Enter passes\) ")
    me.types("60")
    me.reads(r"Enter (?:passes|stops)\)")
    me.waits()
    me.process.send_signal(signal.SIGINT)
    me.reads("Stopped. Your guess at 1 of 5 lines is kept.")
    me.reads("One line decoded")
    assert me.leaves() == 130


def test_words_for_the_program_never_reach_the_manager(sit_down) -> None:  # type: ignore[no-untyped-def]
    me = sit_down("call", "harbour", "--seed", "2", "--no-log")
    me.reads("You: ")
    me.types("quit")
    assert "Dana: " not in me.reads("Not said to Dana").split("quit", 1)[1]
    me.types("help")
    assert "Dana: " not in me.reads("/undo")
    me.types("/nosuch thing")
    assert "Dana: " not in me.reads("There is no /nosuch")
    me.reads("You: ")
    me.types("are you an ai?")
    me.reads(r"Dana: .+\n")
    me.reads("practice program")
    me.reads("You: ")
    me.types("/leave")
    me.reads("not kept")


@pytest.mark.parametrize(
    ("args", "kept"), [(("--no-log",), "is not kept: this call has no log"), ((), "is kept in the log on this machine")]
)
def test_who_asks_whether_this_is_recorded_is_told_what_is_kept_here(
    sit_down, args: tuple[str, ...], kept: str
) -> None:  # type: ignore[no-untyped-def]
    me = sit_down("call", "harbour", "--seed", "2", *args)
    me.reads("You: ")
    me.types("Is this call being recorded?")
    told = re.sub(r"\s+", " ", me.reads(r"You: "))
    assert f"What you write {kept}" in told
    assert "/privacy" not in told


def test_words_taken_back_can_be_said_otherwise(sit_down) -> None:  # type: ignore[no-untyped-def]
    me = sit_down("call", "harbour", "--seed", "2", "--no-log")
    me.reads("You: ")
    me.types("Sam Ortiz here, from the analyst interview")
    me.reads("You: ")
    me.types("Could you tell me why I was not chosen?")
    stock = me.reads(r"Dana: .+\n")
    me.types("/undo")
    me.reads("taken back")
    me.types("Could you tell me why I was not chosen?")
    again = me.reads(r"Dana: .+\n(?:.*\n)*?.*Dana: .+\n")
    assert stock.splitlines()[-1] in again


def test_words_that_ended_the_call_can_be_taken_back_at_the_guess(sit_down) -> None:  # type: ignore[no-untyped-def]
    me = sit_down("call", "harbour", "--seed", "2", "--no-log")
    me.reads("You: ")
    me.types("Sam Ortiz here, from the analyst interview")
    me.reads("You: ")
    me.types("You will hear from my lawyer, I will sue you.")
    me.reads("Enter goes on")
    me.types("")
    me.reads("Your guess")
    me.types("/undo")
    me.reads("taken back")
    me.types("Sorry. I accept the decision. What could I improve?")
    me.reads(r"Dana: .+\n")
    me.reads("You: ")


def test_after_a_sudden_end_no_guess_is_asked_until_enter_and_not_even_a_number_is_taken_for_one(sit_down) -> None:  # type: ignore[no-untyped-def]
    me = sit_down("call", "harbour", "--seed", "2", "--no-log")
    me.reads("You: ")
    me.types("Sam Ortiz here, from the analyst interview")
    me.reads("You: ")
    me.types("You will hear from my lawyer, I will sue you.")
    ended = me.reads("Enter goes on to the debrief: ")
    assert "The call has ended. /undo takes your last words back" in ended
    assert "Your guess" not in ended
    for words in ("sorry", "2", "please, wait a second"):
        me.types(words)
        told = me.reads("Enter goes on to the debrief: ")
        assert "Dana doesn't hear that" in told
        assert "guess" not in told
    me.types("")
    me.reads("Your guess")


def test_words_said_too_late_are_no_guess_and_the_way_back_is_told(sit_down) -> None:  # type: ignore[no-untyped-def]
    me = sit_down("call", "harbour", "--seed", "2", "--no-log")
    me.reads("You: ")
    me.types("Sam Ortiz here, from the analyst interview")
    me.reads("You: ")
    me.types("You will hear from my lawyer, I will sue you.")
    me.reads("Enter goes on")
    me.types("")
    me.reads("Your guess")
    me.types("wait, I'm sorry")
    told = me.reads("Your guess")
    assert "Dana doesn't hear that" in told
    assert "/undo takes your last words back" in told
    me.types("I want to kill myself.")
    assert "988" in me.reads("Your guess")
    me.types("/undo")
    me.reads("taken back")


def test_a_call_says_why_it_is_this_manager_and_how_to_choose_another(sit_down) -> None:  # type: ignore[no-untyped-def]
    me = sit_down("call")
    first = me.reads("it rings")
    assert "Rung 1 of the ladder, the easiest." in first
    assert re.search(r"runner-up\s+call\s+NAME", first)
    me.reads("You: ")
    me.types("Sam Ortiz here, from the analyst interview. Goodbye.")
    me.reads("You: |Your guess")
    me.types("/hangup")
    again = sit_down("call")
    assert "once more: its goal was not reached yet. This is try 2" in re.sub(r"\s+", " ", again.reads("it rings"))
    named = sit_down("call", "harbour")
    assert "ladder" not in named.reads("it rings")


DESPAIR = "I don't want to live any more."


def test_after_distress_nothing_typed_reaches_the_manager_until_the_way_back_is_taken(sit_down, db: Path) -> None:  # type: ignore[no-untyped-def]
    me = sit_down("call", "harbour", "--seed", "1")
    me.reads("You: ")
    me.types("Hello, this is Sam Ortiz from the analyst interview. Do you have a minute?")
    me.reads(r"Dana: [\s\S]*You: ")
    me.types(DESPAIR)
    assert "988" in me.reads(r"/continue goes on[\s\S]*You: ")
    for words in ("I feel so tired of all this.", "/hint", "/why"):
        me.types(words)
        answered = me.reads(r"/continue goes on[\s\S]*You: ")
        assert "Runner-Up: " in answered
        assert "Dana: " not in answered
    me.types("I want to kill myself.")
    assert "988" in me.reads(r"/continue goes on[\s\S]*You: ")
    for words in ("/undo", "hello?"):  # only /continue leads back
        me.types(words)
        assert "Dana: " not in me.reads(r"/continue goes on[\s\S]*You: ")
    me.types("/leave")
    me.reads("runner-up call --resume")
    assert me.leaves() == 0
    kept = b"".join(file.read_bytes() for file in db.parent.glob("log.db*"))
    assert DESPAIR.encode() in kept  # the turn that paused the call
    assert b"tired of all this" not in kept
    assert b"kill myself" not in kept

    again = sit_down("call", "--resume")
    again.reads(r"/continue goes on[\s\S]*You: ")
    again.types("Could you tell me one thing I should work on?")
    assert "Dana: " not in again.reads(r"/continue goes on[\s\S]*You: ")
    again.types("/continue")
    again.reads(r"the call goes on\)\s+Dana: [\s\S]*You: ")
    again.types("/leave")
    assert again.leaves() == 0

    gone_on = sit_down("call", "--resume")
    gone_on.reads(r"You: ")
    gone_on.reads(r"You: ")
    gone_on.reads(r"You: ")
    gone_on.types("Could you tell me one thing I should work on?")
    gone_on.reads(r"Dana: ")


def test_ringing_off_while_the_call_waits_asks_for_no_guess(sit_down) -> None:  # type: ignore[no-untyped-def]
    me = sit_down("call", "harbour", "--no-log")
    me.reads("You: ")
    me.types(DESPAIR)
    me.reads(r"/continue goes on[\s\S]*You: ")
    me.types("/hangup")
    me.reads("Take care of yourself")
    assert me.leaves() == 0
    assert "Your guess" not in me.shown


def test_where_nothing_was_said_there_is_nothing_to_look_at(sit_down, db: Path) -> None:  # type: ignore[no-untyped-def]
    me = sit_down("call", "harbour", "--no-log")
    me.reads("You: ")
    me.types("/hangup")
    assert "Your guess" not in me.reads("Nothing was said")
    assert me.leaves() == 0
    done = run("call", "harbour", "--no-log", db=db)
    assert done.returncode == 0
    assert b"How you held it" not in done.stdout


def test_pictures_are_said_to_nobody_in_the_terminal_either(sit_down) -> None:  # type: ignore[no-untyped-def]
    me = sit_down("call", "harbour", "--seed", "1")
    me.reads(r"Dana: .+\n")
    me.types("\U0001f62d\U0001f62d")
    me.reads("On the phone nobody sees that")
    me.types("/leave")
    assert me.leaves() == 0
