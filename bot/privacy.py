"""What is kept and who can read it, in plain words: /privacy in the chat, and `runner-up privacy` in a terminal."""

from __future__ import annotations

from bot.settings import Settings

Sections = list[tuple[str, str]]


def operator(settings: Settings) -> str:
    """Who runs this bot, as they wish to be named."""
    return f"{settings.operator}, who runs this bot," if settings.operator else "the person who runs this bot"


def days(number: int) -> str:
    """A number of days, as one says it."""
    return "one day" if number == 1 else f"{number} days"


WHAT_FOR = (
    "Your practice and your review of it. Nothing is sent anywhere else, nothing is measured, no language "
    "model reads along, and nothing is used to improve the program unless you agree to that separately."
)


def of_chat(settings: Settings) -> Sections:
    """The policy of the chat, point by point."""
    rest = (
        "The log is encrypted on disk."
        if settings.key_file
        else "The log is a file that only the bot's account can open."
    )
    answers = (
        f"{settings.operator}. Write to them about anything on this page."
        if settings.operator
        else "The person who runs this bot, who has put no name here: whoever gave you the link to it. Ask them about anything on this page."
    )
    return [
        ("Kept", "Your Telegram id, and from when you agreed: what you say in calls, how it was understood, what the manager "
                 "answered, your guesses, notes, plans and settings. Your name, photo and phone number are not kept."),
        ("Where", f"In one file on the computer this bot runs on. {rest} Messages reach it through Telegram, and bot chats are "
                  "not end-to-end encrypted, so Telegram can read them too."),
        ("How long", f"{days(settings.retention_days).capitalize()} after a call, unless you mark it to be kept or choose "
                     "another time in /settings. Backups are gone within 7 days after that."),
        ("Who can read it", f"You and {operator(settings)}. Other users cannot read, search or guess it.".replace(",.", ".")),
        ("What for", WHAT_FOR),
        ("Yours to take or remove", "/export sends you everything at once. /delete removes it for good, from the search index "
                                    "too, and from backups within 7 days."),
        ("Who answers for it", answers),
    ]  # fmt: skip


def of_terminal(settings: Settings) -> Sections:
    """The same for whoever uses this terminal."""
    rest = "It is encrypted on disk." if settings.key_file else "Only your account on this computer can open it."
    return [
        ("Kept", "What you say in calls, how it was understood, what the manager answered, your guesses, notes, plans and "
                 "settings. runner-up call --no-log keeps nothing."),
        ("Where", f"In one file on this computer: {settings.db}. {rest}"),
        ("How long", f"{days(settings.retention_days).capitalize()} after a call, or as RUNNER_UP_RETENTION_DAYS says. Backups are "
                     "gone within 7 days after that."),
        ("Who can read it", "Whoever uses this computer under your account, or looks after it."),
        ("What for", WHAT_FOR),
        ("Yours to take or remove", "runner-up sessions export -o FILE writes everything into a file. runner-up sessions delete --all removes it "
                                    "for good, from the search index too, and from backups within 7 days."),
        ("Who answers for it", "You: nobody else runs it."),
    ]  # fmt: skip


def first_time(settings: Settings) -> str:
    """What is said before the first call in a terminal."""
    return (
        f"What you say is kept for {days(settings.retention_days)} in {settings.db}; only whoever uses this computer can read it. "
        "--no-log keeps nothing; runner-up privacy tells more."
    )
