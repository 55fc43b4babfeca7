"""What docs/hosting.md and deploy/ promise to a host, as far as it can be tried without Telegram, root or a container engine."""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.delivery import delivery, poll
from bot.environment import VARIABLES
from bot.health import state
from bot.log import faults
from tests import hardened
from tests.busy import in_time
from tests.wire import Wire

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PAGE = (ROOT / "docs/hosting.md").read_text("utf-8")
UNITS = [ROOT / "deploy/runner-up.service", ROOT / "deploy/runner-up@.service"]
TRIED = re.findall(r"<!-- tried(?:: (\d))? -->\n *```sh\n(.*?) *```", PAGE, re.DOTALL)


@pytest.fixture
def host(tmp_path: Path) -> dict[str, str]:
    """The environment of a host with a log of its own."""
    known = {"PATH": f"{BIN}:{os.environ['PATH']}", "HOME": str(tmp_path), "RUNNER_UP_DB": str(tmp_path / "calls.db")}
    return known | {"RUNNER_UP_HEARING": "light", "RUNNER_UP_PACE": "0", "PYTHONUNBUFFERED": "1"}


def run(command: str, host: dict[str, str]) -> subprocess.CompletedProcess[str]:
    here = command.strip().replace(".venv/bin/", f"{BIN}/")
    return subprocess.run(["sh", "-c", here], env=host, cwd=ROOT, capture_output=True, text=True, timeout=60)


def test_every_command_of_the_page_that_can_be_tried_here_does_what_it_says(host: dict[str, str]) -> None:
    assert len(TRIED) >= 3
    ran = []
    for code, block in TRIED:
        for command in block.strip().splitlines():
            done = run(command, host)
            assert done.returncode == int(code or 0), (command, done.stdout, done.stderr)
            ran.append(command.strip())
    assert {c.split("/")[-1].split()[0] for c in ran} == {"runner-up", "python"}


def test_every_command_of_runner_up_on_the_page_exists(host: dict[str, str]) -> None:
    from bot.commands import COMMANDS

    named = set(re.findall(r"runner-up (\w+)", "\n".join(re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL))))
    assert named - {"cd", "doctor", "db", "serve", "add"} == set() or named <= set(COMMANDS) | {"cd"}


