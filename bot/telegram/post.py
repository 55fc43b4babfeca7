"""The post as handlers use it: messages for the outbox, and the few things that go to Telegram at once.

What belongs to a turn or must arrive goes through the outbox (bot/delivery). A nod to a tap, a redrawn menu, a file asked for go at
once: when they are lost in a crash, the update is handled again.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from typing import Any

from telegram import Bot, InputFile
from telegram.error import BadRequest, EndPointNotFound, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.delivery import Delivery, MaybeSent, NotDelivered, edit, files, say
from bot.delivery.wire import call
from bot.log import Person
from bot.telegram.messages import Message

logger = logging.getLogger("runner-up.chat")

LONGEST_NOD = 200  # characters, Telegram's limit for what a tap is answered with
LONGEST_CAPTION = 1024


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
        """Send without keeping; gives the message's number, None when it may not have arrived."""
        try:
            sent = await call(self.bot, "sendMessage", {"chat_id": chat, **message.payload()})
        except MaybeSent:
            logger.warning("a message may not have arrived; it is not repeated")
            return None
        return sent.get("message_id") if isinstance(sent, dict) else None

    async def redraw(self, chat: int, number: int, message: Message) -> bool:
        """Put a message in place of another; False when that cannot be changed any more, or surely was not."""
        try:
            await call(self.bot, "editMessageText", {"chat_id": chat, "message_id": number, **message.payload()})
        except BadRequest as error:
            return "not modified" in str(error).lower()
        except (NotDelivered, RetryAfter):
            return False
        except MaybeSent:  # asked for again and again: it will have been done
            logger.warning("a message may not have been changed; it is not sent anew")
        return True

    async def strip(self, chat: int, number: int) -> None:
        """Take the buttons from a message; one that keeps them does no harm."""
        with _only_a_sign():
            await call(
                self.bot,
                "editMessageReplyMarkup",
                {"chat_id": chat, "message_id": number, "reply_markup": {"inline_keyboard": []}},
            )

    async def nod(self, query: str, text: str = "") -> None:
        """Answer a tap; what was asked for is done whether the nod arrives or not."""
        with _only_a_sign():
            await call(self.bot, "answerCallbackQuery", {"callback_query_id": query, "text": text[:LONGEST_NOD]})

    async def typing(self, chat: int, action: str = "typing") -> None:
        """Show that something is on its way."""
        with _only_a_sign():
            await call(self.bot, "sendChatAction", {"chat_id": chat, "action": action})

    async def document(self, chat: int, name: str, content: bytes, caption: str = "") -> bool:
        """Send a file; False when it may not have arrived."""
        return await self._send_file("sendDocument", chat, caption, document=InputFile(content, filename=name))

    async def picture(self, chat: int, content: bytes, caption: str = "") -> bool:
        """Send a picture; the caption is its text for those who cannot see it. False when it may not have arrived."""
        return await self._send_file("sendPhoto", chat, caption, photo=InputFile(content, filename="picture.png"))

    async def _send_file(self, method: str, chat: int, caption: str, **file: InputFile) -> bool:
        about = {"caption": caption[:LONGEST_CAPTION]} if caption else {}
        try:
            await call(self.bot, method, {"chat_id": chat, **about}, **file)
        except (
            NetworkError,
            RetryAfter,
        ) as error:  # a refusal too: the other files of an export are to come all the same
            logger.warning("a %s may not have arrived (%s)", method, type(error).__name__)
            return False
        return True

    async def fetch(self, file_id: str, largest: int) -> bytes | None:
        """A file somebody sent; None when it is too large. Raises FileGone, FileNotFetched."""
        return await files.fetch(self.bot, file_id, largest)


@contextlib.contextmanager
def _only_a_sign() -> Iterator[None]:
    """What must not end a handler when it fails. That the token is not known any more is another matter."""
    try:
        yield
    except (InvalidToken, EndPointNotFound):
        raise
    except TelegramError as error:
        logger.debug("a sign did not arrive (%s)", type(error).__name__)
