"""Logs for the host that hold neither the token nor anyone's words.

Three layers: the chatty loggers of libraries stay at WARNING whatever level is asked for (httpx writes the token into every
line at INFO, python-telegram-bot whole updates at DEBUG); a formatter replaces whatever looks like a token, in tracebacks too;
and of an exception that may quote somebody's words only the kind is written. What a line quotes is written with %r, so that a
line break or an escape in a name cannot forge a line.
"""

from __future__ import annotations

import logging
import sqlite3
import sys
import traceback
from types import TracebackType

from dialogs.patterns import lazy

TOKEN = lazy(r"(?<!\d)\d{6,12}(?::|%3A)[A-Za-z0-9_-]{30,}")
WITHHELD = "[token]"
CHATTY = ("httpx", "httpcore", "telegram", "aiohttp", "asyncio", "tornado", "urllib3", "hpack", "transitions")
_BREAKS = lazy(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")


class Redacting(logging.Formatter):
    """One record on one line, with its traceback, without the token and without words of users."""

    def __init__(self, token: str = "") -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        """The line as it is written: no token, no traceback's values, and of the library's own lines only numbers and kinds."""
        record.exc_text = None  # another handler may have cached a traceback with everything in it
        if record.name.startswith("telegram") and isinstance(record.args, tuple):
            # The library puts whole updates into its messages: numbers stay, everything else is named by its kind.
            record = logging.makeLogRecord(record.__dict__)
            record.args = tuple(
                a if isinstance(a, (int, float)) else f"<{type(a).__name__}>" for a in record.args or ()
            )
        return self.redact(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        """The line itself: what would break it is written out."""
        return _BREAKS.sub(lambda m: m[0].encode("unicode_escape").decode(), super().formatMessage(record))

    def formatException(  # noqa: N802 - logging's own name
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """The traceback, with the words of an exception only where they cannot be a user's."""
        lines: list[str] = []
        error = ei[1]
        while error is not None and len(lines) < 200:
            lines[:0] = [*_frames(error), f"{type(error).__module__}.{type(error).__qualname__}{_words(error)}"]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(f"  {line}" for line in lines)

    def redact(self, text: str) -> str:
        """The text without anything that is, or looks like, a token."""
        if self._token:
            text = text.replace(self._token, WITHHELD)
        return TOKEN.sub(WITHHELD, text)


def _frames(error: BaseException) -> list[str]:
    return [f"{f.filename}:{f.lineno} in {f.name}" for f in traceback.extract_tb(error.__traceback__)[-25:]]


def _words(error: BaseException) -> str:
    from bot.log.faults import LogFault
    from bot.settings import BadSetting

    ours = isinstance(error, (LogFault, BadSetting, sqlite3.OperationalError, ConnectionError, TimeoutError))
    if ours or type(error).__module__.startswith("telegram."):
        return ": " + _BREAKS.sub(" ", str(error))[:300]
    return " (words withheld)" if str(error) else ""


def redacted(text: str, token: str = "") -> str:
    """A text for the terminal without anything that is, or looks like, a token."""
    return Redacting(token).redact(text)


def set_up_logging(level: str = "INFO", token: str = "") -> None:
    """Log to stderr at this level; also what Python itself would print about an unhandled error."""
    handler = logging.StreamHandler(sys.stderr)
    formatter = Redacting(token)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    for old in list(root.handlers):
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(True)

    def unhandled(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            logging.getLogger("runner-up").critical("stopped by an error", exc_info=(kind, error, trace))

    sys.excepthook = unhandled
