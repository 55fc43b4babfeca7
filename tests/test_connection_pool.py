"""Which connection a request goes out on, how many there are, and what a request looks like; answers are in test_connections.py."""

from __future__ import annotations

import asyncio
import io

import h11
import pytest
from telegram import InputFile
from telegram.ext import ExtBot
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.delivery import PatientRequest, wire
from bot.delivery.connections import ConnectionCut, ConnectionPool, _Connection
from bot.delivery.wire import call
from tests.raw_server import CALLER, WHOLE, asked, pool, saying, server
from tests.running import soon
from tests.wire import Wire


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
    async with server(board.talk) as url, pool() as held:

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
    async with server(saying(WHOLE)) as url, pool() as held:
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

    async with server(talk) as url, pool() as held:
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

    async with server(talk) as url, pool() as held:
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
