"""The webhook: updates are brought to the bot, and again until it answers 2xx."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import aiohttp

from tests.wire.known import Known


class Hooks(Known):
    """One queue per chat for messages and one per user for taps."""

    def _set_webhook(self, params: dict[str, Any]) -> bool:
        self.webhook = str(params.get("url", ""))
        self.webhook_secret = str(params.get("secret_token", ""))
        self.webhook_allowed = list(params.get("allowed_updates") or [])
        if self.webhook:
            for update in list(self._pending):
                self._to_hook(update)
        return True

    def _to_hook(self, update: dict[str, Any]) -> None:
        """One queue per chat for messages and one per user for taps: a tap may overtake a text."""
        tap = update.get("callback_query")
        body = tap or next((v for k, v in update.items() if isinstance(v, dict)), {})
        key = f"tap{(tap.get('from') or {}).get('id', 0)}" if tap else f"chat{body.get('chat', {}).get('id', 0)}"
        if key not in self._hooks:
            self._hooks[key] = asyncio.Queue()
            task = self._loop.create_task(self._feed_hook(self._hooks[key]))
            self._tasks.add(task)
        self._hooks[key].put_nowait(update)

    async def _feed_hook(self, queue: asyncio.Queue[dict[str, Any]]) -> None:
        while True:
            update = await queue.get()
            pause = 0.05
            while self.webhook and not await self._taken(update):
                await asyncio.sleep(pause)
                pause = min(pause * 2, 1.0)

    async def _taken(self, update: dict[str, Any]) -> bool:
        """Post an update to the hook; whether it was taken."""
        self.webhook_tries += 1
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook_secret}
        timeout = aiohttp.ClientTimeout(total=10)
        try:
            async with self._session.post(self.webhook, json=update, headers=headers, timeout=timeout) as answer:
                taken = 200 <= answer.status < 300
        except (TimeoutError, aiohttp.ClientError):
            return False
        if taken:
            with self._lock, contextlib.suppress(ValueError):
                self._pending.remove(update)
        return taken
