"""What is kept and who can read it, as the chat says it: the two sentences before consent, and /privacy."""

from __future__ import annotations

from bot.privacy import days, of_chat, operator
from bot.settings import Settings
from bot.telegram.buttons import rows, tap
from bot.telegram.messages import Ink, Message

VERSION = "1"
"""Raised when the text changes in a way that people should hear about."""


def short(settings: Settings) -> str:
    """Two sentences: what this is; what is kept and who can read it."""
    return (
        "Here you rehearse phoning the hiring manager after a rejection: you write what you would say, an invented manager answers "
        "in character, and afterwards you see what opened the door. Your calls are kept word for word on the computer this bot "
        f"runs on, for {days(settings.retention_days)} or as long as you choose; you and {operator(settings)} can read them, and "
        "nobody else."
    )


def page(settings: Settings, *, agreed: bool, invited: bool = True) -> Message:
    """/privacy; who may not come in is not asked to agree."""
    ink = Ink().bold("What is kept, and who can read it")
    for head, text in of_chat(settings):
        ink.plain("\n\n").bold(head).plain(f"\n{text}")
    if not agreed and not invited:
        return ink.message()
    if not agreed:
        return ink.message(rows(tap("I agree, let's begin", "agree")))
    return ink.message(rows(tap("Send me everything", "export"), tap("Delete everything", "delete"), wide=2))
