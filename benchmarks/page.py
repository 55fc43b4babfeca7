"""The generated part of docs/benchmarks.md: made from docs/benchmarks.json, which `make bench` writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.rows import GOALS, shown

ROOT = Path(__file__).resolve().parent.parent
JSON = ROOT / "docs/benchmarks.json"
SHORT = {
    "P1": "the CPU of an answer in memory, of that of chatsky",
    "P3": "syncs of the disk for an answer",
    "P4": "an answer that is on disk, of a bare sync",
    "P6": "the CPU of a turn through `serve`, of that of python-telegram-bot's default echo with a commit",
    "P7": "turns a second of 50 chats at 50 ms to Telegram and back, of those of that echo",
    "P8": "answers out of order, lost or doubled, of 1,100 turns",
    "P10": "the CPU of a turn after 200,000 logged ones, of that after 1,000",
    "P12": "memory of a live call",
    "P13": "beginning a call among 100,000 live ones, of that among 1,000",
}
"""What a newcomer may care for, in plain words."""


def table() -> str:
    """Every row, for docs/benchmarks.md."""
    report = _load()
    lines = [
        _dated(report),
        "",
        "| # | what | value | quartiles | wanted: good, moonshot | reached | |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in report["rows"]:
        value, bar = _told(row)
        spread = f"{shown(row['spread']['low'])} – {shown(row['spread']['high'])}" if row["spread"] else ""
        lines.append(
            f"| {row['number']} | {row['about']} | {value} | {spread} | {bar} | {row['reached']} | {row['note']} |"
        )
    return "\n".join(lines) + "\n"


def short_table() -> str:
    """The judged rows a newcomer may care for, for the README."""
    report = _load()
    lines = [_dated(report), "", "| # | what | measured | wanted: good, moonshot | reached |", "|---|---|---|---|---|"]
    for row in report["rows"]:
        if row["reached"] and row["number"] in SHORT:
            value, bar = _told(row)
            lines.append(f"| {row['number']} | {SHORT[row['number']]} | {value} | {bar} | {row['reached']} |")
    return "\n".join(lines) + "\n"


def write(report: dict[str, Any]) -> None:
    """Keep these rows; those of numbers that were not measured this time stay as they were."""
    rows = [row | {"form": report["about"]["form"]} for row in report["rows"]]
    if JSON.exists():
        new = {row["number"] for row in rows}
        rows = [row for row in _load()["rows"] if row["number"] not in new] + rows
    order = ["turn", *GOALS]
    order.insert(order.index("P6"), "send")
    rows.sort(key=lambda row: order.index(row["number"]))
    JSON.write_text(json.dumps({"about": report["about"], "rows": rows}, indent=1) + "\n", "utf-8")


def _load() -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(JSON.read_text("utf-8"))
    return kept


def _form(rows: list[dict[str, Any]]) -> str:
    """The form of most rows, and which numbers have another."""
    forms: dict[str, list[str]] = {}
    for row in rows:
        forms.setdefault(row["form"], []).append(row["number"])
    most = max(forms, key=lambda form: len(forms[form]))
    others = [f"{', '.join(dict.fromkeys(numbers))}: {form}" for form, numbers in forms.items() if form != most]
    return most + (f" ({'; '.join(others)})" if others else "")


def _dated(report: dict[str, Any]) -> str:
    about = report["about"]
    form = _form(report["rows"])
    return f"Measured {about['date']}, {form} form: Python {about['python']}, SQLite {about['sqlite']}, {about['machine']}."


def _told(row: dict[str, Any]) -> tuple[str, str]:
    """A row's value with its unit, and what was wanted of it where it is judged."""
    goal = GOALS.get(row["number"])
    bar = f"{shown(goal.good)}, {shown(goal.moonshot)}" if goal and row["reached"] else ""
    return "–" if row["value"] is None else f"{shown(row['value'])} {row['unit']}".rstrip(), bar
