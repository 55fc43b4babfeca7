"""A candidate on a recorded wire: the real bot, handlers, filters and log, and no network.

    sam = Candidate(desk, 7)
    await sam.says("/start")
    await sam.taps("I agree")
    assert "Dana" in await sam.hears("/call harbour")

What the bot sends is recorded as Telegram would show it: messages with their marks and buttons, edited and deleted in place.
Telegram's limits are kept: a message that is too long, or a button that carries too much, fails the test.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from telegram.request import BaseRequest, RequestData

from bot.log import Log
from bot.settings import Settings
from bot.telegram.app import App, build
from bot.telegram.house import House
from bot.telegram.messages import units
from dialogs.hearing import Ear as Hearing
from dialogs.practice import Ear
from tests import spoken

TOKEN = "123456789:AAE" + "x7Q" * 10 + "zz"
EAR = Hearing("light")
UPDATES = itertools.count(5000)  # Telegram never gives a number twice
BOT = {"id": 123456789, "is_bot": True, "first_name": "Runner-Up", "username": "runner_up_bot"}


@dataclass
class Shown:
    """A message of the bot, as it stands in the chat."""

    chat: int
    number: int
    text: str
    markup: dict[str, Any] = field(default_factory=dict)
    entities: list[dict[str, Any]] = field(default_factory=list)
    file: bytes = b""
    gone: bool = False

    @property
    def buttons(self) -> list[str]:
        return [b["text"] for row in self.markup.get("inline_keyboard", []) for b in row]

    @property
    def keys(self) -> list[str]:
        return [b["text"] for row in self.markup.get("keyboard", []) for b in row]

    def marked(self, kind: str) -> list[str]:
        """The words under this mark."""
        raw = self.text.encode("utf-16-le")
        found = [e for e in self.entities if e["type"] == kind]
        return [raw[e["offset"] * 2 : (e["offset"] + e["length"]) * 2].decode("utf-16-le") for e in found]


class RecordedWire(BaseRequest):
    """Answers every request as Telegram would, and keeps what was asked."""

    def __init__(self) -> None:
        self.shown: list[Shown] = []
        self.requests: list[tuple[str, dict[str, Any]]] = []
        self.nods: list[dict[str, Any]] = []
        self.files: dict[str, bytes] = {}
        self.blocked: set[int] = set()
        self.numbers = itertools.count(100)

    @property
    def read_timeout(self) -> float | None:
        return 1.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *more: Any, **options: Any
    ) -> tuple[int, bytes]:
        name = url.rsplit("/", 1)[-1]
        if url.startswith("https://api.telegram.org/file/"):
            return 200, self.files[name]
        params = dict(request_data.parameters) if request_data else {}
        params = {k: json.loads(v) if isinstance(v, str) and k == "reply_markup" else v for k, v in params.items()}
        params |= {n: f[1] for n, f in (request_data.multipart_data or {}).items()} if request_data else {}
        self.requests.append((name, params))
        await asyncio.sleep(0)
        code, answer = self._answer(name, params)
        body = {"ok": code == 200, "result": answer} if code == 200 else {"ok": False, "description": answer}
        return code, json.dumps(body | ({} if code == 200 else {"error_code": code})).encode()

    def _answer(self, name: str, params: dict[str, Any]) -> tuple[int, Any]:
        if params.get("chat_id") in self.blocked and name.startswith("send"):
            return 403, "Forbidden: bot was blocked by the user"
        match name:
            case "getMe":
                return 200, BOT
            case "sendMessage" | "sendDocument" | "sendPhoto":
                return 200, self._send(name, params)
            case "editMessageText" | "editMessageReplyMarkup":
                return self._edit(name, params)
            case "deleteMessage":
                self.find(params["chat_id"], params["message_id"]).gone = True
                return 200, True
            case "answerCallbackQuery":
                assert len(params.get("text", "")) <= 200
                self.nods.append(params)
                return 200, True
            case "getFile":
                return 200, {"file_id": params["file_id"], "file_unique_id": "u", "file_path": params["file_id"]}
            case "getMyCommands":
                return 200, []
            case _:
                return 200, {} if name.startswith("get") else True

    def _send(self, name: str, params: dict[str, Any]) -> dict[str, Any]:
        markup = params.get("reply_markup") or {}
        text = str(params.get("text") or params.get("caption") or "")
        assert "parse_mode" not in params
        assert name != "sendMessage" or 0 < units(text) <= 4096, units(text)
        assert units(text) <= 1024 or name == "sendMessage"
        check_buttons(markup)
        entities = list(params.get("entities", []))
        for e in entities:
            assert 0 <= e["offset"] < e["offset"] + e["length"] <= units(text), (e, text)
        file = next((v for v in params.values() if isinstance(v, bytes)), b"")
        shown = Shown(params["chat_id"], next(self.numbers), text, markup, entities, file)
        self.shown.append(shown)
        return self._as_message(shown)

    def _edit(self, name: str, params: dict[str, Any]) -> tuple[int, Any]:
        shown = self.find(params["chat_id"], params["message_id"])
        markup = params.get("reply_markup") or {}
        check_buttons(markup)
        assert "keyboard" not in markup, "a keyboard cannot be edited in"
        if shown.gone:
            return 400, "Bad Request: message to edit not found"
        if name == "editMessageText":
            if (shown.text, shown.markup) == (params["text"], markup):
                return 400, "Bad Request: message is not modified"
            assert 0 < units(params["text"]) <= 4096
            shown.text, shown.entities = params["text"], list(params.get("entities", []))
        elif shown.markup.get("inline_keyboard", []) == markup.get("inline_keyboard", []):
            return 400, "Bad Request: message is not modified"
        shown.markup = markup
        return 200, self._as_message(shown)

    def find(self, chat: int, number: int) -> Shown:
        return next((s for s in self.shown if (s.chat, s.number) == (chat, number)), Shown(chat, number, "", gone=True))

    @staticmethod
    def _as_message(shown: Shown) -> dict[str, Any]:
        return {"message_id": shown.number, "date": int(time.time()), "text": shown.text or "file",
                "chat": {"id": shown.chat, "type": "private"}, "from": BOT}  # fmt: skip


def check_buttons(markup: dict[str, Any]) -> None:
    """What Telegram refuses."""
    rows = markup.get("inline_keyboard", [])
    assert sum(map(len, rows)) <= 100
    for row in rows:
        assert 1 <= len(row) <= 8
        for button in row:
            assert button["text"]
            assert len(button.get("callback_data", "").encode()) <= 64
            assert 1 <= len(button.get("copy_text", {"text": "x"})["text"]) <= 256


class Desk:
    """A bot at work on a recorded wire."""

    def __init__(self, log: Log, settings: Settings, ear: Ear | None = None) -> None:
        self.wire = RecordedWire()
        self.log = log
        self.app: App
        self.house: House
        self.app, self.house = build(settings, log, ear=ear, request=self.wire, name="runner_up_bot")

    async def __aenter__(self) -> Desk:
        await self.app.initialize()
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self.house.post.delivery is not None
        await self.house.post.delivery.chats.close(1)
        await self.app.shutdown()

    async def take(self, **content: Any) -> int:
        """An update comes in, and everything it sets off is done."""
        number = next(UPDATES)
        await self.again(number, **content)
        return number

    async def again(self, number: int, **content: Any) -> None:
        """An update with this number comes in."""
        delivery = self.house.post.delivery
        assert delivery is not None
        saved = delivery.receive({"update_id": number} | content)
        if saved is not None:
            await saved
        await delivery.chats.idle()


@asynccontextmanager
async def open_desk(folder: Path, **settings: Any) -> AsyncIterator[Desk]:
    """A desk with a log of its own; what is set is as in `Settings`."""
    wanted: dict[str, Any] = {"token": TOKEN, "db": folder / "log.db", "hearing": "light", "pace": 0.0} | settings
    with Log.open(folder / "log.db") as log:
        async with Desk(log, Settings(**wanted), EAR.hear) as desk:
            yield desk


class Candidate:
    """Somebody with a phone."""

    def __init__(self, desk: Desk, user: int = 7, name: str = "Sam") -> None:
        self.desk = desk
        self.user = {"id": user, "is_bot": False, "first_name": name, "language_code": "en"}
        self.chat = {"id": user, "type": "private", "first_name": name}
        self.id = user
        self.last = 0

    @property
    def sees(self) -> list[Shown]:
        """The bot's messages as they stand in the chat."""
        return [s for s in self.desk.wire.shown if s.chat == self.id and not s.gone]

    async def sends(self, **content: Any) -> list[str]:
        """A message of any kind; gives the texts of what came new."""
        spoken.note(content.get("text"))
        self.last = next(self.desk.wire.numbers)
        before = len(self.desk.wire.shown)
        message = {"message_id": self.last, "date": int(time.time()), "chat": self.chat, "from": self.user} | content
        await self.desk.take(message=message)
        return [s.text for s in self.desk.wire.shown[before:] if s.chat == self.id and not s.gone]

    async def says(self, text: str, **more: Any) -> list[str]:
        """A text or a command."""
        if text.startswith("/"):
            more["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        return await self.sends(text=text, **more)

    async def edits(self, text: str, message: int | None = None) -> list[str]:
        """Edits a message of one's own, the last one when no other is named."""
        spoken.note(text)
        before = len(self.desk.wire.shown)
        body = {
            "message_id": message or self.last,
            "date": int(time.time()),
            "edit_date": int(time.time()),
            "text": text,
        }
        await self.desk.take(edited_message=body | {"chat": self.chat, "from": self.user})
        return [s.text for s in self.desk.wire.shown[before:] if s.chat == self.id and not s.gone]

    async def taps(self, label: str) -> list[str]:
        """The newest button with these words on it."""
        for shown in reversed(self.sees):
            for row in shown.markup.get("inline_keyboard", []):
                for button in row:
                    if label.casefold() in button["text"].casefold():
                        return await self.taps_data(button["callback_data"], shown.number)
        raise AssertionError(f"no button “{label}”; there are {[b for s in self.sees for b in s.buttons]}")

    async def taps_data(self, data: str, message: int = 1, at: float | None = None) -> list[str]:
        """A tap with this data, as it may come from anybody, on a message that was sent at that time (just now)."""
        before, nods = len(self.desk.wire.shown), len(self.desk.wire.nods)
        query = {
            "id": f"q{next(self.desk.wire.numbers)}", "from": self.user, "chat_instance": "1", "data": data,
            "message": {"message_id": message, "date": int(time.time() if at is None else at), "text": "…", "chat": self.chat, "from": BOT},
        }  # fmt: skip
        await self.desk.take(callback_query=query)
        assert len(self.desk.wire.nods) > nods, "a tap was not answered"
        return [s.text for s in self.desk.wire.shown[before:] if s.chat == self.id and not s.gone]

    async def agrees(self) -> Candidate:
        """Comes in and agrees."""
        await self.says("/start")
        await self.taps("I agree")
        return self
