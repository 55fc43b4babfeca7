"""The encrypted log: SQLCipher in place of SQLite, with a key from a file (docs/log.md says what that costs).

Installed with `runner-up[encrypted]`; the key file holds 64 hex digits and lies apart from the log.
"""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Any

from bot.log.faults import LogFault


class NoKey(LogFault):
    """The key of an encrypted log cannot be used."""

    code = 78


def sqlcipher() -> Any:
    """The SQLCipher module. Raises NoKey when the extra is not installed."""
    try:
        return importlib.import_module("sqlcipher3.dbapi2")
    except ImportError:
        raise NoKey(
            "RUNNER_UP_DB_KEY_FILE is set, but SQLCipher is missing; pip install 'runner-up[encrypted]'"
        ) from None


def read_key(path: Path) -> str:
    """The 64 hex digits of a key file. Raises NoKey, never with the key in the message."""
    try:
        text = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise NoKey(f"RUNNER_UP_DB_KEY_FILE: {path} cannot be read") from None
    if not re.fullmatch(r"[0-9a-fA-F]{64}", text):
        raise NoKey(f"RUNNER_UP_DB_KEY_FILE: {path} does not hold 64 hex digits; make one with: openssl rand -hex 32")
    return text
