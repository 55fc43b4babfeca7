"""The post as handlers use it: messages for the outbox, and the few things that go to Telegram at once.

What belongs to a turn or must arrive goes through the outbox (bot/delivery). A nod to a tap, a redrawn menu, a file asked for go at
once: when they are lost in a crash, the update is handled again.
"""

from __future__ import annotations

import contextlib
from typing import Any

from telegram import Bot, InputFile
from telegram.error import BadRequest, TelegramError

from bot.delivery import Delivery, edit, say
from bot.delivery.wire import call
from bot.log import Person
from bot.telegram.say import Message

LONGEST_NOD = 200  # characters, Telegram's limit for what a tap is answered with


class Post:
    """The way to Telegram. `delivery` is set when it is there: it needs the application, which needs the handlers."""

    def __init__(self, bot: Bot, delivery: Delivery | None = None) -> None:
        self.bot = bot
        self.delivery = delivery

    # -- for the outbox --------------------------------------------------------------------------------

    @staticmethod
    def payload(message: Message) -> dict[str, Any]:
        """A message as the outbox keeps it."""
        params = message.payload()
        return say(params.pop("text"), pause=message.pause, **params)

    @staticmethod
    def edit_payload(number: int, message: Message) -> dict[str, Any]:
        """The same in place of one that stands there."""
        params = message.payload()
        return edit(number, params.pop("text"), **params)

    @staticmethod
    def delete_payload(number: int) -> dict[str, Any]:
        """One that stands there taken away."""
        return {"method": "deleteMessage", "params": {"message_id": number}}

    async def send(self, person: Person) -> None:
        """Send what is in this person's outbox."""
        if self.delivery is None:
            raise RuntimeError("the post has no delivery yet")
        await self.delivery.send(person)

    # -- at once -----------------------------------------------------------------------------------------

    async def at_once(self, chat: int, message: Message) -> int | None:
        """Send without keeping; gives the message's number."""
        sent = await call(self.bot, "sendMessage", {"chat_id": chat, **message.payload()})
        return sent.get("message_id") if isinstance(sent, dict) else None

    async def redraw(self, chat: int, number: int, message: Message) -> bool:
        """Put a message in place of another; False when that cannot be changed any more."""
        try:
            await call(self.bot, "editMessageText", {"chat_id": chat, "message_id": number, **message.payload()})
        except BadRequest as error:
            return "not modified" in str(error).lower()
        return True

    async def strip(self, chat: int, number: int) -> None:
        """Take the buttons from a message."""
        with contextlib.suppress(BadRequest):
            await call(
                self.bot,
                "editMessageReplyMarkup",
                {"chat_id": chat, "message_id": number, "reply_markup": {"inline_keyboard": []}},
            )

    async def nod(self, query: str, text: str = "") -> None:
        """Answer a tap; one that has grown too old to be answered is let go."""
        with contextlib.suppress(BadRequest):
            await call(self.bot, "answerCallbackQuery", {"callback_query_id": query, "text": text[:LONGEST_NOD]})

    async def typing(self, chat: int, action: str = "typing") -> None:
        """Show that something is on its way."""
        with contextlib.suppress(TelegramError):
            await call(self.bot, "sendChatAction", {"chat_id": chat, "action": action})

    async def document(self, chat: int, name: str, content: bytes, caption: str = "") -> None:
        """Send a file."""
        await self.bot.send_document(chat, InputFile(content, filename=name), caption=caption[:1024] or None)

    async def picture(self, chat: int, content: bytes, caption: str = "") -> None:
        """Send a picture; the caption is its text for those who cannot see it."""
        await self.bot.send_photo(chat, InputFile(content, filename="picture.png"), caption=caption[:1024] or None)

    async def fetch(self, file_id: str, largest: int) -> bytes | None:
        """A file somebody sent; None when it is too large."""
        file = await self.bot.get_file(file_id)
        if file.file_size is not None and file.file_size > largest:
            return None
        content = bytes(await file.download_as_bytearray())
        return content if len(content) <= largest else None
