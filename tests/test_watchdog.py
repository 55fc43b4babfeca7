"""The sign of life for a supervisor: a datagram where it asked for one, and nothing that could hold up or end the loop."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from bot.delivery.watchdog import sign_of_life

SIGNS = 2000  # more than a socket's queue holds


@pytest.fixture
def supervisor(monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """Who listens at a name that lies in no folder, as systemd may."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listens:
        listens.bind(f"\0runner-up-{os.getpid()}")
        listens.setblocking(False)  # what was sent is there at once
        monkeypatch.setenv("NOTIFY_SOCKET", f"@runner-up-{os.getpid()}")
        yield listens


def test_a_supervisor_that_asks_for_a_sign_gets_one_in_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listens:
        listens.bind(str(tmp_path / "n"))
        listens.setblocking(False)  # what was sent is there at once
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "n"))
        sign_of_life()
        assert listens.recv(100) == b"WATCHDOG=1"


def test_a_supervisor_that_asks_for_a_sign_gets_one_at_a_name_in_no_folder(supervisor: socket.socket) -> None:
    sign_of_life()
    assert supervisor.recv(100) == b"WATCHDOG=1"


@pytest.mark.parametrize("where", [None, "", "nowhere/at/all"])
def test_where_nobody_asks_or_listens_nothing_happens(where: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    if where is not None:
        monkeypatch.setenv("NOTIFY_SOCKET", where)
    asked: list[object] = []
    real = socket.socket
    monkeypatch.setattr(socket, "socket", lambda *given: asked.append(given) or real(*given))  # type: ignore[func-returns-value]
    sign_of_life()
    assert bool(asked) is bool(where), "where nobody asks, there is not even a socket"


def test_a_supervisor_that_does_not_read_holds_up_nothing(supervisor: socket.socket) -> None:
    signs = Thread(target=lambda: [sign_of_life() for _ in range(SIGNS)], daemon=True)
    signs.start()
    signs.join(20)
    assert not signs.is_alive()
    taken = []
    with suppress(BlockingIOError):
        while len(taken) < SIGNS:
            taken.append(supervisor.recv(100))
    assert 0 < len(taken) < SIGNS, "its queue was full long before, and the rest fell away"


def test_a_system_without_such_sockets_has_no_supervisor_that_listens_there(
    supervisor: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(socket, "AF_UNIX")
    sign_of_life()
    with pytest.raises(BlockingIOError):
        supervisor.recv(100)
