"""The webhook: it knows the secret before it reads a word, and answers when the update is on disk."""

from __future__ import annotations

import asyncio
import gzip
import io
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.delivery import line
from bot.delivery.poll import ALLOWED
from bot.delivery.webhook import LARGEST, SECRET, Webhook
from bot.log import CannotSave, Saved
from tests.running import Running, message, soon
from tests.wire import Wire

OURS = "a-secret-of-the-tests"


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def hooked(telegram: Wire, db: Path, **more: Any) -> Running:
    """The echo bot behind a webhook."""
    port = free_port()
    env = {"WEBHOOK_URL": f"http://127.0.0.1:{port}/hook", "WEBHOOK_SECRET": OURS, "PORT": str(port)}
    return Running(telegram, db, env=env, **more)


class Desk:
    """Takes updates; what it gives back is settled by the test, or at once."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.error: Exception | None = None
        self.waits: Saved[None] | None = None
        self.well = True

    def receive(self, raw: Any) -> Saved[None] | None:
        self.taken.append(raw)
        if not isinstance(raw, dict):
            return None
        if self.waits is not None:
            return self.waits
        saved: Saved[None] = Saved()
        saved.settle(None, self.error)
        return saved


class Caller:
    """Somebody who sends to the webhook, with the secret or without."""

    def __init__(self, session: aiohttp.ClientSession, url: str, desk: Desk) -> None:
        self.session, self.url, self.desk = session, url, desk
        self.open: list[asyncio.StreamWriter] = []

    async def post(
        self, body: bytes = b"{}", secret: str | None = OURS, kind: str = "application/json", path: str = "/hook"
    ) -> int:
        headers = {"Content-Type": kind} | ({} if secret is None else {SECRET: secret})
        async with self.session.post(self.url + path, data=body, headers=headers) as answer:
            return answer.status

    async def health(self) -> tuple[int, str]:
        async with self.session.get(self.url + "/health") as answer:
            return answer.status, await answer.text()


@asynccontextmanager
async def listening(url: str = "https://bot.example/hook") -> AsyncIterator[Caller]:
    port, desk = free_port(), Desk()
    webhook = Webhook(url, OURS, port, desk, well=lambda: desk.well)
    await webhook.start()
    try:
        async with aiohttp.ClientSession() as session:
            caller = Caller(session, f"http://127.0.0.1:{port}", desk)
            yield caller
            for writer in caller.open:
                writer.close()
    finally:
        await webhook.stop()


UPDATE = b'{"update_id": 5}'


async def test_only_who_knows_the_secret_is_listened_to() -> None:
    async with listening() as caller:
        refused = [None, "", OURS[:-1], OURS + "x", OURS.upper(), OURS.replace("e", "\u00e9")]
        assert [await caller.post(UPDATE, secret) for secret in refused] == [403] * 6
        assert caller.desk.taken == []
        assert await caller.post(UPDATE) == 200
        assert caller.desk.taken == [{"update_id": 5}]


@pytest.mark.parametrize("secret", [None, "wrong", "\xff\xfe"])
async def test_a_stranger_is_refused_before_a_byte_of_the_body_has_come_and_the_line_is_not_kept(
    secret: str | None,
) -> None:
    async with listening() as caller:
        host, port = caller.url.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        known = f"{SECRET}: {secret}\r\n" if secret else ""
        head = f"POST /hook HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 90000000\r\n{known}\r\n"
        writer.write(head.encode("latin-1"))  # and not a byte of the body
        answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
        assert answer.startswith(b"HTTP/1.1 403")
        assert b"connection: close" in answer.lower()
        writer.close()


async def test_what_is_too_large_is_not_read_and_what_just_fits_is() -> None:
    async with listening() as caller:
        fits = json.dumps({"update_id": 5, "x": ""})
        fits = fits.replace('""', '"' + "x" * (LARGEST - len(fits)) + '"')
        assert len(fits) == LARGEST
        assert await caller.post(fits.encode()) == 200
        assert await caller.post(fits.encode() + b" ") == 413

        async def endless() -> AsyncIterator[bytes]:
            for _ in range(30):
                yield b" " * 50_000

        headers = {SECRET: OURS, "Content-Type": "application/json"}
        async with caller.session.post(caller.url + "/hook", data=endless(), headers=headers) as answer:
            assert answer.status == 413  # also when it does not say beforehand how long it is
        assert len(caller.desk.taken) == 1


@pytest.mark.parametrize("body", [b"", b"{", b"nonsense", b"[" * 100_000, b"\xff\xfe\x00"])
async def test_what_is_no_json_is_refused_and_not_handed_on(body: bytes) -> None:
    async with listening() as caller:
        assert await caller.post(body) == 400
        assert await caller.post(UPDATE, kind="text/plain") == 415
        assert caller.desk.taken == []


async def test_what_is_packed_is_not_unpacked_but_refused_as_no_json() -> None:
    async with listening() as caller:
        for body in (b"\x1f\x8b broken", gzip.compress(UPDATE), gzip.compress(b" " * 50_000_000)):
            for kind in ("gzip", "deflate"):
                headers = {SECRET: OURS, "Content-Type": "application/json", "Content-Encoding": kind}
                async with caller.session.post(caller.url + "/hook", data=body, headers=headers) as answer:
                    assert answer.status == 400
        assert caller.desk.taken == []
        assert await caller.post(UPDATE) == 200


# -- connections that ask for nothing ------------------------------------------------------------------------------------


async def slow(caller: Caller, head: bytes = b"POST /hook HTTP/1.1\r\nHost: x\r\n") -> asyncio.StreamReader:
    """Somebody who connects, and sends the beginning of a head."""
    host, port = caller.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    caller.open.append(writer)
    writer.write(head)
    return reader


@pytest.mark.parametrize(
    "head", [b"", b"POST /ho", b"POST /hook HTTP/1.1\r\nHost: x\r\nX: "], ids=["none", "line", "head"]
)
async def test_the_head_of_a_request_is_not_waited_for_long_however_slowly_it_comes(
    monkeypatch: pytest.MonkeyPatch, head: bytes
) -> None:
    monkeypatch.setattr(line, "HEAD_SECONDS", 0.4)
    async with listening() as caller:
        reader = await slow(caller, head)
        dripping = asyncio.create_task(drip(caller.open[-1])) if head else None
        assert await asyncio.wait_for(gone(reader), 10)
        if dripping is not None:
            dripping.cancel()
        assert await caller.post(UPDATE) == 200


async def drip(writer: asyncio.StreamWriter) -> None:
    while True:
        await asyncio.sleep(0.05)
        writer.write(b"x")


async def gone(reader: asyncio.StreamReader) -> bool:
    """Whether the other side has closed; it is waited for."""
    try:
        return await reader.read(1) == b""
    except ConnectionError:
        return True


async def test_a_request_that_is_being_answered_and_the_next_on_its_connection_are_not_cut_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(line, "HEAD_SECONDS", 0.4)
    async with listening() as caller:
        saved = caller.desk.waits = Saved[None]()
        asking = asyncio.create_task(caller.post(UPDATE))
        await soon(lambda: caller.desk.taken)
        await asyncio.sleep(1.0)  # longer than a head may take
        for loop, waiter in saved.settle(None, None):  # type: ignore[misc]
            loop.call_soon(waiter.set_result, None)
        assert await asyncio.wait_for(asking, 5) == 200
        caller.desk.waits = None
        assert await caller.post(UPDATE) == 200
        reader = await slow(caller, b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        assert (await reader.readuntil(b"\r\n")).startswith(b"HTTP/1.1 200")
        assert await asyncio.wait_for(reader.read(), 10), "and then it is closed, for it asks for nothing more"


async def test_of_many_connections_without_a_request_the_one_that_waited_longest_goes_and_others_are_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(line, "MOST", 5)
    async with listening() as caller:
        readers = [await slow(caller) for _ in range(12)]
        assert all([await asyncio.wait_for(gone(reader), 10) for reader in readers[:7]])
        for _ in range(20):
            assert await caller.post(UPDATE) == 200
        held = [asyncio.create_task(gone(reader)) for reader in readers[8:]]
        await asyncio.sleep(0.2)
        assert [task.done() for task in held] == [False] * 4
        for task in held:
            task.cancel()


async def test_at_the_end_nobody_is_looked_after_any_more() -> None:
    async with listening() as caller:
        await slow(caller)
        await caller.post(UPDATE)
    timers = [t for t in asyncio.get_running_loop()._scheduled if not t.cancelled()]  # type: ignore[attr-defined]
    assert not [t for t in timers if "_sweep" in repr(t)]


async def test_what_nobody_can_use_is_not_sent_again_and_what_cannot_be_saved_is() -> None:
    async with listening() as caller:
        assert await caller.post(b"[]") == 200
        caller.desk.error = CannotSave("full", "the disk is full")
        assert await caller.post(UPDATE) == 503
        caller.desk.error = None
        assert await caller.post(UPDATE) == 200


async def test_the_answer_waits_until_the_update_is_on_disk() -> None:
    async with listening() as caller:
        saved = caller.desk.waits = Saved[None]()
        asking = asyncio.create_task(caller.post(UPDATE))
        await soon(lambda: caller.desk.taken)
        await asyncio.sleep(0.1)
        assert not asking.done()
        for loop, waiter in saved.settle(None, None):  # type: ignore[misc]
            loop.call_soon(waiter.set_result, None)
        assert await asyncio.wait_for(asking, 5) == 200


async def test_a_supervisor_sees_whether_all_is_well() -> None:
    async with listening() as caller:
        assert await caller.health() == (200, "ok\n")
        caller.desk.well = False
        assert await caller.health() == (503, "not well\n")


@pytest.mark.parametrize(("url", "path"), [("https://bot.example", "/"), ("https://bot.example/a/b?c=d", "/a/b")])
async def test_updates_are_taken_at_the_path_of_the_url_and_nowhere_else(url: str, path: str) -> None:
    async with listening(url) as caller:
        assert await caller.post(UPDATE, path=path) == 200
        assert await caller.post(UPDATE, path="/elsewhere") == 404


def test_a_webhook_without_a_secret_is_not_made() -> None:
    with pytest.raises(ValueError, match="without a secret"):
        Webhook("https://bot.example/hook", "", 8080, Desk())


async def test_a_port_that_is_taken_is_an_error_and_one_that_was_let_go_is_free() -> None:
    port = free_port()
    first, second = (Webhook("https://bot.example/hook", OURS, port, Desk()) for _ in range(2))
    await second.stop()  # it never began
    await first.start()
    with pytest.raises(OSError, match="address already in use"):
        await second.start()
    await second.stop()
    await first.stop()
    await second.start()
    await second.stop()


# -- behind the whole bot ----------------------------------------------------------------------------------------------


async def test_the_webhook_answers_when_the_update_is_on_disk_and_once(telegram: Wire, db: Path) -> None:
    async with hooked(telegram, db) as bot:
        number = telegram.say(1, "hello")
        await soon(lambda: telegram.texts(1) == ["re hello"])
        await soon(lambda: telegram.unconfirmed() == 0)
        telegram.repeat(number, message=message(1))
        await soon(lambda: telegram.unconfirmed() == 0)
        telegram.update(message={"poison": True})
        telegram.say(1, "why")
        await soon(lambda: telegram.texts(1) == ["re hello", "re why"])
        assert bot.turns(1) == ["hello", "why"]


async def test_telegram_is_told_the_secret_and_what_is_handled_and_at_the_end_nobody_listens_any_more(
    telegram: Wire, db: Path
) -> None:
    async with hooked(telegram, db) as bot:
        assert telegram.webhook == bot.settings.webhook_url
        assert telegram.webhook_secret == OURS
        assert telegram.webhook_allowed == list(ALLOWED)
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", bot.settings.port)


async def test_the_webhook_turns_strangers_away_before_it_reads_what_they_send(telegram: Wire, db: Path) -> None:
    async with hooked(telegram, db) as bot, aiohttp.ClientSession() as session:
        url = bot.settings.webhook_url
        good = {SECRET: OURS, "Content-Type": "application/json"}

        async def post(body: bytes, headers: dict[str, str]) -> int:
            async with session.post(url, data=io.BytesIO(body), headers=headers) as answer:
                return answer.status

        update = json.dumps({"update_id": 1, "message": {}}).encode()
        assert await post(update, {"Content-Type": "application/json"}) == 403
        assert await post(update, good | {SECRET: OURS + "x"}) == 403
        assert await post(update, good | {SECRET: ""}) == 403
        assert await post(update, good | {"Content-Type": "text/plain"}) == 415
        assert await post(b"{", good) == 400
        assert await post(b"[" * 100_000, good) == 400
        assert await post(b'"' + b"x" * 1_100_000 + b'"', good) == 413
        assert await post(b"[]", good) == 200
        async with session.get(url) as answer:
            assert answer.status == 405
        async with session.get(url.replace("/hook", "/health")) as answer:
            assert answer.status == 200
        assert bot.log.counts()["turns"] == 0


async def test_while_nothing_can_be_saved_telegram_keeps_the_update_and_the_supervisor_knows(
    telegram: Wire, db: Path
) -> None:
    async with hooked(telegram, db, probe_seconds=0.2) as bot, aiohttp.ClientSession() as session:
        telegram.say(1, "hello")
        await soon(lambda: telegram.texts(1))
        health = bot.settings.webhook_url.replace("/hook", "/health")

        async def well() -> int:
            async with session.get(health) as answer:
                return answer.status

        (full,) = bot.log.row("PRAGMA page_count") or (0,)
        bot.log.writer.alone(lambda d: d.execute(f"PRAGMA max_page_count = {full}").fetchall()).result()
        telegram.say(1, "why " + "x" * 4000)
        await soon(lambda: len(telegram.texts(1)) == 2)  # that it cannot save
        assert (await well(), telegram.unconfirmed() >= 0) == (503, True)
        bot.log.writer.alone(lambda d: d.execute("PRAGMA max_page_count = 1000000").fetchall()).result()
        await soon(lambda: len(bot.turns(1)) == 2 and telegram.unconfirmed() == 0)
        assert await well() == 200
