"""The commands of `runner-up`, by name: what the command line loads, and what a message may tell somebody to type."""

from __future__ import annotations

COMMANDS: dict[str, tuple[str, str]] = {
    # name → (module, what it does in a line; shown by --help without loading anything)
    "call": ("bot.cli.call", "practise a call in this terminal"),
    "serve": ("bot.cli.serve", "answer Telegram until stopped"),
    "hear": ("bot.cli.hear", "show which moves are heard in a sentence"),
    "replay": ("bot.cli.replay", "replay a play, a logged call or a transcript, and show every difference"),
    "sessions": ("bot.cli.sessions", "list, show, review, search, export, keep or delete calls"),
    "progress": ("bot.cli.progress", "how your calls have gone, by skill and by level"),
    "decode": ("bot.cli.decode", "guess how open a manager's line really was"),
    "real": ("bot.cli.real", "plan the real call, and note what came of it"),
    "scenarios": ("bot.cli.scenarios", "list, show, check, map, simulate or write managers to call"),
    "db": ("bot.cli.db", "look after the log: migrate, backup, check, purge, status"),
    "privacy": ("bot.cli.privacy", "what is kept here, where, for how long, and who can read it"),
    "doctor": ("bot.cli.doctor", "what a host should know before and while it runs"),
}

NOUNS = ("sessions", "scenarios", "real", "db")
"""Commands that have commands of their own."""
