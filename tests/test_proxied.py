"""Lines through a proxy that the environment names: what passes through it, and where it is told that something broke."""

from __future__ import annotations

import asyncio
import sys
import time
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from telegram.request import RequestData

from bot.delivery import MaybeSent, NotDelivered, PatientRequest, proxied, wire
from bot.delivery.connections import ConnectionCut, NotConnected
from bot.delivery.proxied import Proxied
from tests.raw_server import CALLER, WHOLE, Talk, asked, closing, saying, server

TELEGRAM = "http://telegram.invalid/botT/x"


@asynccontextmanager
async def through(talk: Talk, monkeypatch: pytest.MonkeyPatch, most: int = 4) -> AsyncIterator[Proxied]:
    """ConnectionPool by a proxy that talks so."""
    async with server(talk) as url:
        for name in ("http_proxy", "https_proxy"):
            monkeypatch.setenv(name, url)
        monkeypatch.setenv("no_proxy", "")
        lines = Proxied(most)
        try:
            yield lines
        finally:
            await lines.close()


async def test_a_proxy_of_the_environment_is_used_unless_the_host_is_excepted(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append((await asked(reader))[0])
        writer.write(WHOLE)
        await writer.drain()

    async with server(talk) as url:
        monkeypatch.setenv("http_proxy", url)
        monkeypatch.setenv("no_proxy", "")
        request = PatientRequest()
        assert await request.do_request("http://telegram.invalid/botT/getMe", "GET") == (200, b"hello")
        await request.shutdown()
        assert seen == ["GET http://telegram.invalid/botT/getMe HTTP/1.1"]
        monkeypatch.setenv("no_proxy", "telegram.invalid")
        request = PatientRequest(patient=False)
        with pytest.raises(NotDelivered):
            await request.do_request("http://telegram.invalid/botT/getMe", "GET")
        await request.shutdown()


@pytest.mark.parametrize(
    ("named", "by_proxy"),
    [
        ({}, False),
        ({"http_proxy": "P"}, True),
        ({"HTTP_PROXY": "P"}, True),
        ({"all_proxy": "P"}, True),
        ({"all_proxy": "P", "https_proxy": "http://elsewhere.invalid"}, True),
        ({"all_proxy": "http://elsewhere.invalid", "http_proxy": "P"}, True),
        ({"all_proxy": "socks5://elsewhere.invalid"}, False),  # no kind that is known
        ({"https_proxy": "P"}, False),  # for what is encrypted alone
        ({"http_proxy": ""}, False),
        ({"http_proxy": "P", "no_proxy": "127.0.0.1,elsewhere.invalid"}, False),
        ({"http_proxy": "P", "no_proxy": "elsewhere.invalid"}, True),
        ({"no_proxy": "elsewhere.invalid"}, False),
    ],
)
async def test_what_goes_by_a_proxy_is_for_the_environment_to_say(
    named: dict[str, str], by_proxy: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append((await asked(reader))[0])
        writer.write(WHOLE)
        await writer.drain()

    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    async with server(talk) as proxy, server(talk) as telegram:
        for name, value in named.items():
            monkeypatch.setenv(name, value.replace("P", proxy))
        request = PatientRequest()
        assert await request.do_request(f"{telegram}/botT/x", "GET") == (200, b"hello")
        await request.shutdown()
    assert seen == [f"GET {telegram if by_proxy else ''}/botT/x HTTP/1.1"]


@pytest.mark.parametrize("name", ["http_proxy", "all_proxy"])
async def test_a_proxy_that_wants_to_know_who_asks_is_told(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asks: list[dict[str, str]] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asks.append((await asked(reader))[1])
        writer.write(WHOLE)
        await writer.drain()

    for each in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(each, raising=False)
        monkeypatch.delenv(each.upper(), raising=False)
    async with server(talk) as proxy:
        monkeypatch.setenv(name, proxy.replace("://", f"://{CALLER}@"))
        lines = Proxied(1)
        assert await lines.request("GET", TELEGRAM, None, "", 5.0) == (200, b"hello")
        await lines.close()
    assert asks[0]["proxy-authorization"] == "Basic " + b64encode(CALLER.encode()).decode()


@pytest.mark.parametrize(("system", "by_proxy"), [("darwin", True), ("win32", True), ("linux", False)])
async def test_where_the_system_may_name_a_proxy_it_is_asked(
    system: str, by_proxy: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr("urllib.request.getproxies", lambda: {"http": "http://proxy.invalid"})
    monkeypatch.setattr("urllib.request.proxy_bypass", lambda host: host == "left.out.invalid")
    assert wire._goes_by_proxy("http://telegram.invalid/x", "telegram.invalid") is by_proxy
    assert wire._goes_by_proxy("http://left.out.invalid/x", "left.out.invalid") is False


async def test_each_host_has_its_way_and_the_line_to_the_proxy_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[int, str]] = []
    connections = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        mine, connections = connections, connections + 1
        while True:
            calls.append((mine, (await asked(reader))[0].split()[1]))
            writer.write(WHOLE)
            await writer.drain()

    async with server(talk) as proxy, server(talk) as direct:
        monkeypatch.setenv("http_proxy", proxy)
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        request = PatientRequest()
        for _ in range(2):
            for url in (TELEGRAM, f"{direct}/botT/x"):
                assert await request.do_request(url, "GET") == (200, b"hello")
        await request.shutdown()
    assert calls == [(0, TELEGRAM), (1, "/botT/x")] * 2


async def test_a_line_to_the_proxy_that_was_idle_for_long_is_not_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    connections = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        while True:
            await asked(reader)
            writer.write(WHOLE)
            await writer.drain()

    monkeypatch.setattr(proxied, "KEPT_SECONDS", 0.2)
    async with through(talk, monkeypatch) as lines:
        await lines.request("GET", TELEGRAM, None, "", 5.0)
        await asyncio.sleep(0.4)
        await lines.request("GET", TELEGRAM, None, "", 5.0)
    assert connections == 2


async def test_a_proxy_that_breaks_off_leaves_a_message_in_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    async with server(closing(b"")) as url:
        monkeypatch.setenv("http_proxy", url)
        monkeypatch.setenv("no_proxy", "")
        request = PatientRequest(patient=False)
        with pytest.raises(MaybeSent):
            await request.do_request("http://telegram.invalid/botT/sendMessage", "POST", RequestData([]))
        await request.shutdown()


async def test_a_request_passes_through_as_it_is_and_its_line_is_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, dict[str, str], bytes]] = []
    connections = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        while True:
            seen.append(await asked(reader))
            writer.write(WHOLE.replace(b"200 OK", b"429 X"))
            await writer.drain()

    async with through(talk, monkeypatch) as lines:
        assert await lines.request("POST", TELEGRAM, b'{"a": 1}', "application/json", 5.0) == (429, b"hello")
        assert await lines.request("GET", TELEGRAM, None, "unused", 5.0) == (429, b"hello")
    (post, headers, body), (get, bare, nothing) = seen
    assert (post, headers["content-type"], body) == (f"POST {TELEGRAM} HTTP/1.1", "application/json", b'{"a": 1}')
    assert (get, "content-type" in bare, nothing) == (f"GET {TELEGRAM} HTTP/1.1", False, b"")
    assert connections == 1


async def test_a_proxy_that_is_not_there_or_lets_nobody_through_means_that_nothing_has_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refusing = closing(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
    async with through(refusing, monkeypatch) as lines:
        with pytest.raises(NotConnected, match=r"^ClientHttpProxyError$"):
            await lines.request("GET", TELEGRAM.replace("http:", "https:"), None, "", 5.0)
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
        with pytest.raises(NotConnected, match=r"^ClientProxyConnectionError$"):
            await lines.request("GET", TELEGRAM, None, "", 5.0)


async def test_a_proxy_that_falls_silent_breaks_off_or_never_comes_to_an_end_cuts_the_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async with through(silent, monkeypatch) as lines:
        began = time.monotonic()
        with pytest.raises(ConnectionCut, match=r"^SocketTimeoutError$"):
            await lines.request("GET", TELEGRAM, None, "", 0.2)
        assert 0.15 < time.monotonic() - began < 5.0
    async with through(closing(b""), monkeypatch) as lines:
        with pytest.raises(ConnectionCut, match=r"^ServerDisconnectedError$"):
            await lines.request("GET", TELEGRAM, None, "", 5.0)
    monkeypatch.setattr(proxied, "CONNECT_SECONDS", 0.3)
    endless = saying(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", *[b"."] * 5000)
    async with through(endless, monkeypatch) as lines:
        began = time.monotonic()
        with pytest.raises(ConnectionCut, match=r"^TimeoutError$"):  # never silent for long, but too long in all
            await lines.request("GET", TELEGRAM, None, "", 0.5)
        assert 0.7 < time.monotonic() - began < 5.0


async def test_no_more_requests_are_under_way_than_lines_and_none_when_they_are_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = most = ended = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal now, most, ended
        try:
            while True:
                await asked(reader)
                now, most = now + 1, max(most, now + 1)
                await asyncio.sleep(0.01)
                now -= 1
                writer.write(WHOLE)
                await writer.drain()
        finally:
            ended += 1

    async with through(talk, monkeypatch, most=3) as lines:
        await asyncio.gather(*(lines.request("GET", TELEGRAM, None, "", 5.0) for _ in range(12)))
        assert (most, ended) == (3, 0)
        await lines.close()
        for _ in range(100):
            await asyncio.sleep(0.01)
            if ended == 3:
                break
        assert ended == 3
        with pytest.raises(RuntimeError, match="closed"):
            await lines.request("GET", TELEGRAM, None, "", 5.0)
