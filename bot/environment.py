"""Every variable of the environment that the program reads, as README and `--help` tell them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable a host can set: its name, what holds when it is not set, and what it does."""

    name: str
    shown_default: str
    meaning: str


VARIABLES: tuple[Variable, ...] = (
    Variable("TELEGRAM_BOT_TOKEN", "–", "the bot's token; never an option on the command line"),
    Variable("TELEGRAM_BASE_URL", "Telegram's own", "another Bot API server, with or without a trailing `/bot`"),
    Variable("TELEGRAM_BASE_FILE_URL", "derived", "where that server serves files"),
    Variable("RUNNER_UP_DB", "a file in your data folder", "the log; `runner-up sessions path` prints where it is"),
    Variable("RUNNER_UP_SCENARIOS", "–", "a folder of your own scenarios"),
    Variable(
        "RUNNER_UP_ACCESS",
        "invite",
        "`invite`: strangers need the link that `serve` prints or the owner makes; `open`: anyone",
    ),
    Variable("RUNNER_UP_ADMINS", "–", "Telegram ids that may run the owner's commands, separated by commas"),
    Variable("RUNNER_UP_HEARING", "full", "`full` or `light`: how much the bot spends on understanding"),
    Variable("RUNNER_UP_PACE", "1", "how lifelike the pauses and the typing sign are; 0 answers at once"),
    Variable("RUNNER_UP_RETENTION_DAYS", "90", "how long calls are kept"),
    Variable("RUNNER_UP_OPERATOR", "–", "who runs this bot and how to reach them, as `/privacy` names them"),
    Variable("RUNNER_UP_DB_KEY_FILE", "–", "a file with the key of an encrypted log (extra `encrypted`)"),
    Variable("RUNNER_UP_DURABILITY", "full", "`full`: each turn survives a power cut; `normal`: a killed program"),
    Variable("RUNNER_UP_LOG_LEVEL", "INFO", "how much is written about what happens; never what people say"),
    Variable("WEBHOOK_URL", "–", "the public address, for webhook mode behind a proxy"),
    Variable("WEBHOOK_SECRET", "–", "the secret Telegram sends along; webhook mode does not start without it"),
    Variable("PORT", "8080", "where webhook mode listens, on every address"),
)
