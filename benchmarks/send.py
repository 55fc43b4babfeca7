"""What one request to Telegram and its answer cost: our lines, and aiohttp's client beside them.

A thread answers at once, whatever it was asked; only the asking thread's CPU is counted.
"""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections.abc import Iterator

from benchmarks.clock import Spread
from benchmarks.rows import Effort, Row
from bot.delivery.connections import ConnectionPool
from bot.delivery.proxied import Proxied

TEXT = "Two pupils took you round, and you asked them nothing. They noticed, and so did we."
ASKED = json.dumps({"chat_id": 77, "text": TEXT}).encode()
RESULT = json.dumps(
    {"ok": True, "result": {"message_id": 5, "chat": {"id": 77, "type": "private"}, "text": TEXT}}
).encode()
HEAD = (  # a server behind a proxy says about so much
    "HTTP/1.1 200 OK",
    "Server: a",
    "Date: Sat, 28 Nov 2026 17:00:00 GMT",
    "Content-Type: application/json",
    f"Content-Length: {len(RESULT)}",
    "Connection: keep-alive",
    "Strict-Transport-Security: max-age=31536000",
    "Access-Control-Allow-Origin: *",
    "Access-Control-Expose-Headers: Content-Length,Content-Type,Date,Server,Connection",
)
ANSWER = "\r\n".join((*HEAD, "", "")).encode() + RESULT


def _answer(listening: socket.socket) -> None:
    def talk(line: socket.socket) -> None:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with line:
            while line.recv(65536):
                line.sendall(ANSWER)

    while True:
        try:
            line, _ = listening.accept()
        except OSError:
            return  # the benchmark is over
        threading.Thread(target=talk, args=(line,), daemon=True).start()


async def _taken(url: str, rounds: int, times: int) -> dict[str, list[float]]:
    ways: dict[str, ConnectionPool | Proxied] = {"lines": ConnectionPool(4), "aiohttp": Proxied(4)}
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(rounds + 1):
        for name, way in ways.items():
            began = time.thread_time()
            for _ in range(times):
                if await way.request("POST", url, ASKED, "application/json", 20.0) != (200, RESULT):
                    raise RuntimeError("another answer")
            if turn:  # the first round warms up
                taken[name].append((time.thread_time() - began) / times)
    for way in ways.values():
        await way.close()
    return taken


def send(effort: Effort) -> Iterator[Row]:
    """A send over a kept line, in turn with the same through aiohttp."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_answer, args=(listening,), daemon=True).start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/bot1:AAH-abcdefghijklmnopqrstuvwxyz0123456/sendMessage"
        taken = asyncio.run(_taken(url, effort.rounds, effort.size(200, 1000)))
    for name, about in (
        ("lines", "a request to Telegram and its answer, CPU"),
        ("aiohttp", "… through aiohttp's client"),
    ):
        spread = Spread.of([each * 1e6 for each in taken[name]])
        yield Row("send", about, spread.median, "us", spread)
