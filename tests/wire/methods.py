"""What the methods of the Bot API do."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from tests.wire.hooks import Hooks
from tests.wire.known import BOT, Sent
from tests.wire.limits import Refused, check_buttons, shown, units

PLAIN_TRUE = {
    "sendChatAction", "setMyCommands", "deleteMyCommands", "setMyDescription", "setMyShortDescription", "setMyName",
    "setChatMenuButton", "deleteMessage", "pinChatMessage", "unpinChatMessage", "setMessageReaction", "leaveChat", "logOut",
    "deleteMessages",
}  # fmt: skip
SENDS = {"sendMessage", "sendPhoto", "sendDocument", "sendVoice", "copyMessage", "forwardMessage"}
EDITS = {"editMessageText", "editMessageReplyMarkup", "editMessageCaption", "editMessageMedia"}


class Methods(Hooks):
    """Each method by its name, with its parameters; gives the result, or raises Refused."""

    async def _do(self, method: str, params: dict[str, Any], files: dict[str, bytes]) -> Any:
        match method:
            case "getMe":
                self.asked_who.append(time.monotonic())
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

    def _send(self, method: str, params: dict[str, Any], files: dict[str, bytes]) -> dict[str, Any]:
        chat = params.get("chat_id")
        if not isinstance(chat, int):
            raise Refused(400, "Bad Request: chat not found")
        if chat in self.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        text = params.get("text", params.get("caption", ""))
        longest = 4096 if method == "sendMessage" else 1024
        plain = shown(str(text), params.get("parse_mode"))
        if method == "sendMessage" and not plain.strip():
            raise Refused(400, "Bad Request: message text is empty")
        if units(plain) > longest:
            raise Refused(400, "Bad Request: message is too long")
        check_buttons(params.get("reply_markup"))
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
            then["text"] = shown(str(params.get("text", "")), params.get("parse_mode"))
            if units(then["text"]) > 4096:
                raise Refused(400, "Bad Request: MESSAGE_TOO_LONG")
        check_buttons(params.get("reply_markup"))
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
