"""Everything that is not text: each kind of update has an answer."""

from __future__ import annotations

from contextlib import suppress

from telegram import ChatMember, Update
from telegram.error import TelegramError

from bot.telegram.buttons import rows, tap
from bot.telegram.handlers import care, menu, ongoing_call, phone
from bot.telegram.house import House
from bot.telegram.messages import Ink, Message
from bot.telegram.visit import Visit

ONLY_PRIVATE = "I practise with one person at a time, in a private chat: t.me/{name}. In here I stay silent."
GONE = ("kicked", "left", "banned")
READS_FILES = "A mail or a call that you had can be sent as a text file, and I read it with you."
AN_ALBUM = 3.0
"""Seconds: of pictures that come together outside a call, as an album does, only the first is answered."""


async def not_text(visit: Visit) -> None:
    """A sticker, a photo, a voice note and the like: on the phone she cannot see or hear it."""
    message = visit.message
    session = await phone.in_call(visit)
    if session is not None and visit.house.waits(visit.person, session):
        await visit.say(phone.on_the_line(visit, session))
        return
    what, advice = _kind(visit), "Please write what you would say."
    to_hear = message is not None and (message.voice or message.video_note or message.audio)
    if session is not None:
        cannot = "I can only read for now, not listen." if to_hear else f"On the phone nobody can see {what}."
        await visit.say(Message(f"{cannot} {advice}"))
        return
    together = visit.house.lately("not text", visit.user.id, AN_ALBUM)
    visit.house.said_now("not text", visit.user.id)
    if not together:
        cannot = "I can only read for now, not listen." if to_hear else f"I can't see {what}; I only read words."
        await visit.say(Ink().plain(f"{cannot} {READS_FILES}").message(menu.buttons()))


def _kind(visit: Visit) -> str:
    message = visit.message
    named = {
        "sticker": "a sticker",
        "photo": "a photo",
        "video": "a video",
        "animation": "a moving picture",
        "document": "a file",
        "location": "a place",
        "contact": "a contact",
        "poll": "a poll",
        "dice": "dice",
        "venue": "a place",
        "game": "a game",
        "story": "a story",
    }
    return next(
        (words for name, words in named.items() if message is not None and getattr(message, name, None)), "that"
    )


async def forwarded(visit: Visit) -> None:
    """A forwarded message: not the person's own words, so nobody says them."""
    session = await phone.in_call(visit)
    if session is not None and visit.house.waits(visit.person, session):
        await visit.say(phone.on_the_line(visit, session))
    elif session is not None:
        await visit.say(
            Message("That is a forwarded message, so I haven't said it. Write it in your own words and it is said.")
        )
    else:
        await visit.say(
            Ink()
            .plain(f"A forwarded message may be somebody else's, so I leave it. {READS_FILES}")
            .message(menu.buttons())
        )


async def stale_tap(visit: Visit) -> None:
    """A button of another version, or made up."""
    await visit.nod("That button is from another time. /start shows the menu.")


async def in_a_group(house: House, update: Update) -> None:
    """One polite line in a group, once and for all; a group that has grown into a supergroup is the same one."""
    chat, message = update.effective_chat, update.message
    if chat is None:
        return
    if message is not None and message.migrate_to_chat_id is not None:
        await house.log.told_group(message.migrate_to_chat_id)
    elif await house.log.told_group(chat.id):
        with suppress(TelegramError):  # where the bot may not write, nobody of the group has blocked it
            await house.post.at_once(chat.id, Message(ONLY_PRIVATE.format(name=house.name)))


async def membership(house: House, update: Update) -> None:
    """The bot was blocked, or let in again; or put into a group."""
    change, chat = update.my_chat_member, update.effective_chat
    if change is None or chat is None:
        return
    status = change.new_chat_member.status
    if chat.type != "private":
        if chat.type in ("group", "supergroup") and status in (ChatMember.MEMBER, ChatMember.ADMINISTRATOR):
            await in_a_group(house, update)
        elif status in GONE:
            await house.log.forget_group(chat.id)
        return
    person = await house.person(change.from_user.id)
    if person is None:
        return
    if status in GONE:
        await house.log.nobody_there(person.id)
    else:
        await house.log.block(person.id, False)
    house.lost_track(person.id)
    await house.look_again(change.from_user.id)


async def away(visit: Visit) -> None:
    """ "Carry on?" after an outage: say what was written meanwhile, or leave it."""
    await visit.nod()
    await visit.strip()
    delivery = visit.house.post.delivery
    visit.house.away.discard(visit.id)
    if delivery is None:
        return
    held = await visit.thread(delivery.held, visit.person)
    delivery.carried_on(visit.person)
    words = [
        u.message.text for u in held if u.message is not None and u.message.text and not u.message.text.startswith("/")
    ]
    numbers = [u.update_id for u in held]
    if visit.word() == "yes" and words and await phone.in_call(visit) is not None:
        await ongoing_call.say_at_once(visit, "\n".join(words), numbers)
        return
    await delivery.done(numbers)
    if not any([await care.told(visit, said) for said in words]):
        await menu.menu(visit)


def away_message() -> Message:
    """What is said to who wrote while nobody was here."""
    ink = Ink().plain("I was away for a while. What you wrote has arrived, and nobody has answered it yet. Carry on?")
    return ink.message(rows(tap("Carry on", "away", "yes"), tap("Leave it", "away", "no"), wide=2))
