"""Connections through a proxy: aiohttp, which is loaded only where the environment names one."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.request import getproxies

import aiohttp

from bot.delivery.connections import CONNECT_SECONDS, KEPT_SECONDS, ConnectionCut, NotConnected


class Proxied:
    """As `ConnectionPool`, with proxies taken from the environment."""

    def __init__(self, most: int) -> None:
        connector = aiohttp.TCPConnector(limit=most, keepalive_timeout=KEPT_SECONDS)
        self._session = aiohttp.ClientSession(connector=connector, trust_env=True)

    async def request(self, method: str, url: str, body: bytes | None, kind: str, seconds: float) -> tuple[int, bytes]:
        """One request and its answer. Raises NotConnected or ConnectionCut."""
        timeout = aiohttp.ClientTimeout(
            total=seconds + CONNECT_SECONDS, sock_connect=CONNECT_SECONDS, sock_read=seconds
        )
        headers = {"Content-Type": kind} if body is not None else {}
        try:
            async with self._session.request(
                method, url, timeout=timeout, data=body, headers=headers, proxy=_for_all(url)
            ) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.ClientHttpProxyError) as error:
            raise NotConnected(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError, ConnectionError) as error:
            raise ConnectionCut(type(error).__name__) from None

    async def close(self) -> None:
        """Hang up."""
        await self._session.close()


def _for_all(url: str) -> str | None:
    """The proxy that is named for all kinds of addresses, where none is for this kind: that one aiohttp does not find by itself."""
    proxies = getproxies()
    named = proxies.get("all", "")
    if urlsplit(url).scheme in proxies or not named.startswith("http:"):  # another kind it does not know
        return None
    return named
