"""The server itself: aiohttp in a thread of its own, driven from the test's thread."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests import spoken

TOKEN = "123456789:AAE" + "x7Q" * 10 + "zz"
BOT = {"id": 123456789, "is_bot": True, "first_name": "Runner-Up", "username": "runner_up_bot", "can_join_groups": True,
       "can_read_all_group_messages": False, "supports_inline_queries": False}  # fmt: skip
PLAIN_TRUE = {
    "sendChatAction", "setMyCommands", "deleteMyCommands", "setMyDescription", "setMyShortDescription", "setMyName",
    "setChatMenuButton", "deleteMessage", "pinChatMessage", "unpinChatMessage", "setMessageReaction", "leaveChat", "logOut",
    "deleteMessages",
}  # fmt: skip
SENDS = {"sendMessage", "sendPhoto", "sendDocument", "sendVoice", "copyMessage", "forwardMessage"}
EDITS = {"editMessageText", "editMessageReplyMarkup", "editMessageCaption", "editMessageMedia"}
UNREADABLE = {
    "no_json": b"It works!", "cut_json": b'{"ok":true,"result":{"message_id":', "empty": b"", "null": b'{"ok":true,"result":null}',
    "page": b"<!doctype html><title>Welcome to the hotel</title>", "other_kind": b'{"ok":true,"result":"yes"}',
    "list": b"[]", "not_ok": b'{"ok":false}', "deep": b"[" * 100_000,
}  # fmt: skip
"""Answers with 200 that nobody can read. The work has been done."""
IN_BETWEEN = "<!doctype html><title>Somebody in between</title>"
TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "span", "tg-spoiler", "a", "code", "pre", "blockquote",
        "tg-emoji"}  # fmt: skip


@dataclass(slots=True)
class Sent:
    """One request that was accepted: what the bot did."""

    method: str
    chat: int | None
    params: dict[str, Any]
    message_id: int | None
    at: float
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return str(self.params.get("text", ""))


@dataclass(slots=True)
class Fault:
    method: str
    kind: str
    times: int
    chat: int | None
    seconds: float


class Refused(Exception):
    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
        if parameters:
            self.body["parameters"] = parameters
        self.code = code


class InBetween(Exception):
    """Not Telegram answers, but somebody on the way: a proxy, a firewall, a hotel."""

    def answer(self) -> web.Response:
        return web.Response(status=self.args[0], text=IN_BETWEEN, content_type="text/html")


class Wire:
    """The server. Methods for the test may be called from any thread."""

    def __init__(self, *, round_trip: float = 0.0, token: str = TOKEN) -> None:
        self.token = token
        self.round_trip = round_trip
        self.sent: list[Sent] = []
        self.requests: list[str] = []
        self.blocked: set[int] = set()
        self.polls = 0
        self.polled: list[tuple[float, str]] = []  # when getUpdates was asked for, and what went wrong with it
        self.queries: dict[str, bool] = {}
        self.files: dict[str, bytes] = {}
        self.commands: list[Any] = []
        self.texts_now: dict[tuple[int, int], dict[str, Any]] = {}
        self.webhook = ""
        self.webhook_secret = ""
        self.webhook_tries = 0
        self.confirmed = 0
        self._next_update = 1000
        self._next_message = 1
        self._pending: list[dict[str, Any]] = []
        self._faults: list[Fault] = []
        self._poll: asyncio.Future[None] | None = None
        self._news: asyncio.Event
        self._hooks: dict[str, asyncio.Queue[dict[str, Any]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._ready = threading.Event()
        self._lock = threading.RLock()
        self._descriptions: dict[str, str] = defaultdict(str)

    # -- life ------------------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._run, name="wire", daemon=True)
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    @property
    def url(self) -> str:
        """For TELEGRAM_BASE_URL."""
        return f"http://127.0.0.1:{self.port}"

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        self._news = asyncio.Event()
        app = web.Application(client_max_size=60_000_000)
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        app.router.add_get("/file/bot{token}/{path:.*}", self._file)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.port: int = runner.addresses[0][1]
        self._session = aiohttp.ClientSession()
        self._ready.set()
        await self._stop.wait()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._session.close()
        await runner.cleanup()

    # -- what users do -----------------------------------------------------------------------------------

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

    def _message_id(self) -> int:
        with self._lock:
            self._next_message += 1
            return self._next_message

    # -- what tests ask ------------------------------------------------------------------------------------

    def fail(self, method: str, kind: str, *, times: int = 1, chat: int | None = None, seconds: float = 1.0) -> None:
        """Let the next requests go wrong: a status ("502", "401", "429" with `seconds` to wait …), "cut_before" and
        "cut_after" (the connection breaks before or after the work is done), "hang" (no answer), "slow" (by `seconds`), one of
        UNREADABLE (done, and answered so), "400_" and what Telegram says,
        "between_404" and the like (a page from somebody on the way, and nothing done).
        `method` may be "file": the download of one; it knows "half" (cut off in the middle) and "short" (and no length said)."""
        with self._lock:
            self._faults.append(Fault(method, kind, times, chat, seconds))

    def heal(self) -> None:
        """No more faults."""
        with self._lock:
            self._faults.clear()

    def to(self, chat: int, method: str = "sendMessage") -> list[Sent]:
        """What was sent to this chat."""
        return [s for s in list(self.sent) if s.chat == chat and s.method == method]

    def texts(self, chat: int) -> list[str]:
        """The texts that this chat has got, in order."""
        return [s.text for s in self.to(chat)]

    def unconfirmed(self) -> int:
        """Updates that Telegram still keeps."""
        with self._lock:
            return len(self._pending)

    def until(self, true: Callable[[], object], seconds: float = 30.0) -> None:
        """Wait until something is true. Raises AssertionError when it does not come true in time."""
        end = time.monotonic() + seconds
        while not true():
            if time.monotonic() > end:
                raise AssertionError(f"did not come true in {seconds} s; sent so far: {self.sent[-5:]}")
            time.sleep(0.01)

    # -- requests ------------------------------------------------------------------------------------------

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        self.requests.append(method)
        try:
            params, files = await self._params(request)
        except (ValueError, aiohttp.ClientError, ConnectionError):
            return web.json_response(
                {"ok": False, "error_code": 400, "description": "Bad Request: cut off"}, status=400
            )
        if request.match_info["token"] != self.token:
            return web.json_response({"ok": False, "error_code": 401, "description": "Unauthorized"}, status=401)
        if self.round_trip and method != "getUpdates":
            await asyncio.sleep(self.round_trip)
        fault = self._take_fault(method, params)
        if method == "getUpdates":
            self.polled.append((time.monotonic(), fault.kind if fault is not None else ""))
        try:
            if fault is not None:
                await self._before(fault, request)
            if fault is not None and method == "getUpdates" and fault.kind in UNREADABLE:
                return web.Response(
                    body=UNREADABLE[fault.kind], content_type="application/json"
                )  # and hands out nothing
            result = await self._do(method, params, files)
        except ConnectionResetError:
            return web.Response()  # nobody reads it: the connection is gone
        except InBetween as page:
            return page.answer()
        except Refused as refused:
            return web.json_response(refused.body, status=refused.code)
        if fault is not None and fault.kind in UNREADABLE:
            return web.Response(body=UNREADABLE[fault.kind], content_type="application/json")
        if fault is not None and fault.kind == "cut_after":
            with contextlib.suppress(ConnectionResetError):
                self._cut(request)
        return web.json_response({"ok": True, "result": result})

    async def _params(self, request: web.Request) -> tuple[dict[str, Any], dict[str, bytes]]:
        params: dict[str, Any] = dict(request.query)
        files: dict[str, bytes] = {}
        if request.content_type == "application/json":
            text = await request.text()
            params |= json.loads(text) if text else {}
        elif request.method == "POST":
            for name, value in (await request.post()).items():
                if isinstance(value, web.FileField):
                    files[name] = value.file.read()
                else:
                    params[name] = value
        for name, value in params.items():
            if isinstance(value, str) and name not in ("text", "caption", "data"):
                with contextlib.suppress(ValueError):
                    params[name] = json.loads(value)
        return params, files

    def _take_fault(self, method: str, params: dict[str, Any]) -> Fault | None:
        with self._lock:
            for fault in self._faults:
                if fault.method in (method, "*") and fault.chat in (None, params.get("chat_id")):
                    fault.times -= 1
                    if fault.times <= 0:
                        self._faults.remove(fault)
                    return fault
        return None

    async def _before(self, fault: Fault, request: web.Request) -> None:
        match fault.kind:
            case "cut_before":
                self._cut(request)
            case "hang":
                await asyncio.sleep(3600)
            case "slow":
                await asyncio.sleep(fault.seconds)
            case kind if kind == "cut_after" or kind in UNREADABLE:
                return
            case kind if kind.startswith("between_"):
                raise InBetween(int(kind.removeprefix("between_")))
            case "429":
                after = int(fault.seconds) or 1
                raise Refused(429, f"Too Many Requests: retry after {after}", retry_after=after)
            case "403":
                raise Refused(403, "Forbidden: bot was blocked by the user")
            case kind if kind.startswith("400_"):
                raise Refused(400, f"Bad Request: {kind.removeprefix('400_')}")
            case _:
                raise Refused(int(fault.kind), {"401": "Unauthorized", "404": "Not Found", "502": "Bad Gateway",
                              "409": "Conflict: terminated by other getUpdates request"}.get(fault.kind, "Error"))  # fmt: skip

    @staticmethod
    def _cut(request: web.Request) -> None:
        if request.transport is not None:
            request.transport.abort()
        raise ConnectionResetError

    async def _do(self, method: str, params: dict[str, Any], files: dict[str, bytes]) -> Any:
        match method:
            case "getMe":
                return BOT
            case "getUpdates":
                return await self._get_updates(params)
            case "setWebhook":
                return self._set_webhook(params)
            case "deleteWebhook":
                self.webhook = ""
                return True
            case "getWebhookInfo":
                return {
                    "url": self.webhook,
                    "has_custom_certificate": False,
                    "pending_update_count": len(self._pending),
                }
            case "getMyCommands":
                return self.commands
            case "getMyDescription":
                return {"description": self._descriptions["setMyDescription"]}
            case "getMyShortDescription":
                return {"short_description": self._descriptions["setMyShortDescription"]}
            case "getMyName":
                return {"name": "Runner-Up"}
            case "getChatMenuButton":
                return {"type": "commands"}
            case "getFile":
                if params["file_id"] not in self.files:
                    raise Refused(400, "Bad Request: invalid file_id")
                return {"file_id": params["file_id"], "file_unique_id": "u", "file_path": f"documents/{params['file_id']}",
                        "file_size": len(self.files[params["file_id"]])}  # fmt: skip
            case "answerCallbackQuery":
                return self._answer_query(params)
            case _ if method in SENDS:
                return self._send(method, params, files)
            case _ if method in EDITS:
                return self._edit(method, params)
            case _ if method in PLAIN_TRUE:
                self._note(method, params)
                return True
            case _:
                raise Refused(404, "Not Found: method not found")

    def _note(self, method: str, params: dict[str, Any]) -> None:
        if method == "setMyCommands":
            self.commands = list(params.get("commands", []))
        if method in ("setMyDescription", "setMyShortDescription"):
            self._descriptions[method] = str(params.get("description") or params.get("short_description") or "")
        if method == "sendChatAction" and params.get("chat_id") in self.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        self.sent.append(Sent(method, params.get("chat_id"), params, None, time.monotonic()))

    async def _get_updates(self, params: dict[str, Any]) -> list[dict[str, Any]]:
        if self.webhook:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        self.polls += 1
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(Refused(409, "Conflict: terminated by other getUpdates request"))
        mine = self._poll = self._loop.create_future()
        offset, limit = int(params.get("offset") or 0), int(params.get("limit") or 100)
        end = self._loop.time() + min(float(params.get("timeout") or 0), 50)
        with self._lock:
            if offset > 0:
                self.confirmed = max(self.confirmed, offset)
                self._pending = [u for u in self._pending if u["update_id"] >= offset]
        while True:
            self._news.clear()
            with self._lock:
                ready = sorted(self._pending, key=lambda u: u["update_id"])[:limit]
            left = end - self._loop.time()
            if ready or left <= 0:
                if not mine.done():
                    mine.cancel()
                return ready
            news = asyncio.ensure_future(self._news.wait())
            done, _ = await asyncio.wait({mine, news}, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            news.cancel()
            if mine in done:
                raise mine.exception() or Refused(409, "Conflict")

    # -- webhook -------------------------------------------------------------------------------------------

    def _set_webhook(self, params: dict[str, Any]) -> bool:
        self.webhook = str(params.get("url", ""))
        self.webhook_secret = str(params.get("secret_token", ""))
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
            while self.webhook:
                self.webhook_tries += 1
                with contextlib.suppress(aiohttp.ClientError, asyncio.TimeoutError):
                    headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook_secret}
                    timeout = aiohttp.ClientTimeout(total=10)
                    async with self._session.post(
                        self.webhook, json=update, headers=headers, timeout=timeout
                    ) as answer:
                        if 200 <= answer.status < 300:
                            with self._lock, contextlib.suppress(ValueError):
                                self._pending.remove(update)
                            break
                await asyncio.sleep(pause)
                pause = min(pause * 2, 1.0)

    # -- sends ---------------------------------------------------------------------------------------------

    def _send(self, method: str, params: dict[str, Any], files: dict[str, bytes]) -> dict[str, Any]:
        chat = params.get("chat_id")
        if not isinstance(chat, int):
            raise Refused(400, "Bad Request: chat not found")
        if chat in self.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        text = params.get("text", params.get("caption", ""))
        longest = 4096 if method == "sendMessage" else 1024
        plain = _plain(str(text), params.get("parse_mode"))
        if method == "sendMessage" and not plain.strip():
            raise Refused(400, "Bad Request: message text is empty")
        if _units(plain) > longest:
            raise Refused(400, "Bad Request: message is too long")
        _check_buttons(params.get("reply_markup"))
        message_id = self._message_id()
        self.texts_now[chat, message_id] = {"text": plain, "reply_markup": params.get("reply_markup")}
        self.sent.append(Sent(method, chat, params, message_id, time.monotonic(), files))
        return {"message_id": message_id, "date": int(time.time()), "chat": {"id": chat, "type": "private"}, "from": BOT,
                "text": plain}  # fmt: skip

    def _edit(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        chat, message_id = params.get("chat_id"), params.get("message_id")
        if not isinstance(chat, int) or not isinstance(message_id, int) or (chat, message_id) not in self.texts_now:
            raise Refused(400, "Bad Request: message to edit not found")
        if chat in self.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        now = self.texts_now[chat, message_id]
        then = dict(now)
        if method == "editMessageText":
            then["text"] = _plain(str(params.get("text", "")), params.get("parse_mode"))
            if _units(then["text"]) > 4096:
                raise Refused(400, "Bad Request: MESSAGE_TOO_LONG")
        _check_buttons(params.get("reply_markup"))
        then["reply_markup"] = params.get("reply_markup")
        if then == now:
            raise Refused(400, "Bad Request: message is not modified: specified new message content and reply markup are "
                               "exactly the same as a current content and reply markup of the message")  # fmt: skip
        self.texts_now[chat, message_id] = then
        self.sent.append(Sent(method, chat, params, message_id, time.monotonic()))
        return {"message_id": message_id, "date": int(time.time()), "chat": {"id": chat, "type": "private"}, "from": BOT,
                "text": then["text"]}  # fmt: skip

    def _answer_query(self, params: dict[str, Any]) -> bool:
        query = str(params.get("callback_query_id"))
        if query not in self.queries:
            raise Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self.queries[query] = True
        self.sent.append(Sent("answerCallbackQuery", None, params, None, time.monotonic()))
        return True

    async def _file(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["path"].rsplit("/", 1)[-1]
        self.requests.append("file")
        fault = self._take_fault("file", {})
        try:
            if fault is not None and fault.kind in ("half", "short"):
                return await self._part_of(request, self.files[name], tell_length=fault.kind == "half")
            if fault is not None:
                await self._before(fault, request)
        except ConnectionResetError:
            return web.Response()
        except InBetween as page:
            return page.answer()
        except Refused as refused:
            return web.json_response(refused.body, status=refused.code)
        if request.match_info["token"] != self.token or name not in self.files:
            return web.Response(status=404)
        return web.Response(body=self.files[name])

    async def _part_of(self, request: web.Request, content: bytes, *, tell_length: bool) -> web.StreamResponse:
        answer = web.StreamResponse()
        if tell_length:
            answer.content_length = len(content)
        else:
            answer.force_close()
        await answer.prepare(request)
        await answer.write(content[: len(content) // 2])
        if tell_length:
            self._cut(request)
        return answer


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            raise Refused(400, f'Bad Request: can\'t parse entities: Unsupported start tag "{tag}" at byte offset 0')
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise Refused(
                400, f'Bad Request: can\'t parse entities: Unmatched end tag at byte offset 0, found "</{tag}>"'
            )

    def handle_data(self, data: str) -> None:
        if "<" in data:
            raise Refused(400, "Bad Request: can't parse entities: Unsupported start tag at byte offset 0")
        self.text.append(data)


def _plain(text: str, parse_mode: Any) -> str:
    if parse_mode is None:
        return text
    if parse_mode != "HTML":
        return text
    reader = _Html()
    reader.feed(text)
    reader.close()
    if reader.open:
        raise Refused(
            400, f"Bad Request: can't parse entities: Can't find end tag corresponding to start tag {reader.open[-1]}"
        )
    return "".join(reader.text)


def _check_buttons(markup: Any) -> None:
    if not isinstance(markup, dict):
        return
    for row in markup.get("inline_keyboard", []):
        for button in row:
            if len(str(button.get("callback_data", "")).encode()) > 64:
                raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
            if not button.get("text"):
                raise Refused(400, "Bad Request: text buttons are unallowed to be empty")
