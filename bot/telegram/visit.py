"""One update as a handler sees it: who, what, and how to answer.

    async def hang_up(visit: Visit) -> None:
        ...
        await visit.say(Ink().plain("The call is over.").message())

What is said to a person who agreed goes through the outbox, in the commit that marks the update as handled; what is said to anybody
else is sent and kept nowhere.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import timezone
from typing import Any, ParamSpec, TypeVar

from telegram import CallbackQuery, Chat, Update, User
from telegram import Message as TelegramMessage

from bot.local_time import zone_of
from bot.log import Person
from bot.telegram.house import House
from bot.telegram.messages import Message

P = ParamSpec("P")
T = TypeVar("T")

MAY_BE_MISSING = (
    "My connection to Telegram broke while I was sending. If something is missing here, please ask for it again."
)


class Visit:
    """One update in a private chat. `words` are the words of a command or of a tap; `text` is what was written."""

    __slots__ = ("answered", "house", "known", "text", "update", "user", "words")

    def __init__(self, house: House, update: Update, user: User, known: Person | None) -> None:
        self.house = house
        self.update = update
        self.user = user
        self.known = known
        self.text = ""
        self.words: tuple[str, ...] = ()
        self.answered = False

    # -- who and what --------------------------------------------------------------------------------

    @property
    def person(self) -> Person:
        """Who this is. For handlers that only those who agreed get to."""
        if self.known is None:
            raise LookupError("a handler for people who agreed was given a stranger")
        return self.known

    @property
    def id(self) -> int:
        """The person's number in the log: goes first into every method of it."""
        return self.person.id

    @property
    def chat_id(self) -> int:
        """The chat to answer in: in private its number is the person's own."""
        chat: Chat | None = self.update.effective_chat
        return chat.id if chat is not None else self.user.id

    @property
    def message(self) -> TelegramMessage | None:
        """The message that was written or edited."""
        return self.update.message or self.update.edited_message

    @property
    def tapped(self) -> CallbackQuery | None:
        """The tap on a button, if that is what this is."""
        return self.update.callback_query

    @property
    def tapped_message(self) -> int | None:
        """The number of the message whose button was tapped."""
        query = self.update.callback_query
        return query.message.message_id if query is not None and query.message is not None else None

    @property
    def update_ids(self) -> tuple[int, ...]:
        """The updates that an answer to this settles."""
        return (self.update.update_id,)

    @property
    def zone(self) -> timezone | None:
        """Where this person's clock is."""
        return zone_of(self.person.settings)

    def word(self, at: int = 0) -> str:
        """The word at this place, or nothing."""
        return self.words[at] if at < len(self.words) else ""

    def number(self, at: int = 0, default: int = 0) -> int:
        """The word at this place as a small whole number."""
        word = self.word(at)
        return int(word) if word.isascii() and word.isdigit() and len(word) < 7 else default

    async def thread(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Something that waits (the log, a picture), off the event loop."""
        return await asyncio.to_thread(work, *args, **kwargs)

    # -- answering -----------------------------------------------------------------------------------

    def payloads(self, messages: Iterable[Message]) -> list[Mapping[str, Any]]:
        """These messages as the outbox keeps them."""
        return [self.house.post.payload(m) for m in messages]

    async def say(self, *messages: Message, also: Sequence[int] = ()) -> None:
        """Send these, in order. `also`: further updates that they answer."""
        if self.known is not None and self.known.agreed:
            await self.house.log.post(self.known.id, self.payloads(messages), update_ids=(*also, *self.update_ids))
            await self.send()
            return
        for message in messages:
            await self.house.post.at_once(self.chat_id, message)

    async def send(self) -> None:
        """Send what a commit has put into this person's outbox."""
        await self.house.post.send(self.person)

    async def redraw(self, message: Message) -> None:
        """Put this in place of the message whose button was tapped; send it when that is gone."""
        number = self.tapped_message
        if number is None or not await self.house.post.redraw(self.chat_id, number, message):
            await self.say(message)

    async def strip(self) -> None:
        """Take the buttons from the message that was tapped."""
        number = self.tapped_message
        if number is not None:
            await self.house.post.strip(self.chat_id, number)

    async def nod(self, text: str = "") -> None:
        """Answer a tap, so that the button stops waiting; once."""
        query = self.tapped
        if query is not None and not self.answered:
            self.answered = True
            await self.house.post.nod(query.id, text)

    async def look_again(self) -> None:
        """Read this person's row anew, after a change."""
        self.known = await self.house.look_again(self.user.id)

    async def send_files(self, files: Iterable[tuple[str, bytes, str]]) -> None:
        """Send documents (name, content, caption), every one whatever becomes of the others."""
        await self._unless_missing(
            [await self.house.post.document(self.chat_id, name, content, about) for name, content, about in files]
        )

    async def send_picture(self, content: bytes, caption: str = "") -> None:
        """Send a picture."""
        await self._unless_missing([await self.house.post.picture(self.chat_id, content, caption)])

    async def _unless_missing(self, arrived: Sequence[bool]) -> None:
        if not all(arrived):
            await self.say(Message(MAY_BE_MISSING))


Handler = Callable[[Visit], Awaitable[None]]
"""What is done on a visit."""
