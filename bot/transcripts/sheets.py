"""CSV as this project writes it: safe to open in a spreadsheet, and readable back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that make a spreadsheet calculate, or hide that it does."""


def cell(value: Any) -> Any:
    """A value as it may stand in a cell: text that could be taken for a formula gets an apostrophe before it."""
    if isinstance(value, str) and (value.startswith(FORMULA) or (value[:1] == "'" and value[1:].startswith(FORMULA))):
        return "'" + value
    if isinstance(value, list | tuple):
        return cell(", ".join(map(str, value)))
    return value


def bare(text: str) -> str:
    """What `cell` was given: without the apostrophe it put there."""
    return text[1:] if text[:1] == "'" and cell(text[1:]) == text else text


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
