"""The generated part of docs/benchmarks.md: made from docs/benchmarks.json, which `make bench` writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.rows import GOALS, shown

ROOT = Path(__file__).resolve().parent.parent
JSON = ROOT / "docs/benchmarks.json"


def table() -> str:
    """Every row, for docs/benchmarks.md."""
    return _dated(_load())


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
    lines = [
        f"Measured {about['date']}, {_form(report['rows'])} form: Python {about['python']}, SQLite {about['sqlite']}, {about['machine']}.",
        "",
        "| # | what | value | quartiles | wanted: good, moonshot | reached | |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in report["rows"]:
        goal = GOALS.get(row["number"])
        bar = f"{shown(goal.good)}, {shown(goal.moonshot)}" if goal and row["reached"] else ""
        value = "–" if row["value"] is None else f"{shown(row['value'])} {row['unit']}".rstrip()
        spread = f"{shown(row['spread']['low'])} – {shown(row['spread']['high'])}" if row["spread"] else ""
        lines.append(
            f"| {row['number']} | {row['about']} | {value} | {spread} | {bar} | {row['reached']} | {row['note']} |"
        )
    return "\n".join(lines) + "\n"
