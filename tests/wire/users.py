"""What users do: write, edit, tap. Callable from any thread."""

from __future__ import annotations

import time
from typing import Any

from tests import spoken
from tests.wire.hooks import Hooks
from tests.wire.known import BOT


class Users(Hooks):
    """People, whose updates wait for the bot to ask, or are brought to its webhook."""

    def user(self, user: int, name: str = "") -> dict[str, Any]:
        return {"id": user, "is_bot": False, "first_name": name or f"U{user}", "language_code": "en"}

    def say(self, user: int, text: str, *, date: float | None = None, **more: Any) -> int:
        """A private message; gives its update_id."""
        message: dict[str, Any] = {"text": text}
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        return self.message(user, date=date, **message | more)

    def message(
        self, user: int, *, date: float | None = None, chat: dict[str, Any] | None = None, **content: Any
    ) -> int:
        """A message of any kind."""
        with self._lock:
            body = {
                "message_id": self._message_id(),
                "date": int(date if date is not None else time.time()),
                "chat": chat or {"id": user, "type": "private", "first_name": f"U{user}"},
                "from": self.user(user),
            } | content
        return self.update(message=body)

    def edit(self, user: int, message_id: int, text: str) -> int:
        """The user edits a message of their own."""
        body = {"message_id": message_id, "date": int(time.time()), "edit_date": int(time.time()), "text": text,
                "chat": {"id": user, "type": "private", "first_name": f"U{user}"}, "from": self.user(user)}  # fmt: skip
        return self.update(edited_message=body)

    def tap(self, user: int, data: str, message_id: int = 0) -> int:
        """A tap on a button of a message."""
        with self._lock:
            query = f"q{self._next_update}"
            self.queries[query] = False
        message = {"message_id": message_id or 1, "date": int(time.time()), "text": "…",
                   "chat": {"id": user, "type": "private", "first_name": f"U{user}"}, "from": BOT}  # fmt: skip
        return self.update(
            callback_query={
                "id": query,
                "from": self.user(user),
                "chat_instance": "1",
                "data": data,
                "message": message,
            }
        )

    def update(self, **content: Any) -> int:
        """An update of any kind, also one that nobody can read."""
        for part in ("message", "edited_message"):
            if isinstance(content.get(part), dict):
                spoken.note(content[part].get("text"))
        with self._lock:
            number = self._next_update
            self._next_update += 1
            self._queue({"update_id": number} | content)
        return number

    def repeat(self, update_id: int, **content: Any) -> None:
        """Deliver an update with this id (again)."""
        with self._lock:
            self._queue({"update_id": update_id} | content)

    def _queue(self, update: dict[str, Any]) -> None:
        self._pending.append(update)
        self._loop.call_soon_threadsafe(self._spread, update)

    def _spread(self, update: dict[str, Any]) -> None:
        self._news.set()
        if self.webhook:
            self._to_hook(update)
