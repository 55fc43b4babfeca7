"""What is kept and who can read it, in plain words: the two sentences before consent, and /privacy."""

from __future__ import annotations

from bot.settings import Settings
from bot.telegram.buttons import rows, tap
from bot.telegram.say import Ink, Message

VERSION = "1"
"""Raised when the text changes in a way that people should hear about."""


def operator(settings: Settings) -> str:
    """Who runs this bot, as they wish to be named."""
    return settings.operator or "the person who gave you the link"


def short(settings: Settings) -> str:
    """Two sentences: what this is; what is kept and who can read it."""
    return (
        "Here you can rehearse phoning the hiring manager after a rejection: you write what you would say, an invented manager "
        "answers in character, and afterwards you see what opened the door and what shut it. Your calls are kept word for word "
        f"on the computer this bot runs on, for {days(settings.retention_days)} unless you choose otherwise, so that you can "
        f"look back on them; you can read them, and so can {operator(settings)}, who runs it, and nobody else here."
    )


def days(number: int) -> str:
    """A number of days, as one says it."""
    return "one day" if number == 1 else f"{number} days"


def page(settings: Settings, *, agreed: bool) -> Message:
    """/privacy."""
    ink = Ink().bold("What is kept, and who can read it")
    for head, text in sections(settings):
        ink.plain("\n\n").bold(head).plain(f"\n{text}")
    buttons = rows(tap("Send me everything", "export"), tap("Delete everything", "delete"), wide=2) if agreed else ()
    return ink.message(buttons)


def sections(settings: Settings) -> list[tuple[str, str]]:
    """The policy, point by point."""
    rest = (
        "The log is encrypted on disk."
        if settings.key_file
        else "The log is a file that only the bot's account can open."
    )
    return [
        ("Kept", "Your Telegram id, and from when you agreed: what you say in calls, how it was understood, what the manager "
                 "answered, your guesses, notes, plans and settings. Your name, photo and phone number are not kept."),
        ("Where", f"In one file on the computer this bot runs on. {rest} Messages reach it through Telegram, and bot chats are "
                  "not end-to-end encrypted, so Telegram can read them too."),
        ("How long", f"{days(settings.retention_days).capitalize()} after a call, unless you mark it to be kept or choose "
                     "another time in /settings. Backups are gone within 7 days after that."),
        ("Who can read it", f"You, and {operator(settings)}, who runs this bot. Other users cannot read, search or guess it."),
        ("What for", "Your practice and your review of it. Nothing is sent anywhere else, nothing is measured, no language "
                     "model reads along, and nothing is used to improve the program unless you agree to that separately."),
        ("Yours to take or remove", "/export sends you everything at once. /delete removes it for good, from the search index "
                                    "too, and from backups within 7 days."),
        ("Who answers for it", f"{operator(settings).capitalize()}. Write to them about anything on this page."),
    ]  # fmt: skip
