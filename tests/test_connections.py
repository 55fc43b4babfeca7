"""The lines to Telegram against raw servers on loopback: what is read, what is kept, and where it is told that something broke."""

from __future__ import annotations

import asyncio
import shutil
import socket
import ssl
import struct
import time
from pathlib import Path
from typing import Any

import pytest

from bot.delivery.connections import ConnectionCut, NotConnected
from tests.raw_server import CALLER, WHOLE, asked, closing, pool, saying, self_made, server

ANSWERS = {
    "in one piece": (WHOLE,),
    "byte by byte": tuple(WHOLE[i : i + 1] for i in range(len(WHOLE))),
    "in chunks": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nhe\r\n3\r\nll", b"o\r\n0\r\n", b"\r\n"),
    "in chunks with a trailer": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nA: b\r\n\r\n",),
    "after a go-on": (b"HTTP/1.1 100 Continue\r\n\r\n", WHOLE),
}  # fmt: skip


@pytest.mark.parametrize("pieces", ANSWERS.values(), ids=ANSWERS)
async def test_an_answer_is_read_whole_however_it_comes_and_its_line_is_used_again(pieces: tuple[bytes, ...]) -> None:
    connections = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        await saying(*pieces)(reader, writer)

    async with server(talk) as url, pool() as held:
        for _ in range(3):
            assert await held.request("GET", f"{url}/x", None, "", 2.0) == (200, b"hello")
    assert connections == 1


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello",
        b"HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\n\r\nhello",  # until the connection ends
    ],
)
async def test_a_server_that_hangs_up_after_its_answer_is_called_anew(answer: bytes) -> None:
    async with server(closing(answer)) as url, pool() as held:
        for _ in range(3):
            assert await held.request("POST", f"{url}/x", b"{}", "application/json", 2.0) == (200, b"hello")


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello", "cut off"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel", "cut off"),
        (b"HTTP/1.1 200", "cut off"),
        (b"", "cut off"),
        (b"SSH-2.0 no such thing\r\n\r\n", "not HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello", "not HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 4\r\n\r\nhello", "not HTTP"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nhello", "not HTTP"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n", "not HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", "cut off"),
    ],
)
async def test_a_broken_answer_is_a_cut_line_and_never_half_an_answer(answer: bytes, why: str) -> None:
    async with server(closing(answer)) as url, pool() as held:
        with pytest.raises(ConnectionCut, match=f"^{why}$"):
            await held.request("GET", f"{url}/x", None, "", 2.0)