def test_the_exit_codes_on_the_page_are_those_of_the_program() -> None:
    listed = PAGE[PAGE.index("Exit codes of `serve`") :].split("\n\n")[0]
    codes = {
        faults.EX_DATAERR, faults.EX_NOINPUT, faults.EX_UNAVAILABLE, faults.EX_IOERR, poll.EX_DEAF, poll.EX_TOKEN,
        poll.EX_OTHER_COPY, faults.EX_CONFIG, delivery.EX_SOFTWARE,
    }  # fmt: skip
    assert {int(n) for n in re.findall(r"\b(6\d|7\d)\b", listed)} == codes


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_a_setup_that_failed_is_begun_anew(tmp_path: Path) -> None:
    """Debian without python3-venv makes half a place for the packages, and says what is missing."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    python = tmp_path / "python3"
    python.write_text('#!/bin/sh\nmkdir -p .venv/bin && touch .venv/bin/python; echo "install python3-venv"; exit 1\n')
    python.chmod(0o755)
    for _ in range(2):
        given = {"PATH": "/usr/bin:/bin"}
        command = ["make", ".venv/bin/python", f"PYTHON={python}"]
        done = subprocess.run(command, cwd=tmp_path, env=given, capture_output=True, text=True, timeout=60)
        assert done.returncode == 2
        assert "install python3-venv" in done.stdout


def worker() -> str:
    """What the Procfile starts; it names a worker and nothing else."""
    kind, _, command = (ROOT / "Procfile").read_text().strip().partition(": ")
    assert kind == "worker"
    assert "\n" not in command
    return command


@pytest.fixture
def requirements_alone(tmp_path: Path) -> str:
    """A PATH as on a host of the kind of Heroku: a `python` that finds what requirements.txt names, and not this project."""
    found, there = tmp_path / "packages", tmp_path / "bin"
    for folder in (found, there):
        folder.mkdir()
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        if not entry.name.startswith(("runner_up", "_editable_impl_runner_up")):
            (found / entry.name).symlink_to(entry)
    base = Path(sys.base_prefix, "bin", f"python{sys.version_info.major}.{sys.version_info.minor}")
    (there / "python").write_text(f'#!/bin/sh\nPYTHONPATH={found} exec {base} "$@"\n')
    (there / "python").chmod(0o755)
    return f"{there}:/usr/bin:/bin"


def test_the_worker_of_the_procfile_serves_where_only_the_requirements_are_installed(
    host: dict[str, str], requirements_alone: str
) -> None:
    here = host | {"PATH": requirements_alone}
    assert run("python -c 'import importlib.metadata as m; m.version(\"runner-up\")'", here).returncode == 1
    with Wire() as wire:
        here |= {"TELEGRAM_BASE_URL": wire.url, "TELEGRAM_BOT_TOKEN": wire.token, "RUNNER_UP_ADMINS": "7"}
        process = subprocess.Popen(["sh", "-c", worker()], env=here, cwd=ROOT, stdout=subprocess.DEVNULL)
        try:
            wire.until(lambda: wire.polls, 40)
            wire.say(7, "/start")
            wire.until(lambda: wire.texts(7), 20)
            wire.tap(7, "1:agree", wire.to(7)[-1].message_id or 0)
            wire.say(7, "/status")
            wire.until(lambda: "hearing light" in wire.texts(7)[-1], 20)
        finally:
            began = time.monotonic()
            process.send_signal(signal.SIGTERM)
            code = process.wait(20)
        assert in_time(time.monotonic() - began, 5)
    assert code == 0


def honcho() -> str | None:
    for place in (BIN / "honcho", ROOT / ".venv-bench/bin/honcho"):
        if place.exists():
            return str(place)
    return shutil.which("honcho")


@pytest.mark.skipif(honcho() is None, reason="honcho is not installed (make bench-peers installs it)")
def test_under_honcho_the_procfile_answers_and_stops_within_five_seconds(host: dict[str, str]) -> None:
    with Wire() as wire:
        where = {"TELEGRAM_BASE_URL": wire.url, "TELEGRAM_BOT_TOKEN": wire.token, "RUNNER_UP_ACCESS": "open"}
        process = subprocess.Popen(
            [str(honcho()), "start"], env=host | where, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            wire.until(lambda: wire.polls, 40)
            wire.say(7, "/start")
            wire.until(lambda: wire.texts(7), 20)
            assert run("python -m bot.health", host).returncode == 0
        finally:
            began = time.monotonic()
            process.send_signal(signal.SIGTERM)
            process.wait(20)
        assert in_time(time.monotonic() - began, 5)
    assert "does not run" in run("python -m bot.health", host).stderr


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
def test_systemd_finds_nothing_wrong_with_the_unit(unit: Path, tmp_path: Path) -> None:
    there = tmp_path / unit.name.replace("@", "@second")
    there.write_text(unit.read_text().replace("/opt/runner-up/.venv/bin/runner-up", str(BIN / "runner-up")))
    done = subprocess.run(["systemd-analyze", "verify", str(there)], capture_output=True, text=True, timeout=60)
    about_it = [line for line in (done.stdout + done.stderr).splitlines() if there.name in line]
    assert about_it == []


def confines() -> bool:
    try:
        ctypes.CDLL(hardened.LIBRARY)
    except OSError:
        return False
    return shutil.which("systemd-analyze") is not None


@pytest.mark.skipif(not confines(), reason="systemd-analyze or libseccomp is not installed")
def test_what_serve_asks_of_the_system_is_what_the_unit_lets_through(host: dict[str, str]) -> None:
    listens = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    where = Path(host["HOME"], "notify")
    listens.bind(str(where))
    listens.settimeout(60)
    with Wire() as wire, listens:
        told = {"TELEGRAM_BASE_URL": wire.url, "TELEGRAM_BOT_TOKEN": wire.token, "RUNNER_UP_ACCESS": "open"}
        told |= {"RUNNER_UP_HEARING": "full", "NOTIFY_SOCKET": str(where)}
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.hardened", str(UNITS[0]), str(BIN / "runner-up"), "serve"],
            env=host | told,
            cwd=ROOT,
        )
        try:
            wire.until(lambda: wire.polls or process.poll() is not None, 60)
            assert process.poll() is None, "it was ended for a call that the unit does not let through"
            assert listens.recv(100) == b"WATCHDOG=1"
            wire.say(7, "/start")
            wire.until(lambda: wire.texts(7), 20)
            wire.tap(7, "1:agree", wire.to(7)[-1].message_id or 0)
            wire.say(7, "/call harbour")
            wire.until(lambda: wire.texts(7)[-1].startswith("Dana: "), 30)
            before = len(wire.texts(7))
            wire.say(7, "Hello, this is Sam Ortiz from the analyst interview.")
            wire.until(lambda: len(wire.texts(7)) > before, 60)  # heard with numpy
            wire.say(7, "/hangup")
            wire.files["t.txt"] = (
                b"Sam: Hello, this is Sam Ortiz.\nDana: Oh hi Sam.\nSam: Why was it not me?\nDana: No licence.\n"
            )
            wire.message(7, document={"file_id": "t.txt", "file_unique_id": "u", "file_name": "t.txt", "file_size": 90})
            wire.until(
                lambda: "Which of these is you?" in wire.texts(7)[-1], 60
            )  # read by a child with bounds of its own
        finally:
            process.terminate()
            code = process.wait(20)
    assert code == 0


def test_the_unit_for_a_second_bot_is_the_first_with_names_of_its_own() -> None:
    def rules(unit: Path) -> list[str]:
        lines = [line for line in unit.read_text().splitlines() if line and not line.startswith(("#", "Description"))]
        return [line.replace("-%i", "") for line in lines]

    assert rules(UNITS[0]) == rules(UNITS[1])


@pytest.mark.parametrize("file", ["runner-up.service", "Containerfile", "app.json", "litestream.yml"])
def test_every_variable_in_deploy_is_one_that_the_program_reads(file: str) -> None:
    known = {v.name for v in VARIABLES} | {"RUNNER_UP_REPLICA"}
    text = (ROOT / "deploy" / file).read_text()
    assert set(re.findall(r"\b(?:RUNNER_UP|TELEGRAM|WEBHOOK)_[A-Z_]+", text)) <= known


def test_what_the_containerfile_copies_is_there() -> None:
    copied = re.findall(r"^COPY (.+) \S+$", (ROOT / "deploy/Containerfile").read_text(), re.MULTILINE)
    assert all((ROOT / name).exists() for line in copied for name in line.split())


def test_a_heartbeat_is_well_only_while_it_is_fresh_and_its_process_runs(tmp_path: Path) -> None:
    log, now = tmp_path / "calls.db", datetime.now(UTC)
    beat = tmp_path / "calls.db.heartbeat"
    assert state(log, now) == (False, "serve has not run here")
    beat.write_text(f"{now.isoformat()} {os.getpid()}\n")
    assert state(log, now)[0]
    assert state(log, now + timedelta(minutes=2)) == (False, "serve was last well 120 s ago")
    assert not state(log, now - timedelta(hours=1))[0], "a clock that was put back is no sign of health"
    beat.write_text("what?\n")
    assert not state(log, now)[0]
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    beat.write_text(f"{now.isoformat()} {ended.pid}\n")
    assert state(log, now) == (False, "serve does not run")


def test_asking_for_health_loads_neither_telegram_nor_the_log(host: dict[str, str]) -> None:
    code = "import sys, bot.health; bot.health.main(); print([m for m in ('telegram','sqlite3','dialogs') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], env=host, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]"
