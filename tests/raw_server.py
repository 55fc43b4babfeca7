"""A server that says what a test has it say, byte for byte, and the connections that are tried on it."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.delivery.connections import ConnectionPool

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
async def pool() -> AsyncIterator[ConnectionPool]:
    """Four connections at the most, hung up at the end."""
    held = ConnectionPool(4)
    try:
        yield held
    finally:
        await held.close()


WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
