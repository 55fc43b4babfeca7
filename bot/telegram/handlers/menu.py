"""The menu: nothing needs to be typed until the call. And /help, which lists what the command menu lists."""

from __future__ import annotations

from bot.ladder import goal_of
from bot.telegram.buttons import Button, Rows, key, rows, tap
from bot.telegram.handlers import phone
from bot.telegram.messages import Ink, Message
from bot.telegram.visit import Visit
from dialogs.ladder import rungs
from dialogs.scenario import Scenario

A_PAGE = 6
COMMANDS: tuple[tuple[str, str], ...] = (
    ("call", "practise a call, with the next manager or one you name"),
    ("managers", "choose whom to call, or be surprised"),
    ("own", "rehearse your own call"),
    ("hint", "in a call: what a good caller might try next"),
    ("undo", "in a call: take your last words back"),
    ("hangup", "in a call: ring off"),
    ("why", "how your last words were heard, and what they did"),
    ("calls", "your past calls: read, review, try again"),
    ("search", "find words in your past calls"),
    ("progress", "how your calls have gone"),
    ("decode", "a drill: how open was that line?"),
    ("model", "two model calls to read, a bad one and a good one"),
    ("plan", "the real call: plan it, be reminded, tell what came of it"),
    ("settings", "pace, hints, how long calls are kept, your clock, reminders"),
    ("privacy", "what is kept and who can read it"),
    ("export", "everything of yours, as files"),
    ("delete", "remove everything of yours"),
    ("cancel", "leave what I asked; in a call: the ways out of it"),
    ("help", "this list"),
    ("start", "the menu"),
)
"""The command menu and /help, in order. The owner's commands are in neither."""


async def menu(visit: Visit, *, first: bool = False) -> None:
    """The menu, and the call that waits, if one does."""
    session = await phone.in_call(visit)
    if session is not None:
        await visit.say(phone.on_the_line(visit, session))
        return
    ink = Ink()
    if first:
        easiest = rungs()[0]
        ink.bold("Good. The easiest call comes first.").plain(
            f"\n{goal_of(easiest.name)} You can do no harm here: after every call you can try the same moment again."
        )
    else:
        ink.plain("What would you like to do?")
    await visit.say(ink.message(buttons()))


def buttons() -> Rows:
    """The menu's buttons."""
    return (
        (tap("📞 Practise a call", "call"),),
        (tap("Choose a manager", "managers", 0), tap("My own call", "own")),
        (tap("Past calls", "calls", 0), tap("Help", "help")),
    )


def back() -> Button:
    """The button that leads to the menu."""
    return tap("Menu", "menu")


async def managers(visit: Visit) -> None:
    """A page of managers; a tap calls one."""
    everyone = list((await visit.thread(visit.house.managers)).values())
    held = await visit.thread(visit.house.log.held, visit.id)
    own = list((await visit.thread(visit.house.own, visit.person)).values())
    page = page_of(own + everyone, visit.number())
    ink = Ink().bold("Whom would you like to call?")
    for scenario in page.things:
        ink.plain("\n\n").bold(scenario.title)
        ink.plain(" ✓" if scenario.name in held else "")
        about = (
            "Your own call."
            if scenario in own
            else (scenario.about or (scenario.teaches and f"To learn: {scenario.teaches}."))
        )
        ink.plain(f"\n{about}" if about else "")
    if not page.things:
        ink.plain(
            "\n\nThere is nobody to call yet. Whoever runs this bot can add managers; meanwhile /own makes one for you."
        )
    buttons = rows(*(_manager(s, own=s in own) for s in page.things))
    lot = (tap("🎲 Surprise me", "surprise"),) if everyone else ()
    message = ink.message((*buttons, *page.buttons("managers"), (*lot, back())))
    await (visit.redraw(message) if visit.tapped else visit.say(message))


def _manager(scenario: Scenario, *, own: bool) -> Button:
    return tap(f"📞 {scenario.manager}, {scenario.company}"[:60], "mine" if own else "call", key(scenario.name))


class Page:
    """One page of a longer list."""

    def __init__(self, number: int, pages: int, things: list[Scenario]) -> None:
        self.number, self.pages, self.things = number, pages, things

    def buttons(self, verb: str) -> Rows:
        """Back and on, where there is something."""
        return turning(verb, self.number, self.pages)


def page_of(things: list[Scenario], number: int) -> Page:
    """The page of this number, or the nearest there is."""
    pages = max(1, -(-len(things) // A_PAGE))
    number = min(max(number, 0), pages - 1)
    return Page(number, pages, things[number * A_PAGE : (number + 1) * A_PAGE])


def turning(verb: str, number: int, pages: int, *words: str) -> Rows:
    """The buttons that turn a page."""
    row = [tap("← Back", verb, *words, number - 1)] if number > 0 else []
    row += [tap("More →", verb, *words, number + 1)] if number < pages - 1 else []
    return (tuple(row),) if row else ()


async def help_(visit: Visit) -> None:
    """/help: how it goes, and every command."""
    ink = (
        Ink()
        .bold("How it goes")
        .plain(
            "\nYou call, the manager answers, and you write what you would say, in your own words. Managers are evasive at first, as they are "
            "told to be; how much they tell depends on how you ask. Change your mind about your last words by editing that message. "
            "After the call you guess first, then you see what worked, what to change, and what was in the sealed envelope.\n"
        )
    )
    for name, about in COMMANDS:
        ink.plain(f"\n/{name} – {about}")
    await visit.say(ink.message(buttons()))


async def unknown(visit: Visit) -> None:
    """A command that does not exist."""
    await visit.say(Message("I don't know that command. /help lists those I know; /start shows the menu."))
