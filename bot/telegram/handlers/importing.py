"""A transcript that somebody sends as a file, brought in as calls of theirs to read.

It is refused by its size before it is fetched, and read in a process of its own (bot/transcripts).
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from bot.delivery.files import FileGone, FileNotFetched
from bot.hearing import hearing_name
from bot.log.export import BadExport
from bot.telegram.buttons import rows, tap
from bot.telegram.handlers import asking, phone
from bot.telegram.messages import Ink, Message
from bot.telegram.visit import Visit

if TYPE_CHECKING:
    from bot.transcripts.keeping import Kept

LARGEST = 20_000_000  # bytes a bot may fetch; bot/transcripts has its own, smaller limits
MOST_NAMES = 8
TOO_LARGE = "That file is larger than I may fetch. Send only the conversation."
NOT_FETCHED = "The file didn't reach me: the connection to Telegram broke. Please send it again."
NOT_FETCHED_AGAIN = "The file didn't reach me: the connection to Telegram broke. Please tap that again in a minute."
READERS = ThreadPoolExecutor(2, "reading")
"""Who reads files: it may take a busy machine a minute, and must not keep the threads from others in which the log is read."""

logger = logging.getLogger("runner-up.chat")


async def document(visit: Visit) -> None:
    """A file: a transcript, or one's own export."""
    session = await phone.in_call(visit)
    file = visit.message.document if visit.message is not None else None
    if file is None:
        return
    if session is not None:
        if visit.house.waits(visit.person, session):
            await visit.say(phone.on_the_line(visit, session))
        else:
            await visit.say(
                Message("On the phone nobody can see a file. Send it after the call, and I'll bring it in.")
            )
        return
    if (file.file_size or 0) > LARGEST:
        await visit.say(Message(TOO_LARGE))
        return
    await _bring(visit, file.file_id, file.file_name or "", None)


async def which(visit: Visit) -> None:
    """Which of the speakers is oneself was tapped."""
    asked = asking.question(visit)
    names = list(asked.get("names", [])) if asked is not None and asked.get("what") == "import" else []
    at = visit.number(0, -1)
    if asked is None or not 0 <= at < len(names):
        await visit.nod("That button is from another time.")
        return
    await visit.nod()
    if await _bring(visit, str(asked["file"]), str(asked["name"]), str(names[at])):
        await asking.ask(visit, None)
        await visit.strip()


async def _bring(visit: Visit, file_id: str, name: str, you: str | None) -> bool:
    """Fetch and keep it. False while the question who one is stands open: asked just now, or to be answered again in a minute."""
    from bot.transcripts.bounded import TooBusy  # few bring a file, so what reads one is loaded by the first who does
    from bot.transcripts.roles import WhichIsYou
    from bot.transcripts.talk import BadTranscript

    await visit.house.post.typing(visit.chat_id)
    try:
        content = await visit.house.post.fetch(file_id, LARGEST)
        if content is None:
            await visit.say(Message(TOO_LARGE))
            return True
        kept = await asyncio.get_running_loop().run_in_executor(READERS, _keep, visit, content, name, you)
    except WhichIsYou as which:
        if you is not None:
            await visit.strip()
        names = list(which.names[:MOST_NAMES])
        await asking.ask(visit, {"what": "import", "file": file_id, "name": name[:100], "names": names})
        ink = Ink().bold("Which of these is you?")
        await visit.say(ink.message((*rows(*(tap(n[:40], "me", i) for i, n in enumerate(names))),)))
        return False
    except FileNotFetched as error:
        logger.warning("a file could not be fetched (%s)", error)
        await visit.say(Message(NOT_FETCHED if you is None else NOT_FETCHED_AGAIN))
        return False
    except FileGone:
        await visit.say(Message("Telegram doesn't give me that file any more. Please send it again."))
    except TooBusy as error:
        await visit.say(Message(str(error)))
        return False
    except (BadTranscript, BadExport) as error:
        await visit.say(Message(str(error)))
    else:
        await visit.say(_brought(kept))
    return True


def _keep(visit: Visit, content: bytes, name: str, you: str | None) -> Kept:
    from bot.transcripts.bounded import read_bytes
    from bot.transcripts.keeping import keep

    house = visit.house
    return keep(
        house.log,
        visit.id,
        read_bytes(content, name),
        you=you,
        mine=True,
        hearing=hearing_name(),
        ear=house.ear,
    )


def _brought(kept: Kept) -> Message:
    count = len(kept.sessions)
    ink = Ink().plain("One call is in. /calls has it." if count == 1 else f"{count} calls are in. /calls lists them.")
    if kept.already:
        ink.plain(f" {kept.already} had been here already.")
    return ink.message(
        rows(
            tap("See how it went", "debrief", kept.sessions[0]) if count == 1 else None,
            *(tap("Read it" if count == 1 else f"Read {i}", "show", s, 0) for i, s in enumerate(kept.sessions[:5], 1)),
            tap("All calls", "calls", 0),
        )
    )
