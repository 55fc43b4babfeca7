"""What the host set in the environment, read once into a frozen object.

A wrong value is one line that names the variable and the way out. The token is never an option on the command line, and it
never shows in `repr(settings)`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs


class BadSetting(ValueError):
    """A variable of the environment holds something that cannot be used; the message names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The environment of one process. Days, a factor for pauses, a port; addresses without a trailing slash."""

    token: str = field(default="", repr=False)
    base_url: str = "https://api.telegram.org/bot"
    base_file_url: str = "https://api.telegram.org/file/bot"
    db: Path = Path("runner-up.db")
    scenarios: Path | None = None
    access: str = "invite"
    admins: frozenset[int] = frozenset()
    hearing: str = "full"
    pace: float = 1.0
    retention_days: int = 90
    webhook_url: str = ""
    webhook_secret: str = field(default="", repr=False)
    port: int = 8080
    key_file: Path | None = None
    durability: str = "full"
    log_level: str = "INFO"
    operator: str = ""

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Settings:
        """The settings in this environment. Raises BadSetting for the first value that cannot be used."""
        env = _Environment(environ)
        base, files = env.addresses()
        return cls(
            token=env.token(),
            base_url=base,
            base_file_url=files,
            db=env.path("RUNNER_UP_DB") or default_db(),
            scenarios=env.folder("RUNNER_UP_SCENARIOS"),
            access=env.choice("RUNNER_UP_ACCESS", ("invite", "open")),
            admins=env.ids("RUNNER_UP_ADMINS"),
            hearing=env.choice("RUNNER_UP_HEARING", ("full", "light")),
            pace=env.number("RUNNER_UP_PACE", 0, 10, 1),
            retention_days=int(env.number("RUNNER_UP_RETENTION_DAYS", 1, 36_500, 90, whole=True)),
            webhook_url=env.webhook(),
            webhook_secret=env.text("WEBHOOK_SECRET"),
            port=int(env.number("PORT", 1, 65_535, 8080, whole=True)),
            key_file=env.path("RUNNER_UP_DB_KEY_FILE"),
            durability=env.choice("RUNNER_UP_DURABILITY", ("full", "normal")),
            log_level=env.choice("RUNNER_UP_LOG_LEVEL", ("INFO", "DEBUG", "WARNING", "ERROR")),
            operator=env.text("RUNNER_UP_OPERATOR")[:200],
        )


def default_db() -> Path:
    """Where the log lies when nothing is said: a file in the user's data folder. Raises BadSetting for a user without a home."""
    try:
        return platformdirs.user_data_path("runner-up", appauthor=False) / "runner-up.db"
    except RuntimeError:
        raise BadSetting("This user has no home folder for the log; set RUNNER_UP_DB to a file") from None


def is_default_db(path: Path) -> bool:
    """Whether the log lies where it does when nothing is said; some users of a system, as of a service, have no such place."""
    try:
        return path == default_db()
    except BadSetting:
        return False


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read at the first asking."""
    return Settings.read(os.environ)


class _Environment:
    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    def text(self, name: str) -> str:
        return self._environ.get(name, "").strip()

    def choice(self, name: str, known: tuple[str, ...]) -> str:
        value = self.text(name) or known[0]
        match = {k.casefold(): k for k in known}.get(value.casefold())
        if match is None:
            raise BadSetting(f"{name} is '{value[:40]}'; it can be {' or '.join(known)}")
        return match

    def number(self, name: str, low: float, high: float, default: float, *, whole: bool = False) -> float:
        value = self.text(name)
        if not value:
            return default
        shape = r"\d{1,6}" if whole else r"\d{1,6}(?:\.\d{1,6})?"
        if not re.fullmatch(shape, value) or not low <= float(value) <= high:
            kind = "a whole number" if whole else "a number"
            raise BadSetting(f"{name} is '{value[:40]}'; it wants {kind} from {low:g} to {high:g}")
        return float(value)

    def ids(self, name: str) -> frozenset[int]:
        parts = [p for p in re.split(r"[\s,;]+", self.text(name)) if p]
        for part in parts:
            if not re.fullmatch(r"\d{1,16}", part):
                raise BadSetting(
                    f"{name} holds '{part[:40]}'; it wants Telegram ids (numbers), with commas between them"
                )
        return frozenset(int(p) for p in parts)

    def path(self, name: str) -> Path | None:
        value = self.text(name)
        if value == ":memory:":
            raise BadSetting(f"{name} is ':memory:', and a log is kept in a file; name one, or call with --no-log")
        if "\0" in value:
            raise BadSetting(f"{name} holds a character that no path can have")
        try:
            return Path(value).expanduser() if value else None
        except RuntimeError:
            raise BadSetting(f"{name} begins with ~, and that user has no home folder; write the whole path") from None

    def folder(self, name: str) -> Path | None:
        path = self.path(name)
        if path is not None and not path.is_dir():
            raise BadSetting(f"{name} is '{path}', which is no folder; make it, or unset {name}")
        return path

    def token(self) -> str:
        value = self.text("TELEGRAM_BOT_TOKEN")
        if value and not re.fullmatch(r"\d{3,16}:[A-Za-z0-9_-]{20,100}", value):
            # The value is not repeated: it may be a token with a letter missing.
            raise BadSetting(
                "TELEGRAM_BOT_TOKEN is not shaped like a token (123456:ABC…); copy it from BotFather again"
            )
        return value

    def address(self, name: str) -> str:
        value = self.text(name)
        if not value:
            return ""
        try:
            parts = urlsplit(value)
            _ = parts.port  # worked out, and refused, at the asking
        except ValueError:
            raise BadSetting(f"{name} is no web address: its host or its port cannot be") from None
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise BadSetting(f"{name} is no web address; it begins with https:// or http://")
        return value.rstrip("/")

    def addresses(self) -> tuple[str, str]:
        base = self.address("TELEGRAM_BASE_URL") or "https://api.telegram.org"
        root = base.removesuffix("/bot")
        files = self.address("TELEGRAM_BASE_FILE_URL") or f"{root}/file"
        return f"{root}/bot", f"{files.removesuffix('/bot')}/bot"

    def webhook(self) -> str:
        url = self.address("WEBHOOK_URL")
        if not url:
            return ""
        secret = self.text("WEBHOOK_SECRET")
        if not secret:
            raise BadSetting("WEBHOOK_URL is set, but WEBHOOK_SECRET is not; set one of 16 or more letters and digits")
        if not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", secret):
            raise BadSetting("WEBHOOK_SECRET wants 16 to 256 letters, digits, _ or -")
        return url
