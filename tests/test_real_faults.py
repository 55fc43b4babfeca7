"""The host's own troubles, for real: a clock that jumps under the real command, a disk that is full and has room again.

libfaketime moves the clock, a tmpfs of two megabytes is the disk; where either is not to be had these skip and say so.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.log import CannotSave, Log, LogFault
from bot.session import Session
from dialogs.scenario import library, read_scenario
from tests.logged import someone
from tests.traces import CANARY, everything, residue
from tests.turns_child import ear

FAKETIME = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))), None)
pytestmark = pytest.mark.timeout(400)  # several programs one after another, on a machine that may be busy
HARBOUR = read_scenario(library()["harbour"])

needs_faketime = pytest.mark.skipif(FAKETIME is None, reason="libfaketime is not installed: the clock cannot be moved")


def at(when: str, folder: Path, *words: str, said: str = "") -> subprocess.CompletedProcess[str]:
    """Run the program at another time; `when` is as libfaketime takes it: `+10y`, `-1h`."""
    env = {
        "PATH": os.environ["PATH"], "HOME": str(folder), "RUNNER_UP_DB": str(folder / "log.db"), "RUNNER_UP_HEARING": "light",
        "LD_PRELOAD": str(FAKETIME), "FAKETIME": when, "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }  # fmt: skip
    return subprocess.run(
        [str(Path(sys.executable).with_name("runner-up")), *words],
        input=said,
        env=env,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def calls_in(folder: Path) -> list[str]:
    with Log.open(folder / "log.db") as log:
        return [c.session for c in log.calls(log.local().id)]


# -- the clock -----------------------------------------------------------------------------------------------------


@needs_faketime
def test_a_purge_by_the_real_command_with_the_clock_ten_years_ahead_takes_nothing(tmp_path: Path) -> None:
    with Log.open(tmp_path / "log.db") as log:
        for _ in range(30):
            Session.start(log, log.local().id, HARBOUR, 1, ear=ear)
    ahead = at("+10y", tmp_path, "db", "purge", "--yes")
    assert ahead.returncode == 1
    assert "The clock says" in ahead.stderr
    assert "Nothing was purged" in ahead.stderr
    assert len(calls_in(tmp_path)) == 30
    right = at("+0", tmp_path, "db", "purge", "--yes")
    assert (right.returncode, right.stdout.split(" are ")[0]) == (0, "0 of 30 calls")
    meant = at("+10y", tmp_path, "db", "purge", "--yes", "--force")
    assert (meant.returncode, calls_in(tmp_path)) == (0, []), meant.stderr


@needs_faketime
def test_a_purge_takes_what_is_old_when_the_clock_is_right(tmp_path: Path) -> None:
    for days in (100, 2, 0):
        then = datetime.now(UTC) - timedelta(days=days)
        with Log.open(tmp_path / "log.db", clock=lambda then=then: then) as log:  # type: ignore[misc]
            Session.start(log, log.local().id, HARBOUR, 1, ear=ear)
    before = calls_in(tmp_path)
    done = at("+1d", tmp_path, "db", "purge", "--yes")
    assert done.stdout.startswith("1 of 3 calls are gone"), done
    assert calls_in(tmp_path) == before[:2]


@needs_faketime
def test_a_call_held_while_the_clock_is_set_back_an_hour_reads_in_the_order_it_was_said(tmp_path: Path) -> None:
    """The clock of the running program jumps between two of its turns."""
    clock, path = tmp_path / "clock", tmp_path / "log.db"
    clock.write_text("+0")
    program = (
        "import sys, time, pathlib\n"
        "from bot.log import Log\nfrom bot.session import Session\n"
        "from dialogs.scenario import library, read_scenario\nfrom tests.turns_child import ear\n"
        "with Log.open(sys.argv[1]) as log:\n"
        "    session = Session.start(log, log.local().id, read_scenario(library()['harbour']), 1, ear=ear)\n"
        "    for n, jump in enumerate(('+0', '-1h', '-2h', '+1h')):\n"
        "        pathlib.Path(sys.argv[2]).write_text(jump)\n"
        "        session.hear(f'{n} words')\n"
    )
    env = os.environ | {
        "LD_PRELOAD": str(FAKETIME), "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }  # fmt: skip
    held = subprocess.run(
        [sys.executable, "-c", program, str(path), str(clock)],
        env=env,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert held.returncode == 0, held.stderr
    with Log.open(path) as log:
        me = log.local().id
        (call,) = log.calls(me)
        assert [t.said for t in log.turns(me, call.session)[1:]] == [f"{n} words" for n in range(4)]
        times = log.times(me, call.session)
        assert times != sorted(times), "the clock did not jump, so this has shown nothing"
        assert [r[0] for r in log.rows("SELECT text FROM transcript WHERE speaker = 'You'")] == [
            f"{n} words" for n in range(4)
        ]


# -- the disk ------------------------------------------------------------------------------------------------------


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        pytest.skip("only root can mount a small disk")
    done = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("this system does not let even root mount a disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def fill(disk: Path) -> Path:
    """Write until nothing more fits."""
    filler = disk / "filler"
    with filler.open("ab", buffering=0) as file:
        for size in (65_536, 4096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    return filler


def test_on_a_full_disk_the_call_stands_still_and_goes_on_when_there_is_room_again(disk: Path) -> None:
    with Log.open(disk / "log.db") as log:
        me = log.local().id
        session = Session.start(log, me, HARBOUR, 1, ear=ear)
        session.hear("0 words")
        filler, kept, told = fill(disk), 1, 0
        for n in range(1, 40):  # what the log has set aside of its own is used up first
            try:
                session.hear(f"{n} " + "w" * 3000)
                kept += 1
            except CannotSave as error:
                told += error.reason == "full"
            assert session.practice.turns == log.call(me, session.id).turns == kept
            if told == 3 or session.ended:
                break
        assert told, "the disk never was full, so this has shown nothing"
        assert [t.n for t in log.turns(me, session.id)] == list(range(kept + 1))  # reading works
        filler.unlink()
        session.hear("1 after all")
        assert log.call(me, session.id).turns == kept + 1
        assert log.check() == []
    with Log.open(disk / "log.db") as log:
        assert log.call(log.local().id, session.id).turns == kept + 1


def test_a_backup_that_does_not_fit_leaves_nothing_half_made_and_a_full_disk_still_erases(disk: Path) -> None:
    with Log.open(disk / "log.db") as log:
        a = someone(log, 1)
        everything(log, a, CANARY)
        spare = disk / "log.db.spare"
        spare.write_bytes(b"\0" * 800_000)  # as much room as this disk can set aside
        aside = spare.rename(disk / "aside")
        fill(disk)
        with pytest.raises((CannotSave, LogFault), match=r"full|No space"):
            log.backup(disk / "copy.db")
        assert not [p for p in disk.iterdir() if "copy" in p.name]
        aside.rename(spare)
        assert log.erase(a).clean
        assert residue(disk / "log.db") == 0
        assert log.check() == []


def test_the_real_serve_pauses_on_a_full_disk_and_says_so_and_goes_on(disk: Path, tmp_path: Path) -> None:
    from tests.forking import Zygote
    from tests.kill_loop import Echo
    from tests.running import agreed
    from tests.wire import Wire

    db = disk / "log.db"
    with Log.open(db) as log:
        agreed(log, 1)
    with Wire() as wire:
        env = {
            "TELEGRAM_BOT_TOKEN": wire.token,
            "TELEGRAM_BASE_URL": wire.url,
            "RUNNER_UP_DB": str(db),
            "ECHO_PROBE": "0.3",
        }
        with Zygote(Echo.program, env, tmp_path / "stderr.txt") as zygote:
            pid = zygote.start()
            wire.say(1, "hello 0")
            wire.until(lambda: wire.texts(1) == ["re hello 0"])
            filler = fill(disk)
            for n in range(1, 12):
                wire.say(1, f"{n} " + "w" * 3500)
            wire.until(lambda: any("can't save" in t for t in wire.texts(1)))
            time.sleep(0.7)
            assert sum("can't save" in t for t in wire.texts(1)) == 1
            filler.unlink()
            wire.until(lambda: sum(t.startswith("re ") for t in wire.texts(1)) == 12)
            assert zygote.end(pid, signal.SIGTERM) == 0
    answers = [t for t in wire.texts(1) if t.startswith("re ")]
    assert [a.split()[1] for a in answers] == ["hello", *map(str, range(1, 12))]
    assert "w" * 20 not in (tmp_path / "stderr.txt").read_text()