async def test_an_answer_without_a_length_is_not_whole_when_the_connection_breaks_instead_of_ending() -> None:
    async def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asked(reader)
        writer.write(b"HTTP/1.1 200 OK\r\n\r\nhel")
        await writer.drain()
        await asyncio.sleep(0.05)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    async with server(reset) as url, pool() as held:
        with pytest.raises(ConnectionCut, match=r"^cut off$"):
            await held.request("GET", f"{url}/x", None, "", 2.0)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + 3000 * b".", "too large"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + 300 * b"a\r\n..........\r\n", "too large"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + 3000 * b".", "too large"),
        (b"HTTP/1.1 200 OK\r\n" + 300 * b"A: bcdef\r\n", "not HTTP"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;" + 3000 * b".", "not HTTP"),
    ],
)
async def test_an_answer_that_does_not_end_is_cut_off_at_its_limit_and_not_waited_for(
    answer: bytes, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.connections.LARGEST", 2000)
    monkeypatch.setattr("bot.delivery.connections.LONGEST_HEAD", 2000)
    async with server(saying(answer)) as url, pool() as held:  # it stays on the line, and may go on
        with pytest.raises(ConnectionCut, match=f"^{why}$"):
            await held.request("GET", f"{url}/x", None, "", 1.0)


async def test_an_answer_may_be_as_long_as_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.delivery.connections.LARGEST", 2000)
    async with server(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + 2000 * b".")) as url, pool() as held:
        assert await held.request("GET", f"{url}/x", None, "", 2.0) == (200, 2000 * b".")
    async with server(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 2001\r\n\r\n" + 2001 * b".")) as url, pool() as held:
        with pytest.raises(ConnectionCut, match=r"^too large$"):
            await held.request("GET", f"{url}/x", None, "", 2.0)


async def test_silence_is_a_cut_line_and_a_slow_answer_is_none() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async with server(silent) as url, pool() as held:
        with pytest.raises(ConnectionCut, match=r"^no answer in time$"):
            await held.request("GET", f"{url}/x", None, "", 0.05)
    slow = saying(
        *(WHOLE[i : i + 1] for i in range(len(WHOLE))), pause=0.05
    )  # in all two seconds, never silent for one
    async with server(slow) as url, pool() as held:
        began = time.monotonic()
        assert await held.request("GET", f"{url}/x", None, "", 1.0) == (200, b"hello")
        assert time.monotonic() - began > 1.5


async def test_an_answer_that_drips_without_end_is_given_up_though_it_is_never_silent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.delivery.connections.CONNECT_SECONDS", 0.3)
    dripped: list[None] = []

    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asked(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")
        while True:
            writer.write(b".")
            await writer.drain()
            dripped.append(None)
            await asyncio.sleep(0.005)

    async with server(endless) as url, pool() as held:
        began = time.monotonic()
        with pytest.raises(ConnectionCut, match=r"^no answer in time$"):
            await held.request("GET", f"{url}/x", None, "", 0.5)
        assert time.monotonic() - began > 0.75
        assert 1 < len(dripped) < 500, "counted in drips, which come more slowly too where the machine is busy"


async def test_an_address_leads_where_it_says_and_without_a_port_to_the_usual_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    went: list[tuple[str, int, bool]] = []
    read: list[object] = []
    certificates = ssl.create_default_context
    monkeypatch.setattr(ssl, "create_default_context", lambda: read.append(1) or certificates())

    async def nowhere(make: object, host: str, port: int, *, ssl: object, **more: object) -> None:
        went.append((host, port, ssl is not None))
        raise OSError

    monkeypatch.setattr(asyncio.get_running_loop(), "create_connection", nowhere)
    async with pool() as held:
        for url in ("http://a.example/x", "https://b.example/x", f"https://{CALLER}@c.example:8443/x"):
            with pytest.raises(NotConnected, match=r"^OSError$"):
                await held.request("GET", url, None, "", 1.0)
            assert len(read) == int(url.startswith("https:")), "once, and where something is encrypted"
    assert went == [("a.example", 80, False), ("b.example", 443, True), ("c.example", 8443, True)]


async def test_what_can_be_no_address_leads_nowhere() -> None:
    async with pool() as held:
        with pytest.raises(NotConnected, match=r"^Unicode"):
            await held.request("GET", f"http://{70 * 'a'}.invalid/x", None, "", 1.0)


async def test_after_a_silence_only_the_older_kind_of_address_is_called_and_after_another_both(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Addresses of the newer kind lead nowhere at many hosts."""
    loop, called = asyncio.get_running_loop(), list[int]()
    connect = loop.create_connection

    async def noted(*args: Any, **named: Any) -> Any:
        called.append(named["family"])
        return await connect(*args, **named)

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    monkeypatch.setattr(loop, "create_connection", noted)
    monkeypatch.setattr("bot.delivery.connections.CONNECT_SECONDS", 0.1)
    async with server(silent) as url, pool() as held:
        for _ in range(3):
            with pytest.raises(NotConnected, match=r"^TimeoutError$"):  # no word of TLS comes
                await held.request("GET", url.replace("http:", "https:"), None, "", 1.0)
    assert called == [socket.AF_UNSPEC, socket.AF_INET, socket.AF_UNSPEC]


async def test_where_nobody_listens_nothing_has_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "bot.delivery.connections.CONNECT_SECONDS", 0.2
    )  # the second waits for a handshake that never comes
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        async with pool() as held:
            with pytest.raises(NotConnected, match=r"^ConnectionRefusedError$"):
                await held.request("GET", f"http://127.0.0.1:{taken.getsockname()[1]}/x", None, "", 2.0)
            with pytest.raises(NotConnected):  # a server without TLS is not spoken to in the open
                async with server(saying(WHOLE)) as url:
                    await held.request("GET", url.replace("http:", "https:"), None, "", 2.0)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not here to make a certificate")
async def test_a_certificate_is_looked_at_before_anything_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls, certificate = self_made(tmp_path)
    heard: list[str] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            heard.append((await asked(reader))[0])
            writer.write(WHOLE)
            await writer.drain()

    async with server(talk, tls) as url:
        port = url.rpartition(":")[2]
        async with pool() as held:
            with pytest.raises(NotConnected):  # nobody has vouched for it
                await held.request("GET", f"https://localhost:{port}/botT/getMe", None, "", 2.0)
        assert heard == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        async with pool() as held:
            for _ in range(2):
                assert await held.request("GET", f"https://localhost:{port}/x", None, "", 2.0) == (200, b"hello")
            with pytest.raises(NotConnected):  # vouched for, but under another name
                await held.request("GET", f"https://127.0.0.1:{port}/x", None, "", 2.0)
        assert len(heard) == 2


WRONG = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwrong"


@pytest.mark.parametrize("pieces", [(WHOLE, WRONG), (WHOLE + WRONG,)], ids=["later", "at once"])
async def test_words_that_nobody_asked_for_end_the_line_and_answer_no_later_request(
    pieces: tuple[bytes, ...], caplog: pytest.LogCaptureFixture
) -> None:
    all_said = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            await asked(reader)
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0.005)
            all_said.set()

    async with server(talk) as url, pool() as held:
        for _ in range(3):
            assert await held.request("GET", f"{url}/x", None, "", 2.0) == (200, b"hello")
            await all_said.wait()  # what nobody asked for is on its way before the next request
            all_said.clear()
            await asyncio.sleep(0.02)
    assert [r for r in caplog.records if r.levelname == "ERROR"] == []


async def test_a_request_that_is_given_up_leaves_no_line_behind_on_which_its_answer_could_come() -> None:
    said: list[str] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            first, _, _ = await asked(reader)
            said.append(first.split()[1])
            await asyncio.sleep(0.05 if said[-1] == "/slow" else 0)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + said[-1].encode()[:5].ljust(5))
            await writer.drain()

    async with server(talk) as url, pool() as held:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(held.request("GET", f"{url}/slow", None, "", 2.0), 0.02)
        assert await held.request("GET", f"{url}/next", None, "", 2.0) == (200, b"/next")
