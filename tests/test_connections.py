"""The lines to Telegram against raw servers on loopback: what is read, what is kept, and where it is told that something broke."""

from __future__ import annotations

import asyncio
import contextlib
import io
import shutil
import socket
import ssl
import struct
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import h11
import pytest
from telegram import InputFile
from telegram.ext import ExtBot
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.delivery import PatientRequest, wire
from bot.delivery.connections import ConnectionCut, ConnectionPool, NotConnected, _Connection
from bot.delivery.wire import call
from tests.running import soon
from tests.wire import Wire

CALLER = "me:word"  # a name and a password, as an address may carry them
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def server(talk: Talk, tls: ssl.SSLContext | None = None, port: int = 0) -> AsyncIterator[str]:
    """A server that talks so with everybody who connects; gives its address. At its end it hangs up on everybody."""
    lines: list[asyncio.StreamWriter] = []

    async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines.append(writer)
        try:
            await talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    listening = await asyncio.start_server(served, "127.0.0.1", port, ssl=tls)
    try:
        yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    finally:
        listening.close()
        for _ in range(3):
            await asyncio.sleep(0)  # who was let in just now has no line yet
        for line in lines:
            line.close()
        for line in lines:
            with contextlib.suppress(ConnectionError, ssl.SSLError):
                await asyncio.wait_for(line.wait_closed(), 5)


async def asked(reader: asyncio.StreamReader) -> tuple[str, dict[str, str], bytes]:
    """One request as it came: first line, headers, body."""
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().strip().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return first, headers, await reader.readexactly(int(headers.get("content-length", 0)))


def self_made(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's side of TLS for `localhost`, and the certificate that vouches for it."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    wanted = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2", "-nodes"]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-keyout", key, "-out", certificate, *wanted]
    subprocess.run(made, check=True, capture_output=True)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate, key)
    return tls, certificate


def saying(*pieces: bytes, pause: float = 0.005) -> Talk:
    """Answer every request with these pieces, a moment between them, on the same connection."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            await asked(reader)
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(pause)

    return talk


def closing(answer: bytes) -> Talk:
    """Answer once and hang up."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asked(reader)
        writer.write(answer)
        await writer.drain()

    return talk


@asynccontextmanager
async def lines() -> AsyncIterator[ConnectionPool]:
    held = ConnectionPool(4)
    try:
        yield held
    finally:
        await held.close()


WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
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

    async with server(talk) as url, lines() as held:
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
    async with server(closing(answer)) as url, lines() as held:
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
    async with server(closing(answer)) as url, lines() as held:
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

    async with server(reset) as url, lines() as held:
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
    async with server(saying(answer)) as url, lines() as held:  # it stays on the line, and may go on
        with pytest.raises(ConnectionCut, match=f"^{why}$"):
            await held.request("GET", f"{url}/x", None, "", 1.0)


