"""CSV as this project writes it: safe to open in a spreadsheet, and readable back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dialogs.patterns import lazy

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that make a spreadsheet calculate, or hide that it does."""
_SIGNS = "=+\\-@＝＋－＠"
_UNSEEN = " \\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\xa0\\xad\\u200b-\\u200f\\u2060\\ufeff"
_START = lazy(f"(?:^(?=[{_UNSEEN}]*[{_SIGNS}\\t\\r\\n])|(?<=[;\\t\\r\\n])(?=[{_UNSEEN}]*[{_SIGNS}]))")
_MARKED = lazy(f"(?:^'(?='*[{_UNSEEN}]*[{_SIGNS}\\t\\r\\n])|(?<=[;\\t\\r\\n])'(?='*[{_UNSEEN}]*[{_SIGNS}]))")
"""Where a cell may begin, now or when the table is opened by a spreadsheet that takes another separator (a semicolon where the comma is for
decimals) and then knows nothing of our quotes: at the start, behind a semicolon, a tab or a line's end."""


def cell(value: Any) -> Any:
    """A value as it may stand in a cell: wherever in a text a formula might be found, an apostrophe is put before it."""
    if isinstance(value, str):
        # An apostrophe that stood there already gets one more, so that `bare` knows which is ours.
        return _START.sub("'", _MARKED.sub("''", value))
    if isinstance(value, list | tuple):
        return cell(", ".join(map(str, value)))
    return value


def bare(text: str) -> str:
    """What `cell` was given: without the apostrophes it put there."""
    return _MARKED.sub("", text)


def csv_text(rows: Iterable[Mapping[str, Any]], columns: Sequence[str] = ()) -> str:
    """These rows as CSV with a header; nothing is printed for no rows without columns."""
    kept = list(rows)
    names = list(columns) or (list(kept[0]) if kept else [])
    if not names:
        return ""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_MINIMAL, lineterminator="\n")
    writer.writerow(names)
    for row in kept:
        writer.writerow([cell(row.get(name)) for name in names])
    return out.getvalue()
