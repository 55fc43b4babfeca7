"""What is kept and who can read it, in plain words: the two sentences before consent, and /privacy."""

from __future__ import annotations

from bot.settings import Settings
from bot.telegram.buttons import rows, tap
from bot.telegram.say import Ink, Message

VERSION = "1"
"""Raised when the text changes in a way that people should hear about."""


def operator(settings: Settings) -> str:
    """Who runs this bot, as they wish to be named."""
    return f"{settings.operator}, who runs this bot," if settings.operator else "the person who runs this bot"


def short(settings: Settings) -> str:
    """Two sentences: what this is; what is kept and who can read it."""
    return (
        "Here you rehearse phoning the hiring manager after a rejection: you write what you would say, an invented manager answers "
        "in character, and afterwards you see what opened the door. Your calls are kept word for word on the computer this bot "
        f"runs on, for {days(settings.retention_days)} or as long as you choose; you and {operator(settings)} can read them, and "
        "nobody else."
    )


def days(number: int) -> str:
    """A number of days, as one says it."""
    return "one day" if number == 1 else f"{number} days"


def page(settings: Settings, *, agreed: bool, invited: bool = True) -> Message:
    """/privacy; who may not come in is not asked to agree."""
    ink = Ink().bold("What is kept, and who can read it")
    for head, text in sections(settings):
        ink.plain("\n\n").bold(head).plain(f"\n{text}")
    if not agreed and not invited:
        return ink.message()
    if not agreed:
        return ink.message(rows(tap("I agree, let's begin", "agree")))
    return ink.message(rows(tap("Send me everything", "export"), tap("Delete everything", "delete"), wide=2))


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
        ("Who can read it", f"You and {operator(settings)}. Other users cannot read, search or guess it.".replace(",.", ".")),
        ("What for", "Your practice and your review of it. Nothing is sent anywhere else, nothing is measured, no language "
                     "model reads along, and nothing is used to improve the program unless you agree to that separately."),
        ("Yours to take or remove", "/export sends you everything at once. /delete removes it for good, from the search index "
                                    "too, and from backups within 7 days."),
        ("Who answers for it", f"{settings.operator or 'The person who runs this bot'}. Write to them about anything on this page."),
    ]  # fmt: skip