async def test_an_answer_may_be_as_long_as_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.delivery.connections.LARGEST", 2000)
    async with server(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + 2000 * b".")) as url, lines() as held:
        assert await held.request("GET", f"{url}/x", None, "", 2.0) == (200, 2000 * b".")
    async with server(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 2001\r\n\r\n" + 2001 * b".")) as url, lines() as held:
        with pytest.raises(ConnectionCut, match=r"^too large$"):
            await held.request("GET", f"{url}/x", None, "", 2.0)


async def test_silence_is_a_cut_line_and_a_slow_answer_is_none() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async with server(silent) as url, lines() as held:
        with pytest.raises(ConnectionCut, match=r"^no answer in time$"):
            await held.request("GET", f"{url}/x", None, "", 0.05)
    slow = saying(
        *(WHOLE[i : i + 1] for i in range(len(WHOLE))), pause=0.05
    )  # in all two seconds, never silent for one
    async with server(slow) as url, lines() as held:
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

    async with server(endless) as url, lines() as held:
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
    async with lines() as held:
        for url in ("http://a.example/x", "https://b.example/x", f"https://{CALLER}@c.example:8443/x"):
            with pytest.raises(NotConnected, match=r"^OSError$"):
                await held.request("GET", url, None, "", 1.0)
            assert len(read) == int(url.startswith("https:")), "once, and where something is encrypted"
    assert went == [("a.example", 80, False), ("b.example", 443, True), ("c.example", 8443, True)]


async def test_what_can_be_no_address_leads_nowhere() -> None:
    async with lines() as held:
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
    async with server(silent) as url, lines() as held:
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
        async with lines() as held:
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
        async with lines() as held:
            with pytest.raises(NotConnected):  # nobody has vouched for it
                await held.request("GET", f"https://localhost:{port}/botT/getMe", None, "", 2.0)
        assert heard == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        async with lines() as held:
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
    async with server(saying(*pieces)) as url, lines() as held:
        for _ in range(3):
            assert await held.request("GET", f"{url}/x", None, "", 2.0) == (200, b"hello")
            await asyncio.sleep(0.03)
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

    async with server(talk) as url, lines() as held:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(held.request("GET", f"{url}/slow", None, "", 2.0), 0.02)
        assert await held.request("GET", f"{url}/next", None, "", 2.0) == (200, b"/next")


class Switchboard:
    """A server that counts its connections, which of them each request came on, and which have ended."""

    def __init__(self) -> None:
        self.opened, self.on, self.ended = 0, list[int](), set[int]()
        self.go = asyncio.Event()
        self.go.set()

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        mine, self.opened = self.opened, self.opened + 1
        try:
            while True:
                await asked(reader)
                self.on.append(mine)
                await self.go.wait()
                writer.write(WHOLE)
                await writer.drain()
        finally:
            self.ended.add(mine)


async def test_the_line_that_was_used_last_is_used_again_and_one_that_was_idle_for_long_is_hung_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    board = Switchboard()
    async with server(board.talk) as url, lines() as held:

        async def ask(times: int = 1) -> None:
            await asyncio.gather(*(held.request("GET", f"{url}/x", None, "", 2.0) for _ in range(times)))

        await ask(2)
        first, last = board.on
        await ask()
        await ask()
        assert board.on == [first, last, last, last] or board.on == [first, last, first, first]
        used, idle = board.on[2], 1 - board.on[2]
        monkeypatch.setattr("bot.delivery.connections.KEPT_SECONDS", 0.2)
        await asyncio.sleep(0.3)
        await ask()
        assert board.on[-1] == 2
        await soon(lambda: board.ended == {used, idle})


async def test_who_closes_hangs_up_what_is_idle_at_once_and_what_is_in_use_when_it_is_done() -> None:
    board = Switchboard()
    async with server(board.talk) as url:
        held = ConnectionPool(4)
        await asyncio.gather(*(held.request("GET", f"{url}/x", None, "", 2.0) for _ in range(2)))
        board.go.clear()
        under_way = asyncio.create_task(held.request("GET", f"{url}/x", None, "", 2.0))
        await soon(lambda: len(board.on) == 3)
        await held.close()
        await soon(lambda: board.ended == {1 - board.on[2]})
        board.go.set()
        assert await under_way == (200, b"hello")
        await soon(lambda: board.ended == {0, 1})


async def test_a_line_that_is_lost_before_it_is_used_is_told_at_once_and_not_waited_for() -> None:
    head = h11.Request(method="GET", target="/x", headers=[("Host", "x")])
    lost = _Connection(asyncio.get_running_loop())
    with pytest.raises(ConnectionCut, match=r"^lost before it was used$"):
        await asyncio.wait_for(lost.ask(head, None, 20.0), 5)
    board = Switchboard()
    async with server(board.talk) as url:
        loop, port = asyncio.get_running_loop(), int(url.rpartition(":")[2])
        _, lost = await loop.create_connection(lambda: _Connection(loop), "127.0.0.1", port)
        lost.close()
        assert lost.lost, "nobody takes it up in this very round"
        with pytest.raises(ConnectionCut, match=r"^lost before it was used$"):
            await asyncio.wait_for(lost.ask(head, None, 20.0), 5)
        await soon(lambda: board.ended)


async def test_a_line_that_the_server_has_hung_up_meanwhile_is_not_used() -> None:
    async with server(saying(WHOLE)) as url, lines() as held:
        assert await held.request("GET", f"{url}/x", None, "", 2.0) == (200, b"hello")
        (kept,) = held._idle.values()
        kept[0].connection_lost(None)
        for _ in range(2):
            assert await held.request("GET", f"{url}/x", None, "", 2.0) == (200, b"hello")


@pytest.mark.parametrize(
    ("place", "target"),
    [("", "/"), ("/a b", "/a%20b"), ("?q=1", "/?q=1"), ("/x?", "/x"), ("/x?q=ü&r=1", "/x?q=%C3%BC&r=1")],
)
async def test_a_request_names_its_target_and_its_host_and_gives_no_password_away(place: str, target: str) -> None:
    heard: list[tuple[str, dict[str, str], bytes]] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await asked(reader))
        writer.write(WHOLE)
        await writer.drain()

    async with server(talk) as url, lines() as held:
        host = url.removeprefix("http://")
        await held.request("GET", f"http://{CALLER}@{host}{place}", None, "", 2.0)
    assert heard == [(f"GET {target} HTTP/1.1", {"host": host, "accept": "*/*"}, b"")]


