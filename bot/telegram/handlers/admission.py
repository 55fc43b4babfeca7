"""The door: who may come in, what they agree to, and where they wanted to go.

Nothing but the Telegram id is kept before somebody agrees, and of a stranger not even that: where they were going travels in the
consent button itself.
"""

from __future__ import annotations

from datetime import timedelta

from bot.telegram.buttons import key, rows, tap
from bot.telegram.handlers import dial, menu, privacy
from bot.telegram.messages import Ink, Message
from bot.telegram.visit import Visit
from dialogs.patterns import lazy

A_DAY = timedelta(days=1)
INVITATION = "in_"
CALL = "call_"
_PAYLOAD = lazy(r"[A-Za-z0-9_-]{1,64}")

BY_INVITATION = "This bot is by invitation. If somebody you know runs it, ask them for a link; it looks like this: t.me/{name}?start=…"
STILL_BY_INVITATION = (
    "Still by invitation: without a link I can't let you in, and with one you are welcome at any time."
)
OLD_INVITATION = "That invitation has been used or has run out. Ask for a new one; they are quickly made."


async def start(visit: Visit) -> None:
    """/start, with or without something after it."""
    payload = visit.word() if _PAYLOAD.fullmatch(visit.word()) else ""
    if payload.startswith(INVITATION):
        await _come_in(visit, payload.removeprefix(INVITATION))
        return
    onward = payload.removeprefix(CALL) if payload.startswith(CALL) else ""
    if not await let_in(visit):
        return
    if visit.known is None or not visit.known.agreed:
        await ask_consent(visit, onward if payload.startswith(CALL) else None)
    elif payload.startswith(CALL):
        await dial.call(visit, onward)
    else:
        await menu.menu(visit)


async def _come_in(visit: Visit, code: str) -> None:
    was = visit.known
    visit.known = await visit.house.log.redeem(code, visit.user.id)
    if visit.known is None:
        visit.known = was
        if was is None and not await let_in(visit, say=False):
            await visit.say(Message(OLD_INVITATION))
            return
    await visit.look_again()
    if visit.known is None or not visit.known.agreed:
        await ask_consent(visit, None)
        return
    if visit.known.role == "owner" and (was is None or was.role != "owner"):
        await visit.say(
            Message("You own this bot now. /invite makes a link for somebody else, /status says how it is doing.")
        )
    await menu.menu(visit)


async def let_in(visit: Visit, *, say: bool = True) -> bool:
    """Whether this person may use the bot; a stranger is told how to come in, once more shortly, and then not for an hour."""
    if visit.known is not None or visit.house.settings.access == "open":
        return True
    if visit.user.id in visit.house.settings.admins:
        # Owners by the setting are owners as long as they stand in it: the log does not make them so for ever.
        visit.known = await visit.house.log.meet(visit.user.id)
        await visit.look_again()
        return True
    if say and visit.house.first_time("invitation", visit.user.id):
        await visit.say(Message(BY_INVITATION.format(name=visit.house.name or "…")))
    elif say and visit.house.first_time("invitation again", visit.user.id):
        await visit.say(Message(STILL_BY_INVITATION))
    return False


async def ask_consent(visit: Visit, onward: str | None) -> None:
    """Say what this is and what is kept, and ask. `onward`: the call they were on the way to ("" for any)."""
    goes_on = () if onward is None else ("call", key(onward) if onward else "")
    ink = Ink().bold("Practise the call you'd rather not make.").plain("\n\n" + privacy.short(visit.house.settings))
    if visit.house.is_owner(visit.known, visit.user.id):
        ink.plain("\n\nYou own this bot: /invite makes a link for somebody else, /status says how it is doing.")
    await visit.say(
        ink.message(rows(tap("I agree, let's begin", "agree", *goes_on), tap("What is kept, exactly?", "privacy")))
    )


async def agreed(visit: Visit) -> None:
    """The consent button."""
    if not await let_in(visit):
        await visit.nod("This bot is by invitation.")
        return
    new = visit.known is None or not visit.known.agreed
    if new and _of_earlier(visit):
        await visit.nod("That button is from another time. Here is what it says today.")
        await visit.strip()
        await ask_consent(visit, visit.word(1) if visit.word() == "call" else None)
        return
    await visit.nod("Thank you.")
    if visit.known is None or not visit.known.agreed:
        person = visit.known or await visit.house.log.meet(visit.user.id)
        await visit.house.log.agree(person.id, privacy.VERSION)
        await visit.look_again()
    await visit.strip()
    if visit.word() == "call":
        await dial.call(visit, visit.word(1))
    else:
        await menu.menu(visit, first=True)


def _of_earlier(visit: Visit) -> bool:
    """Whether this consent button was put before its person erased everything, or a day ago.

    Who erased everything has taken their consent back with it, and nobody who meets an old button in their chat expects to be read from then on;
    what it says may have changed too. Nothing is kept on the disk of who was erased, so that after a restart the button's age has to do. Times are
    Telegram's: by a wrong clock of ours nobody could ever agree.
    """
    query = visit.tapped
    shown = query.message if query is not None else None
    if shown is None:
        return False
    if shown.message_id <= (visit.house.erased_at.get(visit.user.id) or 0):
        return True
    delivery = visit.house.post.delivery
    latest = delivery.inbox.latest if delivery is not None else None
    return (latest or visit.house.log.clock()) - shown.date > A_DAY
