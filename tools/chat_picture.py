"""Pictures of the chat for the README: the beginning of a play held with the real bot, and what both sides sent, drawn.

python -m tools.chat_picture             write docs/pictures/chat.png and docs/pictures/debrief.png
python -m tools.chat_picture --pages     and keep the pages they were drawn from in build/

The bot is the real one (handlers, log, full hearing) on the recorded wire of tests/chat.py; no word of it is typed here, and
the candidate's are the play's. Needs Chromium and its driver (apt install chromium chromium-driver fonts-inter).
"""

from __future__ import annotations

import asyncio
import base64
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image

from bot.log import Log
from bot.settings import Settings
from bot.telegram.buttons import HANG_UP_KEY
from dialogs.transcript import Play, read_play
from tests.browser import Browser, browser
from tests.chat import BOT, TOKEN, Candidate, Desk
from tools.chat_page import WIDTH, Mine, Theirs, page
from tools.renew import ROOT

PLAY = ROOT / "tests" / "calls" / "a-slip-in-writing-is-told-to-someone-who-makes-it-easy.txt"
TURNS = 3  # of the play; then the candidate rings off, so that the debrief has something to say
SKIP = "Skip the guessing"
PICTURES = ROOT / "docs" / "pictures"
COLOURS = 128  # a palette keeps a picture small; flat grounds and grey letters need no more
LARGEST = 250_000  # bytes


class Phone(Candidate):
    """Somebody with a phone, who can show both sides of the chat."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.wrote: dict[int, Mine] = {}

    async def writes(self, text: str) -> None:
        """Say this, and remember having said it."""
        await self.says(text)
        command = len(text.split()[0]) if text.startswith("/") else 0
        self.wrote[self.last] = Mine(text, [{"type": "bot_command", "offset": 0, "length": command}] if command else ())

    def shows(self, after: int = 0) -> list[Mine | Theirs]:
        """The chat from this message on, in order."""
        theirs = {
            s.number: Theirs(
                s.text, s.entities, [[b["text"] for b in row] for row in s.markup.get("inline_keyboard", [])]
            )
            for s in self.sees
        }
        both: dict[int, Mine | Theirs] = {**self.wrote, **theirs}
        return [both[number] for number in sorted(both) if number > after]

    @property
    def keys(self) -> list[str]:
        """The keys that stand where the keyboard was."""
        for shown in reversed(self.sees):
            if "keyboard" in shown.markup or "remove_keyboard" in shown.markup:
                return shown.keys
        return []


async def held(play: Play, folder: Path) -> tuple[str, str]:
    """The call as far as it is held, and its debrief, as pages."""
    db = folder / "log.db"
    name = str(BOT["first_name"])
    with Log.open(db) as log:
        async with Desk(log, Settings(token=TOKEN, db=db, access="open", pace=0.0)) as desk:
            sam = Phone(desk)
            await sam.agrees()
            for _ in range(1, play.seed):  # the seed counts the calls to one manager
                await sam.says(f"/call {play.scenario}")
                await sam.says("/hangup")
            begin = sam.sees[-1].number
            for said in (f"/call {play.scenario}", *play.lines[:TURNS]):
                await sam.writes(said)
            call = page(sam.shows(begin), name=name, keys=sam.keys)
            await sam.writes(HANG_UP_KEY)
            while SKIP in (buttons := sam.sees[-1].buttons):
                guessed = sam.sees[-1].number
                await sam.taps(buttons[len(buttons) // 2])  # a guess, neither the first nor the last
            return call, page(sam.shows(guessed), name=name, keys=sam.keys)


def drawn(pages: Browser, html: str, folder: Path) -> bytes:
    """The page as a PNG, twice as fine, as tall as it is."""
    file = folder / "page.html"
    file.write_text(html, encoding="utf-8")
    pages.open(file.as_uri(), width=WIDTH, dark=False)
    tall = int(pages.run("return Math.ceil(document.documentElement.getBoundingClientRect().height)"))
    pages.cdp("Emulation.setDeviceMetricsOverride", width=WIDTH, height=tall, deviceScaleFactor=2, mobile=False)
    png = base64.b64decode(pages.cdp("Page.captureScreenshot", format="png")["data"])
    small = BytesIO()
    Image.open(BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(
        small, "PNG", optimize=True
    )
    return small.getvalue()


def main() -> int:
    """Draw both; 1 when one is too large for a README."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = asyncio.run(held(read_play(PLAY.read_text("utf-8")), folder))
        too_large = False
        with browser() as pages:
            for title, html in zip(("chat", "debrief"), made, strict=True):
                png = drawn(pages, html, folder)
                (PICTURES / f"{title}.png").write_bytes(png)
                too_large |= len(png) > LARGEST
                print(f"docs/pictures/{title}.png: {len(png) / 1000:.0f} kB")
                if "--pages" in sys.argv[1:]:
                    (ROOT / "build").mkdir(exist_ok=True)
                    (ROOT / "build" / f"{title}.html").write_text(html, encoding="utf-8")
    return 1 if too_large else 0


if __name__ == "__main__":
    sys.exit(main())