async def test_no_more_requests_are_under_way_than_lines() -> None:
    now = most = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal now, most
        while True:
            await asked(reader)
            now, most = now + 1, max(most, now + 1)
            await asyncio.sleep(0.01)
            now -= 1
            writer.write(WHOLE)
            await writer.drain()

    async with server(talk) as url, lines() as held:
        await asyncio.gather(*(held.request("GET", f"{url}/x", None, "", 2.0) for _ in range(20)))
    assert most == 4


async def test_a_file_is_sent_by_its_name_whatever_stands_in_that_and_read_when_it_is_sent(telegram: Wire) -> None:
    request = PatientRequest()
    bot = ExtBot(telegram.token, base_url=f"{telegram.url}/bot", request=request)
    await request.initialize()
    with io.BytesIO(b"read only now") as content:
        late = InputFile(content, filename="late.txt", read_file_handle=False)
        await call(bot, "sendDocument", {"chat_id": 1}, document=late)
    odd = InputFile(b"odd", filename='a"b.txt')
    odd.filename = 'a"b\r\nX: y.txt'
    await call(bot, "sendDocument", {"chat_id": 1}, document=odd)
    await request.shutdown()
    first, second = telegram.to(1, "sendDocument")
    assert first.files == {"document": b"read only now"}
    assert second.files == {"document": b"odd"}
    assert wire._quoted('a"b\r\nX: y') == "a%22b%0D%0AX: y"


async def test_json_and_files_arrive_as_a_server_reads_them() -> None:
    seen: list[tuple[str, dict[str, str], bytes]] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            seen.append(await asked(reader))
            done = b'{"ok":true,"result":{"message_id":1}}'
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(done), done))
            await writer.drain()

    picture = InputFile(b"\x89PNG\r\n--", filename='a"b.png')
    with_file = RequestData([RequestParameter("chat_id", 5, None), RequestParameter.from_input("photo", picture)])
    request = PatientRequest()
    async with server(talk) as url:
        await request.initialize()
        await request.do_request(
            f"{url}/botT/sendMessage?x=ü", "POST", RequestData([RequestParameter("text", "Grüße", None)])
        )
        await request.do_request(f"{url}/botT/sendPhoto", "POST", with_file)
        await request.shutdown()
    (line, headers, body), (_, form_headers, form) = seen
    assert (headers["content-type"], body.decode()) == ("application/json", '{"text": "Gr\\u00fc\\u00dfe"}')
    assert line == "POST /botT/sendMessage?x=%C3%BC HTTP/1.1"
    edge = form_headers["content-type"].partition("boundary=")[2].encode()
    one, two = form.split(b"--" + edge)[1:3]
    assert one == b'\r\nContent-Disposition: form-data; name="chat_id"\r\n\r\n5\r\n'
    assert two == (
        b'\r\nContent-Disposition: form-data; name="photo"; filename="a%22b.png"\r\n'
        b"Content-Type: image/png\r\n\r\n\x89PNG\r\n--\r\n"
    )
    assert form.endswith(b"--" + edge + b"--\r\n")
    assert len(edge) == 32, "long enough, and drawn by lot, to stand in no file"
