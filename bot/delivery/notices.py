"""Words to a chat that are kept nowhere: about the service itself, said when nothing can be saved or too much came."""

from __future__ import annotations

import logging
from typing import Any

from telegram import Bot, Update
from telegram.error import TelegramError

from bot.delivery.wire import call

logger = logging.getLogger("runner-up.delivery")


async def tell(bot: Bot, chat: int, text: str, *, about: Update | None = None) -> None:
    """A word that is kept nowhere; `about`: it answers the message of this update."""
    params: dict[str, Any] = {"chat_id": chat, "text": text}
    if about is not None and about.message is not None:
        params["reply_parameters"] = {"message_id": about.message.message_id, "allow_sending_without_reply": True}
    try:
        await call(bot, "sendMessage", params)
    except TelegramError as error:
        logger.warning("a word to a chat did not arrive (%s)", type(error).__name__)
