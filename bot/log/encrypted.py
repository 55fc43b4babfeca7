"""The encrypted log: SQLCipher in place of SQLite, with a key from a file (docs/log.md says what that costs).

Installed with `runner-up[encrypted]`; the key file holds 64 hex digits and lies apart from the log.
"""

from __future__ import annotations

import importlib
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

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


class Translated:
    """A SQLCipher connection or cursor whose errors are those of sqlite3, so that the log knows one kind of them."""

    def __init__(self, inner: Any, errors: Any) -> None:
        object.__setattr__(self, "_inner", inner)
        object.__setattr__(self, "_errors", errors)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        return self._call(found) if callable(found) else found

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._inner, name, value)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.fetchall())

    def _call(self, method: Any) -> Any:
        def translated(*args: Any, **named: Any) -> Any:
            try:
                found = method(*args, **named)
            except self._errors.Error as error:
                raise _as_sqlite3(error) from None
            return Translated(found, self._errors) if isinstance(found, self._errors.Cursor) else found

        return translated


def _as_sqlite3(error: Exception) -> sqlite3.Error:
    kind = getattr(sqlite3, type(error).__name__, sqlite3.DatabaseError)
    same: sqlite3.Error = kind(*error.args)
    for name in ("sqlite_errorcode", "sqlite_errorname"):
        if hasattr(error, name):
            setattr(same, name, getattr(error, name))
    return same


def connect(path: str, key: str, **how: Any) -> sqlite3.Connection:
    """A connection to an encrypted log. Raises NoKey without SQLCipher; a wrong key shows at the first read."""
    module = sqlcipher()
    try:
        db = module.connect(path, **how)
    except module.Error as error:
        raise _as_sqlite3(error) from None
    db.row_factory = None
    db.execute(f"PRAGMA key = \"x'{key}'\"")  # hex digits only, checked when read
    same: Any = Translated(db, module)
    return cast("sqlite3.Connection", same)


def rows_of(db: sqlite3.Connection) -> Any:
    """The class of rows that fits a connection."""
    return sqlcipher().Row if isinstance(db, Translated) else sqlite3.Row


def plain(db: sqlite3.Connection) -> sqlite3.Connection:
    """The connection itself, for sqlite-utils, which looks at its kind."""
    return db._inner if isinstance(db, Translated) else db


def read_key(path: Path) -> str:
    """The 64 hex digits of a key file. Raises NoKey, never with the key in the message."""
    try:
        text = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise NoKey(f"RUNNER_UP_DB_KEY_FILE: {path} cannot be read") from None
    if not re.fullmatch(r"[0-9a-fA-F]{64}", text):
        raise NoKey(f"RUNNER_UP_DB_KEY_FILE: {path} does not hold 64 hex digits; make one with: openssl rand -hex 32")
    return text
