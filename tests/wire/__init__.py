"""A Bot API server on loopback, with Telegram's semantics, and faults on demand.

    with Wire() as wire:
        wire.say(7, "/start")                       # a private message of user 7
        wire.fail("sendMessage", "429", times=1)    # the next send is told to wait
        wire.until(lambda: wire.texts(7))           # what the bot said to user 7

Point the bot at `wire.url` by TELEGRAM_BASE_URL, with `wire.token`. It keeps what Telegram keeps: updates until they are
confirmed, one poll at a time (409), webhooks repeated until 2xx, limits of texts and buttons, chats that blocked the bot.
"""

from tests.wire.known import TOKEN, Sent
from tests.wire.server import Wire

__all__ = ["TOKEN", "Sent", "Wire"]
